"""A room, joined as a page joins it: its state as it changes, everything that a page can ask of it, and its picture."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections import deque
from collections.abc import AsyncGenerator, Callable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from pydantic import ValidationError
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from py_remote_viewer.errors import EngineFailed, MessageInvalid, Unreachable, ViewerError, from_fields
from py_remote_viewer.protocol.hand_input import Grip
from py_remote_viewer.protocol.loading_messages import LoadProgress
from py_remote_viewer.protocol.look import Look
from py_remote_viewer.protocol.messages import (
    PROTOCOL_VERSION,
    ClientMessage,
    Error,
    Hello,
    MediaKey,
    Notice,
    Ping,
    Pong,
    SceneUpdated,
    ServerMessage,
    Welcome,
    server_message,
)
from py_remote_viewer.protocol.panels import MAX_VALUES_HZ, Values, Watching, WatchValues
from py_remote_viewer.protocol.status import Status
from py_remote_viewer.remote.api import Api
from py_remote_viewer.remote.calls import OnLoad
from py_remote_viewer.remote.commands import Commands
from py_remote_viewer.remote.video import Picture, pictures

log = logging.getLogger(__name__)

JOIN_LIMIT_S = 15.0
WAIT_S = 15.0
MOST_KEPT = 100


@dataclass(frozen=True, slots=True)
class ServerClock:
    """Answer to a `ping`: `captured_s` of a picture less `offset_s` is a time of `time.monotonic` here."""

    round_trip_s: float
    offset_s: float


class AsyncRoom(Api, Commands):
    """Use as an async context manager: joined inside, gone after. REST calls work outside, too.

    Attributes:
        status: the newest telemetry.
        scene: what the room shows; None while nothing is on.
        look: flags, groups and labels of the picture.
        grip: the answer to the newest `perturb_start` that has come.
        notices, errors: what the server said, oldest first.
    """

    def __init__(self, url: str, token: str | None = None, *, name: str = "Python") -> None:
        """`url`: as the server printed it; its `#token=…` counts when `token` is not given. `name`: shown to others."""
        super().__init__(url, token)
        self.status: Status | None = None
        self.scene: SceneUpdated | None = None
        self.look: Look | None = None
        self.grip: Grip | None = None
        self.notices: deque[Notice] = deque(maxlen=MOST_KEPT)
        self.errors: deque[Error] = deque(maxlen=MOST_KEPT)
        self._name = name
        self._welcome: Welcome | None = None
        self._media_key = ""
        self._closed = ""
        self._socket: ClientConnection | None = None
        self._reading: asyncio.Task[None] | None = None
        self._news = asyncio.Event()
        self._watching: Watching | None = None
        self._values: Values | None = None
        self._pong: tuple[Pong, float] | None = None
        self._on_load: list[OnLoad] = []

    async def __aenter__(self) -> Self:
        try:
            async with asyncio.timeout(JOIN_LIMIT_S):
                self._socket = await connect(self.server.socket_url, max_size=None, close_timeout=1, proxy=None)
                self._reading = asyncio.create_task(self._read(self._socket), name="room reading")
                await self.send(Hello(protocol=PROTOCOL_VERSION, name=self._name, token=self.server.token or None))
                while self._welcome is None:
                    await self._next_news()
        except (OSError, InvalidHandshake, TimeoutError) as exc:
            await self.__aexit__(None, None, None)
            raise Unreachable(
                f"no room answers at {self.server.url}: {exc or 'nothing within 15 s'}",
                hint="Start a server with `python -m py_remote_viewer`, or give another address.",
            ) from exc
        except BaseException:
            await self.__aexit__(None, None, None)
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._socket is not None:
            await self._socket.close()
        if self._reading is not None:
            self._reading.cancel()
            await asyncio.gather(self._reading, return_exceptions=True)

    # --- what it tells -----------------------------------------------------------------------------------------------

    @property
    def peer_id(self) -> str:
        """Who we are in the room; empty before we joined."""
        return self._welcome.peer_id if self._welcome else ""

    async def until(self, condition: Callable[[Status], bool], timeout_s: float = WAIT_S) -> Status:
        """The first status, the newest one included, for which `condition` holds.

        Raises:
            TimeoutError: there was none in `timeout_s`.
            EngineFailed: the connection has ended.
        """
        async with asyncio.timeout(timeout_s):
            while self.status is None or not condition(self.status):
                await self._next_news()
            return self.status

    async def statuses(self) -> AsyncGenerator[Status]:
        """Telemetry as it comes: four times a second while something moves. Raises EngineFailed at the connection's end."""
        before: Status | None = None
        while True:
            if self.status is not None and self.status is not before:
                before = self.status
                yield before
            await self._next_news()

    async def values(self, *fields: str, hz: float = MAX_VALUES_HZ) -> AsyncGenerator[Values]:
        """Fields of `MjData` as they change while the simulation moves, the newest each time; one such list at a time.

        Args:
            fields: as MuJoCo names them, whole (`qpos`) or in part (`xpos[6:9]`); docs/panels.md lists further ones.
            hz: most samples a second.

        Raises:
            MessageInvalid: no such field; the reasons are in its text.
            EngineFailed: the connection has ended.
        """
        self._watching, before = None, self._values
        await self.send(WatchValues(fields=fields, hz=hz))
        try:
            while True:
                if self._watching is not None and self._watching.problems:
                    problems = "; ".join(f"{field}: {why}" for field, why in self._watching.problems.items())
                    raise MessageInvalid(problems, hint="docs/panels.md lists what can be watched.")
                if self._watching is not None and self._values is not None and self._values is not before:
                    before = self._values
                    yield before
                await self._next_news()
        finally:
            if not self._closed:
                await self.send(WatchValues(fields=()))

    async def ping(self) -> ServerClock:
        """How long an answer takes, and how far the server's clock is from `time.monotonic`. Raises TimeoutError."""
        before = self._pong
        sent_s = time.monotonic()
        await self.send(Ping(t=sent_s))
        async with asyncio.timeout(WAIT_S):
            while self._pong is before or self._pong is None:
                await self._next_news()
        pong, came_s = self._pong
        return ServerClock(came_s - sent_s, pong.server_time_s - (came_s + sent_s) / 2)

    async def pictures(self, timeout_s: float | None = None) -> AsyncGenerator[Picture]:
        """The room's video, decoded; the first one within a moment, also while the room is paused.

        Args:
            timeout_s: longest wait for the next one. None: a room that stands still has none for as long as it does.

        Raises:
            TimeoutError: none came for so long.
        """
        while not self._media_key:
            await self._next_news()
        key, self._media_key = self._media_key, ""
        async with contextlib.aclosing(pictures(self.server, self.peer_id, key, timeout_s)) as found:
            async for picture in found:
                yield picture

    async def picture(self) -> Picture:
        """One picture of the room's video, as everybody sees it."""
        async with contextlib.aclosing(self.pictures(WAIT_S)) as found:
            async for picture in found:
                return picture
        raise EngineFailed("no picture came", hint="Is the simulation running? See the server's log.")

    async def send(self, message: ClientMessage) -> None:
        """Any message of the protocol (docs/protocol.md). What the server refuses comes back in `errors`.

        Raises:
            EngineFailed: the connection has ended, with its reason.
        """
        if self._socket is None or self._closed:
            raise self._gone()
        try:
            await self._socket.send(message.model_dump_json(exclude_none=True))
        except ConnectionClosed:
            raise self._gone() from None

    # --- inside ------------------------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def telling(self, listener: OnLoad | None) -> Iterator[None]:
        """Tell `listener` of every load in the room while the block runs."""
        if listener is None:
            yield
            return
        self._on_load.append(listener)
        try:
            yield
        finally:
            self._on_load.remove(listener)

    async def _next_news(self) -> None:
        if self._closed:
            raise self._gone()
        await self._news.wait()

    def _gone(self) -> ViewerError:
        fatal = next((error for error in self.errors if error.fatal), None)
        if fatal is not None:
            return from_fields({"code": fatal.code, "message": fatal.message, "hint": fatal.hint, **fatal.details})
        return EngineFailed(
            f"not in the room: {self._closed or 'not joined yet'}", hint="Use `async with`, or connect again."
        )

    async def _read(self, socket: ClientConnection) -> None:
        try:
            async for text in socket:
                try:
                    self._take(server_message.validate_json(text))
                except ValidationError as exc:
                    log.warning("a message that is not understood: %s", exc)
                self._tell()
        except ConnectionClosed:
            pass
        finally:
            self._closed = f"the connection ended ({socket.close_code}: {socket.close_reason or 'no reason'})"
            self._tell()

    def _tell(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()

    def _take(self, message: ServerMessage) -> None:
        match message:
            case Welcome():
                self._welcome, self._media_key = message, message.media_key
                self.scene, self.status, self.look = message.scene, message.status, message.look
            case Status():
                self.status = message
            case SceneUpdated():
                self.scene = message
            case Look():
                self.look = message
            case MediaKey():
                self._media_key = message.key
            case Grip():
                self.grip = message
            case Watching():
                self._watching = message
            case Values():
                self._values = message
            case Pong():
                self._pong = message, time.monotonic()
            case LoadProgress():
                for listener in list(self._on_load):
                    listener(message)
            case Notice():
                self.notices.append(message)
            case Error():
                self.errors.append(message)
                log.log(logging.ERROR if message.fatal else logging.WARNING, "%s %s", message.message, message.hint)
