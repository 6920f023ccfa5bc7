"""Where the built things are against where the words put them: every relation, of every element, measured. Child process only.

`check.py` refuses a scene whose plain relations do not hold; here the rest is measured: each relation that a thing has, with
its distance, its `each` and the element it names, and the gaps and radii that were said. What is not so is told, word by word.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import mujoco
import numpy as np

from py_remote_viewer.scenes.create.bodies.build import Built
from py_remote_viewer.scenes.create.checks.unmet import Unmet
from py_remote_viewer.scenes.create.layout.fronts import side_in_world
from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.things.description import FLOOR, Relation, Scene, Thing
from py_remote_viewer.scenes.create.things.elements import position
from py_remote_viewer.scenes.create.things.footprints import hangs
from py_remote_viewer.scenes.create.things.sizes import dims_of

_NEAR_M = 0.8


@dataclass(frozen=True, slots=True)
class Space:
    """The box around one element, world axes, m."""

    low: np.ndarray
    high: np.ndarray

    @property
    def middle(self) -> np.ndarray:
        """Its centre, shape (3,)."""
        return np.asarray((self.low + self.high) / 2)

    @property
    def half(self) -> np.ndarray:
        """Half its sides, shape (3,)."""
        return np.asarray((self.high - self.low) / 2)


def misplaced(model: mujoco.MjModel, built: Built, scene: Scene) -> list[Unmet]:
    """Relations, gaps and radii that were understood and that the model does not show at its start."""
    data = mujoco.MjData(model)
    mujoco.mj_resetDataKeyframe(model, data, 0)
    mujoco.mj_forward(model, data)
    spaces = _spaces(model, data, built)
    found: list[Unmet] = []
    for thing in scene.things:
        mine = spaces.get(thing.id, [])
        if not mine:
            continue
        for relation in thing.place:
            if _measurable(scene, thing, relation) and not _holds(scene, thing, relation, mine, spaces):
                found.append(Unmet(thing.id, "place", relation))
        found += _gaps(thing, mine)
    return found


def _spaces(model: mujoco.MjModel, data: mujoco.MjData, built: Built) -> dict[int, list[Space]]:
    """The box of each element, with all that hangs on its body."""
    root = np.arange(model.nbody)
    wanted = {
        int(model.body(name).id): (thing, at) for thing, names in built.bodies.items() for at, name in enumerate(names)
    }
    for body in range(1, model.nbody):
        root[body] = body if body in wanted else root[model.body_parentid[body]]
    low, high = np.full((model.nbody, 3), np.inf), np.full((model.nbody, 3), -np.inf)
    for geom in range(model.ngeom):
        matrix = data.geom_xmat[geom].reshape(3, 3)
        half = np.abs(matrix) @ model.geom_aabb[geom, 3:]
        if model.geom_type[geom] == mujoco.mjtGeom.mjGEOM_SPHERE:
            half = np.full(3, model.geom_size[geom, 0])
        centre = data.geom_xpos[geom] + matrix @ model.geom_aabb[geom, :3]
        body = root[model.geom_bodyid[geom]]
        low[body], high[body] = np.minimum(low[body], centre - half), np.maximum(high[body], centre + half)
    return {
        thing: [Space(low[model.body(name).id], high[model.body(name).id]) for name in names]
        for thing, names in built.bodies.items()
    }


def _measurable(scene: Scene, thing: Thing, relation: Relation) -> bool:
    """Whether the words alone say where it begins: what flies, swings or was moved since does not."""
    if hangs(thing) or any(thing.shift) or thing.at is not None or relation.kind not in _RULES:
        return False
    if KINDS[thing.kind].sort in ("soft", "robot") or (thing.kind == "pendulum" and relation.kind == "on"):
        return False
    beside = relation.kind in ("left", "right", "front", "behind", "between") and relation.distance is None
    if not _begins_there(thing, beside=beside):
        return False
    for target in relation.targets:
        if target == FLOOR or not scene.has(target):
            return False
        other = scene.thing(target)
        if (
            any(other.shift)
            or hangs(other)
            or KINDS[other.kind].sort in ("soft", "robot", "machine")
            or other.bob == "load"
        ):
            return False
        if other.motion is not None and not (beside and _begins_there(other, beside=True)):
            return False
    return True


def _begins_there(thing: Thing, *, beside: bool) -> bool:
    """Whether it is at the start where it was put, though it moves: what runs along the ground is, beside others."""
    motion = thing.motion
    if motion is None or motion.kind in ("resting", "spinning"):
        return True
    return beside and motion.kind in ("rolling", "sliding", "moving") and motion.target is None


def _holds(scene: Scene, thing: Thing, relation: Relation, mine: list[Space], spaces: dict[int, list[Space]]) -> bool:
    theirs = [space for target in relation.targets for space in spaces.get(target, [])]
    if not theirs or not all(np.isfinite(space.low).all() for space in (*mine, *theirs)):
        return True
    if relation.index is not None:
        theirs = [theirs[position(relation.index, len(theirs)) % len(theirs)]]
    rule = _RULES[side_in_world(scene, relation)]
    if relation.each and relation.kind in ("on", "above", "inside", "near", "left", "right", "front", "behind"):
        return _each(rule, thing, relation, mine, theirs)
    return rule(thing, relation, mine, theirs)


_Rule = Callable[[Thing, Relation, list[Space], list[Space]], bool]


def _each(rule: _Rule, thing: Thing, relation: Relation, mine: list[Space], theirs: list[Space]) -> bool:
    """As many at every element of the target."""
    share, rest = divmod(len(mine), len(theirs))
    if rest or share == 0:
        return False
    return all(rule(thing, relation, mine[at * share : (at + 1) * share], [one]) for at, one in enumerate(theirs))


def _hull(spaces: list[Space]) -> Space:
    return Space(np.min([one.low for one in spaces], axis=0), np.max([one.high for one in spaces], axis=0))


def _over(one: Space, other: Space, slack: float = 0.0) -> bool:
    """Whether they overlap seen from above."""
    return bool(((one.low[:2] < other.high[:2] + slack) & (one.high[:2] > other.low[:2] - slack)).all())


def _lowest(spaces: list[Space]) -> list[Space]:
    """Those that carry the others: the ones with nothing of their own below them."""
    return [
        one
        for one in spaces
        if not any(
            other is not one and other.high[2] <= one.low[2] + 0.01 and _over(one, other, -0.005) for other in spaces
        )
    ]


def _on(thing: Thing, relation: Relation, mine: list[Space], theirs: list[Space]) -> bool:
    level = thing.height is None and thing.motion is None
    for one in _lowest(mine):
        below = [other for other in theirs if _over(one, other, 0.005) and one.low[2] > other.low[2] - 0.002]
        if not below:
            return False
        if level and thing.kind == "ball" and all(abs(one.low[2] - other.high[2]) < 0.004 for other in below):
            inside = any(_within(one.middle, other, 0.01) for other in below)
            if not inside and len(below) < 2:
                return False
    return True


def _within(point: np.ndarray, other: Space, slack: float) -> bool:
    return bool(((point[:2] > other.low[:2] - slack) & (point[:2] < other.high[:2] + slack)).all())


def _inside(_thing: Thing, _relation: Relation, mine: list[Space], theirs: list[Space]) -> bool:
    hull = _hull(theirs)
    return all(_within(one.middle, hull, 0.0) for one in mine)


def _above(_thing: Thing, relation: Relation, mine: list[Space], theirs: list[Space]) -> bool:
    hull = _hull(theirs)
    for one in mine:
        if one.low[2] < min(other.high[2] for other in theirs) - 0.01 or not _over(one, hull, 0.1):
            return False
    gap = min(one.low[2] for one in mine) - hull.high[2]
    return relation.distance is None or abs(gap - relation.distance) < 0.02


def _under(_thing: Thing, _relation: Relation, mine: list[Space], theirs: list[Space]) -> bool:
    hull = _hull(theirs)
    return all(one.high[2] < hull.high[2] + 0.01 and _over(one, hull) for one in mine)


def _aside(axis: int, sign: int) -> _Rule:
    def rule(_thing: Thing, relation: Relation, mine: list[Space], theirs: list[Space]) -> bool:
        one, other = _hull(mine), _hull(theirs)
        gap = float(one.low[axis] - other.high[axis] if sign > 0 else other.low[axis] - one.high[axis])
        if gap < -0.01:
            return False
        return relation.distance is None or abs(gap - relation.distance) < 0.02 + 0.03 * relation.distance

    return rule


def _near(_thing: Thing, relation: Relation, mine: list[Space], theirs: list[Space]) -> bool:
    gaps = [float(np.max([other.low - one.high, one.low - other.high])) for one in mine for other in theirs]
    nearest = min(gaps)
    if relation.distance is not None:
        flat = min(float(np.max([o.low - m.high, m.low - o.high], axis=0)[:2].max()) for m in mine for o in theirs)
        return abs(flat - relation.distance) < 0.02
    size = max(float(_hull(mine).half.max()), float(_hull(theirs).half.max()))
    return nearest < _NEAR_M + size


def _between(_thing: Thing, relation: Relation, mine: list[Space], theirs: list[Space]) -> bool:
    hull = _hull(theirs)
    middle = _hull(mine).middle
    if len(theirs) < 2:
        return False
    if len(theirs) > 2:
        return _within(middle, hull, 0.02)
    first, second = theirs[0].middle[:2], theirs[1].middle[:2]
    along = second - first
    length = float(np.linalg.norm(along))
    if length < 1e-6:
        return False
    for one in mine:
        share = float((one.middle[:2] - first) @ along) / length**2
        aside = float(np.linalg.norm(one.middle[:2] - first - share * along))
        if not 0.0 < share < 1.0 or aside > max(0.1, 0.5 * length):
            return False
    return _level(mine, theirs)


def _level(mine: list[Space], theirs: list[Space]) -> bool:
    """Neither wholly above nor wholly below."""
    one, other = _hull(mine), _hull(theirs)
    return bool(one.low[2] < other.high[2] + 0.01 and one.high[2] > other.low[2] - 0.01)


def _around(_thing: Thing, _relation: Relation, mine: list[Space], theirs: list[Space]) -> bool:
    centre = _hull(theirs).middle[:2]
    if len(mine) < 3:
        return True
    angles = sorted(math.atan2(one.middle[1] - centre[1], one.middle[0] - centre[0]) for one in mine)
    gaps = [b - a for a, b in itertools.pairwise(angles)]
    widest = max([*gaps, angles[0] + 2 * math.pi - angles[-1]])
    return widest < math.pi + 0.1


def _spot(_thing: Thing, relation: Relation, mine: list[Space], theirs: list[Space]) -> bool:
    one, target = _hull(mine), theirs[0]
    return all(_towards(one, target, axis, sign) for axis, sign in enumerate(relation.spot) if sign)


def _towards(one: Space, target: Space, axis: int, sign: int) -> bool:
    """Whether it is on that side of the middle, and near the edge there."""
    aside = sign * float(one.middle[axis] - target.middle[axis])
    left = float(target.half[axis] - aside - one.half[axis])
    return aside > 0 and left < max(0.06, 0.3 * float(target.half[axis]))


def _corners(thing: Thing, relation: Relation, mine: list[Space], theirs: list[Space]) -> bool:
    target = theirs[0]
    there = {
        (bool(one.middle[0] > target.middle[0]), bool(one.middle[1] > target.middle[1]))
        for one in mine
        if ((target.half - np.abs(one.middle - target.middle) - one.half)[:2] < 0.3 * target.half[:2]).all()
    }
    return len(there) >= (4 if relation.kind == "corners" else 1)


def _ends(_thing: Thing, relation: Relation, mine: list[Space], theirs: list[Space]) -> bool:
    target = _hull(theirs)
    offsets = [float(one.middle[0] - target.middle[0]) for one in mine]
    if relation.kind == "sides" and target.half[1] < 0.2 * target.half[0]:  # of a wall
        return len({bool(one.middle[1] > target.middle[1]) for one in mine}) == 2
    if relation.kind in ("ends", "sides"):
        return bool(min(offsets) < -0.2 * target.half[0] and max(offsets) > 0.2 * target.half[0])
    far = [abs(one) > 0.2 * target.half[0] for one in offsets]
    return all(far)


def _middle(_thing: Thing, _relation: Relation, mine: list[Space], theirs: list[Space]) -> bool:
    hull = _hull(theirs)
    away = np.abs(_hull(mine).middle - hull.middle)[:2]
    return bool((away <= 0.25 * hull.half[:2] + 0.02).all())


_RULES: dict[str, _Rule] = {
    "on": _on,
    "inside": _inside,
    "above": _above,
    "under": _under,
    "left": _aside(0, -1),
    "right": _aside(0, 1),
    "front": _aside(1, -1),
    "behind": _aside(1, 1),
    "near": _near,
    "between": _between,
    "around": _around,
    "spot": _spot,
    "corner": _corners,
    "corners": _corners,
    "other_corner": _corners,
    "end": _ends,
    "other_end": _ends,
    "ends": _ends,
    "sides": _ends,
    "middle": _middle,
}


def _gaps(thing: Thing, mine: list[Space]) -> Iterator[Unmet]:
    """The free space between neighbours and the size of a ring, where they were said."""
    strung = thing.pose == "strung" and thing.kind in ("rope", "chain")
    if strung and thing.spacing is not None and abs(0.9 * dims_of(thing)["length"] - thing.spacing) < 0.02:
        return  # from post to post
    if thing.spacing is not None and len(mine) == 1 and not thing.label:
        yield Unmet(thing.id, "spacing", float(thing.spacing))
    if len(mine) < 2 or not all(np.isfinite(one.low).all() for one in mine):
        return
    middles = np.array([one.middle for one in mine])
    tight = thing.arrange in ("stack", "wall", "pyramid", "pile", "scatter", "cube")
    if thing.spacing is not None and thing.groups == 1 and tight:
        yield Unmet(thing.id, "spacing", float(thing.spacing))
    elif thing.spacing is not None and thing.groups == 1:
        nearest = []
        for at, one in enumerate(mine):
            gaps = [_gap(one, other, thing) for number, other in enumerate(mine) if number != at]
            nearest.append(min(gaps))
        if abs(float(np.median(nearest)) - thing.spacing) > 0.02 + 0.05 * thing.spacing:
            yield Unmet(thing.id, "spacing", float(thing.spacing))
    if thing.ring_radius is not None and thing.groups == 1:
        radii = np.linalg.norm(middles[:, :2] - middles[:, :2].mean(axis=0), axis=1)
        if abs(float(radii.mean()) - thing.ring_radius) > 0.02 + 0.03 * thing.ring_radius:
            yield Unmet(thing.id, "spacing", float(thing.ring_radius))


def _gap(one: Space, other: Space, thing: Thing) -> float:
    """Between two: of round ones the true distance, of others that of their boxes."""
    if thing.kind in ("ball", "cylinder", "disc", "pillar", "capsule"):
        return float(np.linalg.norm((one.middle - other.middle)[:2]) - one.half[0] - other.half[0])
    apart = np.maximum(np.maximum(other.low - one.high, one.low - other.high), 0.0)[:2]
    return float(np.linalg.norm(apart))
