"""Sentences to changes of a draft: one walk over the tokens that knows whom each phrase is about.

What no rule takes is left unused, and reported by `prompt.py`. The rules are in the modules of the classes below, from the
state (`walk.py`) up.
"""

from __future__ import annotations

from collections.abc import Callable

from py_remote_viewer.errors import SceneInvalid
from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.reading.journal import traces
from py_remote_viewer.scenes.create.reading.reader import Reader
from py_remote_viewer.scenes.create.rules.numbered import Numbered
from py_remote_viewer.scenes.create.rules.views import Views
from py_remote_viewer.scenes.create.things.description import FLOOR, Relation
from py_remote_viewer.scenes.create.things.draft import Draft
from py_remote_viewer.scenes.create.things.phrase import Phrase
from py_remote_viewer.scenes.create.things.usual_places import usual_place

_EDITING = frozenset(
    "change move lift sink double halve treble replace grow shrink turn spread flip steepen".split()  # noqa: SIM905
)


class Grammar(Views, Numbered):
    """One walk. After `run`, `draft.scene` is what was said."""

    def __init__(self, reader: Reader, draft: Draft) -> None:
        super().__init__(reader, draft)
        self._rules = (
            self.heading,
            self.announced,
            *self.holding_rules(),
            *self.copy_rules(),
            *self.numbered_rules(),
            self.one_of_each,
            self.unseen,
            self.camera,
            self.lamp,
            self.terrain,
            self.top_or_legs,
            *self.layered_rules(),
            *self.physics_rules(),
            *self.link_rules(),
            *self.machine_rules(),
            self.value_range,
            *self.jointed_rules(),
            *self.rearranging_rules(),
            self.on_each_level,
            *self.opening_rules(),
            self.at_spot,
            self.which_end,
            self.on_its_track,
            self.on_its_seat,
            self.aimed_at,
            self.pyramid_base,
            self.has_anyway,
            self.simile,
            self.playback,
            self.world_phrase,
            self.first_of_many,
            self.one_and_the_other,
            *self.rules_of_several(),
            self.more_rows,
            self.second_thought,
            self.lift_balls,
            *self.change_rules(),
            *self.late_rules(),
            self.each_with,
            self.under_each_end,
            self.row_of_grid,
            self.outer_ones,
            self.in_total,
            self.two_sides,
            self.alternate,
            self.same_again,
            self.where_it_was,
            self.kept_from,
            self.stop_it,
            self.instead,
            self.clockwise,
            self.go_on,
            self.moved_by,
            self.read_ahead,
            self.without_it,
            self.extreme,
            self.spring_constant,
            self.other_way,
            self.some_alike,
            self.fill_it,
            self.so_many_now,
            *self.kind_rules(),
            self.use_another,
            self.copies_of,
            self.alike,
            self.to_a_place,
            self.bare_change,
            self.not_so,
            self.painted,
            self.tip_over,
            self.keep_only,
            self.drop_height,
            self.spaced,
            self.back_on_earth,
            self.end_of_a_rod,
            self.on_a_cart,
            self.bob_at_the_end,
            self.a_property,
            self.property_of_part,
            self.described_part,
            self.swap,
            self.take_off,
            self.on_the_nth,
            self.layers_of,
            self.size_of_a,
            self.thrown_from,
            self.weight_at_the_end,
            self.all_but,
            self.uneven_groups,
            self.groups_apart,
            self.each_its_colour,
            self.each_of_several,
            self.everybody,
            self.left_to_right,
            self.grade,
            self.one_on_each,
            self.some_more,
            self.subset,
            self.superlative,
            self.collision,
            self.strike,
            self.struck,
            self.attribute,
            self.tie,
            self.bare_part,
            self.same_of,
            self.bare_load,
            self.colour_list,
            self.verb,
            self.bare_arrangement,
            self.comparison,
            self.distance_first,
            self.value_list,
            self.by_how_much,
            self.quantity,
            self.relation,
            self.motion_phrase,
            self.with_phrase,
            self.direction,
            self.apart,
            self.property_phrase,
            self.tilted,
            self.noun_phrase,
            self.predicate,
        )

        self._about_the_last = (
            self.quantity,
            self.value_list,
            self.property_phrase,
            self.predicate,
            self.with_phrase,
            self.tilted,
            self.comparison,
            self.colour_list,
        )

    def run(self) -> None:
        """Read every token once, left to right."""
        at = 0
        if self.draft.editing:
            self.portions()
            self.single_members()
        bare = self.r.is_cat(0, "property", "dim", "surface") and not self.nouns.head_follows(0)
        if self.draft.editing and bare and not self._gravity_word(0):
            found = self.r.match(0, "property", "dim")
            self.subjects = self._owners(found[0].value if found is not None else "")
            self.edited = bool(self.subjects)
        while at < len(self.r):
            self.forget_removed()
            token = self.r[at]
            if token.kind == "stop":
                self.end_sentence()
                at += 1
                continue
            if token.kind == "comma" or self.r.word(at, "and", "plus", "then", "also", "vs", "versus"):
                self.joined = self.joined or self.r.word(at, "and", "plus", "vs", "versus") or token.kind == "comma"
                self.clause_break, self.nameless = True, False
                self.contrasted = self.contrasted or self.r.word(at, "vs", "versus")
                said = self.r[at - 1].kind == "quantity"
                owned = at + 1 + self.r.word(at + 1, "a", "an")
                name = self.r.match(owned, "property", "dim")
                value = owned + name[1] + self.r.word(owned + name[1], "of") if name is not None else owned
                more = said and name is not None and self.r[value].kind in ("quantity", "number")
                measured = self.attached and said and (self.r[at + 1].kind == "quantity" or more)
                if not measured:
                    together = self.draft.editing and set(self.subjects) <= self.draft.old_ids
                    self.attached = self.subjects[-1:] if len(self.subjects) > 1 and not together else []
                self.r.use(at, at + 1)
                at += 1
                continue
            relative = self.r.word(at - 1, "which", "that")
            if self.r.word(at, "are", "is", "have", "has", "weigh", "were", "should", "must") and not relative:
                self.attached, self.nameless = [], self.nameless and not self.subjects
            for rule in self._rules:
                before = self.draft.scene
                step = self._narrowly(rule, at)
                if step > 0:
                    if before is self.draft.scene:
                        self._nothing_came(rule, at, step)
                    else:
                        self.r.traces += traces(at, at + step, before, self.draft.scene)
                    at += step
                    self.clause_break = False
                    break
            else:
                at += 1
            self.fresh_and = False
        self.end_sentence()
        self.settle_clash()
        self.settle_falls()
        self.settle_slots()
        self.settle_subsets()
        self.settle_comparisons()
        self.settle_pulleys()
        self.settle_trailers()
        self.settle_differences()
        self.settle_ties()
        self.settle_strung()
        self.settle_shots()
        self.settle_filled()

    def _nothing_came(self, rule: Callable[[int], int], at: int, step: int) -> None:
        """A place that changed nothing is not understood, unless it waits for its thing, or says where something goes."""
        places = (self.relation, self.distance_first, self.bare_arrangement)
        if rule not in places or self.place_ahead is not None or self.slots or any(map(self._moving, self.subjects)):
            return
        self.r.miss([one for one in range(at, at + step) if self._places(one)])

    def _places(self, at: int) -> bool:
        found = self.r.match(at, "rel", "barerel")
        return found is not None and found[0].value != "hanging"  # a rope's own stand is what it hangs from

    def _moving(self, one: int) -> bool:
        return one != FLOOR and self.draft.scene.has(one) and self.draft.scene.thing(one).motion is not None

    def _narrowly(self, rule: Callable[[int], int], at: int) -> int:
        """`rule`, for the noun just before, where it is one of those that say what a thing is like."""
        weighs = rule == self.verb and self.r.word(at, "weighing", "weighs", "weigh")
        if self.nameless and not self.attached and (weighs or rule in self._about_the_last):
            return 0
        if not self.attached or rule not in self._about_the_last or self.attached == self.subjects:
            return rule(at)
        if rule == self.value_list and len(self.subjects) > 1 and (step := rule(at)):
            return step  # `a cube, a ball and a cone from 1, 2 and 3 m`
        of = self.r.match(at, "of")
        if self.contrasted and rule in (self.with_phrase, self.property_phrase):
            pass  # `… versus a box with friction 0.9`: of that one alone
        elif rule == self.with_phrase and (self._part_of_the_last(at) or self._size_of_the_last(at)):
            pass
        elif rule == self.with_phrase and (of is None or of[0].value == "filled"):
            return rule(at)
        if rule == self.quantity and (
            self.r.word(at, "from", "by", "to", "up", "down") or self.r[at].dimension in ("speed", "spin", "time")
        ):
            return rule(at)
        posed = self.r.is_cat(at, "pose") and KINDS[self._kind_of(self.attached[-1])].sort == "solid"
        if rule == self.predicate and self.r.is_cat(at, "pose", "feature", "fixed") and not posed:
            return rule(at)
        outside = [one for one in self.attached if one not in self.subjects]
        going_on = self.r.word(at - 1, "and") and self.r[at - 2].kind == "quantity"  # `of side 30 cm and mass 5 kg`
        going_on = going_on or (bool(outside) and self._of_matter(at, outside[-1]))
        if rule == self.property_phrase and outside and not (going_on or self.contrasted or self.r.is_cat(at, "dim")):
            return rule(at)
        before = self.subjects, self.index
        self.subjects, self.index = self.attached, None
        step = rule(at)
        if self.subjects == self.attached:
            self.subjects, self.index = before
        return step

    def _size_of_the_last(self, at: int) -> bool:
        """`a ball in a box with sides of 50 cm`: sizes are about the noun just before, even behind `with`."""
        ahead = at + 1 + self.r.word(at + 1, "a", "an", "the")
        last = self.attached[-1] if self.attached else FLOOR
        if self.r.word(at, "with", "having") and last not in self.subjects and self._of_matter(ahead, last):
            return True
        return self.r.word(at, "with", "having") and (
            self.r.is_cat(ahead, "dim") or (self.r[ahead].kind == "quantity" and self.r.is_cat(ahead + 1, "dim"))
        )

    def _part_of_the_last(self, at: int) -> bool:
        """`a robot next to stairs with 6 steps`: whether what comes is a part of the noun just before, and of no other."""
        for ahead in range(1, 5):
            part, noun = self.r.match(at + ahead, "part"), self.r.match(at + ahead, "noun")
            if part is not None and (noun is None or noun[1] <= part[1]):
                owners = [
                    self._has_part(self._kind_of(one), part[0].value)
                    for one in (*self.attached[-1:], *self.subjects[-1:])
                ]
                alike = len({self._kind_of(one) for one in (*self.attached[-1:], *self.subjects[-1:])}) == 1
                return bool(owners) and owners[0] and (alike or not (len(owners) > 1 and owners[1]))
        return False

    def noun_phrase(self, at: int) -> int:
        """A noun on its own: something new, or what the sentence is about from here."""
        if step := self.part_reference(at):
            return step
        phrase = self.nouns.read(at)
        if phrase is None:
            return self._as_many_more(at)
        phrase = self.another_one(phrase)
        if phrase.kind == "?":
            self.unknown(phrase)
            return phrase.end - at
        self.nameless = False
        if phrase.kind == "floor":
            self.floor_adjectives(phrase)
            self.r.use(phrase.start, phrase.end)
            self.about_floor = True
            if phrase.det == "no":
                self.world(floor=False)
            return phrase.end - at
        if phrase.det == "no":
            self.r.use(phrase.start, phrase.end)
            ids = self.draft.resolve(phrase)
            if ids:
                self.draft.remove(ids)
            return phrase.end - at
        if self.is_title(phrase):
            self.r.use(phrase.start, phrase.end)
            return phrase.end - at
        again = self._named_again(phrase)
        if again:
            phrase.det = "the"
        other = self.draft.the_other(phrase) if phrase.det == "another" and self.r.word(phrase.start, "the") else []
        if phrase.definite or phrase.det == "one" or other:
            ids = other or self.one_group(phrase, self.draft.resolve(phrase, exclude=()))
            if ids and ids != [FLOOR]:
                self.r.use(phrase.start, phrase.end)
                self.subjects, self.index = ids, phrase.ordinal
                self.draft.mention(ids)
                self.edited = self.edited or self.draft.editing
                self.joined = False
                self.apply_pending_motion(ids)
                return phrase.end - at
            if phrase.pron:
                return 0
            if self.draft.editing and self.verb_word in (*_EDITING, "make"):
                self.existing(phrase)
        if phrase.det == "another" and not self.draft.resolve(phrase.pointed_at()):
            phrase.det = "a"
        self.unknown_subject = False
        if step := self.listed(phrase):
            return step
        ids = self._more_of(phrase) or self.create(phrase)
        self.r.use(phrase.start, phrase.end)
        ahead = self.place_ahead is not None
        if self.joined and self.sentence_place is not None and not ahead and not self._place_follows(phrase.end):
            self.place_ahead = self.sentence_place  # `on a table there are 3 boxes and a ball`
            self.subjects = []
        elsewhere = self._place_follows(phrase.end) or self.r.is_cat(phrase.end, "barerel", "motion")
        if self.joined and self.carried_by is not None and not elsewhere:
            self._carried_too(ids, phrase)
        coordinated = self.joined and bool(self.subjects) and not self.related_since
        self.subjects = [*self.subjects, *ids] if coordinated else ids
        self.related_since = False
        self.joined = False
        self.index = None
        self.attached = ids
        if len(self.subjects) > 1:
            self.draft.last_group = list(self.subjects)
        self.apply_pending_motion(ids)
        return phrase.end - at

    def _carried_too(self, ids: list[int], phrase: Phrase) -> None:
        """`a seesaw with a box and two balls`: what follows `and` goes where the first went."""
        assert self.carried_by is not None
        carrier, how = self.carried_by
        if not self.draft.scene.has(carrier) or phrase.kind not in KINDS or phrase.definite:
            return
        kind = usual_place(self._kind_of(carrier), phrase, how, self._noun_of(carrier))
        if kind:
            self.draft.relate(ids, Relation(kind, (carrier,)), instead=False)

    def _more_of(self, phrase: Phrase) -> list[int]:
        """`two more balls`: added to the group that is there, unless they differ or are placed elsewhere."""
        if phrase.det != "another" or not self.draft.editing or phrase.label:
            return []
        ids = self.draft.resolve(phrase.pointed_at())
        if not ids or phrase.dims or self.r.is_cat(phrase.end, "rel", "motion", "of", "conj"):
            return []
        thing = self.draft.scene.thing(ids[-1])
        self.draft.update(thing.id, count=thing.count + (phrase.count or 1))
        if thing.count + (phrase.count or 1) > 200:
            raise SceneInvalid("more than 200 of them are too many", hint="Ask for fewer.")
        self.edited = True
        return [thing.id]
