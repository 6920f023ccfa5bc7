"""Sides that look different: `a box with a red top`, `a cube with a white front and a black back`."""

from __future__ import annotations

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.rules.table_rules import TableRules
from py_remote_viewer.scenes.create.things.description import FLOOR
from py_remote_viewer.scenes.create.things.phrase import Phrase

_FACED = ("box", "cylinder", "disc", "plate", "plank", "brick", "domino", "platform", "pillar")
_ROUND = ("cylinder", "disc", "pillar")
_SIDES = {
    "tops": "top",
    "bottoms": "bottom",
    "top": "top",
    "bottom": "bottom",
    "base": "bottom",
    "underside": "bottom",
    "front": "front",
    "back": "back",
}
_ASIDE = ("left", "right", "front", "back", "top", "bottom", "upper", "lower")
_FLAT = ("flat", "smooth", "level")


class FaceRules(TableRules):
    """The rule for the look of one side."""

    def coloured_face(self, at: int) -> int:
        """`with a red top`, `and a blue bottom`, `with a green left side`; tokens taken, or 0."""
        r, end, said = self.r, at, Phrase(at)
        if not (r.word(at, "with", "having", "has") or r.word(at - 1, "and") or r[at - 1].kind == "comma"):
            return 0
        last = [one for one in (self.attached or self.subjects)[-1:] if one != FLOOR]
        if (
            not last
            or self._kind_of(last[0]) == "table"
            or KINDS[self._kind_of(last[0])].sort not in ("solid", "furniture")
        ):
            return 0
        faces = self.draft.scene.thing(last[0]).faces
        further = bool(faces) and (r.word(at - 1, "and") or r[at - 1].kind == "comma")
        end += r.word(end, "with", "has", "having")
        if end == at and not further:
            return 0
        end += r.word(end, "a", "an", "its", "the")
        while not self._side_at(end)[0] and (step := 1 if r.word(end, *_FLAT) else self.nouns.adjective(end, said)):
            end += step
        side, end = self._side_at(end)
        look = said.colours[0] if said.colours else str(said.changes.get("material", ""))
        plain = not look and any(r.word(one, *_FLAT) for one in range(at, end))
        upright = side in ("top", "bottom") or self._kind_of(last[0]) not in _ROUND
        place = r.match(end, "rel")
        other = place is not None and r.is_cat(end + place[1], "pron")  # `with a red top on it`
        if not side or not (look or plain) or said.dims or r.is_cat(end, "noun") or other:
            return 0
        if not upright or self._kind_of(last[0]) not in _FACED or self.draft.scene.thing(last[0]).round:
            r.miss(list(range(at, end)))
            return end - at
        if look:
            self.draft.update(last[0], faces=(*faces, (side, look)))
        self.excused_numbers.update(range(at, end))  # a top is no thing of its own
        r.use(at, end)
        return end - at

    def _side_at(self, at: int) -> tuple[str, int]:
        """Which side is named at `at`, and where its words end."""
        r = self.r
        if r.word(at, *_ASIDE) and r.word(at + 1, "side", "face", "surface"):
            return {"upper": "top", "lower": "bottom"}.get(r[at].text, r[at].text), at + 2
        return (_SIDES[r[at].text], at + 1) if r[at].text in _SIDES and r[at].kind == "word" else ("", at)
