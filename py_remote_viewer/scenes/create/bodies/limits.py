"""How far the joints of a machine go, where words say so. Child process only: imports mujoco."""

from __future__ import annotations

import math
from typing import Any

import mujoco

from py_remote_viewer.scenes.create.bodies.stage import Stage
from py_remote_viewer.scenes.create.things.description import Thing

_TOWARDS_MINUS = ("door",)  # a door opens in the sense in which its angle falls


def limit(stage: Stage, thing: Thing, bodies: list[Any]) -> None:
    """Give every joint that turns or slides, as the limits say, that range; what starts outside starts at its end."""
    assert thing.limits is not None
    low, high, dimension = thing.limits
    if dimension == "angle":
        low, high, wanted = math.radians(low), math.radians(high), mujoco.mjtJoint.mjJNT_HINGE
    else:
        wanted = mujoco.mjtJoint.mjJNT_SLIDE
    if thing.kind in _TOWARDS_MINUS:
        low, high = -high, -low
    joints = [one for body in bodies for one in body.joints if one.type == wanted]
    for joint in [one for index, one in enumerate(joints) if not thing.limited or index in thing.limited]:
        joint.range, joint.limited = [low, high], True
        begins = stage.start.get(str(joint.name), (0.0,))[0]
        stage.start[str(joint.name)] = (min(high, max(low, begins)),)
        for actuator in stage.spec.actuators:
            follows = str(actuator.name) in stage.start_ctrl and str(actuator.target) == str(joint.name)
            if follows:
                actuator.ctrlrange = [low, high]
                stage.start_ctrl[str(actuator.name)] = min(high, max(low, stage.start_ctrl[str(actuator.name)]))


def lock(stage: Stage, bodies: list[Any]) -> None:
    """Hold every joint at where it starts."""
    kinds = (mujoco.mjtJoint.mjJNT_HINGE, mujoco.mjtJoint.mjJNT_SLIDE)
    for joint in [one for body in bodies for one in body.joints if one.type in kinds]:
        held = stage.spec.add_equality(type=mujoco.mjtEq.mjEQ_JOINT, objtype=mujoco.mjtObj.mjOBJ_JOINT)
        held.name1 = str(joint.name)
        held.data[0] = stage.start.get(str(joint.name), (0.0,))[0]
        held.solref, held.solimp = [0.004, 1.0], [0.99, 0.999, 0.001, 0.5, 2]
