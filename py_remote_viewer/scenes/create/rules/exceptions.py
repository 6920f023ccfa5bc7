"""All but some, and one for the other: `all but one blue`, `all red except the last one`, `swap their colours`."""

from __future__ import annotations

from dataclasses import replace

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.rules.removal import Removal
from py_remote_viewer.scenes.create.things.description import FLOOR, Scene, Thing
from py_remote_viewer.scenes.create.things.elements import position
from py_remote_viewer.scenes.create.things.phrase import Phrase

_BUT = ("but", "except", "besides")


class Exceptions(Removal):
    """Rules for what holds for all but some, and for what changes places."""

    def all_but(self, at: int) -> int:
        """`all but one blue`, `all except the first are heavy`, `all white except the middle one`."""
        r, end = self.r, at
        if not r.word(end, "all", "every", "everyone"):
            return 0
        group = self._group()
        end += 1 + r.word(end + 1, "one", "are", "of")
        if group is None:
            return 0
        end += r.word(end, "them")
        end += r.word(end, "are", "is")
        phrase = Phrase(at)
        before = self._adjectives(end, phrase)
        if not r.word(before, *_BUT):
            return 0
        total = self.draft.scene.thing(group).total
        left, after = self._excepted(before + 1, total)
        if not left:
            return 0
        while before == end and r.word(
            after, "are", "is", "of", "them", "painted", "coloured", "colored", "made", "should", "be"
        ):
            after += 1
        finish = after if before > end else self._adjectives(after, phrase)
        made = self._apply(at, finish, group, [index for index in range(total) if index not in left], phrase)
        if made and before > end and len(left) == 1:
            self.subjects, self.index = [group], left[0]
            self.clause_break = False
        return made

    def _excepted(self, at: int, total: int) -> tuple[list[int], int]:
        """Which elements are left out, and where that ends."""
        r = self.r
        at += r.word(at, "for")
        if r[at].kind == "number" and 0 < r[at].value < total:
            return list(range(total - int(r[at].value), total)), at + 1
        at += r.word(at, "the")
        if r.word(at, "one"):
            return [total - 1], at + 1
        ordinal = r.match(at, "ordinal")
        if ordinal is None:
            return [], at
        at += ordinal[1]
        noun = r.match(at, "noun")
        at += noun[1] if noun is not None else (r.word(at, "one") or r[at].kind == "number")
        return [position(ordinal[0].value, total)], at

    def swap(self, at: int) -> int:
        """`swap their colours`, `swap the positions of the box and the ball`."""
        r = self.r
        if not r.word(at, "swap", "exchange", "switch") or not (self.draft.scene.things and self.starts_clause()):
            return 0
        end = at + 1
        while r.word(end, "the", "their", "its"):
            end += 1
        what = r[end].text.removesuffix("s")
        if what not in ("colour", "color", "position", "place", "size", "mass", "material", "name"):
            pair, end = self._pair_at(at + 1)
            what = "position"
            if len(pair) != 2 and r.is_cat(at + 1, "pron"):
                solids = [t.id for t in self.draft.scene.things if KINDS[t.kind].sort == "solid" and t.total == 1]
                pair = solids if len(solids) == 2 else pair
            if len(pair) != 2 or r.word(end, "with", "for", "by"):
                return 0
        else:
            end += 1
            pair = []
            if r.word(end, "of", "between"):
                pair, end = self._pair_at(end + 1)
            pair = pair or self._last_two()
        if len(pair) != 2:
            return 0
        one, other = (self.draft.scene.thing(each) for each in pair)
        if what in ("colour", "color"):
            self.draft.update(one.id, colours=other.colours, overrides=one.overrides)
            self.draft.update(other.id, colours=one.colours)
        elif what == "size":
            self.draft.update(one.id, dims=other.dims, scales=other.scales)
            self.draft.update(other.id, dims=one.dims, scales=one.scales)
        elif what == "material":
            self.draft.update(one.id, material=other.material, density=other.density)
            self.draft.update(other.id, material=one.material, density=one.density)
        elif what == "name":
            self.draft.update(one.id, name=other.name)
            self.draft.update(other.id, name=one.name)
        elif what == "mass":
            self.draft.update(one.id, mass=other.mass, weight=other.weight)
            self.draft.update(other.id, mass=one.mass, weight=one.weight)
        else:
            self._exchange(one, other)
        self.edited, self.subjects = True, pair
        self.draft.mention(pair)
        r.use(at, end)
        return end - at

    def _exchange(self, one: Thing, other: Thing) -> None:
        """Let them change places."""
        self.draft.scene = _exchanged(self.draft.scene, one, other)
        self.draft.changes += 1

    def _pair_at(self, at: int) -> tuple[list[int], int]:
        """Two things that are named, or `them`."""
        first = self.nouns.read(at)
        if first is None:
            return [], at
        ids = [one for one in self.draft.resolve(first) if one != FLOOR]
        if len(ids) == 1 and self.r.word(first.end, "and", "with"):
            second = self.nouns.read(first.end + 1)
            more = [one for one in self.draft.resolve(second) if one != FLOOR] if second is not None else []
            return [*ids, *more], second.end if second is not None else first.end
        return ids, first.end

    def _last_two(self) -> list[int]:
        there = [one for one in self.draft.mentions if self.draft.scene.has(one)]
        group = [one for one in self.draft.last_group if self.draft.scene.has(one)]
        return group if len(group) == 2 else there[-2:]


def _exchanged(scene: Scene, one: Thing, other: Thing) -> Scene:
    """Each stands where the other stood."""
    ids = {one.id: other.id, other.id: one.id}
    things = []
    for thing in scene.things:
        twin = {one.id: other, other.id: one}.get(thing.id, thing)
        moved = replace(twin, id=thing.id)
        own = thing if thing.id not in ids else replace(moved, place=thing.place, at=thing.at, shift=thing.shift)
        things.append(own)
    # What they are goes with them: the ids keep the places, so names of one are now those of the other.
    return replace(scene, things=tuple(things))
