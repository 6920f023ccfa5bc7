"""Groups whose elements differ step by step: `increasing size`, `different lengths`, `each smaller than the one below`."""

from __future__ import annotations

from py_remote_viewer.scenes.create.rules.strikes import Strikes
from py_remote_viewer.scenes.create.things.description import FLOOR
from py_remote_viewer.scenes.create.things.values import graded

_RISING = frozenset(
    ["increasing", "growing", "rising", "ascending", "bigger", "larger", "heavier", "taller", "longer", "higher"]
)
_FALLING = frozenset(
    ["decreasing", "shrinking", "falling", "descending", "smaller", "lighter", "shorter", "lower", "tapering"]
)
_MIXED = frozenset(["different", "various", "varying", "random", "differing", "diverse", "mixed", "unequal"])
_OF = {
    **dict.fromkeys(("size", "sizes", "diameter", "diameters", "radius", "radii"), "size"),
    **dict.fromkeys(("mass", "masses", "weight", "weights"), "mass"),
    **dict.fromkeys(("length", "lengths"), "length"),
    **dict.fromkeys(("height", "heights"), "height"),
    **dict.fromkeys(("width", "widths"), "width"),
}
_COMPARED = {
    "bigger": "size", "larger": "size", "smaller": "size", "heavier": "mass", "lighter": "mass", "taller": "height",
    "shorter": "height", "longer": "length", "higher": "height", "lower": "height",
}  # fmt: skip


class Grading(Strikes):
    """Rules for what grows along a group."""

    def grade(self, at: int) -> int:
        """Sizes, lengths or masses that rise, fall or differ through a group."""
        for rule in (self._named_order, self._each_than, self._from_to):
            found = rule(at)
            if found is None:
                continue
            name, rising, mixed, end = found
            for one in ("left", "right"):
                start = end + self.r.word(end, "from") + self.r.word(end + self.r.word(end, "from"), "the")
                if self.r.word(start, one) and self.r.word(start + 1, "to"):
                    rising = rising if one == "left" else not rising
                    end = start + 3 + self.r.word(start + 2, "the")
                    break
            group = self._group()
            if group is not None and group != FLOOR and name in ("size", "mass") and self._differ(group, name):
                self._sort(group, name, rising=rising)
                self.r.use(at, end)
                return end - at
            if group is not None and group != FLOOR and graded(self.draft, group, name, rising=rising, mixed=mixed):
                self.r.use(at, end)
                return end - at
        return 0

    def _differ(self, group: int, name: str) -> bool:
        """Whether its elements were given sizes or masses one by one."""
        own = self.draft.scene.thing(group).overrides
        return len({one.scale if name == "size" else one.mass for one in own}) > 1

    def _named_order(self, at: int) -> tuple[str, bool, bool, int] | None:
        """`of increasing size`, `in different lengths`, `with decreasing masses`, `in order of size`."""
        r, end = self.r, at
        while r.word(end, "of", "in", "with", "at", "the", "order", "sorted", "by"):
            end += 1
        ordered = any(r.word(one, "order", "sorted") for one in range(at, end))
        word = r[end].text
        if ordered and word in _OF:
            return _OF[word], True, False, end + 1
        if word not in (*_RISING, *_FALLING, *_MIXED) or r[end + 1].text not in _OF:
            return None
        after = end + 2
        return _OF[r[end + 1].text], word not in _FALLING, word in _MIXED, after

    def _each_than(self, at: int) -> tuple[str, bool, bool, int] | None:
        """`each smaller than the one below`, `getting bigger`."""
        r, end = self.r, at
        while r.word(
            end,
            "where",
            "with",
            "and",
            "each",
            "every",
            "one",
            "block",
            "cube",
            "box",
            "ball",
            "is",
            "being",
            "a",
            "bit",
            "little",
            "getting",
            "get",
            "gets",
            "that",
            "which",
        ):
            end += 1
        told = any(r.word(one, "each", "every", "getting", "get", "gets") for one in range(at, end))
        word = r[end].text
        if not told or word not in _COMPARED:
            return None
        rising = word in _RISING
        end += 1
        if r.word(end, "and") and r[end + 1].text == word:
            end += 2
        if r.word(end, "than"):
            end += 1
            while r.word(end, "the", "one", "previous", "last", "box", "block", "cube", "ball", "next"):
                rising = rising != r.word(end, "next")
                end += 1
            if r.word(end, "below", "before", "beneath", "under", "underneath", "left"):
                end += 1
            elif r.word(end, "above", "after", "right"):
                rising, end = not rising, end + 1
        return _COMPARED[word], rising, False, end

    def _from_to(self, at: int) -> tuple[str, bool, bool, int] | None:
        """`from small to large`, `from the biggest to the smallest`."""
        r, end = self.r, at
        if not r.word(end, "from"):
            return None
        end += 1 + r.word(end + 1, "the")
        first = r[end].text
        small = first in ("small", "smallest", "little", "tiny", "short", "shortest", "light", "lightest")
        large = first in (
            "big",
            "biggest",
            "large",
            "largest",
            "long",
            "longest",
            "heavy",
            "heaviest",
            "tall",
            "tallest",
        )
        if not (small or large) or not r.word(end + 1, "to"):
            return None
        end += 2 + r.word(end + 2, "the")
        name = "mass" if first in ("light", "lightest", "heavy", "heaviest") else "size"
        return name, small, False, end + 1
