from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from itertools import pairwise

import pytest

from py_remote_viewer.clock import now_s
from py_remote_viewer.protocol.pictures import EncodedPicture
from py_remote_viewer.stream.broadcast import (
    QUEUE_PICTURES,
    REPLAY_PICTURES,
    Broadcast,
    Subscription,
    SubscriptionEnded,
)
from py_remote_viewer.stream.idr_gate import GAP_S
from tests.stream.loopback import pictures


class Engine:
    """Counts requests and answers each with an IDR when told to publish."""

    def __init__(self) -> None:
        self.requests = 0
        self.asked = asyncio.Event()
        self._force = False
        self._numbers = iter(range(1_000_000))

    def request_idr(self) -> None:
        self.requests += 1
        self.asked.set()
        self._force = True

    def picture(self) -> EncodedPicture:
        is_idr, self._force = self._force, False
        (picture,) = pictures(1, idr_at=(0,) if is_idr else ())
        return EncodedPicture(picture.data, is_idr, 0, next(self._numbers), 0.0, 320, 180)


@pytest.fixture
def engine() -> Engine:
    return Engine()


@pytest.fixture
async def broadcast(engine: Engine) -> AsyncIterator[Broadcast]:
    made = Broadcast(0, engine.request_idr)
    yield made
    made.close()


async def taken(subscription: Subscription) -> list[EncodedPicture]:
    """What is there now."""
    got = []
    while True:
        try:
            async with asyncio.timeout(0):
                got.append((await subscription.next()).picture)
        except TimeoutError:
            return got


async def take(subscription: Subscription, count: int) -> list[EncodedPicture]:
    async with asyncio.timeout(5):
        return [(await subscription.next()).picture for _ in range(count)]


async def waiting(subscription: Subscription) -> asyncio.Task[EncodedPicture]:
    """Somebody who waits for the next picture already."""

    async def one() -> EncodedPicture:
        return (await subscription.next()).picture

    task = asyncio.create_task(one())
    await asyncio.sleep(0)
    return task


async def test_a_joiner_gets_nothing_until_an_idr(broadcast: Broadcast, engine: Engine) -> None:
    for _ in range(3):
        broadcast.publish(engine.picture())
    subscription = broadcast.subscribe()
    joiner = await waiting(subscription)
    assert engine.requests == 1
    broadcast.publish(engine.picture())
    assert (await joiner).is_idr
    broadcast.publish(engine.picture())
    assert [picture.is_idr for picture in await take(subscription, 1)] == [False]


async def test_a_joiner_shortly_after_an_idr_starts_from_it_without_a_new_one(
    broadcast: Broadcast, engine: Engine
) -> None:
    broadcast.subscribe()
    engine.request_idr()
    for _ in range(REPLAY_PICTURES):
        broadcast.publish(engine.picture())
    joiner = broadcast.subscribe()
    first = await take(joiner, 1)
    for _ in range(QUEUE_PICTURES):
        broadcast.publish(engine.picture())
    numbers = [picture.picture_id for picture in first + await take(joiner, REPLAY_PICTURES + QUEUE_PICTURES - 1)]
    assert first[0].is_idr
    assert numbers == list(range(REPLAY_PICTURES + QUEUE_PICTURES))
    assert engine.requests == 1
    assert broadcast.stats().replayed == 1


async def test_pictures_are_kept_for_joiners_only_while_they_are_few(broadcast: Broadcast, engine: Engine) -> None:
    broadcast.subscribe()
    engine.request_idr()
    for _ in range(REPLAY_PICTURES + 1):
        broadcast.publish(engine.picture())
    joiner = await waiting(broadcast.subscribe())
    assert engine.requests == 2
    broadcast.publish(engine.picture())
    assert (await joiner).is_idr


@pytest.mark.parametrize(("away_s", "replayed"), [(GAP_S / 2, 1), (GAP_S * 2, 0)])
async def test_old_pictures_are_not_shown_after_nobody_watched_for_a_while(
    broadcast: Broadcast, engine: Engine, monkeypatch: pytest.MonkeyPatch, away_s: float, replayed: int
) -> None:
    now = now_s()
    monkeypatch.setattr("py_remote_viewer.stream.broadcast.now_s", lambda: now)
    first = broadcast.subscribe()
    engine.request_idr()
    broadcast.publish(engine.picture())
    first.close()
    now += away_s
    joiner = await waiting(broadcast.subscribe())
    assert joiner.done() is bool(replayed)
    broadcast.publish(engine.picture())
    assert (await joiner).picture_id == 1 - replayed
    assert broadcast.stats().replayed == replayed


async def test_a_slow_peer_loses_its_backlog_and_starts_again_at_an_idr(broadcast: Broadcast, engine: Engine) -> None:
    slow, quick = broadcast.subscribe(), broadcast.subscribe()
    engine.request_idr()
    broadcast.publish(engine.picture())
    await take(slow, 1)
    seen = await take(quick, 1)
    for _ in range(REPLAY_PICTURES + QUEUE_PICTURES + 5):
        broadcast.publish(engine.picture())
        seen += await take(quick, 1)
    assert [picture.picture_id for picture in seen] == list(range(len(seen)))
    assert quick.dropped == 0
    assert slow.dropped == QUEUE_PICTURES + 1
    assert engine.requests == 1, "a peer that does not read costs no IDR"
    engine.asked.clear()
    again = await waiting(slow)
    async with asyncio.timeout(5):
        await engine.asked.wait()
    broadcast.publish(engine.picture())
    assert (await again).is_idr


async def test_what_a_peer_gets_is_always_decodable(broadcast: Broadcast, engine: Engine) -> None:
    """Whatever is dropped, every picture that is no IDR follows the one before it."""
    subscription = broadcast.subscribe()
    got: list[EncodedPicture] = []
    for number in range(400):
        if number % 50 == 10:
            engine.request_idr()
        broadcast.publish(engine.picture())
        if (number // 12) % 3:
            got += await taken(subscription)
    assert len(got) > 50
    for before, after in pairwise(got):
        assert after.is_idr or after.picture_id == before.picture_id + 1
    assert got[0].is_idr
    assert subscription.dropped > 0


async def test_forty_joins_in_a_second_cost_at_most_three_idrs(engine: Engine) -> None:
    broadcast = Broadcast(0, engine.request_idr)
    loop = asyncio.get_running_loop()
    began = loop.time()
    joined = []
    for join in range(40):
        joined.append(await waiting(broadcast.subscribe()))
        while loop.time() - began < (join + 1) / 40:
            broadcast.publish(engine.picture())
            await asyncio.sleep(1 / 60)
    assert engine.requests <= 3
    async with asyncio.timeout(5):
        assert all(picture.is_idr for picture in await asyncio.gather(*joined))
    broadcast.close()


async def test_a_remembered_request_comes_through_even_when_nothing_is_published(
    broadcast: Broadcast, engine: Engine
) -> None:
    broadcast.need_idr()
    broadcast.publish(engine.picture())
    engine.asked.clear()
    broadcast.need_idr()
    assert engine.requests == 1
    async with asyncio.timeout(5):
        await engine.asked.wait()
    assert engine.requests == 2


async def test_demand_is_told_when_the_first_comes_and_the_last_goes(engine: Engine) -> None:
    told: list[bool] = []
    broadcast = Broadcast(0, engine.request_idr, on_demand=told.append)
    one, two = broadcast.subscribe(), broadcast.subscribe()
    one.close()
    one.close()
    assert told == [True]
    two.close()
    assert told == [True, False]


async def test_closing_wakes_those_who_wait(engine: Engine) -> None:
    broadcast = Broadcast(0, engine.request_idr)
    joiner = await waiting(broadcast.subscribe())
    broadcast.close()
    with pytest.raises(SubscriptionEnded):
        await joiner
