"""Places on what has an upper side or a bottom: `at the left edge`, `in the front left corner`, `along the back wall of it`."""

from __future__ import annotations

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.rules.at_values import AtValues
from py_remote_viewer.scenes.create.things.description import FLOOR, Relation

AREAL = frozenset(["table", "platform", "bin", "plate", "turntable", "zone", "maze", "wall_maze", "bridge", "conveyor"])
# As the first camera sees it: +x is right, +y is behind. On a plan, the top is behind.
_SIDES = {
    "left": (-1, 0), "right": (1, 0), "front": (0, -1), "near": (0, -1), "back": (0, 1), "rear": (0, 1), "far": (0, 1),
    "top": (0, 1), "upper": (0, 1), "bottom": (0, -1), "lower": (0, -1),
}  # fmt: skip
_LINES = ("edge", "rim", "border", "brim", "side", "end", "half", "part", "wall")
_OWN_RULES = ("side", "end", "half", "part")  # of these, left and right are places that words name by themselves
_AT = ("in", "at", "on", "near", "along", "into", "to", "by", "against")


class Spots(AtValues):
    """The rule for such places, and what they are places of where nobody says it."""

    def at_spot(self, at: int) -> int:
        """`at the left edge of the table`, `in the back right corner`; tokens taken, or 0."""
        r = self.r
        if not r.word(at, *_AT) or not self.subjects:
            return 0
        (x, y), end = self._sides(at + 1)
        corner, line = r.word(end, "corner"), r.word(end, *_LINES)
        named_elsewhere = r.word(end, *_OWN_RULES) and x != 0
        corner = corner or (x != 0 and y != 0 and (r[end].kind in ("stop", "comma") or r.word(end, "and", "of")))
        if (x, y) == (0, 0) or not (corner or line) or named_elsewhere or (line and x and y):
            return 0
        loose_wall = r.word(end, "wall") and not r.word(at, "along", "at", "by", "against")
        if loose_wall or any(map(self._moves, self._spotted())):
            return 0
        spot, end = (x or -1, y or -1) if corner else (x, y), end + r.word(end, "corner", *_LINES)
        placed = self._one_of_them(at - 1) or self._spotted()
        holder = self._holder(placed)
        if r.word(end, "of"):
            phrase = self.nouns.read(end + 1)
            subjects = list(self.subjects)
            holder = self.related(phrase, end + 1) if phrase is not None and phrase.kind != "?" else []
            self.subjects, end = subjects, phrase.end if phrase is not None else end
        carries = bool(holder) and holder != [FLOOR] and KINDS[self._kind_of(holder[-1])].carries
        if not placed or not carries or holder[-1] in placed:
            return 0
        self.draft.relate(placed, Relation("spot", (holder[-1],), spot=spot), instead=self._instead(placed))
        self.draft.mention(placed)
        self.related_since, self.last_relation = True, "spot"
        r.use(at, end)
        return end - at

    def _sides(self, at: int) -> tuple[tuple[int, int], int]:
        """Which sides are named at `at`, as signs along x and y, and where those words end."""
        r, x, y = self.r, 0, 0
        at += r.word(at, "the", "its", "their", "a")
        while r[at].text in _SIDES and r[at].kind == "word":
            aside = _SIDES[r[at].text]
            x, y = x or aside[0], y or aside[1]
            at += 1 + r.word(at + 1, "hand")
            at += (r.word(at, "and") or r[at].kind == "comma") and r[at + 1].text in _SIDES
        return (x, y), at

    def _spotted(self) -> list[int]:
        """Whom a place without an object is said of: what was named just before, else all that the clause is about."""
        near = [one for one in self.attached if one != FLOOR and one in self.subjects]
        return near or [one for one in self.subjects if one != FLOOR]

    def _placed_alike(self, one: int) -> list[int]:
        """Single things of the sentence that were put where `one` was, in the order in which they were named."""
        place = self.draft.scene.thing(one).place
        named = [
            self.draft.scene.thing(each) for each in dict.fromkeys(self.sentence_ids) if self.draft.scene.has(each)
        ]
        return [thing.id for thing in named if thing.place == place and thing.total == 1] if place else []

    def _one_of_them(self, at: int) -> list[int]:
        """`three balls on a table, one at the left edge`: of a group, one that has a place of its own."""
        r = self.r
        if not r.word(at, "one", "another") and not (r[at].kind == "number" and r[at].value == 1):
            return []
        there = [one for one in dict.fromkeys(self.sentence_ids) if self.draft.scene.has(one)]
        loose = [one for one in there if KINDS[self._kind_of(one)].sort == "solid"]
        loose = [one for one in loose if not any(p.kind == "spot" for p in self.draft.scene.thing(one).place)]
        if not loose:
            return []
        group = self.draft.scene.thing(loose[0])
        new = self.draft.split_off(group.id, 0) if group.total > 1 else group.id
        self.sentence_ids += [new] if new not in self.sentence_ids else []
        self.subjects, self.index, self.attached = [new], None, []
        r.use(at, at + 1)
        return [new]

    def _holder(self, placed: list[int]) -> list[int]:
        """What has corners and edges, of all that was named before `placed`: the last of it."""
        there = [one for one in self.draft.mentions if one not in placed and self.draft.scene.has(one)]
        on = [t for one in placed for place in self.draft.scene.thing(one).place for t in place.targets if t != FLOOR]
        said = [self.carried_by[0]] if self.carried_by is not None else []
        said += [one for one in self.sentence_place[1] if one != FLOOR] if self.sentence_place is not None else []
        own = [one for one in (*on, *said) if self.draft.scene.has(one) and one not in placed]
        for found in (own, [one for one in there if KINDS[self._kind_of(one)].sort != "solid"][::-1], there[::-1]):
            areal = [one for one in found if self._kind_of(one) in AREAL]
            if areal:
                return areal[:1]
        return []
