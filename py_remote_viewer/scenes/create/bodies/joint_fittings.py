"""Springs, dampers, friction and motors at the joints of a machine, where words say so. Child process only: imports mujoco."""

from __future__ import annotations

from typing import Any

import mujoco
import numpy as np

from py_remote_viewer.scenes.create.bodies.limits import limit, lock
from py_remote_viewer.scenes.create.bodies.stage import Stage
from py_remote_viewer.scenes.create.things.description import Thing
from py_remote_viewer.scenes.create.things.footprints import parts_of
from py_remote_viewer.scenes.create.things.machine_joints import FEELS

_TYPES = {"angle": mujoco.mjtJoint.mjJNT_HINGE, "length": mujoco.mjtJoint.mjJNT_SLIDE}
_SINGLE = ("seesaw", "swing_set", "elevator", "turntable", "slider")
_ONE_AXIS = (mujoco.mjtJoint.mjJNT_HINGE, mujoco.mjtJoint.mjJNT_SLIDE)


def below(body: Any) -> list[Any]:
    """`body` and all that it carries, the nearest first."""
    found = [body]
    for child in body.bodies:
        found += below(child)
    return found


def machine_of(stage: Stage, name: str) -> list[Any]:
    """All bodies of the machine that `name` is a part of, from what it stands on."""
    body = stage.spec.body(name)
    while body.parent is not None and body.parent != stage.spec.worldbody:
        body = body.parent
    return below(body)


def fit_joints(stage: Stage, thing: Thing, name: str) -> None:
    """Give the joints of one machine what was said of them."""
    bodies = machine_of(stage, name)
    joints = [joint for body in bodies for joint in body.joints if joint.type in _ONE_AXIS]
    ratio = thing.gear is not None and thing.kind != "gears"
    bare = (
        thing.motors
        and thing.kind in _SINGLE
        and not any(str(a.target) == str(joints[0].name) for a in stage.spec.actuators)
    )
    if thing.driven or thing.control or thing.power is not None or ratio or bare:
        _drive(stage, thing, [one for one in joints if thing.kind != "car" or "wheel" in str(one.name)])
    if thing.limits is not None:
        limit(stage, thing, bodies)
    if thing.locked:
        lock(stage, bodies)
    for joint in [joint for body in bodies for joint in body.joints if joint.type != mujoco.mjtJoint.mjJNT_FREE]:
        if thing.damping is not None:
            joint.damping = [thing.damping, 0, 0] if np.ndim(joint.damping) else thing.damping
        if thing.loss is not None:
            joint.frictionloss = thing.loss
        if thing.armature is not None:
            joint.armature = thing.armature
    if thing.stiffness is not None and thing.kind in FEELS:
        for joint in joints:
            if joint.type == _TYPES[FEELS[thing.kind].dimension] and "finger" not in str(joint.name):
                joint.stiffness = [thing.stiffness, 0, 0] if np.ndim(joint.stiffness) else thing.stiffness


def _driven(thing: Thing, joints: list[Any]) -> list[Any]:
    """Those of `joints` that have a motor; of a car, those of the driven axles on both sides."""
    if not thing.driven:
        return joints
    if thing.kind != "car":
        return [joint for index, joint in enumerate(joints) if index in thing.driven]
    wheels = [joint for joint in joints if "wheel" in str(joint.name)]
    per_side, odd = divmod(parts_of(thing), 2)
    axles = [*(list(range(odd, odd + per_side)) * 2), *([0] * odd)]
    return [joint for axle, joint in zip(axles, wheels, strict=False) if axle in thing.driven]


def _drive(stage: Stage, thing: Thing, joints: list[Any]) -> None:
    """Motors on the joints that are to have one, and on no other; of the kind and strength that was said."""
    spec = stage.spec
    wanted = _driven(thing, joints)
    names, keep = {str(joint.name) for joint in joints}, {str(joint.name) for joint in wanted}
    old = {str(a.target): a for a in spec.actuators if str(a.target) in names}
    if thing.kind == "car" and thing.driven:
        _undrive(
            stage,
            [
                a
                for a in spec.actuators
                if a.trntype == mujoco.mjtTrn.mjTRN_TENDON and str(a.name).startswith(str(joints[0].name)[:3])
            ],
        )
    servos = bool(old) and all(_is_servo(one) for one in old.values())
    plain = not thing.control or (thing.control == "position" and servos)
    for joint in joints:
        target = str(joint.name)
        has = old.get(target)
        if target not in keep:
            if has is not None and "finger" not in target:
                _undrive(stage, [has])
            continue
        if "finger" in target:
            continue
        if has is not None and not plain:
            _undrive(stage, [has])
            has = None
        made = has if has is not None else _motor(stage, thing, joint, servo=servos and not thing.control)
        _strength(thing, made)


def _is_servo(actuator: Any) -> bool:
    return bool(actuator.biasprm[1])


def _undrive(stage: Stage, actuators: list[Any]) -> None:
    for actuator in actuators:
        stage.start_ctrl.pop(str(actuator.name), None)
        stage.names.discard(str(actuator.name))
        stage.spec.delete(actuator)


def _motor(stage: Stage, thing: Thing, joint: Any, *, servo: bool) -> Any:
    """A drive of the kind that was said; a torque where nothing was."""
    kind = thing.control or ("velocity" if thing.kind == "car" else "position" if servo else "motor")
    feel = FEELS.get(thing.kind)
    power = feel.power if feel is not None else 5.0
    name = stage.name(f"{joint.name}_{kind}")
    made = stage.spec.add_actuator(name=name, target=str(joint.name), trntype=mujoco.mjtTrn.mjTRN_JOINT)
    limited = bool(
        joint.limited == mujoco.mjtLimited.mjLIMITED_TRUE or (joint.limited and joint.range[0] < joint.range[1])
    )
    low, high = (float(joint.range[0]), float(joint.range[1])) if limited else (-3.14, 3.14)
    begins = stage.start.get(str(joint.name), (0.0,))[0]
    if kind == "position":
        made.set_to_position(kp=5.0 * power, kv=0.5 * power)
        made.ctrlrange, made.ctrllimited = [low, high], True
        stage.start_ctrl[name] = float(min(high, max(low, begins)))
    elif kind == "velocity":
        wheel = thing.kind == "car"
        made.set_to_velocity(kv=0.3 if wheel else 10.0)
        top = 40.0 if wheel else 5.0
        made.ctrlrange, made.ctrllimited = [-top, top], True
        if wheel and str(joint.name) in stage.start_speed:
            stage.start_ctrl[name] = float(min(top, stage.start_speed[str(joint.name)][0]))
    else:
        made.set_to_motor()
        top = 1.0 if kind == "motor" else 20.0
        made.gear = [power if kind == "motor" else 1.0, 0, 0, 0, 0, 0]
        made.ctrlrange, made.ctrllimited = [-top, top], True
    return made


def _strength(thing: Thing, actuator: Any) -> None:
    """The torque, or the force, that it gives at most, and its ratio."""
    plain = not actuator.biasprm[1] and not actuator.biasprm[2]
    if thing.gear is not None:
        actuator.gear = [thing.gear, 0, 0, 0, 0, 0]
    if thing.power is None:
        return
    if plain and thing.gear is None:
        actuator.gear = [1.0, 0, 0, 0, 0, 0]
    if plain:
        top = thing.power / (thing.gear or 1.0)
        actuator.ctrlrange, actuator.ctrllimited = [-top, top], True
    else:
        top = thing.power / (thing.gear or 1.0)
        actuator.forcerange, actuator.forcelimited = [-top, top], True
