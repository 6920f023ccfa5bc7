"""How many pictures may be under way on a WebSocket, decided from the acknowledgements. Pure: time is passed in.

TCP takes whatever it is given and holds it: without a bound a slow link shows pictures that are seconds old. So many may
be under way as the link's own round trip needs, and half as long again; what comes from a queue that builds up somewhere
on the way does not count, because the shortest round trip of the last seconds is taken.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass

LEAST_PICTURES = 2  # at 15 pictures a second; at 60 the slack alone makes 4 of it
MOST_PICTURES = 40
MOST_BYTES = 1_500_000
_SLACK_S = (0.05, 0.25)
_HALF_WINDOW_S = 15.0
_SMOOTHING = 0.125  # as TCP's (RFC 6298, 2.3)
_SHORTEST_INTERVAL_S = 1 / 120
_INTERVALS = 32
_RATE_WINDOW_S = 2.0


@dataclass(frozen=True, slots=True)
class _Sent:
    picture_id: int
    size: int
    at: float


class AckWindow:
    """The pictures of one socket between sending and acknowledgement.

    Attributes:
        rtt_s: round trip, smoothed; None before the first.
        newest_rtt_s: the last one measured.
        octets_sent, octets_acked, pictures_acked: counts since the start.
    """

    def __init__(self) -> None:
        self._under_way: deque[_Sent] = deque()
        self._bytes = 0
        self._least = self._least_before = math.inf  # round trip, of this half of the window and of the one before
        self._half_since_s = -math.inf
        self._acked: deque[tuple[float, int]] = deque()
        self._captured_s = math.inf
        self._gaps: deque[float] = deque(maxlen=_INTERVALS)
        self.rtt_s: float | None = None
        self.newest_rtt_s: float | None = None
        self.octets_sent = self.octets_acked = self.pictures_acked = 0

    @property
    def pictures(self) -> int:
        """Pictures under way."""
        return len(self._under_way)

    @property
    def bytes(self) -> int:
        """Bytes under way."""
        return self._bytes

    @property
    def base_rtt_s(self) -> float:
        """Shortest round trip of the last 15 to 30 s; 0 before the first."""
        least = min(self._least, self._least_before)
        return 0.0 if least == math.inf else least

    @property
    def limit(self) -> int:
        """How many pictures may be under way now."""
        base = self.base_rtt_s
        slack = min(_SLACK_S[1], max(_SLACK_S[0], base))
        wanted = math.ceil((base + slack) / self._interval_s()) + 1
        return max(LEAST_PICTURES, min(MOST_PICTURES, wanted))

    @property
    def has_room(self) -> bool:
        """Whether one more may be sent. With nothing under way it always may, however large."""
        return not self._under_way or (len(self._under_way) < self.limit and self._bytes < MOST_BYTES)

    def sent(self, picture_id: int, size: int, captured_s: float, now: float) -> None:
        """`picture_id` of `size` bytes goes out at `now`."""
        self._under_way.append(_Sent(picture_id, size, now))
        self._bytes += size
        self.octets_sent += size
        if captured_s > self._captured_s:
            self._gaps.append(captured_s - self._captured_s)
        self._captured_s = captured_s

    def acked(self, picture_id: int, now: float) -> bool:
        """`picture_id` and all before it have arrived. False, and nothing happens, when it is not under way."""
        if all(sent.picture_id != picture_id for sent in self._under_way):
            return False
        while True:
            sent = self._under_way.popleft()
            self._bytes -= sent.size
            self.octets_acked += sent.size
            self.pictures_acked += 1
            self._acked.append((now, sent.size))
            if sent.picture_id == picture_id:
                break
        self._measured(now - sent.at, now)
        return True

    def oldest_s(self, now: float) -> float:
        """For how long the oldest picture has been under way; 0 when none is."""
        return now - self._under_way[0].at if self._under_way else 0.0

    def rate_bps(self, now: float) -> float:
        """Acknowledged bits a second, lately."""
        while self._acked and self._acked[0][0] < now - _RATE_WINDOW_S:
            self._acked.popleft()
        return 8.0 * sum(size for _, size in self._acked) / _RATE_WINDOW_S

    def fps(self, now: float) -> float:
        """Acknowledged pictures a second, lately."""
        self.rate_bps(now)
        return len(self._acked) / _RATE_WINDOW_S

    def _measured(self, rtt_s: float, now: float) -> None:
        self.newest_rtt_s = rtt_s
        self.rtt_s = rtt_s if self.rtt_s is None else self.rtt_s + _SMOOTHING * (rtt_s - self.rtt_s)
        if now - self._half_since_s >= _HALF_WINDOW_S:
            self._least_before, self._least, self._half_since_s = self._least, math.inf, now
        self._least = min(self._least, rtt_s)

    def _interval_s(self) -> float:
        """Time between pictures: the shortest lately, because those that a full window left out are no sign of the rate."""
        return max(_SHORTEST_INTERVAL_S, min(self._gaps, default=1 / 60))
