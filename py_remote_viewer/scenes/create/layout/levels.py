"""One on each level: on the boards of a shelf, on the steps of stairs. Pure."""

from __future__ import annotations

import math
from dataclasses import replace

from py_remote_viewer.errors import SceneInvalid
from py_remote_viewer.scenes.create.layout.arrange import GAP
from py_remote_viewer.scenes.create.layout.placed import Placed
from py_remote_viewer.scenes.create.things.description import Thing
from py_remote_viewer.scenes.create.things.footprints import Footprint, parts_of, stair_sizes
from py_remote_viewer.scenes.create.things.sizes import dims_of

LEVELLED = ("bookshelf", "stairs")
_BOARD_M = 0.024  # how thick the boards of a shelf are


def on_levels(thing: Thing, foot: Footprint, target: Placed, nth: int = 1) -> list[Placed]:
    """As many of `thing` on every `nth` level of `target` as there are for each, from the lowest up.

    Raises:
        SceneInvalid: the levels are too near each other, or too small.
    """
    levels = parts_of(target.thing)
    used = max(1, levels // nth)
    share = max(1, thing.total // used)
    found = []
    for index in range(thing.total):
        level, number = nth * (min(index // share, used - 1) + 1) - 1, index % share
        x, z, room, high = _level(target, level)
        if foot.x * share > room or foot.height > high:
            raise SceneInvalid(
                f"a {thing.noun.replace('_', ' ')} does not fit on a level of the {target.thing.noun}",
                hint="Make it smaller, or say how large the other is.",
            )
        aside = (number - (share - 1) / 2) * (2 * foot.x + 0.02)
        turn = math.radians(target.thing.yaw_deg + target.yaw_deg)
        along, across = (x + aside) * math.cos(turn), (x + aside) * math.sin(turn)
        base = (target.base[0] + along, target.base[1] + across, target.base[2] + z + GAP)
        found.append(Placed(thing, index, base, 0.0, foot, supports=(target.thing.id,)))
    return found


def _level(target: Placed, level: int) -> tuple[float, float, float, float]:
    """Where a level is along x, its height, half its width, and the room above it; m."""
    thing, count = target.thing, parts_of(target.thing)
    if thing.kind == "stairs":
        rise, run = stair_sizes(thing)
        return (count - 1) / 2 * run - level * run, rise * (level + 1), run / 2, 10.0
    d = dims_of(thing)
    pitch = (d["height"] - _BOARD_M) / count
    return 0.0, _BOARD_M + level * pitch, d["length"] / 2 - _BOARD_M, pitch - _BOARD_M


def fitting(stairs: Thing, thing_x: float) -> Thing:
    """`stairs` with steps so deep that what stands on each has room, where nobody said how long they are."""
    _, run = stair_sizes(stairs)
    if stairs.dim("length") is not None or run >= 2 * thing_x + 0.01:
        return stairs
    return replace(
        stairs, dims=tuple(sorted((dict(stairs.dims) | {"length": parts_of(stairs) * (2 * thing_x + 0.02)}).items()))
    )
