"""Robots and machines from the catalogue, put into a scene whole. Child process only: imports mujoco."""

from __future__ import annotations

from functools import cache

import mujoco

from py_remote_viewer.scenes.create.bodies.stage import Stage
from py_remote_viewer.scenes.create.layout.placed import Placed
from py_remote_viewer.scenes.create.things.sizes import matrix, times
from py_remote_viewer.scenes.presets import preset_xml

_PRESETS = {
    "humanoid": "standing_humanoid",
    "quadruped": "quadruped",
    "marble_run": "marble_run",
    "pendulum_wave": "pendulum_wave",
    "wave_machine": "wave_machine",
}
_LEFT_OUT = frozenset({"floor", "stage", "podium"})


@cache
def warm_up() -> None:
    """Read the files now: a child of the compile forkserver can open none."""
    for name in _PRESETS.values():
        preset_xml(name)


def add_robot(stage: Stage, placed: Placed, name: str) -> str:
    """Attach it at its place; its first keyframe is where it starts."""
    preset = _PRESETS[placed.thing.kind]
    child = mujoco.MjSpec.from_string(preset_xml(preset))
    own_timestep, untouched = (
        float(child.option.timestep),
        bool(child.option.disableflags & int(mujoco.mjtDisableBit.mjDSBL_CONTACT)),
    )
    for setting in (
        "timestep",
        "integrator",
        "cone",
        "impratio",
        "iterations",
        "gravity",
        "disableflags",
        "enableflags",
    ):
        setattr(child.option, setting, getattr(stage.spec.option, setting))  # one simulation has one of each
    key = child.keys[0] if child.keys else None
    model = child.compile()
    qpos = list(key.qpos) if key is not None else list(model.qpos0)
    ctrl = list(key.ctrl) if key is not None else []
    joints = [(model.joint(i).name, int(model.jnt_qposadr[i]), int(model.jnt_type[i])) for i in range(model.njnt)]
    actuators = [model.actuator(i).name for i in range(model.nu)]
    if untouched:
        for geom in child.geoms:
            geom.contype = geom.conaffinity = 0
    for geom in list(child.worldbody.geoms):
        if geom.name in _LEFT_OUT:
            child.delete(geom)
    for one in [
        *child.keys,
        *child.worldbody.lights,
        *child.worldbody.cameras,
        *(t for t in child.tendons if t.name == "leash"),
    ]:
        child.delete(one)
    lift = 0.0
    prefix = f"{name}_"
    quat = placed.quat
    at = stage.spec.worldbody.add_frame(pos=[placed.base[0], placed.base[1], placed.base[2] + lift], quat=list(quat))
    stage.spec.attach(child, prefix=prefix, frame=at)
    root = next(str(body.name) for body in stage.spec.worldbody.bodies if str(body.name).startswith(prefix))
    for joint, address, kind in joints:
        width = {0: 7, 1: 4}.get(kind, 1)
        value = qpos[address : address + width]
        if width == 7:
            value = _in_world(value, placed)
        stage.start[prefix + joint] = value
    for actuator, value in zip(actuators, ctrl, strict=False):
        if actuator not in ("bounce", "groove", "sway", "rock"):
            stage.start_ctrl[prefix + actuator] = float(value)
    stage.timestep = min(stage.timestep, own_timestep)
    return root


def _in_world(pose: list[float], placed: Placed) -> list[float]:
    """Position and quaternion of a free body of the robot, moved and turned with it."""
    rows = matrix(placed.quat)
    x, y, z = (sum(rows[i][j] * pose[j] for j in range(3)) + placed.base[i] for i in range(3))
    if placed.thing.kind == "quadruped":
        z = placed.base[2] + 0.345
    return [x, y, z, *times(placed.quat, (pose[3], pose[4], pose[5], pose[6]))]
