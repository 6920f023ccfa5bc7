"""Sensors that were asked for by name, on bodies that are built. Child process only: imports mujoco."""

from __future__ import annotations

from typing import Any

import mujoco

from py_remote_viewer.scenes.create.bodies.joint_fittings import below, fit_joints
from py_remote_viewer.scenes.create.bodies.stage import Stage
from py_remote_viewer.scenes.create.layout.placed import Placed

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
    """Sensors of every thing that has some, and what was said of its joints."""
    for one in placed:
        thing = one.thing
        name = stage.bodies[thing.id][min(one.index, len(stage.bodies[thing.id]) - 1)]
        bodies = below(stage.spec.body(name))
        for kind in dict.fromkeys(thing.senses):
            _sense(stage, one, name, bodies, kind)
        fit_joints(stage, thing, name)


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
