"""Sensors and drives that were asked for by name, on bodies that are built. Child process only: imports mujoco."""

from __future__ import annotations

from typing import Any

import mujoco
import numpy as np

from py_remote_viewer.scenes.create.bodies.limits import limit, lock
from py_remote_viewer.scenes.create.bodies.stage import Stage
from py_remote_viewer.scenes.create.layout.placed import Placed
from py_remote_viewer.scenes.create.things.description import Thing

_SENS = mujoco.mjtSensor
_OF_SITE = {
    "force": (("force", _SENS.mjSENS_FORCE),),
    "torque": (("torque", _SENS.mjSENS_TORQUE),),
    "force torque": (("force", _SENS.mjSENS_FORCE), ("torque", _SENS.mjSENS_TORQUE)),
    "imu": (("acceleration", _SENS.mjSENS_ACCELEROMETER), ("rotation", _SENS.mjSENS_GYRO)),
    "accelerometer": (("acceleration", _SENS.mjSENS_ACCELEROMETER),),
    "gyro": (("rotation", _SENS.mjSENS_GYRO),),
    "velocity": (("velocity", _SENS.mjSENS_VELOCIMETER),),
    "distance": (("distance", _SENS.mjSENS_RANGEFINDER),),
    "magnetometer": (("field", _SENS.mjSENS_MAGNETOMETER),),
    "touch": (("touch", _SENS.mjSENS_TOUCH),),
}


def add_instruments(stage: Stage, placed: list[Placed]) -> None:
    """Sensors, kinds of control and damping of every thing that has some."""
    for one in placed:
        thing = one.thing
        name = stage.bodies[thing.id][min(one.index, len(stage.bodies[thing.id]) - 1)]
        bodies = _below(stage.spec.body(name))
        for kind in dict.fromkeys(thing.senses):
            _sense(stage, one, name, bodies, kind)
        if thing.control:
            _control(stage, thing, bodies)
        if thing.limits is not None:
            limit(stage, thing, bodies)
        if thing.locked:
            lock(stage, bodies)
        if thing.damping is not None:
            for body in bodies:
                for joint in body.joints:
                    if joint.type != mujoco.mjtJoint.mjJNT_FREE:
                        joint.damping = [thing.damping, 0, 0] if np.ndim(joint.damping) else thing.damping


def _below(body: Any) -> list[Any]:
    found = [body]
    for child in body.bodies:
        found += _below(child)
    return found


def _sense(stage: Stage, one: Placed, name: str, bodies: list[Any], kind: str) -> None:
    if kind == "joint":
        for body in bodies:
            for joint in body.joints:
                if joint.type in (mujoco.mjtJoint.mjJNT_HINGE, mujoco.mjtJoint.mjJNT_SLIDE):
                    _sensor(
                        stage, f"{joint.name}_encoder", _SENS.mjSENS_JOINTPOS, mujoco.mjtObj.mjOBJ_JOINT, joint.name
                    )
        return
    if kind == "position":
        _sensor(stage, f"{name}_position", _SENS.mjSENS_FRAMEPOS, mujoco.mjtObj.mjOBJ_BODY, name)
        return
    carrier = bodies[-1] if kind in ("force", "torque", "force torque", "touch") else bodies[0]
    site = stage.name(f"{name}_{kind.replace(' ', '_')}_site")
    if kind == "touch":
        half = [1.05 * one.foot.x + 0.005, 1.05 * one.foot.y + 0.005, 0.525 * one.foot.height + 0.005]
        half = half if len(bodies) == 1 else [0.08, 0.08, 0.08]
        carrier.add_site(name=site, type=mujoco.mjtGeom.mjGEOM_BOX, size=half, group=4)
    else:
        turn = [0.70710678, 0, 0.70710678, 0] if kind == "distance" else [1, 0, 0, 0]
        carrier.add_site(name=site, size=[0.01, 0, 0], quat=turn)
    for what, sensor in _OF_SITE[kind]:
        _sensor(stage, f"{name}_{what}", sensor, mujoco.mjtObj.mjOBJ_SITE, site)


def _sensor(stage: Stage, wanted: str, kind: Any, objtype: Any, target: str) -> None:
    taken = {str(sensor.name) for sensor in stage.spec.sensors}
    name = next(n for n in [wanted, *(f"{wanted}_{i}" for i in range(2, 99))] if n not in taken)
    made = stage.spec.add_sensor(name=name, type=kind, objtype=objtype, objname=target)
    if kind == _SENS.mjSENS_RANGEFINDER:
        made.intprm[0] = 1 << int(mujoco.mjtRayDataField.mjRAYDATA_DIST)


def _control(stage: Stage, thing: Thing, bodies: list[Any]) -> None:
    """Drives of that kind on every joint, in place of those that it has."""
    spec = stage.spec
    hinges = (mujoco.mjtJoint.mjJNT_HINGE, mujoco.mjtJoint.mjJNT_SLIDE)
    joints = [joint for body in bodies for joint in body.joints if joint.type in hinges]
    names = {str(joint.name) for joint in joints}
    old = [actuator for actuator in spec.actuators if str(actuator.target) in names]
    if thing.control == "position" and len(old) == len(joints):
        return  # its servos are such
    for actuator in old:
        stage.start_ctrl.pop(str(actuator.name), None)
        stage.names.discard(str(actuator.name))
        spec.delete(actuator)
    for joint in joints:
        low, high = (float(joint.range[0]), float(joint.range[1])) if joint.limited else (-3.14, 3.14)
        name = stage.name(f"{joint.name}_{thing.control}")
        made = spec.add_actuator(name=name, target=str(joint.name), trntype=mujoco.mjtTrn.mjTRN_JOINT)
        if thing.control == "position":
            made.set_to_position(kp=100.0, kv=10.0)
            made.ctrlrange, made.ctrllimited = [low, high], True
            stage.start_ctrl[name] = float(stage.start.get(str(joint.name), (0.0,))[0])
        elif thing.control == "velocity":
            made.set_to_velocity(kv=10.0)
            made.ctrlrange, made.ctrllimited = [-5.0, 5.0], True
        else:
            made.set_to_motor()
            made.ctrlrange, made.ctrllimited = [-20.0, 20.0], True
