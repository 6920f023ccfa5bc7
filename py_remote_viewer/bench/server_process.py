"""The product itself as a child process: the real command, on a free port, with what it prints and what it costs."""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import signal
import sys
import urllib.request
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import Any

from py_remote_viewer.bench.netns.namespaces import Namespace
from py_remote_viewer.errors import EngineFailed

START_LIMIT_S = 30.0
_ROOT = str(Path(__file__).resolve().parents[2])


class ServerProcess:
    """A running server: `url` to open on the machine (or in the namespace) where it runs, and its processes' CPU time."""

    def __init__(self, url: str, pid: int, token: str = "", inside: Namespace | None = None) -> None:
        self.url = url
        self.pid = pid
        self.token = token
        self._inside = inside

    def page_url(self, address: str) -> str:
        """What a browser opens that reaches the server at `address`."""
        return f"http://{address}:{self.url.rpartition(':')[2]}/#token={self.token}"

    async def get(self, path: str) -> dict[str, Any]:
        """JSON of a GET."""
        return await self._fetch(path, None)

    async def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """JSON of a POST."""
        return await self._fetch(path, json.dumps(body).encode())

    async def _fetch(self, path: str, body: bytes | None) -> dict[str, Any]:
        work = partial(_fetch, self.url + path, body, self.token)
        return await (self._inside.call(work) if self._inside else asyncio.to_thread(work))

    def memory_bytes(self) -> dict[str, int]:
        """Resident bytes of the server process, and of all processes under it."""
        server, *others = (_resident(pid) for pid in process_tree(self.pid))
        return {"server": server, "others": sum(others)}

    def cpu_s(self) -> float:
        """CPU seconds that the server and all processes under it have used so far."""
        return sum(cpu_of(pid) for pid in process_tree(self.pid))


def process_tree(pid: int) -> list[int]:
    """`pid` and all its living descendants."""
    found, waiting = [], [pid]
    while waiting:
        one = waiting.pop()
        found.append(one)
        for children in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                waiting += [int(child) for child in children.read_text().split()]
            except OSError:
                continue  # it ended while we looked
    return found


def cpu_of(pid: int) -> float:
    """CPU seconds that one process has used; 0 when it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def _fetch(url: str, body: bytes | None, token: str) -> dict[str, Any]:
    headers = {"Content-Type": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    request = urllib.request.Request(url, data=body, headers=headers)
    with urllib.request.urlopen(request, timeout=30) as answer:
        parsed: dict[str, Any] = json.load(answer)
        return parsed


@asynccontextmanager
async def server_process(
    *arguments: str, inside: Namespace | None = None, log_file: Path | None = None, **environment: str
) -> AsyncIterator[ServerProcess]:
    """Start `python -m py_remote_viewer --port 0` with more arguments and variables; stop it at the end.

    Args:
        arguments: further ones.
        inside: the network namespace to run in; it then listens on all addresses there, and wants a token.
        log_file: takes what it logs, in place of our standard error.
        environment: further variables.

    Raises:
        EngineFailed: it does not serve within half a minute; the message holds what it printed.
    """
    roots = os.pathsep.join(filter(None, [_ROOT, os.environ.get("PYTHONPATH", "")]))
    command: tuple[str, ...] = (sys.executable, "-P", "-m", "py_remote_viewer", "--port", "0", *arguments)
    token = ""
    if inside is not None:
        token = secrets.token_hex(16)
        command = inside.command(*command, "--host", "0.0.0.0")
        environment = {"VIEWER_TOKEN": token, **environment}
    with log_file.open("ab") if log_file else nullcontext() as log:
        process = await asyncio.create_subprocess_exec(
            *command,
            stdout=asyncio.subprocess.PIPE,
            stderr=log,
            env={**os.environ, "PYTHONPATH": roots, "VIEWER_LOG_LEVEL": "WARNING", **environment},
        )
    try:
        port = (await _url(process)).rpartition(":")[2]
        yield ServerProcess(f"http://127.0.0.1:{port}", process.pid, token, inside)
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
            try:
                async with asyncio.timeout(10):
                    await process.wait()
            except TimeoutError:
                process.kill()
                await process.wait()


async def _url(process: asyncio.subprocess.Process) -> str:
    assert process.stdout is not None
    said = ""
    try:
        async with asyncio.timeout(START_LIMIT_S):
            while line := (await process.stdout.readline()).decode():
                said += line
                if "http://" in line:
                    return "http://" + line.partition("http://")[2].strip().partition("/")[0]
    except TimeoutError:
        pass
    raise EngineFailed(f"the server does not start: {said.strip() or 'it printed nothing'}", hint="See its log.")
