"""What sends other things on their way: a catapult at a tower, a belt to a bin, a throw over a wall or through a hoop."""

from __future__ import annotations

from dataclasses import replace

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.rules.quantities import Quantities
from py_remote_viewer.scenes.create.things.description import FLOOR, Motion, Relation

_SHOT_AT = ("towards", "at", "into", "against")


class Throws(Quantities):
    """Rules for what throws and carries."""

    def _carried_by(self, ids: list[int], kind: str) -> int | None:
        """The machine of that kind on which they lie."""
        for one in ids:
            for relation in self.draft.scene.thing(one).place:
                if relation.targets[0] != FLOOR and self.draft.scene.thing(relation.targets[0]).kind == kind:
                    return relation.targets[0]
        return None

    def _sent_by(self, ids: list[int], targets: list[int], kind: str) -> bool:
        """What a catapult or a belt sends there: the target is where that throws, or where the belt ends."""
        over = kind == "above" and self._over()
        thrower = self._carried_by(ids, "catapult") if kind in _SHOT_AT or over else None
        if thrower is not None and targets != [FLOOR]:
            self.draft.relate(targets, Relation("right", (thrower,)), instead=False)
            shots = [one for one in ids if self._carried_by([one], "catapult") is not None]
            for one in shots:
                self.draft.update(one, motion=Motion("thrown", target=targets[0], over=over))
            return True
        belt = self._carried_by(ids, "conveyor") if kind in ("towards", "into") and targets != [FLOOR] else None
        if belt is not None:
            self.draft.relate(targets, Relation("end", (belt,)), instead=False)
        return belt is not None

    def _over(self) -> bool:
        """Whether the relation being read was `over`, as in `thrown over a wall`: not `above`."""
        return any(self.r.word(self.relation_at + ahead, "over", "across") for ahead in (0, 1))

    def _throw_over(self, ids: list[int], targets: list[int]) -> bool:
        """`a ball thrown over a wall`: it flies by above it."""
        flying = [one for one in ids if (m := self.draft.scene.thing(one).motion) is not None and m.kind == "thrown"]
        if not flying or len(flying) < len(ids) or targets == [FLOOR] or not self._over():
            return False
        for one in flying:
            self.draft.move(one, "", target=targets[0])
            motion = self.draft.scene.thing(one).motion
            assert motion is not None
            self.draft.update(one, motion=replace(motion, over=True))
        self.draft.mention(targets)
        return True

    def _throw_into(self, ids: list[int], targets: list[int]) -> bool:
        """`a basketball into a hoop`: it is on its way there."""
        loose = [one for one in ids if KINDS[self._kind_of(one)].sort == "solid"]
        for one in loose:
            self.draft.move(one, "" if self._moves(one) else "thrown", target=targets[0])
        if loose:
            self.draft.mention(targets)
        return bool(loose)
