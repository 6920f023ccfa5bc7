"""What stands loosely in a sentence: `both 20 cm`, `6 dof` behind a noun, `like a …`, a list behind a colon."""

from __future__ import annotations

import itertools
from dataclasses import replace

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.rules.grading import Grading
from py_remote_viewer.scenes.create.things.description import FLOOR, Relation
from py_remote_viewer.scenes.create.things.phrase import Phrase

_TITLE_WORDS = 6
_SORTS = tuple(
    """task problem experiment setup scene demo demonstration style exercise puzzle game environment env benchmark simulation
    model question homework example test challenge""".split()  # noqa: SIM905 - a list of twenty lines says no more
)


_STATING = ("should", "must", "needs", "need", "gets", "get", "shall", "is", "are", "has", "have", "becomes", "become")


class LooseRules(Grading):
    """Rules for words that belong to all that was named, or to nothing."""

    def simile(self, at: int) -> int:
        """`like bowling pins`: what only looks like it is not made, and said."""
        if self.r.word(at - 1, "i'd", "would", "i", "we", "you", "d", "we'd", "to", "please"):
            return 0
        if not self.r.word(at, "like") and not (self.r.word(at, "such") and self.r.word(at + 1, "as")):
            return 0
        phrase = self.nouns.read(at + 1 + self.r.word(at, "such"))
        if phrase is None or not phrase.kind or self.r.is_cat(at, "arrange"):
            return 0
        long = ("cylinder", "capsule", "stick")
        lying = [one for one in self.subjects if self._kind_of(one) in long and self.draft.scene.thing(one).pose]
        if phrase.kind in long and lying and self.draft.scene.thing(lying[-1]).pose == "lying":
            self.r.use(at, phrase.end)  # `lying like logs`: which is how they lie
            return phrase.end - at
        self.r.miss([at, *range(phrase.end - 1, phrase.end)])
        return phrase.end - at

    def bare_part(self, at: int) -> int:
        """`robot arm 6 dof`, `pendulum 3 links`: how many parts, just behind the noun."""
        r = self.r
        owner = self.attached or (self.subjects if len(self.subjects) == 1 else [])
        noun = r.match(at + 1, "noun")
        own = bool(owner) and noun is not None and KINDS[self._kind_of(owner[-1]) or "box"].part == noun[0].value.kind
        if r[at].kind != "number" or not owner or not (own or (self.attached and r.is_cat(at + 1, "part"))):
            return 0
        before, self.subjects = self.subjects, owner
        step = self._part(at)
        self.subjects = before
        return step

    def same_of(self, at: int) -> int:
        """`same mass of 1 kg`: everything that the sentence named has it."""
        r, end = self.r, at
        end += r.word(end, "with", "of")
        end += r.word(end, "the", "a")
        if not r.word(end, "same", "equal"):
            return 0
        named = r.match(end + 1, "property", "dim")
        if named is None:
            return 0
        value = end + 1 + named[1] + r.word(end + 1 + named[1], "of", "=")
        there = [one for one in dict.fromkeys(self.sentence_ids) if self.draft.scene.has(one)]
        if r[value].kind not in ("quantity", "number") or len(there) < 2:
            return 0
        before, self.subjects, self.index = self.subjects, there, None
        step = self._value(value, named[0].value)
        self.subjects = before
        if step:
            r.use(at, value + step)
        return value + step - at if step else 0

    def bare_load(self, at: int) -> int:
        """`a seesaw with 30 kg on the left and 20 kg on the right`: weights of that mass."""
        r = self.r
        token = r[at]
        if token.kind != "quantity" or token.dimension != "mass" or not r.is_cat(at + 1, "barerel", "dir", "rel"):
            return 0
        if self.carried_by is None and not r.word(at - 1, "with"):
            return 0
        holder = self.carried_by[0] if self.carried_by is not None else next(iter(self.subjects[-1:]), FLOOR)
        if holder == FLOOR or self._kind_of(holder) not in ("seesaw", "table", "platform"):
            return 0
        phrase = Phrase(at, at + 1, "box", "weight", det="a", changes={"mass": token.value})
        self.subjects = self.create(phrase)
        self.carried_by = (holder, "with")
        self.draft.relate(self.subjects, Relation("on", (holder,)), instead=False)
        self.draft.mention([holder, *self.subjects])
        self.attached = list(self.subjects)
        r.use(at, at + 1)
        return 1

    def everybody(self, at: int) -> int:
        """`both 20 cm`, `all made of wood`: everything that the sentence named."""
        r = self.r
        if not r.word(at, "both", "all") or len(self.sentence_ids) < 2:
            return 0
        end = at + 1
        if r.word(end, "of") and r.word(end + 1, "them", "these", "which"):
            end += 2
        while r.word(end, "are", "is", "have", "having", "weigh", "being"):
            end += 1
        follows = r[end].kind in ("quantity", "number") or r.is_cat(
            end, "colour", "material", "size", "weight", "surface", "property", "dim", "of", "motion", "conj"
        )
        if not follows or self.nouns.head_follows(end):
            return 0
        there = [one for one in dict.fromkeys(self.sentence_ids) if self.draft.scene.has(one)]
        tilted = [one for one in there if self._kind_of(one) == "ramp"] if r[end].dimension == "angle" else []
        there = tilted if len(tilted) > 1 else there
        self.subjects, self.attached, self.index = there[-2:] if r.word(at, "both") else there, [], None
        r.use(at, end)
        return end - at

    def listed(self, phrase: Phrase) -> int:
        """`a stack: box, cylinder, box`: what the group is made of, one by one; where the list ends."""
        r, at = self.r, phrase.end
        if not phrase.label or phrase.count is not None or phrase.arrange not in ("stack", "row") or r[at].shown != ":":
            return 0
        found: list[Phrase] = []
        while r[at].kind == "comma" or r.word(at, "and"):
            at += 1 + (r[at].kind == "comma" and r.word(at + 1, "and"))
            one = self.nouns.read(at)
            if one is None or one.kind not in KINDS or KINDS[one.kind].sort != "solid" or one.definite:
                break
            found.append(one)
            at = one.end
        if len(found) < 2:
            return 0
        ids = [new for one in found for new in self.create(one)]
        kind = "on" if phrase.arrange == "stack" else "right"
        for before, after in itertools.pairwise(ids):
            self.draft.relate([after], Relation(kind, (before,)), instead=False)
        self.subjects = ids[:1] if kind == "on" else ids
        self.related_since = True
        r.use(phrase.start, found[-1].end)
        return found[-1].end - phrase.start

    def is_title(self, phrase: Phrase) -> bool:
        """`projectile: a ball launched …`: what comes behind the colon is it."""
        r = self.r
        plain = not (phrase.count or phrase.plural or phrase.label or phrase.pron) and phrase.det in ("", "a")
        if not plain or r[phrase.end].shown != ":" or phrase.kind not in KINDS:
            return False
        coming = self.nouns.read(phrase.end + 1)
        if (
            phrase.kind in ("bridge", "arch", "goal")
            and coming is not None
            and coming.kind in KINDS
            and coming.det != "the"
        ):
            self.excused_numbers.update(range(phrase.start, phrase.end))
            return True  # `a bridge: two pillars and a plank on them`: that is what it is made of
        return coming is not None and coming.kind == phrase.kind

    def heading(self, at: int) -> int:
        """`billiards: …`, `physics homework 3: …`: words before a colon that build nothing say what it is called."""
        r = self.r
        if at and r[at - 1].kind != "stop":
            return 0
        end = at
        while end < len(r) and end - at < _TITLE_WORDS and r[end].kind in ("word", "number") and not self._builds(end):
            end += 1
        if r[end].shown != ":":
            end = self._sort_of_scene(at)
        if end == at or r[end].shown != ":" or self.nouns.read(end + 1) is None:
            return 0
        r.use(at, end + 1)
        return end + 1 - at

    def announced(self, at: int) -> int:
        """`two robots: a dog and an arm`, `three objects: a ball, a box and a cone`: what comes is what was counted."""
        r = self.r
        whole = self.nouns.read(at) if (at == 0 or r[at - 1].kind == "stop" or r.is_cat(at - 1, "verb")) else None
        if whole is None or (whole.count or 0) < 2 or whole.label or r[whole.end].shown != ":" or whole.colours:
            return 0
        found, end = 0, whole.end
        while end < len(r) and r[end].kind != "stop":
            begins = r[end].kind == "comma" or r.word(end, "and", "plus")
            one = self.nouns.read(end + 1) if begins else None
            if one is None or one.kind not in KINDS or one.definite:
                end += 1
                continue
            found, end = found + (one.count or 1), one.end
        if found != whole.count:
            return 0
        self.excused_numbers.update(range(at, whole.end))
        r.use(at, whole.end + 1)
        return whole.end + 1 - at

    def _sort_of_scene(self, at: int) -> int:
        """Where the colon behind `ball-in-cup task`, `pick and place scene` is; `at` for anything else."""
        r, end = self.r, at
        while end < len(r) and end - at < _TITLE_WORDS + 2 and r[end].kind == "word":
            end += 1
        return end if r[end].shown == ":" and r.word(end - 1, *_SORTS) else at

    def _builds(self, at: int) -> bool:
        return self.r.is_cat(
            at, "noun", "group", "pron", "gravity", "medium", "wind", "verb", "colour", "material", "floor"
        )

    def one_of_each(self, at: int) -> int:
        """`cubes, balls and cones, one of each`: so many of everything that was listed."""
        r, end = self.r, at
        count = 1 if r.word(end, "one") else int(r[end].value) if r[end].kind == "number" else 0
        if not 0 < count < 50 or not (r.word(end + 1, "of") and r.word(end + 2, "each")):
            return 0
        end += 3 + r.word(end + 3, "kind", "type", "sort", "shape")
        there = [one for one in dict.fromkeys(self.sentence_ids) if self.draft.scene.has(one)]
        fresh = all(self.draft.scene.thing(one).total == 1 or one in self.draft.unsaid for one in there)
        if len(there) < 2 or not fresh or self.nouns.head_follows(end) or r.is_cat(end, "rel"):
            return 0
        for one in there:
            self.draft.update(one, count=count)
            self.draft.unsaid.discard(one)
        self.subjects, self.attached = there, []
        r.use(at, end)
        return end - at

    def _named_again(self, phrase: Phrase) -> bool:
        """`ball on ramp, ramp on table`, `cube should be orange`: without an article, and what is there already."""
        if self._stated_of_old(phrase):
            return True
        plain = not (phrase.det or phrase.pron or phrase.plural or phrase.label or phrase.count or phrase.colours)
        if (
            not plain
            or self.contrasted
            or phrase.changes
            or phrase.scales
            or phrase.dims
            or not (self.r.is_cat(phrase.end, "rel", "motion") or self.r.word(phrase.end, "is", "are", "has", "have"))
        ):
            return False
        return any(
            self.draft.scene.thing(one).noun == phrase.noun for one in self.draft.named if self.draft.scene.has(one)
        )

    def _stated_of_old(self, phrase: Phrase) -> bool:
        """In a follow-up, something said of a noun without an article is said of the one that is there."""
        if not self.draft.editing or phrase.det or phrase.pron or phrase.label or phrase.count or phrase.dims:
            return False
        r, end = self.r, phrase.end
        stated = r.word(end, *_STATING) or r[end].shown == ":" or r[end].kind == "quantity"
        behind = self._adjectives(end, Phrase(end))  # `ball green, please`
        stated = stated or (behind > end and (r[behind].kind in ("stop", "comma") or r.word(behind, "please")))
        if (
            not stated
            or r.is_cat(before := phrase.start - 1, "verb", "rel", "det")
            or (before >= 0 and r.word(before, "add"))
        ):
            return False
        ids = self.draft.resolve(replace(phrase, det="the"))
        return bool(ids) and set(ids) <= self.draft.old_ids
