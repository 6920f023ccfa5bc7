"""Receiver reports (RFC 3550, 6.4.2) as figures over windows of about half a second. Pure; time is passed in.

A report may come with every loss report of a receiver, so its own "fraction lost" can be about a handful of packets.
The counters in it are not: their differences over a window are what counts here.
"""

from __future__ import annotations

from dataclasses import dataclass

from py_remote_viewer.stream.adaptation import Report

WINDOW_S = 0.4


@dataclass(frozen=True, slots=True)
class _Mark:
    at_s: float
    highest: int  # extended sequence number
    lost: int
    reached: int  # octets sent up to it
    sent: int  # octets sent by then


class Reception:
    """Remembers where the last window ended."""

    def __init__(self) -> None:
        self._last: _Mark | None = None
        self._rtts: list[float] = []

    def start(self, sequence: int, now: float) -> None:
        """The first packet, `sequence`, leaves at `now`."""
        self._last = _Mark(now, sequence - 1, 0, 0, 0)

    def report(
        self,
        *,
        highest: int,
        lost: int,
        reached: int,
        sent: int,
        rtt_s: float | None,
        remb_bps: float | None,
        now: float,
    ) -> Report | None:
        """Take one receiver report; gives figures when a window is full.

        Args:
            highest: highest sequence number received, with its cycles.
            lost: packets lost since the start.
            reached: octets sent up to `highest`.
            sent: octets sent by now.
            rtt_s: round trip of this report.
            remb_bps: newest estimate of the receiver.
            now: seconds, monotonic.
        """
        last = self._last
        if last is None:
            return None
        if rtt_s is not None:
            self._rtts.append(rtt_s)
        window_s = now - last.at_s
        if window_s < WINDOW_S:
            return None
        packets = highest - last.highest
        if not 0 <= packets < 1 << 20 or reached < last.reached:  # the receiver started over, or makes things up
            self._last = _Mark(now, highest, lost, max(reached, last.reached), sent)
            return None
        share = min(1.0, max(0, lost - last.lost) / packets) if packets else 0.0
        rtt_s = min(self._rtts) if self._rtts else None
        self._last = _Mark(now, highest, lost, reached, sent)
        self._rtts = []
        return Report(
            rtt_s=rtt_s,
            lost=share,
            packets=packets,
            sent_bps=8 * (sent - last.sent) / window_s,
            delivered_bps=8 * (1 - share) * (reached - last.reached) / window_s,
            remb_bps=remb_bps,
        )


class RateMeter:
    """Pictures and bits a second, from counters read now and then."""

    def __init__(self, now: float) -> None:
        self._at_s, self._pictures, self._octets = now, 0, 0
        self.fps = 0.0
        self.bitrate_bps = 0.0

    def read(self, pictures: int, octets: int, now: float) -> None:
        """Counters at `now`; figures change when a second has passed."""
        window_s = now - self._at_s
        if window_s < 1.0:
            return
        self.fps = (pictures - self._pictures) / window_s
        self.bitrate_bps = 8 * (octets - self._octets) / window_s
        self._at_s, self._pictures, self._octets = now, pictures, octets
