"""A room, joined as a page joins it: its state as it changes, everything that a page can ask of it, and its picture."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import AsyncGenerator, Callable, Mapping
from types import TracebackType
from typing import Any, Literal, Self

from pydantic import ValidationError
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from py_remote_viewer.errors import EngineFailed, Unreachable, ViewerError, from_fields
from py_remote_viewer.protocol.camera_input import FrameScene, Orbit, Pan, SetCamera, Zoom
from py_remote_viewer.protocol.control_input import SetCtrl
from py_remote_viewer.protocol.hand_input import Select
from py_remote_viewer.protocol.key_input import KeyPress
from py_remote_viewer.protocol.look import Look, SetLook
from py_remote_viewer.protocol.messages import (
    PROTOCOL_VERSION,
    ClientMessage,
    Error,
    Hello,
    MediaKey,
    Notice,
    SceneUpdated,
    ServerMessage,
    Welcome,
    server_message,
)
from py_remote_viewer.protocol.sim_commands import Pause, Play, Reset, SetQuality, SetSpeed, Step
from py_remote_viewer.protocol.status import Status
from py_remote_viewer.protocol.time_commands import OptionValue, SaveKeyframe, Seek, SetOption, StepBack
from py_remote_viewer.remote.api import Api
from py_remote_viewer.remote.video import Picture, pictures

log = logging.getLogger(__name__)

JOIN_LIMIT_S = 15.0
WAIT_S = 15.0
MOST_KEPT = 100


class AsyncRoom(Api):
    """Use as an async context manager: joined inside, gone after. REST calls work outside, too.

    Attributes:
        status: the newest telemetry.
        scene: what the room shows; None while nothing is on.
        look: flags, groups and labels of the picture.
        notices, errors: what the server said, oldest first.
    """

    def __init__(self, url: str, token: str | None = None, *, name: str = "Python") -> None:
        """`url`: as the server printed it; its `#token=…` counts when `token` is not given. `name`: shown to others."""
        super().__init__(url, token)
        self.status: Status | None = None
        self.scene: SceneUpdated | None = None
        self.look: Look | None = None
        self.notices: deque[Notice] = deque(maxlen=MOST_KEPT)
        self.errors: deque[Error] = deque(maxlen=MOST_KEPT)
        self._name = name
        self._welcome: Welcome | None = None
        self._media_key = ""
        self._closed = ""
        self._socket: ClientConnection | None = None
        self._reading: asyncio.Task[None] | None = None
        self._news = asyncio.Event()

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

    # --- the simulation ----------------------------------------------------------------------------------------------

    async def play(self) -> None:
        """Run."""
        await self.send(Play())

    async def pause(self) -> None:
        """Stand still."""
        await self.send(Pause())

    async def step(self, count: int = 1) -> None:
        """Pause, and take `count` steps."""
        await self.send(Step(count=count))

    async def reset(self, keyframe: str | None = None) -> None:
        """Back to the start, or to a keyframe by name or `#index`."""
        await self.send(Reset(keyframe=keyframe))

    async def set_speed(self, factor: float) -> None:
        """Simulated seconds per second, 1/16 to 4."""
        await self.send(SetSpeed(factor=factor))

    async def set_quality(self, level: str) -> None:
        """`auto`, or a level that `status.quality.levels` lists."""
        await self.send(SetQuality(level=level))

    async def step_back(self, count: int = 1) -> None:
        """Pause, and go back by steps."""
        await self.send(StepBack(count=count))

    async def seek(self, time_s: float) -> None:
        """Pause, and show what is recorded of simulated second `time_s`; `play` goes on from there."""
        await self.send(Seek(time_s=time_s))

    async def save_keyframe(self, name: str) -> None:
        """Keep the state under a name that `reset` takes."""
        await self.send(SaveKeyframe(name=name))

    async def set_option(self, field: str, value: OptionValue) -> None:
        """Change one physics option; `options` lists them."""
        await self.send(SetOption(field=field, value=value))

    async def set_ctrl(self, values: Mapping[int, float], *, lease_s: float | None = None) -> None:
        """Write `ctrl` by actuator, clamped to its range; with a lease the values go back to neutral by themselves."""
        await self.send(SetCtrl(values=tuple(values.items()), lease_s=lease_s))

    async def select(self, body: str | None) -> None:
        """Select a body by name or `#id`, or none."""
        await self.send(Select(body=body))

    async def set_look(self, /, **changes: Any) -> None:
        """What the picture shows: the fields of `set_look` (docs/protocol.md), for example `flags={"joint": True}`."""
        await self.send(SetLook(**changes))

    async def press(self, code: str) -> None:
        """A key for the program that steps the room; `code` as in `KeyboardEvent.code`, for example `KeyA` or `Space`."""
        await self.send(KeyPress(code=code))

    # --- the camera --------------------------------------------------------------------------------------------------

    async def orbit(self, d_azimuth: float, d_elevation: float) -> None:
        """Turn the camera, degrees."""
        await self.send(Orbit(d_azimuth=d_azimuth, d_elevation=d_elevation))

    async def pan(self, dx: float, dy: float, plane: Literal["vertical", "horizontal"] = "vertical") -> None:
        """Move what it looks at, in picture heights; positive `dy` is down."""
        await self.send(Pan(dx=dx, dy=dy, plane=plane))

    async def zoom(self, amount: float) -> None:
        """Come closer (positive) or go away; the distance is multiplied by exp(-amount)."""
        await self.send(Zoom(amount=amount))

    async def set_camera(self, mode: Literal["free", "tracking", "fixed"], target: str | None = None) -> None:
        """`free`, `tracking` a body, or a `fixed` camera of the model; targets by name or `#index`."""
        await self.send(SetCamera(mode=mode, target=target))

    async def frame_scene(self, view: Literal["initial", "front", "side", "top"] | None = None) -> None:
        """Show the whole model."""
        await self.send(FrameScene(view=view))

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
            case Notice():
                self.notices.append(message)
            case Error():
                self.errors.append(message)
                log.log(logging.ERROR if message.fatal else logging.WARNING, "%s %s", message.message, message.hint)
