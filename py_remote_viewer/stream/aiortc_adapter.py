"""Everything that we need and aiortc 1.16 keeps private, in one place; each seam is asserted by a test.

Process wide, done once at import:
- the playout-delay header extension can be negotiated (`HEADER_EXTENSIONS`);
- a peer that vanished is known after about 20 s instead of 33 (`aioice.ice.CONSENT_FAILURES`);
- host candidates may include loopback, for peers of the same machine (`aioice.ice.get_host_addresses`).

Per sender (`own_rtp`): `send`, `_run_rtp`, `_send_rtcp` and `_handle_rtcp_packet` of the instance are replaced, so that an
`RtpWriter` sends ready-made payloads, and feedback reaches us. aiortc still makes sender reports: the writer keeps the
counters up to date that these are made from, and `_send_rtcp` puts the time of sending into them, so that the round trip
is in every receiver report by itself (RFC 3550, 6.4.1), however long it is. The transport's `_handle_rtcp_data` is replaced
too: what a flood of feedback costs is its parsing, so it is thrown away before that. So is `data_received` of the ICE
connection: whatever a peer floods us with, decryption and SCTP cost more than looking at its length.

The stock sender would do with a hooked `_next_encoded_frame`, at one and a half times the loop's CPU time per peer (20
viewers, 1280x720, x264 ultrafast: 6.4 % of an encode each, against 4.3 %), with an RTP origin that cannot be known before
the first packet, and with a backlog in the kernel that nobody sees.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import aioice.ice
from aiortc import RTCRtpSender, RTCRtpTransceiver, clock
from aiortc.codecs import HEADER_EXTENSIONS
from aiortc.rtcrtpparameters import (
    RTCRtpCodecCapability,
    RTCRtpCodecParameters,
    RTCRtpHeaderExtensionParameters,
    RTCRtpSendParameters,
)
from aiortc.rtp import (
    RTCP_PSFB_APP,
    RTCP_PSFB_FIR,
    RTCP_PSFB_PLI,
    RTCP_RTPFB_NACK,
    AnyRtcpPacket,
    RtcpPsfbPacket,
    RtcpReceiverInfo,
    RtcpRrPacket,
    RtcpRtpfbPacket,
    RtcpSenderInfo,
    RtcpSrPacket,
    unpack_remb_fci,
)

from py_remote_viewer.clock import RTP_CLOCK_HZ, now_s

PLAYOUT_DELAY_URI = "http://www.webrtc.org/experiments/rtp-hdrext/playout-delay"
ABS_SEND_TIME_URI = "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time"
MID_URI = "urn:ietf:params:rtp-hdrext:sdes:mid"
LOOPBACK = "127.0.0.1"

# Constrained Baseline first: every browser must decode it (RFC 7742, 6.2), and it is what our encoder makes.
_H264_PROFILES = ("42e01f", "42001f")
_CONSENT_FAILURES = 4  # checks are 4 to 6 s apart
_LONGEST_RTT_S = 30
_REPORT_GAP_S = 0.4
_with_loopback: ContextVar[bool] = ContextVar("with_loopback", default=False)
_host_addresses = aioice.ice.get_host_addresses


def _offer_playout_delay() -> None:
    known = HEADER_EXTENSIONS["video"]
    if all(extension.uri != PLAYOUT_DELAY_URI for extension in known):
        used = {extension.id for extensions in HEADER_EXTENSIONS.values() for extension in extensions}
        free = next(number for number in range(1, 15) if number not in used)
        known.append(RTCRtpHeaderExtensionParameters(id=free, uri=PLAYOUT_DELAY_URI))


def _host_addresses_and_loopback(use_ipv4: bool, use_ipv6: bool) -> list[str]:
    addresses = _host_addresses(use_ipv4, use_ipv6)
    # Link-local and private addresses all count: with any of them a peer of the same machine finds us as well.
    if use_ipv4 and (_with_loopback.get() or not addresses) and LOOPBACK not in addresses:
        addresses.append(LOOPBACK)
    return addresses


_offer_playout_delay()
aioice.ice.CONSENT_FAILURES = _CONSENT_FAILURES
aioice.ice.get_host_addresses = _host_addresses_and_loopback


@contextmanager
def loopback_candidates(wanted: bool) -> Iterator[None]:
    """While inside, ICE gathering of this task offers 127.0.0.1 too; without any other address it always does."""
    token = _with_loopback.set(wanted)
    try:
        yield
    finally:
        _with_loopback.reset(token)


def prefer_h264(transceiver: RTCRtpTransceiver, *, or_vp8: bool = False) -> None:
    """Leave only H.264, packetization-mode 1, and its retransmissions; VP8 behind it with `or_vp8`.

    Before `setRemoteDescription`, or in vain. What is sent is the first one that the offer has as well.
    """
    codecs = RTCRtpSender.getCapabilities("video").codecs
    chosen: list[RTCRtpCodecCapability] = [
        codec
        for profile in _H264_PROFILES
        for codec in codecs
        if codec.mimeType == "video/H264" and codec.parameters.get("profile-level-id") == profile
    ]
    if or_vp8:
        chosen += [codec for codec in codecs if codec.mimeType == "video/VP8"]
    transceiver.setCodecPreferences(chosen + [codec for codec in codecs if codec.mimeType == "video/rtx"])


@dataclass(frozen=True, slots=True)
class ReceiverReport:
    """One report block about our stream (RFC 3550, 6.4.2). `rtt_s`: None unless it answers another sender report than before.

    Several in a row name the same sender report, and then what delayed that one is in all of their round trips.
    """

    highest: int
    lost: int
    rtt_s: float | None


class Feedback:
    """What a receiver told us about its stream. Newest values; None until the first report.

    Attributes:
        plis: picture losses reported.
        remb_bps: its estimate of the bandwidth.
        fraction_lost: as the last report has it.
        rtt_s: round trip, smoothed.
        heard_s: monotonic time of the last feedback of any kind.
        ignored: packets of feedback, and datagrams of any kind, that were too many to be read.
        answered: the sender report that the last receiver report names (its LSR field).
        reported_s: monotonic time of our last sender report.
    """

    def __init__(self) -> None:
        self.plis = 0
        self.remb_bps: int | None = None
        self.fraction_lost: float | None = None
        self.rtt_s: float | None = None
        self.heard_s = now_s()
        self.ignored = 0
        self.answered: int | None = None
        self.reported_s = 0.0


class SenderSeams:
    """The private parts of one `RTCRtpSender` that the RTP writer works with."""

    def __init__(self, sender: RTCRtpSender) -> None:
        self._sender: Any = sender

    @property
    def ssrc(self) -> int:
        """SSRC of the pictures."""
        return int(self._sender._ssrc)

    @property
    def rtx_ssrc(self) -> int:
        """SSRC of retransmissions."""
        return int(self._sender._rtx_ssrc)

    def started(self) -> None:
        """What `RTCRtpSender.stop` waits for before it cancels the RTP task."""
        self._sender._RTCRtpSender__rtp_started.set()

    def exited(self) -> None:
        """What `RTCRtpSender.stop` waits for after it cancelled the RTP task."""
        self._sender._RTCRtpSender__rtp_exited.set()

    def report_sent(self, ntp: int, rtp_timestamp: int, packets: int, octets: int) -> None:
        """What the next sender report says (RFC 3550, 6.4.1)."""
        self._sender._RTCRtpSender__ntp_timestamp = ntp
        self._sender._RTCRtpSender__rtp_timestamp = rtp_timestamp
        self._sender._RTCRtpSender__packet_count = packets
        self._sender._RTCRtpSender__octet_count = octets

    async def send_report(self) -> None:
        """One sender report now; otherwise the first comes after a second, and with it the first round trip."""
        await self._sender._send_rtcp([RtcpSrPacket(self.ssrc, RtcpSenderInfo(0, 0, 0, 0))])

    def srtp(self) -> Callable[[bytes], bytes]:
        """Encrypts one RTP packet. Raises `ConnectionError` before the DTLS handshake and after the end."""
        transport: Any = self._sender.transport
        if transport.state != "connected":
            raise ConnectionError("DTLS is not connected")
        protect: Callable[[bytes], bytes] = transport._tx_srtp.protect
        return protect

    def udp(self) -> tuple[Callable[[bytes, tuple[str, int]], None], tuple[str, int], int]:
        """`(sendto, address, backlog)` of the nominated candidate pair; backlog: bytes that the kernel did not take yet.

        Raises:
            ConnectionError: there is no pair, or it is gone.
        """
        pair: Any = self._sender.transport.transport._connection._nominated.get(1)
        if pair is None:
            raise ConnectionError("ICE is not connected")
        transport = pair.protocol.transport
        size: Callable[[], int] | None = getattr(transport, "get_write_buffer_size", None)  # a TURN allocation has none
        return transport.sendto, pair.remote_addr, size() if size is not None else 0


@dataclass(frozen=True, slots=True)
class RtpOwner:
    """What takes the place of a sender's own RTP half.

    Attributes:
        configure: gets the negotiated parameters, once, before `run`.
        run: coroutine function; the RTP task. Must call `SenderSeams.started` first and `exited` last, in any case.
        resend: gets the sequence numbers that the receiver misses; whether and how often to answer is decided there.
        on_loss: the receiver cannot decode (PLI or FIR).
        on_report: gets every receiver report.
        admit: asked for every packet of feedback, with its size in bytes; False throws it away unread.
        feedback: kept up to date.
        admit_datagram: the same for everything that comes from the peer after the handshake, before it is decrypted.
    """

    configure: Callable[[RTCRtpSendParameters], None]
    run: Callable[[], Any]
    resend: Callable[[list[int]], None]
    on_loss: Callable[[], None]
    on_report: Callable[[ReceiverReport], None]
    admit: Callable[[int], bool]
    feedback: Feedback
    admit_datagram: Callable[[int], bool] = lambda size: True


def own_rtp(sender: RTCRtpSender, owner: RtpOwner) -> None:
    """Let `owner` take over `sender`: it sends nothing by itself any more but reports."""
    private: Any = sender
    stock_send, stock_send_rtcp = private.send, private._send_rtcp

    async def send(parameters: RTCRtpSendParameters) -> None:
        owner.configure(parameters)
        _limit_feedback(private.transport, owner)
        _limit_datagrams(private.transport.transport._connection, owner)
        await stock_send(parameters)

    async def run_rtp(codec: RTCRtpCodecParameters) -> None:
        await owner.run()

    async def send_rtcp(packets: list[AnyRtcpPacket]) -> None:
        for packet in packets:
            if isinstance(packet, RtcpSrPacket):
                _stamp(packet, private)
                owner.feedback.reported_s = now_s()
        await stock_send_rtcp(packets)

    async def handle_rtcp_packet(packet: AnyRtcpPacket) -> None:
        _note(owner, packet, private._ssrc)
        if isinstance(packet, RtcpRrPacket) and now_s() - owner.feedback.reported_s > _REPORT_GAP_S:
            # A round trip is as fresh as the sender report that it is measured by; aiortc makes one in 0.5 to 1.5 s.
            await send_rtcp([RtcpSrPacket(private._ssrc, RtcpSenderInfo(0, 0, 0, 0))])

    private.send = send
    private._run_rtp = run_rtp
    private._send_rtcp = send_rtcp
    private._handle_rtcp_packet = handle_rtcp_packet


def _limit_feedback(transport: Any, owner: RtpOwner) -> None:
    stock = transport._handle_rtcp_data

    async def handle_rtcp_data(data: bytes) -> None:
        if owner.admit(len(data)):
            await stock(data)
        else:
            owner.feedback.ignored += 1

    transport._handle_rtcp_data = handle_rtcp_data


def _limit_datagrams(connection: Any, owner: RtpOwner) -> None:
    """aioice queues without bound what has come and is not decrypted yet, and the SCTP of the data channel is pure Python."""
    stock = connection.data_received

    def data_received(data: bytes, component: int) -> None:
        if owner.admit_datagram(len(data)):
            stock(data, component)
        else:
            owner.feedback.ignored += 1

    connection.data_received = data_received


def _stamp(packet: RtcpSrPacket, private: Any) -> None:
    """Say when this report leaves, and what the media clock shows then; aiortc puts the last picture's times."""
    ntp = clock.current_ntp_time()
    since_picture = (ntp - private._RTCRtpSender__ntp_timestamp) * RTP_CLOCK_HZ >> 32
    packet.sender_info = RtcpSenderInfo(
        ntp_timestamp=ntp,
        rtp_timestamp=(private._RTCRtpSender__rtp_timestamp + since_picture) & 0xFFFFFFFF,
        packet_count=private._RTCRtpSender__packet_count & 0xFFFFFFFF,
        octet_count=private._RTCRtpSender__octet_count & 0xFFFFFFFF,
    )


def _note(owner: RtpOwner, packet: AnyRtcpPacket, ssrc: int) -> None:
    feedback = owner.feedback
    feedback.heard_s = now_s()
    if isinstance(packet, RtcpRrPacket | RtcpSrPacket):
        for report in packet.reports:
            if report.ssrc == ssrc:
                feedback.fraction_lost = report.fraction_lost / 256
                rtt_s = _round_trip_s(report) if report.lsr != feedback.answered else None
                feedback.answered = report.lsr
                if rtt_s is not None:
                    before = feedback.rtt_s
                    feedback.rtt_s = rtt_s if before is None else before + 0.25 * (rtt_s - before)
                owner.on_report(ReceiverReport(report.highest_sequence, report.packets_lost, rtt_s))
    elif isinstance(packet, RtcpRtpfbPacket):
        if packet.fmt == RTCP_RTPFB_NACK and packet.media_ssrc == ssrc:
            owner.resend(packet.lost)
    elif isinstance(packet, RtcpPsfbPacket):
        _note_payload_feedback(owner, packet, ssrc)


def _note_payload_feedback(owner: RtpOwner, packet: RtcpPsfbPacket, ssrc: int) -> None:
    if packet.fmt in (RTCP_PSFB_PLI, RTCP_PSFB_FIR):
        owner.feedback.plis += 1
        owner.on_loss()
    elif packet.fmt == RTCP_PSFB_APP:
        try:
            bitrate, ssrcs = unpack_remb_fci(packet.fci)
        except (ValueError, struct.error):
            return  # a stranger's bytes
        if ssrc in ssrcs:
            owner.feedback.remb_bps = bitrate


def _round_trip_s(report: RtcpReceiverInfo) -> float | None:
    if not report.lsr:
        return None
    ticks = ((clock.current_ntp_time() >> 16) - report.lsr - report.dlsr) & 0xFFFFFFFF
    return ticks / 65536 if ticks < _LONGEST_RTT_S * 65536 else None
