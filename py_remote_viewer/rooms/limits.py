"""How much one peer may send. Pure: time is passed in."""

from __future__ import annotations

MESSAGES_PER_S = 240.0
MESSAGE_BURST = 480.0
LOADS_PER_S = 2.0
LOAD_BURST = 4.0
IDRS_PER_S = 2.0
IDR_BURST = 4.0


class TokenBucket:
    """`burst` at once, `rate_hz` in the long run."""

    def __init__(self, rate_hz: float, burst: float, now: float) -> None:
        self._rate_hz = rate_hz
        self._burst = burst
        self._tokens = burst
        self._updated_s = now

    def take(self, now: float) -> bool:
        """Take one token at `now` (seconds, monotonic); False when there is none. A clock that goes back adds nothing."""
        elapsed_s = max(0.0, now - self._updated_s)
        self._updated_s = max(self._updated_s, now)
        self._tokens = min(self._burst, self._tokens + elapsed_s * self._rate_hz)
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True
