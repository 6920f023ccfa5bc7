"""What is singled out: `on the second table a ball`, `the size of a tennis ball`, `18 layers of three blocks`."""

from __future__ import annotations

from dataclasses import replace

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.rules.comparisons import across
from py_remote_viewer.scenes.create.rules.exceptions import Exceptions
from py_remote_viewer.scenes.create.things.description import FLOOR, Relation, Thing
from py_remote_viewer.scenes.create.things.phrase import Phrase

_SET_DOWN = ("on", "inside", "under", "near", "left", "right", "behind", "front", "above")


class Singling(Exceptions):
    """Rules that single something out."""

    def on_the_nth(self, at: int) -> int:
        """`on the first a red ball, on the second a cube`: new things by their place on one of a group."""
        r = self.r
        found = r.match(at, "rel")
        if found is None or found[0].value not in _SET_DOWN or not r.word(at + found[1], "the"):
            return 0
        ordinal = r.match(at + found[1] + 1, "ordinal")
        group = self._spoken_group()
        if ordinal is None or group is None:
            return 0
        end = at + found[1] + 1 + ordinal[1]
        noun = r.match(end, "noun")
        thing = self.draft.scene.thing(group)
        if noun is not None and noun[0].value.kind != thing.kind:
            return 0
        end += noun[1] if noun is not None else r.word(end, "one") or (r[end].kind == "number" and r[end].value == 1)
        end += r[end].kind == "comma"
        while r.word(end, "there", "is", "are", "sits", "stands", "lies", "put", "place"):
            end += 1
        if r.word(end, "none", "nothing"):
            r.use(at, end + 1)
            return end + 1 - at
        phrase = self.nouns.read(end) or self._as_many_of_the_last(end, group)
        if phrase is None or phrase.kind not in KINDS or phrase.definite or not (phrase.det or phrase.count):
            return 0
        ids = self.create(phrase)
        ring = ordinal[0].value == 99 and thing.arrange in ("circle", "grid", "triangle") and found[0].value == "inside"
        where = Relation("middle", (group,)) if ring else Relation(found[0].value, (group,), index=ordinal[0].value)
        self.draft.relate(ids, where, instead=False)
        self.draft.mention([group])
        self.draft.named.update(ids)
        self.subjects, self.index, self.attached, self.related_since = ids, None, list(ids), True
        r.use(at, phrase.end)
        return phrase.end - at

    def _as_many_of_the_last(self, at: int, group: int) -> Phrase | None:
        """`and on the third three`: of what stands on the others."""
        there = [one for one in self.sentence_ids if self.draft.scene.has(one)]
        like = [one for one in there if any(r.targets == (group,) for r in self.draft.scene.thing(one).place)]
        token = self.r[at]
        if not like or token.kind != "number" or token.value != int(token.value) or not 0 < token.value < 100:
            return None
        thing = self.draft.scene.thing(like[-1])
        given = {"colours": thing.colours, "dims": dict(thing.dims), "material": thing.material}
        given = {name: value for name, value in given.items() if value}
        return Phrase(at, at + 1, thing.kind, thing.noun, count=int(token.value), given=given)

    def _spoken_group(self) -> int | None:
        there = [one for one in self.draft.mentions if self.draft.scene.has(one)]
        groups = [one for one in there if self.draft.scene.thing(one).total > 1]
        return groups[-1] if groups else None

    def layers_of(self, at: int) -> int:
        """`18 layers of three blocks`: a tower whose every layer is a row, or a square, of so many."""
        r = self.r
        if r[at].kind != "number" or not r.word(at + 1, "layers", "levels", "courses", "storeys", "stories", "floors"):
            return 0
        if not r.word(at + 2, "of", "with") or r[at + 3].kind != "number":
            return 0
        element = self.nouns.read(at + 3)
        layers = int(r[at].value)
        if element is None or element.kind not in KINDS or KINDS[element.kind].sort != "solid" or not element.count:
            return 0
        side = round(element.count**0.5)
        shape = (side, side) if side * side == element.count else (element.count, 1)
        there = [one for one in self.subjects if one != FLOOR and self.draft.scene.thing(one).label]
        phrase = replace(element, count=layers * element.count, arrange="cube", shape=shape, label="tower")
        if there:
            old = self.draft.scene.thing(there[-1])
            kept = {"label": old.label, "count": phrase.count, "arrange": "cube", "shape": shape}
            self.draft.update(old.id, kind=element.kind, noun=element.noun, **kept)
            self.draft.apply(old.id, Phrase(at, changes=element.changes, colours=element.colours, dims=element.dims))
            self.subjects = [old.id]
        else:
            self.subjects = self.create(phrase)
        self.attached, self.index = list(self.subjects), None
        r.use(at, element.end)
        return element.end - at

    def size_of_a(self, at: int) -> int:
        """`the size of a tennis ball`: a size, and no ball."""
        r, end = self.r, at
        end += r.word(end, "about", "roughly", "around", "of", "with")
        end += r.word(end, "the")
        if not (r.word(end, "size") and r.word(end + 1, "of") and r.word(end + 2, "a", "an")) or not self.subjects:
            return 0
        phrase = self.nouns.read(end + 2)
        if phrase is None or phrase.kind not in KINDS or self._is_here(phrase.noun):
            return 0
        dims = tuple(sorted({**dict(phrase.given.get("dims", {})), **phrase.dims}.items()))
        like = Thing(-2, phrase.kind, phrase.noun, dims=dims, scales=tuple(sorted(phrase.scales.items())))
        for one in self.attached or self.subjects:
            thing = self.draft.scene.thing(one)
            self.draft.update(one, dims=(), scales=())
            self.draft.rescale(one, "all", across(like) / across(replace(thing, dims=(), scales=())))
        self.excused_numbers.update(range(at, phrase.end))
        r.use(at, phrase.end)
        return phrase.end - at

    def _is_here(self, noun: str) -> bool:
        return any(thing.noun == noun for thing in self.draft.scene.things)

    def thrown_from(self, at: int) -> int:
        """`thrown from a platform`: what flies begins on it."""
        r = self.r
        top = r.word(at, "from") and r.word(at + 1, "the") and r.word(at + 2, "top") and r.word(at + 3, "of")
        if not r.word(at, "from", "off") or not self.subjects:
            return 0
        if not top and not all(self._moves(one) for one in self.subjects):
            return 0
        edge = r.word(at + 1, "the") and r.word(at + 2, "edge")
        start = at + 1 + 2 * (r.word(at + 1, "the") and r.word(at + 2, "top", "edge") and r.word(at + 3, "of"))
        start += r.word(start, "of") + (r.word(at, "off") and r.word(start, "of"))
        phrase = self.nouns.read(start)
        if phrase is None or phrase.kind not in KINDS or not KINDS[phrase.kind].carries:
            return 0
        movers = [one for one in self.subjects if one != FLOOR]
        if phrase.count and sum(self.draft.scene.thing(one).total for one in movers) != phrase.count:
            return 0  # one for each, or none
        targets = self.related(phrase, start)
        if not targets or targets == [FLOOR] or any(target in movers for target in targets):
            return 0
        for one in movers:
            motion = self.draft.scene.thing(one).motion
            side = "other_end" if motion is not None and motion.direction == "left" else "end"
            at_edge = edge and self._kind_of(targets[0]) in ("table", "platform")
            self.draft.relate([one], Relation(side if at_edge else "on", tuple(targets)), instead=False)
        self.related_since = True
        self.attached = list(targets)
        r.use(at, phrase.end)
        return phrase.end - at

    def weight_at_the_end(self, at: int) -> int:
        """`with a weight of 2 kg at the end`: a thing, and no property."""
        r = self.r
        start = at + 1 + r.word(at + 1, "a", "an", "the")
        if not r.word(at, "with", "carrying", "holding") or not r.word(
            start, "weight", "mass", "load", "weights", "masses"
        ):
            return 0
        end = start + 1 + r.word(start + 1, "of")
        if r[end].kind != "quantity" or r[end].dimension != "mass" or not r.is_cat(end + 1, "rel", "barerel"):
            return 0
        where = r.match(end + 1, "rel", "barerel")
        if where is None or (r.word(start, "mass", "weight") and where[0].value not in ("end", "ends", "other_end")):
            return 0  # `a ball with a mass of 2 kg on a table`
        if r.is_cat(end + 1, "rel") and not r.is_cat(end + 1, "barerel") and not self._object_follows(end + 2):
            return 0
        phrase = Phrase(start, end + 1, "box", "weight", det="a", changes={"mass": r[end].value})
        r.use(at, end + 1)
        return start - at + self._with_thing(start, phrase, "with")

    def apposition(self, phrase: Phrase) -> int:
        """`a pile: 60 tiny marbles`: the group, and what it is made of."""
        r, at = self.r, phrase.end
        if not phrase.label or phrase.count is not None or r[at].shown != ":":
            return 0
        element = self.nouns.read(at + 1)
        if element is None or element.kind not in KINDS or not element.count or element.count < 2 or element.label:
            return 0
        if KINDS[element.kind].sort != "solid":
            return 0
        made = replace(element, start=phrase.start, label=phrase.label, arrange=phrase.arrange)
        self.subjects = self.create(made)
        self.attached, self.index, self.related_since = list(self.subjects), None, False
        r.use(phrase.start, element.end)
        return element.end - phrase.start

    def with_phrase(self, at: int) -> int:
        """`with 18 layers of three blocks`, before anything else that one can have."""
        every = self.subset(at + 1) if self.r.word(at, "with") and self.r.word(at + 1, "every") else 0
        if every:
            self.r.use(at, at + 1)
            return every + 1
        step = self.layers_of(at + 1) if self.r.word(at, "with", "of", "has", "having") else 0
        if step:
            self.r.use(at, at + 1)
            return step + 1
        return super().with_phrase(at)

    def listed(self, phrase: Phrase) -> int:
        """What a group is made of, behind its colon."""
        return super().listed(phrase) or self.apposition(phrase)
