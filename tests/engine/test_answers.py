"""Answers of the engine that need no picture."""

import mujoco
import pytest

from py_remote_viewer.engine.answers import exported, keyframe_xml, printed
from py_remote_viewer.sim.simulation import Simulation

ARM = """<mujoco model="arm"><worldbody><body name="upper" pos="0 0 1"><joint name="elbow" axis="0 1 0"/>
<geom size=".1 .3" type="capsule"/></body></worldbody><actuator><motor joint="elbow"/></actuator></mujoco>"""


def test_model_and_data_are_printed_as_mujoco_does() -> None:
    model = mujoco.MjModel.from_xml_string(ARM)
    data = mujoco.MjData(model)
    data.qpos[0] = 0.125
    assert b"elbow" in printed("model", model, data)
    text = printed("data", model, data).decode()
    assert "QPOS" in text
    assert " 0.12" in text


@pytest.mark.parametrize("flag", ["enable", "disable"])
def test_an_exported_model_resets_itself_where_its_author_wanted_that(flag: str) -> None:
    xml = ARM.replace("<worldbody>", f'<option><flag autoreset="{flag}" gravity="disable"/></option><worldbody>', 1)
    authored = mujoco.MjModel.from_xml_string(xml)
    wanted = authored.opt.disableflags
    simulation = Simulation(authored)
    before = simulation.model.opt.disableflags
    saved = exported(simulation.model, resets=simulation.authored_reset)
    assert mujoco.MjModel.from_binary_path("a.mjb", {"a.mjb": saved}).opt.disableflags == wanted
    assert simulation.model.opt.disableflags == before


def test_a_state_as_a_keyframe_gives_the_same_numbers_when_it_is_loaded() -> None:
    model = mujoco.MjModel.from_xml_string(ARM)
    data = mujoco.MjData(model)
    data.ctrl[0] = 0.3
    mujoco.mj_step(model, data, 17)
    key = keyframe_xml(model, data, 'a "name" & more')
    again = mujoco.MjModel.from_xml_string(ARM.replace("</mujoco>", f"<keyframe>{key}</keyframe></mujoco>"))
    assert again.key(0).name == 'a "name" & more'
    assert (again.key_time[0], again.key_qpos[0, 0], again.key_qvel[0, 0]) == (data.time, data.qpos[0], data.qvel[0])
    assert again.key_ctrl[0, 0] == 0.3
