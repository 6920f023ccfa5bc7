import mujoco
import numpy as np
import pytest

from py_remote_viewer.sim.measures import Measures

PENDULUM = """<mujoco><option timestep="0.001" integrator="RK4"/><worldbody><body pos="0 0 2">
<joint axis="0 1 0" stiffness="3"/><geom type="capsule" fromto="0 0 0 1 0 0" size=".05"/></body></worldbody></mujoco>"""
BOXES = """<mujoco><option cone="{cone}"/><worldbody><geom type="plane" size="2 2 .1"/>
<body pos="0 0 .1"><freejoint/><geom type="box" size=".1 .1 .1" mass="3"/></body>
<body pos="1 0 .1"><freejoint/><geom type="sphere" size=".1" mass="1"/></body></worldbody></mujoco>"""


def started(xml: str, steps: int) -> tuple[mujoco.MjModel, mujoco.MjData, Measures]:
    model = mujoco.MjModel.from_xml_string(xml)
    data = mujoco.MjData(model)
    measures = Measures(model, data)
    mujoco.mj_step(model, data, steps)
    return model, data, measures


def test_the_energy_of_a_swinging_pendulum_stays_what_it_was() -> None:
    model, data, measures = started(PENDULUM, 0)
    totals = []
    for _ in range(50):
        mujoco.mj_step(model, data, 20)
        energy = measures.read("energy")
        assert energy.shape == (2,)
        totals.append(energy.sum())
    assert np.ptp(totals) < 1e-6 * abs(totals[0])
    assert np.all(data.energy == 0)


@pytest.mark.parametrize("cone", ["pyramidal", "elliptic"])
def test_contact_forces_add_up_to_the_weight_and_to_what_mujoco_says_of_each(cone: str) -> None:
    model, data, measures = started(BOXES.format(cone=cone), 2000)
    total, largest = measures.read("contact_force")
    assert total == pytest.approx(4 * 9.81, rel=1e-3)
    each = np.zeros((data.ncon, 6))
    for number in range(data.ncon):
        mujoco.mj_contactForce(model, data, number, each[number])
    assert total == pytest.approx(each[:, 0].sum())
    assert largest == pytest.approx(each[:, 0].max())


def test_without_contact_there_is_no_contact_force() -> None:
    _, _, measures = started(PENDULUM, 3)
    assert measures.read("contact_force").tolist() == [0, 0]


def test_the_phases_of_a_step_are_timed_since_the_last_reading() -> None:
    model, data, measures = started(BOXES.format(cone="pyramidal"), 10)
    measures.read("timer_ms")
    mujoco.mj_step(model, data, 50)
    times = measures.read("timer_ms").copy()
    timer = mujoco.mjtTimer
    assert 0 < times[timer.mjTIMER_STEP] < 1000
    assert times[timer.mjTIMER_STEP] >= times[timer.mjTIMER_POSITION] + times[timer.mjTIMER_CONSTRAINT]
    assert measures.read("timer_ms").tolist() == times.tolist(), "no step was made since"
    mujoco.mj_resetData(model, data)
    assert (measures.read("timer_ms") >= 0).all()


def test_the_solvers_convergence_is_that_of_the_last_step() -> None:
    _, data, measures = started(BOXES.format(cone="pyramidal"), 100)
    iterations = int(measures.read("solver_iterations")[0])
    assert iterations == data.solver_niter.max()
    assert len(measures.read("solver_gradient")) == data.solver_niter[0]
