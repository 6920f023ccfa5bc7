"""What was sent at something is watched until it gets there: thrown, rolled, dropped, swung. Child process: imports mujoco."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace

import mujoco
import numpy as np

from py_remote_viewer.scenes.create.bodies.build import Built
from py_remote_viewer.scenes.create.layout.approach import meet, thrower_of
from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.things.describe import short_name
from py_remote_viewer.scenes.create.things.description import FLOOR, Scene, Thing

_WATCHED_S = 4.0
_LEAST_S = 2.0
_BLOW_STEPS = 5  # in which a blow is over
_MOST_CPU_S = 3.0
_ONLY_SEEN = ("marker", "zone")
_THROUGH = ("goal", "hoop", "bin", "ring")  # what goes in there may touch nothing on the way


@dataclass(frozen=True, slots=True)
class Hit:
    """That thing `striker` comes to touch thing `target`, or flies over it.

    `farther` is by how much the target would have to stand farther along x, m, where what is thrown at it falls short of
    it or flies too far.
    """

    striker: int
    target: int
    over: bool = False
    farther: float | None = None


def hits_wanted(scene: Scene) -> list[Hit]:
    """What the words send at something, or let fall on it; ties and what is only seen are not touched."""
    found = []
    for thing in scene.things:
        motion = thing.motion
        if motion is None:
            continue
        targets = [motion.target] if motion.target is not None else []
        if motion.kind == "falling":
            targets += [r.targets[0] for r in thing.place if r.kind == "above" and len(r.targets) == 1]
        targets += [r.targets[0] for r in thing.place if _comes_at(scene, thing, r.targets[0])]
        for target in dict.fromkeys(targets):
            if target != FLOOR and scene.has(target) and _solid(scene.thing(target)):
                found.append(Hit(thing.id, target, motion.over))
    return found


def _comes_at(scene: Scene, thing: Thing, target: int) -> bool:
    return target != FLOOR and scene.has(target) and meet(thing, scene.thing(target))


def _solid(target: Thing) -> bool:
    return KINDS[target.kind].sort != "tie" and target.kind not in (*_ONLY_SEEN, *_THROUGH)


def missed(model: mujoco.MjModel, built: Built, scene: Scene) -> list[Hit]:
    """Those of `hits_wanted` that do not come to pass within some simulated seconds."""
    wanted = [hit for hit in hits_wanted(scene) if built.bodies.get(hit.striker) and built.bodies.get(hit.target)]
    if not wanted:
        return []
    owner = _owners(model, built)
    data = mujoco.MjData(model)
    mujoco.mj_resetDataKeyframe(model, data, 0)
    mujoco.mj_forward(model, data)
    began, failed = time.process_time(), []
    flights = {hit: [_middle(model, data, built, hit.striker)] for hit in wanted}
    goals = {hit: _middle(model, data, built, hit.target) for hit in wanted}
    while wanted and data.time < _watched_s(scene) and time.process_time() - began < _MOST_CPU_S:
        mujoco.mj_step(model, data)
        pairs = owner[data.contact.geom[: data.ncon]]
        touching = {frozenset((int(one), int(other))) for one, other in pairs if one != other}
        for hit in tuple(wanted):
            flights[hit].append(_middle(model, data, built, hit.striker))
            touched = frozenset((hit.striker, hit.target)) in touching
            if touched or (hit.over and _beyond(flights[hit], goals[hit])):
                wanted.remove(hit)
                failed += [hit] if touched and hit.over else []
    step_s = float(model.opt.timestep)
    return [_with_flight(hit, scene, flights[hit], goals[hit], step_s) for hit in (*failed, *wanted)]


def _middle(model: mujoco.MjModel, data: mujoco.MjData, built: Built, thing: int) -> np.ndarray:
    """The middle of all elements of a thing, world, shape (3,)."""
    bodies = [int(model.body(name).id) for name in built.bodies[thing]]
    return np.asarray(data.subtree_com[bodies].mean(axis=0))


def _beyond(flight: list[np.ndarray], goal: np.ndarray) -> bool:
    """Whether it is on the other side now, as far as it began on this one, or a good way."""
    way = (goal - flight[0])[:2]
    far = float(np.linalg.norm(way)) or 1.0
    return float((flight[-1] - goal)[:2] @ way) / far > 0.4 * far


def _with_flight(hit: Hit, scene: Scene, flight: list[np.ndarray], goal: np.ndarray, step_s: float) -> Hit:
    """With where what a catapult throws comes down to the height of the target, or is highest above it."""
    if thrower_of(scene, scene.thing(hit.striker)) is None:
        return hit
    path = np.array(flight)
    top = int(path[:, 2].argmax())
    if hit.over:  # what struck it on its way up would have flown on
        before = path[:-_BLOW_STEPS] if len(path) > 3 * _BLOW_STEPS else path
        speed = (before[-1] - before[-_BLOW_STEPS]) / ((_BLOW_STEPS - 1) * step_s)
        onward = speed[0] * max(0.0, float(speed[2])) / max(0.1, abs(scene.world.gravity))
        at = int(before[:, 2].argmax())
        return replace(hit, farther=float(before[at, 0] + onward - goal[0]))
    low = np.flatnonzero(path[top:, 2] < goal[2])
    if path[top, 2] < goal[2]:
        return hit
    return replace(hit, farther=float(path[top + int(low[0]) if low.size else top, 0] - goal[0]))


def _watched_s(scene: Scene) -> float:
    """Long enough for the highest fall and the slowest way that was asked for."""
    heights = [thing.motion.height or thing.height or 0.0 for thing in scene.things if thing.motion is not None]
    gravity = abs(scene.world.gravity)
    fall = math.sqrt(2 * max(heights, default=0.0) / gravity) if gravity else 0.0
    return max(_WATCHED_S, _LEAST_S + fall)


def _owners(model: mujoco.MjModel, built: Built) -> np.ndarray:
    """For every geom the id of the thing that it is part of, shape (ngeom,); -1 - its own number where there is none.

    The stands and frames of machines are not what is meant by them.
    """
    roots, fixed = np.asarray(model.body_rootid), np.asarray(model.body_weldid) == 0
    whole = {one.thing.id for one in built.placed if KINDS[one.thing.kind].sort in ("solid", "furniture")}
    by_root = {int(roots[model.body(name).id]): thing for thing, names in built.bodies.items() for name in names}
    owners = []
    for geom in range(model.ngeom):
        body = int(model.geom_bodyid[geom])
        thing = by_root.get(int(roots[body]), -1 - geom)
        owners.append(thing if thing in whole or not fixed[body] else -1 - geom)
    return np.array(owners)


def not_reached(hits: list[Hit], scene: Scene) -> list[str]:
    """A sentence for each."""
    return [
        f"Watched for {_watched_s(scene):.0f} s, {short_name(scene.thing(hit.striker))} does not "
        f"{'get over' if hit.over else 'reach'} {short_name(scene.thing(hit.target))}."
        for hit in hits
    ]
