"""What hangs, what is stuck together, how stiff a spring is made: `hanging from the ceiling by a rope`, `glued to it`."""

from __future__ import annotations

from dataclasses import replace

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.rules.tie_rules import BY, FIRM, TieRules
from py_remote_viewer.scenes.create.things.description import FLOOR, Relation
from py_remote_viewer.scenes.create.things.phrase import Phrase
from py_remote_viewer.scenes.create.things.ties import pairs_of

_STUCK = frozenset(
    ["glued", "welded", "bolted", "screwed", "stuck", "attached", "fastened", "connected", "joined", "fixed", "nailed"]
)
_HANGING = frozenset(["hanging", "suspended", "hung", "hangs", "dangling", "dangles", "hang", "swinging", "suspend"])
_STRUNG = ("pendulum", "rope", "chain", "cradle", "spring")
_STIFFER = {"stiffer": 3.0, "stronger": 3.0, "tighter": 3.0, "softer": 0.33, "weaker": 0.33, "looser": 0.33}


class HangRules(TieRules):
    """Rules for what hangs on a rope, a chain or a spring, and for what is one body in effect."""

    def tie(self, at: int) -> int:
        """Any of the ways to say it; tokens taken, or 0."""
        return (
            self._joined_by(at)
            or self._hanging_by(at)
            or self._by_a_string(at)
            or self._tie_between(at)
            or self._join_them(at)
            or self._stuck_to(at)
            or self._just_hangs(at)
            or self._stiffer(at)
        )

    def _just_hangs(self, at: int) -> int:
        """`three pendulums hanging side by side`, `a rope that hangs straight down`: it does, until more is said."""
        r, end = self.r, at + 1
        ids = [one for one in self.subjects if one != FLOOR]
        things = [self.draft.scene.thing(one) for one in ids]
        swings = [t.kind in _STRUNG or (t.motion is not None and t.motion.kind == "swinging") for t in things]
        if r[at].text not in _HANGING - {"swinging"} or not ids or not all(swings):
            return 0
        while r.word(end, "straight", "vertically", "freely", "down", "vertical"):
            end += 1
        if end == at + 1 and r.word(end, "from", "by", "on", "between", "over", "above"):
            return 0
        for one in ids:
            thing = self.draft.scene.thing(one)
            if thing.kind == "pendulum" and thing.pose == "" and thing.motion is None:
                self.draft.update(one, pose="hanging")
            elif KINDS[thing.kind].sort == "solid":  # a wrecking ball
                self.draft.update(one, pose="hanging", motion=None)
        r.use(at, end)
        return end - at

    def _by_a_string(self, at: int) -> int:
        """`a ball suspended 1 m above a table by a string`: said at the end, it is the string that it hangs on."""
        r, end = self.r, at + 1 + self.r.word(at + 1, "a", "an", "its", "one")
        end += r.word(end, "thin", "single", "long", "light")
        ids = [one for one in self.subjects if one != FLOOR and KINDS[self._kind_of(one)].sort == "solid"]
        if not r.word(at, *BY) or not r.word(end, "string", "rope", "wire", "thread", "cord", "cable") or len(ids) != 1:
            return 0
        back = next((one for one in range(at - 1, -1, -1) if r[one].kind in ("stop", "comma")), -1)
        hung = [one for one in range(back + 1, at - 1) if r[one].text in _HANGING]
        if not hung or self.draft.scene.thing(ids[0]).total > 1:
            return 0
        self.draft.update(ids[0], pose="hanging")
        r.use(hung[-1], hung[-1] + 1)
        r.use(at, end + 1)
        return end + 1 - at

    def _hanging_by(self, at: int) -> int:
        """`hanging from the ceiling by a rope`, `suspended by a spring`, `hanging on a rope from a beam`."""
        r, end = self.r, at + 1
        if r.word(at, "hang") and self.starts_clause() and (phrase := self._to_be_hung(at + 1)) is not None:
            self.subjects, end = self._pointed_at(phrase), phrase.end
            self.edited = self.edited or phrase.definite
        if r[at].text not in _HANGING or not self.subjects or FLOOR in self.subjects:
            return 0
        first = self._read_tie(end + 1) if r.word(end, *BY, "at") else None
        above: Phrase | None = None
        aerial = 0
        if first is not None:
            end = first.end
            if r.word(end, "from", "to"):
                aerial, above = self._above_at(end + 1)
                end = end + 1 + aerial if aerial else above.end if above is not None else end
        elif r.word(end, "from", "under", "below"):
            aerial, above = self._above_at(end + 1)
            end = end + 1 + aerial if aerial else above.end if above is not None else end
            if not r.word(end, *BY) or (above is None and not aerial):
                return 0
            first = self._read_tie(end + 1)
            if first is None:
                return 0
            end = first.end
        else:
            return 0
        ids = [one for one in self.subjects if KINDS[self._kind_of(one)].sort == "solid"]
        if not ids:
            return 0
        if any(relation.kind == "inside" for relation in self.draft.scene.thing(ids[-1]).place):
            r.miss(list(range(at, end)))  # what they are in would hang
            return end - at
        if above is None:
            return self._on_its_own_stand(at, end, first, ids[-1])
        targets = self.related(above, above.start)
        if not targets or targets == [FLOOR] or not self._joinable(targets[0]):
            return 0
        if not self._create_tie(first, [targets[0], ids[-1]]):
            return 0
        self.draft.relate(ids[-1:], Relation("hung", (targets[0],)), instead=False)
        self.subjects = ids
        self.r.use(at, end)
        return end - at

    def _to_be_hung(self, at: int) -> Phrase | None:
        """`hang a lamp from a spring`: what is to hang, where what it hangs on follows."""
        phrase = self.nouns.read(at)
        if phrase is None or not (phrase.pron or (phrase.kind in KINDS and KINDS[phrase.kind].sort == "solid")):
            return None
        behind = self.r.word(phrase.end, *BY) and self._read_tie(phrase.end + 1) is not None
        above = self.r.word(phrase.end, "from") and self._above_at(phrase.end + 1) != (0, None)
        return phrase if behind or above else None

    def _above_at(self, at: int) -> tuple[int, Phrase | None]:
        """What it hangs from: how many words a ceiling is, or a thing."""
        r = self.r
        found = r.match(at, "aerial")
        if found is not None:
            return found[1], None
        if r.word(at, "a", "the") and r.word(at + 1, "ceiling", "roof", "hook", "support", "sky", "nail", "gallows"):
            return 2, None
        phrase = self.nouns.read(at)
        if phrase is None or phrase.kind not in KINDS:
            return 0, None
        if phrase.kind in ("plank", "stick") and not phrase.definite:
            return phrase.end - at, None  # a beam: what the stand has
        return 0, phrase

    def _on_its_own_stand(self, at: int, end: int, tie: Phrase, one: int) -> int:
        """From the ceiling: the rope, chain or spring with its stand, and this at its end."""
        if tie.kind == "stick":
            return 0
        thing = self.draft.scene.thing(one)
        self.draft.move(one, "resting")
        made = self.create(tie)
        overhead = any(self.r.word(word, "ceiling", "roof") for word in range(at, end))
        self.draft.update(made[0], count=thing.total, ceiling=overhead)
        self.r.use(at, end)
        self.draft.update(one, pose="")
        self._becomes_bob(one, made[0])
        if thing.motion is not None and thing.motion.target is not None:
            self.draft.update(made[0], motion=replace(thing.motion, kind="swinging"))
        self.attached = made
        return end - at

    def _stuck_to(self, at: int) -> int:
        """`glued to the box`, `welded together`: one body in effect."""
        r, end = self.r, at + self.r.word(at, "are", "is")
        if r[end].text not in _STUCK or not self.subjects or FLOOR in self.subjects:
            return 0
        end += 1
        ids = self.nearest_named([one for one in dict.fromkeys(self.subjects) if one != FLOOR])
        placed = False
        soft = [one for one in ids if KINDS[self._kind_of(one)].sort not in ("solid", "furniture")]
        if soft:
            return 0
        if r.word(end, "together"):
            stop = end + 1
        elif (found := r.match(end, "rel")) is not None or r.word(end, "to"):
            other = self.nouns.read(end + (found[1] if found is not None else 1))
            firm = other is not None and (other.pron or (other.kind in KINDS and KINDS[other.kind].sort in FIRM))
            targets = self._pointed_at(other) if other is not None and firm else []
            if other is not None and other.pron and targets and targets[-1] in ids:
                targets = [one for one in self.draft.resolve(other, exclude=tuple(ids)) if one != FLOOR]
            if other is None or not targets or targets[-1] in ids:
                return 0
            flat = self._kind_of(targets[-1]) in ("table", "platform", "plate")
            said = found[0].value if found is not None else ""
            kind = said if said in ("on", "under") else "on" if flat else "near"
            self.draft.relate(ids[-1:], Relation(kind, (targets[-1],), 0.0), instead=False)
            placed, ids, stop = True, [targets[-1], ids[-1]], other.end
        else:
            return 0
        sorts = [KINDS[self._kind_of(one)].sort for one in ids]
        if any(sort not in ("solid", "furniture") for sort in sorts) or "solid" not in sorts:
            return 0
        if len(ids) == 1 and self.draft.scene.thing(ids[0]).total < 2:
            return 0
        if len(ids) > 1 and not placed:
            self.draft.relate(ids[1:2], Relation("right", (ids[0],), 0.0), instead=False)
        elif len(ids) == 1 and not self.draft.scene.thing(ids[0]).arrange:
            self.draft.update(ids[0], arrange="row", spacing=0.001)
        made = self.draft.create(Phrase(at, kind="weld", noun="weld"))
        self.draft.update(made[0], ends=tuple(ids))
        self.draft.update(made[0], count=len(pairs_of(self.draft.scene, self.draft.scene.thing(made[0]))))
        self.draft.mention(ids)
        r.use(at, stop)
        return stop - at

    def _stiffer(self, at: int) -> int:
        """`make the spring stiffer`."""
        factor = _STIFFER.get(self.r[at].text)
        ids = [one for one in self.subjects if self._kind_of(one) in ("coil", "band", "spring")]
        if self.draft.editing and factor is not None and not ids:  # `make it stiffer`, of what a spring joins
            ids = [
                t.id for t in self.draft.scene.things if t.kind in ("coil", "band") and set(t.ends) & set(self.subjects)
            ]
        elif len(ids) < len(self.subjects):
            return 0
        if factor is None or not ids:
            return 0
        for one in ids:
            thing = self.draft.scene.thing(one)
            if thing.stiffness is not None:
                self.draft.update(one, stiffness=min(1e5, thing.stiffness * factor))
            elif thing.kind == "spring":
                self.draft.update(one, stiffness=30.0 * factor)
            else:
                self.draft.update(one, weight=thing.weight * factor)
        self.r.use(at, at + 1)
        return 1
