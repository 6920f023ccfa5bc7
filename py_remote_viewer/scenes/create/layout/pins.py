"""Where things stood before a follow-up: what it does not move stays there. Pure.

The layout sets clusters side by side around the origin. After a follow-up each cluster is put back to where its first thing
stood, so that adding, removing and resizing leave the others alone, and `move it 1 m to the left` is seen to move it.
"""

from __future__ import annotations

from dataclasses import replace

from py_remote_viewer.errors import SceneInvalid
from py_remote_viewer.scenes.create.layout.layout import Layout
from py_remote_viewer.scenes.create.layout.placed import Placed, anchor
from py_remote_viewer.scenes.create.things.description import Override, Pin, Scene, Thing
from py_remote_viewer.scenes.create.things.ties import set_apart, without_ties

_SIDES = ("left", "right", "front", "behind", "near")


def pinned(scene: Scene, before: Scene, seed: int) -> Scene:
    """`scene`, with every thing of `before` remembered at the place where it stood, less what it was moved by."""
    for thing in scene.things:
        if before.has(thing.id) and (own := _grown(before.thing(thing.id), thing)):
            scene = scene.changed(thing.id, overrides=own)
    try:
        placed = Layout(without_ties(set_apart(before)), seed).run()
    except SceneInvalid:  # it stood with more room than is usual
        return replace(scene, pins=())
    groups: dict[int, list[Placed]] = {}
    for one in placed:
        groups.setdefault(one.thing.id, []).append(one)
    scene = _left_behind(scene, before, groups)
    pins = []
    for one_id, group in groups.items():
        x, y = anchor(group)
        aside = before.thing(one_id).shift
        if scene.has(one_id):
            pins.append(Pin(one_id, x - aside[0], y - aside[1]))
    return replace(scene, pins=tuple(pins))


def _left_behind(scene: Scene, before: Scene, stood: dict[int, list[Placed]]) -> Scene:
    """What stood beside something that is moved away stays where it was, and is placed by it no longer."""
    moved = {t.id for t in scene.things if before.has(t.id) and _where(t) != _where(before.thing(t.id))}
    for thing in scene.things:
        if (
            thing.id in moved
            or not before.has(thing.id)
            or thing.at is not None
            or (thing.total > 1 and thing.groups > 1)
        ):
            continue
        beside = [r for r in thing.place if r.kind in _SIDES and moved.intersection(r.targets)]
        kept = tuple(r for r in thing.place if r not in beside)
        carried = any(r.kind not in ("on", "inside") or moved.intersection(r.targets) for r in kept)
        if not beside or carried or (kept and thing.total > 1):
            continue
        x, y, _ = stood[thing.id][0].base
        own = {"at": (round(x, 4), round(y, 4), None), "shift": (0.0, 0.0, 0.0)} if kept else {}
        scene = scene.changed(thing.id, place=kept, **own)
    return scene


def _where(thing: Thing) -> tuple[object, ...]:
    return thing.place, thing.shift, thing.at


def _grown(old: Thing, new: Thing) -> tuple[Override, ...]:
    """Where some of a group were moved, those that are added behind the last go with it."""
    aside = [one for one in old.overrides if any(one.shift) and one.index == old.total - 1]
    if not aside or new.total <= old.total or new.arrange != old.arrange:
        return ()
    added = tuple(Override(index, shift=aside[-1].shift) for index in range(old.total, new.total))
    return (*new.overrides, *added)
