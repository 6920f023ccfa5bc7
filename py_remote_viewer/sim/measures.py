"""Live values that MuJoCo has in pieces or only on request: energy, contact force, solver convergence, step times.

Nothing here changes the running `MjData`: what has to be computed anew is computed in a copy.
"""

from __future__ import annotations

from collections.abc import Callable

import mujoco
import numpy as np
from numpy.typing import NDArray

from py_remote_viewer.sim import sleep
from py_remote_viewer.sim.step_timer import StepTimer

Array = NDArray[np.float64]
MEASURES = (
    "energy",
    "contact_force",
    "constraint_force",
    "solver_iterations",
    "solver_improvement",
    "solver_gradient",
    "warnings",
    "timer_ms",
)
MOST_DOFS = 3000  # beyond, a second MjData for the energy would take too much memory
_STATE = int(mujoco.mjtState.mjSTATE_PHYSICS | mujoco.mjtState.mjSTATE_MOCAP_POS | mujoco.mjtState.mjSTATE_MOCAP_QUAT)


class Measures:
    """Of one running model."""

    def __init__(self, model: mujoco.MjModel, data: mujoco.MjData) -> None:
        self._model = model
        self._data = data
        self._copy: mujoco.MjData | None = None
        self._solver_slots = len(data.solver.gradient) // len(data.solver_niter)
        self._timer = StepTimer(data)

    def prepare(self, names: set[str]) -> None:
        """Only these will be read until the next call."""
        if "energy" not in names:
            self._copy = None

    def read(self, name: str) -> Array:
        """One of `MEASURES`, flat. Units: J, N, ms per step."""
        return _WAYS[name](self)

    def _energy(self) -> Array:
        """Potential and kinetic, J, both of this very state; NaN where the model is too big to copy.

        MuJoCo's own (`energy` flag) belongs to where the last step began.
        """
        model = self._model
        if model.nv > MOST_DOFS:
            return np.full(2, np.nan)
        if self._copy is None:
            self._copy = mujoco.MjData(model)
        copy = self._copy
        mujoco.mj_copyState(model, self._data, copy, _STATE)
        if sleep.is_on(model):
            sleep.put(model, copy, sleep.AWAKE)  # MuJoCo computes nothing of what sleeps
        mujoco.mj_kinematics(model, copy)
        mujoco.mj_comPos(model, copy)
        mujoco.mj_flex(model, copy)
        mujoco.mj_tendon(model, copy)
        mujoco.mj_makeM(model, copy)
        mujoco.mj_energyPos(model, copy)
        mujoco.mj_energyVel(model, copy)
        energy: Array = copy.energy.copy()
        return energy

    def _contact_force(self) -> Array:
        """Sum and largest of the normal forces of all contacts, N (mj_contactForce, without a call for each)."""
        data = self._data
        if data.ncon == 0:
            return np.zeros(2)
        rows, dims = data.contact.efc_address, data.contact.dim
        acting = rows >= 0
        rows, dims = rows[acting], dims[acting]
        if rows.size == 0:
            return np.zeros(2)
        if self._model.opt.cone == mujoco.mjtCone.mjCONE_PYRAMIDAL:
            # the normal force is the sum over the pyramid's edges, 2 (dim - 1) of them
            sums = np.concatenate([[0.0], np.cumsum(data.efc_force)])
            normals = sums[rows + np.where(dims == 1, 1, 2 * (dims - 1))] - sums[rows]
        else:
            normals = data.efc_force[rows]
        return np.array([normals.sum(), normals.max()])

    def _of_solver(self, values: Array) -> Array:
        """The iterations that the last step took, of the first island."""
        return values[: min(int(self._data.solver_niter[0]), self._solver_slots)]

    def _constraint_force(self) -> Array:
        return np.array([np.linalg.norm(self._data.qfrc_constraint)])

    def _solver_iterations(self) -> Array:
        return np.array([float(self._data.solver_niter.max())])

    def _solver_improvement(self) -> Array:
        return self._of_solver(self._data.solver.improvement)

    def _solver_gradient(self) -> Array:
        return self._of_solver(self._data.solver.gradient)

    def _warnings(self) -> Array:
        return np.array([warning.number for warning in self._data.warning], np.float64)

    def _timer_ms(self) -> Array:
        return self._timer.per_step_ms()


# Functions, not bound methods: an object that refers to itself keeps its model until the garbage collector comes.
_WAYS: dict[str, Callable[[Measures], Array]] = {name: getattr(Measures, f"_{name}") for name in MEASURES}
