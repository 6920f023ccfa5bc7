"""What the tests of harmful scenes and uploads share: a timed request, what watchers get meanwhile, and memory after."""

from __future__ import annotations

import asyncio
import json
import urllib.error
import urllib.request
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from tests.e2e.watched import Watched

ANSWER_WITHIN_S = 6.0
SLACK_S = 4.0  # for the machine: a compile gets 5 s of wall clock, which others may be using too
# Of the picture rate before; a quiet machine keeps more than 0.95, one that others use too may not keep so much.
KEPT = 0.6
# What these scenes ask for is gigabytes; a new engine grows by 40 MB with the first large scenes, and no further.
MEMORY_GROWTH_BYTES = 80_000_000
MEMORY_BACK_WITHIN_S = 20.0
_ANSWER_LIMIT_S = 60.0


async def posted(
    room: Watched, path: str, body: bytes, kind: str = "application/json"
) -> tuple[int, dict[str, Any], float]:
    """Status, answer and seconds of a POST."""

    def ask() -> tuple[int, dict[str, Any]]:
        request = urllib.request.Request(room.server.url + path, body, {"Content-Type": kind})
        try:
            with urllib.request.urlopen(request, timeout=_ANSWER_LIMIT_S) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as exc:
            return exc.code, json.load(exc)

    began = asyncio.get_running_loop().time()
    status, answer = await asyncio.to_thread(ask)
    return status, answer, asyncio.get_running_loop().time() - began


@asynccontextmanager
async def rates(room: Watched) -> AsyncIterator[list[float]]:
    """Pictures a second that the watcher gets, half a second at a time, as long as the block runs."""
    found: list[float] = []

    async def measure() -> None:
        while True:
            found.append(await room.pictures_per_s(0.5))

    task = asyncio.create_task(measure(), name="rates")
    try:
        yield found
    finally:
        task.cancel()
        await asyncio.wait([task])


async def memory_back(room: Watched, before: dict[str, int]) -> None:
    """Wait until every process has given back what a large scene left free."""
    most = {process: used + MEMORY_GROWTH_BYTES for process, used in before.items()}
    clock = asyncio.get_running_loop().time
    end_s = clock() + MEMORY_BACK_WITHIN_S
    while any(used > most[process] for process, used in room.server.memory_bytes().items()):
        assert clock() < end_s, (before, room.server.memory_bytes())
        await asyncio.sleep(0.5)
