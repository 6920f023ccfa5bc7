"""A placed scene to MJCF through `MjSpec`: floor, world, every thing, cameras, and the keyframe `start`.

Child process only: imports mujoco. No MJCF is ever pasted together from strings.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from typing import Any

import mujoco
import numpy as np

from py_remote_viewer.scenes.create.bodies.cameras import add_cameras, add_lights
from py_remote_viewer.scenes.create.bodies.creatures import add_crawler, add_doll, add_drone, add_snake
from py_remote_viewer.scenes.create.bodies.driven import (
    add_conveyor,
    add_drawers,
    add_elevator,
    add_gears,
    add_turntable,
)
from py_remote_viewer.scenes.create.bodies.framing import add_framing
from py_remote_viewer.scenes.create.bodies.furniture import add_furniture
from py_remote_viewer.scenes.create.bodies.grippers import add_gripper
from py_remote_viewer.scenes.create.bodies.hung import add_cradle, add_pulley, add_spring
from py_remote_viewer.scenes.create.bodies.instruments import add_instruments
from py_remote_viewer.scenes.create.bodies.machines import add_arm, add_cart_pole, add_pendulum
from py_remote_viewer.scenes.create.bodies.mechanisms import add_crank_slider, add_linkage, add_universal_joint
from py_remote_viewer.scenes.create.bodies.rigs import add_crane, add_rotary_pendulum, add_swing_set, add_table_pulley
from py_remote_viewer.scenes.create.bodies.robots import add_robot
from py_remote_viewer.scenes.create.bodies.sliders import add_slider
from py_remote_viewer.scenes.create.bodies.soft import add_bridge, add_cloth, add_rope
from py_remote_viewer.scenes.create.bodies.solids import add_solid
from py_remote_viewer.scenes.create.bodies.spinners import add_gyroscope, add_rotor, add_top
from py_remote_viewer.scenes.create.bodies.stage import Stage
from py_remote_viewer.scenes.create.bodies.terrain import add_terrain
from py_remote_viewer.scenes.create.bodies.tied import add_ties
from py_remote_viewer.scenes.create.bodies.trapdoor import add_trapdoor
from py_remote_viewer.scenes.create.bodies.vehicles import add_car, add_catapult, add_door, add_seesaw
from py_remote_viewer.scenes.create.bodies.walkers import add_walker
from py_remote_viewer.scenes.create.bodies.work_arms import add_excavator, add_scara
from py_remote_viewer.scenes.create.layout.approach import thrower_of
from py_remote_viewer.scenes.create.layout.beside import first_two, follows_a_curve
from py_remote_viewer.scenes.create.layout.layout import Layout
from py_remote_viewer.scenes.create.layout.motions import aim, fly_over, lob, rolling_spin, rolls
from py_remote_viewer.scenes.create.layout.placed import Placed
from py_remote_viewer.scenes.create.lexicon.hulls import is_hull
from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.lexicon.materials import VARIOUS
from py_remote_viewer.scenes.create.things.description import Scene, Thing
from py_remote_viewer.scenes.create.things.footprints import hangs
from py_remote_viewer.scenes.create.things.matter import volume as solid_volume
from py_remote_viewer.scenes.create.things.sizes import dims_of, shape_of
from py_remote_viewer.scenes.create.things.ties import set_apart, without_ties

STORY = "created_from"  # the custom text that holds the sentences, so that a follow-up can change what they made
_INTEGRATORS = {
    "euler": mujoco.mjtIntegrator.mjINT_EULER,
    "rk4": mujoco.mjtIntegrator.mjINT_RK4,
    "implicit": mujoco.mjtIntegrator.mjINT_IMPLICIT,
    "implicitfast": mujoco.mjtIntegrator.mjINT_IMPLICITFAST,
}
_MACHINES = {
    "pendulum": add_pendulum,
    "cart_pole": add_cart_pole,
    "arm": add_arm,
    "gripper": add_gripper,
    "walker": add_walker,
    "car": add_car,
    "catapult": add_catapult,
    "seesaw": add_seesaw,
    "cradle": add_cradle,
    "top": add_top,
    "gyroscope": add_gyroscope,
    "door": add_door,
    "trapdoor": add_trapdoor,
    "slider": add_slider,
    "spring": add_spring,
    "rotor": add_rotor,
    "pulley": add_pulley,
    "rope": add_rope,
    "chain": add_rope,
    "cloth": add_cloth,
    "bridge": add_bridge,
    "turntable": add_turntable,
    "conveyor": add_conveyor,
    "elevator": add_elevator,
    "drawers": add_drawers,
    "gears": add_gears,
    "crank_slider": add_crank_slider,
    "linkage": add_linkage,
    "universal_joint": add_universal_joint,
    "scara": add_scara,
    "excavator": add_excavator,
    "swing_set": add_swing_set,
    "crane": add_crane,
    "table_pulley": add_table_pulley,
    "rotary_pendulum": add_rotary_pendulum,
    "doll": add_doll,
    "crawler": add_crawler,
    "snake": add_snake,
    "drone": add_drone,
}


@dataclass(frozen=True, slots=True)
class Built:
    """MJCF with what is known of it.

    Attributes:
        xml: compiles, and names no file.
        placed: every element, where it starts.
        bodies: by id of the thing, the body of each element.
        ties: by id of the thing, the tendon or equality of each.
    """

    xml: str
    placed: tuple[Placed, ...]
    bodies: dict[int, list[str]]
    ties: dict[int, list[str]]


@dataclass(frozen=True, slots=True)
class Repair:
    """What a scene that failed its checks is built again with."""

    spread: float = 1.0
    lift: float = 0.0
    timestep: float = 1.0
    friction: float = 1.0
    closer: float = 1.0
    farther: float = 0.0


def build(scene: Scene, title: str, story: str, *, seed: int = 0, repair: Repair | None = None) -> Built:
    """Place `scene` and write it as MJCF.

    Raises:
        SceneInvalid: it cannot be placed or asks for sizes, masses or speeds that cannot be simulated.
    """
    repair = repair or Repair()
    if repair.friction != 1.0:
        things = tuple(
            replace(t, friction=(t.friction or 0.7) * repair.friction) if _plain_solid(t) else t for t in scene.things
        )
        scene = replace(scene, things=things)
    layout = Layout(
        without_ties(set_apart(scene)),
        seed,
        spread=repair.spread,
        lift=repair.lift,
        closer=repair.closer,
        farther=repair.farther,
    )
    placed = _aimed(layout.run(), scene)
    stage = Stage.empty(title)
    _world(stage, scene, placed)
    for one, name in zip(placed, _names(stage, placed), strict=True):
        stage.bodies.setdefault(one.thing.id, []).append(_add(stage, one, name, scene.world.gravity))
    add_ties(stage, scene, placed)
    _float(stage, scene)
    add_instruments(stage, placed)
    _features(stage, scene, placed)
    stage.spec.option.timestep = (scene.world.timestep or _timestep(stage, scene)) * repair.timestep
    if scene.world.integrator:
        stage.spec.option.integrator = _INTEGRATORS[scene.world.integrator]
    stage.spec.add_text(name=STORY, data=story)
    _begin(stage)
    return Built(stage.spec.to_xml(), tuple(placed), stage.bodies, stage.ties)


def _plain_solid(thing: Thing) -> bool:
    return KINDS[thing.kind].sort == "solid" and thing.friction is None and thing.material not in ("ice", "teflon")


def _add(stage: Stage, one: Placed, name: str, gravity: float) -> str:
    sort, stage.unpowered = KINDS[one.thing.kind].sort, one.thing.unpowered
    if sort == "solid":
        return add_solid(stage, one, name, gravity)
    if sort == "furniture":
        made = add_furniture(stage, one, name)
        if one.thing.fixed is False:  # `make the table movable`
            stage.spec.body(made).add_freejoint(name=made)
        return made
    if sort == "robot":
        return add_robot(stage, one, name)
    return _MACHINES[one.thing.kind](stage, one, name)


def _names(stage: Stage, placed: list[Placed]) -> list[str]:
    """`red_box`, `ball_3`: the noun, with what tells it apart from others."""
    nouns: dict[str, set[int]] = {}
    for one in placed:
        nouns.setdefault(_noun(one.thing), set()).add(one.thing.id)
    found = []
    numbers: dict[tuple[int, str], int] = {}
    for one in placed:
        noun = _noun(one.thing)
        thing = one.thing
        adjective = (
            thing.colours[0] if len(thing.colours) == 1 and thing.colours[0] != VARIOUS else thing.material or ""
        )
        adjective = "" if thing.name or adjective in noun.split("_") else adjective
        base = re.sub(r"\W+", "_", f"{adjective}_{noun}".strip("_").lower())
        total = sum(1 for other in placed if other.thing.id == thing.id)
        key = (thing.id, base)
        numbers[key] = numbers.get(key, 0) + 1
        found.append(stage.name(base if total == 1 else f"{base}_{numbers[key]}"))
    return found


def _noun(thing: Thing) -> str:
    return thing.name or {"catapult": "catapult"}.get(thing.kind, thing.noun)


def _aimed(placed: list[Placed], scene: Scene) -> list[Placed]:
    """Give what moves at something the velocity for it."""
    out = []
    for one in placed:
        motion = one.thing.motion
        if (
            motion is None
            or motion.target is None
            or not scene.has(motion.target)
            or KINDS[one.thing.kind].sort != "solid"
            or hangs(one.thing)
            or thrower_of(scene, one.thing) is not None
        ):
            out.append(one)
            continue
        targets = [other for other in placed if other.thing.id == motion.target]
        if follows_a_curve(targets[0].thing):
            targets = list(first_two(targets)[:1])
        middle = (
            sum(t.base[0] for t in targets) / len(targets),
            sum(t.base[1] for t in targets) / len(targets),
            (min(t.base[2] for t in targets) + max(t.top for t in targets)) / 2,
        )
        if targets[0].thing.kind == "board":  # its middle, not that of its post
            middle = (*middle[:2], targets[0].base[2] + dims_of(targets[0].thing)["height"])
        velocity = aim(one, middle, scene.world.gravity)
        first = targets[0]
        if first.thing.kind == "bin" and motion.kind == "thrown" and motion.speed is None and motion.angle_deg is None:
            velocity = lob(one, (first.base[0], first.base[1], first.top), scene.world.gravity)
        if motion.over:
            wide = max(abs(t.base[0] - middle[0]) + max(t.foot.x, 0.02) for t in targets)
            velocity = fly_over(one, (*middle[:2], max(t.top for t in targets)), wide, scene.world.gravity)
        if motion.kind == "rolling" or rolls(one, scene.world.gravity):
            r = one.foot.height / 2
            out.append(replace(one, velocity=velocity, spin=rolling_spin(velocity, r, one)))
        else:
            out.append(replace(one, velocity=velocity))
    return out


def _world(stage: Stage, scene: Scene, placed: list[Placed]) -> None:
    world, option = scene.world, stage.spec.option
    option.gravity = [0, 0, -world.gravity]
    option.density, option.viscosity, option.wind = world.density, world.viscosity, list(world.wind)
    if world.floor:
        reach_x = max([abs(one.base[0]) + one.foot.x for one in placed], default=1.0)
        reach_y = max([abs(one.base[1]) + one.foot.y for one in placed], default=1.0)
        half_x = max(1.5, 0.5 * math.ceil(2 * (1.25 * reach_x + 0.6)))
        half_y = max(1.25, 0.5 * math.ceil(2 * (1.25 * reach_y + 0.8)))
        stage.floor(world, half_x, half_y)
        if world.floor_relief:
            add_terrain(stage, placed, world.floor_relief, half_x, half_y)


def _timestep(stage: Stage, scene: Scene) -> float:
    bodies = len(stage.spec.bodies)
    steps = [stage.timestep, 0.002]
    if scene.world.gravity > 30:
        steps.append(0.001)
    return min(steps) if bodies <= 120 or min(steps) < 0.002 else 0.003


def _float(stage: Stage, scene: Scene) -> None:
    """In a liquid, what is lighter than it rises: buoyancy as gravity compensation, by density."""
    if scene.world.density < 100:
        return
    model = stage.spec.compile()
    for thing in scene.things:
        if KINDS[thing.kind].sort != "solid" or hangs(thing):
            continue
        for name in stage.bodies.get(thing.id, []):
            body = model.body(name)
            geoms = range(body.geomadr[0], body.geomadr[0] + body.geomnum[0])
            volume = sum(_volume(model, int(geom)) for geom in geoms)
            if is_hull(shape_of(thing, dims_of(thing))[0]):
                volume = solid_volume(*shape_of(thing, dims_of(thing)))
            stage.spec.body(name).gravcomp = min(3.0, scene.world.density * volume / float(body.mass[0]))


def _volume(model: mujoco.MjModel, geom: int) -> float:
    a, b, c = (float(x) for x in model.geom_size[geom])
    kind = int(model.geom_type[geom])
    kinds = mujoco.mjtGeom
    if kind == kinds.mjGEOM_SPHERE:
        return 4 / 3 * math.pi * a**3
    if kind == kinds.mjGEOM_BOX:
        return 8 * a * b * c
    if kind == kinds.mjGEOM_ELLIPSOID:
        return 4 / 3 * math.pi * a * b * c
    return 2 * math.pi * a * a * b + (4 / 3 * math.pi * a**3 if kind == kinds.mjGEOM_CAPSULE else 0.0)


def _features(stage: Stage, scene: Scene, placed: list[Placed]) -> None:
    """Motors and sensors that were asked for and that a builder has not made."""
    spec = stage.spec
    driven = {str(actuator.target) for actuator in spec.actuators}
    if scene.world.motors:
        for joint in list(spec.joints):
            if (
                joint.type in (mujoco.mjtJoint.mjJNT_HINGE, mujoco.mjtJoint.mjJNT_SLIDE)
                and joint.name not in driven
                and "wheel" not in str(joint.name)
            ):
                stage.motor(f"{joint.name}_motor", str(joint.name), 5.0)
    add_cameras(stage, scene, placed)
    add_lights(stage, scene, placed)
    sensed = {str(sensor.name) for sensor in spec.sensors}
    for one in placed:
        thing = one.thing
        names = stage.bodies[thing.id]
        if not (thing.sensors or scene.world.sensors) or KINDS[thing.kind].sort == "furniture":
            continue
        for name in names:
            if f"{name}_position" not in sensed and spec.body(name) is not None:
                stage.sensor(f"{name}_position", "framepos", name)
                stage.sensor(f"{name}_velocity", "framelinvel", name)
                sensed.add(f"{name}_position")


def _begin(stage: Stage) -> None:
    """The keyframe `start`: qpos, qvel and ctrl as the builders noted them, by name; and cameras that see it."""
    spec = stage.spec
    model = spec.compile()
    qpos, qvel, ctrl = np.array(model.qpos0), np.zeros(model.nv), np.zeros(model.nu)
    for name, value in stage.start.items():
        at = int(model.jnt_qposadr[model.joint(name).id])
        qpos[at : at + len(value)] = value
    for name, value in stage.start_speed.items():
        at = int(model.jnt_dofadr[model.joint(name).id])
        qvel[at : at + len(value)] = value
    for name, number in stage.start_ctrl.items():
        ctrl[model.actuator(name).id] = number
    add_framing(spec, model, qpos, qvel)
    spec.visual.map.zfar, spec.visual.map.znear = 40, 0.02
    key: dict[str, Any] = {"qpos": qpos.tolist(), "qvel": qvel.tolist(), "ctrl": ctrl.tolist()}
    spec.add_key(name="start", **key)
    spec.compile()
