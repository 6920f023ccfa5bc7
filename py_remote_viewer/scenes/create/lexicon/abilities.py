"""What each kind can do: how it may begin to move, which sizes a diameter and a depth are, what can be opened. Pure."""

from __future__ import annotations

from typing import Any

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS

VESSELS = frozenset(
    ["cup", "mug", "glass", "jar", "vase", "bottle", "barrel", "can", "tin", "sack", "beaker", "tumbler"]
)
HOLLOW = frozenset(
    {
        "box",
        "crate",
        "carton",
        "chest",
        "cup",
        "mug",
        "glass",
        "tumbler",
        "beaker",
        "jar",
        "vase",
        "barrel",
        "drum",
        "can",
        "tube",
        "pipe",
        "tin",
        "cube",
        "toolbox",
        "suitcase",
        "package",
        "tray",
    }
)


def measured(kind: str, dims: tuple[tuple[str, float], ...]) -> tuple[tuple[str, float], ...]:
    """A diameter as the size that such a thing has."""
    found = dict(dims)
    if kind == "wall" and "width" in found:  # its thickness, where its length is said as well
        found["thickness" if "length" in found else "length"] = found.pop("width")
    if kind in ("maze", "wall_maze") and "width" in found:
        found["length"] = found.pop("width")
    hole = next((name for name in ("size", "width", "diameter") if name in found), "") if kind == "socket" else ""
    if hole:
        found["radius"] = found.pop(hole) / 2
    if "depth" in found:
        depth = found.pop("depth")
        if kind == "wall":
            found["thickness"] = depth
        elif "width" in found and "length" not in found:
            found |= {"length": found["width"], "width": depth}
        elif "length" in found and "width" in found:
            found["height"] = depth
        else:
            found["width"] = depth
    if "radius" in found and kind in ("bin", "table", "platform", "zone"):
        found |= dict.fromkeys(("length", "width"), 2 * found.pop("radius"))
    if "diameter" in found:
        across = found.pop("diameter")
        if "radius" in KINDS[kind].dims:
            found["radius"] = across / 2
        elif kind in ("bin", "table", "platform"):
            found |= {"length": across, "width": across}
        else:
            found["size"] = across
    return tuple(sorted(found.items()))


_DOLL = (
    "falling",
    "thrown",
    "sliding",
    "moving",
    "released",
    "toppled",
    "spinning",
    "hovering",
    "hitting",
    "resting",
    "bouncing",
)
MOTIONS = {
    "doll": _DOLL,
    "turntable": ("spinning",),
    "conveyor": ("moving", "resting"),
    "elevator": ("moving", "resting"),
    **dict.fromkeys(("gears", "crank_slider", "linkage", "universal_joint"), ("spinning",)),
    "swing_set": ("swinging", "released"),
    "crane": ("resting",),
    "table_pulley": ("released",),
    "drone": ("hovering", "falling", "resting"),
    "car": ("moving", "rolling", "hitting", "sliding", "resting"),
    "pendulum": ("swinging", "released", "falling", "resting", "hitting"),
    "cradle": ("swinging", "released", "hitting", "resting"),
    "door": ("swinging", "released", "moving", "resting"),
    "rope": ("swinging", "released", "falling", "resting", "hitting"),
    "chain": ("swinging", "released", "falling", "resting", "hitting"),
    "spring": ("bouncing", "released"),
    "cloth": ("falling", "released"),
    "rotor": ("spinning",),
    "top": ("spinning",),
    "gyroscope": ("spinning",),
    "cart_pole": ("released", "falling"),
    "pulley": ("released",),
    "slider": ("sliding", "moving"),
}
BEGINS = {"hitting": "moving", "released": "falling", "bouncing": "falling"}  # how such a motion starts
HUNG = ("pendulum", "rope", "chain")  # what swings where others would roll
# What a machine that moves by itself is like at rest.
AT_REST: dict[str, dict[str, Any]] = {
    "pendulum": {"pose": "hanging", "tilt_deg": None},
    "cradle": {"lifted": 0},
    "rope": {"tilt_deg": None},
    "chain": {"tilt_deg": None},
    "door": {"tilt_deg": None},
}


# Where what has a front faces as it is built, degrees about +z from +x.
FRONTS = {
    "car": 0.0,
    "stairs": 0.0,  # the lowest step
    "ramp": 0.0,  # the low edge
    "arm": 0.0,
    "catapult": 0.0,
    "humanoid": 0.0,
    "quadruped": 0.0,
    "doll": 0.0,
    "walker": 0.0,
    "snake": 0.0,
    "goal": 180.0,  # the open side
    "board": 180.0,
    "hoop": 180.0,
}
# Machines whose parts turn and swing from the start: what they do is no drift.
TURNING = (
    *(
        "table_pulley",
        "crane",
        "conveyor",
        "turntable",
        "gears",
        "doll",
        "drone",
        "snake",
        "rotor",
        "swing_set",
        "crank_slider",
    ),
    *("linkage", "universal_joint", "scara", "excavator"),
)


def can_move(kind: str, motion: str) -> bool:
    """Whether what is of `kind` can begin with that motion."""
    return KINDS[kind].sort == "solid" or motion in MOTIONS.get(kind, ("resting",))
