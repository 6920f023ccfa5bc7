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
_SHAPE = ("type", "dataid")

Mask = NDArray[np.bool_]
Pixels = NDArray[np.uint8]


class Outline:
    """Draws the line for one model; belongs to its renderer. GL current."""

    def __init__(self, model: mujoco.MjModel) -> None:
        self._model = model
        self._scene = mujoco.MjvScene(model, maxgeom=MOST_GEOMS)
        self._scene.flags[mujoco.mjtRndFlag.mjRND_SEGMENT] = True

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
        if not self._collect(body, seen):
            return
        left, bottom, right, top = self._bounds(viewport)
        if right - left < 2 or top - bottom < 2:
            return
        mujoco.mjr_render(viewport, self._scene, context)
        part = mujoco.MjrRect(left, bottom, right - left, top - bottom)
        drawn = np.empty((part.height, part.width, 3), np.uint8)
        mujoco.mjr_readPixels(drawn, None, part, context)
        paint_edge(pixels[bottom:top, left:right], drawn.max(axis=2) > 0, max(1, round(viewport.height / 540)))

    def _collect(self, body: int, seen: mujoco.MjvScene) -> int:
        """Copy the body's geoms of `seen` into the mask's scene; how many."""
        mask = self._scene
        for eye in range(2):
            _copy_camera(seen.camera[eye], mask.camera[eye])
        found = 0
        kind = int(mujoco.mjtObj.mjOBJ_GEOM)
        bodies = self._model.geom_bodyid
        for index in range(seen.ngeom):
            geom = seen.geoms[index]
            if geom.objtype != kind or geom.objid < 0 or bodies[geom.objid] != body:
                continue
            if geom.category == mujoco.mjtCatBit.mjCAT_DECOR or found == MOST_GEOMS:
                continue
            copy = mask.geoms[found]
            mujoco.mjv_initGeom(copy, geom.type, geom.size, geom.pos, geom.mat.reshape(9), np.ones(4, np.float32))
            copy.dataid, copy.segid = geom.dataid, 0
            found += 1
        mask.ngeom = found
        return found

    def _bounds(self, viewport: mujoco.MjrRect) -> tuple[int, int, int, int]:
        """Pixels left, bottom, right, top (the latter two not included) that the mask may cover."""
        return 0, 0, viewport.width, viewport.height


def paint_edge(pixels: Pixels, mask: Mask, thickness_px: int) -> None:
    """A light line about `mask` on a dark rim, outside of it, so that the body itself stays as it is."""
    line = grown(mask, thickness_px)
    rim = grown(line, 1)
    pixels[rim & ~line] = RIM
    pixels[line & ~mask] = LINE


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
