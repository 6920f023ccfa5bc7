"""The built scene described again from its own facts, and held against what was understood. Child process only: imports mujoco.

A figure or a colour that the description has and the model has not was lost on the way, whatever the reason: it is told to
the person as not understood, word by word, like everything else that could not be done.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import mujoco
import numpy as np

from py_remote_viewer.scenes.create.bodies.build import Built
from py_remote_viewer.scenes.create.checks.unmet import Unmet
from py_remote_viewer.scenes.create.layout.motions import VECTORS
from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.lexicon.materials import MATERIALS, VARIOUS, rgb
from py_remote_viewer.scenes.create.things.description import Scene, Thing
from py_remote_viewer.scenes.create.things.elements import element_of, scale_at
from py_remote_viewer.scenes.create.things.footprints import hangs
from py_remote_viewer.scenes.create.things.machine_joints import FEELS
from py_remote_viewer.scenes.create.things.sizes import dims_of
from py_remote_viewer.scenes.create.things.ties import is_tie
from py_remote_viewer.scenes.create.things.usual import sizes_by_name

_ROUND = (
    "bin",
    "zone",
    "table",
    "platform",
    "ball",
    "cylinder",
    "disc",
    "wheel",
    "ring",
    "cone",
    "dome",
    "pillar",
    "turntable",
    "stick",
)
_STILL_M = 0.004
_SETTLED_M = 0.03  # what is only set down may roll so far until it lies still


@dataclass(frozen=True, slots=True)
class _Facts:
    """One compiled model at its start, and how far each body went or turned in the two seconds that were watched."""

    model: mujoco.MjModel
    data: mujoco.MjData
    moved: np.ndarray

    def family(self, body: int) -> list[int]:
        """`body` and all that hangs on it."""
        found = {body}
        for child in range(body + 1, self.model.nbody):
            if int(self.model.body_parentid[child]) in found:
                found.add(child)
        return sorted(found)

    def geoms(self, bodies: list[int]) -> list[int]:
        """All geoms of `bodies`."""
        wanted = set(bodies)
        return [geom for geom in range(self.model.ngeom) if int(self.model.geom_bodyid[geom]) in wanted]

    def colour(self, geom: int) -> np.ndarray:
        """RGB as drawn."""
        material = int(self.model.geom_matid[geom])
        return np.asarray((self.model.mat_rgba[material] if material >= 0 else self.model.geom_rgba[geom])[:3])


def unmet(model: mujoco.MjModel, built: Built, scene: Scene, moved: np.ndarray) -> list[Unmet]:
    """Everything that was understood and cannot be found in the model.

    Args:
        moved: for each body, how far it went from its start while it was watched, m (a turn counts at 10 cm).
    """
    data = mujoco.MjData(model)
    mujoco.mj_resetDataKeyframe(model, data, 0)
    mujoco.mj_forward(model, data)
    facts = _Facts(model, data, moved)
    found: list[Unmet] = []
    for thing in scene.things:
        if is_tie(thing):
            found += _joined(model, thing, built.ties.get(thing.id, []))
            continue
        names = built.bodies.get(thing.id, [])
        if len(names) != thing.total:
            found.append(Unmet(thing.id, "count", float(thing.total)))
        families = [facts.family(_root(model, name)) for name in names]
        found += _looks(facts, thing, families)
        found += _masses(facts, thing, families)
        found += _sizes(facts, thing, families)
        found += _touch(facts, thing, families)
        found += _motions(facts, thing, families)
        found += _parts(facts, thing, families)
    return found


def _joined(model: mujoco.MjModel, tie: Thing, names: list[str]) -> Iterator[Unmet]:
    """Of what joins others: how many there are, how stiff and how long."""
    if len(names) != tie.total or not names:
        yield Unmet(tie.id, "count", float(tie.total))
        return
    said = tie.dim("length", "size", "height")
    if tie.kind in ("weld", "hinge", "ball_joint"):
        return
    tendon = int(model.tendon(names[0]).id)
    if tie.stiffness is not None and not math.isclose(model.tendon_stiffness[tendon], tie.stiffness, rel_tol=0.01):
        yield Unmet(tie.id, "stiffness", tie.stiffness)
    own = {
        "coil": model.tendon_lengthspring[tendon][1],
        "band": model.tendon_lengthspring[tendon][1],
        "cord": model.tendon_range[tendon][1],
    }.get(tie.kind, model.tendon_length0[tendon])
    if said is not None and not math.isclose(float(own), said, rel_tol=0.03):
        yield Unmet(tie.id, "size", said)
    if tie.mass is not None:
        yield Unmet(tie.id, "mass", tie.mass)


def _root(model: mujoco.MjModel, name: str) -> int:
    """The body of an element, or the fixed frame that it hangs on."""
    body = int(model.body(name).id)
    parent = int(model.body_parentid[body])
    return body if parent == 0 else int(model.body_rootid[body])


def _looks(facts: _Facts, thing: Thing, families: list[list[int]]) -> Iterator[Unmet]:
    if thing.kind == "cloth":
        if len(thing.colours) > 1:
            yield Unmet(thing.id, "colour", thing.colours[1])
        return
    seen = [facts.colour(geom) for family in families for geom in facts.geoms(family)]
    wanted = {*thing.colours, *(one.colour for one in thing.overrides if one.colour)} - {VARIOUS}
    for colour in sorted(wanted):
        if not any(np.allclose(one, rgb(colour), atol=0.01) for one in seen):
            yield Unmet(thing.id, "colour", colour)
    plain = thing.material and not thing.colours and not any(o.colour for o in thing.overrides)
    stuff = thing.material if plain else None
    if stuff and not any(np.allclose(one, MATERIALS[stuff].colour, atol=0.01) for one in seen):
        yield Unmet(thing.id, "material", stuff)


def _masses(facts: _Facts, thing: Thing, families: list[list[int]]) -> Iterator[Unmet]:
    masses = facts.model.body_mass
    for index, family in enumerate(families):
        wanted = element_of(thing, index).mass if KINDS[thing.kind].sort == "solid" else thing.mass
        if wanted is None:
            continue
        sums = [*(float(masses[body]) for body in family), float(sum(masses[body] for body in family))]
        moving = [body for body in family if facts.model.body_weldid[body] != 0]
        sums += [float(sum(masses[body] for body in moving))]
        if not any(math.isclose(one, wanted, rel_tol=0.12, abs_tol=1e-6) for one in sums):
            yield Unmet(thing.id, "mass", wanted)
            return
    if KINDS[thing.kind].sort == "solid":
        return
    for override in thing.overrides:
        each = [float(masses[body]) for family in families for body in family]
        if override.mass is not None and not any(
            abs(one - override.mass - (override.rod_mass or 0.0)) < 0.1 + 0.05 * override.mass for one in each
        ):
            yield Unmet(thing.id, "mass", override.mass)


def _sizes(facts: _Facts, thing: Thing, families: list[list[int]]) -> Iterator[Unmet]:
    """Sizes that were said, among those that the builder went by; of boxes and balls, measured."""
    sides = dims_of(thing) if KINDS[thing.kind].sort != "robot" else {}
    used = list(sides.values())
    for name, value in thing.dims:
        if name in ("total_height", "total_length"):
            yield from _total(facts, thing, families, name, value)
            continue
        if sizes_by_name(thing.noun).get(name) == value:
            continue  # it comes with the name
        across = [2 * sides["radius"]] if "radius" in sides and name != "radius" else []
        found = any(math.isclose(value, one, rel_tol=0.01) for one in (*used, *across))
        if thing.kind == "stairs" and name == "length":
            continue  # so much for each step
        if not found and not (name == "height" and thing.kind in ("ramp", "stairs", "platform", "bin", "table")):
            yield Unmet(thing.id, "size", value)
    if thing.kind in ("box", "ball") and not hangs(thing):
        sides = dims_of(thing)
        for index, family in enumerate(families):
            half = facts.model.geom_size[facts.geoms(family)[0]]
            wanted = max(sides.values()) * scale_at(thing, index) * (1.0 if thing.kind == "ball" else 0.5)
            if not math.isclose(float(half.max()), wanted, rel_tol=0.01):
                yield Unmet(thing.id, "size", 2 * wanted)
                return


def _total(facts: _Facts, thing: Thing, families: list[list[int]], name: str, value: float) -> Iterator[Unmet]:
    """Of the whole group: within one element of it."""
    axis = 2 if name == "total_height" else 0
    spots = [facts.data.xpos[body] for family in families for body in family]
    sides = dims_of(thing)
    one = max(2 * sides["radius"] if "radius" in sides else 0.0, *sides.values())
    if abs(float(np.ptp([spot[axis] for spot in spots])) + one - value) > 1.2 * one:
        yield Unmet(thing.id, "size", value)


def _touch(facts: _Facts, thing: Thing, families: list[list[int]]) -> Iterator[Unmet]:
    geoms = [geom for family in families for geom in facts.geoms(family)]
    if thing.friction is not None:
        values = facts.model.geom_friction[geoms, 0] if geoms else []
        plain = [facts.model.geom_condim[geom] == 1 and thing.friction < 0.005 for geom in geoms]
        if not any(abs(float(value) - thing.friction) < 0.002 for value in values) and not any(plain):
            yield Unmet(thing.id, "friction", thing.friction)
    if thing.bounce is not None and thing.bounce > 0.35 and not any(facts.model.geom_solref[g, 0] < 0 for g in geoms):
        yield Unmet(thing.id, "bounce", thing.bounce)


def _motions(facts: _Facts, thing: Thing, families: list[list[int]]) -> Iterator[Unmet]:
    motion = thing.motion
    if motion is None or motion.kind in ("hovering", "resting"):
        return
    moved = max((float(facts.moved[body]) for family in families for body in family), default=0.0)
    loose = KINDS[thing.kind].sort == "solid" and motion.kind in ("rolling", "sliding", "moving", "thrown")
    if motion.kind == "falling" and not facts.model.opt.gravity.any():
        return  # nothing falls there, and `describe.py` says so
    if moved < (_SETTLED_M if loose else _STILL_M):
        yield Unmet(thing.id, "motion", motion.kind)
        return
    speeds = [facts.data.qvel[int(facts.model.jnt_dofadr[j])] for f in families for j in _joints(facts.model, f)]
    free = [facts.data.qvel[int(facts.model.body_dofadr[b])] for f in families for b in f if _free(facts.model, b)]
    if motion.speed and free:
        vectors = [
            facts.data.qvel[int(facts.model.body_dofadr[f[0]]) :][:3] for f in families if _free(facts.model, f[0])
        ]
        if not any(math.isclose(float(np.linalg.norm(v)), motion.speed, rel_tol=0.02) for v in vectors):
            yield Unmet(thing.id, "speed", motion.speed)
    elif motion.speed and not _runs_at(facts, families, motion.speed):
        yield Unmet(thing.id, "speed", motion.speed)
    downhill = motion.direction == "down" and motion.kind in ("rolling", "sliding", "moving")  # gravity does it
    way = np.array(VECTORS.get("" if downhill else motion.direction, (0, 0, 0)), float)
    goes = KINDS[thing.kind].sort == "solid" and motion.kind not in ("falling", "spinning") and motion.target is None
    roots = [f[0] for f in families if goes and _free(facts.model, f[0])]
    starts = [facts.data.qvel[int(facts.model.body_dofadr[body]) :][:3] for body in roots]
    if way.any() and starts and not any(float(start @ way) > 0 for start in starts):
        yield Unmet(thing.id, "motion", motion.kind)
    if motion.spin and not any(
        math.isclose(abs(float(one)), abs(motion.spin), rel_tol=0.02) for one in _turns(facts, families, speeds)
    ):
        yield Unmet(thing.id, "spin", motion.spin)


def _runs_at(facts: _Facts, families: list[list[int]], speed: float) -> bool:
    """Whether something round in it turns so fast that its rim goes at `speed`: a conveyor's rollers."""
    for family in families:
        for joint in _joints(facts.model, family):
            rate = abs(float(facts.data.qvel[int(facts.model.jnt_dofadr[joint])]))
            geoms = facts.geoms([int(facts.model.jnt_bodyid[joint])])
            if any(math.isclose(rate * float(facts.model.geom_size[geom, 0]), speed, rel_tol=0.02) for geom in geoms):
                return True
    return False


def _turns(facts: _Facts, families: list[list[int]], speeds: list[float]) -> list[float]:
    found = list(speeds)
    for family in families:
        for body in family:
            if _free(facts.model, body):
                at = int(facts.model.body_dofadr[body])
                found.append(float(np.linalg.norm(facts.data.qvel[at + 3 : at + 6])))
    return found


def _free(model: mujoco.MjModel, body: int) -> bool:
    return int(model.body_dofnum[body]) == 6


def _joints(model: mujoco.MjModel, family: list[int]) -> list[int]:
    return [
        joint
        for joint in range(model.njnt)
        if int(model.jnt_bodyid[joint]) in set(family) and model.jnt_type[joint] > 0
    ]


def _parts(facts: _Facts, thing: Thing, families: list[list[int]]) -> Iterator[Unmet]:
    model = facts.model
    if thing.motors:
        owned = {joint for family in families for joint in _joints(model, family)}
        driven = {int(model.actuator_trnid[i, 0]) for i in range(model.nu) if model.actuator_trntype[i] in (0, 1)}
        tendons = any(model.actuator_trntype[i] == mujoco.mjtTrn.mjTRN_TENDON for i in range(model.nu))
        if not owned & driven and not (tendons and thing.kind == "car"):
            yield Unmet(thing.id, "motors", "motors")
    if thing.damping is not None and not thing.ends:
        damped = [model.dof_damping[model.jnt_dofadr[joint]] for family in families for joint in _joints(model, family)]
        if not any(math.isclose(float(one), thing.damping) for one in damped):
            yield Unmet(thing.id, "damping", thing.damping)
    if thing.kind in FEELS and thing.stiffness is not None:
        springs = [float(model.jnt_stiffness[joint]) for family in families for joint in _joints(model, family)]
        if not any(math.isclose(one, thing.stiffness) for one in springs):
            yield Unmet(thing.id, "stiffness", thing.stiffness)
    if thing.round and thing.kind not in _ROUND:
        yield Unmet(thing.id, "form", "round")
    if thing.fixed and KINDS[thing.kind].sort == "solid" and any(_free(model, f[0]) for f in families):
        yield Unmet(thing.id, "fixed", "fixed")
    poses = {
        "arm": ("planar",),
        "cart_pole": ("parallel",),
        "pendulum": ("inverted", "hanging", "standing"),
        "cloth": ("hanging", "standing", "spanned", "lying", "pegged"),
        "rope": ("strung", "lying", "over"),
        "chain": ("strung", "lying", "over"),
    }
    solid = KINDS[thing.kind].sort == "solid" and thing.pose in ("lying", "standing", "hanging")
    if thing.pose and not solid and thing.pose not in poses.get(thing.kind, ()) and thing.pose != "standing":
        yield Unmet(thing.id, "pose", thing.pose)
    tilted = thing.tilt_deg is not None and KINDS[thing.kind].sort not in ("solid",)
    if tilted and thing.kind not in ("ramp", "pendulum", "rope", "chain", "cart_pole", "door", "trapdoor", "cradle"):
        yield Unmet(thing.id, "tilt", float(thing.tilt_deg or 0.0))
