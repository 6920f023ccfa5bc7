"""One watcher on the ladder: the pictures of one rung, and of another from the moment that one's IDR is there.

Both transports take their pictures from here. A move costs no gap: the old rung flows until the new one can be decoded.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from py_remote_viewer.protocol.engine_messages import RungSpec
from py_remote_viewer.protocol.pictures import Codec
from py_remote_viewer.stream.broadcast import Subscription, SubscriptionEnded
from py_remote_viewer.stream.packetize import SharedPicture

if TYPE_CHECKING:
    from py_remote_viewer.stream.rung_fanout import RungFanout


class Follower:
    """Made by `RungFanout.follow`; one reader. Event loop only.

    Attributes:
        codec: whose ladder it moves on.
        rungs: that ladder, best first.
        place: on it, of the rung whose pictures come.
        link_bps: what the reader's link was measured to carry; None: more than it gets. Set by the transport; the bitrate
            of the rung follows it.
        dropped: pictures thrown away because the reader was too slow.
    """

    def __init__(self, fanout: RungFanout, codec: Codec, on_moved: Callable[[int, bool], None]) -> None:
        self.codec = codec
        self.rungs: tuple[RungSpec, ...] = fanout.ladder.of(codec)
        self.place = 0
        self.link_bps: float | None = None
        self._fanout = fanout
        self._on_moved = on_moved
        self._wake = asyncio.Event()
        self._current: Subscription | None = None
        self._coming: Subscription | None = None
        self._coming_place = 0
        self._dropped_before = 0
        self._closed = False

    @property
    def dropped(self) -> int:
        """Pictures thrown away because the reader was too slow."""
        return self._dropped_before + (self._current.dropped if self._current else 0)

    @property
    def rung(self) -> int:
        """Number of the rung whose pictures come."""
        return self.rungs[self.place].rung

    @property
    def is_watching(self) -> bool:
        """Whether it is subscribed."""
        return self._current is not None

    def move(self, place: int) -> None:
        """Go to `place` on the ladder when its IDR is there; while nothing is watched, at once."""
        assert 0 <= place < len(self.rungs)
        self._drop_coming()
        if place == self.place or self._closed:
            return
        if self._current is None:
            self._arrive(place)
            return
        self._coming_place = place
        self._fanout._prepare(self.rungs[place].rung, self.link_bps)
        self._coming = self._fanout.broadcast(self.rungs[place].rung).subscribe(self._wake, replay=False)
        self._coming.start()

    def need_idr(self) -> None:
        """The reader cannot decode what it has."""
        if self._coming is None:  # otherwise an IDR is on its way
            self._fanout.broadcast(self.rung).need_idr()

    def silence_s(self) -> float:
        """Seconds since the newest picture of the rung that it reads."""
        return self._fanout.broadcast(self.rung).silence_s()

    def pause(self) -> None:
        """Watch nothing until `next` is called again."""
        self._drop_coming()
        if self._current is not None:
            self._dropped_before += self._current.dropped
            self._current.close()
            self._current = None

    async def next(self) -> SharedPicture:
        """The next picture, of one rung or the other, in decoding order. The first call starts the flow.

        Raises:
            SubscriptionEnded: closed or paused meanwhile, or the room is closing.
        """
        if self._closed:
            raise SubscriptionEnded
        if self._current is None:
            self._current = self._fanout.broadcast(self.rung).subscribe(self._wake)
        while (current := self._current) is not None:
            coming = self._coming
            if coming is not None and coming.has_picture:
                self._dropped_before += current.dropped
                current.close()
                self._current, self._coming = coming, None
                current = coming
                self._arrive(self._coming_place)
            shared = current.take()
            if shared is not None:
                return shared
            if current.is_closed:
                break
            if self._coming is None:
                current.start()
            if not current.has_picture:
                self._wake.clear()
                await self._wake.wait()
        raise SubscriptionEnded

    def newest(self, shared: SharedPicture) -> SharedPicture:
        """The last picture that is there already, else `shared`, which came from `next`; for pictures that stand alone."""
        while self._current is not None and (later := self._current.take()) is not None:
            shared = later
        return shared

    def close(self) -> None:
        """Leave. Idempotent; who waits in `next` gets `SubscriptionEnded`."""
        self.pause()
        self._closed = True
        self._wake.set()
        self._fanout._forget(self)

    def _arrive(self, place: int) -> None:
        is_down = place > self.place
        self.place = place
        self._on_moved(place, is_down)

    def _drop_coming(self) -> None:
        if self._coming is not None:
            self._coming.close()
            self._coming = None
