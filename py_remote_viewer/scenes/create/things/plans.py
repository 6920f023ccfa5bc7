"""Walls seen from above: corridors as rows of square cells, walls that turn, and what is cut out of a wall. Pure."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

Cell = tuple[int, int]
Segment = tuple[float, float, float, float]  # x, y of both ends

# Cells of a corridor that turns, each as wide as it; the first is where one enters.
CELLS: dict[str, tuple[Cell, ...]] = {
    "ell": ((0, 2), (0, 1), (0, 0), (1, 0), (2, 0)),
    "channel": ((0, 0), (0, 1), (0, 2), (1, 2), (2, 2), (2, 1), (2, 0)),
    "tee": ((0, 2), (1, 2), (2, 2), (1, 1), (1, 0)),
    "cross": ((0, 1), (1, 1), (2, 1), (1, 0), (1, 2)),
    "zigzag": ((0, 0), (1, 0), (1, 1), (2, 1), (2, 2), (3, 2)),
}
# A wall that turns, as points in a square from -1 to 1; several lines where it forks.
LINES: dict[str, tuple[tuple[tuple[float, float], ...], ...]] = {
    "ell": (((-1, 1), (-1, -1), (1, -1)),),
    "channel": (((-1, -1), (-1, 1), (1, 1), (1, -1)),),
    "tee": (((-1, 1), (1, 1)), ((0, 1), (0, -1))),
    "cross": (((-1, 0), (1, 0)), ((0, 1), (0, -1))),
    "aitch": (((-1, 1), (-1, -1)), ((1, 1), (1, -1)), ((-1, 0), (1, 0))),
    "zigzag": (((-1, -0.25), (-0.5, 0.25), (0, -0.25), (0.5, 0.25), (1, -0.25)),),
}
PLANS = tuple(dict.fromkeys((*CELLS, *LINES)))
DOOR_M, DOOR_HEIGHT_M = 0.8, 2.0


@dataclass(frozen=True, slots=True)
class Opening:
    """A hole in a wall: a `door` from the ground up, or a `window`. `side` of a room; `width` in m, where it was said."""

    sort: str
    side: str = ""
    width: float | None = None


def middles(plan: str, side: float) -> list[tuple[float, float]]:
    """The middle of every cell of a corridor, around the middle of all, m."""
    cells = CELLS[plan]
    x0, y0 = (max(c[axis] for c in cells) / 2 for axis in (0, 1))
    return [((x - x0) * side, (y - y0) * side) for x, y in cells]


def outline(plan: str, side: float) -> list[Segment]:
    """The walls of a corridor: every edge of a cell with no other behind it, but for the open ends."""
    cells = set(CELLS[plan])
    x0, y0 = (max(c[axis] for c in cells) / 2 for axis in (0, 1))
    found: list[Segment] = []
    for x, y in CELLS[plan]:
        around = [(x + dx, y + dy) in cells for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1))]
        for at, (dx, dy) in enumerate(((1, 0), (-1, 0), (0, 1), (0, -1))):
            leads_on = around[at ^ 1] and sum(around) == 1  # straight ahead at an end
            if around[at] or leads_on:
                continue
            mx, my = (x - x0 + dx / 2) * side, (y - y0 + dy / 2) * side
            ax, ay = (0.0, side / 2) if dx else (side / 2, 0.0)
            found.append((mx - ax, my - ay, mx + ax, my + ay))
    return found


def bent(plan: str, half_x: float, half_y: float) -> list[Segment]:
    """The pieces of a wall that turns, within these half sizes."""
    return [
        (a[0] * half_x, a[1] * half_y, b[0] * half_x, b[1] * half_y)
        for line in LINES[plan]
        for a, b in itertools.pairwise(line)
    ]


def pierced(length: float, height: float, holes: list[Opening]) -> list[tuple[float, float, float, float]]:
    """What is left of a wall: rectangles `(from, to, low, high)` along it, around its middle, m."""
    if not holes:
        return [(-length / 2, length / 2, 0.0, height)]
    share = length / len(holes)
    found: list[tuple[float, float, float, float]] = []
    for number, hole in enumerate(holes):
        left = -length / 2 + number * share
        half = min(hole.width or min(DOOR_M, 0.5 * share), 0.9 * share) / 2
        middle, right = left + share / 2, left + share
        low = 0.4 * height if hole.sort == "window" else 0.0
        high = 0.85 * height if hole.sort == "window" else min(height, DOOR_HEIGHT_M)
        found += [(left, middle - half, 0.0, height), (middle + half, right, 0.0, height)]
        found += [(middle - half, middle + half, 0.0, low)] if low > 0 else []
        found += [(middle - half, middle + half, high, height)] if high < height - 0.02 else []
    return found
