"""Playground and lab rigs: swing sets, cranes, a rope over an edge, rotary pendulums. Child process only: imports mujoco."""

from __future__ import annotations

import math
from typing import Any

import mujoco

from py_remote_viewer.scenes.create.bodies.machines import frame, part_look, part_mass
from py_remote_viewer.scenes.create.bodies.solids import add_shape
from py_remote_viewer.scenes.create.bodies.stage import Stage, Surface
from py_remote_viewer.scenes.create.layout.placed import Placed
from py_remote_viewer.scenes.create.things.description import Thing
from py_remote_viewer.scenes.create.things.footprints import SWING_SHARE, parts_of
from py_remote_viewer.scenes.create.things.matter import mass_of
from py_remote_viewer.scenes.create.things.sizes import dims_of, extent_of

_PUSHED_RAD_S = 0.8  # how fast a swing begins that carries something: its load does not slip off


def add_swing_set(stage: Stage, placed: Placed, name: str) -> str:
    """A frame with `n` seats, each on two rods that swing together; the first is pulled back."""
    thing, d = placed.thing, dims_of(placed.thing)
    n, height, width = parts_of(thing), d["height"], d["width"]
    stand = frame(stage, placed, stage.name(f"{name}_frame"))
    steel, half = stage.house("steel"), n * width / 2
    stage.geom(
        stand, "capsule", (0.025,), name=f"{name}_beam", material=steel, fromto=(-half, 0, height, half, 0, height)
    )  # fmt: skip
    for side, x in (("left", -half), ("right", half)):
        for foot, y in (("near", -0.3 * height), ("far", 0.3 * height)):
            stage.geom(
                stand, "capsule", (0.02,), name=f"{name}_{side}_{foot}_leg", material=stage.house("dark"),
                fromto=(x, y, 0.02, x, 0, height), surface=Surface(),
            )  # fmt: skip
    first, long = "", SWING_SHARE * height
    for index in range(n):
        part = name if n == 1 else stage.name(f"{name}_{index + 1}")
        first = first or part
        x = (index - (n - 1) / 2) * width
        body = stand.add_body(name=part, pos=[x, 0, height])
        joint = stage.joint(body, "hinge", f"{part}_swing", axis=[1, 0, 0], damping=0.05)
        for side, sx in (("left", -1), ("right", 1)):
            stage.geom(
                body, "capsule", (0.006,), name=f"{part}_{side}_rope", material=stage.house("light"),
                fromto=(sx * 0.18, 0, 0, sx * 0.18, 0, -long), mass=0.1,
            )  # fmt: skip
        stage.geom(
            body, "box", (0.22, 0.1, 0.012), name=f"{part}_seat", material=part_look(stage, thing, index, n),
            pos=(0, 0, -long), mass=part_mass(thing, index, n, 1.5), surface=Surface(0.9),
        )  # fmt: skip
        motion = thing.motion
        usual = 0.0 if thing.bob == "load" else 35.0  # what is put on the seat finds it where it hangs
        angle = motion.angle_deg if motion is not None and motion.angle_deg is not None else usual
        stage.start[joint] = (math.radians(-angle if index == 0 else -0.3 * angle),)
        if thing.bob == "load" and motion is not None:
            stage.start_speed[joint] = (_PUSHED_RAD_S,)
        stage.sensor(f"{part}_angle", "jointpos", joint)
    return first


def add_crane(stage: Stage, placed: Placed, name: str) -> str:
    """A mast, a jib that turns, a trolley on it and a load on a cable; a motor for each of the three."""
    thing, d = placed.thing, dims_of(placed.thing)
    height, reach = d["height"], d["length"]
    stand = frame(stage, placed, stage.name(f"{name}_mast"))
    dark, look = stage.house("dark"), part_look(stage, thing, 0, 1)
    stage.geom(
        stand, "box", (0.22, 0.22, 0.02), name=f"{name}_foot", material=dark, pos=(0, 0, 0.02), surface=Surface()
    )  # fmt: skip
    stage.geom(
        stand, "box", (0.04, 0.04, height / 2), name=f"{name}_column", material=look, pos=(0, 0, height / 2),
        surface=Surface(),
    )  # fmt: skip
    jib = stand.add_body(name=name, pos=[0, 0, height])
    slew = stage.joint(jib, "hinge", f"{name}_slew", axis=[0, 0, 1], range=[-3.0, 3.0], damping=4.0, armature=0.5)
    stage.geom(
        jib, "box", ((reach + 0.3) / 2, 0.03, 0.03), name=f"{name}_jib", material=look,
        pos=((reach - 0.3) / 2, 0, 0.05), mass=4.0,
    )  # fmt: skip
    stage.geom(
        jib, "box", (0.08, 0.07, 0.07), name=f"{name}_counterweight", material=dark, pos=(-0.24, 0, 0.05), mass=6.0
    )  # fmt: skip
    trolley = jib.add_body(name=stage.name(f"{name}_trolley"), pos=[0.7 * reach, 0, 0])
    run = stage.joint(
        trolley, "slide", f"{name}_trolley_slide", axis=[1, 0, 0], range=[-0.5 * reach, 0.25 * reach], damping=8.0
    )
    stage.geom(
        trolley, "box", (0.05, 0.045, 0.02), name=f"{name}_trolley_box", material=stage.house("steel"), mass=0.5
    )  # fmt: skip
    drop = 0.45 * height
    hang = trolley.add_body(name=stage.name(f"{name}_cable"), pos=[0, 0, -0.02])
    sway = stage.joint(hang, "ball", f"{name}_sway", damping=0.05, armature=0.001)
    stage.start[sway] = (1.0, 0.0, 0.0, 0.0)
    stage.geom(hang, "sphere", (0.02,), name=f"{name}_sheave", material=dark, mass=0.1)
    load = hang.add_body(name=stage.name(f"{name}_load"), pos=[0, 0, -drop])
    hoist = stage.joint(
        load, "slide", f"{name}_hoist", axis=[0, 0, 1], range=[-0.4 * height, 0.35 * height], damping=30.0
    )
    mass = _crane_load(stage, thing, load, name)
    top, low = stage.name(f"{name}_cable_top"), stage.name(f"{name}_cable_end")
    trolley.add_site(name=top, pos=[0, 0, -0.02], size=[0.006, 0, 0])
    load.add_site(name=low, pos=[0, 0, 0], size=[0.006, 0, 0])
    line = stage.spec.add_tendon(name=stage.name(f"{name}_line"), width=0.006, rgba=[0.86, 0.89, 0.93, 1])
    line.wrap_site(top)
    line.wrap_site(low)
    lifts = thing.motion is None or thing.motion.kind != "resting"
    for joint, bottom, high, stiff in (
        (slew, -3.0, 3.0, 60.0), (run, -0.5 * reach, 0.25 * reach, 300.0), (hoist, -0.4 * height, 0.35 * height, 2000.0)
    ):  # fmt: skip
        stage.servo(f"{joint}_servo", joint, stiff * max(1.0, mass), bottom, high, 0.4 * stiff * max(1.0, mass))
        stage.start[joint] = (0.0,)
        stage.sensor(f"{joint}_position", "jointpos", joint)
    load.gravcomp = 1.0
    stage.start_ctrl[f"{name}_hoist_servo"] = 0.25 * height if lifts else 0.0
    return name


def _crane_load(stage: Stage, thing: Thing, body: Any, name: str) -> float:
    """What hangs on the hook: the thing that was said, or a box; its mass, kg."""
    own = thing.load
    if own is None:
        half = 0.08
        stage.geom(
            body, "box", (half, half, half), name=f"{name}_load_box", material=stage.house("orange"), pos=(0, 0, -half),
            mass=1.0, surface=Surface(),
        )  # fmt: skip
        return 1.0
    extent = extent_of(own)
    hung = body.add_body(name=stage.name(f"{name}_{own.noun}"), pos=[0, 0, -extent.z], quat=list(extent.quat))
    hung.gravcomp = 1.0
    add_shape(stage, hung, own, 0, str(hung.name), 1.0)
    return mass_of(own)


def add_table_pulley(stage: Stage, placed: Placed, name: str) -> str:
    """A block on a smooth track, a string over a wheel at its end, a weight that hangs from it and pulls."""
    thing, d = placed.thing, dims_of(placed.thing)
    length, height = d["length"], d["height"]
    stand = frame(stage, placed, stage.name(f"{name}_table"))
    dark, light = stage.house("dark"), stage.house("light")
    stage.geom(
        stand, "box", (length / 2, 0.12, 0.02), name=f"{name}_track", material=stage.house("plank"),
        pos=(0, 0, height - 0.02), surface=Surface(0.0),
    )  # fmt: skip
    for side, x in (("left", -1), ("right", 1)):
        stage.geom(
            stand, "box", (0.02, 0.1, height / 2 - 0.02), name=f"{name}_{side}_leg", material=dark,
            pos=(x * (length / 2 - 0.05), 0, height / 2 - 0.02),
        )  # fmt: skip
    radius = 0.05
    wheel = stand.add_body(name=stage.name(f"{name}_wheel"), pos=[length / 2 + radius, 0, height])
    turn = stage.joint(wheel, "hinge", f"{name}_turn", axis=[0, 1, 0], armature=1e-4)
    stage.geom(
        wheel, "cylinder", (radius,), name=f"{name}_rim", material=light, fromto=(0, -0.015, 0, 0, 0.015, 0), mass=0.02
    )  # fmt: skip
    stage.geom(
        wheel, "box", (0.85 * radius, 0.017, 0.008), name=f"{name}_spoke", material=stage.house("orange"), mass=1e-4
    )  # fmt: skip
    mass = [part_mass(thing, index, 2, usual) for index, usual in ((0, 1.0), (1, 0.5))]
    half = [0.05 * (m**0.333) for m in mass]
    reach = length - 0.35
    block = stand.add_body(name=name, pos=[-length / 2 + 0.15, 0, height + half[0]])
    slide = stage.joint(block, "slide", f"{name}_slide", axis=[1, 0, 0], range=[0, reach], damping=0.0)
    made = stage.geom(
        block, "box", (half[0],) * 3, name=f"{name}_block", material=part_look(stage, thing, 0, 2), mass=mass[0]
    )  # fmt: skip
    gravity = abs(float(stage.spec.option.gravity[2]))
    block_joint = next(joint for joint in block.joints if joint.name == slide)
    block_joint.frictionloss = (thing.friction or 0.0) * mass[0] * gravity
    made.friction[0] = thing.friction if thing.friction is not None else made.friction[0]
    weight = stand.add_body(
        name=stage.name(f"{name}_weight"), pos=[length / 2 + 2 * radius, 0, height - 0.12 - half[1]]
    )
    fall = stage.joint(weight, "slide", f"{name}_fall", axis=[0, 0, -1], range=[0, min(reach, height - 0.25)])
    stage.geom(
        weight, "box", (half[1],) * 3, name=f"{name}_hanging", material=part_look(stage, thing, 1, 2), mass=mass[1]
    )  # fmt: skip
    for joint in (slide, fall, turn):
        stage.start[joint] = (0.0,)
    spots = []
    for body, where, part in (
        (block, (half[0], 0, radius - half[0]), "block"), (stand, (length / 2 + radius, 0, height + radius), "over"),
        (stand, (length / 2 + 2 * radius, 0, height), "down"), (weight, (0, 0, half[1]), "weight"),
    ):  # fmt: skip
        site = stage.name(f"{name}_string_{part}")
        body.add_site(name=site, pos=list(where), size=[0.004, 0, 0])
        spots.append(site)
    string = stage.spec.add_tendon(name=stage.name(f"{name}_string"), width=0.004, rgba=[0.86, 0.89, 0.93, 1])
    for site in spots:
        string.wrap_site(site)
    for joint, ratio in ((fall, 1.0), (turn, 1.0 / radius)):
        stage.spec.add_equality(
            name=stage.name(f"{joint}_string"), type=mujoco.mjtEq.mjEQ_JOINT, objtype=mujoco.mjtObj.mjOBJ_JOINT,
            name1=joint, name2=slide, data=[0, ratio, *([0] * 10)],
        )  # fmt: skip
    stage.sensor(f"{name}_way", "jointpos", slide)
    stage.sensor(f"{name}_speed", "jointvel", slide)
    return name


def add_rotary_pendulum(stage: Stage, placed: Placed, name: str) -> str:
    """Furuta's: a motor turns an arm about the vertical, a pole swings at its end."""
    thing, length = placed.thing, dims_of(placed.thing)["length"]
    stand, height = frame(stage, placed, stage.name(f"{name}_stand")), length + 0.2
    dark = stage.house("dark")
    stage.geom(stand, "cylinder", (0.12, 0.02), name=f"{name}_base", material=dark, pos=(0, 0, 0.02))
    stage.geom(stand, "cylinder", (0.03, height / 2), name=f"{name}_post", material=dark, pos=(0, 0, height / 2))
    arm = stand.add_body(name=name, pos=[0, 0, height + 0.02])
    turn = stage.joint(arm, "hinge", f"{name}_turn", axis=[0, 0, 1], damping=0.01)
    stage.geom(
        arm, "capsule", (0.014,), name=f"{name}_arm", material=stage.house("blue"), fromto=(0, 0, 0, 0.25, 0, 0), mass=0.2
    )  # fmt: skip
    pole = arm.add_body(name=stage.name(f"{name}_pole"), pos=[0.25, 0, 0])
    swing = stage.joint(pole, "hinge", f"{name}_swing", axis=[1, 0, 0], damping=0.0005)
    look, up = part_look(stage, thing, 0, 1), thing.pose == "inverted"
    stage.geom(
        pole, "capsule", (0.012,), name=f"{name}_rod", material=look, fromto=(0, 0, 0, 0, 0, -length), mass=0.1
    )  # fmt: skip
    stage.geom(
        pole, "sphere", (0.035,), name=f"{name}_bob", material=look, pos=(0, 0, -length),
        mass=part_mass(thing, 0, 1, 0.2),
    )  # fmt: skip
    stage.start[turn], stage.start[swing] = (0.0,), (math.pi - 0.1 if up else 0.6,)
    stage.motor(f"{name}_motor", turn, 2.0)
    for joint in (turn, swing):
        stage.sensor(f"{joint}_angle", "jointpos", joint)
    return name
