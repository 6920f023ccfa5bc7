import mujoco
import numpy as np
import pytest

from py_remote_viewer.sim.noise import CtrlNoise

MODEL = mujoco.MjModel.from_xml_string("""<mujoco><option timestep=".01"/>
<worldbody><body><joint name="j"/><geom size=".1"/></body></worldbody>
<actuator><motor joint="j" ctrlrange="1 3" ctrllimited="true"/><motor joint="j"/></actuator></mujoco>""")


def noisy(scale: float, rate: float, steps: int) -> np.ndarray:
    """`ctrl` after each step, shape (steps, 2)."""
    data = mujoco.MjData(MODEL)
    noise = CtrlNoise(MODEL, data)
    noise.scale, noise.rate = scale, rate
    seen = np.empty((steps, 2))
    for step in range(steps):
        noise.before_step(step)
        seen[step] = data.ctrl
    return seen


def test_a_limited_actuator_stays_in_its_range_about_its_middle() -> None:
    seen = noisy(1.0, 0.0, 4000)
    assert (seen[:, 0].min(), seen[:, 0].max()) == (1, 3)
    assert seen[:, 0].mean() == pytest.approx(2, abs=0.05)
    assert seen[:, 1].std() == pytest.approx(1.0, abs=0.05)
    assert seen[:, 1].max() > 2.5


def test_the_rate_is_how_long_a_deviation_lasts() -> None:
    seen = noisy(0.2, 0.5, 40_000)[:, 1]
    lagged = np.corrcoef(seen[:-50], seen[50:])[0, 1]  # half a second later
    assert lagged == pytest.approx(np.exp(-1), abs=0.08)
    assert seen.std() == pytest.approx(0.2, abs=0.03)


def test_the_same_steps_get_the_same_numbers_in_any_order() -> None:
    data = mujoco.MjData(MODEL)
    noise = CtrlNoise(MODEL, data)
    noise.scale = 0.3
    seen = {}
    for step in (5, 700, 64, 63, 5, 64):
        data.ctrl[:] = 0
        noise.before_step(step)
        seen.setdefault(step, []).append(data.ctrl.copy())
    assert (seen[5][0] == seen[5][1]).all()
    assert (seen[64][0] == seen[64][1]).all()
    assert not (seen[63][0] == seen[64][0]).any()


def test_without_scale_or_actuators_there_is_none() -> None:
    data = mujoco.MjData(MODEL)
    noise = CtrlNoise(MODEL, data)
    assert not noise.is_on
    bare = mujoco.MjModel.from_xml_string("<mujoco/>")
    none = CtrlNoise(bare, mujoco.MjData(bare))
    none.scale = 1.0
    assert not none.is_on
