"""What a sentence said against what came of it: a word that a rule took and that left no trace in the scene is not understood.

The last look before anything is built. It knows nothing of grammar: every number, size, colour, material and noun must be
found again in the description, whoever read it. Pure.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.lexicon.materials import VARIOUS
from py_remote_viewer.scenes.create.reading.reader import Reader
from py_remote_viewer.scenes.create.things.description import Scene, Thing
from py_remote_viewer.scenes.create.things.elements import scale_at
from py_remote_viewer.scenes.create.things.footprints import parts_of
from py_remote_viewer.scenes.create.things.sizes import dims_of, ramp_angle_deg

_FREE = ("time", "percent", "force", "volume")

_NEUTRAL = frozenset({"noun", "group", "part", "feature", "motion", "fixed", "pose"})


def lost(reader: Reader, before: Scene, after: Scene) -> list[int]:
    """Places of the tokens that were taken and left no trace."""
    numbers, changes = list(_numbers(after)), list(_changes(before, after))
    looks = _looks(after) | _looks(before)
    found = []
    for at, token in enumerate(reader.tokens):
        if not reader.used[at]:
            continue
        if token.kind == "list":
            if not all(_near(value, numbers) for value in token.vector):
                found.append(at)
        elif token.kind in ("number", "quantity"):
            own = (
                measures(after, token.dimension) if token.dimension in ("mass", "length", "speed", "angle") else numbers
            )
            if not _number_left(reader, at, own, changes):
                found.append(at)
        elif token.kind == "word" and not _look_left(reader, at, looks):
            found.append(at)
        elif token.kind == "word":
            found += _world_lost(reader, at, after)
    return found + _of_robots(reader, before, after)


def _of_robots(reader: Reader, before: Scene, after: Scene) -> list[int]:
    """Places of `twice as heavy`, said of a robot that comes as it is."""
    changed = [thing for thing in after.things if not before.has(thing.id) or before.thing(thing.id) != thing]
    robots = [thing for thing in changed if KINDS[thing.kind].sort == "robot"]
    other = any(thing.weight != 1.0 or thing.mass is not None or thing.scales or thing.dims for thing in robots)
    if not other or len(robots) < len(changed):
        return []
    return [
        at
        for at, token in enumerate(reader.tokens)
        if reader.used[at]
        and (reader.is_cat(at, "weight", "size", "dimfactor", "factor") or token.dimension in ("mass", "length"))
    ]


def _world_lost(reader: Reader, at: int, after: Scene) -> list[int]:
    """Places of `in honey` where everything is in water: there is one medium around all."""
    medium = reader.match(at, "medium")
    if medium is None or medium[1] < 2 or not reader.used[at + medium[1] - 1]:
        return []
    return [] if medium[0].value in (after.world.medium, "vacuum", "air") else list(range(at, at + medium[1]))


def _things(scene: Scene) -> Iterator[Thing]:
    """Everything, also what hangs at the end of something."""
    for thing in scene.things:
        yield thing
        if thing.load is not None:
            yield thing.load


def measures(scene: Scene, dimension: str) -> list[float]:
    """Every figure of that dimension in the description; empty for a dimension that is not told apart."""
    found: list[float | None] = []
    for thing in _things(scene):
        motion = thing.motion
        if dimension == "mass":
            found += [thing.mass, *(one.mass for one in thing.overrides), *(one.rod_mass for one in thing.overrides)]
            found += [thing.mass / (thing.parts or 1)] if thing.mass is not None else []
        elif dimension == "length":
            found += _lengths(thing)
        elif dimension == "speed":
            found += [motion.speed if motion is not None else None, *(abs(part) for part in scene.world.wind)]
        elif dimension == "angle":
            found += [thing.tilt_deg, thing.yaw_deg, motion.angle_deg if motion is not None else None]
            found += [angle for one in thing.overrides for angle in (one.tilt_deg, one.yaw_deg)]
    return [abs(value) for value in found if value is not None]


def _number_left(reader: Reader, at: int, numbers: list[float], changes: list[float]) -> bool:
    token = reader[at]
    value = token.value
    beside = (reader[at + 1].text, reader[at - 1].text)
    if token.dimension in _FREE or reader.is_cat(at + 1, "times") or "gravity" in beside:
        return True
    if reader.word(at - 1, "of") and reader.word(at - 2, "factor"):
        return True
    if value == 1.0 and token.kind == "number":
        return True
    if token.kind == "quantity" and reader.is_cat(at + 1, "dimfactor") and reader[at + 1].text.endswith("er"):
        return True  # `10 cm wider` adds to a size that nobody said
    if reader.word(at + 1, "g") or reader.word(at - 1, "another") or reader.word(at + 1, "more"):
        return True
    last = at
    while reader.word(last + 1, "x", "by") and reader[last + 2].kind in ("number", "quantity"):
        last += 2
    if token.kind == "number" and reader[last].kind == "quantity" and float(reader[last].text):  # `30 x 20 x 10 cm`
        value *= reader[last].value / float(reader[last].text)
    if 0 < value < 1 and not token.dimension:
        return True  # `half of`, `0.5 times`
    return _near(abs(value), numbers) or _near(value, changes) or _near(-value, changes)


def _near(value: float, numbers: list[float]) -> bool:
    return any(math.isclose(value, one, rel_tol=2e-3, abs_tol=1e-6) for one in numbers)


def _look_left(reader: Reader, at: int, looks: set[str]) -> bool:
    """Whether a colour or material is somewhere in the scene; what can be read as anything else is."""
    found = reader.match(at, "colour", "material")
    if found is None or reader.match(at, *_NEUTRAL) is not None:
        return True
    if reader.word(at - 1, "a") and reader.is_cat(at - 2, "arrange"):
        return True  # `in a diamond`
    entry, _ = found
    if entry.value == VARIOUS or reader.is_cat(at, "shade", "weight", "size", "surface"):
        return True
    other = reader.match(at, "material", "colour")
    names = {str(entry.value), str(other[0].value) if other is not None else ""}
    return any(name in looks for name in names if name)


def _looks(scene: Scene) -> set[str]:
    found: set[str] = set()
    for thing in _things(scene):
        found |= {look for _, look in thing.faces}
        found |= {thing.material or "", *thing.colours, *(o.colour or "" for o in thing.overrides)}
        found |= {o.material or "" for o in thing.overrides}
    world = scene.world
    found |= {light.split(":")[1] for light in world.lights}
    found |= {world.floor_colour or "", world.floor_material or "", world.medium}
    return found | {colour.split(" ")[-1] for colour in found if colour}


def _numbers(scene: Scene) -> Iterator[float]:
    for thing in _things(scene):
        yield from _of_thing(thing)
    nouns = Counter(thing.kind for thing in _things(scene) for _ in range(thing.total))
    yield from map(float, nouns.values())
    yield from map(float, Counter(thing.label for thing in scene.things if thing.label).values())
    world = scene.world
    floor = (world.floor_friction, world.floor_bounce, world.timestep, world.density, world.viscosity)
    yield from (
        world.gravity,
        -world.gravity,
        world.gravity / 9.81,
        float(len(world.cameras)),
        float(len(world.lights)),
    )
    yield from (abs(part) for part in world.wind)
    yield from (float(value) for value in floor if value is not None)


def _of_thing(thing: Thing) -> Iterator[float]:
    plain = (thing.count, thing.groups, thing.total, thing.parts, thing.mass, thing.density, thing.friction)
    more = (
        thing.bounce,
        thing.tilt_deg,
        thing.yaw_deg,
        thing.lifted,
        thing.stiffness,
        thing.damping,
        thing.rolling,
        thing.twisting,
    )
    joints = (thing.loss, thing.armature, thing.power, thing.gear)
    yield from (abs(float(value)) for value in (*plain, *more, *joints) if value is not None)
    if thing.limits is not None:
        low, high, _ = thing.limits
        yield from (abs(low), abs(high), high - low)
    if thing.arrange == "pyramid":  # its levels
        yield from (float(n) for n in range(2, 20) if thing.count in (n * (n + 1) // 2, n * (n + 1) * (2 * n + 1) // 6))
    if thing.arrange == "cube" and len(thing.shape) > 1:  # its layers
        layer = max(1, thing.shape[0] * thing.shape[1])
        yield from (float(layer), float(thing.count // layer))
    yield from (float(count) for count in Counter(hole.sort for hole in thing.openings).values())
    yield from (4.0,) if thing.kind == "quadruped" else (2.0,) if thing.pose == "strung" else ()
    yield from map(float, thing.shape)
    if any(relation.kind == "levels" for relation in thing.place):  # so many on each
        yield from (float(share) for share in range(1, thing.total) if thing.total % share == 0)
    yield from _lengths(thing)
    motion = thing.motion
    if motion is not None:
        said = (motion.speed, motion.spin, motion.angle_deg)
        yield from (abs(value) for value in said if value is not None)
    for override in thing.overrides:
        own = (
            override.rod_mass,
            override.mass,
            override.scale,
            override.tilt_deg,
            override.friction,
            override.bounce,
            override.weight,
        )
        yield from (abs(value) for value in own if value is not None)
    yield from map(float, Counter(thing.colours).values())
    yield float(thing.total // max(1, len(thing.colours)))
    alike = Counter((o.colour, o.mass, o.weight, o.scale, o.material, o.friction) for o in thing.overrides)
    yield from map(float, alike.values())


def _lengths(thing: Thing) -> Iterator[float]:
    """Sizes and places, of the whole, of its elements and of its parts."""
    motion = thing.motion
    fall = motion.height if motion is not None else None
    ring = 2 * thing.ring_radius if thing.ring_radius is not None else None
    places = (thing.ring_radius, ring, thing.spacing, thing.height, fall, *(thing.at or ()), *thing.shift)
    yield from (abs(value) for value in places if value is not None)
    for name, value in thing.dims:
        yield from (value, 2 * value) if name == "radius" else (value,)
        if name == "length" and thing.kind in ("bin", "table", "platform", "zone"):
            yield value / 2  # its radius
        yield from (value * scale_at(thing, index) for index in range(thing.total) if thing.overrides)
    yield from (hole.width for hole in thing.openings if hole.width is not None)
    if thing.kind == "table":
        yield from (value - 0.05 for name, value in thing.dims if name == "height")  # its legs
    for part in thing.overrides:
        yield from (abs(value) for value in part.shift)
        yield from (part.length,) if part.length is not None else ()
        yield from (part.size, part.size / 2) if part.size is not None else ()
    if thing.dims and KINDS[thing.kind].part:
        yield from (value / max(1, thing.parts or 1) for _, value in thing.dims)
    if any(override.scale != 1.0 for override in thing.overrides):
        for value in dims_of(thing).values():
            for index in range(thing.total):
                yield from (value * scale_at(thing, index), 2 * value * scale_at(thing, index))
    yield from (relation.distance for relation in thing.place if relation.distance is not None)


def _changes(before: Scene, after: Scene) -> Iterator[float]:
    """By how much, and by what factor, a follow-up changed each number."""
    for old in before.things:
        if not after.has(old.id):
            yield from (float(old.count), float(old.total))
            continue
        new = after.thing(old.id)
        for field in fields(Thing):
            one, other = getattr(old, field.name), getattr(new, field.name)
            if isinstance(one, int | float) and isinstance(other, int | float):
                yield from _change(float(one), float(other))
        if KINDS[old.kind].part and KINDS[new.kind].part:
            yield from _change(float(parts_of(old)), float(parts_of(new)))
        if old.kind == new.kind == "ramp" and new.tilt_deg is not None:
            yield from _change(ramp_angle_deg(old), new.tilt_deg)
        yield from (float(b - a) for a, b in zip(old.shape, new.shape, strict=False))
        for name, value in new.dims:
            if (was := dict(old.dims).get(name, _usual(old, name))) is not None:
                yield from _change(was, value)
        for name, value in new.scales:
            yield from _change(dict(old.scales).get(name, 1.0), value)
        yield from (b - a for a, b in zip(old.shift, new.shift, strict=True))
        yield float(len(new.overrides))
    yield from _change(before.world.gravity, after.world.gravity)


def _usual(thing: Thing, name: str) -> float | None:
    """A size that nobody had said."""
    return dims_of(thing).get(name) if KINDS[thing.kind].sort != "robot" else None


def _change(one: float, other: float) -> Iterator[float]:
    if math.isclose(one, other):
        return
    yield other - one
    if one:
        yield other / one
    if other:
        yield one / other
