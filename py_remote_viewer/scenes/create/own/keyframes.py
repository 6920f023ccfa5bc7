"""Keyframes of a model whose bodies come, go and move: each joint, actuator and mocap body keeps what it had.

Child process only: imports mujoco.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import mujoco
import numpy as np


@dataclass(frozen=True, slots=True)
class Kept:
    """One keyframe by names: the slices of `qpos` and `qvel` of each joint, `ctrl` and `act` of each actuator."""

    name: str
    time: float
    qpos: dict[str, np.ndarray]
    qvel: dict[str, np.ndarray]
    ctrl: dict[str, float]


def name_all(spec: mujoco.MjSpec) -> None:
    """Give every body, joint and actuator without a name one, so that it can be found again."""
    for kind, elements in (("body", spec.bodies), ("joint", spec.joints), ("actuator", spec.actuators)):
        taken = {one.name for one in elements}
        for number, one in enumerate(elements):
            if not one.name and kind != "world":
                name = next(n for n in (f"{kind}_{number}{'x' * i}" for i in range(9)) if n not in taken)
                one.name = name
                taken.add(name)


def taken_out(spec: mujoco.MjSpec, model: mujoco.MjModel) -> list[Kept]:
    """The keyframes of `spec`, which has none afterwards."""
    kept = []
    for number in range(model.nkey):
        qpos, qvel = _by_joint(model, model.key_qpos[number], model.key_qvel[number])
        ctrl = {model.actuator(one).name: float(model.key_ctrl[number][one]) for one in range(model.nu)}
        kept.append(Kept(model.key(number).name, float(model.key_time[number]), qpos, qvel, ctrl))
    for key in list(spec.keys):
        spec.delete(key)
    spec.nkey = 0  # else as many empty ones are kept as there were
    return kept


def put_back(spec: mujoco.MjSpec, kept: list[Kept], moved: dict[str, np.ndarray], started: Kept | None) -> None:
    """Give `spec` its keyframes again: free joints in `moved` elsewhere by so much, what is new as it is in `started`."""
    model = spec.compile()
    if started is not None and not kept and any(value.any() for value in started.qvel.values()):
        kept = [Kept("start", 0.0, {}, {}, {})]
    for one in kept:
        qpos, qvel, ctrl = model.qpos0.copy(), np.zeros(model.nv), np.zeros(model.nu)
        for joint in range(model.njnt):
            name = model.joint(joint).name
            at, dof = model.jnt_qposadr[joint], model.jnt_dofadr[joint]
            new = started if started is not None and name in started.qpos and name not in one.qpos else one
            if name in new.qpos:
                qpos[at : at + len(new.qpos[name])] = new.qpos[name]
                qvel[dof : dof + len(new.qvel[name])] = new.qvel[name]
            if name in moved and model.jnt_type[joint] == mujoco.mjtJoint.mjJNT_FREE and name in one.qpos:
                qpos[at : at + 3] += moved[name]
        for actuator in range(model.nu):
            name = model.actuator(actuator).name
            values = one.ctrl if name in one.ctrl or started is None else started.ctrl
            ctrl[actuator] = values.get(name, 0.0)
        fields: dict[str, Any] = {"name": one.name, "time": one.time, "qpos": qpos, "qvel": qvel}
        spec.add_key(**fields, **({"ctrl": ctrl} if model.nu else {}))


def of_start(model: mujoco.MjModel, prefix: str) -> Kept | None:
    """The first keyframe of what is added, under the names that it gets."""
    if not model.nkey:
        return None
    qpos, qvel = _by_joint(model, model.key_qpos[0], model.key_qvel[0])
    ctrl = {prefix + model.actuator(one).name: float(model.key_ctrl[0][one]) for one in range(model.nu)}
    named = ({prefix + name: value for name, value in each.items()} for each in (qpos, qvel))
    return Kept("start", 0.0, next(named), next(named), ctrl)


def _by_joint(
    model: mujoco.MjModel, qpos: np.ndarray, qvel: np.ndarray
) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    sizes = {0: (7, 6), 1: (4, 3), 2: (1, 1), 3: (1, 1)}
    positions, velocities = {}, {}
    for joint in range(model.njnt):
        wide, free = sizes[int(model.jnt_type[joint])]
        at, dof, name = model.jnt_qposadr[joint], model.jnt_dofadr[joint], model.joint(joint).name
        positions[name] = np.array(qpos[at : at + wide])
        velocities[name] = np.array(qvel[dof : dof + free])
    return positions, velocities
