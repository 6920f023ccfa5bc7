"""How things move at the start: what was said, what the target asks for, or what is usual. Pure."""

from __future__ import annotations

import math

from py_remote_viewer.errors import SceneInvalid
from py_remote_viewer.scenes.create.layout.placed import Placed
from py_remote_viewer.scenes.create.things.description import Motion
from py_remote_viewer.scenes.create.things.sizes import Extent, Vec

FASTEST_MPS = 100.0
_USUAL_THROW = 5.0
_RUNNING = ("rolling", "sliding", "moving")
_LOB_RAD = math.radians(60.0)
_CLEARANCE_M = 0.2  # between what flies over something and its top
_USUAL = {"thrown": 4.0, "rolling": 1.5, "sliding": 3.0, "moving": 1.5}
VECTORS = {
    "left": (-1, 0, 0),
    "right": (1, 0, 0),
    "back": (0, 1, 0),
    "forward": (0, -1, 0),
    "up": (0, 0, 1),
    "down": (0, 0, -1),
}


def start_velocity(placed: Placed, gravity: float, extent: Extent) -> tuple[float, float, float, float, float, float]:
    """Linear (world) and angular (own frame) velocity of a free body.

    Raises:
        SceneInvalid: faster than can be simulated.
    """
    if any(placed.velocity) or any(placed.spin):
        linear, angular = placed.velocity, placed.spin
        return (*linear, *angular)
    motion = placed.thing.motion
    if motion is None or (motion.kind in ("falling", "hovering", "swinging") and motion.speed is None):
        return (0.0,) * 6
    if motion.kind == "toppled":  # a push that grows with the height: a tower goes over as one
        return (1.5 * (placed.index + 1) / placed.thing.total, 0.0, 0.0, 0.0, 0.0, 0.0)
    if motion.kind == "spinning":
        return (0.0, 0.0, 0.0, 0.0, 0.0, motion.spin if motion.spin is not None else 8.0)
    speed = motion.speed if motion.speed is not None else _USUAL.get(motion.kind, 2.0) * (0.5 if _inside(placed) else 1)
    if abs(speed) > FASTEST_MPS:
        raise SceneInvalid(f"{speed:g} m/s is too fast to simulate", hint=f"Up to {FASTEST_MPS:g} m/s can be.")
    way = "" if motion.direction == "down" and motion.kind in _RUNNING else motion.direction  # down what it is on
    at_an_end = any(relation.kind in ("end", "other_end") for relation in placed.thing.place)
    carried = bool(placed.supports) and way == "" and motion.speed is None and not at_an_end
    if carried and not (_inside(placed) and motion.kind in ("rolling", "sliding", "moving")):
        return (0.0,) * 6
    direction = way if way in VECTORS else "down" if motion.kind == "falling" else "right"
    x, y, z = (speed * part for part in VECTORS[direction])
    if motion.kind == "thrown" and direction not in ("up", "down"):
        level = 0.0 if motion.direction == "horizontal" else 0.36
        rise = math.radians(motion.angle_deg) if motion.angle_deg is not None else level
        x, y, z = math.cos(rise) * x, math.cos(rise) * y, math.sin(rise) * speed
    spin = (0.0, 0.0, 0.0)
    if (motion.kind == "rolling" or rolls(placed, gravity)) and extent.z > 0:
        spin = rolling_spin((x, y, z), extent.z, placed)
    return (x, y, z, *spin)


def _inside(placed: Placed) -> bool:
    return any(relation.kind == "inside" for relation in placed.thing.place)


def rolls(placed: Placed, gravity: float) -> bool:
    """Whether what moves rolls, without that being said: a ball that is on the ground."""
    motion, thing = placed.thing.motion, placed.thing
    lying = thing.height is None and motion is not None and motion.kind == "moving" and motion.height is None
    slides = thing.friction is not None and thing.friction < 0.05
    return lying and thing.kind == "ball" and gravity > 0 and not slides


def aim(placed: Placed, target: tuple[float, float, float], gravity: float) -> tuple[float, float, float]:
    """Velocity of something thrown, so that it comes by `target` (world): the flatter arc; steep when it is slow."""
    motion = placed.thing.motion
    assert motion is not None
    speed = motion.speed if motion.speed is not None else _USUAL.get(motion.kind, 2.0)
    dx, dy = target[0] - placed.base[0], target[1] - placed.base[1]
    dz = target[2] - placed.base[2] - placed.foot.height / 2
    distance = math.hypot(dx, dy) or 1e-6
    if motion.kind != "thrown" or gravity <= 0:
        length = math.hypot(distance, dz) if motion.kind == "thrown" else distance
        return (speed * dx / length, speed * dy / length, speed * dz / length if motion.kind == "thrown" else 0.0)
    if motion.speed is None:
        speed = max(speed, 1.15 * math.sqrt(gravity * (dz + math.hypot(distance, dz))))
    under = speed**4 - gravity * (gravity * distance**2 + 2 * dz * speed**2)
    slope = (speed**2 - math.sqrt(under)) / (gravity * distance) if under > 0 else 1.0
    flat = speed / math.hypot(1.0, slope)
    return (flat * dx / distance, flat * dy / distance, flat * slope)


def fly_over(placed: Placed, top: Vec, half: float, gravity: float) -> Vec:
    """Velocity of something thrown that is highest above `top`, so that it clears what reaches `half` to each side."""
    dx, dy = top[0] - placed.base[0], top[1] - placed.base[1]
    distance = math.hypot(dx, dy) or 1e-6
    share = min(0.8, (half + placed.foot.x) / distance)
    rise = max(0.1, top[2] - placed.base[2] + _CLEARANCE_M) / (1.0 - share**2)
    up = math.sqrt(2 * max(0.1, gravity) * rise)
    along = distance * max(0.1, gravity) / up
    return (along * dx / distance, along * dy / distance, up)


def lob(placed: Placed, mouth: Vec, gravity: float) -> Vec:
    """Velocity of something thrown that comes down steeply at `mouth`, which is open from above."""
    dx, dy, dz = (mouth[0] - placed.base[0], mouth[1] - placed.base[1], mouth[2] - placed.base[2])
    distance, steep = math.hypot(dx, dy) or 1e-6, math.tan(_LOB_RAD)
    while distance * steep - dz < 0.1 * distance:  # it is too high for that
        steep *= 1.5
    along = distance * math.sqrt(max(0.1, gravity) / (2 * (distance * steep - dz)))
    return (along * dx / distance, along * dy / distance, along * steep)


def rolling_spin(velocity: Vec, radius: float, placed: Placed) -> Vec:
    """Of what rolls without slipping, in its own frame, rad/s."""
    return _local((-velocity[1] / radius, velocity[0] / radius, 0.0), placed)


def _local(vector: tuple[float, float, float], placed: Placed) -> tuple[float, float, float]:
    """A world vector in the frame of the body."""
    from py_remote_viewer.scenes.create.things.sizes import matrix

    rows = matrix(placed.quat)
    return tuple(sum(rows[i][j] * vector[i] for i in range(3)) for j in range(3))  # type: ignore[return-value]


def usual_speed(motion: Motion) -> float:
    """How fast it moves where nobody said, m/s; what is thrown at something, about so."""
    return _USUAL_THROW if motion.kind == "thrown" else _USUAL.get(motion.kind, 2.0)
