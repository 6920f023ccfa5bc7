"""Whether bodies of a created scene come to touch, and whether all of it is in the picture."""

from __future__ import annotations

import mujoco
import numpy as np

_WATCHED_S = 4.0


def meets(model: mujoco.MjModel, ones: list[int], others: list[int]) -> bool:
    """Whether anything on the trees of `ones` touches anything on those of `others` within some seconds."""
    data = mujoco.MjData(model)
    mujoco.mj_resetDataKeyframe(model, data, 0)
    side = np.zeros(model.nbody, int)
    side[np.isin(model.body_rootid, model.body_rootid[ones])] = 1
    side[np.isin(model.body_rootid, model.body_rootid[others])] = 2
    while data.time < _WATCHED_S:
        mujoco.mj_step(model, data)
        pairs = np.sort(side[model.geom_bodyid[data.contact.geom]], axis=1) if data.ncon else np.zeros((0, 2))
        if (pairs == (1, 2)).all(axis=1).any():
            return True
    return False


def shown_whole(model: mujoco.MjModel, data: mujoco.MjData) -> bool:
    """Whether the free camera sees the middle of every body, from below to above."""
    camera = mujoco.MjvCamera()
    mujoco.mjv_defaultFreeCamera(model, camera)
    azimuth, elevation = np.radians([camera.azimuth, camera.elevation])
    flat = np.cos(elevation)
    ahead = np.array([flat * np.cos(azimuth), flat * np.sin(azimuth), np.sin(elevation)])
    up = np.cross([np.sin(azimuth), -np.cos(azimuth), 0.0], ahead)
    away = data.xipos[1:] - camera.lookat
    return bool((np.abs(away @ up) < np.tan(np.pi / 8) * (camera.distance + away @ ahead)).all())
