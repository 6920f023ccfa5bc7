"""How large what carries or holds others is, where nobody says: as large as all of that needs. Pure."""

from __future__ import annotations

import math
from dataclasses import replace

from py_remote_viewer.scenes.create.layout.arrange import offsets
from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.things.description import FLOOR, Scene, Thing
from py_remote_viewer.scenes.create.things.footprints import FENCES, footprint, is_round_bin
from py_remote_viewer.scenes.create.things.sizes import dims_of

_SIDE_BY_SIDE_M = 0.2

_WHEEL_OF_LENGTH = 0.13  # radius of a usual wheel, of the length of the car
_LARGEST_WHEEL = 2.1  # times as large as the usual one


def grown(scene: Scene, carrier: Thing) -> Scene:
    """Large enough for all that is said to stand on it or lie in it."""
    area, standing, widest, deepest, lanes, line, ends = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    in_line = False
    for thing in scene.things:
        holds = any(
            r.kind in ("on", "inside", "middle") and carrier.id in r.targets and not r.each for r in thing.place
        )
        beside = any(
            r.kind in ("near", "left", "right", "front", "behind", "between")
            and stands_on(scene, r.targets[0], carrier.id)
            for r in thing.place
        )
        rolls = (
            thing.motion is not None
            and thing.motion.kind in ("rolling", "sliding", "moving")
            and thing.motion.target is not None
            and scene.has(thing.motion.target)
            and stands_on(scene, thing.motion.target, carrier.id)
        )
        room = carrier.kind == "bin" and not holds and _beside_what_is_in(scene, thing, carrier.id)
        if room:
            own = footprint(thing)
            widest, deepest = widest + 2 * (2 * own.x + 0.5), deepest + 2 * (2 * own.y + 0.5)
        if any(r.kind in ("end", "other_end") and carrier.id in r.targets for r in thing.place):
            ends += 2 * footprint(thing).x + 0.2
            deepest = max(deepest, 2 * footprint(thing).y) if KINDS[thing.kind].sort == "machine" else deepest
        for relation in thing.place:
            if relation.kind == "spot" and carrier.id in relation.targets:
                own = footprint(thing)
                row = 1.3 * thing.total + 0.2
                widest = max(widest, 2 * own.x * (row if relation.spot[1] else 2.0))
                deepest = max(deepest, 2 * own.y * (row if not relation.spot[1] else 2.0))
        if any(r.kind in ("ends", "sides") and carrier.id in r.targets for r in thing.place) and not thing.label:
            ends += 2 * (2 * footprint(thing).x + 0.2) * max(1, thing.total // 2)
        if not holds and not beside and not rolls:
            continue
        foot = footprint(thing)
        loose = carrier.kind == "bin" and holds and not thing.arrange and KINDS[thing.kind].sort == "solid"
        width, depth = (2 * foot.x, 2 * foot.y) if loose else _group_size(thing, foot.x, foot.y)
        for relation in thing.place if beside else ():
            if relation.kind in ("front", "behind", "left", "right", "near") and FLOOR not in relation.targets:
                worker = footprint(scene.thing(relation.targets[0]))
                if scene.thing(relation.targets[0]).kind == "arm":
                    across = relation.kind in ("left", "right", "near")
                    widest = max(widest, 2 * (worker.x + _SIDE_BY_SIDE_M + width) * across)
                    deepest = max(deepest, 2 * (worker.y + _SIDE_BY_SIDE_M + depth) * (not across))
        in_line = in_line or (holds and any(r.kind in ("left", "right") for r in thing.place))
        line += (width + 0.2) * holds
        if rolls:
            target = scene.thing(thing.motion.target)  # type: ignore[union-attr, arg-type]
            wide, _ = _group_size(target, footprint(target).x, footprint(target).y)
            widest = max(widest, wide + 2 * (width + 0.35))
        widest, deepest = max(widest, width), max(deepest, depth)
        if carrier.kind == "ramp" and thing.total == 1:
            lanes += 1.2 * 2 * foot.y + 0.04
        area += (
            thing.total * (1.06 * width + 0.004) * (1.06 * depth + 0.004) if loose else (width + 0.12) * (depth + 0.12)
        )
        if carrier.kind == "bin" and KINDS[thing.kind].sort != "solid":
            standing += (width + 0.5) * (depth + 0.5)  # room to walk around it
    widest = max(widest, ends, line if in_line else 0.0)
    dims = dims_of(carrier)
    if carrier.kind == "bin":
        layers_area = area / 2.5 if area > dims["length"] * dims["width"] else area
        length = max(
            dims["length"], widest + 0.08 if widest < 3 * dims["length"] else 0.0, math.sqrt(layers_area) + 0.06
        )
        width = max(
            dims["width"], min(deepest + 0.08, length), length if layers_area > dims["length"] * dims["width"] else 0.0
        )
        length, width = max(length, math.sqrt(2.2 * standing)), max(width, math.sqrt(2.2 * standing))
        if is_round_bin(carrier) and max(length, width) > max(dims["length"], dims["width"]):
            length = width = 1.4 * max(length, width)  # what is laid out in a square goes into a circle
    elif carrier.kind == "ramp":
        length, width = max(dims["length"], 1.4 * widest), max(dims["width"], 0.1 + min(deepest, 1.5), lanes)
    else:
        length = max(dims["length"], widest + 0.12, math.sqrt(1.5 * area * dims["length"] / dims["width"]))
        width = max(dims["width"], deepest + 0.12, math.sqrt(1.5 * area * dims["width"] / dims["length"]))
    if carrier.noun in FENCES:
        length, width = max(length, widest + 0.5), max(width, deepest + 0.5)
    if length <= dims["length"] and width <= dims["width"]:
        return scene
    said = dict(carrier.dims) | {
        "length": min(length, 8.0),
        "width": min(width, 8.0),
        "height": dims.get("height", 0.2),
    }
    if carrier.kind in ("ramp", "plate"):
        said.pop("height")
    return scene.changed(carrier.id, dims=tuple(sorted(said.items())))


def wheeled(scene: Scene, car: Thing) -> Scene:
    """A car is as large as the wheels need that were said."""
    wheels = [one.size for one in car.overrides if one.size is not None] if car.total == 1 else []
    dims = dims_of(car)
    least = max(wheels, default=0.0) / (2 * _WHEEL_OF_LENGTH * _LARGEST_WHEEL)
    if least <= dims["length"]:
        return scene
    return scene.changed(
        car.id, dims=tuple((name, size * least / dims["length"]) for name, size in sorted(dims.items()))
    )


def loaded(scene: Scene, carrier: Thing) -> Scene:
    """A car that carries something has a flat bed, as large as that needs."""
    load = [t for t in scene.things if any(r.kind in ("on", "inside") and carrier.id in r.targets for r in t.place)]
    if not load:
        return scene
    dims = dims_of(carrier)
    wide = deep = 0.0
    for thing in load:
        foot = footprint(thing)
        width, depth = _group_size(replace(thing, arrange=thing.arrange or _on_a_bed(thing)), foot.x, foot.y)
        wide, deep = wide + width + 0.04, max(deep, depth)
    said = dict(carrier.dims) | {
        "length": max(dims["length"], min(wide + 0.06, 6.0)),
        "width": max(dims["width"], min((deep + 0.04) / 0.75, 3.0)),
    }
    scene = scene.changed(carrier.id, dims=tuple(sorted(said.items())), bob="load")
    for thing in load:
        if thing.total > 1 and not thing.arrange:
            scene = scene.changed(thing.id, arrange=_on_a_bed(thing))
    return scene


def _on_a_bed(thing: Thing) -> str:
    """How what a car carries is arranged: a few in a row, many in a grid."""
    return "row" if thing.total < 6 else "grid"


def _beside_what_is_in(scene: Scene, thing: Thing, carrier: int) -> bool:
    """Whether it stands beside something that is in the room, so that it is in there as well."""
    sides = ("near", "left", "right", "front", "behind", "between", "around")
    for relation in thing.place:
        target = relation.targets[0]
        known = relation.kind in sides and target != FLOOR and scene.has(target)
        if known and any(r.kind in ("inside", "middle") and carrier in r.targets for r in scene.thing(target).place):
            return True
    return False


def stands_on(scene: Scene, one: int, carrier: int) -> bool:
    """Whether thing `one` was put on `carrier`."""
    return one != FLOOR and any(r.kind == "on" and carrier in r.targets for r in scene.thing(one).place)


def _group_size(thing: Thing, x: float, y: float) -> tuple[float, float]:
    room = None if thing.arrange or thing.total == 1 else (max(0.4, 1.6 * x * math.sqrt(thing.total)), 10.0)
    found = offsets(replace(thing), 0, room=room)
    return 2 * (max(abs(o[0]) for o in found) + x), 2 * (max(abs(o[1]) for o in found) + y)
