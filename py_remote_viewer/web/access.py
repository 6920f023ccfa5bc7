"""Who may ask: web origins, host names, tokens. Pure.

Browsers send cookies and reach localhost on behalf of any page, so the server looks at where a request comes from:
`Origin` on the WebSocket and on writes (CORS covers neither), and, on a server without a token, `Host`, because a
foreign name that resolves to 127.0.0.1 would make a foreign page "same origin" (DNS rebinding).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

from py_remote_viewer.config import Settings
from py_remote_viewer.errors import Forbidden, Unauthorized
from py_remote_viewer.rooms.session import token_matches


def host_name(host: str) -> str:
    """The name in a `Host` header or an authority, without its port, lower case; empty when it is malformed."""
    try:
        return (urlsplit(f"//{host}").hostname or "").rstrip(".")
    except ValueError:
        return ""


def is_loopback_name(name: str) -> bool:
    """Whether `name` can only mean this machine."""
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def origin_allowed(origin: str | None, host: str, allowed: Iterable[str]) -> bool:
    """Whether a page of `origin` may write to a server that was asked under the name `host`.

    No origin at all is no browser, and may. An origin is the same when host and port agree; its scheme may differ, because a
    proxy may end TLS before us.
    """
    if origin is None:
        return True
    if origin.rstrip("/") in {one.rstrip("/") for one in allowed}:
        return True
    try:
        parts = urlsplit(origin)
        given = (parts.hostname, parts.port or {"http": 80, "https": 443}.get(parts.scheme))
        asked = urlsplit(f"//{host}")
        default = {"http": 80, "https": 443}.get(parts.scheme)
        return bool(host) and given == (asked.hostname, asked.port or default)
    except ValueError:
        return False


def require_origin(origin: str | None, host: str, settings: Settings) -> None:
    """Raise Forbidden for a page of another site."""
    if not origin_allowed(origin, host, settings.allowed_origins):
        raise Forbidden(
            f"a page of {origin!r} may not use this server",
            hint="Open the page of this server, or add the origin to VIEWER_ALLOWED_ORIGINS.",
        )


def require_known_host(host: str, local_address: str | None, settings: Settings) -> None:
    """On a server without a token: raise Forbidden unless it was reached on this machine, under a name of this machine.

    Args:
        host: the `Host` header.
        local_address: the address of our end of the connection; None or not an IP address where there is none.
    """
    if settings.token:
        return
    if local_address is not None and _is_remote_address(local_address):
        raise Forbidden(
            f"this server listens on {local_address} and has no token: anybody who reaches it could drive the simulation",
            hint="Set VIEWER_TOKEN, or listen on 127.0.0.1.",
        )
    name = host_name(host)
    if is_loopback_name(name) or name in {host_name(urlsplit(one).netloc) for one in settings.allowed_origins}:
        return
    raise Forbidden(
        f"this server has no token and answers to names of this machine only, not to {name!r}",
        hint="Open http://127.0.0.1, add the origin to VIEWER_ALLOWED_ORIGINS, or set VIEWER_TOKEN.",
    )


def _is_remote_address(address: str) -> bool:
    try:
        return not ip_address(address).is_loopback
    except ValueError:
        return False


def bearer_token(headers: Mapping[str, str]) -> str | None:
    """The token in `Authorization: Bearer`, or None."""
    scheme, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" and token.strip() else None


def require_token(headers: Mapping[str, str], settings: Settings) -> None:
    """Raise Unauthorized unless the server has no token or `headers` bring it."""
    if settings.token and not token_matches(bearer_token(headers), settings.token):
        raise Unauthorized(
            "the token is missing or wrong", hint="Send the header `Authorization: Bearer <VIEWER_TOKEN>`."
        )
