"""How many steps are due: an accumulator, so that simulated time follows the wall clock whatever the timestep. Pure.

`round(1/60/timestep)` steps a picture runs a model 10 % slow or 20 % fast; this one is exact in the mean.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

MAX_LAG_S = 0.5  # beyond it, time is given up: physics is too slow, or the process was held


@dataclass(slots=True)
class Pacer:
    """Turns wall-clock time into steps.

    Attributes:
        timestep_s: of the model.
        speed: simulated seconds per wall-clock second that are asked for.
        lag_s: simulated seconds that are due and not stepped yet.
    """

    timestep_s: float
    speed: float = 1.0
    lag_s: float = 0.0
    _last: float | None = None

    def due(self, now: float) -> int:
        """Steps due at `now` (seconds, monotonic). Call `taken` with how many were made."""
        if self._last is not None:
            self.lag_s += max(0.0, now - self._last) * self.speed
        self._last = now
        self.lag_s = min(self.lag_s, max(MAX_LAG_S, 2 * self.timestep_s))
        return int(self.lag_s / self.timestep_s + 1e-9)

    def taken(self, steps: int) -> None:
        """`steps` have been made."""
        self.lag_s = max(0.0, self.lag_s - steps * self.timestep_s)

    def hold(self) -> None:
        """Time stands still from now until the next `due`; nothing is owed for it."""
        self._last = None
        self.lag_s = 0.0


@dataclass(slots=True)
class RealTimeFactor:
    """Simulated seconds per wall-clock second over the last second or so."""

    window_s: float = 1.0
    _marks: deque[tuple[float, float]] = field(default_factory=deque)

    def mark(self, now: float, time_s: float) -> None:
        """The simulation stood at `time_s` at `now`."""
        self._marks.append((now, time_s))
        while len(self._marks) > 2 and self._marks[1][0] <= now - self.window_s:
            self._marks.popleft()

    def value(self) -> float | None:
        """The factor, or None before there is half a window of it."""
        if len(self._marks) < 2:
            return None
        (began, from_s), (ended, to_s) = self._marks[0], self._marks[-1]
        return (to_s - from_s) / (ended - began) if ended - began >= self.window_s / 2 else None

    def clear(self) -> None:
        """Start anew: time has jumped, or stood still."""
        self._marks.clear()
