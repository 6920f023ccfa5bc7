"""What the server tells over REST: how it fares, what runs, the model and its options."""

from __future__ import annotations

from typing import Any

import pytest

from py_remote_viewer.engine.questions import Reply
from py_remote_viewer.errors import EngineFailed, MessageInvalid
from py_remote_viewer.protocol.engine_questions import (
    ChangeOptions,
    DescribeModel,
    DescribeOptions,
    DescribeState,
    PrintText,
)
from tests.fakes import FakeParts
from tests.web.conftest import Serve
from tests.web.signals import PATH, hello, until
from tests.web.test_rest import error_of, load

OPTIONS: dict[str, Any] = {
    "revision": 3,
    "options": [
        {
            "name": "gravity",
            "label": "gravity",
            "about": "gravitational acceleration",
            "kind": "vector",
            "group": "option",
        }
        | {"value": [0, 0, -1.62], "initial": [0, 0, -9.81], "low": -1e10, "high": 1e10, "choices": []},
        {"name": "mjDSBL_CONTACT", "label": "Contact", "about": "", "kind": "flag", "group": "disable"}
        | {"value": True, "initial": False, "low": None, "high": None, "choices": []},
    ],
    "noise": {"scale": 0.1, "rate": 0.5},
    "keyframes": [{"name": "home", "time_s": 0.0, "saved": False}],
}


def test_health_names_a_gpu_host_that_draws_in_software(serve: Serve) -> None:
    client = serve()
    load(client, preset="pendulum")
    answer = client.get("/api/health")
    assert answer.status_code == 200
    body = answer.json()
    assert (body["status"], body["gl_renderer"], body["encoder"]) == ("healthy", "llvmpipe", "libx264")
    assert body["clients_connected"] == 0
    assert any("GPU" in warning for warning in body["warnings"])


def test_health_is_503_when_the_engine_cannot_start(serve: Serve, parts: FakeParts) -> None:
    parts.engine_error = EngineFailed("no EGL display", hint="apt-get install -y libegl1")
    client = serve()
    error_of(load(client, preset="pendulum"), 503, "engine_failed")
    answer = client.get("/api/health")
    assert answer.status_code == 503
    assert answer.json()["status"] == "failed"
    assert "libegl1" in answer.json()["warnings"][0]
    assert client.get("/").status_code == 200


def test_stats_has_the_keys_of_the_original_and_every_peer(serve: Serve) -> None:
    client = serve()
    load(client, preset="pendulum")
    with client.websocket_connect(PATH) as ada:
        peer_id = hello(ada, name="Ada")["peer_id"]
        ada.send_json({"type": "offer", "sdp": "v=0"})
        until(ada, "answer")
        ada.send_json({"type": "viewer_report", "fps_shown": 59.5, "latency_ms": 30})
        ada.send_json({"type": "ping", "t": 1})
        until(ada, "pong")
        stats = client.get("/api/stats").json()
    assert stats["clients_connected"] == 1
    assert stats["total_connections"] == 1
    assert stats["frames_sent"] >= 1
    assert stats["events_received"] == 4
    assert {"uptime", "cpu_usage", "memory_usage"} <= set(stats)
    simulation = stats["simulation_state"]["simulation"]
    assert (simulation["is_running"], simulation["time"], simulation["step_count"]) == (True, 1.5, 750)
    assert stats["simulation_state"]["mujoco"]["model_name"] == "pendulum"
    assert stats["simulation_state"]["camera"]["fov_deg"] == 45
    [peer] = stats["peers"]
    assert (peer["peer_id"], peer["name"], peer["state"], peer["rtt_ms"]) == (peer_id, "Ada", "watching", 12.0)
    assert peer["report"]["fps_shown"] == 59.5
    assert stats["engine"]["pid"] == 4242
    assert stats["engine"]["encoders_refused"] == {"h264_nvenc": "no device"}


def test_config_never_shows_the_token(serve: Serve) -> None:
    client = serve(
        token="s3cret", stun_server="stun.example:3478", turn_urls=("turn:turn.example",), turn_secret="n0rth"
    )
    answer = client.get("/api/config", headers={"Authorization": "Bearer s3cret"})
    assert "s3cret" not in answer.text
    assert "n0rth" not in answer.text
    body = answer.json()
    assert body["token_required"] is True
    assert body["frame_width"] == 1280
    assert body["ice_servers"] == [{"urls": "stun:stun.example:3478"}, {"urls": "turn:turn.example"}]


def test_metrics_are_read_from_the_room(serve: Serve) -> None:
    client = serve()
    load(client, preset="pendulum")
    load(client, xml="<geon/>")
    answer = client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain")
    lines = answer.text.splitlines()
    for line in (
        'viewer_peers{room="main"} 0.0',
        'viewer_engine_up{room="main"} 1.0',
        'viewer_scene_load_failures_total{room="main"} 1.0',
        'viewer_compile_seconds_count{room="main"} 3.0',
        'viewer_real_time_factor{room="main"} 1.0',
        'viewer_stage_seconds{room="main",stage="encode"} 0.0',
        'viewer_engine_restarts_total{room="main"} 0.0',
    ):
        assert line in lines


def test_metrics_tell_how_the_pages_fare_without_naming_one(serve: Serve) -> None:
    client = serve()
    with client.websocket_connect(PATH) as ada, client.websocket_connect(PATH) as bob:
        for socket, fps, latency_ms in ((ada, 60, 20), (bob, 30, 80)):
            hello(socket)
            socket.send_json({"type": "offer", "sdp": "v=0"})
            until(socket, "answer")
            socket.send_json({"type": "viewer_report", "fps_shown": fps, "latency_ms": latency_ms})
            socket.send_json({"type": "ping", "t": 1})
            until(socket, "pong")
        lines = client.get("/metrics").text.splitlines()
    for line in (
        'viewer_peer_fps_shown{room="main",stat="median"} 45.0',
        'viewer_peer_fps_shown{room="main",stat="worst"} 30.0',
        'viewer_peer_latency_seconds{room="main",stat="worst"} 0.08',
        'viewer_peer_rtt_seconds{room="main",stat="median"} 0.012',
        'viewer_peers_watching{room="main"} 2.0',
        'viewer_rung_peers{room="main",rung="0",transport="WebRTC"} 2.0',
        'viewer_rung_packets_resent{room="main",rung="0",transport="WebRTC"} 6.0',
        'viewer_rung_pictures_dropped{room="main",rung="0",transport="WebRTC"} 4.0',
    ):
        assert line in lines


def test_openapi_describes_every_route(serve: Serve) -> None:
    schema = serve().get("/api/openapi.json").json()
    assert set(schema["paths"]) == {
        "/api/health",
        "/api/config",
        "/api/stats",
        "/api/scene/presets",
        "/api/scene/current",
        "/api/program",
        "/api/scene/details",
        "/api/scene/load",
        "/api/scene/check",
        "/api/scene/create",
        "/api/scene/upload",
        "/api/scene/export",
        "/api/scene/catalogue",
        "/api/simulation/keyframe",
        "/api/screenshot",
        "/api/recordings",
        "/api/recordings/{recording_id}",
        "/api/recordings/{recording_id}/stop",
        "/api/recordings/{recording_id}/files/{name}",
        "/api/recordings/{recording_id}/render",
        "/api/recordings/{recording_id}/render/{job_id}",
        "/api/simulation/options",
        "/api/simulation/print",
        "/metrics",
        "/whep/{room_id}",
        "/whep/{room_id}/{session_id}",
    }
    for path in schema["paths"].values():
        for operation in path.values():
            assert operation["summary"]
            assert operation["description"]
    assert "requestBody" in schema["paths"]["/api/scene/load"]["post"]


def test_the_state_comes_as_a_keyframe(serve: Serve, parts: FakeParts) -> None:
    client = serve()
    parts.engine.reply = Reply({"xml": '<key name="a" time="0.0"/>'})
    assert client.get("/api/simulation/keyframe?name=a").json() == {"xml": '<key name="a" time="0.0"/>'}
    assert parts.engine.questions == [DescribeState(name="a")]
    parts.engine.reply = EngineFailed("the engine is being started", hint="Try again in a moment.")
    error_of(client.get("/api/simulation/keyframe"), 503, "engine_failed")


def test_options_are_read_and_changed(serve: Serve, parts: FakeParts) -> None:
    client = serve()
    parts.engine.reply = Reply(OPTIONS)
    assert client.get("/api/simulation/options").json() == OPTIONS
    answer = client.patch(
        "/api/simulation/options", json={"gravity": [0, 0, -1.62], "mjDSBL_CONTACT": True, "solver": "CG"}
    )
    assert answer.json() == OPTIONS
    assert parts.engine.questions == [
        DescribeOptions(),
        ChangeOptions(changes={"gravity": (0, 0, -1.62), "mjDSBL_CONTACT": True, "solver": "CG"}),
    ]


@pytest.mark.parametrize(
    "body",
    [{}, [], {"gravity": None}, {"gravity": [[1]]}, {"": 1}, {"gravity": {"x": 1}}, {"x": "y" * 65}, {"x" * 65: 1}],
)
def test_options_that_are_no_options_are_refused_before_they_reach_the_engine(
    serve: Serve, parts: FakeParts, body: object
) -> None:
    error_of(serve().patch("/api/simulation/options", json=body), 400, "message_invalid")
    assert parts.engine.questions == []


def test_why_the_engine_refuses_an_option_is_told(serve: Serve, parts: FakeParts) -> None:
    client = serve()
    parts.engine.reply = MessageInvalid("timestep cannot be 0", hint="It takes a number from 1e-06 to 1.")
    error = error_of(client.patch("/api/simulation/options", json={"timestep": 0}), 400, "message_invalid")
    assert "1e-06" in error["hint"]


def test_the_model_is_described_once_for_everybody_and_anew_for_another_scene(serve: Serve, parts: FakeParts) -> None:
    client = serve()
    load(client, preset="pendulum")
    scene_id = client.get("/api/scene/current").json()["scene_id"]
    parts.engine.reply = Reply(data=b'{"bodies":[]}')
    first, again = (client.get("/api/scene/details") for _ in range(2))
    assert (first.status_code, first.json(), first.headers["content-type"]) == (200, {"bodies": []}, "application/json")
    assert first.headers["etag"] == again.headers["etag"]
    assert parts.engine.questions == [DescribeModel(scene_id=scene_id)]
    unchanged = client.get("/api/scene/details", headers={"If-None-Match": first.headers["etag"]})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    client.get("/api/scene/details?offset=2000")
    assert parts.engine.questions[-1] == DescribeModel(scene_id=scene_id, offset=2000)
    load(client, preset="humanoid")
    other = client.get("/api/scene/details", headers={"If-None-Match": first.headers["etag"]})
    assert other.status_code == 200
    assert other.headers["etag"] != first.headers["etag"]


def test_a_model_that_could_not_be_described_is_asked_for_again(serve: Serve, parts: FakeParts) -> None:
    client = serve()
    load(client, preset="pendulum")
    parts.engine.reply = EngineFailed("it is busy", hint="Try again.")
    error_of(client.get("/api/scene/details"), 503, "engine_failed")
    parts.engine.reply = Reply(data=b"{}")
    assert client.get("/api/scene/details").status_code == 200
    error_of(client.get("/api/scene/details?limit=100000"), 400, "request_invalid")


def test_the_model_and_its_data_are_printed(serve: Serve, parts: FakeParts) -> None:
    client = serve()
    parts.engine.reply = Reply(data=b"MODEL NAME  two bodies")
    answer = client.get("/api/simulation/print?what=model")
    assert (answer.text, answer.headers["content-type"]) == ("MODEL NAME  two bodies", "text/plain; charset=utf-8")
    assert 'filename="model.txt"' in answer.headers["content-disposition"]
    assert parts.engine.questions == [PrintText(what="model")]
    error_of(client.get("/api/simulation/print?what=everything"), 400, "request_invalid")
