"""The form of what walls make, in words: how they run, whether they are closed above, what is cut out of them. Pure."""

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
