"""A line with an end: so many at work, so many waiting, and whoever comes then is refused."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from py_remote_viewer.errors import RoomBusy


class WaitingLine:
    """`at_once` may be at work while `waiting` wait for them. Event loop only."""

    def __init__(self, what: str, at_once: int, waiting: int) -> None:
        """`what` they are, for the refusal: "scenes are being compiled"."""
        self._what = what
        self._slots = asyncio.Semaphore(at_once)
        self._most = at_once + waiting
        self._in_line = 0

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """Wait for a place and hold it. Raises RoomBusy when the line is full."""
        if self._in_line >= self._most:
            raise RoomBusy(f"{self._in_line} {self._what} already", hint="Try again in a few seconds.")
        self._in_line += 1
        try:
            async with self._slots:
                yield
        finally:
            self._in_line -= 1
