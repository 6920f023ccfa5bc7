"""What is taken away: `the second one`, `two of them`, `all but one`, `every third box`, `the red one`."""

from __future__ import annotations

from dataclasses import replace

from py_remote_viewer.scenes.create.rules.distributive import Distributive
from py_remote_viewer.scenes.create.things.description import FLOOR, Thing
from py_remote_viewer.scenes.create.things.elements import alike, as_one, position, without
from py_remote_viewer.scenes.create.things.phrase import Phrase

_CUTTING = ("cut", "snap", "sever")
EVERY = {"second": 2, "other": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "fifth": 5}


class Removal(Distributive):
    """Rules for taking away."""

    def _remove(self, at: int, length: int) -> int:
        start, end = at, at + length
        self.r.use(at, end)
        while True:
            step = self.world_switch(end, on=False) or self._some_go(end) or self._noun_goes(end)
            if not step:
                break
            self.edited = True
            end += step
            if not (self.r.word(end, "and") or self.r[end].kind == "comma") or not self._more_to_remove(end + 1):
                break
            self.r.use(end, end + 1)
            end += 1
        return end - start

    def take_off(self, at: int) -> int:
        """`take the top two off`, `take them away`: the end of the clause says what `take` does."""
        r, end = self.r, at + 1
        if not r.word(at, "take") or not self.draft.editing or not self.starts_clause():
            return 0
        while r[end].kind not in ("stop", "comma") and not r.word(end, "off", "away", "out") and end - at < 10:
            end += 1
        if not r.word(end, "off", "away", "out"):
            return 0
        step = self._remove(at, 1)
        if step <= 1:
            return 0
        r.use(at, end + 1)
        return end + 1 - at

    def _noun_goes(self, at: int) -> int:
        phrase = self.nouns.read(at)
        if phrase is None:
            return 0
        some = phrase.pron == "them" or phrase.plural
        if some and phrase.definite and not self.draft.resolve(phrase) and self._some_such(phrase):
            return phrase.end - at
        ids = self.existing(phrase)
        self.r.use(phrase.start, phrase.end)
        if ids == [FLOOR]:
            self.world(floor=False)
            return phrase.end - at
        if not ids:
            return phrase.end - at
        thing = self.draft.scene.thing(ids[-1])
        if thing.load is not None and self.r.word(phrase.start - 1, *_CUTTING):
            self._cut_loose(thing)
            return phrase.end - at
        if phrase.ordinal is not None and not phrase.plural and thing.total > 1:
            self._out(ids[-1], [position(phrase.ordinal, thing.total) % thing.total])
            return phrase.end - at
        if (phrase.plural or phrase.pron == "them") and len(ids) == 1 and (few := alike(thing, phrase)):
            self._out(ids[0], few)
            return phrase.end - at
        indefinite = phrase.det in ("a", "one", "another", "some") or phrase.count is not None
        count = (phrase.count or 1) if indefinite else None
        self.draft.remove(ids[-1:] if count is not None else ids, count)
        return phrase.end - at

    def _some_such(self, phrase: Phrase) -> bool:
        """`remove the blue ones`, of a group that has some: those."""
        there = [self.draft.scene.thing(one) for one in self.draft.mentions if self.draft.scene.has(one)]
        for thing in reversed(there):
            few = alike(thing, phrase) if phrase.pron or thing.kind == phrase.kind else []
            if few:
                self._out(thing.id, few)
                self.r.use(phrase.start, phrase.end)
                return True
        return False

    def _cut_loose(self, rope: Thing) -> None:
        """What hangs at the end of `rope` falls, and the rope is gone."""
        assert rope.load is not None
        loose, scene = replace(rope.load, id=rope.id, place=rope.place), self.draft.scene
        self.draft.scene = replace(scene, things=tuple(loose if one.id == rope.id else one for one in scene.things))
        self.draft.move(rope.id, "falling")

    def _some_go(self, at: int) -> int:
        """`two of them`, `half of the balls`, `all but one`, `the first two`, `every second one`."""
        r, end = self.r, at
        group = self._group()
        if group is None:
            return 0
        total = self.draft.scene.thing(group).total
        kept = end + r.word(end, "all") + (r.word(end + 1, "of") and r.word(end, "all"))
        kept += r.word(kept, "the", "them")
        noun = r.match(kept, "noun")
        kept += noun[1] if noun is not None and noun[0].value.kind == self.draft.scene.thing(group).kind else 0
        if kept > end and r.word(kept, "but", "except") and (left := self._how_many(kept + 1, total)):
            self._out(group, list(range(left, total)))
            end = kept + 2
            return self._whom(at, end + r.word(end, "of") * 2 if r.word(end + 1, "them") else end)
        if r.word(end, "every") and (every := EVERY.get(r[end + 1].text)):
            self._out(group, list(range(every - 1, total, every)))
            return self._whom(at, end + 2)
        end += r.word(end, "the")
        if r.word(end, "left", "right") and r.word(end + 1, "one"):
            self._out(group, [0 if r.word(end, "left") else total - 1])
            return self._whom(at, end + 1)
        ordinal = r.match(end, "ordinal")
        end += ordinal[1] if ordinal is not None else 0
        if ordinal is not None and r.word(end - ordinal[1] - 1, "the") and r[end].kind in ("stop", "comma"):
            index = position(ordinal[0].value, total)  # `delete the third`
            if 0 <= index < total:
                self._out(group, [index])
                r.use(at, end)
                return end - at
        count = self._how_many(end, total)
        bare = r[end + 1].kind in ("stop", "comma") or r.word(end + 1, "and", "away", "off", "out")
        if not count or count > total or (ordinal is None and not bare and not r.word(end + 1, "of")):
            return 0
        if ordinal is not None and ordinal[0].value not in (0, -1):
            return 0
        phrase = self.nouns.read(end + 2) if r.word(end + 1, "of") else None
        if phrase is not None and not phrase.pron:
            ids = [one for one in self.draft.resolve(phrase) if one != FLOOR and self.draft.scene.thing(one).total > 1]
            if not ids:
                return 0
            group, total = ids[-1], self.draft.scene.thing(ids[-1]).total
        last = ordinal is None or ordinal[0].value == -1
        self._out(group, list(range(total - count, total)) if last else list(range(count)))
        return self._whom(at, phrase.end if phrase is not None else end + 1)

    def _how_many(self, at: int, total: int) -> int:
        token = self.r[at]
        if token.kind == "number":
            return round(total * token.value) if token.value == 0.5 else int(token.value)
        return total // 2 if self.r.word(at, "half") else 1 if self.r.word(at, "one") else 0

    def _whom(self, at: int, end: int) -> int:
        """Behind the noun, when it is said again."""
        noun = self.r.match(end, "noun")
        end += noun[1] if noun is not None else self.r.word(end, "one", "ones")
        self.r.use(at, end)
        return end - at

    def _out(self, group: int, indices: list[int]) -> None:
        thing = self.draft.scene.thing(group)
        if len(indices) >= thing.total:
            self.draft.remove([group])
            return
        self.draft.update(group, **without(thing, indices))
        left = as_one(self.draft.scene.thing(group))
        self.draft.scene = replace(
            self.draft.scene, things=tuple(left if one.id == group else one for one in self.draft.scene.things)
        )
        self.subjects = [group]
        self.draft.mention([group])
