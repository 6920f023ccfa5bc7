"""A changed model goes on where the one before it stood."""

from __future__ import annotations

import mujoco
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from py_remote_viewer.sim.carry_over import Items, carry_over, matched
from py_remote_viewer.sim.simulation import Simulation

ARM = """<mujoco><worldbody>
<body name="box" pos="0 0 2"><freejoint name="float"/><geom size=".1"/></body>
<body name="upper" pos="1 0 1"><joint name="shoulder" axis="0 1 0"/><geom type="capsule" fromto="0 0 0 .4 0 0" size=".05"/>
  <body name="lower" pos=".4 0 0"><joint name="elbow" axis="0 1 0"/>
    <geom type="capsule" fromto="0 0 0 .4 0 0" size=".05"/></body>
</body>
<body name="hand" mocap="true" pos="0 1 1"><geom size=".05"/></body></worldbody>
<actuator><motor name="m" joint="shoulder"/><position name="p" joint="elbow" kp="10"/>
<general name="filtered" joint="elbow" dyntype="filter" dynprm="1"/></actuator></mujoco>"""
# Three ways to have no name at all.
NAMELESS = """<mujoco><worldbody><body pos="0 0 1"><freejoint/><geom size=".1"/></body>
<body pos="0 1 1"><freejoint/><geom size=".1"/>
<body><joint/><joint axis="0 1 0"/><geom size=".1"/></body></body></worldbody></mujoco>"""


def simulation(xml: str, steps: int = 0) -> Simulation:
    made = Simulation(mujoco.MjModel.from_xml_string(xml))
    if made.model.nu:
        made.data.ctrl[:] = [0.5, 0.7, 0.3]
    if made.model.nmocap:
        made.data.mocap_pos[0] = [0.2, 1, 1]
    made.advance(steps, 60.0)
    return made


def joint(of: Simulation, name: str) -> float:
    return float(of.data.joint(name).qpos[0])


def test_the_same_model_goes_on_bit_for_bit() -> None:
    old, new = simulation(ARM, 200), simulation(ARM)
    kept = carry_over(new, old)
    assert (kept.joints, kept.joints_of, kept.actuators, kept.actuators_of, kept.mocaps, kept.mocaps_of) == (
        3,
        3,
        3,
        3,
        1,
        1,
    )
    assert (kept.reason, kept.same_layout) == ("", True)
    old.advance(300, 60.0)
    new.advance(300, 60.0)
    assert old.time_s == new.time_s
    assert (old.data.qpos == new.data.qpos).all()
    assert (old.data.act == new.data.act).all()


def test_a_new_joint_starts_at_its_reference_and_the_others_go_on() -> None:
    changed = ARM.replace(
        '<body name="hand"',
        '<body name="first" pos="3 0 1"><joint name="new" ref="0"/><geom size=".1"/></body><body name="hand"',
    )
    changed = changed.replace(
        "<worldbody>", '<worldbody><body name="zero" pos="5 0 1"><freejoint/><geom size=".1"/></body>'
    )
    old, new = simulation(ARM, 200), simulation(changed)
    kept = carry_over(new, old)
    assert (kept.joints, kept.joints_of, kept.same_layout) == (3, 5, False)
    assert joint(new, "new") == 0
    assert joint(new, "shoulder") == joint(old, "shoulder") != 0
    assert joint(new, "elbow") == joint(old, "elbow")
    assert (new.data.body("zero").xpos == [5, 0, 1]).all()


def test_a_renamed_or_retyped_joint_and_one_that_was_moved_by_hand_start_anew() -> None:
    old = simulation(ARM, 200)
    renamed = simulation(ARM.replace('"shoulder"', '"hip"'))
    assert carry_over(renamed, old).joints == 2
    assert joint(renamed, "hip") == 0
    retyped = simulation(ARM.replace('name="elbow" axis', 'name="elbow" type="slide" axis'))
    assert carry_over(retyped, old).joints == 2
    assert joint(retyped, "elbow") == 0
    moved = simulation(ARM.replace('name="box" pos="0 0 2"', 'name="box" pos="0 0 3"'))
    assert carry_over(moved, old).joints == 2
    assert moved.data.body("box").xpos[2] == 3


def test_an_actuator_of_another_kind_starts_at_rest_and_a_narrower_range_holds() -> None:
    old = simulation(ARM, 50)
    other = simulation(ARM.replace('<motor name="m"', '<velocity name="m"'))
    other.reset()
    assert carry_over(other, old).actuators == 2
    assert other.data.ctrl.tolist() == [0, 0.7, 0.3]
    narrow = simulation(ARM.replace('name="p" joint="elbow"', 'name="p" joint="elbow" ctrlrange="-.1 .1"'))
    assert carry_over(narrow, old).actuators == 3
    assert narrow.data.ctrl[1] == 0.1


def test_parts_without_a_name_are_found_by_their_place() -> None:
    old, new = simulation(NAMELESS, 100), simulation(NAMELESS.replace('size=".1"', 'size=".12"'))
    kept = carry_over(new, old)
    assert (kept.joints, kept.joints_of) == (4, 4)
    assert (new.data.qpos == old.data.qpos).all()
    more = simulation(
        NAMELESS.replace("<worldbody>", '<worldbody><body pos="9 0 1"><freejoint/><geom size=".1"/></body>')
    )
    assert carry_over(more, old).joints == 0  # which of three is which of two, nobody can say


def test_a_simulation_that_had_diverged_is_not_carried_on() -> None:
    old, new = simulation(ARM, 10), simulation(ARM)
    old.diverged_at = 0.02
    kept = carry_over(new, old)
    assert (kept.joints, kept.joints_of) == (0, 3)
    assert "diverged" in kept.reason
    assert new.time_s == 0


def test_a_pose_that_the_changed_model_cannot_hold_is_left() -> None:
    old = simulation(ARM, 10)
    old.data.qvel[:] = 1e200  # finite here, and its square is not
    new = simulation(ARM)
    new.reset()
    kept = carry_over(new, old)
    assert kept.joints == 0
    assert "diverge" in kept.reason
    assert np.isfinite(new.state()).all()
    assert new.time_s == 0


names = st.lists(st.sampled_from(["", "", "a", "b", "c", "d"]), max_size=8).map(
    lambda given: [name if given.index(name) == at or not name else "" for at, name in enumerate(given)]
)


@st.composite
def trees(draw: st.DrawFn) -> Items:
    """Bodies as MuJoCo numbers them: the world first, parents before children."""
    given = ["world", *draw(names)]
    return Items(given, [0, *(draw(st.integers(0, at)) for at in range(len(given) - 1))])


@given(trees(), trees())
def test_nothing_is_matched_twice_and_names_agree(new: Items, old: Items) -> None:
    found = matched(new, old)
    assert len(found) == len(new.names)
    taken = [one for one in found if one is not None]
    assert len(taken) == len(set(taken))
    assert all(new.names[at] == old.names[one] for at, one in enumerate(found) if one is not None)
    assert matched(old, old) == list(range(len(old.names)))


@given(trees(), names, trees(), names)
def test_nameless_parts_are_matched_below_matched_owners_only(
    new: Items, new_names: list[str], old: Items, old_names: list[str]
) -> None:
    bodies = matched(new, old)
    ours = Items(new_names, [at % len(new.names) for at in range(len(new_names))])
    theirs = Items(old_names, [at % len(old.names) for at in range(len(old_names))])
    for at, one in enumerate(matched(ours, theirs, bodies)):
        if one is not None and not ours.names[at]:
            assert bodies[ours.owners[at]] == theirs.owners[one]
