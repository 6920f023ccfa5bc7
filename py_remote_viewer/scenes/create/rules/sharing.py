"""What several things share or have each: `two tables, each with three books`, `two balls here and one there`."""

from __future__ import annotations

import itertools
from dataclasses import replace

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.rules.removal import EVERY
from py_remote_viewer.scenes.create.rules.singling import Singling
from py_remote_viewer.scenes.create.things.description import FLOOR, Relation, Thing
from py_remote_viewer.scenes.create.things.footprints import footprint
from py_remote_viewer.scenes.create.things.phrase import Phrase
from py_remote_viewer.scenes.create.things.sizes import dims_of

_SIDES = ("left", "right", "front", "behind", "above")
_TOTAL = ("total", "all")


class Sharing(Singling):
    """Rules for what is said once and meant of several."""

    def each_with(self, at: int) -> int:
        """`each with a ball on it`, `each holding three books`, `each with 4 red blocks` of towers."""
        r, end = self.r, at + 1
        if not r.word(at, "each"):
            return 0
        group = self._spoken_group()
        end += r.word(end, "one") + 2 * (r.word(end, "of") and r.word(end + 1, "them", "which"))
        if not r.word(at, "each") or group is None:
            return 0
        if not r.word(
            end, "with", "has", "having", "carrying", "holding", "containing", "supporting", "holds", "carries"
        ):
            return 0
        phrase = self.nouns.read(end + 1)
        thing = self.draft.scene.thing(group)
        if phrase is None or phrase.kind not in KINDS or phrase.definite or r.is_cat(end + 1, "property", "feature"):
            return 0
        if thing.label and phrase.kind == thing.kind and phrase.count:
            self.draft.update(group, count=min(200, phrase.count))
            self.draft.apply(group, replace(phrase, count=None))
            r.use(at, phrase.end)
            return phrase.end - at
        after = phrase.end
        kind = "inside" if thing.kind == "bin" else "on"
        if r.word(after, "on", "in", "inside") and r.word(after + 1, "it", "top", "them"):
            after += 2 + 2 * (r.word(after + 2, "of") and r.word(after + 3, "it"))
        elif r.is_cat(after, "rel", "barerel") or not (KINDS[thing.kind].carries or kind == "inside"):
            return 0
        ids = self.create(phrase)
        self.draft.relate(ids, Relation(kind, (group,), each=True), instead=False)
        self.subjects, self.index, self.attached, self.related_since = [group], None, [], True
        self.draft.mention([*ids, group])
        r.use(at, after)
        return after - at

    def some_more(self, at: int) -> int:
        """`two balls on the floor and one on the table`; of `4 cubes: one on the table and three on the floor`, those."""
        r = self.r
        token = r[at]
        single = r.word(at, "one", "another")
        count = 1 if single else int(token.value) if token.kind == "number" and token.value == int(token.value) else 0
        if not count or not (r.word(at - 1, "and", "with", "but") or r[at - 1].kind == "comma"):
            return 0
        place = r.match(at + 1, "rel", "barerel")
        if (
            place is None
            or r.word(at + 1 + place[1], "each", "every")
            or r.word(at + 1, "at", "of", "by", "to", "x", "over")
        ):
            return 0
        if any(r.word(one, "each", "every", "either", "both") for one in range(at + 1, at + 1 + place[1])):
            return 0
        there = [one for one in (self.subjects or self.sentence_ids) if one != FLOOR and self.draft.scene.has(one)]
        if not there:
            return 0
        thing = self.draft.scene.thing(there[-1])
        if KINDS[thing.kind].sort != "solid" or thing.label:
            return 0
        if (ground := self._own_ground(at + 1)) > 0:
            return 1 + ground
        free = thing.total > count and not thing.place and thing.groups == 1 and thing.motion is None
        if free:
            new = self.draft.split_off(thing.id, 0)
            rest = self.draft.scene.thing(thing.id)
            if count > 1:
                self.draft.update(new, count=count)
                self.draft.update(thing.id, count=rest.count - (count - 1))
        elif thing.place:
            new = self._copy(thing, count)
        else:
            return 0
        self.subjects, self.index, self.attached, self.related_since = [new], None, [], False
        self.clause_break = False
        r.use(at, at + 1)
        return 1

    def _copy(self, thing: Thing, count: int) -> int:
        """More of the same sort, placed nowhere yet; its id."""
        new_id = max(one.id for one in self.draft.scene.things) + 1
        new_id = max(new_id, max(self.draft.old_ids, default=-1) + 1)
        made = replace(
            thing, id=new_id, count=count, groups=1, place=(), motion=None, at=None, arrange="", overrides=()
        )
        self.draft.scene = replace(self.draft.scene, things=(*self.draft.scene.things, made))
        self.draft.changes += 1
        self.sentence_ids.append(new_id)
        self.draft.mention([new_id])
        return new_id

    def in_total(self, at: int) -> int:
        """`8 objects in total`: how many there are of all that the sentence named, and no more of them."""
        r, end = self.r, at
        if r[end].kind != "number":
            return 0
        count, end = int(r[end].value), end + 1
        noun = r.match(end, "noun")
        end += noun[1] if noun is not None else r.word(end, "things", "objects", "items", "pieces", "of")
        if not (r.word(end, "in") and r.word(end + 1, *_TOTAL)) and not r.word(end, "altogether", "overall"):
            return 0
        last = end + 1 + r.word(end, "in")
        there = [one for one in dict.fromkeys(self.sentence_ids) if self.draft.scene.has(one)]
        solid = [one for one in there if KINDS[self._kind_of(one)].sort == "solid"]
        if not solid:
            return 0
        if sum(self.draft.scene.thing(one).total for one in solid) != count:
            share, rest = divmod(count, len(solid))
            if any(one not in self.draft.unsaid for one in solid) or rest or not share:
                r.miss(list(range(at, last)))
                return last - at
            for one in solid:
                self.draft.update(one, count=share, groups=1)
        r.use(at, last)
        return last - at

    def one_by_one(self, phrase: Phrase) -> int:
        """`a tower with a red block, then a blue block and a green block`: what it is made of, from below."""
        r, at = self.r, phrase.end
        if not phrase.label or phrase.count is not None or phrase.arrange not in ("stack", "row"):
            return 0
        if not r.word(at, "with", "of"):
            return 0
        found: list[Phrase] = []
        at += 1
        while (one := self.nouns.read(at)) is not None:
            if one.kind not in KINDS or KINDS[one.kind].sort != "solid" or one.definite or one.label or one.plural:
                break
            found.append(one)
            at = one.end + (r[one.end].kind == "comma")
            while r.word(at, "and", "then", "finally"):
                at += 1
            if at == one.end:
                break
        if len(found) < 2:
            return 0
        ids = [new for one in found for new in self.create(one)]
        kind = "on" if phrase.arrange == "stack" else "right"
        for before, after in itertools.pairwise(ids):
            self.draft.relate([after], Relation(kind, (before,)), instead=False)
        self.subjects = ids[:1] if kind == "on" else ids
        self.related_since, self.attached = True, []
        r.use(phrase.start, found[-1].end)
        return found[-1].end - phrase.start

    def listed(self, phrase: Phrase) -> int:
        """What a group is made of, one by one."""
        return super().listed(phrase) or self.one_by_one(phrase)

    def alternate(self, at: int) -> int:
        """`5 red and 5 blue cubes in a row, alternating`: one group, by turns."""
        r = self.r
        mixed = r.word(at, "mixed", "intermixed", "shuffled")
        if not mixed and not r.word(at, "alternating", "alternately", "alternate"):
            return 0
        if self.nouns.head_follows(at + 1):
            return 0
        if r.is_cat(at + 1, "colour", "shade", "material"):
            return 0
        named = self.sharers[-1] if self.sharers and mixed else self.sentence_ids
        there = [one for one in dict.fromkeys(named) if self.draft.scene.has(one)]
        things = [self.draft.scene.thing(one) for one in there]
        alike = len(things) > 1 and len({(thing.kind, thing.noun, thing.total) for thing in things}) == 1
        if not alike or KINDS[things[0].kind].sort != "solid" or not all(len(thing.colours) == 1 for thing in things):
            return 0
        colours = tuple(thing.colours[0] for thing in things)
        arrange = things[0].arrange if things[0].arrange not in ("", "grid") else "" if mixed else "row"
        total = sum(thing.total for thing in things)
        self.draft.update(there[0], colours=colours, count=total, groups=1, arrange=arrange, shape=())
        for one in there[1:]:
            self.draft.remove([one])
        self.subjects, self.attached = there[:1], []
        end = at + 1 + r.word(at + 1, "up", "together")
        r.use(at, end)
        return end - at

    def two_sides(self, at: int) -> int:
        """`1 m to the left and 50 cm behind a box`: two distances from one thing."""
        r = self.r
        if r[at].kind != "quantity" or r[at].dimension != "length" or not self.subjects:
            return 0
        first = r.match(at + 1, "dir", "barerel", "rel")
        second = at + 1 + (first[1] if first is not None else 0)
        if first is None or not r.word(second, "and") or r[second + 1].kind != "quantity":
            return 0
        other = r.match(second + 2, "rel")
        kind = {"back": "behind", "forward": "front"}.get(str(first[0].value), str(first[0].value))
        if other is None or other[0].value not in _SIDES or kind not in _SIDES:
            return 0
        end = second + 2 + other[1]
        phrase = self.nouns.read(end)
        subjects = list(self.subjects)
        targets = self.related(phrase, end) if phrase is not None and phrase.kind in ("", *KINDS) else []
        if phrase is None or not targets or targets == [FLOOR]:
            return 0
        self.draft.relate(subjects, Relation(kind, tuple(targets), r[at].value), instead=False)
        self.draft.relate(subjects, Relation(str(other[0].value), tuple(targets), r[second + 1].value), instead=False)
        self.subjects, self.attached, self.related_since = subjects, list(targets), True
        r.use(at, phrase.end)
        return phrase.end - at

    def under_each_end(self, at: int) -> int:
        """`a beam on two blocks, one beneath each end`: they stand as far apart as it is long."""
        r = self.r
        end = at + 1
        if not (r.word(at, "one") or (r[at].kind == "number" and r[at].value == 1)):
            return 0
        if not r.word(end, "beneath", "under", "below", "underneath", "at", "supporting", "near"):
            return 0
        if not r.word(end + 1, "each", "either", "every") or not r.word(end + 2, "end", "side"):
            return 0
        for thing in self.draft.scene.things:
            held = [r for r in thing.place if r.kind == "on" and FLOOR not in r.targets]
            if not held or thing.total != 1 or self.draft.scene.thing(held[0].targets[0]).total != 2:
                continue
            posts = self.draft.scene.thing(held[0].targets[0])
            length = max(dims_of(thing).values())
            gap = length - 4.2 * footprint(posts).x
            if gap <= 0:
                return 0
            self.draft.update(posts.id, spacing=gap, arrange="row")
            self.r.use(at, end + 3)
            return end + 3 - at
        return 0

    def relation(self, at: int) -> int:
        """`on every other box`: one on each of those, before any other place."""
        return self._own_ground(at) or self._on_every_nth(at) or super().relation(at)

    def _own_ground(self, at: int) -> int:
        """`two blocks, one on ice`: there is one floor under all of them, so that is told."""
        r = self.r
        one = r.word(at - 1, "one", "other", "first", "second", "another") or (
            r[at - 1].kind == "number" and r[at - 1].value == 1
        )
        several = len(self.subjects) > 1 or any(
            self.draft.scene.thing(each).total > 1
            for each in (*self.subjects, *self.topic)
            if self.draft.scene.has(each)
        )
        if not one or not several or not r.word(at, "on"):
            return 0
        phrase = self.nouns.read(at + 1)
        described = phrase is not None and phrase.kind == "floor" and bool(phrase.changes or phrase.colours)
        material = r.match(at + 1, "material")
        if phrase is not None and described:
            end = phrase.end
        elif material is not None and phrase is None:
            end = at + 1 + material[1]
        else:
            return 0
        r.miss(list(range(at, end)))
        return end - at

    def _on_every_nth(self, at: int) -> int:
        r = self.r
        found = r.match(at, "rel")
        if (
            found is None
            or found[0].value not in ("on", "inside", "near", "above", "behind", "front")
            or not self.subjects
        ):
            return 0
        end = at + found[1]
        step = EVERY.get(r[end + 1].text) if r.word(end, "every", "each") else None
        if step is None:
            return 0
        end += 2
        noun = r.match(end, "noun")
        end += noun[1] if noun is not None else r.word(end, "one") + 2 * (r.word(end, "of") and r.word(end + 1, "them"))
        groups = [one for one in self.draft.mentions if self.draft.scene.has(one) and one not in self.subjects]
        groups = [one for one in groups if self.draft.scene.thing(one).total > 1]
        groups = [one for one in groups if noun is None or self._kind_of(one) == noun[0].value.kind]
        thing = self.draft.scene.thing(self.subjects[-1])
        if not groups or thing.total != 1 or thing.place:
            return 0
        ids = []
        for number, index in enumerate(range(step - 1, self.draft.scene.thing(groups[-1]).total, step)):
            one = self._copy(thing, 1) if number else thing.id
            self.draft.relate([one], Relation(found[0].value, (groups[-1],), index=index), instead=False)
            ids.append(one)
        self.subjects, self.related_since = ids, True
        r.use(at, end)
        return end - at

    def outer_ones(self, at: int) -> int:
        """`the outer ones red`: the first and the last."""
        r, end = self.r, at + 2
        group = self._group()
        if group is None or not r.word(at, "the") or not r.word(at + 1, "outer", "outermost"):
            return 0
        if not (r.word(end, "ones") or (r[end].kind == "number" and r[end].value == 2)):
            return 0
        return self._are(at, end + 1, group, [0, self.draft.scene.thing(group).total - 1])

    def row_of_grid(self, at: int) -> int:
        """`the front row red and the back row blue`: a row of what stands in rows."""
        r = self.r
        which = {"front": 0, "first": 0, "bottom": 0, "back": -1, "last": -1, "rear": -1, "second": 1, "top": -1}
        if not r.word(at, "the") or r[at + 1].text not in which or not r.word(at + 2, "row", "line", "layer"):
            return 0
        group = self._group()
        thing = self.draft.scene.thing(group) if group is not None else None
        if thing is None or group is None or thing.arrange != "grid" or len(thing.shape) < 2:
            return 0
        columns, rows = thing.shape[:2]
        row = which[r[at + 1].text] % rows
        indices = [index for index in range(thing.total) if index // columns % rows == row]
        return self._are(at, at + 3, group, indices)
