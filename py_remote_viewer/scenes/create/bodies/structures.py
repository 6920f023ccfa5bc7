"""Things that stand fixed and have a shape of their own: bookshelves, goals, hoops, funnels, mazes, peg boards.

Child process only: imports mujoco.
"""

from __future__ import annotations

import math
import random
from typing import Any

from py_remote_viewer.scenes.create.bodies.stage import Stage
from py_remote_viewer.scenes.create.things.description import Thing
from py_remote_viewer.scenes.create.things.footprints import parts_of
from py_remote_viewer.scenes.create.things.sizes import axis_quat, dims_of, times

_MAZE_WALL_M = 0.012
_MAZE_SEED = 7


def add_bookshelf(stage: Stage, body: Any, thing: Thing, index: int, name: str) -> None:
    """Two sides, a back, and `n` boards above the bottom one."""
    d, look, surface = dims_of(thing), stage.look(thing, index, "plank"), stage.surface(thing)
    x, y, height, n = d["length"] / 2, d["width"] / 2, d["height"], parts_of(thing)
    wall = 0.012
    for side, sx in (("left", -1), ("right", 1)):
        stage.geom(
            body, "box", (wall, y, height / 2), name=f"{name}_{side}", material=look,
            pos=(sx * (x - wall), 0, height / 2), surface=surface,
        )  # fmt: skip
    stage.geom(
        body, "box", (x, wall / 2, height / 2), name=f"{name}_back", material=look, pos=(0, y - wall / 2, height / 2),
        surface=surface,
    )  # fmt: skip
    for board in range(n + 1):
        stage.geom(
            body, "box", (x - 2 * wall, y, wall), name=name if board == 0 else f"{name}_board_{board}", material=look,
            pos=(0, 0, wall + board * (height - 2 * wall) / n), surface=surface,
        )  # fmt: skip


def add_goal(stage: Stage, body: Any, thing: Thing, index: int, name: str) -> None:
    """Two posts, a crossbar, and a net of thin bars behind; it opens to the left."""
    d, look, surface = dims_of(thing), stage.look(thing, index, "light"), stage.surface(thing)
    half, height, deep, bar = d["width"] / 2, d["height"], 0.45 * d["height"], 0.025
    front = -deep / 2
    rods = [
        ("left_post", (front, -half, 0, front, -half, height)),
        ("right_post", (front, half, 0, front, half, height)),
        ("crossbar", (front, -half, height, front, half, height)),
    ]
    for part, ends in rods:
        stage.geom(
            body, "capsule", (bar,), name=f"{name}_{part}", material=look, fromto=ends, surface=surface
        )  # fmt: skip
    net = stage.material("net", (0.85, 0.88, 0.92), alpha=0.25)
    for part, half_sizes, pos in (
        ("back", (0.004, half, height / 2), (-front, 0.0, height / 2)),
        ("roof", (deep / 2, half, 0.004), (0.0, 0.0, height)),
        ("near", (deep / 2, 0.004, height / 2), (0.0, -half, height / 2)),
        ("far", (deep / 2, 0.004, height / 2), (0.0, half, height / 2)),
    ):
        stage.geom(body, "box", half_sizes, name=f"{name}_{part}", material=net, pos=pos, surface=surface)


def add_hoop(stage: Stage, body: Any, thing: Thing, index: int, name: str) -> None:
    """A pole, a backboard and a ring that a ball fits through, open to the left."""
    d, look, surface = dims_of(thing), stage.look(thing, index, "orange"), stage.surface(thing)
    height, ring, tube = d["height"], d["radius"], 0.012
    dark, light = stage.house("dark"), stage.house("light")
    stage.geom(
        body, "cylinder", (0.04, height / 2 + 0.1), name=f"{name}_pole", material=dark,
        pos=(ring + 0.3, 0, height / 2 + 0.1), surface=surface,
    )  # fmt: skip
    stage.geom(
        body, "box", (0.015, 2.2 * ring, 1.5 * ring), name=f"{name}_backboard", material=light,
        pos=(ring + 0.15, 0, height + 1.0 * ring), surface=surface,
    )  # fmt: skip
    stage.geom(
        body, "box", (0.08, 0.03, 0.02), name=f"{name}_arm", material=dark, pos=(ring + 0.07, 0, height)
    )  # fmt: skip
    for step in range(20):
        a, b = 2 * math.pi * step / 20, 2 * math.pi * (step + 1) / 20
        ends = (ring * math.cos(a), ring * math.sin(a), height, ring * math.cos(b), ring * math.sin(b), height)
        part = name if step == 0 else f"{name}_rim_{step + 1}"
        stage.geom(body, "capsule", (tube,), name=part, material=look, fromto=ends, surface=surface)


def add_funnel(stage: Stage, body: Any, thing: Thing, index: int, name: str) -> None:
    """Twelve slanted plates above three legs, a hole in the middle."""
    d, look, surface = dims_of(thing), stage.look(thing, index, "light"), stage.surface(thing)
    wide, height, low = d["radius"], d["height"], 0.45 * d["height"]
    hole, count = 0.16 * wide, 12
    slope = math.atan2(height - low, wide - hole)
    reach = math.hypot(height - low, wide - hole) / 2
    for number in range(count):
        angle = 360.0 * number / count
        c, s = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        middle = (wide + hole) / 2
        stage.geom(
            body, "box", (reach, wide * math.tan(math.pi / count) + 0.004, 0.006),
            name=name if number == 0 else f"{name}_plate_{number + 1}", material=look,
            pos=(middle * c, middle * s, (height + low) / 2),
            quat=times(axis_quat("z", angle), axis_quat("y", -math.degrees(slope))), surface=surface,
        )  # fmt: skip
    for leg in range(3):
        angle = 2 * math.pi * (leg + 0.25) / 3
        stage.geom(
            body, "capsule", (0.012,), name=f"{name}_leg_{leg + 1}", material=stage.house("dark"),
            fromto=(0.9 * wide * math.cos(angle), 0.9 * wide * math.sin(angle), 0,
                    0.8 * wide * math.cos(angle), 0.8 * wide * math.sin(angle), 0.8 * height),
            surface=surface,
        )  # fmt: skip


def add_maze(stage: Stage, body: Any, thing: Thing, index: int, name: str) -> None:
    """Walls on a square grid of `n` by `n` cells with one way from any to any other, two doors in the rim."""
    d, look, surface = dims_of(thing), stage.look(thing, index, "plank"), stage.surface(thing)
    n, side, height = parts_of(thing), d["length"], d["height"]
    cell, thin = side / n, _MAZE_WALL_M
    for number, (a, b) in enumerate(sorted(_maze_walls(n))):
        (x1, y1), (x2, y2) = a, b
        x, y = ((x1 + x2) / 2 - n / 2) * cell, ((y1 + y2) / 2 - n / 2) * cell
        half = (cell / 2 + thin, thin, height / 2) if y1 == y2 else (thin, cell / 2 + thin, height / 2)
        part = name if number == 0 else f"{name}_wall_{number + 1}"
        stage.geom(body, "box", half, name=part, material=look, pos=(x, y, height / 2), surface=surface)


def add_wall_maze(stage: Stage, body: Any, thing: Thing, index: int, name: str) -> None:
    """`n` walls inside a rim, each open at the other side than the one before: one way to and fro, a door at its ends."""
    d, look, surface = dims_of(thing), stage.look(thing, index, "plank"), stage.surface(thing)
    n, half, high, thin = parts_of(thing), d["length"] / 2, d["height"] / 2, _MAZE_WALL_M
    lane = 2 * half / (n + 1)
    out = 1 if n % 2 == 0 else -1  # at which side the last lane ends
    rim = {-1: [lane / 2], 1: [0.0]}
    rim[out] = [rim[out][0] - lane / 2]
    shorter = {side: lane * ((side == -1) + (side == out)) / 2 for side in (-1, 1)}
    walls = [((half + thin, thin), (0.0, side * half)) for side in (-1, 1)]
    walls += [((thin, half - shorter[side]), (side * half, rim[side][0])) for side in (-1, 1)]
    for number in range(n):
        side = -1 if number % 2 == 0 else 1
        walls.append((((2 * half - lane) / 2, thin), (side * lane / 2, -half + lane * (number + 1))))
    for number, ((hx, hy), (x, y)) in enumerate(walls):
        part = name if number == 0 else f"{name}_wall_{number + 1}"
        stage.geom(body, "box", (hx, hy, high), name=part, material=look, pos=(x, y, high), surface=surface)


def _maze_walls(n: int) -> set[tuple[tuple[int, int], tuple[int, int]]]:
    """Grid edges that stay after a walk through all cells (depth first, the same every time)."""
    walls = {((x, y), (x + 1, y)) for x in range(n) for y in range(n + 1)}
    walls |= {((x, y), (x, y + 1)) for x in range(n + 1) for y in range(n)}
    rng, seen, path = random.Random(_MAZE_SEED + n), {(0, 0)}, [(0, 0)]
    while path:
        x, y = path[-1]
        ways = [(dx, dy) for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)) if (x + dx, y + dy) not in seen]
        ways = [(dx, dy) for dx, dy in ways if 0 <= x + dx < n and 0 <= y + dy < n]
        if not ways:
            path.pop()
            continue
        dx, dy = rng.choice(ways)
        if dx:
            walls.discard(((max(x, x + dx), y), (max(x, x + dx), y + 1)))
        else:
            walls.discard(((x, max(y, y + dy)), (x + 1, max(y, y + dy))))
        seen.add((x + dx, y + dy))
        path.append((x + dx, y + dy))
    walls.discard(((0, 0), (0, 1)))
    walls.discard(((n, n - 1), (n, n)))
    return walls


def add_peg_board(stage: Stage, body: Any, thing: Thing, index: int, name: str) -> None:
    """Galton's board: a funnel above `n` rows of pegs above as many bins, behind glass."""
    d, look, surface = dims_of(thing), stage.look(thing, index, "plank"), stage.surface(thing)
    n, half, height, deep = parts_of(thing), d["length"] / 2, d["height"], 0.018
    pitch = 2 * half / (n + 2)
    stage.geom(
        body, "box", (half, 0.008, height / 2), name=name, material=look, pos=(0, deep + 0.008, height / 2),
        surface=surface,
    )  # fmt: skip
    glass = stage.material("pane", (0.8, 0.9, 0.95), alpha=0.12)
    stage.geom(
        body, "box", (half, 0.004, height / 2), name=f"{name}_pane", material=glass,
        pos=(0, -deep - 0.004, height / 2), surface=surface,
    )  # fmt: skip
    bins, first = 0.3 * height, 0.34 * height
    step = (0.42 * height) / n
    peg, light = stage.house("orange"), stage.house("light")
    for row in range(n):
        for column in range(n + 2 - (row % 2 == 0)):
            x = (column - (n + 1 - (row % 2 == 0)) / 2) * pitch
            stage.geom(
                body, "cylinder", (0.006,), name=f"{name}_peg_{row + 1}_{column + 1}", material=peg,
                fromto=(x, -deep, first + row * step, x, deep, first + row * step), surface=surface,
            )  # fmt: skip
    for wall in range(n + 3):
        x = (wall - (n + 2) / 2) * pitch
        tall = height if wall in (0, n + 2) else bins
        stage.geom(
            body, "box", (0.004, deep, tall / 2), name=f"{name}_bin_{wall + 1}", material=light, pos=(x, 0, tall / 2),
            surface=surface,
        )  # fmt: skip
    for side, sx in (("left", -1), ("right", 1)):
        stage.geom(
            body, "box", ((half - 0.03) / 2 / math.cos(0.38), deep, 0.004), name=f"{name}_chute_{side}", material=light,
            pos=(sx * (half + 0.03) / 2, 0, 0.9 * height), quat=axis_quat("y", -sx * math.degrees(0.38)), surface=surface,
        )  # fmt: skip
    stage.geom(
        body, "box", (half, deep, 0.02), name=f"{name}_bottom", material=look, pos=(0, 0, 0.02), surface=surface
    )  # fmt: skip
