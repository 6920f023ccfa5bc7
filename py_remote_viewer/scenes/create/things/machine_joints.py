"""The joints of machines: what turns and what slides, by the names of the parts that they move. Pure data.

Joints are counted from where the machine stands, in the order in which they are built.
"""

from __future__ import annotations

from dataclasses import dataclass

from py_remote_viewer.scenes.create.things.description import Thing
from py_remote_viewer.scenes.create.things.footprints import axles_of, parts_of


@dataclass(frozen=True, slots=True)
class Feel:
    """What the joints of a kind do, and how: a spring and a damper of it where nobody says how strong.

    Attributes:
        dimension: `angle` turns, `length` slides.
        stiffness: N m/rad or N/m.
        damping: N m s/rad or N s/m.
        loss: dry friction, N m or N.
        power: the most that a motor of it gives, N m or N.
    """

    dimension: str
    stiffness: float
    damping: float
    loss: float
    power: float


FEELS: dict[str, Feel] = {
    "pendulum": Feel("angle", 5.0, 0.2, 0.3, 4.0),
    "arm": Feel("angle", 30.0, 8.0, 2.0, 60.0),
    "door": Feel("angle", 8.0, 4.0, 2.0, 8.0),
    "trapdoor": Feel("angle", 25.0, 2.0, 2.0, 15.0),
    "cart_pole": Feel("angle", 5.0, 0.1, 0.1, 5.0),
    "rotary_pendulum": Feel("angle", 0.5, 0.05, 0.05, 2.0),
    "seesaw": Feel("angle", 30.0, 2.0, 1.0, 20.0),
    "turntable": Feel("angle", 2.0, 0.2, 0.2, 5.0),
    "rotor": Feel("angle", 1.0, 0.05, 0.05, 2.0),
    "swing_set": Feel("angle", 10.0, 0.5, 0.3, 15.0),
    "slider": Feel("length", 30.0, 1.0, 1.0, 15.0),
    "drawers": Feel("length", 60.0, 12.0, 4.0, 10.0),
    "elevator": Feel("length", 200.0, 60.0, 5.0, 300.0),
    "car": Feel("angle", 1.0, 0.02, 0.02, 1.0),
    "walker": Feel("angle", 20.0, 2.0, 1.0, 40.0),
    "crane": Feel("angle", 20.0, 8.0, 2.0, 60.0),
    "gears": Feel("angle", 1.0, 0.1, 0.1, 2.0),
    "crawler": Feel("angle", 10.0, 1.0, 0.5, 10.0),
    "snake": Feel("angle", 1.0, 0.1, 0.1, 2.0),
    "catapult": Feel("angle", 5.0, 0.5, 0.2, 30.0),
}
# Of a kind: which joint each of its parts has, from 0; -1 is the last. `+` counts from the first that bends.
_TEXT = """
pendulum: 0 pivot base top shoulder support suspension mount upper; 1 elbow lower; -1 tip end
cart_pole: 0 cart slider rail base carriage track wheels wheel slide trolley; 1 hinge pole pivot pendulum
rotary_pendulum: 0 arm base shaft; 1 pole pendulum rod
arm: 0 base waist turret; +0 shoulder upper; +1 elbow forearm; -1 wrist tip hand end flange
crane: 0 mast tower base jib boom slew; 1 trolley; 2 hoist cable rope hook winch chain
"""
_ANY = frozenset(
    """joint hinge pivot axis axle shaft link arm pole section segment drawer seat board plank panel door gate leaf lid
    platform disc disk rotor blade hub rail carriage slider fulcrum slide lift top cart hip knee ankle leg foot shoulder elbow
    wrist base turntable propeller gear crank""".split()  # noqa: SIM905 - a list of forty lines says no more
)
WHEELS = frozenset(["wheel", "axle", "tyre", "tire"])
_FIRST = {"front": 0, "first": 0, "rear": -1, "back": -1, "hind": -1, "last": -1, "middle": 1}


def _named() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for line in _TEXT.strip().splitlines():
        kind, _, groups = line.partition(": ")
        found[kind] = {
            word: index for index, *words in (group.split() for group in groups.split(";")) for word in words
        }
    return found


_NAMED = _named()


def joint_count(thing: Thing) -> int:
    """How many joints its parts turn or slide on; what holds its load or its fingers is not counted."""
    if thing.kind in ("pendulum", "arm", "drawers", "swing_set", "gears"):
        return parts_of(thing)
    return {"cart_pole": parts_of(thing) + 1, "rotary_pendulum": 2, "crane": 3, "car": axles_of(thing)}.get(
        thing.kind, 1
    )


def is_planar(thing: Thing) -> bool:
    """Whether an arm has as many bending joints as links: it does not turn on its base."""
    return (
        parts_of(thing) == 1
        or thing.pose == "planar"
        or any(o.length is not None and o.index == 0 for o in thing.overrides)
    )


def joints_called(thing: Thing, word: str, ordinal: int | None, *, side: str = "") -> tuple[int, ...] | None:
    """Which of its joints `the second joint`, `the elbow` or `the rear wheels` are; empty for all, None where it has none."""
    single = word.removesuffix("s") if word != "axis" else word
    single = "axis" if word == "axes" else single
    total = joint_count(thing)
    if thing.kind == "car":
        if single not in WHEELS:
            return None
        if not side and ordinal is None:
            return tuple(range(total))
        index = _FIRST.get(side, ordinal if ordinal is not None else 0)
        return (index % total,) if -total <= index < total else None
    plural = word.endswith("s") and word != "axis"
    named = _NAMED.get(thing.kind, {}).get(single)
    if ordinal is not None:
        offset = 1 if thing.kind in ("cart_pole",) and single != "joint" else 0
        index = total - 1 if ordinal == -1 else ordinal + offset
        return (index,) if single in _ANY and 0 <= index < total else None
    if named is not None:
        index = int(named.removeprefix("+")) + (named.startswith("+") and not is_planar(thing))
        index = total - 1 if index == -1 else index
        if plural and thing.kind == "cart_pole":
            return tuple(range(1, total)) if index else (0,)
        return (index,) if 0 <= index < total else None
    if single not in _ANY:
        return None
    return () if plural or total == 1 or thing.kind not in ("pendulum",) else (0,)
