"""Running a simulation so that it can go back: every picture's state is recorded, and any recorded step can be had again.

Going to a step restores the last recorded state before it and makes the steps between anew: MuJoCo makes the same ones, bit
for bit. Where that would take too long, or where what was done by hand in between is no longer known, it stops at the
recorded state instead.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from py_remote_viewer.errors import NotFound
from py_remote_viewer.sim.history import History, Moment
from py_remote_viewer.sim.simulation import Simulation

PICTURE_S = 1 / 60
SEEK_S = 0.02  # most time that making steps anew may take; several seeks may wait in one tick
STEP_S = 0.1  # and where the exact step is what was asked for
STEP_LIMIT_S = 0.5
UNDO_MOMENTS = 600  # recorded after a reset, until what was before it is forgotten; or a sixteenth of the bytes


class Timeline:
    """A simulation and where it has been.

    Attributes:
        epoch: changed by the owner with the settings that steps depend on and that are no part of the state.
        history: what was recorded since the last reset.
        discarded_s: simulated seconds that the last change of the past has cut off.
    """

    def __init__(self, simulation: Simulation, max_bytes: int) -> None:
        """Args:
        simulation: what runs.
        max_bytes: of the history.
        """
        self._simulation = simulation
        self.epoch = self._arrived_epoch = 0
        self.history = History(max_bytes, simulation.state_bytes)
        self._max_bytes = max_bytes
        self._before_reset: tuple[History, int] | None = None
        self.discarded_s = 0.0
        self._record()

    @property
    def newest_s(self) -> float:
        """Simulated seconds of the latest state that can be had."""
        newest = self.history.newest
        return max(self._simulation.time_s, newest.time_s) if newest else self._simulation.time_s

    @property
    def oldest_s(self) -> float:
        """Simulated seconds of the earliest state that can be had."""
        oldest = self.history.oldest
        return oldest.time_s if oldest else self._simulation.time_s

    @property
    def is_past(self) -> bool:
        """Whether something later than this state is recorded."""
        newest = self.history.newest
        return newest is not None and newest.step > self._simulation.step

    def restart(self, reset: Callable[[], None]) -> None:
        """Call `reset`, and begin the history anew from there. `step_back` from the start takes it back for a while."""
        self._keep_edit()
        step, before = self._simulation.step, self._simulation.good_state()
        reset()
        lost = len(self.history) > 1 or not np.array_equal(before, self._simulation.good_state(), equal_nan=True)
        self._before_reset = (self.history, step) if lost else self._before_reset
        self.history = History(self._max_bytes, self._simulation.state_bytes)
        self.discarded_s = 0.0
        self._record()

    def restarted(self) -> None:
        """The simulation was given another state: its history begins here."""
        self.history.clear()
        self._before_reset = None
        self.discarded_s = 0.0
        self._record()

    def run(self, steps: int, budget_s: float) -> int:
        """Step from here as `Simulation.advance` does; what was recorded after this state is forgotten."""
        self._begin()
        made = self._simulation.advance(steps, budget_s)
        self._record()
        return made

    def follow(self) -> None:
        """The simulation stands where another process has stepped it to: remember that. No steps of ours lead there."""
        simulation, newest = self._simulation, self.history.newest
        if newest is not None and simulation.time_s < newest.time_s:
            self.restarted()
            return
        self._arrived_epoch = self.epoch
        state = simulation.good_state()
        self.history.record(Moment(simulation.step, simulation.time_s, state, self._arrived_epoch, exact=False))

    def step(self, count: int) -> None:
        """Take `count` steps. In the past, along what is recorded, unless something was changed here."""
        target = self._simulation.step + count
        newest = self.history.newest
        if newest is not None and self.is_past and not self._is_edited():
            self._go(min(target, newest.step), forward=True)
            if self.is_past:
                return
        left = STEP_LIMIT_S
        picture = max(1, round(PICTURE_S / self._simulation.model.opt.timestep))
        while (missing := target - self._simulation.step) > 0 and left > 0:
            if self.run(min(missing, picture), left) == 0 or self._simulation.diverged_at is not None:
                return
            left -= self._simulation.last_advance_s
        self._simulation.complete()

    def step_back(self, count: int) -> None:
        """Go back `count` steps: to exactly that step where it can be had, else to the recorded state before it.

        From the start, shortly after a reset: to where it stood before that.

        Raises:
            NotFound: there is nothing earlier.
        """
        oldest = self.history.oldest
        if oldest is None or oldest.step >= self._simulation.step:
            if self._before_reset is not None:
                (self.history, step), self._before_reset = self._before_reset, None
                self._go(step)
                return
            self._require_history()
            raise NotFound(
                "there is no earlier state",
                hint="History begins when the scene is loaded or reset, and when the engine was replaced.",
            )
        self._keep_edit()
        self._go(max(oldest.step, self._simulation.step - count))

    def seek(self, time_s: float) -> None:
        """Go to the last step that is not later than `time_s`, or to the nearest recorded state. Raises NotFound."""
        self._keep_edit()
        timestep = float(self._simulation.model.opt.timestep)
        time_s += 1e-6 * timestep  # simulated time is a sum, with the errors of one
        base = self.history.at_or_before_time(time_s) or self.history.oldest
        if base is None:
            self._require_history()
            return
        steps = max(0, math.floor((time_s - base.time_s) / timestep))
        after = self.history.after(base.step)
        target = min(base.step + steps, after.step - 1 if after else base.step)
        if not self._can_replay(base, target, SEEK_S):
            nearest = self.history.nearest_time(time_s)
            assert nearest is not None
            target = nearest.step
        self._go(target)

    def _require_history(self) -> None:
        if not self.history.capacity:
            size = 2 * self.history.moment_bytes / 2**20
            raise NotFound("no history is kept", hint=f"Set VIEWER_HISTORY_MB to more than {size:.1f} for this scene.")

    def _begin(self) -> None:
        """Before steps that are new: what was recorded after this state is over, what was changed here counts."""
        if self.is_past:
            self.discarded_s = self.newest_s - self._simulation.time_s
            self.history.forget_after(self._simulation.step)
        if self._is_edited() or self.history.newest is None:
            self._record(edited=True)

    def _keep_edit(self) -> None:
        """Before going elsewhere: a change made by hand at the end of the history is recorded, one in its past is not."""
        if not self.is_past and self._is_edited():
            self._record(edited=True)

    def _is_edited(self) -> bool:
        return self.epoch != self._arrived_epoch or self._simulation.is_edited()

    def _record(self, *, edited: bool = False) -> None:
        simulation = self._simulation
        self._arrived_epoch = self.epoch
        newest = self.history.newest
        if newest is not None and newest.step == simulation.step and not edited:
            return
        if edited:
            simulation.keep_edits()
        moment = Moment(simulation.step, simulation.time_s, simulation.good_state(), self._arrived_epoch, edited)
        if newest is not None and newest.step == simulation.step:
            moment.exact = newest.exact
        self.history.record(moment)
        if len(self.history) > UNDO_MOMENTS or self.history.bytes > self._max_bytes // 16:
            self._before_reset = None

    def _go(self, step: int, *, forward: bool = False) -> None:
        """To `step`, or where that cannot be had to the recorded state before it; `forward`: after it."""
        base = self.history.at_or_before(step)
        assert base is not None
        if not self._can_replay(base, step, STEP_S):
            after = self.history.after(step) if forward else None
            base = after or base
            step = base.step
        simulation = self._simulation
        simulation.restore(base.state, base.step)
        simulation.diverged_at = None
        if step > base.step:
            simulation.advance(step - base.step, budget_s=math.inf)
            simulation.complete()
        self._arrived_epoch = self.epoch

    def _can_replay(self, base: Moment, step: int, limit_s: float) -> bool:
        """Whether steps from `base` lead to `step` as they once did, and within `limit_s`."""
        if step == base.step:
            return True
        after = self.history.after(base.step)
        if after is None or step > after.step or not after.exact or base.epoch != self.epoch:
            return False
        return self._simulation.can_step(step - base.step, limit_s)
