from pathlib import Path

import mujoco
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from py_remote_viewer.engine.controls import Controls, neutral_ctrl
from py_remote_viewer.errors import SceneInvalid
from py_remote_viewer.protocol.control_input import SetCtrl

ARM = """<mujoco><worldbody><body><joint name="a"/><geom size=".1"/>
<body><joint name="b"/><geom size=".1"/></body></body></worldbody>
<actuator><motor joint="a" ctrlrange="-2 4"/><position joint="b" ctrlrange="0 1"/><motor joint="a"/></actuator>
{key}</mujoco>"""
MODEL = mujoco.MjModel.from_xml_string(ARM.format(key=""))
POSED = mujoco.MjModel.from_xml_string(ARM.format(key="<keyframe><key qpos='0 .5' ctrl='4 1 4'/></keyframe>"))


def made(model: mujoco.MjModel) -> tuple[Controls, mujoco.MjData]:
    data = mujoco.MjData(model)
    return Controls(model, data), data


@given(st.lists(st.tuples(st.integers(0, 2), st.floats(-1e9, 1e9)), max_size=8), st.sampled_from(["value", "share"]))
def test_values_stay_in_their_range(values: list[tuple[int, float]], scale: str) -> None:
    controls, data = made(MODEL)
    controls.set(SetCtrl.model_validate({"values": values, "scale": scale}), 0.0)
    low, high = MODEL.actuator_ctrlrange[:2].T
    assert (low <= data.ctrl[:2]).all()
    assert (data.ctrl[:2] <= high).all()


def test_an_actuator_without_a_range_takes_any_value() -> None:
    controls, data = made(MODEL)
    controls.set(SetCtrl(values=((2, 77.0),)), 0.0)
    assert data.ctrl[2] == 77


def test_a_share_goes_from_the_neutral_value_to_either_end() -> None:
    controls, data = made(POSED)
    ends = []
    for share in (-1, 0, 1):
        controls.set(SetCtrl(values=((0, share), (1, share)), scale="share"), 0.0)
        ends.append(data.ctrl[:2].tolist())
    assert ends == [[-2, 0], [0, 0.5], [4, 1]]


def test_a_leased_value_goes_back_to_neutral_unless_it_is_sent_again() -> None:
    controls, data = made(POSED)
    controls.set(SetCtrl(values=((0, 4.0), (1, 1.0)), lease_s=1), 0.0)
    controls.set(SetCtrl(values=((0, 4.0),), lease_s=1), 0.8)
    assert controls.expire(1.2)
    assert data.ctrl[:2].tolist() == [4, 0.5]
    assert not controls.expire(1.3)
    assert controls.expire(2.0)
    assert data.ctrl[:2].tolist() == [0, 0.5]


def test_a_value_set_for_good_ends_the_lease() -> None:
    controls, data = made(MODEL)
    controls.set(SetCtrl(values=((0, 1.0),), lease_s=1), 0.0)
    controls.set(SetCtrl(values=((0, 3.0),)), 0.5)
    assert not controls.expire(9.0)
    assert data.ctrl[0] == 3


def test_an_unknown_actuator_is_refused_and_nothing_is_written() -> None:
    controls, data = made(MODEL)
    with pytest.raises(SceneInvalid, match="no actuator 3") as caught:
        controls.set(SetCtrl(values=((0, 1.0), (3, 1.0))), 0.0)
    assert "has 3" in caught.value.hint
    assert not np.any(data.ctrl)


def test_clearing_sets_every_value_to_zero() -> None:
    controls, data = made(POSED)
    controls.set(SetCtrl(values=((0, 4.0), (1, 1.0)), lease_s=1), 0.0)
    controls.clear()
    assert not np.any(data.ctrl)
    assert not controls.expire(9.0)


def test_a_robot_rests_in_its_first_pose_and_does_not_drive() -> None:
    car = mujoco.MjModel.from_xml_path(str(Path(__file__).resolve().parents[2] / "scenes" / "car.xml"))
    assert neutral_ctrl(car).tolist() == pytest.approx([0, 0], abs=1e-9), "though keyframe 0 steers and drives"
    robot = mujoco.MjModel.from_xml_path(str(Path(__file__).resolve().parents[2] / "scenes" / "quadruped.xml"))
    data = mujoco.MjData(robot)
    mujoco.mj_resetDataKeyframe(robot, data, 0)
    data.ctrl[:] = neutral_ctrl(robot)
    mujoco.mj_forward(robot, data)
    assert np.abs(data.actuator_force).max() < 1e-6, "no servo has to move"
