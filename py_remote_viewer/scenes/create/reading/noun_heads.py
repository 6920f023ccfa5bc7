"""What comes behind an adjective: whether a noun does, and which. Looks ahead, and reads nothing."""

from __future__ import annotations

from py_remote_viewer.scenes.create.lexicon.profiles import LETTERS
from py_remote_viewer.scenes.create.lexicon.words import FILLERS, KNOWN
from py_remote_viewer.scenes.create.reading.reader import Reader

MODIFIERS = tuple(
    """colour shade material size dimfactor weight surface pose form ordinal tuple fixed feature motion degree slope dir
    pace""".split()  # noqa: SIM905 - a list of eighteen lines says no more
)
# What has a place in a sentence, so that it is no adjective that nobody knows.
_STRUCTURAL = tuple(
    """noun group part rel barerel motion conj link verb of arrange dim property apart from feature det pron times factor wind
    floor tilted dir gravity medium nofloor fixed""".split()  # noqa: SIM905 - a list of forty lines says no more
)
# Adjectives that count parts: `three-wheeled`.
PART_ADJECTIVES = {
    "wheeled": "wheel",
    "jointed": "joint",
    "legged": "leg",
    "linked": "link",
    "bladed": "blade",
    "sided": "",
    "walled": "wall",
}


class NounHeads:
    """Looks ahead in a `Reader`."""

    def __init__(self, reader: Reader) -> None:
        self._r = reader

    def _kind_ahead(self, at: int) -> str:
        """What the noun is that adjectives at `at` lead to; empty where none comes."""
        while self._r.is_cat(at, *MODIFIERS) and (
            not self._r.is_cat(at, "noun", "group")
            or (self._r.is_cat(at, "material") and self._r.is_cat(at + 1, "noun"))
        ):
            at += 1  # `a sealed glass box`
        found = self._r.match(at, "noun")
        if found is None or (self._r.is_cat(at, "group") and found[0].value.kind != "wall"):
            return ""
        return str(found[0].value.kind)

    def _adjective_then_head(self, at: int) -> bool:
        r = self._r
        if r.word(at, "and"):
            at += 1
        return (
            r.is_cat(at, *MODIFIERS)
            and not r.is_cat(at, "det")
            and (self.head_follows(at) or self._ones_follow(at))
            and not (r.is_cat(at, "noun") and not r.is_cat(at, "colour", "material"))
        )

    def _size_then_head(self, at: int) -> bool:
        """`a 3 m long and 1 m high wall`: whether another size of the noun to come stands at `at`."""
        at += self._r.word(at, "and")
        dim = self._r.match(at + 1, "dim")
        if self._r[at].kind != "quantity" or self._r[at].dimension not in ("length", "mass"):
            return False
        after = at + 1 + (dim[1] if dim is not None else self._r.word(at + 1, "heavy"))
        further = self._r[after].kind == "comma" or self._r.word(after, "and")
        return self.head_follows(after) or (further and self._size_then_head(after + 1))

    def _ones_follow(self, at: int) -> bool:
        """`all the red ones`."""
        start = at
        while (found := self._r.match(at, "colour", "shade", "material", "size", "weight")) is not None:
            at += found[1]
        return at > start and self._r.word(at, "one", "ones")

    def strange(self, at: int) -> bool:
        """Whether the word at `at` is none that is known."""
        token = self._r[at]
        if token.kind != "word" or len(token.text) < 3 or not token.text.isalpha() or token.text in FILLERS:
            return False
        return token.text not in KNOWN or not self._r.is_cat(at, *_STRUCTURAL, *MODIFIERS)

    def head_follows(self, at: int) -> bool:
        """Whether modifiers and then a noun come."""
        r = self._r
        for _ in range(8):
            if r.is_cat(at, "noun", "group", "floor", "part"):
                return True
            found = r.match(at, *MODIFIERS)
            if found is not None:
                entry, length = found
                if entry.cat == "dir" and entry.value not in ("left", "right"):
                    return False  # `a marble rolling down stairs`
                at += length
            elif r[at].text in LETTERS and r.word(at + 1, "shaped", "shape"):
                at += 2
            elif (
                ((r[at].kind == "comma" or r.word(at, "and")) and r.is_cat(at + 1, "colour", "shade"))
                or r[at].kind in ("number", "quantity")
                or r.word(at, *PART_ADJECTIVES, "coloured", "colored")
                or (self.strange(at) and (r.match(at + 1, "noun", "group") is not None or self.strange(at + 1)))
            ):
                at += 1
            else:
                return False
        return False
