"""The room that furniture and machines take: half width, half depth, height, and what can stand on them. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.things.description import Thing
from py_remote_viewer.scenes.create.things.elements import position
from py_remote_viewer.scenes.create.things.plans import middles
from py_remote_viewer.scenes.create.things.sizes import dims_of, extent_of, ramp_angle_deg

SWING_SHARE = 0.72  # how long the ropes of a swing are, of the height of its frame


@dataclass(frozen=True, slots=True)
class Footprint:
    """Half sizes on the floor and the height of one element.

    `top` is where things stand, `hole` the inner half sizes, `hole_at` the middle of its bottom, from the base.
    """

    x: float
    y: float
    height: float
    top: float | None = None
    hole: tuple[float, float] | None = None
    hole_at: tuple[float, float, float] = (0.0, 0.0, 0.02)


ROBOT_SIZES = {
    "humanoid": (0.3, 0.4, 1.6),
    "quadruped": (0.42, 0.3, 0.5),
    "marble_run": (0.7, 0.7, 1.2),
    "pendulum_wave": (1.0, 0.6, 1.4),
    "wave_machine": (1.0, 0.5, 1.0),
}


def parts_of(thing: Thing) -> int:
    """How many links, joints, wheels, … it has."""
    return thing.parts if thing.parts is not None else KINDS[thing.kind].parts[0]


def axles_of(thing: Thing) -> int:
    """How many axles carry its wheels, the first in front; an odd wheel has one of its own."""
    return (parts_of(thing) + 1) // 2


def part_value(thing: Thing, index: int, name: str) -> float | None:
    """What was said last of part `index`: its `length`, `size` or `rod_mass`."""
    n = parts_of(thing)
    said = [getattr(one, name) for one in thing.overrides if position(one.index, n) == index]
    return next((value for value in reversed(said) if value is not None), None)


def segments(thing: Thing) -> list[float]:
    """The length of every link or pole, m: as said of it, or a like share of the whole."""
    n = parts_of(thing)
    usual = dims_of(thing)["length"] / n
    return [usual if (own := part_value(thing, index, "length")) is None else own for index in range(n)]


def footprint(thing: Thing) -> Footprint:
    """Of one element of `thing`, turned as it is."""
    plain = _plain(thing)
    if KINDS[thing.kind].sort == "solid" or not thing.yaw_deg:
        return plain
    c, s = abs(math.cos(math.radians(thing.yaw_deg))), abs(math.sin(math.radians(thing.yaw_deg)))
    hole = None if plain.hole is None else (min(plain.hole), min(plain.hole))
    return Footprint(c * plain.x + s * plain.y, s * plain.x + c * plain.y, plain.height, plain.top, hole)


def _plain(thing: Thing) -> Footprint:
    kind = thing.kind
    if hangs(thing):
        length, radius, _ = swing_sizes(thing)
        return Footprint(0.3 * length + radius + 0.05, radius + 0.18, swing_height(thing))
    if KINDS[kind].sort == "solid":
        extent = extent_of(thing)
        return Footprint(extent.x, extent.y, 2 * extent.z, 2 * extent.z)
    if KINDS[kind].sort == "robot":
        return Footprint(*ROBOT_SIZES[kind])
    d = dims_of(thing)
    n = parts_of(thing)
    if kind in ("table", "platform"):
        return Footprint(d["length"] / 2, d["width"] / 2, d["height"], d["height"])
    if kind == "ramp":
        angle = math.radians(ramp_angle_deg(thing))
        height = d["length"] * math.sin(angle) + 0.03
        return Footprint(d["length"] * math.cos(angle) / 2, d["width"] / 2, height, height)
    if kind == "wall":
        return Footprint(d["length"] / 2, d["thickness"] / 2, d["height"], d["height"])
    if kind == "stairs":
        rise, run = stair_sizes(thing)
        if thing.plan == "spiral":
            return Footprint(POLE_M + d["width"], POLE_M + d["width"], n * rise + 0.4)
        half = (n * run + LANDING_M * (thing.plan == "landing")) / 2
        return Footprint(half, d["width"] / 2, n * rise, n * rise)
    if kind == "bin":
        share = _INSCRIBED if is_round_bin(thing) else 1.0
        hole = (share * (d["length"] / 2 - 0.02), share * (d["width"] / 2 - 0.02))
        high = d["height"] + 0.012 * thing.closed
        low = (0.0, 0.0, 0.001 if thing.noun in FENCES else 0.02)
        return Footprint(d["length"] / 2, d["width"] / 2, high, high, hole, low)
    if kind in _WALLED:
        return _walled(thing, d)
    if kind == "socket":
        hole = (d["radius"] - 0.002, d["radius"] - 0.002)
        return Footprint(d["length"] / 2, d["width"] / 2, d["height"], d["height"], hole, (0.0, 0.0, 0.011))
    if kind == "pillar":
        return Footprint(d["radius"], d["radius"], d["height"], d["height"])
    if kind == "marker":
        return Footprint(d["radius"], d["radius"], 2 * d["radius"])
    if kind == "zone":
        return Footprint(d["length"] / 2, d["width"] / 2, 0.002, 0.002)
    if kind == "board":
        return Footprint(0.09, d["radius"], d["height"] + d["radius"])
    if kind in _STRUCTURES:
        return _structure(thing, d, n)
    return _machine(thing, d, n)


POLE_M, LANDING_M = 0.05, 0.6  # the radius of what stairs wind around; how deep a landing is
_WALLED = ("corridor", "bent_wall", "arch")


def _walled(thing: Thing, d: dict[str, float]) -> Footprint:
    if thing.kind == "arch":
        return Footprint(d["length"] / 2 + d["thickness"], d["thickness"] / 2, d["height"], d["height"])
    if thing.kind == "bent_wall":
        inner = (d["length"] / 2 - 0.1, d["width"] / 2 - 0.1) if thing.plan == "channel" else None
        return Footprint(d["length"] / 2, d["width"] / 2, d["height"], None, inner, (0.0, 0.0, 0.001))
    side, high = d["width"] + 0.06, d["height"] + 0.03 * thing.closed
    if not thing.plan:
        return Footprint(d["length"] / 2, side / 2, high, None, (d["length"] / 2, d["width"] / 2), (0.0, 0.0, 0.001))
    cells = middles(thing.plan, side)
    x, y = (max(cell[axis] for cell in cells) + side / 2 for axis in (0, 1))
    hole = (d["width"] / 2, d["width"] / 2)
    return Footprint(x, y, high, None, hole, (*cells[0], 0.001))


_STRUCTURES = ("bookshelf", "goal", "hoop", "funnel", "maze", "wall_maze", "peg_board")


def _structure(thing: Thing, d: dict[str, float], n: int) -> Footprint:
    kind = thing.kind
    if kind == "bookshelf":
        board = d["height"] if thing.bob == "top" else 0.024 + (n // 2) * (d["height"] - 0.024) / n
        return Footprint(d["length"] / 2, d["width"] / 2, board, board)
    if kind == "goal":
        return Footprint(0.25 * d["height"], d["width"] / 2 + 0.03, d["height"] + 0.03)
    if kind == "hoop":
        return Footprint(d["radius"] + 0.35, 2.2 * d["radius"], d["height"] + 3 * d["radius"])
    if kind == "funnel":
        wide = 0.6 * d["radius"]
        return Footprint(d["radius"], d["radius"], d["height"], None, (wide, wide), (0.0, 0.0, d["height"] + 0.01))
    if kind in ("maze", "wall_maze"):
        lanes = n + (kind == "wall_maze")
        half, cell = d["length"] / 2, d["length"] / lanes / 2
        first = (cell - half, cell - half, 0.001)
        return Footprint(half + 0.012, half + 0.012, d["height"], None, (cell - 0.02, cell - 0.02), first)
    top = (0.0, 0.0, d["height"] + 0.01)
    return Footprint(d["length"] / 2, 0.04, d["height"], None, (0.12 * d["length"], 0.017), top)


def gear_radii(thing: Thing, radius: float) -> list[float]:
    """Of every gear: every second one larger by half, or by the ratio that was said."""
    ratio = 1.5 if thing.gear is None else thing.gear
    return [radius if index % 2 == 0 else ratio * radius for index in range(parts_of(thing))]


def _moving(thing: Thing, d: dict[str, float], n: int) -> Footprint | None:
    """Machines that a motor moves, and bodies with limbs."""
    kind = thing.kind
    if kind == "turntable":
        return Footprint(0.72 * d["radius"], 0.72 * d["radius"], d["height"], d["height"])
    if kind == "conveyor":
        return Footprint(d["length"] / 2, d["width"] / 2 + 0.03, d["height"], d["height"])
    if kind == "elevator":
        return Footprint(d["length"] / 2 + 0.06, d["width"] / 2, 0.07, 0.07)
    if kind == "drawers":
        x, y = d["length"] / 2, d["width"] / 2
        low = d["height"] - 0.024 - (d["height"] - 0.048) / n + 0.02
        hole, open_at = (x - 0.06, 0.55 * y), (0.0, -0.02 - 0.95 * y, low)
        return Footprint(x, 1.9 * y, d["height"], d["height"], hole, open_at)
    if kind == "gears":
        radii = gear_radii(thing, d["radius"])
        return Footprint(sum(radii) + 0.03, 0.08, 2 * max(radii) + 0.12)
    if kind == "crank_slider":
        return Footprint(2.4 * d["radius"] + 0.12, 0.1, 2 * d["radius"] + 0.16)
    if kind == "linkage":
        return Footprint(0.85 * d["length"], 0.1, 1.2 * d["length"] + 0.05)
    if kind == "universal_joint":
        return Footprint(d["length"] / 2 + 0.03, 0.25 * d["length"] + 0.06, 0.42)
    if kind == "scara":
        return Footprint(d["length"] + 0.05, 0.3 * d["length"], 0.7)
    if kind == "excavator":
        return Footprint(0.9 * d["length"], 0.3 * d["length"], 0.75 * d["length"])
    if kind == "swing_set":
        seat = (1.0 - SWING_SHARE) * d["height"] + 0.012 if thing.bob == "load" else None
        return Footprint(n * d["width"] / 2 + 0.03, 0.6 * d["height"], d["height"] + 0.03, seat)
    if kind == "crane":
        return Footprint(d["length"] + 0.1, 0.25, d["height"] + 0.15)
    if kind == "table_pulley":
        return Footprint(d["length"] / 2 + 0.2, 0.13, d["height"] + 0.2)
    if kind == "rotary_pendulum":
        return Footprint(d["length"] + 0.3, d["length"] + 0.3, 2 * d["length"] + 0.3)
    if kind == "doll":
        return Footprint(0.15 * d["height"], 0.22 * d["height"], 0.97 * d["height"])
    if kind == "crawler":
        return Footprint(0.6 * d["length"], 0.6 * d["length"], 0.55 * d["length"])
    if kind == "snake":
        return Footprint(d["length"] / 2 + 0.02, 0.3 * d["length"], 2 * d["radius"] + 0.01)
    if kind == "gripper":
        return Footprint(0.1 * d["height"], 0.2 * d["height"], d["height"] + 0.03)
    if kind == "walker":
        return Footprint(0.3 * d["height"], 0.12 * d["height"], d["height"])
    if kind == "drone":
        return Footprint(0.56 * d["length"], 0.56 * d["length"], 0.2 * d["length"] + 0.05)
    return None


def _machine(thing: Thing, d: dict[str, float], n: int) -> Footprint:
    kind = thing.kind
    moving = _moving(thing, d, n)
    if moving is not None:
        return moving
    if kind == "pendulum":
        reach = sum(segments(thing))
        return Footprint(reach + 0.1, 0.25, reach + 0.35)
    if kind == "cart_pole":
        reach = max(segments(thing)) if thing.pose == "parallel" else sum(segments(thing))
        return Footprint(1.3, 0.2, max(0.4, reach + 0.1) + reach + 0.1)
    if kind == "arm":
        return Footprint(0.2 + 0.4 * d["length"], 0.2, d["length"] + 0.2)
    if kind == "car" and thing.load is not None:
        return Footprint(1.45 * d["length"], d["width"] / 2 + 0.05, 0.16 * d["length"] / 0.5 + 0.06)
    if kind == "car" and thing.bob == "load":
        scale = d["length"] / 0.5
        return Footprint(d["length"] / 2 + 0.03, d["width"] / 2 + 0.05, 0.126 * scale + 0.003, 0.126 * scale + 0.003)
    if kind == "car":
        return Footprint(
            d["length"] / 2 + 0.03, d["width"] / 2 + 0.05, 0.16 * d["length"] / 0.5 + 0.06, 0.15 * d["length"] / 0.5
        )
    if kind == "catapult":
        return Footprint(d["length"] / 2 + 0.05, 0.2, 0.45)
    if kind == "seesaw":
        return Footprint(d["length"] / 2, d["width"] / 2, 0.2, 0.2)
    if kind == "cradle":
        return Footprint(0.06 * n + 0.45, 0.2, d["length"] + 0.2)
    if kind in ("top", "gyroscope"):
        return Footprint(
            d["radius"] + 0.1, d["radius"] + 0.1, 2.6 * d["radius"] + (0.25 if kind == "gyroscope" else 0.0)
        )
    if kind == "trapdoor":
        return Footprint(d["length"] / 2 + 0.05, d["width"] / 2 + 0.05, d["height"], d["height"])
    if kind == "door":
        open_ = thing.tilt_deg or thing.motion is not None or thing.stiffness is not None
        return Footprint(d["width"] / 2 + 0.1, d["width"] + 0.05 if open_ else 0.06, d["height"] + 0.06)
    if kind == "slider" and thing.pose == "standing":
        if thing.load is not None:
            extent = extent_of(thing.load)
            x, high = max(0.2, 2 * extent.x + 0.1), 0.03 + d["length"] / 2 + extent.z
            return Footprint(x, max(0.12, extent.y), d["length"] + 0.06, high if thing.bob == "load" else None)
        return Footprint(0.14, 0.12, d["length"] + 0.06)
    if kind == "slider":
        return Footprint(d["length"] / 2 + 0.06, 0.12, 0.41 if thing.bob == "load" else 0.5, 0.41)
    if kind == "spring":
        drop = 2 * extent_of(thing.load).z if thing.load is not None else 0.0
        return Footprint(0.2, 0.2, 0.3 + drop + n * (d["length"] + 0.2))
    if kind == "rotor":
        return Footprint(d["radius"] + 0.05, 0.25, 2 * d["radius"] + 0.25)
    if kind == "pulley":
        return Footprint(0.35, 0.15, d["height"] + 0.15)
    if kind in ("rope", "chain") and thing.pose == "strung":
        return Footprint(0.45 * d["length"] + 0.1, 0.12, 0.6 * d["length"] + 0.35)
    if kind in ("rope", "chain") and thing.pose == "over":
        low = 2 * extent_of(thing.load).z if thing.load is not None else 0.0
        return Footprint(0.35, 0.4, d["length"] / 2 + low + OVER_M)
    if kind in ("rope", "chain") and thing.pose == "lying":
        return Footprint(d["length"] / 2 + 0.02, 0.03, 0.03)
    if kind in ("rope", "chain"):
        low = 2 * extent_of(thing.load).z if thing.load is not None and KINDS[thing.load.kind].sort == "solid" else 0.0
        return Footprint(0.25 + 0.2 * d["length"], 0.2, d["length"] + low + 0.3)
    if flies(thing):
        return Footprint(d["length"] / 2 + 0.04, 0.12, d["width"] + FLAG_M)
    if kind == "cloth":
        return Footprint(
            d["length"] / 2 + 0.04,
            d["width"] / 2 if not upright_cloth(thing) else 0.12,
            d["length"] if upright_cloth(thing) else SPANNED_M + 0.03 if thing.pose == "spanned" else 0.05,
        )
    assert kind == "bridge", kind
    return Footprint(d["length"] / 2 + 0.25, d["width"] / 2 + 0.05, 0.4, 0.4)


def stair_sizes(thing: Thing) -> tuple[float, float]:
    """Rise and run of one step."""
    n = parts_of(thing)
    height = thing.dim("height")
    rise = height / n if height else (0.16 if thing.plan == "spiral" else 0.1) * thing.scale("height")
    length = thing.dim("length")
    return rise, length / n if length else 0.16 * thing.scale("length")


ROOMS = frozenset("room chamber arena enclosure pen cage playpen ring_fence fence".split())  # noqa: SIM905
# What stands around others, on their own ground.
FENCES = frozenset("fence wall barrier barricade hurdle pen ring_fence enclosure cage railing".split())  # noqa: SIM905
_INSCRIBED = 0.72  # of the radius of a round bin, half the side of the square that its contents are laid out in
_ROUND_BINS = frozenset(
    """bowl bucket pot cup mug glass tumbler beaker tub barrel jar vase drum can tin basin dustbin basket
    trash_can""".split()  # noqa: SIM905 - a list of twenty lines says no more
)


def is_round_bin(thing: Thing) -> bool:
    """Whether it is a bucket, a bowl, or said to be round."""
    return thing.kind == "bin" and (thing.round or thing.noun in _ROUND_BINS)


def hangs(thing: Thing) -> bool:
    """Whether a solid hangs on a string from a gallows: it swings, or was hung up."""
    swings = thing.motion is not None and thing.motion.kind == "swinging"
    return KINDS[thing.kind].sort == "solid" and (swings or thing.pose == "hanging")


def swing_sizes(thing: Thing) -> tuple[float, float, float]:
    """String length, and half width and half height of what hangs on it."""
    extent = extent_of(thing)
    return max(0.5, 4 * max(extent.x, extent.z)), max(extent.x, extent.y), extent.z


def swing_height(thing: Thing) -> float:
    """Of the whole gallows where nothing is hit: the body clears the floor by a hand."""
    length, _, half = swing_sizes(thing)
    return length + half + 0.25


OVER_M = 0.3  # of a rope over a bar, how far above its lower end the floor is not
FLAG_M = 0.9  # how high a flag's lower edge is
SPANNED_M = 0.5  # how high a cloth is that is held at its four corners


def upright_cloth(thing: Thing) -> bool:
    """A flag or curtain hangs; a cloth lies in the air and falls."""
    hung = (
        thing.noun in ("curtain", "sail", "banner")
        or "net" in thing.noun.split("_")
        or thing.pose in ("standing", "hanging", "pegged")
    )
    return hung and thing.pose != "spanned"


def flies(thing: Thing) -> bool:
    """Whether it is a flag on its pole."""
    return (
        thing.kind == "cloth"
        and thing.noun in ("flag", "flagpole", "flag_pole", "pennant")
        and thing.pose in ("", "standing")
    )
