"""Where things are, how they move, and what they have: the rules for relations, motions and `with`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from py_remote_viewer.errors import SceneInvalid
from py_remote_viewer.scenes.create.description import FLOOR, Override, Relation
from py_remote_viewer.scenes.create.kinds import KINDS
from py_remote_viewer.scenes.create.nouns import Phrase
from py_remote_viewer.scenes.create.predicates import Predicates

_AT_TARGET = frozenset({"towards", "into", "at", "against", "on", "inside", "near", "above", "touching", "leaning"})
_FROM = {
    "from_left": "right",
    "from_right": "left",
    "from_behind": "forward",
    "from_front": "back",
    "from_above": "down",
}
_ONLY_ONE = frozenset({"left", "right", "front", "behind"})


class Clauses(Predicates):
    """Rules that take a phrase at `at` and return how many tokens it was, or 0."""

    # --- relations ----------------------------------------------------------------------------------------------------

    def bare_arrangement(self, at: int) -> int:
        """`in a row`, `stacked`; `on top`, `inside` without an object."""
        r = self.r
        found = r.match(at, "arrange")
        other = r.match(at, "rel", "gravity", "medium", "motion")
        if found is not None and not (other is not None and other[1] > found[1]) and self.subjects:
            length = found[1]
            if r.is_cat(at + length, "of") or (r.word(at, "into") and any(self._moves(one) for one in self.subjects)):
                return 0
            if r.word(at, "stacked", "piled") and r.is_cat(at, "rel") and r.match(at, "rel")[1] > 1:  # type: ignore[index]
                return 0
            r.use(at, at + length)
            self._arrange(found[0].value)
            return length
        return self._bare_relation(at)

    def _arrange(self, arrange: str) -> None:
        ids = [one for one in self.subjects if one != FLOOR]
        if len(ids) > 1 and all(self.draft.scene.thing(one).total == 1 for one in ids):
            kind = "on" if arrange in ("stack", "pile", "pyramid") else "right" if arrange == "row" else "near"
            for before, after in zip(ids, ids[1:], strict=False):
                self.draft.relate([after], Relation(kind, (before,)), instead=self.edited)
        else:
            for one in ids:
                several = self.draft.scene.thing(one).groups > 1
                self.draft.update(one, **{"group_arrange" if several else "arrange": arrange})

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
        targets = self._with_ends() if kind in ("end", "other_end", "ends", "sides") else self._meant_by_it()
        if not targets and len(self.subjects) > 1:  # `a staircase and a ball at the top`
            targets, self.subjects = self.subjects[-2:-1], self.subjects[-1:]
        if not targets or (kind in ("left", "right") and any(self._moves(one) for one in self.subjects)):
            return 0
        r.use(at, end)
        if kind == "row":
            self._arrange("row")
        else:
            self._relate(kind, targets)
        return end - at

    def _object_follows(self, at: int) -> bool:
        r = self.r
        return r[at].kind == "vector" or r.is_cat(at, "floor", "aerial") or self.nouns.read(at) is not None

    def _with_ends(self) -> list[int]:
        """What was named last that has two ends to put something on."""
        there = [one for one in self.draft.mentions if one not in self.subjects and self.draft.scene.has(one)]
        long = ("seesaw", "catapult", "table", "plank", "platform", "bridge", "wall")
        ended = [one for one in there if self.draft.scene.thing(one).kind in long]
        return (ended or there)[-1:]

    def _meant_by_it(self) -> list[int]:
        return self.draft.resolve(Phrase(0, pron="it"), exclude=tuple(self.subjects))

    def distance_first(self, at: int) -> int:
        """`20 cm above the table`, `1 m apart`, `2 m away from it`, `30 cm to the left`."""
        r, token = self.r, self.r[at]
        if token.kind != "quantity" or token.dimension != "length" or not self.subjects:
            return 0
        apart = r.match(at + 1, "apart")
        if apart is not None and not r.is_cat(at + 1, "dim"):
            for one in self.subjects:
                self.draft.update(one, spacing=token.value)
            if len(self.subjects) > 1:
                self._apart(token.value)
            r.use(at, at + 1 + apart[1])
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
        if relation is not None and self._object_follows(end + relation[1]):
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

    def _apart(self, distance: float) -> None:
        for before, after in zip(self.subjects, self.subjects[1:], strict=False):
            if not self.draft.scene.thing(after).place:
                self.draft.relate([after], Relation("right", (before,), distance), instead=False)

    def shift(self, direction: str, distance: float) -> None:
        """Move the subjects from where they are."""
        x, y, z = {"left": (-1, 0, 0), "right": (1, 0, 0), "back": (0, 1, 0), "forward": (0, -1, 0), "up": (0, 0, 1), "down": (0, 0, -1)}.get(
            direction, (0, 0, 0)
        )  # fmt: skip
        for one in self.subjects:
            old = self.draft.scene.thing(one).shift
            self.draft.update(one, shift=(old[0] + x * distance, old[1] + y * distance, old[2] + z * distance))

    def relation(self, at: int) -> int:
        """`on the table`, `next to it`, `between two boxes`, `at (1, 2, 3)`, `at 30 degrees`."""
        found = self.r.match(at, "rel")
        if found is None:
            return 0
        return self._relation_at(at, found[0].value, found[1], None)

    def _relation_at(self, at: int, kind: str, length: int, distance: float | None) -> int:
        r, end = self.r, at + length
        if r[end].kind == "vector" and kind in ("at", "on", "inside", "near"):
            r.use(at, end)
            return length + self.vector(end)
        if kind == "climb" and not any(self._moves(one) or self.draft.scene.thing(one).kind == "car" for one in self.subjects if one != FLOOR):
            return 0
        if kind == "at" and (step := self._at_quantity(at, end)):
            return step
        if r.is_cat(end, "aerial") and not self._head(end):
            return self._aerial(at, end, kind)
        phrase = self.nouns.read(end)
        if phrase is None:
            return self._on_material(at, end, kind)
        if phrase.kind == "?":
            self.unknown_nouns.append(phrase.noun)
            return phrase.end - at if phrase.end > at else 0
        if phrase.pron == "each_other" and kind in ("towards", "into", "at", "against"):
            r.use(at, phrase.end)
            self._face_each_other()
            return phrase.end - at
        if phrase.pron == "each_other":
            r.use(at, phrase.end)
            self._arrange("stack" if kind in ("on", "above") else "row")
            return phrase.end - at
        if self.clause_break and phrase.definite and self.subjects and self.nouns.read(phrase.end) is not None:
            self.subjects = []  # `a table and on it three balls`
        subjects, index = list(self.subjects), self.index
        self.prior_objects = list(self.objects)
        if not subjects and self.r.tokens and not self._first_place(at):
            return 0
        targets = self.related(phrase, end)
        if not targets:
            return 0
        finish = phrase.end
        while kind in ("between", "middle") and r.word(finish, "and"):
            other = self.nouns.read(finish + 1)
            if other is None or other.kind == "?":
                break
            targets = [*targets, *self.related(other, finish + 1)]
            finish = other.end
        r.use(at, finish)
        if not subjects:
            self.place_ahead = (kind, targets, distance, phrase.each)
            self.subjects, self.related_since = [], False
            self.draft.mention(targets if targets != [FLOOR] else [])
            return finish - at
        self.subjects, self.index = subjects, index
        self._relate(kind, targets, distance, each=phrase.each)
        return finish - at

    def _first_place(self, at: int) -> bool:
        """`On a table there are 3 balls`: a place before its thing."""
        return at == 0 or self.r[at - 1].kind in ("stop", "comma") or self.clause_break

    def _head(self, at: int) -> bool:
        return self.r.is_cat(at, "noun") and not self.r.is_cat(at, "aerial")

    def related(self, phrase: Phrase, at: int) -> list[int]:
        """What a relation points at: something that is there, or something new."""
        if phrase.kind == "floor":
            self.floor_adjectives(phrase)
            return [FLOOR]
        exclude = tuple(self.subjects) if phrase.pron in ("it", "them", "other") else ()
        if phrase.definite or phrase.det == "one":
            ids = self.draft.resolve(phrase, exclude)
            if not ids and phrase.pron and len(self.subjects) > 1:
                ids = self.subjects[:1]
            if ids:
                self.draft.mention(ids)
                return ids
            if phrase.pron:
                return []
        if phrase.kind not in KINDS:
            return []
        if phrase.kind == "ball" and phrase.det == "another":
            phrase.det = "a"
        ids = self.draft.create(phrase)
        self.apply_adjacent(ids)
        return ids

    def apply_adjacent(self, ids: list[int]) -> None:
        """A hook: what is new as the object of a relation is not a subject."""
        self.objects = ids

    def _at_quantity(self, at: int, end: int) -> int:
        """`at 3 m/s`, `at 30 degrees`, `at a height of 2 m`, `at an angle of 30 degrees`."""
        r = self.r
        start = end
        while r.word(end, "a", "an", "the", "speed", "velocity", "height", "of", "angle", "constant", "rate"):
            end += 1
        words = [r[i].text for i in range(start, end)]
        token = r[end]
        if token.kind not in ("quantity", "number") or not self.subjects:
            return 0
        after = r.match(end + 1, "dim")
        height = (
            "height" in words or (after is not None and after[0].value == "height") or (token.dimension == "length")
        )
        if token.dimension in ("speed", "spin") or "speed" in words or "velocity" in words:
            for one in self.subjects:
                if token.dimension == "spin" or "rate" in words:
                    self.draft.move(one, "spinning", spin=token.value)
                else:
                    self.draft.move(one, "", speed=token.value)
        elif token.dimension == "angle" or "angle" in words:
            self._angle(token.value)
        elif height and token.dimension == "length":
            for one in self.subjects:
                self.draft.update(one, height=token.value)
            end += after[1] if after is not None else 0
        elif token.kind == "number" and r[end + 1].kind in ("comma", "number") and r[end + 2].kind == "number":
            return self._plain_vector(at, end)
        else:
            return 0
        r.use(at, end + 1)
        return end + 1 - at

    def _plain_vector(self, at: int, end: int) -> int:
        """`at 1, 2, 3`."""
        numbers: list[float] = []
        while len(numbers) < 3 and self.r[end].kind == "number":
            numbers.append(self.r[end].value)
            end += 1 + (self.r[end + 1].kind == "comma" and self.r[end + 2].kind == "number")
        z = numbers[2] if len(numbers) > 2 else None
        for one in self.subjects:
            self.draft.update(one, at=(numbers[0], numbers[1], z), place=())
        self.r.use(at, end)
        return end - at

    def _angle(self, degrees: float) -> None:
        for one in self.subjects:
            thing = self.draft.scene.thing(one)
            if thing.motion is not None and thing.motion.kind in ("swinging", "thrown"):
                self.draft.move(one, "", angle_deg=degrees)
            elif KINDS[thing.kind].sort == "furniture" and thing.kind != "ramp" and self.verb_word != "turn":
                self.draft.update(one, tilt_deg=degrees)
            else:
                self.draft.update(one, tilt_deg=degrees)

    def _aerial(self, at: int, end: int, kind: str) -> int:
        entry, length = self.r.match(end, "aerial") or (None, 0)
        if entry is None or not self.subjects:
            return 0
        for one in self.subjects:
            thing = self.draft.scene.thing(one)
            if kind == "hanging":
                self.hang([one], [])
            elif entry.value in ("air", "sky"):
                self.draft.update(one, height=thing.height or 1.0)
            else:
                return 0
        self.r.use(at, end + length)
        return end + length - at

    def _on_material(self, at: int, end: int, kind: str) -> int:
        """`on ice`: the floor is made of it."""
        found = self.r.match(end, "material")
        if found is None or kind not in ("on", "across"):
            return 0
        self.world(floor_material=found[0].value)
        self.r.use(at, end + found[1])
        return end + found[1] - at

    def _relate(self, kind: str, targets: list[int], distance: float | None = None, *, each: bool = False) -> None:
        ids = [one for one in self.subjects if one not in targets]
        if not ids:
            return
        if len(self.subjects) > 1 and (len(ids) < len(self.subjects) or self._fixed_mix(ids, kind)):
            ids = ids[-1:]
        self.related_since = True
        moving = [one for one in ids if self._moves(one)]
        if targets == [FLOOR] and kind in ("above", "near") and distance is not None:
            for one in ids:
                self.draft.update(one, height=distance)
            return
        if kind == "climb":
            self.draft.relate(ids, Relation("right", tuple(targets), 0.3), instead=False)
            for one in ids:
                self.draft.move(one, "", direction="left")
            return
        if kind == "surrounded":
            self._surround(ids, targets)
            return
        if kind in ("towards", "at") and (thrower := self._thrower(ids)) is not None:
            self.draft.relate(targets, Relation("right", (thrower,), 1.0), instead=False)
            return
        if kind in ("towards", "into", "at") or (moving and kind in _AT_TARGET):
            if self._at_target(ids, targets, kind, distance):
                return
            kind = {"towards": "near", "at": "near", "into": "inside", "off": "on"}.get(kind, kind)
        if kind == "hanging":
            self.hang(ids, targets)
            return
        if kind == "around" and all(self.draft.scene.thing(one).total == 1 for one in ids):
            kind = "near"
        if kind == "foot":
            kind = "right"
        if kind in ("down", "edge", "off"):
            kind = "on"
        if kind in ("against", "touching"):
            kind, distance = ("leaning", distance) if kind == "against" and self._leans(ids) else ("near", 0.0)
        chained = self._chain(ids, kind)
        self.draft.relate(chained, Relation(kind, tuple(targets), distance, each), instead=self._instead(chained))
        self.last_relation = kind
        if targets != [FLOOR]:
            self.draft.mention(targets)

    def _face_each_other(self) -> None:
        """Two that move at each other: one from the left, one from the right."""
        ids = [one for one in self.subjects if one != FLOOR]
        if len(ids) == 1 and self.draft.scene.thing(ids[0]).count == 2:
            ids = [ids[0], self.draft.split(ids[0])]
        if len(ids) != 2:
            return
        kind = next((m.kind for one in ids if (m := self.draft.scene.thing(one).motion) is not None), "moving")
        for one, direction in zip(ids, ("right", "left"), strict=True):
            self.draft.move(one, kind, direction=direction)
        self.draft.relate(ids[1:], Relation("right", (ids[0],), 1.2), instead=False)
        self.subjects = ids

    def _thrower(self, ids: list[int]) -> int | None:
        """The catapult that they lie on."""
        for one in ids:
            for relation in self.draft.scene.thing(one).place:
                if relation.targets[0] != FLOOR and self.draft.scene.thing(relation.targets[0]).kind == "catapult":
                    return relation.targets[0]
        return None

    def _fixed_mix(self, ids: list[int], kind: str) -> bool:
        """`a ramp and 3 balls on a table`: only what can stand there does."""
        sorts = [KINDS[self.draft.scene.thing(one).kind].sort for one in ids]
        return kind in ("on", "inside") and "solid" in sorts and any(sort != "solid" for sort in sorts)

    def _instead(self, ids: list[int]) -> bool:
        return bool(self.draft.old_ids.intersection(ids)) and self.verb_word in (
            "move",
            "put",
            "lift",
            "change",
            "sink",
            "make",
            "",
        )

    def _chain(self, ids: list[int], kind: str) -> list[int]:
        """`a ball on a box on a table`: the box is on the table, because the ball is on the box already."""
        if kind not in ("on", "inside") or len(ids) != 1 or self.draft.old_ids.intersection(ids):
            return ids
        place = self.draft.scene.thing(ids[0]).place
        last = next(
            (
                relation
                for relation in reversed(place)
                if relation.kind in ("on", "inside", "above", "near", "left", "right")
            ),
            None,
        )
        if last is None or FLOOR in last.targets or not self.last_relation:
            return ids
        if last.kind in ("on", "inside", "above") and last.targets[-1] in self.prior_objects:
            return [last.targets[-1]]
        return ids

    def _leans(self, ids: list[int]) -> bool:
        return all(
            self.draft.scene.thing(one).kind in ("plank", "stick", "plate", "box", "cylinder", "domino", "brick")
            for one in ids
        )

    def _moves(self, one: int) -> bool:
        motion = self.draft.scene.thing(one).motion
        return motion is not None and motion.kind not in ("spinning", "hovering")

    def _at_target(self, ids: list[int], targets: list[int], kind: str, distance: float | None) -> bool:
        """What moves, moves at the target; False where nothing does."""
        done = False
        for one in ids:
            thing = self.draft.scene.thing(one)
            motion = thing.motion
            if motion is None or motion.kind in ("spinning", "hovering"):
                continue
            target = targets[0]
            if motion.kind == "falling":
                if target != FLOOR:
                    self.draft.relate([one], Relation("above", tuple(targets), distance), instead=False)
                done = True
            elif kind in ("on", "near", "inside", "above") and not (
                motion.kind == "thrown" and kind in ("on", "inside", "above")
            ):
                continue
            elif target != FLOOR:
                self.draft.move(one, "", target=target)
                done = True
        if done:
            self.draft.mention([target for target in targets if target != FLOOR])
        return done

    def _surround(self, ids: list[int], targets: list[int]) -> None:
        for one in targets:
            self.draft.relate([one], Relation("around", tuple(ids)), instead=False)

    def hang(self, ids: list[int], targets: list[int]) -> None:
        """From a rope, chain or spring: its end. From anything else: as a pendulum."""
        for one in ids:
            thing = self.draft.scene.thing(one)
            carrier = next(
                (
                    t
                    for t in targets
                    if t != FLOOR and self.draft.scene.thing(t).kind in ("rope", "chain", "spring", "pulley")
                ),
                None,
            )
            if carrier is not None and KINDS[thing.kind].sort == "solid":
                self._becomes_bob(one, carrier)
            elif KINDS[thing.kind].sort == "solid":
                self.draft.update(one, pose="hanging")
            elif targets:
                self.draft.relate([one], Relation("hanging", tuple(targets)), instead=False)

    def _becomes_bob(self, one: int, carrier: int) -> None:
        thing = self.draft.scene.thing(one)
        override = Override(-1, thing.colours[0] if thing.colours else None, thing.mass, thing.weight, thing.scale())
        old = self.draft.scene.thing(carrier)
        self.draft.update(
            carrier,
            bob=thing.kind,
            overrides=(*old.overrides, override),
            groups=max(old.groups, 1),
            count=max(old.count, thing.count),
        )
        self.draft.remove([one])
        self.subjects = [carrier]
        self.draft.mention([carrier])

    # --- motion -------------------------------------------------------------------------------------------------------

    def motion_phrase(self, at: int) -> int:
        """`rolling`, `thrown`, `falling`: a motion of the subjects, or of the noun to come."""
        found = self.r.match(at, "motion")
        if found is None:
            return 0
        kind, length = found[0].value, found[1]
        self.r.use(at, at + length)
        coming = self.nouns.read(at + length)
        verb = self.r[at].text in (
            "throw",
            "roll",
            "drop",
            "push",
            "spin",
            "shoot",
            "fire",
            "launch",
            "toss",
            "kick",
            "swing",
            "slide",
        )
        if verb and coming is not None and (not self.subjects or self.clause_break):
            self.pending_motion = {"kind": kind}
            if coming.definite and (ids := self.draft.resolve(coming)) and ids != [FLOOR]:
                self.subjects, self.edited = ids, True
                self.draft.mention(ids)
                self.apply_pending_motion(ids)
                self.r.use(at, coming.end)
                return coming.end - at
            return length
        if not self.subjects:
            self.pending_motion = {"kind": kind}
            return length
        if self.draft.scene.thing(self.subjects[-1]).kind == "catapult" and coming is not None and coming.kind in KINDS:
            thrower = self.subjects[-1]
            self.subjects = self.draft.create(coming)
            self.draft.relate(self.subjects, Relation("on", (thrower,)), instead=False)
            self.r.use(at, coming.end)
            return coming.end - at
        together = kind in ("hitting", "rolling", "moving", "sliding", "thrown") and self._together(at, at + length)
        if len(self.subjects) > 1 and not together and not self._all_alike(kind):
            self.subjects = self.subjects[-1:]
        for one in self.subjects:
            self.draft.move(one, kind)
        if kind == "hitting" and (coming is None or self.r.word(at, "collide")) and not self.r.is_cat(at + length, "rel"):
            self._face_each_other()
        self.related_since = True
        if kind == "hitting" and coming is not None and coming.kind != "?":
            targets = self.related(coming, at + length)
            if targets and targets != [FLOOR]:
                for one in self.subjects:
                    if one not in targets:
                        self.draft.move(one, "", target=targets[0])
                self.r.use(at, coming.end)
                return coming.end - at
        return length

    def _together(self, start: int, at: int) -> bool:
        """`… collide`, `… rolling towards each other`: both of two."""
        found = self.r.match(at, "rel")
        each = self.r.match(at + found[1], "pron") if found is not None else None
        collide = self.r.word(start, "collide", "collides", "colliding", "crash", "meet")
        return len(self.subjects) == 2 and ((each is not None and each[0].value == "each_other") or (collide and found is None))

    def _all_alike(self, kind: str) -> bool:
        """Whether a motion is meant of all that was named, not only of the last: loose bodies fall together."""
        things = [self.draft.scene.thing(one) for one in self.subjects]
        return kind in ("falling", "spinning", "released", "hovering") and all(
            KINDS[t.kind].sort == "solid" and not t.label and not t.place for t in things
        )

    def apply_pending_motion(self, ids: list[int]) -> None:
        """Give what was just named the motion, or the place, that was said before it."""
        if self.pending_motion is None and len(self.subjects) > len(ids) and self.verb_motion:
            for one in ids:
                self.draft.move(one, self.verb_motion)
        if self.pending_motion is not None:
            self.verb_motion = self.pending_motion["kind"]
            for one in ids:
                self.draft.move(one, self.pending_motion["kind"])
            self.pending_motion = None
        if self.place_ahead is not None:
            kind, targets, distance, each = self.place_ahead
            self.sentence_place, self.place_ahead = self.place_ahead, None
            self._relate(kind, targets, distance, each=each)


    def direction(self, at: int) -> int:
        """`to the left`, `up`, `from above`, for what moves; or where to move it."""
        found = self.r.match(at, "dir")
        if found is None or not self.subjects:
            return 0
        value, length = found[0].value, found[1]
        end = at + length
        relation = self.r.match(at, "rel")
        if relation is not None and relation[1] >= length and self._object_follows(at + relation[1]):
            return 0
        if self.r.word(end, "by") and self.r[end + 1].kind == "quantity" and self.r[end + 1].dimension == "length":
            self.shift(value, self.r[end + 1].value)
            self.r.use(at, end + 2)
            return length + 2
        if value == "air":
            for one in self.subjects:
                self.draft.update(one, height=self.draft.scene.thing(one).height or 1.0)
            self.r.use(at, end)
            return length
        moving = [one for one in self.subjects if self.draft.scene.thing(one).motion is not None]
        if moving:
            for one in moving:
                self.draft.move(one, "", direction=_FROM.get(value, value))
        elif self.edited and (self.moving or self.verb_word in ("move", "put")):
            self.shift(value, 0.3)
        elif value.startswith("from_"):
            return 0
        else:
            return 0
        self.r.use(at, end)
        return length

    def quantity(self, at: int) -> int:
        """A quantity after its thing: `2 kg`, `20 cm tall`, `30 degrees`, `3 m/s`; `from 2 m`, `by 20 cm`, `to 45 degrees`."""
        r, start = self.r, at
        words = []
        while r.word(
            at,
            "from",
            "by",
            "to",
            "a",
            "height",
            "of",
            "about",
            "up",
            "an",
            "angle",
            "down",
            "an",
            "initial",
            "speed",
            "the",
            "through",
        ):
            words.append(r[at].text)
            at += 1
        token = r[at]
        if token.kind == "number" and self.subjects and r.word(at + 1, "x", "by"):
            phrase = Phrase(at)
            step = self.nouns._sizes(at, phrase)
            for one in self.subjects if step else ():
                self.draft.apply(one, phrase)
            r.use(start, at + step)
            return at + step - start if step else 0
        if token.kind != "quantity" or not (self.subjects or self.about_floor):
            return 0
        if self.nouns.read(start) is not None and not words:
            return 0
        if "to" in words and self.property_name:
            return 0
        end = at + 1
        dim = r.match(end, "dim", "dimfactor")
        for one in self.subjects:
            thing = self.draft.scene.thing(one)
            if token.dimension == "mass":
                self.draft.apply(one, Phrase(at, changes={"mass": token.value}), self.index)
                end = at + 1 + r.word(at + 1, "heavy")
            elif token.dimension == "angle":
                self._turned(one, token.value, words)
            elif token.dimension == "speed":
                self.draft.move(one, "", speed=token.value)
            elif token.dimension == "spin":
                self.draft.move(one, "spinning", spin=token.value)
            elif token.dimension == "length" and "from" in words:
                if thing.motion is not None and thing.motion.kind == "falling":
                    self.draft.move(one, "", height=token.value)
                else:
                    self.draft.update(one, height=token.value)
                end = at + 1 + (dim[1] if dim is not None and r.word(at + 1, "high", "height") else 0)
                end += 1 if r.word(end, "above") and r[end + 1].kind in ("stop", "comma") else 0
            elif token.dimension == "length" and self.moving in ("lift", "sink"):
                sign = 1 if self.moving == "lift" else -1
                self.draft.update(one, shift=(*thing.shift[:2], thing.shift[2] + sign * token.value))
            elif token.dimension == "length" and self.moving and "by" in words:
                direction = r.match(end, "dir")
                if direction is None:
                    return 0
                self.shift(direction[0].value, token.value)
                end = at + 1 + direction[1]
                break
            elif token.dimension == "length":
                name = self._dimension_name(dim)
                end = at + 1 + (dim[1] if dim is not None else 0)
                if r.word(at + 1, "x", "by"):
                    phrase = Phrase(at)
                    end = at + self.nouns._sizes(at, phrase)
                    dims = dict(thing.dims) | phrase.dims
                else:
                    dims = dict(thing.dims) | {name: token.value}
                if thing.arrange == "stack" and name == "height" and thing.label:
                    dims["total_height"] = dims.pop("height")
                self.draft.update(one, dims=tuple(sorted(dims.items())))
            else:
                return 0
        r.use(start, max(end, at + 1))
        return max(end, at + 1) - start

    @staticmethod
    def _dimension_name(dim: tuple[Any, int] | None) -> str:
        if dim is None:
            return "size"
        value = dim[0].value
        return str(value[0]) if isinstance(value, tuple) else str(value)

    def _turned(self, one: int, degrees: float, words: list[str]) -> None:
        thing = self.draft.scene.thing(one)
        if thing.kind == "ramp" or self.r.is_cat(0, "slope") or thing.kind in ("pendulum",):
            self.draft.update(one, tilt_deg=degrees if "by" not in words else (thing.tilt_deg or 20.0) + degrees)
        elif self.verb_word == "turn" and not self._tilts():
            self.draft.update(one, yaw_deg=degrees if "to" in words else thing.yaw_deg + degrees)
        else:
            self.draft.update(one, tilt_deg=degrees)

    def _tilts(self) -> bool:
        return any(token.text in ("tilt", "incline", "tilted", "inclined") for token in self.r.tokens)

    def tilted(self, at: int) -> int:
        """`tilted by 30 degrees`, `rotated 45 degrees`."""
        r = self.r
        found = r.match(at, "tilted")
        if found is None or not self.subjects:
            return 0
        end = at + found[1]
        while r.word(end, "by", "at", "to", "of", "an", "angle", "about"):
            end += 1
        token = r[end]
        if token.kind in ("quantity", "number") and token.dimension in ("angle", ""):
            degrees, end = token.value, end + 1
        else:
            degrees, end = 20.0, at + found[1]
        if self.index is not None and found[0].value == "tilt":
            for one in self.subjects:
                old = self.draft.scene.thing(one).overrides
                self.draft.update(one, overrides=(*old, Override(self.index, tilt_deg=degrees)))
            r.use(at, end)
            return end - at
        for one in self.subjects:
            self.draft.update(one, **({"yaw_deg": degrees} if found[0].value == "yaw" else {"tilt_deg": degrees}))
        r.use(at, end)
        return end - at

    def apart(self, at: int) -> int:
        """`with gaps of 5 cm`, `spaced 10 cm apart`, `with 5 cm between them`."""
        r = self.r
        found = r.match(at, "apart")
        if found is None or not self.subjects:
            return 0
        end = at + found[1]
        while r.word(end, "of", "by", "with"):
            end += 1
        if r[end].kind != "quantity" or r[end].dimension != "length":
            return 0
        for one in self.subjects:
            self.draft.update(one, spacing=r[end].value)
        r.use(at, end + 1)
        return end + 1 - at

    # --- with ---------------------------------------------------------------------------------------------------------

    def with_phrase(self, at: int) -> int:
        """`with 4 wheels`, `with a mass of 2 kg`, `with motors`, `with a ball on top`; `made of wood`, `of 10 blocks`."""
        r = self.r
        of = r.match(at, "of")
        if of is not None and self.subjects and of[0].value in ("of", "filled"):
            return self._made_of(at, of[1], of[0].value)
        found = r.match(at, "conj")
        if found is None or found[0].value == "and":
            return 0
        length = found[1]
        end = at + length
        r.use(at, end)
        if r.is_cat(end, "gravity", "medium", "wind", "nofloor"):
            return length
        feature_at = end + (r.word(end, "a", "an", "two", "all", "some") or r[end].kind == "number")
        feature = r.match(feature_at, "feature")
        if feature is not None:
            return feature_at - at + self.feature(feature_at, feature[0].value, feature[1])
        if (prop := self._property_after(end)) > 0:
            return length + prop
        if (part := self._part(end)) > 0:
            return length + part
        phrase = self.nouns.read(end)
        if phrase is None or phrase.kind not in KINDS or not self.subjects or phrase.det == "no":
            return length
        return length + self._with_thing(end, phrase, found[0].value)

    def _property_after(self, at: int) -> int:
        """`a mass of 2 kg`, `high friction`, `different colours`, `a red top`: no noun of its own."""
        r, start = self.r, at
        if r.word(at, "a", "an", "the", "some"):
            at += 1
        if r.is_cat(at, "surface", "colour") and not self.nouns._head_follows(at):
            step = self.predicate(at)
            if step:
                r.use(start, at)
            return at - start + step if step else 0
        length = r.match(at, "dimfactor")
        if length is not None and r.is_cat(at + length[1], "property"):
            name = r.match(at + length[1], "property")
            assert name is not None
            step = self._value(at, name[0].value)
            if step:
                r.use(start, at + length[1] + name[1])
                return at + length[1] + name[1] - start
        if r[at].kind == "quantity" and r.is_cat(at + 1, "apart"):
            step = self.distance_first(at)
            return at - start + step if step else 0
        step = self.property_phrase(at) or self.apart(at)
        if step:
            r.use(start, at)
            return at - start + step
        if r[at].kind == "quantity":
            named = r.match(at + 1, "property", "dim", "apart", "gravity")
            if named is not None and self._value(at, named[0].value):
                r.use(start, at + 1 + named[1])
                return at + 1 + named[1] - start
        return 0

    def _part(self, at: int) -> int:
        """`4 wheels`, `three links`, `a heavy second bob`."""
        r, phrase, start = self.r, Phrase(at), at
        while at - start < 8:
            found = r.match(at, "part")
            noun = r.match(at, "noun")
            counts = noun is not None and self.subjects and self._counts(noun[0].value.kind)
            if ((found is not None and (noun is None or found[1] >= noun[1])) or counts) and not self._more_modifiers(
                at, phrase
            ):
                end = at + (found[1] if found is not None else noun[1])  # type: ignore[index]
                part = found[0].value if found is not None else noun[0].value.kind  # type: ignore[index]
                return self._take_part(start, end, part, phrase)
            step = self.nouns._modifier(at, phrase)
            if step == 0:
                return 0
            at += step
        return 0

    def _more_modifiers(self, at: int, phrase: Phrase) -> bool:
        return (
            self.r.match(at, "noun") is not None
            and self.r.match(at, "part") is None
            and not self._counts(self.r.match(at, "noun")[0].value.kind)
        )  # type: ignore[index]

    def _counts(self, noun_kind: str) -> bool:
        """Whether the subject is made of such nouns: a cradle of balls, a bridge of planks, a tower of blocks."""
        thing = self.draft.scene.thing(self.subjects[-1]) if self.subjects and self.subjects[-1] != FLOOR else None
        if thing is None:
            return False
        return KINDS[thing.kind].part == noun_kind or (bool(thing.label) and thing.kind == noun_kind)

    def _take_part(self, start: int, end: int, part: str, phrase: Phrase) -> int:
        for one in self.subjects:
            if part == "pole" and one != FLOOR and self.draft.scene.thing(one).noun == "cart":
                self.draft.update(one, kind="cart_pole")
        ids = [
            one for one in self.subjects if one != FLOOR and self._has_part(self.draft.scene.thing(one).kind, part)]
        if not ids:
            return 0
        for one in ids:
            thing = self.draft.scene.thing(one)
            kind = KINDS[thing.kind]
            different = bool(phrase.colours or "mass" in phrase.changes or "weight" in phrase.changes or phrase.scales)
            if phrase.ordinal is not None or (different and phrase.count in (None, 1)):
                index = phrase.ordinal if phrase.ordinal is not None else -1
                override = Override(index, phrase.colours[0] if phrase.colours else None, phrase.changes.get("mass"),
                                    phrase.changes.get("weight", 1.0), phrase.scales.get("all", 1.0))  # fmt: skip
                self.draft.update(one, overrides=(*thing.overrides, override))
            elif phrase.count is not None and thing.label and part == thing.kind:
                self.draft.update(one, count=phrase.count)
            elif phrase.count is not None:
                least, most = kind.parts[1:]
                if not least <= phrase.count <= most:
                    raise SceneInvalid(
                        f"a {thing.noun.replace('_', ' ')} with {phrase.count} {kind.part}s cannot be built",
                        hint=f"From {least} to {most} {kind.part}s can.",
                    )
                self.draft.update(one, parts=phrase.count)
            if phrase.dims and kind.part in ("link", "joint", "pole") and part in (kind.part, "rod"):
                count = phrase.count or thing.parts or kind.parts[0]
                side = next(iter(phrase.dims.values()))
                self.draft.update(one, dims=tuple(sorted((dict(thing.dims) | {"length": side * count}).items())))
        self.r.use(start, end)
        return end - start

    @staticmethod
    def _has_part(kind: str, part: str) -> bool:
        own = KINDS[kind].part
        if part in ("bob", "end"):
            return kind in ("pendulum", "cart_pole", "spring", "rope", "chain")
        if part in ("link", "joint"):
            return own in ("link", "joint")
        if part == "rod":
            return own in ("link", "pole")
        return own == part or part == kind or (part == "ball" and kind == "cradle")

    def _with_thing(self, at: int, phrase: Phrase, how: str) -> int:
        """`with a ball on top`, `with a box in it`, `with a ball at the end`; alone: where such a thing goes."""
        r = self.r
        holder = [one for one in self.subjects if one != FLOOR]
        if not holder:
            return 0
        thing = self.draft.scene.thing(self._nearest_holder(holder[-1]))
        if (
            thing.kind in ("rope", "chain", "spring", "pendulum")
            and KINDS[phrase.kind].sort == "solid"
            and phrase.count in (None, 1)
        ):
            end = phrase.end
            bare = r.match(end, "barerel", "rel")
            if bare is not None and bare[0].value == "end":
                end += bare[1] + (1 if r.word(end + bare[1], "it") else 0)
            made = self.draft.create(phrase)
            if thing.kind == "pendulum":
                bob = self.draft.scene.thing(made[0])
                own = Override(-1, bob.colours[0] if bob.colours else None, bob.mass, bob.weight, bob.scale())
                self.draft.update(thing.id, bob=bob.kind, overrides=(*thing.overrides, own))
                self.draft.remove(made)
            else:
                self._becomes_bob(made[0], thing.id)
            self.subjects = [thing.id]
            r.use(at, end)
            return end - at
        ids = self.draft.create(phrase)
        r.use(at, phrase.end)
        after = r.match(phrase.end, "rel", "barerel", "arrange", "motion")
        self.subjects, self.index = ids, None
        self.related_since, self.joined = False, False
        if after is None or after[0].cat in ("arrange", "motion"):
            kind = self._usual_place(thing.kind, phrase, how)
            if kind:
                self.draft.relate(ids, Relation(kind, (thing.id,)), instead=False)
        self.draft.mention([thing.id, *ids])
        self.draft.last_group = ids
        return phrase.end - at

    def _nearest_holder(self, subject: int) -> int:
        """`a robot next to a table with a ball on it`: the table, when it can carry and the robot cannot."""
        last = self.objects[-1] if self.objects and self.draft.scene.has(self.objects[-1]) else subject
        carries = [KINDS[self.draft.scene.thing(one).kind].carries for one in (subject, last)]
        return last if carries[1] and not carries[0] else subject

    @staticmethod
    def _usual_place(kind: str, phrase: Phrase, how: str) -> str:
        solid = KINDS[phrase.kind].sort == "solid"
        if kind == "bin" and solid:
            return "inside"
        if solid and (
            how == "carry" or kind in ("table", "platform", "ramp", "seesaw", "catapult", "car", "stairs", "bridge")
        ):
            return "on" if KINDS[kind].carries or kind == "catapult" else "near"
        return ""

    def _made_of(self, at: int, length: int, how: str) -> int:
        """`made of wood`; `of 10 red blocks` after a group that was named without it; `filled with balls`."""
        r, end = self.r, at + length
        if r.word(end, "with"):
            end += 1
        material = r.match(end, "material")
        if material is not None and not self.nouns._head_follows(end + material[1]) and not (
            r.is_cat(end, "noun") and r.match(end, "noun")[0].value.plural):  # type: ignore[index]  # fmt: skip
            for one in self.subjects:
                self.draft.apply(one, Phrase(end, changes={"material": material[0].value}), self.index)
            r.use(at, end + material[1])
            return end + material[1] - at
        if r[end].kind == "quantity":
            step = self.quantity(end)
            if step:
                r.use(at, end)
                return end - at + step
        if how == "filled":
            phrase = self.nouns.read(end)
            if phrase is not None and phrase.kind in KINDS:
                if phrase.plural and phrase.count is None:
                    phrase.count = 20
                r.use(at, end)
                return end - at + self._with_thing(end, phrase, "with")
        part = self._part(end)
        if part:
            r.use(at, end)
            return end - at + part
        return 0


def without_motion(relation: Relation) -> Relation:
    """The same relation with no distance."""
    return replace(relation, distance=None)
