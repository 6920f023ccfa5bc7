"""When a server that was started for somebody ends by itself: `launch_passive` and `launch` start such ones.

A program may be killed without a chance to end its server. Its end of our standard input closes all the same; people who
watch then still see its last state, and when they have gone the server goes too.
"""

from __future__ import annotations

import asyncio
import os
import sys
from typing import Protocol

from py_remote_viewer.web.state import Viewer

LOOK_S = 0.25
EMPTY_S = 5.0  # a page that is loaded again is away for a moment
MOST_ALONE_S = 600.0  # without the program, whoever watches


class Stoppable(Protocol):
    """`ViewerServer`, as far as it is needed here."""

    should_exit: bool

    @property
    def viewer(self) -> Viewer | None:
        """What it serves, once it does."""


class Patience:
    """Decides when it is over. Pure."""

    def __init__(self) -> None:
        self._empty_since_s: float | None = None
        self._alone_since_s: float | None = None

    def is_over(self, now: float, *, people: int, alone: bool) -> bool:
        """Whether to end at `now` (monotonic seconds).

        Args:
            people: how many are in the room.
            alone: the program that started us has gone.
        """
        if not alone:
            return False
        if self._alone_since_s is None:
            self._alone_since_s = now
        if people:
            self._empty_since_s = None
        elif self._empty_since_s is None:
            self._empty_since_s = now
        empty = self._empty_since_s is not None and now - self._empty_since_s >= EMPTY_S
        return empty or now - self._alone_since_s >= MOST_ALONE_S


async def end_with_parent(server: Stoppable) -> None:
    """Look every now and then, and tell `server` to exit when it is over."""
    loop = asyncio.get_running_loop()
    gone = asyncio.Event()

    def read() -> None:
        if not os.read(sys.stdin.fileno(), 4096):
            loop.remove_reader(sys.stdin.fileno())
            gone.set()

    loop.add_reader(sys.stdin.fileno(), read)
    patience = Patience()
    try:
        while True:
            people = len(server.viewer.rooms.get().members) if server.viewer is not None else 0
            if patience.is_over(loop.time(), people=people, alone=gone.is_set()):
                server.should_exit = True
                return
            await asyncio.sleep(LOOK_S)
    finally:
        loop.remove_reader(sys.stdin.fileno())
