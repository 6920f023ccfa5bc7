"""The real parts together: server process, engine process, compile child, WebRTC, with aiortc in place of a browser."""

import asyncio
import json
import os
import signal
import urllib.request
from typing import Any

import pytest
from aiortc import RTCSessionDescription
from websockets.asyncio.client import ClientConnection, connect

from tests.cli.servers import running
from tests.stream.loopback import Viewer, viewer

pytestmark = [pytest.mark.gl, pytest.mark.timeout(60)]


async def rest(url: str, body: dict[str, object] | None = None) -> dict[str, Any]:
    """A request, and its answer as JSON."""

    def ask() -> dict[str, Any]:
        data = None if body is None else json.dumps(body).encode()
        with urllib.request.urlopen(urllib.request.Request(url, data), timeout=20) as answer:
            found: dict[str, Any] = json.load(answer)
            return found

    return await asyncio.to_thread(ask)


async def until(socket: ClientConnection, kind: str, **fields: object) -> dict[str, Any]:
    """The next message of `kind` with these fields; what comes before is thrown away."""
    async with asyncio.timeout(20):
        while True:
            message: dict[str, Any] = json.loads(await socket.recv())
            if message["type"] == kind and all(message.get(name) == value for name, value in fields.items()):
                return message


async def until_state(socket: ClientConnection, state: str) -> dict[str, Any]:
    while True:
        status = await until(socket, "status")
        if status["simulation"]["state"] == state:
            return status


async def join(socket: ClientConnection, one: Viewer) -> None:
    """Greet, connect, and see a first picture."""
    await socket.send(json.dumps({"type": "hello", "protocol": 1}))
    await until(socket, "welcome")
    await socket.send(json.dumps({"type": "offer", "sdp": await one.offer()}))
    answer = await until(socket, "answer")
    await one.pc.setRemoteDescription(RTCSessionDescription(sdp=answer["sdp"], type="answer"))
    await one.picture()


async def test_two_people_watch_drive_swap_scenes_and_survive_the_engine() -> None:
    with running("--scene", "pendulum", "--width", "320", "--height", "192") as (_, url):
        address = url.replace("http", "ws") + "ws/signaling"
        async with connect(address) as ada, connect(address) as bob, viewer() as eye, viewer() as other:
            await join(ada, eye)
            await join(bob, other)
            await until_state(ada, "running")

            eye.channel.send(json.dumps({"type": "orbit", "d_azimuth": 5, "d_elevation": 0, "seq": 1}))
            assert (await until(ada, "applied"))["seq"] == 1

            await asyncio.gather(
                rest(url + "api/scene/load", {"preset": "cart_pole"}),
                until(ada, "scene_updated", preset="cart_pole"),
                until(bob, "scene_updated", preset="cart_pole"),
            )
            stats = await rest(url + "api/stats")
            assert stats["clients_connected"] == 2
            assert [peer["state"] for peer in stats["peers"]] == ["watching", "watching"]
            assert stats["engine"]["encoder_calls"] == stats["engine"]["pictures_encoded"]

            while (await until_state(ada, "running"))["simulation"]["time_s"] < 2:
                pass
            os.kill(stats["engine"]["pid"], signal.SIGKILL)
            await until_state(ada, "restarting")
            status = await until_state(ada, "running")
            assert status["simulation"]["time_s"] > 0.5  # it goes on from where it was saved last
            for one in (eye, other):
                before = (await one.picture()).pts
                assert (await one.picture()).pts != before
                assert one.pc.connectionState == "connected"
            after = await rest(url + "api/stats")
            assert after["engine"]["restarts"] == 1
            assert after["simulation_state"]["mujoco"]["model_name"] == "cart_pole"


@pytest.mark.slow
async def test_a_viewer_without_h264_costs_one_more_encode_while_it_is_there() -> None:
    async def counts(url: str) -> tuple[int, int, list[int]]:
        stats = await rest(url + "api/stats")
        rungs = sorted(peer["rung"] for peer in stats["peers"])
        return stats["engine"]["pictures_encoded"], stats["engine"]["encoder_calls"], rungs

    async def per_picture(url: str) -> float:
        pictures, calls, _ = await counts(url)
        while (await counts(url))[0] < pictures + 20:
            pass
        later, more, _ = await counts(url)
        return (more - calls) / (later - pictures)

    with running("--scene", "pendulum", "--width", "320", "--height", "192", "--fps", "30") as (_, url):
        address = url.replace("http", "ws") + "ws/signaling"
        async with connect(address) as ada, connect(address) as eve, viewer() as eye, viewer() as other:
            await join(ada, eye)
            await join(eve, other)
            assert await per_picture(url) == pytest.approx(1, abs=0.1), "one encode for both"
            async with connect(address) as bob, viewer(vp8=True) as third:
                await join(bob, third)
                assert (await until(bob, "stream_status"))["codec"] == "vp8"
                assert (await counts(url))[2] == [0, 0, 4]
                assert await per_picture(url) == pytest.approx(2, abs=0.1)
            while len((await counts(url))[2]) > 2:
                pass
            assert await per_picture(url) == pytest.approx(1, abs=0.1)
