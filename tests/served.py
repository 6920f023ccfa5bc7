"""A whole server inside the test's event loop: real HTTP, real WebRTC, real encoder; only the simulation is a wandering bar."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

import uvicorn
from fastapi import FastAPI

from py_remote_viewer.config import Settings
from py_remote_viewer.engine.events import EngineEvents
from py_remote_viewer.protocol.engine_messages import EngineConfig, RungSpec
from py_remote_viewer.rooms.parts import Engine
from py_remote_viewer.rooms.room import Room
from py_remote_viewer.web.app import create_app
from py_remote_viewer.web.parts import real_parts
from tests.fakes import FakeCompiler, FakeSupervisor
from tests.stream.loopback import TinyEncoder


class TinyEngine(FakeSupervisor):
    """Encodes small moving pictures, 60 a second, for every H.264 rung that is asked for."""

    def __init__(self, config: EngineConfig, events: EngineEvents) -> None:
        super().__init__(config, events)
        self.encoders: dict[int, TinyEncoder] = {}
        self.wanted: tuple[RungSpec, ...] = ()
        self._tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> TinyEngine:
        await super().__aenter__()
        self._tasks.append(asyncio.create_task(self._run(), name="tiny-engine"))
        return self

    async def __aexit__(self, *exc: Any) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await super().__aexit__(None, None, None)

    def set_demand(
        self, *, present: bool, rungs: tuple[RungSpec, ...], trajectory: str = "", filmed: bool = False
    ) -> None:
        super().set_demand(present=present, rungs=rungs, trajectory=trajectory, filmed=filmed)
        self.wanted = tuple(one for one in rungs if one.codec == "h264")

    def force_idr(self, rung: int = 0) -> None:
        if rung in self.encoders:
            self.encoders[rung].force_idr()

    async def _run(self) -> None:
        while True:
            for one in self.wanted:
                encoder = self.encoders.setdefault(one.rung, TinyEncoder())
                self.events.on_picture(encoder.encode(one.rung))
            await asyncio.sleep(1 / 60)


@dataclass
class Served:
    """A running server: where it is, and what is inside."""

    url: str
    app: FastAPI

    @property
    def room(self) -> Room:
        room: Room = self.app.state.viewer.rooms.get()
        return room

    @property
    def engine(self) -> TinyEngine:
        assert isinstance(self.room.engine, TinyEngine)
        return self.room.engine

    @property
    def peers(self) -> list[Any]:
        """Members of the room."""
        return list(self.room.members.values())


class _Server(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals to pytest."""
        yield


@asynccontextmanager
async def listening(app: Any, host: str = "127.0.0.1") -> AsyncIterator[str]:
    """`app` on a free port; yields `http://host:port`."""
    listener = socket.create_server((host, 0))
    server = _Server(
        uvicorn.Config(app, log_config=None, access_log=False, loop="asyncio", timeout_graceful_shutdown=1)
    )
    task = asyncio.create_task(server.serve([listener]), name="test-server")
    try:
        async with asyncio.timeout(20):
            while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
                await asyncio.sleep(0.01)
        yield f"http://{host}:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        await task
        listener.close()


@asynccontextmanager
async def served(host: str = "127.0.0.1", **settings: Any) -> AsyncIterator[Served]:
    """The product, with a `TinyEngine` in place of MuJoCo."""
    made = Settings(**settings)

    def engine(config: EngineConfig, events: EngineEvents) -> AbstractAsyncContextManager[Engine]:
        return TinyEngine(config, events)

    async with real_parts(made) as parts:
        app = create_app(made, parts=replace(parts, engine=engine, compiler=FakeCompiler()))
        async with listening(app, host) as url:
            yield Served(url, app)
