"""A real server with people who watch it, in processes of their own, while a test does its worst."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from py_remote_viewer.bench.line_process import LineProcess, line_process
from py_remote_viewer.bench.server_process import ServerProcess, server_process

SMALL = ("--scene", "pendulum", "--width", "320", "--height", "192", "--fps", "30", "--quality", "lean")
WATCHERS = 3


class Watched:
    """The server, and what its watchers get."""

    def __init__(self, server: ServerProcess, crowd: LineProcess) -> None:
        self.server = server
        self.crowd = crowd

    async def pictures_per_s(self, seconds: float) -> float:
        """Of the watcher who gets fewest."""
        before = await self.crowd.ask(count=True)
        await asyncio.sleep(seconds)
        after = await self.crowd.ask(count=True)
        took = after["at_s"] - before["at_s"]
        return min((b - a) / took for a, b in zip(before["pictures"], after["pictures"], strict=True))

    async def stats(self) -> dict[str, Any]:
        return await self.server.get("/api/stats")

    def descriptors(self) -> int:
        """Files that the server's process has open."""
        return sum(1 for _ in Path(f"/proc/{self.server.pid}/fd").iterdir())

    async def until(self, condition: Callable[[dict[str, Any]], bool], limit_s: float = 20.0) -> dict[str, Any]:
        """Ask for the statistics until `condition` holds for them; returns those."""
        async with asyncio.timeout(limit_s):
            while not condition(stats := await self.stats()):  # noqa: ASYNC110 - the server is another process
                await asyncio.sleep(0.1)
        return stats


@asynccontextmanager
async def watched(
    *arguments: str, watchers: int = WATCHERS, log_file: Path | None = None, **environment: str
) -> AsyncIterator[Watched]:
    """A small scene at 30 pictures a second, with watchers who have seen pictures for a second."""
    async with (
        server_process(*(arguments or SMALL), inside=None, log_file=log_file, **environment) as server,
        line_process("py_remote_viewer.bench.crowd", server.url) as crowd,
    ):
        joined = await crowd.ask(size=watchers)
        assert joined == {"refused": [], "size": watchers}
        await asyncio.sleep(1.0)
        yield Watched(server, crowd)
