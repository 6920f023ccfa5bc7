"""What is full of something: `a bucket full of balls`, `a box half filled with 30 oranges`, `fill it with marbles`."""

from __future__ import annotations

from dataclasses import replace

from py_remote_viewer.scenes.create.layout.filling import filled
from py_remote_viewer.scenes.create.lexicon.abilities import HOLLOW
from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.rules.motion_rules import MotionRules
from py_remote_viewer.scenes.create.things.description import FLOOR
from py_remote_viewer.scenes.create.things.phrase import Phrase

_HALF = ("partly", "partially")
USUAL_FILL = 20  # of what fills something that has no rim


class FillRules(MotionRules):
    """How full something is, and how many that makes."""

    def _uncounted(self, phrase: Phrase, holder: int) -> Phrase:
        """`phrase` with a count of its own where its holder has no rim that says one."""
        open_top = holder != FLOOR and (self._kind_of(holder) == "bin" or self._noun_of(holder) in HOLLOW)
        several = phrase.plural and phrase.count is None
        return replace(phrase, count=USUAL_FILL) if several and not open_top else phrase

    def _fill_up(self, ids: list[int], at: int) -> None:
        """What was put into something by the words at `at` fills it, or half of it."""
        half = self.r.word(at - 1, *_HALF) or (self.r[at - 1].kind == "number" and self.r[at - 1].value == 0.5)
        for one in ids:
            thing = self.draft.scene.thing(one)
            counted = thing.total > 1 and KINDS[thing.kind].sort == "solid" and not thing.label
            place = tuple(
                replace(r, full=0.5 if half else 1.0) if r.kind == "inside" and counted else r for r in thing.place
            )
            self.draft.update(one, place=place)
        if half and ids:
            self.r.use(at - 1, at)

    def settle_filled(self) -> None:
        """Say how many fill what is full, and how large it is, where nobody did."""
        counted = frozenset(
            thing.id
            for thing in self.draft.scene.things
            if thing.id not in self.draft.unsaid or thing.id in self.draft.old_ids
        )
        self.draft.scene = filled(self.draft.scene, counted, self.draft.old_ids)
