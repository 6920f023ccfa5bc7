"""Changes of the scene that is there: `same but with 5`, `where they were`, `to half`, `stop it`, `don't let it slide`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.rules.part_words import Part
from py_remote_viewer.scenes.create.rules.restraints import Restraints
from py_remote_viewer.scenes.create.things.description import FLOOR, Relation, Thing
from py_remote_viewer.scenes.create.things.elements import override_of, position
from py_remote_viewer.scenes.create.things.phrase import Phrase
from py_remote_viewer.scenes.create.things.values import colours_apiece


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
        if phrase is not None and phrase.pron == "it" and phrase.det == "a":
            phrase.det = ""  # `make it a big heavy one`: it becomes so
            return self._as_it_is(at, phrase, old)
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
        many = all(self.draft.scene.thing(one).total > 1 for one in old)
        if phrase.label and many and follows and phrase.noun == "block" and phrase.count is None:
            for one in old:  # `make the tower a pyramid`
                self.draft.update(one, arrange=phrase.arrange, label=phrase.label, shape=(), groups=1)
            self.edited = True
            r.use(at, phrase.end)
            return phrase.end - at
        if phrase.label or not same or not follows:
            return 0
        kinds = {(thing.kind, thing.noun) for thing in map(self.draft.scene.thing, old)}
        if kinds == {(phrase.kind, phrase.noun)} and phrase.count is None and (step := self._as_it_is(at, phrase, old)):
            return step  # `make it a green ball`, where it is a ball
        for one in old:
            self._turn_into(one, phrase)
        self.edited, self.attached = True, list(self.subjects)
        r.use(at, phrase.end)
        return phrase.end - at

    def _as_it_is(self, at: int, phrase: Phrase, ids: list[int]) -> int:
        """The adjectives of `phrase`, for what is there."""
        if not (phrase.changes or phrase.scales or phrase.colours or phrase.dims):
            return 0
        for one in ids:
            self.draft.apply(one, phrase)
        self.edited = True
        self.draft.mention(ids)
        self.r.use(at, phrase.end)
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

    def use_another(self, at: int) -> int:
        """`use a heavier ball`, `use steel blocks`: those that are there become so."""
        r = self.r
        if not self.draft.editing or not r.word(at, "use", "try", "take") or not self.starts_clause():
            return 0
        phrase = self.nouns.read(at + 1)
        end = self._adjectives(at + 1, plain := Phrase(at))
        if (
            phrase is None and end > at + 1 and (r[end].kind in ("stop", "comma") or r.word(end, "instead"))
        ):  # `try steel`
            plain.end, it = end, [one for one in self.draft.resolve(Phrase(at, pron="it")) if one != FLOOR]
            self.subjects = self.attached = it
            return self._as_it_is(at, plain, it) if it else 0
        if (
            phrase is None
            or phrase.kind not in KINDS
            or phrase.definite
            or (phrase.count is not None and phrase.count != 1)
        ):
            return 0
        there = [self.draft.scene.thing(one) for one in self.draft.mentions if self.draft.scene.has(one)]
        alike = [thing for thing in there if thing.kind == phrase.kind and phrase.noun in (thing.noun, thing.kind)]
        if not alike and phrase.noun == "weight" and phrase.changes:
            holders = [
                thing for thing in there if thing.kind in ("spring", "pendulum", "rope", "chain") and thing.total == 1
            ]
            part = Part(holders[-1].id, "bob", -1, phrase.end, replace(phrase, count=None), "mass") if holders else None
            if part is None or not self._give(part):
                return 0
            self.subjects, self.attached, self.edited = [part.owner], [part.owner], True
            r.use(at, phrase.end)
            return phrase.end - at
        if not alike or not (phrase.changes or phrase.scales or phrase.colours or phrase.dims):
            return 0
        one = alike[-1].id
        self.draft.apply(one, phrase)
        self.subjects, self.attached, self.edited = [one], [one], True
        self.draft.mention([one])
        r.use(at, phrase.end)
        return phrase.end - at

    def copies_of(self, at: int) -> int:
        """`add 3 copies of it`, `two more copies of the box`."""
        r, end = self.r, at
        count = int(r[at].value) if r[at].kind == "number" else 1 if r.word(at, "a", "another") else 0
        end += 1 + r.word(at + 1, "more")
        if not count or not self.draft.editing or not r.word(end, "copy", "copies", "clones", "duplicates"):
            return 0
        phrase = self.nouns.read(end + 2) if r.word(end + 1, "of") else Phrase(end, end + 1, pron="it")
        ids = [one for one in self.draft.resolve(phrase) if one != FLOOR] if phrase is not None else []
        if phrase is None or not ids or self.draft.scene.thing(ids[-1]).total + count > 200:
            return 0
        thing = self.draft.scene.thing(ids[-1])
        self.draft.update(thing.id, count=thing.count + count)
        self.subjects, self.edited = [thing.id], True
        self.draft.mention([thing.id])
        r.use(at, phrase.end)
        return phrase.end - at

    def alike(self, at: int) -> int:
        """`make them the same colour`, `of the same material`: as the first of them is."""
        r, end = self.r, at
        end += r.word(end, "of", "in", "with")
        end += r.word(end, "the")
        if not r.word(end, "same") or not r.word(end + 1, "colour", "color", "material", "shape"):
            return 0
        ids = [one for one in self.subjects if one != FLOOR]
        if r.word(end + 1, "colour", "color") and (step := self._as_each_is(at, end + 2, ids)):
            return step
        if r.word(end + 1, "shape") or not ids or (len(ids) == 1 and self.draft.scene.thing(ids[0]).total == 1):
            return 0
        first = self.draft.scene.thing(ids[0])
        for one in ids:
            if r.word(end + 1, "material"):
                self.draft.update(one, material=first.material, density=first.density)
            else:
                plain = tuple(replace(own, colour=None) for own in self.draft.scene.thing(one).overrides)
                self.draft.update(one, colours=first.colours[:1] or ("blue",), overrides=plain)
        r.use(at, end + 2)
        return end + 2 - at

    def _as_each_is(self, at: int, end: int, ids: list[int]) -> int:
        """`a ball of the same colour in each`: as that is which it is put in, one by one."""
        place = self.r.match(end, "rel")
        each = end + place[1] if place is not None else end
        if place is None or not ids or not self.r.word(each + self.r.word(each, "the"), "each", "every"):
            return 0
        others = [one for one in dict.fromkeys(self.draft.mentions) if self.draft.scene.has(one) and one != ids[-1]]
        colours = colours_apiece([self.draft.scene.thing(one) for one in sorted(others)])
        if not colours:
            return 0
        self.draft.update(ids[-1], colours=colours)
        self.r.use(at, end)
        return end - at

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
        if finish == end and end > at + 1 and self._factor(end)[1] > end:
            single = self.draft.split_off(group, self.draft.scene.thing(group).total - 1)
            if not self.draft.scene.thing(single).place:
                self.draft.relate([single], Relation("right", (group,)), instead=False)
            self.subjects, self.edited = [single], True
            r.use(at, end)
            return end - at
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
        aimed = any(thing.motion is not None and thing.motion.target in new for thing in self.draft.scene.things)
        if aimed:  # `let it crash into a stack instead`: what it went at before stays
            pass
        elif new and len(new) == 1 and old and not self.draft.scene.thing(new[0]).place:
            before = self.draft.scene.thing(old[-1])
            self.draft.remove([before.id])
            self.draft.update(new[0], place=before.place, at=before.at, shift=before.shift)
            self._take_over(before, new[0])
        elif new and self.draft.old_ids & {thing.id for thing in self.draft.scene.things}:
            return 0
        self.edited = True
        r.use(at, at + 1)
        return 1
