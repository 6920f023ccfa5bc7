"""One of a group made a thing of its own, as it is. The state belongs to `Draft`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from py_remote_viewer.scenes.create.description import Relation
from py_remote_viewer.scenes.create.elements import element_of, overridden, position, scale_at, without
from py_remote_viewer.scenes.create.naming import Naming

_ONE_SPOT = {"ends": ("other_end", "end"), "sides": ("left", "right")}


class Splitting(Naming):
    """Takes groups apart."""

    old_ids: frozenset[int]

    def update(self, thing_id: int, **changes: Any) -> None:
        """A hook: replace fields of one thing."""

    def mention(self, ids: list[int]) -> None:
        """A hook: remember that `ids` were named."""

    def split_off(self, one: int, index: int) -> int:
        """Make element `index` of a group a thing of its own, as it is; its id."""
        thing = self.scene.thing(one)
        at = position(index, thing.total) % thing.total
        new_id = max(max(other.id for other in self.scene.things), max(self.old_ids, default=-1)) + 1
        own = [o.colour for o in overridden(thing, at) if o.colour]
        colours = (
            tuple(own[-1:]) or thing.colours[at % len(thing.colours) : at % len(thing.colours) + 1 or None]
            if thing.colours or own
            else ()
        )
        scale = scale_at(thing, at)
        scales = dict(thing.scales)
        if scale != 1.0:
            scales["all"] = scales.get("all", 1.0) * scale
        single = replace(
            element_of(thing, at),
            id=new_id,
            count=1,
            groups=1,
            label="",
            arrange="",
            shape=(),
            overrides=(),
            colours=colours,
            scales=tuple(sorted(scales.items())),
            spacing=None,
        )
        if scale != 1.0:
            single = replace(single, dims=tuple((name, value * scale) for name, value in thing.dims))
        rest = without(thing, [at])
        if thing.total == 2 and any(relation.kind in _ONE_SPOT for relation in thing.place):  # each keeps its own end
            single = replace(single, place=_at_own_spot(thing.place, at))
            rest["place"] = _at_own_spot(thing.place, 1 - at)
        self.scene = replace(self.scene, things=(*self.scene.things, single))
        self.update(one, **rest)
        self.mention([new_id])
        return new_id

    def split(self, one: int) -> int:
        """Of two alike, make two things; the id of the second."""
        thing = self.scene.thing(one)
        new_id = max(other.id for other in self.scene.things) + 1
        colours = thing.colours[1:] or thing.colours
        second = replace(thing, id=new_id, count=1, colours=colours)
        self.scene = replace(self.scene, things=(*self.scene.things, second))
        self.update(one, count=1, colours=thing.colours[:1])
        self.mention([one, new_id])
        return new_id


def _at_own_spot(place: tuple[Relation, ...], index: int) -> tuple[Relation, ...]:
    """Of two at both ends, the one at its end."""
    return tuple(replace(one, kind=_ONE_SPOT[one.kind][index]) if one.kind in _ONE_SPOT else one for one in place)
