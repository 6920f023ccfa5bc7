"""What hangs at the end of a string, a rope or a spring: a body that was said, as the part of a machine. Pure."""

from __future__ import annotations

import math

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.things.description import Override, Thing
from py_remote_viewer.scenes.create.things.elements import position
from py_remote_viewer.scenes.create.things.footprints import part_value, parts_of, segments, swing_sizes
from py_remote_viewer.scenes.create.things.matter import mass_of
from py_remote_viewer.scenes.create.things.sizes import dims_of, extent_of

_SQUARE = frozenset({"box", "brick", "plate", "plank"})


def as_part(bob: Thing) -> Override:
    """`bob` as the last part of what it hangs on; its mass follows from its size or stuff where one of them was said."""
    told = bool(bob.dims or bob.material or bob.density)
    mass = bob.mass if bob.mass is not None or not told else mass_of(bob)
    return Override(
        -1,
        colour=bob.colours[0] if bob.colours else None,
        mass=mass,
        weight=1.0 if mass is not None else bob.weight,
        scale=1.0 if bob.dims else bob.scale(),
        material=bob.material,
        size=across_of(bob) if bob.dims else None,
    )


def across_of(bob: Thing) -> float:
    """How wide it is, m."""
    dims = dims_of(bob)
    return 2 * dims["radius"] if "radius" in dims else dims.get("height", max(dims.values()))


def bob_shape(kind: str, half: float) -> tuple[str, tuple[float, ...]]:
    """The geom of a bob of that kind, `half` as wide: its type and sizes."""
    if kind in _SQUARE:
        return "box", (half, half, half)
    if kind == "cylinder":
        return "cylinder", (half, half)
    return ("cylinder", (half, 0.25 * half)) if kind == "disc" else ("sphere", (half, 0.0, 0.0))


def part_scale(thing: Thing, index: int, total: int) -> float:
    """Size factor of part `index`; a heavier one is drawn a little larger."""
    scale = 1.0
    for override in thing.overrides:
        if position(override.index, total) == index:
            scale *= override.scale * max(0.6, min(1.8, override.weight ** (1 / 4)))
    return scale


def pendulum_bob_half(thing: Thing, index: int) -> float:
    """Half the width of the bob at the end of rod `index`, m."""
    n, across = parts_of(thing), part_value(thing, index, "size")
    usual = (0.045 if n < 4 else 0.032) * part_scale(thing, index, n)
    return usual * (0.7 + 0.3 * min(2.0, segments(thing)[index] / 0.3)) if across is None else across / 2


def rope_bob_half(thing: Thing) -> float:
    """Half the width of what hangs at the end of a rope, where it is of the usual size; m."""
    n = parts_of(thing)
    own = next((o for o in reversed(thing.overrides) if position(o.index, n) == n - 1), None)
    scale, weight = (own.scale, own.weight) if own is not None else (1.0, 1.0)
    return 0.06 * scale * max(0.7, min(1.6, math.sqrt(math.sqrt(weight))))


def hanging_reach(thing: Thing) -> tuple[float, float, float]:
    """Of what hangs: from its pivot to the middle of what hangs there, half the width and half the height of that; m."""
    if KINDS[thing.kind].sort == "solid":
        return swing_sizes(thing)
    if thing.kind == "pendulum":
        half = pendulum_bob_half(thing, parts_of(thing) - 1)
        return sum(segments(thing)), half, half
    if thing.load is not None and KINDS[thing.load.kind].sort == "solid":
        extent = extent_of(thing.load)
        return dims_of(thing)["length"] + extent.z, max(extent.x, extent.y), extent.z
    half = rope_bob_half(thing) if thing.bob else 0.01
    return dims_of(thing)["length"] + half * bool(thing.bob), half, half
