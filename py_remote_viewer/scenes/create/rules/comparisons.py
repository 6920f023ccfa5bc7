"""More and less: `twice as big`, `half as heavy as the ball`, `the same size as it`, `bigger than the box`."""

from __future__ import annotations

from dataclasses import dataclass

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.rules.predicates import Predicates
from py_remote_viewer.scenes.create.things.description import FLOOR, Thing
from py_remote_viewer.scenes.create.things.matter import mass_of
from py_remote_viewer.scenes.create.things.phrase import Phrase
from py_remote_viewer.scenes.create.things.sizes import dims_of, extent_of

_SMALLER = ("smaller", "lighter", "shorter", "slower", "lower", "less")
_COMPARATIVE = ("size", "dimfactor", "weight", "pace", "surface")


@dataclass(frozen=True, slots=True)
class Comparison:
    """What waits until everything is named: `subjects` have `factor` times the `name` of what `phrase` means."""

    subjects: tuple[int, ...]
    name: str
    factor: float
    phrase: Phrase
    start: int
    end: int


class Comparisons(Predicates):
    """Rules for comparing."""

    def comparison(self, at: int) -> int:
        """`twice as big`, `3 times heavier`, `half the size of it`, `50 percent bigger`, `as heavy as the box`."""
        r, start = self.r, at
        if self.fresh_comparative(at):
            return self._than(at)
        if r.word(at - 1, "from", "at") and r.word(at, "the", "a") and r.word(at + 1, "same"):
            return 0  # `from the same height of 2 m`
        factor, at = self._factor(at)
        if at == start:
            return 0
        own = False
        while r.word(at, "as", "the", "its", "their", "more", "same", "of"):
            own = own or r.word(at, "its", "their")
            at += 1
        if self._gravity_word(at) or (
            self.about_gravity and (r.is_cat(at, "weight", "size") or r.word(at, "strong", "stronger", "weak", "high"))
        ):
            return self._gravity_times(start, at, factor)
        named = self._compared(at)
        if named is not None and named[0] == "count" and not self.subjects:
            phrase = self.nouns.read(at + named[2])
            ids = self.draft.resolve(phrase) if phrase is not None and self.draft.editing else []
            if phrase is not None and ids and ids != [FLOOR]:
                self.scale_property(ids[-1], "count", factor)
                self.subjects, self.edited = ids[-1:], True
                r.use(start, phrase.end)
                return phrase.end - start
        if named is None or not self.subjects:
            return 0
        name, inverse, length = named
        factor = 1 / factor if inverse and factor else factor
        at += length
        if r.word(at, "as", "than", "of"):
            if r.word(at + 1, "before", "now"):
                at += 2
            elif (step := self._to_reference(start, at, name, factor)) > 0:
                return step
            elif r.word(at, "of"):
                return 0
        elif own and self.verb_word == "" and not self.edited:
            other = self.draft.resolve(Phrase(0, pron="it"), tuple(self.subjects))
            if other:
                self._relative(tuple(self.subjects), name, factor, other[-1])
                r.use(start, at)
                return at - start
        if factor == 1.0:
            return self._all_the_same(start, at, name)
        for one in self.subjects:
            self.scale_property(one, name, factor)
        r.use(start, at)
        return at - start

    def _factor(self, at: int) -> tuple[float, int]:
        """`twice`, `3 times`, `half`, `50 percent`, `as`, `the same`; and where it ends."""
        r = self.r
        found = r.match(at, "factor")
        if found is not None:
            return found[0].value, at + found[1]
        if r[at].kind == "number" and r.is_cat(at + 1, "times"):
            return r[at].value, at + 2
        if r[at].kind == "number" and 0 < r[at].value < 1 and r.word(at + 1, "as", "the", "its", "of"):
            return r[at].value, at + 1
        if r[at].kind == "quantity" and r[at].dimension == "percent":
            value = r[at].value
            if r.word(at + 1, "of"):
                return value, at + 2
            return (1 - value if r.word(at + 1, *_SMALLER) else 1 + value), at + 1
        if r.word(at, "of", "with") and r.word(at + 1, "the") and r.word(at + 2, "same"):
            return 1.0, at + 3
        if r.word(at, "the") and r.word(at + 1, "same"):
            return 1.0, at + 2
        if r.word(at, "same", "equal", "equally"):
            return 1.0, at + 1
        if r.word(at, "of", "with") and r.word(at + 1, "same", "equal"):
            return 1.0, at + 2
        if r.word(at, "as") and r.is_cat(at + 1, *_COMPARATIVE, "dim"):
            return 1.0, at + 1
        if r.word(at, "just") and r.word(at + 1, "as") and r.is_cat(at + 2, *_COMPARATIVE, "dim"):
            return 1.0, at + 2
        return 1.0, at

    def fresh_comparative(self, at: int) -> bool:
        """Whether `bigger than` stands here."""
        found = self.r.match(at, *_COMPARATIVE)
        return found is not None and self.r.word(at + found[1], "than")

    def _than(self, at: int) -> int:
        """`bigger than the box`."""
        found = self.r.match(at, *_COMPARATIVE)
        named = self._compared(at)
        if found is None or named is None or not self.subjects:
            return 0
        entry, length = found
        factor = entry.value[1] if isinstance(entry.value, tuple) else float(entry.value)
        return self._to_reference(at, at + length, named[0], factor)

    def _to_reference(self, start: int, at: int, name: str, factor: float) -> int:
        """What stands behind `as`, `than`, `of`: at once when it is there, else when everything is named."""
        r, end = self.r, at + 1
        if r.word(end, "that", "those") and r.word(end + 1, "of"):
            end += 2
        own = r.match(end + 2, "dim", "dimfactor") if r.word(end, "it") and r.word(end + 1, "is") else None
        if own is not None:
            side = own[0].value[0] if isinstance(own[0].value, tuple) else own[0].value
            for one in self.subjects:
                thing = self.draft.scene.thing(one)
                value = factor * side_of(thing, side)
                self.draft.update(one, dims=tuple(sorted({**dict(thing.dims), name: value}.items())))
            r.use(start, end + 2 + own[1])
            return end + 2 + own[1] - start
        phrase = self.nouns.read(end)
        if phrase is None or not (phrase.pron or phrase.kind in KINDS) or not self.subjects:
            return 0
        subjects = tuple(one for one in self.subjects if one != FLOOR)
        ids = self._meant(phrase, subjects)
        if ids:
            self._relative(subjects, name, factor, ids[-1])
            r.use(start, phrase.end)
        else:
            self.deferred.append(Comparison(subjects, name, factor, phrase, start, phrase.end))
        return phrase.end - start

    def _meant(self, phrase: Phrase, subjects: tuple[int, ...]) -> list[int]:
        ids = [one for one in self.draft.resolve(phrase, exclude=subjects) if one != FLOOR]
        if phrase.pron == "them" and len(ids) > 1:
            return []
        return ids

    def settle_comparisons(self) -> None:
        """What was compared with something that came later; what never came stays unused."""
        for one in self.deferred:
            ids = self._meant(one.phrase, one.subjects)
            if not ids and not self.draft.editing and one.phrase.kind in KINDS:
                ids = self.create(one.phrase)  # `the blue ball is heavier than the red ball`, and neither was named
            if ids and all(self.draft.scene.has(subject) for subject in one.subjects):
                self._relative(one.subjects, one.name, one.factor, ids[-1])
                self.r.use(one.start, one.end)
        self.deferred = []

    def _all_the_same(self, start: int, at: int, name: str) -> int:
        """`of the same size`: all that are spoken of have what the first has."""
        there = [one for one in self.subjects if one != FLOOR]
        if self.draft.scene.thing(there[-1]).total == 1 and len(there) == 1:
            others = [one for one in self.draft.mentions if one not in there and self.draft.scene.has(one)]
            there = [*others[-1:], *there]
        for one in there[1:]:
            self._relative((one,), name, 1.0, there[0])
        if there and (len(there) > 1 or self.draft.scene.thing(there[0]).total > 1):
            self.r.use(start, at)
            return at - start
        return 0

    def _relative(self, subjects: tuple[int, ...], name: str, factor: float, reference: int) -> None:
        other = self.draft.scene.thing(reference)
        for one in subjects:
            thing = self.draft.scene.thing(one)
            if name in ("size_all", "size"):
                self.draft.rescale(one, "all", factor * across(other) / across(thing))
            elif name in ("length", "width", "height", "thickness", "radius", "diameter", "depth"):
                value = factor * side_of(other, name)
                self.draft.update(one, dims=tuple(sorted({**dict(thing.dims), name: value}.items())))
            elif name == "mass":
                self.draft.update(one, mass=factor * mass_of(other), weight=1.0)
            elif name == "count":
                self.draft.update(one, count=max(1, min(200, round(factor * other.total))))
            elif name == "friction":
                self.draft.update(one, friction=factor * (0.7 if other.friction is None else other.friction))
            elif name == "bounce":
                self.draft.update(one, bounce=min(0.98, factor * (0.3 if other.bounce is None else other.bounce)))
            elif name == "speed":
                speed = other.motion.speed if other.motion is not None and other.motion.speed else 2.0
                self.draft.move(one, "", speed=factor * speed)
            elif name == "density":
                self.draft.update(one, density=other.density, material=other.material, weight=other.weight * factor)

    def _gravity_times(self, start: int, at: int, factor: float) -> int:
        r = self.r
        self.set_gravity(self.draft.scene.world.gravity * (factor if not r.word(at, "weak") else 1 / factor))
        at += 1
        while r.word(at, "as", "earth", "normal"):
            at += 1
        r.use(start, at)
        return at - start

    def _compared(self, at: int) -> tuple[str, bool, int] | None:
        found = self.r.match(at, "size", "dimfactor", "weight", "dim", "property", "surface", "pace", "slope")
        if self.r.word(at, "much") and any(
            self.r.word(back, "weighs", "weigh", "weighing") for back in range(max(0, at - 5), at)
        ):
            return "mass", False, 1
        if found is None:
            return ("count", False, 1) if self.r.word(at, "many", "number", "amount") else None
        entry, length = found
        if entry.cat == "size":
            return "size_all", entry.value < 1, length
        if entry.cat == "dimfactor":
            return entry.value[0], entry.value[1] < 1, length
        if entry.cat == "weight":
            return "mass", entry.value < 1, length
        if entry.cat == "surface":
            return entry.value[0], entry.value[0] == "friction" and entry.value[1] < 0.5, length
        if entry.cat == "pace":
            return "speed", False, length
        if entry.cat == "slope":
            return "tilt", entry.value in (10.0, 0.6), length
        return ("size_all" if entry.value == "size" else entry.value), False, length


def across(thing: Thing) -> float:
    """Its longest side."""
    if KINDS[thing.kind].sort == "solid":
        extent = extent_of(thing)
        return 2 * max(extent.x, extent.y, extent.z)
    dims = dims_of(thing)
    return max([*(2 * value if name == "radius" else value for name, value in dims.items()), 0.1])


def side_of(thing: Thing, name: str) -> float:
    """One of its sizes, m."""
    dims = dims_of(thing)
    if name in dims:
        return dims[name]
    if KINDS[thing.kind].sort == "solid":
        extent = extent_of(thing)
        return {"height": 2 * extent.z, "width": 2 * extent.y, "radius": extent.x}.get(name, 2 * extent.x)
    return across(thing)
