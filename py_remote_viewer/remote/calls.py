"""What every REST method of the client is made of: one request in a thread, its answer as a type or as bytes."""

from __future__ import annotations

import asyncio
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from pydantic import BaseModel

from py_remote_viewer.protocol.loading_messages import LoadProgress
from py_remote_viewer.remote.http import TIMEOUT_S, Server

T = TypeVar("T", bound=BaseModel)
OnLoad = Callable[[LoadProgress], None]
LOAD_LIMIT_S = 90.0  # a scene that compiles, and is shown
MOVE_LIMIT_S = 600.0  # a file that goes over, or a model that is downloaded


class Calls:
    """One server. Every method raises Unreachable when it does not answer, and the server's own refusal otherwise."""

    def __init__(self, url: str, token: str | None = None) -> None:
        """`url`: as the server printed it; its `#token=…` counts when `token` is not given."""
        self.server = Server(url, token)

    @contextmanager
    def telling(self, _listener: OnLoad | None) -> Iterator[None]:
        """Tell how loads stand while the block runs; outside a room nobody tells us."""
        yield

    async def get(self, path: str, answer: type[T], **query: object) -> T:
        """A GET whose answer is `answer`."""
        return answer.model_validate(await asyncio.to_thread(self.server.ask, "GET", with_query(path, query)))

    async def post(self, path: str, body: BaseModel | None, answer: type[T], *, timeout_s: float = TIMEOUT_S) -> T:
        """A POST of `body` whose answer is `answer`."""
        return await self.send_json("POST", path, body, answer, timeout_s=timeout_s)

    async def send_json(
        self, method: str, path: str, body: BaseModel | None, answer: type[T], *, timeout_s: float = TIMEOUT_S
    ) -> T:
        """The same with another method."""
        given: Any = body.model_dump(mode="json", exclude_none=True) if body is not None else {}
        return answer.model_validate(await asyncio.to_thread(self.server.ask, method, path, given, timeout_s=timeout_s))

    async def get_bytes(self, path: str, **query: object) -> bytes:
        """A GET of a file: a picture, a model."""
        where = with_query(path, query)
        return await asyncio.to_thread(self.server.fetch, "GET", where, timeout_s=MOVE_LIMIT_S)

    async def get_file(self, path: str, into: Path) -> Path:
        """A GET of a file of any size, written to `into`. Raises OSError where that cannot be written."""
        await asyncio.to_thread(self._download, path, into)
        return into

    async def post_file(self, path: str, file: BinaryIO, answer: type[T], **query: object) -> T:
        """A POST of a file as it is, from its beginning."""
        where = with_query(path, query)
        reply = await asyncio.to_thread(self.server.fetch, "POST", where, file, _BYTES, timeout_s=MOVE_LIMIT_S)
        return answer.model_validate_json(reply)

    def _download(self, path: str, into: Path) -> None:
        with into.open("wb") as file:
            self.server.download(path, file, timeout_s=MOVE_LIMIT_S)


_BYTES = "application/octet-stream"


def with_query(path: str, query: dict[str, object]) -> str:
    """`path` with what of `query` is not None."""
    given = {name: value for name, value in query.items() if value is not None}
    words = {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in given.items()}
    return path + (f"?{urllib.parse.urlencode(words)}" if words else "")


def quoted(part: str) -> str:
    """One part of a path, whatever is in it."""
    return urllib.parse.quote(part, safe="")
