"""A control for loop stalls: a process whose event loop does nothing but measure itself, as the server's does.

What it suffers is the machine's doing (other processes, a busy host); only what the server suffers beyond that is ours.
Run as `python -m py_remote_viewer.bench.idle_loop`; at the end of its input it prints the longest stall in milliseconds.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from py_remote_viewer.web.loop_meter import LoopMeter

_ROOT = str(Path(__file__).resolve().parents[2])


@dataclass(slots=True)
class IdleStall:
    """Filled in when the control has ended."""

    stall_ms_max: float = 0.0


@asynccontextmanager
async def idle_loop() -> AsyncIterator[IdleStall]:
    """Run the control beside what is measured."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "py_remote_viewer.bench.idle_loop",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [_ROOT, os.environ.get("PYTHONPATH", "")]))},
    )
    result = IdleStall()
    try:
        yield result
    finally:
        said, _ = await process.communicate(b"")  # ends its input
        result.stall_ms_max = float(said.decode().strip() or 0.0)


async def _measure() -> float:
    longest = 0.0
    ended = asyncio.Event()
    asyncio.get_running_loop().add_reader(sys.stdin.fileno(), ended.set)
    async with LoopMeter(lambda: True) as meter:
        while not ended.is_set():
            try:
                async with asyncio.timeout(5.0):
                    await ended.wait()
            except TimeoutError:
                pass
            longest = max(longest, meter.stall_ms())
    return longest


if __name__ == "__main__":
    print(asyncio.run(_measure()))
