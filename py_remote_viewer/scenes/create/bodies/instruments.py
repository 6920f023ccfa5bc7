"""Sensors that were asked for by name, on bodies that are built. Child process only: imports mujoco."""

from __future__ import annotations

import math
from typing import Any

import mujoco

from py_remote_viewer.scenes.create.bodies.joint_fittings import below, fit_joints
from py_remote_viewer.scenes.create.bodies.stage import Stage
from py_remote_viewer.scenes.create.layout.placed import Placed

_SENS = mujoco.mjtSensor
_FOOTED = ("humanoid", "quadruped", "walker")
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


def _is_foot(name: str, bodies: list[Any]) -> bool:
    """Whether it is a foot, or the last link of a leg where feet are no bodies of their own."""
    feet = any("foot" in str(body.name) for body in bodies)
    return "foot" in name if feet else name.endswith(("shin", "calf", "lower", "shank"))


def _sole(foot: Any) -> list[float]:
    """Where the lowest geom of a foot is, m."""
    ends = [list(geom.fromto[3:]) if not math.isnan(geom.fromto[0]) else list(geom.pos) for geom in foot.geoms]
    return min(ends, key=lambda end: end[2]) if ends else [0.0, 0.0, 0.0]


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
    if one.thing.kind in _FOOTED and kind in ("touch", "force"):
        for foot in [body for body in bodies if _is_foot(str(body.name), bodies)]:
            where = stage.name(f"{foot.name}_{kind}_site")
            foot.add_site(name=where, type=mujoco.mjtGeom.mjGEOM_SPHERE, size=[0.15, 0, 0], group=4, pos=_sole(foot))
            _sensor(stage, f"{foot.name}_{kind}", _OF_SITE[kind][0][1], mujoco.mjtObj.mjOBJ_SITE, where)
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
