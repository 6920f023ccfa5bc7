"""The shared camera as values: orbit, pan, zoom, framing. No MuJoCo, no GL; `renderer` copies the result into mjvCamera.

World frame: right-handed, +Z up, metres. Azimuth and elevation in degrees as in mjvCamera: the camera looks along
(cos e cos a, cos e sin a, sin e), so elevation -90 looks straight down.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from py_remote_viewer.protocol.camera_input import Orbit, Pan, Zoom
from py_remote_viewer.protocol.status import CameraStatus

Vector = NDArray[np.float64]
MAX_ELEVATION = 89.9  # at 90 the screen's up direction is undefined
FRAME_MARGIN = 1.12


@dataclass(frozen=True, slots=True)
class Camera:
    """Where everybody looks from.

    Attributes:
        lookat: point in the middle of the picture, metres; used by `free` only.
        distance: metres from there.
        azimuth: degrees, in [-180, 180).
        elevation: degrees.
        fov_deg: vertical field of view.
        mode: `free`, `tracking` (body `target_id` stays in the middle) or `fixed` (camera `target_id` of the model).
        target_id: body or camera id, -1 for none.
        extent: size of the model, metres; bounds how near and far one can go.
        orthographic: draw without perspective, as high as perspective shows at `distance`; not for `fixed`.
    """

    lookat: tuple[float, float, float] = (0.0, 0.0, 0.0)
    distance: float = 2.0
    azimuth: float = 90.0
    elevation: float = -20.0
    fov_deg: float = 45.0
    mode: Literal["free", "tracking", "fixed"] = "free"
    target_id: int = -1
    extent: float = 1.0
    orthographic: bool = False

    def axes(self) -> tuple[Vector, Vector, Vector]:
        """Unit vectors forward, right and up of the picture, in the world frame."""
        a, e = math.radians(self.azimuth), math.radians(self.elevation)
        forward = np.array([math.cos(e) * math.cos(a), math.cos(e) * math.sin(a), math.sin(e)])
        right = np.array([math.sin(a), -math.cos(a), 0.0])
        return forward, right, np.cross(right, forward)

    @property
    def height(self) -> float:
        """Metres from the lower to the upper edge of the picture, at `distance`."""
        return 2.0 * self.distance * math.tan(math.radians(self.fov_deg) / 2)

    def status(self, target: str | None, lookat: tuple[float, float, float]) -> CameraStatus:
        """As the page is told; `target` is the name of the body or camera, `lookat` what is in the middle now."""
        forward, right, up = self.axes()
        return CameraStatus(
            mode=self.mode,
            target=target,
            lookat=lookat,
            distance=self.distance,
            azimuth=self.azimuth,
            elevation=self.elevation,
            fov_deg=self.fov_deg,
            orthographic=self.orthographic,
            pos=_as_point(np.array(lookat) - self.distance * forward),
            xyaxes=(*_as_point(right), *_as_point(up)),
        )


def orbit(camera: Camera, move: Orbit) -> Camera:
    """Turn about the point in the middle."""
    azimuth = (camera.azimuth + move.d_azimuth + 180.0) % 360.0 - 180.0
    elevation = min(MAX_ELEVATION, max(-MAX_ELEVATION, camera.elevation + move.d_elevation))
    return replace(_movable(camera), azimuth=azimuth, elevation=elevation)


def pan(camera: Camera, move: Pan) -> Camera:
    """Shift the view so that the point under the pointer follows it."""
    camera = _movable(camera)
    height = camera.height
    forward, right, up = camera.axes()
    if move.plane == "horizontal":
        away = np.array([forward[0], forward[1], 0.0])
        length = float(np.linalg.norm(away))
        up = away / length if length > 1e-6 else up
    shift = height * (up * move.dy - right * move.dx)
    return replace(camera, mode="free", target_id=-1, lookat=_as_point(np.array(camera.lookat) + shift))


def zoom(camera: Camera, move: Zoom, aspect: float) -> Camera:
    """Change the distance; what is under the pointer (in the plane through the middle) stays under it.

    Args:
        camera: where we are.
        move: how much, and where the pointer is.
        aspect: width / height of the picture.
    """
    camera = _movable(camera)
    distance = camera.distance * math.exp(-move.amount)
    distance = min(camera.extent * 100.0, max(camera.extent * 0.01, distance))
    if camera.mode == "tracking":
        return replace(camera, distance=distance)
    _, right, up = camera.axes()
    half = camera.height / 2
    under_pointer = np.array(camera.lookat) + right * (move.x * half * aspect) + up * (move.y * half)
    ratio = distance / camera.distance
    lookat = under_pointer + (np.array(camera.lookat) - under_pointer) * ratio
    return replace(camera, distance=distance, lookat=_as_point(lookat))


def frame(camera: Camera, corners: Vector, aspect: float) -> Camera:
    """Look at the whole of `corners` from the direction that the camera has.

    Args:
        camera: gives direction and field of view.
        corners: shape (n, 3), world frame, metres; n may be 0.
        aspect: width / height of the picture.

    Returns:
        A free camera that has every corner inside the picture, with a margin.
    """
    camera = replace(camera, mode="free", target_id=-1)
    if len(corners) == 0:
        return camera
    forward, right, up = camera.axes()
    basis = np.stack([right, up, forward])
    seen = np.asarray(corners, dtype=np.float64) @ basis.T  # columns: right, up, forward
    low, high = seen.min(axis=0), seen.max(axis=0)
    middle = (low + high) / 2
    offset = seen - middle
    tan_y = math.tan(math.radians(camera.fov_deg) / 2)
    tan_x = tan_y * aspect
    need = np.maximum(np.abs(offset[:, 0]) / tan_x, np.abs(offset[:, 1]) / tan_y) * FRAME_MARGIN - offset[:, 2]
    distance = max(float(need.max()), camera.extent * 0.05, 1e-4)
    return replace(camera, lookat=_as_point(middle @ basis), distance=distance)


def look_from(camera: Camera, view: Literal["front", "side", "top"]) -> Camera:
    """The direction of a drawing: front sees the model's +X face, side its -Y face, top looks down."""
    azimuth, elevation = {"front": (180.0, -10.0), "side": (90.0, -10.0), "top": (90.0, -MAX_ELEVATION)}[view]
    return replace(_movable(camera), azimuth=azimuth, elevation=elevation)


def _movable(camera: Camera) -> Camera:
    return replace(camera, mode="free", target_id=-1) if camera.mode == "fixed" else camera


def _as_point(vector: Vector) -> tuple[float, float, float]:
    return float(vector[0]), float(vector[1]), float(vector[2])
