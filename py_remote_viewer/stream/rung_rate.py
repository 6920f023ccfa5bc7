"""The bitrate of one rung: it follows the links of those who are on it, within bounds. Pure; time is passed in.

One narrow link among many changes nothing: only when more than a quarter of the peers measured less than the rung gives
does everybody get less, and never less than `LEAST_SHARE` of it; who cannot take that moves down a rung. A change opens
the encoder anew, which is an IDR for everybody, so changes are rare.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

LEAST_SHARE = 0.4
LINK_SHARE = 0.8  # of what a link was measured to carry: pictures vary in size, and resends need room
CHANGE = 0.15  # smaller changes are not worth an IDR
DOWN_GAP_S = 4.0
UP_GAP_S = 12.0


class RungRate:
    """Chooses the bitrate of one rung."""

    def __init__(self, nominal_bps: int) -> None:
        self._nominal_bps = nominal_bps
        self._changed_s = -math.inf
        self.bitrate_bps = nominal_bps

    def follow(self, links_bps: Iterable[float | None], now: float, *, in_use: bool = True) -> int:
        """The bitrate from now on.

        Args:
            links_bps: what the link of each peer carries, bit/s, as far as it was measured; None: more than it gets.
            now: seconds, monotonic.
            in_use: whether the encoder is open; while it is not, a change costs nothing.
        """
        known = sorted(math.inf if bps is None else bps for bps in links_bps)
        wanted = self._nominal_bps
        if known:
            quartile = known[min(len(known) - 1, (len(known) + 3) // 4)]
            if quartile != math.inf:
                wanted = round(
                    min(1.0, max(LEAST_SHARE, LINK_SHARE * quartile / self._nominal_bps)) * self._nominal_bps
                )
        if not in_use:
            self.bitrate_bps = wanted
            return wanted
        gap_s = DOWN_GAP_S if wanted < self.bitrate_bps else UP_GAP_S
        is_worth_it = abs(wanted - self.bitrate_bps) >= CHANGE * self.bitrate_bps
        if is_worth_it and now - self._changed_s >= gap_s:
            self.bitrate_bps = wanted
            self._changed_s = now
        return self.bitrate_bps
