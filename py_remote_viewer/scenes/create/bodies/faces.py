"""Sides of a body that look different: a thin layer of that colour, seen and not touched. Child process only: mujoco."""

from __future__ import annotations

from typing import Any

from py_remote_viewer.scenes.create.bodies.stage import Stage
from py_remote_viewer.scenes.create.lexicon.materials import MATERIALS, rgb
from py_remote_viewer.scenes.create.things.description import Thing
from py_remote_viewer.scenes.create.things.sizes import Vec

_OUT_M = 0.0006  # beyond the body, so that it is the layer that is seen; from its edges, so that no two meet
_SHARE = 0.12  # of the body, in thickness
_AXES = {"left": (0, -1), "right": (0, 1), "front": (1, -1), "back": (1, 1), "bottom": (2, -1), "top": (2, 1)}


def add_faces(stage: Stage, body: Any, thing: Thing, half: Vec, name: str, *, middle: float = 0.0) -> None:
    """The coloured sides of a box or of an upright cylinder with these half sizes, around `middle` along z."""
    for side, look in thing.faces:
        axis, sign = _AXES[side]
        thin = _SHARE * half[axis]
        size = [one - _OUT_M for one in half]
        size[axis] = thin
        pos = [0.0, 0.0, middle]
        pos[axis] += sign * (half[axis] - thin + _OUT_M)
        colour = MATERIALS[look].colour if look in MATERIALS else rgb(look)
        material = stage.material(look.replace(" ", "_"), colour)
        round_ = thing.kind in ("cylinder", "disc", "pillar")
        shape = ("cylinder", (size[0], size[2])) if round_ else ("box", tuple(size))
        stage.geom(body, *shape, name=f"{name}_{side}", material=material, pos=pos, mass=0.0)
