"""What was recorded is made again bit for bit, whatever people did meanwhile; what was changed afterwards is found."""

import subprocess
import sys
import zlib
from pathlib import Path

import mujoco
import numpy as np
import pytest

from py_remote_viewer.errors import RecordingInvalid
from py_remote_viewer.protocol.look import DEFAULT_LOOK
from py_remote_viewer.record.capture import StateCapture
from py_remote_viewer.record.chunks import MAGIC, ROWS, pack_chunk, read_chunks
from py_remote_viewer.record.replay import replay
from py_remote_viewer.record.rows import Rows, pack_rows, unpack_rows
from py_remote_viewer.record.trajectory import load_trajectory
from py_remote_viewer.render.camera import Camera
from py_remote_viewer.sim.simulation import Simulation
from tests.record.trajectories import MODEL, Tape, recorded


def everything(simulation: Simulation, tick: int) -> None:
    """What a room full of people may do to a simulation, in any order."""
    model, data = simulation.model, simulation.data
    if tick % 3 == 0:
        data.ctrl[:] = np.sin(tick + np.arange(2))
    if tick % 7 == 0:
        data.xfrc_applied[2] = np.cos(tick + np.arange(6.0))
    if tick == 20:
        data.eq_active[0] = 1
    if 20 <= tick < 40:
        data.mocap_pos[0] = (0.01 * tick, 0, 2)
    if tick == 45:
        model.opt.gravity[:] = (0, 1.5, -3.7)
    if tick == 60:
        simulation.reset("up")
    if tick == 70:
        model.opt.integrator = mujoco.mjtIntegrator.mjINT_IMPLICITFAST
        model.opt.timestep = 0.003
    if tick == 80:
        simulation.restore(simulation.state() * 0.999)
    if tick == 90:
        data.qfrc_applied[:] = 0.1


def nothing(simulation: Simulation, tick: int) -> None:
    pass


def test_a_recording_replays_bit_for_bit_whatever_was_done_meanwhile(tmp_path: Path) -> None:
    path, simulation = recorded(tmp_path, everything)
    trajectory = load_trajectory(path)
    done = replay(trajectory)
    assert done.difference is None, str(done.difference)
    assert done.steps == 600 == simulation.steps
    assert done.states >= 120
    assert trajectory.rows.state[-1].tobytes() == simulation.state().tobytes()
    assert trajectory.ended == "the engine ended"
    assert len(trajectory.options) == 3  # as it began, gravity, integrator


SLEEPY = """<mujoco><option><flag sleep="enable"/></option><worldbody><geom type="plane" size="5 5 .1"/>
<body pos="0 0 .11"><freejoint/><geom type="box" size=".1 .1 .1"/></body>
<body pos="1 0 .5"><freejoint/><geom type="box" size=".1 .1 .1"/></body>
<body pos="-1 0 1"><joint name="j" axis="0 1 0"/><geom type="capsule" fromto="0 0 0 .3 0 0" size=".03"/></body>
</worldbody><actuator><motor joint="j"/></actuator></mujoco>"""


def test_what_sleeps_replays_too_also_when_it_is_woken_or_set_back(tmp_path: Path) -> None:
    kept: list[np.ndarray] = []
    slept: list[int] = []

    def disturb(simulation: Simulation, tick: int) -> None:
        slept.append(int((simulation.data.tree_asleep >= 0).sum()))
        if tick % 5 == 0:
            simulation.data.ctrl[0] = np.sin(tick)
        if tick == 120:
            kept.append(simulation.state())
        if tick == 150:
            simulation.data.xfrc_applied[2] = (0, 0, 30, 0, 0, 0)
        if tick == 155:
            simulation.data.xfrc_applied[2] = 0
        if tick == 200:
            simulation.restore(kept[0])

    path, _ = recorded(tmp_path, disturb, ticks=260, xml=SLEEPY)
    assert max(slept) >= 1
    assert min(slept[100:]) < max(slept[100:])  # some woke up, or fell asleep later
    done = replay(load_trajectory(path))
    assert done.difference is None, str(done.difference)
    assert done.steps == 260 * 5


def test_a_fresh_process_replays_it_too(tmp_path: Path) -> None:
    path, _ = recorded(tmp_path, everything)
    done = subprocess.run(
        [sys.executable, "-m", "py_remote_viewer.record.replay", str(path)], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "bit for bit: 600 steps made again" in done.stdout


def test_noise_between_single_steps_replays(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)

    def shake(simulation: Simulation, tick: int) -> None:
        for _ in range(3):
            simulation.data.ctrl[:] = rng.normal(size=2)
            simulation.advance(1, budget_s=5.0)

    path, simulation = recorded(tmp_path, shake, ticks=30)
    assert simulation.steps == 30 * 8
    assert replay(load_trajectory(path)).is_exact


def test_the_smallest_change_is_found_with_its_place(tmp_path: Path) -> None:
    path, _ = recorded(tmp_path, nothing, ticks=30)
    size = load_trajectory(path).rows.state.shape[1]
    with path.open("rb") as file:
        chunks = list(read_chunks(file))
    with path.open("wb") as file:
        file.write(MAGIC)
        for chunk in chunks:
            payload = chunk.payload
            if chunk.kind == ROWS:
                rows = unpack_rows(payload, size)
                rows.state.view(np.uint64)[-1, 4] ^= 1
                payload = pack_rows(rows)
            file.write(pack_chunk(chunk.kind, payload))
    difference = replay(load_trajectory(path)).difference
    assert difference is not None
    assert (difference.row, difference.index) == (30, 4)
    assert difference.step == 150
    assert "number 4 of the state" in str(difference)


def test_a_file_that_was_cut_off_replays_as_far_as_it_goes(tmp_path: Path) -> None:
    path, _ = recorded(tmp_path, everything)
    whole = load_trajectory(path)
    path.write_bytes(path.read_bytes()[:-3000])
    cut = load_trajectory(path)
    assert 50 <= len(cut.rows) < len(whole.rows)
    assert cut.ended == ""
    assert replay(cut).is_exact


def test_another_model_begins_another_part_and_both_replay(tmp_path: Path) -> None:
    tape, camera = Tape(tmp_path), Camera()
    capture = StateCapture(tape.send)
    capture.want("20260101-120000-00000000", camera, 0.0)
    for number in range(2):
        simulation = Simulation(mujoco.MjModel.from_xml_string(MODEL.replace("busy", f"scene {number}")))
        capture.staged(1, simulation, camera, 10.0 * number)
        simulation.advance(50, budget_s=5.0)
        capture.tick(10.0 * number + 0.5, camera, DEFAULT_LOOK)
    capture.close(20.0)
    assert sorted(tape.parts) == [1, 2]
    first, second = (load_trajectory(path) for path in tape.parts.values())
    assert (first.facts["scene"], first.ended) == ("scene 0", "another scene")
    assert (second.facts["scene"], second.ended) == ("scene 1", "the engine ended")
    assert replay(first).steps == replay(second).steps == 50


def test_states_that_nobody_takes_are_left_out_and_the_rest_still_replays(tmp_path: Path) -> None:
    tape, camera = Tape(tmp_path), Camera()
    capture = StateCapture(tape.send)
    simulation = Simulation(mujoco.MjModel.from_xml_string(MODEL))
    capture.staged(1, simulation, camera, 0.0)
    capture.want("20260101-120000-00000000", camera, 0.0)
    tape.gate.clear()
    for second in range(1, 40):
        simulation.data.ctrl[:] = second
        simulation.model.opt.gravity[2] = -second
        simulation.advance(3, budget_s=5.0)
        capture.tick(float(second), camera, DEFAULT_LOOK)
    tape.gate.set()
    for second in range(40, 45):
        simulation.advance(3, budget_s=5.0)
        capture.tick(float(second), camera, DEFAULT_LOOK)
    capture.close(50.0)
    done = replay(load_trajectory(tape.parts[1]))
    assert done.is_exact, str(done.difference)
    assert 3 * 5 < done.steps < 3 * 44


def test_inputs_are_kept_with_their_steps(tmp_path: Path) -> None:
    tape, camera = Tape(tmp_path), Camera()
    capture = StateCapture(tape.send)
    simulation = Simulation(mujoco.MjModel.from_xml_string(MODEL))
    capture.staged(1, simulation, camera, 0.0)
    capture.want("20260101-120000-00000000", camera, 0.0)
    simulation.advance(7, budget_s=5.0)
    capture.note("ada", lambda: {"type": "pause"})
    capture.tick(1.0, camera, DEFAULT_LOOK)
    capture.tick(2.0, Camera(azimuth=12.0), DEFAULT_LOOK)
    capture.close(3.0)
    trajectory = load_trajectory(tape.parts[1])
    [done] = trajectory.inputs
    assert (done.peer, done.step, done.input) == ("ada", 7, {"type": "pause"})
    assert trajectory.rows.camera[-1][6] == 12.0
    assert trajectory.wall_s == 3.0


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no trajectory"),
        (MAGIC, "holds nothing"),
        (MAGIC + pack_chunk(b"HEAD", b"{}"), "how large"),
        (MAGIC + pack_chunk(b"HEAD", b"[]"), "no JSON object"),
        (MAGIC + pack_chunk(b"HEAD", b"\xff"), "no JSON"),
        (MAGIC + pack_chunk(b"HEAD", b'{"state_size": 3}') + pack_chunk(b"ROWS", b"x"), "block of states"),
        (MAGIC + pack_chunk(b"HEAD", b'{"state_size": 3}') + pack_chunk(b"OPTS", b"{}"), "entry cannot be read"),
        (
            MAGIC + pack_chunk(b"HEAD", b'{"state_size": 3}') + pack_chunk(b"MJB ", zlib.compress(b"no model")),
            "cannot read the model",
        ),
        (MAGIC + pack_chunk(b"HEAD", b'{"state_size": 3}') + pack_chunk(b"ROWS", pack_rows(Rows.empty(3))), "cut off"),
    ],
)
def test_damaged_files_are_refused_in_words(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "broken.prvt"
    path.write_bytes(data)
    with pytest.raises(RecordingInvalid, match=words):
        replay(load_trajectory(path))
    with pytest.raises(RecordingInvalid, match="No such file"):
        load_trajectory(tmp_path / "nothing.prvt")
