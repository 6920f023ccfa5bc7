"""Uploads over HTTP: taken in as they come, bounded all along, told to everybody. Real server, store and compiler."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx2
import pytest
import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from py_remote_viewer.config import Settings
from py_remote_viewer.errors import ViewerError
from py_remote_viewer.protocol.loading_messages import LoadProgress
from py_remote_viewer.rooms.room import Room
from py_remote_viewer.scenes.uploads.limits import MAX_FILES
from py_remote_viewer.web import receiving
from py_remote_viewer.web.app import create_app
from py_remote_viewer.web.parts import real_parts
from py_remote_viewer.web.receiving import receive_files
from tests.fakes import FakeParts
from tests.scenes.uploads.hostile_uploads import BALL
from tests.scenes.uploads.packing import ROBOT, mesh_model, zipped
from tests.served import listening

MIB = 2**20


@dataclass
class Here:
    """A server that takes uploads of at most 2 MiB, and what its room was told."""

    http: httpx2.AsyncClient
    room: Room
    told: list[LoadProgress]

    async def upload(self, files: dict[str, bytes], **query: str) -> httpx2.Response:
        parts = [("file", (name, data)) for name, data in files.items()]
        return await self.http.post("/api/scene/upload", files=parts, params=query)


@pytest_asyncio.fixture
async def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Here]:
    made = Settings(asset_dir=str(tmp_path / "assets"), upload_max_mb=2, scene="pendulum")
    async with real_parts(made) as parts:
        app = create_app(made, parts=replace(parts, engine=FakeParts().room_parts().engine))
        async with listening(app) as url, httpx2.AsyncClient(base_url=url, timeout=30) as http:
            room: Room = app.state.viewer.rooms.get()
            told: list[LoadProgress] = []
            original = room.tell

            def tell(message: Any) -> None:
                if isinstance(message, LoadProgress):
                    told.append(message)
                original(message)

            monkeypatch.setattr(room, "tell", tell)
            yield Here(http, room, told)


def error_of(answer: httpx2.Response, status: int, code: str) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    error: dict[str, Any] = answer.json()["error"]
    assert error["code"] == code
    assert error["hint"]
    return error


async def test_an_archive_is_shown_and_can_be_shown_again_without_sending_it(here: Here) -> None:
    answer = await here.http.post("/api/scene/upload?name=bot.zip", content=zipped(ROBOT))
    body = answer.json()
    assert answer.status_code == 200, answer.text
    assert (body["name"], body["files"], body["ignored"]) == ("bot", 6, 0)
    assert body["origin"]["root"] == "bot/bot.xml"
    other = {"upload": body["upload"], "root": "bot/scene.xml"}
    assert (await here.http.post("/api/scene/load", json=other)).json()["model_info"]["ngeom"] == 2
    current = (await here.http.get("/api/scene/current")).json()
    assert (current["origin"]["root"], current["xml"]) == ("bot/scene.xml", ROBOT["bot/scene.xml"])


async def test_files_come_with_their_folders_as_parts_of_a_form(here: Here) -> None:
    files = {name: data if isinstance(data, bytes) else data.encode() for name, data in ROBOT.items()}
    body = (await here.upload(files, root="bot/scene.xml")).json()
    assert body["origin"]["root"] == "bot/scene.xml"
    assert "bot/meshes/part.stl" in body["origin"]["files"]


async def test_edited_text_keeps_the_files_of_its_upload(here: Here) -> None:
    body = (await here.upload({"bot.zip": zipped(ROBOT)})).json()
    edited = str(ROBOT["bot/bot.xml"]).replace("<freejoint/>", "")
    wanted = {"upload": body["upload"], "root": "bot/bot.xml", "xml": edited}
    answer = (await here.http.post("/api/scene/load", json=wanted)).json()
    assert (answer["model_info"]["nq"], answer["model_info"]["nmeshface"]) == (0, 4)
    assert (await here.http.get("/api/scene/current")).json()["xml"] == edited


async def test_text_based_on_the_shown_scene_keeps_its_files_unasked(here: Here) -> None:
    body = (await here.upload({"bot.zip": zipped(ROBOT)})).json()
    edited = str(ROBOT["bot/bot.xml"]).replace("<freejoint/>", "")
    answer = await here.http.post("/api/scene/load", json={"xml": edited, "based_on": body["scene_id"]})
    assert answer.status_code == 200, answer.text
    assert answer.json()["origin"]["upload"] == body["upload"]
    error_of(await here.http.post("/api/scene/load", json={"xml": edited}), 400, "scene_invalid")


async def test_a_check_of_a_text_knows_the_files_that_apply_knows(here: Here) -> None:
    scene_id = (await here.upload({"bot.zip": zipped(ROBOT)})).json()["scene_id"]

    async def problems(xml: str, based_on: int | None = scene_id) -> list[dict[str, Any]]:
        answer = await here.http.post("/api/scene/check", json={"xml": xml, "based_on": based_on})
        assert answer.status_code == 200, answer.text
        body = answer.json()
        assert (body["sizes"] is None) == bool(body["problems"])
        found: list[dict[str, Any]] = body["problems"]
        return found

    shown = str(ROBOT["bot/bot.xml"])
    assert await problems(shown) == []
    assert [one["source"] for one in await problems(shown, based_on=None)] == ["limits"]
    assert [one["source"] for one in await problems(shown, based_on=scene_id + 1)] == ["limits"]
    [lost] = await problems(shown.replace("part.stl", "lost.stl"))
    assert "no file 'lost.stl' in the upload" in lost["message"]
    line = shown.replace("part.stl", "lost.stl").split("\n")[lost["line"] - 1]
    assert line[lost["column"] - 1 : lost["end_column"] - 1] == '"lost.stl"'
    wrong = shown.replace("<freejoint/>", "<freejoint/><geom sise='1'/>")
    assert any("Did you mean size?" in one["hint"] for one in await problems(wrong))
    [broken] = await problems(shown.replace("</worldbody>", ""))
    assert broken["source"] == "xml"


async def test_a_mistake_in_an_included_file_is_named_and_not_put_into_a_line_of_the_text(here: Here) -> None:
    files = {
        "bot/bot.xml": b'<mujoco>\n<include file="part.xml"/>\n<worldbody><geom size=".1"/></worldbody></mujoco>',
        "bot/part.xml": BALL.encode(),
        "bot/bad.xml": b'<mujoco>\n\n\n<worldbody><geom sise="1"/></worldbody></mujoco>',
        "bot/broken.xml": b"<mujoco>\n\n\n<worldbody></mujoco>",
    }
    scene_id = (await here.upload(files, root="bot/bot.xml")).json()["scene_id"]
    wanted = {"xml": '<mujoco>\n<include file="../bot/lost.xml"/></mujoco>', "based_on": scene_id}
    [one] = (await here.http.post("/api/scene/check", json=wanted)).json()["problems"]
    assert (one["line"], one["column"]) == (2, 15)
    bad = {"xml": '<mujoco>\n<include file="bad.xml"/></mujoco>', "based_on": scene_id}
    [one] = (await here.http.post("/api/scene/check", json=bad)).json()["problems"]
    assert (one["line"], one["source"]) == (None, "mujoco")
    assert "unrecognized attribute: 'sise'" in one["message"]
    broken = {"xml": '<mujoco>\n<include file="broken.xml"/></mujoco>', "based_on": scene_id}
    [one] = (await here.http.post("/api/scene/check", json=broken)).json()["problems"]
    assert one["line"] is None
    assert one["message"].startswith("bot/broken.xml: not well-formed XML")


async def test_the_text_of_an_uploaded_urdf_is_checked_as_urdf(here: Here) -> None:
    shape = '<geometry><mesh filename="part.stl"/></geometry>'
    urdf = f'<robot name="r">\n<link name="a"><visual>{shape}</visual></link>\n</robot>'
    part = ROBOT["bot/meshes/part.stl"]
    assert isinstance(part, bytes)
    scene_id = (await here.upload({"r/r.urdf": urdf.encode(), "r/part.stl": part})).json()["scene_id"]
    for text, count in ((urdf, 0), (urdf.replace("part.stl", "lost.stl"), 1), (urdf.replace('name="a"', ""), 1)):
        wanted = {"xml": text, "based_on": scene_id}
        problems = (await here.http.post("/api/scene/check", json=wanted)).json()["problems"]
        assert len(problems) == count, problems
        assert not any("root element" in one["message"] for one in problems)


async def test_everybody_is_told_how_it_stands(here: Here) -> None:
    await here.upload({"bot.zip": zipped(ROBOT)}, name="bot.zip")
    stages = [one.stage for one in here.told]
    assert [stage for at, stage in enumerate(stages) if stage not in stages[:at]] == [
        "upload",
        "unpack",
        "compile",
        "done",
    ]
    assert {(one.load, one.title) for one in here.told} == {(here.told[0].load, "bot.zip")}
    assert here.told[0].total_bytes is not None


async def test_a_model_that_is_refused_is_kept_so_that_another_of_it_can_be_shown(here: Here) -> None:
    files = {"bot/bot.xml": mesh_model("lost.stl").encode(), "bot/ball.xml": BALL.encode()}
    error = error_of(await here.upload(files), 400, "scene_invalid")
    assert (error["missing"], error["roots"]) == (["lost.stl"], ["bot/ball.xml", "bot/bot.xml"])
    again = {"upload": error["upload"], "root": "bot/ball.xml"}
    assert (await here.http.post("/api/scene/load", json=again)).status_code == 200
    assert here.told[-1].stage == "done"


async def test_an_upload_that_is_not_kept_is_not_found(here: Here) -> None:
    for upload_id in ("f" * 64, "../../etc", ""):
        error_of(await here.http.post("/api/scene/load", json={"upload": upload_id}), 404, "not_found")
    both = {"upload": "f" * 64, "preset": "pendulum"}
    assert (await here.http.post("/api/scene/load", json=both)).status_code in (400, 404)


async def test_more_than_the_limit_is_refused_before_it_has_come(here: Here) -> None:
    error_of(await here.http.post("/api/scene/upload?name=a.zip", content=bytes(3 * MIB)), 413, "too_large")
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        for _ in range(400):
            sent += 1
            yield bytes(MIB // 4)

    error_of(await here.http.post("/api/scene/upload?name=a.zip", content=endless()), 413, "too_large")


@pytest.mark.parametrize(
    ("content_type", "body", "says"),
    [
        ("application/octet-stream", b"x", "no name"),
        ("multipart/form-data", b"x", "no boundary"),
        ("multipart/form-data; boundary=" + "x" * 100, b"x", "no boundary"),
        ("multipart/form-data; boundary=b", b"junk", "broken"),
        ("multipart/form-data; boundary=b", b"--b--\r\n", "no file"),
        (
            "multipart/form-data; boundary=b",
            b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nx\r\n--b--\r\n',
            "no file",
        ),
        (
            "multipart/form-data; boundary=b",
            b'--b\r\nContent-Disposition: form-data; name="a"; filename="a.xml"\r\n\r\n<muj',
            "cut off",
        ),
    ],
)
async def test_what_is_no_upload_is_refused_in_words(here: Here, content_type: str, body: bytes, says: str) -> None:
    answer = await here.http.post("/api/scene/upload", content=body, headers={"Content-Type": content_type})
    assert says in error_of(answer, 400, "message_invalid")["message"]


async def test_a_form_of_countless_parts_is_refused(here: Here) -> None:
    part = b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n'
    body = part * (MAX_FILES + 100) + b"--b--\r\n"
    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    error_of(await here.http.post("/api/scene/upload", content=body, headers=headers), 400, "scene_too_expensive")


async def test_uploads_at_once_are_bounded_and_slow_ones_end(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiving, "SILENCE_S", 1.0)
    begun = 0

    async def slow() -> AsyncIterator[bytes]:
        nonlocal begun
        yield b"PK"
        begun += 1
        await asyncio.sleep(4)

    tasks = [
        asyncio.create_task(here.http.post("/api/scene/upload?name=a.zip", content=slow()), name=f"slow {i}")
        for i in range(4)
    ]
    async with asyncio.timeout(10):
        while sum(one.stage == "upload" for one in here.told) < 4:  # noqa: ASYNC110 - HTTP gives no event for it
            await asyncio.sleep(0.01)
    error_of(await here.upload({"ball.xml": BALL.encode()}), 503, "room_busy")
    for answer in await asyncio.gather(*tasks):
        assert "stopped coming" in error_of(answer, 400, "message_invalid")["message"]
    assert (await here.upload({"ball.xml": BALL.encode()})).status_code == 200


async def test_who_goes_away_half_way_leaves_nothing(here: Here, tmp_path: Path) -> None:
    async def part() -> AsyncIterator[bytes]:
        yield bytes(100_000)
        raise RuntimeError("the browser was closed")

    with pytest.raises(RuntimeError):
        await here.http.post("/api/scene/upload?name=a.zip", content=part())
    async with asyncio.timeout(10):
        while not here.told or here.told[-1].stage != "done":  # noqa: ASYNC110 - HTTP gives no event for it
            await asyncio.sleep(0.01)
    assert not list((tmp_path / "assets").glob("new-*"))


async def test_a_server_without_a_library_takes_no_uploads(tmp_path: Path) -> None:
    app = create_app(Settings(), parts=FakeParts().room_parts())
    async with listening(app) as url, httpx2.AsyncClient(base_url=url) as http:
        error_of(await http.post("/api/scene/upload?name=a.xml", content=b"x"), 404, "not_found")
        error_of(await http.get("/api/scene/catalogue"), 404, "not_found")


async def test_another_page_may_not_upload(here: Here) -> None:
    answer = await here.http.post(
        "/api/scene/upload?name=a.xml", content=BALL.encode(), headers={"Origin": "https://evil.example"}
    )
    error_of(answer, 403, "forbidden")


def as_request(chunks: list[bytes], content_type: str) -> Request:
    waiting = [{"type": "http.request", "body": chunk, "more_body": True} for chunk in chunks]
    waiting.append({"type": "http.request", "body": b"", "more_body": False})
    scope = {"type": "http", "method": "POST", "path": "/", "headers": [(b"content-type", content_type.encode())]}

    async def receive() -> Any:
        return waiting.pop(0)

    return Request(scope, receive)


@given(
    st.dictionaries(
        st.sampled_from(["a.xml", "é/b.stl", 'q"uote.obj', "c d.png"]), st.binary(max_size=300), min_size=1
    ),
    st.lists(st.integers(1, 60), min_size=1),
)
def test_however_a_form_is_cut_into_chunks_the_files_are_the_same(
    tmp_path_factory: pytest.TempPathFactory, files: dict[str, bytes], cuts: list[int]
) -> None:
    body = httpx2.Request("POST", "http://x/", files=[("file", (name, data)) for name, data in files.items()])
    raw, kind = body.read(), body.headers["content-type"]
    chunks, at = [], 0
    while at < len(raw):
        size = cuts[len(chunks) % len(cuts)]
        chunks.append(raw[at : at + size])
        at += size
    path = tmp_path_factory.mktemp("form") / "data"
    with path.open("w+b") as into:
        taken = asyncio.run(
            receive_files(as_request(chunks, kind), into, limit=MIB, name=None, on_bytes=lambda _: None)
        )
    data = path.read_bytes()
    assert {one.name: data[one.offset : one.offset + one.size] for one in taken} == files


@given(st.lists(st.binary(max_size=80), max_size=10))
def test_no_form_does_anything_but_come_or_be_refused(
    tmp_path_factory: pytest.TempPathFactory, chunks: list[bytes]
) -> None:
    path = tmp_path_factory.mktemp("form") / "data"
    with path.open("w+b") as into:
        request = as_request([b"--b\r\n", *chunks], "multipart/form-data; boundary=b")
        try:
            asyncio.run(receive_files(request, into, limit=MIB, name=None, on_bytes=lambda _: None))
        except ViewerError as exc:
            assert exc.hint
