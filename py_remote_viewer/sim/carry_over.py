"""What goes on when a model is exchanged for a changed one while it runs: pose, velocity, activations and controls.

Which joint of the new model is which of the old one is decided on names alone (`matched`, pure); `carry_over` then copies
numbers where types agree. A part without a name is found by its place: the k-th nameless one below the same parent, as
long as both models have equally many there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import mujoco
import numpy as np

from py_remote_viewer.sim.simulation import Simulation

_ACTUATOR_KIND = ("actuator_trntype", "actuator_dyntype", "actuator_gaintype", "actuator_biastype", "actuator_actnum")


@dataclass(frozen=True, slots=True)
class Items:
    """Bodies, joints or actuators of one model, in order of their ids.

    Attributes:
        names: "" for a nameless one.
        owners: the body that each belongs to; for a body its parent, which comes before it.
    """

    names: Sequence[str]
    owners: Sequence[int]


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """How much of the new model goes on where the old one stood, of how many it has.

    Attributes:
        reason: why nothing was taken, in words; empty otherwise.
        same_layout: a state of the one model is one of the other: the same joints, actuators and mocap bodies, in order.
    """

    joints: int = 0
    joints_of: int = 0
    actuators: int = 0
    actuators_of: int = 0
    mocaps: int = 0
    mocaps_of: int = 0
    reason: str = ""
    same_layout: bool = False


def matched(new: Items, old: Items, owners: Sequence[int | None] | None = None) -> list[int | None]:
    """For each item of `new` the item of `old` that it is, or None.

    Args:
        new: of the model that comes.
        old: of the model that goes.
        owners: for each owner of `new` which owner of `old` it is; None when the items own each other, as bodies do.
    """
    by_name = {name: index for index, name in enumerate(old.names) if name}
    ours, theirs = _nameless(new), _nameless(old)
    rank = {item: place for items in ours.values() for place, item in enumerate(items)}
    found: list[int | None] = []
    for index, name in enumerate(new.names):
        if name:
            found.append(by_name.get(name))
            continue
        owner = (found if owners is None else owners)[new.owners[index]]
        candidates = [] if owner is None else theirs.get(owner, [])
        same = len(candidates) == len(ours[new.owners[index]])
        found.append(candidates[rank[index]] if same else None)
    return found


def _nameless(items: Items) -> dict[int, list[int]]:
    """The nameless ones by their owner."""
    found: dict[int, list[int]] = {}
    for index, name in enumerate(items.names):
        if not name:
            found.setdefault(items.owners[index], []).append(index)
    return found


def carry_over(new: Simulation, old: Simulation) -> CarriedOver:
    """Put `new`, which stands at its start, where `old` stands, as far as the models agree.

    Time goes on. A joint keeps position and velocity when its type and its reference position (`qpos0`) are the same: who
    moved a body in the text wants to see it there. An actuator keeps its control and activation when its transmission and
    dynamics are of the same kind. Everything else stays at the start of `new`; and so does all of it when `old` has
    diverged, or when `new` would diverge at once.
    """
    model, data = new.model, new.data
    nothing = CarriedOver(0, model.njnt, 0, model.nu, 0, model.nmocap)
    if old.diverged_at is not None:
        return replace(nothing, reason="the simulation had diverged")
    bodies = matched(_bodies(model), _bodies(old.model))
    joints = _carry_joints(new, old, bodies)
    actuators = _carry_actuators(new, old)
    mocaps = _carry_mocaps(new, old, bodies)
    data.time = old.data.time
    mujoco.mj_forward(model, data)
    state = new.state()
    if not (np.isfinite(state).all() and np.isfinite(data.qacc).all()):
        new.reset()
        return replace(nothing, reason="the changed model would diverge in this pose")
    new.restore(state)
    return CarriedOver(joints, model.njnt, actuators, model.nu, mocaps, model.nmocap, "", _same_layout(new, old))


def _carry_joints(new: Simulation, old: Simulation, bodies: list[int | None]) -> int:
    ours, theirs = new.model, old.model
    kept = 0
    for joint, before in enumerate(matched(_joints(ours), _joints(theirs), bodies)):
        if before is None or ours.jnt_type[joint] != theirs.jnt_type[before]:
            continue
        nq, nv = _WIDTHS[int(ours.jnt_type[joint])]
        to_q, from_q = _span(ours.jnt_qposadr[joint], nq), _span(theirs.jnt_qposadr[before], nq)
        if not np.allclose(ours.qpos0[to_q], theirs.qpos0[from_q], rtol=0, atol=1e-9):
            continue
        to_v, from_v = _span(ours.jnt_dofadr[joint], nv), _span(theirs.jnt_dofadr[before], nv)
        new.data.qpos[to_q] = old.data.qpos[from_q]
        new.data.qvel[to_v] = old.data.qvel[from_v]
        new.data.qacc_warmstart[to_v] = old.data.qacc_warmstart[from_v]
        kept += 1
    return kept


def _carry_actuators(new: Simulation, old: Simulation) -> int:
    ours, theirs = new.model, old.model
    kept = 0
    for index, before in enumerate(matched(_actuators(ours), _actuators(theirs), [0])):
        if before is None or any(getattr(ours, one)[index] != getattr(theirs, one)[before] for one in _ACTUATOR_KIND):
            continue
        count = int(ours.actuator_actnum[index])
        if count:
            to, source = _span(ours.actuator_actadr[index], count), _span(theirs.actuator_actadr[before], count)
            new.data.act[to] = old.data.act[source]
        ctrl = old.data.ctrl[before]
        new.data.ctrl[index] = (
            np.clip(ctrl, *ours.actuator_ctrlrange[index]) if ours.actuator_ctrllimited[index] else ctrl
        )
        kept += 1
    return kept


def _carry_mocaps(new: Simulation, old: Simulation, bodies: list[int | None]) -> int:
    kept = 0
    for body in np.flatnonzero(new.model.body_mocapid >= 0):
        before = bodies[int(body)]
        if before is None or old.model.body_mocapid[before] < 0:
            continue
        start = np.concatenate([new.model.body_pos[body], new.model.body_quat[body]])
        if not np.allclose(start, [*old.model.body_pos[before], *old.model.body_quat[before]], rtol=0, atol=1e-9):
            continue
        to, source = new.model.body_mocapid[body], old.model.body_mocapid[before]
        new.data.mocap_pos[to] = old.data.mocap_pos[source]
        new.data.mocap_quat[to] = old.data.mocap_quat[source]
        kept += 1
    return kept


def _same_layout(new: Simulation, old: Simulation) -> bool:
    ours, theirs = new.model, old.model
    pairs = ((_joints(ours), _joints(theirs)), (_actuators(ours), _actuators(theirs)))
    if any(list(one.names) != list(other.names) for one, other in pairs) or new.state_bytes != old.state_bytes:
        return False
    return bool((ours.jnt_type == theirs.jnt_type).all() and (ours.actuator_actnum == theirs.actuator_actnum).all())


_WIDTHS = {  # numbers in qpos and in qvel
    int(mujoco.mjtJoint.mjJNT_FREE): (7, 6),
    int(mujoco.mjtJoint.mjJNT_BALL): (4, 3),
    int(mujoco.mjtJoint.mjJNT_SLIDE): (1, 1),
    int(mujoco.mjtJoint.mjJNT_HINGE): (1, 1),
}


def _span(start: int, count: int) -> slice:
    return slice(int(start), int(start) + count)


def _bodies(model: mujoco.MjModel) -> Items:
    return Items(_names(model, model.name_bodyadr), model.body_parentid.tolist())


def _joints(model: mujoco.MjModel) -> Items:
    return Items(_names(model, model.name_jntadr), model.jnt_bodyid.tolist())


def _actuators(model: mujoco.MjModel) -> Items:
    return Items(_names(model, model.name_actuatoradr), [0] * model.nu)


def _names(model: mujoco.MjModel, addresses: np.ndarray) -> list[str]:
    table: bytes = model.names
    starts = addresses.tolist()
    return [table[start : table.index(b"\0", start)].decode("utf-8", "replace") for start in starts]
