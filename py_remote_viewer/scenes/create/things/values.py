"""Values said one by one: `masses 1, 2 and 3 kg` for three balls, `lengths 20, 40 and 60 cm` for three pendulums. Pure."""

from __future__ import annotations

from dataclasses import replace

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.things.description import FLOOR, Override, Relation, Thing
from py_remote_viewer.scenes.create.things.draft import Draft
from py_remote_viewer.scenes.create.things.elements import parted
from py_remote_viewer.scenes.create.things.sizes import dims_of
from py_remote_viewer.scenes.create.things.ties import rejoined

_SIZES = ("size", "length", "width", "height", "radius", "thickness", "diameter", "depth")


def give_each(draft: Draft, ids: list[int], name: str, values: tuple[float, ...]) -> list[int]:
    """Give the things `ids`, or the elements of the one thing, one value of `name` each; who they are now.

    Empty where the numbers do not fit: the words then stay unused and are reported.
    """
    ids = [one for one in ids if one != FLOOR and draft.scene.has(one)]
    if len(ids) > 1 and len(ids) == len(values) and all(draft.scene.thing(one).total == 1 for one in ids):
        for one, value in zip(ids, values, strict=True):
            _give(draft, one, name, value)
        return ids
    if len(ids) != 1:
        return []
    thing = draft.scene.thing(ids[0])
    if thing.total != len(values):
        parts = thing.parts if thing.parts is not None else KINDS[thing.kind].parts[0]
        if name == "mass" and thing.total == 1 and KINDS[thing.kind].part and parts == len(values):
            made = tuple(Override(index, mass=value) for index, value in enumerate(values))
            draft.update(ids[0], overrides=(*thing.overrides, *made))
            return ids
        linked = KINDS[thing.kind].part in ("link", "joint", "pole") and KINDS[thing.kind].sort == "machine"
        if name in ("length", "size") and thing.total == 1 and linked and parts == len(values):
            made = tuple(Override(index, length=value) for index, value in enumerate(values))
            dims = tuple(sorted((dict(thing.dims) | {"length": sum(values)}).items()))
            draft.update(ids[0], overrides=(*thing.overrides, *made), dims=dims)
            return ids
        if thing.kind == "pulley" and name == "mass" and len(values) == 2:
            made = tuple(Override(index, mass=value) for index, value in enumerate(values))
            draft.update(ids[0], overrides=(*thing.overrides, *made))
            return ids
        if ids[0] not in draft.unsaid:
            return []
        draft.update(ids[0], count=len(values), groups=1)
        thing = draft.scene.thing(ids[0])
    angled = name == "tilt" and not _launched(thing)
    if KINDS[thing.kind].sort == "solid" and (name == "mass" or angled or _one_size(thing.kind, name)):
        _override(draft, ids[0], name, values)
        return ids
    return _apart(draft, ids[0], name, values)


def _launched(thing: Thing) -> bool:
    """Whether an angle is the one at which it flies off."""
    return thing.motion is not None and thing.motion.kind == "thrown"


def _one_size(kind: str, name: str) -> bool:
    """Whether one number says all of the size, so that elements differ by a factor."""
    return name == "size" or (kind == "ball" and name in _SIZES)


def _override(draft: Draft, one: int, name: str, values: tuple[float, ...]) -> None:
    thing = draft.scene.thing(one)
    if name == "mass":
        made = [Override(index, mass=value) for index, value in enumerate(values)]
    elif name == "tilt":
        made = [Override(index, tilt_deg=value) for index, value in enumerate(values)]
    else:
        draft.update(one, dims=tuple(sorted({**dict(thing.dims), name: values[0]}.items())))
        thing = replace(
            thing, overrides=tuple(replace(old, scale=1.0) for old in thing.overrides)
        )  # these say it better
        made = [Override(index, scale=value / values[0]) for index, value in enumerate(values) if index]
    draft.update(one, overrides=(*thing.overrides, *made))


def _give(draft: Draft, one: int, name: str, value: float) -> None:
    thing = draft.scene.thing(one)
    if name in _SIZES:
        draft.update(one, dims=tuple(sorted({**dict(thing.dims), name: value}.items())))
    elif name == "tilt" and _launched(thing):
        draft.move(one, "thrown", angle_deg=value)
    elif name == "tilt":
        draft.update(one, tilt_deg=value)
    elif name == "speed":
        draft.move(one, "", speed=value)
    elif name == "fall":
        if not draft.move(one, "falling", height=value):
            draft.update(one, height=value)
    else:
        draft.update(one, **{name: value})


def _apart(draft: Draft, one: int, name: str, values: tuple[float, ...]) -> list[int]:
    """A thing of its own for each value, side by side."""
    thing = draft.scene.thing(one)
    ids = told_apart(draft, one)
    for new_id in ids[1:] if name == "speed" or _launched(thing) else ():
        draft.update(new_id, place=thing.place)  # each in a lane of its own
    for new_id, value in zip(ids, values, strict=True):
        _give(draft, new_id, name, value)
    return ids


def told_apart(draft: Draft, one: int) -> list[int]:
    """A thing of its own for each element of a group, side by side; what is said of an element stays with it."""
    thing = draft.scene.thing(one)
    next_id = max(max(other.id for other in draft.scene.things), max(draft.old_ids, default=-1)) + 1
    ids = [one, *range(next_id, next_id + thing.total - 1)]
    things = []
    for index, new_id in enumerate(ids):
        own, _ = parted(thing, index)
        side = (
            "front" if thing.kind == "ramp" and not thing.arrange else "right"
        )  # slopes beside each other, not in a line
        beside = (Relation(side, (ids[index - 1],), thing.spacing),) if index else thing.place
        if index and any(relation.kind in ("on", "inside") for relation in thing.place):
            beside = thing.place
        if index and thing.arrange == "stack":
            beside = (Relation("on", (ids[index - 1],)),)
        kept_as = "row" if thing.arrange == "row" else own.arrange  # said, and so it is
        things.append(replace(own, id=new_id, arrange=kept_as, place=beside))
    at = draft.scene.things.index(thing)
    kept = tuple(_on_all(other, one, ids) for other in draft.scene.things)
    draft.scene = rejoined(replace(draft.scene, things=(*kept[:at], *things, *kept[at + 1 :])), one, ids)
    draft.mention(ids)
    return ids


def _on_all(thing: Thing, one: int, ids: list[int]) -> Thing:
    """What stood on the elements of the group `one`, on as many of what they have become."""
    if thing.total != len(ids) or thing.label:
        return thing
    place = tuple(
        replace(r, targets=tuple(ids)) if r.kind in ("on", "inside", "above") and r.targets == (one,) else r
        for r in thing.place
    )
    return replace(thing, place=place) if place != thing.place else thing


def graded(draft: Draft, one: int, name: str, *, rising: bool, mixed: bool = False) -> list[int]:
    """Different sizes, lengths or masses for a group, from small to large or the other way round."""
    thing = draft.scene.thing(one)
    count = thing.total
    if count < 2:
        return []
    shares = [0.6 + index / (count - 1) for index in range(count)]
    if not rising:
        shares.reverse()
    if mixed:
        shares = shares[::2] + shares[1::2]
    if name == "mass":
        usual = thing.mass if thing.mass is not None else 1.0
        return give_each(draft, [one], "mass", tuple(usual * share * 2 for share in shares))
    if name == "size" and KINDS[thing.kind].sort == "solid":
        made = tuple(Override(index, scale=share) for index, share in enumerate(shares))
        draft.update(one, overrides=(*thing.overrides, *made))
        return [one]
    sizes = dims_of(thing)
    key = name if name in sizes else next(iter(sizes), "")
    if not key:
        return []
    return _apart(draft, one, key, tuple(sizes[key] * share for share in shares))


def colours_apiece(things: list[Thing]) -> tuple[str, ...]:
    """Of what there are several of, in several colours: that of each, in order; none where nothing is so."""
    for kind in dict.fromkeys(thing.kind for thing in reversed(things)):
        found: list[str] = []
        for thing in (one for one in things if one.kind == kind):
            own = {one.index: one.colour for one in thing.overrides if one.colour}
            usual = thing.colours or ("",)
            found += [own.get(index) or usual[index % len(usual)] for index in range(thing.total)]
        if len(found) > 1 and all(found):
            return tuple(found)
    return ()
