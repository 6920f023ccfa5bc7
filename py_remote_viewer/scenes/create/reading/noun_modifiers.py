"""What stands before a noun: `two`, `big red wooden`, `20 cm`, `3 x 3`, `the second`. Reads into a `Phrase`."""

from __future__ import annotations

from typing import Any

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.lexicon.materials import COLOURS, RAINBOW, VARIOUS
from py_remote_viewer.scenes.create.lexicon.profiles import LETTERS
from py_remote_viewer.scenes.create.reading.noun_heads import MODIFIERS, PART_ADJECTIVES, NounHeads
from py_remote_viewer.scenes.create.things.phrase import Phrase
from py_remote_viewer.scenes.create.things.plans import PLANS

_PAINTS = ("paint", "repaint", "colour", "color", "recolour", "recolor", "dye", "tint", "spray")
_COUNTS = {"few": 3, "some": 3, "several": 5, "many": 12, "couple": 2}
_WINDING = {
    "zigzag": ("wall", "corridor"),
    "winding": ("corridor", "stairs"),
    "spiral": ("stairs",),
    "landing": ("stairs",),
}
_SHUT = ("closed", "sealed", "enclosed", "roofed", "covered", "lidded")
# What every body here is anyway.
_PLAIN = frozenset(["uniform", "homogeneous", "rigid", "ideal", "ordinary", "standard", "regular", "typical", "plain"])
_LEVELS = {
    **dict.fromkeys(("top", "upper", "uppermost", "topmost", "higher", "highest"), "top"),
    **dict.fromkeys(("bottom", "lower", "lowermost", "undermost", "bottommost", "lowest"), "bottom"),
}


class NounModifiers(NounHeads):
    """Reads modifiers from a `Reader`."""

    def modifier(self, at: int, phrase: Phrase) -> int:
        """How many tokens at `at` modify the noun to come; what they say goes into `phrase`."""
        r, token = self._r, self._r[at]
        if token.kind == "quantity":
            return self._quantity(at, phrase)
        if token.kind == "number":
            return self._number(at, phrase)
        if token.kind == "list":
            return self._list(at, phrase)
        if token.kind == "comma" or r.word(at, "and"):
            if (phrase.dims or phrase.scales or "mass" in phrase.changes) and self._size_then_head(at + 1):
                return 1
            seen = phrase.colours or phrase.scales or phrase.changes or phrase.dims or phrase.ordinal is not None
            return 1 if seen and self._adjective_then_head(at + 1) else 0
        det = r.match(at, "det")
        if det is not None and self._is_determiner(at, det[1], phrase):
            return self._determiner(det[0].value, det[1], phrase)
        if token.text in ("of", "the") and (phrase.det == "one" or (phrase.each and at > phrase.start)):
            return 1
        if (
            token.text in ("coloured", "colored")
            and not r.is_cat(at - 1, "colour", "shade", "material")
            and self.head_follows(at + 1)
        ):
            phrase.colours.append(VARIOUS)
            return 1
        if token.text in ("coloured", "colored", "sized", "shaped", "more", "new") and at > phrase.start:
            return 1
        if token.text == "alternating" and self.head_follows(at + 1) and not r.is_cat(at + 1, "colour", "shade"):
            phrase.beside.append(at)
            return 1
        if (
            token.text == "parallel"
            and self._kind_ahead(at + 1) in ("wall", "plank", "stick", "ramp", "capsule", "cylinder")
            and not phrase.arrange
        ):
            phrase.arrange = "file"
            if self._kind_ahead(at + 1) == "cylinder":
                phrase.changes["pose"] = "lying"
            return 1
        if token.text in ("touching", "adjacent", "neighbouring") and self.head_follows(at + 1):
            phrase.changes["spacing"] = 0.001
            return 1
        if token.text == "planar" and self.head_follows(at + 1):
            arm = r.match(at + 1, "noun")
            phrase.changes |= {"pose": "planar"} if arm is not None and arm[0].value.kind == "arm" else {}
            return 1
        lid = 1 + r.word(at + 1, "top", "topped", "ended")
        if token.text == "open" and self._kind_ahead(at + lid) in ("bin", "goal", "bookshelf", "funnel"):
            return lid  # it is, however it is called
        if token.text in _SHUT and self._kind_ahead(at + 1) in ("bin", "box"):
            phrase.changes["closed"] = True
            return 1
        if token.text in ("open", "closed") and self._kind_ahead(at + 1) == "door":
            phrase.changes["tilt_deg"] = 60.0 if token.text == "open" else 0.0
            return 1
        if token.text == "opened" and r[at + 1].dimension == "angle" and self.head_follows(at + 2):
            return 1
        shaped = token.text in LETTERS and r.word(at + 1, "shaped", "shape")
        if shaped and self._kind_ahead(at + 2) in ("box", "plate", "plank", "brick"):
            phrase.profile = LETTERS[token.text]
            return 2
        letter = LETTERS.get(token.text, token.text)
        if shaped and letter in PLANS and self._kind_ahead(at + 2) in ("wall", "corridor", "maze", "bin"):
            phrase.changes["plan"] = letter
            return 2
        if token.text in _WINDING and self._kind_ahead(at + 1) in _WINDING[token.text]:
            stairs = "landing" if token.text == "landing" else "spiral"
            phrase.changes["plan"] = stairs if self._kind_ahead(at + 1) == "stairs" else "zigzag"
            return 1
        if token.text in _PLAIN and at >= phrase.start and self.head_follows(at + 1):
            return 1
        if token.text in ("stacked", "piled") and self.head_follows(at + 1) and not phrase.arrange:
            phrase.arrange = "stack"
            return 1  # `5 stacked plates`
        if token.text in ("hanging", "suspended") and phrase.det and self._r.is_cat(at + 1, "noun"):
            phrase.changes["pose"] = "hanging"
            return 1
        if token.text == "same" and phrase.det == "the" and any(r.word(one, r[at + 1].text) for one in range(at)):
            return 1  # `on the same table`
        if token.text in ("alternating", "identical", "random", "separate", "equal") and self.head_follows(at + 1):
            return 1
        slanted = r.match(at, "tilted")
        if slanted is not None and slanted[0].value == "tilt" and slanted[1] == 1 and self.head_follows(at + 1):
            phrase.changes.setdefault("tilt_deg", 20.0)
            return 1
        if token.text in PART_ADJECTIVES and phrase.count is not None:
            phrase.parts, phrase.part, phrase.count = phrase.count, PART_ADJECTIVES[token.text], None
            return 1
        return self.adjective(at, phrase)

    def _is_determiner(self, at: int, length: int, phrase: Phrase) -> bool:
        text = self._r[at].text
        if phrase.det and text in ("a", "an", "that", "this", "the"):
            return phrase.det == "one"
        follow = at + length
        if text in ("more", "most", "extra"):
            return self._r.is_cat(follow, "noun", "group") or self.head_follows(follow) or phrase.count is not None
        if text in ("that", "this", "these", "those", "no", "not", "both", "all", "some", "many"):
            return self.head_follows(follow) or self._r.is_cat(follow, "det") or self._ones_follow(follow)
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
            return self.sizes(at, phrase)
        if len(shape) > 1:
            last = r[end - 1]
            if last.kind == "number" and r[end].kind == "word" and r[end].text in ("m", "cm", "mm"):
                return 0
            if r.word(end - 2, "x", "by") and r[end].kind == "quantity":
                return 0
            phrase.shape = tuple(int(side) for side in shape if side >= 1)
            return end - at
        if r.word(end, "x", "by") and r[end + 1].kind == "quantity" and r[end + 1].dimension == "length":
            return self.sizes(at, phrase)
        part = r.match(end, "part", "noun")
        if part is not None:
            after = end + part[1]
            while self.strange(after) and r.match(after + 1, "noun", "group") is not None:
                after += 1  # `2 link planar arm`
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
        if token.dimension == "length" and r.word(at + 1, "x", "by") and r[at + 2].kind in ("quantity", "number"):
            return self.sizes(at, phrase)
        if r.is_cat(at + 1, "rel", "apart", "from") and not r.is_cat(at + 1, "dim", "dimfactor"):
            return 0
        if token.dimension == "length":
            dim = r.match(at + 1, "dim")
            if dim is not None:
                phrase.dims[dim[0].value] = token.value
                return 1 + dim[1]
            phrase.dims["size"] = token.value
            return 1
        if token.dimension == "mass":
            phrase.changes["mass"] = token.value
            return 2 if r.word(at + 1, "heavy") else 1
        if token.dimension == "volume":
            phrase.changes["volume"] = token.value
            return 1
        if token.dimension == "angle":
            phrase.changes["tilt_deg"] = token.value
            return 1
        if token.dimension == "speed":
            phrase.speed = token.value
            return 1
        return 0

    def _list(self, at: int, phrase: Phrase) -> int:
        """`1, 2 and 3 kg balls`: one value for each of what comes."""
        r, token = self._r, self._r[at]
        name = {"mass": "mass", "length": "size", "angle": "tilt"}.get(token.dimension)
        dim = r.match(at + 1, "dim") if token.dimension == "length" else None
        end = at + 1 + (dim[1] if dim is not None else 0)
        if name is None or not self.head_follows(end):
            return 0
        phrase.lists.append((dim[0].value if dim is not None else name, token.vector))
        return end - at

    def sizes(self, at: int, phrase: Phrase) -> int:
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

    def adjective(self, at: int, phrase: Phrase) -> int:
        r = self._r
        found = r.match(at, *MODIFIERS)
        if found is None:
            return 0
        entry, length = found
        if phrase.det == "the" and entry.cat in ("ordinal", "dimfactor"):
            phrase.level = _LEVELS.get(r[at].text, "")
        if entry.cat == "material" and self._painted(at, entry.value):
            phrase.colours.append(entry.value)
            return length
        if entry.cat == "degree":
            follow = r.match(at + length, "size", "dimfactor", "weight", "surface", "slope")
            if follow is None:
                return 0
            before = dict(phrase.scales)
            step = self.adjective(at + length, phrase)
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

    def _painted(self, at: int, name: str) -> bool:
        """Whether a metal's name is a paint here: `colour the top one gold`, `painted silver`."""
        r = self._r
        if r.word(at - 1, "painted", "coloured", "colored", "dyed", "sprayed") or r.word(
            at + 1, "coloured", "colored", "paint", "colour", "color"
        ):
            return True
        if name not in COLOURS or self.head_follows(at + 1) or r.word(at + 1, "one", "ones"):
            return False  # `paint the steel ball red`: what it is made of says which
        back = at - 1
        while back >= 0 and at - back < 10 and r[back].kind != "stop":
            if r.word(back, *_PAINTS) and not r.word(back - 1, "the", "its", "their", "same", "different", "of"):
                return True
            back -= 1
        return False

    def _take(self, cat: str, value: Any, at: int, length: int, phrase: Phrase) -> int:
        if cat == "colour" and self._r.word(at, "rainbow"):
            phrase.colours += RAINBOW
        elif cat == "colour":
            phrase.colours.append(value)
        elif cat == "size":
            phrase.scales["all"] = phrase.scales.get("all", 1.0) * value
        elif cat == "dimfactor":
            phrase.scales[value[0]] = phrase.scales.get(value[0], 1.0) * value[1]
        elif cat == "weight":
            phrase.changes["weight"] = value
        elif cat == "surface":
            phrase.changes[value[0]] = bool(value[1]) if value[0] in ("hollow", "clear") else value[1]
        elif cat == "ordinal":
            phrase.ordinal = value
        elif cat == "tuple":
            if self._r.word(at, "single", "simple") and not self._r.is_cat(at + length, "noun"):
                return length
            phrase.parts = value
        elif cat == "slope":
            phrase.changes["tilt_deg"] = value if value > 3 else 20.0 * value
        elif cat == "feature":
            if value == "camera" or not self.head_follows(at + length):
                return 0
            phrase.changes[value] = True
        elif cat == "motion":
            if value == "resting" and self.head_follows(at + length):
                return length  # `a still cube`: as it is anyway
            if value in ("hitting", "resting", "released") or not self.head_follows(at + length):
                return 0
            phrase.motion = value
        elif cat == "dir":
            named = self._r.is_cat(at + length, "noun", "group") or self._r.word(at + length, "one")
            if value not in ("left", "right") or length > 1 or not named:
                return 0
            phrase.ordinal = 0 if value == "left" else -1
        elif cat == "pace":
            if not self.head_follows(at + length):
                return 0
            phrase.speed = value
        elif cat == "form":
            phrase.changes["round"] = True
        elif cat == "pose":
            phrase.changes["pose"] = value
        else:
            phrase.changes[cat] = value
        return length
