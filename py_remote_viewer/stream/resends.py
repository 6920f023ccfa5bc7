"""How much of what a receiver misses is sent again. Pure; time is passed in.

Behind a narrow link every packet is missed again and again, and answering all of that makes the link narrower still: at
6 Mb/s into 3 Mb/s, 724 loss reports asked for 56,204 packets. So one answer per packet and round trip, and a quarter
of the stream's bytes at most; whoever needs more is better served by a lower rung.
"""

from __future__ import annotations

SHARE = 0.25
BURST_BYTES = 48_000
START_BYTES = 3_000
LEAST_BYTES = 200  # what the smallest packet counts as, with its headers
UNKNOWN_RTT_S = 0.1
SHORTEST_GAP_S = 0.01
LONGEST_GAP_S = 1.0
_RTT_SHARE = 0.8  # a receiver that asks again after one round trip, by its own measure, is not too early
_REMEMBERED = 4096


class ResendBudget:
    """Decides packet by packet.

    Attributes:
        resent_bytes: what was sent again.
        refused: requests not answered.
    """

    def __init__(self) -> None:
        self.resent_bytes = 0
        self.refused = 0
        self._tokens = float(START_BYTES)
        self._resent_s: dict[int, float] = {}

    def sent(self, octets: int) -> None:
        """`octets` went out for the first time."""
        self._tokens = min(BURST_BYTES, self._tokens + SHARE * octets)

    @property
    def is_spent(self) -> bool:
        """Whether nothing can be sent again now, whatever it is."""
        return self._tokens < LEAST_BYTES

    def take(self, sequence: int, octets: int, now: float, rtt_s: float | None) -> bool:
        """Whether packet `sequence` is sent again at `now` (seconds, monotonic)."""
        cost = max(octets, LEAST_BYTES)
        gap_s = _RTT_SHARE * (UNKNOWN_RTT_S if rtt_s is None else rtt_s)
        gap_s = min(LONGEST_GAP_S, max(SHORTEST_GAP_S, gap_s))
        if cost > self._tokens or now - self._resent_s.get(sequence, float("-inf")) < gap_s:
            self.refused += 1
            return False
        self._tokens -= cost
        self.resent_bytes += octets
        self._resent_s.pop(sequence, None)
        self._resent_s[sequence] = now
        while len(self._resent_s) > _REMEMBERED:
            del self._resent_s[next(iter(self._resent_s))]
        return True
