"""What hangs at the end of a string, a rope or a spring: a body that was said, as the part of a machine. Pure."""

from __future__ import annotations

from py_remote_viewer.scenes.create.things.description import Override, Thing
from py_remote_viewer.scenes.create.things.matter import mass_of
from py_remote_viewer.scenes.create.things.sizes import dims_of

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
