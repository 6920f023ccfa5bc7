"""The client against the real server: everything answers in types, and what is refused says why."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest

import py_remote_viewer as prv
from py_remote_viewer import __main__ as command
from py_remote_viewer.errors import SceneInvalid, SceneNotFound, SettingsInvalid, Unauthorized, Unreachable
from py_remote_viewer.remote.http import Server
from tests.cli.servers import running

pytestmark = [pytest.mark.gl, pytest.mark.timeout(90)]

TOKEN = "open-sesame"
XML = """<mujoco model="box"><worldbody><light pos="0 0 3"/>
<body pos="0 0 1"><freejoint/><geom size=".1"/></body></worldbody></mujoco>"""


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    small = ("--width", "320", "--height", "192", "--fps", "30", "--quality", "lean", "--scene", "pendulum")
    folder = tmp_path_factory.mktemp("recordings")
    with running(*small, VIEWER_TOKEN=TOKEN, VIEWER_RECORDINGS_DIR=str(folder)) as (_, url):
        yield url


@pytest.fixture
def room(url: str) -> Iterator[prv.Room]:
    with prv.connect(url) as room:
        room.until(lambda status: status.simulation.state == "running" and room.scene is not None)
        yield room


def test_a_program_does_what_the_page_does(room: prv.Room) -> None:
    assert room.scene is not None
    assert room.scene.preset == "pendulum"
    room.pause()
    stood = room.until(lambda status: status.simulation.state == "paused").simulation.time_s
    room.step(10)
    room.until(lambda status: status.simulation.time_s == pytest.approx(stood + 0.02))
    room.set_speed(0.5)
    room.until(lambda status: status.simulation.speed == 0.5)
    before = room.until(lambda status: True).camera
    room.orbit(10, 5)
    room.until(lambda status: status.camera.azimuth == pytest.approx(before.azimuth + 10))
    room.set_speed(1)
    room.play()
    room.until(lambda status: status.simulation.state == "running")
    assert room.keyframe("here").startswith('<key name="here"')
    assert room.stats().clients_connected == 1
    assert room.health().status == "healthy"
    assert room.config().token_required


def test_scenes_are_listed_loaded_and_made_from_words(room: prv.Room, tmp_path: Path) -> None:
    assert "pendulum" in [preset.name for preset in room.presets()]
    assert room.load(xml=XML).name == "box"
    room.until(lambda status: room.scene is not None and room.scene.name == "box")
    assert room.current().xml == XML
    file = tmp_path / "mine.xml"
    file.write_text(XML)
    assert room.load(file=file).name in ("box", "mine")
    made = room.create("three red balls", apply=False)
    assert made.model_info.nbody >= 4
    assert made.scene_id is None
    assert room.load("pendulum").model_info.nu == 1


def test_refusals_are_the_servers_own_words(room: prv.Room, url: str) -> None:
    with pytest.raises(SceneInvalid) as refused:
        room.load(xml="<mujoco><worldbody><geon/></worldbody></mujoco>")
    assert refused.value.details["line"] == 1
    with pytest.raises(SceneNotFound, match="'pendulun'") as missing:
        room.load("pendulun")
    assert "pendulum" in missing.value.hint
    with pytest.raises(SceneNotFound, match="cannot be read"):
        room.load(file=Path("/no/such.xml"))
    with pytest.raises(Unauthorized):
        prv.connect(url, token="wrong")
    with pytest.raises(Unreachable, match="no room answers"):
        prv.connect("http://127.0.0.1:9")
    with pytest.raises(Unreachable, match="is no address"):
        prv.connect("ftp://somewhere")
    room.reset("no such keyframe")
    room.until(lambda status: any("no keyframe" in notice.text for notice in room.notices))


def test_the_picture_is_what_everybody_sees(room: prv.Room, tmp_path: Path) -> None:
    first = room.picture()
    assert first.rgb.shape == (192, 320, 3)
    moved = next(one for one in room.pictures() if np.abs(one.rgb.astype(int) - first.rgb.astype(int)).max() > 60)
    assert moved.captured_s > first.captured_s
    moved.save(tmp_path / "a.png")
    with av.open(tmp_path / "a.png") as file:
        kept = next(file.decode(video=0)).to_ndarray(format="rgb24")
    assert (kept == moved.rgb).all()
    moved.save(tmp_path / "a.jpg")
    assert (tmp_path / "a.jpg").read_bytes().startswith(b"\xff\xd8")
    with pytest.raises(SettingsInvalid, match="no picture format"):
        moved.save(tmp_path / "a.webp")


def test_details_options_screenshots_and_recordings(room: prv.Room) -> None:
    assert [joint.name for joint in room.details().joints]
    assert "gravity" in [option.name for option in room.options().options]
    assert room.screenshot(width=64, height=48, quality="lean").startswith(b"\x89PNG")
    recording = room.record(video=False, trajectory=True)
    before = room.until(lambda status: True).simulation.time_s
    room.until(lambda status: status.simulation.time_s > before + 0.2)
    done = room.stop_recording(recording.id)
    assert recording.id in [one.id for one in room.recordings()]
    assert len(room.recording_file(done.id, done.files[0].name)) > 100
    room.delete_recording(done.id)
    assert recording.id not in [one.id for one in room.recordings()]


async def test_the_same_room_for_asyncio(url: str) -> None:
    async with prv.connect_async(url, name="Ada") as room:
        async with asyncio.timeout(20):
            async for status in room.statuses():
                if status.simulation.time_s > 0:
                    break
        names = [peer.name for peer in (await room.stats()).peers]
        assert "Ada" in names


def test_the_command_line_speaks_to_a_running_server(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(["scene", "list", "--url", url]) == 0
    assert "pendulum " in capsys.readouterr().out
    file = tmp_path / "mine.xml"
    file.write_text(XML)
    assert command.main(["scene", "load", str(file), "--url", url]) == 0
    assert "is on: 2 bodies" in capsys.readouterr().out
    assert command.main(["scene", "create", "a red ball", "--dry", "-o", str(tmp_path / "ball.xml"), "--url", url]) == 0
    assert "<mujoco" in (tmp_path / "ball.xml").read_text()
    assert command.main(["snapshot", "-o", str(tmp_path / "now.png"), "--url", url]) == 0
    assert (tmp_path / "now.png").read_bytes().startswith(b"\x89PNG")
    capsys.readouterr()
    assert command.main(["status", "--url", url]) == 0
    assert "healthy" in capsys.readouterr().out
    assert command.main(["scene", "load", "pendulun", "--url", url]) == 1
    assert "Did you mean pendulum" in capsys.readouterr().err
    assert command.main(["status", "--url", "http://127.0.0.1:9"]) == 1
    assert "no server answers at http://127.0.0.1:9" in capsys.readouterr().err
    assert command.main(["scene", "load", "pendulum", "--url", url]) == 0


def test_an_address_is_read_as_the_server_printed_it() -> None:
    server = Server("http://127.0.0.1:8000/#token=secret")
    assert (server.url, server.token, server.socket_url) == (
        "http://127.0.0.1:8000",
        "secret",
        "ws://127.0.0.1:8000/ws/signaling",
    )
    assert Server("https://example.org/viewer/", "other").socket_url == "wss://example.org/viewer/ws/signaling"
    assert Server("localhost:9000").page_url == "http://localhost:9000/"
