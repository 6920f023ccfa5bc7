from pathlib import Path

import mujoco
import numpy as np
import pytest

from py_remote_viewer.engine.posing import pose
from py_remote_viewer.errors import SceneInvalid
from py_remote_viewer.protocol.panels import SetEquality, SetQpos
from py_remote_viewer.sim.simulation import Simulation

XML = """<mujoco><worldbody><body pos="0 0 1"><joint axis="0 1 0"/><geom type="capsule" fromto="0 0 0 1 0 0" size=".1"/></body>
<body name="a" pos="5 0 1"><freejoint/><geom size=".1"/></body></worldbody>
<equality><weld body1="a" active="false"/></equality></mujoco>"""


@pytest.fixture
def simulation() -> Simulation:
    return Simulation(mujoco.MjModel.from_xml_string(XML))


def test_a_position_written_while_paused_moves_the_body_at_once(simulation: Simulation) -> None:
    pose(simulation.model, simulation.data, SetQpos(values=((0, 0.5),)))
    simulation.settle()
    assert simulation.data.xquat[1] == pytest.approx([np.cos(0.25), 0, np.sin(0.25), 0])
    assert simulation.last_state()[1] == 0.5, "what a restarted engine goes on from"


def test_a_position_written_while_running_is_where_the_next_step_begins(simulation: Simulation) -> None:
    simulation.advance(10, 1.0)
    velocity = float(simulation.data.qvel[0])
    pose(simulation.model, simulation.data, SetQpos(values=((0, 0.5),)))
    assert simulation.data.qvel[0] == velocity
    simulation.advance(1, 1.0)
    assert simulation.data.qpos[0] == pytest.approx(0.5, abs=0.01)


def test_quaternions_are_normalized(simulation: Simulation) -> None:
    pose(simulation.model, simulation.data, SetQpos(values=((4, 2.0), (5, 2.0), (6, 0.0), (7, 0.0))))
    assert simulation.data.qpos[4:8] == pytest.approx([np.sqrt(0.5), np.sqrt(0.5), 0, 0])


def test_an_equality_is_switched_and_survives_in_the_state(simulation: Simulation) -> None:
    pose(simulation.model, simulation.data, SetEquality(index=0, active=True))
    simulation.settle()
    assert simulation.data.eq_active[0]
    assert simulation.data.ne == 6
    saved = simulation.last_state()
    pose(simulation.model, simulation.data, SetEquality(index=0, active=False))
    simulation.restore(saved)
    assert simulation.data.eq_active[0]


@pytest.mark.parametrize("command", [SetQpos(values=((0, 1.0), (8, 1.0))), SetEquality(index=1, active=True)])
def test_what_the_scene_does_not_have_is_refused_and_nothing_changes(
    simulation: Simulation, command: SetQpos | SetEquality
) -> None:
    before = simulation.data.qpos.copy()
    with pytest.raises(SceneInvalid, match="this scene has"):
        pose(simulation.model, simulation.data, command)
    assert np.array_equal(simulation.data.qpos, before)


def test_what_sleeps_is_woken_to_be_moved() -> None:
    scene = Path(__file__).resolve().parents[2] / "scenes" / "dominoes.xml"
    sleepy = Simulation(mujoco.MjModel.from_xml_path(str(scene)))
    model, data = sleepy.model, sleepy.data
    free = [i for i in range(1, model.nbody) if model.jnt_type[model.body_jntadr[i]] == mujoco.mjtJoint.mjJNT_FREE]
    asleep: list[int] = []
    while not asleep and sleepy.time_s < 60:
        sleepy.advance(100, 5.0)
        asleep = [i for i in free if data.tree_asleep[model.body_treeid[i]] >= 0]
    body = asleep[0]
    start = int(model.jnt_qposadr[model.body_jntadr[body]])
    pose(sleepy.model, sleepy.data, SetQpos(values=((start + 2, 3.0),)))
    sleepy.settle()
    assert sleepy.data.xpos[body][2] == pytest.approx(3.0)
    sleepy.advance(50, 5.0)
    assert sleepy.data.xpos[body][2] < 3.0, "it falls"
