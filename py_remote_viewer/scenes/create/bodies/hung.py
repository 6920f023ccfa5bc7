"""Newton's cradles, weights on springs and over pulleys. Child process only: imports mujoco."""

from __future__ import annotations

import math
from typing import Any

import mujoco

from py_remote_viewer.scenes.create.bodies.gallows import add_ceiling
from py_remote_viewer.scenes.create.bodies.machines import frame, part_look, part_mass
from py_remote_viewer.scenes.create.bodies.solids import add_shape
from py_remote_viewer.scenes.create.bodies.stage import Stage, Surface
from py_remote_viewer.scenes.create.layout.placed import Placed
from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.things.bobs import bob_shape
from py_remote_viewer.scenes.create.things.footprints import part_value, parts_of
from py_remote_viewer.scenes.create.things.matter import mass_of
from py_remote_viewer.scenes.create.things.sizes import dims_of, extent_of


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
        ball = stage.geom(
            body,
            "sphere",
            (radius,),
            name=part,
            material=stage.look(thing, index, "steel"),
            pos=(0, 0, -length),
            mass=part_mass(thing, index, n, 0.5),
            surface=surface,
        )
        ball.condim, ball.priority = 1, 3
        ball.solref, ball.solimp = [-2_000_000.0, 0.0], [0.998, 0.998, 0.001, 0.5, 2]
        aside = -45.0 if thing.tilt_deg is None else -min(100.0, abs(thing.tilt_deg))
        stage.start[joint] = (math.radians(aside) if index < (1 if thing.lifted is None else thing.lifted) else 0.0,)
    stage.timestep = min(stage.timestep, 0.00025)
    stage.sensor(f"{first}_angle", "jointpos", f"{first}_swing")
    return first


def add_spring(stage: Stage, placed: Placed, name: str) -> str:
    """`n` weights one under the other on springs, pulled down a little."""
    thing, d = placed.thing, dims_of(placed.thing)
    n, length = parts_of(thing), d["length"]
    drop = 2 * extent_of(thing.load).z if thing.load is not None else 0.0
    height = 0.25 + n * (length + 0.2) + drop
    stand = frame(stage, placed, stage.name(f"{name}_stand"))
    steel = stage.house("steel")
    if thing.ceiling:
        add_ceiling(stage, stand, name, height, 0.35)
    else:
        _spring_stand(stage, stand, name, height)
    above = stand
    hook = stage.name(f"{name}_hook")
    stand.add_site(name=hook, pos=[0, 0, height], size=[0.008, 0, 0], material=steel)
    masses = [part_mass(thing, i, n, 0.5) for i in range(n)]
    if thing.load is not None:
        masses[-1] = mass_of(thing.load)
    gravity = max(0.5, abs(float(stage.spec.option.gravity[2])))
    first, at = "", (0.0, 0.0, height)
    for index in range(n):
        body = above.add_body(
            name=name if index == 0 else stage.name(f"{name}_mass_{index + 1}"), pos=[at[0], at[1], at[2] - length]
        )
        first = first or str(body.name)
        stiffness = thing.stiffness if thing.stiffness is not None else 60.0 * max(0.2, masses[index])
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
        load = thing.load if index == n - 1 else None
        half = 0.05 * max(0.5, min(2.0, (masses[index] / 0.5) ** (1 / 3)))
        if load is not None and KINDS[load.kind].sort == "solid":
            half = extent_of(load).z
            hung = body.add_body(
                name=stage.name(f"{name}_{load.noun}"), pos=[0, 0, -half], quat=list(extent_of(load).quat)
            )
            add_shape(stage, hung, load, 0, str(hung.name), 1.0)
        else:
            across = part_value(thing, index, "size")
            half = half if across is None else across / 2
            shape, size = bob_shape(thing.bob or "box", half)
            stage.geom(
                body,
                shape,
                size,
                name=f"{body.name}_mass",
                material=part_look(stage, thing, index, n),
                pos=(0, 0, -half),
                mass=masses[index],
                surface=Surface(),
            )
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


def _spring_stand(stage: Stage, stand: Any, name: str, height: float) -> None:
    """A foot, a column behind what bounces, and an arm from there."""
    dark = stage.house("dark")
    stage.geom(stand, "box", (0.18, 0.12, 0.015), name=f"{name}_base", material=dark, pos=(0, 0.06, 0.015))
    stage.geom(stand, "box", (0.02, 0.02, height / 2), name=f"{name}_column", material=dark, pos=(0, 0.14, height / 2))
    stage.geom(stand, "box", (0.03, 0.1, 0.012), name=f"{name}_arm", material=dark, pos=(0, 0.05, height))


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
        stage.spec.add_equality(
            name=stage.name(f"{one}_string"),
            type=mujoco.mjtEq.mjEQ_JOINT,
            name1=one,
            name2=joints[0],
            objtype=mujoco.mjtObj.mjOBJ_JOINT,
            data=[0, factor, *([0] * 10)],
        )
    stage.sensor(f"{name}_height", "jointpos", joints[0])
    return name
