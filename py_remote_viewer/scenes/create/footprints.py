"""The room that furniture and machines take: half width, half depth, height, and what can stand on them. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass

from py_remote_viewer.scenes.create.description import Thing
from py_remote_viewer.scenes.create.elements import position
from py_remote_viewer.scenes.create.kinds import KINDS
from py_remote_viewer.scenes.create.sizes import dims_of, extent_of, ramp_angle_deg


@dataclass(frozen=True, slots=True)
class Footprint:
    """Half sizes on the floor and the height of one element; `top` is where things stand, `hole` the inner half sizes."""

    x: float
    y: float
    height: float
    top: float | None = None
    hole: tuple[float, float] | None = None


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
        return Footprint(n * run / 2, d["width"] / 2, n * rise, n * rise)
    if kind == "bin":
        return Footprint(
            d["length"] / 2, d["width"] / 2, d["height"], d["height"], (d["length"] / 2 - 0.02, d["width"] / 2 - 0.02)
        )
    if kind == "pillar":
        return Footprint(d["radius"], d["radius"], d["height"], d["height"])
    return _machine(thing, d, n)


def _machine(thing: Thing, d: dict[str, float], n: int) -> Footprint:
    kind = thing.kind
    if kind == "pendulum":
        reach = sum(segments(thing))
        return Footprint(reach + 0.1, 0.25, reach + 0.35)
    if kind == "cart_pole":
        reach = sum(segments(thing))
        return Footprint(1.3, 0.2, max(0.4, reach + 0.1) + reach + 0.1)
    if kind == "arm":
        return Footprint(0.2 + 0.4 * d["length"], 0.2, d["length"] + 0.2)
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
    if kind == "door":
        return Footprint(d["width"] / 2 + 0.1, d["width"] + 0.05, d["height"] + 0.06)
    if kind == "slider":
        return Footprint(d["length"] / 2 + 0.06, 0.12, 0.5)
    if kind == "spring":
        return Footprint(0.2, 0.2, 0.3 + n * (d["length"] + 0.2))
    if kind == "rotor":
        return Footprint(d["radius"] + 0.05, 0.25, 2 * d["radius"] + 0.25)
    if kind == "pulley":
        return Footprint(0.35, 0.15, d["height"] + 0.15)
    if kind in ("rope", "chain") and thing.pose == "strung":
        return Footprint(0.45 * d["length"] + 0.1, 0.12, 0.6 * d["length"] + 0.35)
    if kind in ("rope", "chain"):
        return Footprint(0.25 + 0.2 * d["length"], 0.2, d["length"] + 0.3)
    if kind == "cloth":
        return Footprint(
            d["length"] / 2 + 0.04,
            d["width"] / 2 if not upright_cloth(thing) else 0.12,
            d["length"] if upright_cloth(thing) else 0.05,
        )
    assert kind == "bridge", kind
    return Footprint(d["length"] / 2 + 0.25, d["width"] / 2 + 0.05, 0.4, 0.4)


def stair_sizes(thing: Thing) -> tuple[float, float]:
    """Rise and run of one step."""
    n = parts_of(thing)
    height = thing.dim("height")
    rise = height / n if height else 0.1 * thing.scale("height")
    length = thing.dim("length")
    return rise, length / n if length else 0.16 * thing.scale("length")


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


def upright_cloth(thing: Thing) -> bool:
    """A flag or curtain hangs; a cloth lies in the air and falls."""
    return thing.noun in ("curtain", "flag", "flagpole", "flag_pole", "sail") or thing.pose in ("standing", "hanging")
