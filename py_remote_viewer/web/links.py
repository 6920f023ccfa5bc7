"""Addresses that open one file for a while without the token in a header: a <video> and a download cannot send one.

The key is an HMAC of path and end by the server's token, so it says nothing of the token and opens nothing else.
"""

from __future__ import annotations

import hmac
import time
from hashlib import sha256

from fastapi import Request

from py_remote_viewer.config import Settings
from py_remote_viewer.errors import Unauthorized
from py_remote_viewer.web.access import require_token
from py_remote_viewer.web.state import Viewer, viewer_of

GOOD_FOR_S = 3600


def link(path: str, settings: Settings) -> str:
    """`path` as an address; with a key where the server has a token."""
    if not settings.token:
        return path
    until = int(time.time()) + GOOD_FOR_S
    return f"{path}?until={until}&key={_key(path, until, settings)}"


def linked(request: Request) -> Viewer:
    """The record, for requests that bring the token, or the key of just this path.

    Raises:
        Unauthorized: neither, or the key has ended.
    """
    viewer = viewer_of(request)
    key, until = request.query_params.get("key"), request.query_params.get("until", "")
    if viewer.settings.token and key is not None:
        path = request.url.path
        is_good = until.isdecimal() and len(until) <= 12
        if not is_good or not hmac.compare_digest(key.encode(), _key(path, int(until), viewer.settings).encode()):
            raise Unauthorized("this address is not ours", hint="Take it from GET /api/recordings.")
        if int(until) < time.time():
            raise Unauthorized("this address has ended", hint="GET /api/recordings gives a new one.")
        return viewer
    require_token(request.headers, viewer.settings)
    return viewer


def _key(path: str, until: int, settings: Settings) -> str:
    return hmac.new(settings.token.encode(), f"{path}\n{until}".encode(), sha256).hexdigest()[:32]
