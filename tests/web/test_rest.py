from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from py_remote_viewer.protocol.messages import MAX_MESSAGE_BYTES, MAX_XML_BYTES
from tests.fakes import MUJOCO_MESSAGE
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
