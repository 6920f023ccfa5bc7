"""Links and poles of one machine against each other: `links get shorter towards the tip`, `two poles, one long, one short`."""

from __future__ import annotations

from collections.abc import Callable

from py_remote_viewer.scenes.create.rules.part_giving import PartGiving
from py_remote_viewer.scenes.create.things.description import FLOOR, Override, Thing
from py_remote_viewer.scenes.create.things.footprints import parts_of, segments
from py_remote_viewer.scenes.create.things.machine_joints import is_planar

_LINKED = ("arm", "pendulum", "cart_pole")
_NOUNS = ("link", "links", "segment", "segments", "section", "sections", "rod", "rods", "pole", "poles")
_LEADS = ("with", "and", "whose", "where", "its", "the", "all", "having", "of", "but")
_GETTING = ("get", "gets", "getting", "become", "becomes", "becoming", "grow", "growing", "are", "is", "being", "in")
_SHORTER = ("shorter", "decreasing", "tapering", "shrinking", "diminishing", "descending", "smaller")
_LONGER = ("longer", "increasing", "growing", "larger", "ascending")
_TAIL = (
    *("and", "than", "the", "one", "before", "previous", "last", "preceding", "it", "below", "to", "towards", "toward"),
    *(
        "tip",
        "end",
        "top",
        "length",
        "lengths",
        "size",
        "from",
        "base",
        "along",
        "arm",
        "shorter",
        "longer",
        "chain",
        "in",
    ),
    *("bottom", "gripper", "hand", "towards", *_NOUNS),
)
_RATIO = 0.8  # from one link to the next
_LONG, _SHORT = 1.0, 0.5  # of a long pole and a short one beside it, of its usual length
_WORDS = {"long": _LONG, "longer": _LONG, "tall": _LONG, "short": _SHORT, "shorter": _SHORT}


class LinkRules(PartGiving):
    """Rules for how the links of a machine differ, and how its poles stand."""

    def link_rules(self) -> tuple[Callable[[int], int], ...]:
        """In the order in which they are tried."""
        return (self.graded_links, self.one_long_one_short, self.poles_side_by_side)

    def _linked(self, *kinds: str) -> list[int]:
        """Machines with links or poles that words are about."""
        there = [*dict.fromkeys((*self.attached, *self.subjects))]
        there = there if there or not self.draft.editing else list(self.draft.mentions)
        return [one for one in there if one != FLOOR and self.draft.scene.has(one) and self._kind_of(one) in kinds]

    def graded_links(self, at: int) -> int:
        """`links get shorter towards the tip`, `each shorter than the one before`, `of decreasing length`."""
        r, end, owners = self.r, at, self._linked(*_LINKED)
        if not owners:
            return 0
        while r.word(end, *_LEADS):
            end += 1
        each = r.word(end, "each", "every")
        end += each + (each and r.word(end + 1, "next", "further", "following", "of"))
        named = r.word(end, *_NOUNS)
        end += named
        getting = r.word(end, *_GETTING)
        while r.word(end, *_GETTING, "of", "always", "a", "bit", "little", "ever") and not r.word(
            end, *_SHORTER, *_LONGER
        ):
            end += 1
        word, begun = r[end].text, end
        if not r.word(end, *_SHORTER, *_LONGER):
            return 0
        end += 1
        while r.word(end, *_TAIL) or (r[end].kind == "number" and r[end].value == 1):
            end += 1
        while end > begun + 1 and r.word(end - 1, "and", "the", "to", "from", "in", "than"):
            end -= 1
        said = {r[one].text for one in range(begun, end)}
        lengths = bool(said & {"length", "lengths", *_NOUNS}) and word not in ("shorter", "longer")
        compared = (each and "than" in said) or (named and getting) or (getting and bool(said & {"tip", "end", "base"}))
        thing = self.draft.scene.thing(owners[-1])
        n = parts_of(thing)
        if not (lengths or compared or (named and word == "tapering")) or n < 2 or thing.total > 1:
            return 0
        grows = word in _LONGER
        grows = not grows if r.word(end - 1, "base") and not said & {"tip", "end", "top"} else grows
        self._grade(thing, 1 / _RATIO if grows else _RATIO)
        self.edited = self.edited or self.draft.editing
        self.excused_numbers.update(range(at, end))
        r.use(at, end)
        return end - at

    def _grade(self, thing: Thing, ratio: float) -> None:
        """Lengths that go down or up by `ratio` from each link to the next; all of them are as long as before."""
        first = 1 if thing.kind == "arm" and not is_planar(thing) and not self._counted_links(thing) else 0
        lengths = segments(thing)[first:]
        shares = [ratio**index for index in range(len(lengths))]
        unit = sum(lengths) / sum(shares)
        self._store(thing, [Override(first + index, length=share * unit) for index, share in enumerate(shares)])

    def one_long_one_short(self, at: int) -> int:
        """`two poles, one long, one short`, `one of 1 m and one of 40 cm`: poles of their own, side by side on the cart."""
        r, end, values = self.r, at, list[float]()
        carts = self._linked("cart_pole")
        thing = self.draft.scene.thing(carts[-1]) if carts else None
        if thing is None or parts_of(thing) != 2:
            return 0
        usual = sum(segments(thing))
        last = at
        while len(values) < 2:
            end += r.word(end, "a", "the", "and") or r[end].kind == "comma"
            end += r.word(end, "and", "the", "a")
            end += r.word(end, "one", "other", "another") or (r[end].kind == "number" and r[end].value == 1)
            while r.word(end, "is", "of", "being", "with", "a", "length", "pole", "one"):
                end += 1
            if r[end].text in _WORDS and r[end].kind == "word":
                values.append(usual * _WORDS[r[end].text])
            elif r[end].dimension == "length" and r[end].kind == "quantity":
                values.append(r[end].value)
            else:
                return 0
            end += 1
            end += r.word(end, "long", "in") + r.word(end, "pole", "one")
            last = end
        self._store(thing, [Override(index, length=value) for index, value in enumerate(values)])
        dims = tuple(one for one in thing.dims if one[0] != "length")  # it is no longer than its longest pole
        self.draft.update(thing.id, pose="parallel", dims=dims)
        self.excused_numbers.update(range(at, last))
        self.edited = self.edited or self.draft.editing
        r.use(at, last)
        return last - at

    def poles_side_by_side(self, at: int) -> int:
        """`a cart with two poles side by side`: each is hinged on the cart, none on another."""
        r, carts = self.r, self._linked("cart_pole")
        end = at
        while r.word(end, "the", "both", "its", "poles", "standing", "mounted", "hinged", "in", "are", "stand"):
            end += 1
        if r.word(end, "side") and r.word(end + 1, "by") and r.word(end + 2, "side"):
            end += 3
        elif r.word(end, "next") and r.word(end + 1, "to") and r.word(end + 2, "each"):
            end += 4
        elif r.word(end, "parallel", "separately", "independently"):
            end += 1
        else:
            return 0
        if not carts or parts_of(self.draft.scene.thing(carts[-1])) < 2:
            return 0
        self.draft.update(carts[-1], pose="parallel")
        self.edited = self.edited or self.draft.editing
        r.use(at, end)
        return end - at
