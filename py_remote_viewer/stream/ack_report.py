"""Acknowledgements as figures over windows of about half a second, as receiver reports give them for RTP. Pure.

TCP hides losses, so what counts as lost here is what was thrown away because the link did not take it in time.
"""

from __future__ import annotations

from py_remote_viewer.stream.ack_window import AckWindow
from py_remote_viewer.stream.adaptation import Report

WINDOW_S = 0.5
_PACKET_BYTES = 1200
_CERTAIN = 1000  # packets: a picture that was thrown away is a fact, however few there were


class AckReports:
    """Remembers where the last window ended."""

    def __init__(self, now: float) -> None:
        self._at_s = now
        self._sent = self._acked = self._pictures = self._dropped = 0
        self._rtts: list[float] = []

    def acked(self, window: AckWindow, dropped: int, now: float, *, least_s: float = WINDOW_S) -> Report | None:
        """Take one acknowledgement; gives figures when a window is full.

        Args:
            window: after it has taken that acknowledgement.
            dropped: pictures thrown away since the start.
            now: seconds, monotonic.
            least_s: how long a window is at least.
        """
        if window.newest_rtt_s is not None:
            self._rtts.append(window.newest_rtt_s)
        window_s = now - self._at_s
        if window_s < least_s:
            return None
        sent, acked = window.octets_sent - self._sent, window.octets_acked - self._acked
        arrived, lost = window.pictures_acked - self._pictures, dropped - self._dropped
        share = lost / (lost + arrived) if lost else 0.0
        report = Report(
            rtt_s=min(self._rtts, default=None),
            lost=share,
            packets=_CERTAIN if lost else acked // _PACKET_BYTES + arrived,
            sent_bps=8 * max(sent, acked / max(0.01, 1 - share)) / window_s,  # with what there was no room to send
            delivered_bps=8 * acked / window_s,
        )
        self._at_s, self._rtts = now, []
        self._sent, self._acked = window.octets_sent, window.octets_acked
        self._pictures, self._dropped = window.pictures_acked, dropped
        return report
