"""What walls make: corridors, tunnels, walls that turn, arches, rooms with doors. Child process only: imports mujoco."""

from __future__ import annotations

import math
from typing import Any

from py_remote_viewer.scenes.create.bodies.stage import Stage
from py_remote_viewer.scenes.create.things.description import Thing
from py_remote_viewer.scenes.create.things.plans import Opening, Segment, bent, middles, outline, pierced
from py_remote_viewer.scenes.create.things.sizes import axis_quat, dims_of

WALL_M = 0.03  # of a corridor


def add_corridor(stage: Stage, body: Any, thing: Thing, index: int, name: str) -> None:
    """Two walls, or those around a row of cells; open at the ends, with a ceiling where it is a tunnel."""
    d = dims_of(thing)
    look, surface = stage.look(thing, index, "plank"), stage.surface(thing)
    side = d["width"] + 2 * WALL_M
    if thing.plan:
        walls, roofs = outline(thing.plan, side), [(x, y, side / 2, side / 2) for x, y in middles(thing.plan, side)]
    else:
        x, y = d["length"] / 2, d["width"] / 2 + WALL_M / 2
        walls, roofs = [(-x, -y, x, -y), (-x, y, x, y)], [(0.0, 0.0, x, side / 2)]
    if thing.openings and not thing.plan:  # all in the wall behind
        x1, y1, x2, _ = walls.pop()
        at = ((x1 + x2) / 2, y1, 0.0)
        add_side(stage, body, (x2 - x1, WALL_M, d["height"]), list(thing.openings), at, look, surface, f"{name}_back")
    _walls(stage, body, walls, (d["height"], WALL_M), name, look, surface)
    for number, (x, y, half_x, half_y) in enumerate(roofs if thing.closed else ()):
        stage.geom(
            body, "box", (half_x, half_y, WALL_M / 2), name=f"{name}_ceiling_{number + 1}",
            material=stage.material("pane", (0.8, 0.9, 0.95), alpha=0.25), pos=(x, y, d["height"] + WALL_M / 2),
            surface=surface,
        )  # fmt: skip


def add_bent_wall(stage: Stage, body: Any, thing: Thing, index: int, name: str) -> None:
    """A wall that turns or forks, as its letter does."""
    d = dims_of(thing)
    pieces = bent(thing.plan, d["length"] / 2 - d["thickness"] / 2, d["width"] / 2 - d["thickness"] / 2)
    look, surface = stage.look(thing, index, "plank"), stage.surface(thing)
    _walls(stage, body, pieces, (d["height"], d["thickness"]), name, look, surface)


def _walls(
    stage: Stage, body: Any, pieces: list[Segment], size: tuple[float, float], name: str, look: str, surface: Any
) -> None:
    """A slab of this height and thickness along every piece, reaching half its thickness over both ends."""
    height, thick = size
    for number, (x1, y1, x2, y2) in enumerate(pieces):
        half = (math.hypot(x2 - x1, y2 - y1) / 2 + thick / 2, thick / 2, height / 2)
        stage.geom(
            body, "box", half, name=name if number == 0 else f"{name}_wall_{number + 1}", material=look,
            pos=((x1 + x2) / 2, (y1 + y2) / 2, height / 2),
            quat=axis_quat("z", math.degrees(math.atan2(y2 - y1, x2 - x1))), surface=surface,
        )  # fmt: skip


def add_arch(stage: Stage, body: Any, thing: Thing, index: int, name: str) -> None:
    """Two posts and what lies across them."""
    d, look, surface = dims_of(thing), stage.look(thing, index, "plank"), stage.surface(thing)
    thick = d["thickness"]
    x, post = d["length"] / 2 + thick / 2, (d["height"] - thick) / 2
    for side, sx in (("left", -1), ("right", 1)):
        stage.geom(
            body, "box", (thick / 2, thick / 2, post), name=f"{name}_{side}", material=look, pos=(sx * x, 0, post),
            surface=surface,
        )  # fmt: skip
    stage.geom(
        body, "box", (x + thick / 2, thick / 2, thick / 2), name=name, material=look,
        pos=(0, 0, d["height"] - thick / 2), surface=surface,
    )  # fmt: skip


def add_side(
    stage: Stage, body: Any, size: tuple[float, float, float], holes: list[Opening], at: tuple[float, float, float],
    look: str, surface: Any, name: str,
) -> None:  # fmt: skip
    """One side of a room, or a wall: `size` is length, thickness and height, `at` its middle and its turn in degrees."""
    length, thick, height = size
    x, y, turn = at
    c, s = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    for number, (left, right, low, high) in enumerate(pierced(length, height, holes)):
        along = (left + right) / 2
        stage.geom(
            body, "box", ((right - left) / 2, thick / 2, (high - low) / 2),
            name=name if number == 0 else f"{name}_part_{number + 1}", material=look,
            pos=(x + c * along, y + s * along, (low + high) / 2), quat=axis_quat("z", turn), surface=surface,
        )  # fmt: skip
