"""Pendulums, carts with poles and arms: links hinged to a stand. Child process only: imports mujoco."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import mujoco

from py_remote_viewer.scenes.create.bodies.gallows import add_holder, hung_up
from py_remote_viewer.scenes.create.bodies.grippers import add_fingers
from py_remote_viewer.scenes.create.bodies.solids import AIMED_DEG, check_mass
from py_remote_viewer.scenes.create.bodies.stage import Stage, Surface
from py_remote_viewer.scenes.create.layout.placed import Placed
from py_remote_viewer.scenes.create.things.bobs import bob_shape, part_scale, pendulum_bob_half
from py_remote_viewer.scenes.create.things.description import Thing
from py_remote_viewer.scenes.create.things.elements import position
from py_remote_viewer.scenes.create.things.footprints import part_value, parts_of, segments
from py_remote_viewer.scenes.create.things.sizes import dims_of


def frame(stage: Stage, placed: Placed, name: str) -> Any:
    """The fixed body that a machine is built on, at its base."""
    return stage.spec.worldbody.add_body(name=name, pos=list(placed.base), quat=list(placed.quat))


def part_mass(thing: Thing, index: int, total: int, usual: float) -> float:
    """Mass of part `index`: as said of it, or of the whole, or usual."""
    mass = (thing.mass / total if thing.mass is not None else usual) * (1.0 if thing.mass is not None else thing.weight)
    for override in thing.overrides:
        if position(override.index, total) == index:
            mass = (override.mass if override.mass is not None else mass) * override.weight
    check_mass(thing, mass)
    return mass


def _painted(thing: Thing, index: int, total: int) -> bool:
    """Whether part `index` was given a colour or a material of its own."""
    return any((o.colour or o.material) and position(o.index, total) == index for o in thing.overrides)


def part_look(stage: Stage, thing: Thing, index: int, total: int) -> str:
    """Colour of part `index`."""
    own = [o for o in thing.overrides if position(o.index, total) == index]
    stuff = next((o.material for o in reversed(own) if o.material), None)
    override = next((o for o in reversed(own) if o.colour), None)
    if stuff is not None and override is None:
        return stage.look(replace(thing, material=stuff, colours=(), overrides=()), 0)
    if override is not None or thing.colours or thing.material:
        return stage.look(thing, index)
    return stage.house(("orange", "blue", "green", "light")[index % 4])


def add_pendulum(stage: Stage, placed: Placed, name: str) -> str:
    """`n` rods with a bob each, in the plane of x and z."""
    thing = placed.thing
    n, lengths = parts_of(thing), segments(thing)
    length = sum(lengths)
    pivot = length + 0.25
    pivot = pivot if placed.swing is None else placed.swing[0]
    stand = frame(stage, placed, stage.name(f"{name}_stand"))
    if hung_up(placed):
        add_holder(stage, stand, placed, name, pivot)
    else:
        _pendulum_stand(stage, stand, name, pivot, length)
    parent, at, angle = stand, (0.0, 0.0, pivot), _start_deg(placed)
    for index in range(n):
        part = name if n == 1 else f"{name}_link_{index + 1}"
        body = parent.add_body(name=part if part == name else stage.name(part), pos=list(at))
        joint = stage.joint(
            body, "hinge", f"{name}_joint_{index + 1}" if n > 1 else f"{name}_joint", axis=[0, -1, 0], damping=0.0004
        )
        segment = lengths[index]
        look = part_look(stage, thing, index, n)
        rod, radius = part_value(thing, index, "rod_mass"), pendulum_bob_half(thing, index)
        stage.geom(
            body,
            "capsule",
            (min(0.011, 0.5 * radius),),
            name=f"{part}_rod",
            material=look,
            fromto=(0, 0, 0, 0, 0, -segment),
            mass=0.05 if rod is None else rod,
        )
        shape, size = bob_shape(thing.bob if index == n - 1 else "", radius)
        stage.geom(
            body,
            shape,
            size,
            name=f"{part}_bob",
            material=look,
            pos=(0, 0, -segment),
            mass=part_mass(thing, index, n, 0.6),
            surface=Surface() if placed.swing is not None and index == n - 1 else None,
        )
        stage.start[joint] = (math.radians(angle) if index == 0 else 0.0 if _in_line(thing) else 0.35,)
        if thing.motors:
            stage.motor(f"{name}_motor_{index + 1}" if n > 1 else f"{name}_motor", joint, 4.0)
        if thing.sensors or index == 0:
            stage.sensor(f"{joint}_angle", "jointpos", joint)
        parent, at = body, (0.0, 0.0, -segment)
    return name if n == 1 else f"{name}_link_1"


def _pendulum_stand(stage: Stage, stand: Any, name: str, pivot: float, length: float) -> None:
    """A foot, a column behind the pendulum, and an axle from there."""
    dark, middle = stage.house("dark"), (pivot + 0.04) / 2
    stage.geom(stand, "box", (0.2 + 0.1 * length, 0.1, 0.02), name=f"{name}_base", material=dark, pos=(0, 0.16, 0.02))
    stage.geom(stand, "box", (0.03, 0.02, middle), name=f"{name}_column", material=dark, pos=(0, 0.16, middle))
    ends = (0, -0.03, pivot, 0, 0.18, pivot)
    stage.geom(stand, "cylinder", (0.018,), name=f"{name}_axle", material=stage.house("light"), fromto=ends)


def _start_deg(placed: Placed) -> float:
    """How far aside a pendulum begins: as said, else so that it is seen to swing; from the left at what it is to hit."""
    thing, motion = placed.thing, placed.thing.motion
    said = thing.tilt_deg if thing.tilt_deg is not None else motion.angle_deg if motion is not None else None
    if thing.pose == "inverted":
        return 177.0
    if thing.pose == "hanging" or (motion is None and thing.pose == "standing"):
        return 0.0 if said is None else said
    if placed.swing is not None:
        return -min(120.0, abs(said)) if said is not None else -AIMED_DEG
    return said if said is not None else {1: 75.0, 2: 115.0}.get(parts_of(thing), 95.0)


def _in_line(thing: Thing) -> bool:
    """Whether its links begin in one line: where it was said how it begins."""
    said = thing.tilt_deg is not None or (thing.motion is not None and thing.motion.angle_deg is not None)
    return said or thing.pose in ("inverted", "hanging", "standing")


def add_cart_pole(stage: Stage, placed: Placed, name: str) -> str:
    """A cart on a rail, `n` poles upright on it, one hinged to the next; a motor pushes the cart."""
    thing = placed.thing
    n, lengths = parts_of(thing), segments(thing)
    length = max(lengths) if thing.pose == "parallel" else sum(lengths)
    stand, height = frame(stage, placed, stage.name(f"{name}_rail")), max(0.4, length + 0.1)
    steel, dark = stage.house("steel"), stage.house("dark")
    stage.geom(stand, "capsule", (0.02,), name=f"{name}_rail", material=steel, fromto=(-1.2, 0, height, 1.2, 0, height))
    for side, x in (("left", -1.22), ("right", 1.22)):
        stage.geom(
            stand,
            "box",
            (0.03, 0.06, height / 2 + 0.02),
            name=f"{name}_{side}_post",
            material=dark,
            pos=(x, 0, height / 2 + 0.02),
        )
    cart = stand.add_body(name=name, pos=[0, 0, height])
    slide = stage.joint(cart, "slide", f"{name}_slide", axis=[1, 0, 0], range=[-1.05, 1.05], damping=0.01)
    look = stage.look(thing, 0, "blue")
    stage.geom(cart, "box", (0.15, 0.09, 0.06), name=f"{name}_cart", material=look, mass=thing.mass or 1.0)
    parent, at, parallel = cart, (0.0, -0.11, 0.0), thing.pose == "parallel"
    for index in range(n):
        if parallel:  # by turns on either side of the cart
            parent, at = cart, (0.0, (0.11 + 0.09 * (index // 2)) * (1 if index % 2 else -1), 0.0)
        pole = parent.add_body(name=stage.name(f"{name}_pole_{index + 1}" if n > 1 else f"{name}_pole"), pos=list(at))
        hinge = stage.joint(
            pole, "hinge", f"{name}_hinge_{index + 1}" if n > 1 else f"{name}_hinge", axis=[0, 1, 0], damping=0.0005
        )
        segment, look = lengths[index], part_look(stage, thing, index, n)
        rod = part_value(thing, index, "rod_mass")  # a pole whose mass was said is a plain rod
        stage.geom(
            pole,
            "capsule",
            (0.018,),
            name=f"{pole.name}_rod",
            material=look,
            fromto=(0, 0, 0, 0, 0, segment),
            mass=0.12 if rod is None else rod,
        )
        stage.geom(
            pole,
            "sphere",
            (0.04 * part_scale(thing, index, n),),
            name=f"{pole.name}_bob",
            material=look,
            pos=(0, 0, segment),
            mass=part_mass(replace(thing, mass=None), index, n, 0.2) if rod is None or thing.bob else 0.0,
        )
        tilt = part_value(thing, index, "tilt_deg")
        said = thing.tilt_deg if tilt is None and index == 0 else tilt
        stage.start[hinge] = (math.radians(said) if said is not None else 0.1 if index == 0 or parallel else 0.0,)
        stage.sensor(f"{hinge}_angle", "jointpos", hinge)
        parent, at = pole, (0.0, 0.0, segment)
    stage.motor(f"{name}_push", slide, 15.0)
    stage.sensor(f"{name}_position", "jointpos", slide)
    return name


def add_arm(stage: Stage, placed: Placed, name: str) -> str:
    """A turning base, then joints that bend; position servos hold it, a finger-like tip at the end."""
    thing, d = placed.thing, dims_of(placed.thing)
    n, length = parts_of(thing), d["length"]
    stand = frame(stage, placed, stage.name(f"{name}_base"))
    dark, cap = stage.house("dark"), Surface(0.8)
    stage.geom(stand, "cylinder", (0.11, 0.03), name=f"{name}_foot", material=dark, pos=(0, 0, 0.03), surface=cap)
    parent, at, first = stand, (0.0, 0.0, 0.06), ""
    own = [part_value(thing, index, "length") for index in range(n)]
    planar = (
        n == 1 or own[0] is not None or thing.pose == "planar"
    )  # as many links as joints: it does not turn on its base
    bends = n if planar else n - 1
    for index in range(n):
        turning = index == 0 and not planar
        said = own[index]
        segment = length / bends if said is None else said
        body = parent.add_body(name=stage.name(f"{name}_link_{index + 1}"), pos=list(at))
        if planar and not first:  # it bends right above the foot
            stage.spec.add_exclude(bodyname1=str(stand.name), bodyname2=str(body.name))
        first = first or str(body.name)
        reach = math.radians(170 if turning else 120)
        strength = 0.9**index
        joint = stage.joint(
            body,
            "hinge",
            f"{name}_joint_{index + 1}",
            axis=[0, 0, 1] if turning else [0, 1, 0],
            range=[-reach, reach],
            damping=4.0 * strength,
            armature=0.1,
        )
        look = (
            part_look(stage, thing, index, n)
            if thing.colours or thing.material or _painted(thing, index, n)
            else stage.house("light" if index % 2 else "blue")
        )
        if turning:
            stage.geom(
                body,
                "cylinder",
                (0.075, 0.05),
                name=f"{body.name}_turret",
                material=look,
                pos=(0, 0, 0.05),
                mass=part_mass(replace(thing, mass=None), index, n, 2.0),
                surface=cap,
            )
            at = (0.0, 0.0, 0.12)
        else:
            radius = min(max(0.02, 0.05 * 0.88**index), 0.2 * segment)
            stage.geom(
                body,
                "capsule",
                (radius,),
                name=f"{body.name}_tube",
                material=look,
                fromto=(0, 0, min(0.02, 0.2 * segment), 0, 0, segment - min(0.02, 0.2 * segment)),
                mass=max(0.01, part_mass(thing, index, n, 1.5 * segment) - _fittings(thing, index, n)),
                surface=cap,
            )
            stage.geom(
                body,
                "cylinder",
                (radius * 1.15,),
                name=f"{body.name}_cap",
                material=dark,
                fromto=(0, -radius * 1.4, 0, 0, radius * 1.4, 0),
                mass=0.1,
            )
            at = (0.0, 0.0, segment)
        bend = (
            0.0
            if turning
            else (-0.4 if index == (1 if n > 1 else 0) else 1.2 / max(1, bends - 1) if bends > 1 else 0.0)
        )
        stage.start[joint] = (bend,)
        stage.servo(f"{name}_servo_{index + 1}", joint, 400.0 * strength, -reach, reach, 40.0 * strength)
        if not thing.unpowered:
            stage.start_ctrl[f"{name}_servo_{index + 1}"] = bend
        stage.sensor(f"{joint}_angle", "jointpos", joint)
        parent = body
    if thing.bob == "gripper":
        add_fingers(stage, parent, name, at)
    else:
        stage.geom(
            parent, "sphere", (0.03,), name=f"{name}_tip", material=stage.house("orange"), pos=at, mass=0.1, surface=cap
        )
    if thing.mass is not None:
        _weigh(stand, thing.mass)
    if not thing.unpowered:
        _gravity_free(parent, stand)
    return first


def _weigh(stand: Any, mass: float) -> None:
    """Scale all that moves on `stand` to `mass`, kg."""
    moving = [geom for body in stand.find_all(mujoco.mjtObj.mjOBJ_BODY) if body != stand for geom in body.geoms]
    total = sum(float(geom.mass) for geom in moving)
    for geom in moving:
        geom.mass = float(geom.mass) * mass / total


def _fittings(thing: Thing, index: int, n: int) -> float:
    """What the cap and the tip weigh of a link whose mass was said, kg."""
    said = any(one.mass is not None for one in thing.overrides if position(one.index, n) == index)
    return (0.2 if index == n - 1 and thing.bob != "gripper" else 0.1) * said


def _gravity_free(last: Any, stand: Any) -> None:
    """Servos without sag: the arm carries its own weight by gravity compensation, as real controllers do."""
    for body in stand.find_all(mujoco.mjtObj.mjOBJ_BODY):
        body.gravcomp = 1.0
