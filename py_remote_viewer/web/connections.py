"""uvicorn's protocols, made safe against peers that send too much, too little, or read nothing.

- All frames of one read are parsed in one go, and a read takes up to 256 KiB: ten thousand small messages, which held the
  event loop for 370 ms. Here a read is small, and the next one waits until its messages have been taken.
- The kernel takes megabytes for a peer that reads nothing. Here it is told to take little, so that whoever sends learns
  soon that the peer does not read.
- A connection that is closed while data waits lives until its peer reads that, or for ever. Here it is aborted.
- A request may arrive for ever. Here it makes progress, or its connection ends.
"""

from __future__ import annotations

import asyncio
import socket
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

READ_BYTES = 16_384
UNSENT_BYTES = 131_072  # a few pictures; the time a slow link needs for more is longer than anybody wants to be behind
LINGER_S = 3.0
PROGRESS_EVERY_S = 12.0
LEAST_PROGRESS_BYTES = 256


class BoundedWebSocket(WebSocketsSansIOProtocol):
    """One WebSocket."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take over from HTTP."""
        super().connection_made(transport)
        reader: Any = transport
        reader.max_size = READ_BYTES  # of asyncio's selector transports; others do not look at it
        connection = transport.get_extra_info("socket")
        if connection is not None and hasattr(socket, "TCP_NOTSENT_LOWAT"):
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, UNSENT_BYTES)

    async def run_asgi(self) -> None:
        """Run the application, then see to it that the connection ends."""
        try:
            await super().run_asgi()
        finally:
            self.loop.call_later(LINGER_S, self.transport.abort)

    def keepalive_timeout(self) -> None:
        """The peer does not answer: close, and do not wait for it to read why."""
        super().keepalive_timeout()
        self.loop.call_later(LINGER_S, self.transport.abort)


class BoundedHttp(H11Protocol):
    """One HTTP connection."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Expect a request."""
        super().connection_made(transport)
        self._received = 0
        self._expect_progress()

    def data_received(self, data: bytes) -> None:
        """Count, and go on."""
        self._received += len(data)
        super().data_received(data)

    def _expect_progress(self) -> None:
        self._received = 0
        self.loop.call_later(PROGRESS_EVERY_S, self._check_progress)

    def _check_progress(self) -> None:
        if self.transport.is_closing() or self.transport.get_protocol() is not self:
            return
        rests = self.timeout_keep_alive_task is not None  # between two requests, which uvicorn ends by itself
        waits = self.conn.their_state in (h11.IDLE, h11.SEND_BODY) and not rests
        if waits and self._received < LEAST_PROGRESS_BYTES:
            self.transport.abort()
        else:
            self._expect_progress()
