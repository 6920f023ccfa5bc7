"""Text to tokens: words, numbers, quantities with their unit in SI, and what separates clauses. Pure, linear time."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Literal

from py_remote_viewer.scenes.create.reading.complaints import as_wishes
from py_remote_viewer.scenes.create.reading.idioms import plainly
from py_remote_viewer.scenes.create.reading.numbers import number_words

TokenKind = Literal["word", "number", "quantity", "stop", "comma", "vector", "times", "list"]

_UNITS: dict[str, tuple[str, float]] = {}
for _names, _dimension, _factor in (
    ("m metre metres meter meters", "length", 1.0),
    ("cm centimetre centimetres centimeter centimeters", "length", 0.01),
    ("mm millimetre millimetres millimeter millimeters", "length", 0.001),
    ("dm decimetre decimetres decimeter decimeters", "length", 0.1),
    ("km kilometre kilometres kilometer kilometers", "length", 1000.0),
    ("inch inches", "length", 0.0254),
    ("ft foot feet", "length", 0.3048),
    ("yd yard yards", "length", 0.9144),
    ("kg kgs kilo kilos kilogram kilograms kilogramme kilogrammes", "mass", 1.0),
    ("g gram grams gramme grammes", "mass", 0.001),
    ("t ton tons tonne tonnes", "mass", 1000.0),
    ("lb lbs pound pounds", "mass", 0.4536),
    ("oz ounce ounces", "mass", 0.02835),
    ("degree degrees deg degs", "angle", 1.0),
    ("rad radian radians", "angle", 180 / math.pi),
    ("s sec secs second seconds", "time", 1.0),
    ("ms millisecond milliseconds", "time", 0.001),
    ("min minute minutes", "time", 60.0),
    ("rpm", "spin", 2 * math.pi / 60),
    ("hz", "spin", 2 * math.pi),
    ("mph", "speed", 0.44704),
    ("kph kmh", "speed", 1 / 3.6),
    ("percent", "percent", 0.01),
    ("n newton newtons", "force", 1.0),
    ("nm", "torque", 1.0),
    ("ncm", "torque", 0.01),
    ("kn", "force", 1000.0),
    ("l litre litres liter liters", "volume", 0.001),
    ("ml millilitre millilitres milliliter milliliters", "volume", 1e-6),
    ("gallon gallons", "volume", 0.003785),
    ("cubicm", "volume", 1.0),
    ("cubiccm", "volume", 1e-6),
):
    for _name in _names.split():
        _UNITS[_name] = (_dimension, _factor)
_COMPOUND: dict[str, tuple[str, float]] = {
    "m/s": ("speed", 1.0),
    "cm/s": ("speed", 0.01),
    "km/h": ("speed", 1 / 3.6),
    "rad/s": ("spin", 1.0),
    "deg/s": ("spin", math.pi / 180),
    "rev/s": ("spin", 2 * math.pi),
    "m/s2": ("acceleration", 1.0),
    "m/s/s": ("acceleration", 1.0),
    "kg/m3": ("density", 1.0),
    "n/m": ("stiffness", 1.0),
    "nm/rad": ("torsion", 1.0),
    "nm/deg": ("torsion", 180 / math.pi),
    "ns/m": ("dampening", 1.0),
    "nms/rad": ("dampening", 1.0),
    "n/mm": ("stiffness", 1000.0),
    "n/cm": ("stiffness", 100.0),
    "kn/m": ("stiffness", 1000.0),
    "g/cm3": ("density", 1000.0),
}
_PER = {
    ("metre", "second"): ("speed", 1.0),
    ("meter", "second"): ("speed", 1.0),
    ("metres", "second"): ("speed", 1.0),
    ("meters", "second"): ("speed", 1.0),
    ("m", "s"): ("speed", 1.0),
    ("m", "second"): ("speed", 1.0),
    ("km", "hour"): ("speed", 1 / 3.6),
    ("kilometres", "hour"): ("speed", 1 / 3.6),
    ("kilometers", "hour"): ("speed", 1 / 3.6),
    ("miles", "hour"): ("speed", 0.44704),
    ("centimetres", "second"): ("speed", 0.01),
    ("cm", "second"): ("speed", 0.01),
    ("radians", "second"): ("spin", 1.0),
    ("degrees", "second"): ("spin", math.pi / 180),
    ("revolutions", "second"): ("spin", 2 * math.pi),
    ("turns", "second"): ("spin", 2 * math.pi),
    ("rotations", "second"): ("spin", 2 * math.pi),
    ("revolutions", "minute"): ("spin", 2 * math.pi / 60),
}
_MEASURED = frozenset(
    [
        "long",
        "wide",
        "high",
        "tall",
        "thick",
        "deep",
        "apart",
        "away",
        "above",
        "below",
        "from",
        "in",
        "to",
        "of",
        "per",
    ]
) - {"per"}
_SYMBOLS = {
    "½": " 0.5 ",
    "¼": " 0.25 ",
    "¾": " 0.75 ",
    "⅓": " 0.3333 ",
    "×": " x ",
    "°": " degrees ",
    "²": "2",
    "³": "3",
}
_SYMBOLS |= {
    "’": "'",
    "‘": "'",
    "“": " ",
    "”": " ",
    "–": "-",
    "—": " , ",
    "−": "-",
    "…": " . ",
    "%": " percent ",
    "->": " , ",
    "→": " , ",
    ">": " , ",
    '"': " ",
}
# `m = 2 kg`, `mu=0.3`: a formula's letter is the property that it stands for.
_LETTERS = {
    "m": "mass",
    "r": "radius",
    "d": "diameter",
    "h": "height",
    "l": "length",
    "w": "width",
    "v": "speed",
    "v0": "speed",
    "g": "gravity",
    "mu": "friction",
    "μ": "friction",
    "e": "bounciness",
    "k": "stiffness",
    "c": "damping",
    "theta": "angle",
    "θ": "angle",
    "alpha": "angle",
    "α": "angle",
    "rho": "density",
    "ρ": "density",
}
_PLACE_X = re.compile(r"\bx\s*=\s*([-+]?\d*\.?\d+)\s*(?:m\b)?(?!\s*,?\s*(?:and )?[yz]\s*=)", re.IGNORECASE)
# `so that the class can compare`: a verb, and no tin.
_MODAL = re.compile(
    r"\b(class|students?|kids|people|they|we|you|(?<=so )one|(?<=that )one|she|he|it|children|pupils|everyone|everybody|which"
    r"|viewers?)\s+can(?=\s+[a-z])",
    re.IGNORECASE,
)
_FORMULA = re.compile(r"(?<![^\W\d_])(" + "|".join(sorted(_LETTERS, key=len, reverse=True)) + r")\s*=\s*(?=[-+.\d])")
# `ball A`, `box B is red`: a capital that tells things apart; `A` at the start of a phrase is an article.
_LABEL = re.compile(
    r"(?<=[a-z] )([B-H]|A(?=\s+(?:is|of|has|with|at|and|on|in|from|to|moves|rolls|hits|weighs)\b|[,.;]|$))(?![\w']|[- ]shape)"
)
_OBJECTS = {"its": "it", "his": "it", "her": "it", "their": "them"}
_ITS_SIDE = re.compile(
    r"\b(?:to|on|at) (its|their|his|her) (left|right)(?: side| hand side)?\b(?! (?:end|half|edge|corner|part|arm|leg|wheel))",
    re.IGNORECASE,
)
_ITS_CORNERS = re.compile(r"\b(at|on|in) (?:all )?(its|their) (?:four )?(corners|edges)\b", re.IGNORECASE)
_ITS_MIDDLE = re.compile(r"\b(?:in|at|on) (its|their) (?:cent(?:er|re)|middle)\b", re.IGNORECASE)
_COORDINATE = r"\s*=\s*([-+]?\d*\.?\d+)\s*(?:m\b)?"
_PLACE = re.compile(
    rf"\bx{_COORDINATE}\s*,?\s*(?:and )?y{_COORDINATE}\s*(?:,?\s*(?:and )?z{_COORDINATE})?", re.IGNORECASE
)
_TOKEN = re.compile(
    r"(?P<compound>(?:km/h|nm/rad|nm/deg|nms/rad|ns/m|n/mm|n/cm|kn/m|n/m|kg/m3|g/cm3|cm/s|m/s/s|m/s\^?2|m/s|rad/s|deg/s|rev/s)(?![a-z0-9]))"
    r"|(?P<fraction>\d{1,4}/\d{1,4}(?![\d/]))"
    r"|(?P<number>[-+]?(?:\d{1,3}(?:,\d{3})+(?!\d)|\d{1,30})(?:\.\d{1,15})?(?:e[-+]?\d{1,3}(?![a-z0-9]))?|[-+]?\.\d{1,15})"
    r"|(?P<model>g1(?![\w.])|(?:ur|pr|kr|irb|lbr|xarm|so|iiwa|gen|h|go)\d{1,4}[a-z]{0,3}(?![\w.]))"
    r"|(?P<label>letter_[a-h])"
    r"|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)?)"
    r"|(?P<stop>[.;!?\n]+)"
    r"|(?P<comma>[,&+:|])"
    r"|(?P<open>[(\[])"
    r"|(?P<other>\S)",
)
_VECTOR = re.compile(r"[(\[]\s*([-+]?\d*\.?\d+)\s*[,; ]\s*([-+]?\d*\.?\d+)\s*(?:[,; ]\s*([-+]?\d*\.?\d+)\s*)?[)\]]")


@dataclass(frozen=True, slots=True)
class Token:
    """One token.

    Attributes:
        text: lower case, as it is matched.
        shown: as it was written.
        value: of a number or quantity, SI; degrees for angles.
        dimension: `length`, `mass`, `angle`, `time`, `speed`, `spin`, `acceleration`, `density`, `percent`, `force`.
        vector: of `(x, y, z)`; the values of a `list`: `1, 2 and 3 kg`, SI.
    """

    kind: TokenKind
    text: str
    shown: str
    value: float = 0.0
    dimension: str = ""
    vector: tuple[float, ...] = ()


def tokens_of(text: str) -> list[Token]:
    """All tokens of `text`, ending in a `stop`."""
    raw = _raw_tokens(_plain(text))
    joined = _lists(_with_units(number_words(raw)))
    joined.append(Token("stop", ".", "."))
    return joined


def _feet(found: re.Match[str]) -> str:
    """`5'10"` as inches."""
    return f" {12 * int(found.group(1)) + float(found.group(2) or 0):g} inches "


def _plain(text: str) -> str:
    text = re.sub(r"(?<![\w.])(\d{1,2})['’′] ?(\d{1,2}(?:\.\d+)?)[\"”″]", _feet, text)
    text = re.sub(r"(?<![\w.])(\d{1,3}(?:\.\d+)?)[\"”″](?=[\s,.;)x×]|$)", r"\1 inches ", text)
    text = re.sub(r"(?<![\w.])(\d{1,3}(?:\.\d+)?)[’′'](?=[\s,.;)x×]|$)", r"\1 feet ", text)
    for symbol, said in _SYMBOLS.items():
        text = text.replace(symbol, said)
    text = plainly(as_wishes(text))
    text = _LABEL.sub(lambda found: f"letter_{found.group(1).lower()}", text)
    text = re.sub(r"\b(can|could|would|will) (you|we|u|i)\b", "please", text, flags=re.IGNORECASE)
    text = _MODAL.sub(r"\1 please", text)
    text = re.sub(r"\bw(?:/o\b)", "without", text, flags=re.IGNORECASE)
    text = re.sub(r"\bw(?:/|(?=\s+(?:an?|\d+|one|two|three|four|five|six)\s))", "with ", text)
    text = re.sub(r"\bvs\.", "vs", text, flags=re.IGNORECASE)
    text = _ITS_CORNERS.sub(
        lambda found: f"{found.group(1)} the {found.group(3)} of {_OBJECTS[found.group(2).lower()]}", text
    )
    text = _ITS_MIDDLE.sub(lambda found: f"in the middle of {_OBJECTS[found.group(1).lower()]}", text)
    text = re.sub(r"\bbin[ -]picking\b", "picking", text, flags=re.IGNORECASE)
    text = _ITS_SIDE.sub(lambda found: f"to the {found.group(2)} of {_OBJECTS[found.group(1).lower()]}", text)
    text = re.sub(r"\bhalf[ -]circle", "semicircle", text, flags=re.IGNORECASE)
    text = re.sub(r"\bhalf[ -]atwood", "modified atwood", text, flags=re.IGNORECASE)
    text = re.sub(r"\bcubic c(entimet\w+|m)\b|(?<=\d)\s?(?:cm3|ccm)\b", " cubiccm", text, flags=re.IGNORECASE)
    text = re.sub(r"\bcubic (m|met\w+)\b|(?<=\d)\s?m3\b", " cubicm", text, flags=re.IGNORECASE)
    text = re.sub(r"\bsee[ -]?through\b", "transparent", text, flags=re.IGNORECASE)
    text = _PLACE.sub(lambda found: "(" + ", ".join(part for part in found.groups() if part) + ")", text)
    text = _PLACE_X.sub(lambda found: f"({found.group(1)}, 0)", text)
    text = _FORMULA.sub(lambda found: f" {_LETTERS[found.group(1)]} ", text.lower())
    text = re.sub(r"(?<=[a-z0-9])-(?=[a-z])", " ", text)  # hyphens join words: ten-block, double-pendulum
    text = re.sub(r"(?<=[a-z])-(?=\d)", " ", text)
    text = re.sub(r"(?<=\d)\s*[x*]\s*(?=\d)", " x ", text)
    text = re.sub(r"(?<=[a-z])'s\b", " 's", text)
    return re.sub(r"\b(m|s|cm|km)\^(\d)", r"\1\2", text)


def _raw_tokens(text: str) -> list[Token]:
    found: list[Token] = []
    at = 0
    while match := _TOKEN.search(text, at):
        at = match.end()
        kind, said = match.lastgroup, match.group()
        if kind == "open":
            vector = _VECTOR.match(text, match.start())
            if vector:
                at = vector.end()
                numbers = tuple(float(part) for part in vector.groups() if part is not None)
                found.append(Token("vector", vector.group(), vector.group(), vector=numbers))
        elif kind == "fraction":
            over, under = said.split("/")
            if int(under):
                found.append(Token("number", said, said, int(over) / int(under)))
        elif kind == "number":
            found.append(Token("number", said, said, float(said.replace(",", ""))))
        elif kind == "compound":
            found.append(Token("word", said.replace("^", ""), said))
        elif kind == "label":
            found.append(Token("word", said, said[-1].upper()))
        elif kind == "model":
            found.append(Token("word", said, said))
        elif kind == "word":
            found.append(Token("times" if said == "x" else "word", said, said))
        elif kind == "stop":
            found.append(Token("stop", ".", said))
        elif kind == "comma":
            found.append(Token("comma", ",", said))
        elif kind == "other" and said not in "()[]'/-_*#<>=":
            found.append(Token("word", said, said))
    return found


def _with_units(tokens: list[Token]) -> list[Token]:
    """Join numbers with the unit behind them."""
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        follow = [t.text for t in tokens[at + 1 : at + 3]] + ["", ""]
        if (
            token.text in ("a", "one")
            and follow[0] in ("metre", "meter", "foot", "kilo", "kilogram")
            and follow[1] in _MEASURED
        ):
            dimension, factor = _UNITS[follow[0]]
            out.append(Token("quantity", "1", f"{token.shown} {follow[0]}", factor, dimension))
            at += 2
            continue
        if token.kind == "number":
            skip = 1
            after = [t.text if t.kind == "word" else "" for t in tokens[at + 1 : at + 5]] + ["", "", "", ""]
            if after[0] in ("a", "an") and token.text == "0.5":  # half a metre
                skip, after = 2, after[1:]
            unit, length = _unit(after)
            if unit is not None:
                shown = " ".join(t.shown for t in tokens[at : at + skip + length])
                out.append(Token("quantity", token.text, shown, token.value * unit[1], unit[0]))
                at += skip + length
                continue
        out.append(token)
        at += 1
    return out


def _unit(after: list[str]) -> tuple[tuple[str, float] | None, int]:
    if after[1] in ("shaped", "shape"):
        return None, 0  # `three L-shaped blocks` are no litres
    if after[0] in _COMPOUND:
        return _COMPOUND[after[0]], 1
    if after[1] in ("per", "a") and (after[0], after[2]) in _PER:
        return _PER[after[0], after[2]], 3
    if after[0] in ("metres", "meters", "metre", "meter") and after[1:4] == ["per", "second", "squared"]:
        return ("acceleration", 1.0), 4
    return (_UNITS.get(after[0]), 1) if after[0] in _UNITS else (None, 0)


def _lists(tokens: list[Token]) -> list[Token]:
    """Join `1, 2 and 3 kg` and `1 kg, 2 kg and 3 kg` to one token each; a place after `at` stays what it is."""
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        members, end = _list_at(tokens, at)
        last = tokens[members[-1]] if members else None
        placed = bool(at) and tokens[at - 1].text in ("at", "position", "by", "x")
        place = placed and last is not None and last.dimension not in ("angle", "speed", "mass", "spin")
        if last is None or last.kind != "quantity" or place:
            out.append(tokens[at])
            at += 1
            continue
        unit = last.value / float(last.text) if float(last.text) else 1.0
        values = tuple(
            tokens[one].value if tokens[one].kind == "quantity" else tokens[one].value * unit for one in members
        )
        shown = " ".join(token.shown for token in tokens[at:end])
        out.append(Token("list", shown.lower(), shown, dimension=last.dimension, vector=values))
        at = end
    return out


def _list_at(tokens: list[Token], at: int) -> tuple[list[int], int]:
    """Where the values of the list at `at` are, and its end; none for anything else."""
    members: list[int] = []
    dimension = ""
    while at < len(tokens) and tokens[at].kind in ("number", "quantity") and len(members) < 20:
        token = tokens[at]
        if token.kind == "quantity" and dimension and token.dimension != dimension:
            break
        dimension = dimension or token.dimension
        if members and tokens[members[-1]].kind == "quantity" and token.kind == "number":
            break  # `2 kg, 3 balls`
        members.append(at)
        end = at + 1
        comma = tokens[end].kind == "comma" and tokens[end].shown != ":" if end < len(tokens) else False
        joined = end < len(tokens) and (comma or tokens[end].text in ("and", "or"))
        if not joined:
            break
        at = end + 1
        if comma and at < len(tokens) and tokens[at].text == "and":
            at += 1
    end = members[-1] + 1 if members else 0
    if len(members) < 2 or (end < len(tokens) and tokens[end].text in ("apart", "between")):
        return [], 0  # `two rows of four, 40 cm apart`
    return members, end
