"""One model being simulated: steps, reset, divergence, saved state. Owned by one thread; no clock, no GL in here but the
time that stepping itself takes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import mujoco
import numpy as np
from numpy.typing import NDArray

from py_remote_viewer.clock import now_s
from py_remote_viewer.errors import SceneInvalid
from py_remote_viewer.sim.full_state import put_positions, put_state, read_state, state_size

_DIVERGED = (
    int(mujoco.mjtWarning.mjWARN_BADQPOS),
    int(mujoco.mjtWarning.mjWARN_BADQVEL),
    int(mujoco.mjtWarning.mjWARN_BADQACC),
)
_CHUNK_S = 0.002  # look at the clock about this often while stepping


def reset_data(model: mujoco.MjModel, data: mujoco.MjData, keyframe: str | None) -> None:
    """Back to the start: the named keyframe (or `#index`), else the first one, else `qpos0`. What follows from it is not
    computed.

    Raises:
        SceneInvalid: the model has no such keyframe.
    """
    index = 0
    if keyframe is not None:
        index = int(mujoco.mj_name2id(model, mujoco.mjtObj.mjOBJ_KEY, keyframe))
        if index < 0 and keyframe.startswith("#") and keyframe[1:].isdigit():
            index = int(keyframe[1:])
        if not 0 <= index < model.nkey:
            raise SceneInvalid(f"no keyframe {keyframe!r} in this scene", hint="See model_info.keyframes.")
    if model.nkey:
        mujoco.mj_resetDataKeyframe(model, data, index)
    else:
        mujoco.mj_resetData(model, data)


class StepObserver(Protocol):
    """Is told around every call of `mj_step`, so that what happened between two of them can be seen."""

    def before(self) -> None:
        """Steps are about to be made."""

    def after(self, count: int) -> None:
        """`count` steps have been made."""


class Simulation:
    """`MjModel` and `MjData` of a room.

    Attributes:
        model: the compiled model. MuJoCo's automatic reset is switched off, so that a divergence is seen, not hidden.
        data: its state; consistent with the last step whenever no method runs.
        steps: steps made since it was loaded.
        step: number of the state, in steps since the last reset; going back in time sets it back.
        last_advance_s: wall-clock seconds that the last `advance` took.
        before_step: called with the number of the state before each single step, for what changes `ctrl` step by step.
        authored_reset: whether the model, as it was written, has MuJoCo's automatic reset on.
        diverged_at: simulated seconds when the state became NaN or huge, else None.
        observer: told of every step, while somebody records.
    """

    def __init__(self, model: mujoco.MjModel) -> None:
        self.model = model
        self.authored_reset = not model.opt.disableflags & int(mujoco.mjtDisableBit.mjDSBL_AUTORESET)
        self.model.opt.disableflags |= int(mujoco.mjtDisableBit.mjDSBL_AUTORESET)
        self.data = mujoco.MjData(model)
        self.steps = 0
        self.step = 0
        self.before_step: Callable[[int], None] | None = None
        self.diverged_at: float | None = None
        self.observer: StepObserver | None = None
        self.last_advance_s = 0.0
        self._step_cost_s = 1e-4
        self._good = self.state()
        self._scratch = np.empty_like(self._good)
        self.reset()

    @property
    def time_s(self) -> float:
        """Simulated seconds."""
        return float(self.data.time)

    @property
    def state_bytes(self) -> int:
        """Size of `state()`."""
        return int(self._good.nbytes)

    def advance(self, steps: int, budget_s: float) -> int:
        """Step at most `steps` times, and not much longer than `budget_s` of wall clock (but at least once).

        Returns:
            Steps made. Fewer than asked for means that physics is too slow, or that it diverged: then `diverged_at` is
            set and the state is the last good one.
        """
        began = now_s()
        made = 0
        diverged = False
        while made < steps and (made == 0 or now_s() - began + self._step_cost_s < budget_s):
            count = min(steps - made, max(1, int(_CHUNK_S / self._step_cost_s)))
            chunk_began = now_s()
            self._make(count, self.step + made)
            self._step_cost_s = 0.8 * self._step_cost_s + 0.2 * (now_s() - chunk_began) / count
            made += count
            if self._is_bad():
                self.diverged_at = float(self.data.time) if np.isfinite(self.data.time) else self._good_time()
                self.restore(self._good, self.step)
                diverged = True
                break
        self.last_advance_s = now_s() - began
        self.steps += made
        if not diverged:
            self.step += made
            self._good = self.state(self._good)
        return made

    def reset(self, keyframe: str | None = None) -> None:
        """Back to the start: the named keyframe, else the first one, else `qpos0`.

        Raises:
            SceneInvalid: the model has no such keyframe.
        """
        reset_data(self.model, self.data, keyframe)
        self.restarted()

    def state(self, into: NDArray[np.float64] | None = None) -> NDArray[np.float64]:
        """What the following steps depend on, float64; written over `into` when given.

        `mjSTATE_INTEGRATION`, shape (mj_stateSize,), and behind it which trees sleep, shape (ntree,).
        """
        if into is None:
            into = np.empty(state_size(self.model), np.float64)
        return read_state(self.model, self.data, into)

    def last_state(self) -> NDArray[np.float64]:
        """The state as it stands, with what was changed by hand since the last step; the last good one if it is not finite."""
        state = self.state()
        return state if np.isfinite(state).all() else self._good.copy()

    def good_state(self) -> NDArray[np.float64]:
        """A copy of the state after the last step, reset, restore or `keep_edits`, without asking MuJoCo."""
        return self._good.copy()

    def settle(self) -> None:
        """Inputs or positions were written from outside between two steps: compute what follows from them."""
        mujoco.mj_forward(self.model, self.data)

    def complete(self) -> None:
        """Compute what a picture of this very state shows; the state, and so the steps that follow, stay bit for bit.

        A step leaves the positions of bodies as they were when it began (`mj_step` integrates last).
        """
        put_state(self.model, self.data, self.state(self._scratch))

    def is_edited(self) -> bool:
        """Whether anything but a step, a reset or a restore has changed the state."""
        return not np.array_equal(self.state(self._scratch), self._good)

    def keep_edits(self) -> None:
        """Count what was changed by hand as the last good state, unless it is not finite."""
        state = self.state(self._scratch)
        if np.isfinite(state).all():
            self._good[:] = state

    def restarted(self) -> None:
        """`data` was given another state to start from."""
        mujoco.mj_forward(self.model, self.data)
        self.step = 0
        self.diverged_at = None
        self._good = self.state(self._good)

    def can_step(self, steps: int, budget_s: float) -> bool:
        """Whether `steps` will take about `budget_s` of wall clock at most, judged by those before."""
        return steps * self._step_cost_s <= budget_s

    def restore(self, state: NDArray[np.float64], step: int = 0) -> None:
        """Continue from `state`, the one after `step` steps: the same steps follow, bit for bit.

        Raises:
            SceneInvalid: it is of another model's size, or not finite.
        """
        if state.shape != self._good.shape or not np.isfinite(state).all():
            raise SceneInvalid("the saved state does not fit this scene", hint="Reset the simulation.")
        for kind in _DIVERGED:
            self.data.warning[kind].number = 0
        put_state(self.model, self.data, state)
        self.step = step
        if state is not self._good:
            self._good = self.state(self._good)

    def show(self, state: NDArray[np.float64], *, positions_only: bool) -> None:
        """Stand at `state` (finite, of this model's size), as another process stepped it.

        Args:
            state: as `state()`.
            positions_only: leave out forces, contacts and sensors, which a picture of the bodies does not need.
        """
        if positions_only:
            put_positions(self.model, self.data, state)
        else:
            put_state(self.model, self.data, state)
        self.step += 1
        self._good = self.state(self._good)

    def _make(self, count: int, step: int) -> None:
        if self.before_step is None:
            self._step(count)
            return
        for number in range(step, step + count):
            self.before_step(number)
            self._step(1)

    def _step(self, count: int) -> None:
        if self.observer is not None:
            self.observer.before()
        mujoco.mj_step(self.model, self.data, count)
        if self.observer is not None:
            self.observer.after(count)

    def _is_bad(self) -> bool:
        # MuJoCo looks at the start of a step, so what the last step broke is seen by the sum alone
        if not np.isfinite(self.data.qpos.sum() + self.data.qvel.sum()):
            return True
        return any(self.data.warning[kind].number for kind in _DIVERGED)

    def _good_time(self) -> float:
        return float(self._good[0])
