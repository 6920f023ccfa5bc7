"""A page without a browser: speaks to `/ws/signaling` of a test server."""

from __future__ import annotations

from typing import Any

from starlette.testclient import WebSocketTestSession

PATH = "ws://localhost:8000/ws/signaling"  # in full, because the test client would ask under another name


def until(socket: WebSocketTestSession, kind: str) -> dict[str, Any]:
    """The next message of `kind`; telemetry before it is thrown away."""
    for _ in range(100):
        message: dict[str, Any] = socket.receive_json()
        if message["type"] == kind:
            return message
        assert message["type"] in ("status", "notice", "stream_info", "scene_updated"), message
    raise AssertionError(f"no {kind}")


def until_any(socket: WebSocketTestSession, kind: str) -> dict[str, Any]:
    """The next message of `kind`, whatever comes before it."""
    for _ in range(100):
        message: dict[str, Any] = socket.receive_json()
        if message["type"] == kind:
            return message
    raise AssertionError(f"no {kind}")


def hello(socket: WebSocketTestSession, **fields: object) -> dict[str, Any]:
    """Greet; returns the welcome."""
    socket.send_json({"type": "hello", "protocol": 1, **fields})
    return until(socket, "welcome")
