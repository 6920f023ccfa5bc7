"""Sliders: a block on a rail, level or upright, that springs pull to the middle. Child process only: imports mujoco."""

from __future__ import annotations

import mujoco

from py_remote_viewer.scenes.create.bodies.machines import frame, part_mass
from py_remote_viewer.scenes.create.bodies.stage import Stage, Surface
from py_remote_viewer.scenes.create.layout.placed import Placed
from py_remote_viewer.scenes.create.things.sizes import dims_of


def add_slider(stage: Stage, placed: Placed, name: str) -> str:
    """A block on a rail that springs pull to the middle."""
    thing, d = placed.thing, dims_of(placed.thing)
    if thing.pose == "standing":
        return _upright_slider(stage, placed, name)
    stand, reach = frame(stage, placed, stage.name(f"{name}_rail")), d["length"] / 2
    dark, steel, height = stage.house("dark"), stage.house("steel"), 0.35
    stage.geom(
        stand, "capsule", (0.018,), name=f"{name}_rail", material=steel, fromto=(-reach, 0, height, reach, 0, height)
    )
    for side, x in (("left", -reach), ("right", reach)):
        stage.geom(
            stand,
            "box",
            (0.025, 0.06, height / 2 + 0.015),
            name=f"{name}_{side}_post",
            material=dark,
            pos=(x, 0, height / 2 + 0.015),
        )
    block = stand.add_body(name=name, pos=[0, 0, height])
    joint = stage.joint(
        block,
        "slide",
        f"{name}_slide",
        axis=[1, 0, 0],
        range=[-reach + 0.12, reach - 0.12],
        stiffness=12.0,
        damping=0.15,
    )
    _block(stage, placed, block, name)
    stage.start[joint] = (0.0 if thing.bob == "load" else -0.6 * (reach - 0.12),)
    stage.motor(f"{name}_push", joint, 15.0)
    stage.sensor(f"{name}_position", "jointpos", joint)
    return name


def _upright_slider(stage: Stage, placed: Placed, name: str) -> str:
    """The same on a mast: the spring carries the block's weight in the middle."""
    length = dims_of(placed.thing)["length"]
    stand, mass = frame(stage, placed, stage.name(f"{name}_rail")), part_mass(placed.thing, 0, 1, 1.0)
    dark, steel, stiffness = stage.house("dark"), stage.house("steel"), 40.0 * mass
    stage.geom(stand, "box", (0.14, 0.12, 0.015), name=f"{name}_foot", material=dark, pos=(0, 0, 0.015))
    stage.geom(
        stand, "capsule", (0.018,), name=f"{name}_rail", material=steel, fromto=(0, 0, 0.03, 0, 0, length + 0.03)
    )
    block = stand.add_body(name=name, pos=[0, 0, 0.03 + length / 2])
    room = length / 2 - 0.08
    weight = float(mass * abs(stage.spec.option.gravity[2]))
    joint = stage.joint(
        block,
        "slide",
        f"{name}_slide",
        axis=[0, 0, 1],
        range=[-room, room],
        stiffness=stiffness,
        springref=weight / stiffness,
        damping=0.3,
    )
    _block(stage, placed, block, name)
    stage.start[joint] = (-0.5 * room,)
    stage.motor(f"{name}_push", joint, 15.0 + weight)
    stage.sensor(f"{name}_position", "jointpos", joint)
    return name


def _block(stage: Stage, placed: Placed, body: mujoco.MjsBody, name: str) -> None:
    """The carriage that slides."""
    look, mass = stage.look(placed.thing, placed.index, "orange"), part_mass(placed.thing, 0, 1, 1.0)
    stage.geom(body, "box", (0.09, 0.07, 0.06), name=name, material=look, mass=mass, surface=Surface())
