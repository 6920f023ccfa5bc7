"""`launch`: the room's own engine steps; the call returns when the last page has closed."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import mujoco
import pytest

import py_remote_viewer as prv
from py_remote_viewer.passive import launch as module

pytestmark = [pytest.mark.gl, pytest.mark.timeout(90)]

XML = """<mujoco model="clock"><worldbody><light pos="0 0 3"/>
<body pos="0 0 1"><joint name="hinge" axis="0 1 0"/><geom size=".1" pos=".3 0 0"/></body></worldbody></mujoco>"""


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Addresses that were announced."""
    said: list[str] = []
    for name, value in {"WIDTH": "320", "HEIGHT": "192", "FPS": "30", "QUALITY": "lean"}.items():
        monkeypatch.setenv(f"VIEWER_{name}", value)
    monkeypatch.setattr(module, "EMPTY_S", 1.0)
    monkeypatch.setattr(module, "_announce", lambda page, open_browser: said.append(page))
    return said


def visit(said: list[str], until_s: float) -> threading.Thread:
    """Somebody who opens the room as soon as there is one, and leaves at that simulated time."""

    def stay() -> None:
        while not said:
            time.sleep(0.05)
        with prv.connect(said[0]) as room:
            room.until(lambda status: status.simulation.time_s >= until_s)

    thread = threading.Thread(target=stay)
    thread.start()
    return thread


def test_the_engine_runs_it_from_its_state_and_the_end_comes_back(said: list[str]) -> None:
    model = mujoco.MjModel.from_xml_string(XML)
    data = mujoco.MjData(model)
    data.time, data.qpos[0] = 5.0, 1.0
    visitor = visit(said, 5.5)
    prv.launch(model, data, port=0)
    visitor.join()
    assert data.time >= 5.5
    assert data.qpos[0] != 1.0


def test_a_file_is_launched_by_its_path(said: list[str], tmp_path: Path) -> None:
    file = tmp_path / "clock.xml"
    file.write_text(XML)
    visitor = visit(said, 0.2)
    prv.launch_from_path(file)
    visitor.join()


def test_arguments_that_exclude_each_other_are_refused() -> None:
    model = mujoco.MjModel.from_xml_string(XML)
    data = mujoco.MjData(model)
    with pytest.raises(ValueError, match="mjModel is not"):
        prv.launch(None, data)
    with pytest.raises(ValueError, match="both specified"):
        prv.launch(model, loader=lambda: (model, data))
    with pytest.raises(ValueError, match="loader is used"):
        prv.launch(lambda: (model, data), data)
