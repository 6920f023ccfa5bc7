"""What joins two things: which elements of which, how far apart they begin, how stiff it is where nobody says. Pure."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.things.description import FLOOR, Relation, Scene, Thing
from py_remote_viewer.scenes.create.things.footprints import footprint
from py_remote_viewer.scenes.create.things.matter import mass_of

Element = tuple[int, int]  # id of a thing, and which of its elements
_START = {
    "coil": 1.25,
    "band": 1.3,
    "cord": 0.94,
    "bar": 1.0,
    "weld": 0.0,
    "hinge": 0.1,
    "ball_joint": 0.1,
}  # of its own length, where it begins
_SWING_HZ = 1.4


def is_tie(thing: Thing) -> bool:
    """Whether it joins others, and has no place of its own."""
    return KINDS[thing.kind].sort == "tie"


def without_ties(scene: Scene) -> Scene:
    """What has a place."""
    return replace(scene, things=tuple(thing for thing in scene.things if not is_tie(thing)))


def length_of(tie: Thing) -> float:
    """Its length at rest."""
    usual = KINDS[tie.kind].dims["length"] * tie.scale("length")
    return tie.dim("length", "size", "height") or usual


def pairs_of(scene: Scene, tie: Thing) -> list[tuple[Element, Element]]:
    """Which elements it joins, one after the other."""
    ends = [scene.thing(one) for one in tie.ends if scene.has(one)]
    if len(ends) == 2 and ends[0].id != ends[1].id:
        first, second = ends
        held, other = _held(first), _held(second)
        if len(held) == len(other) or min(len(held), len(other)) == 1:
            most = max(len(held), len(other))
            return [((first.id, held[i % len(held)]), (second.id, other[i % len(other)])) for i in range(most)]
    row: list[Element] = []
    for at, thing in enumerate(ends):
        several = tie.ends.count(thing.id) > 1
        alone = range(thing.total) if thing.groups == 1 else _held(thing)
        chosen = alone if not several else (0,) if tie.ends.index(thing.id) == at else (thing.total - 1,)
        row += [(thing.id, index) for index in chosen]
    found = list(itertools.pairwise(row))
    if len(ends) == 1 and ends[0].arrange == "circle" and len(row) > 2:
        found.append((row[-1], row[0]))
    return found


def _held(thing: Thing) -> list[int]:
    """The elements by which it is held from outside: of towers the top of each, else all of them."""
    if thing.arrange not in ("stack", "pyramid"):
        return list(range(thing.total))
    return [(group + 1) * thing.count - 1 for group in range(thing.groups)]


def rejoined(scene: Scene, one: int, made: list[int]) -> Scene:
    """`scene` with what joined the elements of `one` joining the things `made` of them."""
    for thing in scene.things:
        if thing.ends and set(thing.ends) == {one}:
            scene = scene.changed(thing.id, ends=tuple(made))
    return scene


def gap_of(scene: Scene, tie: Thing) -> float:
    """How far apart what it joins begins."""
    return _START[tie.kind] * length_of(tie)


def stiffness_of(scene: Scene, tie: Thing) -> float:
    """N/m: as said, or such that what it joins swings one and a half times in a second."""
    if tie.stiffness is not None:
        return tie.stiffness
    masses = [mass_of(scene.thing(one)) for one in tie.ends if KINDS[scene.thing(one).kind].sort != "furniture"]
    return min(masses, default=1.0) * (2 * math.pi * _SWING_HZ) ** 2 * 0.5 * tie.weight


def set_apart(scene: Scene) -> Scene:
    """Place what is joined as far apart as what joins it is long, where no words placed it otherwise."""
    for tie in scene.things:
        if not is_tie(tie):
            continue
        gap = gap_of(scene, tie)
        ends = list(dict.fromkeys(tie.ends))
        if len(tie.ends) == 3 and len(ends) == 2 and scene.thing(ends[0]).total == 2:
            scene = _held_between(scene, scene.thing(ends[0]), scene.thing(ends[1]), gap)
            continue
        for one in ends:
            thing = scene.thing(one)
            if thing.total > 1 and len(ends) == 1 and thing.spacing is None and thing.arrange in ("", "row", "circle"):
                scene = scene.changed(one, arrange=thing.arrange or "row", spacing=gap)
        hung = next((r for r in scene.thing(ends[-1]).place if r.kind == "hung"), None)
        if hung is not None:
            reach = min(length_of(tie), 0.55 * footprint(scene.thing(ends[0])).height)
            long = tie.dim("length", "size", "height") or reach
            kept = tuple(r for r in scene.thing(ends[-1]).place if r is not hung)
            scene = scene.changed(ends[-1], place=(replace(hung, distance=long), *kept))
            continue
        for before, after in itertools.pairwise(ends):
            scene = _beside(scene, scene.thing(before), scene.thing(after), gap)
    return scene


def _held_between(scene: Scene, walls: Thing, held: Thing, gap: float) -> Scene:
    """`two masses with springs between two walls`: the walls stand at the ends, across."""
    scene = _across(scene, walls)
    foot = footprint(held)
    room = held.total * 2 * foot.x + (held.total + 1) * gap
    scene = scene.changed(walls.id, arrange="row", spacing=room)
    aside = (0.3 * gap, 0.0, 0.0) if not any(held.shift) else held.shift  # else nothing would move
    place = (Relation("between", (walls.id,)),)
    return scene.changed(held.id, arrange=held.arrange or "row", spacing=gap, place=place, shift=aside)


def _across(scene: Scene, thing: Thing) -> Scene:
    if thing.kind == "wall" and not thing.yaw_deg:
        return scene.changed(thing.id, yaw_deg=90.0)
    return scene


def _beside(scene: Scene, first: Thing, second: Thing, gap: float) -> Scene:
    """The one that can move is placed by the one that stands; else the second by the first."""
    if any(set(r.targets) & {first.id, second.id} for thing in (first, second) for r in thing.place):
        return scene  # words did it
    for thing in (first, second):
        scene = _across(scene, thing)
    moves, stands = second, first
    if KINDS[second.kind].sort == "furniture" and KINDS[first.kind].sort != "furniture":
        moves, stands = first, second
    if _placed_by(scene, stands.id, moves.id):
        moves, stands = stands, moves
    if moves.at is not None and stands.at is not None:
        return scene
    if moves.height is not None or any(r.kind == "hung" for r in moves.place):
        return scene
    moves = scene.thing(moves.id)
    return scene.changed(moves.id, place=(Relation("right", (stands.id,), gap), *moves.place))


def _placed_by(scene: Scene, start: int, on: int) -> bool:
    """Whether `start` is placed by `on`, directly or not."""
    todo, seen = [start], set()
    while todo:
        one = todo.pop()
        if one == on:
            return True
        if one in seen or one == FLOOR or not scene.has(one):
            continue
        seen.add(one)
        todo += [target for relation in scene.thing(one).place for target in relation.targets]
    return False
