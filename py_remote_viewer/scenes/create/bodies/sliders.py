"""Sliders: a block on a rail, level or upright, with springs where they are asked for. Child process only: imports mujoco."""

from __future__ import annotations

import mujoco

from py_remote_viewer.scenes.create.bodies.machines import frame, part_mass
from py_remote_viewer.scenes.create.bodies.solids import add_shape
from py_remote_viewer.scenes.create.bodies.stage import Stage, Surface
from py_remote_viewer.scenes.create.layout.placed import Placed
from py_remote_viewer.scenes.create.things.matter import mass_of
from py_remote_viewer.scenes.create.things.sizes import dims_of, extent_of


def add_slider(stage: Stage, placed: Placed, name: str) -> str:
    """A block on a rail."""
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
        damping=0.15,
    )
    _block(stage, placed, block, name)
    stage.start[joint] = (-0.6 * (reach - 0.12) if thing.stiffness is not None and thing.bob != "load" else 0.0,)
    stage.motor(f"{name}_push", joint, 15.0)
    stage.sensor(f"{name}_position", "jointpos", joint)
    return name


def _upright_slider(stage: Stage, placed: Placed, name: str) -> str:
    """The same on a mast: a spring carries the block's weight in the middle; without one the block falls to the foot."""
    length = dims_of(placed.thing)["length"]
    thing = placed.thing
    stand, mass = frame(stage, placed, stage.name(f"{name}_rail")), part_mass(thing, 0, 1, 1.0)
    dark, steel = stage.house("dark"), stage.house("steel")
    aside = (
        0.0 if thing.load is None else -extent_of(thing.load).x - 0.03
    )  # what comes from above falls on what it carries
    stage.geom(stand, "box", (0.14, 0.12, 0.015), name=f"{name}_foot", material=dark, pos=(aside, 0, 0.015))
    stage.geom(
        stand,
        "capsule",
        (0.018,),
        name=f"{name}_rail",
        material=steel,
        fromto=(aside, 0, 0.03, aside, 0, length + 0.03),
    )
    block = stand.add_body(name=name, pos=[0, 0, 0.03 + length / 2])
    room = length / 2 - 0.08
    mass = mass if thing.load is None else mass_of(thing.load)
    weight = float(mass * abs(stage.spec.option.gravity[2]))
    joint = stage.joint(
        block,
        "slide",
        f"{name}_slide",
        axis=[0, 0, 1],
        range=[-room, room],
        springref=weight / thing.stiffness if thing.stiffness is not None else 0.0,
        damping=0.3,
    )
    _block(stage, placed, block, name)
    stage.start[joint] = (-0.5 * room if thing.stiffness is not None and thing.bob != "load" else 0.0,)
    stage.motor(f"{name}_push", joint, 15.0 + weight)
    stage.sensor(f"{name}_position", "jointpos", joint)
    return name


def _block(stage: Stage, placed: Placed, body: mujoco.MjsBody, name: str) -> None:
    """The carriage that slides."""
    if placed.thing.load is not None:
        add_shape(stage, body, placed.thing.load, 0, name, 1.0)
        return
    look, mass = stage.look(placed.thing, placed.index, "orange"), part_mass(placed.thing, 0, 1, 1.0)
    stage.geom(body, "box", (0.09, 0.07, 0.06), name=name, material=look, mass=mass, surface=Surface())
