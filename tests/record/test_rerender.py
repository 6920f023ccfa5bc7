"""Trajectories drawn again: the right states at the right times, from the command line, with words for what cannot be."""

import json
import subprocess
import sys
from pathlib import Path

import av
import numpy as np
import pytest

from py_remote_viewer.errors import RecordingInvalid
from py_remote_viewer.record.rerender import RenderOptions, chosen_rows, timeline_of
from py_remote_viewer.record.rows import CAMERA_NUMBERS, Rows
from py_remote_viewer.record.trajectory import load_trajectory
from py_remote_viewer.sim.simulation import Simulation
from tests.record.trajectories import recorded


def rows(*given: tuple[int, float, float]) -> Rows:
    """Rows of (steps, wall_s, simulated time)."""
    count = len(given)
    return Rows(
        np.array([one[0] for one in given], np.int64),
        np.zeros(count, np.int64),
        np.array([one[1] for one in given]),
        np.zeros((count, CAMERA_NUMBERS)),
        np.array([[one[2]] for one in given]),
    )


WITH_A_PAUSE_AND_A_RESET = rows((0, 0.0, 5.0), (5, 0.1, 5.1), (5, 3.0, 5.2), (0, 3.1, 0.0), (5, 3.2, 0.1))


def test_the_watched_timeline_has_the_pauses_and_the_simulated_one_only_what_was_stepped() -> None:
    assert timeline_of(WITH_A_PAUSE_AND_A_RESET, "watched").tolist() == [0.0, 0.1, 3.0, 3.1, 3.2]
    assert timeline_of(WITH_A_PAUSE_AND_A_RESET, "simulated") == pytest.approx([0.0, 0.1, 0.2, 0.2, 0.3])


def test_each_picture_shows_the_newest_state_of_its_time() -> None:
    times = np.array([0.0, 0.1, 3.0, 3.1, 3.2])
    at_10 = RenderOptions(fps=10)
    assert chosen_rows(times, 3.3, at_10).tolist() == [0, *[1] * 29, 2, 3, 4]
    assert chosen_rows(times, 3.3, RenderOptions(fps=10, speed=10)).tolist() == [0, 1, 1]
    assert chosen_rows(times, 3.3, RenderOptions(fps=10, from_s=2.9, to_s=3.1)).tolist() == [1, 2]
    for options in (
        RenderOptions(from_s=5),
        RenderOptions(from_s=2, to_s=1),
        RenderOptions(fps=240, speed=1e-3, to_s=1e9),
    ):
        with pytest.raises(RecordingInvalid):
            chosen_rows(np.array([0.0, 1e5]), 1e5 if options.fps == 240 else 3.3, options)
    with pytest.raises(RecordingInvalid, match="nothing"):
        chosen_rows(np.empty(0), 0.0, at_10)


def command(*arguments: object) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "py_remote_viewer", "render", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=100,
    )


@pytest.mark.gl
def test_the_command_draws_a_trajectory_at_the_size_and_rate_that_is_asked_for(tmp_path: Path) -> None:
    def push(simulation: Simulation, tick: int) -> None:
        simulation.data.ctrl[:] = tick / 10

    path, _ = recorded(tmp_path, push, ticks=50)
    target = tmp_path / "out.mp4"
    done = command(path, "-o", target, "--width", 320, "--height", 180, "--fps", 20, "--quality", "plain")
    assert done.returncode == 0, done.stderr
    assert "20/20 pictures" in done.stderr
    assert "busy: 1.00 s, 100 states, 250 steps" in done.stderr
    with av.open(str(target)) as container:
        assert (container.streams.video[0].width, container.streams.video[0].height) == (320, 180)
        assert float(container.duration or 0) / 1e6 == pytest.approx(1.0)
        pictures = [frame.to_ndarray(format="gray").astype(int) for frame in container.decode(video=0)]
    assert len(pictures) == 20
    assert np.abs(pictures[0] - pictures[-1]).max() > 40
    part = command(
        *(
            path,
            "-o",
            target,
            "--width",
            64,
            "--height",
            64,
            "--fps",
            10,
            "--quality",
            "lean",
            "--camera",
            "side",
            "--json",
        ),
        *("--from", 0.2, "--to", 0.6, "--speed", 0.5, "--timeline", "simulated", "--overlays", "contactpoint,com"),
    )
    assert part.returncode == 0, part.stderr
    told = json.loads(part.stdout.splitlines()[-1])
    assert (told["progress"], told["file"]["pictures"], told["file"]["duration_s"]) == (1, 8, 0.8)


@pytest.mark.gl
def test_what_cannot_be_drawn_ends_with_an_error_and_a_code(tmp_path: Path) -> None:
    path, _ = recorded(tmp_path, lambda simulation, tick: None, ticks=5)
    (tmp_path / "no.prvt").write_bytes(b"no trajectory")
    small = ("--width", 64, "--height", 64)
    for arguments, words in (
        ((tmp_path / "missing.prvt",), "No such file"),
        ((tmp_path / "no.prvt",), "no trajectory file"),
        ((path, *small, "--camera", "behind"), "no camera 'behind'"),
        ((path, *small, "--overlays", "sparkles"), "no such overlay"),
        ((path, *small, "--from", 50), "nothing between"),
        ((path, "--width", 65), "must be even"),
        ((path, "--fps", 0), "between 1 and 240"),
        ((path, "--quality", "best"), "invalid choice"),
    ):
        done = command(*arguments, "-o", tmp_path / "out.mp4")
        assert (done.returncode, words in done.stderr) == (2, True), (arguments, done)
        assert "Traceback" not in done.stderr
    done = command(path, *small, "-o", tmp_path / "nowhere" / "out.mp4")
    assert done.returncode == 1
    assert "cannot be written" in done.stderr


FOG = """<mujoco><visual><map fogstart=".01" fogend=".02"/><rgba fog="1 1 1 1"/></visual><worldbody><light pos="0 0 9"/>
<geom type="plane" size="50 50 .1" rgba=".1 .1 .1 1"/><camera name="top" pos="0 0 3"/></worldbody></mujoco>"""


@pytest.mark.gl
def test_fog_is_that_of_the_moment(tmp_path: Path) -> None:
    def lift(simulation: Simulation, tick: int) -> bool:
        if tick != 25:
            return False
        simulation.model.vis.map.fogstart, simulation.model.vis.map.fogend = 500, 1000
        return True

    path, _ = recorded(tmp_path, lift, ticks=50, xml=FOG)
    looks = load_trajectory(path).looks
    assert [one.visual["vis.map.fogend"] for one in looks] == [pytest.approx(0.02), 1000]
    assert [one.row for one in looks] == [0, 26]
    target = tmp_path / "out.mp4"
    small = ("--width", 64, "--height", 64, "--fps", 10, "--quality", "plain", "--camera", "top", "--overlays", "fog")
    assert command(path, "-o", target, *small).returncode == 0
    with av.open(str(target)) as container:
        first, *_, last = [frame.to_ndarray(format="gray").mean() for frame in container.decode(video=0)]

    assert first > last + 50
