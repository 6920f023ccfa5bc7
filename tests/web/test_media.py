"""`WS /ws/media`: who may attach to whom, what flows, and how every end is told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from fastapi.testclient import TestClient
from starlette.testclient import WebSocketTestSession
from starlette.websockets import WebSocketDisconnect

from py_remote_viewer.protocol.video_socket import pack_ack, unpack_picture
from py_remote_viewer.stream.ws_video import ENDED, REPLACED
from tests.fakes import FakeParts, picture
from tests.web.conftest import Serve
from tests.web.signals import PATH, hello, until, until_any

MEDIA = PATH.replace("signaling", "media")


@contextmanager
def page(client: TestClient, **fields: object) -> Iterator[tuple[WebSocketTestSession, dict[str, Any]]]:
    """A greeted signaling socket and its welcome, in a room that shows a scene."""
    client.post("/api/scene/load", json={"preset": "pendulum"})
    with client.websocket_connect(PATH) as socket:
        yield socket, hello(socket, **fields)


@contextmanager
def video(client: TestClient, welcome: dict[str, Any], **fields: object) -> Iterator[WebSocketTestSession]:
    with client.websocket_connect(MEDIA) as socket:
        socket.send_json({"type": "bind", "peer_id": welcome["peer_id"], "key": welcome["media_key"], **fields})
        yield socket


def refusal(socket: WebSocketTestSession) -> dict[str, Any]:
    """The error that comes, and then the close with its code as the reason."""
    error: dict[str, Any] = socket.receive_json()
    assert error["type"] == "error"
    assert error["fatal"]
    assert error["hint"]
    with pytest.raises(WebSocketDisconnect) as end:
        socket.receive_json()
    assert end.value.reason == error["code"]
    return error


def test_pictures_come_and_are_acknowledged(serve: Serve, parts: FakeParts) -> None:
    client = serve()
    with page(client) as (_, welcome), video(client, welcome) as socket:
        assert socket.receive_json() == {"type": "ready", "codec": "h264"}
        header, data = unpack_picture(socket.receive_bytes())
        assert (header.is_idr, header.width, header.height, len(data)) == (True, 640, 360, 100)
        socket.send_bytes(pack_ack(header.picture_id))
        client.portal.call(lambda: parts.engine.events.on_picture(picture(is_idr=False)))
        assert not unpack_picture(socket.receive_bytes())[0].is_idr
        [peer] = client.get("/api/stats").json()["peers"]
        assert peer["state"] == "watching"
        assert peer["media"]["transport"] == "WebSocket"
        assert peer["media"]["pictures_sent"] == 2
        assert peer["rtt_ms"] is not None


def test_a_key_works_once_and_the_next_one_follows(serve: Serve) -> None:
    client = serve()
    with page(client) as (signaling, welcome):
        with video(client, welcome) as socket:
            socket.receive_json()
            fresh = until(signaling, "media_key")["key"]
            assert fresh != welcome["media_key"]
        with video(client, welcome) as socket:
            assert refusal(socket)["code"] == "unauthorized"
        with video(client, welcome | {"media_key": fresh}) as socket:
            assert socket.receive_json()["type"] == "ready"


def test_nobody_attaches_to_somebody_else(serve: Serve) -> None:
    client = serve()
    with page(client) as (_, ada), page(client) as (_, bob):
        with video(client, ada | {"media_key": bob["media_key"]}) as socket:
            assert refusal(socket)["code"] == "unauthorized"
        with video(client, ada | {"peer_id": "nobody"}) as socket:
            assert refusal(socket)["code"] == "unauthorized"
        with video(client, ada, room_id="elsewhere") as socket:
            assert refusal(socket)["code"] == "not_found"
        with video(client, ada) as socket:
            assert socket.receive_json()["type"] == "ready", "a wrong try uses no key up"


def test_the_newest_socket_wins(serve: Serve) -> None:
    client = serve()
    with page(client) as (signaling, welcome), video(client, welcome) as first:
        first.receive_json()
        first.receive_bytes()
        key = until(signaling, "media_key")["key"]
        with video(client, welcome | {"media_key": key}) as second:
            assert second.receive_json()["type"] == "ready"
            with pytest.raises(WebSocketDisconnect) as end:
                first.receive_bytes()
            assert end.value.code == REPLACED
            assert len(second.receive_bytes()) > 100
            assert client.get("/api/stats").json()["peers"][0]["state"] == "watching"


def test_video_ends_with_the_signaling_socket(serve: Serve) -> None:
    client = serve()
    with page(client) as (signaling, welcome), video(client, welcome) as socket:
        socket.receive_json()
        socket.receive_bytes()
        signaling.close()
        with pytest.raises(WebSocketDisconnect) as end:
            socket.receive_bytes()
        assert end.value.code == ENDED


def test_a_hidden_page_gets_nothing_and_goes_on_later(serve: Serve, parts: FakeParts) -> None:
    client = serve()
    with page(client) as (signaling, welcome), video(client, welcome) as socket:
        socket.receive_json()
        socket.receive_bytes()
        signaling.send_json({"type": "watch", "visible": False})
        signaling.send_json({"type": "ping", "t": 1.0})
        until_any(signaling, "pong")
        assert client.get("/api/stats").json()["peers"][0]["state"] == "hidden"
        client.portal.call(lambda: parts.engine.events.on_picture(picture(is_idr=False)))
        signaling.send_json({"type": "watch", "visible": True})
        assert unpack_picture(socket.receive_bytes())[0].is_idr


def test_a_picture_can_be_asked_for_anew(serve: Serve) -> None:
    client = serve()
    with page(client) as (signaling, welcome), video(client, welcome) as socket:
        socket.receive_json()
        socket.receive_bytes()
        signaling.send_json({"type": "request_idr"})
        assert unpack_picture(socket.receive_bytes())[0].is_idr


def test_webrtc_rests_while_the_video_socket_is_there(serve: Serve, parts: FakeParts) -> None:
    client = serve()
    with page(client) as (signaling, welcome):
        signaling.send_json({"type": "offer", "sdp": "v=0"})
        until_any(signaling, "answer")
        with video(client, welcome) as socket:
            socket.receive_json()
            socket.receive_bytes()
            assert not parts.media[0].visible
            signaling.send_json({"type": "offer", "sdp": "v=0"})
            until_any(signaling, "answer")
            assert parts.media[1].visible, "a connection made later is the page's way back"
        signaling.send_json({"type": "watch", "visible": True})
        signaling.send_json({"type": "ping", "t": 1.0})
        until_any(signaling, "pong")
        assert parts.media[1].visible


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("not json", "message_invalid"),
        (json.dumps({"type": "hello", "protocol": 1}), "message_invalid"),
        (b"\x00\x01", "message_invalid"),
    ],
)
def test_any_other_beginning_is_refused_with_words(serve: Serve, said: str | bytes, code: str) -> None:
    with serve().websocket_connect(MEDIA) as socket:
        if isinstance(said, bytes):
            socket.send_bytes(said)
        else:
            socket.send_text(said)
        assert refusal(socket)["code"] == code


def test_an_acknowledgement_that_is_none_ends_the_socket_with_the_reason(serve: Serve) -> None:
    client = serve()
    with page(client) as (_, welcome), video(client, welcome) as socket:
        socket.receive_json()
        socket.receive_bytes()
        socket.send_bytes(b"12345")
        with pytest.raises(WebSocketDisconnect) as end:
            socket.receive_bytes()
        assert "message_invalid" in end.value.reason


def test_a_page_that_floods_is_ended_and_told(serve: Serve) -> None:
    client = serve()
    with page(client) as (_, welcome), video(client, welcome) as socket:
        socket.receive_json()
        socket.receive_bytes()
        for _ in range(2000):
            socket.send_bytes(pack_ack(5))
        with pytest.raises(WebSocketDisconnect) as end:
            socket.receive_bytes()
        assert "rate_limited" in end.value.reason


def test_another_site_is_kept_out(serve: Serve) -> None:
    with serve().websocket_connect(MEDIA, headers={"origin": "https://evil.example"}) as socket:
        assert refusal(socket)["code"] == "forbidden"


def test_a_silent_socket_is_closed(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("py_remote_viewer.web.media.BIND_WITHIN_S", 0.02)
    with serve().websocket_connect(MEDIA) as socket:
        assert refusal(socket)["code"] == "message_invalid"
