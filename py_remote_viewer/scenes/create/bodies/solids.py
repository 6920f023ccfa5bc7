"""Bodies that are free to move: boxes, balls, sticks, and what hangs on a string. Child process only: imports mujoco."""

from __future__ import annotations

import math

import mujoco

from py_remote_viewer.errors import SceneInvalid
from py_remote_viewer.scenes.create.bodies.faces import add_faces
from py_remote_viewer.scenes.create.bodies.gallows import add_beam, add_ceiling, add_gallows
from py_remote_viewer.scenes.create.bodies.stage import Stage
from py_remote_viewer.scenes.create.layout.motions import start_velocity
from py_remote_viewer.scenes.create.layout.placed import Placed
from py_remote_viewer.scenes.create.lexicon.hulls import is_hull
from py_remote_viewer.scenes.create.lexicon.profiles import PROFILES, bars
from py_remote_viewer.scenes.create.things.description import Thing
from py_remote_viewer.scenes.create.things.elements import element_of, scale_at
from py_remote_viewer.scenes.create.things.footprints import hangs, swing_height, swing_sizes
from py_remote_viewer.scenes.create.things.matter import density_of, volume
from py_remote_viewer.scenes.create.things.sizes import Vec, axis_quat, dims_of, extent_of, shape_of

LIGHTEST_KG, HEAVIEST_KG = 1e-5, 1e5
AIMED_DEG = 65.0  # how far aside begins what is to hit something, where nobody says


def add_solid(stage: Stage, placed: Placed, name: str, gravity: float) -> str:
    """A free body (or a fixed one, where that was said); its name."""
    thing = placed.thing
    if hangs(thing):
        return _hanging(stage, placed, name)
    element, scale = element_of(thing, placed.index), scale_at(thing, placed.index)
    extent = extent_of(element, scale)
    half = extent.z if not placed.supports else placed.foot.height / 2 if placed.supports == (-2,) else extent.z
    centre = (placed.base[0], placed.base[1], placed.base[2] + half)
    body = stage.spec.worldbody.add_body(name=name, pos=list(centre), quat=list(placed.quat))
    add_shape(stage, body, element, placed.index, name, scale)
    if not thing.fixed:
        body.add_freejoint(name=name)
        stage.start[name] = (*centre, *placed.quat)
        speed = start_velocity(placed, gravity, extent)
        if any(speed):
            stage.start_speed[name] = speed
    return name


def add_shape(stage: Stage, body: object, thing: Thing, index: int, name: str, scale: float) -> None:
    """The geoms of `thing`, which is the element itself: its own mass and stuff."""
    kind, size = shape_of(thing, dims_of(thing))
    size = (size[0] * scale, size[1] * scale, size[2] * scale)
    mass, density = thing.mass, density_of(thing)
    check_mass(thing, mass if mass is not None else density * volume(kind, size))
    material, surface = stage.look(thing, index), stage.surface(thing)
    if thing.kind == "dumbbell":
        radius, half = size[0], size[1]
        for side, end in (("left", -1), ("right", 1)):
            stage.geom(
                body,
                "cylinder",
                (radius, 0.12 * half),
                name=f"{name}_{side}",
                material=material,
                pos=(0, 0, end * 0.85 * half),
                density=density,
                mass=None if mass is None else 0.45 * mass,
                surface=surface,
            )
        stage.geom(
            body,
            "cylinder",
            (0.2 * radius, half),
            name=name,
            material=stage.house("steel"),
            density=density,
            mass=None if mass is None else 0.1 * mass,
            surface=surface,
        )
        return
    if kind in PROFILES:
        _profile(stage, body, thing, name, size, material)
        return
    if kind == "ring":
        _ring(stage, body, thing, name, size, material)
        return
    if is_hull(kind):
        mesh = stage.hull(kind, size)
        made = stage.geom(
            body, "mesh", size, name=name, material=material, density=density, mass=mass, surface=surface, mesh=mesh
        )
        if thing.hollow:
            stage.spec.mesh(mesh).inertia = mujoco.mjtMeshInertia.mjMESH_INERTIA_SHELL
            made.mass = mass if mass is not None else density * volume(kind, size)
        return
    made = stage.geom(body, kind, size, name=name, material=material, density=density, mass=mass, surface=surface)
    if thing.hollow:
        made.typeinertia = mujoco.mjtGeomInertia.mjINERTIA_SHELL
        made.mass = mass if mass is not None else density * volume(kind, size)
    if thing.faces:
        add_faces(stage, body, thing, (size[0], size[0], size[1]) if kind == "cylinder" else size, name)
    if kind == "sphere" and size[0] < 0.0125:
        made.condim = 3  # many of them are a crowd of contacts: that they roll needs no friction against turning
    if thing.kind == "wheel":
        for turn in (0.0, 90.0):  # so that it is seen to turn
            stage.geom(
                body,
                "box",
                (0.86 * size[0], 0.12 * size[0], 1.02 * size[1]),
                name=f"{name}_spoke_{'a' if turn else 'b'}",
                material=stage.house("light"),
                quat=axis_quat("z", turn),
                mass=1e-6,
            )
    if min(s for s in size if s > 0) < 0.012:
        stage.timestep = min(stage.timestep, 0.001)


def _profile(stage: Stage, body: object, thing: Thing, name: str, half: Vec, material: str) -> None:
    """The bars of a letter on one body, each with its share of the mass."""
    kind, density = thing.kind, density_of(thing)
    whole = thing.mass if thing.mass is not None else density * volume(kind, half)
    for number, (size, middle) in enumerate(bars(kind, half)):
        stage.geom(
            body,
            "box",
            size,
            name=name if number == 0 else f"{name}_bar_{number + 1}",
            material=material,
            pos=middle,
            mass=whole * volume("box", size) / volume(kind, half),
            surface=stage.surface(thing),
        )


def _ring(stage: Stage, body: object, thing: Thing, name: str, size: tuple[float, float, float], material: str) -> None:
    """A tube bent to a circle, of short straight ones: things fit through it, and it rolls as a hoop does."""
    middle, tube = size[0] - size[1], size[1]
    mass = thing.mass if thing.mass is not None else density_of(thing) * volume("ring", size)
    surface, count = stage.surface(thing), 24
    for number in range(count):
        a, b = (2 * math.pi * (number + step) / count for step in (0, 1))
        ends = (middle * math.cos(a), middle * math.sin(a), 0.0, middle * math.cos(b), middle * math.sin(b), 0.0)
        stage.geom(
            body,
            "capsule",
            (tube,),
            name=name if number == 0 else f"{name}_arc_{number + 1}",
            material=material,
            fromto=ends,
            mass=mass / count,
            surface=surface,
        )


def check_mass(thing: Thing, mass: float) -> None:
    """Refuse what no solver can hold beside everyday things."""
    if mass < 0:
        raise SceneInvalid(
            f"a {thing.noun.replace('_', ' ')} cannot have a negative mass: {mass:g} kg is less than nothing",
            hint=f"Say it without the sign; masses from {LIGHTEST_KG * 1000:g} g to {HEAVIEST_KG:g} kg can be simulated.",
        )
    if not LIGHTEST_KG <= mass <= HEAVIEST_KG:
        raise SceneInvalid(
            f"a {thing.noun.replace('_', ' ')} of {mass:g} kg cannot be simulated",
            hint=f"Masses from {LIGHTEST_KG * 1000:g} g to {HEAVIEST_KG:g} kg can.",
        )


def _hanging(stage: Stage, placed: Placed, name: str) -> str:
    """On a string from a beam between two posts; it swings in the plane of x and z."""
    thing = placed.thing
    if placed.swing is not None:
        pivot, length = placed.swing
        start_deg = -AIMED_DEG
    else:
        length, _, _ = swing_sizes(thing)
        pivot = swing_height(thing) - 0.05
        motion = thing.motion
        start_deg = -45.0 if motion is not None else 0.0
    if thing.motion is not None and thing.motion.angle_deg is not None:
        start_deg = -min(120.0, abs(thing.motion.angle_deg))
    if thing.motion is not None and thing.motion.direction == "left" and placed.swing is None:
        start_deg = -start_deg
    half = max(0.14, placed.foot.y)
    frame = stage.spec.worldbody.add_body(name=stage.name(f"{name}_frame"), pos=list(placed.base))
    steel = stage.house("steel")
    aloft = thing.height is not None or any(relation.kind == "above" for relation in thing.place)
    if thing.ceiling:
        add_ceiling(stage, frame, name, pivot, max(0.2, half))
    elif aloft:
        add_beam(stage, frame, name, pivot, half)
    else:
        add_gallows(stage, frame, name, pivot, half)
    body = frame.add_body(name=name, pos=[0, 0, pivot])
    joint = stage.joint(body, "hinge", f"{name}_swing", axis=[0, -1, 0], damping=0.0005)
    stage.geom(
        body, "capsule", (0.006,), name=f"{name}_string", material=steel, fromto=(0, 0, 0, 0, 0, -length), mass=0.01
    )
    bob = body.add_body(name=stage.name(f"{name}_bob"), pos=[0, 0, -length])
    element = element_of(thing, placed.index)
    add_shape(stage, bob, element, placed.index, f"{name}_bob", scale_at(thing, placed.index))
    stage.start[joint] = (math.radians(start_deg),)
    if thing.motors:
        stage.motor(f"{name}_motor", joint, 5.0)
    return name
