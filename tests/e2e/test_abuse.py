"""One peer does its worst against a real server; the others watch on as before, and the server stays small."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest
from aiortc.rtp import RTCP_PSFB_PLI, RTCP_RTPFB_NACK, RtcpPsfbPacket, RtcpRtpfbPacket
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from py_remote_viewer.bench.crowd import Crowd, Joined
from py_remote_viewer.bench.receivers import Receiver
from py_remote_viewer.stream.manners import LOSS_BURST, LOSSES_PER_S
from tests.e2e.raw import HELLO, DeafSocket, tcp
from tests.e2e.watched import Watched, watched

pytestmark = [pytest.mark.gl, pytest.mark.e2e, pytest.mark.timeout(90)]

FLOOD_PER_S = 10_000
KEPT = 0.95  # of the pictures that watchers got before
MEMORY_GROWTH_BYTES = 30_000_000


@asynccontextmanager
async def running(work: Callable[[], Awaitable[object]]) -> AsyncIterator[None]:
    """`work` beside, until the end of the block."""

    async def main() -> None:
        with suppress(ConnectionClosed, ConnectionError):
            await work()

    task = asyncio.create_task(main(), name="offender")
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])


async def paced(rate_hz: float, each: Callable[[int], Awaitable[None]]) -> None:
    """`each` so many times a second, in small bursts, as fast as it can where that is slower."""
    loop = asyncio.get_running_loop()
    began, done = loop.time(), 0
    while True:
        due = int((loop.time() - began) * rate_hz)
        for number in range(done, min(due, done + 200)):
            await each(number)
        done = min(due, done + 200)
        await asyncio.sleep(0.002)


async def others_are_unharmed(room: Watched, work: Callable[[], Awaitable[object]], seconds: float = 3.0) -> None:
    """Three tries, because somebody else may want this machine for a moment; harm that is done is done in all of them."""
    before, memory = await room.pictures_per_s(3.0), room.server.memory_bytes()["server"]
    async with running(work):
        for _ in range(3):
            during = await room.pictures_per_s(seconds)
            assert room.server.memory_bytes()["server"] < memory + MEMORY_GROWTH_BYTES
            if during >= KEPT * before:
                return
    raise AssertionError(f"{during:.1f} pictures a second instead of {before:.1f}")


async def told(offender: Joined, words: str) -> None:
    """Wait for the notice with these words."""
    async with asyncio.timeout(10):
        while not any(words in notice["text"] for notice in offender.notices):  # noqa: ASYNC110 - kept by another task
            await asyncio.sleep(0.05)


async def receives(offender: Joined) -> None:
    """Wait for its first picture: only then it knows the stream that its feedback is about."""
    async with asyncio.timeout(15):
        while not (offender.receiver.ssrc and offender.receiver.pictures):  # noqa: ASYNC110 - kept by another task
            await asyncio.sleep(0.02)


async def test_a_flood_on_the_websocket_is_refused_and_told() -> None:
    async with watched() as room, Joined(room.server.url) as offender:
        ping = json.dumps({"type": "ping", "t": 1.0})
        await others_are_unharmed(room, lambda: paced(FLOOD_PER_S, lambda _: offender.socket.send(ping)))
        assert {error["code"] for error in offender.errors} == {"rate_limited"}
        assert offender.closed is None or offender.closed[1]


@pytest.mark.slow
async def test_a_flood_on_the_data_channel_is_refused_and_told() -> None:
    async with watched() as room, Joined(room.server.url) as offender:

        async def send(number: int) -> None:
            offender.receiver.channel.send(
                json.dumps({"type": "orbit", "d_azimuth": 1, "d_elevation": 0, "seq": number + 1})
            )

        await others_are_unharmed(room, lambda: paced(FLOOD_PER_S, send))
        assert {error["code"] for error in offender.errors} == {"rate_limited"}
        await told(offender, "too many messages")


@pytest.mark.slow
async def test_a_flood_of_picture_losses_makes_few_idrs() -> None:
    async with watched() as room, Joined(room.server.url) as offender:
        await receives(offender)
        before = (await room.stats())["engine"]["idrs"]
        receiver = offender.receiver
        pli = bytes(RtcpPsfbPacket(RTCP_PSFB_PLI, 1, receiver.ssrc))
        await others_are_unharmed(room, lambda: paced(1000, lambda _: receiver.send_rtcp(pli)))
        assert (await room.stats())["engine"]["idrs"] - before <= LOSS_BURST + 10 * LOSSES_PER_S
        await told(offender, "too many picture losses")


@pytest.mark.slow
async def test_a_flood_of_resend_requests_is_answered_within_bounds() -> None:
    async with watched() as room, Joined(room.server.url) as offender:
        await receives(offender)
        receiver = offender.receiver

        async def ask(_: int) -> None:
            last = receiver.highest_sequence
            lost = [(last - back) % 65536 for back in range(100)]
            await receiver.send_rtcp(bytes(RtcpRtpfbPacket(RTCP_RTPFB_NACK, 1, receiver.ssrc, sorted(lost))))

        await others_are_unharmed(room, lambda: paced(1000, ask))
        peers = (await room.stats())["peers"]
        media = max((peer["media"] for peer in peers), key=lambda media: media["packets_resent"])
        assert media["packets_resent"] > 0
        assert media["resend_share"] <= 0.3  # 0.25, and a burst at the start
        await told(offender, "too many")


@pytest.mark.slow
async def test_a_peer_that_stops_reading_is_closed_and_costs_nothing() -> None:
    async with watched() as room, DeafSocket(room.server.url, **HELLO, name="deaf") as deaf:
        answered = paced(200, lambda _: deaf.say(type="no such thing"))
        await others_are_unharmed(room, lambda: answered)
        await room.until(lambda stats: all(peer["name"] != "deaf" for peer in stats["peers"]), 25)


@pytest.mark.slow
async def test_a_page_that_reads_no_pictures_from_its_socket_is_closed_and_costs_nothing() -> None:
    async with watched() as room, connect(room.server.url.replace("http", "ws") + "/ws/signaling") as page:
        await page.send(json.dumps({**HELLO, "name": "stalled"}))
        while (welcome := json.loads(await page.recv()))["type"] != "welcome":
            pass
        bind = {"type": "bind", "peer_id": welcome["peer_id"], "key": welcome["media_key"]}
        async with DeafSocket(room.server.url, "/ws/media", **bind):
            await room.until(lambda stats: _media(stats, "stalled").get("pictures_sent", 0) > 0)
            await others_are_unharmed(room, asyncio.Event().wait)
            await room.until(lambda stats: _media(stats, "stalled").get("state") in (None, "closed", "failed"), 25)


@pytest.mark.slow
async def test_what_never_finishes_is_gone_within_half_a_minute() -> None:
    """A TCP connection without a request, half a request, a page that vanished, and ICE that never completes."""
    async with watched(watchers=1) as room:
        url, before = room.server.url, room.descriptors()
        began = asyncio.get_running_loop().time()
        with tcp(url) as silent, tcp(url) as half:
            half.sendall(b"POST /api/scene/load HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\n{")
            async with (
                DeafSocket(url, **HELLO, name="vanished"),
                connect(url.replace("http", "ws") + "/ws/signaling") as open_one,
            ):
                await open_one.send(json.dumps({"type": "hello", "protocol": 1, "name": "no ice"}))
                receiver = Receiver()
                await open_one.send(json.dumps({"type": "offer", "sdp": await receiver.offer()}))
                while json.loads(await open_one.recv())["type"] != "answer":
                    pass
                await receiver.close()
                assert room.descriptors() >= before + 5
                await room.until(lambda stats: all(_is_over(peer) for peer in stats["peers"]), 30)
                for raw in (silent, half):
                    raw.settimeout(30 + began - asyncio.get_running_loop().time())
                    with suppress(ConnectionResetError):
                        assert await asyncio.to_thread(raw.recv, 1) == b""
                await room.until(lambda _: room.descriptors() <= before + 1, 5)


def _media(stats: dict[str, Any], name: str) -> dict[str, Any]:
    media: dict[str, Any] = next(peer["media"] for peer in stats["peers"] if peer["name"] == name)
    return media


def _is_over(peer: dict[str, Any]) -> bool:
    """Whether nothing is left of what was begun and never finished; watchers are no such thing."""
    if peer["name"] == "no ice":
        return peer["media"].get("state") in ("failed", "closed")
    return peer["name"] != "vanished"


async def test_forty_people_at_once_cost_three_idrs() -> None:
    async with watched(watchers=1) as room:
        before, began = await room.stats(), asyncio.get_running_loop().time()
        crowd = Crowd(room.server.url, at_once=40)
        try:
            assert await crowd.resize(40) == []
            took = asyncio.get_running_loop().time() - began
            await room.until(lambda stats: sum(peer["state"] == "watching" for peer in stats["peers"]) == 41)
            async with asyncio.timeout(10):
                while min(crowd.pictures()) == 0:  # noqa: ASYNC110 - counted by other tasks
                    await asyncio.sleep(0.05)
            after = await room.stats()
        finally:
            await crowd.resize(0)
    assert after["engine"]["idrs"] - before["engine"]["idrs"] <= 3 * max(1.0, took)
