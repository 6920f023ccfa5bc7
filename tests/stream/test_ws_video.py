from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from py_remote_viewer.config import Settings
from py_remote_viewer.protocol.messages import StreamStatus
from py_remote_viewer.protocol.pictures import EncodedPicture
from py_remote_viewer.protocol.video_socket import PictureHeader, SocketCodec, unpack_picture
from py_remote_viewer.stream import ws_video
from py_remote_viewer.stream.ack_window import MOST_PICTURES
from py_remote_viewer.stream.broadcast import QUEUE_PICTURES
from py_remote_viewer.stream.rung_fanout import RungFanout
from py_remote_viewer.stream.rungs import MJPEG, ladder_of
from py_remote_viewer.stream.ws_video import ENDED, STALLED, VideoEnd, WsVideo


class Link:
    """A video socket over an engine that answers every request for an IDR; `got` is what went out."""

    def __init__(self, codec: SocketCodec, stall_s: float) -> None:
        self.now = 1000.0
        self.got: list[PictureHeader] = []
        self.sizes: dict[int, int] = {}
        self.told: list[StreamStatus] = []
        self.number = 0
        self._wanted: set[int] = set()
        self.fanout = RungFanout(ladder_of(Settings()), self._wanted.add, lambda: None)
        self.video = WsVideo(
            "p1", codec, self.fanout, on_rung=self.told.append, clock=lambda: self.now, stall_s=stall_s
        )
        self.running: asyncio.Task[VideoEnd]

    async def send(self, data: bytes) -> None:
        assert self.video.stats().under_way <= MOST_PICTURES
        self.got.append(unpack_picture(data)[0])
        self.sizes[self.got[-1].picture_id] = len(data)

    async def publish(self, count: int = 1, *, idr: bool = False, size: int = 100) -> None:
        """Pictures of every rung in use, 60 a second, each settled before the next; `size` is that of the top rung."""
        for _ in range(count):
            self.now += 1 / 60
            for spec in self.fanout.in_use():
                self.number += 1
                is_idr = idr or spec.codec == "mjpeg" or spec.rung in self._wanted
                self._wanted.discard(spec.rung)
                self.fanout.publish(
                    EncodedPicture(
                        bytes(size * spec.bitrate_bps // 4_000_000),
                        is_idr,
                        spec.rung,
                        self.number,
                        self.now,
                        320,
                        spec.height,
                        codec=spec.codec,
                    )
                )
            await settled()

    async def ack(self, picture_id: int | None = None) -> None:
        self.video.acked(self.got[-1].picture_id if picture_id is None else picture_id)
        await settled()

    @property
    def watchers(self) -> int:
        return self.fanout.stats().watchers


async def settled() -> None:
    """Let everything run that can."""
    for _ in range(8):
        await asyncio.sleep(0)


@asynccontextmanager
async def link(codec: SocketCodec = "h264", *, stall_s: float = 10.0) -> AsyncIterator[Link]:
    made = Link(codec, stall_s)
    made.running = asyncio.create_task(made.video.run(made.send))
    await settled()
    try:
        yield made
    finally:
        made.video.close(ENDED, "test")
        made.fanout.close()
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
        assert one.watchers == 0
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
        one.fanout.close()
        async with asyncio.timeout(5):
            assert (await one.running).code == ENDED


async def test_a_send_that_fails_ends_it_and_leaves_the_audience() -> None:
    async with link() as one:

        async def broken(data: bytes) -> None:
            raise ConnectionError

        other = WsVideo("p2", "h264", one.fanout)
        running = asyncio.create_task(other.run(broken))
        await settled()
        await one.publish(1)
        with pytest.raises(ConnectionError):
            await running
        assert one.watchers == 1


async def through(one: Link, bps: float, *, size: int, seconds: float) -> None:
    """Pictures through a link that carries `bps`: each is acknowledged when it has come out at the other end."""
    on_the_way: deque[tuple[float, int]] = deque()
    free_s, seen = 0.0, len(one.got)
    for number in range(round(60 * seconds)):
        await one.publish(size=size, idr=number % 20 == 0)  # the gate between requests goes by the loop's time
        for header in one.got[seen:]:
            free_s = max(free_s, one.now) + 8 * one.sizes[header.picture_id] / bps
            on_the_way.append((free_s, header.picture_id))
        seen = len(one.got)
        while on_the_way and on_the_way[0][0] <= one.now:
            await one.ack(on_the_way.popleft()[1])


async def test_a_narrow_link_is_moved_down_and_the_page_is_told_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ws_video, "LONGEST_PAUSE_S", 0.0)  # the pause goes by the loop's time, too
    async with link() as one:
        await through(one, 3e6, size=8300, seconds=6)  # 4 Mbit/s
        first, last = one.told[0], one.told[-1]
        assert (first.rung, first.reason) == (0, "start")
        assert last.rung == 1
        assert "Mb/s" in last.reason
        stats = one.video.stats()
        assert stats.rung == 1
        assert stats.rung_moves == 1
        assert {header.rung for header in one.got[-5:]} == {1}


async def test_a_wide_link_stays_on_top() -> None:
    async with link() as one:
        await through(one, 20e6, size=8300, seconds=6)
        assert [status.rung for status in one.told] == [0]
        assert one.video.stats().pictures_dropped == 0


async def test_jpeg_pictures_come_from_their_own_rung_and_need_no_start() -> None:
    async with link("mjpeg") as one:
        await one.publish(40)
        assert {header.rung for header in one.got} == {MJPEG}
        before = len(one.got)
        await one.ack()
        await one.publish()
        assert len(one.got) > before, "what was missed is not made up for"
        assert one.told[0].codec == "mjpeg"


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
            assert all(header.is_idr for header in one.got[:1])
            for before, after in pairwise(one.got):
                follows = after.picture_id == before.picture_id + 1
                assert follows or after.is_idr, "a gap that does not end at an IDR cannot be decoded"

    asyncio.run(play())
