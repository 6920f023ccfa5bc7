"""A WebSocket made by hand: it says what it is told to, and reads nothing, not even pings."""

from __future__ import annotations

import asyncio
import json
import socket
from types import TracebackType
from typing import Any, Self

from websockets.client import ClientProtocol
from websockets.uri import parse_uri

RECEIVE_BUFFER = 4096


def tcp(url: str) -> socket.socket:
    """A connection to the server at `url`, with as little room for what it says as the kernel allows."""
    made = socket.socket()
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER)
    made.connect(("127.0.0.1", int(url.rpartition(":")[2])))
    return made


HELLO = {"type": "hello", "protocol": 1}


class DeafSocket:
    """Says `first` on entry."""

    def __init__(self, url: str, path: str = "/ws/signaling", **first: Any) -> None:
        self._url = url
        self._first = first
        self._protocol = ClientProtocol(parse_uri(url.replace("http", "ws") + path))

    async def __aenter__(self) -> Self:
        self._socket = tcp(self._url)
        self._protocol.send_request(self._protocol.connect())
        self._socket.sendall(b"".join(self._protocol.data_to_send()))
        self._protocol.receive_data(self._socket.recv(4096))
        self._socket.setblocking(False)
        await self.say(**self._first)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._socket.close()

    async def say(self, **message: Any) -> None:
        """One message."""
        self._protocol.send_text(json.dumps(message).encode())
        await asyncio.get_running_loop().sock_sendall(self._socket, b"".join(self._protocol.data_to_send()))
