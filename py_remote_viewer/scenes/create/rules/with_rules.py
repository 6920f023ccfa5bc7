"""What things have and are made of: `with 4 wheels`, `with a ball on top`, `made of wood`, `filled with marbles`."""

from __future__ import annotations

from dataclasses import replace

from py_remote_viewer.errors import SceneInvalid
from py_remote_viewer.scenes.create.lexicon.abilities import VESSELS
from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.rules.opening_rules import OpeningRules
from py_remote_viewer.scenes.create.things.bobs import as_part
from py_remote_viewer.scenes.create.things.description import FLOOR, Override, Relation, Thing
from py_remote_viewer.scenes.create.things.elements import override_of
from py_remote_viewer.scenes.create.things.phrase import Phrase
from py_remote_viewer.scenes.create.things.usual_places import TOPS, usual_place

_SHELVES = ("shelf", "ledge", "stand")


class WithRules(OpeningRules):
    """Rules for `with` and `of`."""

    def with_phrase(self, at: int) -> int:
        """`with 4 wheels`, `with a mass of 2 kg`, `with motors`, `with a ball on top`; `made of wood`, `of 10 blocks`."""
        r = self.r
        of = r.match(at, "of")
        if of is not None and self.subjects and of[0].value in ("of", "filled"):
            step = self._made_of(at, of[1], of[0].value)
            coming = self.nouns.read(at + of[1]) if step == 0 else None
            if coming is not None and coming.kind in KINDS:
                self.r.miss([at])  # `made of` what it cannot be made of
            return step
        found = r.match(at, "conj")
        if found is None or found[0].value == "and":
            return 0
        length = found[1]
        end = at + length
        if found[0].value == "carry" and any(
            not KINDS[self._kind_of(one)].carries and self._kind_of(one) not in TOPS
            for one in self.subjects
            if one != FLOOR
        ):
            return 0  # nobody's hands hold anything here
        r.use(at, end)
        if r.is_cat(end, "gravity", "medium", "wind", "nofloor"):
            return length
        feature_at = end + (r.word(end, "a", "an", "two", "all", "some") or r[end].kind == "number")
        feature = r.match(feature_at, "feature")
        if feature is not None:
            return feature_at - at + self.feature(feature_at, feature[0].value, feature[1])
        if (load := self.bare_load(end)) > 0:
            return length + load
        if (prop := self._property_after(end)) > 0:
            return length + prop
        if (part := self._part(end)) > 0:
            return length + part
        if (gripper := self._gripper(end)) > 0:
            return length + gripper
        phrase = self.nouns.read(end)
        if phrase is not None and self.is_title(phrase):  # `with a projectile: a red ball`
            r.use(end, phrase.end)
            length, end = phrase.end + 1 - at, phrase.end + 1
            phrase = self.nouns.read(end)
        if phrase is None or phrase.kind not in KINDS or not self.subjects or phrase.det == "no":
            return length
        return length + self._with_thing(end, phrase, found[0].value)

    def _property_after(self, at: int) -> int:
        """`a mass of 2 kg`, `high friction`, `different colours`, `a red top`: no noun of its own."""
        r, start = self.r, at
        if r.word(at, "a", "an", "the", "some"):
            at += 1
        shared = r.is_cat(at, "surface", "colour") and self._shares_noun(start)
        if (
            r.is_cat(at, "surface", "colour")
            and not shared
            and not self.nouns.head_follows(at)
            and not self.nouns.strange(at + r.match(at, "surface", "colour")[1])  # type: ignore[index]
            and not r.word(at + 1, "top", "bottom", "tops", "bottoms", "half", "side", "end", "tip", "face")
        ):
            step = self.predicate(at)
            if step:
                r.use(start, at)
            return at - start + step if step else 0
        length = r.match(at, "dimfactor")
        if length is not None and r.is_cat(at + length[1], "property"):
            name = r.match(at + length[1], "property")
            assert name is not None
            step = self._value(at, name[0].value)
            if step:
                r.use(start, at + length[1] + name[1])
                return at + length[1] + name[1] - start
        if r[at].kind == "quantity" and r.is_cat(at + 1, "apart"):
            step = self.distance_first(at)
            return at - start + step if step else 0
        step = self.value_list(at) or self.property_phrase(at) or self.apart(at)
        if step:
            r.use(start, at)
            return at - start + step
        if r[at].kind == "quantity":
            named = r.match(at + 1, "property", "dim", "apart", "gravity")
            hung = self.subjects and self._has_part(self._kind_of(self.subjects[-1]), "bob")
            if named is not None and named[0].value == "mass" and hung:
                return 0  # `a rope with a 1 kg weight`: what hangs on it
            if named is not None and self._value(at, named[0].value):
                r.use(start, at + 1 + named[1])
                return at + 1 + named[1] - start
        return 0

    def _shares_noun(self, at: int) -> bool:
        """`a red, a green and a blue cube`: whether the noun of what stands at `at` comes later."""
        phrase = self.nouns.read(at)
        return phrase is not None and phrase.kind in KINDS and phrase.shared

    def _part(self, at: int) -> int:
        """`4 wheels`, `three links`, `a heavy second bob`."""
        r, phrase, start = self.r, Phrase(at), at
        while at - start < 8:
            found = r.match(at, "part")
            noun = r.match(at, "noun")
            counts = noun is not None and self.subjects and self._counts(noun[0].value.kind)
            if ((found is not None and (noun is None or found[1] >= noun[1])) or counts) and not self._more_modifiers(
                at, phrase
            ):
                end = at + (found[1] if found is not None else noun[1])  # type: ignore[index]
                part = found[0].value if found is not None else noun[0].value.kind  # type: ignore[index]
                if counts and phrase.det == "a" and (phrase.ordinal or 0) > 0:
                    return 0  # `a row of 5 balls with a sixth ball rolling into them`
                return self._take_part(start, end, part, phrase)
            step = self.nouns.modifier(at, phrase)
            if step == 0:
                return 0
            at += step
        return 0

    def _more_modifiers(self, at: int, phrase: Phrase) -> bool:
        noun = self.r.match(at, "noun")
        return noun is not None and self.r.match(at, "part") is None and not self._counts(noun[0].value.kind)

    def _take_part(self, start: int, end: int, part: str, phrase: Phrase) -> int:
        for one in self.subjects:
            if part == "wheel" and one != FLOOR and self.draft.scene.thing(one).noun == "robot":
                self.draft.update(one, kind="car")
            if part == "pole" and one != FLOOR and self.draft.scene.thing(one).noun == "cart":
                self.draft.update(one, kind="cart_pole")
            if part in ("level", "shelf") and one != FLOOR and self.draft.scene.thing(one).noun in _SHELVES:
                part = "shelf"  # a board of its own it is only where nobody says how many
                self.draft.update(one, kind="bookshelf", dims=self.draft.scene.thing(one).dims)
            if part == "level" and self._kind_of(one) == "bookshelf":
                part = "shelf"
        labelled = [one for one in self.subjects if one != FLOOR and self.draft.scene.thing(one).label]
        if part == "level" and labelled and phrase.count is not None:
            for one in labelled:
                pyramid = self.draft.scene.thing(one).arrange == "pyramid"
                self.draft.update(
                    one, count=min(200, phrase.count * (phrase.count + 1) // 2 if pyramid else phrase.count)
                )
            self.r.use(start, end)
            return end - start
        ids = [one for one in self.subjects if one != FLOOR and self._has_part(self.draft.scene.thing(one).kind, part)]
        plain = phrase.count is None and phrase.ordinal is None and not (phrase.colours or phrase.scales or phrase.dims)
        thing_too = part == "link" and plain and not phrase.changes and self.r.is_cat(end - 1, "noun")
        if not ids or thing_too:
            return 0  # `a rope with a ring on it`
        for one in ids:
            thing = self.draft.scene.thing(one)
            kind = KINDS[thing.kind]
            if part == "wall" and thing.kind == "bin" and phrase.count in (None, 4):
                self.excused_numbers.update(at for at in range(start, end) if self.r[at].kind == "number")
                continue  # as many as every bin and every arena has
            if thing.kind in ("car", "table", "stairs", "rotor", "bin"):
                looks = ("colour", "shade", "material", "size", "weight", "dimfactor")
                self.r.miss([one for one in range(start, end) if self.r.is_cat(one, *looks)])
                phrase.colours, phrase.scales, phrase.ordinal = [], {}, None
                phrase.changes = {}
            different = bool(phrase.colours or "mass" in phrase.changes or "weight" in phrase.changes or phrase.scales)
            if part == "cart":
                self.draft.apply(one, phrase)
                continue
            if part == "bob" and thing.kind in ("rope", "chain") and not thing.bob:
                self.draft.update(one, bob="box")
                thing = self.draft.scene.thing(one)
            if phrase.ordinal is not None or (different and phrase.count in (None, 1)):
                index = phrase.ordinal if phrase.ordinal is not None else -1
                override = Override(
                    index,
                    phrase.colours[0] if phrase.colours else None,
                    phrase.changes.get("mass"),
                    phrase.changes.get("weight", 1.0),
                    phrase.scales.get("all", 1.0),
                )
                self.draft.update(one, overrides=(*thing.overrides, override))
            elif phrase.count is not None and thing.label and part == thing.kind:
                self.draft.update(one, count=phrase.count)
            elif phrase.count is not None:
                least, most = kind.parts[1:]
                if not least <= phrase.count <= most:
                    raise SceneInvalid(
                        f"{thing.noun.replace('_', ' ')} with {phrase.count} {kind.part}s cannot be built",
                        hint=f"From {least} to {most} {kind.part}s can.",
                    )
                self.draft.update(one, parts=phrase.count)
                every = {
                    name: value for name, value in phrase.changes.items() if name in ("mass", "weight", "material")
                }
                if "mass" in every:
                    every["mass"] *= phrase.count
                self.draft.apply(one, Phrase(start, changes=every, colours=phrase.colours))
            if phrase.dims and kind.part in ("link", "joint", "pole") and part in (kind.part, "rod"):
                count = phrase.count or thing.parts or kind.parts[0]
                side = next(iter(phrase.dims.values()))
                self.draft.update(one, dims=tuple(sorted((dict(thing.dims) | {"length": side * count}).items())))
        self.r.use(start, end)
        return end - start

    def _with_thing(self, at: int, phrase: Phrase, how: str) -> int:
        """`with a ball on top`, `with a box in it`, `with a ball at the end`; alone: where such a thing goes."""
        r = self.r
        holder = [one for one in self.subjects if one != FLOOR]
        if not holder:
            return 0
        thing = self.draft.scene.thing(self._nearest_holder(holder[-1]))
        upright = phrase.kind == "cart_pole" or (phrase.kind == "pendulum" and phrase.changes.get("pose") == "inverted")
        if thing.noun == "cart" and upright:  # `a cart with an inverted pendulum`
            phrase.changes.pop("pose", None)
            parts = phrase.parts or phrase.count
            self.draft.update(
                thing.id, kind="cart_pole", noun="cart_pole", dims=tuple(sorted(phrase.dims.items())), parts=parts
            )
            self.attached = [thing.id]
            r.use(at, phrase.end)
            return phrase.end - at
        if thing.kind in ("pulley", "table_pulley", "crane") and KINDS[phrase.kind].sort == "solid":
            return self._loads(at, thing, phrase)
        same = thing.kind == phrase.kind and KINDS[thing.kind].sort in ("machine", "soft") and phrase.count is None
        if same and not phrase.plural:  # `a flagpole with a red flag`, `a rail with a slider`
            self.draft.apply(thing.id, phrase)
            r.use(at, phrase.end)
            return phrase.end - at
        if (
            thing.kind in ("rope", "chain", "spring", "pendulum")
            and thing.pose != "strung"
            and KINDS[phrase.kind].sort == "solid"
            and phrase.count in (None, 1)
        ):
            end = phrase.end
            bare = r.match(end, "barerel", "rel")
            if bare is not None and bare[0].value == "end":
                end += bare[1] + (1 if r.word(end + bare[1], "it", "each", "them") else 0)
                end += 2 if r.word(end, "of") and r.word(end + 1, "each", "it", "them") else 0
            made = self.create(phrase)
            if thing.kind == "pendulum":
                bob = self.draft.scene.thing(made[0])
                self.draft.update(thing.id, bob=bob.kind, overrides=(*thing.overrides, as_part(bob)))
                self.draft.remove(made)
            else:
                self._becomes_bob(made[0], thing.id, each=True)
            self.subjects = [thing.id]
            r.use(at, end)
            return end - at
        chosen = self.index if thing.total > 1 and thing.id in self.subjects else None
        ids = self.create(phrase)
        self.carried_by = (thing.id, how)
        r.use(at, phrase.end)
        after = None if self.range_follows(phrase.end) else r.match(phrase.end, "rel", "barerel", "arrange", "motion")
        around = r.match(phrase.end, "gravity", "medium", "nofloor")
        if after is not None and around is not None and around[1] > after[1]:
            after = None  # `a room with 5 balls in zero gravity`
        self.subjects, self.index, self.attached = ids, None, ids
        self.related_since, self.joined = False, False
        onward = how == "carry" and after is not None and after[0].value in ("towards", "into")
        filled = thing.kind == "bin" and after is not None and (after[0].cat, after[0].value) == ("rel", "on")
        if filled and KINDS[phrase.kind].sort == "solid":  # `a bucket with 5 balls on a table`: the bucket is on it
            self.draft.relate(ids, Relation("inside", (thing.id,), index=chosen), instead=False)
            self.subjects, self.index, self.attached = [thing.id], None, [thing.id]
        elif after is None or onward or after[0].cat in ("arrange", "motion"):
            kind = usual_place(thing.kind, phrase, how, thing.noun)
            if kind == "on" and phrase.motion in ("bouncing", "falling"):
                kind = "above"  # `a trampoline with a bouncing ball`
            if kind:
                self.draft.relate(ids, Relation(kind, (thing.id,), index=chosen), instead=False)
            elif "machine" == KINDS[phrase.kind].sort == KINDS[thing.kind].sort:
                r.miss([at - 1])  # two machines that only stand side by side
        self.draft.mention([thing.id])
        self.draft.mention(ids)
        return phrase.end - at

    def _loads(self, at: int, thing: Thing, phrase: Phrase) -> int:
        """`a pulley with a 1 kg and a 2 kg mass`, `a crane with a 5 kg load`: the weights that it has."""
        r, found, end = self.r, [phrase], phrase.end
        while thing.kind != "crane" and len(found) < 2 and r.word(end, "and"):
            other = self.nouns.read(end + 1)
            if other is None or other.kind not in KINDS or KINDS[other.kind].sort != "solid" or other.definite:
                break
            found.append(other)
            end = other.end
        most = 1 if thing.kind == "crane" else 2
        if len(found) > most or any((one.count or 1) > most or one.dims or one.lists for one in found):
            return 0
        if thing.kind == "crane":
            made = self.create(phrase)
            self.draft.update(thing.id, load=self.draft.scene.thing(made[0]))
            self.draft.remove(made)
        else:
            self.excused_numbers.update(i for i in range(at, end) if r[i].kind == "number" and r[i].value == 2)
            both = found * 2 if (found[0].count or 1) == 2 or (found[0].plural and len(found) == 1) else found
            start = 0 if len(both) == 2 or thing.overrides == () else 1
            own = [override_of(thing, start + index, one) for index, one in enumerate(both)]
            self.draft.update(thing.id, overrides=(*thing.overrides, *(one for one in own if one is not None)))
        self.subjects, self.attached = [thing.id], [thing.id]
        r.use(at, end)
        return end - at

    def _made_of(self, at: int, length: int, how: str) -> int:
        """`made of wood`; `of 10 red blocks` after a group that was named without it; `filled with balls`."""
        r, end = self.r, at + length
        if r.word(end, "with"):
            end += 1
        material = r.match(end, "material")
        noun = r.match(end, "noun")  # `of marbles` are marbles, `of marble` is a material
        many = noun is not None and noun[0].value.plural
        holds = self.subjects and (
            self._kind_of(self.subjects[-1]) == "bin" or self._noun_of(self.subjects[-1]) in VESSELS
        )
        if material is not None and holds and length == 1 and how == "of":
            r.miss(list(range(end, end + material[1])))  # `a bucket of sand`: what is in it
            return end + material[1] - at
        if material is not None and not many and not self.nouns.head_follows(end + material[1]):
            for one in self.subjects:
                self.draft.apply(one, Phrase(end, changes={"material": material[0].value}), self.index)
            r.use(at, end + material[1])
            return end + material[1] - at
        if r[end].kind == "quantity":
            step = self.quantity(end)
            if step:
                r.use(at, end)
                return end - at + step
        if how == "filled" or (holds and many):  # `a cup of marbles`
            phrase = self.nouns.read(end)
            if phrase is not None and phrase.kind in KINDS:
                r.use(at, end)
                step = self._with_thing(end, self._uncounted(phrase, self._nearest_holder(self.subjects[-1])), "with")
                self._fill_up(self.subjects, at)
                return end - at + step
        part = self._part(end)
        if part:
            r.use(at, end)
            return end - at + part
        return self._elements_of(at, end)

    def _elements_of(self, at: int, end: int) -> int:
        """`a house made of 20 bricks`, `a wall made of bricks`: what a group is built of, said afterwards."""
        phrase = self.nouns.read(end)
        one = self.subjects[-1] if self.subjects else FLOOR
        if phrase is None or phrase.kind not in KINDS or KINDS[phrase.kind].sort != "solid" or one == FLOOR:
            return 0
        thing = self.draft.scene.thing(one)
        if thing.kind == "wall":
            total = {f"total_{name}": value for name, value in thing.dims if name in ("length", "height")}
            self.draft.update(
                one,
                arrange="wall",
                label="wall",
                count=phrase.count or 24,
                dims=tuple(sorted((phrase.dims | total).items())),
                shape=phrase.shape,
            )
            if phrase.count is None and not phrase.shape:
                self.draft.unsaid.add(one)
        elif thing.label:
            self.draft.update(one, count=phrase.count or thing.count)
        elif thing.kind == "stairs" and phrase.count is not None and 2 <= phrase.count <= 20:
            self.draft.update(one, parts=phrase.count)
            self.draft.apply(one, replace(phrase, count=None, dims={}))
            self.r.use(at, phrase.end)
            return phrase.end - at
        else:
            return 0
        self.draft.update(one, kind=phrase.kind, noun=phrase.noun)
        self.draft.apply(one, phrase)
        self.index = None
        self.r.use(at, phrase.end)
        return phrase.end - at
