"""Cameras and lights that were asked for: on a machine, around the scene, above it. Child process only: imports mujoco."""

from __future__ import annotations

import math

import mujoco
import numpy as np

from py_remote_viewer.scenes.create.bodies.stage import Stage
from py_remote_viewer.scenes.create.layout.placed import Placed
from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.lexicon.materials import rgb
from py_remote_viewer.scenes.create.things.description import Scene
from py_remote_viewer.scenes.create.things.footprints import parts_of
from py_remote_viewer.scenes.create.things.sizes import axis_quat, times

_FORWARD = (0.5, 0.5, -0.5, -0.5)  # looks along +x with +z up
_DIMMED = 0.35
_TURNS = {"front": 0.0, "side": 90.0, "behind": 180.0, "left": -90.0}
_OUTWARD = {"front": (0, -1), "side": (1, 0), "behind": (0, 1), "left": (-1, 0)}


def looking(turn: float, nod: float) -> list[float]:
    """Quaternion of a camera at -y that looks along +y, nodding down by `nod` radians."""
    half = (math.pi / 2 + nod) / 2
    return [math.cos(half), math.sin(half), 0.0, turn]


def add_cameras(stage: Stage, scene: Scene, placed: list[Placed]) -> None:
    """Every camera of the description: `from:above`, `tip:arm`, the noun that it follows, or one of the corners."""
    for number, wanted in enumerate(scene.world.cameras):
        how, _, what = wanted.partition(":")
        if how == "from":
            _from_side(stage, placed, what)
        elif how != "tip" or not _at_tip(stage, placed, what):
            _following(stage, placed, what or wanted, number)


def _middle(placed: list[Placed]) -> tuple[np.ndarray, float]:
    """The middle of all that is placed, and how far it reaches from there, m."""
    low = np.min([[one.base[0] - one.foot.x, one.base[1] - one.foot.y, one.base[2]] for one in placed], axis=0)
    high = np.max(
        [[one.base[0] + one.foot.x, one.base[1] + one.foot.y, one.base[2] + one.foot.height] for one in placed], axis=0
    )
    return (low + high) / 2, max(0.25, float(np.linalg.norm(high - low)) / 2)


def _from_side(stage: Stage, placed: list[Placed], side: str) -> None:
    """It sees the whole scene from there; its field of view is MuJoCo's usual 45 degrees."""
    centre, reach = _middle(placed)
    away = 2.8 * reach
    name = stage.name(f"camera_{side}")
    if side == "above":
        spot = [centre[0], centre[1], centre[2] + away]
        stage.spec.worldbody.add_camera(name=name, pos=spot, quat=[1, 0, 0, 0])
        return
    x, y = _OUTWARD[side]
    spot = [centre[0] + x * away, centre[1] + y * away, centre[2] + 0.2 * away]
    turned = times(axis_quat("z", _TURNS[side]), tuple(looking(0.0, -0.2)))  # type: ignore[arg-type]
    stage.spec.worldbody.add_camera(name=name, pos=spot, quat=list(turned))


def _at_tip(stage: Stage, placed: list[Placed], noun: str) -> bool:
    """On the wrist of an arm looking where it points, on the front of anything else that moves; whether there is one."""
    for one in placed:
        thing = one.thing
        if thing.noun != noun or KINDS[thing.kind].sort == "furniture":
            continue
        first = stage.bodies[thing.id][one.index]
        if thing.kind == "arm":
            last = f"{first.removesuffix('_1')}_{parts_of(thing)}"
            wrist = stage.spec.body(last)
            wrist.add_camera(name=stage.name(f"{noun}_camera"), pos=[0.07, 0, 0.05], quat=[0, 1, 0, 0])
            return True
        body = stage.spec.body(first)
        if body is not None:
            down = thing.kind in ("drone", "gripper", "crane")
            spot = [0, 0, -0.04] if thing.kind == "drone" else [one.foot.x, 0, 0.5 * one.foot.height]
            quat = [1, 0, 0, 0] if down else list(_FORWARD)
            body.add_camera(name=stage.name(f"{noun}_camera"), pos=spot, quat=quat)
            return True
    return False


def _following(stage: Stage, placed: list[Placed], noun: str, number: int) -> None:
    """A camera that follows the thing that it came with, or stands in a corner."""
    name = stage.name("camera")
    for one in placed:
        bodies = stage.bodies[one.thing.id]
        body = stage.spec.body(bodies[0])
        if noun == one.thing.noun and body is not None and KINDS[one.thing.kind].sort != "furniture":
            away = 2.5 * max(one.foot.x, one.foot.y, one.foot.height) + 0.3
            body.add_camera(
                name=name,
                mode=mujoco.mjtCamLight.mjCAMLIGHT_TRACKCOM,
                pos=[0, -away, 0.4 * away],
                quat=looking(0.0, -0.38),
            )
            return
    reach = max(max(abs(one.base[0]) + one.foot.x, abs(one.base[1]) + one.foot.y) for one in placed) + 1.0
    turn = math.radians(-45.0 + 90.0 * number)
    quat = times(axis_quat("z", math.degrees(turn) + 90.0), tuple(looking(0.0, -0.35)))  # type: ignore[arg-type]
    spot = [reach * math.sin(turn + math.pi / 2), -reach * math.cos(turn + math.pi / 2), 0.6 * reach]
    stage.spec.worldbody.add_camera(name=name, pos=spot, quat=list(quat))


def add_lights(stage: Stage, scene: Scene, placed: list[Placed]) -> None:
    """Every light of the description, `spot:red:above`: it shines on the middle of the scene."""
    coloured = any(wanted.split(":")[1] not in ("", "white") for wanted in scene.world.lights)
    if coloured:  # else it would be lost in the daylight
        head, sun = stage.spec.visual.headlight, stage.spec.lights[0]
        head.ambient, head.diffuse = (
            [_DIMMED * part for part in head.ambient],
            [_DIMMED * part for part in head.diffuse],
        )
        sun.diffuse = [_DIMMED * part for part in sun.diffuse]
    for wanted in scene.world.lights:
        kind, colour, side = wanted.split(":")
        centre, reach = _middle(placed)
        x, y = _OUTWARD.get(side, (0, 0) if side == "above" else (-0.5, -0.8))
        spot = centre + np.array([1.6 * reach * x, 1.6 * reach * y, 1.2 * reach if (x or y) else 2.0 * reach + 0.5])
        shade = rgb(colour) if colour else (0.9, 0.88, 0.84)
        stage.spec.worldbody.add_light(
            name=stage.name(f"{colour.replace(' ', '_')}_light".strip("_")),
            type=mujoco.mjtLightType.mjLIGHT_SPOT,  # the renderer draws no other kind that has a place
            pos=spot.tolist(),
            dir=(centre - spot).tolist(),
            diffuse=[0.8 * part for part in shade],
            specular=[0.3 * part for part in shade],
            cutoff=25.0 if kind == "spot" else 75.0,
            exponent=10.0 if kind == "spot" else 1.0,
            castshadow=True,
        )
