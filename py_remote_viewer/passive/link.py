"""The program's socket to the engine that shows it: what is said goes out at once or not at all, what is heard waits.

One thread reads. It holds nothing but the inbox, so that a handle that nobody keeps any more can be collected.
"""

from __future__ import annotations

import contextlib
import logging
import socket
import threading
from collections import deque
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from py_remote_viewer.errors import EngineFailed, Unreachable, from_fields
from py_remote_viewer.passive.glfw_keys import GLFW_KEYS
from py_remote_viewer.protocol.key_input import KeyPress
from py_remote_viewer.protocol.program import (
    MAX_PROGRAM_BYTES,
    FromProgram,
    PeopleDid,
    ProgramHello,
    ProgramRefused,
    ProgramShown,
    PutState,
    RoomGoodbye,
    ToProgram,
    to_program,
)
from py_remote_viewer.sim.shared_state import read_and_close

log = logging.getLogger(__name__)

SHOW_LIMIT_S = 90.0  # a large model may take long to be drawn for the first time
MOST_WAITING = 1024


class Link:
    """A connection to a room.

    Attributes:
        inbox: what the room said, oldest first, states that it wants as arrays; what is too much drops out at the old end.
        ended: why it is over, in words; empty while it is not.
    """

    def __init__(self, address: str, key_callback: Callable[[int], None] | None) -> None:
        """Connect to the socket that `GET /api/program` names.

        Raises:
            Unreachable: it is not on this machine.
        """
        self.inbox: deque[ToProgram | NDArray[np.float64]] = deque(maxlen=MOST_WAITING)
        self.ended = ""
        self._key_callback = key_callback
        self._channel = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        try:
            self._channel.connect(address.replace("@", "\0", 1))
        except OSError as exc:
            self._channel.close()
            raise Unreachable(
                f"the server is not on this machine, or in another container: {exc.strerror}",
                hint="launch_passive shares memory with the server: run both on one machine, or leave out `url`.",
            ) from exc
        self._thread = threading.Thread(target=self._read, name="py_remote_viewer link", daemon=True)

    def show(self, hello: ProgramHello, fds: list[int]) -> ProgramShown:
        """Bring a model; returns when the room shows it.

        Raises:
            EngineFailed: the room does not answer.
            ViewerError: it refuses, with its reason.
        """
        self._channel.settimeout(SHOW_LIMIT_S)
        try:
            socket.send_fds(self._channel, [hello.model_dump_json().encode()], fds)
            packet = self._channel.recv(MAX_PROGRAM_BYTES)
        except OSError as exc:
            self.close()
            raise EngineFailed(f"the room does not take the model: {exc}", hint="See what the server logs.") from exc
        if not packet:
            self.close()
            raise EngineFailed("the server ended before it showed the model", hint="See what it logged.")
        answer = to_program.validate_json(packet)
        if isinstance(answer, ProgramRefused):
            self.close()
            raise from_fields(answer.error)
        if not isinstance(answer, ProgramShown):
            self.close()
            raise EngineFailed(f"the room answered {answer.type}", hint="Use the same version on both ends.")
        self._channel.settimeout(None)
        self._thread.start()
        return answer

    def send(self, message: FromProgram, fds: list[int] | None = None) -> bool:
        """Say something without waiting; whether it went out. What is not heard in time may be said again later."""
        with contextlib.suppress(OSError):
            packet = message.model_dump_json().encode()
            socket.send_fds(self._channel, [packet], fds or [], socket.MSG_DONTWAIT | socket.MSG_NOSIGNAL)
            return True
        return False

    def close(self, reason: str = "the viewer is closed") -> None:
        """End it. Idempotent."""
        self.ended = self.ended or reason
        with contextlib.suppress(OSError):
            self._channel.shutdown(socket.SHUT_RDWR)
        if not self._thread.is_alive():
            self._channel.close()

    def _read(self) -> None:
        with self._channel:
            while not self.ended:
                fds: list[int] = []
                try:
                    packet, fds, _, _ = socket.recv_fds(self._channel, MAX_PROGRAM_BYTES, 1)
                except OSError:
                    packet = b""
                if not packet:
                    self.ended = self.ended or "the server is gone"
                    return
                try:
                    self._take(to_program.validate_json(packet), read_and_close(fds))
                except ValidationError as exc:
                    log.warning("the room said something that is not understood: %s", exc)

    def _take(self, message: ToProgram, content: bytes) -> None:
        match message:
            case PutState():
                self.inbox.append(np.frombuffer(content, np.float64))
            case RoomGoodbye():
                self.ended = message.reason
            case PeopleDid(command=KeyPress() as key):
                self._call(key.code)
            case _:
                self.inbox.append(message)

    def _call(self, code: str) -> None:
        number = GLFW_KEYS.get(code)
        if self._key_callback is None or number is None:
            return
        try:
            self._key_callback(number)
        except Exception:
            log.exception("key_callback(%d) failed", number)
