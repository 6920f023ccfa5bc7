"""Which way things face: in front of a car is where it drives, in front of stairs where they begin. Pure.

What has no front of its own is seen from the first camera: in front of it is towards that, -y.
"""

from __future__ import annotations

import math
from dataclasses import replace

from py_remote_viewer.scenes.create.lexicon.abilities import FRONTS
from py_remote_viewer.scenes.create.things.description import FLOOR, Relation, Scene, Thing

# Headings of what moves, degrees about +z from +x.
_ALONG = {"right": 0.0, "back": 90.0, "left": 180.0, "forward": -90.0}
_RUNNING = ("moving", "rolling", "sliding", "thrown")
_SIDES = ("right", "behind", "left", "front")  # at 0, 90, 180 and 270 degrees
_CLIMBED = ("ramp", "stairs")
_TURNS = {"front": 0.0, "left": 90.0, "behind": 180.0, "right": 270.0}  # from the heading, degrees
_SIDED = ("car", "humanoid", "quadruped", "doll", "walker")  # their left is not the left of the picture


def heading_deg(thing: Thing) -> float | None:
    """Where `thing` faces or runs; None for what has no front of its own."""
    motion = thing.motion
    if motion is not None and motion.kind in _RUNNING and motion.target is None:
        return _ALONG.get(motion.direction or "right")
    front = FRONTS.get(thing.kind)
    return None if front is None else front + thing.yaw_deg


def side_in_world(scene: Scene, relation: Relation) -> str:
    """The kind of `relation` as seen from the first camera: in front of what faces right is right of it."""
    if relation.kind not in _TURNS or _both_slopes(scene, relation):
        return relation.kind
    there = [scene.thing(one) for one in relation.targets if one != FLOOR and scene.has(one)]
    if relation.kind in ("left", "right"):
        there = [one for one in there if one.kind in _SIDED and one.motion is None]
    heading = next((found for one in there if (found := heading_deg(one)) is not None), None)
    if heading is None:
        return relation.kind
    return _SIDES[round((heading + _TURNS[relation.kind]) / 90.0) % 4]


def _both_slopes(scene: Scene, relation: Relation) -> bool:
    """Whether it sets one ramp beside another, so that both go down to the same side."""
    placed = [thing.kind for thing in scene.things if relation in thing.place]
    targets = [scene.thing(one).kind for one in relation.targets if one != FLOOR and scene.has(one)]
    return bool(placed) and {*placed, *targets} == {"ramp"}


def faced(scene: Scene) -> Scene:
    """`scene` with every front and back as a side of the world, and what stands there turned to what it stands by."""
    turned = scene
    for thing in scene.things:
        for relation in thing.place:
            if relation.kind not in _TURNS or FLOOR in relation.targets:
                continue
            if _both_slopes(scene, relation):
                continue
            side = side_in_world(scene, relation)
            place = tuple(replace(one, kind=side) if one is relation else one for one in turned.thing(thing.id).place)
            turned = turned.changed(thing.id, place=place)
            if relation.kind in ("left", "right"):
                continue
            goes_there = thing.motion is not None and thing.motion.target in relation.targets
            if thing.kind in FRONTS and (thing.motion is None or goes_there) and thing.at is None:
                yaw = _turn(scene, thing, relation, side)
                turned = turned.changed(thing.id, yaw_deg=thing.yaw_deg + yaw)
    return _approachable(turned)


def _turn(scene: Scene, thing: Thing, relation: Relation, side: str) -> float:
    """How far to turn `thing`, degrees: it looks at what it stands by; a car before another car looks where that does."""
    other = scene.thing(relation.targets[0])
    if relation.kind == "front" and thing.kind == other.kind == "car":
        return heading_deg(other) or 0.0
    return (90.0 * _SIDES.index(side) + 180.0 - FRONTS[thing.kind]) % 360.0


def _approachable(scene: Scene) -> Scene:
    """Stairs and ramps that something comes at show it their low edge, whose way up they are."""
    for thing in scene.things:
        motion = thing.motion
        if motion is None or motion.target is None or not scene.has(motion.target) or motion.kind == "falling":
            continue
        target = scene.thing(motion.target)
        if target.kind in _CLIMBED and not target.yaw_deg and not target.place:
            scene = scene.changed(target.id, yaw_deg=(_ALONG.get(motion.direction, 0.0) + 180.0) % 360.0)
    return scene


def broadside(scene: Scene) -> Scene:
    """A wall or a door that something comes at from the left or the right stands across its way."""
    for thing in scene.things:
        motion, target = thing.motion, None
        if motion is not None and motion.target is not None and motion.direction in ("", "left", "right"):
            target = scene.thing(motion.target) if scene.has(motion.target) else None
        vehicle = next((r for r in thing.place if r.kind in ("left", "right") and FLOOR not in r.targets), None)
        if (
            vehicle is not None
            and scene.has(vehicle.targets[0])
            and heading_deg(scene.thing(vehicle.targets[0])) is not None
        ):
            target = thing  # `a car facing a wall`
        if target is None or target.yaw_deg or target.at is not None or target.groups > 1:
            continue
        beside = [r for t in scene.things for r in t.place if target.id in r.targets and t.id != thing.id]
        before = any(r.kind in ("front", "behind") and target.id in r.targets for r in thing.place)
        if beside or before or any(r.kind in ("front", "behind", "on") for r in target.place):
            continue
        if target.kind in ("wall", "door") and target.total == 1:
            scene = scene.changed(target.id, yaw_deg=90.0)
        elif target.arrange == "wall":
            scene = scene.changed(target.id, arrange="wall_across")
    return scene


def downhill(yaw_deg: float) -> tuple[int, int]:
    """Along which axis and which way stairs go down that are turned so, x and y."""
    along = round(math.cos(math.radians(yaw_deg)))
    return (along, 0) if along else (0, 1 if math.sin(math.radians(yaw_deg)) > 0 else -1)
