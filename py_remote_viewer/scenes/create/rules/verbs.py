"""What is done to things that are there: remove, make, move, turn, double, replace, stack."""

from __future__ import annotations

import itertools
from dataclasses import replace

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.lexicon.words import Entry
from py_remote_viewer.scenes.create.rules.with_rules import WithRules
from py_remote_viewer.scenes.create.things.description import FLOOR, Relation
from py_remote_viewer.scenes.create.things.phrase import Phrase

_EDITING = frozenset(
    {
        "change",
        "move",
        "lift",
        "sink",
        "double",
        "halve",
        "treble",
        "replace",
        "grow",
        "shrink",
        "turn",
        "spread",
        "flip",
        "steepen",
    }
)


class Verbs(WithRules):
    """Rules for verbs of change."""

    def verb(self, at: int) -> int:
        """`remove`, `make`, `move`, …: what happens to the noun that follows."""
        found = self.r.match(at, "verb")
        if found is None:
            return 0
        value, length = found[0].value, found[1]
        if self.r.is_cat(at, "noun") and self.r.match(at, "noun", "verb")[0].cat == "noun" and not self.starts_clause():  # type: ignore[index]
            return 0
        if (
            value in ("double", "halve", "treble")
            and not self.definite_follows(at + length)
            and not self._property_next(at + length)
        ):
            return 0
        if value == "stack" and (self.r.word(at + length, "of") or self.r[at + length].shown == ":"):
            return 0
        if value in ("without",):
            return self._without(at, length)
        if value in ("on", "off"):
            return self._switch(at, length, value)
        if value == "restart":
            self.draft.scene = type(self.draft.scene)()
            self.draft.mentions = []
            self.draft.changes += 1
            self.r.use(at, at + length)
            return length
        if value == "weigh":
            return self._weigh(at, length)
        if value == "remove":
            return self._remove(at, length)
        motion = self.r.match(at, "motion")
        if motion is not None and value in ("move",) and self.r.word(at, "slide", "slides"):
            return 0
        if value in ("turn",) and self.subjects and not self.starts_clause():
            return 0
        if not self.starts_clause() and value not in ("make", "put", "add", "create"):
            return 0
        self.verb_word = value
        self.r.use(at, at + length)
        if value == "lineup":
            return length + self._arrange_named(at + length, "row")
        if value == "stack":
            return length + self._stack(at + length)
        if value == "replace":
            return length + self._replace(at + length)
        if value in ("double", "halve", "treble"):
            return length + self._multiply(at + length, {"double": 2.0, "halve": 0.5, "treble": 3.0}[value])
        if value in _EDITING or (value in ("make", "put") and self.definite_follows(at + length)):
            return length + self._about(at + length, value)
        return length

    def _property_next(self, at: int) -> bool:
        """`the size of`, `its mass`, `the number of`."""
        return self.r.word(at, "the", "its", "their") and (
            self.r.is_cat(at + 1, "property", "dim") or self.r.word(at + 1, "number", "amount")
        )

    def _about(self, at: int, verb: str) -> int:
        """The thing that a verb of change is about."""
        step = self.world_property(at)
        if step:
            return step
        step = self._property_of(at) or self.part_reference(at)
        if step:
            return step
        if step := self.subset(at):
            return step
        phrase = self.nouns.read(at)
        if phrase is None:
            return 0
        if phrase.det in ("a", "another", "some") and verb in ("make", "put", "turn", "move"):
            return 0
        ids = self.existing(phrase)
        if not ids:
            return 0
        self.r.use(phrase.start, phrase.end)
        if ids == [FLOOR]:
            self.floor_adjectives(phrase)
            self.about_floor = True
            return phrase.end - at
        self.subjects, self.index, self.edited = ids, phrase.ordinal, True
        if verb in ("put", "move", "lift", "sink") and phrase.ordinal is not None:
            self._single_out([])
            ids = self.subjects
        self.attached = list(ids)
        self.draft.mention(ids)
        self._verb_alone(verb, phrase.end)
        return phrase.end - at

    def _verb_alone(self, verb: str, end: int) -> None:
        """What a verb does by itself, before the words after it say more."""
        for one in self.subjects:
            if verb == "grow" and not self.r.is_cat(end, "property", "dim"):
                self.draft.rescale(one, "all", 1.4)
            elif verb == "shrink":
                self.draft.rescale(one, "all", 0.7)
            elif verb == "spread":
                thing = self.draft.scene.thing(one)
                self.draft.update(one, spacing=max(2.5 * (thing.spacing or 0.0), 0.25))
            elif verb == "flip":
                self.draft.update(one, yaw_deg=self.draft.scene.thing(one).yaw_deg + 180.0)
            elif verb == "steepen":
                self.draft.update(one, tilt_deg=min(60.0, 1.5 * (self.draft.scene.thing(one).tilt_deg or 20.0)))
            elif verb in ("lift", "sink") and not self._distance_within(end):
                shift = self.draft.scene.thing(one).shift
                amount = 0.3 if verb == "lift" else -0.3
                self.draft.update(one, shift=(shift[0], shift[1], shift[2] + amount))
        if verb in ("lift", "sink", "move"):
            self.moving = verb

    def _remove(self, at: int, length: int) -> int:
        """A hook for the rules above."""
        return 0

    def _more_to_remove(self, at: int) -> bool:
        phrase = self.nouns.read(at)
        return phrase is not None and phrase.definite and not self.r.is_cat(at, "verb")

    def _without(self, at: int, length: int) -> int:
        step = self.world_switch(at + length, on=False)
        if step:
            self.r.use(at, at + length)
            return length + step
        phrase = self.nouns.read(at + length)
        if phrase is None or phrase.kind not in KINDS or self.draft.resolve(phrase):
            return 0
        self.denied.update(range(at, phrase.end))  # `a box without a lid`: there is none
        self.r.use(at, phrase.end)
        return phrase.end - at

    def _switch(self, at: int, length: int, value: str) -> int:
        step = self.world_switch(at + length, on=value == "on")
        if step:
            self.r.use(at, at + length)
            return length + step
        return 0

    def _weigh(self, at: int, length: int) -> int:
        token = self.r[at + length]
        if token.kind == "quantity" and token.dimension == "mass" and self.subjects:
            nearest = self.attached if self.r.word(at, "weighing") and self.r.is_cat(at - 1, "noun") else []
            for one in nearest or self.subjects:
                self.draft.update(one, mass=token.value)
            self.r.use(at, at + length + 1)
            return length + 1
        if token.kind == "quantity" and token.dimension == "force" and self.subjects and token.value > 0:
            for one in self.subjects:
                self.draft.update(one, mass=token.value / 9.81)
            self.r.use(at, at + length + 1)
            return length + 1
        if self.subjects and (step := self.comparison(at + length)):
            self.r.use(at, at + length)
            return length + step
        return 0

    def _arrange_named(self, at: int, arrange: str) -> int:
        phrase = self.nouns.read(at)
        if phrase is None:
            return 0
        ids = self.existing(phrase, required=False) if phrase.definite else []
        if not ids and phrase.kind in KINDS:
            ids = self.create(phrase)
        for one in ids:
            self.draft.update(one, arrange=arrange)
        self.subjects = ids
        self.r.use(phrase.start, phrase.end)
        return phrase.end - at

    def _stack(self, at: int) -> int:
        phrase = self.nouns.read(at)
        if phrase is None:
            return 0
        if phrase.definite:
            ids = self.existing(phrase)
            self.edited = True
            if len(ids) > 1:
                ids = sorted(ids, key=lambda one: self._kind_of(one) in ("ball", "cone"))  # nothing stands on these
                for below, above in itertools.pairwise(ids):
                    self.draft.relate([above], Relation("on", (below,)), instead=True)
        else:
            if phrase.kind not in KINDS:
                return 0
            ids = self.create(phrase)
        for one in ids:
            if self.draft.scene.thing(one).count > 1:
                self.draft.update(one, arrange="stack")
        self.subjects = ids
        self.r.use(phrase.start, phrase.end)
        return phrase.end - at

    def _replace(self, at: int) -> int:
        """`the box with a ball`."""
        old = self.nouns.read(at)
        ids = self.existing(old) if old is not None else []
        if old is None or not ids or not self.r.word(old.end, "with", "by", "for"):
            return 0
        new = self.nouns.read(old.end + 1)
        if new is None or new.kind not in KINDS:
            return 0
        self.edited = True
        for one in ids:
            before = self.draft.scene.thing(one)
            if new.count is None and before.count > 1 and (new.plural or before.arrange):
                new.count = before.count
            (made,) = self.create(new)[:1]
            after = replace(
                self.draft.scene.thing(made),
                id=one,
                place=before.place,
                at=before.at,
                arrange=before.arrange or self.draft.scene.thing(made).arrange,
                label=before.label,
                motion=self.draft.scene.thing(made).motion or before.motion,
            )
            scene = self.draft.scene
            things = tuple(after if thing.id == one else thing for thing in scene.things if thing.id != made)
            self.draft.scene = replace(scene, things=things)
            self.draft.mention([one])
            self.subjects = [one]
        self.r.use(at, new.end)
        return new.end - at

    def _multiply(self, at: int, factor: float) -> int:
        """`double the size of the box`, `double the balls`, `halve the gravity`."""
        self.factor = factor
        step = self.world_property(at)
        if step:
            return step
        step = self._property_of(at)
        if step:
            return step
        phrase = self.nouns.read(at)
        if phrase is None:
            return 0
        ids = self.existing(phrase)
        self.edited = True
        for one in ids:
            thing = self.draft.scene.thing(one)
            self.draft.update(one, count=max(1, round(thing.count * factor)))
        self.subjects, self.factor = ids, None
        self.r.use(phrase.start, phrase.end)
        return phrase.end - at

    def _property_of(self, at: int) -> int:
        """`the mass of the box`, `the box's colour`, `its size`: subjects and property, for what follows."""
        r, start = self.r, at
        if r.word(at, "the", "its", "their"):
            own = r[at].text in ("its", "their")
            found = r.match(at + 1, "property", "dim")
            if found is None and r.word(at + 1, "number", "amount"):
                found = (type(r.match(at, "det", "pron")[0])("dim", "count"), 1)  # type: ignore[index]
            if found is not None:
                name, end = found[0].value, at + 1 + found[1]
                if own:
                    ids = self.draft.resolve(Phrase(at, at, pron="it" if r[at].text == "its" else "them"))
                elif r.word(end, "of"):
                    phrase = self.nouns.read(end + 1)
                    if phrase is None:
                        return 0
                    ids = self.existing(phrase)
                    if ids == [FLOOR]:
                        self.about_floor = True
                        ids = []
                    end = phrase.end
                    self.index = phrase.ordinal
                elif (
                    r.word(end, "to", "by", "=")
                    or r[end].kind in ("quantity", "number")
                    or self.verb_word in ("grow", "shrink", "double", "halve", "treble")
                ):
                    ids = self._owners(name)
                else:
                    return 0
                return self._set_property(start, end, ids, name)
        phrase = self.nouns.read(at)
        if phrase is not None and r.word(phrase.end, "s"):
            found = r.match(phrase.end + 1, "property", "dim")
            if found is not None:
                ids = self.existing(phrase)
                return self._set_property(start, phrase.end + 1 + found[1], ids, found[0].value)
        return 0

    def _owners(self, name: str) -> list[int]:
        """Whose `angle`, `friction`, `size` is meant where nobody is named: a ramp's angle, else that of `it`."""
        there = [one for one in self.draft.mentions if self.draft.scene.has(one)]
        if name == "tilt":
            there = [one for one in there if self.draft.scene.thing(one).kind in ("ramp", "pendulum")] or there
        if name == "stiffness":
            there = [one for one in there if self.draft.scene.thing(one).kind == "spring"] or there
        return there[-1:]

    def _set_property(self, start: int, end: int, ids: list[int], name: str) -> int:
        self.r.use(start, end)
        self.edited = True
        self.subjects, self.property_name = ids or self.subjects, name
        if ids:
            self.draft.mention(ids)
        factor = self.factor
        if factor is None and self.verb_word in ("grow", "shrink") and not self._distance_within(end):
            factor = 1.5 if self.verb_word == "grow" else 0.67
        if factor is not None:
            for one in ids:
                self.scale_property(one, name, factor)
            self.factor = None
        return end - start

    def part_reference(self, at: int) -> int:
        """`the second link`, `the lower bob`: a part of the machine that was named."""
        r = self.r
        if not r.word(at, "the", "its"):
            return 0
        ordinal = r.match(at + 1, "ordinal")
        end = at + 1 + (ordinal[1] if ordinal is not None else 0)
        part = r.match(end, "part")
        if (
            part is None
            and r.word(end, "arm", "bar")
            and any(thing.kind == "pendulum" for thing in self.draft.scene.things)
        ):
            part = (Entry("part", "link"), 1)  # `the lower arm` of a pendulum
        owners = [
            one
            for one in self.draft.mentions
            if part and self.draft.scene.has(one) and self._has_part(self.draft.scene.thing(one).kind, part[0].value)
        ]
        if part is None or not owners or (r.is_cat(end, "noun") and r.match(end, "noun")[1] > part[1]):  # type: ignore[index]
            return 0
        self.subjects, self.edited = owners[-1:], self.edited or self.draft.editing
        self.index = ordinal[0].value if ordinal is not None else (-1 if not r[end].text.endswith("s") else None)
        self.draft.mention(owners[-1:])
        r.use(at, end + part[1])
        return end + part[1] - at
