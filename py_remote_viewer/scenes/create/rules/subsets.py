"""Some of a group: `2 of them red`, `one red and one blue`, `the others are heavy`, `every second one is green`."""

from __future__ import annotations

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.rules.count_rules import CountRules
from py_remote_viewer.scenes.create.things.description import FLOOR, Override, Relation
from py_remote_viewer.scenes.create.things.elements import override_of, position
from py_remote_viewer.scenes.create.things.phrase import Phrase
from py_remote_viewer.scenes.create.things.usual_places import usual_place

_BE = (
    "is",
    "are",
    "be",
    "being",
    "should",
    "must",
    "shall",
    "will",
    "has",
    "have",
    "with",
    "weigh",
    "weighs",
    "having",
    "painted",
    "coloured",
    "colored",
    "made",
    "of",
)
_LIKE = ("colour", "shade", "material", "size", "weight", "surface", "factor")
_WHOM = ("them", "these", "those", "which", "it")


class Subsets(CountRules):
    """Rules for what holds for some elements of a group."""

    def subset(self, at: int) -> int:
        """At `at`: how many or which of the group that was named, then what they are like."""
        if step := self._more_parts(at) or self._each_part(at) or self._nth_of(at) or self._so_many_wide(at):
            return step
        group = self._group()
        if group is None:
            return self._ahead(at)
        if step := self._each_one(at, group):
            return step
        for rule in (self._nth, self._materials, self._so_many_of, self._elliptical, self._rest, self._every_second):
            step = rule(at, group)
            if step:
                return step
        return 0

    def _group(self) -> int | None:
        """The group that is spoken of: the subjects, or what was named last."""
        spoken = self.subjects or self.topic or (self.draft.mentions if self.draft.editing else [])
        there = [one for one in spoken if one != FLOOR and self.draft.scene.has(one)]
        groups = [one for one in there if self.draft.scene.thing(one).total > 1]
        return groups[-1] if groups else None

    def _so_many_of(self, at: int, group: int) -> int:
        """`2 of them`, `half of the balls`, `one of which`, `the first two of them`."""
        r, thing = self.r, self.draft.scene.thing(group)
        end, first, count = at, None, None
        if r.word(end, "the"):
            end += 1
        ordinal = r.match(end, "ordinal")
        if ordinal is not None and r[end + ordinal[1]].kind == "number":
            first = ordinal[0].value
            end += ordinal[1]
        if r[end].kind == "number":
            value = r[end].value
            count = round(thing.total * value) if value == 0.5 else int(value) if value == int(value) else None
            end += 1
        elif r.word(end, "half"):
            count, end = thing.total // 2, end + 1
        elif r.word(end, "one") and r.word(end + 1, "of"):
            count, end = 1, end + 1
        elif r.word(end, "none", "each", "all", "some", "most"):
            return 0
        plain = (
            r.word(end, "of")
            and r.word(end + 1, "them")
            and (r[end + 2].kind in ("stop", "comma") or r.is_cat(end + 2, "arrange", "rel"))
        )
        if count is not None and plain and group in self.draft.unsaid and 0 < count <= 200:
            self.draft.update(group, count=count)  # `tiny boxes, 25 of them`
            self.draft.unsaid.discard(group)
            self.subjects = [group]
            r.use(at, end + 2)
            return end + 2 - at
        if count is None or not 0 < count <= thing.total:
            return 0
        if r.word(end, "of"):
            whom = end + 1
            if r.word(whom, *_WHOM):
                end = whom + 1
            else:
                phrase = self.nouns.read(whom)
                if phrase is None or not phrase.definite or group not in self.draft.resolve(phrase):
                    return 0
                end = phrase.end
        elif first is None:
            return 0
        elif r.word(end, "ones"):
            end += 1
        else:
            phrase = self.nouns.read(at)
            if phrase is not None and phrase.kind in KINDS:
                return 0
        if first is None:
            indices = self._free(group)[:count]
        elif first == -1:
            indices = list(range(thing.total - count, thing.total))
        else:
            indices = list(range(first, first + count))
        return self._are(at, end, group, indices)

    def _each_one(self, at: int, group: int) -> int:
        """`each 10 cm wide`, `each of them weighs 2 kg`, `each ball has …`: what follows is about all of them."""
        r, end = self.r, at + 1
        if not r.word(at, "each") or r.word(end, "second", "third", "other", "side", "end"):
            return 0
        if r.word(end, "one"):
            end += 1
        elif r.word(end, "of") and r.word(end + 1, *_WHOM):
            end += 2
        elif (noun := self.nouns.read(end)) is not None and noun.kind == self.draft.scene.thing(group).kind:
            end = noun.end
        while r.word(end, "is", "has", "have", "having", "with", "being", "a", "of"):
            end += 1
        follows = r[end].kind in ("quantity", "number") or r.is_cat(
            end, "property", "dim", "colour", "material", "weight", "verb", "surface", "motion"
        )
        before = r[at - 1].kind in ("stop", "comma") or at == 0 or r.word(at - 1, "and")
        if not follows and not before and not r.word(end, "on", "in"):
            r.use(at, end)  # `at 2 m/s each`
            return end - at
        if not follows:
            return 0
        self.subjects, self.index = [group], None
        r.use(at, end)
        return end - at

    def _nth(self, at: int, group: int) -> int:
        """`the second is red`, `the left one …`, `the second twice as heavy as the first`."""
        r, thing = self.r, self.draft.scene.thing(group)
        if not r.word(at, "the"):
            return 0
        ordinal = r.match(at + 1, "ordinal")
        index = ordinal[0].value if ordinal is not None else {"left": 0, "right": -1}.get(r[at + 1].text)
        if index is None:
            return 0
        end = at + 1 + (ordinal[1] if ordinal is not None else 1)
        noun = self.nouns.read(end) if not r.word(end, "one") else None
        if r.word(end, "one"):
            end += 1
        elif noun is not None and noun.kind == thing.kind and not noun.det and noun.count is None:
            return 0  # the noun's own rule
        elif not (r.word(end, *_BE) or r.is_cat(end, *_LIKE) or r[end].kind == "quantity"):
            return 0
        if r.word(end, "with", "has", "having", "carries", "holds") and self._nth_carries(at, end, group, index):
            return self.nth_end - at
        while r.word(end, *_BE):
            end += 1
        if r.is_cat(end, "motion") and self._nth_moves(at, end, group, index):
            return end - at
        factor, after = self._factor(end)
        if after > end:
            return self._nth_times(at, after, group, index, factor)
        phrase = Phrase(at)
        finish = self._adjectives(end, phrase)
        return self._apply(at, finish, group, [position(index, thing.total)], phrase) if finish > end else 0

    def _nth_carries(self, at: int, end: int, group: int, index: int) -> bool:
        """`the middle one with a ball on it`."""
        r = self.r
        phrase = self.nouns.read(end + 1)
        if phrase is None or phrase.kind not in KINDS or phrase.definite:
            return False
        after = phrase.end
        if r.word(after, "on", "in") and r.word(after + 1, "it", "top", "them"):
            after += 2 + 2 * (r.word(after + 2, "of") and r.word(after + 3, "it"))
        elif not usual_place(self.draft.scene.thing(group).kind, phrase, "with"):
            return False
        ids = self.create(phrase)
        self.draft.relate(ids, Relation("on", (group,), index=index), instead=False)
        self.draft.mention([group])
        r.use(at, after)
        self.nth_end = after
        return True

    def _nth_moves(self, at: int, end: int, group: int, index: int) -> bool:
        """`two balls, the first is thrown`: of two, the one that moves is a thing of its own; of more, none is."""
        thing = self.draft.scene.thing(group)
        if thing.count != 2 or thing.groups != 1 or thing.label or KINDS[thing.kind].sort not in ("solid", "machine"):
            self.r.miss(list(range(at, end)))
            return False
        second = self.draft.split(group)
        if not self.draft.scene.thing(second).place:
            self.draft.relate([second], Relation("right", (group,), thing.spacing), instead=False)
        self.subjects, self.attached = ([group] if index == 0 else [second]), []
        self.r.use(at, end)
        return True

    def _nth_times(self, at: int, end: int, group: int, index: int, factor: float) -> int:
        r, thing = self.r, self.draft.scene.thing(group)
        while r.word(end, "as", "the"):
            end += 1
        named = self._compared(end)
        if named is None or named[0] not in ("mass", "size_all", "size"):
            return 0
        name, inverse, length = named
        factor = 1 / factor if inverse and factor else factor
        end += length
        while r.word(end, "as", "than", "of", "the", "first", "other", "others", "one", "ones", "second", "last"):
            end += 1
        own = Override(index, weight=factor) if name == "mass" else Override(index, scale=factor)
        self.draft.update(group, overrides=(*thing.overrides, own))
        r.use(at, end)
        return end - at

    def _materials(self, at: int, group: int) -> int:
        """`3 balls of steel, wood and rubber`: one material each."""
        r, end, names = self.r, at, []
        of = r.match(at, "of")
        end += of[1] if of is not None else r.word(at, "in")
        start = end
        while (found := r.match(end, "material")) is not None:
            names.append(found[0].value)
            end = last = end + found[1]
            end += r[end].kind == "comma"
            end += r.word(end, "and")
            if end == last:
                break
        thing = self.draft.scene.thing(group)
        if start == at or len(names) < 2 or len(names) != thing.total or self.nouns.head_follows(end):
            return 0
        made = tuple(Override(index, material=name) for index, name in enumerate(names))
        self.draft.update(group, overrides=(*thing.overrides, *made))
        r.use(at, end)
        return end - at

    def _elliptical(self, at: int, group: int) -> int:
        """`two boxes, one red and one blue`: a number and adjectives, and no noun."""
        r, thing = self.r, self.draft.scene.thing(group)
        single = r.word(at, "one", "another", "a")
        if not (r[at].kind == "number" or single) or not (
            r[at - 1].kind == "comma" or r.word(at - 1, "and", "with", "are", "but") or r[at - 1].kind == "stop"
        ):
            return 0
        count = 1 if single else int(r[at].value)
        end = at + 1
        if r.word(end, "is", "are", "in", "being", "one"):
            end += 1
        phrase = Phrase(at)
        finish = self._adjectives(end, phrase)
        if finish == end or not 0 < count <= thing.total or self.nouns.head_follows(finish):
            return 0
        after = r[finish]
        if not (after.kind in ("stop", "comma") or r.word(finish, "and", "one", "ones", "but")):
            return 0
        later = self.nouns.read(at)
        if later is not None and later.kind in KINDS:
            return 0  # `one red, one green and one blue ball`
        finish += r.word(finish, "one", "ones")
        return self._apply(at, finish, group, self._free(group)[:count], phrase)

    def _rest(self, at: int, group: int) -> int:
        """`the others are blue`, `the rest is heavy`."""
        r, end = self.r, at
        if r.word(end, "the", "all"):
            end += 1
        if r.word(end, "the"):
            end += 1
        if r.word(end, "other") and r[end + 1].kind == "number":
            end += 1
        named = (
            r.word(end, "others", "rest", "remaining", "remainder")
            or (r.word(end, "other") and (r.word(end + 1, "one", "ones") or r.is_cat(end + 1, "link")))
            or (r.word(end - 1, "other") and r[end].kind == "number" and r.is_cat(end + 1, "link", "colour"))
        )
        if not named or end == at:
            return 0
        end += 1
        if r.word(end, "one", "ones"):
            end += 1
        elif r.word(end, "of") and r.word(end + 1, *_WHOM):
            end += 2
        elif (
            (noun := self.nouns.read(end)) is not None
            and noun.kind in KINDS
            and noun.kind == self.draft.scene.thing(group).kind
        ):
            end = noun.end
        return self._are(at, end, group, self._free(group))

    def _every_second(self, at: int, group: int) -> int:
        """`every second one is red`, `every other domino red`, `every third …`."""
        r, thing = self.r, self.draft.scene.thing(group)
        if not r.word(at, "every"):
            return 0
        number = {"second": 2, "other": 2, "third": 3, "fourth": 4, "fifth": 5}.get(r[at + 1].text)
        if number is None:
            return 0
        end = at + 2
        if r.word(end, "one"):
            end += 1
        elif r.word(end, "of") and r.word(end + 1, *_WHOM):
            end += 2
        elif (noun := self.nouns.read(end)) is not None and noun.kind == thing.kind:
            end = noun.end
        return self._are(at, end, group, list(range(number - 1, thing.total, number)))

    def _ahead(self, at: int) -> int:
        """`every second domino red, 10 dominoes`: said before the group is."""
        r = self.r
        number = {"second": 2, "other": 2, "third": 3, "fourth": 4, "fifth": 5}.get(r[at + 1].text)
        noun = self.nouns.read(at + 2) if r.word(at, "every") and number else None
        if noun is None or number is None or noun.kind not in KINDS:
            return 0
        end = noun.end
        while r.word(end, *_BE):
            end += 1
        phrase = Phrase(at)
        finish = self._adjectives(end, phrase)
        if finish == end:
            return 0
        self.waiting.append((at, finish, noun.kind, number, phrase))
        return finish - at

    def settle_subsets(self) -> None:
        """What was said of every second one before there were any."""
        for at, end, kind, number, phrase in self.waiting:
            groups = [thing for thing in self.draft.scene.things if thing.kind == kind and thing.total > 1]
            if groups:
                self._apply(at, end, groups[-1].id, list(range(number - 1, groups[-1].total, number)), phrase)
        self.waiting = []

    # --- what they are like -----------------------------------------------------------------------------------------------

    def _free(self, group: int) -> list[int]:
        """Elements that nothing has been said of yet, in this prompt."""
        thing = self.draft.scene.thing(group)
        taken = self.allotted.get(group, set())
        if not taken and self.draft.editing:
            taken = {position(one.index, thing.total) for one in thing.overrides}
        return [index for index in range(thing.total) if index not in taken]

    def _adjectives(self, at: int, phrase: Phrase) -> int:
        """Behind all adjectives at `at`; what they say goes into `phrase`."""
        r = self.r
        while at < len(r):
            if r[at].kind == "quantity" and r[at].dimension == "mass":
                phrase.changes["mass"] = r[at].value
                at += 1 + r.word(at + 1, "heavy")
                continue
            if r[at].kind == "quantity" and r[at].dimension == "length":
                dim = r.match(at + 1, "dim", "dimfactor")  # `a 1 m long one`
                phrase.dims[self._dimension_name(dim)] = r[at].value
                at += 1 + (dim[1] if dim is not None else 0)
                continue
            step = self.nouns.adjective(at, phrase)
            measured = r[at + 1].kind == "quantity" and r[at + 1].dimension in ("mass", "length")
            said = r.is_cat(at + 1, "material", "weight", "size", "surface") or (measured and r[at + 2].kind == "stop")
            if step == 0 and r.word(at, "and") and said:
                step = 1
            if step == 0:
                return at
            at += step
        return at

    def _are(self, at: int, end: int, group: int, indices: list[int]) -> int:
        while self.r.word(end, *_BE):
            end += 1
        phrase = Phrase(at)
        finish = self._adjectives(end, phrase)
        return self._apply(at, finish, group, indices, phrase) if finish > end else 0

    def _apply(self, at: int, end: int, group: int, indices: list[int], phrase: Phrase) -> int:
        thing = self.draft.scene.thing(group)
        made = [override_of(thing, index, phrase) for index in indices]
        said = tuple(one for one in made if one is not None)
        if not said or len(said) < len(indices):
            return 0
        self.draft.scene = self.draft.scene.changed(group, overrides=(*thing.overrides, *said))
        self.draft.changes += 1
        self.allotted.setdefault(group, set()).update(indices)
        self.edited = self.edited or self.draft.editing
        self.r.use(at, end)
        return end - at
