"""Ropes over a bar, flags on a pole. Child process only: imports mujoco."""

from __future__ import annotations

import math
from typing import Any

from py_remote_viewer.scenes.create.bodies.machines import frame
from py_remote_viewer.scenes.create.bodies.solids import add_shape
from py_remote_viewer.scenes.create.bodies.stage import Stage, Surface
from py_remote_viewer.scenes.create.layout.placed import Placed
from py_remote_viewer.scenes.create.things.description import Thing
from py_remote_viewer.scenes.create.things.footprints import FLAG_M
from py_remote_viewer.scenes.create.things.sizes import dims_of, extent_of

_BAR_M, _THICK_M, _LINKS = 0.05, 0.009, 40


def add_draped_rope(stage: Stage, placed: Placed, name: str) -> str:
    """Links up one side of a bar, over it, and down the other side; nothing but friction holds them."""
    thing, length = placed.thing, dims_of(placed.thing)["length"]
    n = thing.parts if thing.parts is not None else _LINKS
    segment = length / n
    bar = _BAR_M if thing.load is None else max(_BAR_M, extent_of(thing.load).x)
    sagitta = bar - math.sqrt(max(0.0, bar**2 - (segment / 2) ** 2))
    radius = bar + _THICK_M + sagitta + 0.001
    low = 2 * extent_of(thing.load).z if thing.load is not None else 0.0
    side = max(0.0, (length - math.pi * radius) / 2)
    high = side + low + 0.15
    stand, dark = frame(stage, placed, stage.name(f"{name}_bar_stand")), stage.house("dark")
    stage.geom(
        stand, "cylinder", (bar,), name=f"{name}_bar", material=stage.house("plank"), fromto=(0, -0.1, high, 0, 0.25, high),
        surface=Surface(0.6),
    )  # fmt: skip
    stage.geom(
        stand, "box", (0.035, 0.02, high / 2), name=f"{name}_post", material=dark, pos=(0, 0.26, high / 2)
    )  # fmt: skip
    stage.geom(stand, "box", (0.16, 0.2, 0.015), name=f"{name}_foot", material=dark, pos=(0, 0.1, 0.015))
    points = [_over(one * segment, side, radius, high) for one in range(n + 1)]
    each = (thing.mass / n) if thing.mass is not None else (0.28 if thing.kind == "rope" else 0.8) / n * thing.weight
    body: Any = stage.spec.worldbody
    first, before = "", 0.0
    for index in range(n):
        (x, z), (u, w) = points[index], points[index + 1]
        angle = math.atan2(w - z, u - x)
        turn = (angle - before) / 2
        quat = (math.cos(turn), 0.0, -math.sin(turn), 0.0)
        if index == 0:
            at = (placed.base[0] + x, placed.base[1], placed.base[2] + z)
            body = body.add_body(name=name, pos=list(at))
            body.add_freejoint(name=name)
            stage.start[name], first = (*at, *quat), name
        else:
            body = body.add_body(name=stage.name(f"{name}_link_{index + 1}"), pos=[segment, 0, 0])
            joint = stage.joint(body, "ball", f"{body.name}_bend", damping=0.001, armature=0.0001)
            stage.start[joint] = quat
        look = stage.look(thing, 0, "orange" if thing.kind == "rope" else "steel" if index % 2 else "light")
        stage.geom(
            body, "capsule", (_THICK_M,), name=f"{body.name}_cord", material=look, fromto=(0, 0, 0, segment, 0, 0), mass=each,
            surface=Surface(0.6),
        )  # fmt: skip
        if thing.load is not None and index in (0, n - 1):
            _load(stage, body, thing.load, name, -1.0 if index == 0 else segment + 1.0)
        before = angle
    stage.timestep = min(stage.timestep, 0.001)
    return first


def _over(s: float, side: float, radius: float, high: float) -> tuple[float, float]:
    """A point of the rope's middle line, `s` m from its left end: x and z."""
    if s < side:
        return -radius, high - (side - s)
    if s < side + math.pi * radius:
        turned = (s - side) / radius
        return -radius * math.cos(turned), high + radius * math.sin(turned)
    return radius, high - (s - side - math.pi * radius)


def _load(stage: Stage, link: Any, load: Thing, name: str, at: float) -> None:
    """What hangs at an end: below the first link, whose x points up, or below the last, whose x points down."""
    half = extent_of(load).z
    place = at + 1.0 - half - 0.002 if at < 0 else at - 1.0 + half + 0.002
    body = link.add_body(
        name=stage.name(f"{name}_{load.noun}"), pos=[place, 0, 0], quat=[math.sqrt(0.5), 0, math.sqrt(0.5), 0]
    )
    add_shape(stage, body, load, 0, str(body.name), 1.0)


def add_flagpole(stage: Stage, placed: Placed, name: str, points: list[str]) -> None:
    """A pole at one edge of the flag, which is fixed along it."""
    d = dims_of(placed.thing)
    stand = frame(stage, placed, stage.name(f"{name}_pole"))
    x, top = -d["length"] / 2, FLAG_M + d["width"] + 0.06
    stage.geom(stand, "cylinder", (0.1, 0.015), name=f"{name}_foot", material=stage.house("dark"), pos=(x, 0, 0.015))
    stage.geom(
        stand, "capsule", (0.014,), name=f"{name}_pole", material=stage.house("steel"), fromto=(x, 0, 0.02, x, 0, top),
    )  # fmt: skip
    near = x + 0.01
    for point in points:
        one = stage.spec.body(point)
        if one is not None and one.pos[0] < near:
            for joint in list(one.joints):
                stage.spec.delete(joint)


def catch_wind(stage: Stage, points: list[str], across: float) -> None:
    """Let moving air and water push a cloth: its points have no extent, so each is given that of the piece around it, m."""
    for point in points:
        one = stage.spec.body(point)
        if one is None or not one.joints:
            continue
        mass = float(one.mass) if one.mass else sum(float(geom.mass) for geom in one.geoms)
        if mass > 0:
            one.mass, one.explicitinertial = mass, True
            one.inertia = [mass * across**2 / 6] * 3
