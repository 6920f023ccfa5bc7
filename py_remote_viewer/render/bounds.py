"""Where the visible parts of a model are: corners that a camera must see. Floors and terrains do not count."""

from __future__ import annotations

import itertools

import mujoco
import numpy as np
from numpy.typing import NDArray

VISIBLE_GROUPS = 3  # mjvOption shows groups 0, 1 and 2 unless told otherwise
_SIGNS = np.array(list(itertools.product((-1.0, 1.0), repeat=3)))
_ENDLESS = (int(mujoco.mjtGeom.mjGEOM_PLANE), int(mujoco.mjtGeom.mjGEOM_HFIELD))


def visible_corners(model: mujoco.MjModel, data: mujoco.MjData) -> NDArray[np.float64]:
    """Corners of the boxes around the visible geoms, and flex vertices.

    Returns:
        Shape (n, 3), world frame, metres. Planes and height fields are left out unless there is nothing else; then the
        corners of a cube of `model.stat.extent` about `model.stat.center`.
    """
    geoms = [g for g in range(model.ngeom) if _counts(model, g)]
    parts = []
    if geoms:
        center, half = model.geom_aabb[geoms, :3], model.geom_aabb[geoms, 3:]
        local = center[:, None, :] + half[:, None, :] * _SIGNS  # (geoms, 8, 3)
        rotation = data.geom_xmat[geoms].reshape(-1, 3, 3)
        parts.append((np.einsum("gij,gkj->gki", rotation, local) + data.geom_xpos[geoms][:, None, :]).reshape(-1, 3))
    if model.nflexvert:
        parts.append(np.asarray(data.flexvert_xpos).reshape(-1, 3))
    corners = np.concatenate(parts) if parts else np.empty((0, 3))
    corners = corners[np.isfinite(corners).all(axis=1)]
    if len(corners) == 0:
        return np.asarray(model.stat.center + _SIGNS * (model.stat.extent / 2))
    return np.asarray(corners)


def _counts(model: mujoco.MjModel, geom: int) -> bool:
    if int(model.geom_type[geom]) in _ENDLESS or model.geom_group[geom] >= VISIBLE_GROUPS:
        return False
    material = model.geom_matid[geom]
    rgba = model.geom_rgba[geom] if material < 0 else model.mat_rgba[material]
    return bool(rgba[3] > 0)
