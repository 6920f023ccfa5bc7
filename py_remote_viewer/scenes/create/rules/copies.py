"""More of what is there, and back what was: `copy it 1 m to the right`, `one more of each`, `bring the blue ones back`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.rules.holding import Holding
from py_remote_viewer.scenes.create.things.description import FLOOR, Relation, Thing
from py_remote_viewer.scenes.create.things.naming import described_as, fits
from py_remote_viewer.scenes.create.things.phrase import Phrase
from py_remote_viewer.scenes.create.things.ties import is_tie

_COPYING = ("copy", "duplicate", "clone")
_TIMES = ("once", "twice", "thrice", "times", "x")
_PUTTING = ("put", "place", "move", "set", "stand", "lay", "shift")
_SIDES = {"left": "left", "right": "right", "back": "behind", "forward": "front", "up": "above"}
_BESIDE_M = 0.2


class Copies(Holding):
    """Rules for copies, for more of what there is, for what was taken away, and for names."""

    def copy_rules(self) -> tuple[Callable[[int], int], ...]:
        """All of them."""
        return (self.copied, self.more_of_each, self.brought_back, self.called, self.bare_count)

    def copied(self, at: int) -> int:
        """`copy the tower and put the copy 1 m to the right`: another such thing, beside the first."""
        r = self.r
        if not self.draft.editing or not r.word(at, *_COPYING) or not self.starts_clause():
            return 0
        ids, end = self._those_at(at + 1)
        ids = [one for one in ids if not is_tie(self.draft.scene.thing(one))]
        group = any(self.draft.scene.thing(one).total > 1 or self.draft.scene.thing(one).label for one in ids)
        counted = r[end].kind == "number" or r.word(end, *_TIMES)
        if not ids or counted:
            return 0
        placed = r[end].kind not in ("stop", "comma")
        if not group and not placed and KINDS[self._kind_of(ids[-1])].sort != "solid":
            return 0
        ahead = end + (r[end].kind == "comma")
        ahead += r.word(ahead, "and")
        if r.word(ahead, *_PUTTING):
            whom = ahead + 1 + r.word(ahead + 1, "the", "this", "that")
            end = whom + 1 if r.word(whom, "copy", "duplicate", "clone", "it", "one") else end
        made = [self._likeness(self.draft.scene.thing(one)) for one in ids]
        for one, new in zip(ids, made, strict=True):
            self.draft.relate([new], Relation("right", (one,), _BESIDE_M), instead=True)
        self.subjects, self.attached, self.index, self.edited = made, [], None, True
        self.verb_word = self.moving = "put"
        self.sentence_ids += made
        self.draft.mention(made)
        end += self._beside_the_first(end, ids, made)
        r.use(at, end)
        return end - at

    def _beside_the_first(self, at: int, old: list[int], new: list[int]) -> int:
        """`1 m to the right (of it)`: as far from what was copied."""
        r, token = self.r, self.r[at]
        way = r.match(at + 1, "dir") if token.kind == "quantity" and token.dimension == "length" else None
        named = r.match(at + 1, "rel") if way is not None or token.dimension == "length" else None
        if named is not None and named[0].value in ("left", "right", "front", "behind", "above"):
            whom = self.nouns.read(at + 1 + named[1])
            if whom is None or set(self.draft.resolve(whom)) - set(old) - set(new):
                return 0
            side, end = str(named[0].value), whom.end
        elif way is not None and way[0].value in _SIDES:
            side, end = _SIDES[str(way[0].value)], at + 1 + way[1]
        else:
            return 0
        for one, copy in zip(old, new, strict=True):
            self.draft.relate([copy], Relation(side, (one,), token.value), instead=True)
        return end - at

    def _likeness(self, thing: Thing) -> int:
        """A thing like it, at no place of its own."""
        new = 1 + max(max(one.id for one in self.draft.scene.things), max(self.draft.old_ids, default=-1))
        tint = thing.id if thing.tint is None else thing.tint
        like = replace(thing, id=new, place=(), at=None, shift=(0.0, 0.0, 0.0), copy_of=thing.id, tint=tint, name="")
        self.draft.scene = replace(self.draft.scene, things=(*self.draft.scene.things, like))
        self.draft.changes += 1
        return new

    def more_of_each(self, at: int) -> int:
        """`one more of each`, `two more of each`, `another of each`."""
        r = self.r
        number = int(r[at].value) if r[at].kind == "number" else 1
        named = r.word(at, "another") or ((r[at].kind == "number" or r.word(at, "one")) and r.word(at + 1, "more"))
        end = at + 1 + (not r.word(at, "another"))
        if not self.draft.editing or not named or not (r.word(end, "of") and r.word(end + 1, "each", "every")):
            return 0
        end += 2 + r.word(end + 2, "kind", "sort", "type", "colour", "color")
        ids = [t.id for t in self.draft.scene.things if KINDS[t.kind].sort == "solid" and t.groups == 1]
        for one in ids if 0 < number < 50 else ():
            self.draft.update(one, count=self.draft.scene.thing(one).count + number)
        self.subjects, self.edited = ids, bool(ids)
        r.use(at, end)
        return end - at if ids else 0

    def brought_back(self, at: int) -> int:
        """`bring the blue ones back`, `put back the ramp`: what was taken away, as it was made."""
        r = self.r
        if (
            not self.draft.editing
            or not r.word(at, "bring", "put", "get", "give", "add", "restore")
            or not self.starts_clause()
        ):
            return 0
        first = at + 1 + r.word(at + 1, "back")
        phrase = self.nouns.read(first)
        if (
            phrase is None
            or not phrase.definite
            or not (first > at + 1 or r.word(phrase.end, "back") or r.word(at, "restore"))
        ):
            return 0
        end = phrase.end + r.word(phrase.end, "back")
        gone = [one for one in self.draft.before.firsts if not self.draft.scene.has(one.id)]
        found = [one for one in gone if _meant(one, phrase)]
        if not found or r[end].kind not in ("stop", "comma"):
            return 0
        there = {FLOOR, *(one.id for one in (*self.draft.scene.things, *found))}
        back = [replace(one, place=tuple(r for r in one.place if there.issuperset(r.targets))) for one in found]
        if any(not there.issuperset(one.ends) for one in back):
            return 0
        self.draft.scene = replace(self.draft.scene, things=(*self.draft.scene.things, *back))
        self.draft.changes += 1
        self.draft.mention([one.id for one in back])
        self.subjects, self.edited = [one.id for one in back], True
        r.use(at, end)
        return end - at

    def called(self, at: int) -> int:
        """`call it Bob`, `name the red box Alice`, `a ball named Bob`."""
        r = self.r
        if r.word(at, "call", "name", "rename") and self.draft.editing and self.starts_clause():
            ids, end = self._those_at(at + 1)
            end += r.word(end, "to", "as")
        elif r.word(at, "named", "called"):
            ids, end = [one for one in (self.attached or self.subjects) if one != FLOOR], at + 1
        else:
            return 0
        ends = r[end + 1].kind in ("stop", "comma") or not r.is_cat(end + 1, "noun")
        if len(ids) != 1 or r[end].kind != "word" or not ends or r.is_cat(end, "det", "pron", "rel"):
            return 0
        noun = r.match(end, "noun")
        if noun is not None and noun[0].value.kind == self._kind_of(ids[0]) and noun[1] == 1:
            self.draft.update(ids[0], noun=noun[0].value.noun)  # `rename the table to desk`
        else:
            self.draft.update(ids[0], name=r[end].text)
        self.edited = self.edited or self.draft.editing
        self.draft.mention(ids)
        r.use(at, end + 1)
        return end + 1 - at

    def bare_count(self, at: int) -> int:
        """`six`, `now 8 please`: how many there are of what was spoken of last, or of its parts."""
        r, end = self.r, at
        if not self.draft.editing or self.subjects or not (at == 0 or r.word(at - 1, "now", "only", "just")):
            return 0
        token = r[end]
        follows = r[end + 1].kind == "stop" or (
            r.word(end + 1, "now", "please", "instead") and r[end + 2].kind == "stop"
        )
        if token.kind != "number" or token.value != int(token.value) or not 1 <= token.value <= 200 or not follows:
            return 0
        ids = [one for one in self.draft.resolve(Phrase(at, pron="it")) if one != FLOOR]
        if not ids:
            return 0
        thing = self.draft.scene.thing(ids[-1])
        least, most = KINDS[thing.kind].parts[1:]
        if KINDS[thing.kind].part and thing.total == 1 and least <= token.value <= most:
            self.draft.update(thing.id, parts=int(token.value))
        elif KINDS[thing.kind].sort == "solid" and thing.groups == 1:
            self._recount(thing, int(token.value))
        else:
            return 0
        self.subjects, self.edited = ids[-1:], True
        r.use(at, end + 1)
        return end + 1 - at


def _meant(thing: Thing, phrase: Phrase) -> bool:
    """Whether `phrase` could be about it."""
    if is_tie(thing):
        return False
    if phrase.pron:
        return described_as(thing, phrase)
    return fits(thing, phrase)
