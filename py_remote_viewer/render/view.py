"""How a model is looked at, apart from the camera: flags, groups, the hand's arrows. Shared by all who draw one stage."""

from __future__ import annotations

from dataclasses import dataclass, field

import mujoco

from py_remote_viewer.protocol.look import DEFAULT_LOOK, Look
from py_remote_viewer.protocol.look_table import FLAGS, FlagName
from py_remote_viewer.render.quality import QualityLevel

_VIS = tuple(flag.name for flag in FLAGS if flag.kind == "vis")
_RND = tuple(flag.name for flag in FLAGS if flag.kind == "rnd")
_LABELS = {member.name.removeprefix("mjLABEL_").lower(): int(member) for member in mujoco.mjtLabel.__members__.values()}
_FRAMES = {member.name.removeprefix("mjFRAME_").lower(): int(member) for member in mujoco.mjtFrame.__members__.values()}


@dataclass(slots=True)
class View:
    """What a renderer draws beside the model itself.

    Attributes:
        look: as people chose it.
        perturb: the selected body and the hand on it.
        holding: a hand is closed: its arrow is shown whatever `look` says.
        outline: draw the outline of the selected body.
        mark_point: show the selected point whatever `look` says: the body has no geom that could be outlined.
    """

    look: Look = DEFAULT_LOOK
    perturb: mujoco.MjvPerturb = field(default_factory=mujoco.MjvPerturb)
    holding: bool = False
    outline: bool = True
    mark_point: bool = False


def hidden_at(look: Look, level: QualityLevel) -> tuple[FlagName, ...]:
    """What `look` asks for and `level` leaves out."""
    left_out: dict[FlagName, bool] = {"shadow": level.shadow_px == 0, "reflection": not level.reflections}
    return tuple(name for name, out in left_out.items() if out and look.flags[name])


def apply_options(view: View, option: mujoco.MjvOption) -> None:
    """Write `view` into what `mjv_updateScene` and `mjv_select` go by."""
    look = view.look
    for index, name in enumerate(_VIS):
        option.flags[index] = look.flags[name]
    if view.holding:
        option.flags[mujoco.mjtVisFlag.mjVIS_PERTFORCE] = True
        option.flags[mujoco.mjtVisFlag.mjVIS_PERTOBJ] = True
    if view.mark_point:
        option.flags[mujoco.mjtVisFlag.mjVIS_SELECT] = True
    for kind, shown in look.groups.items():
        getattr(option, f"{kind}group")[:] = shown
    option.label, option.frame = _LABELS[look.label], _FRAMES[look.frame]
    option.bvh_depth, option.flex_layer = look.tree_depth, look.flex_layer


def apply_rendering(look: Look, level: QualityLevel, scene: mujoco.MjvScene) -> None:
    """Write the flags of `mjr_render`: a person's "off" always wins, "on" is granted where `level` has it."""
    hidden = hidden_at(look, level)
    for index, name in enumerate(_RND):
        scene.flags[index] = look.flags[name] and name not in hidden
