"""What a program puts into a room's picture beside its model: geoms of its own and texts. Engine thread only."""

from __future__ import annotations

from dataclasses import dataclass

import mujoco
import numpy as np
from numpy.typing import NDArray

from py_remote_viewer.sim.geom_memory import geom_memory

# MuJoCo draws these from arrays of the scene that a marker does not bring: it reads memory that is not there, and crashes.
_OF_A_MODEL = (int(mujoco.mjtGeom.mjGEOM_FLEX), int(mujoco.mjtGeom.mjGEOM_SKIN))


@dataclass(frozen=True, slots=True)
class OverlayText:
    """One box of text: `font` of mjtFontScale, `place` of mjtGridPos, and two columns."""

    font: int
    place: int
    left: str
    right: str


@dataclass(slots=True)
class Additions:
    """Drawn with every picture.

    Attributes:
        markers: raw `mjvGeom`s, shape (count, bytes of one), uint8; not copied before they are drawn.
        texts: over the picture.
    """

    markers: NDArray[np.uint8] | None = None
    texts: tuple[OverlayText, ...] = ()
    _memory: NDArray[np.uint8] | None = None

    def put_into(self, scene: mujoco.MjvScene) -> None:
        """Behind the model's own geoms, as many as there is room for. Always the same scene."""
        if self.markers is None or not len(self.markers):
            return
        if self._memory is None:
            self._memory = geom_memory(scene)
        begin = scene.ngeom
        end = min(begin + len(self.markers), scene.maxgeom)
        self._memory[begin:end] = self.markers[: end - begin]
        types = self._memory[begin:end, :4].view(np.int32)  # the first field
        types[np.isin(types, _OF_A_MODEL)] = mujoco.mjtGeom.mjGEOM_NONE
        scene.ngeom = end

    def draw_texts(self, viewport: mujoco.MjrRect, context: mujoco.MjrContext) -> None:
        """Over what was drawn."""
        for text in self.texts:
            mujoco.mjr_overlay(text.font, text.place, viewport, text.left, text.right, context)
