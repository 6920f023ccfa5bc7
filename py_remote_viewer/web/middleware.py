"""What wraps every HTTP answer: security headers, and the refusal of foreign host names."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Receive, Scope, Send

from py_remote_viewer.config import Settings
from py_remote_viewer.errors import Forbidden
from py_remote_viewer.web.access import require_known_host
from py_remote_viewer.web.refusals import refusal

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "connect-src 'self' ws: wss:",
        "img-src 'self' data: blob:",
        "media-src 'self' blob: mediastream:",
        "style-src 'self' 'unsafe-inline'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
    )
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def content_security_policy(frame_ancestors: tuple[str, ...]) -> str:
    """The policy, with who else may frame the page: a foreign frame could lay itself over our buttons."""
    return " ".join((f"{CONTENT_SECURITY_POLICY}; frame-ancestors 'self'", *frame_ancestors))


class SecurityMiddleware:
    """Refuse requests under a foreign host name on a server without a token; add the headers to every answer.

    WebSockets pass: the signaling rim answers them itself, with a message instead of a status that no page can read.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings
        self._headers = {**HEADERS, "Content-Security-Policy": content_security_policy(settings.frame_ancestors)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            require_known_host(Headers(scope=scope).get("host", ""), local_address(scope), self._settings)
        except Forbidden as exc:
            await refusal(exc)(scope, receive, send_with_headers)
            return
        await self._app(scope, receive, send_with_headers)


def local_address(scope: Scope) -> str | None:
    """The address of our end of the connection, where the server names it."""
    server = scope.get("server")
    return str(server[0]) if server else None
