"""What a thing weighs: its volume times the density of what it is made of. Pure."""

from __future__ import annotations

import math
from dataclasses import replace

from py_remote_viewer.errors import SceneInvalid
from py_remote_viewer.scenes.create.lexicon.hulls import hull_volume, is_hull
from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.lexicon.materials import MATERIALS
from py_remote_viewer.scenes.create.lexicon.profiles import PROFILES, profile_volume
from py_remote_viewer.scenes.create.things.description import Thing
from py_remote_viewer.scenes.create.things.sizes import dims_of, shape_of

_SHELL = 0.2  # of the volume of a hollow thing is wall
_USUAL_KG = {"pendulum": 0.6, "cart_pole": 1.0, "spring": 0.5, "cradle": 2.5, "humanoid": 40.0, "quadruped": 12.0}


def volume(kind: str, size: tuple[float, float, float]) -> float:
    """m³ of a geom with MuJoCo's sizes."""
    a, b, c = size
    if kind == "sphere":
        return 4 / 3 * math.pi * a**3
    if kind == "box":
        return 8 * a * b * c
    if kind == "ellipsoid":
        return 4 / 3 * math.pi * a * b * c
    if kind == "ring":
        return 2 * math.pi**2 * (a - b) * b * b
    if kind in PROFILES:
        return profile_volume(kind, size)
    if is_hull(kind):
        return hull_volume(kind, size)
    return math.pi * a * a * 2 * b + (4 / 3 * math.pi * a**3 if kind == "capsule" else 0.0)


def density_of(thing: Thing) -> float:
    """kg/m³ of what it is made of, heavier or lighter as said."""
    stuff = MATERIALS.get(thing.material or "")
    return (thing.density or (stuff.density if stuff else 400.0)) * thing.weight * (_SHELL if thing.hollow else 1.0)


def mass_of(thing: Thing) -> float:
    """kg of one of it: what was said, or what follows from its size; a usual figure for a machine."""
    if thing.mass is not None:
        return thing.mass
    if KINDS[thing.kind].sort != "solid":
        return _USUAL_KG.get(thing.kind, 1.0) * thing.weight
    return density_of(thing) * volume(*shape_of(thing, dims_of(thing)))


def scale_to_volume(thing: Thing, wanted: float) -> float:
    """The factor on the usual size with which one of it holds `wanted` m³.

    Raises:
        SceneInvalid: it has no volume that could be said.
    """
    if thing.dims:
        thing = replace(thing, dims=())
    if thing.kind == "bin":
        d = dims_of(thing)
        own = d["length"] * d["width"] * d["height"]
    elif KINDS[thing.kind].sort == "solid":
        own = volume(*shape_of(thing, dims_of(thing)))
    else:
        raise SceneInvalid(
            f"a {thing.noun.replace('_', ' ')} cannot be told by its volume", hint="Say its length, width or height."
        )
    return float((wanted / own) ** (1 / 3))
