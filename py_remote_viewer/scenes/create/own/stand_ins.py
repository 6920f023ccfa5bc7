"""A model that no sentence made, as a description: a thing for every body of the world, by its name, its shape and its place.

The things stand in for the bodies while a sentence is read and what it adds is placed; they are never built.
Child process only: imports mujoco.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import mujoco
import numpy as np

from py_remote_viewer.scenes.create.lexicon.materials import COLOURS
from py_remote_viewer.scenes.create.lexicon.words import LEXICON, Noun
from py_remote_viewer.scenes.create.things.description import Scene, Thing, World

MOST = 200
_SAME_COLOUR = 0.12
_TOUCHING_M = 0.03
_COMPOSITE = "plank"  # a thing with three sizes that carries others: what has no plain shape
_SHAPES = {
    mujoco.mjtGeom.mjGEOM_SPHERE: "ball",
    mujoco.mjtGeom.mjGEOM_BOX: "box",
    mujoco.mjtGeom.mjGEOM_CYLINDER: "cylinder",
}
_UNSEEN = (mujoco.mjtGeom.mjGEOM_PLANE, mujoco.mjtGeom.mjGEOM_HFIELD)


@dataclass(frozen=True, slots=True)
class StandIns:
    """`scene` holds a thing for each of `bodies` (by id, the name of a body) and `geoms` (names of geoms of the world).

    `parts` are those that stand for a body alone, without what it carries.
    """

    scene: Scene
    bodies: dict[int, str]
    geoms: dict[int, tuple[str, ...]]
    parts: frozenset[int]


def stand_ins(spec: mujoco.MjSpec, model: mujoco.MjModel, prompt: str) -> StandIns:
    """What `spec` shows at its start; parts of bodies only where `prompt` names them. Every body of `spec` has a name."""
    data = mujoco.MjData(model)
    if model.nkey:
        mujoco.mj_resetDataKeyframe(model, data, 0)
    mujoco.mj_forward(model, data)
    things: list[Thing] = []
    bodies: dict[int, str] = {}
    geoms: dict[int, tuple[str, ...]] = {}
    for words, names in _furniture(spec).items():
        ids = [model.geom(name).id for name in names]
        geoms[len(things)] = tuple(names)
        things.append(_thing(model, data, ids, len(things), words, fixed=True))
    roots = list(spec.worldbody.bodies)
    jointed = [body for body in roots if body.joints]
    alone = jointed[0] if len(jointed) == 1 and _noun(_words(spec.modelname)) else None
    for body in roots:
        ids = _geoms_below(model, model.body(body.name).id)
        if ids and len(things) < MOST:
            bodies[len(things)] = body.name
            words = _words(spec.modelname if body is alone else body.name)
            things.append(_thing(model, data, ids, len(things), words, fixed=not body.joints))
    whole = len(things)
    for body in _named_in(prompt, roots, alone):
        ids = [geom for geom in range(model.ngeom) if model.geom_bodyid[geom] == model.body(body.name).id]
        if ids and len(things) < MOST:
            bodies[len(things)] = body.name
            things.append(_thing(model, data, ids, len(things), _words(body.name), fixed=False))
    parts = frozenset(range(whole, len(things)))
    gravity = -float(model.opt.gravity[2])
    x, y, z = map(float, model.opt.wind)
    world = World(gravity=gravity, wind=(x, y, z), density=float(model.opt.density))
    last = jointed[0].name if len(jointed) == 1 else next(reversed(bodies.values()), "")
    focus = tuple(one for one, name in bodies.items() if name == last and one not in parts)
    return StandIns(Scene(tuple(things), world, focus=focus, firsts=tuple(things)), bodies, geoms, parts)


def _named_in(prompt: str, roots: list[Any], alone: Any) -> list[Any]:
    """Bodies that carry others or are carried, where `prompt` calls them by their names."""
    said = set(re.findall(r"[a-z0-9]+", prompt.lower()))
    found, below = [], [body for root in roots for body in (root.bodies if root is not alone else (root,))]
    while below:
        body = below.pop(0)
        below += list(body.bodies)
        words = _words(body.name)
        if words and said.issuperset(words):
            found.append(body)
    return found


def _furniture(spec: mujoco.MjSpec) -> dict[tuple[str, ...], list[str]]:
    """Geoms of the world that have names, by what they are called: `table_top` and `table_leg` are a table."""
    found: dict[tuple[str, ...], list[str]] = {}
    for geom in spec.worldbody.geoms:
        if geom.name and geom.type not in _UNSEEN:
            words = _words(geom.name)
            known = next((end for end in range(1, len(words) + 1) if _noun(words[:end])), len(words))
            found.setdefault(words[:known], []).append(geom.name)
    return found


def _words(name: str) -> tuple[str, ...]:
    words = [word for word in re.split(r"[^a-z0-9]+", name.lower()) if word]
    return tuple(word for word in words if not re.fullmatch(r"new\d*", word))


def _noun(words: tuple[str, ...]) -> Noun | None:
    """The last of the words that is a noun of the lexicon."""
    plain = [word for word in words if not word.isdecimal()]
    for start in range(len(plain)):
        for entry in LEXICON.get(tuple(plain[start:]), ()):
            if entry.cat == "noun":
                return entry.value if isinstance(entry.value, Noun) else None
    return None


def _thing(
    model: mujoco.MjModel, data: mujoco.MjData, ids: list[int], number: int, words: tuple[str, ...], *, fixed: bool
) -> Thing:
    low, high = _around(model, data, ids)
    if len(ids) > 1 and low[2] > 0.02 and not _rests(model, data, ids, low, high):
        low = np.array([low[0], low[1], 0.0])  # it hangs or stands on what carries it: beside it is on the floor
    size = np.maximum(high - low, 0.004)
    noun = _noun(words)
    single = len(ids) == 1 and model.geom_bodyid[ids[0]] > 0
    shape = _SHAPES.get(mujoco.mjtGeom(int(model.geom_type[ids[0]])), _COMPOSITE) if single else _COMPOSITE
    upright = abs(float(data.geom_xmat[ids[0]].reshape(3, 3)[2, 2])) > 0.99
    shape = _COMPOSITE if shape != "ball" and not upright else shape
    x, y, z = (float(value) for value in (low + high) / 2)
    dims = {"length": float(size[0]), "width": float(size[1]), "thickness": float(size[2])}
    if shape == "ball":
        dims = {"radius": float(size[0]) / 2}
    elif shape == "cylinder":
        dims = {"radius": float(size[0]) / 2, "height": float(size[2])}
    elif shape == "box":
        dims = {"length": float(size[0]), "width": float(size[1]), "height": float(size[2])}
    colour = _colour(model, ids[0])
    plain = [word for word in words if not word.isdecimal()]
    called = " ".join(words) if noun is None or len(words) > 1 else ""
    name = noun.noun if noun is not None else shape if shape != _COMPOSITE and not plain else "_".join(plain) or shape
    return Thing(
        id=number,
        kind=shape,
        noun=name,
        dims=tuple(sorted(dims.items())),
        at=(x, y, z),
        colours=(colour,) if colour else (),
        fixed=fixed or None,
        name=called,
    )


def _rests(model: mujoco.MjModel, data: mujoco.MjData, ids: list[int], low: np.ndarray, high: np.ndarray) -> bool:
    """Whether something is right below it."""
    for geom in range(model.ngeom):
        if geom in ids or model.geom_type[geom] in (int(one) for one in _UNSEEN):
            continue
        under, top = _around(model, data, [geom])
        if abs(top[2] - low[2]) < _TOUCHING_M and (top[:2] > low[:2]).all() and (under[:2] < high[:2]).all():
            return True
    return False


def _colour(model: mujoco.MjModel, geom: int) -> str:
    """The name of its colour, where one is near."""
    material = int(model.geom_matid[geom])
    shown = np.asarray(model.mat_rgba[material] if material >= 0 else model.geom_rgba[geom])[:3]
    near = {name: float(np.abs(np.asarray(value) - shown).max()) for name, value in COLOURS.items()}
    best = min(near, key=lambda name: near[name])
    return best if near[best] < _SAME_COLOUR else ""


def _geoms_below(model: mujoco.MjModel, body: int) -> list[int]:
    below = {body}
    for one in range(body + 1, model.nbody):
        if int(model.body_parentid[one]) in below:
            below.add(one)
    return [geom for geom in range(model.ngeom) if int(model.geom_bodyid[geom]) in below]


def _around(model: mujoco.MjModel, data: mujoco.MjData, ids: list[int]) -> tuple[np.ndarray, np.ndarray]:
    """Corners of the box around geoms, world axes."""
    lows, highs = [], []
    for geom in ids:
        turn = data.geom_xmat[geom].reshape(3, 3)
        middle = data.geom_xpos[geom] + turn @ model.geom_aabb[geom, :3]
        half = np.abs(turn) @ model.geom_aabb[geom, 3:]
        lows.append(middle - half)
        highs.append(middle + half)
    return np.min(lows, axis=0), np.max(highs, axis=0)
