"""Of several, which is how: `one bouncy, one not`, `one falls and the other is thrown`, `4 cm each`; what one noun shares."""

from __future__ import annotations

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.rules.pairs import Pairs
from py_remote_viewer.scenes.create.things.description import FLOOR
from py_remote_viewer.scenes.create.things.phrase import Phrase
from py_remote_viewer.scenes.create.things.values import told_apart

_BE = ("is", "are", "being", "should", "be", "must", "has", "painted", "coloured", "colored", "made", "of", "very")
_PLAIN = ("plain", "normal", "regular", "ordinary", "medium", "average", "default", "usual", "standard")
_OPPOSITES = {
    "bounce": lambda value: 0.02 if value > 0.3 else 0.85,
    "friction": lambda value: 1.0 if value < 0.5 else 0.1,
}
_ORDER = {"left": 0, "middle": 1, "right": 2}
_LIKE = ("colour", "material", "size", "weight", "surface", "slope", "dimfactor")
_NTH = ("first", "second", "third", "fourth", "fifth", "sixth")
_MOST = 8  # elements that become things of their own


class Apiece(Pairs):
    """Rules for what each one of several is, does or gets."""

    def create(self, phrase: Phrase) -> list[int]:
        """Also remember which share one noun: `4 blue and 4 red cubes` go together."""
        ids = super().create(phrase)
        if phrase.shared:
            self.pending_sharers += ids
        elif self.pending_sharers:
            run = [one for one in self.pending_sharers if self._kind_of(one) == phrase.kind]
            self.sharers.append([*run, *ids])
            self.pending_sharers = []
        return ids

    def _last_run(self, ids: list[int], targets: list[int]) -> list[int]:
        """Of several that were named, those that a place is said of: the last, with those that share its noun or its table."""
        run = next((run for run in self.sharers if ids[-1] in run), None)
        if run is not None:
            return [one for one in ids if one in run]
        named = [one for one in targets if one in self.subjects]
        if not named or self._kind_of(named[-1]) not in ("table", "platform", "bookshelf", "bin"):
            return ids[-1:]
        behind = self.subjects[self.subjects.index(named[-1]) + 1 :]
        loose = [one for one in behind if KINDS[self._kind_of(one)].sort == "solid" and one in ids]
        return (
            loose
            if loose[-1:] == ids[-1:] and not any(self.draft.scene.thing(one).place for one in loose)
            else ids[-1:]
        )

    def partition(self, at: int) -> int:
        """`two bins, one blue and one red, …`, `three balls, one bouncy, one medium, one not bouncy at all`."""
        r, end, last = self.r, at, at
        group = self._group()
        listed = r[at - 1].shown == ":"
        bare = listed and (r.word(at, "a", "an", "the") or r.is_cat(at, "colour", "size", "material"))
        bare = bare or (r[at - 1].kind == "comma" and r.word(at, "a", "an"))
        if group is None or not (self._one(at) or r[at].kind == "number" or bare) or not self._fresh(at):
            return 0
        total = self.draft.scene.thing(group).total
        counted = listed and group in self.draft.unsaid
        total = 200 if counted else total
        members: list[Phrase] = []
        places: list[int] = []
        while len(members) < total:
            end += r.word(end, "the")
            ordinal = len(members) < len(_NTH) and r.word(end, _NTH[len(members)])
            several = int(r[end].value) if r[end].kind == "number" and 1 < r[end].value <= total else 1
            plain = bare and r.is_cat(end, "colour", "size", "material")
            if not (self._one(end) or several > 1 or plain or r.word(end, "other", "another", "a", "an") or ordinal):
                break
            start, end = end, end if plain else end + 1 + self._one(end + 1)
            described = Phrase(start)
            finish = self._member_is(end, described)
            if finish == end or self.nouns.head_follows(finish):
                return 0
            members += [described] * several
            finish += self._one(finish) or r.word(finish, "ones")
            where = r.match(finish, "barerel")
            if where is not None and where[0].value in _ORDER:
                places.append(_ORDER[where[0].value])
                finish += where[1]
            end = last = finish
            end += r[end].kind == "comma"
            end += r.word(end, "and", "but", "while")
        closed = r[last].kind in ("stop", "comma") or r.word(last, "and", "with", "next", "on", "in", "at", "dropped")
        if counted and len(members) > 1 and closed:
            total = len(members)
            self.draft.update(group, count=total)
            self.draft.unsaid.discard(group)
        if len(members) != total or total < 2 or not closed or len(places) not in (0, total):
            return 0
        if places:
            members = [one for _, one in sorted(zip(places, members, strict=True), key=lambda pair: pair[0])]
            if not self.draft.scene.thing(group).arrange:
                self.draft.update(group, arrange="row")
        self._give_members(at, last, group, members)
        self.subjects, self.attached, self.index = [group], [], None
        if not self.draft.scene.has(group) or self.draft.scene.thing(group).total == 1:
            self.subjects = self.members_of.get(group, [group])
        r.use(at, last)
        return last - at

    def _fresh(self, at: int) -> bool:
        return self.r[at - 1].kind in ("comma", "stop") or self.r.word(at - 1, "and", "with", "are", "but")

    def _member_is(self, at: int, phrase: Phrase) -> int:
        """Behind what is said of one: adjectives, `not bouncy at all`, or that it is as usual."""
        r = self.r
        while r.word(at, *_BE):
            at += 1
        if r.word(at, *_PLAIN):
            return at + 1
        if not r.word(at, "not", "non"):
            return self._adjectives(at, phrase)
        end = self._adjectives(at + 1 + r.word(at + 1, "so", "very", "too"), phrase)
        phrase.changes.pop("weight", None)  # what is not heavy is as usual
        phrase.scales.clear()
        known = [name for name in phrase.changes if name in _OPPOSITES]
        if end == at + 1 or len(known) != len(phrase.changes) or phrase.colours or phrase.scales or phrase.dims:
            return at
        for name in known:
            phrase.changes[name] = _OPPOSITES[name](phrase.changes[name])
        return end + 2 * (r.word(end, "at") and r.word(end + 1, "all"))

    def _give_members(self, at: int, end: int, group: int, members: list[Phrase]) -> None:
        """To elements where these can differ so; else every one becomes a thing of its own."""
        said = [index for index, one in enumerate(members) if one.changes or one.colours or one.scales or one.dims]
        kept = self.draft.scene
        if all(super(Apiece, self)._apply(at, end, group, [index], members[index]) for index in said):
            return
        self.draft.scene = kept
        ids = self._tell_apart(group)
        for index in said:
            self.draft.apply(ids[index], members[index])

    def _apply(self, at: int, end: int, group: int, indices: list[int], phrase: Phrase) -> int:
        """Also to what is built of parts: then each of them becomes a thing of its own."""
        if step := super()._apply(at, end, group, indices, phrase):
            return step
        thing = self.draft.scene.thing(group)
        plain = not thing.label and thing.groups == 1 and 1 < thing.total <= _MOST and not self.draft.editing
        if not plain or KINDS[thing.kind].sort == "solid" or len(indices) == thing.total:
            return 0
        ids = self._tell_apart(group)
        for index in indices:
            self.draft.apply(ids[index], phrase)
        self.told_of.setdefault(group, []).extend(ids[index] for index in indices)
        self.r.use(at, end)
        return end - at

    def _tell_apart(self, group: int) -> list[int]:
        ids = told_apart(self.draft, group)
        self.members_of[group] = ids
        self.sentence_ids += [one for one in ids if one not in self.sentence_ids]
        self.draft.changes += 1
        return ids

    def member_clause(self, at: int) -> int:
        """`two balls, one rolling to the left and the other falling`: whom of them the words that follow are about."""
        r = self.r
        end = at + r.word(at, "the")
        ordinal = r.match(end, "ordinal") if end > at else None
        first = self._one(end) and end == at
        if ordinal is None and not first and not r.word(end, "other", "another"):
            return 0
        whole = self._divisible()
        if whole is None or (not first and ordinal is None and whole not in self.members_of):
            return 0
        end += ordinal[1] if ordinal is not None else 1
        end += self._one(end)
        if first and r.word(end, "of") and (of_them := self._of_the_group(end, whole)):
            end = of_them
        bare = end
        while r.word(end, "is", "are", "should", "be", "being", "that", "which"):
            end += 1
        world = r.match(end, "gravity", "medium", "nofloor")
        placed = r.is_cat(end, "rel", "barerel") and world is None and (end > bare or not first)
        said = (
            placed
            or r.is_cat(end, "motion", "dir")
            or (
                r[end].kind == "quantity"
                and r[end].dimension in ("speed", "spin", "angle")
                and not r.is_cat(end + 1, "dim")
            )
        )
        said = said or (whole in self.members_of and r.is_cat(end, *_LIKE))
        said = said or self._how_fast(end) or (r.word(end, "from") and r[end + 1].kind == "quantity")
        if not said or not (self._fresh(at) or r.word(at - 1, "while", "then")) or self.draft.editing:
            return 0
        members = self.members_of.get(whole) or self._loosely_apart(whole)
        spoken = self.told_of.setdefault(whole, [])
        rest = [one for one in members if one not in spoken]
        index = ordinal[0].value if ordinal is not None else 0
        chosen = (
            members[index] if ordinal is not None and -len(members) <= index < len(members) else next(iter(rest), None)
        )
        if chosen is None:
            return 0
        if self._how_fast(end) or r.word(end, "from"):
            self._moves_like(chosen, spoken)
        spoken.append(chosen)
        self.subjects, self.index, self.attached, self.related_since = [chosen], None, [], False
        self.joined = self.clause_break = False
        self.topic = [whole]
        self.draft.mention([chosen])
        r.use(at, end)
        return end - at

    def _how_fast(self, at: int) -> bool:
        """`at 2 m/s`, `to the right`, `from 2 m`: how something goes that moves already."""
        r = self.r
        after = r[at + 1]
        return (r.word(at, "at", "with") and after.dimension in ("speed", "spin", "angle")) or r.is_cat(at, "dir")

    def _moves_like(self, one: int, spoken: list[int]) -> None:
        """`one rolling at 1 m/s and the other at 2 m/s`: both roll."""
        motion = self.draft.scene.thing(spoken[-1]).motion if spoken and self.draft.scene.has(spoken[-1]) else None
        if motion is not None:
            self.draft.move(one, motion.kind, direction=motion.direction)

    def _loosely_apart(self, group: int) -> list[int]:
        """Each on its own, so that it may be anywhere."""
        place = self.draft.scene.thing(group).place
        ids = self._tell_apart(group)
        for one in ids[1:]:
            self.draft.update(one, place=place)
        return ids

    def _of_the_group(self, at: int, group: int) -> int:
        """Where `of them`, `of the balls` ends; 0 where it is of something else."""
        if self.r.word(at + 1, "them", "these", "those", "which"):
            return at + 2
        phrase = self.nouns.read(at + 1)
        fits = phrase is not None and phrase.definite and phrase.kind == self._kind_of(group)
        return phrase.end if phrase is not None and fits else 0

    def _divisible(self) -> int | None:
        """The group that is spoken of, where its elements may become things of their own, or have."""
        spoken = [one for one in (*self.topic, *self.subjects) if one != FLOOR and self.draft.scene.has(one)]
        for one in reversed(spoken):
            for whole, members in self.members_of.items():
                if one in members:
                    return whole
        group = self._group()
        if group is None:
            return None
        thing = self.draft.scene.thing(group)
        plain = not thing.label and thing.groups == 1 and thing.total <= _MOST
        return group if plain and KINDS[thing.kind].sort in ("solid", "machine") else None

    def so_much_each(self, at: int) -> int:
        """`a red and a blue cube, 4 cm each`, `weighing 2 kg each`: of all that were named together."""
        r = self.r
        start = at + r.word(at, "weighing", "of", "with")
        token = r[start]
        if token.kind != "quantity" or token.dimension not in ("length", "mass", "speed"):
            return 0
        dim = r.match(start + 1, "dim", "dimfactor")
        end = start + 1 + (dim[1] if dim is not None else r.word(start + 1, "heavy"))
        if not r.word(end, "each", "apiece") or r.word(end + 1, "other", "side", "end"):
            return 0
        there = [one for one in dict.fromkeys((*self.topic, *self.sentence_ids)) if self.draft.scene.has(one)]
        sort = KINDS[self._kind_of((self.attached or self.subjects or there)[-1])].sort if there else ""
        solid = [one for one in there if KINDS[self._kind_of(one)].sort == "solid"]
        run = (
            solid
            if sort in ("solid", "furniture")
            else [one for one in there if KINDS[self._kind_of(one)].sort == sort]
        )
        if len(run) < 2:
            return 0
        self.subjects, self.attached, self.index = run, [], None
        step = self.quantity(start)
        if step:
            r.use(at, start)
        return start - at + step if step else 0
