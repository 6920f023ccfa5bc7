"""The server's end of one engine process: start it, talk to it, notice its end. Knows nothing of scenes or restarts."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from py_remote_viewer.engine.framing import Frame, FrameReader, Kind, pack
from py_remote_viewer.errors import EngineFailed, RoomBusy
from py_remote_viewer.protocol.engine_messages import EngineConfig, ToEngine

log = logging.getLogger(__name__)

MAX_UNSENT_BYTES = 4 * 2**20
_PIPE_BYTES = 2**20
_ROOT = str(Path(__file__).resolve().parents[2])


class EngineLink(asyncio.Protocol):
    """One engine process and its pipe."""

    def __init__(self, on_frame: Callable[[Frame], None], on_end: Callable[[EngineLink, str], None]) -> None:
        """Args:
        on_frame: called on the loop with each message.
        on_end: called once when the process has ended, with the reason.
        """
        self._on_frame = on_frame
        self._on_end = on_end
        self._reader = FrameReader()
        self._transport: asyncio.Transport | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._side: socket.socket | None = None
        self._why = ""
        self.ended = asyncio.Event()

    @property
    def pid(self) -> int | None:
        """Process id, while it runs."""
        return self._process.pid if self._process is not None and not self.ended.is_set() else None

    async def start(self, config: EngineConfig, egl_device: int | None) -> None:
        """Start the process.

        Raises:
            EngineFailed: it could not be started.
        """
        ours, theirs = socket.socketpair()
        side_ours, side_theirs = socket.socketpair()
        for end in (ours, theirs):
            end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _PIPE_BYTES)
        environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        # -P and the root: the same package as ours, wherever the server was started
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, [_ROOT, os.environ.get("PYTHONPATH", "")]))
        if egl_device is not None:
            environment["MUJOCO_EGL_DEVICE_ID"] = str(egl_device)
        command = [
            sys.executable,
            "-P",
            "-m",
            "py_remote_viewer.engine.process",
            str(theirs.fileno()),
            str(side_theirs.fileno()),
            config.model_dump_json(),
        ]
        try:
            # On this thread (a few ms), not asyncio's or a worker's: the parent-death signal follows the forking thread.
            self._process = subprocess.Popen(  # noqa: ASYNC220
                command,
                stdin=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(), side_theirs.fileno()),
                env=environment,
            )
        except OSError as exc:
            for end in (ours, side_ours):
                end.close()
            raise EngineFailed(f"the engine process does not start: {exc}", hint="See the log.") from exc
        finally:
            theirs.close()
            side_theirs.close()
        self._side = side_ours
        ours.setblocking(False)
        side_ours.setblocking(False)
        await asyncio.get_running_loop().connect_accepted_socket(lambda: self, ours)

    def send(self, message: ToEngine, data: bytes = b"") -> None:
        """Send a message, with bytes behind it. Never blocks.

        Raises:
            RoomBusy: the engine does not read.
            EngineFailed: it is gone.
        """
        if self._transport is None or self.ended.is_set():
            raise EngineFailed("the engine is not running", hint="It is being restarted; try again.")
        if self._transport.get_write_buffer_size() > MAX_UNSENT_BYTES:
            raise RoomBusy("the engine does not take commands", hint="Try again in a moment.")
        kind = Kind.JSON_AND_BYTES if data else Kind.JSON
        self._transport.write(pack(Frame(kind, json=message.model_dump_json().encode(), data=data)))

    def send_model(self, load_id: int, fds: list[int]) -> None:
        """Hand over copies of descriptors: of a model's memory file, and of what its program has, where it has one.

        Raises:
            EngineFailed: the engine is gone or does not read.
        """
        if self._side is None:
            raise EngineFailed("the engine is not running", hint="It is being restarted; try again.")
        try:
            socket.send_fds(self._side, [str(load_id).encode()], fds)
        except OSError as exc:
            raise EngineFailed(f"the engine does not take the model: {exc}", hint="Try again.") from exc

    def kill(self, why: str) -> None:
        """End it now. `on_end` hears `why`."""
        if self._process is not None and not self.ended.is_set():
            self._why = self._why or why
            with contextlib.suppress(ProcessLookupError):
                self._process.send_signal(signal.SIGKILL)

    async def wait_ended(self, timeout_s: float) -> bool:
        """Whether it ended by itself within `timeout_s`."""
        try:
            async with asyncio.timeout(timeout_s):
                await self.ended.wait()
        except TimeoutError:
            return False
        return True

    # --- asyncio.Protocol ------------------------------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The pipe is open."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Bytes of the engine."""
        try:
            for frame in self._reader.feed(data):
                self._on_frame(frame)
        except EngineFailed as exc:
            self.kill(exc.message)

    def connection_lost(self, exc: Exception | None) -> None:
        """The process has ended, or is about to."""
        process = self._process
        assert process is not None
        if self._side is not None:
            self._side.close()
            self._side = None
        self._transport = None
        try:
            code = process.wait(timeout=0.2)  # the pipe closes when it dies, so this returns at once
        except subprocess.TimeoutExpired:
            process.kill()
            code = process.wait()
        self.ended.set()
        self._on_end(self, self._why or _exit_reason(code))


def _exit_reason(code: int) -> str:
    if code >= 0:
        return f"it ended with code {code}"
    try:
        return f"it was ended by {signal.Signals(-code).name}"
    except ValueError:
        return f"it was ended by signal {-code}"
