from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from py_remote_viewer.protocol.pictures import EncodedPicture
from py_remote_viewer.protocol.video_socket import PictureHeader, unpack_picture
from py_remote_viewer.stream.broadcast import QUEUE_PICTURES, Broadcast
from py_remote_viewer.stream.ws_video import ENDED, STALLED, VideoEnd, WsVideo


class Link:
    """A video over a broadcast whose encoder answers every request for an IDR; `got` is what went out."""

    def __init__(self, video: WsVideo, broadcast: Broadcast, idr_wanted: Callable[[], bool]) -> None:
        self.video = video
        self.broadcast = broadcast
        self.got: list[PictureHeader] = []
        self.running: asyncio.Task[VideoEnd]
        self.number = 0
        self._idr_wanted = idr_wanted

    async def send(self, data: bytes) -> None:
        self.got.append(unpack_picture(data)[0])

    async def publish(self, count: int = 1, *, idr: bool = False) -> None:
        """Pictures that a stream gives, each settled before the next."""
        for _ in range(count):
            self.number += 1
            is_idr = self._idr_wanted() or idr
            self.broadcast.publish(EncodedPicture(b"x" * 100, is_idr, 0, self.number, self.number / 60, 320, 180))
            await settled()

    async def ack(self, picture_id: int | None = None) -> None:
        self.video.acked(self.got[-1].picture_id if picture_id is None else picture_id)
        await settled()

    def unacked(self) -> int:
        return self.video.stats().under_way


async def settled() -> None:
    """Let everything run that can."""
    for _ in range(8):
        await asyncio.sleep(0)


@asynccontextmanager
async def link(*, stall_s: float = 10.0) -> AsyncIterator[Link]:
    wanted = [True]

    def idr_wanted() -> bool:
        was, wanted[0] = wanted[0], False
        return was

    broadcast = Broadcast(0, lambda: wanted.__setitem__(0, True))
    now = [0.0]

    def clock() -> float:
        now[0] += 0.001
        return now[0]

    made = Link(WsVideo("p1", "h264", broadcast.subscribe, clock=clock, stall_s=stall_s), broadcast, idr_wanted)
    made.running = asyncio.create_task(made.video.run(made.send))
    await settled()
    try:
        yield made
    finally:
        made.video.close(ENDED, "test")
        broadcast.close()
        async with asyncio.timeout(5):
            await made.running


async def test_pictures_flow_while_they_are_acknowledged() -> None:
    async with link() as one:
        for _ in range(50):
            await one.publish()
            await one.ack()
        assert [header.picture_id for header in one.got] == list(range(1, 51))
        stats = one.video.stats()
        assert (stats.pictures_sent, stats.pictures_dropped, stats.restarts) == (50, 0, 0)
        assert stats.transport == "WebSocket"
        assert stats.rtt_ms is not None


async def test_without_acknowledgements_it_stops_at_the_window_and_drops_the_rest() -> None:
    async with link() as one:
        await one.publish(40)
        stats = one.video.stats()
        assert len(one.got) == stats.under_way == stats.window
        assert stats.pictures_dropped >= QUEUE_PICTURES


async def test_after_a_drop_the_next_picture_is_an_idr_and_a_new_one() -> None:
    async with link() as one:
        await one.publish(40)
        before = len(one.got)
        await one.ack()
        await one.publish(3)
        async with asyncio.timeout(5):
            while len(one.got) == before:
                await one.publish()
        assert one.got[before].is_idr
        assert one.got[before].picture_id > 20, "the newest wins, what was missed stays missed"
        assert one.video.stats().restarts == 1


async def test_a_hidden_page_costs_nothing_and_begins_at_an_idr_again() -> None:
    async with link() as one:
        await one.publish(3)
        await one.ack()
        one.video.watch(False)
        await one.publish(30)
        assert len(one.got) == 3
        assert one.broadcast.stats().watchers == 0
        one.video.watch(True)
        await settled()
        await one.publish(2, idr=True)
        assert one.got[3].is_idr


async def test_a_refresh_goes_on_at_an_idr() -> None:
    async with link() as one:
        for _ in range(30):  # so many that none are kept for a replay
            await one.publish()
            await one.ack()
        one.video.refresh()
        await settled()
        await one.publish(1, idr=True)
        assert one.got[30].is_idr


async def test_a_page_that_stops_acknowledging_is_closed_with_a_reason() -> None:
    async with link(stall_s=0.02) as one:
        await one.publish(20)
        async with asyncio.timeout(5):
            end = await one.running
        assert end.code == STALLED
        assert "acknowledged" in end.reason


async def test_a_still_picture_is_no_stall() -> None:
    async with link(stall_s=0.02) as one:
        await one.publish(1)
        await asyncio.wait([one.running], timeout=0.06)
        assert not one.running.done()


async def test_it_ends_with_the_room() -> None:
    async with link() as one:
        await one.publish(1)
        one.broadcast.close()
        async with asyncio.timeout(5):
            assert (await one.running).code == ENDED


async def test_a_send_that_fails_ends_it_and_leaves_the_audience() -> None:
    async with link() as one:

        async def broken(data: bytes) -> None:
            raise ConnectionError

        other = WsVideo("p2", "h264", one.broadcast.subscribe)
        running = asyncio.create_task(other.run(broken))
        await settled()
        await one.publish(1)
        with pytest.raises(ConnectionError):
            await running
        assert one.broadcast.stats().watchers == 1


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(["picture", "burst", "idr", "ack", "ack something", "refresh"]), max_size=60))
def test_every_order_of_events_keeps_the_bound_and_the_decoding_order(events: list[str]) -> None:
    async def play() -> None:
        async with link() as one:
            for number, event in enumerate(events):
                if event == "picture":
                    await one.publish()
                elif event == "burst":
                    await one.publish(12)
                elif event == "idr":
                    await one.publish(idr=True)
                elif event == "refresh":
                    one.video.refresh()
                    await settled()
                elif event == "ack" and one.got:
                    await one.ack()
                else:
                    await one.ack(number)
                stats = one.video.stats()
                assert stats.under_way <= stats.window
            assert all(header.is_idr for header in one.got[:1])
            for before, after in pairwise(one.got):
                follows = after.picture_id == before.picture_id + 1
                assert follows or after.is_idr, "a gap that does not end at an IDR cannot be decoded"

    asyncio.run(play())
