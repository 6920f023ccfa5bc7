"""Which picture losses to believe while nothing moves. Pure.

Chromium asks for an IDR when it has got nothing for 3 s, although it shows the last picture; answering each time would
make a paused room draw and encode for ever. So they are answered less and less while the silence lasts: the 1st, 2nd, 4th,
8th … A loss that was real is repaired by the first.
"""

from __future__ import annotations

STILL_S = 2.0


class StillLosses:
    """One peer's losses during silence."""

    def __init__(self) -> None:
        self._asked = 0

    def believe(self, silence_s: float) -> bool:
        """Whether to answer a loss that comes `silence_s` seconds after the newest picture."""
        if silence_s < STILL_S:
            self._asked = 0
            return True
        self._asked += 1
        return self._asked & (self._asked - 1) == 0
