"""Recordings and pictures over REST: what is taken, what is refused, and who may have what."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from py_remote_viewer.engine.questions import Reply
from py_remote_viewer.protocol.engine_questions import TakeSnapshot
from py_remote_viewer.protocol.recording import TrajectoryData
from tests.fakes import FakeParts
from tests.web.conftest import Serve
from tests.web.test_rest import error_of, load


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "recordings"


@pytest.fixture
def client(serve: Serve, folder: Path, parts: FakeParts) -> TestClient:
    client = serve(recordings_dir=str(folder))
    load(client, preset="pendulum")
    parts.engine.force_idr = lambda rung=0: None  # type: ignore[method-assign]  # its own pictures are no H.264
    return client


def recorded(client: TestClient, parts: FakeParts) -> dict[str, Any]:
    """A recording of one trajectory of 1000 bytes."""
    begun = client.post("/api/recordings", json={"video": False, "trajectory": True}).json()
    last = TrajectoryData(recording_id=begun["id"], part=1, load_id=0, rows=5, steps=9, last=True)
    parts.engine.set_demand = lambda **wanted: (  # type: ignore[method-assign]
        None if wanted["trajectory"] else parts.engine.events.on_trajectory(last, bytes(range(250)) * 4)
    )
    done = client.post(f"/api/recordings/{begun['id']}/stop")
    assert done.status_code == 200, done.text
    body: dict[str, Any] = done.json()
    return body


def test_a_recording_is_begun_listed_ended_taken_and_deleted(
    client: TestClient, parts: FakeParts, folder: Path
) -> None:
    assert client.get("/api/recordings").json()["recordings"] == []
    assert not folder.exists()
    done = recorded(client, parts)
    assert (done["state"], done["title"], [file["name"] for file in done["files"]]) == (
        "done",
        "Pendulum",
        ["trajectory-1.prvt"],
    )
    figures = client.get("/metrics").text.splitlines()
    for name, value in {
        "recording_up": 0,
        "recordings_total": 1,
        "recording_failures_total": 0,
        "recording_bytes_total": 1000,
        "recording_pictures_total": 0,
    }.items():
        assert f'viewer_{name}{{room="main"}} {value:.1f}' in figures
    listing = client.get("/api/recordings").json()
    assert listing["recordings"] == [done] == [client.get(f"/api/recordings/{done['id']}").json()]
    assert listing["used_bytes"] == 1000
    url = done["files"][0]["url"]
    whole = client.get(url, headers={"Accept-Encoding": "gzip"})
    assert whole.content == bytes(range(250)) * 4
    assert "content-encoding" not in whole.headers
    part = client.get(url, headers={"Range": "bytes=10-19"})
    assert (part.status_code, part.content) == (206, bytes(range(10, 20)))
    assert client.get(url, headers={"Range": "bytes=5000-"}).status_code == 416
    named = client.get(url, params={"download": "true"}).headers["content-disposition"]
    assert named.startswith('attachment; filename="pendulum-20')
    assert client.delete(f"/api/recordings/{done['id']}").json() == {"success": True}
    error_of(client.get(url), 404, "not_found")
    assert list(folder.iterdir()) == []


def test_what_makes_no_sense_is_refused_in_words(client: TestClient) -> None:
    error_of(client.post("/api/recordings", json={"video": False}), 400, "message_invalid")
    error_of(client.post("/api/recordings", json={"colour": "red"}), 400, "message_invalid")
    error_of(client.post("/api/recordings", json={"limit_s": 0}), 400, "message_invalid")
    begun = client.post("/api/recordings", json={}).json()
    error_of(client.post("/api/recordings", json={}), 409, "conflict")
    error_of(client.delete(f"/api/recordings/{begun['id']}"), 409, "conflict")
    error_of(client.post("/api/recordings/20260101-000000-00000000/stop"), 404, "not_found")
    assert client.get("/api/recordings").json()["recordings"][0]["state"] == "recording"
    assert client.post(f"/api/recordings/{begun['id']}/stop").status_code == 200
    error_of(client.post(f"/api/recordings/{begun['id']}/render", json={}), 404, "not_found")
    error_of(client.delete(f"/api/recordings/{begun['id']}/render/1"), 404, "not_found")


def test_a_full_quota_is_507(serve: Serve, folder: Path, parts: FakeParts) -> None:
    client = serve(recordings_dir=str(folder), recordings_quota_mb=1)
    load(client, preset="pendulum")
    done = recorded(client, parts)
    (folder / done["id"] / "trajectory-1.prvt").write_bytes(bytes(1_000_000))
    error = error_of(client.post("/api/recordings", json={}), 507, "storage_full")
    assert 'viewer_recording_failures_total{room="main"} 1.0' in client.get("/metrics").text.splitlines()
    assert "VIEWER_RECORDINGS_QUOTA_MB" in error["hint"]


@pytest.mark.parametrize(
    "path",
    [
        "/api/recordings/..",
        "/api/recordings/%2e%2e",
        "/api/recordings/..%2f..%2fetc",
        "/api/recordings/x/files/passwd",
        "/api/recordings/20260101-000000-00000000/files/..%2frecording.json",
        "/api/recordings/20260101-000000-00000000/files/video-1.mp4",
    ],
)
def test_names_never_form_paths(client: TestClient, path: str) -> None:
    assert client.get(path).status_code in (404, 405)


def test_the_token_or_the_address_of_just_that_file_opens_it(
    serve: Serve, folder: Path, parts: FakeParts, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = serve(recordings_dir=str(folder), token="s3cret")
    client.headers["Authorization"] = "Bearer s3cret"
    load(client, preset="pendulum")
    done = recorded(client, parts)
    url = done["files"][0]["url"]
    del client.headers["Authorization"]
    assert "s3cret" not in url
    assert client.get(url).status_code == 200
    assert client.get(url, params={"download": "true"}).status_code == 401  # httpx replaces the query: the key is gone
    path, _, query = url.partition("?")
    for wrong in (
        path,
        f"{path}?{query[:-1]}0" if not query.endswith("0") else f"{path}?{query[:-1]}1",
        f"{path}?until=99999999999&{query.partition('&')[2]}",
        f"{path}?until=x&key=y",
        f"{path[:-6]}2.prvt?{query}",
        "/api/recordings",
        f"/api/recordings/{done['id']}",
        "/api/screenshot",
    ):
        error_of(client.get(wrong), 401, "unauthorized")
    error_of(client.post("/api/recordings", json={}), 401, "unauthorized")
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 3700)
    assert "ended" in error_of(client.get(url), 401, "unauthorized")["message"]


def test_a_foreign_page_cannot_record(client: TestClient) -> None:
    foreign = {"Origin": "https://evil.example"}
    error_of(client.post("/api/recordings", json={}, headers=foreign), 403, "forbidden")
    error_of(client.delete("/api/recordings/20260101-000000-00000000", headers=foreign), 403, "forbidden")


@pytest.mark.parametrize(
    "query",
    ["width=7681", "height=4321", "width=1", "kind=smell", "format=npy", "kind=depth&format=json", "quality=best"],
)
def test_pictures_that_cannot_be_are_refused(client: TestClient, query: str) -> None:
    assert client.get(f"/api/screenshot?{query}").status_code == 400


def test_a_model_that_cannot_be_drawn_is_503(client: TestClient, parts: FakeParts) -> None:
    parts.engine.reply = Reply({"load_id": 1, "time_s": 0.0, "camera": [], "options": {}, "look": {}}, bytes(8))
    error_of(client.get("/api/screenshot"), 503, "engine_failed")
    assert parts.engine.questions == [TakeSnapshot()]
