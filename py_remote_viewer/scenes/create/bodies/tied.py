"""Springs, ropes, rods and welds between bodies, as tendons and equalities. Child process only: imports mujoco."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import mujoco
import numpy as np

from py_remote_viewer.scenes.create.bodies.stage import Stage
from py_remote_viewer.scenes.create.layout.placed import Placed
from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.things.description import Scene, Thing
from py_remote_viewer.scenes.create.things.footprints import parts_of
from py_remote_viewer.scenes.create.things.sizes import dims_of, matrix
from py_remote_viewer.scenes.create.things.ties import Element, is_tie, length_of, pairs_of, stiffness_of

_WIDTH = {"coil": 0.009, "band": 0.006, "cord": 0.005, "bar": 0.012}
_HALF_PIN_M = 0.02  # of a hinge
_LOOKS = {"coil": "steel", "band": "orange", "cord": "light", "bar": "dark"}


def add_ties(stage: Stage, scene: Scene, placed: list[Placed]) -> None:
    """Join what the ties of `scene` join; `stage.ties` notes the names."""
    at = {(one.thing.id, one.index): one for one in placed}
    for tie in scene.things:
        if not is_tie(tie):
            continue
        pairs = pairs_of(scene, tie)
        made = []
        for index in range(max(tie.total, len(pairs))):
            first, second = pairs[index % len(pairs)] if pairs else ((-1, 0), (-1, 0))
            if first in at and second in at:
                name = stage.name(tie.noun if tie.total == 1 else f"{tie.noun}_{index + 1}")
                _add(stage, scene, tie, name, index, (first, second), (at[first], at[second]))
                made.append(name)
        stage.ties[tie.id] = made


def _add(
    stage: Stage, scene: Scene, tie: Thing, name: str, index: int, pair: tuple[Element, Element], ends: Sequence[Placed]
) -> None:
    bodies = [stage.spec.body(stage.bodies[one][which]) for one, which in pair]
    if tie.kind == "weld":
        stage.spec.add_equality(
            name=name,
            type=mujoco.mjtEq.mjEQ_WELD,
            objtype=mujoco.mjtObj.mjOBJ_BODY,
            name1=str(bodies[0].name),
            name2=str(bodies[1].name),
        )
        return
    if tie.kind in ("hinge", "ball_joint"):
        _hinge(stage, tie, name, bodies, ends)
        return
    spots = [_anchor(one, other) for one, other in ((ends[0], ends[1]), (ends[1], ends[0]))]
    long = float(np.linalg.norm(spots[0][1] - spots[1][1]))
    material = stage.look(tie, index, _LOOKS[tie.kind])
    tendon = stage.spec.add_tendon(name=name, width=_WIDTH[tie.kind], material=material)
    for number, (body, (local, _)) in enumerate(zip(bodies, spots, strict=True)):
        site = stage.name(f"{name}_end_{number + 1}")
        body.add_site(name=site, pos=list(local), size=[0.008, 0, 0], material=material)
        tendon.wrap_site(site)
    said = tie.dim("length", "size", "height")
    own = length_of(tie) if said is not None else long / {"coil": 1.25, "band": 1.3, "cord": 0.94, "bar": 1.0}[tie.kind]
    if tie.kind in ("coil", "band"):
        tendon.stiffness[0] = stiffness_of(scene, tie)
        tendon.damping[0] = tie.damping if tie.damping is not None else 0.05
        tendon.springlength = [own, own] if tie.kind == "coil" else [0.0, own]
        return
    if tie.kind == "cord":
        tendon.range, tendon.limited = [0.0, max(own, long)], True
        tendon.solref_limit = [0.01, 1.0]
        return
    bar = stage.spec.add_equality(
        name=stage.name(f"{name}_length"),
        type=mujoco.mjtEq.mjEQ_TENDON,
        objtype=mujoco.mjtObj.mjOBJ_TENDON,
        name1=name,
    )
    bar.solref = [0.005, 1.0]


def _hinge(stage: Stage, tie: Thing, name: str, bodies: Sequence[Any], ends: Sequence[Placed]) -> None:
    """Two points of both bodies stay together, on the axis along y half way between them; of a ball joint, one."""
    spots = [_anchor(one, other)[1] for one, other in ((ends[0], ends[1]), (ends[1], ends[0]))]
    middle = (spots[0] + spots[1]) / 2
    first = ends[0]
    lifted = first.foot.height / 2 if KINDS[first.thing.kind].sort == "solid" else 0.0
    origin = np.array([first.base[0], first.base[1], first.base[2] + lifted])
    turn = np.array(matrix(first.quat))
    for number, aside in enumerate((-_HALF_PIN_M, _HALF_PIN_M) if tie.kind == "hinge" else (0.0,)):
        spot = turn.T @ (middle + np.array([0.0, aside, 0.0]) - origin)
        pin = stage.spec.add_equality(
            name=name if number == 0 else stage.name(f"{name}_pin_{number + 1}"),
            type=mujoco.mjtEq.mjEQ_CONNECT,
            objtype=mujoco.mjtObj.mjOBJ_BODY,
            name1=str(bodies[0].name),
            name2=str(bodies[1].name),
        )
        pin.data[:3] = spot
        pin.solref = [0.005, 1.0]
    stage.spec.add_exclude(bodyname1=str(bodies[0].name), bodyname2=str(bodies[1].name))


def _anchor(one: Placed, other: Placed) -> tuple[Any, Any]:
    """Where it is fastened to `one`: in its body's frame, and in the world."""
    turn = np.array(matrix(one.quat))
    middle = np.array([one.base[0], one.base[1], one.base[2] + one.foot.height / 2])
    sort = KINDS[one.thing.kind].sort
    if sort not in ("solid", "furniture"):
        return _on_machine(one, other, turn)
    origin = middle if sort == "solid" else np.array(one.base)
    toward = np.array([other.base[0], other.base[1], other.base[2] + other.foot.height / 2]) - middle
    half = np.array([one.foot.x, one.foot.y, one.foot.height / 2])
    if any(r.kind == "hung" for r in one.thing.place):
        return turn.T @ np.array([0.0, 0.0, half[2]]), middle + np.array([0.0, 0.0, half[2]])
    if sort == "furniture":
        toward[2] = min(max(toward[2], -half[2] + 0.02), half[2] - 0.02)
        if one.thing.kind == "table":
            toward[2] = half[2] - 0.02
    level = toward.copy()
    level[2] = level[2] if sort == "furniture" else 0.0
    reach = level if np.linalg.norm(level[:2]) > 0.3 * abs(toward[2]) else toward
    share = min(h / abs(t) for h, t in zip(half, reach, strict=True) if abs(t) > 1e-9) if reach.any() else 0.0
    flat = np.array([reach[0], reach[1], 0.0]) if sort == "furniture" else reach
    if sort == "furniture" and flat.any():
        share = min(h / abs(t) for h, t in zip(half[:2], flat[:2], strict=True) if abs(t) > 1e-9)
        world = middle + share * flat + np.array([0.0, 0.0, reach[2]])
    else:
        world = middle + share * reach
    return turn.T @ (world - origin), world


def _on_machine(one: Placed, other: Placed, turn: Any) -> tuple[Any, Any]:
    """On the moving part of a machine: the cart, the rod of a pendulum, the chassis."""
    thing, side = one.thing, 1.0 if other.base[0] >= one.base[0] else -1.0
    base = np.array(one.base)
    d = dims_of(thing)
    if thing.kind == "pendulum":
        segment = d["length"] / parts_of(thing)
        local = np.array([0.0, 0.0, -0.7 * segment])
        return local, base + np.array([0.0, 0.0, d["length"] + 0.25]) + local
    if thing.kind == "car":
        radius = 0.065 * d["length"] / 0.5
        local = np.array([side * d["length"] / 2, 0.0, 0.03 * d["length"] / 0.5])
        return turn.T @ local, base + np.array([0.0, 0.0, radius + 0.002]) + local
    if thing.kind in ("cart_pole", "slider"):
        height = max(0.4, d["length"] + 0.1) if thing.kind == "cart_pole" else 0.35
        local = np.array([side * (0.15 if thing.kind == "cart_pole" else 0.09), 0.0, 0.0])
        return local, base + np.array([0.0, 0.0, height]) + local
    local = np.zeros(3)
    return local, base + np.array([0.0, 0.0, one.foot.height / 2])
