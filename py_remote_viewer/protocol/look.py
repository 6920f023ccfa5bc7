"""How everybody's picture looks: flags, groups, labels, frames and the lens of the free camera. Both ways."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from py_remote_viewer.protocol.base import Message
from py_remote_viewer.protocol.look_table import FLAGS, GROUPS, FlagName, FrameMode, GroupKind, LabelMode

Six = tuple[bool, bool, bool, bool, bool, bool]
GroupIndex = Annotated[int, Field(ge=0, lt=GROUPS)]
Headlight = Literal["model", "on", "off"]
_SHOWN_GROUPS: Six = (True, True, True, False, False, False)
MOST_DEPTH = 20


class SetLook(Message):
    """Change what the picture shows, for everybody; what is not named stays. `reset` goes back to MuJoCo's defaults first."""

    type: Literal["set_look"] = "set_look"
    flags: dict[FlagName, bool] = Field({}, description="`mjtVisFlag` and `mjtRndFlag` by name.")
    groups: dict[GroupKind, dict[GroupIndex, bool]] = Field({}, description="Which of the groups 0-5 are shown.")
    label: LabelMode | None = None
    frame: FrameMode | None = None
    tree_depth: Annotated[int, Field(ge=0, le=MOST_DEPTH)] | None = Field(None, description="Of the bounding volumes.")
    flex_layer: Annotated[int, Field(ge=0, le=MOST_DEPTH)] | None = None
    headlight: Headlight | None = None
    reset: bool = False


class SetLens(Message):
    """The lens of the free and the tracking camera; a model's own cameras keep theirs. `reset`: as the model says."""

    type: Literal["set_lens"] = "set_lens"
    fov_deg: Annotated[float, Field(ge=1, le=170)] | None = Field(None, description="Vertical.")
    orthographic: bool | None = None
    reset: bool = False


class Look(Message):
    """What the picture shows. Sent with `welcome` and when it changes."""

    type: Literal["look"] = "look"
    flags: dict[FlagName, bool]
    groups: dict[GroupKind, Six]
    label: LabelMode = "none"
    frame: FrameMode = "none"
    tree_depth: int = 1
    flex_layer: int = 0
    headlight: Headlight = "model"
    hidden: tuple[FlagName, ...] = Field((), description="Asked for, and left out at the quality level in use.")


LookInput = SetLook | SetLens
_KINDS: tuple[GroupKind, ...] = ("geom", "site", "joint", "tendon", "actuator", "flex", "skin")
DEFAULT_LOOK = Look.model_validate(
    {"flags": {flag.name: flag.default for flag in FLAGS}, "groups": dict.fromkeys(_KINDS, _SHOWN_GROUPS)}
)


def changed(look: Look, command: SetLook) -> Look:
    """`look` after `command`."""
    base = DEFAULT_LOOK if command.reset else look
    groups = dict(base.groups)
    for kind, shown in command.groups.items():
        before = groups[kind]
        groups[kind] = tuple(shown.get(index, before[index]) for index in range(GROUPS))  # type: ignore[assignment]
    single = {
        name: value
        for name in ("label", "frame", "tree_depth", "flex_layer", "headlight")
        if (value := getattr(command, name)) is not None
    }
    return base.model_copy(update={"flags": {**base.flags, **command.flags}, "groups": groups, **single})
