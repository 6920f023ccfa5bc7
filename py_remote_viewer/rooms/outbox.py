"""What waits to be sent to one peer: bounded, with a rule for a reader that is too slow.

Telemetry (`status`, `applied`, `pong`) may be lost, oldest first; everything else arrives, in order. A peer for whom
even the rest does not fit is closed with a reason: it has not read for minutes, and holding more would cost the others.
"""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass

from py_remote_viewer.protocol.messages import Applied, Pong, ServerMessage
from py_remote_viewer.protocol.status import Status

OUTBOX_LIMIT = 64
TOO_SLOW = 4008
GOING_AWAY = 1001
_DROPPABLE = (Status, Applied, Pong)


@dataclass(frozen=True, slots=True)
class Line:
    """One message as it goes over the wire; made once, however many peers get it.

    `only_newest`: of the lines with this word, only the newest one ever waits.
    """

    text: str
    droppable: bool
    only_newest: str = ""


@dataclass(frozen=True, slots=True)
class Closing:
    """How the WebSocket ends: its code (RFC 6455, 7.4) and a reason of at most 123 bytes."""

    code: int
    reason: str


def line(message: ServerMessage) -> Line:
    """Serialize `message` once."""
    return Line(message.model_dump_json(), isinstance(message, _DROPPABLE))


class Outbox:
    """A bounded queue with one reader. Event loop only."""

    def __init__(self, limit: int = OUTBOX_LIMIT) -> None:
        self._limit = limit
        self._lines: deque[Line] = deque()
        self._wake = asyncio.Event()
        self.closing: Closing | None = None
        self.dropped = 0

    def __len__(self) -> int:
        return len(self._lines)

    def put(self, new: Line) -> None:
        """Append `new`. Full: the oldest droppable line goes; where there is none, the peer is closed as too slow."""
        if self.closing:
            return
        if new.only_newest:
            self._drop_older(new.only_newest)
        if len(self._lines) >= self._limit and not self._drop_one():
            if new.droppable:
                self.dropped += 1
                return
            self.close(TOO_SLOW, "this page reads too slowly; open it again")
            return
        self._lines.append(new)
        self._wake.set()

    def _drop_older(self, kind: str) -> None:
        for index, waiting in enumerate(self._lines):
            if waiting.only_newest == kind:
                del self._lines[index]
                self.dropped += 1
                return

    def _drop_one(self) -> bool:
        for index, waiting in enumerate(self._lines):
            if waiting.droppable:
                del self._lines[index]
                self.dropped += 1
                return True
        return False

    def close(self, code: int, reason: str) -> None:
        """Take nothing more; what waits and matters is still delivered, then `take` returns None. First reason wins."""
        if self.closing:
            return
        self.closing = Closing(code, reason)
        self._lines = deque(waiting for waiting in self._lines if not waiting.droppable)
        self._wake.set()

    async def take(self) -> str | None:
        """The next text to send, or None at the end."""
        while not self._lines:
            if self.closing:
                return None
            self._wake.clear()
            await self._wake.wait()
        return self._lines.popleft().text


class NoOutbox(Outbox):
    """Of a peer that takes no messages: nothing is kept but how it ends."""

    def put(self, new: Line) -> None:
        """Let it go."""
