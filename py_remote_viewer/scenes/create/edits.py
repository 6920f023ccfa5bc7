"""Changes of the scene that is there: `same but with 5`, `where they were`, `to half`, `stop it`, `don't let it slide`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from py_remote_viewer.errors import SceneInvalid
from py_remote_viewer.scenes.create.description import FLOOR, Relation, Thing
from py_remote_viewer.scenes.create.elements import override_of, position
from py_remote_viewer.scenes.create.footprints import parts_of
from py_remote_viewer.scenes.create.kinds import KINDS
from py_remote_viewer.scenes.create.phrase import Phrase
from py_remote_viewer.scenes.create.restraints import Restraints
from py_remote_viewer.scenes.create.words import PLACES


class Edits(Restraints):
    """Rules for follow-ups."""

    gone: tuple[Thing, tuple[int, ...]] | None = None  # what was taken away last, and which of its elements

    # --- what was there ---------------------------------------------------------------------------------------------------

    def _remove(self, at: int, length: int) -> int:
        before = self.draft.scene
        step = super()._remove(at, length)
        whole = [thing for thing in before.things if not self.draft.scene.has(thing.id)]
        if whole:
            self.gone = (whole[-1], ())
        return step

    def _out(self, group: int, indices: list[int]) -> None:
        before = self.draft.scene.thing(group)
        super()._out(group, indices)
        self.gone = (before, tuple(indices))

    def where_it_was(self, at: int) -> int:
        """`where they were`, `in its place`: what was just put stands where what was taken away stood."""
        r, end = self.r, at
        if r.word(at, "where") and r.word(at + 1, "it", "they", "those", "the", "that"):
            end = at + 2
            while r[end].kind == "word" and end - at < 6 and not r.word(end, "was", "were", "stood", "had"):
                end += 1
            if not r.word(end, "was", "were", "stood", "had"):
                return 0
            end += 1 + r.word(end + 1, "been", "standing", "before")
        elif r.word(at, "in") and r.word(at + 1, "its", "their", "the") and r.word(at + 2, "place", "places", "same"):
            end = at + 3 + r.word(at + 3, "place", "spot")
        elif r.word(at, "there", "instead") and r[at + 1].kind in ("stop", "comma"):
            end = at + 1
        else:
            return 0
        new = [one for one in self.subjects if one != FLOOR and one not in self.draft.old_ids]
        if self.gone is None or not new:
            return 0
        old, indices = self.gone
        place = old.place if not indices else self._beside_the_rest(old, indices)
        if place is None:
            r.miss(list(range(at, end)))
            return end - at
        here = tuple(one for one in place if all(t == FLOOR or self.draft.scene.has(t) for t in one.targets))
        for one in new:
            where = {"at": old.at, "shift": old.shift, "height": old.height} if not indices else {}
            self.draft.update(one, place=here, **where)
        if not indices:
            self._take_over(old, new[0])
        r.use(at, end)
        return end - at

    @staticmethod
    def _beside_the_rest(old: Thing, indices: tuple[int, ...]) -> tuple[Relation, ...] | None:
        """A place beside those of the group that stay; None where the gap is among them."""
        count = len(indices)
        if old.groups > 1 or old.arrange not in ("", "row", "stack") or count == old.total:
            return old.place if count == old.total else None
        if set(indices) == set(range(old.total - count, old.total)):
            return (
                Relation(
                    "on" if old.arrange == "stack" else "right",
                    (old.id,),
                    None if old.arrange == "stack" else old.spacing,
                ),
            )
        if set(indices) == set(range(count)) and old.arrange != "stack":
            return (Relation("left", (old.id,), old.spacing),)
        return None

    def _take_over(self, old: Thing, new: int) -> None:
        """`new` gets the old one's place in the row of things, and what stood on it or beside it."""
        before = self.draft.before
        scene = self.draft.scene
        things = [thing for thing in scene.things if thing.id != new]
        order = [thing.id for thing in before.things]
        after = [thing.id for thing in things if thing.id in order and order.index(thing.id) > order.index(old.id)]
        spot = next((i for i, thing in enumerate(things) if thing.id in after), len(things))
        things.insert(spot, scene.thing(new))
        for i, thing in enumerate(things):
            was = before.thing(thing.id) if before.has(thing.id) else None
            back = [one for one in was.place if old.id in one.targets] if was is not None else []
            if back and not thing.place:
                moved = tuple(
                    replace(one, targets=tuple(new if t == old.id else t for t in one.targets)) for one in back
                )
                things[i] = replace(thing, place=moved)
        self.draft.scene = replace(scene, things=tuple(things))

    # --- the same, but -----------------------------------------------------------------------------------------------------

    def same_again(self, at: int) -> int:
        """`same but with 5`, `do the same with 5 cylinders`: the scene that is there, with one thing different."""
        r, end = self.r, at
        if not self.draft.editing or self.subjects or not self.draft.scene.things:
            return 0
        end += r.word(end, "do", "make", "show", "create", "build", "now", "try")
        end += r.word(end, "the", "it", "exactly")
        if not r.word(end, "same"):
            return 0
        end += 1 + r.word(end + 1, "thing", "scene", "setup", "again", "ones", "one", "experiment", "simulation")
        end += r.word(end, "again")
        end += r[end].kind == "comma"
        if not r.word(end, "but", "just", "only", "except", "with", "using", "for", "on", "in", "without"):
            return 0
        while r.word(end, "but", "just", "only", "except", "now", "this", "time"):
            end += 1
        group = self._main()
        number = end + r.word(end, "with", "using", "for")
        token = r[number]
        part = token.kind == "number" and r.is_cat(number + 1, "part")
        counted = token.kind == "number" and not part
        noun = self.nouns.read(number) if number > end else None
        if noun is not None and noun.kind in KINDS and (counted or not noun.definite) and not part:
            end = self._other_kind(group, noun)
        elif counted and 0 < token.value <= 200 and token.value == int(token.value):
            self.draft.update(group, count=int(token.value), shape=())
            end = number + 1 + 2 * (r.word(number + 1, "of") and r.word(number + 2, "them"))
        self.subjects, self.edited, self.verb_word = [group], True, "make"
        self.clause_break = False
        r.use(at, end)
        return end - at

    def _other_kind(self, group: int, noun: Phrase) -> int:
        """The group made of something else, where and as it was."""
        old = self.draft.scene.thing(group)
        alike = [thing for thing in self.draft.scene.things if thing.kind == noun.kind]
        if alike:
            group, old = alike[-1].id, alike[-1]
        count = noun.count if noun.count is not None else old.count
        if not alike:
            (made, *_) = self.create(noun)
            new = self.draft.scene.thing(made)
            self.draft.remove([made])
            kept: dict[str, Any] = {
                "id": old.id,
                "place": old.place,
                "at": old.at,
                "arrange": old.arrange,
                "label": old.label,
                "spacing": old.spacing,
            }
            kept |= {"groups": old.groups, "motion": old.motion, "colours": new.colours or old.colours, "count": count}
            things = tuple(replace(new, **kept) if thing.id == old.id else thing for thing in self.draft.scene.things)
            self.draft.scene = replace(self.draft.scene, things=things)
        else:
            self.draft.update(group, count=count, shape=())
            self.draft.apply(group, replace(noun, count=None))
        return noun.end

    def become(self, at: int) -> int:
        """`make it a sphere`, `turn the cubes into balls`: what it is changes, and nothing else."""
        r, end = self.r, at
        if not self.draft.editing or self.verb_word not in ("make", "turn", "change") or self.attached != self.subjects:
            return 0
        old = [one for one in self.subjects if one in self.draft.old_ids and self.draft.scene.has(one)]
        if not old or len(old) != len(self.subjects) or not r.used[at - 1] or self.index is not None:
            return 0
        end += r.word(end, "into", "to", "be")
        phrase = self.nouns.read(end)
        if (
            phrase is None
            or phrase.kind not in KINDS
            or phrase.definite
            or not (phrase.det == "a" or phrase.plural or phrase.count)
        ):
            return 0
        same = KINDS[phrase.kind].sort == "solid" and all(KINDS[self._kind_of(one)].sort == "solid" for one in old)
        follows = r[phrase.end].kind in ("stop", "comma") or r.word(
            phrase.end, "and", "but", "instead", "of", "with", "that"
        )
        if phrase.label or not same or not follows:
            return 0
        for one in old:
            self._turn_into(one, phrase)
        self.edited, self.attached = True, list(self.subjects)
        r.use(at, phrase.end)
        return phrase.end - at

    def _turn_into(self, one: int, phrase: Phrase) -> None:
        before = self.draft.scene.thing(one)
        (made, *_) = self.create(replace(phrase, count=None, plural=False, det="a"))
        new = self.draft.scene.thing(made)
        self.draft.remove([made])
        dims = new.dims or tuple((name, value) for name, value in before.dims if name == "size")
        after = replace(
            before,
            kind=new.kind,
            noun=new.noun,
            dims=dims,
            scales=new.scales or tuple((name, value) for name, value in before.scales if name == "all"),
            mass=new.mass if new.mass is not None else before.mass,
            material=new.material or before.material,
            colours=new.colours or before.colours,
            bounce=new.bounce if new.bounce is not None else before.bounce,
            count=phrase.count or before.count,
        )
        self.draft.scene = replace(
            self.draft.scene, things=tuple(after if thing.id == one else thing for thing in self.draft.scene.things)
        )
        self.draft.changes += 1
        self.draft.mention([one])
        self.sentence_ids = [other for other in self.sentence_ids if other != made]

    def keep_only(self, at: int) -> int:
        """`now only three of them`, `keep two of the boxes`: the others go."""
        r, end = self.r, at
        if not self.draft.editing or not self.starts_clause():
            return 0
        while r.word(end, "now", "keep", "leave", "only", "just"):
            end += 1
        if end == at or not any(r.word(i, "keep", "leave", "only", "just") for i in range(at, end)):
            return 0
        token, group = r[end], self._group()
        if token.kind != "number" or group is None or not r.word(end + 1, "of"):
            return 0
        phrase = self.nouns.read(end + 2)
        ids = self.draft.resolve(phrase) if phrase is not None and phrase.definite else []
        groups = [one for one in ids if one != FLOOR and self.draft.scene.thing(one).total > 1]
        thing = self.draft.scene.thing(groups[-1] if groups else group)
        if phrase is None or not ids or not 0 < token.value < thing.total or token.value != int(token.value):
            return 0
        self._out(thing.id, list(range(int(token.value), thing.total)))
        self.edited = True
        r.use(at, phrase.end)
        return phrase.end - at

    def back_on_earth(self, at: int) -> int:
        """`bring it back to earth`, `move everything to the moon`: whose gravity it is."""
        r, end = self.r, at
        end += r.word(end, "back")
        if not r.word(end, "to", "on") or (end == at and not r.word(at, "to")):
            return 0
        end += 1 + r.word(end + 1, "the", "planet")
        name = r[end].text
        if name not in PLACES or r.is_cat(end, "rel") or r.is_cat(end + 1, "noun"):
            return 0
        self.world(gravity=PLACES[name])
        self.edited = self.edited or self.draft.editing
        r.use(at, end + 1)
        return end + 1 - at

    def _some_go(self, at: int) -> int:
        """Some of a group, or so many parts of a machine."""
        r, end = self.r, at
        count = int(r[end].value) if r[end].kind == "number" else 1 if r.word(end, "a", "an", "one", "another") else 0
        part = r.match(end + 1 + r.word(end + 1, "of", "the"), "part") if count else None
        there = [self.draft.scene.thing(one) for one in self.draft.mentions if self.draft.scene.has(one)]
        owners = [
            thing
            for thing in there
            if part is not None and KINDS[thing.kind].part == part[0].value and thing.total == 1
        ]
        if part is None or not owners or r.word(end + 1, "of"):
            return super()._some_go(at)
        thing = owners[-1]
        left = parts_of(thing) - count
        if left < KINDS[thing.kind].parts[1]:
            return super()._some_go(at)
        kept = tuple(one for one in thing.overrides if position(one.index, parts_of(thing)) < left)
        self.draft.update(thing.id, parts=left, overrides=kept)
        self.subjects = [thing.id]
        self.draft.mention([thing.id])
        r.use(at, end + 1 + part[1])
        return 1 + part[1]

    def not_so(self, at: int) -> int:
        """`I want it green, not blue`: what it is no longer."""
        r, end = self.r, at
        end += r.word(end, "not")
        end += 2 * (
            (r.word(end, "instead") and r.word(end + 1, "of")) or (r.word(end, "rather") and r.word(end + 1, "than"))
        )
        phrase = Phrase(at)
        finish = self._adjectives(end, phrase)
        if end == at or finish == end or not self.draft.changes or r[finish].kind not in ("stop", "comma"):
            return 0
        r.use(at, finish)
        return finish - at

    def tip_over(self, at: int) -> int:
        """`knock one over`, `tip it over`, where nothing is said to do it: a ball flies at it."""
        r, end = self.r, at + 1
        if not self.draft.editing or not r.word(at, "knock", "tip", "push", "topple") or not self.starts_clause():
            return 0
        group, phrase = self._group(), self.nouns.read(end)
        one = r.word(end, "one") or (r[end].kind == "number" and r[end].shown == "one")
        if one:
            end += 1 + 2 * (r.word(end + 1, "of") and r.word(end + 2, "them"))
        elif phrase is not None and phrase.definite:
            end = phrase.end
        else:
            return 0
        if not r.word(end, "over", "down") or r.word(end + 1, "with", "using", "by") or (one and group is None):
            return 0
        ids = self.draft.resolve(phrase) if phrase is not None and not one else []
        if one and group is not None:
            ids = [self.draft.split_off(group, 0)]
        ids = [each for each in ids if each != FLOOR]
        if not ids:
            return 0
        made = self.create(Phrase(at, at, "ball", "ball", det="a", changes={"weight": 3.0}))
        self.draft.move(made[0], "thrown", target=ids[-1], speed=6.0)
        self.subjects, self.edited = made, True
        self.draft.mention([*made, *ids])
        r.use(at, end + 1)
        return end + 1 - at

    def verb(self, at: int) -> int:
        """A new clause: `put the ball on the table and make it red` is about the ball."""
        if self.verb_word in ("put", "move") and self.clause_break and self.subjects and self.r.is_cat(at, "verb"):
            self.draft.mention([one for one in self.subjects if one != FLOOR and self.draft.scene.has(one)])
        return super().verb(at)

    def one_of_them(self, at: int) -> int:
        """`make one longer`, `paint one of them red`: any one of the group."""
        r = self.r
        group = self._group()
        one = r.word(at, "one") or (r[at].kind == "number" and r[at].shown == "one")
        if group is None or not one or not self.verb_word or not self.draft.editing:
            return 0
        end = at + 1 + 2 * (r.word(at + 1, "of") and r.word(at + 2, "them"))
        phrase = Phrase(at)
        finish = self._adjectives(end, phrase)
        if finish == end or self.nouns.head_follows(finish):
            return 0
        index = self._free(group)[:1] or [0]
        if override_of(self.draft.scene.thing(group), index[0], phrase) is not None:
            return self._apply(at, finish, group, index, phrase)
        place = self.draft.scene.thing(group).place
        single = self.draft.split_off(group, position(index[0], self.draft.scene.thing(group).total))
        if not place:
            self.draft.relate([single], Relation("right", (group,)), instead=False)
        self.draft.apply(single, phrase)
        self.subjects, self.edited = [single], True
        r.use(at, finish)
        return finish - at

    def subset(self, at: int) -> int:
        """Some of a group, or one of it."""
        return self.one_of_them(at) or super().subset(at)

    def instead(self, at: int) -> int:
        """`make it blue instead`: the change is the other way already."""
        r = self.r
        if (
            not r.word(at, "instead", "rather")
            or r.word(at + 1, "of", "than")
            or not self.draft.editing
            or not self.draft.changes
        ):
            return 0
        new = [one for one in self.sentence_ids if one not in self.draft.old_ids and self.draft.scene.has(one)]
        old = [
            one
            for one in self.draft.focus or self.draft.mentions
            if one in self.draft.old_ids and self.draft.scene.has(one)
        ]
        if new and len(new) == 1 and old and not self.draft.scene.thing(new[0]).place:
            before = self.draft.scene.thing(old[-1])
            self.draft.remove([before.id])
            self.draft.update(new[0], place=before.place, at=before.at, shift=before.shift)
            self._take_over(before, new[0])
        elif new:
            return 0
        self.edited = True
        r.use(at, at + 1)
        return 1

    def _as_many_more(self, at: int) -> int:
        """`10 more`, of what was named last; `two more on top` of a tower, `two more at the end` of a row."""
        number = self.r[at].kind == "number" and self.r.word(at + 1, "more")
        ids = self.draft.resolve(Phrase(at, pron="it")) if number and self.draft.editing else []
        if not ids:
            return 0
        thing = self.draft.scene.thing(ids[-1])
        self.draft.update(thing.id, count=min(201, thing.count + max(0, int(self.r[at].value))))
        if thing.count + self.r[at].value > 200:
            raise SceneInvalid("more than 200 of them are too many", hint="Ask for fewer.")
        self.edited = True
        where = self.r.match(at + 2, "barerel")
        fits = {"stack": ("on",), "row": ("end", "right")}.get(thing.arrange, ())
        length = 2 + (where[1] if where is not None and where[0].value in fits else 0)
        self.r.use(at, at + length)
        return length

    def world_switch(self, at: int, *, on: bool) -> int:
        """`without motors`: also of machines that come with them."""
        step = super().world_switch(at, on=on)
        feature = [i for i in range(at, at + step) if self.r.is_cat(i, "feature")]
        if feature and self.r.match(feature[0], "feature")[0].value == "motors":  # type: ignore[index]
            for thing in self.draft.scene.things:
                if KINDS[thing.kind].sort == "robot" and not on:
                    self.r.miss(feature)
                elif KINDS[thing.kind].sort == "machine":
                    self.draft.update(thing.id, unpowered=not on)
        return step
