"""The real engine process under the real supervisor: it obeys, and goes on after it was killed or hung."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from py_remote_viewer.engine.supervisor import EngineSupervisor
from py_remote_viewer.errors import EngineFailed
from py_remote_viewer.protocol.camera_input import Orbit, SetCamera
from py_remote_viewer.protocol.control_input import ClearCtrl, SetCtrl
from py_remote_viewer.protocol.engine_messages import (
    EngineStatus,
)
from py_remote_viewer.protocol.engine_questions import DescribeState
from py_remote_viewer.protocol.hand_input import Grip, PerturbStart, Select
from py_remote_viewer.protocol.look import SetLens, SetLook
from py_remote_viewer.protocol.sim_commands import Pause, Play, Reset, SetQuality, SetSpeed, Step
from py_remote_viewer.protocol.time_commands import SaveKeyframe
from tests.engine.hearing import PENDULUM, UNSTABLE, Room, compiled, decoded

pytestmark = pytest.mark.gl


async def test_a_killed_engine_is_replaced_and_time_goes_on(engine: EngineSupervisor, room: Room) -> None:
    await engine.load(compiled(PENDULUM))
    engine.send_input("p", SetCamera(mode="fixed", target="side"))
    await room.until(lambda: bool(room.statuses) and room.status.simulation.time_s > 0.5)
    before, first_pid = room.status.simulation.time_s, engine.pid
    assert first_pid is not None
    os.kill(first_pid, signal.SIGKILL)
    await room.until(lambda: bool(room.restarts))
    assert "SIGKILL" in room.restarts[0]
    assert room.resumed == [True]
    seen = len(room.pictures)
    await room.until(lambda: len(room.pictures) > seen + 5)
    assert room.pictures[seen].is_idr
    known = len(room.statuses)
    await room.until(lambda: len(room.statuses) > known + 1)
    assert engine.pid != first_pid
    assert room.status.simulation.time_s >= before - 0.2
    assert room.status.camera.mode == "fixed"
    assert engine.restarts == 1


async def test_a_hung_engine_is_replaced(engine: EngineSupervisor, room: Room) -> None:
    await engine.load(compiled(PENDULUM))
    assert engine.pid is not None
    os.kill(engine.pid, signal.SIGSTOP)
    await room.until(lambda: bool(room.restarts))
    assert "did not answer" in room.restarts[0]
    seen = len(room.pictures)
    await room.until(lambda: len(room.pictures) > seen)


async def test_paused_and_untouched_costs_no_picture_and_a_touch_shows_at_once(
    engine: EngineSupervisor, room: Room
) -> None:
    await engine.load(compiled(PENDULUM))
    engine.send_input("p", Pause())
    await room.until(lambda: bool(room.statuses) and room.status.simulation.state == "paused")
    known = len(room.statuses)
    await room.until(lambda: len(room.statuses) > known + 1)  # a second or more
    seen = len(room.pictures)
    known = len(room.statuses)
    await room.until(lambda: len(room.statuses) > known + 1)
    assert len(room.pictures) == seen
    engine.send_input("p", Orbit(d_azimuth=40, d_elevation=0, seq=7))
    await room.until(lambda: bool(room.applied) and len(room.pictures) > seen)
    assert (room.applied[0].peer_id, room.applied[0].seq) == ("p", 7)
    pictures = decoded(room.pictures)
    assert np.abs(pictures[-1].astype(int) - pictures[seen - 1].astype(int)).max() > 60, "orbit changes the picture"


async def test_steps_are_counted_while_paused(engine: EngineSupervisor, room: Room) -> None:
    await engine.load(compiled(PENDULUM))
    engine.send_input("p", Reset())
    engine.send_input("p", Pause())
    engine.send_input("p", Reset())
    engine.send_input("p", Step(count=50))
    await room.until(lambda: bool(room.statuses) and room.status.simulation.time_s == pytest.approx(0.1))
    assert room.status.simulation.state == "paused"


async def test_controls_are_written_clamped_and_cleared(engine: EngineSupervisor, room: Room) -> None:
    driven = PENDULUM.replace("</mujoco>", '<actuator><motor joint="hinge" ctrlrange="-1 2"/></actuator></mujoco>')
    await engine.load(compiled(driven))
    engine.send_input("p", Pause())
    engine.send_input("p", SetCtrl(values=((0, 5.0),)))
    assert 'ctrl="2.0"' in (await engine.ask(DescribeState())).facts["xml"]
    engine.send_input("p", ClearCtrl())
    assert 'ctrl="0.0"' in (await engine.ask(DescribeState())).facts["xml"]
    engine.send_input("p", SetCtrl(values=((4, 1.0),)))
    await room.until(lambda: any("no actuator 4" in text for text in room.notices))


async def test_a_leased_control_ends_by_itself(engine: EngineSupervisor, room: Room) -> None:
    driven = PENDULUM.replace("</mujoco>", '<actuator><motor joint="hinge" ctrlrange="-1 2"/></actuator></mujoco>')
    await engine.load(compiled(driven))
    engine.send_input("p", SetCtrl(values=((0, -1.0),), lease_s=0.1))
    while 'ctrl="0.0"' not in (await engine.ask(DescribeState())).facts["xml"]:
        pass


async def test_what_is_shown_and_selected_survives_the_engine(engine: EngineSupervisor, room: Room) -> None:
    await engine.load(compiled(PENDULUM))
    engine.send_input("p", SetLook.model_validate({"flags": {"wireframe": True}, "groups": {"geom": {"4": True}}}))
    engine.send_input("p", SetLens(fov_deg=70, orthographic=True))
    engine.send_input("p", Select(body="arm"))
    engine.send_input("ada", PerturbStart(grip=3, mode="force", x=0, y=0))
    await room.until(lambda: bool(room.answers))
    assert (room.answers[0].peer_id, room.answers[0].answer) == ("ada", Grip(grip=3, body="arm"))

    def stands(status: EngineStatus) -> bool:
        look, selection, camera = status.look, status.selection, status.camera
        shown = look is not None and (  # an engine that has only just started tells of no look yet
            look.flags["wireframe"] and look.groups["geom"][4] and (camera.fov_deg, camera.orthographic) == (70, True)
        )
        return bool(shown and selection is not None and selection.body == "arm")

    await room.until(lambda: bool(room.statuses) and stands(room.status) and room.status.simulation.time_s > 0.3)
    assert room.status.selection is not None
    assert room.status.selection.held_by == "ada"
    assert engine.pid is not None
    os.kill(engine.pid, signal.SIGKILL)
    await room.until(lambda: bool(room.restarts))
    known = len(room.statuses)
    await room.until(lambda: len(room.statuses) > known and stands(room.status))
    assert room.status.selection.held_by is None
    await engine.load(compiled(PENDULUM))
    await room.until(lambda: len(room.statuses) > known + 3 and room.status.selection is None)
    assert room.status.look is not None
    assert room.status.look.flags["wireframe"], "another scene looks the same, as in simulate"


async def test_nobody_watching_means_no_pictures_and_nobody_present_no_time(
    engine: EngineSupervisor, room: Room
) -> None:
    await engine.load(compiled(PENDULUM))
    engine.set_demand(present=True, rungs=())
    await room.until(lambda: room.statuses != [] and room.status.picture.fps == 0)
    before = room.status.simulation.time_s
    await room.until(lambda: room.status.simulation.time_s > before)
    engine.set_demand(present=False, rungs=())
    await room.until(lambda: room.status.simulation.state == "asleep")
    known, asleep_at = len(room.statuses), room.status.simulation.time_s
    await room.until(lambda: len(room.statuses) > known + 1)
    assert room.status.simulation.time_s == asleep_at


async def test_divergence_pauses_and_says_so(engine: EngineSupervisor, room: Room) -> None:
    await engine.load(compiled(UNSTABLE))
    await room.until(lambda: bool(room.statuses) and room.status.simulation.state == "diverged")
    assert any("diverged" in text for text in room.notices)


async def test_a_broken_model_is_refused_and_the_scene_before_goes_on(engine: EngineSupervisor, room: Room) -> None:
    await engine.load(compiled(PENDULUM))
    broken = compiled(PENDULUM)
    os.ftruncate(broken.fd, 100)
    with pytest.raises(EngineFailed):
        await engine.load(broken)
    seen = len(room.pictures)
    await room.until(lambda: len(room.pictures) > seen + 5)
    assert broken.fd == -1


async def test_a_changed_scene_goes_on_where_the_one_before_it_stood(engine: EngineSupervisor, room: Room) -> None:
    assert await engine.load(compiled(PENDULUM), keep_pose=True) is None  # nothing was on
    engine.send_input("p", Pause())
    engine.send_input("p", Step(count=100))
    engine.send_input("p", SetCamera(mode="fixed", target="side"))
    engine.send_input("p", SetSpeed(factor=0.5))
    await room.until(lambda: room.status.simulation.speed == 0.5)
    before = (await engine.ask(DescribeState())).facts["xml"]
    heavier = PENDULUM.replace('size=".08"', 'size=".1"').replace(
        "</worldbody>", "<body><joint/><geom size='.1'/></body></worldbody>"
    )
    kept = await engine.load(compiled(heavier), keep_pose=True)
    assert kept is not None
    assert (kept.joints, kept.joints_of, kept.reason) == (1, 2, "")
    after = (await engine.ask(DescribeState())).facts["xml"]
    assert re.sub(r' 0\.0"', '"', after) == before
    known = len(room.statuses)
    await room.until(lambda: len(room.statuses) > known + 1)
    assert (room.status.simulation.state, room.status.simulation.speed) == ("paused", 0.5)
    assert (room.status.camera.mode, room.status.camera.target) == ("fixed", "side")
    engine.send_input("p", SetCamera(mode="free"))
    engine.send_input("p", Orbit(d_azimuth=33, d_elevation=0))
    known = len(room.statuses)
    await room.until(lambda: len(room.statuses) > known + 1)
    turned = room.status.camera
    engine.send_input("p", Select(body="arm"))
    engine.send_input("p", SaveKeyframe(name="here"))
    await engine.load(compiled(heavier), keep_pose=True)
    await engine.load(compiled(heavier.replace('size=".1"', 'size=".2"')), keep_pose=True)
    known = len(room.statuses)
    await room.until(lambda: len(room.statuses) > known + 1)
    assert room.status.camera == turned
    assert room.status.selection is not None
    assert room.status.selection.body == "arm"
    engine.send_input("p", Reset(keyframe="here"))
    assert (await engine.ask(DescribeState())).facts["xml"].startswith('<key time="0.2')
    assert await engine.load(compiled(PENDULUM)) is None


async def test_bad_inputs_are_answered_with_a_notice(engine: EngineSupervisor, room: Room) -> None:
    await engine.load(compiled(PENDULUM))
    engine.send_input("p", SetCamera(mode="fixed", target="nowhere"))
    engine.send_input("p", SetQuality(level="best"))
    engine.send_input("p", Play())
    await room.until(lambda: len(room.notices) >= 2)
    assert "no camera 'nowhere'" in room.notices[0]
    assert "no quality level 'best'" in room.notices[1]


def test_the_supervisor_does_not_import_mujoco_or_opengl() -> None:
    code = (
        "import sys, py_remote_viewer.engine.supervisor; print([m for m in ('mujoco', 'OpenGL') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path.cwd())
    assert done.stdout.strip() == "[]"
