"""One peer does its worst against a real server; the others watch on as before, and the server stays small."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import pytest
from aiortc.rtp import RTCP_PSFB_PLI, RTCP_RTPFB_NACK, RtcpPsfbPacket, RtcpRtpfbPacket
from websockets.client import ClientProtocol
from websockets.exceptions import ConnectionClosed
from websockets.uri import parse_uri

from py_remote_viewer.bench.crowd import Joined
from tests.e2e.watched import Watched, watched

pytestmark = [pytest.mark.gl, pytest.mark.e2e, pytest.mark.timeout(90)]

FLOOD_PER_S = 10_000
KEPT = 0.95
MEMORY_GROWTH_BYTES = 30_000_000


@asynccontextmanager
async def running(work: Callable[[], Awaitable[None]]) -> AsyncIterator[None]:
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


async def others_are_unharmed(room: Watched, work: Callable[[], Awaitable[None]], seconds: float = 4.0) -> None:
    cpu = room.server.cpu_s()
    before, memory = await room.pictures_per_s(3.0), room.server.memory_bytes()["server"]
    print("cpu before", (room.server.cpu_s() - cpu) / 3)
    cpu = room.server.cpu_s()
    async with running(work):
        during = await room.pictures_per_s(seconds)
        assert room.server.memory_bytes()["server"] < memory + MEMORY_GROWTH_BYTES
    print("cpu during", (room.server.cpu_s() - cpu) / seconds, [p["messages"] for p in (await room.stats())["peers"]])
    print(f"before {before:.1f} during {during:.1f}  stall {(await room.stats())['loop_stall_ms']}")
    assert during >= KEPT * before, f"{during:.1f} pictures a second instead of {before:.1f}"


async def test_a_flood_on_the_websocket_is_refused_and_told() -> None:
    async with watched() as room, Joined(room.server.url) as offender:
        ping = json.dumps({"type": "ping", "t": 1.0})
        await others_are_unharmed(room, lambda: paced(FLOOD_PER_S, lambda _: offender.socket.send(ping)))
        assert {error["code"] for error in offender.errors} == {"rate_limited"}
        assert offender.closed is None or offender.closed[1]


async def test_a_flood_on_the_data_channel_is_refused_and_told() -> None:
    async with watched() as room, Joined(room.server.url) as offender:

        async def send(number: int) -> None:
            offender.receiver.channel.send(
                json.dumps({"type": "orbit", "d_azimuth": 1, "d_elevation": 0, "seq": number + 1})
            )

        await others_are_unharmed(room, lambda: paced(FLOOD_PER_S, send))
        assert {error["code"] for error in offender.errors} == {"rate_limited"}


async def test_a_flood_of_picture_losses_makes_few_idrs() -> None:
    async with watched() as room, Joined(room.server.url) as offender:
        before = (await room.stats())["engine"]["idrs"]
        receiver = offender.receiver
        pli = bytes(RtcpPsfbPacket(RTCP_PSFB_PLI, 1, receiver.ssrc))
        await others_are_unharmed(room, lambda: paced(1000, lambda _: receiver.send_rtcp(pli)))
        assert (await room.stats())["engine"]["idrs"] - before <= 20


async def test_a_flood_of_resend_requests_is_answered_within_bounds() -> None:
    async with watched() as room, Joined(room.server.url) as offender:
        receiver = offender.receiver

        async def ask(_: int) -> None:
            last = receiver.highest_sequence
            lost = [(last - back) % 65536 for back in range(100)]
            await receiver.send_rtcp(bytes(RtcpRtpfbPacket(RTCP_RTPFB_NACK, 1, receiver.ssrc, sorted(lost))))

        await others_are_unharmed(room, lambda: paced(1000, ask))
        peers = (await room.stats())["peers"]
        media = max((peer["media"] for peer in peers), key=lambda media: media["packets_resent"])
        assert 0 < media["packets_resent"] <= 0.35 * media["packets_sent"]


async def test_a_peer_that_stops_reading_is_closed_and_costs_nothing() -> None:
    async with watched() as room:
        with socket.create_connection(("127.0.0.1", int(room.server.url.rpartition(":")[2]))) as deaf:
            deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            protocol = ClientProtocol(parse_uri(room.server.url.replace("http", "ws") + "/ws/signaling"))
            protocol.send_request(protocol.connect())
            deaf.sendall(b"".join(protocol.data_to_send()))
            protocol.receive_data(deaf.recv(4096))
            deaf.setblocking(False)
            loop = asyncio.get_running_loop()

            async def say(text: str) -> None:
                protocol.send_text(text.encode())
                await loop.sock_sendall(deaf, b"".join(protocol.data_to_send()))

            await say(json.dumps({"type": "hello", "protocol": 1, "name": "deaf"}))
            await others_are_unharmed(room, lambda: paced(200, lambda _: say('{"type": "no such thing"}')), 8.0)
            async with asyncio.timeout(25):
                while any(peer["name"] == "deaf" for peer in (await room.stats())["peers"]):
                    await asyncio.sleep(0.5)
