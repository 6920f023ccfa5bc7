"""One WebRTC connection to a browser: signaling in, pictures out, pointer messages both ways.

ICE: the server gathers all of its candidates before it answers (host addresses only unless servers are configured, a few
milliseconds), so nothing is trickled to the browser. The browser's candidates may be trickled. Its mDNS names are never
asked of the network: the page's own address, known from signaling, stands for them, and the browser's checks reach
the server anyway. End-of-candidates is not passed on either: with no candidate of the browser known, aiortc would give
up a few milliseconds before the browser's first check arrives. A connection that does not come about fails by its time
limit instead.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from aiortc import RTCConfiguration, RTCDataChannel, RTCIceServer, RTCPeerConnection, RTCSessionDescription
from aiortc.exceptions import OperationError
from aiortc.rtcconfiguration import RTCBundlePolicy, RTCIceTransportPolicy

from py_remote_viewer.errors import MessageInvalid, NoCommonCodec, NoRelay
from py_remote_viewer.protocol.messages import MAX_POINTER_BYTES, CandidateInit
from py_remote_viewer.stream import ice, sdp
from py_remote_viewer.stream.aiortc_adapter import loopback_candidates, prefer_h264
from py_remote_viewer.stream.broadcast import Broadcast, Subscription, SubscriptionEnded
from py_remote_viewer.stream.packetize import SharedPicture
from py_remote_viewer.stream.rtp_writer import RtpWriter

log = logging.getLogger(__name__)

POINTER_CHANNEL = "pointer"
CONNECT_TIMEOUT_S = 20.0
CLOSE_TIMEOUT_S = 2.0
MAX_CANDIDATES = 40
_MAX_UNSENT_POINTER_BYTES = 16_384


@dataclass(frozen=True, slots=True)
class PeerStats:
    """What one connection has done. Counts since it was made; None: not measured yet.

    Attributes:
        state: `new`, `connecting`, `connected`, `failed` or `closed`.
        packets_sent, bytes_sent: RTP packets and payload bytes, without retransmissions.
        packets_resent: answers to NACKs.
        rtt_ms: round trip, smoothed, from receiver reports.
        fraction_lost: share of packets lost between the last two receiver reports, 0..1.
        pictures_sent: pictures written to the network.
        pictures_dropped: pictures thrown away because the peer was too slow.
        plis: picture losses reported.
        remb_bps: the bandwidth that the receiver estimates; starts low even on a fast link.
    """

    state: str
    packets_sent: int = 0
    bytes_sent: int = 0
    packets_resent: int = 0
    rtt_ms: float | None = None
    fraction_lost: float | None = None
    pictures_sent: int = 0
    pictures_dropped: int = 0
    plis: int = 0
    remb_bps: int | None = None


class WebRtcPeer:
    """Answers one offer, then streams `broadcast` until closed. An async context manager; event loop only.

    Callbacks run on the loop and must not block; what they raise is logged.

    Args:
        peer_id: for the log.
        broadcast: what it watches; subscribed while connected and visible.
        on_pointer: a message of the data channel `pointer`, at most `MAX_POINTER_BYTES`; not parsed.
        on_stream_info: `(rtp_origin, codec)` when the stream starts.
        on_state: every new connection state.
        ice_servers: `RTCIceServer` objects as the browser takes them; empty: host candidates only, nothing is asked.
        relay_only: our end too shows no address but that of a TURN server.
        remote_address: where the page's WebSocket comes from.
    """

    def __init__(
        self,
        peer_id: str,
        broadcast: Broadcast,
        *,
        on_pointer: Callable[[bytes | str], None] = lambda data: None,
        on_stream_info: Callable[[int, str], None] = lambda rtp_origin, codec: None,
        on_state: Callable[[str], None] = lambda state: None,
        ice_servers: Sequence[dict[str, str]] = (),
        relay_only: bool = False,
        remote_address: str | None = None,
        connect_timeout_s: float = CONNECT_TIMEOUT_S,
    ) -> None:
        self.peer_id = peer_id
        self._broadcast = broadcast
        self._on_pointer, self._on_stream_info, self._on_state = on_pointer, on_stream_info, on_state
        self._ice_servers = [RTCIceServer(**server) for server in ice.for_our_end(ice_servers, relay_only=relay_only)]
        self._relay_only = relay_only
        self._ice_policy = RTCIceTransportPolicy.RELAY if relay_only else RTCIceTransportPolicy.ALL
        self._remote_address = remote_address
        self._connect_timeout_s = connect_timeout_s
        self._state = "new"
        self._visible = asyncio.Event()
        self._visible.set()
        self._subscription: Subscription | None = None
        self._dropped_before = 0
        self._channel: RTCDataChannel | None = None
        self._candidates = 0
        self._mid: str | None = None
        self._timeout: asyncio.TimerHandle | None = None
        self._closing = asyncio.Lock()
        self._closed = False
        self._pc: RTCPeerConnection
        self._writer: RtpWriter

    async def __aenter__(self) -> WebRtcPeer:
        configuration = RTCConfiguration(
            iceServers=self._ice_servers, iceTransportPolicy=self._ice_policy, bundlePolicy=RTCBundlePolicy.MAX_BUNDLE
        )
        self._pc = RTCPeerConnection(configuration)
        self._pc.on("connectionstatechange", self._state_changed)
        self._pc.on("datachannel", self._channel_opened)
        transceiver = self._pc.addTransceiver("video", direction="sendonly")
        prefer_h264(transceiver)
        self._writer = RtpWriter(
            transceiver.sender,
            next_picture=self._next_picture,
            on_loss=self._broadcast.need_idr,
            on_start=self._stream_started,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.close()

    @property
    def rtp_origin(self) -> int:
        """RTP timestamp of monotonic time 0 in this peer's stream."""
        return self._writer.rtp_origin

    async def answer(self, offer: str) -> str:
        """Answer the SDP offer, once; connecting then goes on by itself. The answer holds all of our candidates.

        Raises:
            NoCommonCodec: the offer has no H.264 with packetization-mode 1.
            NoRelay: no TURN server gave our end a relay, and there must be one.
            MessageInvalid: not an SDP offer of one video section to receive and at most one data section; or a second one.
        """
        if self._mid is not None:
            raise MessageInvalid("this connection was answered already", hint="Open a new RTCPeerConnection.")
        checked = sdp.check_offer(offer)
        self._mid = checked.mid
        try:
            await self._pc.setRemoteDescription(RTCSessionDescription(sdp=checked.sdp, type="offer"))
            with loopback_candidates(ice.is_loopback(self._remote_address)):
                await self._pc.setLocalDescription(await self._pc.createAnswer())
        except OperationError as exc:
            raise NoCommonCodec(
                "the offer has no H.264 with packetization-mode 1",
                hint="Use a browser that decodes H.264, or the WebSocket transport.",
            ) from exc
        except Exception as exc:  # a stranger's text in a library's parser; it answers with whatever breaks first
            log.debug("peer=%s offer refused", self.peer_id, exc_info=True)
            raise MessageInvalid(
                f"the offer cannot be answered: {type(exc).__name__}: {str(exc)[:100]}", hint=sdp.OFFER_HINT
            ) from exc
        self._timeout = asyncio.get_running_loop().call_later(self._connect_timeout_s, self._give_up)
        for candidate in checked.candidates:
            await self._add(candidate)
        answer = str(self._pc.localDescription.sdp)
        if self._relay_only and "a=candidate:" not in answer:
            raise NoRelay(
                "no TURN server gave this connection a relay",
                hint="Is it reachable, and are VIEWER_TURN_URLS and VIEWER_TURN_SECRET those of the TURN server?",
            )
        return answer

    async def add_candidate(self, candidate: CandidateInit | None) -> None:
        """A candidate of the browser; None, which ends them, changes nothing.

        Raises:
            MessageInvalid: unreadable, more than `MAX_CANDIDATES`, or before the offer.
        """
        if self._mid is None:
            raise MessageInvalid("an ICE candidate before the offer", hint="Send `offer` first.")
        if candidate is not None and candidate.candidate:
            await self._add(candidate.candidate)

    def watch(self, visible: bool) -> None:
        """Whether the peer wants pictures now. Until told otherwise it does."""
        if visible:
            self._visible.set()
        else:
            self._visible.clear()
            self._unsubscribe()

    def send_pointer(self, message: str) -> bool:
        """Send over the data channel; False when there is none open or too much is unsent (it is a lossy channel)."""
        channel = self._channel
        if channel is None or channel.readyState != "open" or channel.bufferedAmount > _MAX_UNSENT_POINTER_BYTES:
            return False
        channel.send(message)
        return True

    def stats(self) -> PeerStats:
        """Counts and newest measurements."""
        writer, rtt_s = self._writer, self._writer.rtt_s
        return PeerStats(
            state=self._state,
            packets_sent=writer.packets,
            bytes_sent=writer.octets,
            packets_resent=writer.resent,
            rtt_ms=None if rtt_s is None else rtt_s * 1000,
            fraction_lost=writer.feedback.fraction_lost,
            pictures_sent=writer.pictures,
            pictures_dropped=self._dropped_before + (self._subscription.dropped if self._subscription else 0),
            plis=writer.feedback.plis,
            remb_bps=writer.feedback.remb_bps,
        )

    async def close(self) -> None:
        """Leave: within `CLOSE_TIMEOUT_S`, whatever the remote does. Idempotent; a second caller waits for the first."""
        async with self._closing:
            if self._closed:
                return
            self._closed = True
            self._cancel_timeout()
            self._unsubscribe()
            try:
                async with asyncio.timeout(CLOSE_TIMEOUT_S):
                    await self._pc.close()
            except TimeoutError:
                log.warning("peer=%s did not close within %.0f s", self.peer_id, CLOSE_TIMEOUT_S)
            self._set_state("closed")

    async def _add(self, line: str) -> None:
        if self._candidates >= MAX_CANDIDATES:
            raise MessageInvalid(f"more than {MAX_CANDIDATES} ICE candidates", hint="Send fewer candidates.")
        self._candidates += 1
        candidate = sdp.parse_candidate(line, self._remote_address)
        if candidate is None or self._closed:
            return
        candidate.sdpMid = self._mid  # everything is bundled on the video section
        await self._pc.addIceCandidate(candidate)

    async def _next_picture(self) -> SharedPicture:
        """Subscribed from the first call, which the connected sender makes, and again after every `watch(True)`."""
        while True:
            await self._visible.wait()
            if self._closed or self._state in ("failed", "closed"):
                raise SubscriptionEnded
            if self._subscription is None:
                self._subscription = self._broadcast.subscribe()
            try:
                return await self._subscription.next()
            except SubscriptionEnded:
                if self._visible.is_set() and self._subscription is not None:
                    raise  # the broadcast has ended; otherwise the peer looked away while waiting

    def _unsubscribe(self) -> None:
        if self._subscription is not None:
            self._dropped_before += self._subscription.dropped
            self._subscription.close()
            self._subscription = None

    def _stream_started(self, codec: str) -> None:
        self._call(self._on_stream_info, self._writer.rtp_origin, codec)

    def _state_changed(self) -> None:
        self._set_state(self._pc.connectionState)

    def _set_state(self, state: str) -> None:
        if state == self._state:
            return
        self._state = state
        if state in ("connected", "failed", "closed"):
            self._cancel_timeout()
        if state in ("failed", "closed"):
            self._unsubscribe()
        log.debug("peer=%s WebRTC %s", self.peer_id, state)
        self._call(self._on_state, state)

    def _give_up(self) -> None:
        self._timeout = None
        if self._state in ("new", "connecting"):
            self._set_state("failed")

    def _cancel_timeout(self) -> None:
        if self._timeout is not None:
            self._timeout.cancel()
            self._timeout = None

    def _channel_opened(self, channel: RTCDataChannel) -> None:
        if channel.label != POINTER_CHANNEL or self._channel is not None:
            channel.close()
            return
        self._channel = channel
        channel.on("message", self._pointer_message)

    def _pointer_message(self, data: bytes | str) -> None:
        if len(data) <= MAX_POINTER_BYTES:
            self._call(self._on_pointer, data)

    def _call(self, callback: Callable[..., None], *args: Any) -> None:
        """An exception here would end aiortc's receive loop, and with it the connection."""
        try:
            callback(*args)
        except Exception:
            log.exception("peer=%s callback failed", self.peer_id)
