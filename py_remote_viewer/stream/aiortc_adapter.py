"""Everything that we need and aiortc 1.16 keeps private, in one place; each seam is asserted by a test.

Process wide, done once at import:
- the playout-delay header extension can be negotiated (`HEADER_EXTENSIONS`);
- host candidates may include loopback, for peers of the same machine (`aioice.ice.get_host_addresses`).

Per sender (`own_rtp`): `send`, `_run_rtp`, `_retransmit`, `_send_keyframe` and `_handle_rtcp_packet` of the instance are
replaced, so that an `RtpWriter` sends ready-made payloads, and feedback reaches us. aiortc still makes sender reports and
the round-trip time: the writer keeps the counters up to date that these are made from.

The stock sender would do with a hooked `_next_encoded_frame`, at one and a half times the loop's CPU time per peer (20
viewers, 1280x720, x264 ultrafast: 6.4 % of an encode each, against 4.3 %), with an RTP origin that cannot be known before
the first packet, and with a backlog in the kernel that nobody sees.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import aioice.ice
from aiortc import RTCRtpSender, RTCRtpTransceiver
from aiortc.codecs import HEADER_EXTENSIONS
from aiortc.rtcrtpparameters import (
    RTCRtpCodecCapability,
    RTCRtpCodecParameters,
    RTCRtpHeaderExtensionParameters,
    RTCRtpSendParameters,
)
from aiortc.rtp import (
    RTCP_PSFB_APP,
    AnyRtcpPacket,
    RtcpPsfbPacket,
    RtcpRrPacket,
    RtcpSrPacket,
    unpack_remb_fci,
)

PLAYOUT_DELAY_URI = "http://www.webrtc.org/experiments/rtp-hdrext/playout-delay"
ABS_SEND_TIME_URI = "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time"
MID_URI = "urn:ietf:params:rtp-hdrext:sdes:mid"
LOOPBACK = "127.0.0.1"

# Constrained Baseline first: every browser must decode it (RFC 7742, 6.2), and it is what our encoder makes.
_H264_PROFILES = ("42e01f", "42001f")
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
aioice.ice.get_host_addresses = _host_addresses_and_loopback


@contextmanager
def loopback_candidates(wanted: bool) -> Iterator[None]:
    """While inside, ICE gathering of this task offers 127.0.0.1 too; without any other address it always does."""
    token = _with_loopback.set(wanted)
    try:
        yield
    finally:
        _with_loopback.reset(token)


def prefer_h264(transceiver: RTCRtpTransceiver) -> None:
    """Leave only H.264, packetization-mode 1, and its retransmissions. Before `setRemoteDescription`, or in vain."""
    codecs = RTCRtpSender.getCapabilities("video").codecs
    chosen: list[RTCRtpCodecCapability] = [
        codec
        for profile in _H264_PROFILES
        for codec in codecs
        if codec.mimeType == "video/H264" and codec.parameters.get("profile-level-id") == profile
    ]
    transceiver.setCodecPreferences(chosen + [codec for codec in codecs if codec.mimeType == "video/rtx"])


class Feedback:
    """What a receiver told us about its stream. Newest values; None until the first report."""

    def __init__(self) -> None:
        self.plis = 0
        self.remb_bps: int | None = None
        self.fraction_lost: float | None = None


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

    @property
    def rtt_s(self) -> float | None:
        """Round-trip time from receiver reports, smoothed; None until the first that answers a sender report."""
        rtt: float | None = self._sender._RTCRtpSender__rtt
        return rtt

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


def own_rtp(
    sender: RTCRtpSender,
    *,
    configure: Callable[[RTCRtpSendParameters], None],
    run: Callable[[], Any],
    resend: Callable[[int], None],
    on_loss: Callable[[], None],
    feedback: Feedback,
) -> None:
    """Take over `sender`: it sends nothing by itself any more.

    Args:
        configure: gets the negotiated parameters, once, before `run`.
        run: coroutine function; the RTP task. Must call `SenderSeams.started` first and `exited` last, in any case.
        resend: gets every sequence number that the receiver misses; whether and how often to answer is decided there.
        on_loss: the receiver cannot decode (PLI or FIR).
        feedback: kept up to date.
    """
    private: Any = sender
    stock_send, stock_rtcp = private.send, private._handle_rtcp_packet

    async def send(parameters: RTCRtpSendParameters) -> None:
        configure(parameters)
        await stock_send(parameters)

    async def run_rtp(codec: RTCRtpCodecParameters) -> None:
        await run()

    async def retransmit(sequence_number: int) -> None:
        resend(sequence_number)

    def send_keyframe() -> None:
        feedback.plis += 1
        on_loss()

    async def handle_rtcp_packet(packet: AnyRtcpPacket) -> None:
        _note(feedback, packet, private._ssrc)
        await stock_rtcp(packet)

    private.send = send
    private._run_rtp = run_rtp
    private._retransmit = retransmit
    private._send_keyframe = send_keyframe
    private._handle_rtcp_packet = handle_rtcp_packet


def _note(feedback: Feedback, packet: AnyRtcpPacket, ssrc: int) -> None:
    if isinstance(packet, RtcpRrPacket | RtcpSrPacket):
        for report in packet.reports:
            if report.ssrc == ssrc:
                feedback.fraction_lost = report.fraction_lost / 256
    elif isinstance(packet, RtcpPsfbPacket) and packet.fmt == RTCP_PSFB_APP:
        try:
            bitrate, ssrcs = unpack_remb_fci(packet.fci)
        except (ValueError, struct.error):
            return  # a stranger's bytes
        if ssrc in ssrcs:
            feedback.remb_bps = bitrate
