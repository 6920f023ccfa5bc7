"""The fan-out of a room and those who follow its rungs, without a network."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from py_remote_viewer.stream.broadcast import QUEUE_PICTURES, SubscriptionEnded
from py_remote_viewer.stream.follower import Follower
from py_remote_viewer.stream.rung_fanout import RungFanout
from tests.stream.loopback import LADDER, pictures


class Source:
    """Publishes pictures by hand."""

    def __init__(self) -> None:
        self.idrs: list[int] = []
        self.demands: list[tuple[int, ...]] = []
        self.fanout = RungFanout(LADDER, self.idrs.append, lambda: self.demands.append(self.in_use()))
        self._number = 0

    def in_use(self) -> tuple[int, ...]:
        return tuple(spec.rung for spec in self.fanout.in_use())

    def publish(self, rung: int, *, idr: bool = False) -> int:
        self._number += 1
        [made] = pictures(1, idr_at=(0,) if idr else ())
        self.fanout.publish(replace(made, rung=rung, picture_id=self._number, captured_s=self._number / 60))
        return self._number


async def take(follower: Follower) -> tuple[int, int]:
    """Rung and number of the next picture, which must be there."""
    async with asyncio.timeout(5):
        picture = (await follower.next()).picture
    return picture.rung, picture.picture_id


async def nothing_comes(follower: Follower) -> None:
    task = asyncio.ensure_future(follower.next())
    for _ in range(5):
        await asyncio.sleep(0)
    assert not task.done()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def watching(source: Source, on_moved: Callable[[int, bool], None] = lambda place, down: None) -> Follower:
    """A follower that has taken the first IDR of the top rung."""
    follower = source.fanout.follow("h264", on_moved)
    await nothing_comes(follower)
    first = source.publish(0, idr=True)
    assert await take(follower) == (0, first)
    return follower


async def test_the_old_rung_flows_until_the_new_one_can_be_decoded() -> None:
    source, moved = Source(), []
    follower = await watching(source, lambda place, down: moved.append((place, down)))
    follower.move(2)
    assert source.in_use() == (0, 2)
    assert source.idrs == [0, 2]
    old = source.publish(0)
    source.publish(2)  # needs what was before
    assert await take(follower) == (0, old)
    source.publish(0)
    new = source.publish(2, idr=True)
    assert await take(follower) == (2, new)
    assert (follower.rung, source.in_use(), moved) == (2, (2,), [(2, True)])
    follower.move(0)
    back = source.publish(0, idr=True)
    assert await take(follower) == (0, back)
    assert moved[-1] == (0, False)
    follower.close()
    assert source.in_use() == ()
    assert source.demands[-1] == ()


async def test_a_second_thought_replaces_the_first() -> None:
    source = Source()
    follower = await watching(source)
    follower.move(2)
    follower.move(1)
    assert source.in_use() == (0, 1)
    source.publish(2, idr=True)
    follower.move(0)
    assert source.in_use() == (0,)
    source.publish(1, idr=True)
    old = source.publish(0)
    assert await take(follower) == (0, old)


async def test_losses_while_moving_wait_for_the_idr_under_way() -> None:
    source = Source()
    follower = await watching(source)
    follower.move(1)
    asked = source.fanout.stats().idr_asked
    follower.need_idr()
    assert source.fanout.stats().idr_asked == asked
    for _ in range(2 * QUEUE_PICTURES):
        source.publish(0)
    assert follower.dropped > 0
    new = source.publish(1, idr=True)
    assert await take(follower) == (1, new)
    assert source.fanout.stats().idr_asked == asked, "an overflow of the rung that is left asks for nothing"
    follower.need_idr()
    assert source.fanout.stats().idr_asked == asked + 1


async def test_a_pause_leaves_every_rung_and_keeps_the_place() -> None:
    source = Source()
    follower = await watching(source)
    follower.move(1)
    follower.pause()
    assert source.in_use() == ()
    follower.move(2)
    assert follower.rung == 2
    await nothing_comes(follower)
    assert source.in_use() == (2,)
    first = source.publish(2, idr=True)
    assert await take(follower) == (2, first)


async def test_who_waits_hears_that_it_is_over() -> None:
    source = Source()
    waiting = source.fanout.follow("vp8")
    task = asyncio.ensure_future(waiting.next())
    await asyncio.sleep(0)
    source.fanout.close()
    with pytest.raises(SubscriptionEnded):
        await task
    waiting.close()
    waiting.close()
    waiting.move(1)
    with pytest.raises(SubscriptionEnded):
        await waiting.next()


async def test_pictures_that_nobody_is_there_for_are_dropped_and_counted() -> None:
    source = Source()
    source.publish(0, idr=True)
    source.publish(15, idr=True)
    assert source.fanout.stats().unwatched == 2
    source.fanout.need_idr()
    assert source.idrs == []


async def test_a_rung_opens_at_what_the_one_who_comes_can_take_and_follows_later() -> None:
    source = Source()
    follower = await watching(source)
    follower.link_bps = 3_000_000
    source.fanout.adapt(100.0)
    assert source.fanout.bitrate_bps(0) == 2_400_000
    assert source.fanout.in_use()[0].bitrate_bps == 2_400_000
    assert source.demands[-1] == (0,)
    others = [source.fanout.follow("h264") for _ in range(2)]
    for other in others:
        assert (await take(other))[0] == 0, "from the pictures that were kept"
    source.fanout.adapt(120.0)
    assert source.fanout.bitrate_bps(0) == 4_000_000, "one narrow link among three drags nobody down"
    follower.link_bps = 1_000_000
    follower.move(1)
    assert source.fanout.bitrate_bps(1) == 800_000
    source.fanout.need_idr()
    for other in others:
        other.close()


@given(
    st.lists(st.sampled_from(["move0", "move1", "move2", "idr0", "idr1", "idr2", "p0", "p1", "p2", "take", "pause"]))
)
def test_in_any_order_of_events_every_picture_can_be_decoded(events: list[str]) -> None:
    asyncio.run(_in_order(events))


async def _in_order(events: list[str]) -> None:
    source = Source()
    follower = source.fanout.follow("h264")
    newest: dict[int, int] = {}  # of each rung, the picture before the next one
    needs: dict[int, int | None] = {}
    last: tuple[int, int] | None = None
    for event in [*events, "take", "take"]:
        if event.startswith("move"):
            follower.move(int(event[-1]))
        elif event == "pause":
            follower.pause()
            last = None
        elif event == "take":
            task = asyncio.ensure_future(follower.next())
            for _ in range(3):
                await asyncio.sleep(0)
            if task.done():
                picture = task.result().picture
                before = needs[picture.picture_id]
                assert before is None or last == (picture.rung, before)
                last = (picture.rung, picture.picture_id)
            else:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)
        else:
            rung, idr = int(event[-1]), event.startswith("idr")
            before = newest.get(rung)
            number = source.publish(rung, idr=idr or before is None)
            needs[number] = None if idr or before is None else before
            newest[rung] = number
    assert len(source.in_use()) <= 2
    follower.close()
    source.fanout.close()
    assert source.in_use() == ()
