"""Beside, between, around and against other things, and on the way to them. Pure."""

from __future__ import annotations

import math
from dataclasses import replace

from py_remote_viewer.scenes.create.layout.approach import run_up, swing_to
from py_remote_viewer.scenes.create.layout.arrange import GAP, offsets
from py_remote_viewer.scenes.create.layout.placed import Placed
from py_remote_viewer.scenes.create.layout.standing import Standing
from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.things.description import Thing
from py_remote_viewer.scenes.create.things.footprints import Footprint
from py_remote_viewer.scenes.create.things.sizes import axis_quat, dims_of, extent_of, times

NEAR_GAP = 0.12
_SIDES = {"left": (-1, 0), "right": (1, 0), "behind": (0, 1), "front": (0, -1)}


class Beside(Standing):
    """Places by what is at the side."""

    def _around(self, thing: Thing, foot: Footprint, targets: list[Placed]) -> list[Placed]:
        x = sum(one.base[0] for one in targets) / len(targets)
        y = sum(one.base[1] for one in targets) / len(targets)
        inner = max(math.hypot(abs(one.base[0] - x) + one.foot.x, abs(one.base[1] - y) + one.foot.y) for one in targets)
        ring = replace(thing, arrange="circle", ring_radius=None)
        radius = max(
            inner + 0.12 + math.hypot(foot.x, foot.y),
            math.hypot(*offsets(ring, self.seed)[0][:2]) if thing.total > 1 else 0.0,
        )
        radius = max(thing.ring_radius or 0.0, radius)
        low = min(one.base[2] for one in targets)
        found = self._elements(replace(ring, ring_radius=radius), foot, x, y, low)
        if not thing.noun.endswith("chair"):
            return found
        outwards = (math.degrees(math.atan2(one.base[1] - y, one.base[0] - x)) for one in found)
        return [replace(one, yaw_deg=angle - 90.0) for one, angle in zip(found, outwards, strict=True)]  # backs outside

    def _leaning(self, thing: Thing, foot: Footprint, target: Placed) -> list[Placed]:
        """Its foot on the floor in front of the wall, its upper edge at the wall; 18 degrees from upright, or as said."""
        said, thing = thing.tilt_deg, replace(thing, tilt_deg=None)
        dims = dims_of(thing)
        length, thick = _long_and_thick(thing, dims)
        angle = math.radians(90.0 - said if said and 20.0 <= said <= 85.0 else 18.0)
        while (
            said is None and length * math.cos(angle) > target.foot.height + length * 0.4 and angle < math.radians(50)
        ):
            angle += math.radians(2.0)
        # In the plane across the wall: u away from it, z up. The plank's own long axis is along its length.
        half_u = length / 2 * math.sin(angle) + thick / 2 * math.cos(angle)
        half_z = length / 2 * math.cos(angle) + thick / 2 * math.sin(angle)
        thin_y = target.foot.y <= target.foot.x
        over = max(0.0, 2 * half_z - target.foot.height)  # above the wall, where it leans on its edge
        half_u -= max(0.0, over * math.tan(angle) - thick / math.cos(angle)) if said else 0.0
        found = []
        across = _width_across(thing, dims)
        for index in range(thing.total):
            side = (index - (thing.total - 1) / 2) * (across + 0.05)
            if thin_y:
                base = (target.base[0] + side, target.base[1] - target.foot.y - half_u - 0.001, 0.0)
                tilt, turn = axis_quat("x", -math.degrees(angle)), 90.0
            else:
                base = (target.base[0] - target.foot.x - half_u - 0.001, target.base[1] + side, 0.0)
                tilt, turn = axis_quat("y", math.degrees(angle)), 0.0
            upright = times(axis_quat("z", turn), _stand_up(thing))
            found.append(
                Placed(
                    thing,
                    index,
                    (base[0], base[1], base[2] + GAP),
                    0.0,
                    Footprint(across / 2 if thin_y else half_u, half_u if thin_y else across / 2, 2 * half_z),
                    quat=times(tilt, upright),
                    supports=(-2,),
                )
            )
        return found

    def _aimed(self, thing: Thing, foot: Footprint, target_id: int) -> list[Placed]:
        """At a distance from what it will hit, on the side that it comes from."""
        self._join(thing.id, (target_id,))
        targets = self._placed[target_id]
        motion = thing.motion
        assert motion is not None
        come_from = {"right": "left", "left": "right", "forward": "behind", "back": "front"}.get(
            motion.direction, "left"
        )
        flies = motion.kind in ("thrown", "falling") or motion.height is not None or thing.height is not None
        reach = self.closer * run_up(motion, self.scene.world.gravity, flies=flies)
        if motion.kind == "falling":
            return self._above(thing, foot, targets, None)
        if follows_a_curve(targets[0].thing) and not flies:
            return self._along_the_line(thing, foot, targets, reach)
        sx, sy = _SIDES[come_from]
        low, high = min(one.base[2] for one in targets), max(one.top for one in targets)
        x0 = (min(o.base[0] for o in targets) + max(o.base[0] for o in targets)) / 2
        y0 = (min(o.base[1] for o in targets) + max(o.base[1] for o in targets)) / 2
        tx = max(o.base[0] + o.foot.x for o in targets) - x0
        ty = max(o.base[1] + o.foot.y for o in targets) - y0
        z = (
            self._height(thing)
            if motion.height is not None or thing.height is not None
            else max(low, (low + high) / 2 - foot.height / 2)
        )
        carrier = self._carrier(targets[0].thing)
        if not flies and sx < 0 and carrier is not None and carrier.thing.kind in ("table", "platform"):
            z, x = low, carrier.base[0] - carrier.foot.x + foot.x + 0.02
            here = self._elements(thing, foot, x, y0, z)
            if self._free(here, 0.02):
                return here
        if not flies:
            z = low if KINDS[targets[0].thing.kind].sort == "solid" and self._carrier(targets[0].thing) is None else 0.0
        found: list[Placed] = []
        for extra in range(40):
            distance = reach + 0.1 * extra
            found = self._elements(
                thing, foot, x0 + sx * (tx + foot.x + distance), y0 + sy * (ty + foot.y + distance), z
            )
            if self._free(found):
                break
        return found

    def _along_the_line(self, thing: Thing, foot: Footprint, targets: list[Placed], reach: float) -> list[Placed]:
        """Before the first domino of a curve, in the direction in which they fall."""
        struck, after = first_two(targets)
        (x, y, z), (next_x, next_y, _) = struck.base, after.base
        away = math.hypot(next_x - x, next_y - y) or 1.0
        found: list[Placed] = []
        for extra in range(40):
            far = (reach + 0.05 * extra + math.hypot(foot.x, foot.y)) / away
            found = self._elements(thing, foot, x - far * (next_x - x), y - far * (next_y - y), z)
            if self._free(found, 0.02):
                break
        return found

    def _swing_at(self, thing: Thing, foot: Footprint, target_id: int) -> list[Placed]:
        """A gallows beside the target, so that what hangs touches it at the lowest point of its swing."""
        self._join(thing.id, (target_id,))
        targets = self._placed[target_id]
        swing = swing_to(thing, min(one.base[2] for one in targets), max(one.top for one in targets))
        left = min(one.base[0] - one.foot.x for one in targets)
        carrier = self._carrier(targets[0].thing)
        stand = [*targets, carrier] if carrier is not None else targets
        near, far = min(o.base[1] - o.foot.y for o in stand), max(o.base[1] + o.foot.y for o in stand)
        wide = Footprint(0.05, (far - near) / 2 + 0.15, swing.pivot + 0.05)
        y = (min(o.base[1] for o in targets) + max(o.base[1] for o in targets)) / 2
        wide = replace(wide, y=max(wide.y, far - y + 0.15, y - near + 0.15))
        base = (left - swing.half - 0.004, y, 0.0)
        return [Placed(thing, 0, base, 0.0, wide, swing=(swing.pivot, swing.length))]


def follows_a_curve(thing: Thing) -> bool:
    """Whether it is a line of dominoes that turns, so that what is sent at it goes for the first of them."""
    return thing.kind == "domino" and thing.total > 2 and thing.arrange in ("circle", "arc", "spiral", "zigzag")


def first_two(line: list[Placed]) -> tuple[Placed, Placed]:
    """The domino that is struck, and the next one: of a spiral, from outside."""
    return (line[-1], line[-2]) if line[0].thing.arrange == "spiral" else (line[0], line[1])


def _long_and_thick(thing: Thing, dims: dict[str, float]) -> tuple[float, float]:
    if thing.kind == "box":
        return dims["height"], dims["length"]
    if thing.kind in ("stick", "capsule"):
        return dims["length"], 2 * dims["radius"]
    if thing.kind == "cylinder":
        return dims["height"], 2 * dims["radius"]
    if thing.kind == "domino":
        return dims["height"], dims["thickness"]
    return dims["length"], dims.get("thickness", dims.get("height", 0.05))


def _width_across(thing: Thing, dims: dict[str, float]) -> float:
    return dims["width"] if "width" in dims else 2 * dims["radius"]


def _stand_up(thing: Thing) -> tuple[float, float, float, float]:
    """Turn the longest side up, the thin side along x."""
    if thing.kind in ("box", "domino", "stick", "capsule", "cylinder"):
        return _undo(extent_of(thing).quat)
    return axis_quat("y", -90.0)


def _undo(quat: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    return (quat[0], -quat[1], -quat[2], -quat[3])
