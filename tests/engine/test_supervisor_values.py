"""What the real engine process tells beside pictures: answers, watched values, and states that replay."""

from __future__ import annotations

import json
import os
import re
import signal
from pathlib import Path

import mujoco
import pytest

from py_remote_viewer.engine.supervisor import EngineSupervisor
from py_remote_viewer.errors import EngineFailed
from py_remote_viewer.protocol.camera_input import Orbit
from py_remote_viewer.protocol.engine_messages import (
    RungSpec,
)
from py_remote_viewer.protocol.engine_questions import DescribeModel, DescribeState, ExportModel
from py_remote_viewer.protocol.engine_values import WatchFields
from py_remote_viewer.protocol.panels import SetQpos
from py_remote_viewer.protocol.sim_commands import Pause, Play, Reset, Step
from py_remote_viewer.record.chunks import MAGIC
from py_remote_viewer.record.replay import replay
from py_remote_viewer.record.trajectory import load_trajectory
from tests.engine.hearing import PENDULUM, Room, compiled

pytestmark = pytest.mark.gl


async def test_states_are_kept_while_the_server_wants_them_and_replay_bit_for_bit(
    engine: EngineSupervisor, room: Room, tmp_path: Path
) -> None:
    await engine.load(compiled(PENDULUM))
    engine.set_demand(present=True, rungs=(RungSpec(),), trajectory="20260101-120000-00000000")
    await room.until(lambda: bool(room.trajectory) and room.trajectory[-1][0].rows > 20)
    for command in (Pause(), Step(count=7), Reset(), Play(), Orbit(d_azimuth=40, d_elevation=0)):
        engine.send_input("ada", command)
    await room.until(lambda: room.trajectory[-1][0].rows > 80)
    os.kill(engine.pid or 0, signal.SIGKILL)  # the next engine goes on recording, into a part of its own
    await room.until(lambda: len(room.restarts) == 1)
    killed = len(room.trajectory)
    await room.until(lambda: len(room.trajectory) > killed + 3)
    await engine.load(compiled(PENDULUM.replace("arm", "leg")), keep_pose=True)
    await room.until(lambda: room.trajectory[-1][0].part == 2 and room.trajectory[-1][0].rows > 5)
    engine.set_demand(present=True, rungs=(RungSpec(),), trajectory="")
    await room.until(lambda: room.trajectory[-1][0].last and room.trajectory[-1][0].part == 2)
    files: list[bytearray] = []
    for _, data in room.trajectory:
        if data.startswith(MAGIC):
            files.append(bytearray())
        files[-1] += data
    ends = []
    for number, data in enumerate(files):
        path = tmp_path / f"{number}.prvt"
        path.write_bytes(data)
        trajectory = load_trajectory(path)
        done = replay(trajectory)
        assert done.difference is None, str(done.difference)
        assert done.steps > 0
        ends.append(trajectory.ended)
    assert ends == ["", "another scene", "stopped"]
    first = load_trajectory(tmp_path / "0.prvt")
    assert [done.input["type"] for done in first.inputs] == ["pause", "step", "reset", "play", "orbit"]
    assert first.rows.camera[-1][6] - first.rows.camera[0][6] == pytest.approx(40)


async def test_watched_values_come_thirty_times_a_second_and_stop_when_nobody_watches(
    engine: EngineSupervisor, room: Room
) -> None:
    await engine.load(compiled(PENDULUM))
    assert room.values == []
    engine.watch_fields(WatchFields(peers={"ada": ("qpos", "energy", "nothing")}))
    await room.until(lambda: len(room.values) > 40)
    assert room.granted[-1].granted[0].fields == ("qpos", "energy")
    assert "nothing" in room.granted[-1].granted[0].problems
    times = [sampled.sampled_s for sampled, _ in room.values]
    assert (len(times) - 1) / (times[-1] - times[0]) < 33
    assert len({data for _, data in room.values}) > 20
    engine.watch_fields(WatchFields())
    known = len(room.statuses)
    await room.until(lambda: len(room.statuses) > known + 1)
    seen = len(room.values)
    pictures = len(room.pictures)
    await room.until(lambda: len(room.pictures) > pictures + 20)
    assert len(room.values) == seen


async def test_a_paused_room_shows_a_joint_that_was_moved_and_nobody_draws_for_values(
    engine: EngineSupervisor, room: Room
) -> None:
    await engine.load(compiled(PENDULUM))
    engine.set_demand(present=True, rungs=())
    engine.send_input("ada", Pause())
    engine.watch_fields(WatchFields(peers={"ada": ("qpos",)}))
    engine.send_input("ada", SetQpos(values=((0, 0.25),)))
    await room.until(lambda: bool(room.values) and room.values[-1][1] == b"[0.25]")
    engine.send_input("ada", SetQpos(values=((5, 0.25),)))
    await room.until(lambda: any("no qpos[5]" in notice for notice in room.notices))


async def test_a_new_engine_is_told_what_is_watched(engine: EngineSupervisor, room: Room) -> None:
    await engine.load(compiled(PENDULUM))
    engine.watch_fields(WatchFields(peers={"ada": ("qpos",)}))
    await room.until(lambda: bool(room.values))
    assert engine.pid is not None
    os.kill(engine.pid, signal.SIGKILL)
    await room.until(lambda: bool(room.restarts))
    seen = len(room.values)
    await room.until(lambda: len(room.values) > seen + 3)


async def test_the_engine_describes_its_model(engine: EngineSupervisor, room: Room) -> None:
    await engine.load(compiled(PENDULUM))
    facts = json.loads((await engine.ask(DescribeModel(scene_id=7))).data)
    assert (facts["scene_id"], facts["sizes"]["njnt"], facts["joints"][0]["name"]) == (7, 1, "hinge")


async def test_questions_are_answered_by_the_engine_itself(engine: EngineSupervisor, room: Room) -> None:
    with pytest.raises(EngineFailed):
        await engine.ask(DescribeState())  # nothing runs, or nothing is on the stage yet
    await engine.load(compiled(PENDULUM))
    engine.send_input("p", Step(count=7))
    state = (await engine.ask(DescribeState(name="here"))).facts["xml"]
    assert re.fullmatch(r'<key name="here" time="\S+" qpos="\S+" qvel="\S+"/>', state)
    mjb = (await engine.ask(ExportModel())).data
    fd = os.memfd_create("model")
    os.write(fd, mjb)
    model = mujoco.MjModel.from_binary_path(f"/proc/self/fd/{fd}")
    assert model.nbody == 2
    assert not model.opt.disableflags & int(mujoco.mjtDisableBit.mjDSBL_AUTORESET)
    os.close(fd)
