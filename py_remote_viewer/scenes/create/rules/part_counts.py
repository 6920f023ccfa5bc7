"""How many parts a machine has now: `give it two more poles`, `make it a triple pendulum`, `more steps`."""

from __future__ import annotations

from dataclasses import replace

from py_remote_viewer.errors import SceneInvalid
from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.rules.tiers import Tiers
from py_remote_viewer.scenes.create.things.description import FLOOR, Thing
from py_remote_viewer.scenes.create.things.footprints import parts_of
from py_remote_viewer.scenes.create.things.phrase import Phrase

_ADDED = ("more", "extra", "additional", "further")
LONGER = ("longer", "taller", "higher", "wider", "bigger", "larger", "deeper", "more")
SHORTER = ("shorter", "lower", "smaller", "narrower", "less", "fewer")
_NO_COUNT = ("bob", "end", "cart", "wall", "rod")


class PartCounts(Tiers):
    """Rules for counts of parts that a follow-up changes."""

    def parts_now(self, at: int) -> int:
        """`give it two more poles`, `3 links longer`, `fewer steps`, `7 balls instead`: of a machine that is there."""
        r, end = self.r, at
        if not self.draft.editing:
            return 0
        begins = (
            at == 0 or r[at - 1].kind in ("stop", "comma") or r.word(at - 1, "and", "now", "with", "have", "has", "of")
        )
        if not (
            begins
            or self.verb_word in ("make", "add", "change", "put", "create")
            or r.word(at - 1, "use", "gets", "needs")
        ):
            return 0
        count: float | None = None
        if r[end].kind == "number" and r[end].value == int(r[end].value):
            count, end = r[end].value, end + 1
        elif r.word(end, "a", "an", "another", "one") and r.word(
            end + 1, *_ADDED, "third", "second", "fourth", "fifth"
        ):
            count, end = 1, end + 2
        elif r.word(end, "another"):
            count, end = 1, end + 1
        added = r.word(end, *_ADDED) or (end > at and r[end - 1].kind == "word" and count is not None)
        fewer = r.word(end, "fewer", "less")
        end += r.word(end, *_ADDED, "fewer", "less")
        owner, length = self._owner_of_part(end)
        if owner is None:
            return 0
        end += length
        if r.word(end, *LONGER, *SHORTER) and count is not None:
            added, fewer, end = r.word(end, *LONGER), r.word(end, *SHORTER), end + 1
        instead = r.word(end, "instead")
        if count is None and not (added or fewer):
            return 0
        if count is not None and not (added or fewer or instead) and KINDS[owner.kind].part not in ("ball", "step"):
            return 0  # `give it six wheels`: the rule for what things have
        now = parts_of(owner)
        if count is None:
            wanted = max(now + 1, round(1.5 * now)) if added else min(now - 1, round(now / 1.5))
        else:
            wanted = now + int(count) if added else now - int(count) if fewer else int(count)
        self._so_many_parts(owner, wanted)
        r.use(at - r.word(at - 1, "gets", "needs"), end + instead)
        return end + instead - at

    def _owner_of_part(self, at: int) -> tuple[Thing | None, int]:
        """The machine whose parts are counted in the word at `at`: what is spoken of, else what was named last."""
        part, noun = self.r.match(at, "part"), self.r.match(at, "noun")
        there = [one for one in self.subjects if one != FLOOR] + list(reversed(self.draft.mentions))
        for one in there:
            thing = self.draft.scene.thing(one) if self.draft.scene.has(one) else None
            own = KINDS[thing.kind].part if thing is not None else ""
            if thing is None or not own:
                continue
            if part is not None and part[0].value not in _NO_COUNT and self._has_part(thing.kind, part[0].value):
                return thing, part[1]
            if noun is not None and noun[0].value.kind == own:
                return thing, noun[1]
        return None, 0

    def _so_many_parts(self, thing: Thing, wanted: int) -> None:
        kind = KINDS[thing.kind]
        least, most = kind.parts[1:]
        if not least <= wanted <= most:
            raise SceneInvalid(
                f"a {thing.noun.replace('_', ' ')} with {wanted} {kind.part}s cannot be built",
                hint=f"From {least} to {most} {kind.part}s can.",
            )
        self.draft.update(thing.id, parts=wanted)
        self.subjects, self.attached, self.edited = [thing.id], [thing.id], True
        self.draft.mention([thing.id])

    def number_of(self, at: int) -> int:
        """`double the number of links`, `increase the number of steps to 12`: of a machine's parts."""
        r, end = self.r, at + self.r.word(at, "the", "its", "their")
        if not self.draft.editing or not r.word(end, "number", "amount", "count") or not r.word(end + 1, "of"):
            return 0
        end += 2 + r.word(end + 2, "the", "its")
        owner, length = self._owner_of_part(end)
        if owner is None:
            return 0
        end += length
        now, factor = parts_of(owner), {"double": 2.0, "treble": 3.0, "halve": 0.5}.get(self.verb_word)
        by, value = r.word(end, "by"), r[end + 1].value
        if factor is not None:
            wanted = round(now * factor)
        elif r.word(end, "to", "by") and r[end + 1].kind == "number" and value == int(value):
            wanted = int(value) if not by else now + int(value) * (-1 if self.verb_word == "shrink" else 1)
            end += 2
        elif self.verb_word in ("grow", "shrink"):
            wanted = max(now + 1, round(1.5 * now)) if self.verb_word == "grow" else min(now - 1, round(now / 1.5))
        else:
            return 0
        self._so_many_parts(owner, wanted)
        self.factor = None
        r.use(at, end)
        return end - at

    def _multiply(self, at: int, factor: float) -> int:
        return self.number_of(at) or super()._multiply(at, factor)

    def _about(self, at: int, verb: str) -> int:
        if (
            self.draft.editing
            and verb == "make"
            and self.r.word(at, "that", "this")
            and self.r[at + 1].kind == "number"
        ):
            self.subjects = [one for one in self.draft.resolve(Phrase(at, pron="it")) if one != FLOOR]
            self.r.use(at, at + 1)
            return 1  # `make that 12 dominoes`
        return self.number_of(at) or super()._about(at, verb)

    def same_sort(self, at: int) -> int:
        """`make it a triple pendulum`, `turn it into a 5-link arm`: what it is already, with more said of it."""
        r, end = self.r, at
        if not self.draft.editing or self.verb_word not in ("make", "turn", "change") or not r.used[at - 1]:
            return 0
        old = [one for one in self.subjects if one in self.draft.old_ids and self.draft.scene.has(one)]
        if len(old) != 1 or self.subjects != old or self.index is not None:
            return 0
        end += r.word(end, "into", "to", "be")
        phrase = self.nouns.read(end)
        thing = self.draft.scene.thing(old[0])
        if phrase is None or phrase.kind != thing.kind or phrase.definite or phrase.det == "another":
            return 0
        if KINDS[thing.kind].sort == "solid" or phrase.label or phrase.count not in (None, 1):
            return 0
        part = phrase.parts if phrase.parts is not None else phrase.given.get("parts")
        if part is not None and KINDS[thing.kind].part:
            self._so_many_parts(thing, int(part))
        self.draft.apply(thing.id, replace(phrase, count=None, parts=None))
        if phrase.noun != phrase.kind:
            self.draft.update(thing.id, noun=phrase.noun)
        self.subjects, self.attached, self.edited = old, list(old), True
        r.use(at, phrase.end)
        return phrase.end - at
