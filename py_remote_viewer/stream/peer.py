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
from types import TracebackType
from typing import Any

from aiortc import RTCConfiguration, RTCDataChannel, RTCIceServer, RTCPeerConnection, RTCSessionDescription
from aiortc.exceptions import OperationError
from aiortc.rtcconfiguration import RTCBundlePolicy, RTCIceTransportPolicy

from py_remote_viewer.clock import now_s
from py_remote_viewer.errors import MessageInvalid, NoCommonCodec, NoRelay
from py_remote_viewer.protocol.messages import MAX_POINTER_BYTES, CandidateInit, StreamStatus
from py_remote_viewer.stream import ice, sdp
from py_remote_viewer.stream.adaptation import Report
from py_remote_viewer.stream.adaptive import AdaptiveFollower
from py_remote_viewer.stream.aiortc_adapter import loopback_candidates, prefer_h264
from py_remote_viewer.stream.broadcast import SubscriptionEnded
from py_remote_viewer.stream.manners import Manners
from py_remote_viewer.stream.packetize import SharedPicture
from py_remote_viewer.stream.peer_stats import PeerStats
from py_remote_viewer.stream.reception import RateMeter
from py_remote_viewer.stream.rtp_writer import RtpWriter
from py_remote_viewer.stream.rung_fanout import RungFanout
from py_remote_viewer.stream.smoothness import Smoothness
from py_remote_viewer.stream.still import StillLosses

log = logging.getLogger(__name__)

POINTER_CHANNEL = "pointer"
CONNECT_TIMEOUT_S = 20.0
CLOSE_TIMEOUT_S = 2.0
MAX_CANDIDATES = 40
SILENCE_S = 15.0
SILENCE_CHECK_S = 4.0
_MAX_UNSENT_POINTER_BYTES = 16_384


class WebRtcPeer:
    """Answers one offer, then streams one rung or another of `fanout` until closed. An async context manager; event loop only.

    Callbacks run on the loop and must not block; what they raise is logged.

    Args:
        peer_id: for the log.
        fanout: what it watches; subscribed while connected and visible.
        on_pointer: a message of the data channel `pointer`, at most `MAX_POINTER_BYTES`; not parsed.
        on_stream_info: `(rtp_origin, codec)` when the stream starts.
        on_state: every new connection state.
        on_rung: what it sees from now on: at the start, on another rung, and when the picture's size changes.
        on_limited: it floods; once for each way of doing so, in words.
        ice_servers: `RTCIceServer` objects as the browser takes them; empty: host candidates only, nothing is asked.
        relay_only: our end too shows no address but that of a TURN server.
        remote_address: where the page's WebSocket comes from.
    """

    def __init__(
        self,
        peer_id: str,
        fanout: RungFanout,
        *,
        on_pointer: Callable[[bytes | str], None] = lambda data: None,
        on_stream_info: Callable[[int, str], None] = lambda rtp_origin, codec: None,
        on_state: Callable[[str], None] = lambda state: None,
        on_rung: Callable[[StreamStatus], None] = lambda status: None,
        on_limited: Callable[[str], None] = lambda text: None,
        ice_servers: Sequence[dict[str, str]] = (),
        relay_only: bool = False,
        remote_address: str | None = None,
        connect_timeout_s: float = CONNECT_TIMEOUT_S,
    ) -> None:
        self.peer_id = peer_id
        self._fanout = fanout
        self._on_rung, self._on_limited = on_rung, on_limited
        self._on_pointer, self._on_stream_info, self._on_state = on_pointer, on_stream_info, on_state
        self._ice_servers = [RTCIceServer(**server) for server in ice.for_our_end(ice_servers, relay_only=relay_only)]
        self._relay_only = relay_only
        self._ice_policy = RTCIceTransportPolicy.RELAY if relay_only else RTCIceTransportPolicy.ALL
        self._remote_address = remote_address
        self._connect_timeout_s = connect_timeout_s
        self._state = "new"
        self._visible = asyncio.Event()
        self._visible.set()
        self._codec = ""
        self._adaptive: AdaptiveFollower | None = None
        self._smoothness = Smoothness()
        self._manners = Manners(now_s())
        self._still = StillLosses()
        self._meter = RateMeter(now_s())
        self._pictures_heard = 0
        self._silence: asyncio.TimerHandle | None = None
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
        prefer_h264(transceiver, or_vp8=True)
        self._writer = RtpWriter(
            transceiver.sender,
            next_picture=self._next_picture,
            on_loss=self._lost,
            on_start=self._stream_started,
            on_report=self._reported,
            admit=self._admit,
            admit_datagram=self._admit_datagram,
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
            NoCommonCodec: the offer has neither H.264 with packetization-mode 1 nor VP8.
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
                "the offer has neither H.264 with packetization-mode 1 nor VP8",
                hint="Use a browser that decodes one of them, or the WebSocket transport.",
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
            if self._adaptive is not None:
                self._adaptive.follower.pause()

    def refresh(self) -> None:
        """The page cannot decode what it has: send something that it can."""
        if self._adaptive is not None:
            self._adaptive.follower.need_idr()

    def send_pointer(self, message: str) -> bool:
        """Send over the data channel; False when there is none open or too much is unsent (it is a lossy channel)."""
        channel = self._channel
        if channel is None or channel.readyState != "open" or channel.bufferedAmount > _MAX_UNSENT_POINTER_BYTES:
            return False
        channel.send(message)
        return True

    def stats(self) -> PeerStats:
        """Counts and newest measurements."""
        writer, rtt_s, adaptive = self._writer, self._writer.rtt_s, self._adaptive
        follower = adaptive.follower if adaptive else None
        self._meter.read(writer.pictures, writer.octets, now_s())
        return PeerStats(
            state=self._state,
            codec=self._codec,
            rung=follower.rung if follower else 0,
            fps=round(self._meter.fps, 1),
            bitrate_bps=round(self._meter.bitrate_bps),
            link_bps=follower.link_bps if follower else None,
            packets_sent=writer.packets,
            bytes_sent=writer.octets,
            packets_resent=writer.resent,
            resend_share=round(writer.budget.resent_bytes / writer.octets, 4) if writer.octets else 0.0,
            resends_refused=writer.budget.refused,
            rtt_ms=None if rtt_s is None else rtt_s * 1000,
            fraction_lost=writer.feedback.fraction_lost,
            pictures_sent=writer.pictures,
            pictures_dropped=follower.dropped if follower else 0,
            rung_moves=adaptive.moves if adaptive else 0,
            plis=writer.feedback.plis,
            feedback_ignored=writer.feedback.ignored,
            remb_bps=writer.feedback.remb_bps,
        )

    async def close(self) -> None:
        """Leave: within `CLOSE_TIMEOUT_S`, whatever the remote does. Idempotent; a second caller waits for the first."""
        async with self._closing:
            if self._closed:
                return
            self._closed = True
            self._end_stream()
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
        adaptive = self._adaptive
        assert adaptive is not None
        follower = adaptive.follower
        while True:
            await self._visible.wait()
            if self._closed or self._state in ("failed", "closed"):
                raise SubscriptionEnded
            try:
                shared = await follower.next()
            except SubscriptionEnded:
                if self._visible.is_set() and follower.is_watching:
                    raise  # the broadcast has ended; otherwise the peer looked away while waiting
                continue
            if shared.picture.is_idr:
                adaptive.sees(shared)
            return shared

    def _stream_started(self, codec: str) -> None:
        self._codec = codec
        self._adaptive = AdaptiveFollower(
            self.peer_id,
            "vp8" if codec == "VP8" else "h264",
            self._fanout,
            now_s(),
            on_rung=lambda status: self._call(self._on_rung, status),
            on_down=self._writer.forget,
        )
        self._silence = asyncio.get_running_loop().call_later(SILENCE_CHECK_S, self._check_silence)
        self._call(self._on_stream_info, self._writer.rtp_origin, codec)

    # --- adapting to the link -----------------------------------------------------------------------------------------

    def _reported(self, report: Report) -> None:
        adaptive = self._adaptive
        if adaptive is None or not adaptive.follower.is_watching:
            return
        now = now_s()
        if self._smoothness.observe(report.lost, now):
            self._writer.set_playout_delay(self._smoothness.delay_s)
        adaptive.observe(report, now)

    def _lost(self) -> None:
        follower = self._adaptive.follower if self._adaptive else None
        if follower is not None and self._manners.may_start_over(now_s()) and self._still.believe(follower.silence_s()):
            follower.need_idr()
        self._complain()

    def _admit(self, size: int) -> bool:
        is_read = self._manners.admit(size, now_s())
        if not is_read:
            self._complain()
        return is_read

    def _admit_datagram(self, size: int) -> bool:
        is_read = self._manners.admit_datagram(size, now_s())
        if not is_read:
            self._complain()
        return is_read

    def _complain(self) -> None:
        text = self._manners.complaint()
        if text is not None:
            log.info("peer=%s %s", self.peer_id, text)
            self._call(self._on_limited, text)

    def _check_silence(self) -> None:
        """Somebody who gets pictures and says nothing about them for long is not there any more."""
        self._silence = asyncio.get_running_loop().call_later(SILENCE_CHECK_S, self._check_silence)
        sent, self._pictures_heard = self._writer.pictures - self._pictures_heard, self._writer.pictures
        if sent and now_s() - self._writer.feedback.heard_s > SILENCE_S:
            log.info("peer=%s has been silent for %.0f s", self.peer_id, SILENCE_S)
            self._set_state("failed")

    # --- connection state -----------------------------------------------------------------------------------------------

    def _state_changed(self) -> None:
        self._set_state(self._pc.connectionState)

    def _set_state(self, state: str) -> None:
        if state == self._state:
            return
        self._state = state
        if state in ("connected", "failed", "closed"):
            self._cancel_timeout()
        if state in ("failed", "closed"):
            self._end_stream()
        log.debug("peer=%s WebRTC %s", self.peer_id, state)
        self._call(self._on_state, state)

    def _give_up(self) -> None:
        self._timeout = None
        if self._state in ("new", "connecting"):
            self._set_state("failed")

    def _end_stream(self) -> None:
        self._cancel_timeout()
        if self._silence is not None:
            self._silence.cancel()
            self._silence = None
        if self._adaptive is not None:
            self._adaptive.follower.close()

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
