"""What should not happen: `so it doesn't slide`, `don't let it fall over`, `stop it`."""

from __future__ import annotations

import math

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.rules.amounts import Amounts
from py_remote_viewer.scenes.create.things.description import FLOOR
from py_remote_viewer.scenes.create.things.sizes import ramp_angle_deg

_NOT = (
    "doesn't", "don't", "won't", "can't", "cannot", "never", "shouldn't", "isn't", "aren't", "doesnt", "dont", "wont",
)  # fmt: skip
_TAIL = (
    "down",
    "over",
    "off",
    "away",
    "anymore",
    "around",
    "at",
    "all",
    "any",
    "more",
    "longer",
    "again",
    "it",
    "from",
    "there",
    "so",
    "easily",
)
_KINDS = {"slip": "sliding", "slips": "sliding", "slipping": "sliding", "bounce": "bouncing", "jump": "bouncing"}

_STOPPING = ("wall", "bin", "box", "door", "pillar")


class Restraints(Amounts):
    """Rules for what is kept from moving."""

    def _main(self) -> int:
        there = [one for one in self.draft.mentions if self.draft.scene.has(one)]
        groups = [one for one in there if self.draft.scene.thing(one).total > 1]
        return (groups or there)[-1]

    def kept_from(self, at: int) -> int:
        """`so it doesn't slide`, `don't let it fall over`, `keep it from rolling away`, `without sliding`."""
        r, end = self.r, at
        if not any(r.word(ahead, *_NOT, "not", "no", "from", "without") for ahead in range(at, at + 10)):
            return 0
        end += r.word(end, "so")
        end += r.word(end, "that", "such") and end > at
        whom = [one for one in self.subjects if one != FLOOR]
        letting = r.word(end, *_NOT, "not") and r.word(end + 1, "let", "allow")
        holding = (r.word(end, "keep", "prevent", "stop") and not r.word(end + 1, "the")) or (
            r.word(end, "keep", "prevent", "stop")
        )
        if letting or holding:
            phrase = self.nouns.read(end + (2 if letting else 1))
            if phrase is None or not phrase.definite:
                return 0
            whom, end = self.draft.resolve(phrase), phrase.end
            if holding and not r.word(end, "from"):
                return 0
            end += r.word(end, "from", "to")
        else:
            phrase = self.nouns.read(end) if not r.word(end, *_NOT, "without") else None
            if phrase is not None:
                if not phrase.definite or not r.word(
                    phrase.end, *_NOT, "does", "do", "will", "should", "no", "not", "stays"
                ):
                    return 0
                whom, end = self.draft.resolve(phrase) or whom, phrase.end
            if r.word(end, *_NOT, "without"):
                end += 1
            elif (r.word(end, "does", "do", "will", "should", "can") and r.word(end + 1, "not")) or (
                r.word(end, "no") and r.word(end + 1, "longer")
            ):
                end += 2
            else:
                return 0
        found = r.match(end, "motion")
        kind, length = (found[0].value, found[1]) if found is not None else (_KINDS.get(r[end].text, ""), 1)
        whom = [one for one in whom or [self._main()] if one != FLOOR] if self.draft.scene.things else []
        if not kind or not whom:
            return 0
        end += length
        while r.word(end, *_TAIL):
            end += 1
        if not self._prevent(whom, kind, toppling="over" in (r[end - 1].text, r[end - 2].text)):
            return 0
        self.edited = self.edited or self.draft.editing
        r.use(at, end)
        return end - at

    def _prevent(self, whom: list[int], kind: str, *, toppling: bool) -> bool:
        """Take the motion away, and give what it takes to prevent it; False where nothing here would."""
        done = False
        if kind == "sliding":  # `a box on a ramp that doesn't slide`: the box
            carried = [
                thing.id
                for thing in self.draft.scene.things
                if any(r.kind == "on" and r.targets[0] in whom for r in thing.place)
            ]
            fixed = all(KINDS[self._kind_of(one)].sort == "furniture" for one in whom)
            whom = carried if fixed and carried else whom
        for one in whom:
            thing = self.draft.scene.thing(one)
            ramp = next(
                (self.draft.scene.thing(t) for r in thing.place for t in r.targets if t != FLOOR and r.kind == "on"),
                None,
            )
            slope = ramp_angle_deg(ramp) if ramp is not None and ramp.kind == "ramp" else 0.0
            rolls = KINDS[thing.kind].sort == "solid" and not KINDS[thing.kind].carries
            if kind == "bouncing":
                self.draft.update(one, bounce=0.0)
                done = True
            elif kind == "sliding" and not rolls:
                grip = round(math.tan(math.radians(slope)) + 0.3, 2)
                motion = (
                    None if thing.motion is not None and thing.motion.kind in ("sliding", "moving") else thing.motion
                )
                self.draft.update(
                    one, friction=max(thing.friction if thing.friction is not None else 0.7, grip), motion=motion
                )
                done = True
            elif thing.motion is not None and (
                thing.motion.kind == kind or kind == "moving" or (toppling and thing.motion.kind == "toppled")
            ):
                self.draft.update(one, motion=None)
                done = not slope or not rolls
            elif toppling and (thing.label or thing.total > 1) and thing.motion is None and self.draft.editing:
                self.draft.changes += 1
                done = True
        return done

    def world_switch(self, at: int, *, on: bool) -> int:
        """Gravity, wind, motors, and friction: without it nothing grips."""
        end = at + self.r.word(at, "the", "all", "any")
        if self.r.word(end, "friction") and self.draft.scene.things:
            against = any(self.r.word(one, "vs", "versus") for one in range(len(self.r)))
            own = against and bool(self.attached)  # `… versus a ball on a slope without friction`: on that one
            for thing in self.draft.scene.things:
                if thing.id in self.attached if own else KINDS[thing.kind].sort in ("solid", "furniture"):
                    self.draft.update(thing.id, friction=None if on else 0.0)
            if not own:
                self.world(floor_friction=None if on else 0.0)
            self.edited = True
            self.r.use(at, end + 1)
            return end + 1 - at
        return super().world_switch(at, on=on)

    def stop_it(self, at: int) -> int:
        """`stop it`, `make the car stop`, `bring it to rest`: it no longer moves at the start."""
        r, end = self.r, at
        if not self.draft.editing:
            return 0
        whom = [one for one in self.subjects if one != FLOOR]
        if r.word(at, "stop", "freeze", "halt", "stops"):
            end = at + 1
            phrase = self.nouns.read(end)
            new = [one for one in self.sentence_ids if self.draft.scene.has(one) and one not in self.draft.old_ids]
            if r.word(at - 1, "to") and phrase is not None and any(self._kind_of(one) in _STOPPING for one in new):
                r.use(at - 1, phrase.end)  # `a wall at the bottom to stop it`: what the wall is for
                return phrase.end - at
            if phrase is not None and phrase.definite:
                whom, end = self.draft.resolve(phrase), phrase.end
            if r.word(end, "from"):
                return 0
            end += r.word(end, "moving", "rolling", "driving", "spinning", "sliding", "swinging")
            whom = whom or [one for one in self.draft.mentions if self.draft.scene.has(one)][-1:]
        elif r.word(at, "to") and r.word(at + 1, "a", "rest") and whom:
            end = at + 2 + (r.word(at + 1, "a") and r.word(at + 2, "stop", "halt", "standstill"))
        elif not (r.word(at, "still", "stationary") and self.verb_word in ("make", "put") and whom):
            return 0
        else:
            end = at + 1
        moving = [one for one in whom if one != FLOOR and self.draft.scene.thing(one).motion is not None]
        if not moving:
            return 0
        for one in moving:
            self.draft.update(one, motion=None)
        self.subjects, self.edited = moving, True
        self.draft.mention(moving)
        r.use(at, end)
        return end - at
