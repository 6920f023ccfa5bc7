"""Corners of solids that are no box, ball or cylinder: cones, pyramids, prisms, the regular bodies. Pure.

Every body is convex, its corners are metres around the middle of the box that it just fills, its base lies below.
"""

from __future__ import annotations

import itertools
import math

Vec = tuple[float, float, float]

_GOLDEN = (1 + math.sqrt(5)) / 2
_ROUND = 32


def is_hull(shape: str) -> bool:
    """Whether `shape` names one of these: `cone`, `prism:6`."""
    return shape.partition(":")[0] in _SHARE


def corners(shape: str, size: Vec) -> list[Vec]:
    """Of `shape` in a box of half sizes `size`; behind the colon, the sides of a prism or a pyramid."""
    kind, _, said = shape.partition(":")
    sides = int(said or 4)
    x, y, z = size
    if kind == "cone":
        return [*_ring(_ROUND, x, y, -z), (0.0, 0.0, z)]
    if kind == "spire":
        return [*_polygon(sides, x, y, -z), (0.0, 0.0, z)]
    if kind == "prism":
        return [*_polygon(sides, x, y, -z), *_polygon(sides, x, y, z)]
    if kind == "dome":
        found = []
        for level in range(6):
            angle = math.radians(15 * level)
            found += _ring(24, x * math.cos(angle), y * math.cos(angle), -z + 2 * z * math.sin(angle))
        return [*found, (0.0, 0.0, z)]
    return _fitted(_REGULAR[kind], size)


def hull_volume(shape: str, size: Vec) -> float:
    """m³ of it."""
    kind, _, said = shape.partition(":")
    share = _SHARE[kind] * (_polygon_share(int(said or 4)) if kind in ("spire", "prism") else 1.0)
    return 8 * size[0] * size[1] * size[2] * share


def proportions(shape: str) -> Vec:
    """Length, width and height of a regular body whose longest side is 1."""
    sides = [max(p[i] for p in _REGULAR[shape]) - min(p[i] for p in _REGULAR[shape]) for i in range(3)]
    x, y, z = (side / max(sides) for side in sides)
    return (x, y, z)


def _ring(count: int, x: float, y: float, z: float) -> list[Vec]:
    turns = (2 * math.pi * (i + 0.5) / count for i in range(count))
    return [(x * math.cos(angle), y * math.sin(angle), z) for angle in turns]


def _polygon(sides: int, x: float, y: float, z: float) -> list[Vec]:
    """`sides` corners that fill the box; four are its own."""
    if sides == 4:
        return [(-x, -y, z), (x, -y, z), (x, y, z), (-x, y, z)]
    start = math.pi / 2 if sides % 2 else math.pi / sides
    flat = [
        (math.cos(start + 2 * math.pi * i / sides), math.sin(start + 2 * math.pi * i / sides)) for i in range(sides)
    ]
    low, high = (min(p[1] for p in flat), max(p[1] for p in flat))
    wide = max(abs(p[0]) for p in flat)
    middle, tall = (low + high) / 2, (high - low) / 2
    return [(x * px / wide, y * (py - middle) / tall, z) for px, py in flat]


def _polygon_share(sides: int) -> float:
    """How much of its box a regular polygon fills."""
    if sides == 4:
        return 1.0
    points = _polygon(sides, 1.0, 1.0, 0.0)
    area = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, [*points[1:], points[0]], strict=True)) / 2
    return abs(area) / 4


def _fitted(points: list[Vec], size: Vec) -> list[Vec]:
    low = [min(p[i] for p in points) for i in range(3)]
    high = [max(p[i] for p in points) for i in range(3)]
    scaled = []
    for p in points:
        x, y, z = (size[i] * (2 * (p[i] - low[i]) / (high[i] - low[i]) - 1) for i in range(3))
        scaled.append((x, y, z))
    return scaled


def _signs(*values: float) -> list[Vec]:
    found = set()
    for signs in itertools.product((-1, 1), repeat=3):
        a, b, c = (sign * value for sign, value in zip(signs, values, strict=True))
        found.add((a, b, c))
    return sorted(found)


def _turned(*values: float) -> list[Vec]:
    """With all signs, and the axes changed in turn."""
    return sorted({(p[i], p[(i + 1) % 3], p[(i + 2) % 3]) for p in _signs(*values) for i in range(3)})


def _on_a_face(points: list[Vec], normal: Vec) -> list[Vec]:
    """Turned so that `normal` looks down: it stands on that face."""
    length = math.sqrt(sum(part * part for part in normal))
    nx, ny, nz = (part / length for part in normal)
    # Rodrigues: the shortest turn of the normal to -z
    vx, vy, c = -ny, nx, -nz
    factor = 1 / (1 + c) if c > -0.999 else 0.0
    rows = (
        (1 - factor * vy * vy, factor * vx * vy, vy),
        (factor * vx * vy, 1 - factor * vx * vx, -vx),
        (-vy, vx, 1 - factor * (vx * vx + vy * vy)),
    )
    turned = []
    for p in points:
        x, y, z = (sum(row[i] * p[i] for i in range(3)) for row in rows)
        turned.append((x, y, z))
    return turned


_TETRAHEDRON: list[Vec] = [(1, 1, 1), (1, -1, -1), (-1, 1, -1), (-1, -1, 1)]
_REGULAR: dict[str, list[Vec]] = {
    "tetrahedron": _on_a_face(_TETRAHEDRON, (-1, -1, -1)),
    "octahedron": _on_a_face([(1, 0, 0), (-1, 0, 0), (0, 1, 0), (0, -1, 0), (0, 0, 1), (0, 0, -1)], (1, 1, 1)),
    "icosahedron": _on_a_face(_turned(0, 1, _GOLDEN), (1, 1, 1)),
    "dodecahedron": _on_a_face([*_signs(1, 1, 1), *_turned(0, 1 / _GOLDEN, _GOLDEN)], (1, 0, _GOLDEN)),
}
# How much of its box each fills; of a prism and a pyramid, how much of its base times its height.
_SHARE = {
    "cone": math.pi / 12,
    "spire": 1 / 3,
    "prism": 1.0,
    "dome": math.pi / 6,
    "tetrahedron": 0.1547,
    "octahedron": 0.4641,
    "icosahedron": 0.452,
    "dodecahedron": 0.4775,
}
