"""Where what moves begins on what carries it: at the start of a bridge, over the free end of a seesaw. Pure."""

from __future__ import annotations

from dataclasses import replace

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.things.description import FLOOR, Relation, Scene, Thing
from py_remote_viewer.scenes.create.things.matter import mass_of

_ALONG = ("moving", "rolling", "sliding")
_PINS = ("pin", "bowling_pin", "skittle", "ninepin")
_BETWEEN_PINS_M = 0.18  # as in bowling
_BOWLED_MPS = 5.0
_TRIANGULAR = (3, 6, 10, 15)
_LOB_DEG = 30.0
_USUAL_LOAD_KG, _USUAL_STIFFNESS = 0.36, 5.0  # what a catapult is built for, and its spring then, N m/rad


def started(scene: Scene) -> Scene:
    """`scene` with what moves where it can do what it was asked to do."""
    for thing in scene.things:
        for relation in thing.place:
            if FLOOR in relation.targets or len(relation.targets) != 1 or not scene.has(relation.targets[0]):
                continue
            carrier = scene.thing(relation.targets[0])
            kind = _begins(scene, thing, relation, carrier)
            if kind != relation.kind:
                place = tuple(
                    replace(one, kind=kind) if one is relation else one for one in scene.thing(thing.id).place
                )
                scene = scene.changed(thing.id, place=place)
            if carrier.kind == "catapult" and relation.kind in ("on", "end") and KINDS[thing.kind].sort == "solid":
                scene = _wound(scene, carrier, thing)
        aimed = thing.motion.target if thing.motion is not None else None
        if aimed is not None and scene.has(aimed) and scene.thing(aimed).noun in _PINS:
            scene = _bowled(scene, thing)
        if thing.noun in _PINS and thing.arrange == "" and thing.groups == 1 and thing.count in _TRIANGULAR:
            scene = scene.changed(thing.id, arrange="triangle", spacing=thing.spacing or _BETWEEN_PINS_M)
    return scene


def _begins(scene: Scene, thing: Thing, relation: Relation, carrier: Thing) -> str:
    motion = thing.motion
    if motion is None or thing.total > 1:
        return relation.kind
    if carrier.kind == "bridge" and relation.kind == "on" and motion.kind in _ALONG:
        return "end" if motion.direction == "left" else "other_end"  # it goes over all of it
    if carrier.kind == "seesaw" and relation.kind == "above" and motion.kind == "falling":
        taken = {one.kind for other in scene.things for one in other.place if carrier.id in one.targets}
        return "other_end" if "end" in taken else "end"  # on the pivot it would move nothing
    return relation.kind


def _bowled(scene: Scene, thing: Thing) -> Scene:
    """Fast enough to fell pins, where nobody said how fast."""
    motion = thing.motion
    if motion is None or motion.speed is not None or motion.kind not in _ALONG:
        return scene
    return scene.changed(thing.id, motion=replace(motion, speed=_BOWLED_MPS))


def _wound(scene: Scene, catapult: Thing, load: Thing) -> Scene:
    """The spring of a catapult is as strong as what it throws is heavy."""
    if catapult.stiffness is not None:
        return scene
    heavy = max(1.0, mass_of(load) / _USUAL_LOAD_KG)
    lobs = load.motion is not None and load.motion.over  # the earlier its arm is stopped, the steeper it throws
    return scene.changed(
        catapult.id,
        stiffness=_USUAL_STIFFNESS * min(20.0, heavy),
        tilt_deg=_LOB_DEG if lobs else None,
    )
