"""One encode, fanned out: every picture of a rung goes to all who watch it, and no slow one among them holds up the rest.

All on the event loop. A subscriber pulls; its queue is bounded, and when it is full the pictures in it are of no use any
more (each needs the one before), so it is emptied and starts again at an IDR.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType

from py_remote_viewer.clock import now_s
from py_remote_viewer.protocol.pictures import EncodedPicture
from py_remote_viewer.stream.idr_gate import GAP_S, IdrGate
from py_remote_viewer.stream.packetize import SharedPicture

QUEUE_PICTURES = 6  # 0.1 s at 60 Hz: later than that, an IDR is sooner there than the backlog
REPLAY_PICTURES = 24  # 0.4 s at 60 Hz, about the gap in which no further IDR is made
REPLAY_BYTES = 300_000  # a burst of that size at a join is what a common receive buffer and link queue take


@dataclass(frozen=True, slots=True)
class BroadcastStats:
    """Counts since the broadcast was made.

    Attributes:
        published: pictures that came from the engine.
        delivered: pictures taken by subscribers, summed.
        dropped: pictures that full queues threw away, summed.
        idr_asked: reasons to want an IDR: joins, losses, overflows.
        idr_requested: IDRs asked of the encoder.
        replayed: starts from kept pictures, without a new IDR.
        watchers: subscribers now.
    """

    published: int
    delivered: int
    dropped: int
    idr_asked: int
    idr_requested: int
    replayed: int
    watchers: int


class Broadcast:
    """The pictures of one rung.

    Args:
        rung: whose pictures these are; others are refused as a bug.
        request_idr: makes the encoder's next picture an IDR, and makes one soon even when nothing moves.
        on_demand: told True when the first subscriber comes and False when the last one has gone.
    """

    def __init__(
        self, rung: int, request_idr: Callable[[], None], on_demand: Callable[[bool], None] | None = None
    ) -> None:
        self.rung = rung
        self._request = request_idr
        self._on_demand = on_demand
        self._gate = IdrGate()
        self._timer: asyncio.TimerHandle | None = None
        self._subscriptions: set[Subscription] = set()
        self._since_idr: list[SharedPicture] = []
        self._since_idr_bytes = 0
        self._left_at = self._published_at = now_s()
        self._published = self._delivered = self._dropped = 0
        self._idr_asked = self._idr_requested = self._replayed = 0

    def publish(self, picture: EncodedPicture) -> None:
        """Hand `picture` to everybody who watches. Never waits."""
        assert picture.rung == self.rung, f"picture of rung {picture.rung} in the broadcast of rung {self.rung}"
        self._published += 1
        self._published_at = now_s()
        shared = SharedPicture(picture)
        if picture.is_idr:
            self._gate.arrived()
            self._arm()
        self._keep(shared)
        for subscription in self._subscriptions:
            subscription._offer(shared)

    def silence_s(self) -> float:
        """Seconds since the newest picture."""
        return now_s() - self._published_at

    def subscribe(self, wake: asyncio.Event | None = None, *, replay: bool = True) -> Subscription:
        """A place in the audience. It gets nothing until it first asks for a picture, and then starts at an IDR.

        Args:
            wake: set when there may be something to take; for one reader of several subscriptions.
            replay: whether it may start at once with kept pictures, in one burst, or must wait for the next IDR.
        """
        subscription = Subscription(self, wake or asyncio.Event(), replay=replay)
        self._subscriptions.add(subscription)
        if len(self._subscriptions) == 1:
            if now_s() - self._left_at > GAP_S:
                self._since_idr = []  # with nobody watching no pictures are made, so these are old
            if self._on_demand is not None:
                self._on_demand(True)
        return subscription

    @property
    def has_audience(self) -> bool:
        """Whether anybody is subscribed."""
        return bool(self._subscriptions)

    def need_idr(self) -> None:
        """A peer cannot decode what it has (join, PLI, FIR): request an IDR, now or when the gap allows it."""
        self._idr_asked += 1
        if self._gate.ask(now_s()):
            self._idr_requested += 1
            self._request()
        self._arm()

    def stats(self) -> BroadcastStats:
        """Counts now."""
        return BroadcastStats(
            published=self._published,
            delivered=self._delivered,
            dropped=self._dropped,
            idr_asked=self._idr_asked,
            idr_requested=self._idr_requested,
            replayed=self._replayed,
            watchers=len(self._subscriptions),
        )

    def close(self) -> None:
        """End every subscription; those who wait for a picture get `SubscriptionEnded`. Idempotent."""
        for subscription in list(self._subscriptions):
            subscription.close()
        self._disarm()

    def _keep(self, shared: SharedPicture) -> None:
        """Keep the pictures since the last IDR while they are few: a decodable start for the next who joins."""
        if shared.picture.is_idr:
            self._since_idr, self._since_idr_bytes = [shared], len(shared.picture.data)
        elif self._since_idr:
            self._since_idr.append(shared)
            self._since_idr_bytes += len(shared.picture.data)
            if len(self._since_idr) > REPLAY_PICTURES or self._since_idr_bytes > REPLAY_BYTES:
                self._since_idr = []

    def _start(self, *, replay: bool) -> list[SharedPicture]:
        """What a starting subscriber gets at once; when that is nothing, an IDR is under way."""
        if not replay:
            self.need_idr()
            return []
        if self._since_idr:
            self._replayed += 1
        else:
            self.need_idr()
        return list(self._since_idr)

    def _leave(self, subscription: Subscription) -> None:
        if subscription not in self._subscriptions:
            return
        self._subscriptions.discard(subscription)
        if not self._subscriptions:
            self._left_at = now_s()
            if self._on_demand is not None:
                self._on_demand(False)

    def _arm(self) -> None:
        """One timer, for the request that the gate remembers."""
        due = self._gate.due_at()
        if due is None:
            self._disarm()
        elif self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(max(0.0, due - now_s()), self._ring)

    def _ring(self) -> None:
        self._timer = None
        if self._gate.fire(now_s()):
            self._idr_requested += 1
            self._request()
        self._arm()

    def _disarm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


class SubscriptionEnded(Exception):
    """The subscription was closed while, or before, somebody waited for its next picture."""


class Subscription:
    """One watcher's bounded queue. Made by `Broadcast.subscribe`; one reader."""

    def __init__(self, broadcast: Broadcast, wake: asyncio.Event, *, replay: bool) -> None:
        self._broadcast = broadcast
        self._replay = replay
        self._queue: deque[SharedPicture] = deque()
        self._bound = QUEUE_PICTURES
        self._flowing = False  # what is offered continues what was taken
        self._starting = False  # waits for an IDR
        self._closed = False
        self._wake = wake
        self.delivered = 0
        self.dropped = 0

    @property
    def is_closed(self) -> bool:
        """Whether there will be no more pictures."""
        return self._closed

    @property
    def has_picture(self) -> bool:
        """Whether `take` would give one."""
        return bool(self._queue)

    def start(self) -> None:
        """Ask for the start of the flow, unless it flows or is asked for already."""
        if not self._closed and not self._flowing and not self._starting and not self._queue:
            self._start()

    def take(self) -> SharedPicture | None:
        """The next picture in decoding order, if it is there."""
        if not self._queue:
            return None
        self.delivered += 1
        self._broadcast._delivered += 1
        shared = self._queue.popleft()
        if not self._queue:
            self._bound = QUEUE_PICTURES  # what was replayed has been taken
        return shared

    async def next(self) -> SharedPicture:
        """The next picture in decoding order.

        The first call, and the first one after an overflow, starts the flow: only a reader that is alive costs an IDR.

        Raises:
            SubscriptionEnded: closed.
        """
        while not self._closed:
            shared = self.take()
            if shared is not None:
                return shared
            self.start()
            if not self._queue:
                self._wake.clear()
                await self._wake.wait()
        raise SubscriptionEnded

    def close(self) -> None:
        """Leave. Idempotent."""
        self._closed = True
        self._queue.clear()
        self._wake.set()
        self._broadcast._leave(self)

    def __enter__(self) -> Subscription:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _start(self) -> None:
        replay = self._broadcast._start(replay=self._replay)
        self._replay = True
        self._queue.extend(replay)
        self._bound = QUEUE_PICTURES + len(replay)
        self._flowing = bool(replay)
        self._starting = not replay

    def _offer(self, shared: SharedPicture) -> None:
        if shared.picture.is_idr and self._starting:
            self._flowing, self._starting = True, False
        if not self._flowing:
            return
        if len(self._queue) >= self._bound:
            self._drop(shared)
            return
        self._queue.append(shared)
        self._wake.set()

    def _drop(self, shared: SharedPicture) -> None:
        lost = len(self._queue) + 1
        self._queue.clear()
        self.dropped += lost
        self._broadcast._dropped += lost
        self._flowing = False
