"""The real engine process under the real supervisor: pictures come, and go on coming after it was killed or hung."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import av
import mujoco
import numpy as np
import pytest

from py_remote_viewer.engine.supervisor import EngineSupervisor
from py_remote_viewer.errors import EngineFailed
from py_remote_viewer.protocol.camera_input import Orbit, SetCamera
from py_remote_viewer.protocol.control_input import ClearCtrl, SetCtrl
from py_remote_viewer.protocol.engine_messages import (
    EngineConfig,
    EngineNotice,
    EngineReady,
    EngineStatus,
    InputApplied,
    PeerAnswer,
    RungSpec,
)
from py_remote_viewer.protocol.engine_questions import DescribeModel, DescribeState, ExportModel
from py_remote_viewer.protocol.engine_values import FieldsResolved, ValuesSampled, WatchFields
from py_remote_viewer.protocol.hand_input import Grip, PerturbStart, Select
from py_remote_viewer.protocol.look import SetLens, SetLook
from py_remote_viewer.protocol.panels import SetQpos
from py_remote_viewer.protocol.pictures import EncodedPicture
from py_remote_viewer.protocol.recording import TrajectoryData
from py_remote_viewer.protocol.scene_info import ModelInfo
from py_remote_viewer.protocol.sim_commands import Pause, Play, Reset, SetQuality, SetSpeed, Step
from py_remote_viewer.protocol.time_commands import SaveKeyframe
from py_remote_viewer.record.chunks import MAGIC
from py_remote_viewer.record.replay import replay
from py_remote_viewer.record.trajectory import load_trajectory
from py_remote_viewer.scenes.compiled import CompiledScene

pytestmark = pytest.mark.gl

PENDULUM = """<mujoco><worldbody><light pos="0 0 3"/><geom type="plane" size="2 2 .1" rgba=".2 .3 .4 1"/>
<body name="arm" pos="0 0 1.5"><joint name="hinge" axis="0 1 0"/>
<geom type="capsule" fromto="0 0 0 .8 0 0" size=".08" rgba="1 .5 0 1"/>
</body><camera name="side" pos="0 -3 1" xyaxes="1 0 0 0 0 1"/></worldbody></mujoco>"""
UNSTABLE = """<mujoco><option timestep="0.01"/><worldbody><body pos="0 0 1"><freejoint/>
<geom size=".1" mass="1e-3"/></body></worldbody><option gravity="0 0 -1e300"/></mujoco>"""

_COMPILE = """
import sys, os, numpy, mujoco
model = mujoco.MjModel.from_xml_string(sys.stdin.read())
data = numpy.empty(mujoco.mj_sizeModel(model), numpy.uint8)
mujoco.mj_saveModel(model, None, data)
os.write(int(sys.argv[1]), data.tobytes())
"""


def compiled(xml: str) -> CompiledScene:
    """The model as the compile child would hand it over."""
    fd = os.memfd_create("model")
    subprocess.run([sys.executable, "-c", _COMPILE, str(fd)], input=xml, text=True, pass_fds=[fd], check=True)
    info = ModelInfo(name="test", nbody=2, nq=1, nv=1, nu=0, ngeom=2, timestep_s=0.002)
    return CompiledScene("test", "Test", None, info, fd, os.fstat(fd).st_size, xml=xml)


class Room:
    """Hears what a room would hear."""

    def __init__(self) -> None:
        self.pictures: list[EncodedPicture] = []
        self.statuses: list[EngineStatus] = []
        self.applied: list[InputApplied] = []
        self.notices: list[str] = []
        self.answers: list[PeerAnswer] = []
        self.restarts: list[str] = []
        self.resumed: list[bool] = []
        self.failed: list[str] = []
        self.trajectory: list[tuple[TrajectoryData, bytes]] = []
        self.granted: list[FieldsResolved] = []
        self.values: list[tuple[ValuesSampled, bytes]] = []
        self._changed = asyncio.Event()

    def on_picture(self, picture: EncodedPicture) -> None:
        self.pictures.append(picture)
        self._changed.set()

    def on_status(self, status: EngineStatus) -> None:
        self.statuses.append(status)
        self._changed.set()

    def on_applied(self, applied: InputApplied) -> None:
        self.applied.append(applied)
        self._changed.set()

    def on_fields(self, resolved: FieldsResolved) -> None:
        self.granted.append(resolved)
        self._changed.set()

    def on_values(self, sampled: ValuesSampled, data: bytes) -> None:
        self.values.append((sampled, data))
        self._changed.set()

    def on_notice(self, notice: EngineNotice) -> None:
        self.notices.append(notice.text)
        self._changed.set()

    def on_trajectory(self, piece: TrajectoryData, data: bytes) -> None:
        self.trajectory.append((piece, data))
        self._changed.set()

    def on_answer(self, answer: PeerAnswer) -> None:
        self.answers.append(answer)
        self._changed.set()

    def on_ready(self, ready: EngineReady) -> None:
        self._changed.set()

    def on_restart(self, reason: str, resumes: bool) -> None:
        self.restarts.append(reason)
        self.resumed.append(resumes)
        self._changed.set()

    def on_failed(self, reason: str) -> None:
        self.failed.append(reason)
        self._changed.set()

    async def until(self, condition: Callable[[], bool], timeout_s: float = 15.0) -> None:
        async with asyncio.timeout(timeout_s):
            while not condition():
                self._changed.clear()
                await self._changed.wait()

    @property
    def status(self) -> EngineStatus:
        return self.statuses[-1]


def decoded(pictures: list[EncodedPicture]) -> list[np.ndarray]:
    decoder = av.CodecContext.create("h264", "r")
    frames = [frame for picture in pictures for frame in decoder.decode(av.Packet(picture.data))]
    return [frame.to_ndarray(format="gray") for frame in frames + decoder.decode(None)]


@pytest.fixture
async def room() -> Room:
    return Room()


@pytest.fixture
async def engine(room: Room) -> AsyncIterator[EngineSupervisor]:
    config = EngineConfig(room_id="test", width=640, height=360, quality="lean", log_level="WARNING")
    async with EngineSupervisor(config, room) as supervisor:
        supervisor.set_demand(present=True, rungs=(RungSpec(),))
        yield supervisor


async def test_pictures_decode_and_show_that_the_simulation_moves(engine: EngineSupervisor, room: Room) -> None:
    await engine.load(compiled(PENDULUM))
    assert room.pictures, "load returns when a picture is out"
    assert room.pictures[0].is_idr
    await room.until(lambda: len(room.pictures) >= 40)
    pictures = decoded(room.pictures[:40])
    assert len(pictures) == 40
    assert np.abs(pictures[39].astype(int) - pictures[0].astype(int)).max() > 60
    assert sum(picture.is_idr for picture in room.pictures) == 1
    captured = [picture.captured_s for picture in room.pictures]
    assert captured == sorted(captured)
    await room.until(lambda: room.statuses != [] and room.status.picture.fps > 0)
    assert room.status.encoder_calls <= room.status.pictures_encoded


async def test_an_idr_comes_on_demand(engine: EngineSupervisor, room: Room) -> None:
    await engine.load(compiled(PENDULUM))
    engine.force_idr()
    await room.until(lambda: sum(picture.is_idr for picture in room.pictures) == 2)


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


async def test_another_scene_keeps_the_size_of_a_picture_that_is_filmed(engine: EngineSupervisor, room: Room) -> None:
    await engine.load(compiled(PENDULUM))
    engine.set_demand(present=True, rungs=(RungSpec(),), filmed=True)
    engine.send_input("ada", SetQuality(level="lean-50"))
    await room.until(lambda: bool(room.pictures) and room.pictures[-1].width == 320)
    engine.send_input("ada", SetQuality(level="auto"))
    shown = len(room.pictures)
    await engine.load(compiled(PENDULUM.replace("arm", "leg")))  # so small a scene would be drawn larger
    await room.until(lambda: len(room.pictures) > shown + 20)
    assert {picture.width for picture in room.pictures[shown:]} == {320}


async def test_quality_can_be_fixed_while_running(engine: EngineSupervisor, room: Room) -> None:
    await engine.load(compiled(PENDULUM))
    engine.send_input("p", SetQuality(level="lean-50"))
    await room.until(lambda: room.pictures[-1].width == 320)
    assert next(picture for picture in room.pictures if picture.width == 320).is_idr


def test_the_supervisor_does_not_import_mujoco_or_opengl() -> None:
    code = (
        "import sys, py_remote_viewer.engine.supervisor; print([m for m in ('mujoco', 'OpenGL') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path.cwd())
    assert done.stdout.strip() == "[]"


async def test_every_rung_in_use_is_encoded_once_per_picture_and_no_other(engine: EngineSupervisor, room: Room) -> None:
    await engine.load(compiled(PENDULUM))
    rungs = (
        RungSpec(rung=0),
        RungSpec(rung=1, height=180, fps=30, bitrate_bps=300_000),
        RungSpec(rung=2, codec="vp8", height=180),
        RungSpec(rung=3, codec="mjpeg", height=90, fps=15),
    )
    engine.set_demand(present=True, rungs=rungs)
    await room.until(lambda: len({picture.rung for picture in room.pictures}) == 4)
    await room.until(lambda: room.status.rungs != () and all(rung.fps >= 14 for rung in room.status.rungs))
    by_rung = {number: [p for p in room.pictures if p.rung == number] for number in range(4)}
    assert [(by_rung[n][-1].codec, by_rung[n][-1].height) for n in range(4)] == [
        ("h264", 360),
        ("h264", 180),
        ("vp8", 180),
        ("mjpeg", 90),
    ]
    assert all(pictures[0].is_idr for pictures in by_rung.values())
    fps = {rung.rung: rung.fps for rung in room.status.rungs}
    assert fps[0] / 2 - 4 <= fps[1] <= 32, (
        "a busy machine draws fewer than 60, of which a slow rung takes more than half"
    )
    assert fps[0] / 4 - 3 <= fps[3] <= 17
    decoder = av.CodecContext.create("vp8", "r")
    assert [len(decoder.decode(av.Packet(picture.data))) for picture in by_rung[2][:5]] == [1] * 5
    assert by_rung[3][0].data.startswith(b"\xff\xd8")
    engine.set_demand(present=True, rungs=rungs[:1])
    known = len(room.statuses)
    await room.until(lambda: len(room.statuses) > known + 5)
    seen = len(room.pictures)
    await room.until(lambda: len(room.pictures) > seen + 20)
    assert {picture.rung for picture in room.pictures[seen:]} == {0}
    assert room.status.encoder_calls < 4 * room.status.pictures_encoded


async def test_an_idr_of_one_rung_is_no_idr_of_another(engine: EngineSupervisor, room: Room) -> None:
    await engine.load(compiled(PENDULUM))
    engine.set_demand(present=True, rungs=(RungSpec(rung=0), RungSpec(rung=1, height=180)))
    await room.until(lambda: len([p for p in room.pictures if p.rung == 1]) > 10)
    before = {rung: sum(p.is_idr for p in room.pictures if p.rung == rung) for rung in (0, 1)}
    engine.force_idr(1)
    await room.until(lambda: sum(p.is_idr for p in room.pictures if p.rung == 1) == before[1] + 1)
    assert sum(p.is_idr for p in room.pictures if p.rung == 0) == before[0]


async def test_a_slow_rung_ends_with_the_last_picture_too(engine: EngineSupervisor, room: Room) -> None:
    await engine.load(compiled(PENDULUM))
    engine.set_demand(present=True, rungs=(RungSpec(rung=0), RungSpec(rung=1, codec="mjpeg", fps=5)))
    engine.send_input("p", Pause())
    await room.until(lambda: bool(room.statuses) and room.status.simulation.state == "paused")
    known = len(room.statuses)
    await room.until(lambda: len(room.statuses) > known + 1)  # quiet by now
    engine.send_input("p", Orbit(d_azimuth=60, d_elevation=10, seq=1))
    known = len(room.statuses)
    await room.until(lambda: len(room.statuses) > known + 1)
    shown = {rung: [p for p in room.pictures if p.rung == rung] for rung in (0, 1)}
    jpeg = av.CodecContext.create("mjpeg", "r").decode(av.Packet(shown[1][-1].data))[0].to_ndarray(format="gray")
    assert np.abs(jpeg.astype(int) - decoded(shown[0])[-1].astype(int)).mean() < 8


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
