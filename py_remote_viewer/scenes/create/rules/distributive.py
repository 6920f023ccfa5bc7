"""What is shared out: `three boxes and three balls, one on each`, `one ball on each box`."""

from __future__ import annotations

from dataclasses import replace

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.lexicon.materials import PALETTE, VARIOUS
from py_remote_viewer.scenes.create.rules.loose_rules import LooseRules
from py_remote_viewer.scenes.create.things.description import FLOOR, Thing
from py_remote_viewer.scenes.create.things.phrase import Phrase


class Distributive(LooseRules):
    """Rules for groups that go one by one to several places."""

    def one_on_each(self, at: int) -> int:
        """`one on each`, `one ball on each box`: the group that was named, one of it at every place."""
        r = self.r
        one = r.word(at, "one") or (r[at].kind == "number" and r[at].value == 1)
        before = r[at - 1].kind in ("comma", "stop") or r.word(at - 1, "and", "with", "put", "place")
        if not one or not before or at == 0:
            return 0
        noun = r.match(at + 1, "noun")
        end = at + 1 + (noun[1] if noun is not None else 0)
        place = r.match(end, "rel", "barerel")
        if place is None:
            return 0
        last = end + place[1]
        spots = any(r.word(word, "each", "every", "either") for word in range(end, last))
        if not spots and not r.word(last, "each", "every"):
            return 0
        named = [
            word for word in dict.fromkeys((*self.draft.named, *self.draft.mentions)) if self.draft.scene.has(word)
        ]
        groups = [
            word
            for word in sorted(named, key=self.draft.mentions.index)
            if self.draft.scene.thing(word).total > 1
            and not self.draft.scene.thing(word).place
            and (noun is None or self.draft.scene.thing(word).noun == noun[0].value.noun)
        ]
        if not groups or (len(groups) < 2 and noun is None and not spots):
            return 0
        self.subjects, self.index, self.attached = groups[-1:], None, []
        self.one_each = True
        self.clause_break = False
        r.use(at, end)
        step = self.relation(end) or self.bare_arrangement(end)
        self.one_each = False
        if step == 0:
            r.miss([at])
        return end + step - at

    def uneven_groups(self, at: int) -> int:
        """`three stacks of two, four and five boxes`: one group of each size."""
        r, end = self.r, at
        plural = r[at].text.endswith("s") and r.is_cat(at, "group") and r[at + 2].kind == "number"
        end -= plural
        wanted = int(r[end].value) if r[end].kind == "number" and not plural else 0
        group = r.match(end + 1, "group")
        if (
            not (2 <= wanted <= 12 or plural)
            or group is None
            or not r.word(end + 1 + group[1], "of", "with", "containing")
        ):
            return 0
        end += 2 + group[1]
        counts: list[int] = []
        while r[end].kind == "number" and r[end].value == int(r[end].value):
            counts.append(int(r[end].value))
            after = end + 1 + (r[end + 1].kind == "comma")
            after += r.word(after, "and")
            if after == end + 1 or r[after].kind != "number":
                break
            end = after
        element = self.nouns.read(end) if len(counts) == wanted or (plural and 2 <= len(counts) <= 12) else None
        if element is None or element.kind not in KINDS or KINDS[element.kind].sort != "solid":
            return 0
        label = r[at + 1 - plural].text.removesuffix("s")
        ids = [new for count in counts for new in self.create(_group_of(element, count, label, group[0].value))]
        self.subjects, self.index, self.attached, self.related_since = ids, None, [], False
        self.draft.mention(ids)
        r.use(at, element.end)
        return element.end - at

    def groups_apart(self, at: int) -> int:
        """`two towers, one with 3 blocks and one with 6`: a group of its own for each."""
        r, end = self.r, at
        there = [one for one in (self.subjects or self.topic) if one != FLOOR and self.draft.scene.has(one)]
        thing = self.draft.scene.thing(there[-1]) if there else None
        if thing is None or not thing.label or thing.groups < 2:
            return 0
        counts: list[int] = []
        while len(counts) < thing.groups:
            end += r.word(end, "the")
            which = r.match(end, "ordinal")
            plain = r[end].kind == "number" and r[end].value == 1 and r.word(end + 1, "with", "of", "has")
            side = r.word(end, "left", "right", "other") and (r.word(end + 1, "one") or r[end + 1].kind == "number")
            if not r.word(end, "one", "another", "other") and which is None and not plain and not side:
                break
            end += which[1] if which is not None else 1
            end += r.word(end, "one", "tower", "stack") or (
                side and r[end].kind == "number" and r[end + 1].kind == "number"
            )
            while r.word(end, "with", "of", "has", "having", "is", "made", "contains", "containing"):
                end += 1
            if r[end].kind != "number":
                break
            counts.append(int(r[end].value))
            noun = r.match(end + 1, "noun")
            end += 1 + (noun[1] if noun is not None else 0)
            end = last = end + r.word(end, "high", "tall", "each")
            end += r[end].kind == "comma"
            end += r.word(end, "and")
        if len(counts) != thing.groups or not all(0 < count <= 100 for count in counts):
            return 0
        ids = self._split_groups(thing, counts)
        self.subjects, self.index, self.attached = ids, None, []
        r.use(at, last)
        return last - at

    def _split_groups(self, thing: Thing, counts: list[int]) -> list[int]:
        next_id = max(other.id for other in self.draft.scene.things) + 1
        ids = [thing.id, *range(next_id, next_id + len(counts) - 1)]
        parts = [replace(thing, id=one, count=count, groups=1) for one, count in zip(ids, counts, strict=True)]
        things = self.draft.scene.things
        spot = things.index(thing)
        self.draft.scene = replace(self.draft.scene, things=(*things[:spot], *parts, *things[spot + 1 :]))
        self.draft.unsaid.discard(thing.id)
        self.draft.changes += 1
        self.draft.mention(ids)
        return ids

    def each_of_several(self, at: int) -> int:
        """`a red cube and a green cube, each 5 cm`: all that were named together."""
        r = self.r
        if not r.word(at, "each"):
            return 0
        run = [one for one in self.draft.last_group if self.draft.scene.has(one)]
        if len(run) < 2:
            run = [one for one in dict.fromkeys(self.sentence_ids) if self.draft.scene.has(one)]
            run = run if run and all(self.draft.scene.thing(one).total == 1 for one in run) else []
        if len(run) < 2 or r.word(at + 1, "other", "side", "end", "corner"):
            return 0
        end = at + 1 + r.word(at + 1, "one") + 2 * (r.word(at + 1, "of") and r.word(at + 2, "them"))
        while r.word(end, "is", "being", "has", "having", "with", "weighing", "weighs", "of", "about"):
            end += 1
        length = r[end].kind == "quantity" or r.is_cat(end, "property", "dim", "colour", "material", "surface")
        if not length or self.nouns.head_follows(end):
            return 0
        if any(KINDS[self._kind_of(one)].sort != "solid" for one in run):
            run = [one for one in run if KINDS[self._kind_of(one)].sort == "solid"]
        if len(run) < 2:
            return 0
        self.subjects, self.attached, self.index = run, [], None
        r.use(at, end)
        return end - at

    def each_its_colour(self, at: int) -> int:
        """`each a different colour`, `all in different colors`."""
        r, end = self.r, at
        while r.word(
            end,
            "each",
            "all",
            "one",
            "of",
            "them",
            "tower",
            "stack",
            "row",
            "in",
            "is",
            "are",
            "has",
            "have",
            "having",
            "a",
            "with",
        ):
            end += 1
        if not (r.word(end, "different", "unique") and r.word(end + 1, "colour", "color", "colours", "colors")):
            return 0
        if self.nouns.head_follows(end + 2):
            return 0
        there = [one for one in (self.subjects or self.topic) if one != FLOOR and self.draft.scene.has(one)]
        if not there:
            return 0
        if len(there) == 1 and self.draft.scene.thing(there[0]).total > 1:
            thing = self.draft.scene.thing(there[0])
            each = tuple(PALETTE[group % len(PALETTE)] for group in range(thing.groups) for _ in range(thing.count))
            self.draft.update(there[0], colours=each if thing.groups > 1 else (VARIOUS,))
        elif len(there) > 1:
            for number, one in enumerate(there):
                self.draft.update(one, colours=(PALETTE[number % len(PALETTE)],))
        else:
            return 0
        r.use(at, end + 2)
        return end + 2 - at

    def left_to_right(self, at: int) -> int:
        """`arranged from left to right`: a row, in the order in which they were named."""
        r = self.r
        end = at + r.word(at, "arranged", "ordered", "placed")
        end += r.word(end, "from")
        if not (r.word(end, "left") and r.word(end + 1, "to") and r.word(end + 2, "right")) or not self.subjects:
            return 0
        things = [self.draft.scene.thing(one) for one in self.subjects if one != FLOOR]
        if any(thing.motion is not None for thing in things):
            for thing in things:
                self.draft.move(thing.id, "", direction="right")
        elif len(things) == 1 and not things[0].arrange:
            self.draft.update(things[0].id, arrange="row")
        elif len(things) > 1 and all(r.kind == "on" for thing in things for r in thing.place):
            self._arrange("row")
        r.use(at, end + 3)
        return end + 3 - at

    def settle_differences(self) -> None:
        """`of different materials`, said beside which they are: nothing more has to come of it."""
        values: dict[str, set[object]] = {
            "material": {
                look for t in self.draft.scene.things for look in (t.material, *(o.material for o in t.overrides))
            },
            "mass": {mass for t in self.draft.scene.things for mass in (t.mass, *(o.mass for o in t.overrides))},
            "colour": {
                look for t in self.draft.scene.things for look in (*t.colours, *(o.colour for o in t.overrides))
            },
        }
        for at in range(len(self.r) - 1):
            name = self.r[at + 1].text.removesuffix("s").replace("color", "colour").replace("weight", "mass")
            if self.r.word(at, "different", "varying") and len(values.get(name, set()) - {None}) > 1:
                self.r.use(at, at + 2)


def _group_of(element: Phrase, count: int, label: str, arrange: str) -> Phrase:
    return replace(element, count=count, label=label, arrange=arrange, groups=1)
