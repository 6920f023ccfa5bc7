"""Short follow-ups: `heavier, please`, `knock one over`, `without the box`, `only two of them`, `back to earth`."""

from __future__ import annotations

from dataclasses import replace

from py_remote_viewer.errors import SceneInvalid
from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.lexicon.words import FILLERS, PLACES
from py_remote_viewer.scenes.create.rules.picking import Picking
from py_remote_viewer.scenes.create.things.description import FLOOR
from py_remote_viewer.scenes.create.things.matter import mass_of
from py_remote_viewer.scenes.create.things.phrase import Phrase

_TURNED_BACK = ("moving", "rolling", "sliding", "thrown", "spinning")


class FollowUps(Picking):
    """Rules for what is said in passing."""

    def back_on_earth(self, at: int) -> int:
        """`bring it back to earth`, `move everything to the moon`: whose gravity it is."""
        r, end = self.r, at
        end += r.word(end, "back")
        if not r.word(end, "to", "on") or (end == at and not r.word(at, "to")):
            return 0
        end += 1 + r.word(end + 1, "the", "planet")
        name = r[end].text
        if name not in PLACES or r.is_cat(end, "rel") or r.is_cat(end + 1, "noun"):
            return 0
        self.world(gravity=PLACES[name])
        self.edited = self.edited or self.draft.editing
        r.use(at, end + 1)
        return end + 1 - at

    def not_so(self, at: int) -> int:
        """`I want it green, not blue`: what it is no longer."""
        r, end = self.r, at
        end += r.word(end, "not")
        end += 2 * (
            (r.word(end, "instead") and r.word(end + 1, "of")) or (r.word(end, "rather") and r.word(end + 1, "than"))
        )
        phrase = Phrase(at)
        finish = self._adjectives(end, phrase)
        if end == at or finish == end or not self.draft.changes or r[finish].kind not in ("stop", "comma"):
            return 0
        if set(phrase.changes) == {"weight"} and not (phrase.scales or phrase.colours):
            for one in self.subjects:  # `bigger, but not heavier`
                if one in self.draft.old_ids:
                    self.draft.update(one, mass=mass_of(self.draft.before.thing(one)), weight=1.0)
        elif phrase.scales or set(phrase.changes) - {"material"}:
            return 0
        r.use(at, finish)
        return finish - at

    def tip_over(self, at: int) -> int:
        """`knock one over`, `tip it over`, where nothing is said to do it: a ball flies at it."""
        r, end = self.r, at + 1
        if not self.draft.editing or not r.word(at, "knock", "tip", "push", "topple") or not self.starts_clause():
            return 0
        group, phrase = self._group(), self.nouns.read(end)
        one = r.word(end, "one") or (r[end].kind == "number" and r[end].shown == "one")
        if one:
            end += 1 + 2 * (r.word(end + 1, "of") and r.word(end + 2, "them"))
        elif phrase is not None and phrase.definite:
            end = phrase.end
        else:
            return 0
        if not r.word(end, "over", "down") or r.word(end + 1, "with", "using", "by") or (one and group is None):
            return 0
        ids = self.draft.resolve(phrase) if phrase is not None and not one else []
        if one and group is not None:
            ids = [self.draft.split_off(group, 0)]
        ids = [each for each in ids if each != FLOOR]
        if not ids:
            return 0
        made = self.create(Phrase(at, at, "ball", "ball", det="a", changes={"weight": 3.0}))
        self.draft.move(made[0], "thrown", target=ids[-1], speed=6.0)
        self.subjects, self.edited = made, True
        self.draft.mention([*made, *ids])
        r.use(at, end + 1)
        return end + 1 - at

    def verb(self, at: int) -> int:
        """A new clause: `put the ball on the table and make it red` is about the ball."""
        if self.verb_word in ("put", "move") and self.clause_break and self.subjects and self.r.is_cat(at, "verb"):
            self.draft.mention([one for one in self.subjects if one != FLOOR and self.draft.scene.has(one)])
        found = self.r.match(at, "verb")
        after = at + found[1] if found is not None else at
        if found is not None and found[0].value == "make" and self.draft.editing and self._property_next(after):
            before, self.verb_word = self.verb_word, "make"
            if step := self._property_of(after):
                self.r.use(at, after)
                return after - at + step
            self.verb_word = before
        if (
            found is not None
            and found[0].value == "restart"
            and self.r.word(after, "except", "but")
            and self.draft.editing
        ) and (step := self._noun_goes(at + 1)):
            self.r.use(at, at + 1)
            self.edited = True
            return 1 + step
        return super().verb(at)

    def bare_change(self, at: int) -> int:
        """`heavier, please`, `faster!`, `red instead`, `and now at 45 degrees`: of what was spoken of last."""
        r = self.r
        if not self.draft.editing or self.subjects or self.sentence_ids or self.about_floor or self.about_gravity:
            return 0
        angle = r.word(at, "at", "from") and r[at + 1].dimension == "angle"
        adjective = r.is_cat(at, "colour", "shade", "size", "weight", "pace", "dimfactor", "surface", "slope", "degree")
        stuff = r.match(at, "material")
        adjective = adjective or (stuff is not None and r[at + stuff[1]].kind == "stop")
        way = r.match(at, "dir")
        if (
            way is not None
            and way[0].value in ("left", "right", "up", "back", "forward")
            and self.pending_motion is None
        ):
            moving = [one for one in self.draft.resolve(Phrase(at, pron="it")) if one != FLOOR and self._moves(one)]
            follows = r[at + way[1]].kind in ("stop", "comma") or r.word(at + way[1], "instead", "now", "please")
            if moving and follows and not self.unknown_subject:
                self.subjects, self.edited = moving, True
                return self.direction(at)
        done = r.is_cat(at, "verb") and self._property_next(at + 1)  # `double the speed of the left one`: a verb's
        factor = (r.is_cat(at, "factor") and not done) or (r[at].kind == "number" and r.is_cat(at + 1, "times"))
        _, after = self._factor(at)
        if r.word(after + r.word(after, "as"), "many"):
            return 0  # `twice as many marbles`: of those
        back = at - 1
        while back >= 0 and r[back].kind not in ("stop", "comma"):
            if not r.used[back] and r[back].text not in FILLERS:
                return 0  # it belongs to something that was not understood
            back -= 1
        if not (angle or adjective or factor) or self.pending_motion is not None or self.unknown_subject:
            return 0
        if adjective and (self.nouns.read(at) is not None or self.nouns.head_follows(at)):
            return 0
        it = [one for one in self.draft.resolve(Phrase(at, pron="it")) if one != FLOOR]
        if r.is_cat(at, "pace") and not any(map(self._moves, it)):  # `slower`: what moves
            moving = [one for one in self.draft.mentions if self.draft.scene.has(one) and self._moves(one)]
            it = moving[-1:] or it
        self.subjects, verb = it, self.verb_word
        self.verb_word = verb or "make"
        step = 0
        if it:
            step = (
                self.comparison(at)
                or (self._at_angle(at, it) if angle else 0)
                or (self.predicate(at) if adjective else 0)
            )
        if not step:
            self.subjects, self.verb_word = [], verb
            return 0
        self.edited = True
        return step

    def spring_constant(self, at: int) -> int:
        """`change k to 200 N/m`."""
        r = self.r
        value = at + 1 + r.word(at + 1, "to", "of", "is", "be")
        if not r.word(at, "k") or r[value].dimension != "stiffness":
            return 0
        before, self.subjects = self.subjects, self._owners("stiffness")
        step = self._assign("stiffness", r[value].value) if self.subjects else 0
        if not step:
            self.subjects = before
            return 0
        self.edited = self.edited or self.draft.editing
        r.use(at, value + 1)
        return value + 1 - at

    def _about(self, at: int, verb: str) -> int:
        return (
            self.all_but(at)
            or self.some_alike(at)
            or self.extreme(at)
            or self.spring_constant(at)
            or super()._about(at, verb)
        )

    def motion_phrase(self, at: int) -> int:
        """`put the ball on the box and push it`: the ball."""
        pushed = self.verb_word in ("put", "move") and self.clause_break and self.r.is_cat(at, "motion")
        if pushed and self.subjects:
            self.draft.mention([one for one in self.subjects if one != FLOOR and self.draft.scene.has(one)])
        return super().motion_phrase(at)

    def other_way(self, at: int) -> int:
        """`the other direction`, `the opposite way round`, `backwards instead`: what moves or turns, does so back."""
        r, end = self.r, at
        if not self.draft.editing:
            return 0
        end += r.word(end, "in")
        end += r.word(end, "the")
        if not r.word(end, "other", "opposite", "reverse") or not r.word(end + 1, "direction", "way"):
            return 0
        end += 2 + r.word(end + 2, "round", "around")
        there = [one for one in (self.subjects or self.draft.mentions) if one != FLOOR and self.draft.scene.has(one)]
        moving = [one for one in there if self.draft.scene.thing(one).motion is not None][-1:]
        for one in moving:
            motion = self.draft.scene.thing(one).motion
            assert motion is not None
            if motion.target is not None or motion.direction in ("up", "down") or motion.kind not in _TURNED_BACK:
                return 0
            back = {"left": "right", "right": "left", "forward": "back", "back": "forward"}.get(
                motion.direction, "left"
            )
            turned = {"spin": -(motion.spin or 8.0)} if motion.kind == "spinning" else {"direction": back}
            self.draft.update(one, motion=replace(motion, **turned))
        if not moving:
            return 0
        self.subjects, self.edited = moving, True
        r.use(at, end)
        return end - at

    def _at_angle(self, at: int, ids: list[int]) -> int:
        """`now at 45 degrees`: how it is thrown, or how it stands."""
        degrees = self.r[at + 1].value
        for one in ids:
            thing = self.draft.scene.thing(one)
            if thing.motion is not None and thing.motion.kind in ("thrown", "moving") and not thing.place:
                side = thing.motion.direction if thing.motion.direction in ("left", "right") else ""
                self.draft.move(one, "thrown", angle_deg=degrees, direction=side)
            elif thing.kind in ("pendulum", "ramp", "rope", "chain") or self._on_ramp(one) != one:
                self.draft.update(self._on_ramp(one), tilt_deg=degrees)
            else:
                return 0
        self.r.use(at, at + 2)
        return 2

    def with_phrase(self, at: int) -> int:
        """`with two poles`, as a follow-up: what was spoken of last has them."""
        begins = at == 0 or self.r[at - 1].kind == "stop" or (at == 1 and self.r.word(0, "now", "and", "but", "again"))
        if self.draft.editing and begins and not self.subjects and self.r.word(at, "with"):
            self.subjects = [one for one in self.draft.resolve(Phrase(at, pron="it")) if one != FLOOR]
            step = (self.described_part(at) or super().with_phrase(at)) if self.subjects else 0
            if step > 1:
                self.edited = True
                return step
            self.subjects = []
        return super().with_phrase(at)

    def _turn_over(self, kind: str, targets: list[int]) -> None:
        """`put the red cube on the blue one`, which stands on the red one: first it gets down."""
        for target in targets if kind in ("on", "inside", "above") and self.draft.editing else ():
            if target == FLOOR or target not in self.draft.old_ids:
                continue
            thing = self.draft.scene.thing(target)
            kept = tuple(one for one in thing.place if not set(one.targets) & set(self.subjects))
            if kept != thing.place:
                self.draft.update(target, place=kept)

    def _relate(self, kind: str, targets: list[int], distance: float | None = None, *, each: bool = False) -> None:
        """`a seesaw with a box at the left end`: on it, at that end."""
        carrier = self.carried_by[0] if self.carried_by is not None else FLOOR
        if kind in ("left", "right") and targets == [carrier] and self._kind_of(carrier) == "seesaw":
            kind = "other_end" if kind == "left" else "end"
        self._turn_over(kind, targets)
        super()._relate(kind, targets, distance, each=each)

    def _hanging_by(self, at: int) -> int:
        before = self.draft.scene, list(self.draft.mentions), list(self.subjects), list(self.sentence_ids)
        step = super()._hanging_by(at)
        if not step:  # what was made for it is taken back
            self.draft.scene, self.draft.mentions, self.subjects, self.sentence_ids = before
        return step

    def to_a_place(self, at: int) -> int:
        """`move it to (0, 1)`."""
        if self.verb_word not in ("move", "put") or not self.subjects or self.r[at + 1].kind != "vector":
            return 0
        step = self.vector(at + 1) if self.r.word(at, "to", "at") else 0
        self.r.use(at, at + 1 + step)
        return 1 + step if step else 0

    def subset(self, at: int) -> int:
        """Some of a group, or one of it."""
        return self._one_of_several(at) or self.one_of_them(at) or super().subset(at)

    def _as_many_more(self, at: int) -> int:
        """`10 more`, of what was named last; `two more on top` of a tower, `two more at the end` of a row."""
        number = self.r[at].kind == "number" and self.r.word(at + 1, "more")
        ids = self.draft.resolve(Phrase(at, pron="it")) if number and self.draft.editing else []
        if not ids:
            return 0
        thing = self.draft.scene.thing(ids[-1])
        many = [self.draft.scene.thing(one) for one in self.draft.mentions if self.draft.scene.has(one)]
        if thing.total == 1 and KINDS[thing.kind].carries and (several := [one for one in many if one.total > 1]):
            thing = several[-1]  # `pour ten more in`: not ten more bins
        self.draft.update(thing.id, count=min(201, thing.count + max(0, int(self.r[at].value))))
        if thing.count + self.r[at].value > 200:
            raise SceneInvalid("more than 200 of them are too many", hint="Ask for fewer.")
        self.edited = True
        where = self.r.match(at + 2, "barerel")
        fits = {"stack": ("on",), "row": ("end", "right")}.get(thing.arrange, ())
        length = 2 + (where[1] if where is not None and where[0].value in fits else 0)
        self.r.use(at, at + length)
        return length

    def world_switch(self, at: int, *, on: bool) -> int:
        """`without motors`: also of machines that come with them."""
        step = super().world_switch(at, on=on)
        feature = [i for i in range(at, at + step) if self.r.is_cat(i, "feature")]
        if feature and self.r.match(feature[0], "feature")[0].value == "motors":  # type: ignore[index]
            for thing in self.draft.scene.things:
                if KINDS[thing.kind].sort == "robot" and not on:
                    self.r.miss(feature)
                elif KINDS[thing.kind].sort == "machine":
                    self.draft.update(thing.id, unpowered=not on)
        return step
