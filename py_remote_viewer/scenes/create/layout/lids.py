"""Lids: as wide as what they lie on, and of its form; closed rooms: as high as one can stand in. Pure."""

from __future__ import annotations

from typing import Any

from py_remote_viewer.scenes.create.things.description import FLOOR, Scene, Thing
from py_remote_viewer.scenes.create.things.footprints import footprint, is_round_bin
from py_remote_viewer.scenes.create.things.sizes import dims_of
from py_remote_viewer.scenes.create.things.usual import usual_height

_OVERLAP_M = 0.006


def covering(scene: Scene) -> Scene:
    """`a bin with a lid on top`: a lid that nobody measured covers what it lies on."""
    for thing in scene.things:
        on = [t for r in thing.place if r.kind == "on" for t in r.targets if t != FLOOR and scene.has(t)]
        if thing.noun != "lid" or thing.dims or thing.total > 1 or not on:
            continue
        below = scene.thing(on[0])
        if below.kind == "bin" or (below.kind in ("box", "cylinder") and below.total == 1):
            kept = dict(below.dims) or dict(dims_of(below))  # a bin does not grow for its lid
            scene = scene.changed(thing.id, **_cover_of(below)).changed(below.id, dims=tuple(sorted(kept.items())))
    return scene


def _cover_of(below: Thing) -> dict[str, Any]:
    foot = footprint(below)
    x, y = foot.x + _OVERLAP_M, foot.y + _OVERLAP_M
    if is_round_bin(below) or below.kind == "cylinder":
        return {"kind": "disc", "dims": (("radius", x), ("thickness", 0.02))}
    return {"kind": "plate", "dims": (("length", 2 * x), ("thickness", 0.02), ("width", 2 * y))}


def headroom(scene: Scene) -> Scene:
    """A closed room is as high as one can stand in, where nobody said how high."""
    for thing in scene.things:
        if thing.kind == "bin" and thing.closed and thing.noun in ("room", "chamber") and usual_height(thing):
            dims = dims_of(thing)
            said = dict(thing.dims) | {"height": min(2.5, max(dims["length"], dims["width"]))}
            scene = scene.changed(thing.id, dims=tuple(sorted(said.items())))
    return scene
