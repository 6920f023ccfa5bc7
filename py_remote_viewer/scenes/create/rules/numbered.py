"""Parts and members by their numbers, and how many there are now: `a triple one`, `the lower one`, `the other two`."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.rules.copies import Copies
from py_remote_viewer.scenes.create.things.description import FLOOR
from py_remote_viewer.scenes.create.things.phrase import Phrase

_ON_TOP = {"stack": ("on",), "row": ("end", "right"), "file": ("end", "behind")}
_PART_NAMES = ("link", "pole", "joint", "arm", "ball", "wheel")


class Numbered(Copies):
    """Rules for counts and ordinals of a follow-up."""

    def numbered_rules(self) -> tuple[Callable[[int], int], ...]:
        """All of them."""
        return (
            self.gone_with_it,
            self.more_on_top,
            self.so_many_parts,
            self.others_go,
            self.one_size,
            self.nearer_by,
            self.keeping,
            self.only_one_moves,
            self.now_a_kind,
        )

    def _last_named(self, at: int) -> list[int]:
        return [one for one in self.draft.resolve(Phrase(at, pron="it")) if one != FLOOR]

    def more_on_top(self, at: int) -> int:
        """`four more blocks on top`, `add two more cans at the end`: of the stack or row that is there."""
        r, end = self.r, at
        if not self.draft.editing or self.subjects:
            return 0
        if r[at].kind == "number" and r.word(at + 1, "more", "extra", "further", "additional"):
            count, end = int(r[at].value), at + 2
        elif r.word(at, "another") and r[at + 1].kind == "number":
            count, end = int(r[at + 1].value), at + 2
        else:
            return 0
        noun, where = r.match(end, "noun"), None
        if noun is not None and noun[0].value.plural:
            where = r.match(end + noun[1], "barerel")
        there = [self.draft.scene.thing(one) for one in self.draft.mentions if self.draft.scene.has(one)]
        groups = [
            t for t in there if noun is not None and t.kind == noun[0].value.kind and t.total > 1 and t.groups == 1
        ]
        if noun is None or where is None or not groups or where[0].value not in _ON_TOP.get(groups[-1].arrange, ()):
            return 0
        end += noun[1] + where[1]
        if not 0 < count <= 100 or (r[end].kind not in ("stop", "comma") and not r.word(end, "and", "please")):
            return 0
        self._recount(groups[-1], groups[-1].count + count)
        r.use(at, end)
        return end - at

    def so_many_parts(self, at: int) -> int:
        """`a triple one`, `I want it triple`: as many links or poles."""
        r = self.r
        start = at + r.word(at, "a", "the")
        found = r.match(start, "tuple")
        end = start + (found[1] if found is not None else 0)
        end += r.word(end, "one") or r[end].shown == "one"
        ids = self._last_named(at) if found is not None and self.draft.editing and not self.sentence_ids else []
        thing = self.draft.scene.thing(ids[-1]) if ids else None
        if (
            found is None
            or thing is None
            or r[end].kind not in ("stop", "comma")
            or KINDS[thing.kind].part not in _PART_NAMES
        ):
            return 0
        parts, (least, most) = int(found[0].value), KINDS[thing.kind].parts[1:]
        if thing.total > 1 or not least <= parts <= most:
            return 0
        self.draft.update(thing.id, parts=parts)
        self.subjects, self.edited = [thing.id], True
        r.use(at, end)
        return end - at

    def others_go(self, at: int) -> int:
        """`remove the other two`, `delete the rest`: all of them but the one that was spoken of."""
        r = self.r
        verb = r.match(at, "verb")
        if not self.draft.editing or verb is None or verb[0].value != "remove":
            return 0
        end = at + verb[1] + r.word(at + verb[1], "the", "all")
        end += r.word(end, "the")
        said = r.word(end, "other", "others", "rest", "remaining")
        counted = said and r[end + 1].kind == "number"
        if not said or (r.word(end, "other", "remaining") and not counted and not r.word(end + 1, "ones")):
            return 0
        count = int(r[end + 1].value) if counted else 0
        end += 1 + counted + (not counted and r.word(end + 1, "ones"))
        noun = r.match(end, "noun") if counted else None
        end += noun[1] if noun is not None else 0
        group, last = self._group(), self._last_named(at)
        thing = self.draft.scene.thing(group) if group is not None else None
        if (
            thing is not None
            and thing.overrides
            and (free := self._free(thing.id))
            and (not count or len(free) == count)
        ):
            self._out(thing.id, free)
        else:
            kept = self.draft.scene.thing(last[-1]) if last else None
            alike = [
                t.id
                for t in self.draft.scene.things
                if kept and t.kind == kept.kind and t.id != kept.id and t.total == 1
            ]
            if not alike or not count or len(alike) != count:
                return 0
            self.draft.remove(alike)
        self.edited = True
        r.use(at, end)
        return end - at

    def one_size(self, at: int) -> int:
        """`make them all the same size`: that of the first."""
        r = self.r
        end = at + r.word(at, "all")
        end += r.word(end, "the")
        whom = [one for one in self.subjects if one != FLOOR]
        if not self.draft.editing or not whom or not r.word(end, "same") or not r.word(end + 1, "size"):
            return 0
        if r.word(end + 2, "as") or self.verb_word != "make":
            return 0
        first = self.draft.scene.thing(whom[0])
        for one in whom:
            thing = self.draft.scene.thing(one)
            plain = tuple(replace(own, scale=1.0) for own in thing.overrides)
            same = {"dims": first.dims, "scales": first.scales} if thing.kind == first.kind else {}
            self.draft.update(one, overrides=plain, **same)
        r.use(at, end + 2)
        return end + 2 - at

    def nearer_by(self, at: int) -> int:
        """`move the stack 1 m further away`, `50 cm closer to the box`: along the line between the two."""
        r, end = self.r, at + self.r.word(at, "by", "about")
        ids = [one for one in self.subjects if one != FLOOR]
        token = r[end]
        if (
            not self.draft.editing
            or not ids
            or self.verb_word not in ("move", "put", "make")
            or token.dimension != "length"
        ):
            return 0
        near = r.word(end + 1, "closer", "nearer")
        if token.kind != "quantity" or not (near or r.word(end + 1, "further", "farther", "away")):
            return 0
        end += 2 + (r.word(end + 1, "further", "farther") and r.word(end + 2, "away"))
        other: list[int] = []
        if r.word(end, "to", "from"):
            other, end = self._those_at(end + 1)
            if not other:
                return 0
        other = other or self._neighbour(ids[-1])
        stood = self._stood()
        if not other or other[-1] not in stood or any(one not in stood for one in ids):
            return 0
        here, there = stood[ids[0]][0].base, stood[other[-1]][0].base
        x, y = there[0] - here[0], there[1] - here[1]
        far = math.hypot(x, y)
        if far < 1e-6 or (near and token.value >= far):
            return 0
        step = token.value / far * (1 if near else -1)
        for one in ids:
            old = self.draft.scene.thing(one).shift
            self.draft.update(one, shift=(round(old[0] + step * x, 4), round(old[1] + step * y, 4), old[2]))
        self.edited = True
        r.use(at, end)
        return end - at

    def _neighbour(self, one: int) -> list[int]:
        """What it stands beside; else the only other thing."""
        place = [
            t
            for r in self.draft.scene.thing(one).place
            if r.kind in ("left", "right", "front", "behind", "near")
            for t in r.targets
        ]
        beside = [t.id for t in self.draft.scene.things for r in t.place if one in r.targets and r.kind != "on"]
        motion = self.draft.scene.thing(one).motion
        aimed = [t.id for t in self.draft.scene.things if t.motion is not None and t.motion.target == one]
        aimed += [motion.target] if motion is not None and motion.target is not None else []
        others = [t.id for t in self.draft.scene.things if t.id != one and not t.ends]
        found = place or beside or aimed or (others if len(others) == 1 else [])
        return [each for each in found if each != FLOOR][-1:]

    def keeping(self, at: int) -> int:
        """`… but keep the apples`: what is there, and stays."""
        r, end = self.r, at + self.r.word(at, "but", "and", "only")
        if not self.draft.editing or not self.edited or not r.word(end, "keep", "leave"):
            return 0
        ids, after = self._those_at(end + 1)
        after += r.word(after, "there", "alone")
        if not ids or r[after].kind not in ("stop", "comma") or r.word(at - 1, "so"):
            return 0
        r.use(at, after)
        return after - at

    def only_one_moves(self, at: int) -> int:
        """`only the red one should drive`: the others stay."""
        r = self.r
        if not self.draft.editing or not r.word(at, "only", "just") or not r.word(at + 1, "the", "this", "that"):
            return 0
        ids, end = self._those_at(at + 1)
        while r.word(end, "should", "shall", "must", "may", "has", "to", "is", "be", "will"):
            end += 1
        found = r.match(end, "motion")
        if not ids or found is None or r[end + found[1]].kind not in ("stop", "comma"):
            return 0
        others = [t.id for t in self.draft.scene.things if t.motion is not None and t.id not in ids]
        for one in others:
            self.draft.update(one, motion=None)
        for one in ids:
            if self.draft.scene.thing(one).motion is None:
                self.draft.move(one, str(found[0].value))
        self.subjects, self.attached, self.edited = ids, list(ids), True
        r.use(at, end + found[1])
        return end + found[1] - at

    def now_a_kind(self, at: int) -> int:
        """`the one on top should be a ball`, `the left cube is a ball now`: something else where it was."""
        r, end = self.r, at
        ids = [one for one in self.subjects if one in self.draft.old_ids and self.draft.scene.has(one)]
        if (
            not self.draft.editing
            or len(ids) != 1
            or not r.used[at - 1]
            or not r.word(at, "is", "becomes", "should", "must")
        ):
            return 0
        end += 1 + r.word(end + 1, "be", "become", "now")
        phrase = self.nouns.read(end)
        solid = phrase is not None and phrase.kind in KINDS and KINDS[phrase.kind].sort == "solid"
        if phrase is None or not solid or phrase.definite or phrase.det != "a" or phrase.label:
            return 0
        after = phrase.end + r.word(phrase.end, "now", "instead", "please")
        thing = self.draft.scene.thing(ids[0])
        if r[after].kind not in ("stop", "comma") or KINDS[thing.kind].sort != "solid" or thing.total > 1:
            return 0
        self._put_in_place(ids[0], phrase)
        r.use(at, after)
        return after - at
