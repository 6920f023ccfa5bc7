"""Follow-ups about the parts of the machine that is there: `start both poles tilted`, `a motor on the cart`, `the left one`."""

from __future__ import annotations

from collections.abc import Callable

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.rules.rearranging import Rearranging
from py_remote_viewer.scenes.create.things.description import Override

_STARTING = ("start", "begin", "release", "let", "keep", "tilt")
_WHOLE = ("both", "all", "the", "its", "each", "every")
_SIDES = {"left": 0, "first": 0, "right": 1, "second": 1, "other": 1}


class MachineEdits(Rearranging):
    """Rules that read a part's name as the part that is there, and never as something new."""

    def rearranging_rules(self) -> tuple[Callable[[int], int], ...]:
        """Those of here first, then those about places."""
        return (self.parts_there, self.side_of_pulley, *super().rearranging_rules())

    def parts_there(self, at: int) -> int:
        """`start both poles slightly tilted`, `release all links from …`: the machine that has them."""
        r, end = self.r, at
        if not self.draft.editing or not self.starts_clause():
            return 0
        end += r.word(end, *_STARTING)
        first = end
        while r.word(end, *_WHOLE, "of", "two", "three") or (end > first and r[end].kind == "number"):
            end += 1
        several = r[end].text.endswith("s") or r.word(first, "each", "every")
        owners = self._having(end)
        if end == first or not several or not owners or (r.is_cat(end, "noun") and self._things_called(end)):
            return 0
        after = end + 1 + r.word(end + 1, *_STARTING)
        tilting = r.match(after, "tilted") is not None or r.word(after, "at", "from", "tilted")
        if (first == at and not r.word(first, "both", "all")) or not (tilting or r.word(at, "tilt")):
            return 0
        self.subjects, self.attached, self.index, self.edited = owners[-1:], [], None, True
        self.draft.mention(owners[-1:])
        r.use(at, after)
        return after - at

    def _having(self, at: int) -> list[int]:
        """The machines that have such a part."""
        part = self.r.match(at, "part")
        there = [one for one in self.draft.mentions if self.draft.scene.has(one)]
        machines = [one for one in there if KINDS[self._kind_of(one)].sort == "machine"]
        return [one for one in machines if part is not None and self._has_part(self._kind_of(one), str(part[0].value))]

    def _things_called(self, at: int) -> bool:
        """Whether something of its own has that name."""
        noun = self.r.match(at, "noun")
        return noun is not None and any(thing.kind == noun[0].value.kind for thing in self.draft.scene.things)

    def side_of_pulley(self, at: int) -> int:
        """`make the left one heavier`: of the two weights over a pulley."""
        r = self.r
        there = [one for one in self.draft.mentions if self.draft.scene.has(one)]
        if not self.draft.editing or not there or self._kind_of(there[-1]) != "pulley":
            return 0
        end = at + r.word(at, "make", "paint", "colour", "color")
        if not r.word(end, "the") or r[end + 1].text not in _SIDES:
            return 0
        side = _SIDES[r[end + 1].text]
        end += 2 + (r.word(end + 2, "one", "mass", "weight", "side", "block", "load") or r[end + 2].shown == "one")
        found = r.match(end, "weight")
        factor = float(found[0].value) if found is not None and isinstance(found[0].value, int | float) else 0.0
        if found is None or not factor or not r.word(end, "heavier", "lighter"):
            return 0
        thing = self.draft.scene.thing(there[-1])
        said = next((o.mass for o in reversed(thing.overrides) if o.index == side and o.mass is not None), None)
        new = Override(side, weight=factor) if said is None else Override(side, mass=said * factor)
        kept = tuple(o for o in thing.overrides if said is None or o.index != side or o.mass is None)
        self.draft.update(thing.id, overrides=(*kept, new))
        self.subjects, self.attached, self.index, self.edited = [thing.id], [], None, True
        r.use(at, end + found[1])
        return end + found[1] - at
