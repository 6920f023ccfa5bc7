"""How many of a thing fill a bin, and how large a bin is that so many of them fill. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.things.description import FLOOR, Scene, Thing
from py_remote_viewer.scenes.create.things.footprints import Footprint, footprint, is_round_bin
from py_remote_viewer.scenes.create.things.sizes import dims_of
from py_remote_viewer.scenes.create.things.usual import sized_by_name

_FEWEST, _MOST = 24, 60  # of what fills a bin whose size nobody said: enough to look full, few enough to be simulated
_CROWDED = 120  # the most where the bin's own size was said
_RIM_M = 0.02


def layer_of(vessel: Thing, inner: Footprint, one: Footprint, count: int) -> list[tuple[float, float]]:
    """Middles of one layer of at most `count` in the hole of `vessel`, from its middle, m; at least one."""
    assert inner.hole is not None
    pitch_x, pitch_y = 2 * one.x * 1.06 + 0.004, 2 * one.y * 1.06 + 0.004
    if is_round_bin(vessel) and count > 4:
        radius = min(inner.x, inner.y) - _RIM_M - math.hypot(one.x, one.y) * (1 if vessel.kind != "bin" else 0.8)
        reach = range(-int(radius / min(pitch_x, pitch_y)) - 1, int(radius / min(pitch_x, pitch_y)) + 2)
        disc = [(i * pitch_x, j * pitch_y) for j in reach for i in reach]
        disc = sorted((at for at in disc if math.hypot(*at) <= radius), key=lambda at: round(math.hypot(*at), 6))
        if disc:
            return disc[:count]
    columns = int((2 * inner.hole[0] + 0.004 - 2 * one.x) / pitch_x) + 1
    rows = int((2 * inner.hole[1] + 0.004 - 2 * one.y) / pitch_y) + 1
    here = min(count, columns * rows)
    deep = min(rows, math.ceil(here / columns))
    found = []
    for index in range(here):
        row, column = divmod(index, columns)
        wide = min(columns, here - row * columns)
        found.append(((column - (wide - 1) / 2) * pitch_x, (row - (deep - 1) / 2) * pitch_y))
    return found


def capacity(vessel: Thing, thing: Thing) -> int:
    """How many of `thing` lie in `vessel` up to its rim."""
    inner, one = footprint(vessel), footprint(thing)
    if inner.hole is None or one.x > inner.hole[0] or one.y > inner.hole[1]:
        return 0
    high = (inner.height - inner.hole_at[2]) / (one.height + 0.004)
    layers = int(high - 0.1) if vessel.closed else round(high)
    return layers * len(layer_of(vessel, inner, one, 10_000))


def filled(scene: Scene, counted: frozenset[int], old: frozenset[int]) -> Scene:
    """As many as fill what is full, where nobody said how many.

    Args:
        counted: ids of things whose number was said.
        old: ids of what was there before a follow-up, and stays as it is.
    """
    for thing, vessel, share in _full_ones(scene):
        if thing.id in old or thing.id in counted:
            continue
        if vessel.id not in old and not _measured(vessel):
            vessel = _sized(vessel, thing, math.ceil(_FEWEST / share), math.ceil(_MOST / share))
        count = round(share * capacity(vessel, thing))
        scene = scene.changed(thing.id, count=max(1, min(_CROWDED, count)))
    return scene


def brimmed(scene: Scene) -> Scene:
    """What is full is as large as so many of them fill, where nobody said how large it is."""
    for thing, vessel, share in _full_ones(scene):
        if not _measured(vessel):
            vessel = _sized(vessel, thing, math.ceil(thing.total / share), math.ceil(1.3 * thing.total / share))
            scene = scene.changed(vessel.id, dims=vessel.dims)
    for thing in scene.things:
        for place in thing.place:
            if place.kind == "inside" and not place.each and place.targets[0] != FLOOR and scene.has(place.targets[0]):
                scene = _shut_over(scene, thing, scene.thing(place.targets[0]))
    return scene


def _shut_over(scene: Scene, thing: Thing, vessel: Thing) -> Scene:
    """What is closed is large enough for all that is in it, where nobody said how large it is."""
    if vessel.kind != "bin" or not vessel.closed or _measured(vessel) or KINDS[thing.kind].sort != "solid":
        return scene
    dims = dims_of(vessel)
    for _ in range(60):
        if capacity(vessel, thing) >= thing.total:
            break
        dims = {name: 1.05 * value for name, value in dims.items()}
        vessel = replace(vessel, dims=tuple(sorted(dims.items())))
    return scene.changed(vessel.id, dims=vessel.dims)


def _full_ones(scene: Scene) -> Iterator[tuple[Thing, Thing, float]]:
    """What fills something, what it fills, and to which share."""
    for thing in scene.things:
        for place in thing.place:
            if place.full and place.targets[0] != FLOOR and scene.has(place.targets[0]):
                vessel = scene.thing(place.targets[0])
                if vessel.kind == "bin":
                    yield thing, vessel, place.full


def _measured(vessel: Thing) -> bool:
    """Whether somebody said how wide it is."""
    return bool(vessel.scales) or not sized_by_name(vessel)


def _sized(vessel: Thing, thing: Thing, least: int, most: int) -> Thing:
    """`vessel` in the size nearest to its usual one in which from `least` to `most` of `thing` fill it."""
    usual = dims_of(vessel)
    for step in range(80):
        for factor in (1.04**step, 1.04**-step):
            dims = tuple(sorted((name, value * factor) for name, value in usual.items()))
            other = replace(vessel, dims=dims)
            if least <= capacity(other, thing) <= most:
                return other
    return vessel
