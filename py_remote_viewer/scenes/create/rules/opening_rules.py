"""What is cut out of walls: `a room with a door`, `a fence with a gap 40 cm wide`, `a wall with two windows`."""

from __future__ import annotations

from collections.abc import Callable

from py_remote_viewer.scenes.create.rules.fill_rules import FillRules
from py_remote_viewer.scenes.create.things.description import FLOOR
from py_remote_viewer.scenes.create.things.footprints import is_round_bin
from py_remote_viewer.scenes.create.things.phrase import Phrase
from py_remote_viewer.scenes.create.things.plans import Opening

_SORTS = {
    **dict.fromkeys(
        ("door", "doorway", "gap", "opening", "entrance", "exit", "gate", "gateway", "passage", "archway"), "door"
    ),
    **dict.fromkeys(("window", "hole"), "window"),
}
_SORTS |= {f"{name}s": sort for name, sort in _SORTS.items()}
_WALLS = ("wall", "walls", "side", "sides", "fence", "front", "back")
_SIDES = {
    "left": "left",
    "right": "right",
    "front": "front",
    "back": "back",
    "rear": "back",
    "far": "back",
    "near": "front",
}
_IN_TURN = ("front", "back", "left", "right")
_MOST = 4


class OpeningRules(FillRules):
    """The rule for openings."""

    def opening_rules(self) -> tuple[Callable[[int], int], ...]:
        """Those of here, in the order in which they are tried."""
        return (self.opening, self.through_opening)

    def opening(self, at: int) -> int:
        """Doors, gaps and windows of the room or the wall that was named just before; tokens taken, or 0."""
        r, end, said = self.r, at, Phrase(at)
        if not (r.word(at, "with", "having", "has") or r.word(at - 1, "and") or r[at - 1].kind == "comma"):
            return 0
        holder = [one for one in (self.attached or self.subjects)[-1:] if one != FLOOR]
        walled = bool(holder) and self._kind_of(holder[0]) in ("bin", "wall", "corridor")
        further = walled and bool(self.draft.scene.thing(holder[0]).openings)
        further = further and (r.word(at - 1, "and") or r[at - 1].kind == "comma")
        end += r.word(end, "with", "having", "has")
        if (end == at and not further) or not walled or is_round_bin(self.draft.scene.thing(holder[0])):
            return 0
        while r[end].text not in _SORTS and (step := self.nouns.modifier(end, said)):
            end += step
        if r[end].kind == "quantity" and r[end].dimension == "length":  # `a 60 cm gap`
            said.dims, end = {"size": r[end].value}, end + 1 + r.word(end + 1, "wide")
        sort = _SORTS.get(r[end].text, "")
        if not sort or r.word(end + 1, "that", "which") or set(said.dims) - {"size", "width", "height"}:
            return 0
        end += 1
        width = said.dims.get("width", said.dims.get("size"))
        wide = end + r.word(end, "of")
        if r[wide].kind == "quantity" and r[wide].dimension == "length":
            width, end = r[wide].value, wide + 1 + r.word(wide + 1, "wide")
        side, end = self._which_side(end)
        if self.draft.scene.thing(holder[0]).plan:
            return 0
        self._cut(holder[0], Opening(sort, side, width), said.count or (2 if r[end - 1].text.endswith("s") else 1))
        self.excused_numbers.update(range(at, end))  # a door that is a hole is no thing of its own
        r.use(at, end)
        return end - at

    def through_opening(self, at: int) -> int:
        """`a ball rolling through the gap`: at the wall that has one, which is open there."""
        r, end = self.r, at + 1
        if not r.word(at, "through", "into"):
            return 0
        walls = [t.id for t in self.draft.scene.things if t.kind == "wall" and len(t.openings) == 1 and t.total == 1]
        moving = [one for one in self.subjects if one not in walls and self._moves(one)]
        end += r.word(end, "the", "this", "that", "its", "it")
        if r[end].text not in _SORTS or not walls or not moving:
            return 0
        self._at_target(moving, walls[-1:], "towards", None)
        self.excused_numbers.update(range(at, end + 1))
        self.related_since = True
        r.use(at, end + 1)
        return end + 1 - at

    def _which_side(self, at: int) -> tuple[str, int]:
        """`in one wall`, `on the left side`, `at the front`: which, and where those words end."""
        r, end = self.r, at
        if not r.word(end, "in", "on", "at", "to", "through"):
            return "", at
        end += 1
        end += r.word(end, "the", "its", "a", "one", "each", "every") or r[end].kind == "number"
        end += r.word(end, "of") and 1 + r.word(end + 1, "its", "the")
        side = _SIDES.get(r[end].text, "")
        end += bool(side)
        if r.word(end, *_WALLS):
            return side, end + 1
        return (side, end) if side else ("", at)

    def _cut(self, one: int, opening: Opening, count: int) -> None:
        """So many of it: of a room, one in each of its sides in turn, where nobody said in which."""
        thing = self.draft.scene.thing(one)
        taken = [hole.side for hole in thing.openings]
        free = [side for side in _IN_TURN if side not in taken]
        sides = [opening.side or free[number % len(free)] for number in range(min(count, _MOST))]
        sides = sides if thing.kind == "bin" else [""] * min(count, _MOST)
        made = tuple(Opening(opening.sort, side, opening.width) for side in sides)
        self.draft.update(one, openings=(*thing.openings, *made))
