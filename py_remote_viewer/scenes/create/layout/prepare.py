"""What must change before things are placed: tables grow to hold what stands on them, gaps open for what goes between. Pure."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

from py_remote_viewer.scenes.create.layout.arrange import offsets
from py_remote_viewer.scenes.create.layout.filling import brimmed
from py_remote_viewer.scenes.create.layout.fronts import broadside, faced
from py_remote_viewer.scenes.create.layout.growing import grown, loaded, wheeled
from py_remote_viewer.scenes.create.layout.levels import fitting
from py_remote_viewer.scenes.create.layout.lids import covering, headroom
from py_remote_viewer.scenes.create.layout.starts import started
from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.lexicon.materials import MATERIALS
from py_remote_viewer.scenes.create.things.description import FLOOR, Relation, Scene, Thing
from py_remote_viewer.scenes.create.things.footprints import footprint
from py_remote_viewer.scenes.create.things.sizes import dims_of, ramp_angle_deg
from py_remote_viewer.scenes.create.things.usual import sized_by_name

_GLIDE = 0.4  # of the friction that would just hold it
_HEAPED = (1.5, 0.05)  # friction and rolling friction (m) of balls in a pyramid: without, those below are pushed apart
_SIDE_BY_SIDE_M = 0.2
_DISCS = ("disc", "disk")


def prepared(scene: Scene) -> Scene:
    """`scene` with sizes and gaps that let its relations hold, where nobody stated them otherwise."""
    scene = brimmed(_support_of_neighbours(headroom(faced(scene))))
    scene = _under_things(scene)
    scene = _between(scene)
    scene = _beside_several(scene)
    scene = _opened(scene)
    scene = _room_for_each(scene)
    scene = _under_places(scene)
    scene = _spanning(scene)
    scene = broadside(scene)
    scene = _long_enough(scene)
    scene = started(covering(_down_slopes(scene)))
    for thing in scene.things:
        if thing.kind == "car":
            scene = wheeled(scene, thing)
            scene = loaded(scene, scene.thing(thing.id))
        for other in scene.things if thing.kind == "stairs" else ():
            if any(r.kind == "levels" and thing.id in r.targets for r in other.place):
                scene = scene.changed(thing.id, dims=fitting(scene.thing(thing.id), footprint(other).x).dims)
        if thing.kind == "ball" and thing.arrange == "pyramid" and thing.friction is None and thing.rolling is None:
            scene = scene.changed(thing.id, friction=_HEAPED[0], rolling=_HEAPED[1])
        if thing.kind in ("slider", "swing_set") and any(
            r.kind in ("on", "above") and thing.id in r.targets for other in scene.things for r in other.place
        ):
            scene = scene.changed(thing.id, bob="load")
        if thing.kind == "drawers" and any(
            r.kind == "inside" and thing.id in r.targets for other in scene.things for r in other.place
        ):
            scene = scene.changed(thing.id, bob="load")
        if _held_at_a_slant(thing):
            scene = scene.changed(thing.id, fixed=True)
        if _rolls_down(scene, thing):
            long = thing.noun not in _DISCS
            scene = scene.changed(thing.id, pose="lying" if long else "standing", yaw_deg=90.0 * long)
        unsaid = sized_by_name(thing) or not thing.dim("length", "width", "size")
        if thing.kind in ("table", "platform", "bin", "ramp", "plate") and unsaid:
            scene = grown(scene, thing)
    return scene


def _rolls_down(scene: Scene, thing: Thing) -> bool:
    """Whether it is round and on a slope, where it lies across, so that it rolls, unless words say how it is there."""
    on = [t for r in thing.place if r.kind == "on" for t in r.targets if t != FLOOR]
    if not any(scene.has(one) and scene.thing(one).kind == "ramp" for one in on):
        return False
    goes = thing.motion is not None and thing.motion.kind in ("sliding", "rolling")  # it has its pose by that
    round_ = thing.kind in ("cylinder", "capsule", "stick") or thing.noun in _DISCS
    said = thing.fixed or thing.arrange or thing.pose or thing.yaw_deg or thing.tilt_deg
    return round_ and not goes and not said


def _held_at_a_slant(thing: Thing) -> bool:
    """Whether it is a plate at an angle, which something must hold, or it would fall flat at once."""
    alone = thing.total == 1 and thing.motion is None and thing.height is None and thing.pose in ("", "lying")
    leans = any(relation.kind in ("leaning", "hanging", "above", "on") for relation in thing.place)
    return thing.kind in ("plate", "plank") and bool(thing.tilt_deg) and thing.fixed is None and alone and not leans


def _down_slopes(scene: Scene) -> Scene:
    """`a box sliding down a ramp` slides: where nobody says how it rubs, it rubs less than would hold it there."""
    for thing in scene.things:
        if KINDS[thing.kind].sort != "solid" or thing.motion is None or thing.motion.kind != "sliding":
            continue
        under = [
            scene.thing(t) for r in thing.place if r.kind == "on" for t in r.targets if t != FLOOR and scene.has(t)
        ]
        ramps = [ramp for ramp in under if ramp.kind == "ramp"]
        if not ramps or thing.friction is not None or ramps[0].friction is not None:
            continue
        stuff = MATERIALS.get(thing.material or "")
        holds = math.tan(math.radians(ramp_angle_deg(ramps[0])))
        scene = scene.changed(thing.id, friction=min(_GLIDE * holds, stuff.friction if stuff else 0.7))
    return scene


def _support_of_neighbours(scene: Scene) -> Scene:
    """`a ball on a table next to a wall`: it is the table that is next to the wall."""
    for thing in scene.things:
        on = next((r for r in thing.place if r.kind in ("on", "inside") and FLOOR not in r.targets), None)
        others = [r for r in thing.place if r.kind in ("near", "left", "right", "front", "behind")]
        if on is None or not others or not scene.has(on.targets[0]):
            continue
        carrier = scene.thing(on.targets[0])
        for relation in others:
            if FLOOR in relation.targets or carrier.id in relation.targets:
                continue
            target = scene.thing(relation.targets[0])
            small = KINDS[target.kind].sort == "solid" and not target.label
            under = next((r.targets[0] for r in target.place if r.kind == "on" and FLOOR not in r.targets), carrier.id)
            if small and under != carrier.id and not carrier.place:  # on one ramp next to something on another
                kept = tuple(r for r in thing.place if r is not relation)
                scene = scene.changed(thing.id, place=kept)
                if carrier.id not in _above(scene, under) and under not in _above(scene, carrier.id):
                    lanes = relation.kind == "near" and carrier.kind == scene.thing(under).kind == "ramp"
                    beside = replace(relation, kind="behind" if lanes else relation.kind, targets=(under,))
                    scene = scene.changed(carrier.id, place=(beside,))
            elif small and not target.place and target.at is None:
                scene = scene.changed(target.id, place=(Relation("on", (carrier.id,)),))
            elif not carrier.place and not any(r.targets[0] == carrier.id for r in target.place):
                kept = tuple(r for r in thing.place if r is not relation)
                scene = scene.changed(thing.id, place=kept).changed(carrier.id, place=(relation,))
    return scene


def _under_things(scene: Scene) -> Scene:
    """`a ball under a box`: the box is above the ball, unless it has legs or a place."""
    for thing in scene.things:
        for relation in thing.place:
            if relation.kind != "under" or FLOOR in relation.targets:
                continue
            target = scene.thing(relation.targets[0])
            if target.kind in ("table", "bridge") or target.place or target.height is not None:
                continue
            kept = tuple(r for r in thing.place if r is not relation)
            scene = scene.changed(thing.id, place=kept)
            carries = KINDS[thing.kind].carries and relation.distance is None
            scene = scene.changed(
                target.id, place=(Relation("on" if carries else "above", (thing.id,), relation.distance),)
            )
    return scene


def _between(scene: Scene) -> Scene:
    for thing in scene.things:
        relation = next((r for r in thing.place if r.kind == "between" and FLOOR not in r.targets), None)
        if relation is None:
            continue
        foot = footprint(thing)
        room = _row_width(thing, foot.x) + 0.12
        if len(relation.targets) == 1:
            target = scene.thing(relation.targets[0])
            if target.arrange not in ("circle", "grid") and (target.spacing or 0.0) < room:
                scene = scene.changed(target.id, spacing=room)
            continue
        first, second = relation.targets[0], relation.targets[1]
        if scene.thing(second).at is None and scene.thing(first).id != second:
            kept = tuple(r for r in scene.thing(second).place if r.kind in ("on", "inside", "above"))
            same = [r for r in scene.thing(first).place if r in kept]
            if kept and same and first not in _above(scene, second):
                scene = scene.changed(second, place=(Relation("right", (first,), room), *kept))
            if not kept and first not in _above(scene, second):
                scene = scene.changed(second, place=(Relation("right", (first,), room),))
    return scene


def _beside_several(scene: Scene) -> Scene:
    """`behind the ball and the box`, which stand by themselves: those stand side by side."""
    for thing in scene.things:
        for relation in thing.place:
            if relation.kind not in ("behind", "front", "left", "right", "near") or FLOOR in relation.targets:
                continue
            for first, second in pairwise(relation.targets):
                loose = scene.thing(second).at is None and not scene.thing(second).place
                if loose and scene.thing(second).motion is None and first not in _above(scene, second):
                    scene = scene.changed(second, place=(_as_they_stood(scene, first, second),))
    return scene


def _as_they_stood(scene: Scene, first: int, second: int) -> Relation:
    """`second` beside `first`: as far from it as before a follow-up, where that is known."""
    pins = {pin.thing: pin for pin in scene.pins}
    if first in pins and second in pins and pins[first].y == pins[second].y:
        along = pins[second].x - pins[first].x
        free = abs(along) - footprint(scene.thing(first)).x - footprint(scene.thing(second)).x
        if free > 0 and scene.thing(first).total == scene.thing(second).total == 1:
            return Relation("right" if along > 0 else "left", (first,), free)
    return Relation("right", (first,), _SIDE_BY_SIDE_M)


def _room_for_each(scene: Scene) -> Scene:
    """What stands on each of a row is wider than they are: they stand farther apart."""
    for thing in scene.things:
        for relation in thing.place:
            if not relation.each or relation.kind not in ("on", "above") or relation.targets[0] == FLOOR:
                continue
            target = scene.thing(relation.targets[0])
            wide = _row_width(
                replace(thing, groups=1, count=thing.count if thing.groups > 1 else 1), footprint(thing).x
            )
            needed = wide - 2 * footprint(target).x + 0.03
            if target.total > 1 and needed > (target.spacing or 0.02) and target.arrange in ("", "row", "grid"):
                scene = scene.changed(target.id, spacing=needed)
    return scene


def _under_places(scene: Scene) -> Scene:
    """`at x=0.4 y=0.1 on a table`: the table is where that place is on it."""
    for thing in scene.things:
        on = next((r for r in thing.place if r.kind == "on" and FLOOR not in r.targets), None)
        if thing.at is None or on is None or not scene.has(on.targets[0]):
            continue
        carrier, foot = scene.thing(on.targets[0]), footprint(thing)
        if carrier.at is not None or carrier.place or carrier.total > 1:
            continue
        wide, (x, y) = footprint(carrier), thing.at[:2]
        inside = abs(x) + foot.x <= wide.x and abs(y) + foot.y <= wide.y
        scene = scene.changed(carrier.id, at=(0.0, 0.0, None) if inside else (x, y, None))
    return scene


def _spanning(scene: Scene) -> Scene:
    """`two boxes 1 m apart with a plank across them`: the plank reaches over both."""
    for thing in scene.things:
        on = next((r for r in thing.place if r.kind in ("on", "bridging") and FLOOR not in r.targets), None)
        long = thing.kind in ("plank", "stick", "plate") and thing.total == 1 and thing.dim("length", "size") is None
        if on is None or not long:
            continue
        posts = [scene.thing(target) for target in on.targets]
        if thing.kind == "plate" and len(posts) == 1 and posts[0].arrange == "grid" and posts[0].total > 2:
            foot, spots = footprint(posts[0]), offsets(posts[0], 0)
            wide, deep = (2 * max(abs(spot[axis]) for spot in spots) for axis in (0, 1))
            said = dict(thing.dims) | {"length": wide + 3 * foot.x, "width": deep + 3 * foot.y}
            scene = scene.changed(thing.id, dims=tuple(sorted(said.items())))
            continue
        pair = len(posts) == 1 and posts[0].spacing is not None and _two_of(posts[0])
        if not pair:
            continue
        needed = (posts[0].spacing or 0.0) + 3.0 * footprint(posts[0]).x
        if dims_of(thing)["length"] < needed:
            said = dict(thing.dims) | {"length": needed}
            scene = scene.changed(thing.id, dims=tuple(sorted(said.items())))
    return scene


def _two_of(thing: Thing) -> bool:
    """Two pillars, or two towers."""
    return thing.groups == 2 and thing.arrange == "stack" if thing.label else thing.total == 2


def _long_enough(scene: Scene) -> Scene:
    """`1 m left of the pivot`: the seesaw reaches so far, where nobody said how long it is."""
    for thing in scene.things:
        for relation in thing.place:
            if relation.kind not in ("end", "other_end") or relation.distance is None or FLOOR in relation.targets:
                continue
            lever = scene.thing(relation.targets[0])
            needed = 2 * (relation.distance + footprint(thing).x + 0.05)
            if lever.dim("length", "size") is None and dims_of(lever).get("length", needed) < needed:
                said = dict(lever.dims) | {"length": needed}
                scene = scene.changed(lever.id, dims=tuple(sorted(said.items())))
    return scene


def _opened(scene: Scene) -> Scene:
    """`four balls in a square with a box in the middle`: the ring or the square is wide enough for it."""
    for thing in scene.things:
        for relation in thing.place:
            if relation.kind not in ("middle", "between", "inside") or len(relation.targets) != 1:
                continue
            target = scene.thing(relation.targets[0]) if relation.targets[0] != FLOOR else thing
            if target.arrange == "triangle" and target.total == 3 and thing is not target:
                target = replace(target, arrange="circle")
                scene = scene.changed(target.id, arrange="circle")
            if target.total < 3 or target.groups > 1 or target.arrange not in ("circle", "grid"):
                continue
            own, ring = footprint(thing), footprint(target)
            inner = math.hypot(_row_width(thing, own.x) / 2, own.y) + 0.06
            if target.arrange == "grid" and target.total == 4:
                wide = 2 * inner - 2 * min(ring.x, ring.y)
                scene = scene.changed(target.id, spacing=max(target.spacing or 0.02, wide + 2 * min(ring.x, ring.y)))
            elif target.arrange == "circle" and target.ring_radius is None:
                radius = max(math.hypot(*spot[:2]) for spot in offsets(target, 0))
                scene = scene.changed(target.id, ring_radius=max(radius, inner + math.hypot(ring.x, ring.y)))
    return scene


def _above(scene: Scene, start: int) -> set[int]:
    """What is placed by `start`, directly or not."""
    found: set[int] = set()
    for _ in scene.things:
        found |= {t.id for t in scene.things for r in t.place if start in r.targets or found & set(r.targets)}
    return found


def _row_width(thing: Thing, half: float) -> float:
    if thing.total == 1 or thing.arrange in ("stack",):
        return 2 * half
    return thing.total * 2.6 * half
