"""How it moves now, and how near it is: `slow it down`, `make it go left`, `even faster`, `closer to the box`."""

from __future__ import annotations

import math
from dataclasses import replace

from py_remote_viewer.scenes.create.layout.arrange import ring_of
from py_remote_viewer.scenes.create.layout.room import NEAR_GAP
from py_remote_viewer.scenes.create.lexicon.kinds import KINDS, USUAL_SPIN
from py_remote_viewer.scenes.create.rules.reversals import Reversals
from py_remote_viewer.scenes.create.things.description import FLOOR, Motion, Relation
from py_remote_viewer.scenes.create.things.footprints import footprint
from py_remote_viewer.scenes.create.things.phrase import Phrase

_GOING = ("go", "move", "drive", "run", "travel", "roll", "slide", "fly", "head", "spin", "turn", "swing", "rotate")
_JUMP_MPS = 3.0
_APART_M = 0.2  # between things that nobody put beside each other


class PaceEdits(Reversals):
    """Rules for speeds, directions and distances that a follow-up changes."""

    def slow_down(self, at: int) -> int:
        """`slow it down`, `speed the car up`, `slow down`: by half, and to twice."""
        r, end = self.r, at + 1
        if not self.draft.editing or not r.word(at, "slow", "speed") or not self.starts_clause():
            return 0
        phrase = self.nouns.read(end)
        ids = self.draft.resolve(phrase) if phrase is not None and phrase.definite else []
        end = phrase.end if phrase is not None and ids else end
        if not r.word(end, "down" if r.word(at, "slow") else "up"):
            return 0
        end += 1
        if not ids and (phrase := self.nouns.read(end)) is not None and phrase.definite:
            ids, end = self.draft.resolve(phrase), phrase.end
        ids = [one for one in ids or self.draft.resolve(Phrase(at, pron="it")) if one != FLOOR]
        ids = [one for one in ids if self.draft.scene.thing(one).motion is not None or self._kind_of(one) in USUAL_SPIN]
        if not ids:
            return 0
        factor, after = self._factor(end + r.word(end, "by", "to"))
        factor, end = (factor, after) if after > end + 1 else (0.5 if r.word(at, "slow") else 2.0, end)
        for one in ids:
            motion = self.draft.scene.thing(one).motion
            self.scale_property(one, "spin" if motion is None or motion.kind == "spinning" else "speed", factor)
        self.subjects, self.attached, self.edited = ids, list(ids), True
        self.draft.mention(ids)
        r.use(at, end)
        return end - at

    def scale_property(self, one: int, name: str, factor: float) -> None:
        """Also the spin of what was set spinning."""
        motion = self.draft.scene.thing(one).motion if one != FLOOR else None
        if motion is not None and motion.kind == "spinning" and name in ("speed", "spin"):
            self.draft.update(one, motion=replace(motion, spin=(motion.spin or 8.0) * factor))
            return
        sizes = KINDS[self._kind_of(one)].dims if one != FLOOR else {}
        if name in ("radius", "diameter") and "radius" not in sizes and not self.draft.scene.thing(one).dim("radius"):
            name = "size"  # of a ball, that is all of it
        super().scale_property(one, name, factor)

    def far_faster(self, at: int) -> int:
        """`way faster`, `a lot slower`, `even faster`, `a bit slower`: more or less than `faster` alone."""
        r = self.r
        degree = r.match(at, "degree")
        length = degree[1] if degree is not None else r.word(at, "even", "still") * 1
        pace = r.match(at + length, "pace") if length else None
        if pace is None or not r.word(at + length, "faster", "slower", "quicker") or not self.draft.editing:
            return 0
        if not self.subjects:
            self.subjects = [one for one in self.draft.resolve(Phrase(at, pron="it")) if one != FLOOR]
        before, self.verb_word = self.verb_word, self.verb_word or "make"
        step = self._ordinary(at + length) if self.subjects else 0
        if not step:
            self.verb_word = before
            return 0
        if degree is not None:
            more = degree[0].value if degree[0].value >= 1.0 else -degree[0].value
            for one in self.subjects:
                if self._moves(one) or self._kind_of(one) in USUAL_SPIN:
                    self.scale_property(one, "speed", pace[0].value ** (more / 2))
        self.edited = True
        r.use(at, at + length + step)
        return length + step

    def go_on(self, at: int) -> int:
        """`make it go left`, `make it slide slower`: the verb says no more than what comes."""
        r = self.r
        if self.draft.editing and self.verb_word == "make" and r.used[at - 1] and r.word(at, *_GOING):
            moving = [one for one in self.subjects if one != FLOOR and self._moves(one)]
            ways = r.is_cat(at + 1, "dir") or r.word(at + 1, "faster", "slower", "quicker")
            if moving and ways and not r.is_cat(at + 1, "rel"):
                r.use(at, at + 1)
                return 1
        return super().go_on(at)

    def turn_back(self, at: int) -> int:
        """`reverse it`, `make it go backwards`: what moves, moves the other way."""
        r, end = self.r, at + 1
        if not self.draft.editing or not r.word(at, "reverse") or not self.starts_clause():
            return 0
        phrase = self.nouns.read(end) if not r.word(end, "its", "the") or not r.is_cat(end + 1, "property") else None
        end = phrase.end if phrase is not None else end
        ids = self.draft.resolve(phrase) if phrase is not None else self.draft.resolve(Phrase(at, pron="it"))
        end += r.word(end, "its", "the") + r.word(end + 1, "direction", "motion", "movement", "velocity", "speed")
        back = {"left": "right", "right": "left", "forward": "back", "back": "forward", "": "left"}
        moving = [one for one in ids if one != FLOOR and self._moves(one)]
        for one in moving:
            motion = self.draft.scene.thing(one).motion
            assert motion is not None
            if motion.target is not None or motion.direction not in back:
                return 0
            self.draft.update(one, motion=replace(motion, direction=back[motion.direction]))
        if not moving:
            return 0
        self.subjects, self.edited = moving, True
        r.use(at, end)
        return end - at

    def jump(self, at: int) -> int:
        """`make it jump`, `let the ball hop`: straight up."""
        r = self.r
        ids = [one for one in self.subjects if one != FLOOR and KINDS[self._kind_of(one)].sort == "solid"]
        if not self.draft.editing or self.verb_word != "make" or not ids or not r.word(at, "jump", "hop"):
            return 0
        if r[at + 1].kind not in ("stop", "comma") and not r.word(at + 1, "up"):
            return 0
        for one in ids:
            self.draft.update(one, motion=Motion("thrown", _JUMP_MPS, "up"))
        self.edited = True
        r.use(at, at + 1 + r.word(at + 1, "up"))
        return 1 + r.word(at + 1, "up")

    # --- nearer, and farther ----------------------------------------------------------------------------------------------

    def nearer(self, at: int) -> int:
        """`move the ball closer to the box`, `further away from it`, `closer together`."""
        r, end = self.r, at
        ids = [one for one in self.subjects if one != FLOOR]
        if not self.draft.editing or (ids and self.verb_word not in ("move", "put", "make")):
            return 0
        near = r.word(end, "closer", "nearer")
        if not near and not r.word(end, "further", "farther"):
            return 0
        end += 1
        end += r.word(end, "away") and not near
        together = r.word(end, "together", "apart")
        end += together
        ids = ids or [one for one in self.draft.resolve(Phrase(at, pron="them" if together else "it")) if one != FLOOR]
        other: list[int] = []
        if r.word(end, "to" if near else "from"):
            phrase = self.nouns.read(end + 1)
            other = self.draft.resolve(phrase, exclude=tuple(ids)) if phrase is not None else []
            if phrase is None or not other or other == [FLOOR]:
                return 0
            end = phrase.end
        elif r[end].kind not in ("stop", "comma") and not r.word(end, "and"):
            return 0
        if together and len(ids) > 1 and not other:
            ids, other = ids[1:2], ids[:1]
        group = [one for one in ids if self.draft.scene.thing(one).total > 1]
        if group and not other and len(ids) == 1:
            self._space(group, None, 0.4 if near else 2.5)
            r.use(at, end)
            self.subjects, self.edited = group, True
            return end - at
        if not ids:
            return 0
        if not self._bring(ids[-1], other[-1] if other else None, near=near):
            return 0
        self.subjects, self.attached, self.edited = ids, list(ids), True
        r.use(at, end)
        return end - at

    def _space(self, groups: list[int], value: float | None, factor: float) -> None:
        """Of a circle, it is the circle that is wider."""
        rings = [one for one in groups if value is None and self.draft.scene.thing(one).arrange == "circle"]
        for one in rings:
            thing = self.draft.scene.thing(one)
            foot = footprint(thing)
            touching = 1.45 * max(foot.x, foot.y) / math.sin(math.pi / max(2, thing.total))
            wanted = ring_of(thing) * (1.5 if factor > 1 else 0.7)
            self.draft.update(one, ring_radius=max(touching, wanted))
            self.edited = True
        super()._space([one for one in groups if one not in rings], value, factor)

    def _bring(self, one: int, other: int | None, *, near: bool) -> bool:
        """Half the distance, or twice; False where nothing says from what."""
        thing = self.draft.scene.thing(one)
        beside = ("left", "right", "front", "behind", "near")
        old = next((r for r in thing.place if r.kind in beside and FLOOR not in r.targets), None)
        if old is not None and (other is None or other in old.targets):
            now = NEAR_GAP if old.distance is None else old.distance
            new = replace(old, distance=now / 2 if near else max(2 * now, 2 * NEAR_GAP))
            self.draft.update(one, place=tuple(new if r is old else r for r in thing.place))
            return True
        if other is None:
            there = [each.id for each in self.draft.scene.things if each.id != one]
            other = there[0] if len(there) == 1 else None
        if other is None or (self.draft.scene.thing(other).place and thing.place):
            return False
        side = "left" if one < other else "right"
        self.draft.relate([one], Relation(side, (other,), _APART_M / 4 if near else 2.5 * _APART_M), instead=True)
        return True

    def take_off(self, at: int) -> int:
        """`take it out again`, of what is in something: beside it, and not away."""
        r = self.r
        phrase = self.nouns.read(at + 1) if r.word(at, "take", "get", "lift") and self.draft.editing else None
        ids = [one for one in self.draft.resolve(phrase) if one != FLOOR] if phrase is not None else []
        if phrase is None or not ids or not r.word(phrase.end, "out", "off"):
            return super().take_off(at)
        held = [
            (one, relation)
            for one in ids
            for relation in self.draft.scene.thing(one).place
            if relation.kind in ("inside", "on") and relation.targets[0] != FLOOR
        ]
        if not held or (r.word(phrase.end, "off") and not r.is_cat(phrase.end + 1, "noun", "det", "pron")):
            return super().take_off(at)
        end = phrase.end + 1
        end += r.word(end, "again")
        if r.word(phrase.end + 1, "of", "the") or r.is_cat(phrase.end + 1, "det", "pron"):
            holder = self.nouns.read(phrase.end + 1 + r.word(phrase.end + 1, "of"))
            end = holder.end if holder is not None else end
        for one, relation in held:
            self.draft.relate([one], Relation("near", relation.targets[:1]), instead=True)
        self.subjects, self.attached, self.edited = ids, list(ids), True
        self.draft.mention(ids)
        r.use(at, end)
        return end - at

    def draw_aside(self, at: int) -> int:
        """`pull it back further`, `release it from horizontal`: where what swings begins."""
        r, end = self.r, at
        if not self.draft.editing:
            return 0
        swings = ("pendulum", "rope", "chain", "swing_set", "ball")
        level = r.word(end, "from") and r.word(end + 1 + r.word(end + 1, "the", "a"), "horizontal")
        pulled = r.word(end, "pull", "draw", "swing", "lift") and self.starts_clause()
        if not level and not pulled:
            return 0
        phrase = self.nouns.read(end + 1) if pulled else None
        ids = (
            self.draft.resolve(phrase)
            if phrase is not None
            else self.subjects or self.draft.resolve(Phrase(at, pron="it"))
        )
        if pulled:
            end = phrase.end if phrase is not None else end + 1
            end += r.word(end, "back", "up", "out", "aside")
            if not r.word(end, "further", "farther", "more", "higher"):
                return 0
            end += 1
            end += r.word(end, "back", "up", "out", "aside")
            if r[end].kind not in ("stop", "comma") and not r.word(end, "and"):
                return 0
        else:
            end += 2 + r.word(end + 1, "the", "a") + r.word(end + 2, "position")
        found = [one for one in ids if one != FLOOR and self._kind_of(one) in swings]
        found = found or [thing.id for thing in self.draft.scene.things if thing.kind in swings[:4]][-1:]
        for one in found:
            now = self.draft.scene.thing(one).tilt_deg
            self.draft.update(one, tilt_deg=90.0 if level else min(90.0, 1.5 * (45.0 if now is None else now)))
        if not found:
            return 0
        self.subjects, self.attached, self.edited = found, list(found), True
        self.draft.mention(found)
        r.use(at, end)
        return end - at
