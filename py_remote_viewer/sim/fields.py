"""Live values by name: which fields of `MjData` may be read, in which part, and what they hold now.

The names are those of `MjData`'s own arrays and counts, taken from MuJoCo itself, and those of `sim.measures`, which are made
of several. Addresses (stack pointers, plugin data) are left out. A field is whole, `qpos`, or a part, `qpos[3]`, `xpos[6:9]`:
indices into the flattened array.
"""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import mujoco
import numpy as np

from py_remote_viewer.errors import MessageInvalid
from py_remote_viewer.sim.measures import MEASURES, Measures

MAX_FIELD_VALUES = 1024
WHOLE_VARYING_VALUES = 256
COUNTS = (
    *("ncon", "ne", "nf", "nl", "nefc", "nisland", "nidof", "time", "maxuse_arena", "maxuse_con", "maxuse_efc"),
    *("maxuse_stack", "narena", "parena", "nbuffer", "nbody_awake", "nv_awake", "ntree_awake"),
)
# Arrays in MuJoCo's arena: their length changes from step to step with the constraints.
_VARYING = ("efc_", "iefc_", "efm_", "island_", "map_", "iacc", "ifrc_", "tendon_efcadr", "dof_island", "tree_island")
_FIELD = re.compile(r"(\w+)(?:\[(\d+)(?::(\d+))?\])?")


@dataclass(frozen=True, slots=True)
class Part:
    """A field and the part of it that is wanted; `stop` None means the whole."""

    name: str
    start: int = 0
    stop: int | None = None


@cache
def readable() -> frozenset[str]:
    """Every name that may be watched."""
    data = mujoco.MjData(mujoco.MjModel.from_xml_string("<mujoco/>"))
    arrays = {
        name
        for name in dir(data)
        if not name.startswith("_")
        and isinstance(value := getattr(data, name), np.ndarray)
        and value.dtype != np.uint64
    }
    return frozenset(arrays | set(COUNTS) | set(MEASURES))


def parse(field: str) -> Part:
    """`qpos`, `qpos[3]` or `qpos[3:6]` as its parts.

    Raises:
        MessageInvalid: it is none of these.
    """
    found = _FIELD.fullmatch(field)
    if found is None:
        raise MessageInvalid(f"{field[:64]!r} is no field", hint="Write qpos, qpos[3] or qpos[3:6].")
    name, first, end = found.groups()
    if first is None:
        return Part(name)
    start = int(first)
    stop = start + 1 if end is None else int(end)
    if stop <= start:
        raise MessageInvalid(f"{field!r} is empty", hint="The second index is one past the last, as in Python.")
    return Part(name, start, stop)


class Fields:
    """The fields of one running model. Owned by the thread that steps it."""

    def __init__(self, model: mujoco.MjModel, data: mujoco.MjData) -> None:
        self._data = data
        self._measures = Measures(model, data)

    def count(self, field: str) -> int:
        """How many values `field` gives at most.

        Raises:
            MessageInvalid: there is no such field, it has no such index, or it is too long to be sent 30 times a second.
        """
        part = parse(field)
        if part.name not in readable():
            near = difflib.get_close_matches(part.name, readable(), 1)
            hint = f"Did you mean {near[0]}?" if near else "The fields are those of mjData, for example qpos."
            raise MessageInvalid(f"MjData has no field {part.name!r}", hint=hint)
        if self._varies(part.name):
            length = WHOLE_VARYING_VALUES if part.stop is None else part.stop - part.start
        else:
            held = getattr(self._data, part.name)
            size = held.size if isinstance(held, np.ndarray) else 1
            if part.stop is not None and part.stop > size:
                raise MessageInvalid(
                    f"{part.name} has {size} values here; there is no {part.name}[{part.stop - 1}]",
                    hint="Another scene may be running than the one it was meant for.",
                )
            length = size if part.stop is None else part.stop - part.start
        if length > MAX_FIELD_VALUES:
            raise MessageInvalid(
                f"{field} has {length} values; at most {MAX_FIELD_VALUES} of a field are sent",
                hint=f"Watch a part of it, for example {part.name}[0:100].",
            )
        return length

    def prepare(self, fields: Iterable[str]) -> None:
        """Only these will be read from now on: the memory that the rest needed is let go."""
        self._measures.prepare({parse(field).name for field in fields})

    def read(self, field: str) -> str:
        """The values now, as a JSON array; one that `count` accepted."""
        part = parse(field)
        values = self._values(part.name, part)
        if part.stop is not None:
            values += [math.nan] * (part.stop - part.start - len(values))
        return to_json(values)

    def close(self) -> None:
        """Let go of what reading needed."""
        self._measures.prepare(set())

    def _varies(self, name: str) -> bool:
        return name.startswith(_VARYING) or name in MEASURES

    def _values(self, name: str, part: Part) -> list[float]:
        if name in MEASURES:
            whole = self._measures.read(name)
        else:
            held = getattr(self._data, name)
            whole = held.reshape(-1) if isinstance(held, np.ndarray) else np.array([float(held)])
        stop = part.stop
        if stop is None:
            stop = WHOLE_VARYING_VALUES if self._varies(name) else len(whole)
        values: list[float] = whole[part.start : stop].tolist()
        return values


def to_json(values: list[float]) -> str:
    """A JSON array with nine digits a number; `null` for NaN and infinity."""
    if not values:
        return "[]"
    text = ("%.9g," * len(values)) % tuple(values)
    if "n" in text:
        text = "".join(f"{value:.9g}," if math.isfinite(value) else "null," for value in values)
    return f"[{text[:-1]}]"
