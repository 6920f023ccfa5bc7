"""Ropes, chains, cloths and bridges: many links, or a flex. Child process only: imports mujoco."""

from __future__ import annotations

import math
from typing import Any

import mujoco

from py_remote_viewer.scenes.create.bodies.draped import add_draped_rope, add_flagpole, catch_wind
from py_remote_viewer.scenes.create.bodies.gallows import add_holder, hung_up
from py_remote_viewer.scenes.create.bodies.machines import frame, part_mass
from py_remote_viewer.scenes.create.bodies.solids import AIMED_DEG, add_shape
from py_remote_viewer.scenes.create.bodies.stage import Stage, Surface
from py_remote_viewer.scenes.create.layout.placed import Placed
from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.lexicon.materials import rgb
from py_remote_viewer.scenes.create.things.bobs import rope_bob_half
from py_remote_viewer.scenes.create.things.description import Thing
from py_remote_viewer.scenes.create.things.elements import position
from py_remote_viewer.scenes.create.things.footprints import FLAG_M, SPANNED_M, flies, parts_of, upright_cloth
from py_remote_viewer.scenes.create.things.sizes import Vec, dims_of, extent_of

_CLOTH_POINTS = 9
_ARM_M = 0.015


def add_rope(stage: Stage, placed: Placed, name: str) -> str:
    """Links on ball joints from a hook, swung aside; what hangs at the end is its bob. A chain is the same in steel."""
    thing, d = placed.thing, dims_of(placed.thing)
    if thing.pose == "strung":
        return _strung(stage, placed, name)
    if thing.pose == "over":
        return add_draped_rope(stage, placed, name)
    if thing.pose == "lying":
        return _lying(stage, placed, name)
    n, length = parts_of(thing), d["length"]
    hook = length + 0.25 + (2 * extent_of(thing.load).z if thing.load is not None else 0.0)
    hook = hook - _ARM_M if placed.swing is None else placed.swing[0]
    stand = frame(stage, placed, stage.name(f"{name}_stand"))
    if hung_up(placed):
        add_holder(stage, stand, placed, name, hook)
    else:
        _hook_on_a_stand(stage, stand, name, hook + _ARM_M)
    parent, at, segment = stand, (0.0, 0.0, hook), length / n
    wide = thing.scale("thickness")
    thick = (0.011 if thing.kind == "rope" else 0.009) * wide
    each = (thing.mass / n) if thing.mass is not None else (0.02 if thing.kind == "rope" else 0.06) * thing.weight
    first = ""
    for index in range(n):
        body = parent.add_body(name=name if index == 0 else stage.name(f"{name}_link_{index + 1}"), pos=list(at))
        first = first or str(body.name)
        joint = stage.joint(
            body, "ball", f"{body.name}_bend", damping=0.004 if thing.kind == "rope" else 0.001, armature=0.0001
        )
        look = stage.look(thing, 0, "orange" if thing.kind == "rope" else "steel" if index % 2 else "light")
        if thing.kind == "rope":
            stage.geom(
                body,
                "capsule",
                (thick,),
                name=f"{body.name}_cord",
                material=look,
                fromto=(0, 0, 0, 0, 0, -segment),
                mass=each,
            )
        else:
            broad, flat = 0.014 * wide, 0.006 * wide
            size = (broad, flat, segment / 2 - 0.002) if index % 2 else (flat, broad, segment / 2 - 0.002)
            stage.geom(body, "box", size, name=f"{body.name}_link", material=look, pos=(0, 0, -segment / 2), mass=each)
        lean = math.radians(lean_deg(thing) if index == 0 else 0.0) / 2
        stage.start[joint] = (math.cos(lean), 0.0, math.sin(lean), 0.0)
        parent, at = body, (0.0, 0.0, -segment)
    if thing.load is not None and KINDS[thing.load.kind].sort == "solid":
        _hang_load(stage, parent, thing.load, name, segment)
    elif thing.bob:
        _hang_bob(stage, parent, thing, name, segment)
    return first


def _hook_on_a_stand(stage: Stage, stand: Any, name: str, top: float) -> None:
    """A foot, a column behind what hangs, and an arm from there."""
    dark = stage.house("dark")
    stage.geom(stand, "box", (0.2, 0.1, 0.02), name=f"{name}_base", material=dark, pos=(0, 0.12, 0.02))
    stage.geom(stand, "box", (0.025, 0.02, top / 2), name=f"{name}_column", material=dark, pos=(0, 0.14, top / 2))
    stage.geom(stand, "box", (0.02, 0.08, _ARM_M), name=f"{name}_arm", material=dark, pos=(0, 0.07, top))


def lean_deg(thing: Thing) -> float:
    """How far aside a rope begins: as said, straight down where it only hangs; a positive angle is to the left."""
    motion = thing.motion
    said = motion.angle_deg if motion is not None and motion.angle_deg is not None else thing.tilt_deg
    sign = -1.0 if motion is not None and motion.direction == "right" else 1.0
    if said is not None:
        return sign * min(120.0, abs(said))
    return 0.0 if motion is None else sign * (40.0 if motion.target is None else AIMED_DEG)


def _hang_load(stage: Stage, link: Any, load: Thing, name: str, segment: float) -> None:
    """The thing itself at the end of the last link: its own size, mass and stuff."""
    half = extent_of(load).z
    body = link.add_body(
        name=stage.name(f"{name}_{load.noun}"), pos=[0, 0, -segment - half], quat=list(extent_of(load).quat)
    )
    add_shape(stage, body, load, 0, str(body.name), 1.0)


def _hang_bob(stage: Stage, link: Any, thing: Thing, name: str, segment: float) -> None:
    """A ball or a box of the usual size, as heavy as was said."""
    n = parts_of(thing)
    own = next((o for o in reversed(thing.overrides) if position(o.index, n) == n - 1), None)
    mass = part_mass(thing, n - 1, n, 0.5) if thing.mass is None else 0.5
    half = rope_bob_half(thing)
    look = stage.material(own.colour.replace(" ", "_"), rgb(own.colour)) if own and own.colour else stage.house("blue")
    shape, size = ("box", (half, half, half)) if thing.bob in ("box", "brick", "plate") else ("sphere", (half, 0, 0))
    stage.geom(
        link,
        shape,
        size,
        name=stage.name(f"{name}_{thing.bob}"),
        material=look,
        pos=(0, 0, -segment - half),
        mass=mass,
        surface=Surface(0.6),
    )


def _lying(stage: Stage, placed: Placed, name: str) -> str:
    """Straight on what is below it, free to be pushed and dragged."""
    thing, length = placed.thing, dims_of(placed.thing)["length"]
    n = parts_of(thing)
    segment, thick = length / n, 0.011 if thing.kind == "rope" else 0.009
    each = (thing.mass / n) if thing.mass is not None else (0.02 if thing.kind == "rope" else 0.06) * thing.weight
    at = (placed.base[0] - length / 2, placed.base[1], placed.base[2] + thick + 0.001)
    body, surface = stage.spec.worldbody.add_body(name=name, pos=list(at)), Surface(0.7)
    body.add_freejoint(name=name)
    stage.start[name] = (*at, 1.0, 0.0, 0.0, 0.0)
    for index in range(n):
        if index:
            link = body.add_body(name=stage.name(f"{name}_link_{index + 1}"), pos=[segment, 0, 0])
            stage.spec.add_exclude(bodyname1=str(body.name), bodyname2=str(link.name))
            body = link
            joint = stage.joint(body, "ball", f"{body.name}_bend", damping=0.004, armature=0.0002)
            stage.start[joint] = (1.0, 0.0, 0.0, 0.0)
        look = stage.look(thing, 0, "orange" if thing.kind == "rope" else "steel" if index % 2 else "light")
        stage.geom(
            body,
            "capsule",
            (thick,),
            name=f"{body.name}_cord",
            material=look,
            fromto=(thick, 0, 0, segment - thick, 0, 0),
            mass=each,
            surface=surface,
        )
    return name


def _strung(stage: Stage, placed: Placed, name: str) -> str:
    """Links from the top of one post to that of another, a tenth longer than the way: it sags."""
    thing, d = placed.thing, dims_of(placed.thing)
    n, length = parts_of(thing), d["length"]
    half, height, segment = 0.45 * length, 0.6 * length + 0.3, length / n
    stand = frame(stage, placed, stage.name(f"{name}_posts"))
    for side, x in (("left", -half), ("right", half)):
        stage.geom(
            stand,
            "cylinder",
            (0.03, height / 2),
            name=f"{name}_{side}_post",
            material=stage.house("plank"),
            pos=(x, 0, height / 2),
            surface=Surface(),
        )
    each = (thing.mass / n) if thing.mass is not None else (0.02 if thing.kind == "rope" else 0.06) * thing.weight
    slope = math.acos(2 * half / length)  # as a V: down to the middle, up again
    parent, at, first = stand, (-half, 0.0, height), ""
    for index in range(n):
        body = parent.add_body(name=name if index == 0 else stage.name(f"{name}_link_{index + 1}"), pos=list(at))
        first = first or str(body.name)
        joint = stage.joint(body, "ball", f"{body.name}_bend", damping=0.002, armature=0.0001)
        look = stage.look(thing, 0, "orange" if thing.kind == "rope" else "steel" if index % 2 else "light")
        thick = 0.011 if thing.kind == "rope" else 0.009
        stage.geom(
            body,
            "capsule",
            (thick,),
            name=f"{body.name}_cord",
            material=look,
            fromto=(0, 0, 0, segment, 0, 0),
            mass=each,
        )
        if thing.load is not None and index == n // 2:
            add_shape(stage, body, thing.load, 0, stage.name(f"{name}_{thing.load.noun}"), 1.0)
        turn = {0: slope, n // 2: -2 * slope}.get(index, 0.0) / 2
        stage.start[joint] = (math.cos(turn), 0.0, math.sin(turn), 0.0)
        parent, at = body, (segment, 0.0, 0.0)
    _make_fast(stage, name, parent, (segment, 0, 0), stand, (half, 0, height))
    return first


def _make_fast(stage: Stage, name: str, last: Any, end: Vec, stand: Any, anchor: Vec) -> None:
    """Hold the last link by its `end` to its stand at `anchor`; both in the frames of their bodies, m."""
    names = stage.name(f"{name}_end"), stage.name(f"{name}_anchor")
    last.add_site(name=names[0], pos=list(end), size=[0.005, 0, 0])
    stand.add_site(name=names[1], pos=list(anchor), size=[0.005, 0, 0])
    tie = stage.spec.add_equality(
        name=stage.name(f"{name}_tie"),
        type=mujoco.mjtEq.mjEQ_CONNECT,
        objtype=mujoco.mjtObj.mjOBJ_SITE,
        name1=names[0],
        name2=names[1],
    )
    tie.solref = [0.01, 1.0]


def add_cloth(stage: Stage, placed: Placed, name: str) -> str:
    """A flex of 9 x 9 points: it lies in the air and falls, or hangs from a rail by its upper edge."""
    thing, d = placed.thing, dims_of(placed.thing)
    count = _CLOTH_POINTS
    step_x, step_y = d["length"] / (count - 1), d["width"] / (count - 1)
    hangs = upright_cloth(thing)
    x, y, z = placed.base
    quat = [math.sqrt(0.5), 0.0, -math.sqrt(0.5), 0.0] if hangs else [1.0, 0.0, 0.0, 0.0]
    spanned, flag = thing.pose == "spanned", flies(thing)
    quat = [math.sqrt(0.5), math.sqrt(0.5), 0.0, 0.0] if flag else quat
    height = z + _cloth_height(thing, d)
    body = stage.spec.worldbody.add_body(name=name, pos=[x, y, height], quat=quat)
    mass = thing.mass if thing.mass is not None else 0.25 * thing.weight * d["length"] * d["width"] / 0.64
    flex = body.make_flex(
        name,
        type="grid",
        dim=2,
        dof="full",
        count=[count, count, 1],
        spacing=[step_x, step_y, step_x],
        radius=0.012,
        mass=mass,
        equality=1,
    )
    colour = rgb(thing.colours[0]) if thing.colours and thing.colours[0] != "various" else (0.3, 0.61, 1.0)
    flex.rgba = [*colour, 1.0]
    flex.edgedamping = 0.3
    flex.friction, flex.condim, flex.selfcollide = [0.6, 0.005, 0.0001], 3, 0
    flex.solref = [0.015, 1.0]
    points = [f"{name}_{i}" for i in range(count * count)]
    stage.names.update(points)
    if hangs:
        far = d["length"] / 2 - 0.25 * step_x
        aside = d["width"] / 2 - 0.25 * step_y if thing.pose == "pegged" else 0.0
        for point in points:
            one = stage.spec.body(point)
            if one is not None and one.pos[0] > far and abs(one.pos[1]) >= aside:
                for joint in list(one.joints):
                    stage.spec.delete(joint)
        stand, half, dark = frame(stage, placed, stage.name(f"{name}_rail")), d["width"] / 2 + 0.05, stage.house("dark")
        top = d["length"] + 0.12
        stage.geom(
            stand,
            "capsule",
            (0.014,),
            name=f"{name}_rail",
            material=stage.house("steel"),
            fromto=(0, -half, top, 0, half, top),
        )
        for side, sy in (("near", -1), ("far", 1)):
            stage.geom(
                stand,
                "box",
                (0.02, 0.02, top / 2),
                name=f"{name}_{side}_post",
                material=dark,
                pos=(0, sy * half, top / 2),
            )
        for side, sy in (("near", -1), ("far", 1)) if thing.pose == "pegged" else ():
            stage.geom(
                stand, "capsule", (0.008,), name=f"{name}_{side}_hook", material=dark,
                fromto=(0, sy * d["width"] / 2, top, 0, sy * d["width"] / 2, top - 0.05),
            )  # fmt: skip
    if flag:
        add_flagpole(stage, placed, name, points)
    if spanned:
        _hold_corners(stage, placed, name, [points[i] for i in (0, count - 1, count * (count - 1), count * count - 1)])
    if stage.spec.option.density > 0:
        catch_wind(stage, points, max(step_x, step_y))
    stage.timestep = min(stage.timestep, 0.002)
    return name


def _cloth_height(thing: Thing, d: dict[str, float]) -> float:
    """Of its middle above its base, m."""
    if upright_cloth(thing):
        return d["length"] / 2 + 0.12
    if flies(thing):
        return FLAG_M + d["width"] / 2
    return SPANNED_M if thing.pose == "spanned" else 0.02


def _hold_corners(stage: Stage, placed: Placed, name: str, corners: list[str]) -> None:
    """A post below each corner of a cloth, which is fixed there."""
    stand, d = frame(stage, placed, stage.name(f"{name}_posts")), dims_of(placed.thing)
    for number, corner in enumerate(corners, 1):
        point = stage.spec.body(corner)
        for joint in list(point.joints):
            stage.spec.delete(joint)
        x, y = math.copysign(d["length"] / 2, point.pos[0]), math.copysign(d["width"] / 2, point.pos[1])
        half = (0.015, 0.015, (SPANNED_M - 0.02) / 2)
        stage.geom(
            stand,
            "box",
            half,
            name=f"{name}_post_{number}",
            material=stage.house("dark"),
            pos=(x, y, SPANNED_M / 2 - 0.01),
        )


def add_bridge(stage: Stage, placed: Placed, name: str) -> str:
    """Planks hinged to each other between two piers."""
    thing, d = placed.thing, dims_of(placed.thing)
    n, length, width = parts_of(thing), d["length"], d["width"]
    stand, height = frame(stage, placed, stage.name(f"{name}_piers")), 0.4
    dark, surface = stage.house("dark"), Surface(0.9)
    for side, sx in (("left", -1), ("right", 1)):
        stage.geom(
            stand,
            "box",
            (0.12, width / 2 + 0.03, height / 2),
            name=f"{name}_{side}_pier",
            material=dark,
            pos=(sx * (length / 2 + 0.13), 0, height / 2),
            surface=surface,
        )
    pitch, thick = length / n, 0.012
    mass = part_mass(thing, 0, n, 0.25)
    parent, at = stand, (-length / 2, 0.0, height - thick)
    first = ""
    for index in range(n):
        plank = parent.add_body(name=name if index == 0 else stage.name(f"{name}_plank_{index + 1}"), pos=list(at))
        first = first or str(plank.name)
        joint = stage.joint(plank, "hinge", f"{plank.name}_hinge", axis=[0, 1, 0], damping=0.02, armature=0.0005)
        stage.geom(
            plank,
            "box",
            (pitch / 2 - 0.004, width / 2, thick),
            name=f"{plank.name}_board",
            material=stage.look(thing, index),
            pos=(pitch / 2, 0, 0),
            mass=mass,
            surface=surface,
        )
        stage.start[joint] = (0.0,)
        parent, at = plank, (pitch, 0.0, 0.0)
    _make_fast(stage, name, parent, (pitch, 0, 0), stand, (length / 2, 0, height - thick))
    if parent is not stand:
        previous = [str(body.name) for body in stage.spec.bodies if str(body.name).startswith(name)]
        for one in previous:
            if one != f"{name}_piers":
                stage.spec.add_exclude(bodyname1=f"{name}_piers", bodyname2=one)
    return first
