"""What is said behind a group: `4 levels`, `each 200 g`, and lists in an order: `from left to right: a ball, a box`."""

from __future__ import annotations

import itertools
from collections.abc import Callable

from py_remote_viewer.scenes.create.layout.arrange import wall_columns
from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.rules.distances import Distances
from py_remote_viewer.scenes.create.rules.part_words import Part
from py_remote_viewer.scenes.create.things.description import FLOOR, Override, Relation
from py_remote_viewer.scenes.create.things.matter import mass_of
from py_remote_viewer.scenes.create.things.phrase import Phrase
from py_remote_viewer.scenes.create.things.sizes import dims_of
from py_remote_viewer.scenes.create.things.values import give_each

_LEVELS = (
    "level",
    "levels",
    "layer",
    "layers",
    "tier",
    "tiers",
    "storey",
    "storeys",
    "story",
    "stories",
    "course",
    "courses",
)
_ROWS = ("row", "rows")
_ANYTHING = ("object", "thing", "body", "item", "shape", "solid", "vehicle", "machine", "robot")
_ORDERS = {
    ("left", "right"): ("right", False),
    ("right", "left"): ("right", True),
    ("bottom", "top"): ("on", False),
    ("top", "bottom"): ("on", True),
    ("front", "back"): ("behind", False),
    ("back", "front"): ("behind", True),
}

_HOOKS = ("hooks", "nails", "pegs", "pins", "clips", "points", "clothespins", "screws", "rings")


class Tiers(Distances):
    """Rules for levels, shares of machines, and orders."""

    def rules_of_several(self) -> tuple[Callable[[int], int], ...]:
        """These, and those of the one and the other, in the order in which they are tried."""
        return (
            self.one_upon_the_other,
            self.one_at_the_other,
            self.more_ones,
            self.on_one_of_them,
            self.nth_from,
            self.relative_clause,
            self.opposite_ways,
            self.from_so_far_apart,
            self.two_speeds,
            self.stick_together,
            self.different_heights,
            self.tiers,
            self.arithmetic,
            self.geometric,
            self.on_which,
            self.corners_of_a_square,
            self.on_each_corner,
            self.mass_of_each_part,
            self.in_succession,
            self.ordered_list,
            self.pinned_cloth,
            self.so_far_away,
            self.facing,
            self.from_the_pivot,
            self.at_the_origin,
            self.partition,
            self.member_clause,
            self.so_much_each,
            self.and_another,
        )

    def tiers(self, at: int) -> int:
        """`a pyramid of boxes, 4 levels`, `a wall of bricks, 5 rows high`: how many of them one above the other."""
        r = self.r
        there = [one for one in (self.attached or self.subjects or self.topic)[-1:] if one != FLOOR]
        thing = self.draft.scene.thing(there[0]) if there and self.draft.scene.has(there[0]) else None
        if r[at].kind != "number" or thing is None or thing.arrange not in ("pyramid", "stack", "wall"):
            return 0
        levels, end = int(r[at].value), at + 1
        if not r.word(end, *_LEVELS) and not (thing.arrange == "wall" and r.word(end, *_ROWS)):
            return 0
        if r.word(end + 1, "of") or not 1 <= levels <= 100 or (thing.groups > 1 and thing.arrange == "wall"):
            return 0
        if thing.arrange == "wall":
            columns = thing.shape[0] if thing.shape else wall_columns(thing.count) if thing.count > 4 else 5
            changes = {"shape": (columns, levels), "count": min(201, columns * levels)}
        else:
            changes = {"count": min(201, levels * (levels + 1) // 2 if thing.arrange == "pyramid" else levels)}
        self.draft.update(thing.id, **changes)
        self.draft.unsaid.discard(thing.id)
        end += 1 + r.word(end + 1, "high", "tall", "deep")
        self.excused_numbers.add(at)
        r.use(at, end)
        return end - at

    def mass_of_each_part(self, at: int) -> int:
        """`a triple pendulum with links of 30 cm, each 200 grams`, `two 40 cm links, 1 kg each`."""
        r = self.r
        start = at + r.word(at, "each")
        while r.word(start, "weighing", "weighs", "of", "with", "has", "having", "a", "mass", "is"):
            start += 1
        token, end = r[start], start + 1
        end += r.word(end, "heavy")
        if token.kind != "quantity" or token.dimension != "mass":
            return 0
        if not r.word(at, "each") and not r.word(end, "each", "apiece"):
            return 0
        end += not r.word(at, "each")
        spoken = [one for one in self.subjects if one != FLOOR and self.draft.scene.has(one)]
        thing = self.draft.scene.thing(spoken[-1]) if len(spoken) == 1 else None
        jointed = thing is not None and KINDS[thing.kind].part in ("link", "joint")
        if thing is None or thing.total != 1 or not jointed or thing.kind not in ("pendulum", "arm"):
            return 0
        said = any(r.is_cat(back, "part") for back in range(max(0, at - 6), at))
        if not said or not self._give(
            Part(thing.id, "rod", None, end, Phrase(start, changes={"mass": token.value}), "link")
        ):
            return 0
        r.use(at, end)
        return end - at

    def in_succession(self, at: int) -> int:
        """`one after another`: what falls begins one above the other; what else moves begins at once, and that is told."""
        r = self.r
        then = self._one(at) and r.word(at + 1, "after", "by") and r.word(at + 2, "another", "the", "one")
        moving = any(one != FLOOR and self._moves(one) for one in self.subjects)
        if not then or not moving:
            return 0
        end = at + 3 + (r.word(at + 2, "the") and r.word(at + 3, "other"))
        falls = [one for one in self.subjects if one != FLOOR and self._falls(one)]
        for one in falls:
            self.draft.update(one, arrange="succession")
        if falls:
            r.use(at, end)
        else:
            r.miss(list(range(at, end)))
        return end - at

    def ordered_list(self, at: int) -> int:
        """`from left to right: a red ball, a green box and a cone`, `from bottom to top a box, a cylinder and a ball`."""
        r = self.r
        start = at + r.word(at, "from")
        order = _ORDERS.get((r[start].text, r[start + 2].text)) if r.word(start + 1, "to") else None
        if order is None:
            return 0
        kind, reverse = order
        end = start + 3
        behind = [one for one in self.subjects if one != FLOOR and self.draft.scene.has(one)]
        if len(behind) > 1 and r[end].shown != ":":
            return self._order_named(at, end, behind, kind, reverse=reverse)
        end += r[end].kind == "comma"
        while r.word(end, "there", "are", "is", "put", "place"):
            end += 1
        found: list[Phrase] = []
        last = end
        while (one := self.nouns.read(end)) is not None and one.kind in KINDS and not one.definite and not one.pron:
            found.append(one)
            last = one.end
            end = last + (r[last].kind == "comma")
            end += r.word(end, "and", "then")
            if end == last:
                break
        if len(found) < 2 or (kind == "on" and any(KINDS[one.kind].sort != "solid" for one in found[1:-1])):
            return 0
        ids = [new for one in found for new in self.create(one)]
        self._chain_up(ids, kind, reverse=reverse)
        r.use(at, last)
        return last - at

    def _order_named(self, at: int, end: int, ids: list[int], kind: str, *, reverse: bool) -> int:
        """`a box, a cylinder and a ball stacked from bottom to top`: in the order in which they were named."""
        things = [self.draft.scene.thing(one) for one in ids]
        if any(thing.motion is not None for thing in things) or any(thing.total > 1 for thing in things):
            return 0
        places = [relation for thing in things for relation in thing.place]
        if any(relation.targets[0] not in ids for relation in places):
            return 0
        for one in ids:
            self.draft.update(one, place=())
        self.r.traces = [one for one in self.r.traces if one.field != "place" or one.thing not in ids]
        self._chain_up(ids, kind, reverse=reverse)
        self.r.use(at, end)
        return end - at

    def _chain_up(self, ids: list[int], kind: str, *, reverse: bool) -> None:
        ordered = ids[::-1] if reverse else ids
        for before, after in itertools.pairwise(ordered):
            self.draft.relate([after], Relation(kind, (before,)), instead=False)
        self.subjects, self.attached, self.index = list(ids), [], None
        self.related_since, self.joined = True, False

    def pinned_cloth(self, at: int) -> int:
        """`hanging from two hooks`: by its upper corners, or its upper edge; `pinned at its four corners`: it is stretched."""
        r, end = self.r, at + 1
        cloths = [one for one in self.subjects if one != FLOOR and self._kind_of(one) == "cloth"]
        if not cloths or not r.word(at, "hanging", "pinned", "hung", "suspended", "fixed", "held", "attached", "hangs"):
            return 0
        while (
            r.word(end, "from", "by", "at", "on", "to", "with", "its", "the", "both", "upper", "top", "of", "all", "in")
            or r[end].kind == "number"
        ):
            if r[end].kind == "number" and r[end].value not in (2, 4):
                return 0
            end += 1
        hooked = r.word(end, *_HOOKS)
        if not hooked and not r.word(end, "corners", "edge", "corner", "side", "sides"):
            return 0
        two = any(r[one].kind == "number" and r[one].value == 2 for one in range(at, end))
        four = (
            (r.word(end, "corners") or (hooked and any(r[one].kind == "number" for one in range(at, end))))
            and not two
            and not any(r.word(one, "upper", "top", "both") for one in range(at, end))
        )
        for one in cloths:
            by_two = hooked or (r.word(end, "corners") and (two or r.word(end - 1, "upper", "top")))
            self.draft.update(one, pose="spanned" if four else "pegged" if by_two else "hanging")
        if r.word(end, "corner"):
            r.miss([end])
        end += 2 * (r.word(end + 1, "of") and r.word(end + 2, "it", "them"))
        tail = end + 1
        while hooked and (
            r.word(tail, "at", "by", "on", "in", "its", "the", "both", "upper", "top") or r[tail].kind == "number"
        ):
            tail += 1
        end = tail if hooked and r.word(tail, "corners") else end
        self.excused_numbers.update(range(at, end))
        r.use(at, end + 1)
        return end + 1 - at

    def geometric(self, at: int) -> int:
        """`3 balls, each twice as heavy as the one before`: a factor from one to the next."""
        r, end = self.r, at
        there = [one for one in (self.subjects or self.topic)[-1:] if one != FLOOR and self.draft.scene.has(one)]
        thing = self.draft.scene.thing(there[0]) if there else None
        if not r.word(at, "each", "every") or thing is None or not 2 <= thing.total <= 20 or thing.groups > 1:
            return 0
        end += 1 + (self._one(end + 1) and not r.is_cat(end + 2, "times"))
        end += r.word(end, "is", "being", "weighing", "weighs")
        factor, after = self._factor(end)
        while r.word(after, "as", "the"):
            after += 1
        named = self._compared(after) if after > end else None
        if named is None or named[0] not in ("mass", "size_all") or factor == 1.0 or factor <= 0:
            return 0
        name, inverse, length = named
        end = after + length
        last = end
        while r.word(last, "as", "than", "of", "the", "ball", "box", "block", "cube", "one") or self._one(last):
            last += 1
        if not r.word(last, "before", "previous", "last", "preceding", "below", "left", "next", "after", "above"):
            return 0
        falling = r.word(last, "next", "after", "above") != inverse
        last += 1 + self._one(last + 1) + r.is_cat(last + 1, "noun")
        shares = [factor**index for index in range(thing.total)]
        shares = [1 / share for share in shares] if falling else shares
        if name == "mass":
            usual = mass_of(thing)
            done = bool(give_each(self.draft, there, "mass", tuple(usual * share for share in shares)))
        else:
            made = tuple(Override(index, scale=share) for index, share in enumerate(shares) if index)
            done = KINDS[thing.kind].sort == "solid"
            self.draft.update(thing.id, overrides=(*thing.overrides, *made) if done else thing.overrides)
        if not done:
            return 0
        self.excused_numbers.update(range(at, last))
        self.subjects, self.attached = there, []
        r.use(at, last)
        return last - at

    def nth_from(self, at: int) -> int:
        """`the third from the bottom is red`, `the second block from the top`: counted from one side or the other."""
        r = self.r
        ordinal = r.match(at + 1, "ordinal") if r.word(at, "the") else None
        group = self._group()
        if ordinal is None or group is None or not 0 <= ordinal[0].value < 50:
            return 0
        thing, end = self.draft.scene.thing(group), at + 1 + ordinal[1]
        noun = r.match(end, "noun")
        end += noun[1] if noun is not None and noun[0].value.kind == thing.kind else self._one(end)
        side = end + 1 + r.word(end + 1, "the")
        if not r.word(end, "from") or not r.word(
            side, "bottom", "top", "left", "right", "end", "start", "front", "back"
        ):
            return 0
        last = r.word(side, "top", "right", "end", "back")
        index = thing.total - 1 - ordinal[0].value if last else ordinal[0].value
        return self._are(at, side + 1, group, [index]) if 0 <= index < thing.total else 0

    def stick_together(self, at: int) -> int:
        """`they collide and stick together`: what was apart stays two bodies, so that is told."""
        r = self.r
        if not r.word(at, "stick", "sticks", "stay", "remain", "fuse", "merge", "lock") or self.nouns.head_follows(
            at + 1
        ):
            return 0
        hit = any(thing.motion is not None and thing.motion.target is not None for thing in self.draft.scene.things)
        facing = sum(thing.motion is not None for thing in self.draft.scene.things) > 1
        if not (hit or facing) or not r.word(at + 1, "together", "joined", "connected", "to"):
            return 0
        r.miss([at, at + 1])
        return 2

    def different_heights(self, at: int) -> int:
        """`ten balls falling from different heights`: from a little above the floor to well above it."""
        r = self.r
        there = [one for one in (self.subjects or self.topic)[-1:] if one != FLOOR and self.draft.scene.has(one)]
        total = self.draft.scene.thing(there[0]).total if there else 0
        end = at + 1
        if not r.word(at, "from", "at") or not r.word(end, "different", "various", "varying", "increasing", "random"):
            return 0
        if not r.word(end + 1, "heights", "height") or not 2 <= total <= 30:
            return 0
        heights = tuple(0.8 + 1.6 * index / (total - 1) for index in range(total))
        given = give_each(self.draft, there, "fall", heights)
        if not given:
            return 0
        self.subjects, self.attached = given, []
        self.sentence_ids += [one for one in given if one not in self.sentence_ids]
        r.use(at, end + 2)
        return end + 2 - at

    def arithmetic(self, at: int) -> int:
        """`five balls falling from 1 m, each 20 cm higher than the one before`: a step from one to the next."""
        r, end = self.r, at + 1
        there = [one for one in (self.subjects or self.topic)[-1:] if one != FLOOR and self.draft.scene.has(one)]
        thing = self.draft.scene.thing(there[0]) if there else None
        if not r.word(at, "each", "every") or thing is None or not 2 <= thing.total <= 20 or thing.groups > 1:
            return 0
        end += self._one(end) + r.word(end + self._one(end), "is", "being")
        token, word = r[end], r[end + 1].text
        if token.kind != "quantity" or not r.word(end + 2, "than"):
            return 0
        last = end + 3
        while r.word(last, "the", "ball", "box", "block", "cube", "one", "its") or self._one(last):
            last += 1
        if not r.word(last, "before", "previous", "last", "preceding", "below", "left", "neighbour", "next"):
            return 0
        last += 1 + self._one(last + 1)
        falls = thing.motion is not None and thing.motion.kind == "falling"
        sizes = dims_of(thing)
        if word in ("higher", "taller") and token.dimension == "length":
            name, first = (
                ("fall", thing.motion.height or 1.0) if falls and thing.motion else ("height", sizes.get("height", 0.0))
            )
        elif word in ("longer", "bigger", "larger", "wider") and token.dimension == "length":
            name = "length" if "length" in sizes and word != "bigger" else "size"
            first = sizes.get("length", 2 * sizes.get("radius", 0.0))
        elif word == "heavier" and token.dimension == "mass":
            name, first = "mass", mass_of(thing)
        else:
            return 0
        values = tuple(first + token.value * index for index in range(thing.total))
        given = give_each(self.draft, there, name, values) if first > 0 else []
        if not given:
            return 0
        self.subjects, self.attached = given, []
        self.excused_numbers.update(range(at, last))
        r.use(at, last)
        return last - at

    def listed(self, phrase: Phrase) -> int:
        """Also `three objects: a cube, a ball and a cone`: the list says what they are, and there are no more of them."""
        if step := super().listed(phrase):
            return step
        r, end = self.r, phrase.end
        if (phrase.count or 0) < 2 or phrase.label or r[end].shown != ":":
            return 0
        found: list[Phrase] = []
        end = last = end + 1
        while (one := self.nouns.read(end)) is not None and one.kind in KINDS and not one.definite and not one.pron:
            found.append(one)
            last = one.end
            end = last + (r[last].kind == "comma")
            end += r.word(end, "and")
            if end == last:
                break
        sorts = {KINDS[one.kind].sort for one in found}
        same = all(one.kind == phrase.kind or phrase.noun in _ANYTHING for one in found) or sorts == {"robot"}
        if len(found) < 2 or not same or sum(one.count or 1 for one in found) != phrase.count:
            return 0
        ids = [new for one in found for new in self.create(one)]
        self.subjects, self.attached, self.index, self.related_since = ids, [], None, False
        self.draft.mention(ids)
        r.use(phrase.start, last)
        self.denied.update(range(phrase.start, phrase.end))  # there is no group beside them
        return last - phrase.start
