"""Where the elements of a group are, relative to the middle of its base: rows, circles, towers, pyramids. Pure."""

from __future__ import annotations

import math
import random
from dataclasses import replace

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.things.description import Thing
from py_remote_viewer.scenes.create.things.elements import scale_at
from py_remote_viewer.scenes.create.things.footprints import Footprint, footprint

Offset = tuple[float, float, float, float]  # x, y, z of the base, yaw in degrees
_FACED = ("domino", "brick", "plank")  # they have a face, which is turned along a curve
_SUCCESSION_M = 0.35  # between what falls one after another
GAP = 0.0005  # between what is stacked, so that nothing begins inside another thing


def offsets(thing: Thing, seed: int, *, room: tuple[float, float] | None = None) -> list[Offset]:
    """One offset for each element. `room` (half sizes) bounds a loose group that stands on something."""
    foot = footprint(thing)
    one = _one_group(thing, foot, seed, room)
    if thing.groups == 1:
        return one
    half_x, half_y = _half_sizes(one, foot)
    spread = _spread(
        thing.groups,
        half_x,
        half_y,
        thing.group_arrange or ("file" if thing.arrange == "row" and thing.kind != "domino" else "row"),
        (thing.spacing or 0.0)
        if not thing.label or thing.arrange in ("row", "stack", "wall", "pyramid", "pile")
        else 0.0,
    )
    return [(x + gx, y + gy, z, yaw) for gx, gy in spread for x, y, z, yaw in one]


def _half_sizes(found: list[Offset], foot: Footprint) -> tuple[float, float]:
    return max(abs(x) for x, *_ in found) + foot.x, max(abs(y) for _, y, *_ in found) + foot.y


def _spread(count: int, half_x: float, half_y: float, arrange: str, gap: float) -> list[tuple[float, float]]:
    pitch = 2 * half_x + (gap or max(0.08, 0.5 * half_x))
    if arrange == "circle" and count > 2:
        radius = max(pitch, 2 * half_y + 0.1) / (2 * math.sin(math.pi / count))
        return [
            (radius * math.cos(2 * math.pi * i / count), radius * math.sin(2 * math.pi * i / count))
            for i in range(count)
        ]
    if arrange == "grid":
        columns = math.ceil(math.sqrt(count))
        depth = 2 * half_y + (gap or max(0.08, 0.5 * half_y))
        rows = math.ceil(count / columns)
        return [
            ((i % columns - (columns - 1) / 2) * pitch, (i // columns - (rows - 1) / 2) * depth) for i in range(count)
        ]
    if arrange == "file":
        depth = 2 * half_y + (gap or max(0.08, 0.5 * half_y))
        return [(0.0, (i - (count - 1) / 2) * depth) for i in range(count)]
    return [((i - (count - 1) / 2) * pitch, 0.0) for i in range(count)]


def _one_group(thing: Thing, foot: Footprint, seed: int, room: tuple[float, float] | None) -> list[Offset]:
    count, arrange = thing.count, thing.arrange
    largest = max(scale_at(thing, index) for index in range(count)) if thing.overrides else 1.0
    if (
        largest > 1.0
        and arrange not in ("row", "stack", "file")
        and not (arrange == "" and count <= 5 and room is None)
    ):
        foot = Footprint(largest * foot.x, largest * foot.y, largest * foot.height)
    if count == 1 and arrange not in ("grid",):
        return [(0.0, 0.0, 0.0, 0.0)]
    if arrange == "" and thing.kind == "ramp":
        arrange = "file"  # what comes down one does not run into the next
    if arrange == "row" or (arrange == "" and count <= 5 and room is None):
        return _row(thing, foot, count)
    if arrange == "succession":
        return [(0.0, 0.0, i * max(_SUCCESSION_M, 1.5 * foot.height), 0.0) for i in range(count)]
    if arrange == "file":
        gap = _gap(thing, foot.y)
        return [(0.0, y, 0.0, 0.0) for y in _side_by_side([2 * foot.y * scale_at(thing, i) for i in range(count)], gap)]
    if arrange == "spiral":
        return _spiral(thing, foot, count)
    if arrange in ("arc", "zigzag"):
        return _bent(thing, foot, count)
    if arrange == "cube":
        return _cube(thing, foot, count)
    if arrange == "diagonal":
        pitch = 2 * max(foot.x, foot.y) + _gap(thing, foot.x)
        return [((i - (count - 1) / 2) * pitch, (i - (count - 1) / 2) * pitch, 0.0, 0.0) for i in range(count)]
    if arrange == "circle":
        return _circle(thing, foot, count)
    if arrange == "stack":
        tops = [0.0]
        for i in range(count):
            tops.append(tops[-1] + foot.height * scale_at(thing, i) + GAP)
        return [(0.0, 0.0, z, 0.0) for z in tops[:-1]]
    if arrange == "pyramid":
        return _pyramid(thing, foot, count)
    if arrange == "triangle":
        return _triangle(
            foot, count, thing.spacing or 0.001, round_=thing.kind in ("ball", "cylinder", "disc", "capsule")
        )
    if arrange == "diamond":
        return _diamond(foot, count, thing.spacing or 0.001)
    if arrange == "wall_across":
        return [(-y, x, z, 90.0) for x, y, z, _ in _wall(foot, count, thing.shape)]
    if arrange == "wall":
        return _wall(foot, count, thing.shape, staggered=thing.plan == "bond")
    if arrange == "pile":
        return _pile(foot, count, seed + thing.id)
    if arrange == "scatter" and room is None:
        return _scatter(foot, count, seed + thing.id)
    return _grid(thing, foot, count, room)


def _gap(thing: Thing, half: float) -> float:
    if thing.spacing is not None:
        return thing.spacing
    if thing.kind == "domino":
        return 0.0
    if KINDS[thing.kind].sort != "solid":
        return 0.25
    return max(0.02, 0.5 * half)


def _row(thing: Thing, foot: Footprint, count: int) -> list[Offset]:
    gap = _gap(thing, foot.x)
    if thing.kind == "domino" and thing.spacing is None:
        gap = 0.45 * foot.height
    widths = [2 * foot.x * scale_at(thing, i) for i in range(count)]
    return [(x, 0.0, 0.0, 0.0) for x in _side_by_side(widths, gap)]


def _side_by_side(widths: list[float], gap: float) -> list[float]:
    """Middles of what stands in a line with `gap` between, around 0."""
    total = sum(widths) + gap * (len(widths) - 1)
    found, at = [], -total / 2
    for width in widths:
        found.append(at + width / 2)
        at += width + gap
    return found


def _pitch(thing: Thing, foot: Footprint) -> float:
    """From middle to middle along a curve."""
    if thing.kind == "domino" and thing.spacing is None:
        return 0.5 * foot.height + 2 * foot.x
    return 2 * max(foot.x, foot.y) + _gap(thing, max(foot.x, foot.y))


def _spiral(thing: Thing, foot: Footprint, count: int) -> list[Offset]:
    """Outwards from the middle, equal steps along it; what has a face looks along it."""
    pitch = _pitch(thing, foot)
    apart = max(2.2 * max(foot.x, foot.y) + 0.05, 1.3 * pitch, 1.4 * foot.height if thing.kind == "domino" else 0.0)
    growth = apart / (2 * math.pi)
    angle = 2 * math.pi
    found: list[Offset] = []
    for _ in range(count):
        radius = growth * angle
        yaw = math.degrees(angle + math.atan2(radius, growth)) if thing.kind in _FACED else 0.0
        found.append((radius * math.cos(angle), radius * math.sin(angle), 0.0, yaw))
        angle += pitch / math.hypot(radius, growth)
    return found


def _bent(thing: Thing, foot: Footprint, count: int) -> list[Offset]:
    """Half a circle, or a line that turns by 45 degrees at every fifth."""
    pitch = _pitch(thing, foot)
    if thing.arrange == "arc":
        radius = max(0.25, pitch * (count - 1) / math.pi)
        angles = [math.pi * (1 - i / (count - 1)) for i in range(count)]
        return [
            (
                radius * math.cos(a),
                radius * math.sin(a) - radius / 2,
                0.0,
                math.degrees(a) - 90.0 if thing.kind in _FACED else 0.0,
            )
            for a in angles
        ]
    x, y, found = 0.0, 0.0, []
    for i in range(count):
        turn = 30.0 if (i // 5) % 2 else -30.0
        found.append((x, y, 0.0, turn if thing.kind in _FACED else 0.0))
        x, y = x + pitch * math.cos(math.radians(turn)), y + pitch * math.sin(math.radians(turn))
    middle = (sum(o[0] for o in found) / count, sum(o[1] for o in found) / count)
    return [(px - middle[0], py - middle[1], z, yaw) for px, py, z, yaw in found]


def _cube(thing: Thing, foot: Footprint, count: int) -> list[Offset]:
    """Layers of rows: `4 x 4 x 4`, or the side that holds them all."""
    side = max(1, math.ceil(round(count ** (1 / 3), 6)))
    columns, rows = thing.shape[:2] if len(thing.shape) > 1 else (side, side)
    gap = thing.spacing if thing.spacing is not None else 0.002
    found: list[Offset] = []
    for i in range(count):
        layer, rest = divmod(i, columns * rows)
        row, column = divmod(rest, columns)
        x = (column - (columns - 1) / 2) * (2 * foot.x + gap)
        y = (row - (rows - 1) / 2) * (2 * foot.y + gap)
        found.append((x, y, layer * (foot.height + GAP), 0.0))
    return found


def _circle(thing: Thing, foot: Footprint, count: int) -> list[Offset]:
    pitch = 2 * max(foot.x, foot.y) + _gap(thing, max(foot.x, foot.y))
    if thing.kind == "domino" and thing.spacing is None:
        pitch = max(0.5 * foot.height + 2 * foot.x, 2 * foot.y * 0.8)
    radius = thing.ring_radius or max(pitch, 0.01) / (2 * math.sin(math.pi / max(2, count)))
    radius = max(radius, 0.25 if thing.kind != "domino" and thing.ring_radius is None else 0.0)
    found = []
    for i in range(count):
        angle = 2 * math.pi * i / count
        yaw = math.degrees(angle) + 90.0 if thing.kind in _FACED else 0.0
        found.append((radius * math.cos(angle), radius * math.sin(angle), 0.0, yaw))
    return found


def _grid(thing: Thing, foot: Footprint, count: int, room: tuple[float, float] | None) -> list[Offset]:
    pitch_x, pitch_y = 2 * foot.x + _gap(thing, foot.x), 2 * foot.y + _gap(thing, foot.y)
    if thing.shape:
        columns = thing.shape[0]
        rows = thing.shape[1] if len(thing.shape) > 1 else math.ceil(count / columns)
    elif room is not None:
        columns = max(1, min(count, 1 + int((2 * room[0] - 2 * foot.x) / pitch_x)))
        rows = math.ceil(count / columns)
        if rows > 1 and columns > 2 and (rows * pitch_y) < 2 * room[1]:
            while (
                columns > 2
                and math.ceil(count / (columns - 1)) * pitch_y - _gap(thing, foot.y) <= 2 * room[1]
                and columns * columns > count * 2
            ):
                columns -= 1
            rows = math.ceil(count / columns)
    else:
        columns = math.ceil(math.sqrt(count))
        rows = math.ceil(count / columns)
    found = []
    for i in range(count):
        layer, rest = divmod(i, columns * rows)
        row, column = divmod(rest, columns)
        in_row = min(columns, count - layer * columns * rows - row * columns) if not thing.shape else columns
        found.append(
            ((column - (in_row - 1) / 2) * pitch_x, (row - (rows - 1) / 2) * pitch_y, layer * (foot.height + GAP), 0.0)
        )
    return found


def pyramid_levels(count: int, more: int, *, balls: bool) -> int:
    """How many a pyramid of `count` takes when it gets `more` levels, of the form that it has."""
    highest = range(30)
    squares = [n * (n + 1) * (2 * n + 1) // 6 for n in highest]
    threes = [n * (n + 1) * (n + 2) // 6 for n in highest if balls]
    rows = [n * (n + 1) // 2 for n in highest]
    sums = next((one for one in (squares, threes, rows) if count in one[2:]), [])
    return sums[min(29, max(1, sums.index(count) + more))] if sums else count


def _pyramid(thing: Thing, foot: Footprint, count: int) -> list[Offset]:
    """Flat (a triangle of rows) for counts like 3, 6, 10, 15; square layers for 5, 14, 30; else flat, top not full."""
    side = next((n for n in range(1, 9) if n * (n + 1) * (2 * n + 1) // 6 == count), 0)
    three = next((n for n in range(2, 9) if n * (n + 1) * (n + 2) // 6 == count), 0)
    gap = 0.002
    if thing.kind == "ball" and (side > 1 or three):
        return _heap(foot.x, side if side > 1 else three, square=side > 1)
    if side > 1:
        found = []
        for layer in range(side):
            width = side - layer
            for i in range(width * width):
                x, y = i % width - (width - 1) / 2, i // width - (width - 1) / 2
                found.append((x * (2 * foot.x + gap), y * (2 * foot.y + gap), layer * (foot.height + GAP), 0.0))
        return found
    base = next(n for n in range(1, 30) if n * (n + 1) // 2 >= count)
    found, left = [], count
    for layer in range(base):
        width = min(base - layer, left)
        left -= width
        for i in range(width):
            x = i - (base - layer - 1) / 2
            found.append((x * (2 * foot.x + gap), 0.0, layer * (foot.height + GAP), 0.0))
    return found


def _heap(radius: float, side: int, *, square: bool) -> list[Offset]:
    """Balls as cannonballs are stacked: each lies in the hollow between the four, or three, below it."""
    pitch = 2 * radius + 0.0005
    aside = pitch / math.sqrt(2 if square else 3)  # of one from those below it
    rise = math.sqrt((2 * radius + 0.0003) ** 2 - aside**2)
    found: list[Offset] = []
    for layer in range(side):
        width = side - layer
        for row in range(width):
            for i in range(width if square else width - row):
                if square:
                    x, y = i - (width - 1) / 2, row - (width - 1) / 2
                else:
                    x, y = i + row / 2 - (width - 1) / 2, (row - (width - 1) / 3) * math.sqrt(3) / 2
                found.append((x * pitch, y * pitch, layer * rise, 0.0))
    return found


def _triangle(foot: Footprint, count: int, gap: float, *, round_: bool) -> list[Offset]:
    """Flat, as billiard balls are racked: the tip to the left, towards what comes rolling."""
    pitch = 2 * max(foot.x, foot.y) + gap
    step = 0.867 if round_ else 1.0
    found: list[Offset] = []
    row = 0
    while len(found) < count:
        width = min(row + 1, count - len(found))
        found += [(row * pitch * step, (i - (width - 1) / 2) * pitch, 0.0, 0.0) for i in range(width)]
        row += 1
    middle = (row - 1) * pitch * step / 2
    return [(x - middle, y, z, yaw) for x, y, z, yaw in found]


def _diamond(foot: Footprint, count: int, gap: float) -> list[Offset]:
    """A square on its tip, as nine billiard balls are racked: rows of 1, 2, 3, 2, 1."""
    side = math.ceil(math.sqrt(count))
    pitch = 2 * max(foot.x, foot.y) + gap
    spots = [(row, column) for row in range(side) for column in range(side)]
    spots.sort(key=lambda spot: (spot[0] + spot[1], spot[0]))
    return [
        ((row + column - side + 1) * 0.867 * pitch, (column - row) * pitch / 2, 0.0, 0.0)
        for row, column in spots[:count]
    ]


def _wall(foot: Footprint, count: int, shape: tuple[int, ...], *, staggered: bool = False) -> list[Offset]:
    """Each course is shifted against the one below by a quarter of a brick, so that no end hangs over."""
    columns = shape[0] if shape else wall_columns(count)
    pitch = 2 * foot.x + 0.001
    found: list[Offset] = []
    for i in range(count):
        course, column = divmod(i, columns)
        width = min(columns, count - course * columns)
        side = (
            0.0
            if (shape and not staggered) or (course == 0 and width < columns)
            else (0.125 if course % 2 else -0.125) * pitch
        )
        found.append(((column - (width - 1) / 2) * pitch + side, 0.0, course * (foot.height + GAP), 0.0))
    return found


def wall_columns(count: int) -> int:
    """How many bricks a course has, where nobody said it."""
    return max(2, round(math.sqrt(count * 1.2)))


def _pile(foot: Footprint, count: int, seed: int) -> list[Offset]:
    """Dropped from a little above each other, so that they find their places themselves."""
    rng = random.Random(seed)
    side = max(1, round((count / 2) ** (1 / 2)))
    pitch_x, pitch_y = 2.15 * foot.x, 2.15 * foot.y
    found = []
    for i in range(count):
        layer, rest = divmod(i, side * side)
        x, y = rest % side - (side - 1) / 2, rest // side - (side - 1) / 2
        jitter = 0.12 if layer else 0.0
        turn = rng.uniform(-25, 25) if layer else 0.0
        found.append(
            (
                x * pitch_x * 1.1 + rng.uniform(-jitter, jitter) * foot.x,
                y * pitch_y * 1.1 + rng.uniform(-jitter, jitter) * foot.y,
                layer * (foot.height * 1.1 + 0.01) + (0.002 if layer else 0.0),
                turn * 0.0,
            )
        )
    return found


def _scatter(foot: Footprint, count: int, seed: int) -> list[Offset]:
    rng = random.Random(seed)
    cell = 2.6 * max(foot.x, foot.y) + 0.02
    columns = max(2, math.ceil(math.sqrt(1.6 * count)))
    cells = [(x - (columns - 1) / 2, y - (columns - 1) / 2) for x in range(columns) for y in range(columns)]
    rng.shuffle(cells)
    slack = cell - 2 * max(foot.x, foot.y)
    return [
        (x * cell + rng.uniform(-0.4, 0.4) * slack, y * cell + rng.uniform(-0.4, 0.4) * slack, 0.0, 0.0)
        for x, y in cells[:count]
    ]


def ring_of(thing: Thing) -> float:
    """The radius of the circle in which a group stands, m."""
    return max(math.hypot(x, y) for x, y, *_ in offsets(replace(thing, groups=1), 0))
