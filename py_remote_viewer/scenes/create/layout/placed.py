"""One element where it starts, and the space that it takes. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace

from py_remote_viewer.scenes.create.things.description import Thing
from py_remote_viewer.scenes.create.things.elements import shift_at
from py_remote_viewer.scenes.create.things.footprints import Footprint
from py_remote_viewer.scenes.create.things.sizes import Vec

_NUDGE_M, _NUDGES = 0.05, 120


@dataclass(frozen=True, slots=True)
class Placed:
    """One element: its base (the middle of its underside), its turn about z, its footprint; `velocity` at the start."""

    thing: Thing
    index: int
    base: Vec
    yaw_deg: float
    foot: Footprint
    quat: tuple[float, float, float, float] = (1.0, 0.0, 0.0, 0.0)
    velocity: Vec = (0.0, 0.0, 0.0)
    spin: Vec = (0.0, 0.0, 0.0)
    swing: tuple[float, float] | None = (
        None  # of what swings at something: pivot above the floor, from there to its middle
    )
    supports: tuple[int, ...] = ()

    @property
    def top(self) -> float:
        """Height of its upper side."""
        return self.base[2] + self.foot.height


@dataclass(slots=True)
class Box:
    """Taken space, world axes."""

    owner: int
    x: float
    y: float
    z: float
    hx: float
    hy: float
    height: float

    def hits(self, other: Box, slack: float = 1e-6) -> bool:
        return (
            abs(self.x - other.x) < self.hx + other.hx - slack
            and abs(self.y - other.y) < self.hy + other.hy - slack
            and self.z < other.z + other.height - slack
            and other.z < self.z + self.height - slack
        )


def box_of(one: Placed) -> Box:
    """The space that it takes."""
    return Box(one.thing.id, one.base[0], one.base[1], one.base[2], one.foot.x, one.foot.y, one.foot.height)


def anchor(group: list[Placed]) -> tuple[float, float]:
    """What of a group stays where it is when elements come or go: the middle of a circle, else the first of them."""
    around = group if group[0].thing.arrange in ("circle", "spiral") else group[:1]
    own = [_own_shift(one) for one in around]
    x = sum(one.base[0] - aside[0] for one, aside in zip(around, own, strict=True))
    y = sum(one.base[1] - aside[1] for one, aside in zip(around, own, strict=True))
    return x / len(around), y / len(around)


def _own_shift(one: Placed) -> tuple[float, float]:
    """How far it was moved away from its place in the group."""
    x, y, _ = shift_at(one.thing, one.index)
    return x - one.thing.shift[0], y - one.thing.shift[1]


def free_place(boxes: list[Box], taken: list[Box], dx: float, dy: float) -> tuple[float, float]:
    """The nearest to (dx, dy) along x where `boxes`, moved by it, hit nothing that is taken."""
    for step in range(_NUDGES):
        for aside in (step * _NUDGE_M, -step * _NUDGE_M) if step else (0.0,):
            moved = [replace(box, x=box.x + dx + aside, y=box.y + dy) for box in boxes]
            if not any(box.hits(other) for box in moved for other in taken):
                return dx + aside, dy
    return dx, dy
