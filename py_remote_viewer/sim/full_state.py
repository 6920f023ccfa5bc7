"""All that the steps to come depend on, as one vector of float64: `mjSTATE_INTEGRATION`, and behind it which trees sleep."""

from __future__ import annotations

import mujoco
import numpy as np
from numpy.typing import NDArray

from py_remote_viewer.sim import sleep

_STATE = int(mujoco.mjtState.mjSTATE_INTEGRATION)


def state_size(model: mujoco.MjModel) -> int:
    """Numbers of the vector: `mj_stateSize` and `ntree`."""
    return int(mujoco.mj_stateSize(model, _STATE)) + int(model.ntree)


def read_state(model: mujoco.MjModel, data: mujoco.MjData, into: NDArray[np.float64]) -> NDArray[np.float64]:
    """Write the state of `data` over `into`, shape (state_size,); gives `into` back."""
    trees = len(into) - int(model.ntree)
    mujoco.mj_getState(model, data, into[:trees], _STATE)
    into[trees:] = data.tree_asleep
    return into


def put_positions(model: mujoco.MjModel, data: mujoco.MjData, state: NDArray[np.float64]) -> None:
    """Stand at `state`, shape (state_size,), with what a picture of the bodies needs and no forces, contacts or sensors."""
    mujoco.mj_setState(model, data, state[: len(state) - int(model.ntree)], _STATE)
    for compute in (mujoco.mj_kinematics, mujoco.mj_comPos, mujoco.mj_camlight, mujoco.mj_flex, mujoco.mj_tendon):
        compute(model, data)


def put_state(model: mujoco.MjModel, data: mujoco.MjData, state: NDArray[np.float64]) -> None:
    """Continue from `state`, shape (state_size,): positions are computed, and the same steps follow, bit for bit."""
    trees = len(state) - int(model.ntree)
    integration, tree_asleep = state[:trees], state[trees:]
    mujoco.mj_setState(model, data, integration, _STATE)
    if sleep.is_on(model):
        sleep.put(model, data, sleep.AWAKE)  # MuJoCo computes nothing of what sleeps
    mujoco.mj_forward(model, data)
    mujoco.mj_setState(model, data, integration, _STATE)  # mj_forward has written the next step's warm start
    if sleep.is_on(model):
        sleep.put(model, data, tree_asleep)
