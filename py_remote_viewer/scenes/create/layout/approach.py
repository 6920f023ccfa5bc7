"""How far away something begins that is to arrive: thrown, rolled, slid or swung at a target. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from py_remote_viewer.scenes.create.layout.motions import usual_speed
from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.things.bobs import hanging_reach
from py_remote_viewer.scenes.create.things.description import FLOOR, Motion, Scene, Thing
from py_remote_viewer.scenes.create.things.footprints import hangs

_FLIGHT_M, _RUN_M = 1.2, 0.7  # where the speed was not said, or is enough
_FLAT = 0.45  # of the range at 45 degrees: so near, a throw is hardly bent
_RUN_S = 2.0
_SLIDE = 0.6  # of the way until friction stops it
_FRICTION = 0.75
_LEAST_M = 0.12
_CLEAR_M = 0.03


@dataclass(frozen=True, slots=True)
class Swing:
    """How something hangs that is to hit: pivot above the floor, from there to its middle, half its width; m."""

    pivot: float
    length: float
    half: float


def run_up(motion: Motion, gravity: float, *, flies: bool) -> float:
    """From what is hit, m: as far as it is sure to come at the speed that was said."""
    usual = _FLIGHT_M if flies else _RUN_M
    speed = usual_speed(motion) if motion.speed is None and motion.kind == "sliding" else motion.speed
    if speed is None or (flies and motion.height is not None):
        return usual
    far = _RUN_S * speed
    if flies and gravity > 0:
        far = _FLAT * speed**2 / gravity
    elif motion.kind == "sliding" and gravity > 0:
        far = min(far, _SLIDE * speed**2 / (2 * _FRICTION * gravity))
    return max(_LEAST_M, min(usual, far))


def meet(one: Thing, other: Thing) -> bool:
    """Whether `one`, placed on a side of `other`, and that one come at each other."""
    ways = {motion.direction for thing in (one, other) if (motion := thing.motion) is not None}
    return ways in ({"left", "right"}, {"forward", "back"}) and all(
        thing.motion is not None and thing.motion.target is None for thing in (one, other)
    )


def thrower_of(scene: Scene, thing: Thing) -> int | None:
    """The catapult that `thing` lies on."""
    carriers = [target for relation in thing.place if relation.kind in ("on", "end") for target in relation.targets]
    return next((one for one in carriers if one != FLOOR and scene.thing(one).kind == "catapult"), None)


def shot_at(scene: Scene, thing: Thing) -> bool:
    """Whether `thing` is what a catapult throws at."""
    return any(
        other.motion is not None and other.motion.target == thing.id and thrower_of(scene, other) is not None
        for other in scene.things
    )


def swings_at(thing: Thing) -> bool:
    """Whether `thing` hangs and swings at a target: on a string, at the end of a rope or chain, as a pendulum."""
    motion = thing.motion
    if motion is None or motion.target is None or motion.kind not in ("swinging", "moving"):
        return False
    hung = thing.kind in ("rope", "chain", "pendulum") and thing.pose in ("", "hanging")
    return (KINDS[thing.kind].sort == "solid" and hangs(thing)) or hung


def swing_to(thing: Thing, low: float, high: float) -> Swing:
    """How high it hangs so that its lowest point is a little above the middle between `low` and `high`."""
    length, half, half_z = hanging_reach(thing)
    hit = max(half_z + _CLEAR_M, low + 0.6 * (high - low))
    if KINDS[thing.kind].sort == "solid":
        length = max(length, min(3.0, 0.6 * hit))
    return Swing(hit + length, length, half)
