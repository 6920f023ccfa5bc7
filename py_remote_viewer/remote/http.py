"""One REST call to a server, blocking: JSON out, JSON or bytes back, every refusal as the `ViewerError` that it was."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from py_remote_viewer.errors import Unreachable, ViewerError, from_fields

TIMEOUT_S = 30.0


class Server:
    """Where a server is, and the secret that opens it."""

    def __init__(self, url: str, token: str | None = None) -> None:
        """`url`: as the server printed it; a token in its fragment (`#token=…`) counts when `token` is not given.

        Raises:
            Unreachable: this is no address of a web server.
        """
        parts = urlsplit(url if "://" in url else f"http://{url}")
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise Unreachable(f"{url!r} is no address of a server", hint="For example http://127.0.0.1:8000.")
        self.url = f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}"
        fragment = parts.fragment.removeprefix("token=") if parts.fragment.startswith("token=") else ""
        self.token = token if token is not None else fragment
        handlers = [urllib.request.ProxyHandler({})] if _is_here(parts.hostname or "") else []
        self._opener = urllib.request.build_opener(*handlers)

    @property
    def page_url(self) -> str:
        """What to open in a browser."""
        return f"{self.url}/" + (f"#token={self.token}" if self.token else "")

    @property
    def socket_url(self) -> str:
        """The signaling WebSocket."""
        return f"ws{self.url.removeprefix('http')}/ws/signaling"

    def ask(self, method: str, path: str, body: object = None, *, timeout_s: float = TIMEOUT_S) -> Any:
        """JSON of an answer; `body` becomes JSON when it is given. Raises as `fetch`."""
        data = None if body is None else json.dumps(body).encode()
        return json.loads(self.fetch(method, path, data, "application/json", timeout_s=timeout_s))

    def fetch(
        self,
        method: str,
        path: str,
        data: bytes | BinaryIO | None = None,
        kind: str = "",
        *,
        timeout_s: float = TIMEOUT_S,
    ) -> bytes:
        """The bytes of an answer.

        Args:
            method: of HTTP.
            path: from `/` on.
            data: body of the request; a file is sent from its beginning to its end.
            kind: its content type.
            timeout_s: for each wait.

        Raises:
            Unreachable: nobody answers there.
            ViewerError: the server refuses, with its own words.
        """
        with self._answer(method, path, data, kind, timeout_s) as answer:
            found: bytes = answer.read()
            return found

    def download(self, path: str, into: BinaryIO, *, timeout_s: float = TIMEOUT_S) -> None:
        """Write the answer of a GET to `into`, however long it is. Raises as `fetch`."""
        with self._answer("GET", path, None, "", timeout_s) as answer:
            shutil.copyfileobj(answer, into)

    @contextmanager
    def _answer(
        self, method: str, path: str, data: bytes | BinaryIO | None, kind: str, timeout_s: float
    ) -> Iterator[Any]:
        headers = {"Accept": "*/*"} | ({"Content-Type": kind} if data is not None and kind else {})
        if data is not None and not isinstance(data, bytes):
            headers["Content-Length"] = str(data.seek(0, os.SEEK_END))
            data.seek(0)
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        request = urllib.request.Request(self.url + path, data=data, headers=headers, method=method)
        try:
            with self._opener.open(request, timeout=timeout_s) as answer:
                yield answer
        except urllib.error.HTTPError as exc:
            with exc:
                raise _refusal(exc.code, exc.read(), f"{method} {path}") from None
        except (urllib.error.URLError, TimeoutError, ConnectionError, http.client.HTTPException) as exc:
            reason = getattr(exc, "reason", None) or exc
            raise Unreachable(
                f"no server answers at {self.url}: {getattr(reason, 'strerror', None) or reason}",
                hint="Start one with `python -m py_remote_viewer`, or give another address (--url).",
            ) from None


def _is_here(host: str) -> bool:
    """Whether `host` is this machine, so that no proxy is asked for it."""
    return host == "localhost" or host.startswith("127.") or host == "::1"


def _refusal(status: int, body: bytes, what: str) -> ViewerError:
    try:
        fields = json.loads(body)["error"]
    except (ValueError, KeyError, TypeError):
        return Unreachable(f"{what}: status {status}, and no answer of this viewer", hint="Is this the right address?")
    return from_fields(fields)
