"""One element of a group, where it differs from the others: what is said of it, and what it is then. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.lexicon.materials import PALETTE, VARIOUS
from py_remote_viewer.scenes.create.things.description import Override, Relation, Thing
from py_remote_viewer.scenes.create.things.phrase import Phrase
from py_remote_viewer.scenes.create.things.sizes import extent_of

_MIDDLE = 99
_COLOURFUL = ("stack", "pyramid", "wall", "wall_across", "circle", "row")  # each its own colour
_ONE_SPOT = {"ends": ("other_end", "end"), "sides": ("left", "right")}


def position(index: int, total: int) -> int:
    """`Override.index` as a place in a row of `total`."""
    if index == _MIDDLE:
        return total // 2
    return index if index >= 0 else total + index


def overridden(thing: Thing, index: int) -> list[Override]:
    """What is said of element `index`, oldest first."""
    return [one for one in thing.overrides if position(one.index, thing.total) == index]


def scale_at(thing: Thing, index: int) -> float:
    """How much larger element `index` is than the others."""
    scale = 1.0
    for override in overridden(thing, index):
        scale *= override.scale
    return scale


def shift_at(thing: Thing, index: int) -> tuple[float, float, float]:
    """How far words moved element `index`, with its group and on its own."""
    x, y, z = thing.shift
    for override in overridden(thing, index):
        x, y, z = x + override.shift[0], y + override.shift[1], z + override.shift[2]
    return x, y, z


def element_of(thing: Thing, index: int) -> Thing:
    """`thing` as its element `index` is, but for its size: what it is made of, how it touches, its mass, its tilt."""
    changes: dict[str, Any] = {}
    for override in overridden(thing, index):
        said = {
            "tilt_deg": override.tilt_deg,
            "material": override.material,
            "friction": override.friction,
            "bounce": override.bounce,
            "mass": override.mass,
        }
        changes |= {name: value for name, value in said.items() if value is not None}
        if override.weight != 1.0:
            changes["weight"] = changes.get("weight", thing.weight) * override.weight
            mass = changes.get("mass", thing.mass)
            if mass is not None and override.mass is None:
                changes["mass"] = mass * override.weight
    return replace(thing, **changes) if changes else thing


def tint_at(thing: Thing, index: int) -> int:
    """Which of the house's colours element `index` has, where none was said."""
    if thing.tint is None and thing.arrange not in _COLOURFUL:
        return thing.id
    return (thing.tint or 0) + (index if thing.arrange in _COLOURFUL else 0)


def override_of(thing: Thing, index: int, phrase: Phrase) -> Override | None:
    """What the adjectives in `phrase` say of one element; None where an element cannot differ in that."""
    changes = {name: value for name, value in phrase.changes.items() if name != "bad_count"}
    if set(changes) - {"mass", "weight", "material", "friction", "bounce", "tilt_deg"} or set(phrase.scales) - {"all"}:
        return None
    if set(phrase.dims) - {"size", "radius"} or not (changes or phrase.scales or phrase.dims or phrase.colours):
        return None
    scale = phrase.scales.get("all", 1.0)
    if phrase.dims and KINDS[thing.kind].sort != "solid":
        return None
    if thing.total > 1 and KINDS[thing.kind].sort != "solid" and (changes or phrase.scales):
        return None  # each of them is built of parts
    if phrase.dims:
        usual = extent_of(thing)
        value = phrase.dims.get("size") or 2 * phrase.dims["radius"]
        scale = value / (2 * max(usual.x, usual.z))
    return Override(
        index,
        phrase.colours[0] if phrase.colours else None,
        changes.get("mass"),
        changes.get("weight", 1.0),
        scale,
        changes.get("tilt_deg"),
        changes.get("material"),
        changes.get("friction"),
        changes.get("bounce"),
    )


def alike(thing: Thing, phrase: Phrase) -> list[int]:
    """Places of the elements that are as the adjectives in `phrase` say, where they differ from each other."""
    if thing.total < 2 or not (phrase.colours or phrase.scales or phrase.changes) or VARIOUS in thing.colours:
        return []
    found = [index for index in range(thing.total) if _is_so(thing, index, phrase)]
    return found if len(found) < thing.total else []


def _is_so(thing: Thing, index: int, phrase: Phrase) -> bool:
    one = element_of(thing, index)
    own = [o.colour for o in overridden(thing, index) if o.colour]
    colour = own[-1] if own else thing.colours[index % len(thing.colours)] if thing.colours else ""
    if phrase.colours and colour not in phrase.colours:
        return False
    material = phrase.changes.get("material")
    if material and material not in (one.material, colour):
        return False
    size, weight = phrase.scales.get("all", 1.0), phrase.changes.get("weight", 1.0)
    if size != 1.0 and (scale_at(thing, index) - 1.0) * (size - 1.0) <= 0:
        return False
    mass = (one.mass or 0.0) - (thing.mass or 0.0)
    return bool(weight == 1.0 or (one.weight / thing.weight - 1.0 + mass) * (weight - 1.0) > 0)


def without(thing: Thing, indices: list[int]) -> dict[str, Any]:
    """What changes about `thing` when the elements at `indices` go; those that stay keep what was said of them."""
    kept = [index for index in range(thing.total) if index not in set(indices)]
    place = {index: number for number, index in enumerate(kept)}
    overrides = [
        replace(one, index=place[at]) for one in thing.overrides if (at := position(one.index, thing.total)) in place
    ]
    colours = thing.colours
    if VARIOUS in colours:
        colours = tuple(PALETTE[index % len(PALETTE)] for index in kept)
    elif len(colours) > 1:
        colours = tuple(colours[index % len(colours)] for index in kept)
    return {"count": len(kept), "groups": 1, "shape": (), "overrides": tuple(overrides), "colours": colours}


def two_of(thing: Thing) -> tuple[Thing, Thing]:
    """Both of a pair, each as it is: its colour in the order in which they were said, and what was said of it alone."""
    if thing.overrides and thing.total == 2:
        return parted(thing, 0)[0], parted(thing, 1)[0]
    alone = replace(thing, count=1)
    return replace(alone, colours=thing.colours[:1]), replace(alone, colours=thing.colours[1:] or thing.colours)


def parted(thing: Thing, at: int) -> tuple[Thing, dict[str, Any]]:
    """Element `at` as a thing of its own, as it is; and what changes about the others."""
    own = [o.colour for o in overridden(thing, at) if o.colour]
    colours: tuple[str, ...] = tuple(own[-1:])
    if not own and thing.colours:
        colours = (thing.colours[at % len(thing.colours)],)
    scale = scale_at(thing, at)
    scales = dict(thing.scales)
    if scale != 1.0:
        scales["all"] = scales.get("all", 1.0) * scale
    single = replace(
        element_of(thing, at),
        count=1,
        groups=1,
        label="",
        arrange="",
        shape=(),
        overrides=(),
        colours=colours,
        scales=tuple(sorted(scales.items())),
        spacing=None,
        shift=shift_at(thing, at),
        tint=tint_at(thing, at),
        yaw_deg=thing.yaw_deg + sum(one.yaw_deg for one in overridden(thing, at)),
    )
    if scale != 1.0:
        single = replace(single, dims=tuple((name, value * scale) for name, value in thing.dims))
    rest = without(thing, [at])
    if thing.total == 2 and any(relation.kind in _ONE_SPOT for relation in thing.place):  # each keeps its own end
        single = replace(single, place=at_own_spot(thing.place, at))
        rest["place"] = at_own_spot(thing.place, 1 - at)
    return single, rest


def as_one(thing: Thing) -> Thing:
    """What is left of a group when one is left: a thing that is as that element was."""
    if thing.total != 1 or not thing.overrides or KINDS[thing.kind].sort != "solid":
        return thing
    single, _ = parted(thing, 0)
    return replace(single, label=thing.label, arrange=thing.arrange, spacing=thing.spacing, place=thing.place)


def at_own_spot(place: tuple[Relation, ...], index: int) -> tuple[Relation, ...]:
    """Of two at both ends, the one at its end."""
    return tuple(replace(one, kind=_ONE_SPOT[one.kind][index]) if one.kind in _ONE_SPOT else one for one in place)
