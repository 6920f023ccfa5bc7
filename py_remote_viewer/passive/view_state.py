"""MuJoCo's view structs as values that can be compared and sent."""

from __future__ import annotations

from typing import Any, get_args

import mujoco

from py_remote_viewer.protocol.look import Look, SetLook
from py_remote_viewer.protocol.look_table import FLAGS, GroupKind
from py_remote_viewer.protocol.program import Perturbed, ShowFrom, ViewCamera


def _members(kind: Any) -> list[str]:
    """Names of a MuJoCo enumeration in the order of their numbers."""
    return sorted(kind.__members__, key=lambda name: int(kind.__members__[name]))


_TYPES = mujoco.mjtCamera
_MODES = {
    int(_TYPES.mjCAMERA_FREE): "free",
    int(_TYPES.mjCAMERA_TRACKING): "tracking",
    int(_TYPES.mjCAMERA_FIXED): "fixed",
}
_GROUPS: tuple[GroupKind, ...] = get_args(GroupKind)
_VIS = tuple(flag.name for flag in FLAGS if flag.kind == "vis")
_RND = tuple(flag.name for flag in FLAGS if flag.kind == "rnd")
_LABELS = [name.removeprefix("mjLABEL_").lower() for name in _members(mujoco.mjtLabel)]
_FRAMES = [name.removeprefix("mjFRAME_").lower() for name in _members(mujoco.mjtFrame)]


class CameraView:
    """An `MjvCamera` that two move: the program and the people in the room. Whoever moved it last since `sync` has it."""

    def __init__(self, camera: mujoco.MjvCamera) -> None:
        self._camera = camera
        self._lookat = camera.lookat
        self._known = self._key()

    def changed(self) -> bool:
        """Whether the program has written to it since it was last `known`."""
        return self._key() != self._known

    def known(self) -> None:
        """The room knows it as it stands."""
        self._known = self._key()

    def wish(self) -> ShowFrom:
        """As it stands, for the room. Raises pydantic's ValidationError for numbers that are no camera."""
        camera = self._camera
        view = ViewCamera.model_validate(
            {
                "mode": _MODES.get(int(camera.type), "free"),
                "lookat": tuple(self._lookat.tolist()),
                "distance": camera.distance,
                "azimuth": camera.azimuth,
                "elevation": camera.elevation,
                "fixed_id": camera.fixedcamid,
                "body_id": camera.trackbodyid,
                "orthographic": bool(camera.orthographic),
            }
        )
        return ShowFrom(camera=view)

    def take(self, view: ViewCamera) -> None:
        """Somebody in the room has moved it."""
        camera = self._camera
        camera.type = next(number for number, mode in _MODES.items() if mode == view.mode)
        camera.fixedcamid, camera.trackbodyid = view.fixed_id, view.body_id
        self._lookat[:] = view.lookat
        camera.distance, camera.azimuth, camera.elevation = view.distance, view.azimuth, view.elevation
        camera.orthographic = int(view.orthographic)
        self.known()

    def _key(self) -> tuple[object, ...]:
        camera = self._camera
        return (
            camera.type,
            camera.fixedcamid,
            camera.trackbodyid,
            camera.orthographic,
            camera.distance,
            camera.azimuth,
            camera.elevation,
            self._lookat.tobytes(),
        )


class LookView:
    """What is shown, as `MjvOption` and the flags of an `MjvScene` have it; the program and the room both change it."""

    def __init__(self, option: mujoco.MjvOption, scene: mujoco.MjvScene) -> None:
        self._option = option
        self._arrays = {kind: getattr(option, f"{kind}group") for kind in _GROUPS}
        self._vis, self._rnd = option.flags, scene.flags
        self._known = self._key()

    def changed(self) -> bool:
        """Whether the program has written to it since it was last `known`."""
        return self._key() != self._known

    def known(self) -> None:
        """The room knows it as it stands."""
        self._known = self._key()

    def wish(self) -> SetLook:
        """As it stands, for the room. Raises pydantic's ValidationError for numbers that mean nothing."""
        option = self._option
        return SetLook.model_validate(
            {
                "flags": {name: bool(self._rnd[i]) for i, name in enumerate(_RND)}
                | {name: bool(self._vis[i]) for i, name in enumerate(_VIS)},
                "groups": {kind: dict(enumerate(map(bool, array))) for kind, array in self._arrays.items()},
                "label": _LABELS[option.label] if 0 <= option.label < len(_LABELS) else "none",
                "frame": _FRAMES[option.frame] if 0 <= option.frame < len(_FRAMES) else "none",
                "tree_depth": option.bvh_depth,
                "flex_layer": option.flex_layer,
            }
        )

    def take(self, look: Look) -> None:
        """Somebody in the room has changed it."""
        for names, flags in ((_VIS, self._vis), (_RND, self._rnd)):
            flags[: len(names)] = [look.flags[name] for name in names]
        for kind, array in self._arrays.items():
            array[:] = look.groups[kind]
        option = self._option
        option.label, option.frame = _LABELS.index(look.label), _FRAMES.index(look.frame)
        option.bvh_depth, option.flex_layer = look.tree_depth, look.flex_layer
        self.known()

    def _key(self) -> tuple[object, ...]:
        option = self._option
        arrays = [array.tobytes() for array in (*self._arrays.values(), self._vis, self._rnd)]
        return (*arrays, option.label, option.frame, option.bvh_depth, option.flex_layer)


def take_perturb(perturb: mujoco.MjvPerturb, told: Perturbed) -> None:
    """What the hand in the room does, into `perturb`."""
    perturb.select, perturb.active = told.select, told.active
    perturb.refpos[:], perturb.refquat[:], perturb.refselpos[:] = told.refpos, told.refquat, told.refselpos
    perturb.localpos[:] = told.localpos
    perturb.localmass, perturb.scale = told.localmass, told.scale
