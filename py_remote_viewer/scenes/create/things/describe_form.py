"""The form of a thing in words: how its walls run, what is cut out of them, and its noun for more than one. Pure."""

from __future__ import annotations

from collections import Counter

from py_remote_viewer.scenes.create.things.description import Thing

_PLANS = {
    "ell": "L-shaped",
    "channel": "U-shaped",
    "tee": "T-shaped",
    "cross": "cross-shaped",
    "aitch": "H-shaped",
    "zigzag": "zigzag",
    "spiral": "spiral",
    "bond": "staggered",
}
_HOLES = {"door": ("an opening", "openings"), "window": ("a window", "windows")}


_IRREGULAR = {
    "die": "dice",
    "domino": "dominoes",
    "stairs": "stairs",
    "person": "people",
    "man": "men",
    "woman": "women",
    "people": "people",
    "shelf": "shelves",
}


def plural(noun: str) -> str:
    """More than one of it."""
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun.endswith(("s", "x", "ch", "sh")):
        return noun + "es"
    return noun[:-1] + "ies" if noun.endswith("y") and noun[-2] not in "aeiou" else noun + "s"


def form_of(thing: Thing) -> list[str]:
    """`U-shaped`, `closed`: before the noun."""
    words = [_PLANS[thing.plan]] if thing.plan in _PLANS else []
    return words + ["closed"] * (thing.closed and thing.noun != "tunnel")


def holed(thing: Thing) -> str:
    """` with an opening and 2 windows`, ` with a red top`: behind the noun."""
    counts = Counter(hole.sort for hole in thing.openings)
    said = ["a landing"] if thing.plan == "landing" else []
    said += [f"a {look} {side}{' side' * (side in ('left', 'right'))}" for side, look in thing.faces]
    said += [_HOLES[sort][0] if n == 1 else f"{n} {_HOLES[sort][1]}" for sort, n in counts.items()]
    return f" with {' and '.join(said)}" if said else ""
