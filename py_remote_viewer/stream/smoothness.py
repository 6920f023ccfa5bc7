"""When a receiver may hold pictures back: playout-delay 0, or up to `LOSSY_S` on a link that loses packets. Pure.

On a clean link every millisecond in the receiver's buffer is lost time. On a lossy one a picture that waits for a resent
packet is late by a round trip, and shown at once it makes the motion stutter: at 2 % loss and 100 ms four freezes in
10 s, none with a buffer.
"""

from __future__ import annotations

LOSSY_S = 0.1
LOSS = 0.008
AFTER_S = 5.0
CLEAN_S = 30.0


class Smoothness:
    """Chooses for one peer."""

    def __init__(self) -> None:
        self.delay_s = 0.0
        self._since_s: float | None = None

    def observe(self, lost: float, now: float) -> bool:
        """Take the share lost in a window that ends at `now` (seconds, monotonic); whether `delay_s` has changed."""
        is_lossy = lost >= LOSS
        if is_lossy == (self.delay_s > 0):
            self._since_s = None
            return False
        if self._since_s is None:
            self._since_s = now
        if now - self._since_s < (AFTER_S if is_lossy else CLEAN_S):
            return False
        self.delay_s = LOSSY_S if is_lossy else 0.0
        self._since_s = None
        return True
