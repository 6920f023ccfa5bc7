from itertools import pairwise
from pathlib import Path

import mujoco
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from py_remote_viewer.errors import NotFound, SceneInvalid
from py_remote_viewer.sim.noise import CtrlNoise
from py_remote_viewer.sim.simulation import Simulation
from py_remote_viewer.sim.timeline import Timeline

SCENES = Path(__file__).parents[2] / "scenes"
HUMANOID = mujoco.MjModel.from_xml_path(str(SCENES / "standing_humanoid.xml"))
MB = 2**20


class Driven:
    """A humanoid that runs picture by picture, with hands on it, and the state after each of its steps."""

    def __init__(self, max_bytes: int = 64 * MB) -> None:
        self.simulation = Simulation(HUMANOID)
        self.timeline = Timeline(self.simulation, max_bytes)
        self.states = {0: self.simulation.state()}

    def run(self, steps: int, picture: int = 4) -> None:
        """Step, `picture` steps at a time; notes the state at each picture."""
        for _ in range(steps // picture):
            self.timeline.run(picture, 10.0)
            self.states[self.simulation.step] = self.simulation.state()

    def push(self, force: float) -> None:
        self.simulation.data.ctrl[:] = force
        self.simulation.data.xfrc_applied[2, :3] = 100 * force
        self.states[self.simulation.step] = self.simulation.state()


@pytest.fixture
def driven() -> Driven:
    return Driven()


def shown_height(simulation: Simulation) -> float:
    """Where a picture shows the humanoid's root, metres."""
    return float(simulation.data.xpos[1, 2])


def test_where_time_stands_still_bodies_are_shown_where_the_state_has_them(driven: Driven) -> None:
    simulation = driven.simulation
    driven.run(400)
    assert shown_height(simulation) != simulation.data.qpos[2], "a step integrates last"
    simulation.complete()
    assert shown_height(simulation) == simulation.data.qpos[2]
    assert not simulation.is_edited()
    driven.timeline.step(7)
    assert shown_height(simulation) == simulation.data.qpos[2]
    driven.timeline.step_back(101)
    assert simulation.step == 306
    assert shown_height(simulation) == simulation.data.qpos[2]


def test_back_200_steps_and_forward_200_is_the_same_state_bit_for_bit(driven: Driven) -> None:
    driven.run(800)  # on its feet: contacts, and a warm start that matters
    assert driven.simulation.data.ncon > 3
    driven.timeline.step_back(200)
    assert driven.simulation.step == 600
    assert (driven.simulation.state() == driven.states[600]).all()
    driven.timeline.step(200)
    assert (driven.simulation.state() == driven.states[800]).all()
    driven.timeline.seek(driven.simulation.time_s - 1.0)
    at = driven.simulation.step
    driven.run(800 - at, picture=1)  # runs anew, and forgets what was recorded
    assert not driven.timeline.is_past
    assert (driven.simulation.state() == driven.states[800]).all()


@pytest.mark.parametrize("scene", sorted(path.stem for path in SCENES.glob("*.xml")))
def test_every_preset_runs_on_from_its_past_as_it_did(scene: str) -> None:
    simulation = Simulation(mujoco.MjModel.from_xml_path(str(SCENES / f"{scene}.xml")))
    timeline = Timeline(simulation, 64 * MB)
    for _ in range(50):
        timeline.run(8, 100.0)
    end = simulation.state()
    timeline.step_back(200)
    timeline.run(8, 100.0)  # forgets what came after
    while simulation.step < 400:
        timeline.run(8, 100.0)
    assert (simulation.state() == end).all()


def test_any_step_of_the_past_is_the_one_that_was_although_only_pictures_are_recorded(driven: Driven) -> None:
    driven.run(300, picture=1)
    truth = dict(driven.states)
    sparse = Driven()
    sparse.run(300, picture=15)
    for step in (299, 221, 1, 150, 14, 0):
        sparse.timeline.seek(step * HUMANOID.opt.timestep)
        assert sparse.simulation.step == step
        assert (sparse.simulation.state() == truth[step]).all()


@settings(max_examples=10, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["run", "push", "back", "seek", "step"]), st.integers(1, 60)), max_size=12))
def test_whatever_was_done_what_is_recorded_can_be_had_again(doings: list[tuple[str, int]]) -> None:
    driven = Driven()
    for what, amount in doings:
        match what:
            case "run":
                driven.run(4 * amount)
            case "push":
                driven.push(amount / 100)
            case "back" if driven.simulation.step > driven.timeline.history.oldest.step:  # type: ignore[union-attr]
                driven.timeline.step_back(amount)
            case "seek":
                driven.timeline.seek(amount / 60)
            case "step":
                driven.timeline.step(amount)
    moments = list(driven.timeline.history)
    for before, after in pairwise(moments):
        again = Simulation(HUMANOID)
        again.restore(before.state, before.step)
        again.advance(after.step - before.step, 10.0)
        assert (again.data.qpos == after.state[1 : 1 + HUMANOID.nq]).all()
        assert after.edited or (again.state() == after.state).all()


def test_what_was_done_by_hand_is_part_of_the_past(driven: Driven) -> None:
    driven.run(40)
    driven.push(0.4)
    driven.run(40)
    driven.push(-0.2)
    driven.run(40)
    driven.timeline.step_back(120)
    for step in (40, 80, 120):
        driven.timeline.step(40)
        assert driven.simulation.step == step
        assert (driven.simulation.state() == driven.states[step]).all()


def test_running_on_from_the_past_forgets_what_came_after_and_says_how_much(driven: Driven) -> None:
    driven.run(400)
    end_s = driven.simulation.time_s
    driven.timeline.seek(end_s / 2)
    assert driven.timeline.is_past
    assert driven.timeline.newest_s == end_s
    here_s = driven.simulation.time_s
    driven.run(4)
    assert not driven.timeline.is_past
    assert driven.timeline.newest_s == driven.simulation.time_s < end_s
    assert driven.timeline.discarded_s == pytest.approx(end_s - here_s)


def test_a_step_along_the_past_keeps_what_comes_after_and_a_changed_one_does_not(driven: Driven) -> None:
    driven.run(400)
    driven.timeline.step_back(100)
    driven.timeline.step(1)
    assert (driven.simulation.step, driven.timeline.is_past) == (301, True)
    driven.push(0.3)
    driven.timeline.step(1)
    assert (driven.simulation.step, driven.timeline.is_past) == (302, False)
    driven.timeline.step_back(2)
    driven.timeline.epoch += 1  # another gravity: steps from here are others
    driven.timeline.step(1)
    assert (driven.simulation.step, driven.timeline.is_past) == (301, False)


def test_steps_beyond_the_end_of_what_is_recorded_go_on(driven: Driven) -> None:
    driven.run(100)
    driven.timeline.step_back(10)
    driven.timeline.step(30)
    assert driven.simulation.step == 120
    plain = Simulation(HUMANOID)
    plain.advance(120, 10.0)
    assert (driven.simulation.state() == plain.state()).all()


def test_a_change_at_the_end_survives_a_look_at_the_past(driven: Driven) -> None:
    driven.run(100)
    driven.push(0.7)
    driven.timeline.seek(0.1)
    driven.timeline.seek(99.0)
    assert (driven.simulation.state() == driven.states[100]).all()
    assert driven.simulation.data.ctrl[0] == 0.7


def test_other_settings_in_between_are_not_stepped_with_anew(driven: Driven) -> None:
    driven.run(40, picture=20)
    driven.timeline.epoch += 1
    driven.timeline.step_back(10)
    assert driven.simulation.step == 20, "the recorded state before it"
    driven.timeline.seek(12 * HUMANOID.opt.timestep)
    assert driven.simulation.step == 20, "the nearest one"


def test_old_states_are_sparse_and_still_exact_where_nothing_was_done(driven: Driven) -> None:
    small = Driven(max_bytes=60 * (driven.simulation.state_bytes + 320))
    small.run(1200)
    driven.run(1200)
    kept = [moment.step for moment in small.timeline.history]
    assert kept[1] - kept[0] > kept[-1] - kept[-2]
    small.timeline.seek((kept[0] + 4) * HUMANOID.opt.timestep)
    assert small.simulation.step == kept[0] + 4
    assert (small.simulation.state() == driven.states[kept[0] + 4]).all()


def test_nothing_lies_before_the_start_and_a_reset_starts_anew(driven: Driven) -> None:
    with pytest.raises(NotFound, match="no earlier state"):
        driven.timeline.step_back(1)
    driven.run(40)
    driven.timeline.step_back(1000)
    assert driven.simulation.step == 0
    driven.run(40)
    driven.simulation.reset()
    driven.timeline.restarted()
    assert (len(driven.timeline.history), driven.timeline.newest_s) == (1, 0.0)


def test_without_memory_for_it_nothing_is_kept_and_stepping_works() -> None:
    driven = Driven(max_bytes=0)
    driven.run(40)
    driven.timeline.step(4)
    assert driven.simulation.step == 44
    with pytest.raises(NotFound, match="no history is kept"):
        driven.timeline.step_back(1)
    with pytest.raises(NotFound) as refused:
        driven.timeline.seek(0)
    assert "VIEWER_HISTORY_MB" in refused.value.hint


def test_out_of_a_divergence_to_two_seconds_before(driven: Driven, capfd: pytest.CaptureFixture[str]) -> None:
    driven.run(800)
    driven.simulation.data.xfrc_applied[:] = 1e200
    driven.timeline.run(100, 10.0)
    assert driven.simulation.diverged_at is not None
    driven.timeline.seek(driven.simulation.time_s - 2.0)
    assert driven.simulation.diverged_at is None
    assert driven.simulation.time_s == pytest.approx(800 * HUMANOID.opt.timestep - 2.0)
    driven.run(40)
    assert driven.simulation.diverged_at is None


def test_noise_is_the_same_again(driven: Driven) -> None:
    noise = CtrlNoise(HUMANOID, driven.simulation.data)
    noise.scale, noise.rate = 0.5, 0.1
    driven.simulation.before_step = noise.before_step
    driven.run(200)
    assert np.ptp(driven.simulation.data.ctrl) > 0.1
    driven.timeline.step_back(150)
    driven.timeline.step(42)
    assert (driven.simulation.state() == driven.states[driven.simulation.step]).all()
    driven.run(200 - driven.simulation.step, picture=2)
    assert (driven.simulation.state() == driven.states[200]).all()


def test_five_minutes_of_a_humanoid_take_less_than_200_megabytes(driven: Driven) -> None:
    assert driven.timeline.history.moment_bytes * 5 * 60 * 60 < 64 * MB
    assert driven.timeline.history.capacity > 5 * 60 * 60


def test_a_reset_is_taken_back_by_going_back_from_the_start(driven: Driven) -> None:
    driven.run(200)
    driven.push(0.5)
    driven.timeline.restart(driven.simulation.reset)
    assert (driven.simulation.step, len(driven.timeline.history)) == (0, 1)
    driven.timeline.restart(driven.simulation.reset)  # once more changes nothing
    driven.run(8)
    driven.timeline.step_back(8)
    assert driven.simulation.step == 0
    driven.timeline.step_back(1)
    assert (driven.simulation.state() == driven.states[200]).all(), "with what was changed by hand last"
    driven.timeline.step_back(100)
    assert (driven.simulation.state() == driven.states[100]).all()
    driven.timeline.restart(driven.simulation.reset)
    driven.timeline.step_back(1)
    assert driven.simulation.step == 100, "where it stood, also in the past"


def test_a_pose_that_was_made_by_hand_comes_back_after_a_reset_though_no_step_was_taken(driven: Driven) -> None:
    driven.simulation.data.qpos[2] = 3.0
    driven.simulation.settle()
    driven.timeline.restart(driven.simulation.reset)
    assert driven.simulation.data.qpos[2] < 2
    driven.timeline.restart(driven.simulation.reset)  # once more changes nothing
    driven.timeline.step_back(1)
    assert driven.simulation.data.qpos[2] == 3.0


def test_what_was_before_a_reset_is_forgotten_after_some_seconds(driven: Driven) -> None:
    driven.run(200)
    driven.timeline.restart(driven.simulation.reset)
    driven.run(4 * 601)
    driven.timeline.step_back(10_000)
    assert driven.simulation.step == 0
    with pytest.raises(NotFound, match="no earlier state"):
        driven.timeline.step_back(1)


def test_a_reset_that_fails_changes_nothing(driven: Driven) -> None:
    driven.run(200)
    with pytest.raises(SceneInvalid):
        driven.timeline.restart(lambda: driven.simulation.reset("nowhere"))
    assert driven.simulation.step == 200
    driven.timeline.step_back(100)
    assert (driven.simulation.state() == driven.states[100]).all()
