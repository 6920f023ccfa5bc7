"""Who comes in by the programs' door, and what is refused there."""

from __future__ import annotations

import asyncio
import json
import os
import socket
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from py_remote_viewer.config import Settings
from py_remote_viewer.protocol.program import ProgramHello
from py_remote_viewer.protocol.scene_info import ModelInfo
from py_remote_viewer.rooms.program_door import ProgramDoor
from py_remote_viewer.rooms.room import Room
from tests.fakes import FakeParts

INFO = ModelInfo(name="cart", nbody=2, nq=1, nv=1, nu=0, ngeom=2, timestep_s=0.002)
HELLO = ProgramHello(version="0.1.0", mujoco="3.17.0", title="Cart", info=INFO)


def _open_files() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


@pytest.fixture
def parts() -> FakeParts:
    return FakeParts()


@pytest.fixture
async def door(parts: FakeParts) -> AsyncIterator[tuple[ProgramDoor, Room]]:
    async with Room("main", Settings(), parts.room_parts()) as room, ProgramDoor(room) as door:
        yield door, room


class Caller:
    """A program at the door."""

    def __init__(self, address: str) -> None:
        self.channel = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.channel.connect(address.replace("@", "\0"))
        self.channel.setblocking(False)
        self.files = [os.memfd_create("model"), os.memfd_create("memory")]

    def say(self, text: str, files: int = 2) -> None:
        socket.send_fds(self.channel, [text.encode()], self.files[:files])

    async def hear(self) -> bytes:
        async with asyncio.timeout(5):
            return await asyncio.get_running_loop().sock_recv(self.channel, 65536)

    async def refusal(self) -> dict[str, Any]:
        error: dict[str, Any] = json.loads(await self.hear())["error"]
        assert await self.hear() == b""
        return error

    def __enter__(self) -> Caller:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.channel.close()
        for fd in self.files:
            os.close(fd)


async def test_a_program_becomes_the_rooms_scene(door: tuple[ProgramDoor, Room]) -> None:
    with Caller(door[0].address) as caller:
        caller.say(HELLO.model_dump_json())
        async with asyncio.timeout(5):
            while door[1].scene is None:  # noqa: ASYNC110 - the room tells its members alone
                await asyncio.sleep(0.01)
        assert (door[1].scene.name, door[1].scene.title) == ("cart", "Cart")


@pytest.mark.parametrize(
    ("text", "files", "said"),
    [
        ("no json", 2, "Invalid JSON"),
        ('{"type": "program_goodbye"}', 2, "program_goodbye with 2 descriptors"),
        (HELLO.model_dump_json(), 1, "program_hello with 1 descriptors"),
        (HELLO.model_dump_json().replace('"steps"', '"dances"'), 2, "role"),
    ],
)
async def test_what_is_no_greeting_is_refused_and_nothing_stays_open(
    door: tuple[ProgramDoor, Room], text: str, files: int, said: str
) -> None:
    before = _open_files()
    with Caller(door[0].address) as caller:
        caller.say(text, files)
        error = await caller.refusal()
    assert error["code"] == "message_invalid"
    assert said in error["message"]
    assert _open_files() == before
    assert door[1].scene is None


async def test_a_program_that_says_nothing_does_not_keep_the_server_from_ending(parts: FakeParts) -> None:
    async with asyncio.timeout(5):
        async with Room("main", Settings(), parts.room_parts()) as room, ProgramDoor(room) as door:
            with Caller(door.address):
                await asyncio.sleep(0)
