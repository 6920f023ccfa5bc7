"""Solids of several boxes that are called by a letter: T, L, U, H and cross shaped blocks. Pure.

Each lies flat: the letter is seen from above, its bounding box is what was said, its bars are a third of the shorter side.
"""

from __future__ import annotations

Vec = tuple[float, float, float]
PROFILES = ("tee", "ell", "cross", "channel", "aitch")
# What a letter before `shaped` says.
LETTERS = {
    "t": "tee",
    "l": "ell",
    "u": "channel",
    "c": "channel",
    "h": "aitch",
    "x": "cross",
    "plus": "cross",
    "cross": "cross",
}
_BAR = 1 / 3


def bars(kind: str, half: Vec) -> list[tuple[Vec, Vec]]:
    """`(half sizes, middle)` of the boxes that make up `kind` within a box of half sizes `half`; none overlap."""
    x, y, z = half
    bar = _BAR * min(x, y)
    if kind == "tee":
        return [((x, bar, z), (0.0, y - bar, 0.0)), ((bar, y - bar, z), (0.0, -bar, 0.0))]
    if kind == "ell":
        return [((bar, y, z), (bar - x, 0.0, 0.0)), ((x - bar, bar, z), (bar, bar - y, 0.0))]
    if kind == "cross":
        arm = (x - bar) / 2
        sides = [((arm, bar, z), (sign * (bar + arm), 0.0, 0.0)) for sign in (-1.0, 1.0)]
        return [((bar, y, z), (0.0, 0.0, 0.0)), *sides]
    if kind == "channel":
        sides = [((bar, y, z), (sign * (x - bar), 0.0, 0.0)) for sign in (-1.0, 1.0)]
        return [*sides, ((x - 2 * bar, bar, z), (0.0, bar - y, 0.0))]
    assert kind == "aitch", kind
    sides = [((bar, y, z), (sign * (x - bar), 0.0, 0.0)) for sign in (-1.0, 1.0)]
    return [*sides, ((x - 2 * bar, bar, z), (0.0, 0.0, 0.0))]


def profile_volume(kind: str, half: Vec) -> float:
    """m³ of all its bars."""
    return sum(8 * a * b * c for (a, b, c), _ in bars(kind, half))
