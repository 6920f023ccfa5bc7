"""Grippers: a palm and two fingers that servos open and close, at an arm's wrist or on a lift of its own.

Child process only: imports mujoco.
"""

from __future__ import annotations

from typing import Any

from py_remote_viewer.scenes.create.bodies.stage import Stage, Surface
from py_remote_viewer.scenes.create.layout.placed import Placed
from py_remote_viewer.scenes.create.things.sizes import dims_of

HAND_M = 0.082  # from the palm to the fingertips of an arm's gripper


def add_fingers(stage: Stage, wrist: Any, name: str, at: tuple[float, float, float], scale: float = 1.0) -> None:
    """A palm on `wrist` and two fingers along its +z that a servo each opens and closes."""
    dark, orange, grip = stage.house("dark"), stage.house("orange"), Surface(1.5)
    x, y, z = at
    stage.geom(
        wrist,
        "box",
        (0.03 * scale, 0.06 * scale, 0.012 * scale),
        name=f"{name}_palm",
        material=dark,
        pos=(x, y, z),
        mass=0.1 * scale**3,
        surface=Surface(),
    )
    for side, sign in (("left", 1.0), ("right", -1.0)):
        spot = [x, y + sign * 0.01 * scale, z + 0.012 * scale]
        finger = wrist.add_body(name=stage.name(f"{name}_{side}_finger"), pos=spot)
        slide = stage.joint(
            finger,
            "slide",
            f"{name}_{side}_finger_slide",
            axis=[0, sign, 0],
            range=[0, 0.04 * scale],
            damping=4.0,
            armature=0.02,
        )
        stage.geom(
            finger,
            "box",
            (0.012 * scale, 0.006 * scale, 0.035 * scale),
            name=f"{name}_{side}_fingertip",
            material=orange,
            pos=(0, sign * 0.006 * scale, 0.035 * scale),
            mass=0.05 * scale**3,
            surface=grip,
        )
        stage.start[slide] = (0.035 * scale,)
        stage.servo(f"{name}_{side}_finger_servo", slide, 300.0 * scale, 0.0, 0.04 * scale, 10.0 * scale)
        stage.start_ctrl[f"{name}_{side}_finger_servo"] = 0.035 * scale


def add_gripper(stage: Stage, placed: Placed, name: str) -> str:
    """A gripper that looks down and that a servo lifts and lowers; its fingertips begin a little above its base."""
    thing = placed.thing
    height = dims_of(thing)["height"]
    scale = 0.3 * height / HAND_M
    x, y, z = placed.base
    mast = stage.spec.worldbody.add_body(name=stage.name(f"{name}_mast"), pos=[x, y, z], quat=list(placed.quat))
    stage.geom(
        mast,
        "box",
        (0.05 * scale, 0.05 * scale, 0.015 * scale),
        name=f"{name}_mount",
        material=stage.house("dark"),
        pos=(0, 0, height),
    )
    hand = mast.add_body(name=name, pos=[0, 0, 0.02 + 0.3 * height], quat=[0, 1, 0, 0])
    lift = stage.joint(hand, "slide", f"{name}_lift", axis=[0, 0, -1], range=[-0.02, 0.6 * height], damping=20.0)
    stage.geom(
        hand,
        "capsule",
        (0.012 * scale,),
        name=f"{name}_rod",
        material=stage.look(thing, placed.index, "steel"),
        fromto=(0, 0, 0, 0, 0, -0.65 * height),
        mass=thing.mass if thing.mass is not None else 0.4 * scale,
    )
    add_fingers(stage, hand, name, (0.0, 0.0, 0.0), scale)
    stage.start[lift] = (0.0,)
    stage.servo(f"{name}_lift_servo", lift, 2000.0, -0.02, 0.6 * height, 100.0)
    for body in (hand, *hand.bodies):
        body.gravcomp = 1.0
    return name
