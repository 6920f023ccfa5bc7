"""How many elements a group needs to be as long and high as was said: a wall of bricks, a tower of cubes. Pure."""

from __future__ import annotations

import math
from dataclasses import replace

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.things.description import Thing
from py_remote_viewer.scenes.create.things.sizes import extent_of

MOST = 150
CHECKERED = ("checkerboard", "chessboard", "chequerboard")


def shaped(thing: Thing, *, counted: bool) -> dict[str, object]:
    """What changes about `thing` so that the whole group has the length and height that were said.

    Args:
        counted: somebody said how many there are: then the elements are made to fit.
    """
    if thing.label in CHECKERED and thing.arrange == "grid":
        return _checkered(thing)
    high, long = thing.dim("total_height"), thing.dim("total_length")
    if (high is None and long is None) or KINDS[thing.kind].sort != "solid":
        return {}
    extent = extent_of(replace(thing, tilt_deg=None, yaw_deg=0.0))
    width, height = 2 * extent.x, 2 * extent.z
    sized = thing.dim("size", "height", "length", "radius") is not None
    if thing.arrange == "stack" and high:
        if counted and not sized:
            return {"scales": _times(thing, high / (thing.count * height))}
        return {} if counted else {"count": max(1, min(MOST, round(high / height)))}
    if thing.arrange in ("row", "file") and long:
        if counted:
            gap = (long - thing.count * width) / max(1, thing.count - 1)
            return {"spacing": gap} if gap >= 0 else {}
        return {"count": max(2, min(MOST, round(long / (1.25 * width))))}
    if thing.arrange != "wall" or counted:
        return {}
    factor = 1.0
    while True:
        columns = max(1, round((long or 1.2) / (width * factor)))
        rows = max(1, round((high or 0.6) / (height * factor)))
        if columns * rows <= MOST or sized:
            return {"count": min(201, columns * rows), "shape": (columns, rows), "scales": _times(thing, factor)}
        factor *= 1.1


def _checkered(thing: Thing) -> dict[str, object]:
    """Two colours by turns along rows and columns, as on a chess board."""
    colours = thing.colours[:2] if len(thing.colours) > 1 else ("black", "white")
    columns = thing.shape[0] if thing.shape else max(1, math.ceil(math.sqrt(thing.count)))
    rows = math.ceil(thing.count / columns)
    turns = tuple(colours[(index % columns + index // columns) % 2] for index in range(thing.count))
    gap = 0.002 if thing.spacing is None else thing.spacing
    return {"colours": turns, "shape": (columns, rows), "spacing": gap}


def is_whole(thing: Thing, name: str) -> bool:
    """Whether the size `name` of a group is that of the whole: a tower's height, a row's length."""
    whole = {"stack": ("height",), "row": ("length",), "file": ("length",), "wall": ("length", "height")}
    name = "length" if name == "width" and thing.arrange == "wall" else name
    return bool(thing.label) and name in whole.get(thing.arrange, ())


def rings(thing: Thing, name: str) -> bool:
    """Whether a radius or diameter is that of the circle in which they stand."""
    return thing.arrange == "circle" and thing.total > 1 and name in ("radius", "diameter")


def whole_name(thing: Thing, name: str) -> str:
    """The size of the whole that `name` means: a wall 2 m wide is 2 m long."""
    return f"total_{'length' if name == 'width' and thing.arrange == 'wall' else name}"


def _times(thing: Thing, factor: float) -> tuple[tuple[str, float], ...]:
    scales = dict(thing.scales)
    scales["all"] = scales.get("all", 1.0) * factor
    return tuple(sorted(scales.items())) if not math.isclose(factor, 1.0) else thing.scales
