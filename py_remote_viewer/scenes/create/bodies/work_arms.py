"""Arms of machines that dig and place: excavators and SCARA robots. Child process only: imports mujoco."""

from __future__ import annotations

from typing import Any

from py_remote_viewer.scenes.create.bodies.machines import frame, part_look
from py_remote_viewer.scenes.create.bodies.stage import Stage, Surface
from py_remote_viewer.scenes.create.layout.placed import Placed
from py_remote_viewer.scenes.create.things.sizes import dims_of


def add_scara(stage: Stage, placed: Placed, name: str) -> str:
    """Two arms that turn about the vertical, and a spindle that goes up and down at the end."""
    thing, length = placed.thing, dims_of(placed.thing)["length"]
    stand, high = frame(stage, placed, stage.name(f"{name}_base")), 0.45
    dark, half = stage.house("dark"), length / 2
    stage.geom(
        stand,
        "cylinder",
        (0.09, high / 2),
        name=f"{name}_column",
        material=dark,
        pos=(0, 0, high / 2),
        surface=Surface(),
    )
    parent, at, first = stand, (0.0, 0.0, high + 0.04), ""
    for index, own in enumerate(("upper", "lower")):
        body = parent.add_body(name=name if index == 0 else stage.name(f"{name}_{own}"), pos=list(at))
        first = first or str(body.name)
        joint = stage.joint(
            body, "hinge", f"{name}_joint_{index + 1}", axis=[0, 0, 1], range=[-2.4, 2.4], damping=2.0, armature=0.1
        )
        stage.geom(
            body, "capsule", (0.045,), name=f"{body.name}_arm", material=part_look(stage, thing, index, 2),
            fromto=(0, 0, 0.05 * index, half, 0, 0.05 * index), mass=2.0 - index,
        )  # fmt: skip
        stage.start[joint] = (0.5 if index == 0 else -0.8,)
        stage.servo(f"{name}_servo_{index + 1}", joint, 150.0, -2.4, 2.4, 15.0)
        if not thing.unpowered:
            stage.start_ctrl[f"{name}_servo_{index + 1}"] = stage.start[joint][0]
        stage.sensor(f"{joint}_angle", "jointpos", joint)
        parent, at = body, (half, 0.0, 0.0)
    spindle = parent.add_body(name=stage.name(f"{name}_spindle"), pos=[half, 0, 0.05])
    slide = stage.joint(spindle, "slide", f"{name}_lift", axis=[0, 0, 1], range=[-0.25, 0.05], damping=20.0)
    stage.geom(
        spindle, "cylinder", (0.018,), name=f"{name}_rod", material=stage.house("steel"), fromto=(0, 0, -0.16, 0, 0, 0.18),
        mass=0.4, surface=Surface(),
    )  # fmt: skip
    spindle.gravcomp = 1.0
    stage.start[slide] = (0.0,)
    stage.servo(f"{name}_lift_servo", slide, 800.0, -0.25, 0.05, 60.0)
    stage.sensor(f"{slide}_height", "jointpos", slide)
    return first


def add_excavator(stage: Stage, placed: Placed, name: str) -> str:
    """Two tracks, a house that turns on them, boom, stick and bucket, each on a servo."""
    thing, length = placed.thing, dims_of(placed.thing)["length"]
    s, dark, look = length / 1.0, stage.house("dark"), part_look(stage, thing, 0, 1)
    base = placed.base
    body = stage.spec.worldbody.add_body(name=name, pos=list(base), quat=list(placed.quat))
    body.add_freejoint(name=name)
    stage.start[name] = (*base, *placed.quat)
    mass = thing.mass if thing.mass is not None else 60.0 * s**3
    for side, y in (("left", 0.2 * s), ("right", -0.2 * s)):
        stage.geom(
            body, "box", (0.32 * s, 0.07 * s, 0.08 * s), name=f"{name}_{side}_track", material=dark, pos=(0, y, 0.08 * s),
            mass=0.32 * mass, surface=Surface(1.0),
        )  # fmt: skip
    stage.geom(
        body,
        "box",
        (0.2 * s, 0.15 * s, 0.03 * s),
        name=f"{name}_deck",
        material=dark,
        pos=(0, 0, 0.14 * s),
        mass=0.05 * mass,
    )
    house = body.add_body(name=stage.name(f"{name}_house"), pos=[0, 0, 0.19 * s])
    joints = [
        (stage.joint(house, "hinge", f"{name}_swing", axis=[0, 0, 1], range=[-3.1, 3.1], damping=0.3 * mass), 0.0)
    ]
    stage.geom(
        house,
        "box",
        (0.26 * s, 0.2 * s, 0.1 * s),
        name=f"{name}_engine",
        material=look,
        pos=(-0.1 * s, 0, 0.1 * s),
        mass=0.2 * mass,
    )
    stage.geom(
        house,
        "box",
        (0.09 * s, 0.08 * s, 0.13 * s),
        name=f"{name}_cab",
        material=stage.house("light"),
        pos=(0.06 * s, 0.11 * s, 0.2 * s),
        mass=0.03 * mass,
    )
    parent: Any = house
    at = (0.14 * s, -0.03 * s, 0.12 * s)
    for part, long, rest, low, high in (("boom", 0.5 * s, -0.9, -1.3, 0.3), ("stick", 0.35 * s, 1.9, 0.4, 2.6)):
        link = parent.add_body(name=stage.name(f"{name}_{part}"), pos=list(at))
        joint = stage.joint(
            link,
            "hinge",
            f"{name}_{part}_joint",
            axis=[0, 1, 0],
            range=[low, high],
            damping=0.1 * mass,
            armature=0.01 * mass,
        )
        stage.geom(
            link,
            "capsule",
            (0.035 * s,),
            name=f"{name}_{part}_beam",
            material=look,
            fromto=(0, 0, 0, long, 0, 0),
            mass=0.02 * mass,
            surface=Surface(),
        )
        joints.append((joint, rest))
        parent, at = link, (long, 0.0, 0.0)
    bucket = parent.add_body(name=stage.name(f"{name}_bucket"), pos=list(at))
    joints.append(
        (
            stage.joint(
                bucket,
                "hinge",
                f"{name}_bucket_joint",
                axis=[0, 1, 0],
                range=[-0.6, 2.2],
                damping=0.05 * mass,
                armature=0.005 * mass,
            ),
            0.9,
        )
    )
    for part, half, pos in (
        ("floor", (0.07 * s, 0.07 * s, 0.008 * s), (0.07 * s, 0.0, 0.0)),
        ("back", (0.008 * s, 0.07 * s, 0.05 * s), (0.0, 0.0, 0.05 * s)),
        ("left", (0.07 * s, 0.006 * s, 0.05 * s), (0.07 * s, 0.07 * s, 0.05 * s)),
        ("right", (0.07 * s, 0.006 * s, 0.05 * s), (0.07 * s, -0.07 * s, 0.05 * s)),
    ):  # fmt: skip
        stage.geom(
            bucket,
            "box",
            half,
            name=f"{name}_bucket_{part}",
            material=stage.house("steel"),
            pos=pos,
            mass=0.003 * mass,
            surface=Surface(),
        )
    for joint, rest in joints:
        stage.start[joint] = (rest,)
        stage.servo(f"{joint}_servo", joint, 20.0 * mass, -3.1, 3.1, 2.0 * mass)
        if not thing.unpowered:
            stage.start_ctrl[f"{joint}_servo"] = rest
        stage.sensor(f"{joint}_angle", "jointpos", joint)
    stage.spec.add_exclude(bodyname1=name, bodyname2=f"{name}_boom")
    return name
