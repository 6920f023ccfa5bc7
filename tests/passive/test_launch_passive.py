"""A program that steps a model, and the room that shows it: a real server, a real engine, real memory between them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import mujoco
import pytest

import py_remote_viewer as prv
from py_remote_viewer.errors import SettingsInvalid, Unreachable
from py_remote_viewer.protocol.status import SimulationStatus
from py_remote_viewer.remote.http import Server

pytestmark = [pytest.mark.gl, pytest.mark.timeout(90)]

XML = """<mujoco model="cart"><worldbody><light pos="0 0 3"/><geom type="plane" size="2 2 .1"/>
<body name="cart" pos="0 0 .3"><joint name="slide" type="slide" axis="1 0 0"/><geom type="box" size=".2 .1 .1"/></body>
</worldbody><actuator><motor name="push" joint="slide" ctrlrange="-1 1"/></actuator>
<keyframe><key name="left" qpos="-1"/></keyframe></mujoco>"""


@pytest.fixture
def model() -> mujoco.MjModel:
    return mujoco.MjModel.from_xml_string(XML)


@pytest.fixture
def data(model: mujoco.MjModel) -> mujoco.MjData:
    return mujoco.MjData(model)


@pytest.fixture
def viewer(model: mujoco.MjModel, data: mujoco.MjData) -> Iterator[prv.Handle]:
    with prv.launch_passive(model, data, port=0, open_browser=False) as viewer:
        yield viewer


def until(condition: Callable[[], bool], what: str, limit_s: float = 20.0) -> None:
    limit = time.monotonic() + limit_s
    while not condition():
        assert time.monotonic() < limit, f"{what} did not come within {limit_s} s"
        time.sleep(0.02)


def shows(room: prv.Room, time_s: float) -> SimulationStatus:
    """Where the room stands once it shows that time."""
    return room.until(lambda status: status.simulation.time_s == time_s).simulation


def test_the_room_shows_the_programs_model_and_time(
    viewer: prv.Handle, model: mujoco.MjModel, data: mujoco.MjData
) -> None:
    assert viewer.is_running()
    assert viewer.m is model
    assert viewer.d is data
    scene = Server(viewer.url).ask("GET", "/api/scene/current")
    assert scene["name"] == "cart"
    assert scene["model_info"]["keyframes"] == ["left"]
    with prv.connect(viewer.url) as room:
        data.time = 42.0
        viewer.sync()
        assert shows(room, 42.0).program
    viewer.close()
    assert not viewer.is_running()
    viewer.sync()  # of a closed viewer does nothing
    with pytest.raises(Unreachable):
        Server(viewer.url).ask("GET", "/api/health")


def test_several_programs_have_a_room_each(viewer: prv.Handle, model: mujoco.MjModel) -> None:
    other = mujoco.MjData(model)
    with prv.launch_passive(model, other, open_browser=False) as second:
        assert second.url != viewer.url
        other.time = 7.0
        second.sync()
        with prv.connect(second.url) as room, prv.connect(viewer.url) as first:
            shows(room, 7.0)
            shows(first, 0.0)
    assert viewer.is_running()


def test_a_second_program_takes_the_room_over(viewer: prv.Handle, model: mujoco.MjModel) -> None:
    with prv.launch_passive(model, mujoco.MjData(model), url=viewer.url, open_browser=False) as second:
        until(lambda: not viewer.is_running(), "the end of the first")
        assert viewer.ended == "the room shows another scene"
        assert second.is_running()
        viewer.sync()


def test_a_killed_server_ends_the_viewer_and_blocks_nothing(viewer: prv.Handle) -> None:
    pids = [int(line) for line in _children(os.getpid())]
    server = next(pid for pid in pids if _is_server(pid))
    os.kill(server, 9)
    until(lambda: not viewer.is_running(), "the end")
    assert viewer.ended == "the server is gone"
    began = time.monotonic()
    for _ in range(100):
        viewer.sync()
    assert time.monotonic() - began < 1.0


def test_a_killed_engine_comes_back_and_goes_on_showing(viewer: prv.Handle, data: mujoco.MjData) -> None:
    with prv.connect(viewer.url) as room:
        pid = room.stats().engine.pid
        assert pid is not None
        os.kill(pid, 9)
        until(lambda: room.stats().engine.restarts == 1, "another engine")
        data.time = 11.0
        viewer.sync()
        assert shows(room, 11.0).program
    assert viewer.is_running()


def test_nothing_in_the_program_imports_opengl_and_the_package_alone_imports_no_mujoco() -> None:
    script = """
import sys
import py_remote_viewer as prv
assert "mujoco" not in sys.modules and "pydantic" not in sys.modules
import mujoco  # which may import OpenGL itself, as MUJOCO_GL says
before = set(sys.modules)
prv.launch_passive
assert not [name for name in set(sys.modules) - before if name.startswith(("OpenGL", "aiortc", "uvicorn"))]
"""
    subprocess.run([sys.executable, "-c", script], check=True)


def test_mistakes_are_named(model: mujoco.MjModel, data: mujoco.MjData) -> None:
    with pytest.raises(ValueError, match="`model` is not"):
        prv.launch_passive("humanoid", data)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="`key_callback` is not callable"):
        prv.launch_passive(model, data, key_callback=7)  # type: ignore[arg-type]
    with pytest.raises(Unreachable, match="no server answers at http://127"):
        prv.launch_passive(model, data, url="http://127.0.0.1:9")
    with pytest.raises(SettingsInvalid, match="both given"):
        prv.launch_passive(model, data, url="http://127.0.0.1:9", port=0)
    with pytest.raises(SettingsInvalid, match="without a token"):
        prv.launch_passive(model, data, host="0.0.0.0", port=0)


def _children(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()


def _is_server(pid: int) -> bool:
    return "--end-with-parent" in Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8")
