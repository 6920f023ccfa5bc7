"""Sentences about presets and MJCF of one's own: what they change, what they leave, and what they refuse."""

from __future__ import annotations

import mujoco
import numpy as np
import pytest

from py_remote_viewer.errors import SceneInvalid
from py_remote_viewer.resources import data_dir
from py_remote_viewer.scenes.compile_wire import CreatedScene, CreateRequest
from py_remote_viewer.scenes.create.author import create
from py_remote_viewer.scenes.create.lexicon.materials import rgb

pytestmark = pytest.mark.filterwarnings("error")
OWN = """<mujoco model="mine"><worldbody><geom name="ground" type="plane" size="5 5 .1"/>
<body name="foo" pos="0 0 .3"><freejoint/><geom type="box" size=".1 .2 .3" rgba="0 0 1 1"/></body>
<body name="thing_b" pos="1 0 .2"><freejoint/><geom type="sphere" size=".2" rgba="1 0 0 1"/></body></worldbody>
<keyframe><key name="home" qpos="0 0 .3 1 0 0 0 1 0 .2 1 0 0 0"/></keyframe></mujoco>"""


def preset(name: str) -> str:
    return (data_dir("scenes") / f"{name}.xml").read_text(encoding="utf-8")


def after(xml: str, *prompts: str) -> tuple[CreatedScene, mujoco.MjModel]:
    for prompt in prompts:
        made, model = create(CreateRequest(prompt=prompt, before_xml=xml))
        xml = made.xml
    return made, model


def colours(model: mujoco.MjModel, body: str) -> np.ndarray:
    geoms = np.flatnonzero(model.geom_bodyid == model.body(body).id)
    assert (model.geom_matid[geoms] < 0).all()
    return np.asarray(model.geom_rgba[geoms][:, :3])


def test_the_whole_robot_is_painted_and_hangs_as_before() -> None:
    made, model = after(preset("humanoid"), "make the humanoid red")
    assert made.edited
    assert made.ignored == ()
    assert np.allclose(colours(model, "left_foot"), rgb("red"), atol=0.01)
    first = mujoco.MjModel.from_xml_string(preset("humanoid"))
    assert np.allclose(first.key_qpos, model.key_qpos)


def test_a_body_is_meant_by_its_name() -> None:
    _, model = after(OWN, "make foo green", "move thing b 1 m to the left")
    assert np.allclose(colours(model, "foo"), rgb("green"), atol=0.01)
    assert np.allclose(model.key_qpos[0][7:10], [0, 0, 0.2])


def test_things_come_beside_and_on_what_is_there() -> None:
    made, model = after(OWN, "put a small yellow cube on foo", "add a can 1 m to the right of thing b")
    data = mujoco.MjData(model)
    mujoco.mj_resetDataKeyframe(model, data, 0)
    mujoco.mj_forward(model, data)
    cube, can = (next(i for i in range(model.nbody) if word in model.body(i).name) for word in ("cube", "can"))
    assert data.xpos[cube][2] > 0.6
    assert data.xpos[can][0] > 2.1
    for _ in range(500):
        mujoco.mj_step(model, data)
    assert data.xpos[cube][2] > 0.6
    assert data.xpos[can][2] > 0.05
    assert made.title == "mine"


def test_what_is_added_stands_on_a_floor_that_nothing_else_touches() -> None:
    _, model = after(preset("cart_pole"), "add a green cube next to the cart")
    data = mujoco.MjData(model)
    mujoco.mj_resetDataKeyframe(model, data, 0)
    for _ in range(400):
        mujoco.mj_step(model, data)
    assert data.xpos[-1][2] > 0.05


def test_what_goes_takes_what_drives_it_along_and_the_rest_keeps_its_keyframes() -> None:
    first = mujoco.MjModel.from_xml_string(preset("boxes_on_table"))
    _, model = after(preset("boxes_on_table"), "remove box 11", "make the boxes twice as heavy")
    assert model.nbody == first.nbody - 1
    assert model.nkey == first.nkey
    assert np.isclose(model.body("box_3").mass[0], 2 * first.body("box_3").mass[0], rtol=1e-3)


def test_sizes_and_gravity_change() -> None:
    _, model = after(OWN, "make thing b twice as big", "moon gravity", "make the floor slippery")
    assert np.isclose(model.geom_size[model.body("thing_b").geomadr[0]][0], 0.4)
    assert np.isclose(model.opt.gravity[2], -1.62)
    assert np.isclose(model.geom("ground").friction[0], 0.05)


def test_words_that_are_about_nothing_there_make_a_new_scene() -> None:
    made, _ = after(preset("humanoid"), "a red ball on a table")
    assert not made.edited
    assert made.understood == ("a red ball on the table", "a table")


@pytest.mark.parametrize("prompt", ["make the pole twice as long", "undo"])
def test_what_cannot_be_done_is_refused_with_what_can(prompt: str) -> None:
    with pytest.raises(SceneInvalid, match="no sentence made") as caught:
        after(preset("cart_pole"), prompt)
    assert "editor" in caught.value.hint.lower()


def test_what_hands_changed_in_a_created_scene_is_kept() -> None:
    made, _ = create(CreateRequest(prompt="a red ball on a table and a green cube"))
    by_hand = made.xml.replace('size="0.06"', 'size="0.09"', 1)
    assert by_hand != made.xml
    changed, model = after(by_hand, "make the ball blue")
    assert np.isclose(model.geom_size[model.body("red_ball").geomadr[0]][0], 0.09)
    assert np.allclose(colours(model, "red_ball"), rgb("blue"), atol=0.01)
    assert "created_from" not in changed.xml


def test_writing_a_created_scene_anew_changes_nothing_by_hand() -> None:
    made, _ = create(CreateRequest(prompt="a tower of 5 blocks and a pendulum"))
    again = mujoco.MjSpec.from_string(made.xml).to_xml()
    changed, _ = after(again, "paint the top block red")
    assert changed.understood == ("a tower of 5 blocks (the last: red)", "a pendulum")


def test_a_table_that_may_move_has_a_free_joint() -> None:
    made, model = create(CreateRequest(prompt="a ball on a desk"))
    _, model = after(made.xml, "make the desk movable")
    assert int((model.jnt_type == mujoco.mjtJoint.mjJNT_FREE).sum()) == 2


def test_a_question_changes_nothing() -> None:
    made, _ = create(CreateRequest(prompt="a steel ball and a wooden ball"))
    with pytest.raises(SceneInvalid, match="question"):
        after(made.xml, "which one is heavier?")
