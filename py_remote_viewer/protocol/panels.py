"""What the inspector's panels send and get: joint positions, equality switches, and live values of any field of `MjData`.

A field is named as MuJoCo names it, whole (`qpos`) or in part (`qpos[3]`, `xpos[6:9]`: indices into the flattened array).
`docs/panels.md` lists the fields that are made here instead (`contact_force`, `timer_ms`).
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from py_remote_viewer.protocol.base import Message

MAX_FIELDS = 48
MAX_VALUES_HZ = 30.0
FIELD_PATTERN = r"^[A-Za-z_][A-Za-z0-9_]{0,39}(\[\d{1,9}(:\d{1,9})?\])?$"

FieldName = Annotated[str, Field(max_length=64, pattern=FIELD_PATTERN)]
Finite = Annotated[float, Field(ge=-1e9, le=1e9, allow_inf_nan=False)]
Index = Annotated[int, Field(ge=0, le=2**31 - 1)]


class SetQpos(Message):
    """Write positions: pairs of an index into `qpos` and a value, in radians and metres. Quaternions are normalized after.

    Works while the simulation runs and while it is paused; velocities stay as they are.
    """

    type: Literal["set_qpos"] = "set_qpos"
    values: tuple[tuple[Index, Finite], ...] = Field(min_length=1, max_length=256)


class SetEquality(Message):
    """Switch an equality constraint on or off, by its number."""

    type: Literal["set_equality"] = "set_equality"
    index: Index
    active: bool


class WatchValues(Message):
    """Which fields this peer wants to see live, and how often at most; replaces what it asked for before, `[]` ends it."""

    type: Literal["watch_values"] = "watch_values"
    fields: tuple[FieldName, ...] = Field(max_length=MAX_FIELDS)
    hz: float = Field(MAX_VALUES_HZ, gt=0, le=MAX_VALUES_HZ)


class Watching(Message):
    """Answer to `watch_values`, and again when another scene changes it: what comes, and why the rest does not."""

    type: Literal["watching"] = "watching"
    fields: tuple[str, ...]
    problems: dict[str, str] = Field(default_factory=dict, description="Field to reason.")


class Values(Message):
    """The fields that this peer watches, as they stand at `time_s`; `null` for NaN, infinity, and past the end of an array."""

    type: Literal["values"] = "values"
    time_s: float
    values: dict[str, tuple[float | None, ...]]


PanelCommand = SetQpos | SetEquality
