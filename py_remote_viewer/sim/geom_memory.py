"""The geoms of an `MjvScene` as one block of bytes, so that thousands of markers are copied at once.

The bindings give every geom an object of its own, and reading one costs some twenty attributes: a millisecond for fifty
geoms. The geoms themselves lie side by side in memory; where, is found by asking, not by knowing the struct.
"""

from __future__ import annotations

import ctypes

import mujoco
import numpy as np
from numpy.typing import NDArray

from py_remote_viewer.errors import EngineFailed

_MARKS = (0x1234567, 0x2345678)


def geom_memory(scene: mujoco.MjvScene) -> NDArray[np.uint8]:
    """The memory of `scene.geoms`, shape (maxgeom, bytes of one mjvGeom); a view that lives as long as `scene` does.

    The type of the second geom is changed and put back, so the scene must hold still. What the bytes mean depends on the
    version of MuJoCo: they are good for copies between scenes of one version.

    Raises:
        EngineFailed: this MuJoCo lays its geoms out in a way that is not understood.
    """
    geoms = scene.geoms
    if len(geoms) < 2:
        raise EngineFailed(f"a scene with room for {len(geoms)} geoms", hint="Give it room for two or more.")
    first, second = (int(geom.size.ctypes.data) for geom in geoms[:2])
    stride = second - first
    words = np.ctypeslib.as_array((ctypes.c_int32 * (stride // 4)).from_address(first))
    kept, places = geoms[1].type, []
    for mark in _MARKS:
        geoms[1].type = mark
        places.append(set(np.flatnonzero(words == mark).tolist()))
    geoms[1].type = kept
    found = places[0] & places[1]
    if len(found) != 1:
        raise EngineFailed(
            f"MuJoCo {mujoco.__version__} keeps its geoms in a way that is not understood",
            hint="Install the version that docs/dependencies.md names.",
        )
    start = first + 4 * found.pop() - stride  # the type is the first field
    memory = (ctypes.c_uint8 * (stride * len(geoms))).from_address(start)
    return np.ctypeslib.as_array(memory).reshape(len(geoms), stride)


def empty_geoms(scene: mujoco.MjvScene, memory: NDArray[np.uint8]) -> None:
    """Make every geom of `scene`, whose `memory` this is, one that draws nothing.

    MuJoCo leaves them as the memory was; drawing such a one follows its chance numbers of material and texture, and crashes.
    """
    memory[:] = 0
    none = mujoco.mjtGeom.mjGEOM_NONE
    mujoco.mjv_initGeom(scene.geoms[0], none, np.zeros(3), np.zeros(3), np.eye(3).ravel(), np.zeros(4, np.float32))
    memory[1:] = memory[0]
