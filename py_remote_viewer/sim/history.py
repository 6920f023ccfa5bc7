"""Where a simulation has been: recorded states, within a bound of bytes, dense lately and sparser with age. Pure.

States lie on levels. Level 0 takes every one; when a level is full, its oldest goes: every second of them to the next level,
where states lie twice as far apart, the others away. So the same bytes that hold a second of a huge model at full rate also
reach back minutes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

REACH_STATES = 36_000  # ten minutes at 60 a second: what the levels are made for
ENTRY_BYTES = 320  # of Python and NumPy around a state's numbers; measured with tracemalloc


@dataclass(slots=True, eq=False)
class Moment:
    """One recorded state.

    Attributes:
        step: number of the step that led to it, counted from the last reset.
        time_s: simulated seconds.
        state: `Simulation.state`; never written again.
        epoch: which settings (physics options, noise) hold for the steps after it.
        edited: the state, or what holds from here on, was changed by hand after the step.
        exact: steps alone lead from the moment before it to here (or, when `edited`, to what it was before the edit).
    """

    step: int
    time_s: float
    state: NDArray[np.float64]
    epoch: int = 0
    edited: bool = False
    exact: bool = True
    serial: int = 0


class History:
    """Moments in the order of their steps."""

    def __init__(self, max_bytes: int, state_bytes: int, reach_states: int = REACH_STATES) -> None:
        """Args:
        max_bytes: bound of everything that is kept; too small for two states means that none is kept.
        state_bytes: of one state.
        reach_states: how many states back it should reach.
        """
        self.moment_bytes = state_bytes + ENTRY_BYTES
        capacity = max_bytes // self.moment_bytes
        self.capacity = capacity if capacity >= 2 else 0
        count = _level_count(self.capacity, reach_states)
        self._room = [self.capacity // count] * count
        self._room[0] += self.capacity % count
        self._levels: list[deque[Moment]] = [deque() for _ in self._room]
        self._serial = 0

    def __len__(self) -> int:
        return sum(map(len, self._levels))

    def __iter__(self) -> Iterator[Moment]:
        """Oldest first."""
        return chain.from_iterable(reversed(self._levels))

    @property
    def bytes(self) -> int:
        """What is kept now."""
        return len(self) * self.moment_bytes

    @property
    def oldest(self) -> Moment | None:
        """The first that is still kept."""
        return next((level[0] for level in reversed(self._levels) if level), None)

    @property
    def newest(self) -> Moment | None:
        """The last that was recorded."""
        return next((level[-1] for level in self._levels if level), None)

    def record(self, moment: Moment) -> None:
        """Add `moment`; what was recorded at its step or later is forgotten."""
        self.forget_after(moment.step - 1)
        if not self.capacity:
            return
        moment.serial = self._serial
        self._serial += 1
        self._levels[0].append(moment)
        for number, level in enumerate(self._levels):
            if len(level) <= self._room[number]:
                return
            self._age(number, level)

    def forget_after(self, step: int) -> None:
        """Forget every moment whose step is later than `step`."""
        for level in self._levels:
            while level and level[-1].step > step:
                level.pop()
            if level:
                return

    def clear(self) -> None:
        """Forget everything."""
        for level in self._levels:
            level.clear()

    def at_or_before(self, step: int) -> Moment | None:
        """The latest moment whose step is not later than `step`."""
        return self._last(step, lambda moment: moment.step)

    def at_or_before_time(self, time_s: float) -> Moment | None:
        """The latest moment that is not later than `time_s`."""
        return self._last(time_s, lambda moment: moment.time_s)

    def after(self, step: int) -> Moment | None:
        """The earliest moment whose step is later than `step`."""
        for level in reversed(self._levels):
            if level and level[-1].step > step:
                return level[bisect_right(level, step, key=lambda moment: moment.step)]
        return None

    def nearest_time(self, time_s: float) -> Moment | None:
        """The moment that is closest to `time_s`, the earlier of two that are equally close."""
        before = self.at_or_before_time(time_s)
        if before is None:
            return self.oldest
        after = self.after(before.step)
        if after is None or time_s - before.time_s <= after.time_s - time_s:
            return before
        return after

    def _age(self, number: int, level: deque[Moment]) -> None:
        leaving = level.popleft()
        if number + 1 < len(self._levels):
            if leaving.serial % (2 << number) == 0:
                self._levels[number + 1].append(leaving)
                return
            after = level[0]
            after.exact = after.exact and leaving.exact and not leaving.edited

    def _last(self, value: float, key: Callable[[Moment], float]) -> Moment | None:
        for level in self._levels:
            if level and key(level[0]) <= value:
                return level[bisect_right(level, value, key=key) - 1]
        return None


def _level_count(capacity: int, reach: int) -> int:
    """The fewest levels of equal size that together reach `reach` states back, or as many as have two states each."""
    most = max(1, capacity // 2)
    for count in range(1, most + 1):
        if capacity // count * (2**count - 1) >= reach:
            return count
    return most
