"""How things move: `rolling to the left`, `thrown at it`, `falling from 2 m`."""

from __future__ import annotations

from dataclasses import replace

from py_remote_viewer.scenes.create.lexicon.abilities import HUNG, can_move
from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.rules.relations import Relations
from py_remote_viewer.scenes.create.things.description import FLOOR, Override, Relation
from py_remote_viewer.scenes.create.things.phrase import Phrase

_FROM = {
    "from_left": "right",
    "from_right": "left",
    "from_behind": "forward",
    "from_front": "back",
    "from_above": "down",
}


_ROLLING = ("ball", "disc", "wheel", "ring", "cylinder")
_TRANSITIVE = frozenset(
    (
        "throws", "throwing", "launches", "launching", "kicks", "kicking", "pushes", "pushing", "shoots",
        "shooting", "fires", "drops", "dropping", "tosses", "tossing", "pulls", "pulling", "rolls",
        "rolling",
    )
)  # fmt: skip

_NEGATED = (
    "not", "doesn't", "don't", "won't", "isn't", "aren't", "can't", "cannot", "never", "without", "didn't", "shouldn't",
    "doesnt", "dont", "wont",
)  # fmt: skip


class MotionRules(Relations):
    """Rules for motions and directions."""

    def motion_phrase(self, at: int) -> int:
        """`rolling`, `thrown`, `falling`: a motion of the subjects, or of the noun to come."""
        found = self.r.match(at, "motion")
        if found is None:
            return 0
        kind, length = found[0].value, found[1]
        named_property = self.r.match(at, "property")
        if named_property is not None and named_property[1] > length and self.subjects:
            return 0  # `and rolling friction 0.05`
        if any(self.r.word(back, *_NEGATED) for back in (at - 1, at - 2) if back >= 0):
            self.r.miss(
                [back for back in (at - 2, at - 1) if self.r.word(back, *_NEGATED)] + list(range(at, at + length))
            )
            return length  # what it should not do is no motion
        named = self.r.match(at, "noun")
        if named is not None and named[1] > length:
            return 0  # `spinning top`
        racing = self.r.word(at, "racing", "race", "races")
        if racing and all(self._kind_of(one) in _ROLLING for one in self.subjects):
            kind = "rolling"
        coming = self.nouns.read(at + length)
        if kind == "hitting" and self.r.word(at + length, "with", "into", "against") and self.subjects:
            other = self.nouns.read(at + length + 1)
            if other is not None and (other.kind in KINDS or other.pron in ("it", "other")):
                coming, length = other, length + 1  # `colliding with a box`
        if (
            length > 1
            and self.r.word(at + length - 1, "down")
            and coming is not None
            and coming.kind in ("stairs", "ramp")
        ):
            kind, length = "moving", length - 1  # `falling down the stairs`: on them, with a push
        if self.joined and self.subjects and self._adjective(at, coming) and self.nouns.head_follows(at + length):
            return 0  # `a rolling cylinder and sliding boxes`: it belongs to what comes
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
            self.r.use(at, at + length)
            self.pending_motion = {"kind": kind}
            if coming.definite and (ids := self._movable(coming)) and ids != [FLOOR]:
                one_of = coming.ordinal is not None and self.draft.scene.thing(ids[-1]).total > 1
                if one_of and self._kind_of(ids[-1]) != "domino":
                    self.pending_motion = None
                    self.r.miss([at])
                    return length
                self.subjects, self.edited = ids, True
                self.draft.mention(ids)
                if one_of:
                    old = self.draft.scene.thing(ids[-1]).overrides
                    self.draft.update(ids[-1], overrides=(*old, Override(coming.ordinal or 0, tilt_deg=14.0)))
                    self.pending_motion = None
                self.apply_pending_motion(ids)
                self.r.use(at, coming.end)
                return coming.end - at
            return length
        passing = (
            coming is not None
            and kind in ("thrown", "falling", "sliding", "rolling")
            and self.r[at].text in _TRANSITIVE
        )
        if self.subjects and passing and self._kind_of(self.subjects[-1]) != "catapult":
            return 0  # what throws something does not fly itself
        if not self.subjects and self.unknown_subject and not passing:
            return 0  # somebody unknown does it
        if not self.subjects:
            self.pending_motion = {"kind": kind, "at": at, "end": at + length}
            return length
        if self.draft.scene.thing(self.subjects[-1]).kind == "catapult" and coming is not None and coming.kind in KINDS:
            thrower = self.subjects[-1]
            self.subjects = self.create(coming)
            self.draft.relate(self.subjects, Relation("on", (thrower,)), instead=False)
            self.r.use(at, coming.end)
            return coming.end - at
        together = kind in ("hitting", "rolling", "moving", "sliding", "thrown") and self._together(at, at + length)
        together = together or (self.draft.editing and set(self.subjects) <= self.draft.old_ids)
        if len(self.subjects) > 1 and not together and not self._all_alike(kind):
            self.subjects = self.subjects[-1:]
        outside = [one for one in self.attached if one not in self.subjects]
        same = [m for one in self.subjects if one != FLOOR and (m := self.draft.scene.thing(one).motion) is not None]
        its_own = self.r.is_cat(at - 1, "noun") and self.r[at].text.endswith("ing") and kind != "hitting"
        alike = bool(same) and (same[0].kind == kind or its_own)
        if outside and alike and KINDS[self._kind_of(outside[-1])].sort == "solid":
            self.subjects = outside  # `a ball dropped next to a box dropped from 2 m`, `sliding next to a ball rolling`
        if outside and kind == "resting" and same:
            for one in outside:  # `colliding with a light one at rest`
                self.draft.move(one, kind)
            self.r.use(at, at + length)
            return length
        if kind == "falling" and same and same[0].kind in ("rolling", "sliding", "moving"):
            return 0  # first it rolls: what comes of that, physics says
        if kind in ("rolling", "moving") and (cars := self._driven()):
            self.subjects = cars
        apart = (
            coming is not None and coming.pron == "each_other" and any(self._kind_of(o) in HUNG for o in self.subjects)
        )
        if kind == "hitting" and apart and coming is not None:
            self.r.miss(list(range(at, coming.end)))  # each has a stand of its own, out of reach of the other
            return coming.end - at
        if self.r.word(at - 1, "it", "which", "that"):
            self.subjects = self._that_can(kind) or self.subjects
        moved = [self.draft.move(one, kind) for one in self.subjects if one != FLOOR]
        if True not in moved:
            return 0
        self.r.use(at, at + length)
        if (
            kind == "hitting"
            and (coming is None or self.r.word(at, "collide"))
            and not (self.r.is_cat(at + length, "rel") and not self.r.word(at + length, "at"))
        ):
            self._face_each_other()
        self.related_since = True
        if kind == "hitting" and coming is not None and coming.kind != "?":
            targets = self._aimed_at(coming, "at") or self.related(coming, at + length)
            if targets and targets != [FLOOR]:
                for one in self.subjects:
                    if one not in targets:
                        self.draft.move(one, "", target=targets[0])
                self.r.use(at, coming.end)
                self.attached = list(targets)
                return coming.end - at
        return length

    def _that_can(self, kind: str) -> list[int]:
        """`a cylinder on a ramp. It rolls`: the one of them that can."""
        if any(one != FLOOR and can_move(self._kind_of(one), kind) for one in self.subjects):
            return self.subjects
        there = [one for one in self.draft.mentions if self.draft.scene.has(one)]
        return [one for one in there if can_move(self._kind_of(one), kind)][-1:]

    def _driven(self) -> list[int]:
        """`crates on a cart, rolling`: it is the cart that rolls."""
        found = []
        for one in self.subjects:
            place = self.draft.scene.thing(one).place if one != FLOOR else ()
            found += [t for r in place if r.kind in ("on", "inside") for t in r.targets if self._kind_of(t) == "car"]
        return found

    def _adjective(self, at: int, coming: Phrase | None) -> bool:
        """Whether a motion before a noun says what that is like."""
        return coming is not None and not coming.det and coming.count is None and self.r[at].text.endswith("ing")

    def _movable(self, phrase: Phrase) -> list[int]:
        """What a throw or a push is about: `it` is something that can move, if there is such a thing."""
        ids = self.draft.resolve(phrase)
        if (
            phrase.pron != "it"
            or not ids
            or ids == [FLOOR]
            or KINDS[self.draft.scene.thing(ids[-1]).kind].sort != "furniture"
        ):
            return ids
        there = [one for one in self.draft.mentions if self.draft.scene.has(one)]
        free = [one for one in there if KINDS[self.draft.scene.thing(one).kind].sort == "solid"]
        return free[-1:] or ids

    def _together(self, start: int, at: int) -> bool:
        """`… collide`, `… rolling towards each other`: both of two."""
        found = self.r.match(at, "rel")
        each = self.r.match(at + found[1], "pron") if found is not None else None
        collide = self.r.word(start, "collide", "collides", "colliding", "crash", "crashes", "crashing", "meet")
        if found is not None and found[0].value == "at" and self.r[at + found[1]].kind == "quantity":
            found = None  # how fast, and not at what
        return len(self.subjects) == 2 and (
            (each is not None and each[0].value == "each_other") or (collide and found is None)
        )

    def _all_alike(self, kind: str) -> bool:
        """Whether a motion is meant of all that was named, not only of the last: loose bodies fall together."""
        things = [self.draft.scene.thing(one) for one in self.subjects]
        alike = len({thing.kind for thing in things}) == 1
        alike = alike or (kind == "rolling" and all(thing.kind in _ROLLING and thing.total == 1 for thing in things))
        if alike and kind in ("released", "swinging") and KINDS[things[0].kind].sort != "solid":
            return True
        return (alike or kind in ("falling", "spinning", "released", "hovering", "bouncing")) and all(
            KINDS[t.kind].sort == "solid" and not t.label and not t.place for t in things
        )

    def apply_pending_motion(self, ids: list[int]) -> None:
        """Give what was just named the motion, or the place, that was said before it."""
        if self.pending_motion is None and len(self.subjects) > len(ids) and self.verb_motion:
            for one in ids:
                self.draft.move(one, self.verb_motion)
        if self.pending_motion is not None:
            self.verb_motion = self.pending_motion["kind"]
            moved = [self.draft.move(one, self.pending_motion["kind"]) for one in ids]
            if True in moved:
                self.r.use(self.pending_motion.get("at", 0), self.pending_motion.get("end", 0))
            self.pending_motion = None
        if self.place_ahead is not None:
            kind, targets, distance, each = self.place_ahead
            if kind in ("on", "inside") or self.sentence_place is None:
                self.sentence_place = self.place_ahead
            self.place_ahead = None
            self._relate(kind, targets, distance, each=each)

    def _away_from(self, at: int, end: int) -> int:
        """`rolling away from the box`: on its right, to the right."""
        phrase = self.nouns.read(end)
        targets = self.related(phrase, end) if phrase is not None else []
        if phrase is None or not targets or targets == [FLOOR]:
            return 0
        ids = [one for one in self.subjects if one not in targets]
        self.draft.relate(ids, Relation("right", tuple(targets), 0.2), instead=False)
        for one in ids:
            self.draft.move(one, "", direction="right")
        self.r.use(at, phrase.end)
        return phrase.end - at

    def _other_end(self, value: str) -> bool:
        """`a seesaw with a box left and a ball right`: on which end of what they stand on."""
        done = False
        for one in self.attached or self.subjects:
            place = self.draft.scene.thing(one).place
            carrier = next((r for r in place if r.kind in ("on", "end", "other_end") and r.targets[0] != FLOOR), None)
            if carrier is None or value not in ("left", "right"):
                continue
            if self.draft.scene.thing(carrier.targets[0]).kind in ("seesaw", "table", "platform", "bridge"):
                end = Relation("end" if value == "right" else "other_end", carrier.targets)
                self.draft.update(one, place=tuple(end if r is carrier else r for r in place))
                done = True
        return done

    def direction(self, at: int) -> int:
        """`to the left`, `up`, `from above`, for what moves; or where to move it."""
        found = self.r.match(at, "dir")
        if found is None or not self.subjects or (self.r.word(at, "away") and self.r[at - 1].kind == "quantity"):
            return 0
        value, length = found[0].value, found[1]
        end = at + length
        if self.r.word(at, "away") and self.r.word(end, "from") and any(self._moves(one) for one in self.subjects):
            return self._away_from(at, end + 1)
        if not any(self._moves(one) for one in self.subjects) and self._other_end(value):
            self.r.use(at, end)
            self.related_since = False
            return length
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

    def settle_falls(self) -> None:
        """`a trampoline with a ball falling from 2 m`: it begins above what it falls on."""
        for thing in self.draft.scene.things:
            motion = thing.motion
            if motion is None or motion.kind != "falling" or not (motion.height or thing.height):
                continue
            if any(one.kind == "on" and FLOOR not in one.targets for one in thing.place):
                above = tuple(replace(one, kind="above") if one.kind == "on" else one for one in thing.place)
                self.draft.update(thing.id, place=above)
