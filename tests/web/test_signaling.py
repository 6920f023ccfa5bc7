import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

import pytest
from fastapi import WebSocket
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import WebSocketTestSession
from starlette.websockets import WebSocketDisconnect

from py_remote_viewer.errors import EngineFailed
from py_remote_viewer.protocol.camera_input import Orbit
from py_remote_viewer.protocol.messages import MAX_MESSAGE_BYTES, StreamStatus
from py_remote_viewer.protocol.sim_commands import Pause
from py_remote_viewer.rooms.outbox import TOO_SLOW, Line, Outbox
from py_remote_viewer.web import signaling
from tests.fakes import FakeParts
from tests.web.conftest import Serve
from tests.web.signals import PATH, hello, until, until_any


@contextmanager
def page(client: TestClient, **fields: object) -> Iterator[tuple[WebSocketTestSession, dict[str, Any]]]:
    """A greeted socket and its welcome, in a room that shows its first scene."""
    client.post("/api/scene/load", json={"preset": "pendulum"})
    with client.websocket_connect(PATH) as socket:
        yield socket, hello(socket, **fields)


def closed(socket: WebSocketTestSession) -> tuple[int, str]:
    """Code and reason of the close that comes next, after telemetry."""
    try:
        for _ in range(100):
            assert socket.receive_json()["type"] in ("status", "error")
    except WebSocketDisconnect as end:
        return end.code, end.reason
    raise AssertionError("still open")


def test_a_welcome_says_who_where_and_what_runs(serve: Serve) -> None:
    with page(serve(stun_server="stun.example:1"), name="Ada", peer_id="before-1") as (_, welcome):
        assert welcome["peer_id"] == "before-1"
        assert welcome["room_id"] == "main"
        assert welcome["scene"]["name"] == "pendulum"
        assert welcome["status"]["simulation"]["state"] == "running"
        assert welcome["ice_servers"] == [{"urls": "stun:stun.example:1"}]


TURN: dict[str, Any] = {"turn_urls": ("turn:turn.example:3478",), "turn_secret": "north"}


def test_every_peer_gets_turn_credentials_of_its_own_and_our_end_gets_them_too(serve: Serve, parts: FakeParts) -> None:
    with page(serve(**TURN, ice_relay_only=True), peer_id="ada") as (socket, welcome):
        (server,) = welcome["ice_servers"]
        assert server["urls"] == "turn:turn.example:3478"
        assert server["username"].endswith(":ada")
        assert welcome["ice_transport_policy"] == "relay"
        socket.send_json({"type": "offer", "sdp": "v=0"})
        until(socket, "answer")
        options = parts.media[-1].options
        assert options.relay_only
        assert options.ice_servers[0]["username"].endswith(":ada")


def test_two_cannot_have_one_name(serve: Serve) -> None:
    client = serve()
    with page(client, peer_id="same") as (_, first), client.websocket_connect(PATH) as other:
        assert first["peer_id"] == "same"
        assert hello(other, peer_id="same")["peer_id"] != "same"


def test_who_connects_again_takes_its_own_place_and_nobody_elses(serve: Serve, parts: FakeParts) -> None:
    client = serve()
    with page(client, peer_id="same") as (before, first):
        before.send_json({"type": "offer", "sdp": "v=0"})
        until(before, "answer")
        with client.websocket_connect(PATH) as thief:
            assert hello(thief, peer_id="same", resume_key="guess")["peer_id"] != "same"
        with client.websocket_connect(PATH) as again:
            welcome = hello(again, peer_id="same", resume_key=first["resume_key"])
            assert welcome["peer_id"] == "same"
            assert welcome["status"]["peers"] == 1, "the half-open one counts no more"
            assert welcome["resume_key"] != first["resume_key"]
            assert until_closed(before) == (4009, "this page has connected again")
            again.send_json({"type": "ping", "t": 1})
            until(again, "pong")
            assert client.get("/api/stats").json()["clients_connected"] == 1


def until_closed(socket: WebSocketTestSession) -> tuple[int, str]:
    try:
        for _ in range(200):
            socket.receive_json()
    except WebSocketDisconnect as end:
        return end.code, end.reason
    raise AssertionError("still open")


def test_what_a_page_sees_is_told_and_so_is_a_flood(serve: Serve, parts: FakeParts) -> None:
    with page(serve()) as (socket, _):
        socket.send_json({"type": "offer", "sdp": "v=0"})
        until(socket, "answer")
        [media] = parts.media
        seen = StreamStatus(rung=1, codec="h264", width=854, height=480, fps=60, bitrate_bps=1_500_000, reason="why")
        media.options.on_rung(seen)
        media.options.on_limited("too many")
        told = until(socket, "stream_status")
        assert (told["rung"], told["height"], told["reason"]) == (1, 480, "why")
        assert until(socket, "notice")["text"] == "too many"
        socket.send_json({"type": "request_idr"})
        socket.send_json({"type": "ping", "t": 1})
        until(socket, "pong")
        assert media.refreshed == 1


def test_a_connection_that_fails_is_closed_while_the_page_stays(serve: Serve, parts: FakeParts) -> None:
    with page(serve()) as (socket, _):
        socket.send_json({"type": "offer", "sdp": "v=0"})
        until(socket, "answer")
        [media] = parts.media
        socket.portal.call(media.options.on_state, "failed")  # type: ignore[attr-defined]
        socket.send_json({"type": "ping", "t": 1})
        until(socket, "pong")
        assert media.state == "closed"


def test_an_offer_is_answered_and_candidates_follow(serve: Serve, parts: FakeParts) -> None:
    with page(serve()) as (socket, _):
        socket.send_json({"type": "offer", "sdp": "v=0"})
        socket.send_json({"type": "ice-candidate", "candidate": {"candidate": "candidate:1"}})
        socket.send_json({"type": "ice-candidate", "candidate": None})
        info = until_any(socket, "stream_info")
        assert (info["rtp_origin"], info["codec"]) == (90_000, "H264")
        assert until(socket, "answer")["sdp"] == "answer to v=0"
        socket.send_json({"type": "watch", "visible": False})
        socket.send_json({"type": "ping", "t": 3.5})
        assert until(socket, "pong")["t"] == 3.5
        [media] = parts.media
        assert [candidate and candidate.candidate for candidate in media.candidates] == ["candidate:1", None]
        assert not media.visible
    assert media.state == "closed"


def test_a_second_offer_replaces_the_connection(serve: Serve, parts: FakeParts) -> None:
    with page(serve()) as (socket, _):
        for _ in range(2):
            socket.send_json({"type": "offer", "sdp": "v=0"})
            until(socket, "answer")
        assert [media.state for media in parts.media] == ["closed", "connected"]


def test_an_offer_without_our_codec_is_refused_and_the_socket_stays(serve: Serve) -> None:
    with page(serve()) as (socket, _):
        socket.send_json({"type": "offer", "sdp": "only vp8"})
        assert until(socket, "error")["code"] == "no_common_codec"
        socket.send_json({"type": "ice-candidate", "candidate": None})
        assert until(socket, "error")["code"] == "message_invalid"


def test_commands_and_pointer_motion_reach_the_engine(serve: Serve, parts: FakeParts) -> None:
    with page(serve()) as (socket, welcome):
        socket.send_json({"type": "pause"})
        socket.send_json({"type": "offer", "sdp": "v=0"})
        until(socket, "answer")
        parts.media[0].options.on_pointer('{"type":"orbit","d_azimuth":1,"d_elevation":2,"seq":1}')
        parts.media[0].options.on_pointer(b'{"type":"pause"}')
        assert until(socket, "error")["code"] == "message_invalid"
        peer = welcome["peer_id"]
        assert parts.engine.inputs == [(peer, Pause()), (peer, Orbit(d_azimuth=1, d_elevation=2, seq=1))]


def test_the_original_protocol_drives_without_a_greeting(serve: Serve, parts: FakeParts) -> None:
    client = serve()
    client.post("/api/scene/load", json={"preset": "pendulum"})
    with client.websocket_connect(PATH) as socket:
        socket.send_json({"type": "offer", "sdp": "v=0"})
        until_any(socket, "answer")
        socket.send_json({"type": "event", "data": {"type": "command", "cmd": "pause", "params": {}}})
        socket.send_json({"type": "event", "data": {"type": "command", "cmd": "fly"}})
        assert "fly" in until(socket, "error")["message"]
        assert [command for _, command in parts.engine.inputs] == [Pause()]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '{"type":"fly"}',
        '{"type":"orbit"}',
        '{"type":"step","count":0}',
        '{"type":"step","count":NaN}',
    ],
)
def test_a_malformed_message_gets_an_error_and_the_socket_stays(serve: Serve, text: str) -> None:
    with page(serve()) as (socket, _):
        socket.send_text(text)
        error = until(socket, "error")
        assert error["code"] == "message_invalid"
        assert error["fatal"] is False
        socket.send_json({"type": "ping", "t": 1})
        until(socket, "pong")


def test_an_oversized_and_a_binary_message_get_an_error_and_the_socket_stays(serve: Serve) -> None:
    with page(serve()) as (socket, _):
        socket.send_text(" " * (MAX_MESSAGE_BYTES + 1))
        assert str(MAX_MESSAGE_BYTES) in until(socket, "error")["message"]
        socket.send_bytes(b"\x00\x01")
        assert "binary" in until(socket, "error")["message"]
        socket.send_json({"type": "ping", "t": 1})
        until(socket, "pong")


def test_a_scene_loaded_by_one_reaches_both_and_says_who(serve: Serve) -> None:
    client = serve()
    with page(client) as (ada, welcome), client.websocket_connect(PATH) as bob:
        hello(bob)
        ada.send_json({"type": "load_scene", "preset": "cart_pole"})
        for socket in (ada, bob):
            assert until(socket, "scene_updated")["by"] == welcome["peer_id"]


def test_only_who_sent_a_broken_scene_hears_of_it(serve: Serve) -> None:
    client = serve()
    with page(client) as (ada, _), client.websocket_connect(PATH) as bob:
        hello(bob)
        ada.send_json({"type": "scene_updated", "xml": "<geon/>"})
        error = until(ada, "error")
        assert (error["code"], error["details"]) == ("scene_invalid", {"line": 3, "element": "geon"})
        ada.send_json({"type": "load_scene", "xml": "<explode/>"})
        error = until(ada, "error")
        assert error["code"] == "internal"
        assert "Zero" not in json.dumps(error)
        bob.send_json({"type": "ping", "t": 1})
        until(bob, "pong")


def test_a_ping_is_answered_while_a_scene_compiles(serve: Serve, parts: FakeParts) -> None:
    with page(serve()) as (socket, _):
        parts.compiler.gate.clear()
        socket.send_json({"type": "load_scene", "preset": "cart_pole"})
        socket.send_json({"type": "ping", "t": 1})
        until(socket, "pong")


def test_a_page_of_another_protocol_is_told_so_and_closed(serve: Serve) -> None:
    with serve().websocket_connect(PATH) as socket:
        socket.send_json({"type": "hello", "protocol": 99})
        error = until(socket, "error")
        assert (error["code"], error["fatal"]) == ("protocol_mismatch", True)
        assert closed(socket) == (4403, "protocol_mismatch")


def test_a_foreign_page_is_told_so_and_closed(serve: Serve) -> None:
    with serve().websocket_connect(PATH, headers={"Origin": "https://evil.example"}) as socket:
        assert until(socket, "error")["code"] == "forbidden"
        assert closed(socket)[0] == 4403


def test_a_foreign_name_is_told_so_and_closed(serve: Serve) -> None:
    with serve().websocket_connect(PATH, headers={"Host": "evil.example"}) as socket:
        assert until(socket, "error")["code"] == "forbidden"
        assert closed(socket)[0] == 4403


def test_without_the_token_nobody_gets_in(serve: Serve, parts: FakeParts) -> None:
    client = serve(token="s3cret")
    for first in ({"type": "hello", "protocol": 1}, {"type": "hello", "protocol": 1, "token": "x"}, {"type": "pause"}):
        with client.websocket_connect(PATH) as socket:
            socket.send_json(first)
            assert until(socket, "error")["code"] == "unauthorized"
            assert closed(socket)[0] == 4403
    assert not parts.engine.inputs
    with client.websocket_connect(PATH) as socket:
        hello(socket, token="s3cret")
    with client.websocket_connect(PATH, headers={"Authorization": "Bearer s3cret"}) as socket:
        hello(socket)


def test_one_more_than_fit_is_told_so(serve: Serve) -> None:
    client = serve(max_peers=1)
    with page(client), client.websocket_connect(PATH) as late:
        late.send_json({"type": "hello", "protocol": 1})
        assert "full" in until(late, "error")["message"]
        assert closed(late)[0] == 4403


def test_who_leaves_makes_room(serve: Serve) -> None:
    client = serve(max_peers=1)
    for _ in range(3):
        with page(client):
            pass
    assert client.get("/api/health").json()["clients_connected"] == 0


def test_silence_instead_of_a_greeting_ends_with_a_reason(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signaling, "HELLO_WITHIN_S", 0.05)
    with serve().websocket_connect(PATH) as socket:
        assert "hello" in until(socket, "error")["message"]
        assert closed(socket)[0] == 4403


def test_a_page_that_comes_before_the_engine_waits_and_sees_why(serve: Serve, parts: FakeParts) -> None:
    parts.engine_error = EngineFailed("no EGL", hint="Install libegl1.")
    with serve().websocket_connect(PATH) as socket:
        hello(socket)
        socket.send_json({"type": "orbit", "d_azimuth": 1, "d_elevation": 0})
        socket.send_json({"type": "play"})
        assert until(socket, "error")["code"] == "engine_failed"


class StuckSocket:
    """A page that reads nothing any more."""

    def __init__(self) -> None:
        self.closed: tuple[int, str] | None = None

    async def send_text(self, text: str) -> None:
        await asyncio.Event().wait()

    async def close(self, code: int, reason: str) -> None:
        self.closed = (code, reason)


async def test_a_page_that_reads_nothing_is_closed_with_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signaling, "SEND_WITHIN_S", 0.01)
    socket, outbox = StuckSocket(), Outbox()
    outbox.put(Line("{}", droppable=False))
    reading = asyncio.create_task(asyncio.Event().wait())
    async with asyncio.timeout(5):
        await signaling._write(cast(WebSocket, socket), outbox, cast("asyncio.Task[None]", reading))
    reading.cancel()
    assert socket.closed is not None
    assert socket.closed[0] == TOO_SLOW


def test_the_server_says_goodbye(serve: Serve) -> None:
    client = serve()
    with page(client) as (socket, _):
        client.app.state.viewer.rooms.say_goodbye("the server is stopping")  # type: ignore[attr-defined]
        socket.send_json({"type": "ping", "t": 1})
        assert closed(socket) == (1001, "the server is stopping")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.text(max_size=60), max_size=10))
def test_no_text_closes_the_socket_without_a_word(serve: Serve, texts: list[str]) -> None:
    with page(serve()) as (socket, _):
        for text in texts:
            socket.send_text(text)
            until(socket, "error")
        socket.send_json({"type": "ping", "t": 1})
        until(socket, "pong")
