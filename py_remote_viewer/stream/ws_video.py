"""Pictures over a WebSocket: the same encoded bytes as over WebRTC, for browsers and networks where that does not work.

Back-pressure is by acknowledgement. While too much is under way no picture is taken from the rung; its short queue then
overflows and is emptied, and what comes next is an IDR: the newest picture wins, and no queue grows. The acknowledgements
also say what the link carries, and the peer moves on the ladder by that. Until it has found its rung it must not ask for
one IDR after another, which everybody on the rung pays: after an overflow the link must first have brought all that
was under way, and the next one after that waits longer.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from py_remote_viewer.clock import now_s
from py_remote_viewer.protocol.messages import StreamStatus
from py_remote_viewer.protocol.pictures import Codec
from py_remote_viewer.protocol.video_socket import SocketCodec, pack_picture
from py_remote_viewer.stream.ack_report import AckReports
from py_remote_viewer.stream.ack_window import AckWindow
from py_remote_viewer.stream.adaptation import Report
from py_remote_viewer.stream.adaptive import AdaptiveFollower, Rungs
from py_remote_viewer.stream.broadcast import SubscriptionEnded

log = logging.getLogger(__name__)

STALLED = 4008
REPLACED = 4009
ENDED = 4010
STALL_S = 10.0
FIRST_PAUSE_S = 0.25
LONGEST_PAUSE_S = 0.5  # longer, and the silence would hide from `Adaptation` what the link carries
CLEAN_S = 10.0
SHORT_WINDOW_S = 0.1


@dataclass(frozen=True, slots=True)
class VideoEnd:
    """Why the socket is closed: a close code (RFC 6455, 7.4.2: 4000-4999 are ours) and at most 123 bytes of words."""

    code: int
    reason: str


@dataclass(frozen=True, slots=True)
class WsVideoStats:
    """What one video socket has done; counts since it was opened. None: not measured yet.

    Attributes:
        rtt_ms: from sending a picture to its acknowledgement, smoothed.
        fraction_lost, packets_resent: None and 0, because TCP hides them.
        fps, bitrate_bps: acknowledged over the last 2 s.
        link_bps: what the link was measured to carry when it was full.
        pictures_dropped: pictures thrown away because the link was too slow.
        restarts: times that it went on at an IDR after that.
        under_way, window: pictures sent and not acknowledged, and how many may be.
    """

    state: str
    codec: Codec
    rung: int
    transport: str = "WebSocket"
    rtt_ms: float | None = None
    fraction_lost: float | None = None
    fps: float = 0.0
    bitrate_bps: float = 0.0
    link_bps: float | None = None
    pictures_sent: int = 0
    bytes_sent: int = 0
    packets_resent: int = 0
    pictures_dropped: int = 0
    restarts: int = 0
    rung_moves: int = 0
    under_way: int = 0
    window: int = 0


class WsVideo:
    """Sends one peer's pictures until closed. Event loop only; `run` has one caller.

    Args:
        peer_id: for the log.
        codec: whose rungs it moves on.
        rungs: the room's pictures.
        on_rung: what the page sees from now on: at the start, on another rung, and when the picture's size changes.
    """

    def __init__(
        self,
        peer_id: str,
        codec: SocketCodec,
        rungs: Rungs,
        *,
        on_rung: Callable[[StreamStatus], None] = lambda status: None,
        clock: Callable[[], float] = now_s,
        stall_s: float = STALL_S,
    ) -> None:
        self.peer_id = peer_id
        self.codec: SocketCodec = codec
        self.end: VideoEnd | None = None
        self._clock = clock
        self._stall_s = stall_s
        self._window = AckWindow()
        self._adaptive = AdaptiveFollower(peer_id, codec, rungs, clock(), on_rung=on_rung)
        self._follower = self._adaptive.follower
        self._reports = AckReports(clock())
        self._visible = True
        self._wake = asyncio.Event()
        self._interrupted = False
        self._pause_s = FIRST_PAUSE_S
        self._overflowed_s = float("-inf")
        self._seen_dropped = self._sent = self._restarts = 0

    async def run(self, send: Callable[[bytes], Awaitable[None]]) -> VideoEnd:
        """Send until closed, by `close` or because the page stopped acknowledging; returns why."""
        try:
            while self.end is None:
                if await self._may_send():
                    await self._send_next(send)
        finally:
            self._follower.close()
        return self.end

    def acked(self, picture_id: int) -> None:
        """The page has `picture_id` and all before it."""
        now = self._clock()
        if not self._window.acked(picture_id, now):
            return
        self._wake.set()
        self._adapt(self._reports.acked(self._window, self._follower.dropped, now), now)

    def watch(self, visible: bool) -> None:
        """Whether the page wants pictures now. Until told otherwise it does."""
        if visible != self._visible:
            self._visible = visible
            self.refresh()

    def refresh(self) -> None:
        """The page cannot decode what it has: go on at an IDR."""
        self._interrupted = True
        self._follower.pause()
        self._wake.set()

    def close(self, code: int, reason: str) -> None:
        """End `run`. Idempotent; the first reason wins."""
        if self.end is None:
            self.end = VideoEnd(code, reason)
        self.refresh()

    def stats(self) -> WsVideoStats:
        """Counts and newest measurements."""
        window, follower, now = self._window, self._follower, self._clock()
        return WsVideoStats(
            state="connected" if self.end is None else "closed",
            codec=self.codec,
            rung=follower.rung,
            rtt_ms=None if window.rtt_s is None else window.rtt_s * 1000,
            fps=round(window.fps(now), 1),
            bitrate_bps=round(window.rate_bps(now)),
            link_bps=follower.link_bps,
            pictures_sent=self._sent,
            bytes_sent=window.octets_sent,
            pictures_dropped=follower.dropped,
            restarts=self._restarts,
            rung_moves=self._adaptive.moves,
            under_way=window.pictures,
            window=window.limit,
        )

    async def _may_send(self) -> bool:
        """Whether a picture may be taken and sent now; False after a wait, to look again."""
        if not self._visible:
            await self._woken()
        elif not self._window.has_room:
            await self._progress()
        elif self._follower.dropped > self._seen_dropped:
            self._seen_dropped = self._follower.dropped
            await self._recover()
        else:
            return True
        return False

    async def _recover(self) -> None:
        """After an overflow: let the link bring what is under way, and wait a little, longer when that does not last."""
        now = self._clock()
        is_first = now - self._overflowed_s > CLEAN_S
        self._pause_s = FIRST_PAUSE_S if is_first else min(LONGEST_PAUSE_S, self._pause_s * 2)
        self._overflowed_s = now
        self._restarts += 1
        if self.codec == "mjpeg":  # each stands for itself; going on costs nobody anything
            return
        while self._window.pictures and self._visible and self.end is None:
            await self._progress()
        now = self._clock()
        full = self._reports.acked(self._window, self._follower.dropped, now, least_s=SHORT_WINDOW_S)
        self._adapt(full, now)  # the link was full all the time: the best measurement that there is
        if not is_first:
            await self._woken(within_s=self._pause_s)

    async def _progress(self) -> None:
        """Wait for an acknowledgement; close when none comes."""
        if not await self._woken(within_s=self._stall_s):
            log.info("peer=%s stopped acknowledging pictures", self.peer_id)
            self.close(STALLED, f"no picture was acknowledged for {self._stall_s:.0f} s")

    async def _woken(self, within_s: float | None = None) -> bool:
        self._wake.clear()
        try:
            async with asyncio.timeout(within_s):
                await self._wake.wait()
        except TimeoutError:
            return False
        return True

    async def _send_next(self, send: Callable[[bytes], Awaitable[None]]) -> None:
        self._interrupted = False
        try:
            shared = await self._follower.next()
        except SubscriptionEnded:
            if not self._interrupted:
                self.close(ENDED, "the room has no pictures any more")
            return
        if self.codec == "mjpeg":
            shared = self._follower.newest(shared)
        data = pack_picture(shared.picture)
        self._window.sent(shared.picture.picture_id, len(data), shared.picture.captured_s, self._clock())
        self._sent += 1
        self._adaptive.sees(shared)
        await send(data)

    def _adapt(self, report: Report | None, now: float) -> None:
        if report is not None:
            self._adaptive.observe(report, now)
