"""Joints between bodies, and ropes held at both ends: `two rods connected by a hinge`, `a rope fixed at both ends`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.rules.fittings import Fittings
from py_remote_viewer.scenes.create.things.description import FLOOR
from py_remote_viewer.scenes.create.things.phrase import Phrase

_JOINED = frozenset(
    """joined connected attached linked coupled fastened joint joining connecting linking hinged held jointed
    pinned""".split()  # noqa: SIM905 - a list of thirteen lines says no more
)
_FIXED = frozenset(
    ["fixed", "tied", "attached", "held", "anchored", "pinned", "fastened", "secured", "clamped", "supported"]
)
_TURNING = ("hinge", "revolute", "pivot", "pin", "rotary", "hinged", "knee")


class Jointed(Fittings):
    """Rules for what turns about something else."""

    def jointed_rules(self) -> tuple[Callable[[int], int], ...]:
        """In the order in which they are tried, with those of doors before them."""
        return (
            self.opened,
            self.on_hinges,
            self.hinged_together,
            self.joint_between,
            self.both_ends,
            self.weight_in_the_middle,
            self.weight_of_spring,
        )

    def hinged_together(self, at: int) -> int:
        """`connected by a hinge`, `linked with ball joints`, `hinged together`: they turn about each other."""
        r, end = self.r, at + self.r.word(at, "are", "is", "that", "which")
        if r[end].text not in _JOINED or not self.subjects:
            return 0
        bare = r.word(end, "hinged", "jointed")
        end += 1 + r.word(end + 1, "together")
        kind = "hinge"
        if r.word(end, "by", "with", "using", "via", "through", "at"):
            named, length = self._joint_at(end + 1)
            if not named:
                return 0
            kind, end = named, end + 1 + length
        elif bare and r.word(end, "to", "on"):
            return self._hinged_to(at, end + 1)
        elif not bare or not r.word(end - 1, "together"):
            return 0
        ids = [one for one in dict.fromkeys(self.subjects) if one != FLOOR]
        if len(ids) == 1 and self.draft.scene.thing(ids[0]).total == 1:
            named_there = [one for one in dict.fromkeys(self.sentence_ids) if self.draft.scene.has(one)]
            ids = named_there[-2:] if len(named_there) > 1 else ids
        if not self._hinge(at, kind, ids):
            return 0
        r.use(at, end)
        return end - at

    def _hinged_to(self, at: int, end: int) -> int:
        """`a plank hinged to a wall`: the last subject, and what comes."""
        other = self.nouns.read(end)
        ids = [one for one in self.subjects if one != FLOOR][-1:]
        if other is None or (other.kind not in KINDS and not other.pron) or not ids:
            return 0
        targets = [one for one in self._pointed_at(other) if one not in ids][-1:]
        if not targets or not self._hinge(at, "hinge", [*ids, *targets]):
            return 0
        self.r.use(at, other.end)
        return other.end - at

    def joint_between(self, at: int) -> int:
        """`a hinge between two boxes`, `a ball joint connecting a box and a ball`, `with a hinge between them`."""
        r, start = self.r, at
        at += r.word(at, "with", "and", "has")
        kind, length = self._joint_at(at)
        end = at + length
        end += r.word(end, "joining", "connecting", "linking")
        if not kind or not (r.word(end, "between") or end > at + length):
            return 0
        end += r.word(end, "between")
        if r.is_cat(end, "pron"):
            ids = [one for one in dict.fromkeys(self.sentence_ids or self.subjects) if self.draft.scene.has(one)][-2:]
            stop = end + r.match(end, "pron")[1]  # type: ignore[index]
        else:
            ids, stop = self._two_at(end)
        if not ids or not self._hinge(at, kind, ids):
            return 0
        self.subjects = ids
        self.related_since, self.joined = True, False
        r.use(start, stop)
        return stop - start

    def _joint_at(self, at: int) -> tuple[str, int]:
        """Which joint is named at `at`, and in how many words."""
        r, end = self.r, at + self.r.word(at, "a", "an", "one", "the")
        if r.word(end, "ball", "spherical", "universal") and r.word(end + 1, "joint", "joints"):
            return "ball_joint", end + 2 - at
        if r.word(end, "hinges", "pivots"):
            return "hinge", end + 1 - at
        if r.word(end, *_TURNING):
            return "hinge", end + 1 + r.word(end + 1, "joint", "joints") - at
        return "", 0

    def _hinge(self, at: int, kind: str, ids: list[int]) -> bool:
        """Whether those could be joined so."""
        if not ids or FLOOR in ids or any(KINDS[self._kind_of(one)].sort not in ("solid", "furniture") for one in ids):
            return False
        if len(ids) == 1 and self.draft.scene.thing(ids[0]).total < 2:
            return False
        if all(KINDS[self._kind_of(one)].sort == "furniture" for one in ids):
            return False
        return self._create_tie(Phrase(at, at, kind, kind), ids)

    # --- ropes ----------------------------------------------------------------------------------------------------------

    def _ropes(self) -> list[int]:
        return [one for one in self.subjects if one != FLOOR and self._kind_of(one) in ("rope", "chain")]

    def both_ends(self, at: int) -> int:
        """`fixed at both ends`: a rope between two posts of its own."""
        r, ropes = self.r, self._ropes()
        end = at + r.word(at, "is", "and")
        if not ropes or r[end].text not in _FIXED or not r.word(end + 1, "at", "on", "by"):
            return 0
        end += 2 + r.word(end + 2, "its")
        if not r.word(end, "both", "each", "either") or not r.word(end + 1, "ends", "end", "sides"):
            return 0
        for one in ropes:
            self.draft.update(one, pose="strung")
        r.use(at, end + 2)
        return end + 2 - at

    def weight_in_the_middle(self, at: int) -> int:
        """`with a small weight in the middle`, `a 2 kg box hanging from its middle`: of a rope between posts."""
        r, ropes = self.r, [one for one in self._ropes() if self.draft.scene.thing(one).pose == "strung"]
        start = at + r.word(at, "with", "and", "carrying", "plus")
        if not ropes:
            return 0
        phrase = self.nouns.read(start)
        if phrase is None or KINDS.get(phrase.kind) is None:
            phrase = self._a_weight(start)
        end = phrase.end if phrase is not None else start
        end += r.word(end, "hanging", "attached", "fixed", "tied", "hung")
        if phrase is None or not r.word(end, "in", "at", "from", "to", "on") or not r.word(end + 1, "the", "its"):
            return 0
        if not r.word(end + 2, "middle", "centre", "center", "midpoint"):
            return 0
        if KINDS[phrase.kind].sort != "solid" or (phrase.count or 1) > 1:
            return 0
        made = self.create(phrase)
        self.draft.update(ropes[-1], load=self.draft.scene.thing(made[0]))
        self.draft.remove(made)
        self.subjects, self.attached = [ropes[-1]], [ropes[-1]]
        r.use(at, end + 3)
        return end + 3 - at

    def _a_weight(self, at: int) -> Phrase | None:
        """`a small weight`, `a heavy mass`: a box, where nobody says how heavy."""
        phrase = Phrase(at)
        start = at
        while at - start < 6 and not self.r.word(at, "weight", "mass", "load"):
            step = self.nouns.modifier(at, phrase)
            if step == 0:
                return None
            at += step
        found = self.r.word(at, "weight", "mass", "load")
        return replace(phrase, kind="box", noun="weight", end=at + 1) if found and at > start else None
