"""Two weights and a string over a pulley: Atwood's machine, or the one with a block on a table."""

from __future__ import annotations

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.rules.attribute_rules import AttributeRules
from py_remote_viewer.scenes.create.things.description import Override, Thing

_SAID = frozenset(
    """hanging hung hangs suspended edge running passing passes runs over connected attached tied joined linked on of the
    goes going off side string rope cord by with a to""".split()  # noqa: SIM905 - a list of thirty lines says no more
)


class PulleyRules(AttributeRules):
    """What becomes of `over a pulley`, once the sentence has named everything."""

    def settle_pulleys(self) -> None:
        """The weights of a pulley are those that the string over it joins."""
        new = [thing for thing in self.draft.scene.things if thing.id not in self.draft.old_ids]
        pulleys = [thing for thing in new if thing.kind == "pulley" and thing.total == 1]
        strings = [thing for thing in new if thing.kind in ("rope", "chain", "cord")]
        tables = [thing for thing in new if thing.kind in ("table", "platform")]
        loads = [thing for thing in new if KINDS[thing.kind].sort == "solid"]
        loads += [thing.load for thing in strings if thing.load is not None]
        at = self._over_a_pulley()
        if at is None or len(pulleys) != 1 or len(strings) > 1 or len(tables) > 1 or sum(t.total for t in loads) != 2:
            return
        if len(new) != 1 + len(strings) + len(tables) + sum(1 for thing in loads if self.draft.scene.has(thing.id)):
            return
        pulley = pulleys[0]
        ordered = self._block_first(loads) if tables else loads
        overrides = tuple(
            Override(place, next(iter(one.colours), None), one.mass, one.weight, material=one.material)
            for place, one in enumerate(one for thing in ordered for one in [thing] * thing.total)
        )
        own = tuple(o for thing in loads for o in thing.overrides)
        self.draft.remove([thing.id for thing in (*strings, *tables, *loads) if self.draft.scene.has(thing.id)])
        self.draft.update(
            pulley.id,
            kind="table_pulley" if tables else "pulley",
            noun="pulley_at_a_table" if tables else pulley.noun,
            place=(),
            friction=next((t.friction for t in ordered if t.friction is not None), None) if tables else None,
            overrides=(*overrides, *own) if len(loads) == 1 else overrides,
        )
        self.draft.mention([pulley.id])
        for place in range(len(self.r)):
            if self.r[place].text in _SAID:
                self.r.missed.discard(place)
                self.r.used[place] = True

    def _over_a_pulley(self) -> int | None:
        """Where `over a pulley` is said."""
        r = self.r
        for at in range(len(r)):
            if r.word(at, "over", "around", "from") and any(r.word(at + ahead, "pulley") for ahead in (1, 2, 3)):
                return at
        return None

    def _block_first(self, loads: list[Thing]) -> list[Thing]:
        """What is on the table before what hangs."""
        hanging = [at for at in range(len(self.r)) if self.r.word(at, "hanging", "hung", "hangs", "suspended")]
        names = {thing.id: self._first_word(thing) for thing in loads}
        if not hanging or len(loads) < 2:
            return loads
        hung = min(loads, key=lambda thing: abs(names[thing.id] - hanging[0]))
        return [*(thing for thing in loads if thing is not hung), hung]

    def _first_word(self, thing: Thing) -> int:
        noun = thing.noun.split("_")[-1]
        places = [at for at in range(len(self.r)) if self.r[at].text.startswith(noun[:4])]
        heavy = [at for at in places if thing.mass is not None and self.r[at - 1].value == thing.mass]
        masses = [at for at in range(len(self.r)) if self.r[at].dimension == "mass" and self.r[at].value == thing.mass]
        return next(iter(heavy or masses or places), 0)
