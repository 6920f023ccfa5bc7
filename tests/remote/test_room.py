"""The client against the real server: everything answers in types, and what is refused says why."""

from __future__ import annotations

import asyncio
import io
import re
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import av
import numpy as np
import pytest

import py_remote_viewer as prv
from py_remote_viewer import __main__ as command
from py_remote_viewer.errors import (
    MessageInvalid,
    SceneInvalid,
    SceneNotFound,
    SettingsInvalid,
    Unauthorized,
    Unreachable,
)
from py_remote_viewer.remote.http import Server
from tests.cli.servers import running
from tests.scenes.uploads.packing import ROBOT

pytestmark = [pytest.mark.gl, pytest.mark.timeout(90)]

TOKEN = "open-sesame"
XML = """<mujoco model="box"><worldbody><light pos="0 0 3"/>
<body pos="0 0 1"><freejoint/><geom size=".1"/></body></worldbody></mujoco>"""


def until(condition: Callable[[], object], limit_s: float = 15) -> None:
    """Ask until it holds; every asking is a round trip to the server."""
    end_s = time.monotonic() + limit_s
    while not condition():
        assert time.monotonic() < end_s


def robot(folder: Path, called: str = "bot/") -> Path:
    """Write a robot of several files into `folder`; its model."""
    for name, data in ROBOT.items():
        path = folder / name.replace("bot/", called, 1)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return folder / called / "bot.xml"


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    small = ("--width", "320", "--height", "192", "--fps", "30", "--quality", "lean", "--scene", "pendulum")
    folder = tmp_path_factory.mktemp("recordings")
    menagerie = tmp_path_factory.mktemp("menagerie")
    robot(menagerie, "acme_walker/")
    folders = {"VIEWER_ASSET_DIR": str(tmp_path_factory.mktemp("assets")), "VIEWER_MENAGERIE_DIR": str(menagerie)}
    with running(*small, VIEWER_TOKEN=TOKEN, VIEWER_RECORDINGS_DIR=str(folder), **folders) as (_, url):
        yield url


@pytest.fixture
def room(url: str) -> Iterator[prv.Room]:
    with prv.connect(url) as room:
        room.play()
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
    with pytest.raises(MessageInvalid, match="width"):
        room.screenshot(width=1)
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


def test_a_robot_goes_over_with_the_files_that_it_names(room: prv.Room, tmp_path: Path) -> None:
    model = robot(tmp_path)
    (model.parent / "diary.txt").write_text("mine")
    stages: list[str] = []
    shown = room.upload(model, on_progress=lambda progress: stages.append(progress.stage))
    assert shown.origin is not None
    assert shown.origin.root == "bot.xml"
    assert "meshes/part.stl" in shown.origin.files
    assert shown.files < len(ROBOT) + 1
    assert "compile" in stages
    assert room.upload(model.parent, root="scene.xml").model_info.ngeom == 2
    again = room.load(upload=shown.upload, root="bot.xml")
    text = str(ROBOT["bot/bot.xml"])
    assert room.check(text, based_on=again.scene_id).sizes is not None
    assert room.check(text).problems[0].source == "limits"
    with zipfile.ZipFile(io.BytesIO(room.export("zip"))) as archive:
        assert any(name.endswith("part.stl") for name in archive.namelist())
    with pytest.raises(SceneNotFound, match="cannot be read"):
        room.upload(tmp_path / "nothing.xml")


def test_the_catalogue_is_loaded_by_name(room: prv.Room) -> None:
    assert "acme_walker" in [entry.name for entry in room.catalogue().scenes]
    assert room.load("acme_walker").model_info.nmeshface == 4
    made = room.create("a red box on a table")
    assert not made.edited
    edited = room.edit("make the red box twice as big")
    assert edited.edited
    assert made.scene_id is not None
    assert edited.scene_id == made.scene_id + 1
    room.load("pendulum")


def test_time_keyframes_and_values_are_at_hand(room: prv.Room) -> None:
    room.load("pendulum")
    room.play()
    for values in room.values("qpos", "time", hz=30):
        if values.time_s > 0.5:
            break
    assert len(values.values["qpos"]) == 1
    assert abs(room.ping().round_trip_s) < 5
    with pytest.raises(MessageInvalid, match="qposs"):
        next(iter(room.values("qposs")))
    room.seek(0.2)
    past = room.until(lambda status: status.simulation.state == "paused" and status.simulation.time_s < 0.3)
    assert past.simulation.history.newest_s >= 0.5
    room.save_keyframe("early")
    room.rename_keyframe("early", "soon")
    room.until(lambda status: True)
    until(lambda: "soon" in [one.name for one in room.options().keyframes])
    room.set_qpos({0: 1.0})
    until(lambda: "1" in room.keyframe().split("qpos=")[1][:4])
    changed = {one.name: one.value for one in room.set_options({"gravity": (0, 0, -1.62)}).options}
    assert tuple(changed["gravity"]) == (0, 0, -1.62)
    room.reset_options()
    room.delete_keyframe("soon")
    until(lambda: "soon" not in [one.name for one in room.options().keyframes])
    assert "nq" in room.print_text("model").lower()
    assert "viewer_" in room.metrics()


def test_a_hand_pulls_what_the_picture_shows(room: prv.Room) -> None:
    room.load(xml=XML)
    room.pause()
    room.until(lambda status: status.simulation.state == "paused")
    room.select("#1")
    room.until(lambda status: status.selection is not None)
    number = room.perturb_start("force")
    until(lambda: room.grip is not None and room.grip.grip == number)
    assert room.grip is not None
    assert room.grip.body is not None
    before = room.keyframe()
    until(lambda: room.perturb_move(0.3, 0.3) or room.keyframe() != before)
    room.perturb_end()
    depth = room.depth(width=64, height=48)
    assert (depth.shape, depth.dtype) == ((48, 64), np.dtype(np.float32))
    objects = room.segmentation(width=64, height=48)
    assert set(np.unique(objects)) <= {0, 1}
    room.load("pendulum")


def test_a_trajectory_is_drawn_again_and_taken_home(room: prv.Room, tmp_path: Path) -> None:
    room.load("pendulum")
    room.play()
    begun = room.record(video=False, trajectory=True)
    start = room.until(lambda status: True).simulation.time_s
    room.until(lambda status: status.simulation.time_s > start + 0.3)
    room.stop_recording(begun.id)
    shares: list[float] = []
    job = room.rendered(room.render(begun.id, width=64, height=64, fps=10, quality="lean"), shares.append)
    assert (job.state, shares[-1]) == ("done", 1.0)
    with av.open(room.save_recording_file(begun.id, job.file, tmp_path / "again.mp4")) as video:
        assert video.streams.video[0].frames >= 2
    room.delete_recording(begun.id)


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
    assert "is on: 1 body, " in capsys.readouterr().out  # the same count as of `check`
    assert command.main(["scene", "check", str(file), "--url", url]) == 0
    assert "compiles: 1 body, " in capsys.readouterr().out
    file.write_text(XML.replace("geom size", "geom sise"))
    assert command.main(["scene", "check", str(file), "--url", url]) == 1
    assert "mine.xml:2:" in capsys.readouterr().err
    assert command.main(["scene", "load", str(robot(tmp_path)), "--url", url]) == 0
    assert command.main(["scene", "export", "-o", str(tmp_path / "out.mjz"), "--url", url]) == 0
    assert zipfile.is_zipfile(tmp_path / "out.mjz")
    assert command.main(["scene", "list", "--all", "--url", url]) == 0
    assert "acme_walker" in capsys.readouterr().out
    taken = ["snapshot", "-o", str(tmp_path / "depth.npy"), "--kind", "depth", "--width", "32", "--height", "32"]
    assert command.main([*taken, "--url", url]) == 0
    assert np.load(tmp_path / "depth.npy").shape == (32, 32)
    outputs = ["-o", str(tmp_path / "now.mp4"), "-o", str(tmp_path / "now.prvt")]
    assert command.main(["record", *outputs, "--seconds", "0.6", "--url", url]) == 0
    said = capsys.readouterr().out
    assert "now.mp4: 0." in said
    assert re.search(r"now\.prvt: \d+ bytes", said)  # how long a trajectory is, the server does not tell
    with av.open(tmp_path / "now.mp4") as video:
        assert video.streams.video[0].frames > 1
    assert (tmp_path / "now.prvt").stat().st_size > 100
    assert command.main(["record", "-o", "now.gif", "--url", url]) == 1
    assert "one .mp4" in capsys.readouterr().err
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


def test_the_command_line_refuses_before_it_works(url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def refused(*arguments: str) -> str:
        assert command.main([*arguments, "--url", url]) == 1
        return capsys.readouterr().err

    nowhere = tmp_path / "nowhere"
    for words in (
        ["scene", "export", "-o", f"{nowhere}/a.xml"],
        ["scene", "create", "a red ball", "--dry", "-o", f"{nowhere}/a.xml"],
        ["snapshot", "-o", f"{nowhere}/a.png"],
        ["record", "--seconds", "0.1", "-o", f"{nowhere}/a.mp4"],
    ):
        assert f"there is no folder {nowhere}" in refused(*words)
    (tmp_path / "taken.xml").mkdir()
    assert "is a folder" in refused("scene", "export", "-o", str(tmp_path / "taken.xml"))
    picture = tmp_path / "photo.png"
    picture.write_bytes(b"\x89PNG")
    assert "photo.png is no model" in refused("scene", "load", str(picture))
    with pytest.raises(SystemExit):
        command.main(["record", "-o", "a.mp4", "--seconds", "-3", "--url", url])
    with pytest.raises(SystemExit):
        command.main(["snapshot", "--width", "99999", "--url", url])
    assert "between 16 and 7680" in capsys.readouterr().err


def test_an_address_is_read_as_the_server_printed_it() -> None:
    server = Server("http://127.0.0.1:8000/#token=secret")
    assert (server.url, server.token, server.socket_url) == (
        "http://127.0.0.1:8000",
        "secret",
        "ws://127.0.0.1:8000/ws/signaling",
    )
    assert Server("https://example.org/viewer/", "other").socket_url == "wss://example.org/viewer/ws/signaling"
    assert Server("localhost:9000").page_url == "http://localhost:9000/"
