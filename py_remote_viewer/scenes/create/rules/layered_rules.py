"""Steps and levels, and what stands on them: `every step 15 cm high`, `with one, two and three balls on them`."""

from __future__ import annotations

from collections.abc import Callable

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.rules.face_rules import FaceRules
from py_remote_viewer.scenes.create.things.description import FLOOR, Relation
from py_remote_viewer.scenes.create.things.footprints import parts_of
from py_remote_viewer.scenes.create.things.phrase import Phrase

_HOLDING = ("with", "has", "having", "carrying", "holding", "containing", "holds", "carries", "supporting")
_RISE, _RUN = ("height",), ("depth", "width", "length")


class LayeredRules(FaceRules):
    """Rules for steps, and for counts that are shared out."""

    def layered_rules(self) -> tuple[Callable[[int], int], ...]:
        """Those of here and of the class below, in the order in which they are tried."""
        return (
            self.coloured_face,
            self.then_a_gap,
            self.steps_are,
            self.each_level_holds,
            self.staggered,
            self.so_many_on_each,
        )

    def then_a_gap(self, at: int) -> int:
        """`a ramp, then a gap of 30 cm, then a second ramp`: so far behind it in the row."""
        r = self.r
        end = at + r.word(at, "a")
        if not r.word(end, "gap", "space") or not r.word(end + 1, "of") or r[end + 2].dimension != "length":
            return 0
        gap, end = r[end + 2].value, end + 3
        while r[end].kind == "comma" or r.word(end, "then", "and"):
            end += 1
        before = [one for one in self.sentence_ids if self.draft.scene.has(one)][-1:]
        phrase = self.nouns.read(end)
        if not before or phrase is None or phrase.kind not in KINDS or phrase.definite:
            return 0
        phrase.ordinal = None  # `a second ramp` is another one
        ids = self.create(phrase)
        self.draft.relate(ids, Relation("right", (before[0],), gap), instead=False)
        self.subjects, self.attached, self.related_since = ids, list(ids), False
        r.use(at, phrase.end)
        return phrase.end - at

    def steps_are(self, at: int) -> int:
        """`every step 15 cm high and 30 cm deep`, `with steps 20 cm high`: of one step of the stairs; tokens taken, or 0."""
        r, end = self.r, at
        end += r.word(end, "with", "and")
        end += r.word(end, "each", "every", "the", "its", "all")
        if end == at or not r.word(end, "step", "steps", "stair", "tread"):
            return 0
        named = [one for one in (*self.attached, *self.subjects) if one != FLOOR and self._kind_of(one) == "stairs"]
        if not named:
            return 0
        end += 1 + r.word(end + 1, "is", "are", "being", "measures")
        stairs = self.draft.scene.thing(named[-1])
        dims, first = dict(stairs.dims), end
        while (
            r[end].kind == "quantity" and r[end].dimension == "length" and (dim := r.match(end + 1, "dim")) is not None
        ):
            if dim[0].value in _RISE:
                dims["height"] = parts_of(stairs) * r[end].value
            elif dim[0].value in _RUN:
                dims["length"] = parts_of(stairs) * r[end].value
            end += 1 + dim[1]
            joined = (r[end].kind == "comma" or r.word(end, "and")) and r[end + 1].kind == "quantity"
            end += joined
        if end == first:
            return 0
        self.draft.update(stairs.id, dims=tuple(sorted(dims.items())))
        r.use(at, end)
        return end - at

    def staggered(self, at: int) -> int:
        """`a brick wall, staggered`: every second course is shifted, as far as the ends of the wall bear it."""
        if not self.r.word(at, "staggered", "overlapping", "interlocking"):
            return 0
        walls = [one for one in self.subjects if one != FLOOR and self.draft.scene.thing(one).arrange == "wall"]
        for one in walls:
            self.draft.update(one, plan="bond")
        self.r.use(at, at + bool(walls))
        return int(bool(walls))

    def each_level_holds(self, at: int) -> int:
        """`a bookcase with three shelves, each holding 4 books`: so many on every one of its boards."""
        r, end = self.r, at + 1
        end += r.word(end, "shelf", "board", "one", "level")
        end += 2 * (r.word(end, "of") and r.word(end + 1, "them", "which"))
        if not r.word(at, "each", "every") or not r.word(end, *_HOLDING):
            return 0
        named = [one for one in (*self.attached, *self.subjects) if one != FLOOR and self._kind_of(one) == "bookshelf"]
        if not named:
            return 0
        phrase = self.nouns.read(end + 1)
        shelf = self.draft.scene.thing(named[-1])
        if phrase is None or phrase.kind not in KINDS or phrase.definite or shelf.total > 1:
            return 0
        ids = self.create(phrase)
        for one in ids:
            thing = self.draft.scene.thing(one)
            count = 1 if phrase.count is None and not phrase.plural else thing.count
            self.draft.update(one, count=count * parts_of(shelf), groups=1)
        self.draft.relate(ids, Relation("levels", (shelf.id,)), instead=True)
        self.subjects, self.attached, self.related_since = ids, [], True
        r.use(at, phrase.end)
        return phrase.end - at

    def so_many_on_each(self, at: int) -> int:
        """`three tables with one, two and three balls on them`: so many on the first, on the second, on the third."""
        r = self.r
        end = at + r.word(at, "with", "carrying", "holding", "containing")
        counts, last = self._counts_at(end) if end > at else ([], at)
        if not counts:
            return 0
        groups = [one for one in dict.fromkeys((*self.subjects, *self.sentence_ids)) if self.draft.scene.has(one)]
        groups = [
            one for one in groups if self.draft.scene.thing(one).total > 1 and not self.draft.scene.thing(one).label
        ]
        if not groups or len(counts) != self.draft.scene.thing(groups[-1]).total:
            return 0
        phrase = self.nouns.read(last)
        place = r.match(phrase.end, "rel") if phrase is not None else None
        if phrase is None or not phrase.kind or phrase.label or phrase.kind == "?" or phrase.definite:
            return 0
        after = phrase.end
        inside = self._kind_of(groups[-1]) == "bin"
        if place is not None and r.word(after + place[1], "them", "these", "it"):
            inside, after = place[0].value == "inside", after + place[1] + 1
        ids: list[int] = []
        for index, count in enumerate(counts):
            one = self.create(Phrase(phrase.start, phrase.end, phrase.kind, phrase.noun, det="a", count=count,
                                     changes=dict(phrase.changes), dims=dict(phrase.dims), scales=dict(phrase.scales),
                                     colours=[*phrase.colours], given=phrase.given))  # fmt: skip
            self.draft.relate(one, Relation("inside" if inside else "on", (groups[-1],), index=index), instead=False)
            ids += one
        self.excused_numbers.update(range(at, after))
        self.subjects, self.attached, self.related_since = ids, [], True
        r.use(at, after)
        return after - at

    def _counts_at(self, at: int) -> tuple[list[int], int]:
        """The numbers of `one, two and three`, and where the last of them is; none where there is no such list."""
        r, found, end = self.r, [], at
        while r[end].kind == "number" and r[end].value == int(r[end].value) and 0 < r[end].value < 100:
            found.append(int(r[end].value))
            last, end = end, end + 1
            if r[end].kind != "comma" and not r.word(end, "and"):
                return (found, last) if len(found) > 1 else ([], at)
            end += 1 + (r[end].kind == "comma" and r.word(end + 1, "and"))
        return [], at
