"""Planar walkers and hoppers: a torso that stays in one plane, with a leg or two of thigh, shin and foot.

Child process only: imports mujoco.
"""

from __future__ import annotations

import math
from typing import Any

from py_remote_viewer.scenes.create.bodies.machines import frame, part_look, part_mass
from py_remote_viewer.scenes.create.bodies.stage import Stage, Surface
from py_remote_viewer.scenes.create.layout.placed import Placed
from py_remote_viewer.scenes.create.things.description import Thing
from py_remote_viewer.scenes.create.things.footprints import parts_of
from py_remote_viewer.scenes.create.things.sizes import dims_of

# Of a leg, from the hip down: its share of the height, its radius as a share of the height, the range of its joint, degrees.
_SEGMENTS = (
    ("thigh", 0.36, 0.04, (-120.0, 60.0)),
    ("shin", 0.34, 0.032, (0.0, 150.0)),
    ("foot", 0.22, 0.036, (-45.0, 45.0)),
)
_MASSES = {"torso": 3.7, "thigh": 4.0, "shin": 2.8, "foot": 5.3}  # kg


def add_walker(stage: Stage, placed: Placed, name: str) -> str:
    """It slides along x and z and tips about y; a motor turns each hip, knee and ankle."""
    thing = placed.thing
    height, legs = dims_of(thing)["height"], parts_of(thing)
    rail = frame(stage, placed, stage.name(f"{name}_plane"))
    hip = height * (sum(share for _, share, _, _ in _SEGMENTS[:2]) + 0.04)
    body = rail.add_body(name=name, pos=[0, 0, hip])
    for axis, kind, direction in (("x", "slide", [1, 0, 0]), ("z", "slide", [0, 0, 1]), ("tip", "hinge", [0, 1, 0])):
        stage.start[stage.joint(body, kind, f"{name}_{axis}", axis=direction)] = (0.0,)
    total = 1 + len(_SEGMENTS) * legs
    stage.geom(
        body,
        "capsule",
        (0.042 * height,),
        name=f"{name}_torso",
        material=part_look(stage, thing, 0, total),
        fromto=(0, 0, 0.05 * height, 0, 0, 0.22 * height),
        mass=part_mass(thing, 0, total, _MASSES["torso"]),
        surface=Surface(0.9),
    )
    for leg in range(legs):
        side = "" if legs == 1 else ("left_", "right_")[leg]
        aside = 0.0 if legs == 1 else (0.06, -0.06)[leg] * height
        _leg(stage, thing, body, f"{name}_{side}", aside, 1 + len(_SEGMENTS) * leg, total)
    stage.sensor(f"{name}_position", "framepos", name)
    stage.sensor(f"{name}_velocity", "framelinvel", name)
    return name


def _leg(stage: Stage, thing: Thing, torso: Any, prefix: str, aside: float, first: int, total: int) -> None:
    height = dims_of(thing)["height"]
    parent, at = torso, [0.0, aside, 0.0]
    for number, (part, share, thick, (low, high)) in enumerate(_SEGMENTS):
        length = share * height
        body = parent.add_body(name=stage.name(f"{prefix}{part}"), pos=at)
        joint = stage.joint(
            body,
            "hinge",
            f"{prefix}{('hip', 'knee', 'ankle')[number]}",
            axis=[0, 1, 0],
            range=[math.radians(low), math.radians(high)],
            damping=1.0,
            armature=0.05,
        )
        down = (0, 0, 0, 0, 0, -length) if part != "foot" else (-0.3 * length, 0, 0, 0.7 * length, 0, 0)
        stage.geom(
            body,
            "capsule",
            (thick * height,),
            name=f"{prefix}{part}_bone",
            material=part_look(stage, thing, first + number, total),
            fromto=down,
            mass=part_mass(thing, first + number, total, _MASSES[part]),
            surface=Surface(0.9),
        )
        stage.start[joint] = (0.0,)
        stage.motor(f"{joint}_motor", joint, 100.0)
        stage.sensor(f"{joint}_angle", "jointpos", joint)
        parent, at = body, [0.0, 0.0, -length]
