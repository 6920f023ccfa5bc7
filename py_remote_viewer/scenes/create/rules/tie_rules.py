"""What joins things: `two carts joined by a spring`, `a box tied to the table with a rope`, `a spring between two balls`."""

from __future__ import annotations

from dataclasses import replace

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.rules.sharing import Sharing
from py_remote_viewer.scenes.create.things.description import FLOOR
from py_remote_viewer.scenes.create.things.phrase import Phrase
from py_remote_viewer.scenes.create.things.ties import pairs_of

_JOINED = frozenset(
    """joined connected attached linked coupled tied fastened hooked bound tethered roped chained strung held glued welded
    joint joining connecting linking coupling tying attaching joins connects links couples ties fixed bolted
    screwed stuck tethering fastening held""".split()  # noqa: SIM905 - a list of thirty lines says no more
)
_JOIN = frozenset(["join", "connect", "attach", "link", "couple", "tie", "fasten", "tether", "glue", "weld", "chain"])
BY = ("by", "with", "using", "via", "through", "on", "from")
_ELASTIC = ("rubber_band", "bungee_cord", "bungee", "elastic_band", "elastic_cord", "rubber_cord")
FIRM = ("solid", "furniture")
_MACHINES = ("car", "pendulum", "cart_pole", "slider")
_STIFF = {
    **dict.fromkeys(("stiff", "strong", "hard", "tight", "stiffer", "stronger"), 5.0),
    **dict.fromkeys(("weak", "soft", "loose", "weaker", "softer", "light"), 0.2),
}
_TIES = {"spring": "coil", "rope": "cord", "chain": "cord", "stick": "bar"}
MOST = 40


class TieRules(Sharing):
    """Rules for springs, ropes and rods between things."""

    def settle_ties(self) -> None:
        """How many there are, once all is said of what they join."""
        for thing in self.draft.scene.things:
            if thing.id in self.uncounted_ties and thing.ends:
                count = len(pairs_of(self.draft.scene, thing))
                if 0 < count <= MOST and count != thing.count:
                    self.draft.update(thing.id, count=count)

    def _read_tie(self, at: int) -> Phrase | None:
        """A spring, rope, chain or rod at `at`, not one that stands in a frame of its own."""
        phrase = self.nouns.read(at)
        if phrase is None or phrase.definite or phrase.label or self.r.is_cat(phrase.end - 1, "property"):
            return None
        if phrase.kind in ("spring", "rope", "chain", "stick") and phrase.noun not in (
            "pencil",
            "writing_pen",
            "broom",
            "bat",
            "stake",
        ):
            return phrase
        return None

    def _tie_nouns(self) -> list[int]:
        """Where a spring, rope, chain or rod is named."""
        if self.tie_nouns is None:
            found = [(at, self.r.match(at, "noun")) for at in range(len(self.r))]
            ties = ("spring", "rope", "chain", "stick")
            self.tie_nouns = [at for at, noun in found if noun is not None and noun[0].value.kind in ties]
        return self.tie_nouns

    def _create_tie(self, phrase: Phrase, ends: list[int]) -> bool:
        """Whether `ends` could be joined by what `phrase` names."""
        if FLOOR in ends or any(not self._joinable(one) for one in ends):
            return False
        kind = _TIES.get(phrase.kind, phrase.kind)
        kind = "band" if phrase.noun in _ELASTIC or phrase.given.get("loose_material") == "elastic" else kind
        said = phrase.count
        self._how_stiff(phrase)
        made = self.draft.create(replace(phrase, kind=kind, count=1, given={}, pron="", lists=[]))
        tie = self.draft.scene.thing(made[0])
        self.draft.update(tie.id, ends=tuple(ends))
        count = len(pairs_of(self.draft.scene, self.draft.scene.thing(tie.id)))
        if count < 1 or count > MOST:
            self.draft.remove(made)
            return False
        if said is not None and said > 1 and said % count:
            self.r.miss([one for one in range(phrase.start, phrase.end) if self.r[one].kind == "number"])
            said = None
        self.draft.update(tie.id, count=said if said is not None and said > 1 else count)
        if said is None or said == 1:
            self.uncounted_ties.add(tie.id)
        if kind in ("coil", "band"):
            for one in ends:
                self._slippery(one)
        self.draft.mention([*ends])
        self.attached = made
        return True

    def _how_stiff(self, phrase: Phrase) -> None:
        """`a stiff spring`, `a weak spring`; what cannot be said of it is missed."""
        spring = phrase.kind == "spring"
        for at in range(phrase.start, phrase.end - len(phrase.noun.split("_"))):
            word = self.r[at].text
            if spring and word in _STIFF:
                phrase.changes["weight"] = _STIFF[word]
                phrase.changes.pop("bounce", None)
                self.r.use(at, at + 1)
            elif at in phrase.beside or self.r.is_cat(at, "weight", "surface", "pose"):
                self.r.miss([at])
        for name in ("bounce", "friction", "pose", *(() if spring else ("weight",))):
            phrase.changes.pop(name, None)

    def _joinable(self, one: int) -> bool:
        thing = self.draft.scene.thing(one)
        return KINDS[thing.kind].sort in FIRM or thing.kind in _MACHINES

    def _slippery(self, one: int) -> None:
        """What a spring is to move slides, unless somebody said how it touches."""
        thing = self.draft.scene.thing(one)
        plain = KINDS[thing.kind].sort == "solid" and thing.friction is None and thing.material is None
        if plain and not thing.fixed and thing.kind != "ball" and not any(r.kind == "on" for r in thing.place):
            self.draft.update(one, friction=0.02)

    def _joined_by(self, at: int) -> int:
        """`joined by a spring`, `connected to the wall with a rope`, `attached with a spring to a wall`."""
        r, end = self.r, at + self.r.word(at, "are", "is", "being", "which", "that")
        end += r.word(end, "are", "is")
        if r[end].text not in _JOINED or not self.subjects or FLOOR in self.subjects:
            return 0
        end += 1
        if r.word(end, "together"):
            end += 1
        elif r.word(end, "to") and r.is_cat(end + 1, "pron") and r.match(end + 1, "pron")[0].value == "each_other":  # type: ignore[index]
            end += 1 + r.match(end + 1, "pron")[1]  # type: ignore[index]
        if r.word(end, *BY):
            tie = self._read_tie(end + 1)
            if tie is None:
                return 0
            end = tie.end
            other = self.nouns.read(end + 1) if r.word(end, "to") else None
            if r.word(end, "between"):
                return self._held_by_walls(at, tie)
            return self._join(at, tie, other)
        if not r.word(end, "to"):
            return 0
        other = self.nouns.read(end + 1)
        if other is None or not r.word(other.end, *BY):
            return 0
        tie = self._read_tie(other.end + 1)
        return self._join(at, tie, other) if tie is not None else 0

    def _held_by_walls(self, at: int, tie: Phrase) -> int:
        """`connected by springs between two walls`: wall, masses, wall."""
        walls = self.nouns.read(tie.end + 1)
        ids = [one for one in self.subjects if one != FLOOR]
        if walls is None or walls.kind not in KINDS or KINDS[walls.kind].sort == "tie" or len(ids) != 1:
            return 0
        made = self.related(walls, tie.end + 1)
        if len(made) != 1 or self.draft.scene.thing(made[0]).total != 2:
            return 0
        if not self._create_tie(tie, [made[0], ids[0], made[0]]):
            return 0
        self.subjects = ids
        self.r.use(at, walls.end)
        return walls.end - at

    def nearest_named(self, ids: list[int]) -> list[int]:
        """`a ball next to a box attached to …`: what was named just before, where that is not among the subjects."""
        last = [one for one in self.attached[-1:] if one != FLOOR and self.draft.scene.has(one)]
        return last if last and last[0] not in ids else ids

    def _join(self, at: int, tie: Phrase, other: Phrase | None) -> int:
        """Join the subjects with each other, or with `other`."""
        ids = [one for one in dict.fromkeys(self.subjects) if one != FLOOR]
        several = len(ids) == 1 and self.draft.scene.thing(ids[0]).total == 2 and other is None
        ids = ids if several else self.nearest_named(ids)  # `two masses on a table connected by a spring`
        end = tie.end
        if other is not None:
            firm = other.kind in KINDS and (KINDS[other.kind].sort in FIRM or other.kind in _MACHINES)
            if not other.pron and not firm:
                return 0
            end = max(end, other.end)
            targets = [one for one in self._pointed_at(other) if one not in ids]
            if not targets:
                return 0
            ids = [ids[-1], targets[-1]]
        elif len(ids) == 1 and self.draft.scene.thing(ids[0]).total == 1:
            named = [one for one in dict.fromkeys(self.sentence_ids) if self.draft.scene.has(one)]
            ids = named[-2:] if len(named) > 1 else ids
        if len(ids) == 1 and self.draft.scene.thing(ids[0]).total < 2:
            return 0
        if not self._create_tie(tie, ids):
            return 0
        self.subjects = [one for one in self.subjects if self.draft.scene.has(one)]
        self.r.use(at, end)
        return end - at

    def _tie_between(self, at: int) -> int:
        """`a spring between two balls`, `a rope connecting the box to the wall`, `with a spring between them`."""
        r, start = self.r, at
        at += r.word(at, "with", "has", "have", "and")
        if not any(at <= place <= at + 8 for place in self._tie_nouns()):
            return 0
        tie = self._read_tie(at)
        if tie is None:
            return 0
        end = tie.end + r.word(tie.end, "that", "which")
        joins = r[end].text in _JOINED
        if not joins and not r.word(end, "between", "from"):
            return 0
        if joins and r.word(end + 1, "to") and (step := self._from_wall(start, tie, end + 2)):
            return step
        between = r.word(end, "between") or (joins and r.word(end + 1, "between"))
        end += 1 + (joins and between)
        if r.is_cat(end, "pron") and (between or joins):
            ids = [one for one in dict.fromkeys(self.sentence_ids or self.subjects) if self.draft.scene.has(one)]
            ids = ids or self.draft.resolve(Phrase(end, pron="them"))
            several = [one for one in ids if self.draft.scene.thing(one).total > 1]
            ids = several[-1:] if several and len(ids) < 2 else ids[-2:]
            stop = end + r.match(end, "pron")[1]  # type: ignore[index]
        else:
            ids, stop = self._two_at(end)
        posts = {self._kind_of(one) for one in ids} & {"pillar", "stick"}
        alone = len(ids) == 1 and self.draft.scene.thing(ids[0]).total < 2
        if not ids or alone or (posts and tie.kind in ("rope", "chain")) or not self._create_tie(tie, ids):
            return 0
        self.subjects = ids
        self.related_since, self.joined = True, False
        r.use(start, stop)
        return stop - start

    def _from_wall(self, start: int, tie: Phrase, at: int) -> int:
        """`a spring attached to a wall with a 1 kg block at its end`."""
        r = self.r
        first = self.nouns.read(at)
        if first is None or first.kind not in KINDS or not r.word(first.end, "with", "and"):
            return 0
        second = self.nouns.read(first.end + 1)
        if second is None or second.kind not in KINDS or KINDS[second.kind].sort != "solid":
            return 0
        end = second.end + r.word(second.end, "attached", "fixed", "connected")
        if not r.word(end, "at", "on", "to") or not r.word(end + 1, "its", "the"):
            return 0
        end += 2 + r.word(end + 2, "free", "other")
        if not r.word(end, "end") or KINDS[first.kind].sort not in FIRM:
            return 0
        ids = [*self._pointed_at(first)[-1:], *self._pointed_at(second)[-1:]]
        if len(ids) < 2 or not self._create_tie(tie, ids):
            return 0
        self.subjects, self.joined = ids[-1:], False
        r.use(start, end + 1)
        return end + 1 - start

    def _two_at(self, at: int) -> tuple[list[int], int]:
        """`two balls`, `a box and a wall`, `the box to the wall`: ids, and where the words end; nothing is made for fewer."""
        first = self.nouns.read(at)
        if first is None or (first.kind not in KINDS and not first.pron):
            return [], at
        after = first.end
        second = self.nouns.read(after + 1) if self.r.word(after, "and", "to", "with") else None
        if second is not None and (second.kind in KINDS or second.pron):
            one = self._pointed_at(first)
            two = [other for other in self._pointed_at(second) if other not in one]
            return ([one[-1], two[-1]], second.end) if one and two else ([], at)
        if (first.count or 0) < 2 and not first.plural and not first.pron:
            return [], at
        return self._pointed_at(first)[-2:], after

    def _pointed_at(self, phrase: Phrase) -> list[int]:
        """What is there and pointed at, or something new."""
        if phrase.pron:
            return [one for one in self.draft.resolve(phrase) if one != FLOOR]
        return self.related(phrase, phrase.start)

    def _join_them(self, at: int) -> int:
        """`connect two balls with a spring`, `tie the box to the table with a rope`, `join them by a rod`."""
        r = self.r
        if r[at].text not in _JOIN or not self.starts_clause():
            return 0
        first = self.nouns.read(at + 1)
        if first is None:
            return 0
        end = first.end
        second = self.nouns.read(end + 1) if r.word(end, "and", "to", "with") else None
        tie_at = second.end if second is not None else end
        if second is not None and self._read_tie(end + 1) is not None:
            second, tie_at = None, end
        tie_at += r.word(tie_at, "together")
        if not r.word(tie_at, *BY):
            return 0
        tie = self._read_tie(tie_at + 1)
        if tie is None:
            return 0
        ids, _ = self._two_at(at + 1) if second is not None else (self._pointed_at(first), 0)
        alone = len(ids) == 1 and self.draft.scene.thing(ids[0]).total < 2
        if not ids or alone or not self._create_tie(tie, ids[-2:]):
            return 0
        self.subjects, self.edited = ids[-2:], True
        r.use(at, tie.end)
        return tie.end - at
