"""What lies under a point of the picture, by MuJoCo's own `mjv_select`."""

from __future__ import annotations

from dataclasses import dataclass

import mujoco
import numpy as np


@dataclass(frozen=True, slots=True)
class Picked:
    """The nearest visible thing under a point.

    Attributes:
        body: its body; 0 for what belongs to the world.
        geom: id, -1 when it is a flex or a skin.
        flex: id, or -1.
        skin: id, or -1.
        point: where, world frame, metres.
    """

    body: int
    geom: int
    flex: int
    skin: int
    point: tuple[float, float, float]


def pick(
    model: mujoco.MjModel,
    data: mujoco.MjData,
    option: mujoco.MjvOption,
    scene: mujoco.MjvScene,
    aspect: float,
    x: float,
    y: float,
) -> Picked | None:
    """The thing at (`x`, `y`), each -1..1 from left to right and from bottom to top; None for the background.

    Args:
        model: whose.
        data: where its bodies are.
        option: what is shown.
        scene: gives the camera, as `mjv_updateScene` left it.
        aspect: width / height of the picture.
        x: across.
        y: upwards.
    """
    point = np.zeros((3, 1))
    geom, flex, skin = (np.full((1, 1), -1, np.int32) for _ in range(3))
    body = mujoco.mjv_select(model, data, option, aspect, (x + 1) / 2, (y + 1) / 2, scene, point, geom, flex, skin)
    if body < 0:
        return None
    px, py, pz = point.ravel().tolist()
    return Picked(int(body), int(geom[0, 0]), int(flex[0, 0]), int(skin[0, 0]), (px, py, pz))
