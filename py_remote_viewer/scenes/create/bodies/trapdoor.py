"""A trap door: a flat panel hinged along one side of an opening, which swings down. Child process only: imports mujoco."""

from __future__ import annotations

import math

from py_remote_viewer.scenes.create.bodies.machines import frame, part_mass
from py_remote_viewer.scenes.create.bodies.stage import Stage, Surface
from py_remote_viewer.scenes.create.layout.placed import Placed
from py_remote_viewer.scenes.create.things.sizes import dims_of

_RIM_M = 0.05
_OPEN_DEG = 88.0


def add_trapdoor(stage: Stage, placed: Placed, name: str) -> str:
    """A panel in a frame on four legs; nothing holds it, so it swings down with what lies on it."""
    thing, d = placed.thing, dims_of(placed.thing)
    x, y, height, half = d["length"] / 2, d["width"] / 2, d["height"], d["thickness"] / 2
    stand, dark = frame(stage, placed, stage.name(f"{name}_frame")), stage.house("dark")
    for part, sizes, aside in (
        ("left_rim", (_RIM_M / 2, y + _RIM_M, half), (-x - _RIM_M / 2, 0.0)),
        ("right_rim", (_RIM_M / 2, y + _RIM_M, half), (x + _RIM_M / 2, 0.0)),
        ("front_rim", (x, _RIM_M / 2, half), (0.0, -y - _RIM_M / 2)),
        ("rear_rim", (x, _RIM_M / 2, half), (0.0, y + _RIM_M / 2)),
    ):
        stage.geom(
            stand, "box", sizes, name=f"{name}_{part}", material=dark, pos=(*aside, height - half), surface=Surface()
        )
    leg = (_RIM_M / 2, _RIM_M / 2, height / 2 - half)
    for number, (sx, sy) in enumerate(((-1, -1), (-1, 1), (1, -1), (1, 1))):
        pos = (sx * (x + _RIM_M / 2), sy * (y + _RIM_M / 2), height / 2 - half)
        stage.geom(stand, "box", leg, name=f"{name}_leg_{number + 1}", material=dark, pos=pos, surface=Surface())
    panel = stand.add_body(name=name, pos=[-x, 0, height - half])
    joint = stage.joint(
        panel, "hinge", f"{name}_hinge", axis=[0, 1, 0], range=[0, math.radians(_OPEN_DEG)], damping=0.05
    )
    stage.geom(
        panel, "box", (x - 0.006, y - 0.006, half), name=name, material=stage.look(thing, placed.index), pos=(x, 0, 0),
        mass=part_mass(thing, 0, 1, 2.0), surface=Surface(),
    )  # fmt: skip
    stage.spec.add_exclude(bodyname1=str(stand.name), bodyname2=name)
    stage.start[joint] = (0.0 if thing.tilt_deg is None else math.radians(min(_OPEN_DEG, abs(thing.tilt_deg))),)
    if thing.motors:
        stage.motor(f"{name}_motor", joint, 15.0)
    stage.sensor(f"{name}_angle", "jointpos", joint)
    return name
