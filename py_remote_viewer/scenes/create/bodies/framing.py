"""Where the free camera begins: it sees all that there is at the start, and as high as what flies up comes.

Child process only: imports mujoco.
"""

from __future__ import annotations

import math

import mujoco
import numpy as np

from py_remote_viewer.scenes.create.bodies.cameras import looking

_HALF_VIEW = math.tan(math.radians(45.0 / 2)) * 0.87  # of the height of the picture, with a margin
_ASPECT = 4 / 3  # of the narrowest picture that shows all of it
_DISTANCE = 1.5  # extents, between the free camera and the centre: as MuJoCo sets it
_LEAST_M = 0.4
_EVERY_CORNER = np.array([[x, y, z] for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)], float)


def add_framing(spec: mujoco.MjSpec, model: mujoco.MjModel, qpos: np.ndarray, qvel: np.ndarray) -> None:
    """Set the centre and the extent of `spec`, and add its two fixed cameras.

    Args:
        model: what `spec` compiles to; `qpos` and `qvel` are how it starts.
    """
    points = seen(model, qpos, qvel)
    centre = (points.min(axis=0) + points.max(axis=0)) / 2
    look = spec.visual.global_
    extent = max(_LEAST_M, distance(points - centre, float(look.azimuth), float(look.elevation)) / _DISTANCE)
    spec.stat.center, spec.stat.extent = centre.tolist(), extent
    away = max(distance(points - centre, 90.0, -4.5), 1.5 * _LEAST_M)
    spec.worldbody.add_camera(
        name="side", pos=[centre[0], centre[1] - away, centre[2] + 0.08 * away], quat=looking(0.0, -0.08)
    )
    over = max(distance(points - centre, 90.0, -90.0), 1.5 * _LEAST_M)
    spec.worldbody.add_camera(name="above", pos=[centre[0], centre[1], centre[2] + over], quat=[1, 0, 0, 0])


def seen(model: mujoco.MjModel, qpos: np.ndarray, qvel: np.ndarray) -> np.ndarray:
    """Corners of every geom but the ground, and the top of every flight upwards; world, shape (n, 3), m."""
    data = mujoco.MjData(model)
    data.qpos[:], data.qvel[:] = qpos, qvel
    mujoco.mj_kinematics(model, data)
    endless = (mujoco.mjtGeom.mjGEOM_PLANE, mujoco.mjtGeom.mjGEOM_HFIELD)
    found = [np.zeros((1, 3))] if model.ngeom == 0 else []
    for geom in range(model.ngeom):
        if int(model.geom_type[geom]) in endless:
            continue
        corners = model.geom_aabb[geom, :3] + _EVERY_CORNER * model.geom_aabb[geom, 3:]
        found.append(data.geom_xpos[geom] + corners @ data.geom_xmat[geom].reshape(3, 3).T)
    found += [data.flexvert_xpos] if model.nflex else []
    gravity = -float(model.opt.gravity[2])
    for joint in range(model.njnt):
        rise = float(qvel[model.jnt_dofadr[joint] + 2]) if model.jnt_type[joint] == mujoco.mjtJoint.mjJNT_FREE else 0.0
        if rise > 0 and gravity > 0:
            body = int(model.jnt_bodyid[joint])
            found.append(data.xpos[body][None] + np.array([[0.0, 0.0, rise**2 / (2 * gravity)]]))
    points = np.concatenate(found)
    return np.concatenate([points, [[*points.mean(axis=0)[:2], min(0.0, float(points[:, 2].min()))]]])


def distance(points: np.ndarray, azimuth_deg: float, elevation_deg: float) -> float:
    """How far from the origin a camera that looks at it so must be to see all of `points`, shape (n, 3); m."""
    azimuth, elevation = math.radians(azimuth_deg), math.radians(elevation_deg)
    forward = np.array(
        [math.cos(elevation) * math.cos(azimuth), math.cos(elevation) * math.sin(azimuth), math.sin(elevation)]
    )
    right = np.array([math.sin(azimuth), -math.cos(azimuth), 0.0])
    up = np.cross(right, forward)
    needed = np.maximum(np.abs(points @ up), np.abs(points @ right) / _ASPECT) / _HALF_VIEW - points @ forward
    return float(needed.max())
