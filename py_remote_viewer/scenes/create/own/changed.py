"""What words did to the stand-ins, done to the bodies: colours, sizes, masses, touch, places; what came and what went.

Child process only: imports mujoco.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import mujoco
import numpy as np

from py_remote_viewer.errors import SceneInvalid
from py_remote_viewer.scenes.create.bodies.build import build
from py_remote_viewer.scenes.create.lexicon.materials import MATERIALS, rgb
from py_remote_viewer.scenes.create.own.keyframes import Kept, name_all, of_start
from py_remote_viewer.scenes.create.own.stand_ins import StandIns
from py_remote_viewer.scenes.create.things.describe import short_name
from py_remote_viewer.scenes.create.things.description import Scene, Thing
from py_remote_viewer.scenes.create.things.sizes import extent_of
from py_remote_viewer.scenes.create.things.ties import is_tie

_DONE = frozenset(
    [
        *("id", "noun", "name", "place", "at", "shift", "colours", "dims", "scales", "mass", "weight", "friction"),
        *("fixed", "material", "copy_of", "tint"),
    ]
)
_SCALED = (mujoco.mjtGeom.mjGEOM_MESH, mujoco.mjtGeom.mjGEOM_SDF, mujoco.mjtGeom.mjGEOM_HFIELD)


@dataclass(slots=True)
class Outcome:
    """What was done to which, in words; what could not be, with the reason; free joints that moved, m; what is new."""

    done: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    moved: dict[str, np.ndarray] = field(default_factory=dict)
    started: Kept | None = None


def changed(spec: mujoco.MjSpec, there: StandIns, after: Scene, seed: int) -> Outcome:
    """Make `spec` what `after` says, as far as that can be.

    Raises:
        SceneInvalid: what is new cannot be placed.
    """
    outcome = Outcome()
    for before in there.scene.things:
        name = short_name(before)
        if not after.has(before.id):
            for element in _elements(spec, there, before.id):
                spec.delete(element)
            outcome.done.append(f"{name} removed")
            continue
        _change(spec, there, before, after.thing(before.id), outcome)
    _world(spec, there.scene, after, outcome)
    new = [thing for thing in after.things if not there.scene.has(thing.id)]
    if new:
        _add(spec, there, after, new, seed, outcome)
    return outcome


def _elements(spec: mujoco.MjSpec, there: StandIns, one: int) -> list[Any]:
    if one in there.bodies:
        return [spec.body(there.bodies[one])]
    return [spec.geom(name) for name in there.geoms[one]]


def _geoms(spec: mujoco.MjSpec, there: StandIns, one: int, *, whole: bool = False) -> list[Any]:
    """Of a body that is called by its own name, its own; else, and where the `whole` is meant, with all that it carries."""
    if one not in there.bodies:
        return _elements(spec, there, one)
    if one in there.parts and not whole:
        return list(spec.body(there.bodies[one]).geoms)
    return [geom for body in _below(spec.body(there.bodies[one])) for geom in body.geoms]


def _below(body: Any) -> list[Any]:
    return [body, *(each for child in body.bodies for each in _below(child))]


def _change(spec: mujoco.MjSpec, there: StandIns, before: Thing, after: Thing, outcome: Outcome) -> None:
    name, geoms = short_name(before), _geoms(spec, there, before.id)
    told: list[str] = []
    if after.colours != before.colours and after.colours:
        for geom in geoms:
            geom.material, geom.rgba = "", [*rgb(after.colours[0]), 1.0]
        told.append(after.colours[0])
    if after.material != before.material and after.material in MATERIALS:
        stuff = MATERIALS[after.material]
        for geom in geoms:
            geom.material, geom.rgba, geom.mass, geom.density = "", [*stuff.colour, 1.0], np.nan, stuff.density
            geom.friction[0] = stuff.friction
        told.append(f"of {after.material}")
    if (after.dims, after.scales, after.kind) != (before.dims, before.scales, before.kind):
        _resize(spec, there, before, after, told, outcome)
    if after.mass != before.mass or after.weight != before.weight:
        _reweigh(spec, geoms, there.bodies.get(before.id, ""), after, told, alone=before.id in there.parts)
    if after.friction is not None and after.friction != before.friction:
        for geom in geoms:
            geom.friction[0], geom.priority = after.friction, 1
        told.append(f"friction {after.friction:.3g}")
    if after.fixed != before.fixed and before.id in there.bodies:
        body = spec.body(there.bodies[before.id])
        free = [joint for joint in body.joints if joint.type == mujoco.mjtJoint.mjJNT_FREE]
        for joint in free if after.fixed else ():
            spec.delete(joint)
        if not after.fixed and not body.joints and body.parent == spec.worldbody:
            body.add_freejoint(name=f"{body.name}_free")
        told.append("fixed" if after.fixed else "free")
    _move(spec, there, before, after, told, outcome)
    missed = [
        one for one in Thing.__dataclass_fields__ if one not in _DONE and one != "kind" and _differs(before, after, one)
    ]
    outcome.missed += [f"{one.removesuffix('_deg')} of {name}" for one in missed]
    if told:
        outcome.done.append(f"{name}: {', '.join(told)}")


def _differs(before: Thing, after: Thing, name: str) -> bool:
    return bool(getattr(before, name) != getattr(after, name))


def _resize(
    spec: mujoco.MjSpec, there: StandIns, before: Thing, after: Thing, told: list[str], outcome: Outcome
) -> None:
    old, new = extent_of(before), extent_of(after)
    ratio = np.array([new.x / old.x, new.y / old.y, new.z / old.z])
    geoms = _geoms(spec, there, before.id, whole=True)
    even = float(np.ptp(ratio)) < 1e-3
    single = len(geoms) == 1 and geoms[0].type == mujoco.mjtGeom.mjGEOM_BOX
    if after.kind != before.kind or any(geom.type in _SCALED for geom in geoms) or not (even or single):
        outcome.missed.append(f"size of {short_name(before)}")
        return
    scale = float(ratio[0])
    for geom in geoms:
        geom.size = np.asarray(geom.size) * (ratio if single else scale)
        own = np.asarray(geom.fromto)
        if np.isfinite(own).all():
            geom.fromto = own * scale
        if before.id in there.bodies:
            geom.pos = np.asarray(geom.pos) * scale
        if np.isfinite(geom.mass):
            geom.mass = geom.mass * float(np.prod(ratio))
    up = (new.z - old.z) if before.at is not None and before.at[2] is not None else 0.0
    if before.id not in there.bodies:
        for geom in geoms:
            geom.pos = np.asarray(geom.pos) + np.array([0.0, 0.0, up])
    else:
        root = spec.body(there.bodies[before.id])
        for body in _below(root):
            if body is not root and body.name != root.name:
                body.pos = np.asarray(body.pos) * scale
            for part in (*body.joints, *body.sites):
                part.pos = np.asarray(part.pos) * scale
            if body.explicitinertial:
                body.mass, body.inertia = body.mass * scale**3, np.asarray(body.inertia) * scale**5
        standing = not root.joints or any(joint.type == mujoco.mjtJoint.mjJNT_FREE for joint in root.joints)
        if root.parent == spec.worldbody and standing:
            low = (before.at or (0.0, 0.0, 0.0))[2] or 0.0
            raised = (np.asarray(root.pos)[2] - (low - old.z)) * (scale - 1.0)
            _shift_body(root, np.array([0.0, 0.0, raised if even else up]), outcome)
    told.append(f"{scale:.3g} times as big" if even else "another size")


def _reweigh(spec: mujoco.MjSpec, geoms: list[Any], body: str, after: Thing, told: list[str], *, alone: bool) -> None:
    model = spec.compile()
    now = float((model.body(body).mass if alone else model.body(body).subtreemass)[0]) if body else 0.0
    factor = after.mass / now if after.mass is not None and now > 0 else after.weight
    for geom in geoms:
        if np.isfinite(geom.mass):
            geom.mass *= factor
        else:
            geom.density *= factor
    bodies = [] if not body else [spec.body(body)] if alone else _below(spec.body(body))
    for one in bodies:
        if one.explicitinertial:
            one.mass, one.inertia = one.mass * factor, np.asarray(one.inertia) * factor
    told.append(f"{after.mass:.3g} kg" if after.mass is not None else f"{factor:.3g} times as heavy")


def _move(spec: mujoco.MjSpec, there: StandIns, before: Thing, after: Thing, told: list[str], outcome: Outcome) -> None:
    here, to = before.at or (0.0, 0.0, 0.0), after.at
    if after.place != before.place or to is None:
        outcome.missed.append(f"place of {short_name(before)}")
        return
    step = np.array(
        [to[0] - here[0], to[1] - here[1], (to[2] if to[2] is not None else here[2] or 0.0) - (here[2] or 0.0)]
    )
    step += np.array(after.shift)
    if not step.any():
        return
    if before.id in there.bodies:
        body = spec.body(there.bodies[before.id])
        if body.parent != spec.worldbody:
            outcome.missed.append(f"place of {short_name(before)}")
            return
        _shift_body(body, step, outcome)
    else:
        for geom in _elements(spec, there, before.id):
            own = np.asarray(geom.fromto)
            if np.isfinite(own).all():
                geom.fromto = own + np.concatenate([step, step])
            geom.pos = np.asarray(geom.pos) + step
    told.append("moved by " + ", ".join(f"{value:.3g}" for value in step) + " m")


def _shift_body(body: Any, step: np.ndarray, outcome: Outcome) -> None:
    body.pos = np.asarray(body.pos) + step
    for joint in body.joints:
        if joint.type == mujoco.mjtJoint.mjJNT_FREE:
            outcome.moved[joint.name] = outcome.moved.get(joint.name, np.zeros(3)) + step


def _world(spec: mujoco.MjSpec, before: Scene, after: Scene, outcome: Outcome) -> None:
    old, new, option = before.world, after.world, spec.option
    if new.gravity != old.gravity:
        option.gravity = [0, 0, -new.gravity]
        outcome.done.append(f"gravity {new.gravity:.3g} m/s²")
    if new.wind != old.wind:
        option.wind = list(new.wind)
        option.density = option.density or 1.2
        outcome.done.append("wind")
    if (new.density, new.viscosity) != (old.density, old.viscosity) and new.medium != old.medium:
        option.density, option.viscosity = new.density, new.viscosity
        outcome.done.append(f"in {new.medium}" if new.medium else "without what was around")
    floor = [geom for geom in spec.worldbody.geoms if geom.type == mujoco.mjtGeom.mjGEOM_PLANE]
    for geom in floor if new.floor_friction != old.floor_friction and new.floor_friction is not None else ():
        geom.friction[0], geom.priority = new.floor_friction, 1
        outcome.done.append(f"floor: friction {new.floor_friction:.3g}")
    for geom in floor if new.floor_colour != old.floor_colour and new.floor_colour else ():
        geom.material, geom.rgba = "", [*rgb(str(new.floor_colour)), 1.0]
        outcome.done.append(f"floor: {new.floor_colour}")
    if new.timestep is not None:
        option.timestep = new.timestep


def _add(spec: mujoco.MjSpec, there: StandIns, after: Scene, new: list[Thing], seed: int, outcome: Outcome) -> None:
    """Build the whole with the stand-ins, and take over what is new."""
    ties = [thing for thing in new if is_tie(thing)]
    if ties:
        raise SceneInvalid(
            f"a {short_name(ties[0])} cannot be tied to what no sentence made",
            hint="Add the things that it joins by sentences as well, or write the tendon into the MJCF.",
        )
    try:
        built = build(after, "added", "added", seed=seed)
    except (ValueError, mujoco.FatalError, mujoco.UnexpectedError) as exc:
        raise SceneInvalid("what is to be added cannot be built like that", hint="Say other sizes or masses.") from exc
    child = mujoco.MjSpec.from_string(built.xml)
    name_all(child)
    taken = {body.name for body in spec.bodies} | {material.name for material in spec.materials}
    prefix = next(
        p for p in ("new_", *(f"new{n}_" for n in range(2, 99))) if not any(name.startswith(p) for name in taken)
    )
    outcome.started = of_start(child.compile(), prefix)
    for key in list(child.keys):
        child.delete(key)
    _can_touch(spec, there, new)
    child.option, child.visual, child.stat, child.nkey = spec.option, spec.visual, spec.stat, spec.nkey  # no conflict
    for thing in new:
        for root in dict.fromkeys(_root(child, name) for name in built.bodies[thing.id]):
            spec.worldbody.add_frame().attach_body(child.body(root), prefix, "")
        outcome.done.append(f"{short_name(thing)} added")


def _can_touch(spec: mujoco.MjSpec, there: StandIns, new: list[Thing]) -> None:
    """What is new meets the floor and what it stands on, also where these meet nothing else."""
    under = {target for thing in new for relation in thing.place for target in relation.targets}
    met = [geom for geom in spec.worldbody.geoms if geom.type == mujoco.mjtGeom.mjGEOM_PLANE]
    met += [geom for one in under if there.scene.has(one) for geom in _geoms(spec, there, one, whole=True)]
    for geom in met:
        if not (geom.contype or geom.conaffinity):
            geom.conaffinity = 1


def _root(spec: mujoco.MjSpec, name: str) -> str:
    body = spec.body(name)
    while body.parent != spec.worldbody:
        body = body.parent
    return str(body.name)
