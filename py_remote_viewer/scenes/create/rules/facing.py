"""Two that move at each other."""

from __future__ import annotations

from py_remote_viewer.scenes.create.rules.fences import Fences
from py_remote_viewer.scenes.create.things.description import FLOOR, Relation


class Facing(Fences):
    """What the rules for `towards each other` do."""

    def _face_each_other(self) -> None:
        """Two that move at each other: one from the left, one from the right."""
        ids = [one for one in self.subjects if one != FLOOR]
        if len(ids) == 1 and self.draft.scene.thing(ids[0]).count == 2:
            ids = [ids[0], self.draft.split(ids[0])]
        if len(ids) != 2:
            return
        kind = next((m.kind for one in ids if (m := self.draft.scene.thing(one).motion) is not None), "moving")
        for one, direction in zip(ids, ("right", "left"), strict=True):
            self.draft.move(one, kind, direction=direction)
        said = [far for one in ids if (far := self.draft.scene.thing(one).spacing) is not None]
        for one in ids if said else ():
            self.draft.update(one, spacing=None)  # `2 m apart`, rolling towards each other
        facing = Relation("right", (ids[0],), said[0] if said else None)
        place = self.draft.scene.thing(ids[1]).place
        if not any(one.kind == "right" and one.targets == facing.targets for one in place) or said:
            self.draft.relate(ids[1:], facing, instead=False)
        self.subjects = ids
