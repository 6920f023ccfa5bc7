"""Where the visible parts of a model are: corners that a camera must see. Floors and terrains do not count."""

from __future__ import annotations

import itertools

import mujoco
import numpy as np
from numpy.typing import NDArray

VISIBLE_GROUPS = 3  # mjvOption shows groups 0, 1 and 2 unless told otherwise
MOST_FALL = 12.0  # in sizes of what falls: from higher up it would be a dot in the picture
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
        parts.append(_boxes(model, data, geoms))
    if model.nflexvert:
        parts.append(np.asarray(data.flexvert_xpos).reshape(-1, 3))
    corners = np.concatenate(parts) if parts else np.empty((0, 3))
    corners = corners[np.isfinite(corners).all(axis=1)]
    if len(corners) == 0:
        return np.asarray(model.stat.center + _SIGNS * (model.stat.extent / 2))
    return np.asarray(corners)


def landing_corners(model: mujoco.MjModel, data: mujoco.MjData) -> NDArray[np.float64]:
    """Where on the floor free bodies come down, for a first view that they do not fall out of.

    Returns:
        Shape (n, 3), world frame, metres: the corners of their geoms, straight down on the highest level plane below all of
        them. None without such a plane, without gravity, and where the way is more than `MOST_FALL` times their size.
    """
    nothing = np.empty((0, 3))
    free = [g for g in range(model.ngeom) if _counts(model, g) and _falls(model, int(model.geom_bodyid[g]))]
    if not free or model.opt.gravity[2] >= 0:
        return nothing
    corners = _boxes(model, data, free)
    corners = corners[np.isfinite(corners).all(axis=1)]
    if len(corners) == 0:
        return nothing
    lowest = float(corners[:, 2].min())
    floors = [float(data.geom_xpos[g, 2]) for g in range(model.ngeom) if _is_floor(model, data, g)]
    below = [height for height in floors if height <= lowest]
    if not below or lowest - max(below) > MOST_FALL * float(np.linalg.norm(np.ptp(corners, axis=0))):
        return nothing
    landed = corners.copy()
    landed[:, 2] = max(below)
    return landed


def _boxes(model: mujoco.MjModel, data: mujoco.MjData, geoms: list[int]) -> NDArray[np.float64]:
    center, half = model.geom_aabb[geoms, :3], model.geom_aabb[geoms, 3:]
    local = center[:, None, :] + half[:, None, :] * _SIGNS  # (geoms, 8, 3)
    rotation = data.geom_xmat[geoms].reshape(-1, 3, 3)
    world = np.einsum("gij,gkj->gki", rotation, local) + data.geom_xpos[geoms][:, None, :]
    return np.asarray(world.reshape(-1, 3))


def _falls(model: mujoco.MjModel, body: int) -> bool:
    root = int(model.body_rootid[body])
    joint = int(model.body_jntadr[root])
    return joint >= 0 and int(model.jnt_type[joint]) == int(mujoco.mjtJoint.mjJNT_FREE)


def _is_floor(model: mujoco.MjModel, data: mujoco.MjData, geom: int) -> bool:
    is_plane = int(model.geom_type[geom]) == int(mujoco.mjtGeom.mjGEOM_PLANE)
    return is_plane and float(data.geom_xmat[geom, 8]) > 0.99 and model.geom_group[geom] < VISIBLE_GROUPS


def _counts(model: mujoco.MjModel, geom: int) -> bool:
    if int(model.geom_type[geom]) in _ENDLESS or model.geom_group[geom] >= VISIBLE_GROUPS:
        return False
    material = model.geom_matid[geom]
    rgba = model.geom_rgba[geom] if material < 0 else model.mat_rgba[material]
    return bool(rgba[3] > 0)
