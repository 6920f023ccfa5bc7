"""Uneven ground as a height field: smooth bumps below the level on which things start. Child process only: imports mujoco."""

from __future__ import annotations

import math
from collections.abc import Sequence

import mujoco

from py_remote_viewer.scenes.create.bodies.stage import Stage
from py_remote_viewer.scenes.create.layout.placed import Placed
from py_remote_viewer.scenes.create.lexicon.kinds import KINDS

# How deep the hollows are and how far it is from bump to bump, m.
_RELIEF = {"bumpy": (0.06, 0.45), "hilly": (0.16, 1.4)}
_CELLS = 56  # along a side
_LEAST_HALF_M = 3.0
_RIM_M = 0.3  # from a level place to the bumps around it
_TRAVELS = ("car", "crawler", "snake", "walker", "doll", "ball", "wheel", "ring")


def add_terrain(stage: Stage, placed: Sequence[Placed], relief: str, half_x: float, half_y: float) -> None:
    """Put a height field on the floor, which sinks below it; what does not travel stands on a level place."""
    deep, wave = _RELIEF[relief]
    half_x, half_y = max(_LEAST_HALF_M, half_x), max(_LEAST_HALF_M, half_y)
    level = [one for one in placed if KINDS[one.thing.kind].sort != "robot" and one.thing.kind not in _TRAVELS]
    heights = []
    for row in range(_CELLS):
        y = half_y * (2 * row / (_CELLS - 1) - 1)
        for column in range(_CELLS):
            x = half_x * (2 * column / (_CELLS - 1) - 1)
            away = min((_outside(one, x, y) for one in level), default=math.inf)
            heights.append(1.0 - min(1.0, away / _RIM_M) * _hollow(x / wave, y / wave))
    low, high = min(heights), max(heights)
    stage.spec.add_hfield(
        name="terrain",
        nrow=_CELLS,
        ncol=_CELLS,
        size=[half_x, half_y, deep * (high - low), 0.05],
        userdata=[round((one - low) / (high - low), 3) for one in heights],
    )
    floor = stage.spec.geom("floor")
    made = stage.spec.worldbody.add_geom(
        name=stage.name("terrain"),
        type=mujoco.mjtGeom.mjGEOM_HFIELD,
        hfieldname="terrain",
        material="floor",
        pos=[0, 0, -deep * (high - low) - deep * (1.0 - high)],
    )
    made.friction, made.condim, made.priority = floor.friction, floor.condim, floor.priority
    made.solref, made.solimp = floor.solref, floor.solimp
    floor.pos = [0, 0, -deep - 0.04]


def _hollow(x: float, y: float) -> float:
    """How deep it is there, 0 to 1: three waves that cross."""
    turn = 2 * math.pi
    waves = math.sin(turn * x + 0.7) * math.cos(turn * y) + 0.6 * math.sin(turn * (0.62 * x + 0.48 * y) + 2.1)
    waves += 0.4 * math.cos(turn * (0.35 * x - 0.83 * y) + 0.4)
    return min(1.0, max(0.0, 0.5 - waves / 4.0))


def _outside(one: Placed, x: float, y: float) -> float:
    """How far the point is from the footprint of that thing."""
    across = max(abs(x - one.base[0]) - one.foot.x - 0.1, 0.0)
    return math.hypot(across, max(abs(y - one.base[1]) - one.foot.y - 0.1, 0.0))
