"""Tops, gyroscopes and rotors: what turns fast. Child process only: imports mujoco."""

from __future__ import annotations

import math

from py_remote_viewer.scenes.create.bodies.machines import frame, part_mass
from py_remote_viewer.scenes.create.bodies.stage import Stage, Surface
from py_remote_viewer.scenes.create.layout.placed import Placed
from py_remote_viewer.scenes.create.lexicon.kinds import USUAL_SPIN
from py_remote_viewer.scenes.create.things.footprints import parts_of
from py_remote_viewer.scenes.create.things.sizes import dims_of


def add_top(stage: Stage, placed: Placed, name: str) -> str:
    """A spinning top on its tip, leaning a little."""
    thing, radius = placed.thing, dims_of(placed.thing)["radius"]
    lean = math.radians(6.0) / 2
    height = 0.75 * radius
    base = (placed.base[0], placed.base[1], placed.base[2] + height + 0.0005)
    quat = (math.cos(lean), math.sin(lean), 0.0, 0.0)
    body = stage.spec.worldbody.add_body(name=name, pos=list(base), quat=list(quat))
    body.add_freejoint(name=name)
    stage.start[name] = (*base, *quat)
    speed = thing.motion.spin if thing.motion is not None and thing.motion.spin is not None else USUAL_SPIN["top"]
    stage.start_speed[name] = (0.0, 0.0, 0.0, 0.0, 0.0, speed)
    look, steel = stage.look(thing, placed.index, "orange"), stage.house("steel")
    surface = Surface(0.4)
    mass = thing.mass if thing.mass is not None else 0.3 * thing.weight
    stage.geom(
        body,
        "cylinder",
        (radius, 0.14 * radius),
        name=name,
        material=look,
        pos=(0, 0, 0),
        mass=0.9 * mass,
        surface=surface,
    )
    stage.geom(
        body,
        "capsule",
        (0.09 * radius,),
        name=f"{name}_stem",
        material=steel,
        fromto=(0, 0, -height + 0.1 * radius, 0, 0, 0.8 * radius),
        mass=0.1 * mass,
        surface=surface,
    )
    stage.geom(
        body,
        "box",
        (0.8 * radius, 0.06 * radius, 0.145 * radius),
        name=f"{name}_mark",
        material=stage.house("light"),
        mass=0.0001,
    )
    stage.sensor(f"{name}_position", "framepos", name)
    return name


def add_gyroscope(stage: Stage, placed: Placed, name: str) -> str:
    """A fast wheel in two gimbals with a small weight: it precesses instead of falling."""
    thing, radius = placed.thing, dims_of(placed.thing)["radius"]
    stand = frame(stage, placed, stage.name(f"{name}_stand"))
    dark, steel, look = stage.house("dark"), stage.house("steel"), stage.look(thing, placed.index, "orange")
    outer_r, inner_r, height = 1.5 * radius, 1.22 * radius, 1.5 * radius + 0.14
    stage.geom(stand, "cylinder", (radius, 0.02), name=f"{name}_base", material=dark, pos=(0, 0, 0.02))
    stage.geom(stand, "capsule", (0.015,), name=f"{name}_post", material=dark, fromto=(0, 0, 0.02, 0, 0, 0.12))
    outer = stand.add_body(name=stage.name(f"{name}_outer_gimbal"), pos=[0, 0, height])
    turn = stage.joint(outer, "hinge", f"{name}_turn", axis=[0, 0, 1], damping=0.0005)
    inner = outer.add_body(name=stage.name(f"{name}_inner_gimbal"))
    nod = stage.joint(inner, "hinge", f"{name}_nod", axis=[1, 0, 0], damping=0.0005)
    rotor = inner.add_body(name=name)
    spin = stage.joint(rotor, "hinge", f"{name}_spin", axis=[0, 1, 0], damping=0.00002)
    for ring, body, r, plane in (("outer", outer, outer_r, "xz"), ("inner", inner, inner_r, "xy")):
        for i in range(16):
            a, b = 2 * math.pi * i / 16, 2 * math.pi * (i + 1) / 16
            p, q = (r * math.cos(a), r * math.sin(a)), (r * math.cos(b), r * math.sin(b))
            ends = (p[0], 0, p[1], q[0], 0, q[1]) if plane == "xz" else (p[0], p[1], 0, q[0], q[1], 0)
            stage.geom(
                body, "capsule", (0.009,), name=f"{name}_{ring}_ring_{i + 1}", material=steel, fromto=ends, mass=0.008
            )
    mass = thing.mass if thing.mass is not None else 1.0 * thing.weight
    stage.geom(rotor, "cylinder", (radius,), name=name, material=look, fromto=(0, -0.02, 0, 0, 0.02, 0), mass=mass)
    stage.geom(
        rotor, "box", (0.8 * radius, 0.0215, 0.012), name=f"{name}_mark", material=stage.house("light"), mass=0.001
    )
    stage.geom(
        inner, "sphere", (0.025,), name=f"{name}_weight", material=stage.house("blue"), pos=(0, inner_r, 0), mass=0.1
    )
    speed = thing.motion.spin if thing.motion is not None and thing.motion.spin is not None else USUAL_SPIN["gyroscope"]
    stage.start[turn], stage.start[nod], stage.start[spin] = (0.0,), (0.0,), (0.0,)
    stage.start_speed[spin] = (speed,)
    stage.sensor(f"{name}_precession", "jointvel", turn)
    return name


def add_rotor(stage: Stage, placed: Placed, name: str) -> str:
    """Blades on an axle in the wind of nothing: it turns, and a motor can turn it."""
    thing, radius = placed.thing, dims_of(placed.thing)["radius"]
    n = parts_of(thing)
    stand = frame(stage, placed, stage.name(f"{name}_stand"))
    dark, hub = stage.house("dark"), radius + 0.18
    stage.geom(stand, "cylinder", (0.14, 0.015), name=f"{name}_base", material=dark, pos=(0, 0.08, 0.015))
    stage.geom(stand, "box", (0.02, 0.02, hub / 2), name=f"{name}_mast", material=dark, pos=(0, 0.08, hub / 2))
    body = stand.add_body(name=name, pos=[0, 0, hub])
    joint = stage.joint(body, "hinge", f"{name}_turn", axis=[0, 1, 0], damping=0.002)
    stage.geom(
        body,
        "cylinder",
        (0.04,),
        name=f"{name}_hub",
        material=stage.house("steel"),
        fromto=(0, -0.02, 0, 0, 0.09, 0),
        mass=0.2,
    )
    mass = part_mass(thing, 0, 1, 0.1 * n) / n
    for i in range(n):
        half = math.pi * i / n
        c, s = math.cos(2 * half), math.sin(2 * half)
        reach = (radius + 0.03) / 2
        stage.geom(
            body,
            "box",
            ((radius - 0.03) / 2, 0.01, 0.045),
            name=f"{name}_blade_{i + 1}",
            material=stage.look(thing, i, "light"),
            pos=(reach * c, 0, -reach * s),
            quat=(math.cos(half), 0, math.sin(half), 0),
            mass=mass,
            surface=Surface(),
        )
    stage.start[joint] = (0.0,)
    stage.start_speed[joint] = (
        thing.motion.spin if thing.motion is not None and thing.motion.spin is not None else USUAL_SPIN["rotor"],
    )
    stage.motor(f"{name}_motor", joint, 2.0)
    return name
