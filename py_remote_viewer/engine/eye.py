"""The room's camera on one model: what peers do to it, what a tracked body and the model's own cameras make of it.

The arithmetic of a free camera is in `render/camera.py`; here it meets the model. Engine thread.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

import mujoco
import numpy as np
from numpy.typing import NDArray

from py_remote_viewer.errors import SceneInvalid
from py_remote_viewer.protocol.camera_input import CameraInput, FrameScene, Orbit, Pan, SetCamera, Zoom
from py_remote_viewer.protocol.look import SetLens
from py_remote_viewer.protocol.status import CameraStatus
from py_remote_viewer.render import camera as cameras
from py_remote_viewer.render.bounds import landing_corners, visible_corners
from py_remote_viewer.render.camera import Camera

_KINDS = {"tracking": mujoco.mjtObj.mjOBJ_BODY, "fixed": mujoco.mjtObj.mjOBJ_CAMERA}


class Eye:
    """Where everybody looks from.

    Attributes:
        camera: as the next picture is drawn.
    """

    def __init__(self, model: mujoco.MjModel, data: mujoco.MjData, aspect: float) -> None:
        """Begin as the model says, with all of it in the picture.

        Args:
            model: whose.
            data: where its bodies are.
            aspect: width / height of the picture.
        """
        self._model = model
        self._data = data
        self._aspect = aspect
        self.camera = self.first()

    def apply(self, command: CameraInput | SetLens) -> None:
        """Do what a peer asked for.

        Raises:
            SceneInvalid: it names a body or a camera that the model has not.
        """
        match command:
            case Orbit():
                self.camera = cameras.orbit(self.camera, command)
            case Pan():
                self.camera = cameras.pan(self._released(), command)
            case Zoom():
                self.camera = cameras.zoom(self.camera, command, self._aspect)
            case SetCamera():
                self._choose(command)
            case FrameScene():
                self._frame(command.view)
            case SetLens():
                self._set_lens(command)

    def status(self) -> CameraStatus:
        """For telemetry."""
        target = None
        if self.camera.mode in _KINDS:
            name = mujoco.mj_id2name(self._model, _KINDS[self.camera.mode], self.camera.target_id)
            target = name or f"#{self.camera.target_id}"
        status = self.camera.status(target, self._released().lookat)
        if self.camera.mode != "fixed":
            return status
        camera = self.camera.target_id
        axes = self._data.cam_xmat[camera].reshape(3, 3)
        return status.model_copy(
            update={
                "pos": tuple(self._data.cam_xpos[camera].tolist()),
                "xyaxes": (*axes[:, 0].tolist(), *axes[:, 1].tolist()),
                "fov_deg": float(self._model.cam_fovy[camera]),
                "orthographic": bool(self._model.cam_projection[camera] == mujoco.mjtProjection.mjPROJ_ORTHOGRAPHIC),
            }
        )

    def resume(self, wanted: CameraStatus) -> None:
        """Look from where another engine of this room did. Raises SceneInvalid."""
        self.camera = replace(
            self.camera,
            lookat=wanted.lookat,
            distance=wanted.distance,
            azimuth=wanted.azimuth,
            elevation=wanted.elevation,
        )
        if wanted.mode != "fixed":  # else the lens is the model's
            self.camera = replace(self.camera, orthographic=wanted.orthographic, fov_deg=wanted.fov_deg)
        if wanted.mode != "free":
            self._choose(SetCamera(mode=wanted.mode, target=wanted.target))

    def first(self) -> Camera:
        """As the model asks for it: its own camera, or a free one that has the model, as it stands, in the picture."""
        view = self._model.vis.global_
        camera = Camera(
            azimuth=float(view.azimuth),
            elevation=float(view.elevation),
            extent=max(float(self._model.stat.extent), 1e-3),
            **self._own_lens(),
        )
        camera = cameras.frame(camera, self._first_corners(), self._aspect)
        if view.cameraid >= 0:
            return replace(camera, mode="fixed", target_id=int(view.cameraid))
        return camera

    def _first_corners(self) -> NDArray[np.float64]:
        return np.concatenate([visible_corners(self._model, self._data), landing_corners(self._model, self._data)])

    def _own_lens(self) -> dict[str, Any]:
        """Of the model's free camera; an orthographic one says how high the picture is, not how wide the angle."""
        view = self._model.vis.global_
        flat = bool(view.orthographic)
        return {"fov_deg": 45.0 if flat else float(view.fovy), "orthographic": flat}

    def _set_lens(self, command: SetLens) -> None:
        """Another angle shows the same piece of the scene from nearer or farther: the middle keeps its size."""
        before = self.camera
        lens = self._own_lens() if command.reset else {}
        if command.fov_deg is not None:
            lens["fov_deg"] = command.fov_deg
        if command.orthographic is not None:
            lens["orthographic"] = command.orthographic
        after = replace(before, **lens)
        self.camera = replace(after, distance=before.distance * before.height / after.height)

    def _released(self) -> Camera:
        """The camera, with a tracked body's place as the point in the middle."""
        if self.camera.mode != "tracking":
            return self.camera
        x, y, z = self._data.subtree_com[self.camera.target_id]
        return replace(self.camera, lookat=(float(x), float(y), float(z)))

    def _choose(self, command: SetCamera) -> None:
        if command.mode == "free":
            self.camera = replace(self._released(), mode="free", target_id=-1)
            return
        count = self._model.nbody if command.mode == "tracking" else self._model.ncam
        target = command.target or "#0"
        found = int(mujoco.mj_name2id(self._model, _KINDS[command.mode], target))
        if found < 0 and target.startswith("#") and target[1:].isdigit():
            found = int(target[1:])
        if not 0 <= found < count:
            what = "body" if command.mode == "tracking" else "camera"
            raise SceneInvalid(f"no {what} {target!r} in this scene", hint=f"See model_info for its {what} names.")
        self.camera = replace(self.camera, mode=command.mode, target_id=found)

    def _frame(self, view: Literal["initial", "front", "side", "top"] | None) -> None:
        camera = replace(self._released(), mode="free", target_id=-1)
        if view == "initial":
            settings = self._model.vis.global_
            camera = replace(camera, azimuth=float(settings.azimuth), elevation=float(settings.elevation))
        elif view is not None:
            camera = cameras.look_from(camera, view)
        corners = self._first_corners() if view == "initial" else visible_corners(self._model, self._data)
        self.camera = cameras.frame(camera, corners, self._aspect)
