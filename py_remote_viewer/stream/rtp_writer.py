"""RTP for one peer: shared payloads in, encrypted datagrams out.

Only what differs between peers is made here: header, extensions, encryption. A picture's packets leave back to back, in
one turn of the event loop.
"""

from __future__ import annotations

import asyncio
import logging
import random
import secrets
import struct
from collections.abc import Awaitable, Callable

from aiortc import RTCRtpSender, clock
from aiortc.rtcrtpparameters import RTCRtpSendParameters

from py_remote_viewer.stream.aiortc_adapter import (
    ABS_SEND_TIME_URI,
    MID_URI,
    PLAYOUT_DELAY_URI,
    Feedback,
    SenderSeams,
    own_rtp,
)
from py_remote_viewer.stream.broadcast import SubscriptionEnded
from py_remote_viewer.stream.packetize import SharedPicture

log = logging.getLogger(__name__)

HISTORY_PACKETS = 2048  # 128, aiortc's own, is 0.1 s at 12 Mb/s: with 2 % loss 6.6 pictures a second, with 2048 58.9
MAX_BACKLOG_BYTES = 64_000  # what the kernel did not take; a peer with more of it gets no pictures until it is sent
_BACKLOG_POLL_S = 0.02

_HEADER = struct.Struct("!BBHII")  # RFC 3550, 5.1
_EXTENSION_HEADER = struct.Struct("!HH")  # RFC 8285, 4.2
_ONE_BYTE = 0xBEDE
_VERSION_AND_EXTENSION = 0x90
_MARKER = 0x80


class RtpWriter:
    """Replaces the RTP half of `sender`.

    Args:
        sender: of a transceiver that has not been negotiated yet.
        next_picture: waits for the next picture; raises `SubscriptionEnded` when there are no more.
        on_loss: the receiver cannot decode what it has.
        on_start: called with the codec when packets may flow.

    Attributes:
        rtp_origin: RTP timestamp of monotonic time 0, random as RFC 3550 asks.
        packets, octets, pictures: sent, without retransmissions; octets are payload bytes.
        resent: packets sent again.
        feedback: what the receiver reported.
    """

    def __init__(
        self,
        sender: RTCRtpSender,
        *,
        next_picture: Callable[[], Awaitable[SharedPicture]],
        on_loss: Callable[[], None],
        on_start: Callable[[str], None],
    ) -> None:
        self.rtp_origin = secrets.randbits(32)
        self.packets = self.octets = self.pictures = self.resent = 0
        self.feedback = Feedback()
        self._seams = SenderSeams(sender)
        self._next_picture = next_picture
        self._on_start = on_start
        # In the lower half, so that a loss right at the start cannot confuse SRTP's rollover counter (RFC 3711, 3.3.1).
        self._sequence = random.randrange(1 << 15)
        self._rtx_sequence = random.randrange(1 << 15)
        self._payload_type = 0
        self._rtx_payload_type: int | None = None
        self._codec = ""
        self._extensions = _Extensions({}, "")
        self._history: list[tuple[int, int, int, bytes] | None] = [None] * HISTORY_PACKETS
        own_rtp(
            sender,
            configure=self._configure,
            run=self._run,
            resend=self.resend,
            on_loss=on_loss,
            feedback=self.feedback,
        )

    @property
    def rtt_s(self) -> float | None:
        """Round-trip time, seconds; None until measured."""
        return self._seams.rtt_s

    def write(self, shared: SharedPicture) -> None:
        """Send one picture. Raises `ConnectionError` when the transport is gone."""
        protect = self._seams.srtp()
        sendto, address, _ = self._seams.udp()
        ntp = clock.current_ntp_time()
        timestamp = (self.rtp_origin + shared.timestamp) & 0xFFFFFFFF
        extensions = self._extensions.at(ntp)
        payloads = shared.payloads
        ssrc, history, sequence, kind = self._seams.ssrc, self._history, self._sequence, self._payload_type
        last = len(payloads) - 1
        for index, payload in enumerate(payloads):
            marked = kind | _MARKER if index == last else kind
            head = _HEADER.pack(_VERSION_AND_EXTENSION, marked, sequence, timestamp, ssrc)
            history[sequence % HISTORY_PACKETS] = (sequence, marked, timestamp, payload)
            sendto(protect(head + extensions + payload), address)
            sequence = (sequence + 1) & 0xFFFF
            self.octets += len(payload)
        self._sequence = sequence
        self.packets += len(payloads)
        self.pictures += 1
        self._seams.report_sent(ntp, timestamp, self.packets, self.octets)

    def resend(self, sequence: int) -> None:
        """The receiver misses packet `sequence`: send it again, as RTX (RFC 4588) when that was negotiated."""
        kept = self._history[sequence % HISTORY_PACKETS]
        if kept is None or kept[0] != sequence:
            return
        _, marked, timestamp, payload = kept
        ssrc = self._seams.ssrc
        if self._rtx_payload_type is not None:
            payload = sequence.to_bytes(2, "big") + payload
            marked = (marked & _MARKER) | self._rtx_payload_type
            sequence, ssrc = self._rtx_sequence, self._seams.rtx_ssrc
            self._rtx_sequence = (self._rtx_sequence + 1) & 0xFFFF
        head = _HEADER.pack(_VERSION_AND_EXTENSION, marked, sequence, timestamp, ssrc)
        try:
            protect = self._seams.srtp()
            sendto, address, backlog = self._seams.udp()
        except ConnectionError:
            return
        if backlog <= MAX_BACKLOG_BYTES:
            sendto(protect(head + self._extensions.at(clock.current_ntp_time()) + payload), address)
            self.resent += 1

    def _configure(self, parameters: RTCRtpSendParameters) -> None:
        codec = parameters.codecs[0]
        self._codec = f"{codec.name} {codec.parameters.get('profile-level-id', '')}".strip()
        self._payload_type = codec.payloadType or 0  # a negotiated codec has one
        retransmissions = {
            other.parameters.get("apt"): other.payloadType for other in parameters.codecs if other.name.lower() == "rtx"
        }
        self._rtx_payload_type = retransmissions.get(codec.payloadType)
        ids = {extension.uri: extension.id for extension in parameters.headerExtensions}
        self._extensions = _Extensions(ids, parameters.muxId)

    async def _run(self) -> None:
        self._seams.started()
        try:
            self._on_start(self._codec)
            while True:
                shared = await self._next_picture()
                if self._seams.udp()[2] > MAX_BACKLOG_BYTES:
                    await self._drained()
                    continue
                self.write(shared)
        except (SubscriptionEnded, ConnectionError):
            pass  # the ordinary ends, beside being cancelled by RTCRtpSender
        except Exception:
            log.exception("RTP writer stopped")
        finally:
            self._seams.exited()

    async def _drained(self) -> None:
        """The kernel takes nothing for this peer: take no pictures either, until most of the backlog has left."""
        while self._seams.udp()[2] > MAX_BACKLOG_BYTES // 2:  # noqa: ASYNC110 - a datagram transport reports no drain to us
            await asyncio.sleep(_BACKLOG_POLL_S)


class _Extensions:
    """The header extensions of one stream as bytes; only the send time changes from picture to picture."""

    def __init__(self, ids: dict[str, int], mid: str) -> None:
        short = {uri: number for uri, number in ids.items() if 1 <= number <= 14}  # what one-byte elements can number
        fixed = b""
        if MID_URI in short and 1 <= len(mid.encode()) <= 16:
            fixed += _element(short[MID_URI], mid.encode())
        if PLAYOUT_DELAY_URI in short:
            fixed += _element(short[PLAYOUT_DELAY_URI], bytes(3))  # min 0, max 0: show at once
        self._fixed = fixed
        self._send_time_id = short.get(ABS_SEND_TIME_URI)

    def at(self, ntp: int) -> bytes:
        """The extension block of a packet that leaves at `ntp` (64-bit NTP time)."""
        body = self._fixed
        if self._send_time_id:
            body += _element(self._send_time_id, (ntp >> 14 & 0xFFFFFF).to_bytes(3, "big"))
        body += bytes(-len(body) % 4)
        return _EXTENSION_HEADER.pack(_ONE_BYTE, len(body) // 4) + body


def _element(number: int, value: bytes) -> bytes:
    return bytes([number << 4 | len(value) - 1]) + value
