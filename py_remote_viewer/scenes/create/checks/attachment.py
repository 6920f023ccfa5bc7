"""Adjectives and numbers against the noun that they stand before: what came of them must be found on such a thing. Pure.

`ledger.py` asks whether a word left any trace; here the trace must be on the right noun. `two red cups and a blue plate` with
two plates, or a red plate, is told: the number or the colour was not understood.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field, replace

from py_remote_viewer.scenes.create.checks.ledger import measures
from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.lexicon.materials import VARIOUS
from py_remote_viewer.scenes.create.lexicon.words import FILLERS, Noun
from py_remote_viewer.scenes.create.reading.reader import Reader
from py_remote_viewer.scenes.create.things.description import Scene, Thing

_LOOKS = ("colour", "material")
_MODIFYING = (
    "colour",
    "shade",
    "material",
    "size",
    "dimfactor",
    "weight",
    "surface",
    "pose",
    "degree",
    "fixed",
    "motion",
)
_REACH = 9


@dataclass(slots=True)
class _Claims:
    """What stands before one noun: places of its number and of its adjectives."""

    number: int | None = None
    looks: list[int] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    weights: list[int] = field(default_factory=list)
    figures: list[int] = field(default_factory=list)


def misattached(reader: Reader, before: Scene, after: Scene) -> list[int]:
    """Places of numbers and adjectives that no thing called like the noun behind them shows."""
    found = [at for at in range(len(reader)) if _of_nothing(reader, at)]
    for at in range(len(reader)):
        head = reader.match(at, "noun")
        if head is None or not reader.used[at] or not _is_head(reader, at, head[1]):
            continue
        noun = head[0].value
        loads = tuple(replace(one.load, count=one.total) for one in after.things if one.load is not None)
        things = _called(noun.noun, noun.kind, (*loads, *after.things, *before.things))
        if not things:
            found += [at] if _vanished(reader, at, head[1], noun, after) else []
            continue
        claims = _before(reader, at)
        found += _lost(reader, claims, things, before)
    return found


def _of_nothing(reader: Reader, at: int) -> bool:
    """`four corners`, where the noun was not understood: then its number was not either."""
    if reader[at].kind != "number" or not reader.used[at]:
        return False
    after = at + 1
    while reader[after].kind == "word" and reader.is_cat(after, *_MODIFYING):
        after += 1
    token = reader[after]
    lost = token.kind == "word" and not reader.used[after] and token.text not in FILLERS and token.text.endswith("s")
    return lost and not reader.is_cat(after, "verb", "motion", "rel", "barerel", "conj", "link", "dim", "arrange")


def _vanished(reader: Reader, at: int, length: int, noun: Noun, after: Scene) -> bool:
    """`with a ring on it`, of which nothing came: it is no verb, no part, no shape and no name of anything that is there."""
    other = reader.match(
        at, "motion", "verb", "part", "rel", "group", "material", "colour", "dim", "feature", "property"
    )
    back = at - 1
    while back > 0 and reader.is_cat(back, *_MODIFYING):
        back -= 1
    if other is not None or length > 1 or noun.plural or not reader.word(back, "a", "an"):
        return False
    if any(thing.senses or thing.stiffness is not None for thing in after.things):
        return False  # it became a sensor or a stiffness
    if any(thing.kind in ("cart_pole", "pulley", "table_pulley") for thing in after.things):
        return False  # it became a pole, or one of the two weights
    names = {word for thing in after.things for word in (thing.noun, thing.label, thing.bob, thing.tag)}
    return not any(noun.noun in name or noun.kind in name for name in names)


def _is_head(reader: Reader, at: int, length: int) -> bool:
    """No part of a compound, and no adjective: `marble` in `a marble bowl`."""
    if reader.is_cat(at + length, "noun", "group", "part") and not reader.is_cat(at + length, "rel", "verb", "motion"):
        return False
    other = reader.match(at, *_MODIFYING, "rel", "verb")
    return other is None or other[1] < length or not reader.is_cat(at + other[1], "noun", *_MODIFYING)


def _called(noun: str, kind: str, things: tuple[Thing, ...]) -> list[Thing]:
    named = [thing for thing in things if thing.noun == noun]
    if noun == "object" and not named:  # boxes, balls and other solids together
        return [thing for thing in things if KINDS[thing.kind].sort == "solid"]
    return named or [thing for thing in things if kind in (thing.kind, thing.bob) or thing.noun == kind]


def _before(reader: Reader, head: int) -> _Claims:
    """Read to the left from the noun, as long as what stands there belongs to it."""
    claims = _Claims()
    at = head - 1
    while at >= 0 and head - at < _REACH:
        token = reader[at]
        if token.kind == "number":
            if reader.used[at] and token.value == int(token.value) and not reader.word(at - 1, "x", "by", "of"):
                claims.number = at
            break
        if token.kind == "quantity":
            if reader.used[at] and token.dimension in ("mass", "length") and not reader.word(at - 1, "x", "by"):
                claims.figures.append(at)
            at -= 1
            continue
        if token.kind == "comma" or reader.word(at, "and"):
            if not reader.is_cat(at - 1, *_LOOKS) or not reader.is_cat(at + 1, *_LOOKS):
                break
            at -= 1
            continue
        if token.kind != "word" or not reader.is_cat(at, *_MODIFYING):
            break
        if reader.used[at] and not reader.is_cat(at - 1, "shade"):
            if reader.is_cat(at, *_LOOKS):
                claims.looks.append(at)
            elif reader.is_cat(at, "size"):
                claims.sizes.append(at)
            elif reader.is_cat(at, "weight") and not reader.is_cat(at, "shade"):
                claims.weights.append(at)
        at -= 1
    return claims


def _lost(reader: Reader, claims: _Claims, things: list[Thing], before: Scene) -> list[int]:
    found: list[int] = []
    if claims.number is not None and not _counted(int(reader[claims.number].value), things, before):
        found.append(claims.number)
    for at in claims.figures:
        values = measures(Scene(tuple(things)), reader[at].dimension)
        if not any(math.isclose(reader[at].value, value, rel_tol=2e-3, abs_tol=1e-6) for value in values):
            found.append(at)
    looks = {look.split(" ")[-1] for thing in things for look in _looks(thing)}
    for at in claims.looks:
        wanted = {str(entry[0].value).split(" ")[-1] for cat in _LOOKS if (entry := reader.match(at, cat)) is not None}
        if VARIOUS not in wanted and not wanted & looks and VARIOUS not in looks:
            found.append(at)
    sized = any(thing.scales or thing.dims or any(o.scale != 1.0 for o in thing.overrides) for thing in things)
    if not sized:
        found += [at for at in claims.sizes if reader.match(at, "size")[0].value != 1.0]  # type: ignore[index]
    if not any(
        thing.weight != 1.0 or thing.mass is not None or any(o.weight != 1.0 or o.mass for o in thing.overrides)
        for thing in things
    ):
        found += claims.weights
    return found


def _looks(thing: Thing) -> set[str]:
    own = {thing.material or "", *thing.colours}
    return own | {look for one in thing.overrides for look in (one.colour or "", one.material or "")}


def _counted(number: int, things: list[Thing], before: Scene) -> bool:
    """Whether so many of them are there, in a group, in every group, or more or fewer than there were."""
    totals = [thing.total for thing in things]
    numbers = {1, sum(totals), *totals}
    for thing in things:
        numbers |= {thing.count, thing.groups, thing.parts or 0, len(thing.overrides), len(thing.colours), *thing.shape}
        numbers |= {abs(thing.total - old.total) for old in before.things}
        numbers |= {thing.total // share for share in (2, 4) if thing.total % share == 0}
        if any(relation.kind == "levels" for relation in thing.place):
            numbers |= {share for share in range(1, thing.total) if thing.total % share == 0}
        alike = Counter((one.colour, one.mass, one.weight, one.scale, one.material) for one in thing.overrides)
        numbers |= set(alike.values())
        numbers |= {thing.colours.count(colour) for colour in thing.colours}
    return number in numbers or any(
        sum(totals[start:end]) == number for start in range(len(totals)) for end in range(start + 1, len(totals) + 1)
    )
