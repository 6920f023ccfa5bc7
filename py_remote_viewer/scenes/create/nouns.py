"""Noun phrases: `two big red wooden boxes`, `the second ball`, `a tower of 10 blocks`, `it`. Reads, and changes nothing."""

from __future__ import annotations

from py_remote_viewer.scenes.create.kinds import KINDS
from py_remote_viewer.scenes.create.noun_modifiers import NounModifiers
from py_remote_viewer.scenes.create.phrase import Phrase
from py_remote_viewer.scenes.create.words import FILLERS, Noun

_MODIFIERS = (
    "colour",
    "shade",
    "material",
    "size",
    "dimfactor",
    "weight",
    "surface",
    "pose",
    "form",
    "ordinal",
    "tuple",
    "fixed",
    "feature",
    "motion",
    "degree",
    "slope",
    "dir",
    "pace",
)


_ALSO_VERBS = (
    "slides",
    "slide",
    "swings",
    "swing",
    "stands",
    "stand",
    "balance",
    "bowls",
    "springs",
    "bars",
    "posts",
    "rings",
    "stakes",
    "bridges",
    "drums",
)
_COMPOUND = ("castle", "house", "mountain", "square", "ring", "string", "line", "set", "pyramid")


class NounReader(NounModifiers):
    """Reads noun phrases from a `Reader`."""

    def read(self, at: int, depth: int = 0) -> Phrase | None:
        """The noun phrase at `at`, or None where none begins. Known words before an unknown noun belong to it."""
        r, phrase = self._r, Phrase(at)
        pron = r.match(at, "pron")
        if pron is not None and self._is_pronoun(at, pron[1]):
            phrase.pron, phrase.end = pron[0].value, at + pron[1]
            return phrase
        start = at
        while at < len(r) and at - start < 40:
            if at > start and r.word(at, "one", "ones") and phrase.det in ("the", "another", "a"):
                phrase.pron, phrase.end = "them" if r.word(at, "ones") else "it", at + 1
                return phrase
            head = self._head(at, phrase, depth)
            if head:
                return phrase
            step = self.modifier(at, phrase)
            if step == 0 and phrase.beside and phrase.beside[-1] == at:
                step = self._r.match(at, "noun", "group")[1]  # type: ignore[index]
            if step == 0 and self.strange(at) and self.head_follows(at + 1):
                phrase.beside.append(at)  # `a lego tower`: the tower is known
                step = 1
            if step == 0:
                break
            at += step
        if at > start and self._ellipsis(at, phrase, depth):
            return phrase
        if at == start or not self._may_be_unknown(at, phrase):
            return None
        phrase.kind, phrase.noun, phrase.end = "?", r[at].shown, at + 1
        return phrase

    def _ellipsis(self, at: int, phrase: Phrase, depth: int) -> bool:
        """`one red, one green and one blue ball`: the noun comes later."""
        r = self._r
        described = phrase.colours or phrase.scales or phrase.changes or phrase.dims
        if (
            depth > 4
            or not described
            or not (phrase.det or phrase.count is not None)
            or not (r[at].kind == "comma" or r.word(at, "and"))
        ):
            return False
        after = at + 1 + (r[at].kind == "comma" and r.word(at + 1, "and"))
        full = self.read(after, depth + 1)
        if (
            full is None
            or full.kind not in KINDS
            or full.label
            or (full.definite and phrase.det != "the")
            or not (full.det or full.count is not None)
        ):
            return False
        phrase.kind, phrase.noun, phrase.given, phrase.end = full.kind, full.noun, full.given, at
        return True

    def _is_pronoun(self, at: int, length: int) -> bool:
        """`these`, `that`, `all` stand alone, or before a noun."""
        r = self._r
        if r[at].text in ("this", "that", "these", "those", "its", "their", "all", "both", "the") and length <= 2:
            follow = at + length
            if self.head_follows(follow) or r.is_cat(follow, "det") or (r.is_cat(follow, "property", "dim")):
                return False
            if r[at].text == "that" and (r.is_cat(follow, "link", "motion", "conj") or r.is_cat(follow, "verb")):
                return False
        return True

    def _may_be_unknown(self, at: int, phrase: Phrase) -> bool:
        token = self._r[at]
        if token.kind != "word" or not (phrase.det in ("a", "the", "another") or phrase.count is not None):
            return False
        return (
            not token.text.startswith("'")
            and token.text not in FILLERS
            and not self._r.is_cat(
                at,
                "noun",
                "rel",
                "barerel",
                "motion",
                "conj",
                "link",
                "verb",
                "of",
                "arrange",
                "dim",
                "property",
                "apart",
                "from",
                "part",
                "feature",
                "group",
                "gravity",
                "medium",
                "wind",
                "aerial",
                "floor",
                "factor",
                "times",
                "dir",
                "pace",
                "tilted",
            )
        )

    def _head(self, at: int, phrase: Phrase, depth: int) -> bool:
        r = self._r
        found = r.match(at, "noun", "group", "floor")
        if (
            found is None
            and r.word(at, "mass", "masses", "weight", "weights", "load", "body")
            and ("mass" in phrase.changes or (phrase.count and phrase.det != "the" and r.word(at, "weights", "masses")))
        ) and not r.is_cat(at + 1, "noun", "of"):  # `a 5 kg mass`
            phrase.kind, phrase.noun, phrase.end = "box", "weight", at + 1
            phrase.plural = r.word(at, "masses", "weights")
            return True
        if found is None:
            return False
        other = r.match(at, *_MODIFIERS)
        if other is not None and other[1] >= found[1] and self.head_follows(at + other[1]):
            return False  # `marble` in `a marble ball`, `top` in `the top box`
        entry, length = found
        if r.word(at, "top", "tops") and length == 1 and (phrase.det in ("the", "its") or not phrase.det):
            return False  # `across the top` is no spinning top
        unmarked = not phrase.det and phrase.count is None and phrase.ordinal is None
        if (
            unmarked
            and at > 0
            and length == 1
            and r[at].text in _ALSO_VERBS
            and not r.is_cat(at - 1, "of", "rel", "conj")
        ):
            return False  # `a block slides`
        as_group = r.match(at, "group")
        after = at + length
        if entry.cat == "group" and r[at].text in _COMPOUND and self._compound(after) and not r.is_cat(after, "group"):
            phrase.beside.append(at)
            return False
        if as_group is not None and as_group[1] == length and (entry.cat == "group" or self._of_many(after, depth)):
            return self._group(at, after, as_group[0].value, phrase, depth)
        if entry.cat == "floor":
            phrase.kind, phrase.end = "floor", after
            return True
        noun: Noun = entry.value
        if not noun.plural and self._compound(after):
            phrase.beside.append(at)  # `castle wall`, `coffee table`: the last noun is the head, the first is reported
            return False
        if (
            noun.noun in ("cube", "block", "box")
            and (len(phrase.shape) == 3 or r.is_cat(after, "of"))
            and self._of_many(after, depth)
        ):
            return self._group(at, after, "cube", phrase, depth)  # `a 4 x 4 x 4 cube of blocks`
        follow = r.match(after, "group")
        if follow is not None and not noun.plural and not r.is_cat(after, "of") and KINDS[noun.kind].sort == "solid":
            # `block tower`, `domino row`, `brick wall`: the noun is the element
            element = Phrase(at, after, noun.kind, noun.noun, given=noun.given)
            if phrase.parts is not None:
                element.count = phrase.parts
            return self._finish_group(after, after + follow[1], follow[0].value, phrase, element, depth)
        phrase.kind, phrase.noun, phrase.plural = noun.kind, noun.noun, noun.plural
        if noun.noun == "hoop" and any(token.text.startswith("basketball") for token in r.tokens):
            phrase.kind = "hoop"  # of what it is thrown at
        if noun.kind == "humanoid" and phrase.part == "leg" and phrase.parts == 4:
            phrase.kind, phrase.parts = "quadruped", None
        phrase.given, phrase.end = noun.given, after
        label = r[after]
        if label.kind == "word" and label.text.startswith("letter_"):
            phrase.tag, phrase.end = label.shown, after + 1
        if r.word(at, "people", "students"):
            phrase.plural = True
        return True

    def _compound(self, after: int) -> bool:
        """Whether another noun follows at once: `car door`, `wine glass`."""
        found = self._r.match(after, "noun")
        if found is None or self._r.is_cat(after, "verb", "motion", "rel", "part", "conj", "ordinal"):
            return False
        other = self._r.match(after, *_MODIFIERS)
        return other is None or other[1] < found[1]

    def _of_many(self, at: int, depth: int) -> bool:
        """`of 10 blocks`, `of blocks`: something that can be counted, so that `a wall of glass` stays one wall."""
        r = self._r
        of = r.match(at, "of")
        if of is None or of[0].value not in ("of", "filled") or depth > 2:
            return False
        element = self.read(at + of[1], depth + 1)
        return element is not None and element.kind in KINDS and (element.plural or (element.count or 0) > 1)

    def _group(self, at: int, after: int, arrange: str, phrase: Phrase, depth: int) -> bool:
        r = self._r
        of = r.match(after, "of")
        element = None
        if of is None and depth < 3 and r[after].kind == "number":  # `a tower 6 boxes high`
            counted = self.read(after, depth + 1)
            if (
                counted is not None
                and counted.kind in KINDS
                and counted.plural
                and r.word(counted.end, "high", "tall", "long", "wide")
            ):
                counted.end += 1
                return self._finish_group(at, counted.end, arrange, phrase, counted, depth)
        if of is not None and depth < 3:
            element = self.read(after + of[1], depth + 1)
            if element is not None and (element.kind in ("?", "floor", "") or element.label):
                element = None if not element.kind else element
        if element is None:
            if arrange in ("scatter", "rain") or r[at].text in (
                "line",
                "lines",
                "square",
                "ring",
                "set",
                "lot",
                "number",
            ):
                return False
            element = Phrase(after, after, "box", "block")
        if of is not None and element.kind in KINDS and not element.label:
            self._merge(element, depth)
        return self._finish_group(
            at, element.end if of is not None and element.end > after else after, arrange, phrase, element, depth
        )

    def _merge(self, element: Phrase, depth: int) -> None:
        """`of 5 red and 5 blue blocks`: one sort in several colours, in that order or by turns."""
        r = self._r
        count, at = element.count, element.end
        colours = [element.colours[:1]] if element.colours and count else []
        counts = [count or 0]
        while colours and (r.word(at, "and") or r[at].kind == "comma"):
            other = self.read(at + 1 + (r[at].kind == "comma" and r.word(at + 1, "and")), depth + 1)
            if other is None or other.kind != element.kind or other.label or not other.count or not other.colours:
                break
            colours.append(other.colours[:1])
            counts.append(other.count)
            at = other.end
        if len(counts) < 2:
            return
        turns = r.word(at, "alternating", "alternately", "alternate", "in") and not (
            r.word(at, "in") and not r.word(at + 1, "turn")
        )
        if turns:
            at += 1 + r.word(at, "in")
            element.colours = [
                name
                for index in range(max(counts))
                for names, n in zip(colours, counts, strict=True)
                for name in names
                if index < n
            ]
        else:
            element.colours = [names[0] for names, n in zip(colours, counts, strict=True) for _ in range(n)]
        element.count, element.end = sum(counts), at

    def _finish_group(self, at: int, end: int, arrange: str, phrase: Phrase, element: Phrase, depth: int) -> bool:
        """Make `phrase` the group of `element`: what was said of either holds for the elements."""
        r = self._r
        if element.kind == "?":
            phrase.kind, phrase.noun, phrase.end = "?", element.noun, end
            return True
        phrase.label = r[at].text.rstrip("s") if arrange not in ("scatter", "rain") else ""
        phrase.groups = phrase.count or 1
        phrase.arrange = "" if arrange in ("scatter", "rain") else arrange
        if arrange == "rain":
            phrase.motion = "falling"
        count = element.count
        if count is None and phrase.parts is not None:
            count = phrase.parts
        if arrange in ("scatter", "rain") and count is None:
            count = 12 if arrange == "rain" else 6
        if arrange in ("scatter",):
            phrase.groups = 1
        phrase.count = count
        if phrase.arrange in ("grid", "wall", "cube") and not phrase.shape:
            phrase.shape = element.shape
        if len(phrase.shape) == 3 and phrase.arrange in ("stack", "grid", "pile"):
            phrase.arrange = "cube"  # `a 2 x 2 x 2 stack`
        if element.label == "row" and element.count and element.groups > 1 and phrase.arrange in ("wall", "grid"):
            phrase.shape, phrase.count = (element.count, element.groups), element.count * element.groups
            count = phrase.count
        if phrase.arrange == "wall" and len(phrase.shape) == 2 and count is None:
            phrase.count = phrase.shape[0] * phrase.shape[1]
        if r.word(end, "of") and r[end + 1].kind == "number" and phrase.count is None and self.read(end + 1, 5) is None:
            phrase.count, end = int(r[end + 1].value), end + 2  # `a domino chain of 15`
        phrase.kind, phrase.noun, phrase.given, phrase.end = element.kind, element.noun, element.given, end
        phrase.plural = True if arrange in ("scatter", "rain") else phrase.groups > 1
        for name, value in element.changes.items():
            phrase.changes.setdefault(name, value)
        whole = {"stack": "total_height", "row": "total_length", "wall": "total_length", "file": "total_length"}
        own = {name: value for name, value in phrase.dims.items() if name in ("length", "height", "size")}
        phrase.dims = dict(element.dims)
        for name, value in own.items():
            total = f"total_{name}" if name != "size" else whole.get(phrase.arrange, "")
            if total and phrase.arrange in whole:
                phrase.dims[total] = value
        sized = {} if phrase.count is not None and element.count is not None and phrase.arrange else phrase.scales
        phrase.scales = element.scales | (sized if phrase.groups == 1 or element.count is None else {})
        phrase.colours = phrase.colours or element.colours
        phrase.elements = self._more_elements(phrase, depth)
        return True

    def _more_elements(self, phrase: Phrase, depth: int) -> list[Phrase]:
        """`a stack of 3 boxes and 2 balls`: what else is in it, where nothing else claims that noun."""
        r, more = self._r, []
        at = phrase.end
        while (
            phrase.arrange == "stack"
            and phrase.groups == 1
            and phrase.count is not None
            and depth < 3
            and (r.word(at, "and") or r[at].kind == "comma")
        ):
            comma = r[at].kind == "comma"
            follow = self.read(at + 1 + (comma and r.word(at + 1, "and")), depth + 1)
            if follow is None or follow.kind not in KINDS or follow.label or follow.definite:
                break
            if (follow.count is None or follow.det) and (comma or follow.plural or follow.det != "a"):
                break
            if comma and follow.kind != phrase.kind:
                break
            if KINDS[follow.kind].sort != "solid" or not (
                r[follow.end].kind in ("stop", "comma")
                or r.word(follow.end, "and")
                or (r.word(follow.end, "on") and not r.is_cat(follow.end + 1, "pron"))
            ):
                break
            more.append(follow)
            phrase.end = at = follow.end
        return more
