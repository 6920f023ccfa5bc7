"""A child process that answers a JSON line with a JSON line."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from py_remote_viewer.errors import EngineFailed

ANSWER_LIMIT_S = 120.0
_LINE_LIMIT_BYTES = 16_000_000
_SOURCES = str(Path(__file__).resolve().parents[2])


class LineProcess:
    """One running child; one question at a time."""

    def __init__(self, process: asyncio.subprocess.Process, name: str) -> None:
        self.pid = process.pid
        self._process = process
        self._name = name
        self._turn = asyncio.Lock()
        self._asked: set[asyncio.Task[dict[str, Any]]] = set()

    async def ask(self, **request: Any) -> dict[str, Any]:
        """One line out, one line in. Raises EngineFailed when the child has ended.

        Who is cancelled while waiting leaves no answer behind for the next who asks.
        """
        asked = asyncio.create_task(self._exchange(request), name=f"ask {self._name}")
        self._asked.add(asked)
        asked.add_done_callback(self._asked.discard)
        return await asyncio.shield(asked)

    async def _exchange(self, request: dict[str, Any]) -> dict[str, Any]:
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        async with self._turn, asyncio.timeout(ANSWER_LIMIT_S):
            stdin.write(json.dumps(request).encode() + b"\n")
            await stdin.drain()
            line = await stdout.readline()
        if not line:
            raise EngineFailed(f"the process {self._name} ended early", hint="What it printed above says why.")
        reply: dict[str, Any] = json.loads(line)
        return reply


@asynccontextmanager
async def line_process(module: str, *arguments: str, prefix: tuple[str, ...] = ()) -> AsyncIterator[LineProcess]:
    """`python -m module arguments`, after `prefix`; it ends when its input does, or is killed."""
    roots = os.pathsep.join(filter(None, [_SOURCES, os.environ.get("PYTHONPATH", "")]))
    process = await asyncio.create_subprocess_exec(
        *(*prefix, sys.executable, "-P", "-m", module, *arguments),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=_LINE_LIMIT_BYTES,
        env={**os.environ, "PYTHONPATH": roots},
    )
    try:
        yield LineProcess(process, module)
    finally:
        if process.stdin is not None:
            process.stdin.close()
        try:
            async with asyncio.timeout(10):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()
