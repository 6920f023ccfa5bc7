"""What ropes, chains and cloths hang from and carry: `over a bar`, `with a weight at each end`, `between two posts`."""

from __future__ import annotations

from dataclasses import replace

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.rules.jointed import Jointed
from py_remote_viewer.scenes.create.things.description import FLOOR
from py_remote_viewer.scenes.create.things.phrase import Phrase

_HANGS = (
    *(
        "hanging",
        "hung",
        "hangs",
        "suspended",
        "dangling",
        "dangles",
        "draped",
        "lying",
        "slung",
        "thrown",
        "laid",
        "placed",
    ),
    *("running", "lies", "that", "which", "is", "down", "attached", "fixed", "tied"),
)
_TOPS = frozenset(
    """hook ceiling beam bar rod rail branch nail support roof pole frame gallows bracket peg girder rafter stand ring crossbar
    pipe railing""".split()  # noqa: SIM905 - a list of twenty lines says no more
)
_BARS = ("bar", "beam", "rod", "branch", "pole", "pipe", "railing", "rail", "log", "crossbar", "girder")
_PLAIN = (
    *("a", "an", "one", "the", "single", "horizontal", "fixed", "metal", "small", "wooden", "steel", "round", "strong"),
    *("solid", "thick", "thin"),
)
_STRETCHED = (
    *(
        "stretched",
        "hanging",
        "hung",
        "strung",
        "tied",
        "spanned",
        "suspended",
        "held",
        "fixed",
        "that",
        "is",
        "spread",
        "set",
    ),
    *("hangs", "attached", "mounted", "up"),
)
_POSTS = frozenset(
    ["posts", "poles", "stakes", "masts", "pillars", "columns", "trees", "sticks", "rods", "trunks", "hooks"]
)
_LEADS = ("with", "and", "carrying", "has", "having", "plus", "holding")
_WEIGHTS = ("weight", "mass", "load")
_ENDING = ("hanging", "attached", "tied", "fixed", "suspended", "fastened", "hung")
_WHICH = ("the", "its", "their", "lower", "free", "bottom", "loose", "very", "one", "other")
_BOTH = ("each", "both", "either", "every")
_ENDS = ("end", "ends", "bottom", "tip")


class RopeRules(Jointed):
    """Rules for what a rope, a chain or a cloth hangs from, and what hangs on it."""

    def hung_over(self, at: int) -> int:
        """`a rope hanging over a bar`: it lies over a bar of its own, both its ends hang down."""
        r, end, ropes = self.r, at, self._ropes()
        while r.word(end, *_HANGS):
            end += 1
        if not ropes or not r.word(end, "over", "across", "around"):
            return 0
        end += 1
        plain = end
        while r.word(end, *_PLAIN) or (r[end].kind == "number" and r[end].value == 1):
            end += 1
        if r[end].text not in _BARS or r[end].kind != "word" or end == plain:
            return 0
        if r.word(plain, "the") and self.draft.resolve(self.nouns.read(plain) or Phrase(plain)):
            return 0
        for one in ropes:
            self.draft.update(one, pose="over")
        self.excused_numbers.update(range(at, end + 1))
        r.miss([one for one in range(plain, end) if r.is_cat(one, "material", "colour", "size")])
        r.use(at, end + 1)
        return end + 1 - at

    def hung_from(self, at: int) -> int:
        """`a chain hanging from a hook`, `a curtain hanging from a rod`: what it hangs from comes with it."""
        r, end = self.r, at
        hung = [one for one in self.subjects if one != FLOOR and self._kind_of(one) in ("rope", "chain", "cloth")]
        while r.word(end, *_HANGS):
            end += 1
        if end == at or not hung or not r.word(end, "from", "on", "at", "to", "off"):
            return 0
        end += 1
        plain = end
        while r.word(end, *_PLAIN, "tall", "high") or (r[end].kind == "number" and r[end].value == 1):
            end += 1
        if r[end].text not in _TOPS or end == plain or r.word(end + 1, "between"):
            return 0
        if r.word(plain, "the") and self.draft.resolve(self.nouns.read(plain) or Phrase(plain)):
            return 0
        for one in hung:
            if self._kind_of(one) == "cloth":
                self.draft.update(one, pose="hanging")
            else:
                self.draft.update(one, ceiling=bool(r.word(end, "ceiling", "roof")))
        self.excused_numbers.update(range(at, end + 1))
        r.miss([one for one in range(plain, end) if r.is_cat(one, "material", "colour", "size")])
        r.use(at, end + 1)
        return end + 1 - at

    def between_posts(self, at: int) -> int:
        """`a net stretched between two posts`: a cloth on posts of its own; a hammock sags between them."""
        r, end = self.r, at
        cloths = [one for one in self.subjects if one != FLOOR and self._kind_of(one) == "cloth"]
        while r.word(end, *_STRETCHED):
            end += 1
        if not cloths or not r.word(end, "between"):
            return 0
        end += 1
        while r.word(end, "two", "the", "a", "pair", "of", "tall", "wooden", "steel", "vertical", "palm") or (
            r[end].kind == "number" and r[end].value == 2
        ):
            end += 1
        if r[end].text not in _POSTS:
            return 0
        for one in cloths:
            if self.draft.scene.thing(one).pose != "spanned":
                self.draft.update(one, pose="hanging")
        self.excused_numbers.update(range(at, end))
        r.use(at, end + 1)
        if r.word(end, "trees", "trunks", "hooks"):
            r.miss([end])
        self.related_since = True
        return end + 1 - at

    def end_load(self, at: int) -> int:
        """`with a 2 kg ball at its lower end`, `with a weight at each end`: what hangs on the rope that was named."""
        r, start = self.r, at + self.r.word(at, *_LEADS)
        if start == at:
            return 0
        named = [one for one in (*self.subjects, *self.sentence_ids) if one != FLOOR and self.draft.scene.has(one)]
        ropes = [one for one in named if self._kind_of(one) in ("rope", "chain")]
        if not ropes:
            return 0
        rope = self.draft.scene.thing(ropes[-1])
        phrase = self._to_hang(start)
        if phrase is None or rope.load is not None or rope.bob or rope.pose in ("strung", "lying"):
            return 0
        end = phrase.end
        while r.word(end, *_ENDING):
            end += 1
        if not r.word(end, "at", "on", "from", "to"):
            return 0
        end += 1
        both = False
        while r.word(end, *_WHICH, *_BOTH) or (r[end].kind == "number" and r[end].value in (1, 2)):
            both = both or r.word(end, *_BOTH) or (r[end].kind == "number" and r[end].value == 2)
            end += 1
        if not r.word(end, *_ENDS) or (both and rope.pose != "over") or (phrase.count or 1) > (2 if both else 1):
            return 0
        end += 1
        if r.word(end, "of") and (owner := self.nouns.read(end + 1)) is not None:
            if owner.kind not in ("rope", "chain") and not owner.pron:
                return 0
            end = owner.end
        made = self.create(replace(phrase, count=1, plural=False))
        self.excused_numbers.update(one for one in range(at, end) if r[one].kind == "number" and r[one].value == 2)
        self._becomes_bob(made[0], rope.id, each=True)
        if rope.pose == "over" and not both:
            self.draft.update(rope.id, parts=rope.parts)
            r.miss([one for one in range(start, end) if r.word(one, "one", "other")])
        self.subjects, self.attached = [rope.id], [rope.id]
        r.use(at, end)
        return end - at

    def _to_hang(self, at: int) -> Phrase | None:
        """A solid, or a weight of which nothing more is said."""
        phrase = self.nouns.read(at)
        if phrase is not None and phrase.kind in KINDS and KINDS[phrase.kind].sort == "solid" and not phrase.definite:
            return phrase
        if (found := self._a_weight(at)) is not None:
            return found
        end = at + self.r.word(at, "a", "the", "one") + (self.r[at].kind == "number")
        if self.r.word(end, *_WEIGHTS, "weights", "masses", "loads") and end > at:
            return Phrase(at, end + 1, "box", "weight")
        return None
