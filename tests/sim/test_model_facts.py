import json
from pathlib import Path

import mujoco
import pytest

from py_remote_viewer.sim.model_facts import describe
from py_remote_viewer.web.model_answers import ModelFacts

SCENES = sorted((Path(__file__).resolve().parents[2] / "scenes").glob("*.xml"))
EVERYTHING = """<mujoco><worldbody>
<body name="cart" pos="0 0 1"><joint name="rail" type="slide" axis="1 0 0" range="-1 1"/><geom name="box" size=".1" mass="2"/>
  <body name="pole"><joint name="tilt" axis="0 1 0" range="-90 90" damping="1"/>
  <geom type="capsule" fromto="0 0 0 0 0 1" size=".02"/><site name="tip" pos="0 0 1"/></body></body>
<body name="top" pos="2 0 1"><joint name="wrist" type="ball"/><geom size=".1"/></body>
<body mocap="true" name="hand"/><camera name="cam"/><light name="sun"/></worldbody>
<tendon><fixed name="rope"><joint joint="tilt" coef="2"/></fixed></tendon>
<equality><weld name="grip" body1="top" body2="hand" active="false"/><joint name="lock" joint1="tilt"/></equality>
<actuator><motor name="push" joint="rail" ctrlrange="-5 5"/><position name="hold" joint="tilt" kp="10" ctrlrange="-1 1"/>
<velocity name="spin" joint="tilt" kv="2" forcerange="-3 3"/><intvelocity name="turn" joint="tilt" kp="4" actrange="-1 1"/>
<damper name="slow" joint="tilt" kv="1" ctrlrange="0 1"/><muscle name="flex" tendon="rope" lengthrange="0 1"/>
<general name="any" joint="tilt" gainprm="3" biastype="affine" biasprm="1 2 3"/></actuator>
<sensor><jointpos name="x" joint="rail"/><jointvel name="w" joint="tilt"/>
<framepos name="tip" objtype="site" objname="tip"/></sensor>
<keyframe><key name="start" time="2"/></keyframe></mujoco>"""


def facts_of(xml: str, offset: int = 0, limit: int = 2000) -> ModelFacts:
    described = describe(mujoco.MjModel.from_xml_string(xml), offset, limit)
    return ModelFacts.model_validate({"scene_id": 1, "fields": [], **json.loads(json.dumps(described))})


@pytest.mark.parametrize("path", SCENES, ids=lambda path: path.stem)
def test_every_preset_is_described_completely(path: Path) -> None:
    model = mujoco.MjModel.from_xml_path(str(path))
    described = describe(model, 0, 2000)
    facts = ModelFacts.model_validate({"scene_id": 1, "fields": [], **json.loads(json.dumps(described))})
    assert [body.name for body in facts.bodies] == [model.body(i).name for i in range(model.nbody)]
    assert sum(joint.type in ("hinge", "slide") for joint in facts.joints) == sum(model.jnt_type >= 2)
    assert len(facts.actuators) == model.nu
    assert facts.more == {}


def test_joints_have_their_true_ranges_and_units() -> None:
    joints = {joint.name: joint for joint in facts_of(EVERYTHING).joints}
    rail, tilt, wrist = joints["rail"], joints["tilt"], joints["wrist"]
    assert (rail.unit, rail.range, rail.limited, rail.qposadr) == ("m", [-1, 1], True, 0)
    assert (tilt.unit, tilt.range, tilt.body) == ("rad", pytest.approx([-1.5707963, 1.5707963]), 2)
    assert (wrist.type, wrist.unit, wrist.qpos0) == ("ball", "", [1, 0, 0, 0])


def test_actuators_are_called_what_their_author_called_them() -> None:
    actuators = {actuator.name: actuator for actuator in facts_of(EVERYTHING).actuators}
    assert {name: (a.type, a.unit) for name, a in actuators.items()} == {
        "push": ("motor", "N"),
        "hold": ("position", "rad"),
        "spin": ("velocity", "rad/s"),
        "turn": ("intvelocity", "rad/s"),
        "slow": ("damper", ""),
        "flex": ("muscle", ""),
        "any": ("general", ""),
    }
    assert actuators["push"].ctrlrange == [-5, 5]
    assert actuators["spin"].ctrllimited is False
    assert actuators["spin"].forcerange == [-3, 3]
    target = actuators["flex"].target
    assert target is not None
    assert (target.kind, target.name) == ("tendon", "rope")


def test_equalities_and_sensors_name_what_they_are_about() -> None:
    facts = facts_of(EVERYTHING)
    grip, lock = facts.equalities
    assert (grip.type, grip.active0, [end.name for end in grip.objects]) == ("weld", False, ["top", "hand"])
    assert (lock.type, lock.active0, [end.name for end in lock.objects]) == ("joint", True, ["tilt"])
    assert [(s.name, s.type, s.dim, s.adr, s.unit, s.object and s.object.name) for s in facts.sensors] == [
        ("x", "jointpos", 1, 0, "m", "rail"),
        ("w", "jointvel", 1, 1, "rad/s", "tilt"),
        ("tip", "framepos", 3, 2, "m", "tip"),
    ]
    assert facts.keyframes[0].time == 2
    assert facts.bodies[1].mass == 2
    assert facts.sites[0].body == 2


def test_a_huge_model_comes_in_pages_that_say_how_much_is_left() -> None:
    xml = """<mujoco><worldbody><replicate count="3000" offset="1 0 0"><body><geom size=".1"/><geom size=".2"/></body>
    </replicate></worldbody></mujoco>"""
    model = mujoco.MjModel.from_xml_string(xml)
    first, second = describe(model, 0, 2000), describe(model, 2000, 2000)
    assert first["more"] == {"bodies": 1001, "geoms": 4000}
    assert (len(second["bodies"]), second["bodies"][0]["id"], second["more"]) == (1001, 2000, {"geoms": 2000})
    assert describe(model, 10**6, 5)["bodies"] == []
