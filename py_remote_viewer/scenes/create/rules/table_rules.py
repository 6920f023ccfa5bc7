"""Tables whose top and legs differ: `with a glass top`, `with a wooden top and metal legs`, `, slippery top,`."""

from __future__ import annotations

from dataclasses import replace

from py_remote_viewer.scenes.create.rules.terrain_rules import TerrainRules
from py_remote_viewer.scenes.create.things.description import FLOOR, PLAIN_LEGS
from py_remote_viewer.scenes.create.things.phrase import Phrase

_TOPS = ("top", "tabletop", "surface")
_LEGS = ("legs", "leg")


class TableRules(TerrainRules):
    """The rule for tops and legs."""

    def top_or_legs(self, at: int) -> int:
        """What one of the two is like; tokens taken, or 0."""
        r, end = self.r, at
        while r.word(end, "with", "has", "have", "having", "and", "a", "an", "its", "the", "whose"):
            end += 1
        said = Phrase(end)
        if r[end].kind == "number" and r.word(end + 1, *_LEGS):
            return 0
        if r[end].kind == "number":
            said.count, end = int(r[end].value), end + 1
        named = r.word(end, *_TOPS, *_LEGS) and r.word(end + 1, "is", "are", "of", "made")
        part = end
        if named:
            end += 2 + r.word(end + 2, "of", "made")
            end += r.word(end, "of")
        while step := self.nouns.adjective(end, said) if not r.word(end, *_TOPS) else 0:
            end += step
        part = part if named else end
        end += not named
        last = (self.attached or self.subjects)[-1:]
        there = [one for one in last if one != FLOOR and self._kind_of(one) == "table"]
        if not there or not r.word(part, *_TOPS, *_LEGS) or (r.word(part, "top") and r.word(end, "of")):
            return 0
        if said.dims or said.scales or not (said.changes or said.colours):
            return 0
        if not (self._top(there[-1], said) if r.word(part, *_TOPS) else self._legs(there[-1], said)):
            return 0
        self.subjects = [*[one for one in self.subjects if one not in there], there[-1]]
        self.excused_numbers.update(range(at, end))  # a top and legs are no things of their own
        r.use(at, end)
        return end - at

    def _top(self, one: int, said: Phrase) -> bool:
        table = self.draft.scene.thing(one)
        looks = bool(said.colours) or "material" in said.changes
        if looks and not table.legs:
            self.draft.update(one, legs=PLAIN_LEGS)
        return self.draft.apply(one, replace(said, count=None))

    def _legs(self, one: int, said: Phrase) -> bool:
        look = said.colours[0] if said.colours else said.changes.get("material", "")
        if not look or set(said.changes) - {"material"}:
            return False
        self.draft.update(one, legs=look)
        if said.count is not None and 3 <= said.count <= 8:
            self.draft.update(one, parts=said.count)
        return said.count is None or 3 <= said.count <= 8
