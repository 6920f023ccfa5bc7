"""One HTTP/1.1 request on a connection of its own, for the few that the server makes itself (WHIP).

On the event loop, so that cancelling works at once; a thread of `urllib` would hold up the server's end for its time limit.
Redirects are answers like any other here, and no proxy is used.
"""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from dataclasses import dataclass
from urllib.parse import urlsplit

import h11

MAX_BODY = 256_000
_READ = 65_536


class HttpFailed(Exception):
    """No answer came; the text says why."""


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """What came back. Header names are lower case; a header that came twice is there twice."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str | None:
        """The first header of that name."""
        return next((value for key, value in self.headers if key == name), None)

    def all(self, name: str) -> list[str]:
        """Every header of that name."""
        return [value for key, value in self.headers if key == name]


async def request(
    method: str, url: str, *, headers: dict[str, str], body: bytes = b"", timeout_s: float = 10.0
) -> HttpAnswer:
    """Ask once.

    Raises:
        HttpFailed: no connection, no answer within `timeout_s`, a wrong certificate, or more than `MAX_BODY` bytes.
    """
    try:
        async with asyncio.timeout(timeout_s):
            return await _ask(method, url, headers, body)
    except TimeoutError as exc:
        raise HttpFailed(f"no answer within {timeout_s:.0f} s") from exc
    except ssl.SSLError as exc:
        raise HttpFailed(f"TLS failed: {exc.reason or exc}") from exc
    except OSError as exc:
        raise HttpFailed(exc.strerror or str(exc) or type(exc).__name__) from exc
    except h11.ProtocolError as exc:
        raise HttpFailed(f"not HTTP: {exc}") from exc


async def _ask(method: str, url: str, headers: dict[str, str], body: bytes) -> HttpAnswer:
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    host = parts.hostname or ""
    context = ssl.create_default_context() if secure else None
    reader, writer = await asyncio.open_connection(host, parts.port or (443 if secure else 80), ssl=context)
    try:
        connection = h11.Connection(h11.CLIENT)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        given = {"Host": parts.netloc.rpartition("@")[2], "Connection": "close", "Content-Length": str(len(body))}
        asked = h11.Request(method=method, target=target, headers=list((given | headers).items()))
        for event in (asked, h11.Data(data=body), h11.EndOfMessage()):
            writer.write(connection.send(event) or b"")
        await writer.drain()
        return await _answer(connection, reader, url)
    finally:
        writer.close()
        with contextlib.suppress(OSError, asyncio.CancelledError):
            await writer.wait_closed()


async def _answer(connection: h11.Connection, reader: asyncio.StreamReader, url: str) -> HttpAnswer:
    status, headers, body = 0, (), b""  # type: int, tuple[tuple[str, str], ...], bytes
    while True:
        event = connection.next_event()
        if event is h11.NEED_DATA:
            connection.receive_data(await reader.read(_READ))
        elif isinstance(event, h11.Response):
            status = event.status_code
            headers = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in event.headers)
        elif isinstance(event, h11.Data):
            body += event.data
            if len(body) > MAX_BODY:
                raise HttpFailed(f"an answer of more than {MAX_BODY} bytes")
        elif isinstance(event, h11.EndOfMessage):
            return HttpAnswer(url, status, headers, body)
        elif isinstance(event, h11.ConnectionClosed):
            raise HttpFailed("the connection ended before the answer")
