"""Pictures of a model at any size, drawn once and well: for screenshots and for trajectories that are drawn again.

Unlike `render.renderer`, which makes sixty a second for the encoder, this one draws in tiles, so that no size is limited by
what OpenGL allocates, and reads depth and object numbers too. In a process of its own, never in the engine.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import mujoco
import numpy as np
from numpy.typing import NDArray

from py_remote_viewer.record.rows import CAMERA_MODES
from py_remote_viewer.render.quality import LADDER, level_index
from py_remote_viewer.render.view import View, apply_options, apply_rendering
from py_remote_viewer.render.visual import context_settings

MOST_GEOMS = 50_000
TILE_PX = 2048
Kind = Literal["color", "depth", "segmentation"]
_COLOURING = (
    mujoco.mjtRndFlag.mjRND_SHADOW,
    mujoco.mjtRndFlag.mjRND_REFLECTION,
    mujoco.mjtRndFlag.mjRND_SKYBOX,
    mujoco.mjtRndFlag.mjRND_FOG,
    mujoco.mjtRndFlag.mjRND_HAZE,
    mujoco.mjtRndFlag.mjRND_ADDITIVE,
    mujoco.mjtRndFlag.mjRND_WIREFRAME,
)
_SEGMENTED = ("geom", "site", "tendon", "flex", "skin")


@dataclass(frozen=True, slots=True)
class Tile:
    """A part of the picture, px; `top` counts from the first row."""

    left: int
    top: int
    width: int
    height: int


def tiles(width: int, height: int, most: int = TILE_PX) -> Iterator[Tile]:
    """The picture cut into parts of at most `most` px a side, row by row."""
    for top in range(0, height, most):
        for left in range(0, width, most):
            yield Tile(left, top, min(most, width - left), min(most, height - top))


class Painter:
    """Draws one model. The GL context is current on this thread; `close` when done.

    Attributes:
        view: what is shown of it: flags, groups, labels; MuJoCo's defaults until somebody changes it.

    Args:
        model: becomes the painter's own.
        size: width and height of the pictures, px.
        quality: a level of the quality ladder, for everything but its scale and mesh detail.
        kind: what is drawn; depth and segmentation without multisampling, which would mix neighbours.
        tile_px: largest side that is drawn at once.
    """

    def __init__(
        self,
        model: mujoco.MjModel,
        size: tuple[int, int],
        quality: str = "ultra",
        kind: Kind = "color",
        tile_px: int = TILE_PX,
    ) -> None:
        level = LADDER[level_index(quality)]
        self.model = model
        self.width, self.height = size
        self.kind = kind
        self._tile_px = tile_px
        buffer, shadows = model.vis.global_, model.vis.quality
        buffer.offwidth, buffer.offheight = min(tile_px, self.width), min(tile_px, self.height)
        shadows.offsamples = level.samples if kind == "color" else 0
        shadows.shadowsize = level.shadow_px if kind == "color" else 0
        self._scene = mujoco.MjvScene(model, maxgeom=min(MOST_GEOMS, 2000 + 6 * model.ngeom + model.nsite))
        self._level = level
        self.view = View()
        self._option = mujoco.MjvOption()
        self._camera = mujoco.MjvCamera()
        self._context: mujoco.MjrContext | None = None
        self._made_with: tuple[Any, ...] = ()
        self._make_context()

    def paint(self, data: mujoco.MjData, camera: NDArray[np.float64]) -> NDArray[Any]:
        """Draw `data`, whose positions are computed, from `camera` (ten numbers, as in `rows.Rows.camera`).

        Returns:
            Top row first. Colour: (height, width, 3) uint8. Depth: (height, width) float32, metres along the view,
            infinite where nothing is. Segmentation: (height, width) int32, indices into `objects()` plus one, 0 for nothing.
        """
        if context_settings(self.model) != self._made_with:
            self._make_context()
        self._aim(camera)
        self._apply_look()
        light = self.model.vis.headlight
        own, chosen = light.active, self.view.look.headlight
        light.active = own if chosen == "model" else chosen == "on"
        mujoco.mjv_updateScene(
            self.model,
            data,
            self._option,
            self.view.perturb,
            self._camera,
            mujoco.mjtCatBit.mjCAT_ALL.value,
            self._scene,
        )
        light.active = own
        whole = self._new()
        view = self._scene.camera[0]
        middle, low, high = float(view.frustum_center), float(view.frustum_bottom), float(view.frustum_top)
        half = 0.5 * (high - low) * self.width / self.height
        for tile in tiles(self.width, self.height, self._tile_px):
            self._narrow(tile, middle, half, low, high)
            self._draw(tile, whole)
        return whole

    def _apply_look(self) -> None:
        """Write flags and groups; distances and object numbers are not to be coloured by sky, fog or shadows."""
        apply_options(self.view, self._option)
        apply_rendering(self.view.look, self._level, self._scene)
        if self.kind != "color":
            self._option.label = mujoco.mjtLabel.mjLABEL_NONE
            for flag in _COLOURING:
                self._scene.flags[flag] = False
        if self.kind == "segmentation":
            self._scene.flags[mujoco.mjtRndFlag.mjRND_SEGMENT] = True
            self._scene.flags[mujoco.mjtRndFlag.mjRND_IDCOLOR] = True

    def _aim(self, camera: NDArray[np.float64]) -> None:
        """Look from there, as far as this model has such a body or camera."""
        kinds, own = mujoco.mjtCamera, self._camera
        mode, target = CAMERA_MODES[int(camera[0]) % len(CAMERA_MODES)], int(camera[1])
        if (mode == "fixed" and not 0 <= target < self.model.ncam) or (
            mode == "tracking" and not 0 <= target < self.model.nbody
        ):
            mode = "free"
        own.type = {"free": kinds.mjCAMERA_FREE, "tracking": kinds.mjCAMERA_TRACKING, "fixed": kinds.mjCAMERA_FIXED}[
            mode
        ]
        own.fixedcamid = target if mode == "fixed" else -1
        own.trackbodyid = target if mode == "tracking" else -1
        own.lookat[:] = camera[2:5]
        own.distance, own.azimuth, own.elevation = camera[5], camera[6], camera[7]
        lens, flat = self.model.vis.global_, bool(camera[9])
        own.orthographic = lens.orthographic = flat
        height = 2.0 * camera[5] * math.tan(math.radians(camera[8]) / 2)
        lens.fovy = height if flat else camera[8]

    def objects(self) -> list[dict[str, Any]]:
        """What segmentation tells apart: `{id, type, name, body}`, where `id` is the pixel's number."""
        found: list[dict[str, Any]] = []
        for kind in _SEGMENTED:
            object_type = getattr(mujoco.mjtObj, f"mjOBJ_{kind.upper()}")
            for index in range(getattr(self.model, f"n{kind}")):
                entry = {
                    "id": len(found) + 1,
                    "type": kind,
                    "index": index,
                    "name": mujoco.mj_id2name(self.model, object_type, index) or "",
                }
                if kind in ("geom", "site"):
                    body = int(getattr(self.model, f"{kind}_bodyid")[index])
                    entry["body"] = mujoco.mj_id2name(self.model, mujoco.mjtObj.mjOBJ_BODY, body) or f"#{body}"
                found.append(entry)
        return found

    def close(self) -> None:
        """Free the GL memory. Idempotent."""
        if self._context is not None:
            self._context.free()
            self._context = None

    # --- inside ------------------------------------------------------------------------------------------------------

    def _make_context(self) -> None:
        """A context takes fog, haze and line widths when it is made, so a change of those needs another."""
        self.close()
        self._made_with = context_settings(self.model)
        self._context = mujoco.MjrContext(self.model, mujoco.mjtFontScale.mjFONTSCALE_100)
        mujoco.mjr_setBuffer(mujoco.mjtFramebuffer.mjFB_OFFSCREEN, self._context)
        self._context.readDepthMap = mujoco.mjtDepthMap.mjDEPTH_ZEROFAR

    def _new(self) -> NDArray[Any]:
        if self.kind == "color":
            return np.empty((self.height, self.width, 3), np.uint8)
        return np.empty((self.height, self.width), np.float32 if self.kind == "depth" else np.int32)

    def _narrow(self, tile: Tile, middle: float, half: float, low: float, high: float) -> None:
        """Make the view frustum that of `tile`."""
        per_px_x, per_px_y = 2 * half / self.width, (high - low) / self.height
        for view in self._scene.camera:  # mono pictures are drawn from the mean of both eyes
            view.frustum_center = middle - half + per_px_x * (tile.left + tile.width / 2)
            view.frustum_width = per_px_x * tile.width / 2
            view.frustum_top = high - per_px_y * tile.top
            view.frustum_bottom = high - per_px_y * (tile.top + tile.height)

    def _draw(self, tile: Tile, whole: NDArray[Any]) -> None:
        viewport = mujoco.MjrRect(0, 0, tile.width, tile.height)
        mujoco.mjr_render(viewport, self._scene, self._context)
        place = (slice(tile.top, tile.top + tile.height), slice(tile.left, tile.left + tile.width))
        if self.kind == "depth":
            raw = np.empty((tile.height, tile.width), np.float32)
            mujoco.mjr_readPixels(None, raw, viewport, self._context)
            whole[place] = self._metres(raw[::-1])
            return
        rgb = np.empty((tile.height, tile.width, 3), np.uint8)
        mujoco.mjr_readPixels(rgb, None, viewport, self._context)
        whole[place] = self._ids(rgb[::-1]) if self.kind == "segmentation" else rgb[::-1]

    def _metres(self, raw: NDArray[np.float32]) -> NDArray[np.float32]:
        view = self._scene.camera[0]
        near, far = float(view.frustum_near), float(view.frustum_far)
        wide = raw.astype(np.float64)
        metres = far - wide * (far - near) if view.orthographic else near * far / (near + wide * (far - near))
        return np.where(raw > 0, metres, np.inf).astype(np.float32)

    def _ids(self, rgb: NDArray[np.uint8]) -> NDArray[np.int32]:
        wide = rgb.astype(np.int32)
        segments = wide[..., 0] | wide[..., 1] << 8 | wide[..., 2] << 16
        first: dict[int, int] = {}
        count = 1
        for kind in _SEGMENTED:
            first[int(getattr(mujoco.mjtObj, f"mjOBJ_{kind.upper()}"))] = count
            count += int(getattr(self.model, f"n{kind}"))
        table = np.zeros(self._scene.ngeom + 2, np.int32)
        for index in range(self._scene.ngeom):
            drawn = self._scene.geoms[index]
            if 0 <= drawn.segid < self._scene.ngeom and drawn.objtype in first and drawn.objid >= 0:
                table[drawn.segid + 1] = first[drawn.objtype] + drawn.objid
        ids: NDArray[np.int32] = table[np.minimum(segments, len(table) - 1)]
        return ids
