"""What cars steer with and pull: knuckles of the front wheels, a trailer on a hitch. Child process only: imports mujoco."""

from __future__ import annotations

import math
from typing import Any

import mujoco

from py_remote_viewer.scenes.create.bodies.stage import Stage, Surface
from py_remote_viewer.scenes.create.things.description import Thing
from py_remote_viewer.scenes.create.things.sizes import dims_of

_LOCK_RAD = math.radians(32.0)


def steering_knuckle(stage: Stage, body: Any, name: str, at: list[float]) -> tuple[Any, str]:
    """What turns about the vertical and carries a front wheel, and its joint."""
    knuckle = body.add_body(name=stage.name(f"{name}_knuckle"), pos=at)
    knuckle.mass, knuckle.inertia, knuckle.ipos, knuckle.explicitinertial = 0.05, [1e-4, 1e-4, 1e-4], [0, 0, 0], True
    joint = stage.joint(
        knuckle, "hinge", name, axis=[0, 0, 1], range=[-_LOCK_RAD, _LOCK_RAD], damping=0.05, armature=0.002
    )
    return knuckle, joint


def join_steering(stage: Stage, name: str, joints: list[str]) -> None:
    """One servo turns the front wheels; the second follows the first."""
    stage.servo(f"{name}_steering", joints[0], 6.0, -_LOCK_RAD, _LOCK_RAD, 0.4)
    for joint in joints:
        stage.start[joint] = (0.0,)
    for joint in joints[1:]:
        stage.spec.add_equality(
            name=stage.name(f"{joint}_follows"), type=mujoco.mjtEq.mjEQ_JOINT, objtype=mujoco.mjtObj.mjOBJ_JOINT,
            name1=joint, name2=joints[0], data=[0, 1, *([0] * 10)],
        )  # fmt: skip


def add_trailer(stage: Stage, body: Any, trailer: Thing, name: str, hitch: tuple[float, float]) -> None:
    """A bed on two wheels that follows the car: its drawbar turns and nods on the hitch."""
    x, scale = hitch
    size, radius = dims_of(trailer), 0.065 * scale
    long, wide = 0.8 * size["length"] * scale, 0.8 * size["width"] * scale
    mass = trailer.mass if trailer.mass is not None else 1.5 * scale**3 * trailer.weight
    towed = body.add_body(name=stage.name(f"{name}_{trailer.noun}"), pos=[x - 0.01, 0, 0.02 * scale])
    for what, axis in (("hitch", [0, 0, 1]), ("hitch_nod", [0, 1, 0])):
        joint = stage.joint(towed, "hinge", f"{name}_{what}", axis=axis, range=[-1.2, 1.2], damping=0.01)
        stage.start[joint] = (0.0,)
    bar, dark = 0.12 * scale, stage.house("dark")
    stage.geom(
        towed, "capsule", (0.012 * scale,), name=f"{towed.name}_bar", material=stage.house("steel"),
        fromto=(0, 0, 0, -bar, 0, 0), mass=0.03 * mass,
    )  # fmt: skip
    stage.geom(
        towed, "box", (long / 2, wide / 2, 0.03 * scale), name=f"{towed.name}_bed", material=stage.look(trailer, 0, "orange"),
        pos=(-bar - long / 2, 0, 0.01 * scale), mass=0.8 * mass, surface=Surface(0.7),
    )  # fmt: skip
    stage.spec.add_exclude(bodyname1=str(body.name), bodyname2=str(towed.name))
    for side, y in (("left", 1), ("right", -1)):
        wheel = towed.add_body(
            name=stage.name(f"{towed.name}_{side}_wheel"),
            pos=[-bar - 0.55 * long, y * (wide / 2 + 0.02 * scale), -0.02 * scale],
        )
        joint = stage.joint(wheel, "hinge", f"{towed.name}_{side}_roll", axis=[0, 1, 0], damping=0.001, armature=0.0005)
        half = 0.018 * scale
        stage.geom(
            wheel, "cylinder", (radius,), name=f"{wheel.name}_tyre", material=dark, fromto=(0, -half, 0, 0, half, 0),
            mass=0.08 * mass, surface=Surface(1.2),
        )  # fmt: skip
        stage.start[joint] = (0.0,)
