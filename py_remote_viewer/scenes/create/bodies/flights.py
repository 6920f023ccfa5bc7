"""Stairs: straight, with a landing half way up, or around a pole. Child process only: imports mujoco."""

from __future__ import annotations

import math
from typing import Any

from py_remote_viewer.scenes.create.bodies.stage import Stage
from py_remote_viewer.scenes.create.things.description import Thing
from py_remote_viewer.scenes.create.things.footprints import LANDING_M, POLE_M, parts_of, stair_sizes
from py_remote_viewer.scenes.create.things.sizes import axis_quat, dims_of

_TURN_DEG = 30.0  # from step to step around the pole
_TREAD_M = 0.04


def add_stairs(stage: Stage, body: Any, thing: Thing, index: int, name: str) -> None:
    """High on the left (-x), down to the right; with a landing, that is half way up."""
    if thing.plan == "spiral":
        _around_a_pole(stage, body, thing, index, name)
        return
    d, steps = dims_of(thing), parts_of(thing)
    rise, run = stair_sizes(thing)
    landing = LANDING_M if thing.plan == "landing" else 0.0
    look, surface = stage.look(thing, index, "plank"), stage.surface(thing)
    right = (steps * run + landing) / 2
    for step in range(steps):
        wide = run + landing * (step == steps // 2 - 1)
        half = (step + 1) * rise / 2
        stage.geom(
            body, "box", (wide / 2, d["width"] / 2, half), name=f"{name}_step_{step + 1}", material=look,
            pos=(right - wide / 2, 0, half), surface=surface,
        )  # fmt: skip
        right -= wide


def _around_a_pole(stage: Stage, body: Any, thing: Thing, index: int, name: str) -> None:
    """Treads that turn and rise around a pole in the middle."""
    wide, steps = dims_of(thing)["width"], parts_of(thing)
    rise, _ = stair_sizes(thing)
    look, surface = stage.look(thing, index, "plank"), stage.surface(thing)
    half = (steps * rise + 0.4) / 2
    stage.geom(
        body, "cylinder", (POLE_M, half), name=f"{name}_pole", material=stage.house("dark"), pos=(0, 0, half),
        surface=surface,
    )  # fmt: skip
    middle = POLE_M + wide / 2
    deep = math.tan(math.radians(_TURN_DEG / 2)) * middle
    for step in range(steps):
        angle = _TURN_DEG * step
        c, s = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        stage.geom(
            body, "box", (wide / 2, deep, _TREAD_M / 2), name=f"{name}_step_{step + 1}", material=look,
            pos=(middle * c, middle * s, (step + 1) * rise - _TREAD_M / 2), quat=axis_quat("z", angle),
            surface=surface,
        )  # fmt: skip
