"""On the ground of some stuff, and in the air: `on ice`, `from the ceiling`."""

from __future__ import annotations

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.rules.spots import Spots
from py_remote_viewer.scenes.create.things.phrase import Phrase


class Grounds(Spots):
    """What rules for relations do where no thing is the other end."""

    def _aerial(self, at: int, end: int, kind: str) -> int:
        entry, length = self.r.match(end, "aerial") or (None, 0)
        if entry is None or not self.subjects:
            return 0
        for one in self.subjects:
            thing = self.draft.scene.thing(one)
            if kind == "hanging" and KINDS[thing.kind].sort == "furniture":
                return 0
            if kind == "hanging":
                self.hang([one], [])
                still = thing.kind == "pendulum" and not thing.pose and thing.motion is None
                self.draft.update(one, ceiling=entry.value == "ceiling", **({"pose": "hanging"} if still else {}))
            elif entry.value in ("air", "sky"):
                self.draft.update(one, height=thing.height or 1.0)
            else:
                return 0
        self.r.use(at, end + length)
        return end + length - at

    def _on_material(self, at: int, end: int, kind: str, *, look: bool = False) -> int:
        """`on ice`: the floor is made of it."""
        end += self.r.word(end, "the", "a", "an")
        phrase = Phrase(end)
        while (step := self.nouns.adjective(end, phrase)) and not self.r.is_cat(end, "material"):
            end += step
        found = self.r.match(end, "material")
        if found is None or kind not in ("on", "across"):
            return 0
        if look:
            return 1
        self.world(floor_material=found[0].value)
        phrase.changes.pop("material", None)
        self.floor_adjectives(phrase)
        self.r.use(at, end + found[1])
        return end + found[1] - at
