"""One relation to several places, and chains of relations: `on the left and the right one`, `on each`, `behind a bus`."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.rules.late_edits import LateEdits
from py_remote_viewer.scenes.create.things.description import FLOOR, Relation, Thing
from py_remote_viewer.scenes.create.things.elements import position
from py_remote_viewer.scenes.create.things.footprints import footprint

_PLACED = ("on", "inside", "near", "above", "under", "behind", "front", "left", "right")
_BESIDE = ("near", "behind", "front", "left", "right")
_OPPOSITE = {"behind": "front", "front": "behind", "left": "right", "right": "left"}
_HAVING = ("with", "has", "having", "carrying", "holding", "containing", "supporting", "holds", "carries")
_NTH = {"left": 0, "right": -1, "middle": 99, "central": 99}


class SeveralPlaces(LateEdits):
    """Rules for what is placed by more than one thing, and for whom the last of several relations is about."""

    def place_rules(self) -> tuple[Callable[[int], int], ...]:
        """Those that are tried before all other places."""
        return (self.on_the_nth_ones, self.on_each_named)

    def on_the_nth_ones(self, at: int) -> int:
        """`on the left and the right one`, `on the first and the last table`: one at each of these."""
        r, found = self.r, self.r.match(at, "rel")
        placed = [one for one in self.subjects if one != FLOOR][-1:]
        # `on the left` and `in the right` are places of their own as well: the first word alone is then the relation.
        length = 1 if r.word(at + 1, "the") else found[1] if found is not None else 0
        first = r.match(at, "rel") if length != 1 else None
        kind = {"on": "on", "in": "inside"}.get(r[at].text, str(found[0].value) if found is not None and first else "")
        if not placed or kind not in _PLACED or self.draft.old_ids.intersection(placed):
            return 0
        groups = [one for one in self.draft.mentions if one not in placed and self.draft.scene.has(one)]
        groups = [one for one in groups if self.draft.scene.thing(one).total > 1]
        if not groups:
            return 0
        indices, end = self._nth_ones(at + length, groups[-1])
        thing = self.draft.scene.thing(placed[0])
        if len(indices) < 2 or thing.groups > 1 or thing.count not in (1, len(indices)) or thing.place or thing.label:
            return 0
        self._one_at_these(thing, kind, groups[-1], indices)
        r.use(at, end)
        return end - at

    def _one_at_these(self, thing: Thing, kind: str, group: int, indices: list[int]) -> None:
        """A copy of `thing` at each of these elements of `group`."""
        ids = []
        for number, index in enumerate(indices):
            one = self._copy(thing, 1) if number else thing.id
            self.draft.update(one, count=1, arrange="")
            self.draft.relate([one], Relation(kind, (group,), index=index), instead=False)
            ids.append(one)
        self.subjects, self.attached, self.related_since, self.last_relation = ids, [group], True, kind
        self.draft.mention(ids)

    def _nth_ones(self, at: int, group: int) -> tuple[list[int], int]:
        """Which elements of the group a list of ordinals names, and where it ends."""
        r, end = self.r, at
        found: list[int] = []
        thing = self.draft.scene.thing(group)
        while r.word(at, "the") or found:
            at += r.word(at, "the")
            ordinal = r.match(at, "ordinal")
            if ordinal is None and r[at].text not in _NTH:
                break
            index = position(_NTH[r[at].text] if ordinal is None else ordinal[0].value, thing.total)
            at += 1 if ordinal is None else ordinal[1]
            noun = r.match(at, "noun")
            own = noun is not None and noun[0].value.kind == thing.kind
            named = noun[1] if noun is not None and own else r.word(at, "one", "ones") or r[at].shown == "one"
            if not 0 <= index < thing.total or (noun is not None and not own):
                return [], at
            found.append(index)
            at = end = at + named
            at += r[at].kind == "comma"
            at += r.word(at, "and")
        return (found, end) if len(set(found)) == len(found) else ([], end)

    def on_each_named(self, at: int) -> int:
        """`a steep ramp and a flat ramp with a ball on each`, `with a cup on both`: on every one of those."""
        r, found = self.r, self.r.match(at, "rel")
        if found is None or found[0].value not in _PLACED or self.draft.editing:
            return 0
        end = at + found[1]
        both = r.word(end, "both")
        if not both and (not r.word(end, "each", "every", "either") or r.word(end + 1, "other", "side", "end")):
            return 0
        end += 1 + (r.word(end + 1, "one") or (r[end + 1].kind == "number" and r[end + 1].shown == "one"))
        end += 2 * (r.word(end, "of") and r.word(end + 1, "them", "these", "those"))
        spot = r.match(at, "barerel")  # `in each corner` is a place by itself
        if self.nouns.head_follows(end) or r.is_cat(end, "noun", "group", "ordinal") or spot is not None:
            return 0
        placed = [one for one in self.subjects if one != FLOOR][-1:]
        named = [one for one in dict.fromkeys((*self.topic, *self.sentence_ids)) if one not in placed]
        named = [one for one in named if self.draft.scene.has(one) and one != FLOOR]
        targets = self._alike_places(named, str(found[0].value))
        towers = self.draft.scene.thing(targets[0]) if len(targets) == 1 else None
        if placed and towers is not None and towers.arrange == "stack" and found[0].value == "on":
            tops = list(range(towers.count - 1, towers.total, towers.count))
            thing = self.draft.scene.thing(placed[0])
            if thing.total != 1 or thing.place or len(tops) < 2 or (both and len(tops) != 2):
                return 0
            self._one_at_these(thing, "on", towers.id, tops)
            r.use(at, end)
            return end - at
        whole = len(targets) == 1 and both and self.draft.scene.thing(targets[0]).total == 2
        if not placed or self.draft.scene.thing(placed[0]).place or not (len(targets) > 1 or whole):
            return 0
        if both and sum(self.draft.scene.thing(one).total for one in targets) != 2:
            return 0
        self._side_by_side(targets)
        self.subjects, self.index = placed, None
        self._relate(str(found[0].value), targets, each=True)
        r.use(at, end)
        return end - at

    def each_with(self, at: int) -> int:
        """`a low table and a high table, each with a ball on it`: on every one of those that were named."""
        r = self.r
        if (step := super().each_with(at)) or self.draft.editing:
            return step
        end = at + 2 + (r.word(at + 1, "of") and r.word(at + 2, "them", "which", "these")) * 2
        named = [one for one in dict.fromkeys((*self.topic, *self.sentence_ids)) if self.draft.scene.has(one)]
        phrase = self.nouns.read(end) if r.word(at, "each") and r.word(end - 1, *_HAVING) else None
        targets = self._alike_places(named, "on")
        if phrase is None or len(targets) < 2 or phrase.kind not in KINDS or phrase.definite:
            return 0
        after = phrase.end
        inside = all(self._kind_of(one) == "bin" for one in targets)
        if r.word(after, "on", "in", "inside") and r.word(after + 1, "it", "top", "them"):
            after += 2 + 2 * (r.word(after + 2, "of") and r.word(after + 3, "it"))
        elif r.is_cat(after, "rel", "barerel") or not (inside or all(KINDS[self._kind_of(t)].carries for t in targets)):
            return 0
        self._side_by_side(targets)
        ids = self.create(phrase)
        self.draft.relate(ids, Relation("inside" if inside else "on", tuple(targets), each=True), instead=False)
        self.subjects, self.index, self.attached, self.related_since = ids, None, ids, True
        r.use(at, after)
        return after - at

    def _side_by_side(self, targets: list[int]) -> None:
        """What shares something out stands in a row, unless it is said where."""
        for before, after in itertools.pairwise(targets):
            thing = self.draft.scene.thing(after)
            if not thing.place and thing.at is None:
                self.draft.relate([after], Relation("right", (before,)), instead=False)

    def _alike_places(self, named: list[int], kind: str) -> list[int]:
        """Of what was named, the several that something can be placed at: those of the last one's kind, or all."""
        if not named or self.draft.scene.thing(named[-1]).total > 1:
            return named[-1:]
        sort = [one for one in named if self._kind_of(one) == self._kind_of(named[-1])]
        sort = sort if len(sort) > 1 else named
        carrying = kind not in ("on", "inside") or all(
            KINDS[self._kind_of(one)].carries or kind == "inside" or KINDS[self._kind_of(one)].sort == "solid"
            for one in sort
        )
        return sort if carrying and all(self.draft.scene.thing(one).total == 1 for one in sort) else []

    def relation(self, at: int) -> int:
        """`a ball in front of a truck behind a bus`: the truck is behind the bus, and the ball before the truck."""
        found = self.r.match(at, "rel")
        last = [one for one in self.attached if one in self.sentence_ids and self.draft.scene.has(one)][-1:]
        chain = (
            found is not None
            and found[0].value in _BESIDE
            and self.last_relation in _BESIDE
            and last == self.objects[-1:]
            and last != []
            and last[0] not in self.subjects
            and not self.draft.scene.thing(last[0]).place
            and self.r[at - 1].kind == "word"
            and self.r.is_cat(at - 1, "noun")
            and not any(self._moves(one) for one in self.subjects)
        )
        if not chain or any(last[0] not in r.targets for one in self.subjects for r in self._last_place(one)):
            return super().relation(at)
        before, self.subjects = self.subjects, last
        kind = self.last_relation
        step = super().relation(at)
        self.subjects = before
        after = self._last_place(last[0])
        fixed = any(KINDS[self._kind_of(one)].sort == "furniture" for r in after for one in (*last, *r.targets))
        if (
            step
            and before
            and after
            and not fixed
            and after[0].kind == _OPPOSITE.get(kind)
            and after[0].distance is None
        ):
            solid = KINDS[self._kind_of(before[-1])].sort == "solid"
            foot = footprint(self.draft.scene.thing(before[-1]))  # `behind a bus`, with the ball between the two
            room = replace(after[0], distance=round(2 * max(foot.x, foot.y) + (0.1 if solid else 0.8), 2))
            self.draft.update(last[0], place=(*self.draft.scene.thing(last[0]).place[:-1], room))
        return step

    def _last_place(self, one: int) -> tuple[Relation, ...]:
        return self.draft.scene.thing(one).place[-1:] if one != FLOOR else ()
