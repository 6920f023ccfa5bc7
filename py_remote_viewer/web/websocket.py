"""uvicorn's WebSocket protocol, made safe against peers that send too much or read too little.

- All frames of one read are parsed in one go, and a read takes up to 256 KiB: ten thousand small messages, which held the
  event loop for 370 ms. Here a read is small, and the next one waits until its messages have been taken.
- The kernel takes megabytes for a peer that reads nothing. Here it is told to take little, so that whoever sends learns
  soon that the peer does not read.
- A connection that is closed while data waits lives until its peer reads that, or for ever. Here it is aborted.
"""

from __future__ import annotations

import asyncio
import socket
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

READ_BYTES = 16_384
UNSENT_BYTES = 131_072  # a few pictures; the time a slow link needs for more is longer than anybody wants to be behind
LINGER_S = 3.0


class BoundedWebSocket(WebSocketsSansIOProtocol):
    """One connection."""

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
