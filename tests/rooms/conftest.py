from collections.abc import AsyncIterator

import pytest

from py_remote_viewer.config import Settings
from py_remote_viewer.rooms.room import Room
from py_remote_viewer.rooms.scene_source import SceneSource
from tests.fakes import FakeClock, FakeParts


@pytest.fixture
def parts() -> FakeParts:
    return FakeParts()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
async def room(parts: FakeParts, clock: FakeClock) -> AsyncIterator[Room]:
    settings = Settings(max_peers=3)
    async with Room(
        "main", settings, parts.room_parts(), first_scene=SceneSource(preset="humanoid"), clock=clock
    ) as room:
        yield room
