"""Places that words give without an object: `on the left`, `in each corner`; and what a verb says before its `from`."""

from __future__ import annotations

import itertools

from py_remote_viewer.scenes.create.rules.places import Places
from py_remote_viewer.scenes.create.things.description import FLOOR, Relation


class Slots(Places):
    """Rules for such places."""

    def _slot(self, at: int, kind: str) -> bool:
        """`a cube on the left, a ball in the middle and a can on the right`: places in a row, of nothing else."""
        fresh = [one for one in self.subjects if one != FLOOR and one in self.sentence_ids]
        others = [one for one in self.draft.mentions if one not in fresh and self.draft.scene.has(one)]
        if not fresh or any(self._moves(one) or self.draft.scene.thing(one).place for one in fresh):
            return False
        ring = kind == "middle" and any(
            self.draft.scene.thing(one).arrange in ("circle", "grid", "triangle") for one in fresh[:-1]
        )
        held = any(self._kind_of(one) in ("bin", "table", "platform", "plate") for one in fresh[:-1])
        if not self.slots and (others or (held and kind == "middle")):
            return False
        if ring or not self.r.word(at, "on", "in", "at", "to"):
            return False
        for one in fresh[-1:]:
            self.slots[one] = kind
        self.related_since = True
        return True

    def settle_slots(self) -> None:
        """Put what has a place of its own from left to right."""
        if len(self.slots) == 1 and len(self.draft.scene.things) > 1:
            (one, kind), *_ = self.slots.items()
            around = [r.kind for thing in self.draft.scene.things for r in thing.place if one in r.targets]
            if kind != "middle" or not {"left", "right"} <= set(around):
                self.r.miss(self.slot_words)  # `on the left` of what?
        order = {"left": 0, "middle": 1, "right": 2}
        ids = sorted((one for one in self.slots if self.draft.scene.has(one)), key=lambda one: order[self.slots[one]])
        for before, after in itertools.pairwise(ids):
            self.draft.relate([after], Relation("right", (before,)), instead=False)
        self.slots = {}

    def _says_each(self, at: int, end: int) -> bool:
        """`in each corner`, where `one in each corner` is no more than one."""
        each = any(self.r.word(one, "each", "every", "either") for one in range(at, end))
        return each and not self.one_each and not self.r.word(at - 1, "one")

    def _hung_up(self, at: int) -> bool:
        """`hang a box from a rope`: whether the verb of this clause hangs something up."""
        for back in range(at - 1, -1, -1):
            if self.r[back].kind == "stop":
                return False
            if self.r.word(back, "hang", "suspend", "dangle", "hung", "suspended"):
                return True
        return False
