"""How far, and which way round: `a wall 3 m away`, `facing the wall`, `1 m left of the pivot`, `at the origin`."""

from __future__ import annotations

import math
from dataclasses import replace

from py_remote_viewer.scenes.create.lexicon.abilities import FRONTS
from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.rules.apiece import Apiece
from py_remote_viewer.scenes.create.things.description import FLOOR, Relation
from py_remote_viewer.scenes.create.things.footprints import footprint

_SIDES = {"left": "other_end", "right": "end"}
_MIDDLES = ("pivot", "middle", "center", "centre", "fulcrum", "axis", "hinge")
_VELOCITIES = {"left": "left", "right": "right", "up": "up", "down": "down"} | {
    "horizontal": "right",
    "lying": "right",
    "standing": "up",
}
_LEVERS = ("seesaw", "plank", "table", "platform", "bridge")

_WALLS_APART_M = 0.8


class Distances(Apiece):
    """Rules for distances whose other end is not said, or is a point of something."""

    def so_far_away(self, at: int) -> int:
        """`a ball rolling at a box 2 m away`, `a catapult and a wall, 3 m away`: from what was named before it."""
        r, start = self.r, at
        at += r.word(at, "from", "at")
        named = at + 2 + r.word(at, "a") if r.word(at + r.word(at, "a"), "distance") else at
        if named > at and not r.word(named - 1, "of"):
            return 0
        at = named
        token, end = r[at], at + 1
        behind = r.word(end, "away", "off", "distant") or (at > start and r.word(end, "distance"))
        if token.kind != "quantity" or token.dimension != "length" or not (behind or named > start + 1):
            return 0
        end += behind
        if r.word(end, "from", "of", "to") and not r.word(end + 1, "it"):
            return 0
        end += 2 * r.word(end, "from")
        far = [one for one in (self.attached or self.draft.mentions)[-1:] if one != FLOOR and self.draft.scene.has(one)]
        if not far:
            return 0
        movers = [thing.id for thing in self.draft.scene.things if thing.motion and thing.motion.target == far[0]]
        placed = self.draft.scene.thing(far[0]).place
        before = [one for one in self.draft.mentions if one not in far and self.draft.scene.has(one)]
        if movers:
            motion = self.draft.scene.thing(movers[-1]).motion
            side = {"left": "right", "forward": "behind", "back": "front"}.get(
                motion.direction if motion else "", "left"
            )
            self.draft.relate(movers[-1:], Relation(side, (far[0],), token.value), instead=False)
        elif placed and placed[-1].kind in ("left", "right", "front", "behind", "near") and placed[-1].distance is None:
            kind = "right" if placed[-1].kind == "near" else placed[-1].kind
            changed = Relation(kind, placed[-1].targets, token.value)
            self.draft.update(far[0], place=(*placed[:-1], changed))
        elif before and not placed:
            from_what = next((one for one in self.subjects if one in before), before[-1])
            self.draft.relate(far, Relation("right", (from_what,), token.value), instead=False)
        else:
            return 0
        r.use(start, end)
        return end - start

    def facing(self, at: int) -> int:
        """`a catapult facing a wall`: the wall is before it; `facing each other`: one looks to the right, one to the left."""
        r = self.r
        end = at + 1 + r.word(at + 1, "towards", "toward")
        who = [one for one in self.subjects if one != FLOOR and self.draft.scene.has(one)]
        if not r.word(at, "facing", "faces", "face") or not who:
            return 0
        phrase = self.nouns.read(end)
        if phrase is None:
            return 0
        if phrase.pron == "each_other":
            return self._opposite(at, phrase.end, who)
        targets = self.related(phrase, end) if phrase.kind in ("", *KINDS) else []
        if not targets or targets == [FLOOR]:
            return 0
        self.subjects = who
        free = not any(self.draft.scene.thing(one).place for one in targets)
        if free and all(target not in self.draft.old_ids for target in targets):
            side = "front" if self._kind_of(who[-1]) in FRONTS else "right"
            self.draft.relate(targets, Relation(side, (who[-1],)), instead=False)
        elif not self.draft.scene.thing(who[-1]).place:
            self.draft.relate(who[-1:], Relation("left", tuple(targets)), instead=False)
        else:
            return 0
        self.attached, self.related_since = list(targets), True
        r.use(at, phrase.end)
        return phrase.end - at

    def _opposite(self, at: int, end: int, who: list[int]) -> int:
        """Two that look at each other: the right one is turned round; tokens taken."""
        walls = len(who) == 1 and self._kind_of(who[0]) == "wall" and self.draft.scene.thing(who[0]).total == 2
        if walls:  # their broad sides do: one stands behind the other
            self.draft.update(who[0], arrange="file", spacing=self.draft.scene.thing(who[0]).spacing or _WALLS_APART_M)
            self.r.use(at, end)
            return end - at
        if len(who) == 1 and self.draft.scene.thing(who[0]).total == 2:
            who = self._loosely_apart(who[0])
        if len(who) != 2 or any(self.draft.scene.thing(one).total != 1 for one in who):
            return 0
        first, second = who
        place = self.draft.scene.thing(second).place
        apart = end + (self.r[end].kind == "comma")
        said = self.r[apart].dimension == "length" and self.r.word(apart + 1, "apart")
        if not place:
            far = self.r[apart].value if said else 0.8
            self.draft.relate([second], Relation("right", (first,), far), instead=False)
            end = apart + 2 if said else end
        self.draft.update(second, yaw_deg=180.0)
        self.subjects, self.attached = who, []
        across = self.nouns.read(end + 1) if self.r.word(end, "across", "over") else None
        if across is not None and across.kind in ("table", "platform") and not place:
            carrier = self.related(across, end + 1)
            for one, spot in zip(who, ("other_end", "end"), strict=True):
                self.draft.update(one, place=(Relation(spot, tuple(carrier)),))
            self.attached = list(carrier)
            self.draft.mention(carrier)
            end = across.end
        self.r.use(at, end)
        return end - at

    def from_the_pivot(self, at: int) -> int:
        """`a child 1 m left of the pivot`, `at 0.5 m on the right`, `40 cm from the middle`: how far out on a seesaw."""
        r, start = self.r, at
        at += r.word(at, "at", "sitting", "standing", "placed")
        at += r.word(at, "at")
        token = r[at]
        who = [one for one in (self.attached or self.subjects)[-1:] if one != FLOOR and self.draft.scene.has(one)]
        if token.kind != "quantity" or token.dimension != "length" or not who:
            return 0
        lever = self._lever_of(who[0])
        if lever is None:
            return 0
        end, side = at + 1, ""
        while r.word(
            end, "to", "on", "the", "left", "right", "of", "from", "side", "hand", "its", "out", "away", *_MIDDLES
        ):
            side = r[end].text if r[end].text in _SIDES else side
            end += 1
        named = any(r.word(one, *_MIDDLES) for one in range(at + 1, end))
        if (not side and not named) or (named and not r.word(end - 1, *_MIDDLES, "left", "right", "side")):
            return 0
        while r.word(end, "left", "right") and not side:
            side, end = r[end].text, end + 1
        taken = {t.id: o for t in self.draft.scene.things for o in t.place if t.id != who[0] and lever in o.targets}
        kind = _SIDES[side] if side else "other_end" if any(o.kind == "end" for o in taken.values()) else "end"
        for other, place in taken.items():
            if place.kind == kind and other in self.unsided:
                turned = replace(place, kind="end" if kind == "other_end" else "other_end")
                self.draft.update(other, place=(turned,))
        self.unsided |= set() if side else {who[0]}
        self.draft.update(who[0], place=(Relation(kind, (lever,), token.value),), height=None)
        self.draft.mention([lever, who[0]])
        self.related_since = True
        r.use(start, end)
        return end - start

    def _lever_of(self, one: int) -> int | None:
        """What it stands on, where that has two sides; the seesaw that is there."""
        for relation in self.draft.scene.thing(one).place:
            target = relation.targets[0]
            if target != FLOOR and relation.kind in ("on", "end", "other_end") and self._kind_of(target) in _LEVERS:
                return target
        seesaws = [thing.id for thing in self.draft.scene.things if thing.kind == "seesaw" and thing.id != one]
        return seesaws[-1] if seesaws and not self.draft.scene.thing(one).place else None

    def at_the_origin(self, at: int) -> int:
        """`at the origin`, `in the middle of the scene`: where x and y are zero."""
        r = self.r
        if not r.word(at, "at", "in", "on") or not self.subjects:
            return 0
        end = at + 1 + r.word(at + 1, "the")
        if r.word(end, "origin"):
            end += 1
        elif r.word(end, "middle", "center", "centre") and r.word(end + 1, "of"):
            end += 2 + r.word(end + 2, "the")
            if not r.word(end, "scene", "world", "floor", "room", "ground") or r.is_cat(end, "noun"):
                return 0
            end += 1
        else:
            return 0
        one = (self.attached or self.subjects)[-1]
        if one == FLOOR or self.draft.scene.thing(one).place:
            return 0
        self.draft.update(one, at=(0.0, 0.0, None))
        r.use(at - r.word(at - 1, "sitting", "standing", "lying", "placed", "resting", "located"), end)
        return end - at

    def _places_of(self, one: int) -> int:
        thing = self.draft.scene.thing(one)
        return thing.groups if thing.groups > 1 else thing.total

    def corners_of_a_square(self, at: int) -> int:
        """`four boxes at the corners of a 2 m square`: a shape that is only thought, and the distance between their middles."""
        r, end = self.r, at + 1
        there = [one for one in self.subjects[-1:] if one != FLOOR and self._places_of(one) in (3, 4)]
        if not r.word(at, "at", "on", "in") or not there:
            return 0
        end += r.word(end, "the", "each", "all")
        end += r.word(end, "four", "three") or r[end].kind == "number"
        if (
            not r.word(end, "corners", "corner", "vertices")
            or not r.word(end + 1, "of")
            or not r.word(end + 2, "a", "an")
        ):
            return 0
        end += 3
        token = r[end]
        side = token.value if token.kind == "quantity" and token.dimension == "length" else None
        end += side is not None
        shape = r[end].text
        if (shape, self._places_of(there[0])) not in (("square", 4), ("triangle", 3)) or r.is_cat(end + 1, "noun"):
            return 0  # `of a square platform`: of a thing
        end += 1
        if r.word(end, "of", "with") and side is None:
            after = end + 1 + r.word(end + 1, "side", "sides", "edge")
            after += r.word(after, "length") + r.word(after + r.word(after, "length"), "of")
            side = r[after].value if r[after].kind == "quantity" and r[after].dimension == "length" else None
            end = after + 1 if side is not None else end
        across = 2 * footprint(self.draft.scene.thing(there[0])).x
        if shape == "square":
            gap = None if side is None else side - across
            gap = gap if gap is None or gap > 0 else None
            grouped = self.draft.scene.thing(there[0]).groups > 1
            how = {"group_arrange": "grid"} if grouped else {"arrange": "grid", "shape": (2, 2)}
            self.draft.update(there[0], spacing=gap, **how)
        else:
            self.draft.update(there[0], arrange="circle", ring_radius=None if side is None else side / math.sqrt(3))
        self.excused_numbers.update(range(at, end))
        r.use(at, end)
        return end - at

    def two_speeds(self, at: int) -> int:
        """`3 m/s to the right and 2 m/s up`: one velocity, of two parts."""
        r, end, last = self.r, at, at
        parts: dict[str, float] = {}
        while r.word(
            end, "with", "at", "a", "an", "initial", "velocity", "speed", "of", "having", "velocities", "speeds"
        ):
            end += 1
        while r[end].kind == "quantity" and r[end].dimension == "speed":
            found = r.match(end + 1, "dir", "pose", "barerel")
            side = _VELOCITIES.get(str(found[0].value) if found is not None else "", "")
            if found is None or not side:
                break
            parts[side] = r[end].value
            last = end + 1 + found[1]
            end = last + (r[last].kind == "comma")
            end += r.word(end, "and")
        sides = [side for side in parts if side in ("left", "right")]
        if len(parts) != 2 or len(sides) != 1 or not self.subjects:
            return 0
        rise = parts["up"] if "up" in parts else -parts["down"]
        along = parts[sides[0]]
        for one in self.subjects:
            speed, angle = math.hypot(along, rise), math.degrees(math.atan2(rise, along))
            self.draft.move(one, "thrown", speed=speed, direction=sides[0], angle_deg=angle)
        self.excused_numbers.update(range(at, last))
        r.use(at, last)
        return last - at

    def opposite_ways(self, at: int) -> int:
        """`two cars moving in opposite directions`, `away from each other`: one to the left, the other to the right."""
        r = self.r
        end = at + 3 if r.word(at, "in") and r.word(at + 1, "opposite") and r.word(at + 2, "directions", "ways") else at
        apart = r.word(at, "away") and r.word(at + 1, "from") and r.word(at + 2, "each") and r.word(at + 3, "other")
        end = at + 4 if apart else end
        who = [one for one in self.subjects if one != FLOOR and self.draft.scene.has(one)]
        if end == at or not who or not any(self._moves(one) for one in who):
            return 0
        if len(who) == 1 and self.draft.scene.thing(who[0]).total == 2:
            who = self._loosely_apart(who[0])
        named = [one for one in dict.fromkeys(self.sentence_ids) if self.draft.scene.has(one)]
        who = named if len(who) == 1 and len(named) == 2 else who
        if len(who) != 2 or any(self.draft.scene.thing(one).total != 1 for one in who):
            return 0
        kind = next(motion.kind for one in who if (motion := self.draft.scene.thing(one).motion) is not None)
        if not self.draft.scene.thing(who[1]).place:
            self.draft.relate(who[1:], Relation("right", (who[0],), 0.2), instead=False)
        for one, direction in zip(who, ("left", "right"), strict=True):
            self.draft.move(one, kind, direction=direction)
        self.subjects, self.attached = who, []
        r.use(at, end)
        return end - at

    def on_each_corner(self, at: int) -> int:
        """`on each of the four corners of a table`, `at all four corners`."""
        r, end = self.r, at + 1
        if not r.word(at, "on", "at", "in") or not self.subjects or not r.word(end, "each", "all", "every", "the"):
            return 0
        each = r.word(end, "each", "every")
        end += 1 + r.word(end + 1, "of")
        end += r.word(end, "the", "its")
        if r[end].kind != "number" or r[end].value != 4 or not r.word(end + 1, "corners"):
            return 0
        end += 2
        targets = self._holder(self.subjects)
        subjects = list(self.subjects)
        if r.word(end, "of") and (phrase := self.nouns.read(end + 1)) is not None and phrase.kind in ("", *KINDS):
            targets, end = self.related(phrase, end + 1), phrase.end
        if not targets or targets == [FLOOR]:
            return 0
        self.subjects, self.each_spot = subjects, each
        self._relate("corners", targets)
        self.each_spot = False
        self.excused_numbers.update(range(at, end))
        self.attached = list(targets)
        r.use(at, end)
        return end - at

    def from_so_far_apart(self, at: int) -> int:
        """`towards each other from 3 m apart`: how far apart the two begin."""
        r = self.r
        if not r.word(at, "from", "starting") or r[at + 1].dimension != "length" or not r.word(at + 2, "apart"):
            return 0
        step = self.distance_first(at + 1)
        if step:
            r.use(at, at + 1)
        return step + 1 if step else 0

    def _of_matter(self, at: int, one: int) -> bool:
        """`a ball on a cube of mass 5 kg`: what a body is made to be, where the noun just before is one."""
        name = self.r.match(at, "property")
        own = name is not None and name[0].value in ("mass", "density", "friction", "bounce")
        return own and one != FLOOR and KINDS[self._kind_of(one)].sort == "solid"
