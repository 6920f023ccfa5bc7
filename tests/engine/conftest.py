"""A real engine process under its supervisor."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from py_remote_viewer.engine.supervisor import EngineSupervisor
from py_remote_viewer.protocol.engine_messages import (
    EngineConfig,
    RungSpec,
)
from tests.engine.hearing import Room


@pytest.fixture
async def room() -> Room:
    return Room()


@pytest.fixture
async def engine(room: Room) -> AsyncIterator[EngineSupervisor]:
    config = EngineConfig(room_id="test", width=640, height=360, quality="lean", log_level="WARNING")
    async with EngineSupervisor(config, room) as supervisor:
        supervisor.set_demand(present=True, rungs=(RungSpec(),))
        yield supervisor
