"""Cars, catapults, seesaws and doors: what rolls, tips and throws. Child process only: imports mujoco."""

from __future__ import annotations

import math
from dataclasses import replace

import mujoco

from py_remote_viewer.scenes.create.bodies.machines import frame, part_mass
from py_remote_viewer.scenes.create.bodies.stage import Stage, Surface
from py_remote_viewer.scenes.create.bodies.undercarriage import add_trailer, join_steering, steering_knuckle
from py_remote_viewer.scenes.create.layout.placed import Placed
from py_remote_viewer.scenes.create.lexicon.materials import rgb
from py_remote_viewer.scenes.create.things.description import Thing
from py_remote_viewer.scenes.create.things.elements import position
from py_remote_viewer.scenes.create.things.footprints import axles_of, parts_of
from py_remote_viewer.scenes.create.things.sizes import dims_of

_SHORT_ARM_M, _COUNTERWEIGHT_KG, _STEEL_KG_M3 = 0.15, 20.0, 7850.0  # of a trebuchet
_AJAR_DEG = 50.0  # where a door begins that is to swing
_VECTORS = {"left": 180.0, "right": 0.0, "back": 90.0, "forward": -90.0}


def wheel_radius(thing: Thing, axle: int, usual: float) -> float:
    """Of the wheels on `axle`, m: as said of them, within what fits under a car."""
    radius, n = usual, axles_of(thing)
    for one in thing.overrides if thing.total == 1 else ():
        if position(one.index, n) == axle:
            radius = one.size / 2 if one.size is not None else radius * one.scale
    return max(0.3 * usual, min(2.2 * usual, radius))


def wheel_look(stage: Stage, thing: Thing, axle: int, usual: str) -> str:
    """The material of the wheels on `axle`."""
    n = axles_of(thing)
    own = thing.overrides if thing.total == 1 else ()
    colour = next((o.colour for o in reversed(own) if o.colour and position(o.index, n) == axle), None)
    return usual if colour is None else stage.material(colour.replace(" ", "_"), rgb(colour))


def add_car(stage: Stage, placed: Placed, name: str) -> str:
    """A chassis on `n` wheels, half on each side (an odd one in front); velocity servos drive the two sides."""
    thing, d = placed.thing, dims_of(placed.thing)
    n, scale = parts_of(thing), d["length"] / 0.5
    radius = 0.065 * scale
    motion = thing.motion
    quat = placed.quat
    if motion is not None and motion.direction in _VECTORS:
        half = math.radians(_VECTORS[motion.direction]) / 2
        quat = (math.cos(half), 0.0, 0.0, math.sin(half))
    base = (placed.base[0], placed.base[1], placed.base[2] + radius + 0.002)
    body = stage.spec.worldbody.add_body(name=name, pos=list(base), quat=list(quat))
    body.add_freejoint(name=name)
    stage.start[name] = (*base, *quat)
    own = thing if thing.total > 1 else replace(thing, overrides=())  # of one car, they are about its wheels
    look, dark = stage.look(own, placed.index, "blue"), stage.house("dark")
    x, y = d["length"] / 2, d["width"] / 2
    mass = thing.mass if thing.mass is not None else 3.0 * scale**3 * thing.weight
    surface = Surface(0.6)
    stage.geom(
        body,
        "box",
        (x, 0.75 * y, 0.03 * scale),
        name=f"{name}_chassis",
        material=look,
        pos=(0, 0, 0.03 * scale),
        mass=0.8 * mass,
        surface=surface,
    )
    if thing.bob != "load":
        stage.geom(
            body,
            "box",
            (0.5 * x, 0.65 * y, 0.025 * scale),
            name=f"{name}_cabin",
            material=stage.house("light"),
            pos=(-0.15 * x, 0, 0.085 * scale),
            mass=0.1 * mass,
            surface=surface,
        )
    per_side, odd = divmod(n, 2)
    spots: list[tuple[str, float, float, str, int]] = []
    for side, sy in (("left", 1), ("right", -1)):
        for i in range(per_side):
            reach = 0.74 * x
            wx = reach - 2 * reach * i / (per_side - 1) if per_side > 1 else (-reach if odd else 0.0)
            spots.append((f"{side}_wheel_{i + 1}" if per_side > 1 else f"{side}_wheel", wx, sy * y, side, i + odd))
    if n == 2:
        for end, wx in (("front", 0.74 * x), ("rear", -0.74 * x)):
            caster = Surface(0.0, 0.0, said=True)
            stage.geom(
                body,
                "sphere",
                (0.4 * radius,),
                name=f"{name}_{end}_caster",
                material=stage.house("steel"),
                pos=(wx, 0, -0.58 * radius),
                mass=0.02,
                surface=caster,
            )
    if odd:
        spots.append(("front_wheel", 0.74 * x, 0.0, "", 0))
    if per_side > 1 and 2 * radius > 2 * 0.74 * x / (per_side - 1):
        radius = 0.95 * 0.74 * x / (per_side - 1)
    sides: dict[str, list[str]] = {"left": [], "right": []}
    tyre = Surface(1.2)
    usual, turns = radius, []
    steers: list[str] = []
    for part, wx, wy, side, axle in spots:
        radius = wheel_radius(thing, axle, usual)
        turns.append((motion.speed or 1.5) / radius if motion is not None else 0.0)
        carrier, at = body, [wx, wy, radius - 0.065 * scale]
        if thing.steered and axle == 0:
            carrier, turning = steering_knuckle(stage, body, f"{name}_{side or 'front'}_steer", at)
            steers, at = [*steers, turning], [0, 0, 0]
        wheel = carrier.add_body(name=stage.name(f"{name}_{part}"), pos=at)
        joint = stage.joint(wheel, "hinge", f"{name}_{part}", axis=[0, 1, 0], damping=0.002, armature=0.001)
        width = 0.022 * scale
        stage.geom(
            wheel,
            "cylinder",
            (radius,),
            name=f"{name}_{part}_tyre",
            material=wheel_look(stage, thing, axle, dark),
            fromto=(0, -width, 0, 0, width, 0),
            mass=0.1 * mass / n + 0.02,
            surface=tyre,
        )
        stage.geom(
            wheel,
            "box",
            (0.6 * radius, width * 1.1, 0.18 * radius),
            name=f"{name}_{part}_rim",
            material=stage.house("orange"),
            mass=0.005,
        )
        if side:
            sides[side].append(joint)
        if motion is not None and motion.kind in ("moving", "rolling", "thrown", "sliding"):
            stage.start_speed[joint] = (turns[-1],)
    for side, joints in sides.items() if not thing.unpowered else ():
        tendon = stage.spec.add_tendon(name=stage.name(f"{name}_{side}_axle"))
        for joint in joints:
            tendon.wrap_joint(joint, 1.0 / len(joints))
        drive = stage.spec.add_actuator(
            name=stage.name(f"{name}_{side}_drive"), target=str(tendon.name), trntype=mujoco.mjtTrn.mjTRN_TENDON
        )
        drive.set_to_velocity(kv=0.15 * mass)
        drive.ctrlrange, drive.ctrllimited = [-40, 40], True
        drive.forcerange, drive.forcelimited = [-1.2 * mass, 1.2 * mass], True
        if motion is not None and motion.kind in ("moving", "rolling", "thrown", "sliding"):
            stage.start_ctrl[str(drive.name)] = min(40.0, sum(turns) / len(turns))
    if motion is not None and motion.kind in ("moving", "rolling", "thrown", "sliding"):
        angle = 2 * math.atan2(quat[3], quat[0])
        speed = motion.speed or 1.5
        stage.start_speed[name] = (speed * math.cos(angle), speed * math.sin(angle), 0.0, 0.0, 0.0, 0.0)
    if thing.steered:
        join_steering(stage, name, steers)
    if thing.load is not None:
        add_trailer(stage, body, thing.load, name, (-x, scale))
    stage.sensor(f"{name}_position", "framepos", name)
    return name


def add_catapult(stage: Stage, placed: Placed, name: str) -> str:
    """A spring-loaded arm with a spoon on the left; it throws to the right as soon as time runs."""
    thing, length = placed.thing, dims_of(placed.thing)["length"]
    stand = frame(stage, placed, stage.name(f"{name}_frame"))
    look, dark, steel = stage.look(thing, placed.index), stage.house("dark"), stage.house("steel")
    pivot_x, pivot_z = 0.12 * length, 0.3
    stage.geom(stand, "box", (length / 2, 0.14, 0.02), name=f"{name}_base", material=dark, pos=(0, 0, 0.02))
    for side, y in (("near", -0.12), ("far", 0.12)):
        stage.geom(
            stand,
            "box",
            (0.03, 0.015, pivot_z / 2 + 0.02),
            name=f"{name}_{side}_post",
            material=look,
            pos=(pivot_x, y, pivot_z / 2 + 0.02),
        )
    stage.geom(
        stand,
        "cylinder",
        (0.014,),
        name=f"{name}_axle",
        material=steel,
        fromto=(pivot_x, -0.13, pivot_z, pivot_x, 0.13, pivot_z),
    )
    arm = stand.add_body(name=name, pos=[pivot_x, 0, pivot_z])
    across, down = (
        pivot_x + length / 2 - 0.13,
        pivot_z - 0.13,
    )  # from the axle to the spoon, where the layout puts things
    drop = math.atan2(down, across)
    weight = _counterweight(thing)
    joint = stage.joint(
        arm,
        "hinge",
        f"{name}_arm",
        axis=[0, 1, 0],
        range=[-0.01, drop + math.radians(80 if thing.tilt_deg is None else thing.tilt_deg)],
        stiffness=0.0 if weight else 5.0 if thing.stiffness is None else thing.stiffness,
        springref=0.0 if weight else 2.6,
        damping=0.05,
    )
    c, s = math.cos(drop), math.sin(drop)
    tip = (-across, 0.0, -down)
    wood = Surface(0.8)
    stage.geom(
        arm,
        "capsule",
        (0.016,),
        name=f"{name}_beam",
        material=look,
        fromto=(
            _SHORT_ARM_M if weight else 0.12,
            0,
            (_SHORT_ARM_M if weight else 0.12) * s / c,
            tip[0] + 0.05,
            0,
            tip[2],
        ),
        mass=0.3,
    )
    if weight:
        half = min(0.09, 0.5 * (weight / _STEEL_KG_M3) ** (1 / 3))
        stage.geom(
            arm, "box", (half, half, half), name=f"{name}_counterweight", material=dark,
            pos=(_SHORT_ARM_M, 0, _SHORT_ARM_M * s / c), mass=weight,
        )  # fmt: skip
    stage.geom(arm, "box", (0.075, 0.075, 0.008), name=f"{name}_spoon", material=look, pos=tip, mass=0.05, surface=wood)
    for side, dx, dy in (("left", -1, 0), ("near", 0, -1), ("far", 0, 1), ("right", 1, 0)):
        half = (0.006, 0.075, 0.014) if dx else (0.075, 0.006, 0.014)
        stage.geom(
            arm,
            "box",
            half,
            name=f"{name}_spoon_{side}",
            material=look,
            pos=(tip[0] + 0.07 * dx, 0.07 * dy, tip[2] + 0.02),
            mass=0.01,
            surface=wood,
        )
    stage.start[joint] = (0.0,)
    stage.timestep = min(stage.timestep, 0.001)
    if thing.motors:
        stage.motor(f"{name}_motor", joint, 30.0)
    stage.sensor(f"{name}_angle", "jointpos", joint)
    return name


def _counterweight(thing: Thing) -> float:
    """What pulls the short arm of a trebuchet down, kg; 0 where a spring throws."""
    mass = _COUNTERWEIGHT_KG if thing.noun == "trebuchet" or thing.overrides else 0.0
    for one in thing.overrides:
        mass = (mass if one.mass is None else one.mass) * one.weight
    return mass


def add_seesaw(stage: Stage, placed: Placed, name: str) -> str:
    """A plank on an axle; it tips as far as 18 degrees."""
    thing, d = placed.thing, dims_of(placed.thing)
    stand = frame(stage, placed, stage.name(f"{name}_stand"))
    dark, half = stage.house("dark"), 0.015
    for side, y in (("near", -1), ("far", 1)):
        stage.geom(
            stand,
            "box",
            (0.05, 0.012, 0.09),
            name=f"{name}_{side}_post",
            material=dark,
            pos=(0, y * (d["width"] / 2 + 0.02), 0.09),
        )
    stage.geom(
        stand,
        "cylinder",
        (0.02,),
        name=f"{name}_axle",
        material=stage.house("steel"),
        fromto=(0, -d["width"] / 2 - 0.03, 0.165, 0, d["width"] / 2 + 0.03, 0.165),
    )
    plank = stand.add_body(name=name, pos=[0, 0, 0.2 - half])
    reach = min(math.radians(18), math.asin(min(0.9, 0.15 / (d["length"] / 2))))
    joint = stage.joint(
        plank, "hinge", f"{name}_tilt", axis=[0, 1, 0], pos=[0, 0, -half], range=[-reach, reach], damping=0.05
    )
    stage.geom(
        plank,
        "box",
        (d["length"] / 2, d["width"] / 2, half),
        name=name,
        material=stage.look(thing, placed.index),
        mass=part_mass(thing, 0, 1, 2.0),
        surface=Surface(1.0),
    )
    stage.start[joint] = (0.0,)
    stage.sensor(f"{name}_angle", "jointpos", joint)
    return name


def add_door(stage: Stage, placed: Placed, name: str) -> str:
    """A panel on a hinge between two posts: shut, as far open as was said, or swinging shut where it was to swing."""
    thing, d = placed.thing, dims_of(placed.thing)
    stand = frame(stage, placed, stage.name(f"{name}_frame"))
    dark, x, half = stage.house("dark"), d["width"] / 2, d["height"] / 2
    for side, sx in (("left", -1), ("right", 1)):
        stage.geom(
            stand,
            "box",
            (0.03, 0.04, half + 0.03),
            name=f"{name}_{side}_post",
            material=dark,
            pos=(sx * (x + 0.04), 0, half + 0.03),
            surface=Surface(),
        )
    stage.geom(stand, "box", (x + 0.07, 0.04, 0.02), name=f"{name}_lintel", material=dark, pos=(0, 0, 2 * half + 0.05))
    panel = stand.add_body(name=name, pos=[-x, 0, half + 0.02])
    joint = stage.joint(
        panel,
        "hinge",
        f"{name}_hinge",
        axis=[0, 0, 1],
        range=[-math.radians(110), math.radians(110)],
        damping=0.6,
    )
    stage.geom(
        panel,
        "box",
        (x - 0.005, d["thickness"] / 2, half),
        name=name,
        material=stage.look(thing, placed.index),
        pos=(x, 0, 0),
        mass=part_mass(thing, 0, 1, 8.0),
        surface=Surface(),
    )
    stage.geom(
        panel,
        "sphere",
        (0.025,),
        name=f"{name}_handle",
        material=stage.house("steel"),
        pos=(2 * x - 0.08, -d["thickness"] / 2 - 0.02, -0.05),
        mass=0.1,
    )
    swings = thing.motion is not None or thing.stiffness is not None
    usual = _AJAR_DEG if swings else 0.0
    stage.start[joint] = (-math.radians(usual if thing.tilt_deg is None else min(110.0, abs(thing.tilt_deg))),)
    if swings and thing.tilt_deg is None:
        stage.start_speed[joint] = (1.2,)
    if thing.motors:
        stage.motor(f"{name}_motor", joint, 8.0)
    stage.sensor(f"{name}_angle", "jointpos", joint)
    return name
