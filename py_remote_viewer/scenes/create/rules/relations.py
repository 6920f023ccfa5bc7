"""Where things are: `on the table`, `2 m left of it`, `in a row`, `at (1, 2, 3)`."""

from __future__ import annotations

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.rules.grounds import Grounds
from py_remote_viewer.scenes.create.things.description import FLOOR
from py_remote_viewer.scenes.create.things.phrase import Phrase

_OF_SEVERAL = ("circle", "grid", "arc", "spiral", "zigzag", "cube", "pyramid", "triangle", "diagonal", "wall")


class Relations(Grounds):
    """Rules for relations."""

    def bare_arrangement(self, at: int) -> int:
        """`in a row`, `stacked`; `on top`, `inside` without an object."""
        r = self.r
        if step := self._in_rows(at):
            return step
        found = r.match(at, "arrange")
        other = r.match(at, "rel", "gravity", "medium", "motion")
        if found is not None and not (other is not None and other[1] > found[1]) and self.subjects:
            length = found[1]
            if r.word(at + length - 1, "around") and self._object_follows(at + length):
                length -= 1  # `scattered around the bucket`
            sized = r[at + length + 1].kind == "quantity" or r.is_cat(at + length + 1, "dim")
            if (r.is_cat(at + length, "of") and not sized) or (
                r.word(at, "into") and any(self._moves(one) for one in self.subjects)
            ):
                return 0
            if r.word(at, "stacked", "piled") and r.is_cat(at, "rel") and r.match(at, "rel")[1] > 1:  # type: ignore[index]
                return 0
            r.use(at, at + length)
            beside = r.word(at, "parallel", "side", "next", "beside") or r.word(at + 1, "parallel")
            self._arrange_those("file" if beside and self._all_long() else found[0].value)
            if self.missed_shape:
                self.missed_shape = False
                r.miss(list(range(at, at + length)))
            return length
        return self._bare_relation(at)

    def _all_long(self) -> bool:
        """Whether they are bars that lie, and so lie beside each other with their long sides; logs that are parallel do."""
        things = [self.draft.scene.thing(one) for one in self.subjects if one != FLOOR]
        if not things or any(thing.kind not in ("cylinder", "capsule", "stick", "plank") for thing in things):
            return False
        if any(thing.kind == "cylinder" and thing.noun != "log" and thing.pose != "lying" for thing in things):
            return False
        for thing in things:
            if thing.kind == "cylinder":
                self.draft.update(thing.id, pose="lying")
        return len(things) == 1 and things[0].total > 1

    def _arrange_those(self, arrange: str) -> None:
        """`a ball hitting ten pins arranged in a triangle`: the several that were named just before."""
        before = self.subjects
        single = len(before) == 1 and before[0] != FLOOR and self.draft.scene.thing(before[0]).total == 1
        if (
            single
            and arrange in _OF_SEVERAL
            and not any(self.draft.scene.thing(one).total > 1 for one in self.attached)
        ):
            self.missed_shape = True  # one alone stands in no circle
            return
        if single and arrange == "row" and len(row := self._placed_alike(before[0])) > 1:
            self.subjects = row  # `on a table a can, a cone and a book in a row`
            self._arrange(arrange)
            self.subjects = before
            return
        several = [one for one in self.attached if one != FLOOR and self.draft.scene.thing(one).total > 1]
        taken = all(self.draft.scene.thing(one).arrange for one in before if one != FLOOR)
        later = [one for one in several if one not in before]
        self.subjects = several if several and (single or (later and taken)) else before
        self._arrange(arrange)
        self.subjects = before

    def _in_rows(self, at: int) -> int:
        """`in two rows`, `in 3 columns of 4`, `in two layers`."""
        r, start = self.r, at
        if not r.word(at, "in", "into") or r[at + 1].kind != "number" or not self.subjects:
            return 0
        count, word = int(r[at + 1].value), r[at + 2].text
        things = [one for one in self.subjects if one != FLOOR and self.draft.scene.thing(one).total >= max(2, count)]
        if (
            word not in ("rows", "row", "lines", "columns", "layers", "stacks", "towers", "piles", "circles")
            or not things
        ):
            return 0
        if word in ("circles",) or count < 1:
            return 0
        end = at + 3
        if r.word(end, "of") and r[end + 1].kind == "number":
            end += 2
        for one in things:
            thing = self.draft.scene.thing(one)
            each, rest = divmod(thing.total, count)
            if word in ("stacks", "towers", "piles"):
                if rest:
                    return 0
                label = {"stacks": "stack", "towers": "tower", "piles": "stack"}[word]
                self.draft.update(one, count=each, groups=count, arrange="stack", label=label)
            else:
                each += bool(rest)
                shape = (each, count) if word != "columns" else (count, each)
                if word == "layers":
                    side = max(1, round(each**0.5))
                    shape = (side, -(-each // side))
                self.draft.update(one, arrange="cube" if word == "layers" else "grid", shape=shape)
        r.use(start, end)
        return end - start

    def _bare_relation(self, at: int) -> int:
        r = self.r
        found = r.match(at, "barerel")
        if found is None or not self.subjects:
            return 0
        end = at + found[1]
        longer = r.match(at, "rel")
        if longer is not None and longer[1] >= found[1] and self._object_follows(at + longer[1]):
            return 0
        kind = found[0].value
        if kind == "under" and r.word(at - 1, "floor", "ground"):
            r.use(at, end)
            return end - at  # `on the floor below`
        if kind in ("left", "right") and self.edited and self.verb_word in ("move", "turn"):
            return 0  # from where it is
        if kind == "between" and self.slots:
            kind = "middle"
        if kind in ("left", "right", "middle") and self._slot(at, kind):
            self.slot_words += range(at, end)
            r.use(at, end)
            return end - at
        held = self._holder(self._spotted()) if kind in ("middle", "corner", "corners", "other_corner") else []
        self.subjects = (
            self._spotted() if held and held[0] in self.subjects else self.subjects
        )  # `a room, a table in it`
        targets = self._with_ends() if kind in ("end", "other_end", "ends", "sides") else self._meant_by_it()
        if kind in ("left", "right"):
            targets = self._carrier_of(targets, at, end) or targets
        if kind in ("corner", "other_corner"):  # `one in one corner and another in the opposite one`
            free = [one for one in self.subjects if one != FLOOR and not self.draft.scene.thing(one).place]
            self.subjects = free or self.subjects[-1:]
        if kind in ("corners", "corner", "other_corner"):
            targets = held or targets
            place = [r for one in self.subjects if one != FLOOR for r in self.draft.scene.thing(one).place]
            targets = next((list(r.targets) for r in place if r.kind in ("on", "inside")), targets)
        if not targets and len(self.subjects) > 1:  # `a staircase and a ball at the top`
            targets, self.subjects = self.subjects[-2:-1], self.subjects[-1:]
        if not targets or (kind in ("left", "right") and any(self._moves(one) for one in self.subjects)):
            return 0
        if kind in ("corners", "ends", "sides") and r.word(at - 1, "one"):
            r.use(at - 1, at)
        if kind in ("left", "right") and (r.word(at, "on") or r.word(end - 1, "end")):
            kind = f"{kind}_part"
        r.use(at, end)
        self.each_spot = self._says_each(at, end)
        hit = [one for one in self.attached if one not in self.subjects and not self._moves(one)]
        if kind == "foot" and hit and targets != hit:
            before, self.subjects = self.subjects, hit
            self._relate("foot", [one for one in targets if one not in hit] or targets)
            self.subjects = before
            return end - at
        if kind == "foot" and any(self._moves(one) for one in self.subjects):
            return end - at  # where it will arrive, not where it begins
        if kind == "row":
            self._arrange("row")
        else:
            self._relate(kind, targets)
        self.each_spot = False
        return end - at

    def _carrier_of(self, targets: list[int], at: int, end: int) -> list[int]:
        """`on the right end`, `on the right` where a neighbour stands on the left: of the seesaw that it stands on."""
        if self.r.word(end - 1, "end"):
            return [
                one
                for one in self._with_ends()
                if self._kind_of(one) in ("seesaw", "table", "platform", "bridge", "plank")
            ]
        place = [r for one in targets if one != FLOOR for r in self.draft.scene.thing(one).place]
        ends = [r.targets[0] for r in place if r.kind in ("end", "other_end") and r.targets[0] != FLOOR]
        return ends[-1:] if self.r.word(at, "on") else []

    def distance_first(self, at: int) -> int:
        """`20 cm above the table`, `1 m apart`, `2 m away from it`, `30 cm to the left`."""
        r, token = self.r, self.r[at]
        if token.kind != "quantity" or token.dimension != "length" or not self.subjects:
            return 0
        apart = r.match(at + 1, "apart")
        if apart is not None and not r.is_cat(at + 1, "dim"):
            near = [one for one in self.attached if one != FLOOR and self.draft.scene.thing(one).total > 1]
            alone = all(self.draft.scene.thing(one).total == 1 for one in self.subjects if one != FLOOR)
            if near and alone and len(self.subjects) == 1:  # `a plank on two bricks that are 60 cm apart`
                self.draft.update(near[-1], spacing=token.value)
                r.use(at, at + 1 + apart[1])
                return 1 + apart[1]
            together = [one for one in dict.fromkeys(self.sentence_ids) if self.draft.scene.has(one)]
            if len(self.subjects) == 1 and alone and len(together) == 2:
                self.subjects = together  # `a ball on the left and a box on the right, 2 m apart`
            for one in self.subjects:
                if len(self.subjects) == 1 or self.draft.scene.thing(one).total > 1:
                    self.draft.update(one, spacing=token.value)
            if len(self.subjects) == 1 and self.draft.scene.thing(self.subjects[0]).total == 1:
                same = [one for one in together if self._kind_of(one) == self._kind_of(self.subjects[0])]
                self.subjects = same if len(same) > 1 else self.subjects
            if len(self.subjects) > 1:
                self._apart(token.value)
            r.use(at - r.word(at - 1, "spaced", "separated", "placed", "set"), at + 1 + apart[1])
            return 1 + apart[1]
        end = at + 1
        away = r.match(end, "from")
        if away is not None and away[0].value in ("away", "from"):
            phrase = self.nouns.read(end + away[1])
            ids = self.related(phrase, end + away[1]) if phrase is not None else []
            if phrase is None or not ids:
                return 0
            r.use(at, phrase.end)
            self._relate("near", ids, token.value)
            return phrase.end - at
        direction = r.match(end, "dir")
        relation = r.match(end, "rel")
        measured = ("above", "left", "right", "front", "behind", "near", "under", "over")
        if relation is not None and relation[0].value in measured and self._object_follows(end + relation[1]):
            step = self._relation_at(end, relation[0].value, relation[1], token.value)
            if step:
                r.use(at, end)
                return step + 1
        if direction is not None and (self.edited or self.moving):
            r.use(at, end + direction[1])
            self.shift(direction[0].value, token.value)
            return end + direction[1] - at
        bare = r.match(end, "barerel")
        if bare is not None and self._meant_by_it():
            r.use(at, end + bare[1])
            self._relate(bare[0].value, self._meant_by_it(), token.value)
            return 1 + bare[1]
        return 0

    def relation(self, at: int) -> int:
        """`on the table`, `next to it`, `between two boxes`, `at (1, 2, 3)`, `at 30 degrees`."""
        found = self.r.match(at, "rel")
        if self.r.word(at, "from") and self.subjects and self._hung_up(at):
            return self._relation_at(at, "hanging", 1, None)
        if found is None and self.r.word(at, "to") and self.edited and self.verb_word in ("move", "put"):
            coming = self.nouns.read(at + 1)
            if coming is not None and (coming.kind == "floor" or KINDS.get(coming.kind) is not None):
                return self._relation_at(at, "on", 1, None)
        if found is None and self.r.word(at, "to") and any(self._moves(one) for one in self.subjects):
            coming = self.nouns.read(at + 1) if self.r.match(at, "dir", "barerel") is None else None
            if coming is not None and (coming.kind in KINDS or coming.pron == "it"):
                return self._relation_at(at, "at", 1, None)  # `it flies to the tower`
        if found is None:
            return 0
        step = self._relation_at(at, found[0].value, found[1], None)
        if step and self.r.word(at, "stacked"):  # `five coins stacked on a book`: a stack of them, on it
            for one in self.subjects:
                if one != FLOOR and self.draft.scene.thing(one).count > 1:
                    self.draft.update(one, arrange="stack")
        for one in self.subjects if step and self.r.word(at, "across") else ():
            self._cross(one)
        if step and self.r.word(at, "standing", "stands", "lying", "lies"):  # on a slope too, where it would lie across
            for one in self.subjects:
                if self._kind_of(one) == "cylinder" and not self.draft.scene.thing(one).pose:
                    self.draft.update(one, pose="standing" if self.r[at].text.startswith("stand") else "lying")
        return step

    def _cross(self, one: int) -> None:
        """Turn a plank that lies on several parallel bars across them."""
        thing = self.draft.scene.thing(one) if one != FLOOR else None
        below = [t for r in thing.place if r.kind == "on" for t in r.targets if t != FLOOR] if thing is not None else []
        if thing is not None and below and self.draft.scene.thing(below[-1]).arrange == "file":
            self.draft.update(one, yaw_deg=thing.yaw_deg + 90.0)

    def _relation_at(self, at: int, kind: str, length: int, distance: float | None) -> int:
        r, end = self.r, at + length
        self.relation_at = at
        if r[end].kind == "vector" and kind in ("at", "on", "inside", "near"):
            r.use(at, end)
            return length + self.vector(end)
        if kind == "climb" and not any(
            self._moves(one) or self.draft.scene.thing(one).kind == "car" for one in self.subjects if one != FLOOR
        ):
            return 0
        if kind == "at" and (step := self.at_quantity(at, end)):
            return step
        if (
            kind == "on"
            and r.word(end, "its", "the")
            and r.word(end + 1, "left", "right")
            and r.word(end + 2, "end", "side", "half")
        ):
            targets = [] if r.word(end + 3, "of") else self._with_ends()
            if targets and self.subjects:
                self._relate("other_end" if r.word(end + 1, "left") else "end", targets)
                r.use(at, end + 3)
                return end + 3 - at
        if r.is_cat(end, "aerial"):
            return self._aerial(at, end, kind)
        phrase = self.nouns.read(end)
        of_those = not r.word(end + 1, "of") or r.word(end + 2, "them", "these", "those")
        alone = r.word(end, "each", "every") and not r.word(end + 1, "other") and of_those
        if alone and not self.nouns.head_follows(end + 1):
            after = end + 1 + r.word(end + 1, "one") + 2 * (r.word(end + 1, "of") and r.word(end + 2, "them"))
            phrase = Phrase(end, after, pron="them", each=True)
        if phrase is None or (
            phrase.kind == "?" and kind in ("on", "across") and self._on_material(at, end, kind, look=True)
        ):
            return self._on_material(at, end, kind)
        if phrase.kind == "?":
            subjects = list(self.subjects)
            self.unknown(phrase)
            self.subjects, self.unknown_subject = subjects, False
            self.r.miss(list(range(at, end)))
            return phrase.end - at
        if self.nameless and phrase.pron:
            self.r.miss([*range(at, phrase.end)])  # `a desk with a lamp on it`
            return phrase.end - at
        if phrase.pron == "each_other" and kind in ("towards", "into", "at", "against"):
            r.use(at, phrase.end)
            self._face_each_other()
            return phrase.end - at
        if phrase.pron == "each_other":
            r.use(at, phrase.end)
            self._arrange("stack" if kind in ("on", "above") else "row")
            for one in self.subjects if kind in ("touching", "against") else ():
                self.draft.update(one, spacing=0.001)
            return phrase.end - at
        after = phrase.end + (self.clause_break and bool(phrase.pron) and r[phrase.end].kind == "comma")
        coming = self.nouns.read(after) if self.clause_break and phrase.definite and self.subjects else None
        if coming is not None and (after == phrase.end or (coming.kind in KINDS and not coming.definite)):
            if phrase.pron == "it" and kind != "between":
                self.draft.mention(self.subjects[-1:])
            self.subjects = []  # `a table and on it three balls`
        arranged = phrase.label and phrase.arrange and kind == "inside" and not phrase.definite and self.subjects
        if arranged and phrase.noun == "block" and not r.is_cat(phrase.end - 1, "noun"):
            for one in self.subjects:  # `9 balls in a 3 x 3 grid`
                self.draft.update(one, arrange=phrase.arrange, shape=phrase.shape or self.draft.scene.thing(one).shape)
            r.use(at, phrase.end)
            return phrase.end - at
        subjects, index = list(self.subjects), self.index
        self.prior_objects = list(self.objects)
        if not subjects and self.r.tokens and not self._first_place(at):
            return 0
        targets = self._aimed_at(phrase, kind) or self.related(phrase, end)
        if not targets:
            return 0
        if phrase.pron == "it" and kind in ("front", "behind", "left", "right", "near"):
            targets = self._worker_on(targets)
        single = targets != [FLOOR] and self.draft.scene.thing(targets[0]).total == 1
        if kind == "between" and phrase.pron == "them" and single:
            targets = self._two_there(subjects) or targets
        finish = phrase.end
        while kind in ("between", "middle") and r.word(finish, "and"):
            other = self.nouns.read(finish + 1)
            if other is None or other.kind == "?" or (kind == "middle" and self._place_follows(other.end)):
                break  # `in the middle of the table and four cubes at its corners`
            targets = [*targets, *self.related(other, finish + 1)]
            finish = other.end
        r.use(at, finish)
        if not subjects:
            self.place_ahead = (kind, targets, distance, phrase.each)
            self.subjects, self.related_since = [], False
            self.draft.mention(targets if targets != [FLOOR] else [])
            return finish - at
        self.subjects, self.index = subjects, index
        if (
            phrase.pron
            and phrase.ordinal is not None
            and targets != [FLOOR]
            and self.draft.scene.thing(targets[-1]).total == 1
        ):
            r.miss([one for one in range(at, phrase.end) if r.is_cat(one, "ordinal")])  # of things that came one by one
        chosen = phrase.ordinal if targets and targets != [FLOOR] and phrase.ordinal is not None else None
        if chosen is not None and self.draft.scene.thing(targets[-1]).total > 1:
            self.chosen = chosen
        self.each_spot = self._says_each(at, end)
        self._relate(kind, targets, distance, each=phrase.each)
        self.each_spot = False
        self.chosen = None
        if self.failed_relation:
            self.failed_relation = False
            r.miss(list(range(at, end)))
        self.attached = [one for one in targets if one != FLOOR and self.draft.scene.has(one)]
        return finish - at

    def _aimed_at(self, phrase: Phrase, kind: str) -> list[int]:
        """`a tower on a table and a ball thrown at it`: the tower."""
        if phrase.pron != "it" or kind not in ("at", "towards", "into", "against"):
            return []
        there = [one for one in self.draft.mentions if self.draft.scene.has(one) and one not in self.subjects]
        light = [one for one in there if KINDS[self.draft.scene.thing(one).kind].sort != "furniture"]
        if light and there and light[-1] != there[-1]:
            self.draft.mention(light[-1:])
            return light[-1:]
        return []

    def _first_place(self, at: int) -> bool:
        """`On a table there are 3 balls`: a place before its thing."""
        return at == 0 or self.r[at - 1].kind in ("stop", "comma") or self.clause_break
