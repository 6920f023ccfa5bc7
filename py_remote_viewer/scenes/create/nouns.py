"""Noun phrases: `two big red wooden boxes`, `the second ball`, `a tower of 10 blocks`, `it`. Reads, and changes nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from py_remote_viewer.scenes.create.kinds import KINDS
from py_remote_viewer.scenes.create.materials import VARIOUS
from py_remote_viewer.scenes.create.reader import Reader
from py_remote_viewer.scenes.create.words import DIM_NOUNS, FILLERS, Noun

_COUNTS = {"few": 3, "some": 3, "several": 5, "many": 12, "couple": 2}
_MODIFIERS = ("colour", "shade", "material", "size", "dimfactor", "weight", "surface", "pose", "ordinal", "tuple", "fixed",
              "feature", "motion", "degree", "slope", "dir", "pace")  # fmt: skip
_PART_ADJECTIVES = {
    "wheeled": "wheel",
    "jointed": "joint",
    "legged": "leg",
    "linked": "link",
    "bladed": "blade",
    "sided": "",
}


@dataclass(slots=True)
class Phrase:
    """What a noun phrase says. `kind` is empty for a pronoun (`pron`), `floor` for the floor, `?` for an unknown noun."""

    start: int
    end: int = 0
    kind: str = ""
    noun: str = ""
    plural: bool = False
    pron: str = ""
    det: str = ""
    each: bool = False
    count: int | None = None
    groups: int = 1
    label: str = ""
    arrange: str = ""
    shape: tuple[int, ...] = ()
    ordinal: int | None = None
    parts: int | None = None
    part: str = ""
    overrides: list[tuple[int, str, Any]] = field(default_factory=list)
    changes: dict[str, Any] = field(default_factory=dict)
    dims: dict[str, float] = field(default_factory=dict)
    scales: dict[str, float] = field(default_factory=dict)
    colours: list[str] = field(default_factory=list)
    motion: str = ""
    speed: float | None = None
    given: dict[str, Any] = field(default_factory=dict)
    element: Phrase | None = None
    elements: list[Phrase] = field(default_factory=list)

    @property
    def definite(self) -> bool:
        """Whether it points at something that is there."""
        return self.det == "the" or bool(self.pron)


class NounReader:
    """Reads noun phrases from a `Reader`."""

    def __init__(self, reader: Reader) -> None:
        self._r = reader

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
            step = self._modifier(at, phrase)
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
        if depth > 4 or not described or not (phrase.det or phrase.count is not None) or not (r[at].kind == "comma" or r.word(at, "and")):
            return False
        after = at + 1 + (r[at].kind == "comma" and r.word(at + 1, "and"))
        full = self.read(after, depth + 1)
        if full is None or full.kind not in KINDS or full.label or full.definite or not (full.det or full.count is not None):
            return False
        phrase.kind, phrase.noun, phrase.given, phrase.end = full.kind, full.noun, full.given, at
        return True

    def _is_pronoun(self, at: int, length: int) -> bool:
        """`these`, `that`, `all` stand alone, or before a noun."""
        r = self._r
        if r[at].text in ("this", "that", "these", "those", "its", "their", "all", "both", "the") and length <= 2:
            follow = at + length
            if self._head_follows(follow) or r.is_cat(follow, "det") or (r.is_cat(follow, "property", "dim")):
                return False
            if r[at].text == "that" and (r.is_cat(follow, "link", "motion", "conj") or r.is_cat(follow, "verb")):
                return False
        return True

    def _may_be_unknown(self, at: int, phrase: Phrase) -> bool:
        token = self._r[at]
        if token.kind != "word" or not (phrase.det in ("a", "the", "another") or phrase.count is not None):
            return False
        return not token.text.startswith("'") and token.text not in FILLERS and not self._r.is_cat(
            at, "noun", "rel", "barerel", "motion", "conj", "link", "verb", "of", "arrange", "dim", "property", "apart", "from",
            "part", "feature", "group", "gravity", "medium", "wind", "aerial", "floor", "factor", "times", "dir", "pace", "tilted",
        )  # fmt: skip

    def _head_follows(self, at: int) -> bool:
        """Whether modifiers and then a noun come."""
        r = self._r
        for _ in range(8):
            if r.is_cat(at, "noun", "group", "floor", "part"):
                return True
            found = r.match(at, *_MODIFIERS)
            if found is not None:
                at += found[1]
            elif (r[at].kind == "comma" or r.word(at, "and")) and r.is_cat(at + 1, "colour", "shade"):
                at += 1
            elif r[at].kind in ("number", "quantity") or r.word(at, *_PART_ADJECTIVES, "coloured", "colored"):
                at += 1
            else:
                return False
        return False

    # --- heads --------------------------------------------------------------------------------------------------------

    def _head(self, at: int, phrase: Phrase, depth: int) -> bool:
        r = self._r
        found = r.match(at, "noun", "group", "floor")
        if found is None:
            return False
        other = r.match(at, *_MODIFIERS)
        if other is not None and other[1] >= found[1] and self._head_follows(at + other[1]):
            return False  # `marble` in `a marble ball`, `top` in `the top box`
        entry, length = found
        as_group = r.match(at, "group")
        after = at + length
        if as_group is not None and as_group[1] == length and (entry.cat == "group" or self._of_many(after, depth)):
            return self._group(at, after, as_group[0].value, phrase, depth)
        if entry.cat == "floor":
            phrase.kind, phrase.end = "floor", after
            return True
        noun: Noun = entry.value
        follow = r.match(after, "group")
        if follow is not None and not noun.plural and not r.is_cat(after, "of") and KINDS[noun.kind].sort == "solid":
            # `block tower`, `domino row`, `brick wall`: the noun is the element
            element = Phrase(at, after, noun.kind, noun.noun, given=noun.given)
            if phrase.parts is not None:
                element.count = phrase.parts
            return self._finish_group(after, after + follow[1], follow[0].value, phrase, element, depth)
        phrase.kind, phrase.noun, phrase.plural = noun.kind, noun.noun, noun.plural
        phrase.given, phrase.end = noun.given, after
        if r.word(at, "people", "students"):
            phrase.plural = True
        return True

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
            if counted is not None and counted.kind in KINDS and counted.plural and r.word(counted.end, "high", "tall", "long", "wide"):
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
        return self._finish_group(
            at, element.end if of is not None and element.end > after else after, arrange, phrase, element, depth
        )

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
        if phrase.arrange == "grid" and not phrase.shape:
            phrase.shape = element.shape
        phrase.kind, phrase.noun, phrase.given, phrase.end = element.kind, element.noun, element.given, end
        phrase.plural = True if arrange in ("scatter", "rain") else phrase.groups > 1
        for name, value in element.changes.items():
            phrase.changes.setdefault(name, value)
        phrase.dims = element.dims | ({} if phrase.arrange == "stack" and "height" in phrase.dims else phrase.dims)
        if phrase.arrange == "stack" and element.dims == {} and "height" in phrase.dims:
            phrase.dims["total_height"] = phrase.dims.pop("height")
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
            and r.word(at, "and")
        ):
            follow = self.read(at + 1, depth + 1)
            if follow is None or follow.kind not in KINDS or follow.label or follow.count is None or follow.det:
                break
            if KINDS[follow.kind].sort != "solid" or not (
                r[follow.end].kind in ("stop", "comma") or r.is_cat(follow.end, "rel")
            ):
                break
            more.append(follow)
            phrase.end = at = follow.end
        return more

    # --- modifiers ----------------------------------------------------------------------------------------------------

    def _modifier(self, at: int, phrase: Phrase) -> int:
        """How many tokens at `at` modify the noun to come; what they say goes into `phrase`."""
        r, token = self._r, self._r[at]
        if token.kind == "quantity":
            return self._quantity(at, phrase)
        if token.kind == "number":
            return self._number(at, phrase)
        if token.kind == "comma" or r.word(at, "and"):
            seen = phrase.colours or phrase.scales or phrase.changes
            return 1 if seen and self._adjective_then_head(at + 1) else 0
        det = r.match(at, "det")
        if det is not None and self._is_determiner(at, det[1], phrase):
            return self._determiner(det[0].value, det[1], phrase)
        if token.text in ("of", "the") and (phrase.det == "one" or (phrase.each and at > phrase.start)):
            return 1
        if token.text in ("coloured", "colored", "sized", "shaped", "more", "new") and at > phrase.start:
            return 1
        if token.text in _PART_ADJECTIVES and phrase.count is not None:
            phrase.parts, phrase.part, phrase.count = phrase.count, _PART_ADJECTIVES[token.text], None
            return 1
        return self._adjective(at, phrase)

    def _adjective_then_head(self, at: int) -> bool:
        r = self._r
        if r.word(at, "and"):
            at += 1
        return r.is_cat(at, *_MODIFIERS) and not r.is_cat(at, "det") and self._head_follows(at) and not (
            r.is_cat(at, "noun") and not r.is_cat(at, "colour", "material")
        )  # fmt: skip

    def _is_determiner(self, at: int, length: int, phrase: Phrase) -> bool:
        text = self._r[at].text
        if phrase.det and text in ("a", "an", "that", "this", "the"):
            return phrase.det == "one"
        follow = at + length
        if text in ("more", "most", "extra"):
            return self._r.is_cat(follow, "noun", "group") or self._head_follows(follow) or phrase.count is not None
        if text in ("that", "this", "these", "those", "no", "not", "both", "all", "some", "many"):
            return self._head_follows(follow) or self._r.is_cat(follow, "det")
        return True

    def _determiner(self, value: str, length: int, phrase: Phrase) -> int:
        if value == "each":
            phrase.each, phrase.det = True, "the"
        elif value in _COUNTS:
            phrase.count = _COUNTS[value]
            phrase.det = phrase.det or "some"
        elif value in ("more", "another"):
            phrase.det = "another"
            phrase.count = phrase.count or (1 if value == "another" else None)
        elif value == "one":
            phrase.det, phrase.count = "one", 1
        elif value == "no":
            phrase.det, phrase.count = "no", 0
        elif not (value == "the" and phrase.det == "one"):
            phrase.det = value
        return length

    def _number(self, at: int, phrase: Phrase) -> int:
        r, token = self._r, self._r[at]
        shape = [token.value]
        end = at + 1
        while r.word(end, "x", "by") and r[end + 1].kind == "number" and len(shape) < 3:
            shape.append(r[end + 1].value)
            end += 2
        if len(shape) > 1 and r.word(end, "x", "by") and r[end + 1].kind == "quantity":
            return self._sizes(at, phrase)
        if len(shape) > 1:
            last = r[end - 1]
            if last.kind == "number" and r[end].kind == "word" and r[end].text in ("m", "cm", "mm"):
                return 0
            if r.word(end - 2, "x", "by") and r[end].kind == "quantity":
                return 0
            phrase.shape = tuple(int(side) for side in shape if side >= 1)
            return end - at
        if r.word(end, "x", "by") and r[end + 1].kind == "quantity" and r[end + 1].dimension == "length":
            return self._sizes(at, phrase)
        part = r.match(end, "part", "noun")
        if part is not None:
            after = end + part[1]
            head = r.match(after, "noun", "group")
            singular = part[0].cat == "part" or not part[0].value.plural
            if head is not None and singular and r[end].text[-1:] != "s" and token.value >= 1:
                phrase.parts = int(token.value)
                phrase.part = part[0].value if part[0].cat == "part" else part[0].value.kind
                if part[0].cat == "noun" and head[0].cat == "group":
                    return 1  # `10 block tower`: the noun is read as the element
                if part[0].cat == "part" or KINDS[head[0].value.kind].sort != "solid":
                    return end + part[1] - at
                phrase.parts, phrase.part = None, ""
        if token.value != int(token.value) or abs(token.value) > 1e9:
            phrase.changes["bad_count"] = token.shown
            phrase.count = 1
            return 1
        phrase.count = int(token.value)
        if r.word(end, "more", "other", "additional", "extra"):
            phrase.det = "another"
            return 2
        if r.word(end, "of") and r.match(end + 1, "pron") is not None:
            return 0
        return 2 if r.word(end, "of", "times") and r.is_cat(end + 1, "det") and r.word(end, "of") else 1

    def _quantity(self, at: int, phrase: Phrase) -> int:
        r, token = self._r, self._r[at]
        if r.is_cat(at + 1, "rel", "apart", "from") and not r.is_cat(at + 1, "dim", "dimfactor"):
            return 0
        if token.dimension == "length":
            if r.word(at + 1, "x", "by") and r[at + 2].kind in ("quantity", "number"):
                return self._sizes(at, phrase)
            dim = r.match(at + 1, "dim")
            if dim is not None:
                phrase.dims[dim[0].value] = token.value * (2 if False else 1)
                return 1 + dim[1]
            phrase.dims["size"] = token.value
            return 1
        if token.dimension == "mass":
            phrase.changes["mass"] = token.value
            return 2 if r.word(at + 1, "heavy") else 1
        if token.dimension == "angle":
            phrase.changes["tilt_deg"] = token.value
            return 1
        if token.dimension == "speed":
            phrase.speed = token.value
            return 1
        return 0

    def _sizes(self, at: int, phrase: Phrase) -> int:
        """`30 x 20 x 10 cm`, `1 m by 2 m`: length, width, height."""
        r = self._r
        values, units, end = [r[at]], [r[at]], at + 1
        while r.word(end, "x", "by") and r[end + 1].kind in ("quantity", "number") and len(values) < 3:
            values.append(r[end + 1])
            end += 2
        units = [token for token in values if token.kind == "quantity"]
        if not units or any(unit.dimension != "length" for unit in units):
            return 0
        unit = units[-1].value / float(units[-1].text)
        sides = [token.value if token.kind == "quantity" else token.value * unit for token in values]
        phrase.dims.update(zip(("length", "width", "height"), sides, strict=False))
        return end - at

    def _adjective(self, at: int, phrase: Phrase) -> int:
        r = self._r
        found = r.match(at, *_MODIFIERS)
        if found is None:
            return 0
        entry, length = found
        if entry.cat == "degree":
            follow = r.match(at + length, "size", "dimfactor", "weight", "surface", "slope")
            if follow is None:
                return 0
            before = dict(phrase.scales)
            step = self._adjective(at + length, phrase)
            for name, factor in phrase.scales.items():
                old = before.get(name, 1.0)
                phrase.scales[name] = old * (factor / old) ** (
                    1 + 0.5 * entry.value if entry.value >= 1 else entry.value
                )
            return length + step
        if entry.cat == "shade" or (entry.cat in ("weight", "colour") and r.is_cat(at, "shade")):
            shade, colour = r.match(at, "shade"), None
            if shade is not None:
                colour = r.match(at + shade[1], "colour")
            if shade is not None and colour is not None and colour[0].value != VARIOUS and " " not in colour[0].value:
                phrase.colours.append(f"{r[at].text} {colour[0].value}")
                return shade[1] + colour[1]
            if entry.cat == "shade":
                weight = r.match(at, "weight")
                if weight is None:
                    return 0
                entry = weight[0]
        return self._take(entry.cat, entry.value, at, length, phrase)

    def _take(self, cat: str, value: Any, at: int, length: int, phrase: Phrase) -> int:
        if cat == "colour":
            phrase.colours.append(value)
        elif cat == "size":
            phrase.scales["all"] = phrase.scales.get("all", 1.0) * value
        elif cat == "dimfactor":
            phrase.scales[value[0]] = phrase.scales.get(value[0], 1.0) * value[1]
        elif cat == "weight":
            phrase.changes["weight"] = value
        elif cat == "surface":
            phrase.changes[value[0]] = value[1]
        elif cat == "ordinal":
            phrase.ordinal = value
        elif cat == "tuple":
            if self._r.word(at, "single", "simple") and not self._r.is_cat(at + length, "noun"):
                return length
            phrase.parts = value
        elif cat == "slope":
            phrase.changes["tilt_deg"] = value if value > 3 else 20.0 * value
        elif cat == "feature":
            if value == "camera" or not self._head_follows(at + length):
                return 0
            phrase.changes[value] = True
        elif cat == "motion":
            if value in ("hitting", "resting", "released") or not self._head_follows(at + length):
                return 0
            phrase.motion = value
        elif cat == "dir":
            if value not in ("left", "right") or length > 1 or not self._r.is_cat(at + length, "noun"):
                return 0
            phrase.ordinal = 0 if value == "left" else -1
        elif cat == "pace":
            if not self._head_follows(at + length):
                return 0
            phrase.speed = value
        elif cat == "pose":
            phrase.changes["pose"] = value
        else:
            phrase.changes[cat] = value
        return length


def dim_word(reader: Reader, at: int) -> tuple[str, int] | None:
    """A word for one of the sizes at `at`: `tall`, `in diameter`."""
    found = reader.match(at, "dim")
    return (found[0].value, found[1]) if found is not None and found[0].value in DIM_NOUNS.values() else None
