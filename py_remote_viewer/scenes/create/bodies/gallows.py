"""What things hang from: a beam between two posts, a beam alone, or a piece of ceiling. Child process only: imports mujoco."""

from __future__ import annotations

from typing import Any

from py_remote_viewer.scenes.create.bodies.stage import Stage
from py_remote_viewer.scenes.create.layout.placed import Placed

_SLAB_M = 0.03


def hung_up(placed: Placed) -> bool:
    """Whether it hangs from a ceiling or between posts, and not from the stand that machines of its kind have."""
    return placed.thing.ceiling or placed.swing is not None


def add_gallows(stage: Stage, frame: Any, name: str, pivot: float, half: float) -> None:
    """A beam at height `pivot` along y, from -half to half, between two posts."""
    dark = stage.house("dark")
    for side, y in (("near", -half), ("far", half)):
        stage.geom(
            frame,
            "box",
            (0.025, 0.025, (pivot + 0.03) / 2),
            name=f"{name}_{side}_post",
            material=dark,
            pos=(0, y, (pivot + 0.03) / 2),
        )
        stage.geom(frame, "box", (0.16, 0.03, 0.012), name=f"{name}_{side}_foot", material=dark, pos=(0, y, 0.012))
    add_beam(stage, frame, name, pivot, half)


def add_beam(stage: Stage, frame: Any, name: str, pivot: float, half: float) -> None:
    """The beam alone: high up, what holds it is out of sight."""
    ends = (0, -half, pivot, 0, half, pivot)
    stage.geom(frame, "capsule", (0.014,), name=f"{name}_beam", material=stage.house("steel"), fromto=ends)


def add_ceiling(stage: Stage, frame: Any, name: str, pivot: float, half: float) -> None:
    """A slab whose underside is at height `pivot`, as much of a ceiling as is needed."""
    stage.geom(
        frame,
        "box",
        (half, half, _SLAB_M / 2),
        name=f"{name}_ceiling",
        material=stage.house("light"),
        pos=(0, 0, pivot + _SLAB_M / 2),
    )


def add_holder(stage: Stage, frame: Any, placed: Placed, name: str, pivot: float) -> None:
    """The ceiling that was asked for, or posts that stand clear of what it swings at."""
    if placed.thing.ceiling:
        add_ceiling(stage, frame, name, pivot, 0.35)
    else:
        add_gallows(stage, frame, name, pivot, max(0.14, placed.foot.y))
