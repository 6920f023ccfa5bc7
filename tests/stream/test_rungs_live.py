"""Peers on rungs, for real: encoders for the rungs in use, connections of this machine, decoders at their end."""

from __future__ import annotations

import asyncio

import av
import numpy as np

from py_remote_viewer.protocol.messages import StreamStatus
from py_remote_viewer.stream.peer import WebRtcPeer
from tests.stream.loopback import HEIGHT, WIDTH, TinyEngine, until, viewer


def is_whole(picture: av.VideoFrame) -> bool:
    """Whether it shows one light bar on dark ground, and nothing that a broken reference leaves behind."""
    row = picture.to_ndarray(format="gray").astype(int)
    light, spread = int((row.mean(axis=0) > 130).sum()), row.std(axis=0).max()
    return 4 <= light <= 24 and spread < 25


async def test_a_peer_moves_to_another_rung_without_a_gap_or_a_broken_picture() -> None:
    engine = TinyEngine()
    told: list[StreamStatus] = []
    async with (
        engine.running() as fanout,
        viewer() as one,
        WebRtcPeer("one", fanout, on_rung=told.append) as peer,
    ):
        await one.connect(peer)
        times: list[float] = []
        sizes: list[int] = []
        for place in (1, 0, 2):
            for _ in range(15):
                picture = await one.picture()
                assert is_whole(picture)
                times.append(picture.time)
                sizes.append(picture.height)
            assert peer._adaptive is not None
            peer._adaptive.follower.move(place)
        async with asyncio.timeout(20):
            while sizes[-1] != HEIGHT - 64:
                picture = await one.picture()
                assert is_whole(picture)
                times.append(picture.time)
                sizes.append(picture.height)
        assert [status.rung for status in told] == [0, 1, 0, 2]
        assert (told[1].width, told[1].height, told[1].fps) == (WIDTH - 64, HEIGHT - 32, 60)
        steps = np.diff(times)
        assert (steps > 0).all(), "timestamps go on"
        assert peer.stats().plis == 0
        assert peer.stats().pictures_sent <= engine.calls
        assert peer.stats().rung_moves == 3
    assert engine.demands[-1] == ()


async def test_rungs_are_encoded_while_somebody_is_on_them_and_once_for_all() -> None:
    engine = TinyEngine()
    async with (
        engine.running() as fanout,
        viewer() as one,
        viewer() as two,
        viewer(vp8=True) as three,
        WebRtcPeer("one", fanout) as first,
        WebRtcPeer("two", fanout) as second,
        WebRtcPeer("three", fanout) as third,
    ):
        await asyncio.gather(one.connect(first), two.connect(second), three.connect(third))
        await asyncio.gather(one.picture(), two.picture(), three.picture())
        assert [spec.rung for spec in fanout.in_use()] == [0, 4]
        assert second._adaptive is not None
        second._adaptive.follower.move(1)
        await until(lambda: second.stats().rung == 1)
        assert [spec.rung for spec in fanout.in_use()] == [0, 1, 4]
        calls, pictures = engine.calls, engine.pictures
        await until(lambda: engine.pictures >= pictures + 10)
        assert engine.calls - calls == 3 * (engine.pictures - pictures)
        await third.close()
        assert [spec.rung for spec in fanout.in_use()] == [0, 1]


async def test_a_viewer_without_h264_gets_vp8_and_decodes_it() -> None:
    engine = TinyEngine()
    info: list[str] = []
    async with (
        engine.running() as fanout,
        viewer(vp8=True) as one,
        WebRtcPeer("one", fanout, on_stream_info=lambda origin, codec: info.append(codec)) as peer,
    ):
        await one.connect(peer)
        for _ in range(15):
            assert is_whole(await one.picture())
        assert info == ["VP8"]
        assert (peer.stats().codec, peer.stats().rung) == ("VP8", 4)
        assert peer._adaptive is not None
        peer._adaptive.follower.move(2)
        async with asyncio.timeout(20):
            while (await one.picture()).height != HEIGHT - 64:
                pass
        assert peer.stats().plis == 0
