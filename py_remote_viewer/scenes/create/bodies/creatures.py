"""Bodies with limbs that are free to go: rag dolls, crawling robots, snakes, drones. Child process only: imports mujoco."""

from __future__ import annotations

import math
from typing import Any

import mujoco

from py_remote_viewer.scenes.create.bodies.machines import part_look, part_mass
from py_remote_viewer.scenes.create.bodies.stage import Stage, Surface
from py_remote_viewer.scenes.create.layout.motions import start_velocity
from py_remote_viewer.scenes.create.layout.placed import Placed
from py_remote_viewer.scenes.create.things.footprints import parts_of
from py_remote_viewer.scenes.create.things.sizes import Extent, axis_quat, dims_of, times

_SKIN = Surface(0.8)
# name, parent, where it begins on the parent, where it ends, radius, share of the mass; of a doll 1 m high
_LIMBS = (
    ("chest", "", (0.0, 0.0, 0.12), (0.0, 0.0, 0.22), 0.085, 0.3),
    ("head", "chest", (0.0, 0.0, 0.33), (0.0, 0.0, 0.38), 0.07, 0.08),
    ("left_upper_arm", "chest", (0.0, 0.12, 0.23), (0.0, 0.16, 0.09), 0.032, 0.03),
    ("left_forearm", "left_upper_arm", (0.0, 0.16, 0.07), (0.0, 0.17, -0.07), 0.027, 0.02),
    ("right_upper_arm", "chest", (0.0, -0.12, 0.23), (0.0, -0.16, 0.09), 0.032, 0.03),
    ("right_forearm", "right_upper_arm", (0.0, -0.16, 0.07), (0.0, -0.17, -0.07), 0.027, 0.02),
    ("left_thigh", "", (0.0, 0.055, -0.07), (0.0, 0.06, -0.24), 0.047, 0.1),
    ("left_shin", "left_thigh", (0.0, 0.06, -0.27), (0.0, 0.06, -0.45), 0.037, 0.06),
    ("right_thigh", "", (0.0, -0.055, -0.07), (0.0, -0.06, -0.24), 0.047, 0.1),
    ("right_shin", "right_thigh", (0.0, -0.06, -0.27), (0.0, -0.06, -0.45), 0.037, 0.06),
)
_HINGES = ("left_forearm", "right_forearm", "left_shin", "right_shin")
_PELVIS_M = 0.5


def _free_body(stage: Stage, placed: Placed, name: str, height: float, gravity: float) -> Any:
    """A body with a free joint at `height` above the base, moving as was said."""
    thing = placed.thing
    quat = placed.quat
    if thing.pose == "lying":
        quat = times(quat, axis_quat("y", 90.0))
    centre = (placed.base[0], placed.base[1], placed.base[2] + height)
    body = stage.spec.worldbody.add_body(name=name, pos=list(centre), quat=list(quat))
    body.add_freejoint(name=name)
    stage.start[name] = (*centre, *quat)
    speed = start_velocity(placed, gravity, Extent(placed.foot.x, placed.foot.y, placed.foot.height / 2))
    if any(speed):
        stage.start_speed[name] = speed
    return body


def add_doll(stage: Stage, placed: Placed, name: str) -> str:
    """A person of capsules whose joints nobody holds: it falls as it is let go."""
    thing, height = placed.thing, dims_of(placed.thing)["height"]
    lies = thing.pose == "lying"
    gravity = -float(stage.spec.option.gravity[2])
    root = _free_body(stage, placed, name, 0.11 * height if lies else _PELVIS_M * height + 0.002, gravity)
    mass = part_mass(thing, 0, 1, 20.0 * height**2)
    look = part_look(stage, thing, 0, 1) if thing.colours or thing.material else stage.house("blue")
    skin = stage.house("light")
    stage.geom(
        root, "capsule", (0.07 * height,), name=f"{name}_pelvis", material=look, mass=0.2 * mass, surface=_SKIN,
        fromto=(0, -0.03 * height, 0, 0, 0.03 * height, 0),
    )  # fmt: skip
    made: dict[str, tuple[Any, tuple[float, float, float]]] = {"": (root, (0.0, 0.0, 0.0))}
    for part, parent, start, end, radius, share in _LIMBS:
        above, origin = made[parent]
        pos = [height * (a - b) for a, b in zip(start, origin, strict=True)]
        body = above.add_body(name=stage.name(f"{name}_{part}"), pos=pos)
        kind = "hinge" if part in _HINGES else "ball"
        reach = [0.0, 2.3] if part.endswith("shin") else [-2.3, 0.0] if kind == "hinge" else [0.0, 1.0]
        more: dict[str, Any] = {"axis": [0, 1, 0]} if kind == "hinge" else {}
        joint = stage.joint(
            body, kind, f"{name}_{part}_joint", range=reach, damping=0.4 * height, armature=0.005, **more
        )
        stage.start[joint] = (0.0,) if kind == "hinge" else (1.0, 0.0, 0.0, 0.0)
        ends = [height * (a - b) for a, b in zip(end, start, strict=True)]
        stage.geom(
            body, "capsule", (radius * height,), name=f"{name}_{part}_flesh",
            material=skin if part in ("head", "left_forearm", "right_forearm") else look,
            fromto=(0, 0, 0, *ends), mass=share * mass, surface=_SKIN,
        )  # fmt: skip
        stage.spec.add_exclude(bodyname1=str(above.name), bodyname2=str(body.name))
        made[part] = (body, start)
    for one, other in (("left_thigh", "right_thigh"), ("left_thigh", "chest"), ("right_thigh", "chest")):
        stage.spec.add_exclude(bodyname1=f"{name}_{one}", bodyname2=f"{name}_{other}")
    return name


def add_crawler(stage: Stage, placed: Placed, name: str) -> str:
    """A round trunk on `n` legs of two joints each; position servos hold them."""
    thing, d = placed.thing, dims_of(placed.thing)
    size, n = d["length"], parts_of(thing)
    trunk, hip, shin = 0.2 * size, 0.18 * size, 0.3 * size
    bend = 1.0
    height = shin * math.sin(bend) + 0.03 * size
    gravity = -float(stage.spec.option.gravity[2])
    root = _free_body(stage, placed, name, height + 0.002, gravity)
    mass = part_mass(thing, 0, 1, 8.0 * (size / 0.7) ** 3)
    look, dark = stage.look(thing, placed.index, "orange"), stage.house("dark")
    stage.geom(root, "sphere", (trunk,), name=name, material=look, mass=0.5 * mass, surface=_SKIN)
    for leg in range(n):
        angle = 360.0 * (leg + 0.5) / n
        part = f"{name}_leg_{leg + 1}"
        upper = root.add_body(name=stage.name(f"{part}_hip"), quat=list(axis_quat("z", angle)))
        swing = stage.joint(
            upper, "hinge", f"{part}_swing", axis=[0, 0, 1], range=[-0.6, 0.6], damping=0.5, armature=0.02
        )
        stage.geom(
            upper, "capsule", (0.045 * size,), name=f"{part}_thigh", material=dark, surface=_SKIN,
            fromto=(0.7 * trunk, 0, 0, trunk + hip, 0, 0), mass=0.2 * mass / n,
        )  # fmt: skip
        lower = upper.add_body(name=stage.name(f"{part}_shin"), pos=[trunk + hip, 0, 0])
        knee = stage.joint(lower, "hinge", f"{part}_knee", axis=[0, 1, 0], range=[0.2, 1.6], damping=0.5, armature=0.02)
        stage.geom(
            lower, "capsule", (0.03 * size,), name=f"{part}_foot", material=look, surface=Surface(1.2),
            fromto=(0, 0, 0, shin, 0, 0), mass=0.3 * mass / n,
        )  # fmt: skip
        stage.start[swing], stage.start[knee] = (0.0,), (bend,)
        for joint, low, high, at in ((swing, -0.6, 0.6, 0.0), (knee, 0.2, 1.6, bend)):
            stage.servo(f"{joint}_servo", joint, 6.0 * mass, low, high, 0.6 * mass)
            stage.start_ctrl[f"{joint}_servo"] = at
            stage.sensor(f"{joint}_angle", "jointpos", joint)
        stage.spec.add_exclude(bodyname1=name, bodyname2=str(lower.name))
    return name


def add_snake(stage: Stage, placed: Placed, name: str) -> str:
    """`n` links in a row on the floor; a servo bends each joint to the side."""
    thing, d = placed.thing, dims_of(placed.thing)
    length, radius, n = d["length"], d["radius"], parts_of(thing)
    segment = length / n
    gravity = -float(stage.spec.option.gravity[2])
    body = _free_body(stage, placed, name, radius + 0.001, gravity)
    at = (-length / 2, 0.0, 0.0)
    for index in range(n):
        if index:
            body = body.add_body(name=stage.name(f"{name}_link_{index + 1}"), pos=list(at))
            joint = stage.joint(
                body, "hinge", f"{name}_joint_{index}", axis=[0, 0, 1], range=[-1.2, 1.2], damping=0.2, armature=0.01
            )
            bend = 0.35 * math.sin(1.2 * index)
            stage.start[joint] = (bend,)
            stage.servo(f"{name}_servo_{index}", joint, 4.0, -1.2, 1.2, 0.4)
            stage.start_ctrl[f"{name}_servo_{index}"] = bend
            stage.sensor(f"{joint}_angle", "jointpos", joint)
        start = at if index == 0 else (0.0, 0.0, 0.0)
        look = part_look(stage, thing, index, n) if thing.colours else stage.house("green" if index % 2 else "blue")
        stage.geom(
            body, "capsule", (radius,), name=f"{body.name}_skin", material=look, surface=_SKIN,
            fromto=(start[0] + radius, 0, 0, start[0] + segment - radius, 0, 0), mass=part_mass(thing, index, n, 0.3),
        )  # fmt: skip
        at = (start[0] + segment, 0.0, 0.0)
    return name


def add_drone(stage: Stage, placed: Placed, name: str) -> str:
    """A frame with `n` rotors; each motor's thrust is a force along the body's own up, and at the start they carry it."""
    thing, size, n = placed.thing, dims_of(placed.thing)["length"], parts_of(placed.thing)
    gravity = -float(stage.spec.option.gravity[2])
    mass = part_mass(thing, 0, 1, 1.2 * (size / 0.5) ** 3)
    root = _free_body(stage, placed, name, 0.05 * size / 0.5 + 0.02, gravity)
    look, dark = stage.look(thing, placed.index, "blue"), stage.house("dark")
    stage.geom(
        root, "box", (0.14 * size, 0.14 * size, 0.06 * size), name=name, material=look, mass=0.6 * mass, surface=_SKIN
    )  # fmt: skip
    for index in range(n):
        angle = 2 * math.pi * (index + 0.5) / n
        x, y = 0.4 * size * math.cos(angle), 0.4 * size * math.sin(angle)
        part = f"{name}_rotor_{index + 1}"
        stage.geom(
            root, "capsule", (0.02 * size,), name=f"{part}_arm", material=dark, fromto=(0, 0, 0.02 * size, x, y, 0.02 * size),
            mass=0.1 * mass / n, surface=_SKIN,
        )  # fmt: skip
        stage.geom(
            root, "cylinder", (0.15 * size, 0.006), name=part, material=stage.house("light"), pos=(x, y, 0.07 * size),
            mass=0.3 * mass / n, surface=_SKIN,
        )  # fmt: skip
        site = stage.name(f"{part}_thrust_at")
        root.add_site(name=site, pos=[x, y, 0.07 * size], size=[0.01, 0, 0])
        motor = stage.name(f"{part}_thrust")
        made = stage.spec.add_actuator(
            name=motor, target=site, trntype=mujoco.mjtTrn.mjTRN_SITE,
            gear=[0, 0, 1, 0, 0, 0.02 * (-1) ** index],
        )  # fmt: skip
        made.set_to_motor()
        most = max(1.0, 3.0 * mass * abs(gravity) / n)
        made.ctrlrange, made.ctrllimited = [0.0, most], True
        still = thing.motion is not None and thing.motion.kind in ("falling", "resting")
        stage.start_ctrl[motor] = 0.0 if still else min(most, mass * max(0.0, gravity) / n)
    stage.sensor(f"{name}_position", "framepos", name)
    stage.sensor(f"{name}_velocity", "framelinvel", name)
    return name
