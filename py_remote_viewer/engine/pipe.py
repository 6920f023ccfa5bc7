"""The engine's end of the pipe: a thread that reads commands into a bounded queue, and a locked way to write.

When the server is gone there is nothing left to do and nobody to tell: the reader ends the process.
"""

from __future__ import annotations

import logging
import os
import queue
import socket
import threading

from pydantic import ValidationError

from py_remote_viewer.engine.framing import Frame, FrameReader, Kind, pack
from py_remote_viewer.errors import EngineFailed
from py_remote_viewer.protocol.engine_messages import FromEngine, Shutdown, ToEngine, to_engine
from py_remote_viewer.protocol.pictures import EncodedPicture

log = logging.getLogger(__name__)

QUEUE_LIMIT = 4096
Command = tuple[ToEngine, bytes]


class EnginePipe:
    """Both directions, and the side channel over which descriptors of models come."""

    def __init__(self, pipe: socket.socket, side: socket.socket) -> None:
        self._pipe = pipe
        self._side = side
        self._write_lock = threading.Lock()
        self._commands: queue.Queue[Command] = queue.Queue(QUEUE_LIMIT)
        self._thread = threading.Thread(target=self._read, name="pipe", daemon=True)

    def start(self) -> None:
        """Begin to read."""
        self._thread.start()

    def commands(self, wait_s: float) -> list[Command]:
        """Commands that have come, in order; waits up to `wait_s` for the first."""
        found: list[Command] = []
        try:
            found.append(self._commands.get(timeout=wait_s) if wait_s > 0 else self._commands.get_nowait())
            while True:
                found.append(self._commands.get_nowait())
        except queue.Empty:
            return found

    def receive_model(self, load_id: int) -> list[int]:
        """Descriptors that were sent for `load_id`: the model's memory file first; older ones are closed.

        Raises:
            EngineFailed: it did not come.
        """
        self._side.settimeout(5.0)
        while True:
            try:
                tag, fds, _, _ = socket.recv_fds(self._side, 32, 3)
            except OSError as exc:
                raise EngineFailed(f"no model came for load {load_id}: {exc}") from exc
            if not fds:
                raise EngineFailed(f"no model came for load {load_id}")
            if tag == str(load_id).encode():
                return list(fds)
            for fd in fds:
                os.close(fd)

    def send(self, message: FromEngine) -> None:
        """Send a message. Blocks while the server does not read; any thread."""
        self._write(Frame(Kind.JSON, json=message.model_dump_json().encode()))

    def send_with(self, message: FromEngine, data: bytes) -> None:
        """Send a message with the bytes that belong to it."""
        self._write(Frame(Kind.JSON_AND_BYTES, json=message.model_dump_json().encode(), data=data))

    def send_picture(self, picture: EncodedPicture) -> None:
        """Send an encoded picture."""
        self._write(Frame(Kind.PICTURE, data=picture.pack()))

    def _write(self, frame: Frame) -> None:
        data = pack(frame)
        with self._write_lock:
            try:
                self._pipe.sendall(data)
            except OSError:
                os._exit(0)

    def _read(self) -> None:
        reader = FrameReader()
        while True:
            try:
                data = self._pipe.recv(65536)
            except OSError:
                data = b""
            if not data:
                os._exit(0)  # the server is gone
            for frame in reader.feed(data):
                self._take(frame)

    def _take(self, frame: Frame) -> None:
        try:
            message = to_engine.validate_json(frame.json)
        except ValidationError as exc:
            log.error("a command that the engine does not know: %s", exc)
            return
        try:
            self._commands.put_nowait((message, frame.data))
        except queue.Full:
            if isinstance(message, Shutdown):
                os._exit(0)
            log.warning("command queue full: %s dropped", message.type)
