"""What goes around something: `a fence around a house` closes it in."""

from __future__ import annotations

from dataclasses import replace

from py_remote_viewer.scenes.create.rules.throws import Throws
from py_remote_viewer.scenes.create.things.description import FLOOR, Relation
from py_remote_viewer.scenes.create.things.footprints import FENCES

_HIGH_M = 0.4


class Fences(Throws):
    """What the rule for `around` does with a wall."""

    def _fence_in(self, ids: list[int], targets: list[int]) -> bool:
        """Make a wall or a fence a pen around the targets; whether it was one."""
        if len(ids) != 1 or FLOOR in targets or self._kind_of(ids[0]) not in ("wall", "bin"):
            return False
        fence = self.draft.scene.thing(ids[0])
        if fence.total != 1 or fence.place or (fence.kind == "bin" and fence.noun not in FENCES):
            return False
        dims = dict(fence.dims)
        dims.setdefault("height", _HIGH_M)
        across = dims.pop("length", None)
        dims |= dict.fromkeys(("length", "width"), across) if across else {}
        dims.pop("thickness", None)
        holes = tuple(replace(hole, side=hole.side or "front") for hole in fence.openings)
        self.draft.update(fence.id, kind="bin", dims=tuple(sorted(dims.items())), openings=holes)
        for one in targets:
            if not self._moves(one):
                self.draft.relate([one], Relation("inside", (fence.id,)), instead=False)
        return True
