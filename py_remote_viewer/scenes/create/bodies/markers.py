"""What is only seen, or only aimed at: goal markers, target zones, target boards. Child process only: imports mujoco."""

from __future__ import annotations

from typing import Any

from py_remote_viewer.scenes.create.bodies.stage import Stage
from py_remote_viewer.scenes.create.lexicon.materials import rgb
from py_remote_viewer.scenes.create.things.description import Thing
from py_remote_viewer.scenes.create.things.sizes import axis_quat, dims_of

_GHOST = 0.45  # alpha: one sees that it is no body


def add_marker(stage: Stage, body: Any, thing: Thing, index: int, name: str) -> None:
    """A see-through sphere that nothing touches, with a site of the same name for sensors."""
    radius = dims_of(thing)["radius"]
    stage.geom(body, "sphere", (radius,), name=name, material=_ghost(stage, thing, index), pos=(0, 0, radius), mass=0.0)
    body.add_site(name=name, pos=[0, 0, radius], size=[0.2 * radius, 0, 0], rgba=[1, 1, 1, 0.6])


def add_zone(stage: Stage, body: Any, thing: Thing, index: int, name: str) -> None:
    """A see-through patch on what it lies on; nothing touches it."""
    d, look = dims_of(thing), _ghost(stage, thing, index)
    half = (d["length"] / 2, d["width"] / 2, 0.001)
    kind, size = ("cylinder", (half[0], half[2])) if thing.round else ("box", half)
    stage.geom(body, kind, size, name=name, material=look, pos=(0, 0, 0.001), mass=0.0)
    body.add_site(name=name, pos=[0, 0, 0.001], size=[0.01, 0, 0], rgba=[1, 1, 1, 0.6])


def add_board(stage: Stage, body: Any, thing: Thing, index: int, name: str) -> None:
    """A disc with rings on a post, facing left, where what is thrown comes from."""
    radius, surface = dims_of(thing)["radius"], stage.surface(thing)
    height, turn = dims_of(thing)["height"], axis_quat("y", 90.0)
    red, white = stage.look(thing, index) if thing.colours else stage.material("red", rgb("red")), stage.house("light")
    stage.geom(
        body, "cylinder", (radius, 0.02), name=name, material=white, pos=(0, 0, height), quat=turn, surface=surface
    )
    for ring, share in enumerate((0.8, 0.6, 0.4, 0.2)):
        stage.geom(
            body, "cylinder", (share * radius, 0.021 + 0.0006 * ring), name=f"{name}_ring_{ring + 1}",
            material=white if ring % 2 else red, pos=(0, 0, height), quat=turn, mass=0.0,
        )  # fmt: skip
    stage.geom(
        body, "box", (0.02, 0.03, height / 2), name=f"{name}_post", material=stage.house("dark"),
        pos=(0.05, 0, height / 2), surface=surface,
    )  # fmt: skip


def _ghost(stage: Stage, thing: Thing, index: int) -> str:
    colour = thing.colours[index % len(thing.colours)] if thing.colours else "green"
    return stage.material(f"{colour.replace(' ', '_')}_ghost", rgb(colour), alpha=_GHOST)
