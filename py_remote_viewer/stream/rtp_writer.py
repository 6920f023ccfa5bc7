"""RTP for one peer: shared payloads in, encrypted datagrams out.

Only what differs between peers is made here: header, extensions, encryption. The packets of an ordinary picture leave back
to back, in one turn of the event loop; those of a large one (an IDR) in bursts a millisecond apart, for a burst of
a hundred packets is what small queues on the way drop.
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

from py_remote_viewer.clock import now_s, to_rtp
from py_remote_viewer.stream.adaptation import Report
from py_remote_viewer.stream.aiortc_adapter import (
    ABS_SEND_TIME_URI,
    MID_URI,
    PLAYOUT_DELAY_URI,
    Feedback,
    ReceiverReport,
    RtpOwner,
    SenderSeams,
    own_rtp,
)
from py_remote_viewer.stream.broadcast import SubscriptionEnded
from py_remote_viewer.stream.packetize import SharedPicture
from py_remote_viewer.stream.reception import Reception
from py_remote_viewer.stream.resends import ResendBudget

log = logging.getLogger(__name__)

HISTORY_PACKETS = 2048  # 128, aiortc's own, is 0.1 s at 12 Mb/s: with 2 % loss 6.6 pictures a second, with 2048 58.9
MAX_BACKLOG_BYTES = 64_000  # what the kernel did not take; a peer with more of it gets no pictures until it is sent
AT_ONCE_PACKETS = 24  # 13 Mb/s at 60 Hz: ordinary pictures are never delayed
BURST_PACKETS = 10
MOST_BURSTS = 5
BURST_GAP_S = 0.001
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
        on_report: figures about the last half a second or more, from a receiver report.
        admit: asked for every packet of feedback, with its size; False throws it away unread.
        admit_datagram: the same for all that comes from the peer.

    Attributes:
        rtp_origin: RTP timestamp of monotonic time 0, random as RFC 3550 asks.
        packets, octets, pictures: sent, without retransmissions; octets are payload bytes.
        resent: packets sent again.
        budget: what may be sent again.
        feedback: what the receiver reported.
    """

    def __init__(
        self,
        sender: RTCRtpSender,
        *,
        next_picture: Callable[[], Awaitable[SharedPicture]],
        on_loss: Callable[[], None],
        on_start: Callable[[str], None],
        on_report: Callable[[Report], None] = lambda report: None,
        admit: Callable[[int], bool] = lambda size: True,
        admit_datagram: Callable[[int], bool] = lambda size: True,
    ) -> None:
        self.rtp_origin = secrets.randbits(32)
        self.packets = self.octets = self.pictures = self.resent = 0
        self.budget = ResendBudget()
        self.feedback = Feedback()
        self._seams = SenderSeams(sender)
        self._next_picture = next_picture
        self._on_start = on_start
        self._on_report = on_report
        self._reception = Reception()
        # In the lower half, so that a loss right at the start cannot confuse SRTP's rollover counter (RFC 3711, 3.3.1).
        self._sequence = random.randrange(1 << 15)
        self._rtx_sequence = random.randrange(1 << 15)
        self._timestamp: int | None = None
        self._forgotten_octets = 0
        self._payload_type = 0
        self._rtx_payload_type: int | None = None
        self._codec = ""
        self._extensions = _Extensions({}, "")
        self._history: list[tuple[int, int, int, bytes, int] | None] = [None] * HISTORY_PACKETS
        owner = RtpOwner(
            configure=self._configure,
            run=self._run,
            resend=self.resend,
            on_loss=on_loss,
            on_report=self._reported,
            admit=admit,
            admit_datagram=admit_datagram,
            feedback=self.feedback,
        )
        own_rtp(sender, owner)

    @property
    def rtt_s(self) -> float | None:
        """Round-trip time, smoothed, seconds; None until measured."""
        return self.feedback.rtt_s

    async def write(self, shared: SharedPicture) -> None:
        """Send one picture. Raises `ConnectionError` when the transport is gone."""
        payloads = shared.payloads
        timestamp = self._next_timestamp(shared.timestamp)
        if self.packets == 0:
            self._reception.start(self._sequence, now_s())
        burst = len(payloads)
        if burst > AT_ONCE_PACKETS:
            burst = max(BURST_PACKETS, -(-burst // MOST_BURSTS))
        for start in range(0, len(payloads), max(1, burst)):
            if start:
                await asyncio.sleep(BURST_GAP_S)
            self._send(payloads, start, start + burst, timestamp)
        self.pictures += 1

    def resend(self, sequences: list[int]) -> None:
        """The receiver misses these packets: send them again within the budget, as RTX (RFC 4588) where negotiated."""
        now, budget = now_s(), self.budget
        for place, sequence in enumerate(sequences):
            if budget.is_spent:
                budget.refused += len(sequences) - place
                return
            kept = self._history[sequence % HISTORY_PACKETS]
            if kept is None or kept[0] != sequence or kept[4] <= self._forgotten_octets:
                continue
            if budget.take(sequence, len(kept[3]), now, self.feedback.rtt_s) and not self._resend(kept):
                return

    def forget(self) -> None:
        """What was sent so far is not sent again: the receiver starts over with the IDR that comes next."""
        self._forgotten_octets = self.octets

    def set_playout_delay(self, longest_s: float) -> None:
        """The longest that the receiver may hold a picture back to make up for what comes late; 0: show at once."""
        self._extensions.set_playout_delay(longest_s)

    def _next_timestamp(self, timestamp: int) -> int:
        """On the peer's own clock; always later than the last one, also where two rungs meet in one picture."""
        timestamp = (self.rtp_origin + timestamp) & 0xFFFFFFFF
        last = self._timestamp
        if last is not None and (timestamp - last - 1) & 0xFFFFFFFF >= 1 << 31:
            timestamp = (last + 1) & 0xFFFFFFFF
        self._timestamp = timestamp
        return timestamp

    def _send(self, payloads: tuple[bytes, ...], start: int, end: int, timestamp: int) -> None:
        protect = self._seams.srtp()
        sendto, address, _ = self._seams.udp()
        ntp = clock.current_ntp_time()
        extensions = self._extensions.at(ntp)
        ssrc, history, sequence, kind = self._seams.ssrc, self._history, self._sequence, self._payload_type
        last, octets = len(payloads) - 1, self.octets
        for index in range(start, min(end, len(payloads))):
            payload = payloads[index]
            marked = kind | _MARKER if index == last else kind
            octets += len(payload)
            head = _HEADER.pack(_VERSION_AND_EXTENSION, marked, sequence, timestamp, ssrc)
            history[sequence % HISTORY_PACKETS] = (sequence, marked, timestamp, payload, octets)
            sendto(protect(head + extensions + payload), address)
            sequence = (sequence + 1) & 0xFFFF
        self.packets += (sequence - self._sequence) & 0xFFFF
        self.budget.sent(octets - self.octets)
        self._sequence, self.octets = sequence, octets
        self._seams.report_sent(ntp, timestamp, self.packets, octets)

    def _resend(self, kept: tuple[int, int, int, bytes, int]) -> bool:
        sequence, marked, timestamp, payload, _ = kept
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
            return False
        if backlog > MAX_BACKLOG_BYTES:
            return False
        sendto(protect(head + self._extensions.at(clock.current_ntp_time()) + payload), address)
        self.resent += 1
        return True

    def _reported(self, report: ReceiverReport) -> None:
        kept = self._history[report.highest % HISTORY_PACKETS]
        figures = self._reception.report(
            highest=report.highest,
            lost=report.lost,
            reached=kept[4] if kept is not None and kept[0] == report.highest & 0xFFFF else self.octets,
            sent=self.octets,
            rtt_s=report.rtt_s,
            remb_bps=self.feedback.remb_bps,
            now=now_s(),
        )
        if figures is not None:
            self._on_report(figures)

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
            self._seams.report_sent(clock.current_ntp_time(), self.rtp_origin + to_rtp(now_s()) & 0xFFFFFFFF, 0, 0)
            await self._seams.send_report()
            self._on_start(self._codec)
            while True:
                shared = await self._next_picture()
                if self._seams.udp()[2] > MAX_BACKLOG_BYTES:
                    await self._drained()
                    continue
                await self.write(shared)
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
        self._ids = {
            uri: number for uri, number in ids.items() if 1 <= number <= 14
        }  # what one-byte elements can number
        self._mid = mid.encode()
        self._send_time_id = self._ids.get(ABS_SEND_TIME_URI)
        self.set_playout_delay(0.0)

    def set_playout_delay(self, longest_s: float) -> None:
        """Least 0, and this much at most, in steps of 10 ms (12 bits each)."""
        self._fixed = b""
        if MID_URI in self._ids and 1 <= len(self._mid) <= 16:
            self._fixed += _element(self._ids[MID_URI], self._mid)
        if PLAYOUT_DELAY_URI in self._ids:
            steps = min(round(longest_s * 100), 0xFFF)
            self._fixed += _element(self._ids[PLAYOUT_DELAY_URI], steps.to_bytes(3, "big"))

    def at(self, ntp: int) -> bytes:
        """The extension block of a packet that leaves at `ntp` (64-bit NTP time)."""
        body = self._fixed
        if self._send_time_id:
            body += _element(self._send_time_id, (ntp >> 14 & 0xFFFFFF).to_bytes(3, "big"))
        body += bytes(-len(body) % 4)
        return _EXTENSION_HEADER.pack(_ONE_BYTE, len(body) // 4) + body


def _element(number: int, value: bytes) -> bytes:
    return bytes([number << 4 | len(value) - 1]) + value
