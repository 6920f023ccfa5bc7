"""Where programs of this machine bring a model that they step themselves: a Unix socket with descriptors in its packets.

Only programs of the user who runs the server get in, and only with the socket's name, which `GET /api/program` tells those
who have the token. After the greeting the socket belongs to the engine: nothing of the program passes through the server.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import secrets
import socket
import struct
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from py_remote_viewer.errors import Forbidden, MessageInvalid, SceneInvalid, ViewerError
from py_remote_viewer.protocol.loading_messages import LoadProgress
from py_remote_viewer.protocol.program import MAX_PROGRAM_BYTES, ProgramHello, ProgramRefused, parse_from_program
from py_remote_viewer.rooms.parts import Compiler
from py_remote_viewer.rooms.room import Room
from py_remote_viewer.scenes.compiled import CompiledScene, ProgramEnds

log = logging.getLogger(__name__)

HELLO_WITHIN_S = 5.0
AT_ONCE = 8
_CREDENTIALS = struct.Struct("3i")  # pid, uid, gid: struct ucred of unix(7)
_DESCRIPTORS = 2


@dataclass(slots=True)
class ProgramSource:
    """A model that a program brought, compiled already. Good for one `compile`."""

    hello: ProgramHello
    model_fd: int
    ends: ProgramEnds
    used: bool = False

    @asynccontextmanager
    async def here(self, compiler: Compiler, tell: Callable[[LoadProgress], None], /) -> AsyncIterator[ProgramSource]:
        """It is here."""
        yield self

    async def compile(self, compiler: Compiler) -> CompiledScene:
        """Nothing is left to do. Raises SceneInvalid the second time."""
        if self.used:
            raise SceneInvalid(
                "a program brought this scene: it cannot be loaded anew", hint="Start the program again."
            )
        self.used = True
        return CompiledScene(
            name=self.hello.info.name,
            title=self.hello.title,
            preset=None,
            info=self.hello.info,
            fd=self.model_fd,
            size=os.fstat(self.model_fd).st_size,
            program=self.ends,
        )


class ProgramDoor:
    """Async context manager on the event loop.

    Attributes:
        address: what a program connects to, with `@` in place of the first byte (an abstract name, unix(7)).
    """

    def __init__(self, room: Room) -> None:
        self.address = f"@py_remote_viewer-{secrets.token_hex(16)}"
        self._room = room
        self._listener: socket.socket | None = None
        self._tasks = asyncio.TaskGroup()
        self._waiting: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        await self._tasks.__aenter__()
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._listener.setblocking(False)
        self._listener.bind(self.address.replace("@", "\0"))
        self._listener.listen(AT_ONCE)
        asyncio.get_running_loop().add_reader(self._listener.fileno(), self._accept)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._listener is not None
        asyncio.get_running_loop().remove_reader(self._listener.fileno())
        self._listener.close()
        for task in self._waiting:
            task.cancel()
        await self._tasks.__aexit__(kind, error, trace)

    def _accept(self) -> None:
        assert self._listener is not None
        with contextlib.suppress(OSError):
            channel, _ = self._listener.accept()
            if len(self._waiting) >= AT_ONCE:
                channel.close()
                return
            task = self._tasks.create_task(self._greet(channel), name="program greeting")
            self._waiting.add(task)
            task.add_done_callback(self._waiting.discard)

    async def _greet(self, channel: socket.socket) -> None:
        with channel:
            channel.setblocking(False)
            try:
                _require_same_user(channel)
                async with asyncio.timeout(HELLO_WITHIN_S):
                    source = await _hello(channel)
                log.info("a program brings %s", source.hello.info.name)
                await self._room.load_scene(source)
            except TimeoutError:
                log.debug("a program said nothing")
            except ViewerError as exc:
                log.info("a program was refused: %s", exc)
                with contextlib.suppress(OSError):
                    channel.send(ProgramRefused(error=exc.as_json()["error"]).model_dump_json().encode())


def _require_same_user(channel: socket.socket) -> None:
    _, uid, _ = _CREDENTIALS.unpack(channel.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size))
    if uid != os.getuid():
        raise Forbidden(
            f"a program of user {uid} may not show itself here", hint="Run it as the user who runs the server."
        )


async def _hello(channel: socket.socket) -> ProgramSource:
    """The greeting, with its descriptors. Raises MessageInvalid."""
    loop = asyncio.get_running_loop()
    readable = asyncio.Event()
    loop.add_reader(channel.fileno(), readable.set)
    try:
        await readable.wait()
    finally:
        loop.remove_reader(channel.fileno())
    try:
        packet, fds, _, _ = socket.recv_fds(channel, MAX_PROGRAM_BYTES, _DESCRIPTORS)
    except OSError as exc:
        raise MessageInvalid(f"the program's greeting cannot be read: {exc}") from exc
    try:
        hello = parse_from_program(packet)
        if not isinstance(hello, ProgramHello) or len(fds) != _DESCRIPTORS:
            raise MessageInvalid(
                f"{hello.type} with {len(fds)} descriptors", hint="Say program_hello first, with model and memory."
            )
    except MessageInvalid:
        for fd in fds:
            os.close(fd)
        raise
    for fd in fds:
        os.set_inheritable(fd, False)
    return ProgramSource(hello, fds[0], ProgramEnds(fds[1], os.dup(channel.fileno()), hello.role))
