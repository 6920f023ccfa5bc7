"""The line of scenes that a room is asked to show.

Loads run one at a time. While one runs, one more may wait: a still newer one takes the waiting one's place, and whoever
asked for that is told `room_busy`. So the last thing that was clicked is what everybody ends up with, and nobody can
queue work without end. A scene that is refused leaves the running one untouched.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from py_remote_viewer.errors import EngineFailed, RoomBusy, ViewerError
from py_remote_viewer.protocol.messages import ServerMessage
from py_remote_viewer.rooms.member import RoomCounters
from py_remote_viewer.rooms.parts import Compiler
from py_remote_viewer.rooms.scene_source import AS_NEW, Compilable, Exchange, SceneSource, ShownScene

log = logging.getLogger(__name__)


@dataclass(slots=True)
class LoadRequest:
    """One scene that somebody asked for; `done` is its end."""

    source: Compilable
    by: str | None
    exchange: Exchange
    done: asyncio.Future[ShownScene] = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class SceneLoads:
    """Event loop only."""

    def __init__(
        self,
        room_id: str,
        counters: RoomCounters,
        compiler: Compiler,
        tell: Callable[[ServerMessage], None],
        show: Callable[[LoadRequest], Awaitable[ShownScene]],
    ) -> None:
        """Args:
        room_id: for the log.
        counters: of the room; those that are refused are counted here.
        compiler: what a source brings its files to.
        tell: everybody hears of what is on its way.
        show: compiles one scene and puts it on; raises ViewerError.
        """
        self._counters = counters
        self._room_id = room_id
        self._compiler = compiler
        self._tell = tell
        self._show = show
        self._waiting: LoadRequest | None = None
        self._wanted = asyncio.Event()
        self._closed = False

    async def ask(self, source: Compilable, by: str | None, exchange: Exchange) -> ShownScene:
        """As `Room.load_scene`."""
        if self._closed:
            raise closing()
        async with source.here(self._compiler, self._tell) as ready:
            if self._waiting is not None:
                _refuse(self._waiting, RoomBusy("a newer scene took the place of this one", hint="Load it again."))
            request = self._waiting = LoadRequest(ready, by, exchange)
            self._wanted.set()
            return await request.done

    async def run(self) -> None:
        """Show one after the other, until cancelled."""
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            request, self._waiting = self._waiting, None
            if request is not None:
                await self._answer(request)

    async def show_first(self, source: SceneSource) -> BaseException | None:
        """Show `source` before all others; why it could not be shown."""
        try:
            async with source.here(self._compiler, self._tell) as ready:
                first = LoadRequest(ready, None, AS_NEW)
                await self._answer(first)
                return first.done.exception()
        except ViewerError as exc:
            return exc

    def close(self) -> None:
        """Nothing is shown any more; who waits is told."""
        self._closed = True
        if self._waiting is not None:
            _refuse(self._waiting, closing())

    async def _answer(self, request: LoadRequest) -> None:
        try:
            shown = await self._show(request)
        except ViewerError as exc:
            self._counters.loads_failed += 1
            _refuse(request, exc)
        except asyncio.CancelledError:
            _refuse(request, closing())
            raise
        except Exception as exc:
            self._counters.loads_failed += 1
            log.exception("room=%s a scene could not be loaded", self._room_id)
            _refuse(request, exc)
        else:
            if not request.done.done():
                request.done.set_result(shown)


def closing() -> EngineFailed:
    """What everybody is told who asks too late."""
    return EngineFailed("the room is closing", hint="Open the page again when the server is back.")


def _refuse(request: LoadRequest, error: Exception) -> None:
    if not request.done.done():
        request.done.set_exception(error)
        request.done.exception()  # read once: who asked may have gone, and then it is no warning
