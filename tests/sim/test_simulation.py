import mujoco
import numpy as np
import pytest

from py_remote_viewer.errors import SceneInvalid
from py_remote_viewer.sim.simulation import Simulation

BALL = """<mujoco><option timestep="0.002"/><worldbody><geom type="plane" size="1 1 .1"/>
<body pos="0 0 1"><freejoint/><geom size=".1"/></body></worldbody>
<keyframe><key name="high" qpos="0 0 2 1 0 0 0"/><key name="low" qpos="0 0 .5 1 0 0 0"/></keyframe></mujoco>"""


@pytest.fixture
def ball() -> Simulation:
    return Simulation(mujoco.MjModel.from_xml_string(BALL))


def test_starts_at_the_first_keyframe_and_resets_to_any(ball: Simulation) -> None:
    assert ball.data.qpos[2] == 2
    ball.advance(100, 1.0)
    ball.reset("low")
    assert (ball.data.qpos[2], ball.time_s) == (0.5, 0.0)
    ball.reset()
    assert ball.data.qpos[2] == 2


def test_an_unknown_keyframe_is_refused(ball: Simulation) -> None:
    with pytest.raises(SceneInvalid, match="no keyframe 'nowhere'"):
        ball.reset("nowhere")


def test_steps_are_those_of_plain_mujoco(ball: Simulation) -> None:
    model = mujoco.MjModel.from_xml_string(BALL)
    data = mujoco.MjData(model)
    mujoco.mj_resetDataKeyframe(model, data, 0)
    mujoco.mj_step(model, data, 777)
    assert ball.advance(777, 10.0) == 777
    assert (ball.data.qpos == data.qpos).all()
    assert (ball.data.qvel == data.qvel).all()


def test_a_saved_state_continues_exactly(ball: Simulation) -> None:
    ball.advance(50, 1.0)
    saved = ball.state()
    assert (ball.last_state() == saved).all()
    ball.advance(100, 1.0)
    expected = ball.data.qpos.copy()
    other = Simulation(mujoco.MjModel.from_xml_string(BALL))
    other.restore(saved)
    other.advance(100, 1.0)
    assert (other.data.qpos == expected).all()


def test_a_state_of_another_model_is_refused(ball: Simulation) -> None:
    with pytest.raises(SceneInvalid, match="does not fit"):
        ball.restore(np.zeros(3))
    with pytest.raises(SceneInvalid, match="does not fit"):
        ball.restore(np.full_like(ball.state(), np.nan))


def test_divergence_is_noticed_and_the_last_good_state_kept(
    ball: Simulation, capfd: pytest.CaptureFixture[str]
) -> None:
    ball.advance(10, 1.0)
    good = ball.data.qpos.copy()
    ball.model.opt.gravity[2] = -1e300
    made = ball.advance(1000, 1.0)
    assert made < 1000
    assert ball.diverged_at is not None
    assert (ball.data.qpos == good).all()
    ball.model.opt.gravity[2] = -9.81
    ball.reset()
    assert ball.diverged_at is None
    assert ball.advance(10, 1.0) == 10


def test_stepping_keeps_to_its_budget(ball: Simulation) -> None:
    assert 1 <= ball.advance(10_000_000, 0.02) < 10_000_000
