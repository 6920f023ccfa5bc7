"""Mechanisms with closed loops: a crank that pushes a piston, four bars, a universal joint. Child process only: imports mujoco.

Each is a tree of bodies that one `connect` closes; it is built where a motor has turned its crank by some angle.
"""

from __future__ import annotations

import math
from typing import Any

import mujoco

from py_remote_viewer.scenes.create.bodies.driven import hold_speed
from py_remote_viewer.scenes.create.bodies.machines import frame, part_look, part_mass
from py_remote_viewer.scenes.create.bodies.stage import Stage
from py_remote_viewer.scenes.create.layout.placed import Placed
from py_remote_viewer.scenes.create.things.description import Thing
from py_remote_viewer.scenes.create.things.sizes import dims_of

_USUAL_SPEED = 3.0
_BENT_DEG = 25.0


def _speed(thing: Thing) -> float:
    return thing.motion.spin if thing.motion is not None and thing.motion.spin is not None else _USUAL_SPEED


def _closed(
    stage: Stage, name: str, one: Any, at: tuple[float, float, float], other: Any, there: tuple[float, float, float]
) -> None:
    """A pin through a point of each of two bodies."""
    sites = []
    for body, place, part in ((one, at, "pin"), (other, there, "eye")):
        site = stage.name(f"{name}_{part}")
        body.add_site(name=site, pos=list(place), size=[0.005, 0, 0])
        sites.append(site)
    tie = stage.spec.add_equality(
        name=stage.name(f"{name}_loop"), type=mujoco.mjtEq.mjEQ_CONNECT, objtype=mujoco.mjtObj.mjOBJ_SITE,
        name1=sites[0], name2=sites[1],
    )  # fmt: skip
    tie.solref, tie.solimp = [0.004, 1.0], [0.98, 0.999, 0.001, 0.5, 2]
    stage.timestep = min(stage.timestep, 0.001)


def _bar(
    stage: Stage, parent: Any, name: str, at: tuple[float, float, float], long: float, look: str, mass: float
) -> tuple[Any, str]:
    """A bar along +x of its own body, hinged at its beginning; the body and its joint. Angles lift its end."""
    body = parent.add_body(name=stage.name(name), pos=list(at))
    joint = stage.joint(body, "hinge", f"{name}_turn", axis=[0, -1, 0], damping=0.005, armature=0.0005)
    stage.geom(
        body, "capsule", (0.016,), name=f"{body.name}_bar", material=look, fromto=(0, 0, 0, long, 0, 0), mass=mass
    )  # fmt: skip
    return body, joint


def add_crank_slider(stage: Stage, placed: Placed, name: str) -> str:
    """A wheel that a motor turns, a rod on its rim, a piston that the rod pushes to and fro between two guides."""
    thing, radius = placed.thing, dims_of(placed.thing)["radius"]
    rod, high, dark = 2.6 * radius, radius + 0.12, stage.house("dark")
    x = -0.5 * (rod + radius)
    stand = frame(stage, placed, stage.name(f"{name}_stand"))
    stage.geom(stand, "box", (0.03, 0.02, high / 2), name=f"{name}_post", material=dark, pos=(x, 0.07, high / 2))
    wheel = stand.add_body(name=name, pos=[x, 0, high])
    turn = stage.joint(wheel, "hinge", f"{name}_turn", axis=[0, -1, 0], damping=0.01, armature=0.002)
    stage.geom(
        wheel, "cylinder", (radius + 0.02,), name=f"{name}_wheel", material=part_look(stage, thing, 0, 1),
        fromto=(0, 0.02, 0, 0, 0.045, 0), mass=part_mass(thing, 0, 1, 1.0),
    )  # fmt: skip
    stage.geom(
        wheel, "box", (radius / 2, 0.006, 0.012), name=f"{name}_mark", material=stage.house("light"),
        pos=(radius / 2, 0.015, 0), mass=1e-4,
    )  # fmt: skip
    link, swing = _bar(stage, wheel, f"{name}_rod", (radius, 0.0, 0.0), rod, stage.house("steel"), 0.2)
    piston = stand.add_body(name=stage.name(f"{name}_piston"), pos=[x + radius + rod, 0, high])
    slide = stage.joint(piston, "slide", f"{name}_stroke", axis=[1, 0, 0], damping=0.5)
    stage.geom(
        piston, "box", (0.06, 0.045, 0.045), name=f"{name}_piston_block", material=stage.house("orange"),
        pos=(0.05, 0, 0), mass=0.5,
    )  # fmt: skip
    for side, z in (("lower", high - 0.06), ("upper", high + 0.06)):
        stage.geom(
            stand, "box", (radius + 0.09, 0.05, 0.012), name=f"{name}_{side}_guide", material=dark,
            pos=(x + rod + 0.05, 0, z),
        )  # fmt: skip
    stage.geom(
        stand, "box", (0.03, 0.04, high / 2 - 0.036), name=f"{name}_foot", material=dark,
        pos=(x + rod + 0.05, 0, high / 2 - 0.036),
    )  # fmt: skip
    _closed(stage, name, link, (rod, 0.0, 0.0), piston, (0.0, 0.0, 0.0))
    for joint in (turn, swing, slide):
        stage.start[joint] = (0.0,)
    stage.start_speed[turn], stage.start_speed[swing] = (_speed(thing),), (-_speed(thing) * (1 + radius / rod),)
    hold_speed(stage, f"{name}_motor", turn, 8.0, _speed(thing))
    stage.sensor(f"{name}_position", "jointpos", slide)
    return name


def add_linkage(stage: Stage, placed: Placed, name: str) -> str:
    """Four bars: a crank, a coupler and a rocker on a fixed base; the crank turns round, the rocker goes to and fro."""
    thing, base = placed.thing, dims_of(placed.thing)["length"]
    crank, coupler, rocker, high = 0.3 * base, 0.9 * base, 0.7 * base, 0.35 * base + 0.05
    stand, dark = frame(stage, placed, stage.name(f"{name}_base")), stage.house("dark")
    stage.geom(
        stand, "box", (base / 2 + 0.05, 0.02, 0.02), name=f"{name}_ground", material=dark, pos=(0, 0.05, high)
    )  # fmt: skip
    for side, x in (("left", -base / 2), ("right", base / 2)):
        stage.geom(
            stand, "box", (0.02, 0.02, high / 2), name=f"{name}_{side}_post", material=dark, pos=(x, 0.05, high / 2)
        )  # fmt: skip
    turned = math.radians(60.0)
    b = (-base / 2 + crank * math.cos(turned), crank * math.sin(turned))
    away = math.hypot(base / 2 - b[0], -b[1])
    towards = math.atan2(-b[1], base / 2 - b[0])
    inner = math.acos((coupler**2 + away**2 - rocker**2) / (2 * coupler * away))
    lift = towards + inner
    c = (b[0] + coupler * math.cos(lift), b[1] + coupler * math.sin(lift))
    rocked = math.atan2(c[1], c[0] - base / 2)
    looks = [part_look(stage, thing, index, 3) for index in range(3)]
    mass = [part_mass(thing, index, 3, share) for index, share in enumerate((0.2, 0.4, 0.3))]
    first, turn = _bar(stage, stand, name, (-base / 2, 0.0, high), crank, looks[0], mass[0])
    second, fold = _bar(stage, first, f"{name}_coupler", (crank, 0.0, 0.0), coupler, looks[1], mass[1])
    third, rock = _bar(stage, stand, f"{name}_rocker", (base / 2, 0.0, high), rocker, looks[2], mass[2])
    _closed(stage, name, second, (coupler, 0.0, 0.0), third, (rocker, 0.0, 0.0))
    for joint, angle in ((turn, turned), (fold, lift - turned), (rock, rocked)):
        stage.start[joint] = (angle,)
    hold_speed(stage, f"{name}_motor", turn, 8.0, _speed(thing))
    stage.sensor(f"{name}_rocker_angle", "jointpos", rock)
    return str(first.name)


def add_universal_joint(stage: Stage, placed: Placed, name: str) -> str:
    """Two shafts at an angle and a cross between them: what turns the first turns the second."""
    thing, half = placed.thing, dims_of(placed.thing)["length"] / 2
    stand, high = frame(stage, placed, stage.name(f"{name}_stand")), 0.35
    dark, bent = stage.house("dark"), math.radians(_BENT_DEG)
    tip = (half * math.cos(bent), half * math.sin(bent), high)
    for side, at in (("left", (-half + 0.06, 0.0, 0.0)), ("right", (tip[0] - 0.02, tip[1] - 0.01, 0.0))):
        stage.geom(
            stand, "box", (0.02, 0.05, high / 2), name=f"{name}_{side}_bearing", material=dark, pos=(at[0], at[1], high / 2)
        )  # fmt: skip
    looks = [part_look(stage, thing, index, 2) for index in range(2)]
    first = stand.add_body(name=name, pos=[0, 0, high])
    turn = stage.joint(first, "hinge", f"{name}_turn", axis=[1, 0, 0], damping=0.005, armature=0.002)
    mass = [part_mass(thing, index, 2, 1.0) for index in range(2)]
    stage.geom(
        first, "capsule", (0.022,), name=f"{name}_shaft", material=looks[0], fromto=(-half, 0, 0, -0.06, 0, 0), mass=mass[0]
    )  # fmt: skip
    for end, y in (("near", -0.045), ("far", 0.045)):
        stage.geom(
            first, "capsule", (0.01,), name=f"{name}_{end}_fork", material=looks[0],
            fromto=(-0.06, 0, 0, 0, y, 0), mass=0.02,
        )  # fmt: skip
    cross = first.add_body(name=stage.name(f"{name}_cross"), pos=[0, 0, 0])
    nod = stage.joint(cross, "hinge", f"{name}_nod", axis=[0, 1, 0], damping=0.002, armature=0.0005)
    for way, ends in (("y", (0, -0.05, 0, 0, 0.05, 0)), ("z", (0, 0, -0.05, 0, 0, 0.05))):
        stage.geom(
            cross, "capsule", (0.009,), name=f"{name}_cross_{way}", material=stage.house("steel"), fromto=ends, mass=0.05
        )  # fmt: skip
    second = cross.add_body(name=stage.name(f"{name}_second"), pos=[0, 0, 0])
    yaw = stage.joint(second, "hinge", f"{name}_yaw", axis=[0, 0, 1], damping=0.002, armature=0.0005)
    stage.geom(
        second, "capsule", (0.022,), name=f"{name}_second_shaft", material=looks[1],
        fromto=(0.06, 0, 0, half, 0, 0), mass=mass[1],
    )  # fmt: skip
    for end, z in (("lower", -0.045), ("upper", 0.045)):
        stage.geom(
            second, "capsule", (0.01,), name=f"{name}_{end}_fork", material=looks[1],
            fromto=(0.06, 0, 0, 0, 0, z), mass=0.02,
        )  # fmt: skip
    stage.geom(
        second, "box", (0.012, 0.05, 0.012), name=f"{name}_mark", material=stage.house("orange"),
        pos=(half - 0.08, 0.02, 0), mass=1e-3,
    )  # fmt: skip
    _closed(stage, name, second, (half, 0.0, 0.0), stand, tip)
    stage.start[turn], stage.start[nod], stage.start[yaw] = (0.0,), (0.0,), (bent,)
    hold_speed(stage, f"{name}_motor", turn, 4.0, _speed(thing))
    stage.sensor(f"{name}_speed", "jointvel", turn)
    return name
