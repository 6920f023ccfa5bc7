"""The fan-out of a room: a broadcast for each rung of the ladder, and those who follow them.

Which rungs are in use is what their audiences say, and the engine is asked for exactly these.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from py_remote_viewer.protocol.engine_messages import RungSpec
from py_remote_viewer.protocol.pictures import Codec, EncodedPicture
from py_remote_viewer.stream.broadcast import Broadcast, BroadcastStats
from py_remote_viewer.stream.follower import Follower
from py_remote_viewer.stream.rung_rate import RungRate
from py_remote_viewer.stream.rungs import Ladder


@dataclass(frozen=True, slots=True)
class RungStats(BroadcastStats):
    """Counts of one rung since the room opened, and its bitrate ceiling now."""

    rung: int
    codec: str
    height: int
    fps: int
    bitrate_bps: int


@dataclass(frozen=True, slots=True)
class FanoutStats:
    """Sums over all rungs, as in `BroadcastStats`, and each rung that ever had a peer."""

    published: int
    delivered: int
    dropped: int
    idr_asked: int
    idr_requested: int
    replayed: int
    watchers: int
    unwatched: int
    rungs: tuple[RungStats, ...]


class RungFanout:
    """Pictures in, followers out. Event loop only.

    Args:
        ladder: the rungs there are.
        request_idr: makes the next picture of a rung an IDR, and makes one soon even when nothing moves.
        on_demand: called when `in_use` has changed.
    """

    def __init__(self, ladder: Ladder, request_idr: Callable[[int], None], on_demand: Callable[[], None]) -> None:
        self.ladder = ladder
        self._on_demand = on_demand
        self._specs = {spec.rung: spec for spec in ladder.all}
        self._rates = {spec.rung: RungRate(spec.bitrate_bps) for spec in ladder.all}
        self._broadcasts = {
            rung: Broadcast(rung, partial(request_idr, rung), lambda _watched: self._on_demand())
            for rung in self._specs
        }
        self._followers: set[Follower] = set()
        self._unwatched = 0

    def publish(self, picture: EncodedPicture) -> None:
        """Hand `picture` to everybody on its rung. Never waits. One that comes after the last peer left is dropped."""
        broadcast = self._broadcasts.get(picture.rung)
        if broadcast is None or not broadcast.has_audience:
            self._unwatched += 1
            return
        broadcast.publish(picture)

    def follow(self, codec: Codec, on_moved: Callable[[int, bool], None] = lambda place, is_down: None) -> Follower:
        """A watcher for the rungs of `codec`, on the best one; `on_moved` is told its new place, and whether that is lower."""
        follower = Follower(self, codec, on_moved)
        self._followers.add(follower)
        return follower

    def broadcast(self, rung: int) -> Broadcast:
        """The pictures of `rung`."""
        return self._broadcasts[rung]

    def need_idr(self) -> None:
        """Somebody, who is not known, cannot decode: IDRs on every rung in use."""
        for broadcast in self._broadcasts.values():
            if broadcast.has_audience:
                broadcast.need_idr()

    def bitrate_bps(self, rung: int) -> int:
        """Ceiling of `rung` now, bit/s."""
        return self._rates[rung].bitrate_bps

    def in_use(self) -> tuple[RungSpec, ...]:
        """The rungs that have anybody on them, with the bitrates that they should have now."""
        return tuple(
            spec.model_copy(update={"bitrate_bps": self._rates[rung].bitrate_bps})
            for rung, spec in self._specs.items()
            if self._broadcasts[rung].has_audience
        )

    def adapt(self, now: float) -> None:
        """Let the bitrates follow the links of those who watch. Call about twice a second (`now`: seconds, monotonic)."""
        before = self.in_use()
        for rung in self._specs:
            self._adapt(rung, now)
        if self.in_use() != before:
            self._on_demand()

    def stats(self) -> FanoutStats:
        """Counts now."""
        rungs = [self._stats_of(rung) for rung in self._specs]
        return FanoutStats(
            published=sum(each.published for each in rungs),
            delivered=sum(each.delivered for each in rungs),
            dropped=sum(each.dropped for each in rungs),
            idr_asked=sum(each.idr_asked for each in rungs),
            idr_requested=sum(each.idr_requested for each in rungs),
            replayed=sum(each.replayed for each in rungs),
            watchers=sum(each.watchers for each in rungs),
            unwatched=self._unwatched,
            rungs=tuple(each for each in rungs if each.published or each.watchers),
        )

    def close(self) -> None:
        """End every subscription. Idempotent."""
        for broadcast in self._broadcasts.values():
            broadcast.close()

    def _adapt(self, rung: int, now: float) -> None:
        links = [follower.link_bps for follower in self._followers if follower.rung == rung and follower.is_watching]
        self._rates[rung].follow(links, now, in_use=self._broadcasts[rung].has_audience)

    def _stats_of(self, rung: int) -> RungStats:
        spec, counts = self._specs[rung], self._broadcasts[rung].stats()
        return RungStats(
            published=counts.published,
            delivered=counts.delivered,
            dropped=counts.dropped,
            idr_asked=counts.idr_asked,
            idr_requested=counts.idr_requested,
            replayed=counts.replayed,
            watchers=counts.watchers,
            rung=rung,
            codec=spec.codec,
            height=spec.height,
            fps=spec.fps,
            bitrate_bps=self._rates[rung].bitrate_bps,
        )

    def _prepare(self, rung: int, link_bps: float | None) -> None:
        """Somebody with this link comes to `rung`: if nobody is on it yet, its encoder opens at what the link carries."""
        if not self._broadcasts[rung].has_audience:
            self._rates[rung].follow([link_bps], 0.0, in_use=False)

    def _forget(self, follower: Follower) -> None:
        self._followers.discard(follower)
