"""Time as the product counts it.

`CLOCK_MONOTONIC` is one clock for all processes of a machine, so a picture stamped in the engine and a message stamped
in the server can be compared. RTP video time is the same clock at 90 kHz (RFC 6184, 8.2.1).
"""

from __future__ import annotations

import time

RTP_CLOCK_HZ = 90_000


def now_s() -> float:
    """Seconds on the monotonic clock that server and engines share."""
    return time.monotonic()


def to_rtp(monotonic_s: float) -> int:
    """`monotonic_s` as 90 kHz ticks, not wrapped."""
    return round(monotonic_s * RTP_CLOCK_HZ)


def from_rtp(ticks: int) -> float:
    """90 kHz ticks (not wrapped) as seconds."""
    return ticks / RTP_CLOCK_HZ
