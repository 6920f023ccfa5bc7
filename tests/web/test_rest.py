from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from py_remote_viewer.engine.questions import Reply
from py_remote_viewer.errors import EngineFailed, MessageInvalid
from py_remote_viewer.protocol.engine_questions import (
    ChangeOptions,
    DescribeModel,
    DescribeOptions,
    DescribeState,
    PrintText,
)
from py_remote_viewer.protocol.messages import MAX_MESSAGE_BYTES, MAX_XML_BYTES
from tests.fakes import MUJOCO_MESSAGE, FakeParts
from tests.web.conftest import Serve
from tests.web.signals import PATH, hello, until


def error_of(answer: Any, status: int, code: str) -> dict[str, Any]:
    """The error of a refusal, whose shape is checked."""
    assert answer.status_code == status
    body = answer.json()
    assert set(body) == {"success", "error"}
    assert body["success"] is False
    assert {"code", "message", "hint"} <= set(body["error"])
    assert body["error"]["code"] == code
    error: dict[str, Any] = body["error"]
    return error


def load(client: TestClient, **scene: object) -> Any:
    return client.post("/api/scene/load", json=scene)


def test_a_load_answers_with_the_model_and_is_then_the_current_scene(serve: Serve) -> None:
    client = serve()
    answer = load(client, preset="pendulum")
    assert answer.status_code == 200
    body = answer.json()
    assert body["success"] is True
    assert body["message"] == "Scene loaded successfully"
    assert body["name"] == "pendulum"
    assert body["model_info"]["nbody"] == 3
    assert body["warnings"] == ["a warning"]
    current = client.get("/api/scene/current").json()
    assert (current["success"], current["preset"], current["scene_id"]) == (True, "pendulum", body["scene_id"])


def test_text_that_was_loaded_can_be_read_back(serve: Serve) -> None:
    client = serve()
    assert load(client, xml="<mujoco/>", name="mine").json()["name"] == "mine"
    assert client.get("/api/scene/current").json()["xml"] == "<mujoco/>"


def test_a_scene_that_does_not_compile_is_refused_with_mujocos_words_and_the_running_one_goes_on(serve: Serve) -> None:
    client = serve()
    load(client, preset="pendulum")
    before = client.get("/api/scene/current").json()
    error = error_of(load(client, xml="<mujoco><geon/></mujoco>"), 400, "scene_invalid")
    assert MUJOCO_MESSAGE in error["message"]
    assert (error["line"], error["element"]) == (3, "geon")
    assert client.get("/api/scene/current").json() == before


def test_a_change_keeps_the_pose_and_is_refused_when_its_base_is_gone(serve: Serve) -> None:
    client = serve()
    base = load(client, preset="pendulum").json()["scene_id"]
    answer = load(client, xml="<mujoco/>", keep_pose=True, based_on=base).json()
    assert (answer["kept"]["joints"], answer["kept"]["joints_of"]) == (1, 2)
    error = error_of(load(client, xml="<mujoco/>", based_on=base), 409, "scene_changed")
    assert (error["scene_id"], error["title"], error["by"]) == (base + 1, "Scene", None)
    assert load(client, xml="<mujoco/>").json()["kept"] is None


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "message_invalid"),
        ({"xml": "<mujoco/>", "preset": "pendulum"}, "message_invalid"),
        ({"xml": 5}, "message_invalid"),
        ({"preset": "pendulum", "extra": 1}, "message_invalid"),
        ({"preset": "x" * 200}, "message_invalid"),
        ({"preset": "pendulum", "based_on": -1}, "message_invalid"),
        ([1, 2], "message_invalid"),
    ],
)
def test_a_malformed_load_is_refused_in_words(serve: Serve, body: object, code: str) -> None:
    error_of(serve().post("/api/scene/load", json=body), 400, code)


def test_a_body_that_is_no_json_is_refused(serve: Serve) -> None:
    error_of(serve().post("/api/scene/load", content=b"\xff{"), 400, "message_invalid")


def test_an_unknown_preset_is_not_found(serve: Serve) -> None:
    error_of(load(serve(), preset="nothing"), 404, "scene_not_found")


def test_more_than_a_megabyte_of_mjcf_is_refused(serve: Serve) -> None:
    error_of(load(serve(), xml="<" * (MAX_XML_BYTES + 1)), 413, "too_large")


def test_a_body_is_not_read_beyond_its_limit(serve: Serve) -> None:
    sent = 0

    def endless() -> Any:
        nonlocal sent
        for _ in range(100):
            sent += 1
            yield b" " * (MAX_MESSAGE_BYTES // 4)

    client = serve()
    error_of(client.post("/api/scene/load", content=endless()), 413, "too_large")
    error_of(client.post("/api/scene/load", content=b"x" * (MAX_MESSAGE_BYTES + 1)), 413, "too_large")


def test_our_own_mistake_is_500_without_internals_unless_debugging(serve: Serve) -> None:
    error = error_of(load(serve(), xml="<explode/>"), 500, "internal")
    assert "ZeroDivisionError" not in str(error)
    error = error_of(load(serve(debug=True), xml="<explode/>"), 500, "internal")
    assert "ZeroDivisionError" in error["message"]


def test_two_pages_are_told_of_a_load_over_rest(serve: Serve) -> None:
    client = serve()
    load(client, preset="humanoid")
    with client.websocket_connect(PATH) as ada, client.websocket_connect(PATH) as bob:
        for socket in (ada, bob):
            assert hello(socket)["scene"]["preset"] == "humanoid"
        scene_id = load(client, preset="cart_pole").json()["scene_id"]
        for socket in (ada, bob):
            told = until(socket, "scene_updated")
            assert (told["preset"], told["scene_id"], told["by"]) == ("cart_pole", scene_id, None)


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


def test_a_token_guards_everything_but_the_page_and_health(serve: Serve) -> None:
    client = serve(token="s3cret")
    guarded = ["/api/config", "/api/stats", "/api/scene/presets", "/api/scene/current", "/metrics"]
    for path in guarded:
        answer = client.get(path)
        error_of(answer, 401, "unauthorized")
        assert answer.headers["www-authenticate"] == "Bearer"
        error_of(client.get(path, headers={"Authorization": "Bearer s3cre"}), 401, "unauthorized")
    error_of(load(client, preset="pendulum"), 401, "unauthorized")
    client.headers["Authorization"] = "Bearer s3cret"
    assert load(client, preset="pendulum").status_code == 200
    assert [client.get(path).status_code for path in guarded] == [200] * len(guarded)
    del client.headers["Authorization"]
    assert [client.get(path).status_code for path in ("/", "/static/main.js", "/api/health")] == [200] * 3


def test_a_foreign_page_cannot_load_a_scene(serve: Serve) -> None:
    client = serve(allowed_origins=("https://friend.example",))
    body = {"preset": "pendulum"}
    answer = client.post("/api/scene/load", json=body, headers={"Origin": "https://evil.example"})
    error_of(answer, 403, "forbidden")
    for origin in ("http://localhost:8000", "https://friend.example"):
        assert client.post("/api/scene/load", json=body, headers={"Origin": origin}).status_code == 200


def test_a_foreign_name_is_refused_everywhere(serve: Serve) -> None:
    client = serve()
    for path in ("/", "/api/health", "/api/scene/current"):
        error_of(client.get(path, headers={"Host": "evil.example"}), 403, "forbidden")


def test_an_unknown_route_and_a_wrong_method_have_the_shape_too(serve: Serve) -> None:
    client = serve()
    error_of(client.get("/api/nothing"), 404, "not_found")
    error_of(client.get("/static/nothing.js"), 404, "not_found")
    error_of(client.delete("/api/scene/load"), 405, "method_not_allowed")


def test_the_page_is_revalidated_compressed_and_fenced_in(serve: Serve) -> None:
    client = serve()
    answer = client.get("/")
    assert "viewer" in answer.text
    assert answer.headers["cache-control"] == "no-cache"
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    script = client.get("/static/main.js")
    assert script.headers["content-encoding"] == "gzip"
    assert script.headers["content-type"].startswith("text/javascript")
    again = client.get("/static/main.js", headers={"If-None-Match": script.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("path", ["/static/../secret", "/static/..%2fsecret", "/static/%2e%2e/secret"])
def test_static_files_end_at_their_folder(serve: Serve, page: Path, path: str) -> None:
    (page.parent / "secret").write_text("secret")
    assert serve().get(path).status_code == 404


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


def test_words_become_a_scene_that_everybody_sees(serve: Serve) -> None:
    client = serve()
    answer = client.post("/api/scene/create", json={"prompt": "a red ball", "seed": 3})
    assert answer.status_code == 200
    body = answer.json()
    assert (body["success"], body["understood"], body["ignored"]) == (True, ["a red ball"], ["dragon"])
    assert body["thumbnail"] is None  # the stand-in's model is no model
    current = client.get("/api/scene/current").json()
    assert (current["name"], current["xml"], current["scene_id"]) == ("a red ball", body["xml"], body["scene_id"])


def test_words_can_be_tried_without_showing_them(serve: Serve) -> None:
    client = serve()
    load(client, preset="pendulum")
    body = client.post("/api/scene/create", json={"prompt": "a red ball", "apply": False}).json()
    assert (body["success"], body["scene_id"]) == (True, None)
    assert client.get("/api/scene/current").json()["preset"] == "pendulum"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"prompt": ""},
        {"prompt": 5},
        {"prompt": "x" * 2001},
        {"prompt": "a ball", "seed": -1},
        {"prompt": "a ball", "parameters": {"gravity": "much"}},
        {"prompt": "a ball", "parameters": {"colour": "red"}},
        {"prompt": "a ball", "extra": 1},
    ],
)
def test_a_malformed_wish_is_refused_in_words(serve: Serve, body: object) -> None:
    error_of(serve().post("/api/scene/create", json=body), 400, "message_invalid")


def test_the_state_comes_as_a_keyframe(serve: Serve, parts: FakeParts) -> None:
    client = serve()
    parts.engine.reply = Reply({"xml": '<key name="a" time="0.0"/>'})
    assert client.get("/api/simulation/keyframe?name=a").json() == {"xml": '<key name="a" time="0.0"/>'}
    assert parts.engine.questions == [DescribeState(name="a")]
    parts.engine.reply = EngineFailed("the engine is being started", hint="Try again in a moment.")
    error_of(client.get("/api/simulation/keyframe"), 503, "engine_failed")


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
