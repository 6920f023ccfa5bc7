"""The room for programs without asyncio: the same calls, each waiting for its answer. One thread keeps the connection."""

from __future__ import annotations

import asyncio
import functools
import threading
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterator
from types import TracebackType
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

from py_remote_viewer.protocol.hand_input import Grip
from py_remote_viewer.protocol.look import Look
from py_remote_viewer.protocol.messages import Error, Notice, SceneUpdated
from py_remote_viewer.protocol.panels import MAX_VALUES_HZ, Values
from py_remote_viewer.protocol.status import Status
from py_remote_viewer.remote.room import AsyncRoom
from py_remote_viewer.remote.video import Picture

P = ParamSpec("P")
T = TypeVar("T")


def blocking(
    call: Callable[Concatenate[AsyncRoom, P], Coroutine[Any, Any, T]],
) -> Callable[Concatenate[Room, P], T]:
    """`call` as a method of `Room` that waits for the answer."""

    @functools.wraps(call)
    def wait(room: Room, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return room.run(call(room.asynchronous, *args, **kwargs))

    return wait


class Room:
    """A room that was joined by `connect`. Close it, or use it as a context manager.

    Attributes:
        asynchronous: the same room for asyncio, on the thread of `run`.
    """

    def __init__(self, url: str, token: str | None = None, *, name: str = "Python") -> None:
        """As `AsyncRoom`; joined when this returns. Raises Unreachable, Unauthorized."""
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="py_remote_viewer room", daemon=True)
        self._thread.start()
        try:
            self.asynchronous = self.run(_made(url, token, name))
            self.run(self.asynchronous.__aenter__())
        except BaseException:
            self._stop()
            raise

    # asked of the server
    health = blocking(AsyncRoom.health)
    config = blocking(AsyncRoom.config)
    stats = blocking(AsyncRoom.stats)
    metrics = blocking(AsyncRoom.metrics)
    program_door = blocking(AsyncRoom.program_door)
    ping = blocking(AsyncRoom.ping)
    # scenes
    presets = blocking(AsyncRoom.presets)
    catalogue = blocking(AsyncRoom.catalogue)
    current = blocking(AsyncRoom.current)
    details = blocking(AsyncRoom.details)
    load = blocking(AsyncRoom.load)
    upload = blocking(AsyncRoom.upload)
    create = blocking(AsyncRoom.create)
    edit = blocking(AsyncRoom.edit)
    check = blocking(AsyncRoom.check)
    export = blocking(AsyncRoom.export)
    reload = blocking(AsyncRoom.reload)
    # recordings and pictures
    recordings = blocking(AsyncRoom.recordings)
    recording_folder = blocking(AsyncRoom.recording_folder)
    recording = blocking(AsyncRoom.recording)
    record = blocking(AsyncRoom.record)
    stop_recording = blocking(AsyncRoom.stop_recording)
    recording_file = blocking(AsyncRoom.recording_file)
    save_recording_file = blocking(AsyncRoom.save_recording_file)
    delete_recording = blocking(AsyncRoom.delete_recording)
    render = blocking(AsyncRoom.render)
    rendered = blocking(AsyncRoom.rendered)
    cancel_render = blocking(AsyncRoom.cancel_render)
    screenshot = blocking(AsyncRoom.screenshot)
    depth = blocking(AsyncRoom.depth)
    segmentation = blocking(AsyncRoom.segmentation)
    picture = blocking(AsyncRoom.picture)
    # time
    play = blocking(AsyncRoom.play)
    pause = blocking(AsyncRoom.pause)
    step = blocking(AsyncRoom.step)
    reset = blocking(AsyncRoom.reset)
    set_speed = blocking(AsyncRoom.set_speed)
    step_back = blocking(AsyncRoom.step_back)
    seek = blocking(AsyncRoom.seek)
    rewind = blocking(AsyncRoom.rewind)
    keyframe = blocking(AsyncRoom.keyframe)
    save_keyframe = blocking(AsyncRoom.save_keyframe)
    rename_keyframe = blocking(AsyncRoom.rename_keyframe)
    delete_keyframe = blocking(AsyncRoom.delete_keyframe)
    # physics and values
    options = blocking(AsyncRoom.options)
    set_option = blocking(AsyncRoom.set_option)
    set_options = blocking(AsyncRoom.set_options)
    reset_options = blocking(AsyncRoom.reset_options)
    set_noise = blocking(AsyncRoom.set_noise)
    set_ctrl = blocking(AsyncRoom.set_ctrl)
    clear_ctrl = blocking(AsyncRoom.clear_ctrl)
    set_qpos = blocking(AsyncRoom.set_qpos)
    set_equality = blocking(AsyncRoom.set_equality)
    print_text = blocking(AsyncRoom.print_text)
    # hands
    select = blocking(AsyncRoom.select)
    pick = blocking(AsyncRoom.pick)
    perturb_start = blocking(AsyncRoom.perturb_start)
    perturb_move = blocking(AsyncRoom.perturb_move)
    perturb_end = blocking(AsyncRoom.perturb_end)
    press = blocking(AsyncRoom.press)
    # look and camera
    set_look = blocking(AsyncRoom.set_look)
    set_lens = blocking(AsyncRoom.set_lens)
    set_quality = blocking(AsyncRoom.set_quality)
    orbit = blocking(AsyncRoom.orbit)
    pan = blocking(AsyncRoom.pan)
    zoom = blocking(AsyncRoom.zoom)
    set_camera = blocking(AsyncRoom.set_camera)
    frame_scene = blocking(AsyncRoom.frame_scene)
    # everything else
    send = blocking(AsyncRoom.send)
    until = blocking(AsyncRoom.until)

    @property
    def url(self) -> str:
        """What to open in a browser."""
        return self.asynchronous.server.page_url

    @property
    def peer_id(self) -> str:
        """Who we are in the room."""
        return self.asynchronous.peer_id

    @property
    def status(self) -> Status | None:
        """The newest telemetry."""
        return self.asynchronous.status

    @property
    def scene(self) -> SceneUpdated | None:
        """What the room shows."""
        return self.asynchronous.scene

    @property
    def look(self) -> Look | None:
        """Flags, groups and labels of the picture."""
        return self.asynchronous.look

    @property
    def grip(self) -> Grip | None:
        """The answer to the newest `perturb_start` that has come: the body in the hand, or why there is none."""
        return self.asynchronous.grip

    @property
    def notices(self) -> list[Notice]:
        """What the server said to everybody, oldest first."""
        return list(self.asynchronous.notices)

    @property
    def errors(self) -> list[Error]:
        """What the server refused, oldest first."""
        return list(self.asynchronous.errors)

    def statuses(self) -> Iterator[Status]:
        """Telemetry as it comes."""
        return self._each(self.asynchronous.statuses())

    def values(self, *fields: str, hz: float = MAX_VALUES_HZ) -> Iterator[Values]:
        """Fields of `MjData` as they change while the simulation moves. Raises MessageInvalid when there is no such field."""
        return self._each(self.asynchronous.values(*fields, hz=hz))

    def pictures(self, timeout_s: float | None = None) -> Iterator[Picture]:
        """The room's video, decoded. Raises TimeoutError when none comes for `timeout_s`."""
        return self._each(self.asynchronous.pictures(timeout_s))

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Any call of `asynchronous`, waited for."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def close(self) -> None:
        """Leave the room. Idempotent."""
        if self._thread.is_alive():
            self.run(_end_all(self.asynchronous))
            self._stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _each(self, items: AsyncGenerator[T]) -> Iterator[T]:
        async def next_one() -> T:
            return await anext(items)

        try:
            while True:
                yield self.run(next_one())
        except StopAsyncIteration:
            return
        finally:
            self.run(_end(items))

    def _stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


async def _end(items: AsyncGenerator[Any]) -> None:
    await items.aclose()


async def _end_all(room: AsyncRoom) -> None:
    """Leave, and end what somebody began and did not finish."""
    await room.__aexit__(None, None, None)
    left = asyncio.all_tasks() - {asyncio.current_task()}
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)
    await asyncio.get_running_loop().shutdown_asyncgens()


async def _made(url: str, token: str | None, name: str) -> AsyncRoom:
    return AsyncRoom(url, token, name=name)


def connect(url: str, token: str | None = None, *, name: str = "Python") -> Room:
    """Join the room of the server at `url`.

    Args:
        url: as the server printed it; its `#token=…` counts when `token` is not given.
        token: the server's secret.
        name: shown to others.

    Raises:
        Unreachable: no server answers there.
        Unauthorized: it wants another token.
    """
    return Room(url, token, name=name)


def connect_async(url: str, token: str | None = None, *, name: str = "Python") -> AsyncRoom:
    """The same for asyncio: `async with connect_async(url) as room: ...`."""
    return AsyncRoom(url, token, name=name)
