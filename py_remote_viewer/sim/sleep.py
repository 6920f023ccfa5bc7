"""Which kinematic trees are asleep (`mjENBL_SLEEP`): a part of the state that `mj_getState` leaves out.

Without it the steps after going back would be others: a sleeping tree is neither moved nor made part of the solver's problem.
MuJoCo derives the rest of its sleep arrays from `tree_asleep` in `mj_step` alone, so they are derived here.
"""

from __future__ import annotations

import mujoco
import numpy as np
from numpy.typing import NDArray

AWAKE = -1  # below zero MuJoCo counts how long a tree has been still


def is_on(model: mujoco.MjModel) -> bool:
    """Whether trees may fall asleep."""
    return bool(model.opt.enableflags & int(mujoco.mjtEnableBit.mjENBL_SLEEP))


def put(model: mujoco.MjModel, data: mujoco.MjData, tree_asleep: NDArray[np.float64] | int) -> None:
    """Let the trees sleep as `tree_asleep` says, shape (ntree,), or all alike."""
    data.tree_asleep[:] = tree_asleep
    awake = data.tree_asleep < 0
    data.tree_awake[:] = awake
    moving = model.body_treeid >= 0
    state = np.full(model.nbody, int(mujoco.mjtSleepState.mjS_STATIC))
    state[moving] = np.where(
        awake[model.body_treeid[moving]], int(mujoco.mjtSleepState.mjS_AWAKE), int(mujoco.mjtSleepState.mjS_ASLEEP)
    )
    data.body_awake[:] = state
    lively = state != int(mujoco.mjtSleepState.mjS_ASLEEP)
    data.ntree_awake = int(awake.sum())
    data.nbody_awake = _indices(data.body_awake_ind, lively)
    has_awake_parent = lively[model.body_parentid]
    has_awake_parent[0] = False  # the world has no parent
    data.nparent_awake = _indices(data.parent_awake_ind, has_awake_parent)
    data.nv_awake = _indices(data.dof_awake_ind, awake[model.dof_treeid])


def _indices(into: NDArray[np.int32], chosen: NDArray[np.bool_]) -> int:
    """Write the indices of what is chosen; gives their count."""
    found = np.flatnonzero(chosen)
    into[: len(found)] = found
    return len(found)
