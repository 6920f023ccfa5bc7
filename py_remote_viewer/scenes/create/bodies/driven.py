"""Turntables, conveyors, lifts, drawers and gears: what a motor moves. Child process only: imports mujoco."""

from __future__ import annotations

import math

import mujoco

from py_remote_viewer.scenes.create.bodies.machines import frame, part_look, part_mass
from py_remote_viewer.scenes.create.bodies.stage import Stage, Surface
from py_remote_viewer.scenes.create.layout.placed import Placed
from py_remote_viewer.scenes.create.things.footprints import gear_radii, parts_of
from py_remote_viewer.scenes.create.things.sizes import axis_quat, dims_of

ROLLER_M = 0.04  # radius of a conveyor's rollers
TOOTH_M = 0.025  # how far a gear's teeth stand out
_GRIP = Surface(1.2)


def add_turntable(stage: Stage, placed: Placed, name: str) -> str:
    """A disc that turns about the vertical, held at its speed by a motor."""
    thing, d = placed.thing, dims_of(placed.thing)
    radius, height = d["radius"], d["height"]
    stand = frame(stage, placed, stage.name(f"{name}_stand"))
    stage.geom(
        stand, "cylinder", (0.3 * radius, height / 2 - 0.015), name=f"{name}_base", material=stage.house("dark"),
        pos=(0, 0, height / 2 - 0.015),
    )  # fmt: skip
    body = stand.add_body(name=name, pos=[0, 0, height - 0.015])
    joint = stage.joint(body, "hinge", f"{name}_turn", axis=[0, 0, 1], damping=0.01)
    look = stage.look(thing, placed.index, "plank")
    mass = part_mass(thing, 0, 1, 2.0)
    stage.geom(body, "cylinder", (radius, 0.015), name=name, material=look, mass=mass, surface=_GRIP)
    stage.geom(
        body, "box", (radius * 0.3, 0.012, 0.0153), name=f"{name}_mark", material=stage.house("orange"),
        pos=(0.62 * radius, 0, 0), mass=1e-4,
    )  # fmt: skip
    speed = thing.motion.spin if thing.motion is not None and thing.motion.spin is not None else 1.5
    hold_speed(stage, f"{name}_motor", joint, 20.0 * mass * radius**2 + 0.5, speed)
    stage.start[joint], stage.start_speed[joint] = (0.0,), (speed,)
    stage.sensor(f"{name}_speed", "jointvel", joint)
    return name


def add_conveyor(stage: Stage, placed: Placed, name: str) -> str:
    """A row of driven rollers; what lies on them goes to the right, or to the left where that was said."""
    thing, d = placed.thing, dims_of(placed.thing)
    length, width, height, n = d["length"], d["width"], d["height"], parts_of(thing)
    stand = frame(stage, placed, stage.name(f"{name}_frame"))
    dark, steel, surface = stage.house("dark"), stage.look(thing, 0, "steel"), Surface(0.4)
    for side, y in (("near", -1), ("far", 1)):
        stage.geom(
            stand, "box", (length / 2, 0.015, 0.035), name=f"{name}_{side}_rail", material=dark,
            pos=(0, y * (width / 2 + 0.015), height - ROLLER_M), surface=surface,
        )  # fmt: skip
        for end, x in (("left", -1), ("right", 1)):
            stage.geom(
                stand, "box", (0.02, 0.015, height / 2 - 0.04), name=f"{name}_{side}_{end}_leg", material=dark,
                pos=(x * (length / 2 - 0.03), y * (width / 2 + 0.015), height / 2 - 0.04),
            )  # fmt: skip
    motion = thing.motion
    speed = motion.speed if motion is not None and motion.speed is not None else 0.4
    sign = -1.0 if motion is not None and motion.direction == "left" else 1.0
    pitch = length / n
    first = ""
    for index in range(n):
        roller = stand.add_body(
            name=stage.name(f"{name}_roller_{index + 1}"),
            pos=[(index + 0.5) * pitch - length / 2, 0, height - ROLLER_M],
        )
        joint = stage.joint(roller, "hinge", f"{roller.name}_turn", axis=[0, 1, 0], damping=0.001, armature=0.01)
        made = stage.geom(
            roller, "cylinder", (ROLLER_M,), name=str(roller.name), material=steel,
            fromto=(0, -width / 2 + 0.004, 0, 0, width / 2 - 0.004, 0), mass=0.4, surface=Surface(1.0),
        )  # fmt: skip
        made.priority = 1
        hold_speed(stage, f"{roller.name}_motor", joint, 2.0, sign * speed / ROLLER_M)
        stage.start[joint], stage.start_speed[joint] = (0.0,), (sign * speed / ROLLER_M,)
        first = first or str(roller.name)
    return first


def add_elevator(stage: Stage, placed: Placed, name: str) -> str:
    """A platform between two columns that a servo lifts to the top."""
    thing, d = placed.thing, dims_of(placed.thing)
    x, y, height = d["length"] / 2, d["width"] / 2, d["height"]
    stand = frame(stage, placed, stage.name(f"{name}_shaft"))
    dark = stage.house("dark")
    for side, sx in (("left", -1), ("right", 1)):
        stage.geom(
            stand, "box", (0.025, 0.04, height / 2), name=f"{name}_{side}_column", material=dark,
            pos=(sx * (x + 0.035), 0, height / 2),
        )  # fmt: skip
    stage.geom(
        stand, "box", (x + 0.06, 0.04, 0.02), name=f"{name}_beam", material=dark, pos=(0, 0, height + 0.02)
    )  # fmt: skip
    reach = height - 0.4 if height > 0.8 else 0.5 * height
    body = stand.add_body(name=name, pos=[0, 0, 0.05])
    joint = stage.joint(body, "slide", f"{name}_lift", axis=[0, 0, 1], range=[0, reach], damping=40.0)
    mass = part_mass(thing, 0, 1, 5.0)
    look = stage.look(thing, placed.index, "plank")
    stage.geom(body, "box", (x, y, 0.02), name=name, material=look, pos=(0, 0, 0), mass=mass, surface=Surface(0.8))
    stage.servo(f"{name}_servo", joint, 600.0 + 100 * mass, 0.0, reach, 300.0 + 50 * mass)
    stays = thing.motion is not None and thing.motion.kind == "resting"
    body.gravcomp = 1.0
    stage.start[joint] = (0.0,)
    stage.start_ctrl[f"{name}_servo"] = 0.0 if stays else reach
    stage.sensor(f"{name}_height", "jointpos", joint)
    return name


def add_drawers(stage: Stage, placed: Placed, name: str) -> str:
    """A cabinet with `n` drawers, one above the other, on slides; filled or with a spring, the top one is half open."""
    thing, d = placed.thing, dims_of(placed.thing)
    x, y, height, n = d["length"] / 2, d["width"] / 2, d["height"], parts_of(thing)
    stand = frame(stage, placed, stage.name(f"{name}_cabinet"))
    look, surface, wall = stage.look(thing, placed.index, "plank"), Surface(0.5), 0.012
    for part, half, pos in (
        ("top", (x, y, wall), (0.0, 0.0, height - wall)),
        ("bottom", (x, y, wall), (0.0, 0.0, wall)),
        ("left", (wall, y, height / 2), (-x + wall, 0.0, height / 2)),
        ("right", (wall, y, height / 2), (x - wall, 0.0, height / 2)),
        ("back", (x, wall, height / 2), (0.0, y - wall, height / 2)),
    ):
        stage.geom(stand, "box", half, name=f"{name}_{part}", material=look, pos=pos, surface=surface)
    tall = (height - 4 * wall) / n
    first = ""
    for index in range(n):
        part = name if n == 1 else stage.name(f"{name}_{index + 1}")
        low = height - 2 * wall - (index + 1) * tall + 0.006
        body = stand.add_body(name=part, pos=[0, -0.02, low])
        first = first or part
        joint = stage.joint(body, "slide", f"{part}_slide", axis=[0, -1, 0], range=[0, 1.6 * y], damping=4.0)
        ix, iy, iz = x - 2 * wall - 0.006, y - wall - 0.01, (tall - 0.012) / 2
        mass = part_mass(thing, index, n, 1.5) / 5
        own = part_look(stage, thing, index, n) if thing.colours or thing.overrides else stage.house("light")
        for side, half, pos in (
            ("floor", (ix, iy, 0.006), (0.0, 0.0, 0.006)),
            ("front", (ix, 0.008, iz), (0.0, -iy, iz)),
            ("rear", (ix, 0.008, 0.7 * iz), (0.0, iy, 0.7 * iz)),
            ("left", (0.008, iy, 0.7 * iz), (-ix, 0.0, 0.7 * iz)),
            ("right", (0.008, iy, 0.7 * iz), (ix, 0.0, 0.7 * iz)),
        ):
            stage.geom(
                body, "box", half, name=f"{part}_{side}_board", material=own, pos=pos, mass=mass, surface=surface
            )
        stage.geom(
            body, "capsule", (0.008,), name=f"{part}_handle", material=stage.house("steel"),
            fromto=(-0.06, -iy - 0.03, iz, 0.06, -iy - 0.03, iz), mass=0.05, surface=surface,
        )  # fmt: skip
        opened = index == 0 and (thing.bob == "load" or thing.stiffness is not None or thing.pose == "open")
        stage.start[joint] = (0.95 * y if opened else 0.0,)
        if thing.motors:
            stage.motor(f"{part}_motor", joint, 10.0)
        stage.sensor(f"{part}_opening", "jointpos", joint)
        if index:
            stage.spec.add_exclude(bodyname1=part, bodyname2=first)
        stage.spec.add_exclude(bodyname1=str(stand.name), bodyname2=part)
    return first


def add_gears(stage: Stage, placed: Placed, name: str) -> str:
    """`n` gears in mesh, each turning the next the other way round, by their radii; a motor drives the first."""
    thing, d = placed.thing, dims_of(placed.thing)
    n, radius = parts_of(thing), d["radius"]
    stand = frame(stage, placed, stage.name(f"{name}_stand"))
    dark = stage.house("dark")
    radii = gear_radii(thing, radius)
    high = max(radii) + TOOTH_M + 0.06
    x = -sum(radii)
    joints = []
    for index, own in enumerate(radii):
        x += own
        teeth = max(8, round(2 * math.pi * own / 0.05))
        part = name if n == 1 else stage.name(f"{name}_{index + 1}")
        stage.geom(
            stand, "box", (0.015, 0.012, high / 2), name=f"{part}_post", material=dark, pos=(x, 0.05, high / 2)
        )  # fmt: skip
        body = stand.add_body(name=part, pos=[x, 0, high])
        joint = stage.joint(body, "hinge", f"{part}_turn", axis=[0, 1, 0], damping=0.01)
        look = part_look(stage, thing, index, n)
        mass = part_mass(thing, index, n, 0.5 * (own / 0.15) ** 2)
        stage.geom(
            body, "cylinder", (own - TOOTH_M / 2,), name=part, material=look, fromto=(0, -0.02, 0, 0, 0.02, 0), mass=mass
        )  # fmt: skip
        for tooth in range(teeth):
            angle = 360.0 * (tooth + (0.5 if index % 2 else 0.0)) / teeth
            c, s = math.cos(math.radians(angle)), math.sin(math.radians(angle))
            stage.geom(
                body, "box", (TOOTH_M, 0.019, 0.011), name=f"{part}_tooth_{tooth + 1}", material=look,
                pos=(own * c, 0, -own * s), quat=axis_quat("y", angle), mass=1e-4,
            )  # fmt: skip
        stage.geom(
            body, "box", (0.6 * own, 0.0215, 0.012), name=f"{part}_mark", material=stage.house("light"), mass=1e-4
        )  # fmt: skip
        x += own
        joints.append(joint)
    speed = thing.motion.spin if thing.motion is not None and thing.motion.spin is not None else 2.0
    for index, joint in enumerate(joints):
        ratio = (-1) ** index * radii[0] / radii[index]
        stage.start[joint], stage.start_speed[joint] = (0.0,), (speed * ratio,)
        if index:
            stage.spec.add_equality(
                name=stage.name(f"{joint}_mesh"), type=mujoco.mjtEq.mjEQ_JOINT, objtype=mujoco.mjtObj.mjOBJ_JOINT,
                name1=joint, name2=joints[0], data=[0, ratio, *([0] * 10)],
            )  # fmt: skip
    hold_speed(stage, f"{name}_motor", joints[0], 2.0, speed)
    stage.sensor(f"{name}_speed", "jointvel", joints[-1])
    return name if n == 1 else f"{name}_1"


def hold_speed(stage: Stage, name: str, joint: str, gain: float, speed: float) -> None:
    """A motor that holds a speed, rad/s; none on a machine without motors."""
    if stage.unpowered:
        return
    unique = stage.name(name)
    made = stage.spec.add_actuator(name=unique, target=joint, trntype=mujoco.mjtTrn.mjTRN_JOINT)
    made.set_to_velocity(kv=gain)
    top = max(20.0, 2 * abs(speed))
    made.ctrlrange, made.ctrllimited = [-top, top], True
    stage.start_ctrl[unique] = speed
