"""Many viewers of a real server, in a process of their own: `python -m py_remote_viewer.bench.crowd URL`.

Each joins as a page does: WebSocket, greeting, offer, answer; its pictures are counted as in `receivers`. Line protocol, JSON:
`{"size": n}` makes the crowd so large (with `"leave": k`, after the k who joined first have left) and gives `{"size": n,
"refused": [reasons]}`; `{"count": true}` gives `{"pictures":
[...], "at_s": seconds, "cpu_s": seconds}`; end of input ends the process. In-process, `Joined` is one of them.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Any, Self

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from py_remote_viewer.bench.receivers import Receiver

JOIN_LIMIT_S = 30.0
AT_ONCE = 8


class Joined:
    """A viewer in a room. Use as an async context manager: connected inside, gone after.

    Attributes:
        receiver: counts its pictures.
        errors, notices: messages of these types that the server sent, oldest first.
        closed: how the server closed the WebSocket, None while it is open.
    """

    def __init__(self, url: str, token: str = "") -> None:
        """`url`: as the server prints it, without the fragment."""
        self.receiver = Receiver()
        self.errors: list[dict[str, Any]] = []
        self.notices: list[dict[str, Any]] = []
        self.closed: tuple[int, str] | None = None
        self.status: dict[str, Any] = {}
        self.socket: ClientConnection
        self._address = url.rstrip("/").replace("http", "ws", 1) + "/ws/signaling"
        self._token = token
        self._answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._reading: asyncio.Task[None]
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        try:
            async with asyncio.timeout(JOIN_LIMIT_S):
                self.socket = await self._stack.enter_async_context(
                    connect(self._address, max_size=None, close_timeout=1)
                )
                self._reading = asyncio.create_task(self._read(), name="crowd reading")
                await self.send(type="hello", protocol=1, **({"token": self._token} if self._token else {}))
                self._stack.push_async_callback(self.receiver.close)
                await self.send(type="offer", sdp=await self.receiver.offer())
                await self.receiver.accept(await self._answer)
                await self.receiver.connected.wait()
        except BaseException:
            await self._stack.aclose()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.aclose()
        await asyncio.wait([self._reading])

    async def send(self, **message: Any) -> None:
        """One message of the signaling protocol."""
        await self.socket.send(json.dumps(message))

    async def _read(self) -> None:
        try:
            async for text in self.socket:
                message = json.loads(text) if isinstance(text, str) else {"type": "binary"}
                if message["type"] == "answer" and not self._answer.done():
                    self._answer.set_result(message["sdp"])
                elif message["type"] == "status":
                    self.status = message
                elif message["type"] == "notice":
                    self.notices.append(message)
                elif message["type"] == "error":
                    self.errors.append(message)
        except ConnectionClosed:
            pass
        finally:
            self.closed = (self.socket.close_code or 0, self.socket.close_reason or "")
            if not self._answer.done():
                self._answer.set_exception(ConnectionError(f"closed before the answer: {self.closed} {self.errors}"))
                self._answer.exception()  # whoever waits gets it; where nobody does, it is no warning


class Crowd:
    """As many `Joined` as asked for."""

    def __init__(self, url: str, at_once: int = AT_ONCE) -> None:
        """`at_once`: so many join at the same time."""
        self._url = url
        self._at_once = at_once
        self._members: list[Joined] = []

    async def leave(self, count: int) -> None:
        """Those who joined first go."""
        leaving, self._members = self._members[:count], self._members[count:]
        await asyncio.gather(*(one.__aexit__(None, None, None) for one in leaving))

    async def resize(self, size: int) -> list[str]:
        """Join or leave until there are `size`; returns why some could not join."""
        leaving, self._members = self._members[size:], self._members[:size]
        await asyncio.gather(*(one.__aexit__(None, None, None) for one in leaving))
        refused: list[str] = []
        while (missing := size - len(self._members)) > 0 and not refused:
            joining = [Joined(self._url) for _ in range(min(missing, self._at_once))]
            for one, outcome in zip(
                joining,
                await asyncio.gather(*(one.__aenter__() for one in joining), return_exceptions=True),
                strict=True,
            ):
                if isinstance(outcome, BaseException):
                    refused.append(f"{type(outcome).__name__}: {outcome}")
                else:
                    self._members.append(one)
        return refused

    def pictures(self) -> list[int]:
        """Of each member so far."""
        return [one.receiver.pictures for one in self._members]


async def serve(url: str) -> None:
    """Answer lines on standard input until it ends."""
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    crowd = Crowd(url)
    try:
        while line := await reader.readline():
            request = json.loads(line)
            if "size" in request:
                await crowd.leave(request.get("leave", 0))
                reply: dict[str, Any] = {"refused": await crowd.resize(request["size"])}
                reply["size"] = len(crowd.pictures())
            else:
                reply = {"pictures": crowd.pictures(), "at_s": time.monotonic(), "cpu_s": time.process_time()}
            sys.stdout.write(json.dumps(reply) + "\n")
            sys.stdout.flush()
    finally:
        await crowd.resize(0)


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1]))
