"""Pictures over a WebSocket: the same encoded bytes as over WebRTC, for browsers and networks where that does not work.

Back-pressure is by acknowledgement. While too much is under way nothing is taken from the subscription; its short queue then
overflows and is emptied, and what comes next is an IDR: the newest picture wins, and no queue grows. A link that is too
slow for its rung would ask for one IDR after another, which everybody on that rung pays; so after an overflow the link
must first have brought all that was under way, and starts over less and less often.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from py_remote_viewer.clock import now_s
from py_remote_viewer.protocol.pictures import Codec
from py_remote_viewer.protocol.video_socket import pack_picture
from py_remote_viewer.stream.ack_window import AckWindow
from py_remote_viewer.stream.broadcast import Subscription, SubscriptionEnded
from py_remote_viewer.stream.packetize import SharedPicture

log = logging.getLogger(__name__)

STALLED = 4008
REPLACED = 4009
ENDED = 4010
STALL_S = 10.0
FIRST_PAUSE_S = 0.25
LONGEST_PAUSE_S = 2.0
CLEAN_S = 10.0


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
        fraction_lost: None, because TCP hides it.
        fps, bitrate_bps: acknowledged over the last 2 s.
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
    pictures_sent: int = 0
    bytes_sent: int = 0
    pictures_dropped: int = 0
    restarts: int = 0
    under_way: int = 0
    window: int = 0


class WsVideo:
    """Sends one peer's pictures until closed. Event loop only; `run` has one caller.

    Args:
        subscribe: a place in the audience of the pictures that this peer gets.
    """

    def __init__(
        self,
        peer_id: str,
        codec: Codec,
        subscribe: Callable[[], Subscription],
        *,
        clock: Callable[[], float] = now_s,
        stall_s: float = STALL_S,
    ) -> None:
        self.peer_id = peer_id
        self.codec: Codec = codec
        self.end: VideoEnd | None = None
        self._subscribe = subscribe
        self._clock = clock
        self._stall_s = stall_s
        self._window = AckWindow()
        self._subscription: Subscription | None = None
        self._visible = True
        self._wake = asyncio.Event()
        self._pause_s = FIRST_PAUSE_S
        self._overflowed_s = float("-inf")
        self._seen_dropped = self._dropped_before = 0
        self._sent = self._sent_bytes = self._restarts = self._rung = 0

    async def run(self, send: Callable[[bytes], Awaitable[None]]) -> VideoEnd:
        """Send until closed, by `close` or because the page stopped acknowledging; returns why."""
        try:
            while self.end is None:
                subscription = await self._may_send()
                if subscription is None:
                    continue
                try:
                    shared = await subscription.next()
                except SubscriptionEnded:
                    if subscription is self._subscription:
                        self.close(ENDED, "the room has no pictures any more")
                    continue
                await self._send(shared, send)
        finally:
            self._unsubscribe()
        return self.end

    def acked(self, picture_id: int) -> None:
        """The page has `picture_id` and all before it."""
        if self._window.acked(picture_id, self._clock()):
            self._wake.set()

    def watch(self, visible: bool) -> None:
        """Whether the page wants pictures now. Until told otherwise it does."""
        self._visible = visible
        if not visible:
            self._unsubscribe()
        self._wake.set()

    def refresh(self) -> None:
        """The page cannot decode what it has: go on at an IDR."""
        self._unsubscribe()
        self._wake.set()

    def close(self, code: int, reason: str) -> None:
        """End `run`. Idempotent; the first reason wins."""
        if self.end is None:
            self.end = VideoEnd(code, reason)
        self._unsubscribe()
        self._wake.set()

    def stats(self) -> WsVideoStats:
        """Counts and newest measurements."""
        window, now = self._window, self._clock()
        return WsVideoStats(
            state="connected" if self.end is None else "closed",
            codec=self.codec,
            rung=self._rung,
            rtt_ms=None if window.rtt_s is None else window.rtt_s * 1000,
            fps=window.fps(now),
            bitrate_bps=window.rate_bps(now),
            pictures_sent=self._sent,
            bytes_sent=self._sent_bytes,
            pictures_dropped=self._dropped_before + (self._subscription.dropped if self._subscription else 0),
            restarts=self._restarts,
            under_way=window.pictures,
            window=window.limit,
        )

    async def _may_send(self) -> Subscription | None:
        """The subscription, when a picture may be taken from it and sent; None after a wait, to look again."""
        if not self._visible:
            await self._woken()
            return None
        if not self._window.has_room:
            await self._progress()
            return None
        subscription = self._subscription
        if subscription is None:
            subscription = self._subscription = self._subscribe()
            self._seen_dropped = 0
        elif subscription.dropped > self._seen_dropped:
            self._seen_dropped = subscription.dropped
            await self._recover()
            return None
        return subscription

    async def _recover(self) -> None:
        """After an overflow: let the link bring what is under way, and wait a little, longer when that does not last."""
        now = self._clock()
        lasted = now - self._overflowed_s > CLEAN_S
        self._pause_s = FIRST_PAUSE_S if lasted else min(LONGEST_PAUSE_S, self._pause_s * 2)
        self._overflowed_s = now
        self._restarts += 1
        while self._window.pictures and self._visible and self.end is None:
            await self._progress()
        await self._woken(within_s=0.0 if lasted else self._pause_s)

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

    async def _send(self, shared: SharedPicture, send: Callable[[bytes], Awaitable[None]]) -> None:
        data = pack_picture(shared.picture)
        self._window.sent(shared.picture.picture_id, len(data), shared.picture.captured_s, self._clock())
        self._sent += 1
        self._sent_bytes += len(data)
        self._rung = shared.picture.rung
        await send(data)

    def _unsubscribe(self) -> None:
        if self._subscription is not None:
            subscription, self._subscription = self._subscription, None
            self._dropped_before += subscription.dropped
            subscription.close()
