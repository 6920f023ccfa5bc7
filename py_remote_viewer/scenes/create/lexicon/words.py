"""The words that are known, by what they do in a sentence: one table of phrases, made from the texts beside this module.

A phrase may be several words long; the longest that fits is taken. `Entry.cat` says what it does, `Entry.value` what it says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from py_remote_viewer.scenes.create.lexicon import noun_table
from py_remote_viewer.scenes.create.lexicon.materials import COLOUR_WORDS, MATERIAL_WORDS, SHADES, VARIOUS
from py_remote_viewer.scenes.create.lexicon.vocabulary import VOCABULARY
from py_remote_viewer.scenes.create.lexicon.vocabulary_joints import JOINTS

# m/s²
PLACES = {
    "moon": 1.62,
    "mars": 3.71,
    "jupiter": 24.79,
    "venus": 8.87,
    "mercury": 3.7,
    "saturn": 10.44,
    "uranus": 8.87,
    "neptune": 11.15,
    "pluto": 0.62,
    "earth": 9.81,
    "europa": 1.31,
    "titan": 1.35,
    "ganymede": 1.43,
    "io": 1.8,
    "ceres": 0.28,
    "sun": 274.0,
    "asteroid": 0.05,
}
# kg/m³, Pa s
MEDIA = {
    "water": (1000.0, 0.0009),
    "honey": (1400.0, 10.0),
    "oil": (900.0, 0.1),
    "syrup": (1300.0, 5.0),
    "glycerine": (1260.0, 1.4),
    "mud": (1500.0, 20.0),
    "air": (1.2, 1.8e-05),
    "mercury": (13534.0, 0.0015),
    "milk": (1030.0, 0.002),
    "jelly": (1050.0, 50.0),
    "molasses": (1400.0, 8.0),
}
_IRREGULAR = {
    "die": "dice",
    "person": "people",
    "man": "men",
    "woman": "women",
    "shelf": "shelves",
    "box": "boxes",
    "domino": "dominoes",
    "dice": "dice",
    "stairs": "stairs",
    "people": "people",
}
_COLOURFUL = (
    "colourful, multicoloured, rainbow, assorted, rainbow coloured, different coloured, differently coloured, "
    "different colours, various colours, random colours, many colours, mixed colours, all colours, every colour"
)
FILLERS = frozenset(noun_table.FILLERS.split())


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun: what it is, and what comes with the name."""

    kind: str
    noun: str
    plural: bool = False
    given: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a phrase does (`cat`) and says (`value`)."""

    cat: str
    value: Any = None


Phrases = dict[tuple[str, ...], Entry]


def _lines(text: str) -> Iterator[tuple[str, str]]:
    """`(before, behind)` the colon of each line; sections come as `("", "[name]")`."""
    joined = text.strip().replace("\n    ", " ")
    for line in joined.splitlines():
        before, colon, behind = line.partition(": ")
        yield (before, behind) if colon else ("", line)


def _number(text: str) -> float:
    return float(text)


def _pair(text: str) -> tuple[str, float]:
    name, value = text.split()
    return name, float(value)


def _truth(text: str) -> bool:
    return text == "yes"


_READ: dict[str, Callable[[str], Any]] = {
    **dict.fromkeys(("weight", "size", "factor", "degree", "slope", "pace", "gravity"), _number),
    **dict.fromkeys(("ordinal", "tuple"), int),
    **dict.fromkeys(("dimfactor", "surface"), _pair),
    **dict.fromkeys(("fixed", "nofloor"), _truth),
}


def plural_of(noun: str) -> str:
    """More than one of it."""
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun.endswith(("s", "x", "ch", "sh")):
        return noun + "es"
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + "s"


def _given(text: str) -> dict[str, Any]:
    """`size=.067 mass=.058 colour=lime` as fields of a thing."""
    found: dict[str, Any] = {}
    for part in text.split():
        name, _, value = part.partition("=")
        if name in ("size", "length", "width", "radius", "height", "thickness"):
            found.setdefault("dims", {})[name] = float(value)
        elif name == "colour":
            found["colours"] = (value,)
        elif name in ("mass", "bounce", "weight"):
            found[name] = float(value)
        elif name == "bob":
            found[name] = value
        elif name == "parts":
            found[name] = int(value)
        else:
            found[name] = value or True
    return found


def _nouns() -> Phrases:
    found: Phrases = {}
    for kind, rest in _lines(noun_table.NOUNS):
        names, _, given = rest.partition(" | ")
        for name in names.split():
            words = tuple(name.split("-"))
            noun = "_".join(word for word in words if word != "s")
            found[words] = Entry("noun", Noun(kind, noun, False, _given(given)))
            found[(*words[:-1], plural_of(words[-1]))] = Entry("noun", Noun(kind, noun, True, _given(given)))
    found.pop(("rails",))  # a cart's: none can be built
    found["stairs",] = Entry("noun", Noun("stairs", "stairs"))
    found["dice",] = Entry("noun", Noun("box", "die", True))
    found["oranges",] = Entry("noun", Noun("ball", "orange", True, _given("size=0.07 mass=0.15 colour=orange")))
    found["dominos",] = Entry("noun", Noun("domino", "domino", True))
    return found


def _table(text: str, cat: str, *, plurals: bool = False) -> Phrases:
    found: Phrases = {}
    for value, phrases in _lines(text):
        for phrase in phrases.split(", "):
            words = phrase.split()
            found[tuple(words)] = Entry(cat, value)
            if plurals:
                found[(*words[:-1], plural_of(words[-1]))] = Entry(cat, value)
    return found


def _vocabulary() -> Iterator[Phrases]:
    cat = ""
    found: Phrases = {}
    for value, phrases in _lines(VOCABULARY + JOINTS):
        if not value:
            yield found
            cat, found = phrases.strip("[]"), {}
            continue
        said = None if value == "-" else _READ.get(cat, str)(value)
        for phrase in phrases.split(", "):
            found[tuple(phrase.split())] = Entry(cat, said)
    yield found


def _phrases(table: dict[str, Any], cat: str) -> Phrases:
    return {tuple(text.split()): Entry(cat, value) for text, value in table.items()}


def _places() -> Phrases:
    """`on the moon`, `on Mars`, `moon gravity`."""
    forms = ("on the {}", "on {}", "on planet {}", "{} gravity")
    return _phrases({form.format(place): gravity for place, gravity in PLACES.items() for form in forms}, "gravity")


def _media() -> Phrases:
    """`in water`, `under water`, `in the honey`."""
    forms = ("in {}", "under {}", "in the {}", "inside {}", "through {}", "into {}")
    return _phrases(
        {form.format(name): name for name in MEDIA for form in (forms if name != "air" else forms[:1])}, "medium"
    )


def _colourful() -> Phrases:
    british = _COLOURFUL.split(", ")
    return _phrases(
        dict.fromkeys((*british, *(text.replace("colour", "color") for text in british)), VARIOUS), "colour"
    )


def _build() -> dict[tuple[str, ...], list[Entry]]:
    tables = [
        _nouns(),
        _table(noun_table.GROUPS, "group", plurals=True),
        _table(noun_table.PARTS, "part", plurals=True),
        _phrases(COLOUR_WORDS, "colour"),
        _colourful(),
        _phrases(SHADES, "shade"),
        _phrases(MATERIAL_WORDS, "material"),
        *_vocabulary(),
        _places(),
        _media(),
    ]
    found: dict[tuple[str, ...], list[Entry]] = {}
    for table in tables:
        for key, entry in table.items():
            found.setdefault(key, []).append(entry)
    return found


LEXICON = _build()
LONGEST = max(len(key) for key in LEXICON)
KNOWN = frozenset(word for key in LEXICON for word in key) | FILLERS
