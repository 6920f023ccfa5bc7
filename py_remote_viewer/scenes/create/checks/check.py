"""What physics says of a built scene before anybody sees it: two simulated seconds, watched. Child process only.

A scene passes when it starts without overlaps and where its words put it, stays finite, nothing sinks into anything, nothing
flies off, and what was set down stays where it was set, unless something in the scene was asked to move.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import mujoco
import numpy as np

from py_remote_viewer.errors import SceneTooExpensive
from py_remote_viewer.scenes.create.bodies.build import Built, Repair
from py_remote_viewer.scenes.create.checks.hits import Hit
from py_remote_viewer.scenes.create.layout.fronts import side_in_world
from py_remote_viewer.scenes.create.layout.placed import Placed
from py_remote_viewer.scenes.create.lexicon.abilities import TURNING
from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.things.called import both, called
from py_remote_viewer.scenes.create.things.description import FLOOR, Scene, Thing
from py_remote_viewer.scenes.create.things.footprints import hangs

SETTLE_S = 2.0
MOST_CPU_S = 6.0
_WHOLE = ("marble_run", "wave_machine", "pendulum_wave")  # tried as presets already
_OVERLAP_M = 0.003
_LIVELY = frozenset({"coil", "band", "catapult", "rope", "chain", "car", "cloth", "top"})
_UNSTABLE = (mujoco.mjtWarning.mjWARN_BADQPOS, mujoco.mjtWarning.mjWARN_BADQVEL, mujoco.mjtWarning.mjWARN_BADQACC)


@dataclass(slots=True)
class Checks:
    """The figures, and what is wrong.

    Attributes:
        settled_s: simulated seconds that were watched.
        overlap_m: deepest overlap at the start.
        penetration_m: deepest penetration at the end.
        fastest_mps: of any body, at any time.
        drift_m: farthest that something went which was set down to stay.
        relations: how many relations were measured at the start, all of which held.
        problem: in words; empty when it passes.
        repair: what to try.
        moved: how far each body went from its start, m; a whole turn counts like 20 cm.
        missed: what was sent at something and does not get there.
    """

    settled_s: float = 0.0
    overlap_m: float = 0.0
    penetration_m: float = 0.0
    fastest_mps: float = 0.0
    drift_m: float = 0.0
    relations: int = 0
    repairs: int = 0
    problem: str = ""
    repair: Repair | None = None
    moved: np.ndarray = field(default_factory=lambda: np.zeros(0))
    missed: list[Hit] = field(default_factory=list)

    def figures(self) -> dict[str, float | int | bool]:
        """For the answer."""
        return {
            "compiles": True,
            "settled_s": round(self.settled_s, 3),
            "overlap_m": round(self.overlap_m, 5),
            "penetration_m": round(self.penetration_m, 5),
            "fastest_mps": round(self.fastest_mps, 3),
            "drift_m": round(self.drift_m, 4),
            "relations_held": self.relations,
            "repairs": self.repairs,
        }


def check(model: mujoco.MjModel, built: Built, scene: Scene) -> Checks:
    """Watch it for `SETTLE_S`.

    Raises:
        SceneTooExpensive: that takes longer than `MOST_CPU_S` of processor time.
    """
    checks = Checks()
    data = mujoco.MjData(model)
    mujoco.mj_resetDataKeyframe(model, data, 0)
    mujoco.mj_forward(model, data)
    checks.overlap_m = deepest(model, data)
    if checks.overlap_m > _OVERLAP_M:
        checks.problem, checks.repair = (
            f"{both(deepest_pair(model, data), built.bodies, scene)} would begin inside each other",
            Repair(spread=1.5, lift=0.004),
        )
        return checks
    checks.relations, misplaced = relations_held(model, data, built, scene)
    if misplaced:
        checks.problem, checks.repair = misplaced, Repair(spread=1.3)
        return checks
    start = data.xpos.copy()
    bound = _speed_bound(model, data, scene, start)
    if not simulate(model, data, checks, bound, lambda name: called(name, built.bodies, scene)):
        return checks
    checks.penetration_m = deepest(model, data)
    smallest = _smallest(model)
    if checks.penetration_m > max(0.01, 0.4 * smallest):
        one, other = (called(name, built.bodies, scene) for name in deepest_pair(model, data))
        checks.problem, checks.repair = f"{one} sinks into {other}", Repair(timestep=0.5)
        return checks
    _at_rest(model, data, start, checks, built, scene)
    return checks


def simulate(
    model: mujoco.MjModel, data: mujoco.MjData, checks: Checks, bound: float, told: Callable[[str], str] = str
) -> bool:
    """Step; False when something is wrong, with the words for it; `told` says what a body is called."""
    steps = round(SETTLE_S / model.opt.timestep)
    began = time.process_time()
    places, turns = data.xpos.copy(), data.xmat.copy()
    checks.moved = np.zeros(model.nbody)
    floor = mujoco.mj_name2id(model, mujoco.mjtObj.mjOBJ_GEOM, "floor") >= 0
    lowest = float(model.geom("floor").pos[2]) - 0.05 if floor else 0.0
    for step in range(steps):
        mujoco.mj_step(model, data)
        if step % 8:
            continue
        if any(data.warning[int(kind)].number for kind in _UNSTABLE) or not np.isfinite(data.qpos).all():
            checks.problem, checks.repair = f"the simulation blows up after {data.time:.2f} s", Repair(timestep=0.5)
            return False
        went = np.linalg.norm(data.xpos - places, axis=1) + 0.1 * np.linalg.norm(data.xmat - turns, axis=1)
        checks.moved = np.maximum(checks.moved, went)
        fastest = float(np.sqrt((data.cvel[1:, 3:] ** 2).sum(axis=1)).max()) if model.nbody > 1 else 0.0
        checks.fastest_mps = max(checks.fastest_mps, fastest)
        if fastest > bound:
            name = model.body(1 + int(np.argmax((data.cvel[1:, 3:] ** 2).sum(axis=1)))).name
            checks.problem, checks.repair = (
                f"{told(name)} shoots off at {fastest:.0f} m/s",
                Repair(timestep=0.5, lift=0.002),
            )
            return False
        if floor and float(data.xipos[1:, 2].min(initial=0.0)) < lowest:
            name = model.body(1 + int(np.argmin(data.xipos[1:, 2]))).name
            checks.problem, checks.repair = f"{told(name)} falls through the floor", Repair(timestep=0.5)
            return False
        if time.process_time() - began > MOST_CPU_S:
            raise SceneTooExpensive(
                f"two simulated seconds of the scene take longer than {MOST_CPU_S:g} s here",
                hint="Ask for fewer things, or larger ones: contacts between many small bodies are what costs.",
            )
    checks.settled_s = float(data.time)
    return True


def _solid_pairs(model: mujoco.MjModel, data: mujoco.MjData) -> list[tuple[float, int, int]]:
    """Depth of each contact between bodies of different assemblies."""
    found = []
    for i in range(data.ncon):
        contact = data.contact[i]
        if contact.geom1 < 0 or contact.geom2 < 0:
            continue
        names = [model.body(int(model.geom_bodyid[g])).name for g in (contact.geom1, contact.geom2)]
        if any(all(name.startswith(prefix) for name in names) for prefix in _WHOLE):
            continue
        roots = [int(model.body_rootid[model.geom_bodyid[g]]) for g in (contact.geom1, contact.geom2)]
        if roots[0] == roots[1] and roots[0] != 0:
            continue
        found.append((-float(contact.dist), int(contact.geom1), int(contact.geom2)))
    return found


def deepest(model: mujoco.MjModel, data: mujoco.MjData) -> float:
    """How far any two things are inside each other now, m."""
    return max([0.0, *(depth for depth, _, _ in _solid_pairs(model, data))])


def deepest_pair(model: mujoco.MjModel, data: mujoco.MjData) -> tuple[str, str]:
    """Which two are, by name."""
    _, a, b = max(_solid_pairs(model, data))
    names = [model.body(int(model.geom_bodyid[g])).name if model.geom_bodyid[g] else "the floor" for g in (a, b)]
    return names[0], names[1]


def _smallest(model: mujoco.MjModel) -> float:
    dynamic = [
        float(np.min(model.geom_aabb[g, 3:]))
        for g in range(model.ngeom)
        if model.body_weldid[model.geom_bodyid[g]] != 0
    ]
    return min(dynamic, default=0.05)


def _speed_bound(model: mujoco.MjModel, data: mujoco.MjData, scene: Scene, start: np.ndarray) -> float:
    """Faster than what was asked, a fall of two seconds and a push can explain."""
    asked = float(np.sqrt((data.cvel[1:, 3:] ** 2).sum(axis=1)).max()) if model.nbody > 1 else 0.0
    gravity = abs(scene.world.gravity)
    height = float(start[:, 2].max(initial=0.0)) + 1.0
    fall = gravity * SETTLE_S if not scene.world.floor or gravity == 0 else math.sqrt(2 * gravity * height)
    rise = gravity * SETTLE_S * 2.0 if scene.world.density > 100 or scene.world.gravity < 0 else 0.0
    wind = 1.2 * max(abs(part) for part in scene.world.wind)
    reach = 3.0 * max(1.0, float(np.abs(start).max(initial=1.0)))
    swung = (
        "pendulum",
        "cart_pole",
        "rope",
        "chain",
        "spring",
        "door",
        "pulley",
        "coil",
        "band",
        "cord",
        "bar",
        *TURNING,
    )
    whips = 40.0 if any(t.kind in swung or hangs(t) for t in scene.things) else 0.0
    return (
        whips
        + 1.5 * asked
        + 1.6 * fall
        + rise
        + wind
        + 6.0
        + (reach if model.nu or any(t.kind == "catapult" for t in scene.things) else 0.0)
    )


# --- staying put ------------------------------------------------------------------------------------------------------


def lively(scene: Scene) -> bool:
    """Whether something in it was asked to move, and may push the rest about."""
    world = scene.world
    if world.density > 100 or any(world.wind) or world.gravity <= 0 or not world.floor:
        return True
    for thing in scene.things:
        motion = thing.motion
        if motion is not None and motion.kind not in ("hovering", "resting"):
            return True
        if any(override.tilt_deg is not None for override in thing.overrides):
            return True
        if thing.kind in _LIVELY or thing.arrange == "pile" or hangs(thing):
            return True
        if KINDS[thing.kind].sort == "solid" and _comes_down(scene, thing):
            return True
    return False


def _comes_down(scene: Scene, thing: Thing) -> bool:
    """Whether it begins on a slope or in the air, so that it may knock something over."""
    solid = [target for r in thing.place if r.kind == "on" for target in r.targets if target != FLOOR]
    sloped = any(scene.has(target) and scene.thing(target).kind == "ramp" for target in solid)
    return sloped or thing.height is not None or any(r.kind == "above" and r.targets != (FLOOR,) for r in thing.place)


def _stays(scene: Scene, thing: Thing) -> bool:
    """Whether it was set down, so that it should still be there after two seconds."""
    if (
        KINDS[thing.kind].sort != "solid"
        or (thing.motion is not None and thing.motion.kind == "hovering")
        or thing.height is not None
        or thing.tilt_deg
        or thing.shift[2]
        or any(override.shift[2] for override in thing.overrides)
        or (thing.at is not None and (thing.at[2] or 0) > 0)
    ):
        return False
    friction = thing.friction if thing.friction is not None else 1.0
    if (
        friction < 0.2
        or thing.material in ("ice", "teflon")
        or (thing.kind in ("cylinder", "capsule", "stick", "disc") and thing.pose == "lying")
    ):
        return False
    for relation in thing.place:
        if relation.kind in ("above", "end", "other_end", "ends", "sides", "inside", "leaning", "hanging", "hung"):
            return False
        for target in relation.targets:
            if target == FLOOR:
                continue
            carrier = scene.thing(target)
            if relation.kind in ("on", "middle") and (
                carrier.kind in ("ramp", "seesaw", "catapult", "bridge", "stairs", "ball", "capsule", "stick")
                or KINDS[carrier.kind].sort in ("machine", "soft", "robot")
                or not _holds(scene, carrier)
            ):
                return False
    return True


def _holds(scene: Scene, carrier: Thing) -> bool:
    """What stands on a thing that moves away moves too."""
    return KINDS[carrier.kind].sort == "furniture" or _stays(scene, carrier)


def _at_rest(
    model: mujoco.MjModel, data: mujoco.MjData, start: np.ndarray, checks: Checks, built: Built, scene: Scene
) -> None:
    if lively(scene):
        return
    for thing in scene.things:
        if not _stays(scene, thing):
            continue
        size = max(one.foot.height for one in built.placed if one.thing.id == thing.id)
        for name in built.bodies.get(thing.id, []):
            body = model.body(name).id
            moved = float(np.linalg.norm(data.xpos[body] - start[body]))
            checks.drift_m = max(checks.drift_m, moved)
            fell = float(start[body][2] - data.xpos[body][2])
            if fell > max(0.02, 0.3 * size) + 0.002 * thing.count * (thing.arrange != ""):
                who = called(name, built.bodies, scene)
                checks.problem = f"{who} does not stay where it was put: it falls {fell:.2f} m within two seconds"
                checks.repair = Repair(friction=1.5, lift=0.0)
                return


# --- where the words put it -------------------------------------------------------------------------------------------


def bounds(model: mujoco.MjModel, data: mujoco.MjData, body: int) -> tuple[np.ndarray, np.ndarray]:
    """Lower and upper corner of the box around all geoms of `body` and what is below it in the tree; world axes."""
    low, high = np.full(3, np.inf), np.full(3, -np.inf)
    family = {body}
    for child in range(body + 1, model.nbody):
        if int(model.body_parentid[child]) in family:
            family.add(child)
    for geom in range(model.ngeom):
        if int(model.geom_bodyid[geom]) not in family:
            continue
        matrix = data.geom_xmat[geom].reshape(3, 3)
        centre = data.geom_xpos[geom] + matrix @ model.geom_aabb[geom, :3]
        half = np.abs(matrix) @ model.geom_aabb[geom, 3:]
        if model.geom_type[geom] == mujoco.mjtGeom.mjGEOM_SPHERE:
            half = np.full(3, model.geom_size[geom, 0])
        low, high = np.minimum(low, centre - half), np.maximum(high, centre + half)
    return low, high


def relations_held(model: mujoco.MjModel, data: mujoco.MjData, built: Built, scene: Scene) -> tuple[int, str]:
    """How many relations were measured, and the first that does not hold, in words."""
    measured = 0
    elements: dict[int, list[Placed]] = {}
    for one in built.placed:
        elements.setdefault(one.thing.id, []).append(one)
    for thing in scene.things:
        if (
            KINDS[thing.kind].sort != "solid"
            or hangs(thing)
            or any(thing.shift)
            or thing.motion is not None
            or thing.at is not None
        ):
            continue
        for relation in thing.place[:1]:
            if FLOOR in relation.targets or relation.kind not in (
                "left",
                "right",
                "front",
                "behind",
                "above",
                "on",
                "inside",
            ):
                continue
            targets = [t for t in relation.targets if scene.has(t)]
            if not targets or any(
                KINDS[scene.thing(t).kind].sort not in ("solid", "furniture") or scene.thing(t).shift != (0, 0, 0)
                for t in targets
            ):
                continue
            mine = [bounds(model, data, model.body(name).id) for name in built.bodies[thing.id]]
            theirs = [bounds(model, data, model.body(name).id) for t in targets for name in built.bodies[t]]
            measured += 1
            if not _holds_true(side_in_world(scene, relation), mine, theirs):
                what = scene.thing(targets[0]).noun.replace("_", " ")
                return measured, f"the {thing.noun.replace('_', ' ')} could not be put {relation.kind} the {what}"
    return measured, ""


def _holds_true(
    kind: str, mine: list[tuple[np.ndarray, np.ndarray]], theirs: list[tuple[np.ndarray, np.ndarray]]
) -> bool:
    low = np.min([b[0] for b in theirs], axis=0)
    high = np.max([b[1] for b in theirs], axis=0)
    slack = 0.01
    for mine_low, mine_high in mine:
        middle = (mine_low + mine_high) / 2
        ok = {
            "left": middle[0] < low[0] + slack,
            "right": middle[0] > high[0] - slack,
            "front": middle[1] < low[1] + slack,
            "behind": middle[1] > high[1] - slack,
            "above": mine_low[2] > min(b[1][2] for b in theirs) - slack,
            "on": mine_low[2] > low[2] and bool(((middle[:2] > low[:2] - 0.02) & (middle[:2] < high[:2] + 0.02)).all()),
            "inside": bool(((middle[:2] > low[:2]) & (middle[:2] < high[:2])).all()),
        }[kind]
        if not ok:
            return False
    return True
