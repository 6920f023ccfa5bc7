"""Which of them a follow-up means: `only two of them`, `the longest one`, `the green ones`, `without the box`."""

from __future__ import annotations

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.rules.comparisons import across, side_of
from py_remote_viewer.scenes.create.rules.edits import Edits
from py_remote_viewer.scenes.create.things.description import FLOOR, Relation
from py_remote_viewer.scenes.create.things.elements import alike, position
from py_remote_viewer.scenes.create.things.footprints import parts_of
from py_remote_viewer.scenes.create.things.matter import mass_of
from py_remote_viewer.scenes.create.things.phrase import Phrase

_EXTREMES = {
    "longest": ("length", True), "shortest": ("length", False), "tallest": ("height", True), "lowest": ("height", False),
    "biggest": ("size", True), "largest": ("size", True), "smallest": ("size", False), "heaviest": ("mass", True),
    "lightest": ("mass", False),
}  # fmt: skip


class Picking(Edits):
    """Rules for some of what is there."""

    def keep_only(self, at: int) -> int:
        """`now only three of them`, `keep two of the boxes`: the others go."""
        r, end = self.r, at
        if not self.draft.editing or not self.starts_clause():
            return 0
        while r.word(end, "now", "keep", "leave", "only", "just"):
            end += 1
        if end == at or not any(r.word(i, "keep", "leave", "only", "just") for i in range(at, end)):
            return 0
        token, group = r[end], self._group()
        if token.kind != "number" or group is None or not r.word(end + 1, "of"):
            return 0
        phrase = self.nouns.read(end + 2)
        ids = self.draft.resolve(phrase) if phrase is not None and phrase.definite else []
        groups = [one for one in ids if one != FLOOR and self.draft.scene.thing(one).total > 1]
        thing = self.draft.scene.thing(groups[-1] if groups else group)
        if phrase is None or not ids or not 0 < token.value < thing.total or token.value != int(token.value):
            return 0
        self._out(thing.id, list(range(int(token.value), thing.total)))
        self.edited = True
        r.use(at, phrase.end)
        return phrase.end - at

    def _some_go(self, at: int) -> int:
        """Some of a group, or so many parts of a machine."""
        r, end = self.r, at
        count = int(r[end].value) if r[end].kind == "number" else 1 if r.word(end, "a", "an", "one", "another") else 0
        part = r.match(end + 1 + r.word(end + 1, "of", "the"), "part") if count else None
        there = [self.draft.scene.thing(one) for one in self.draft.mentions if self.draft.scene.has(one)]
        owners = [
            thing
            for thing in there
            if part is not None and KINDS[thing.kind].part == part[0].value and thing.total == 1
        ]
        if part is None or not owners or r.word(end + 1, "of"):
            return super()._some_go(at)
        thing = owners[-1]
        left = parts_of(thing) - count
        if left < KINDS[thing.kind].parts[1]:
            return super()._some_go(at)
        kept = tuple(one for one in thing.overrides if position(one.index, parts_of(thing)) < left)
        self.draft.update(thing.id, parts=left, overrides=kept)
        self.subjects = [thing.id]
        self.draft.mention([thing.id])
        r.use(at, end + 1 + part[1])
        return 1 + part[1]

    def _one_of_several(self, at: int) -> int:
        """`give one of them twice the mass`, where they are two things: the last."""
        r = self.r
        one = r.word(at, "one") or (r[at].kind == "number" and r[at].shown == "one")
        if (
            not one
            or not self.draft.editing
            or not self.verb_word
            or not (r.word(at + 1, "of") and r.word(at + 2, "them"))
        ):
            return 0
        ids = [each for each in self.draft.resolve(Phrase(at, pron="them")) if each != FLOOR]
        if len(ids) < 2 or any(self.draft.scene.thing(each).total > 1 for each in ids):
            return 0
        self.subjects, self.attached, self.edited = ids[-1:], ids[-1:], True
        self.draft.mention(ids[-1:])
        r.use(at, at + 3)
        return 3

    def without_it(self, at: int) -> int:
        """`without the box`, `without arms`: away with what is there; what is not there is told."""
        r = self.r
        if not self.draft.editing or not r.word(at, "without") or self.sentence_ids:
            return 0
        if r.is_cat(at, "gravity", "medium", "nofloor", "surface") or r.is_cat(at + 1, "feature", "motion"):
            return 0
        phrase = self.nouns.read(at + 1)
        if phrase is None or phrase.kind in ("floor", "", "?") or phrase.pron:
            return 0
        ids = [one for one in self.draft.resolve(phrase) if one != FLOOR]
        if not ids or phrase.count:
            r.miss(list(range(at, phrase.end)))
        else:
            self.draft.remove(ids)
            r.use(at, phrase.end)
        self.edited = True
        return phrase.end - at

    def extreme(self, at: int) -> int:
        """`the longest one`, `the heaviest ball`: of several things that differ."""
        one, end = self._extreme_at(at)
        if one is None:
            return 0
        self.subjects, self.attached, self.index, self.edited = [one], [one], None, True
        self.draft.mention([one])
        self.r.use(at, end)
        return end - at

    def _extreme_at(self, at: int) -> tuple[int | None, int]:
        """Which thing `the longest one` is, and where that ends."""
        r = self.r
        which = _EXTREMES.get(r[at + 1].text) if r.word(at, "the") else None
        if which is None or not self.draft.editing:
            return None, at
        end = at + 2
        noun = r.match(end, "noun")
        end += noun[1] if noun is not None else r.word(end, "one") or r[end].shown == "one"
        there = [self.draft.scene.thing(one) for one in self.draft.mentions if self.draft.scene.has(one)]
        kind = (
            noun[0].value.kind
            if noun is not None
            else next((t.kind for t in there if sum(o.kind == t.kind for o in there) > 1), "")
        )
        there = [thing for thing in there if thing.kind == kind and thing.total == 1]
        if len(there) < 2 or (end == at + 2 and r[end].kind not in ("stop", "comma")):
            return None, at
        name, most = which
        values = [
            mass_of(thing) if name == "mass" else across(thing) if name == "size" else side_of(thing, name)
            for thing in there
        ]
        if max(values) <= min(values):
            return None, at
        return there[values.index(max(values) if most else min(values))].id, end

    def _noun_goes(self, at: int) -> int:
        """`everything except the table`, `the shortest`."""
        r, end = self.r, at
        one, behind = self._extreme_at(at)
        if one is not None:
            self.draft.remove([one])
            r.use(at, behind)
            return behind - at
        end += 2 if r.word(end, "all") and r.word(end + 1, "things", "objects") else r.word(end, "everything", "all")
        phrase = self.nouns.read(end + 1) if end > at and r.word(end, "except", "but") else None
        kept = self.draft.resolve(phrase) if phrase is not None else []
        if phrase is None or not kept:
            return super()._noun_goes(at)
        for thing in self.draft.scene.things:
            if thing.id not in kept:
                self.draft.remove([thing.id])
        r.use(at, phrase.end)
        return phrase.end - at

    def some_alike(self, at: int) -> int:
        """`the green ones are bigger`, of a group in several colours."""
        r, start = self.r, at + self.r.word(at, "all")
        if not r.word(start, "the") or not self.draft.editing:
            return 0
        phrase = Phrase(at)
        end = start + 1
        while (step := self.nouns.adjective(end, phrase)) > 0:
            end += step
        group = self._group()
        if group is None or end == start + 1:
            return 0
        noun = r.match(end, "noun")
        thing = self.draft.scene.thing(group)
        if not r.word(end, "ones") and (noun is None or not noun[0].value.plural or noun[0].value.kind != thing.kind):
            return 0
        indices = alike(thing, phrase)
        return self._are(at, end + (noun[1] if noun is not None else 1), group, indices) if len(indices) > 1 else 0

    def fill_it(self, at: int) -> int:
        """`fill it with 10 balls`."""
        r = self.r
        holder = self.nouns.read(at + 1) if r.word(at, "fill") else None
        if holder is None or not holder.definite or not r.word(holder.end, "with"):
            return 0
        ids = [one for one in self.draft.resolve(holder) if one != FLOOR]
        what = self.nouns.read(holder.end + 1)
        if not ids or what is None or what.kind not in KINDS or what.definite or KINDS[what.kind].sort != "solid":
            return 0
        made = self.create(self._uncounted(what, ids[-1]))
        self.draft.relate(made, Relation("inside", (ids[-1],)), instead=False)
        self._fill_up(made, at)
        self.subjects, self.attached, self.edited = made, list(made), self.draft.editing
        r.use(at, what.end)
        return what.end - at

    def so_many_now(self, at: int) -> int:
        """`I would like three of them`, where there is one."""
        r = self.r
        token = r[at]
        if token.kind != "number" or not r.word(at + 1, "of") or not r.word(at + 2, "them", "these", "those"):
            return 0
        ids = [one for one in self.draft.resolve(Phrase(at, pron="it")) if one != FLOOR] if self.draft.editing else []
        if (
            not ids
            or self.draft.scene.thing(ids[-1]).total != 1
            or not 1 < token.value <= 200
            or self._group() is not None
        ):
            return 0
        self.draft.update(ids[-1], count=int(token.value))
        self.subjects, self.edited = ids[-1:], True
        r.use(at, at + 3)
        return 3
