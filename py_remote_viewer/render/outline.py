"""A line about the selected body in the finished picture: its geoms drawn once more as a mask, whose edge is painted.

MuJoCo's own mark of a selection is a glow, hardly seen on bright materials. A line in the picture keeps every colour of the
model, is as thick at all distances, and shows where a body is that stands behind others. The mask is drawn without light,
texture or shadow, and only the pixels about the body are read, so it costs little in software too.
"""

from __future__ import annotations

import mujoco
import numpy as np
from numpy.typing import NDArray

MOST_GEOMS = 500
LINE = np.array([76, 154, 255], np.uint8)
RIM = np.array([10, 14, 20], np.uint8)
_MARGIN_PX = 6
_RED = 254  # the segment whose id is drawn as (255, 0, 0)

Mask = NDArray[np.bool_]
Pixels = NDArray[np.uint8]


class Outline:
    """Draws the line for one model; belongs to its renderer. GL current."""

    def __init__(self, model: mujoco.MjModel) -> None:
        self._model = model
        self._scene = mujoco.MjvScene(model, maxgeom=MOST_GEOMS)
        self._scene.flags[mujoco.mjtRndFlag.mjRND_SEGMENT] = True
        self._scene.flags[mujoco.mjtRndFlag.mjRND_IDCOLOR] = True

    def paint(
        self,
        pixels: Pixels,
        body: int,
        seen: mujoco.MjvScene,
        viewport: mujoco.MjrRect,
        context: mujoco.MjrContext,
    ) -> None:
        """Paint it over `pixels`, which were read already: the offscreen buffer is drawn over.

        Args:
            pixels: (height, width, 3), bottom row first.
            body: whose geoms, flexes and skins in `seen`.
            seen: as the picture was drawn.
            viewport: of the picture.
            context: to draw in.
        """
        spheres = self._collect(body, seen)
        if not spheres:
            return
        left, bottom, right, top = bounds_in_picture(spheres, self._scene, viewport.width, viewport.height)
        if right - left < 2 or top - bottom < 2:
            return
        mujoco.mjr_render(viewport, self._scene, context)
        part = mujoco.MjrRect(left, bottom, right - left, top - bottom)
        drawn = np.empty((part.height, part.width, 3), np.uint8)
        mujoco.mjr_readPixels(drawn, None, part, context)
        paint_edge(pixels[bottom:top, left:right], drawn[:, :, 0] > 127, max(1, round(viewport.height / 540)))

    def _collect(self, body: int, seen: mujoco.MjvScene) -> list[tuple[NDArray[np.float64], float]]:
        """Copy the body's geoms of `seen` into the mask's scene; the sphere about each (radius 0: endless)."""
        mask = self._scene
        for eye in range(2):
            _copy_camera(seen.camera[eye], mask.camera[eye])
        spheres: list[tuple[NDArray[np.float64], float]] = []
        kind = int(mujoco.mjtObj.mjOBJ_GEOM)
        geoms = mask.geoms
        bodies = self._model.geom_bodyid
        for geom in seen.geoms[: seen.ngeom]:
            if geom.objtype != kind or geom.objid < 0 or bodies[geom.objid] != body:
                continue
            if geom.category == mujoco.mjtCatBit.mjCAT_DECOR or len(spheres) == MOST_GEOMS:
                continue
            copy = geoms[len(spheres)]
            mujoco.mjv_initGeom(copy, geom.type, geom.size, geom.pos, geom.mat.reshape(9), np.ones(4, np.float32))
            copy.dataid, copy.segid = geom.dataid, _RED
            spheres.append((np.array(geom.pos, np.float64), float(self._model.geom_rbound[geom.objid])))
        mask.ngeom = len(spheres)
        return spheres


def bounds_in_picture(
    spheres: list[tuple[NDArray[np.float64], float]], scene: mujoco.MjvScene, width: int, height: int
) -> tuple[int, int, int, int]:
    """The part of the picture that `spheres` (centre, radius; 0 for endless things) and a line about them may cover.

    Returns:
        Left, bottom, right, top in px from the lower left corner; the latter two not included.
    """
    eyes = scene.camera
    eye, forward, up = ((np.array(getattr(eyes[0], n)) + getattr(eyes[1], n)) / 2 for n in ("pos", "forward", "up"))
    axes = np.stack([np.cross(forward, up), up])
    half = (eyes[0].frustum_top - eyes[0].frustum_bottom) / 2
    scale = np.array([height / width, 1.0])
    low, high = np.full(2, 1.0), np.full(2, -1.0)
    for centre, radius in spheres:
        seen = centre - eye
        depth = float(seen @ forward)
        if radius <= 0 or (not eyes[0].orthographic and depth - radius <= eyes[0].frustum_near):
            return 0, 0, width, height
        across = axes @ seen
        near, far = (half, half) if eyes[0].orthographic else _widths(half / eyes[0].frustum_near, depth, radius)
        low = np.minimum(low, np.minimum((across - radius) / near, (across - radius) / far) * scale)
        high = np.maximum(high, np.maximum((across + radius) / near, (across + radius) / far) * scale)
    size = np.array([width, height])
    first = np.floor((low + 1) / 2 * size).astype(int) - _MARGIN_PX
    last = np.ceil((high + 1) / 2 * size).astype(int) + _MARGIN_PX
    (left, bottom), (right, top) = np.clip(first, 0, size).tolist(), np.clip(last, 0, size).tolist()
    return left, bottom, right, top


def _widths(tangent: float, depth: float, radius: float) -> tuple[float, float]:
    """Half of the picture's height, in metres, where a sphere begins and where it ends."""
    return (depth - radius) * tangent, (depth + radius) * tangent


def paint_edge(pixels: Pixels, mask: Mask, thickness_px: int) -> None:
    """A light line about `mask` on a dark rim, outside of it, so that the body itself stays as it is."""
    line = grown(mask, thickness_px)
    rim = grown(line, 1)
    for edge, colour in ((rim & ~line, RIM), (line & ~mask, LINE)):
        where = np.flatnonzero(edge)  # a line has few pixels; indexing by `edge` would look at all of them, three times
        pixels[where // edge.shape[1], where % edge.shape[1]] = colour


def grown(mask: Mask, by_px: int) -> Mask:
    """`mask` and all within `by_px` (a diamond, in steps of one pixel)."""
    for _ in range(by_px):
        wider = mask.copy()
        wider[1:] |= mask[:-1]
        wider[:-1] |= mask[1:]
        wider[:, 1:] |= mask[:, :-1]
        wider[:, :-1] |= mask[:, 1:]
        mask = wider
    return mask


def _copy_camera(source: mujoco.MjvGLCamera, target: mujoco.MjvGLCamera) -> None:
    target.pos[:], target.forward[:], target.up[:] = source.pos, source.forward, source.up
    for name in (
        "frustum_center",
        "frustum_width",
        "frustum_bottom",
        "frustum_top",
        "frustum_near",
        "frustum_far",
        "orthographic",
    ):
        setattr(target, name, getattr(source, name))
