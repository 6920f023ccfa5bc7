"""The one and the other: `one on top of the other`, `on one of them a ball, on the other a cube`, `and another of 2 kg`."""

from __future__ import annotations

from dataclasses import replace

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.rules.members import Members
from py_remote_viewer.scenes.create.things.description import FLOOR, Relation, Thing
from py_remote_viewer.scenes.create.things.elements import position
from py_remote_viewer.scenes.create.things.phrase import Phrase

_BEING = ("is", "standing", "lying", "resting", "placed", "sitting", "put", "set", "balanced", "directly", "right")
_PUT = ("there", "is", "are", "sits", "stands", "lies", "put", "place", "rests")
_PARTICIPLES = ("supported", "resting", "standing", "lying", "sitting", "placed", "mounted", "balanced", "balancing")
_PLACES = ("on", "inside", "under", "near", "left", "right", "behind", "front", "above", "leaning")
_BESIDE = {"near": "row", "left": "row", "right": "row", "touching": "row", "behind": "file", "front": "file"}


class Pairs(Members):
    """Rules for two that are told apart as the one and the other."""

    def create(self, phrase: Phrase) -> list[int]:
        """Also remember who was counted as one: `one ball …` may be followed by `the other …`."""
        ids = super().create(phrase)
        if phrase.count == 1 and self._one(phrase.start):
            self.counted_ones.update(ids)
        return ids

    def _one(self, at: int) -> bool:
        return self.r.word(at, "one") or (self.r[at].kind == "number" and self.r[at].value == 1)

    def one_upon_the_other(self, at: int) -> int:
        """`two cubes, one on top of the other`, `one 50 cm above the other`, `one beside the other`."""
        r, end = self.r, at + 1
        if not self._one(at):
            return 0
        while r.word(end, *_BEING):
            end += 1
        far = r[end].value if r[end].kind == "quantity" and r[end].dimension == "length" else None
        end += far is not None
        found = r.match(end, "rel")
        last = end + found[1] if found is not None else end
        last += r.word(last, "the")
        if found is None or not r.word(last, "other", "another") or r.is_cat(last + 1, "noun", "part"):
            return 0
        last += 1 + (r.word(last + 1, "one") or (r[last + 1].kind == "number" and r[last + 1].value == 1))
        two = self._two()
        if not two or not self._stand(two, str(found[0].value), far):
            return 0
        r.use(at, last)
        self.clause_break, self.related_since = False, False
        return last - at

    def one_at_the_other(self, at: int) -> int:
        """`two balls, one thrown at the other`, `one rolls into the other at 2 m/s`, `one hitting the other`."""
        r, end = self.r, at + 1
        if not self._one(at):
            return 0
        end += 2 * (r.word(end, "of") and r.word(end + 1, "them", "these", "which"))
        end += r.word(end, "is", "being", "gets", "that", "which")
        found = r.match(end, "motion")
        if found is None:
            return 0
        end += found[1]
        told = r.word(end, "at", "with") and r[end + 1].kind == "quantity" and r[end + 1].dimension == "speed"
        changes = {"speed": r[end + 1].value} if told else {}
        end += 2 * told
        at_it = r.word(end, "at", "into", "towards", "toward", "against", "onto", "on", "to")
        end += at_it + r.word(end + at_it, "the")
        two = self._two()
        if not (at_it or found[0].value == "hitting") or not r.word(end, "other", "another") or not two:
            return 0
        end += 1 + (r.word(end + 1, "one") or (r[end + 1].kind == "number" and r[end + 1].value == 1))
        if len(two) == 1:
            two = [two[0], self.draft.split(two[0])]
        if not self.draft.move(two[0], str(found[0].value), target=two[1], **changes):
            return 0
        self.subjects, self.attached, self.related_since = two[:1], [], True
        r.use(at, end)
        return end - at

    def _two(self) -> list[int]:
        """A group of two, or the two that were named last, each alone."""
        there = [one for one in (self.subjects or self.topic) if one != FLOOR and self.draft.scene.has(one)]
        if there and self.draft.scene.thing(there[-1]).total == 2 and not self.draft.scene.thing(there[-1]).label:
            return there[-1:]
        single = len(there) == 2 and all(self.draft.scene.thing(one).total == 1 for one in there)
        return there if single else []

    def _stand(self, two: list[int], kind: str, far: float | None) -> bool:
        """Put them so; whether they can be."""
        if not all(KINDS[self._kind_of(one)].sort == "solid" for one in two) and kind in ("on", "above", "under"):
            return False
        upright = kind in ("on", "under") or (kind == "above" and far is None)
        if len(two) == 1 and (upright or (kind in _BESIDE and far is None)):
            self.draft.update(two[0], arrange="stack" if upright else _BESIDE[kind])
            return True
        if kind not in (*_BESIDE, "on", "under", "above"):
            return False
        if len(two) == 1:
            two = [two[0], self.draft.split(two[0])]
        first, second = reversed(two) if kind == "under" else two
        how = "on" if upright else kind
        self.draft.relate([second], Relation(how, (first,), far), instead=False)
        self.subjects, self.attached = list(two), []
        return True

    def on_one_of_them(self, at: int) -> int:
        """`two tables; on one of them a ball, on the other a cube`, `a ball on one of them and a cube on the other`."""
        r = self.r
        found = r.match(at, "rel")
        if found is None or found[0].value not in _PLACES:
            return 0
        chosen = self._chosen_one(at + found[1], str(found[0].value))
        if chosen is None:
            return 0
        group, index, end = chosen
        after = end + (r[end].kind == "comma")
        while r.word(after, *_PUT):
            after += 1
        ahead = self.clause_break and self._first_place(at)
        phrase = self.nouns.read(after) if ahead else None
        if phrase is not None and phrase.kind in KINDS and not phrase.definite:
            ids, end = self.create(phrase), phrase.end
        else:
            ids = [one for one in self.subjects if one not in (group, FLOOR)][-1:]
        if not ids or self._depends_on(group, ids[0]):
            return 0
        if index is not None:
            self.spots.setdefault(group, set()).add(index)
        self.draft.relate(ids, Relation(str(found[0].value), (group,), index=index), instead=False)
        self.draft.mention([group])
        self.draft.named.update(ids)
        self.subjects, self.index, self.attached, self.related_since = ids, None, list(ids), True
        r.use(at, end)
        return end - at

    def _depends_on(self, group: int, one: int) -> bool:
        return any(one in relation.targets for relation in self.draft.scene.thing(group).place)

    def _chosen_one(self, at: int, kind: str) -> tuple[int, int | None, int] | None:
        """`one of them`, `one table`, `the other (one)`, `another`: which group, which of it, and where the words end."""
        r = self.r
        end = at + r.word(at, "the")
        first = self._one(end) and end == at
        if end > at and (told := self._nth_one(end, kind)) is not None:
            return told
        if not first and not r.word(end, "other", "another"):
            return None
        end += 1
        if first and r.word(end, "of") and r.word(end + 1, "them", "these", "those", "which"):
            end += 2
            noun = None
        elif first and r.word(end, "of") and r.word(end + 1, "the"):
            noun = r.match(end + 2, "noun")
            end += 2 + (noun[1] if noun is not None else 0)
        else:
            noun = r.match(end, "noun")
            end += noun[1] if noun is not None else self._one(end)
            alone = r[end].kind in ("stop", "comma") or r.word(end, "and", "a", "an", "the", *_PUT)
            if noun is None and not alone and r[end].kind != "number":
                return None  # `in one row`
        there = [one for one in self.draft.mentions if self.draft.scene.has(one)]
        own = self.subjects[-1:] if not self.clause_break else []
        groups = [one for one in there if self.draft.scene.thing(one).total > 1 and one not in own]
        groups = [one for one in groups if noun is None or self._kind_of(one) == noun[0].value.kind]
        if kind in ("on", "inside"):
            groups = [one for one in groups if self._carries(self.draft.scene.thing(one), kind)]
        if not groups:
            return self._chosen_member(end) if noun is None or not first else None
        thing = self.draft.scene.thing(groups[-1])
        taken = self.spots.get(groups[-1], set())
        tops = thing.arrange == "stack" and thing.groups > 1
        spots = range(thing.count - 1, thing.total, thing.count) if tops else range(thing.total)
        free = [index for index in spots if index not in taken]
        if not free or (not first and not taken):
            return None
        return groups[-1], free[0], end

    def _nth_one(self, at: int, kind: str) -> tuple[int, int | None, int] | None:
        """`the left one`, `the second one`: of the several that were named last."""
        r = self.r
        ordinal = r.match(at, "ordinal")
        index = {"left": 0, "right": -1}.get(r[at].text) if ordinal is None else ordinal[0].value
        end = at + (ordinal[1] if ordinal is not None else 1)
        if index is None or not self._one(end):
            return None
        there = [one for one in self.draft.mentions if self.draft.scene.has(one) and one not in self.subjects[-1:]]
        groups = [one for one in there if self.draft.scene.thing(one).total > 1]
        groups = [one for one in groups if self._carries(self.draft.scene.thing(one), kind)]
        if not groups or self.draft.editing:
            return None
        return groups[-1], position(index, self.draft.scene.thing(groups[-1]).total), end + 1

    def _chosen_member(self, end: int) -> tuple[int, int | None, int] | None:
        """Of a group whose elements became things of their own, the next that carries nothing."""
        for members in reversed(list(self.members_of.values())):
            bare = [one for one in members if self.draft.scene.has(one) and one not in self.carrying]
            if bare:
                self.carrying.add(bare[0])
                return bare[0], None, end
        return None

    @staticmethod
    def _carries(thing: Thing, kind: str) -> bool:
        return thing.kind == "bin" or KINDS[thing.kind].carries or (kind == "on" and KINDS[thing.kind].sort == "solid")

    def and_another(self, at: int) -> int:
        """`a ball of 1 kg and another of 2 kg`, `one ball is on the floor and the other on a table`: one more of it."""
        r = self.r
        end = at + r.word(at, "the")
        other = r.word(end, "other") and end > at
        more = self._one(at) and r.word(at + 1, "more")
        third = r.word(at, "a") and r.word(at + 1, "second", "third", "fourth", "fifth")
        if not other and not more and not third and not r.word(at, "another"):
            return 0
        end += third
        end += more
        end += 1 + (self._one(end + 1) and not r.is_cat(end + 2, "noun"))
        falls = r.word(end, "from") and r[end + 1].kind == "quantity"
        follows = (
            falls or r[end].kind == "quantity" or r.is_cat(end, "rel", "barerel", "of", "conj", "motion", "link", "dir")
        )
        before = [one for one in dict.fromkeys(self.sentence_ids) if self.draft.scene.has(one)]
        joined = r.word(at - 1, "and", "but", "while") or r[at - 1].kind in ("comma", "stop")
        if not follows or not joined or r.is_cat(at, "arrange", "factor"):
            return 0
        before = before or [one for one in self.topic if self.draft.scene.has(one)]
        loose = [one for one in before if KINDS[self._kind_of(one)].sort in ("solid", "machine")]
        loose = [one for one in loose if more or self.draft.scene.thing(one).total == 1] or loose
        like = [one for one in before if one in self.counted_ones] if other else loose[-1:]
        if not like or self.draft.editing or KINDS[self._kind_of(like[-1])].sort not in ("solid", "machine"):
            return 0
        thing = self.draft.scene.thing(like[-1])
        alike = sum(each.total for each in self.draft.scene.things if each.kind == thing.kind)
        if (thing.total != 1 and not more) or (other and alike > 1):
            return 0
        thing = replace(thing, label="", shape=(), spacing=None) if more else thing
        new = self._copy(replace(thing, mass=None, overrides=()) if r[end].kind == "quantity" else thing, 1)
        self.counted_ones.discard(thing.id)
        if thing.motion is not None and (falls or r.is_cat(end, "dir") or r.word(end, "at")):
            # `and another from the right`, `another from 2 m`
            self.draft.update(new, motion=replace(thing.motion, direction="", height=None))
        self.subjects, self.index, self.attached = [new], None, [new]
        self.related_since, self.joined, self.clause_break = False, False, False
        r.use(at, end)
        return end - at

    def on_which(self, at: int) -> int:
        """`a cube on which lies a ball`, `a table on which there are two cups`: what is there is new."""
        r = self.r
        found = r.match(at, "rel")
        end = at + found[1] if found is not None else at
        carriers = [one for one in (self.attached or self.subjects)[-1:] if one != FLOOR]
        if found is None or not r.word(end, "which", "whose") or found[0].value not in _PLACES or not carriers:
            return 0
        end += 1 + (r.word(end, "whose") and r.word(end + 1, "top"))
        while r.word(
            end, "there", "is", "are", "lie", "lies", "sit", "sits", "stand", "stands", "rest", "rests", "we", "put"
        ):
            end += 1
        phrase = self.nouns.read(end)
        if phrase is None or phrase.kind not in KINDS or phrase.definite:
            return 0
        ids = self.create(phrase)
        self.draft.relate(ids, Relation(str(found[0].value), tuple(carriers)), instead=False)
        self.draft.mention(carriers)
        self.draft.mention(ids)
        self.carried_by = (carriers[0], "with")
        self.subjects, self.index, self.attached, self.related_since = ids, None, list(ids), False
        self.clause_break = self.joined = False
        last = phrase.end + r.word(
            phrase.end, "stand", "stands", "lie", "lies", "sit", "sits", "rest", "rests", "are", "is"
        )
        r.use(at, last)
        return last - at

    def relative_clause(self, at: int) -> int:
        """`behind a box which is 50 cm to the right of a ball`: about the noun just before; `a box, which hits another`."""
        r, end = self.r, at + 1
        before = self.attached or [one for one in self.objects if self.draft.scene.has(one)]
        about = [one for one in before[-1:] if one != FLOOR and one not in self.subjects]
        if not r.word(at, "which", "that") or not about:
            return 0
        end += r.word(end, "then", "in")
        end += r.word(end, "turn") and r.word(end - 1, "in")
        if r.word(end, "hits", "strikes", "knocks", "pushes", "bumps"):
            return self._passed_on(at, end + 1 + r.word(end + 1, "into", "over"), about[0])
        if not r.word(end, "is", "are", "stands", "lies", "sits", "rests", "hangs"):
            return 0
        end += 1
        far = r[end].kind == "quantity" and r.is_cat(end + 1, "rel", "barerel", "from", "dir")
        if not far and not r.is_cat(end, "rel"):
            return 0
        self.subjects, self.index, self.attached = about, None, []
        self.related_since = self.joined = self.clause_break = False
        r.use(at, end)
        return end - at

    def _passed_on(self, at: int, end: int, first: int) -> int:
        """What is hit hits something else: that stands behind it, in the same line."""
        phrase = self.nouns.read(end)
        if phrase is None or phrase.kind not in KINDS or phrase.definite:
            return 0
        movers = [thing for thing in self.draft.scene.things if thing.motion and thing.motion.target == first]
        if not movers or movers[-1].motion is None:
            return 0
        side = "left" if movers[-1].motion.direction == "left" else "right"
        ids = self.create(phrase)
        self.draft.relate(ids, Relation(side, (first,), 0.3), instead=False)
        self.subjects, self.attached, self.related_since = ids, list(ids), True
        self.objects = list(ids)
        self.r.use(at, phrase.end)
        return phrase.end - at

    def relation(self, at: int) -> int:
        """Also `onto a plank supported by two bricks`: a participle is about the noun just before it."""
        if self.r.word(at, "onto", "into") and (step := self._down_onto(at)):
            return step
        about = [one for one in self.attached[-1:] if one != FLOOR and one not in self.subjects]
        participle = self.r.word(at, *_PARTICIPLES) and self.r.is_cat(at - 1, "noun")
        if not participle or not about or KINDS[self._kind_of(about[0])].sort != "solid" or not self.subjects:
            return super().relation(at)
        before, index = self.subjects, self.index
        self.subjects, self.index = about, None
        step = super().relation(at)
        self.subjects, self.index = before, index
        return step

    def _down_onto(self, at: int) -> int:
        """`a ball rolling down a ramp and onto a trampoline`: that is at the foot of the ramp."""
        movers = [one for one in self.subjects if one != FLOOR and self._moves(one)]
        ramps = [r.targets[0] for one in movers for r in self.draft.scene.thing(one).place if r.kind == "on"]
        ramps = [one for one in ramps if one != FLOOR and self._kind_of(one) == "ramp"]
        phrase = self.nouns.read(at + 1) if ramps else None
        if phrase is None or phrase.kind not in KINDS or phrase.definite or KINDS[phrase.kind].sort != "furniture":
            return 0
        ids = self.create(phrase)
        self.draft.relate(ids, Relation("right", (ramps[0],)), instead=False)
        self.attached, self.related_since = list(ids), True
        self.r.use(at, phrase.end)
        return phrase.end - at

    def _with_thing(self, at: int, phrase: Phrase, how: str) -> int:
        """Also `a stack of books with a ball rolling into it`: what comes at something is not on it."""
        after = self.r.match(phrase.end, "motion")
        holders = [one for one in self.subjects if one != FLOOR]
        coming = after is not None and self.r.word(phrase.end + after[1], "into", "towards", "toward", "at")
        if not coming or how != "with" or not holders or self._kind_of(holders[-1]) in ("conveyor", "bin"):
            return super()._with_thing(at, phrase, how)
        ids = self.create(phrase)
        self.r.use(at, phrase.end)
        self.subjects, self.index, self.attached = ids, None, ids
        self.related_since, self.joined = False, False
        self.draft.mention(ids)
        self.draft.mention(holders[-1:])
        return phrase.end - at

    def _take_part(self, start: int, end: int, part: str, phrase: Phrase) -> int:
        """Also `a room with four walls`, which is how many it has."""
        walled = any(one != FLOOR and self._kind_of(one) == "bin" for one in self.subjects)
        if part != "wall" or phrase.count != 4 or not walled:
            return super()._take_part(start, end, part, phrase)
        self.excused_numbers.update(range(start, end))
        self.r.use(start, end)
        return end - start

    def more_ones(self, at: int) -> int:
        """`three red boxes and two blue ones`, `a ball on a table and a smaller one on a chair`: more of what was named."""
        r, end = self.r, at + 1
        several = r[at].kind == "number" and r[at].value == int(r[at].value) and 0 < r[at].value < 100
        there = [one for one in self.subjects[-1:] if one != FLOOR and self.draft.scene.has(one)]
        alone = bool(there) and self.draft.scene.thing(there[0]).total == 1 and self.related_since
        joined = r.word(at - 1, "and") or (r[at - 1].shown == "," and alone and not several)
        if not (several or r.word(at, "a", "an")) or not joined or not there or self.draft.editing:
            return 0
        described = Phrase(at)
        finish = self._adjectives(end, described)
        thing = self.draft.scene.thing(there[0])
        if finish == end or not (r.word(finish, "ones") or self._one(finish)) or self.allotted.get(thing.id):
            return 0
        if KINDS[thing.kind].sort not in ("solid", "machine") or thing.label:
            return 0
        if described.colours or "material" in described.changes:
            thing = replace(thing, colours=(), material=None)
        if {"weight", "mass"} & set(described.changes):
            thing = replace(thing, weight=1.0, mass=None)
        thing = replace(thing, scales=(), dims=()) if described.scales or described.dims else thing
        new = self._copy(thing, int(r[at].value) if several else 1)
        self.draft.apply(new, described)
        self.subjects = [new] if self.related_since else [*self.subjects, new]
        self.index, self.attached = None, [new]
        self.related_since, self.joined, self.clause_break = False, False, False
        r.use(at, finish + 1)
        return finish + 1 - at
