"""MuJoCo's view structs as values that can be compared and sent."""

from __future__ import annotations

import mujoco

from py_remote_viewer.protocol.program import Perturbed, ShowOptions, ViewCamera

_TYPES = mujoco.mjtCamera
_MODES = {
    int(_TYPES.mjCAMERA_FREE): "free",
    int(_TYPES.mjCAMERA_TRACKING): "tracking",
    int(_TYPES.mjCAMERA_FIXED): "fixed",
}
_GROUPS = (
    "geomgroup", "sitegroup", "jointgroup", "tendongroup", "actuatorgroup", "flexgroup", "skingroup", "flags",
)  # fmt: skip


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

    def view(self) -> ViewCamera:
        """As it stands. Raises pydantic's ValidationError for numbers that are no camera."""
        camera = self._camera
        return ViewCamera.model_validate(
            {
                "mode": _MODES.get(int(camera.type), "free"),
                "lookat": tuple(self._lookat.tolist()),
                "distance": camera.distance,
                "azimuth": camera.azimuth,
                "elevation": camera.elevation,
                "fixed_id": camera.fixedcamid,
                "body_id": camera.trackbodyid,
            }
        )

    def take(self, view: ViewCamera) -> None:
        """Somebody in the room has moved it."""
        camera = self._camera
        camera.type = next(number for number, mode in _MODES.items() if mode == view.mode)
        camera.fixedcamid, camera.trackbodyid = view.fixed_id, view.body_id
        self._lookat[:] = view.lookat
        camera.distance, camera.azimuth, camera.elevation = view.distance, view.azimuth, view.elevation
        self.known()

    def _key(self) -> tuple[object, ...]:
        camera = self._camera
        return (
            camera.type,
            camera.fixedcamid,
            camera.trackbodyid,
            camera.distance,
            camera.azimuth,
            camera.elevation,
            self._lookat.tobytes(),
        )


class OptionView:
    """An `MjvOption`, and the flags of the scene that holds the program's markers."""

    def __init__(self, option: mujoco.MjvOption, scene: mujoco.MjvScene) -> None:
        self._option = option
        self._arrays = {name: getattr(option, name) for name in _GROUPS}
        self._flags = scene.flags
        self._first_flags = self._flags.tobytes()
        self._touched: set[int] = set()
        self._known = self._key()

    def changed(self) -> bool:
        """Whether the program has written to it since it was last `known`."""
        return self._key() != self._known

    def known(self) -> None:
        """The room knows it as it stands."""
        self._known = self._key()

    def view(self) -> ShowOptions:
        """As it stands; of the scene's flags those that were ever changed: the others are up to the quality."""
        option, flags = self._option, self._flags.tobytes()
        self._touched |= {index for index, first in enumerate(self._first_flags) if flags[index] != first}
        return ShowOptions(
            groups={name: array.tobytes().hex() for name, array in self._arrays.items()},
            label=option.label,
            frame=option.frame,
            bvh_depth=option.bvh_depth,
            flex_layer=max(0, option.flex_layer),
            render={index: bool(flags[index]) for index in self._touched},
        )

    def _key(self) -> tuple[object, ...]:
        option = self._option
        arrays = [array.tobytes() for array in self._arrays.values()]
        return (*arrays, self._flags.tobytes(), option.label, option.frame, option.bvh_depth, option.flex_layer)


def take_perturb(perturb: mujoco.MjvPerturb, told: Perturbed) -> None:
    """What the hand in the room does, into `perturb`."""
    perturb.select, perturb.active = told.select, told.active
    perturb.refpos[:], perturb.refquat[:], perturb.refselpos[:] = told.refpos, told.refquat, told.refselpos
    perturb.localpos[:] = told.localpos
    perturb.localmass, perturb.scale = told.localmass, told.scale
