"""What one WebRTC connection has done, for /api/stats and /metrics."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PeerStats:
    """What one connection has done. Counts since it was made; None: not measured yet.

    Attributes:
        state: `new`, `connecting`, `connected`, `failed` or `closed`.
        transport: `WebRTC`.
        codec: as negotiated; empty before.
        rung: number of the rung whose pictures it gets.
        fps, bitrate_bps: sent, over the last second or more; without retransmissions.
        link_bps: what its link was measured to carry when it was full.
        packets_sent, bytes_sent: RTP packets and payload bytes, without retransmissions.
        packets_resent: answers to NACKs.
        resend_share: bytes sent again over bytes sent.
        resends_refused: requests that the resend budget did not allow.
        rtt_ms: round trip, smoothed, from receiver reports.
        fraction_lost: share of packets lost between the last two receiver reports, 0..1.
        pictures_sent: pictures written to the network.
        pictures_dropped: pictures thrown away because the peer was too slow.
        rung_moves: how often it changed its rung.
        plis: picture losses reported.
        feedback_ignored: packets of feedback thrown away because there were too many.
        remb_bps: the bandwidth that the receiver estimates; starts low even on a fast link.
    """

    state: str
    transport: str = "WebRTC"
    codec: str = ""
    rung: int = 0
    fps: float = 0.0
    bitrate_bps: float = 0.0
    link_bps: float | None = None
    packets_sent: int = 0
    bytes_sent: int = 0
    packets_resent: int = 0
    resend_share: float = 0.0
    resends_refused: int = 0
    rtt_ms: float | None = None
    fraction_lost: float | None = None
    pictures_sent: int = 0
    pictures_dropped: int = 0
    rung_moves: int = 0
    plis: int = 0
    feedback_ignored: int = 0
    remb_bps: int | None = None
