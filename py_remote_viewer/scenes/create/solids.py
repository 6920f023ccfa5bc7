"""Bodies that are free to move: boxes, balls, sticks, and what hangs on a string. Child process only: imports mujoco."""

from __future__ import annotations

import math

from py_remote_viewer.errors import SceneInvalid
from py_remote_viewer.scenes.create.description import Thing
from py_remote_viewer.scenes.create.footprints import hangs, swing_height, swing_sizes
from py_remote_viewer.scenes.create.motions import start_velocity
from py_remote_viewer.scenes.create.placed import Placed, element_of
from py_remote_viewer.scenes.create.sizes import dims_of, extent_of, shape_of
from py_remote_viewer.scenes.create.stage import Stage, at_index, density_of

LIGHTEST_KG, HEAVIEST_KG = 1e-5, 1e5


def add_solid(stage: Stage, placed: Placed, name: str, gravity: float) -> str:
    """A free body (or a fixed one, where that was said); its name."""
    thing = placed.thing
    if hangs(thing):
        return _hanging(stage, placed, name)
    scale, weight, mass = _differences(thing, placed.index)
    extent = extent_of(element_of(thing, placed.index), scale)
    half = extent.z if not placed.supports else placed.foot.height / 2 if placed.supports == (-2,) else extent.z
    centre = (placed.base[0], placed.base[1], placed.base[2] + half)
    body = stage.spec.worldbody.add_body(name=name, pos=list(centre), quat=list(placed.quat))
    _shape(stage, body, thing, placed.index, name, scale, weight, mass)
    if not thing.fixed:
        body.add_freejoint(name=name)
        stage.start[name] = (*centre, *placed.quat)
        speed = start_velocity(placed, gravity, extent)
        if any(speed):
            stage.start_speed[name] = speed
    return name


def _differences(thing: Thing, index: int) -> tuple[float, float, float | None]:
    """Scale, weight factor and mass of one element, where it differs."""
    scale, weight, mass = 1.0, 1.0, thing.mass
    for override in thing.overrides:
        if at_index(override.index, thing.total) == index:
            scale, weight = scale * override.scale, weight * override.weight
            mass = override.mass if override.mass is not None else mass
    return scale, weight, mass


def _shape(
    stage: Stage, body: object, thing: Thing, index: int, name: str, scale: float, weight: float, mass: float | None
) -> None:
    kind, size = shape_of(thing, dims_of(thing))
    size = (size[0] * scale, size[1] * scale, size[2] * scale)
    if mass is not None:
        mass = mass * weight
    check_mass(thing, mass if mass is not None else density_of(thing) * weight * _volume(kind, size))
    material, surface = stage.look(thing, index), stage.surface(thing)
    density = density_of(thing) * weight
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
    stage.geom(body, kind, size, name=name, material=material, density=density, mass=mass, surface=surface)
    if min(s for s in size if s > 0) < 0.012:
        stage.timestep = min(stage.timestep, 0.001)


def check_mass(thing: Thing, mass: float) -> None:
    """Refuse what no solver can hold beside everyday things."""
    if not LIGHTEST_KG <= mass <= HEAVIEST_KG:
        raise SceneInvalid(
            f"a {thing.noun.replace('_', ' ')} of {mass:g} kg cannot be simulated",
            hint=f"Masses from {LIGHTEST_KG * 1000:g} g to {HEAVIEST_KG:g} kg can.",
        )


def _volume(kind: str, size: tuple[float, float, float]) -> float:
    a, b, c = size
    if kind == "sphere":
        return 4 / 3 * math.pi * a**3
    if kind == "box":
        return 8 * a * b * c
    if kind == "ellipsoid":
        return 4 / 3 * math.pi * a * b * c
    return math.pi * a * a * 2 * b + (4 / 3 * math.pi * a**3 if kind == "capsule" else 0.0)


def _hanging(stage: Stage, placed: Placed, name: str) -> str:
    """On a string from a beam between two posts; it swings in the plane of x and z."""
    thing = placed.thing
    length, _, _ = swing_sizes(thing)
    scale, weight, mass = _differences(thing, placed.index)
    if placed.swing is not None:
        pivot, start_deg = placed.swing
        extent = extent_of(thing)
        length = pivot - _bob_height(placed, extent.z)
    else:
        pivot = swing_height(thing) - 0.05
        motion = thing.motion
        start_deg = -45.0 if motion is not None else 0.0
    if thing.motion is not None and thing.motion.angle_deg is not None:
        start_deg = -min(120.0, abs(thing.motion.angle_deg))
    if thing.motion is not None and thing.motion.direction == "left" and placed.swing is None:
        start_deg = -start_deg
    half = max(0.14, placed.foot.y)
    frame = stage.spec.worldbody.add_body(name=stage.name(f"{name}_frame"), pos=list(placed.base))
    dark, steel = stage.house("dark"), stage.house("steel")
    for side, y in (("near", -half), ("far", half)):
        stage.geom(
            frame,
            "box",
            (0.025, 0.025, (pivot + 0.03) / 2),
            name=f"{name}_{side}_post",
            material=dark,
            pos=(0, y, (pivot + 0.03) / 2),
        )
        stage.geom(frame, "box", (0.16, 0.03, 0.012), name=f"{name}_{side}_foot", material=dark, pos=(0, y, 0.012))
    stage.geom(
        frame, "capsule", (0.014,), name=f"{name}_beam", material=steel, fromto=(0, -half, pivot, 0, half, pivot)
    )
    body = frame.add_body(name=name, pos=[0, 0, pivot])
    joint = stage.joint(body, "hinge", f"{name}_swing", axis=[0, -1, 0], damping=0.0005)
    stage.geom(
        body, "capsule", (0.006,), name=f"{name}_string", material=steel, fromto=(0, 0, 0, 0, 0, -length), mass=0.01
    )
    bob = body.add_body(name=stage.name(f"{name}_bob"), pos=[0, 0, -length])
    _shape(stage, bob, thing, placed.index, f"{name}_bob", scale, weight, mass)
    stage.start[joint] = (math.radians(start_deg),)
    if thing.motors:
        stage.motor(f"{name}_motor", joint, 5.0)
    return name


def _bob_height(placed: Placed, half: float) -> float:
    """The lowest point of the swing is the height that the layout chose: the string is as long as the pivot is above it."""
    assert placed.swing is not None
    pivot = placed.swing[0]
    length, _, _ = swing_sizes(placed.thing)
    hit = pivot - max(length, 0.375 * pivot)
    return max(half + 0.03, hit)
