"""How much of something a stranger may cause: some at once, a rate in the long run. Pure; time is passed in."""

from __future__ import annotations


class TokenBucket:
    """`burst` at once, `rate_hz` in the long run."""

    def __init__(self, rate_hz: float, burst: float, now: float) -> None:
        self._rate_hz = rate_hz
        self._burst = burst
        self._tokens = burst
        self._updated_s = now

    def take(self, now: float, amount: float = 1.0) -> bool:
        """Take `amount` at `now` (seconds, monotonic); False when there is less. A clock that goes back adds nothing."""
        elapsed_s = max(0.0, now - self._updated_s)
        self._updated_s = max(self._updated_s, now)
        self._tokens = min(self._burst, self._tokens + elapsed_s * self._rate_hz)
        if self._tokens < amount:
            return False
        self._tokens -= amount
        return True
