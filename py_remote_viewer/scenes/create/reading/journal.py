"""Which words did what: the effect of every step of the reading, so that what is not found can be told in words. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from py_remote_viewer.scenes.create.things.description import Motion, Relation, Scene, Thing

_TRACED = ("spacing", "ring_radius", "arrange", "group_arrange", "at", "height", "motion")


@dataclass(frozen=True, slots=True)
class Trace:
    """Tokens `start` to `end` gave thing `thing` this `value` of `field`; for `place`, one relation."""

    start: int
    end: int
    thing: int
    field: str
    value: object


def traces(start: int, end: int, before: Scene, after: Scene) -> Iterator[Trace]:
    """What of things that were there, and of new ones, these tokens changed."""
    old = {thing.id: thing for thing in before.things}
    for thing in after.things:
        was = old.get(thing.id)
        if was is thing:
            continue
        for relation in thing.place:
            if was is None or relation not in was.place:
                yield Trace(start, end, thing.id, "place", relation)
        for name in _TRACED:
            value = getattr(thing, name)
            if value and (was is None or getattr(was, name) != value):
                yield Trace(start, end, thing.id, name, value)


def overruled(found: list[Trace], after: Scene) -> list[Trace]:
    """Those whose effect was undone by what came later, though the thing is still there."""
    gone = []
    for one in found:
        if not after.has(one.thing):
            continue
        thing = after.thing(one.thing)
        if one.field == "place":
            if not isinstance(one.value, Relation) or not _still(thing, one.value):
                gone.append(one)
        elif one.field == "motion" and isinstance(one.value, Motion) and one.value.target is not None:
            now = thing.motion.target if thing.motion is not None else None
            if now is not None and now != one.value.target:
                gone.append(one)  # `over a wall into a basket`
        elif not getattr(thing, one.field) and not (one.value == "row" and _in_a_row(after, thing)):
            gone.append(one)
    return gone


def _in_a_row(after: Scene, thing: Thing) -> bool:
    """Whether what was a row became things that stand side by side."""
    return any(relation.kind == "right" and thing.id in relation.targets for t in after.things for relation in t.place)


def _still(thing: Thing, relation: Relation) -> bool:
    """Whether it is still placed so: by the same kind of relation at least, for what was replaced by another."""
    if thing.at is not None and (thing.at[2] is not None or relation.kind != "on"):
        return False
    spots = ("ends", "sides", "end", "other_end", "corner", "corners", "other_corner", "middle", "spot")
    if relation.kind in ("on", "inside") and any(
        one.kind in spots and one.targets == relation.targets for one in thing.place
    ):
        return True  # `on the table, one at each end`
    return any(one.kind == relation.kind and set(one.targets) & set(relation.targets) for one in thing.place)
