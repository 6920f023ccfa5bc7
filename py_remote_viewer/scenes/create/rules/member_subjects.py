"""Whom a follow-up is about when it is one of a group, and what is said of it no element of a group can have.

An element of a group may differ in colour, mass, size and touch (`description.Override`). For all else it is taken out of
the group before the sentence is read, and stands where it stood as a thing of its own: it rolls, turns or grows taller alone.
"""

from __future__ import annotations

from dataclasses import replace

from py_remote_viewer.errors import SceneInvalid
from py_remote_viewer.scenes.create.layout.cutting import cut
from py_remote_viewer.scenes.create.layout.layout import Layout
from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.rules.machine_edits import MachineEdits
from py_remote_viewer.scenes.create.things.description import FLOOR, Thing
from py_remote_viewer.scenes.create.things.elements import alike, override_of, parted, position
from py_remote_viewer.scenes.create.things.phrase import Phrase
from py_remote_viewer.scenes.create.things.ties import set_apart, without_ties

_BEING = ("is", "are", "be", "should", "must", "shall", "will", "has", "to", "now", "weigh", "weighs", "have")
_OPENING = ("now", "and", "then", "but", "please", "also", "so", "ok", "okay")
_KEPT = ("remove", "put", "move", "lift", "sink", "replace", "create", "add", "restart", "stack", "lineup", "without")
FASTENING = (
    *(
        "fix",
        "pin",
        "anchor",
        "freeze",
        "bolt",
        "nail",
        "weld",
        "glue",
        "clamp",
        "secure",
        "screw",
        "hold",
        "keep",
        "stick",
    ),
    *("attach", "mount"),
)
_ELSEWHERE = (
    "swap",
    "exchange",
    "keep",
    "leave",
    "knock",
    "take",
    "pick",
    "get",
    "switch",
    "nudge",
    "drag",
    "bring",
    "hold",
)
_MOST_APART = 60


class MemberSubjects(MachineEdits):
    """What is looked at before the sentence is read."""

    def single_members(self) -> None:
        """Take out of their groups those that the sentence says something of that only a thing of its own can be."""
        starts = [0, *(at + 1 for at in range(len(self.r)) if self._clause_ends(at))]
        for at in starts:
            while self.r.word(at, *_OPENING):
                at += 1
            verb = self.r.match(at, "verb")
            named = at
            if verb is not None and not self.r.word(at, "the"):
                if verb[0].value in _KEPT or self.r.word(at, *_ELSEWHERE):
                    continue
                named = at + verb[1]
            elif not self.r.word(at, "the", "one"):
                if self.r.word(at, *_ELSEWHERE) or not (
                    self.r.is_cat(at, "motion") or self.r.word(at, "let", "have", "give")
                ):
                    continue
                named = at + 1
            self._single_member(named)

    def _clause_ends(self, at: int) -> bool:
        """Whether a new clause begins behind `at`: a stop, or a joint before a verb or another subject."""
        r = self.r
        if r[at].kind == "stop":
            return True
        ahead = at + 1 + (r[at].kind == "comma" and r.word(at + 1, "and"))
        return (r[at].kind == "comma" or r.word(at, "and")) and r.is_cat(ahead, "verb")

    def _single_member(self, at: int) -> None:
        phrase = self.nouns.read(at) if self.r.word(at, "the") else None
        if phrase is None or not phrase.definite or self._nudge(phrase.end):
            return
        ids = [one for one in self.draft.resolve(phrase) if one != FLOOR] or self._with_such(phrase)
        if len(ids) != 1:
            return
        thing = self.draft.scene.thing(ids[0])
        if thing.total < 2 or KINDS[thing.kind].sort not in ("solid", "furniture"):
            return
        indices = [one % thing.total for one in _meant(thing, phrase)]
        if not indices or len(set(indices)) >= thing.total:
            return
        if all(self._as_an_element(phrase.end, thing, index) for index in indices):
            return
        single = self._taken_out(thing, indices)
        if single:
            self.draft.pointed[at] = single
            self.excused_numbers.update(one for one in range(at, phrase.end) if self.r[one].kind == "number")
            self.draft.old_ids |= {one.id for one in self.draft.scene.things}
            self.draft.mention(single)

    def _nudge(self, at: int) -> bool:
        """`push the middle one 25 cm back`: moved within its group."""
        at += self.r.word(at, "by", "about")
        return self.r[at].dimension == "length" and self.r.is_cat(at + 1, "dir")

    def _as_an_element(self, at: int, thing: Thing, index: int) -> bool:
        """Whether all that is said up to the end of the clause is what an element of a group can be."""
        r = self.r
        while r.word(at, *_BEING):
            at += 1
        if r[at].kind in ("stop", "comma") or r.word(at, "and", "than"):
            return True
        _, after = self._factor(at)
        if after > at:
            after += r.word(after, "as")
            found = r.match(after, "weight", "size")
            return found is not None or r.word(after, "heavy", "light", "big", "large", "small")
        phrase = Phrase(at)
        end = self._adjectives(at, phrase)
        if end == at and r[at].kind == "quantity":
            return r[at].dimension == "mass"
        can = end > at and override_of(thing, index, phrase) is not None
        end += r.word(end, "now", "please", "instead", "again")
        return can and (r[end].kind == "stop" or self._clause_ends(end))

    def _taken_out(self, thing: Thing, indices: list[int]) -> list[int]:
        """These elements as things of their own at their places; their ids."""
        free = 1 + max(max(one.id for one in self.draft.scene.things), max(self.draft.old_ids, default=-1))
        carried = any(r.kind in ("on", "inside") and FLOOR not in r.targets for r in thing.place)
        scene = self.draft.scene
        found: list[int] = []
        for index in sorted(indices, reverse=True):
            done = cut(scene, thing.id, index, free) if scene.thing(thing.id).total > 1 else (scene, thing.id)
            if done is None or (carried and thing.arrange != "stack" and not self._growing()):
                return self._all_apart(thing, indices, free)
            scene, single = done
            found.insert(0, single)
            free = 1 + max(free, *(one.id for one in scene.things))
        self.draft.scene = scene
        behind = [one.id for one in scene.things if one.id not in self.draft.mentions and one.id not in found]
        self.draft.mention([*behind, thing.id])
        return found

    def _growing(self) -> bool:
        """Whether sizes are spoken of: then the others make room."""
        said = range(len(self.r))
        return any(self.r.is_cat(at, "size", "dimfactor", "factor") or self.r[at].dimension == "length" for at in said)

    def _with_such(self, phrase: Phrase) -> list[int]:
        """`the red ones`: the group that has some."""
        there = [self.draft.scene.thing(one) for one in self.draft.mentions if self.draft.scene.has(one)]
        fits = [thing for thing in there if phrase.pron or thing.kind == phrase.kind]
        some = phrase.pron == "them" or phrase.plural
        return [thing.id for thing in fits if some and alike(thing, phrase)][-1:]

    def _all_apart(self, thing: Thing, indices: list[int], free: int) -> list[int]:
        """Each of them a thing of its own, where it stands; the ids of those at `indices`."""
        if thing.total > _MOST_APART or thing.groups > 1:
            return []
        try:
            placed = Layout(without_ties(set_apart(self.draft.scene)), 0).run()
        except SceneInvalid:
            return []
        spots = [one for one in placed if one.thing.id == thing.id]
        if len(spots) != thing.total:
            return []
        kept = tuple(one for one in thing.place if one.kind in ("on", "inside"))
        low = min(spot.base[2] for spot in spots)
        parts = []
        for number, spot in enumerate(spots):
            x, y, z = spot.base
            height = (
                round(z + spot.foot.height / 2, 4) if z > low + 1e-3 or any(r.kind == "inside" for r in kept) else None
            )
            single, _ = parted(thing, number)
            identity = thing.id if number == 0 else free + number - 1
            at = (round(x, 4), round(y, 4), height)
            parts.append(replace(single, id=identity, place=kept, at=at, shift=(0.0, 0.0, 0.0)))
        carriers = {target for relation in kept for target in relation.targets}
        where = {one.thing.id: one.base for one in placed if one.index == 0}
        things: list[Thing] = []
        for other in self.draft.scene.things:
            if other.id in carriers and not other.place and other.at is None and other.total == 1:
                x, y, _ = where[other.id]  # what stands at its place is to have it below
                things.append(replace(other, at=(x - other.shift[0], y - other.shift[1], None)))
                continue
            things += parts if other.id == thing.id else [other]
        self.draft.scene = replace(self.draft.scene, things=tuple(things))
        self.draft.mention([part.id for part in parts])
        return [parts[index].id for index in indices]


def _meant(thing: Thing, phrase: Phrase) -> list[int]:
    """Which elements: by their number, or as the adjectives say."""
    if phrase.ordinal is None:
        found = alike(thing, phrase)
        return found if len(found) == 1 or phrase.pron == "them" or phrase.plural else []
    if phrase.pron == "them" and phrase.count is not None and phrase.ordinal in (0, -1):
        return list(range(thing.total))[-phrase.count :] if phrase.ordinal else list(range(phrase.count))
    return [position(phrase.ordinal, thing.total)]
