"""Many that differ: `boxes between 3 and 10 cm`, `masses from 1 to 5 kg`, `20 random objects`."""

from __future__ import annotations

import random
from dataclasses import replace

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.rules.layered_rules import LayeredRules
from py_remote_viewer.scenes.create.things.description import FLOOR, Override, Thing
from py_remote_viewer.scenes.create.things.phrase import Phrase

_SEED = 11
_MIXED = (("box", "box"), ("ball", "ball"), ("cylinder", "cylinder"), ("capsule", "capsule"))
_INTRO = tuple(
    """between from of with in ranging random sizes size masses mass weights weight varying different various sized randomly
    the a range diameters lengths weighing""".split()  # noqa: SIM905 - a list of twenty lines says no more
)
_SAYING = frozenset(
    ["random", "randomly", "sizes", "size", "sized", "masses", "weights", "different", "various", "varying"]
)


class Ranges(LayeredRules):
    """Rules for ranges of values, and for objects of no one kind."""

    def value_range(self, at: int) -> int:
        """`between 2 and 6 cm`, `sizes from 2 cm to 6 cm`, `weighing 1 to 5 kg`: one value for each, spread over that."""
        r, end = self.r, at
        while r.word(end, *_INTRO):
            end += 1
        ranged = any(r.word(one, "between", "ranging", "random", "range") for one in range(at, end))
        rising = not ranged and any(r.word(one, "from") for one in range(at, end))
        low, high, dimension, after = self._two_values(end)
        if (
            not dimension
            or not (ranged or rising or r.word(end + 1, "to"))
            or not min(low, high) > 0
            or low == high
            or end == at
        ):
            return 0
        if low > high and not rising:
            return 0
        if r.is_cat(after, "apart", "noun", "rel", "from"):
            return 0
        dim = r.match(after, "dim")
        after += dim[1] if dim is not None else 0
        groups = [one for one in dict.fromkeys((*self.subjects, *self.attached)) if one != FLOOR]
        groups = [one for one in groups if KINDS[self._kind_of(one)].sort == "solid"]
        there = [self.draft.scene.thing(one) for one in groups]
        if sum(thing.total for thing in there) < 2:
            return 0
        self._spread(there, low, high, dimension, mixed=not rising)
        self.excused_numbers.update(range(end, after))
        r.use(at, after)
        for one in range(len(r)):
            if r[one].text in _SAYING and not r.is_cat(one + 1, "colour"):
                r.use(one, one + 1)
        return after - at

    def range_follows(self, at: int) -> bool:
        """Whether `between` is followed by two values, not by two things."""
        return self.r.word(at, "between", "from") and bool(self._two_values(at + 1)[2])

    def _two_values(self, at: int) -> tuple[float, float, str, int]:
        """The two ends of the range at `at`, what they measure, and where it ends; no dimension where there is none."""
        r = self.r
        one, other = r[at], r[at + 2]
        if one.kind == "list" and len(one.vector) == 2 and one.dimension in ("length", "mass"):
            return one.vector[0], one.vector[1], one.dimension, at + 1
        if not r.word(at + 1, "to", "and") or other.kind != "quantity" or other.dimension not in ("length", "mass"):
            return 0.0, 0.0, "", at
        if one.kind == "quantity" and one.dimension == other.dimension:
            return one.value, other.value, other.dimension, at + 3
        if one.kind == "number" and float(other.text):
            return one.value * other.value / float(other.text), other.value, other.dimension, at + 3
        return 0.0, 0.0, "", at

    def _spread(self, there: list[Thing], low: float, high: float, dimension: str, *, mixed: bool) -> None:
        total = sum(thing.total for thing in there)
        values = [low + (high - low) * index / (total - 1) for index in range(total)]
        if mixed:
            random.Random(_SEED).shuffle(values)
        for thing in there:
            own, values = values[: thing.total], values[thing.total :]
            if dimension == "mass":
                made = [Override(index, mass=value) for index, value in enumerate(own)]
            else:
                largest = max(own)  # the others are smaller than the room that each gets
                self.draft.update(thing.id, dims=(("size", largest),), scales=())
                made = [Override(index, scale=value / largest) for index, value in enumerate(own) if value < largest]
            now = self.draft.scene.thing(thing.id)
            self.draft.update(thing.id, overrides=(*now.overrides, *made))

    def create(self, phrase: Phrase) -> list[int]:
        """`20 objects` are boxes, balls, cylinders and capsules, as many of each as there can be."""
        count = phrase.count or (6 if phrase.plural else 1)
        if phrase.noun != "object" or phrase.label or count < 2 or phrase.shape or phrase.lists:
            return super().create(phrase)
        kinds = _MIXED[: min(count, len(_MIXED))]
        ids: list[int] = []
        for number, (kind, noun) in enumerate(kinds):
            share = count // len(kinds) + (number < count % len(kinds))
            ids += super().create(replace(phrase, kind=kind, noun=noun, count=share, plural=share > 1, given={}))
        self.excused_numbers.update(one for one in range(phrase.start, phrase.end) if self.r[one].kind == "number")
        return ids
