"""All rooms of a server, by id. There is one, `main`; the id goes through every layer all the same."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Self

from py_remote_viewer.config import Settings
from py_remote_viewer.errors import NotFound
from py_remote_viewer.rooms.parts import RoomParts
from py_remote_viewer.rooms.room import Room
from py_remote_viewer.rooms.scene_source import SceneSource

DEFAULT_ROOM = "main"


class RoomRegistry:
    """Opens the default room on entry; closes every room on exit."""

    def __init__(self, settings: Settings, parts: RoomParts, first_scene: SceneSource | None) -> None:
        self._settings = settings
        self._parts = parts
        self._first_scene = first_scene
        self._rooms: dict[str, Room] = {}
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        room = Room(DEFAULT_ROOM, self._settings, self._parts, first_scene=self._first_scene)
        self._rooms[DEFAULT_ROOM] = await self._stack.enter_async_context(room)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.__aexit__(kind, error, trace)
        self._rooms.clear()

    @property
    def rooms(self) -> Mapping[str, Room]:
        """Every open room."""
        return self._rooms

    def get(self, room_id: str = DEFAULT_ROOM) -> Room:
        """The room `room_id`. Raises NotFound."""
        try:
            return self._rooms[room_id]
        except KeyError:
            raise NotFound(f"no room {room_id!r}", hint=f"Open rooms: {', '.join(self._rooms) or 'none'}.") from None

    def say_goodbye(self, reason: str) -> None:
        """Close every WebSocket with `reason`."""
        for room in self._rooms.values():
            room.say_goodbye(reason)
