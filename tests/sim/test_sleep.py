from pathlib import Path

import mujoco
import numpy as np

from py_remote_viewer.sim import sleep
from py_remote_viewer.sim.simulation import Simulation

SCENES = Path(__file__).parents[2] / "scenes"
DOMINOES = mujoco.MjModel.from_xml_path(str(SCENES / "dominoes.xml"))
INDICES = {"body_awake_ind": "nbody_awake", "parent_awake_ind": "nparent_awake", "dof_awake_ind": "nv_awake"}


def test_what_follows_from_the_sleeping_trees_is_what_mujoco_itself_has() -> None:
    data, other = Simulation(DOMINOES).data, mujoco.MjData(DOMINOES)
    seen = set()
    for _ in range(60):
        mujoco.mj_step(DOMINOES, data, 20)
        seen.add(data.ntree_awake)
        sleep.put(DOMINOES, other, data.tree_asleep)
        assert other.ntree_awake == data.ntree_awake
        for name in ("tree_asleep", "tree_awake", "body_awake"):
            assert (getattr(other, name) == getattr(data, name)).all()
        for name, count in INDICES.items():
            length = getattr(data, count)
            assert getattr(other, count) == length
            assert (getattr(other, name)[:length] == getattr(data, name)[:length]).all()
    assert len(seen) > 3, "they fell asleep and woke"


def test_dominoes_fall_the_same_way_again_in_another_simulation() -> None:
    first = Simulation(DOMINOES)
    first.advance(300, 60.0)
    saved = first.state()
    first.advance(300, 60.0)
    second = Simulation(mujoco.MjModel.from_xml_path(str(SCENES / "dominoes.xml")))
    second.restore(saved)
    assert (second.state() == saved).all()
    second.advance(300, 60.0)
    assert (second.state() == first.state()).all()
    assert np.ptp(first.data.tree_asleep) > 0
