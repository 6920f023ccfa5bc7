"""What stands fixed: tables, ramps, walls, stairs, bins, platforms, pillars. Child process only: imports mujoco."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

from py_remote_viewer.scenes.create.bodies.enclosures import add_arch, add_bent_wall, add_corridor, add_side
from py_remote_viewer.scenes.create.bodies.faces import add_faces
from py_remote_viewer.scenes.create.bodies.flights import add_stairs
from py_remote_viewer.scenes.create.bodies.markers import add_board, add_marker, add_zone
from py_remote_viewer.scenes.create.bodies.stage import Stage
from py_remote_viewer.scenes.create.bodies.structures import (
    add_bookshelf,
    add_funnel,
    add_goal,
    add_hoop,
    add_maze,
    add_peg_board,
    add_wall_maze,
)
from py_remote_viewer.scenes.create.layout.placed import Placed
from py_remote_viewer.scenes.create.lexicon.materials import MATERIALS
from py_remote_viewer.scenes.create.things.description import PLAIN_LEGS, Thing
from py_remote_viewer.scenes.create.things.footprints import FENCES, is_round_bin, parts_of
from py_remote_viewer.scenes.create.things.sizes import axis_quat, dims_of, ramp_angle_deg

WALL_M = 0.012  # of a bin
_STAVES = 20  # of a round bin
_SUNK_M = 0.06  # of its bottom, below the floor that it stands on


def add_furniture(stage: Stage, placed: Placed, name: str) -> str:
    """Fixed geoms on one body of that name; its origin is in the middle of its base."""
    body = stage.spec.worldbody.add_body(name=name, pos=list(placed.base), quat=list(placed.quat))
    {
        "table": _table,
        "ramp": _ramp,
        "wall": _wall,
        "bent_wall": add_bent_wall,
        "corridor": add_corridor,
        "arch": add_arch,
        "stairs": add_stairs,
        "bin": _bin,
        "socket": _socket,
        "platform": _platform,
        "pillar": _pillar,
        "marker": add_marker,
        "zone": add_zone,
        "board": add_board,
        "bookshelf": add_bookshelf,
        "goal": add_goal,
        "hoop": add_hoop,
        "funnel": add_funnel,
        "maze": add_maze,
        "wall_maze": add_wall_maze,
        "peg_board": add_peg_board,
    }[placed.thing.kind](stage, body, placed.thing, placed.index, name)
    if placed.thing.mass is not None:  # nothing moves it, but it is what was said
        for geom in body.geoms:
            geom.mass = placed.thing.mass / len(body.geoms)
    return name


def _table(stage: Stage, body: Any, thing: Thing, index: int, name: str) -> None:
    d, look, surface = dims_of(thing), stage.look(thing, index, "plank"), stage.surface(thing)
    x, y, height = d["length"] / 2, d["width"] / 2, d["height"]
    thick = min(0.025, height / 6)
    slab = ("cylinder", (x, thick)) if thing.round else ("box", (x, y, thick))
    stage.geom(body, *slab, name=name, material=look, pos=(0, 0, height - thick), surface=surface)
    legs = parts_of(thing)
    leg = min(0.03, x / 6, y / 6)
    half = (height - 2 * thick) / 2
    legs_look = look if thing.colours or thing.material else stage.house("dark")
    if thing.legs == PLAIN_LEGS:
        legs_look = stage.house("dark")
    elif thing.legs:
        own = {"material": thing.legs, "colours": ()} if thing.legs in MATERIALS else {"colours": (thing.legs,)}
        legs_look = stage.look(replace(thing, **own), index)
    for number in range(legs):
        angle = 2 * math.pi * (number + 0.5) / legs
        lx, ly = math.cos(angle), math.sin(angle)
        stretch = 1 / max(abs(lx), abs(ly)) if legs == 4 and not thing.round else 0.8 if thing.round else 1.0
        stage.geom(
            body,
            "box",
            (leg, leg, half),
            name=f"{name}_leg_{number + 1}",
            material=legs_look,
            pos=((x - 1.5 * leg) * lx * stretch, (y - 1.5 * leg) * ly * stretch, half),
            surface=surface,
        )
    if thing.noun.endswith("chair"):
        back = (x, thick, min(0.25, 0.6 * height))
        at = (0, y - thick, height + back[2])
        stage.geom(body, "box", back, name=f"{name}_back", material=look, pos=at, surface=surface)


def _ramp(stage: Stage, body: Any, thing: Thing, index: int, name: str) -> None:
    """A slab that falls towards +x, on two supports."""
    d, look, surface = dims_of(thing), stage.look(thing, index, "plank"), stage.surface(thing)
    angle = math.radians(ramp_angle_deg(thing))
    length, width, half = d["length"], d["width"], 0.015
    middle = (-half * math.sin(angle), 0.0, length / 2 * math.sin(angle) + 0.03 - half * math.cos(angle))
    stage.geom(
        body,
        "box",
        (length / 2, width / 2, half),
        name=name,
        material=look,
        pos=middle,
        quat=axis_quat("y", math.degrees(angle)),
        surface=surface,
    )
    under = (
        length * math.sin(angle) + 0.03 - 0.07 * math.tan(angle) - 2 * half / math.cos(angle)
    )  # of the slab, at the post
    post = under / 2
    if post > 0.02:
        stage.geom(
            body,
            "box",
            (0.02, width / 2 - 0.01, post),
            name=f"{name}_support",
            material=stage.house("dark"),
            pos=(-length / 2 * math.cos(angle) + 0.05, 0, post),
            surface=surface,
        )


def _wall(stage: Stage, body: Any, thing: Thing, index: int, name: str) -> None:
    d = dims_of(thing)
    size = (d["length"], d["thickness"], d["height"])
    look, surface = stage.look(thing, index, "plank"), stage.surface(thing)
    add_side(stage, body, size, list(thing.openings), (0.0, 0.0, 0.0), look, surface, name)


def _bin(stage: Stage, body: Any, thing: Thing, index: int, name: str) -> None:
    seen = replace(thing, clear=thing.clear or thing.closed)  # what is in a closed one is to be seen all the same
    d, look, surface = dims_of(thing), stage.look(seen, index, "plank"), stage.surface(thing)
    x, y, height = d["length"] / 2, d["width"] / 2, d["height"]
    if is_round_bin(thing):
        _round_bin(stage, body, thing, index, name)
        return
    under = _SUNK_M if float(body.pos[2]) < 1e-6 else 0.0  # thick enough that nothing is pressed through it
    bottom = (WALL_M + under) / 2
    fenced = thing.noun in FENCES
    if not fenced:
        stage.geom(body, "box", (x, y, bottom), name=name, material=look, pos=(0, 0, WALL_M - bottom), surface=surface)
    for side, sx, sy in (("left", -1, 0), ("right", 1, 0), ("back", 0, 1), ("front", 0, -1)):
        at = (sx * (x - WALL_M / 2), sy * (y - WALL_M / 2), 90.0 if sx else 0.0)
        holes = [one for one in thing.openings if one.side == side]
        part = name if fenced and side == "front" else f"{name}_{side}"
        add_side(stage, body, (2 * y if sx else 2 * x, WALL_M, height), holes, at, look, surface, part)
    if thing.closed:
        half, pos = (x, y, WALL_M / 2), (0, 0, height + WALL_M / 2)
        stage.geom(body, "box", half, name=f"{name}_ceiling", material=look, pos=pos, surface=surface)


def _socket(stage: Stage, body: Any, thing: Thing, index: int, name: str) -> None:
    """A block with a square hole from above, as deep as the block is high but for its bottom."""
    d, look, surface = dims_of(thing), stage.look(thing, index, "plank"), stage.surface(thing)
    x, y, height, hole = d["length"] / 2, d["width"] / 2, d["height"], d["radius"]
    stage.geom(body, "box", (x, y, 0.005), name=name, material=look, pos=(0, 0, 0.005), surface=surface)
    for side, sx, sy in (("left", -1, 0), ("right", 1, 0), ("back", 0, 1), ("front", 0, -1)):
        wide = ((x - hole) / 2, y) if sx else (hole, (y - hole) / 2)
        pos = (sx * (x + hole) / 2, sy * (y + hole) / 2, height / 2)
        stage.geom(body, "box", (*wide, height / 2), name=f"{name}_{side}", material=look, pos=pos, surface=surface)


def _round_bin(stage: Stage, body: Any, thing: Thing, index: int, name: str) -> None:
    """A disc with staves around it."""
    seen = replace(thing, clear=thing.clear or thing.closed)
    d, look, surface = dims_of(thing), stage.look(seen, index, "plank"), stage.surface(thing)
    radius, height = min(d["length"], d["width"]) / 2, d["height"]
    under = _SUNK_M if float(body.pos[2]) < 1e-6 else 0.0
    bottom = (WALL_M + under) / 2
    pos, fenced = (0, 0, WALL_M - bottom), thing.noun in FENCES
    if not fenced:
        stage.geom(body, "cylinder", (radius, bottom), name=name, material=look, pos=pos, surface=surface)
    half = (WALL_M / 2, radius * math.tan(math.pi / _STAVES) + 0.002, height / 2)
    if thing.closed:
        pos = (0, 0, height + WALL_M / 2)
        stage.geom(body, "cylinder", (radius, WALL_M / 2), name=f"{name}_lid", material=look, pos=pos, surface=surface)
    for stave in range(_STAVES):
        angle = 2 * math.pi * stave / _STAVES
        middle = radius - WALL_M / 2
        stage.geom(
            body,
            "box",
            half,
            name=name if fenced and stave == 0 else f"{name}_stave_{stave + 1}",
            material=look,
            pos=(middle * math.cos(angle), middle * math.sin(angle), height / 2),
            quat=axis_quat("z", math.degrees(angle)),
            surface=surface,
        )


def _platform(stage: Stage, body: Any, thing: Thing, index: int, name: str) -> None:
    d = dims_of(thing)
    half = (d["length"] / 2, d["width"] / 2, d["height"] / 2)
    stage.geom(
        body,
        "cylinder" if thing.round else "box",
        (half[0], half[2]) if thing.round else half,
        name=name,
        material=stage.look(thing, index, "plank"),
        pos=(0, 0, half[2]),
        surface=stage.surface(thing),
    )
    add_faces(stage, body, thing, half, name, middle=half[2])


def _pillar(stage: Stage, body: Any, thing: Thing, index: int, name: str) -> None:
    d = dims_of(thing)
    stage.geom(
        body,
        "cylinder",
        (d["radius"], d["height"] / 2),
        name=name,
        material=stage.look(thing, index, "plank"),
        pos=(0, 0, d["height"] / 2),
        surface=stage.surface(thing),
    )
    add_faces(stage, body, thing, (d["radius"], d["radius"], d["height"] / 2), name, middle=d["height"] / 2)
