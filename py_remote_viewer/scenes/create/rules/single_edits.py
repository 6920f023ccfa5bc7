"""One of a group, changed alone: moved out of the line, turned into something else, made taller."""

from __future__ import annotations

from dataclasses import replace

from py_remote_viewer.scenes.create.layout.cutting import cut
from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.lexicon.words import Entry
from py_remote_viewer.scenes.create.rules.comparisons import side_of
from py_remote_viewer.scenes.create.rules.recounts import Recounts
from py_remote_viewer.scenes.create.things.description import FLOOR, Override
from py_remote_viewer.scenes.create.things.elements import override_of, position
from py_remote_viewer.scenes.create.things.phrase import Phrase

_SIDES = ("left", "right", "first", "second", "third", "other")
_MOVING = ("move", "lift", "sink", "put")


class SingleEdits(Recounts):
    """Rules for a single element of a group that is there."""

    def nudged(self, at: int) -> int:
        """`push the middle one 25 cm back`, `drag it 1 m to the left`: moved by so much, and no motion."""
        r = self.r
        if not self.draft.editing or not r.word(at, "push", "pull", "nudge", "drag", "slide", "bring"):
            return 0
        phrase = self.nouns.read(at + 1)
        if phrase is None or not phrase.definite or not self.starts_clause():
            return 0
        end = phrase.end + r.word(phrase.end, "by", "about")
        way = r.match(end + 1, "dir")
        ids = self.existing(phrase, required=False)
        if r[end].dimension != "length" or r[end].kind != "quantity" or way is None or not ids or FLOOR in ids:
            return 0
        if way[0].value not in ("left", "right", "forward", "back", "up", "down"):
            return 0
        self.subjects, self.index, self.verb_word, self.edited = ids, phrase.ordinal, "move", True
        self.draft.mention(ids)
        self.shift(way[0].value, r[end].value)
        r.use(at, end + 1 + way[1])
        return end + 1 + way[1] - at

    def _nth(self, at: int, group: int) -> int:
        """`move the middle one 20 cm back`: how far, and no size."""
        if self.draft.editing and (self.verb_word in _MOVING or self._of_groups(at, group)):
            return 0
        return super()._nth(at, group)

    def _of_groups(self, at: int, group: int) -> bool:
        """`paint the right one red`, of two towers: the whole of it."""
        thing = self.draft.scene.thing(group)
        alike = [one for one in self.draft.scene.things if one.label == thing.label]
        named = self.r.word(at, "the") and self.r.word(at + 1, *_SIDES) and self.r.word(at + 2, "one")
        return bool(thing.label) and named and (thing.groups > 1 or len(alike) > 1)

    def existing(self, phrase: Phrase, *, required: bool = True) -> list[int]:
        """`the left one`, of two towers that are things of their own."""
        if phrase.pron and phrase.ordinal is not None and self.draft.editing and self.r.word(phrase.start + 1, *_SIDES):
            there = [one for one in self.draft.mentions if self.draft.scene.has(one)]
            label = self.draft.scene.thing(there[-1]).label if there else ""
            alike = sorted(one for one in there if label and self.draft.scene.thing(one).label == label)
            which = position(phrase.ordinal, len(alike))
            if len(alike) > 1 and 0 <= which < len(alike):
                phrase.ordinal = None
                return [alike[which]]
        return super().existing(phrase, required=required)

    def _verb_alone(self, verb: str, end: int) -> None:
        """`lower the table`: it has shorter legs."""
        tables = [one for one in self.subjects if one != FLOOR and self._kind_of(one) in ("table", "platform")]
        if verb in ("lift", "sink") and tables and not self._distance_within(end) and self.draft.editing:
            self.shift("up" if verb == "lift" else "down", 0.15)
            self.moving = verb
            return
        super()._verb_alone(verb, end)

    def _single_out(self, targets: list[int]) -> None:
        """Not where it is only moved aside: then it stays one of the group."""
        if self.index is not None and not targets and self._moved_aside():
            return
        super()._single_out(targets)

    def _moved_aside(self) -> bool:
        """Whether a distance or a direction follows the noun, and no place."""
        at = next((i for i in range(len(self.r)) if not self.r.used[i]), len(self.r))
        at += self.r.word(at, "by", "about", "another", "a")
        far = self.r[at].kind == "quantity" and self.r[at].dimension == "length"
        at += far
        found = self.r.match(at, "dir")
        return (far or found is not None) and not (self.r.is_cat(at, "rel") and self._object_follows(at + 1))

    def shift(self, direction: str, distance: float) -> None:
        """Move the subjects, or the one of a group that is meant."""
        ids = [one for one in self.subjects if one != FLOOR]
        legs = [one for one in ids if self._kind_of(one) in ("table", "platform") and direction in ("up", "down")]
        for one in legs:  # it is higher, or lower
            high = side_of(self.draft.scene.thing(one), "height") + (distance if direction == "up" else -distance)
            dims = dict(self.draft.scene.thing(one).dims) | {"height": max(0.1, high)}
            self.draft.update(one, dims=tuple(sorted(dims.items())))
        if legs:
            return
        if self.index is None or len(ids) != 1 or self.draft.scene.thing(ids[0]).total < 2:
            super().shift(direction, distance)
            return
        before = self.draft.scene.thing(ids[0])
        super().shift(direction, distance)
        whole = self.draft.scene.thing(ids[0]).shift
        own = tuple(b - a for a, b in zip(before.shift, whole, strict=True))
        index = position(self.index, before.total)
        aside = Override(index, shift=(own[0], own[1], own[2]))
        self.draft.update(ids[0], shift=before.shift, overrides=(*before.overrides, aside))

    def scale_property(self, one: int, name: str, factor: float) -> None:
        """`the third box should be twice as big`: that one alone."""
        thing = self.draft.scene.thing(one) if one != FLOOR else None
        single = self.draft.editing and self.index is not None and thing is not None and thing.total > 1
        if not single or thing is None or self.index is None or name not in ("size", "size_all", "mass"):
            super().scale_property(one, name, factor)
            return
        index = position(self.index, thing.total)
        own = Override(index, weight=factor) if name == "mass" else Override(index, scale=factor)
        self.draft.update(one, overrides=(*thing.overrides, own))

    def _cut_out(self) -> bool:
        """Make the element that is meant a thing of its own, where it stands; whether it is one now."""
        ids = [one for one in self.subjects if one != FLOOR]
        if self.index is None or len(ids) != 1:
            return False
        thing = self.draft.scene.thing(ids[0])
        if thing.total < 2 or KINDS[thing.kind].sort != "solid":
            return False
        free = 1 + max(max(one.id for one in self.draft.scene.things), max(self.draft.old_ids, default=-1))
        done = cut(self.draft.scene, thing.id, self.index, free)
        if done is None:
            return False
        self.draft.scene, single = done
        self.draft.changes += 1
        behind = [one.id for one in self.draft.scene.things if one.id not in self.draft.mentions and one.id != single]
        self.draft.mention([*behind, thing.id, single])
        self.subjects, self.attached, self.index, self.edited = [single], [single], None, True
        return True

    def predicate(self, at: int) -> int:
        """`make the last one taller`: what one of a group cannot be, a thing of its own can."""
        ids = [one for one in self.subjects if one != FLOOR]
        if self.draft.editing and self.index is not None and len(ids) == 1:
            phrase, thing = Phrase(at), self.draft.scene.thing(ids[0])
            plain = self.nouns.adjective(at, phrase) and thing.total > 1
            if plain and override_of(thing, self.index, phrase) is None:
                self._cut_out()
        return super().predicate(at)

    def another_kind(self, at: int) -> int:
        """`make the top one a ball`, `make it a humanoid`: something else where it was."""
        r, end = self.r, at
        if not self.draft.editing or self.verb_word not in ("make", "turn", "change") or not r.used[at - 1]:
            return 0
        ids = [one for one in self.subjects if one != FLOOR and self.draft.scene.has(one)]
        if len(ids) != 1 or (ids[0] not in self.draft.old_ids and self.index is None):
            return 0
        if r.word(end, "into") and r.is_cat(at - 1, "motion"):
            return 0  # `make it roll into a wall`
        end += r.word(end, "into", "to", "be")
        phrase = self.nouns.read(end)
        if phrase is None or phrase.kind not in KINDS or phrase.definite or phrase.det != "a" or phrase.label:
            return 0
        follows = r[phrase.end].kind in ("stop", "comma") or r.word(phrase.end, "and", "but", "instead", "now")
        thing = self.draft.scene.thing(ids[0])
        if not follows or phrase.count not in (None, 1) or phrase.kind == thing.kind:
            return 0
        if self.index is not None and thing.total > 1 and not self._cut_out():
            return 0
        self._put_in_place(self.subjects[0], phrase)
        r.use(at, phrase.end)
        return phrase.end - at

    def _put_in_place(self, one: int, phrase: Phrase) -> None:
        """What `phrase` names, where `one` is, with what stood on it."""
        before = self.draft.scene.thing(one)
        (made, *_) = self.create(replace(phrase, count=None, det="a"))
        new = replace(
            self.draft.scene.thing(made),
            id=one,
            place=before.place,
            at=before.at,
            shift=before.shift,
            colours=self.draft.scene.thing(made).colours or before.colours,
        )
        scene = self.draft.scene
        self.draft.scene = replace(
            scene, things=tuple(new if thing.id == one else thing for thing in scene.things if thing.id != made)
        )
        self.sentence_ids = [other for other in self.sentence_ids if other != made]
        self.draft.mention([one])
        self.subjects, self.attached, self.edited = [one], [one], True

    def _replace(self, at: int) -> int:
        """`replace the top block with a ball`: the one, not all of them; `replace wood with steel`."""
        if step := self._other_material(at):
            return step
        old = self.nouns.read(at)
        ids = self.existing(old) if old is not None and old.definite else []
        if old is None or old.ordinal is None or len(ids) != 1 or not self.r.word(old.end, "with", "by", "for"):
            return super()._replace(at)
        new = self.nouns.read(old.end + 1)
        self.subjects, self.index = ids, old.ordinal
        if new is None or new.kind not in KINDS or not self._cut_out():
            self.index = None
            return super()._replace(at) if self.draft.scene.thing(ids[0]).total == 1 else 0
        self._put_in_place(self.subjects[0], new)
        self.r.use(at, new.end)
        return new.end - at

    # --- what it is made of -----------------------------------------------------------------------------------------------

    def _other_material(self, at: int) -> int:
        """`replace the wood with steel`: of all that is made of it."""
        r, start = self.r, at + self.r.word(at, "the", "all")
        old = r.match(start, "material")
        if old is None or not r.word(start + old[1], "with", "by", "for"):
            return 0
        new = r.match(start + old[1] + 1, "material")
        end = start + old[1] + 1 + (new[1] if new is not None else 0)
        if new is None or self.nouns.head_follows(end) or self.nouns.head_follows(start + old[1]):
            return 0
        ids = [thing.id for thing in self.draft.scene.things if thing.material == old[0].value]
        for one in ids:
            self.draft.apply(one, Phrase(at, changes={"material": new[0].value}))
        if not ids:
            return 0
        self.subjects, self.attached, self.edited = ids, list(ids), True
        self.draft.mention(ids)
        r.use(at, end)
        return end - at

    def _stuff(self, at: int) -> tuple[Entry, int] | None:
        """A bare material, also one whose name is a thing's: `glass`, `marble`."""
        found = self.r.match(at, "material")
        end = at + (found[1] if found is not None else 0)
        ends = self.r[end].kind in ("stop", "comma") or self.r.word(
            end, "and", "instead", "now", "please", "but", "rather"
        )
        return found if found is not None and ends else None

    def made_of(self, at: int) -> int:
        """`make it glass`, `change the material of the box to ice`: what the subjects are made of."""
        r, end = self.r, at
        if not self.draft.editing:
            return 0
        ids = [one for one in self.subjects if one != FLOOR]
        named = at + r.word(at, "the", "its", "their")
        if r.word(named, "material", "materials"):
            end = named + 1
            phrase = self.nouns.read(end + 1) if r.word(end, "of") else None
            ids = self.existing(phrase) if phrase is not None else ids or self.draft.resolve(Phrase(at, pron="it"))
            end = phrase.end if phrase is not None else end
            if not r.word(end, "to", "is", "be", "=", "into"):
                return 0
            end += 1
        elif (
            self.verb_word not in ("make", "turn", "change")
            or not ids
            or not r.used[at - 1]
            or not r.is_cat(at, "noun")
        ):
            return 0
        stuff = self._stuff(end)
        if stuff is None or not ids or FLOOR in ids:
            return 0
        for one in ids:
            self.draft.apply(one, Phrase(at, changes={"material": stuff[0].value}), self.index)
        self.subjects, self.attached, self.edited = ids, list(ids), True
        r.use(at, end + stuff[1])
        return end + stuff[1] - at

    def instead_of(self, at: int) -> int:
        """`make it ice instead of brick`: what it was is no more, by what was said before."""
        r, end = self.r, at + 2
        if not self.draft.editing or not r.word(at, "instead", "rather") or not r.word(at + 1, "of", "than"):
            return 0
        if not self.draft.changes or self.verb_word not in ("make", "change", "turn"):
            return 0
        found = r.match(end, "material", "colour", "noun")
        end += found[1] if found is not None else 0
        if found is None or r[end].kind not in ("stop", "comma"):
            return 0
        r.use(at, end)
        return end - at
