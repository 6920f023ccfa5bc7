"""What was sent at something is watched until it gets there: thrown, rolled, dropped, swung. Child process: imports mujoco."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass

import mujoco
import numpy as np

from py_remote_viewer.scenes.create.bodies.build import Built
from py_remote_viewer.scenes.create.layout.approach import meet
from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.things.describe import short_name
from py_remote_viewer.scenes.create.things.description import FLOOR, Scene, Thing

_WATCHED_S = 4.0
_LEAST_S = 2.0
_MOST_CPU_S = 3.0
_ONLY_SEEN = ("marker", "zone")
_THROUGH = ("goal", "hoop", "bin")  # what goes in there may touch nothing on the way


@dataclass(frozen=True, slots=True)
class Hit:
    """That thing `striker` comes to touch thing `target`."""

    striker: int
    target: int


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
                found.append(Hit(thing.id, target))
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
    began = time.process_time()
    while data.time < _watched_s(scene) and time.process_time() - began < _MOST_CPU_S:
        mujoco.mj_step(model, data)
        if data.ncon:
            pairs = owner[data.contact.geom[: data.ncon]]
            touching = {(int(one), int(other)) for one, other in pairs if one != other}
            wanted = [
                hit
                for hit in wanted
                if (hit.striker, hit.target) not in touching and (hit.target, hit.striker) not in touching
            ]
        if not wanted:
            break
    return wanted


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
    furniture = {one.thing.id for one in built.placed if KINDS[one.thing.kind].sort in ("solid", "furniture")}
    by_root = {int(roots[model.body(name).id]): thing for thing, names in built.bodies.items() for name in names}
    owners = []
    for geom in range(model.ngeom):
        body = int(model.geom_bodyid[geom])
        thing = by_root.get(int(roots[body]), -1 - geom)
        owners.append(thing if thing in furniture or not fixed[body] else -1 - geom)
    return np.array(owners)


def not_reached(hits: list[Hit], scene: Scene) -> list[str]:
    """A sentence for each."""
    return [
        f"Watched for {_watched_s(scene):.0f} s, {short_name(scene.thing(hit.striker))} does not reach "
        f"{short_name(scene.thing(hit.target))}."
        for hit in hits
    ]
