"""Whom a change is about: `the ball and the box`, `one ball`, `every second block`; and what lies, stands and turns."""

from __future__ import annotations

from dataclasses import replace

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.rules.removal import EVERY
from py_remote_viewer.scenes.create.rules.several_edits import SeveralEdits
from py_remote_viewer.scenes.create.things.description import FLOOR, Override
from py_remote_viewer.scenes.create.things.elements import position
from py_remote_viewer.scenes.create.things.ties import stiffness_of

_SIDES = ("left", "right", "front", "behind", "near")


class OneAndBoth(SeveralEdits):
    """Rules for the subjects of a change, and for how they lie."""

    def _about(self, at: int, verb: str) -> int:
        """`make the ball and the box green`: both."""
        step = super()._about(at, verb)
        end = at + step
        while step and self.draft.editing and self.index is None and FLOOR not in self.subjects:
            joined = self.r.word(end, "and") or (self.r[end].kind == "comma" and self.r.word(end + 1, "the"))
            after = end + 1 + (self.r[end].kind == "comma" and self.r.word(end + 1, "and"))
            phrase = self.nouns.read(after) if joined and self.r.word(after, "the") else None
            if phrase is None or phrase.ordinal is not None or self.part_follows(after):
                break
            ids = [one for one in self.draft.resolve(phrase) if one != FLOOR and one not in self.subjects]
            if not ids or phrase.ordinal is not None:
                break
            self.subjects = [*self.subjects, *ids]
            self.attached = list(self.subjects)
            self.draft.mention(self.subjects)
            self.r.use(end, phrase.end)
            end = phrase.end
        return end - at if step else 0

    def part_follows(self, at: int) -> bool:
        """Whether a part or a property stands at `at`, which is no thing of its own."""
        return self.r.is_cat(at + 1, "part", "property", "dim") and not self.r.is_cat(at + 1, "noun")

    def subset(self, at: int) -> int:
        """`paint one ball black`, `make two balls red`: so many of those that are there."""
        r, group = self.r, self._group()
        if self.draft.editing and group is not None and self.verb_word in ("change", "make") and r[at].kind == "number":
            thing, noun = self.draft.scene.thing(group), r.match(at + 1, "noun")
            count = int(r[at].value)
            if noun is not None and noun[0].value.kind == thing.kind and 0 < count < thing.total:
                free = self._free(group)
                step = self._are(
                    at, at + 1 + noun[1], group, (free if len(free) >= count else list(range(count)))[:count]
                )
                if step:
                    return step
        return super().subset(at)

    def another_kind(self, at: int) -> int:
        """`give it a red ball` makes no ball of it."""
        if any(self.r.word(back, "give", "let") for back in range(max(0, at - 5), at)):
            return 0
        return super().another_kind(at)

    def same_sort(self, at: int) -> int:
        """`give the car a car` makes no other car of it."""
        if any(self.r.word(back, "give", "let") for back in range(max(0, at - 5), at)):
            return 0
        return super().same_sort(at)

    def become(self, at: int) -> int:
        """Nor does `let`."""
        if any(self.r.word(back, "give") for back in range(max(0, at - 5), at)):
            return 0
        return super().become(at)

    # --- how they lie -----------------------------------------------------------------------------------------------------

    def _turned(self, one: int, degrees: float, words: list[str]) -> None:
        """`turn the last one by 90 degrees`: that one alone."""
        thing = self.draft.scene.thing(one)
        plain = KINDS[thing.kind].sort == "solid" and self.verb_word == "turn" and not self._tilts()
        if self.index is None or thing.total < 2 or not plain or not self.draft.editing:
            super()._turned(one, degrees, words)
            return
        own = Override(position(self.index, thing.total), yaw_deg=degrees)
        self.draft.update(one, overrides=(*thing.overrides, own))

    def turn_some(self, at: int) -> int:
        """`rotate every second block by 45 degrees`."""
        r, group = self.r, self._group()
        every = EVERY.get(r[at + 2].text) if r.word(at, "rotate", "turn") and r.word(at + 1, "every") else None
        if not self.draft.editing or group is None or every is None:
            return 0
        noun = r.match(at + 3, "noun")
        end = at + 3 + (noun[1] if noun is not None else r.word(at + 3, "one") or r[at + 3].shown == "one")
        end += r.word(end, "by")
        if r[end].dimension != "angle":
            return 0
        thing = self.draft.scene.thing(group)
        turned = tuple(Override(index, yaw_deg=r[end].value) for index in range(every - 1, thing.total, every))
        self.draft.update(group, overrides=(*thing.overrides, *turned))
        self.subjects, self.edited = [group], True
        r.use(at, end + 1)
        return end + 1 - at

    def lay_down(self, at: int) -> int:
        """`lay it down`, `stand the cylinder up`, `turn it around`."""
        r = self.r
        which = {"lay": "lying", "stand": "standing", "turn": "around", "spin": "around"}.get(r[at].text)
        phrase = self.nouns.read(at + 1) if which and self.draft.editing and self.starts_clause() else None
        ids = [one for one in self.draft.resolve(phrase) if one != FLOOR] if phrase is not None else []
        if phrase is None or not ids or not phrase.definite or which is None:
            return 0
        word = {"lying": ("down", "flat"), "standing": ("up", "upright"), "around": ("around", "round")}[which]
        ends = r[phrase.end + 1].kind in ("stop", "comma") or r.word(phrase.end + 1, "and")
        if not r.word(phrase.end, *word) or not ends:
            return 0
        for one in ids:
            thing = self.draft.scene.thing(one)
            if which == "around":
                self.draft.update(one, yaw_deg=thing.yaw_deg + 180.0)
                back = {"left": "right", "right": "left", "forward": "back", "back": "forward"}
                if thing.motion is not None and thing.motion.direction in back:
                    self.draft.update(one, motion=replace(thing.motion, direction=back[thing.motion.direction]))
            elif thing.kind in (
                "cylinder",
                "capsule",
                "stick",
                "disc",
                "plank",
                "domino",
                "brick",
                "plate",
                "box",
                "wheel",
            ):
                self.draft.update(one, pose=which)
            else:
                return 0
        self.subjects, self.attached, self.edited = ids, list(ids), True
        self.draft.mention(ids)
        r.use(at, phrase.end + 1)
        return phrase.end + 1 - at

    def _ordinary(self, at: int) -> int:
        """`make it fall slower`: how fast a thing falls is gravity's, and that is told."""
        falling = [
            one
            for one in self.subjects
            if one != FLOOR
            and (m := self.draft.scene.thing(one).motion) is not None
            and m.kind == "falling"
            and not m.speed
        ]
        pace = self.r.match(at, "pace")
        if falling and pace is not None and self.draft.editing:
            self.r.miss(list(range(at, at + pace[1])))
            return pace[1]
        return super()._ordinary(at)

    def _compared(self, at: int) -> tuple[str, bool, int] | None:
        """`twice as stiff`, `half as strong`: of a spring."""
        if self.r.word(at, "stiff", "strong", "soft") and any(
            KINDS[self._kind_of(one)].sort == "tie" or self._kind_of(one) == "spring"
            for one in self.subjects
            if one != FLOOR
        ):
            return "stiffness", self.r.word(at, "soft"), 1
        return super()._compared(at)

    def scale_property(self, one: int, name: str, factor: float) -> None:
        """Also of a spring between two things; and how high something falls from."""
        thing = self.draft.scene.thing(one) if one != FLOOR else None
        motion = thing.motion if thing is not None else None
        if thing is not None and name == "stiffness" and KINDS[thing.kind].sort == "tie":
            self.draft.update(one, stiffness=stiffness_of(self.draft.scene, thing) * factor)
        elif (
            thing is not None
            and name == "height"
            and motion is not None
            and motion.kind == "falling"
            and self.draft.editing
        ):
            self.draft.move(one, "", height=factor * (1.0 if motion.height is None else motion.height))
        else:
            super().scale_property(one, name, factor)

    def _turn_over(self, kind: str, targets: list[int]) -> None:
        """`move the cube to the right of the ball`, which stands right of the cube: first it stands by itself."""
        super()._turn_over("on" if kind in _SIDES else kind, targets)
