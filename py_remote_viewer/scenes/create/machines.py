"""Pendulums, carts with poles, arms, cradles, springs and pulleys: what is hinged to a stand. Child process only: imports mujoco."""

from __future__ import annotations

import math
from typing import Any

import mujoco

from py_remote_viewer.scenes.create.description import Thing
from py_remote_viewer.scenes.create.footprints import parts_of
from py_remote_viewer.scenes.create.layout import Placed
from py_remote_viewer.scenes.create.sizes import dims_of
from py_remote_viewer.scenes.create.solids import check_mass
from py_remote_viewer.scenes.create.stage import Stage, Surface, at_index, density_of


def frame(stage: Stage, placed: Placed, name: str) -> Any:
    """The fixed body that a machine is built on, at its base."""
    return stage.spec.worldbody.add_body(name=name, pos=list(placed.base), quat=list(placed.quat))


def part_mass(thing: Thing, index: int, total: int, usual: float) -> float:
    """Mass of part `index`: as said of it, or of the whole, or usual."""
    mass = (thing.mass / total if thing.mass is not None else usual) * (1.0 if thing.mass is not None else thing.weight)
    for override in thing.overrides:
        if at_index(override.index, total) == index:
            mass = (override.mass if override.mass is not None else mass) * override.weight
    check_mass(thing, mass)
    return mass


def part_scale(thing: Thing, index: int, total: int) -> float:
    """Size factor of part `index`; a heavier one is drawn a little larger."""
    scale = 1.0
    for override in thing.overrides:
        if at_index(override.index, total) == index:
            scale *= override.scale * max(0.6, min(1.8, override.weight ** (1 / 4)))
    return scale


def part_look(stage: Stage, thing: Thing, index: int, total: int) -> str:
    """Colour of part `index`."""
    override = next((o for o in reversed(thing.overrides) if o.colour and at_index(o.index, total) == index), None)
    if override is not None or thing.colours or thing.material:
        return stage.look(thing, index)
    return stage.house(("orange", "blue", "green", "light")[index % 4])


def add_pendulum(stage: Stage, placed: Placed, name: str) -> str:
    """`n` rods with a bob each, in the plane of x and z."""
    thing, d = placed.thing, dims_of(placed.thing)
    n, length = parts_of(thing), d["length"]
    pivot = length + 0.25
    stand = frame(stage, placed, stage.name(f"{name}_stand"))
    dark, light = stage.house("dark"), stage.house("light")
    stage.geom(stand, "box", (0.2 + 0.1 * length, 0.1, 0.02), name=f"{name}_base", material=dark, pos=(0, 0.16, 0.02))
    stage.geom(
        stand,
        "box",
        (0.03, 0.02, (pivot + 0.04) / 2),
        name=f"{name}_column",
        material=dark,
        pos=(0, 0.16, (pivot + 0.04) / 2),
    )
    stage.geom(
        stand, "cylinder", (0.018,), name=f"{name}_axle", material=light, fromto=(0, -0.03, pivot, 0, 0.18, pivot)
    )
    parent, at = stand, (0.0, 0.0, pivot)
    usual = {1: 75.0, 2: 115.0}.get(n, 95.0)
    angle = (
        thing.tilt_deg
        if thing.tilt_deg is not None
        else (thing.motion.angle_deg if thing.motion and thing.motion.angle_deg else usual)
    )
    if thing.pose == "inverted":
        angle = 177.0
    if thing.pose == "hanging" or (thing.motion is None and thing.pose == "standing"):
        angle = 0.0
    for index in range(n):
        part = name if n == 1 else f"{name}_link_{index + 1}"
        body = parent.add_body(name=part if part == name else stage.name(part), pos=list(at))
        joint = stage.joint(
            body, "hinge", f"{name}_joint_{index + 1}" if n > 1 else f"{name}_joint", axis=[0, -1, 0], damping=0.0004
        )
        segment = length / n
        look = part_look(stage, thing, index, n)
        radius = (0.045 if n < 4 else 0.032) * part_scale(thing, index, n) * (0.7 + 0.3 * min(2.0, segment / 0.3))
        stage.geom(
            body, "capsule", (0.011,), name=f"{part}_rod", material=look, fromto=(0, 0, 0, 0, 0, -segment), mass=0.05
        )
        shape, size = ("box", (radius, radius, radius)) if thing.bob == "box" else ("sphere", (radius,))
        stage.geom(
            body,
            shape,
            size,
            name=f"{part}_bob",
            material=look,
            pos=(0, 0, -segment),
            mass=part_mass(thing, index, n, 0.6),
        )
        stage.start[joint] = (
            math.radians(angle) if index == 0 else (0.35 if n > 1 and angle not in (0.0, 177.0) else 0.0),
        )
        if thing.motors:
            stage.motor(f"{name}_motor_{index + 1}" if n > 1 else f"{name}_motor", joint, 4.0)
        if thing.sensors or index == 0:
            stage.sensor(f"{joint}_angle", "jointpos", joint)
        parent, at = body, (0.0, 0.0, -segment)
    return name if n == 1 else f"{name}_link_1"


def add_cart_pole(stage: Stage, placed: Placed, name: str) -> str:
    """A cart on a rail, `n` poles upright on it, one hinged to the next; a motor pushes the cart."""
    thing, d = placed.thing, dims_of(placed.thing)
    n, length = parts_of(thing), d["length"]
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
    parent, at = cart, (0.0, -0.11, 0.0)
    for index in range(n):
        pole = parent.add_body(name=stage.name(f"{name}_pole_{index + 1}" if n > 1 else f"{name}_pole"), pos=list(at))
        hinge = stage.joint(
            pole, "hinge", f"{name}_hinge_{index + 1}" if n > 1 else f"{name}_hinge", axis=[0, 1, 0], damping=0.0005
        )
        segment, look = length / n, part_look(stage, thing, index, n)
        stage.geom(
            pole,
            "capsule",
            (0.018,),
            name=f"{pole.name}_rod",
            material=look,
            fromto=(0, 0, 0, 0, 0, segment),
            mass=0.12,
        )
        stage.geom(pole, "sphere", (0.04 * part_scale(thing, index, n),), name=f"{pole.name}_bob", material=look, pos=(0, 0, segment),
                   mass=part_mass(replace_mass(thing), index, n, 0.2))  # fmt: skip
        stage.start[hinge] = (0.1 if index == 0 else 0.0,)
        stage.sensor(f"{hinge}_angle", "jointpos", hinge)
        parent, at = pole, (0.0, 0.0, segment)
    stage.motor(f"{name}_push", slide, 15.0)
    stage.sensor(f"{name}_position", "jointpos", slide)
    return name


def replace_mass(thing: Thing) -> Thing:
    """The cart has the mass that was said, not its poles."""
    from dataclasses import replace

    return replace(thing, mass=None)


def add_arm(stage: Stage, placed: Placed, name: str) -> str:
    """A turning base, then joints that bend; position servos hold it, a finger-like tip at the end."""
    thing, d = placed.thing, dims_of(placed.thing)
    n, length = parts_of(thing), d["length"]
    stand = frame(stage, placed, stage.name(f"{name}_base"))
    dark, cap = stage.house("dark"), Surface(0.8)
    stage.geom(stand, "cylinder", (0.11, 0.03), name=f"{name}_foot", material=dark, pos=(0, 0, 0.03), surface=cap)
    parent, at, first = stand, (0.0, 0.0, 0.06), ""
    bends = max(1, n - 1) if n > 1 else 1
    segment = length / max(1, bends)
    for index in range(n):
        turning = index == 0 and n > 1
        body = parent.add_body(name=stage.name(f"{name}_link_{index + 1}"), pos=list(at))
        first = first or str(body.name)
        reach = math.radians(170 if turning else 120)
        strength = 0.9**index
        joint = stage.joint(body, "hinge", f"{name}_joint_{index + 1}", axis=[0, 0, 1] if turning else [0, 1, 0], range=[-reach, reach],
                            damping=4.0 * strength, armature=0.1)  # fmt: skip
        look = (
            part_look(stage, thing, index, n)
            if thing.colours or thing.overrides
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
                mass=2.0,
                surface=cap,
            )
            at = (0.0, 0.0, 0.12)
        else:
            radius = max(0.02, 0.05 * 0.88**index)
            stage.geom(body, "capsule", (radius,), name=f"{body.name}_tube", material=look, fromto=(0, 0, 0.02, 0, 0, segment - 0.02),
                       mass=part_mass(thing, index, n, 1.5 * segment), surface=cap)  # fmt: skip
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
        stage.start_ctrl[f"{name}_servo_{index + 1}"] = bend
        stage.sensor(f"{joint}_angle", "jointpos", joint)
        parent = body
    stage.geom(
        parent, "sphere", (0.03,), name=f"{name}_tip", material=stage.house("orange"), pos=at, mass=0.1, surface=cap
    )
    _gravity_free(parent, stand)
    return first


def _gravity_free(last: Any, stand: Any) -> None:
    """Servos without sag: the arm carries its own weight by gravity compensation, as real controllers do."""
    for body in stand.find_all(mujoco.mjtObj.mjOBJ_BODY):
        body.gravcomp = 1.0


def add_cradle(stage: Stage, placed: Placed, name: str) -> str:
    """`n` steel balls that almost touch; the first is lifted."""
    thing, d = placed.thing, dims_of(placed.thing)
    n, length, radius = parts_of(thing), d["length"], 0.04
    pivot = length + radius + 0.12
    stand = frame(stage, placed, stage.name(f"{name}_frame"))
    dark, steel = stage.house("dark"), stage.house("steel")
    half = n * radius + 0.1
    for side, y in (("near", -0.14), ("far", 0.14)):
        stage.geom(
            stand,
            "capsule",
            (0.01,),
            name=f"{name}_{side}_beam",
            material=steel,
            fromto=(-half, y, pivot, half, y, pivot),
        )
        for end, x in (("left", -half), ("right", half)):
            stage.geom(
                stand,
                "capsule",
                (0.012,),
                name=f"{name}_{side}_{end}_post",
                material=steel,
                fromto=(x, y, 0, x, y, pivot),
            )
    stage.geom(stand, "box", (half + 0.04, 0.18, 0.015), name=f"{name}_plate", material=dark, pos=(0, 0, 0.015))
    surface = Surface(0.1, 0.0)
    first = ""
    for index in range(n):
        part = stage.name(f"{name}_ball_{index + 1}")
        first = first or part
        body = stand.add_body(name=part, pos=[(index - (n - 1) / 2) * (2 * radius + 0.0002), 0, pivot])
        joint = stage.joint(body, "hinge", f"{part}_swing", axis=[0, -1, 0], damping=0.0002)
        for side, y in (("near", -0.14), ("far", 0.14)):
            stage.geom(
                body,
                "capsule",
                (0.003,),
                name=f"{part}_{side}_string",
                material=stage.house("light"),
                fromto=(0, y, 0, 0, 0, -length),
                mass=0.0005,
            )
        ball = stage.geom(body, "sphere", (radius,), name=part, material=stage.look(thing, index, "steel"), pos=(0, 0, -length),
                          mass=part_mass(thing, index, n, 0.5), surface=surface)  # fmt: skip
        ball.condim, ball.priority = 1, 3
        ball.solref, ball.solimp = [-2_000_000.0, 0.0], [0.998, 0.998, 0.001, 0.5, 2]
        stage.start[joint] = (math.radians(-45.0) if index == 0 else 0.0,)
    stage.timestep = min(stage.timestep, 0.00025)
    stage.sensor(f"{first}_angle", "jointpos", f"{first}_swing")
    return first


def add_spring(stage: Stage, placed: Placed, name: str) -> str:
    """`n` weights one under the other on springs, pulled down a little."""
    thing, d = placed.thing, dims_of(placed.thing)
    n, length = parts_of(thing), d["length"]
    height = 0.25 + n * (length + 0.2)
    stand = frame(stage, placed, stage.name(f"{name}_stand"))
    dark, steel = stage.house("dark"), stage.house("steel")
    stage.geom(stand, "box", (0.18, 0.12, 0.015), name=f"{name}_base", material=dark, pos=(0, 0.06, 0.015))
    stage.geom(stand, "box", (0.02, 0.02, height / 2), name=f"{name}_column", material=dark, pos=(0, 0.14, height / 2))
    stage.geom(stand, "box", (0.03, 0.1, 0.012), name=f"{name}_arm", material=dark, pos=(0, 0.05, height))
    above = stand
    stage.spec.worldbody  # noqa: B018
    hook = stage.name(f"{name}_hook")
    stand.add_site(name=hook, pos=[0, 0, height], size=[0.008, 0, 0], material=steel)
    masses = [part_mass(thing, i, n, 0.5) for i in range(n)]
    gravity = max(0.5, abs(float(stage.spec.option.gravity[2])))
    first, at = "", (0.0, 0.0, height)
    for index in range(n):
        body = above.add_body(
            name=name if index == 0 else stage.name(f"{name}_mass_{index + 1}"), pos=[at[0], at[1], at[2] - length]
        )
        first = first or str(body.name)
        stiffness = 60.0 * max(0.2, masses[index])
        hanging = sum(masses[index:]) * gravity
        joint = stage.joint(
            body,
            "slide",
            f"{body.name}_bounce",
            axis=[0, 0, 1],
            stiffness=stiffness,
            springref=hanging / stiffness,
            damping=0.02,
        )
        half = 0.05 * max(0.5, min(2.0, (masses[index] / 0.5) ** (1 / 3)))
        bob = thing.bob or "box"
        shape, size = ("sphere", (half,)) if bob == "ball" else ("box", (half, half, half))
        stage.geom(body, shape, size, name=f"{body.name}_mass", material=part_look(stage, thing, index, n), pos=(0, 0, -half), mass=masses[index],
                   surface=Surface())  # fmt: skip
        top = stage.name(f"{body.name}_top")
        body.add_site(name=top, pos=[0, 0, 0], size=[0.006, 0, 0], material=steel)
        tendon = stage.spec.add_tendon(name=stage.name(f"{body.name}_coil"), width=0.008, rgba=[0.75, 0.78, 0.83, 1])
        tendon.wrap_site(hook)
        tendon.wrap_site(top)
        hook = stage.name(f"{body.name}_hook")
        body.add_site(name=hook, pos=[0, 0, -2 * half], size=[0.006, 0, 0], material=steel)
        stage.start[joint] = (-0.12 if index == 0 else 0.0,)
        stage.sensor(f"{joint}_height", "jointpos", joint)
        above, at = body, (0.0, 0.0, -2 * half)
    return first


def add_pulley(stage: Stage, placed: Placed, name: str) -> str:
    """Atwood's machine: two weights over a wheel, the left one heavier."""
    thing, height = placed.thing, dims_of(placed.thing)["height"]
    stand = frame(stage, placed, stage.name(f"{name}_stand"))
    dark, radius, middle = stage.house("dark"), 0.14, 0.55 * height
    stage.geom(stand, "box", (0.3, 0.1, 0.015), name=f"{name}_base", material=dark, pos=(0, 0.08, 0.015))
    stage.geom(stand, "box", (0.03, 0.02, height / 2), name=f"{name}_column", material=dark, pos=(0, 0.1, height / 2))
    wheel = stand.add_body(name=stage.name(f"{name}_wheel"), pos=[0, 0, height])
    turn = stage.joint(wheel, "hinge", f"{name}_turn", axis=[0, 1, 0], armature=0.001)
    stage.geom(
        wheel,
        "cylinder",
        (radius,),
        name=f"{name}_rim",
        material=stage.house("light"),
        fromto=(0, -0.02, 0, 0, 0.02, 0),
        mass=0.1,
    )
    stage.geom(
        wheel, "box", (0.85 * radius, 0.024, 0.015), name=f"{name}_spoke", material=stage.house("orange"), mass=0.01
    )
    joints = []
    for index, (side, x, usual) in enumerate((("left", -radius, 1.2), ("right", radius, 1.0))):
        body = stand.add_body(name=name if index == 0 else stage.name(f"{name}_{side}"), pos=[x, 0, middle])
        joint = stage.joint(
            body, "slide", f"{name}_{side}_slide", axis=[0, 0, 1], range=[-middle + 0.08, height - middle - 0.2]
        )
        mass = part_mass(thing, index, 2, usual)
        half = 0.05 * mass ** (1 / 3)
        stage.geom(
            body,
            "box",
            (half, half, half),
            name=f"{name}_{side}_weight",
            material=part_look(stage, thing, index, 2),
            mass=mass,
        )
        top = stage.name(f"{name}_{side}_hook")
        body.add_site(name=top, pos=[0, 0, half], size=[0.006, 0, 0])
        rim = stage.name(f"{name}_{side}_rim")
        stand.add_site(name=rim, pos=[x, 0, height], size=[0.004, 0, 0])
        tendon = stage.spec.add_tendon(
            name=stage.name(f"{name}_{side}_string"), width=0.005, rgba=[0.86, 0.89, 0.93, 1]
        )
        tendon.wrap_site(top)
        tendon.wrap_site(rim)
        joints.append(joint)
        stage.start[joint] = (0.0,)
    for one, factor in ((joints[1], -1.0), (turn, 1 / radius * -1.0)):
        stage.spec.add_equality(name=stage.name(f"{one}_string"), type=mujoco.mjtEq.mjEQ_JOINT, name1=one, name2=joints[0],
                                objtype=mujoco.mjtObj.mjOBJ_JOINT, data=[0, factor, *([0] * 10)])  # fmt: skip
    stage.sensor(f"{name}_height", "jointpos", joints[0])
    return name


__all__ = ["add_arm", "add_cart_pole", "add_cradle", "add_pendulum", "add_pulley", "add_spring", "density_of", "frame"]
