"""The space around what was placed already: what is free, how high something begins, what belongs together. Pure."""

from __future__ import annotations

from dataclasses import replace

from py_remote_viewer.errors import SceneInvalid
from py_remote_viewer.scenes.create.layout.approach import meet, run_up, shot_at
from py_remote_viewer.scenes.create.layout.arrange import GAP, offsets
from py_remote_viewer.scenes.create.layout.placed import Box, Placed, box_of
from py_remote_viewer.scenes.create.layout.prepare import prepared
from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.things.description import Scene, Thing
from py_remote_viewer.scenes.create.things.elements import element_of, scale_at
from py_remote_viewer.scenes.create.things.footprints import ROOMS, Footprint
from py_remote_viewer.scenes.create.things.sizes import axis_quat, extent_of, times

NEAR_GAP = 0.12
_ASIDE_STEPS = 12
_SHOT_M = 1.0  # from a catapult to what it throws at, before it was tried
_CARRIED = ("on", "middle", "end", "other_end", "corner", "other_corner", "spot")
_SIDES = {"left": (-1, 0), "right": (1, 0), "behind": (0, 1), "front": (0, -1)}


class Room:
    """What is placed so far."""

    def __init__(
        self,
        scene: Scene,
        seed: int = 0,
        *,
        spread: float = 1.0,
        lift: float = 0.0,
        closer: float = 1.0,
        farther: float = 0.0,
    ) -> None:
        """What a repair asks for: `spread` widens gaps, `lift` raises what stands, `closer` shortens the way to targets.

        `farther`, m, is how much farther from a catapult its target stands.
        """
        self.scene = prepared(scene)
        self.seed = seed
        self.spread, self.lift, self.closer, self.farther = spread, lift, closer, farther
        self._placed: dict[int, list[Placed]] = {}
        self._boxes: list[Box] = []
        self._cluster: dict[int, int] = {}

    def _elements(
        self, thing: Thing, foot: Footprint, x: float, y: float, z: float, room: tuple[float, float] | None = None
    ) -> list[Placed]:
        found = []
        foot = replace(foot, x=foot.y, y=foot.x) if thing.arrange == "wall_across" else foot
        for index, (dx, dy, dz, yaw) in enumerate(offsets(thing, self.seed, room=room)):
            dz += self.lift * index if thing.arrange == "stack" else 0.0
            found.append(Placed(thing, index, (x + dx, y + dy, z + dz), yaw, self._foot_at(thing, foot, index)))
        return found

    @staticmethod
    def _foot_at(thing: Thing, foot: Footprint, index: int) -> Footprint:
        scale = scale_at(thing, index)
        return (
            foot if scale == 1 else Footprint(foot.x * scale, foot.y * scale, foot.height * scale, foot.height * scale)
        )

    def _height(self, thing: Thing) -> float:
        motion = thing.motion
        if thing.height is not None:
            return thing.height
        if motion is not None and motion.kind == "falling":
            return motion.height if motion.height is not None else 1.0
        if motion is not None and motion.kind == "thrown" and motion.direction != "up":
            return motion.height if motion.height is not None else 0.8
        if motion is not None and motion.kind == "hovering":
            return 0.6
        weightless = (
            self.scene.world.gravity == 0
            and KINDS[thing.kind].sort == "solid"
            and not thing.label
            and not self._carried(thing)
        )
        return 0.5 if weightless else 0.0

    @staticmethod
    def _carried(thing: Thing) -> bool:
        return any(relation.kind in ("on", "inside") for relation in thing.place)

    def _join(self, one: int, others: tuple[int, ...]) -> None:
        names = {self._cluster[one], *(self._cluster[other] for other in others)}
        first = min(names)
        for key, value in self._cluster.items():
            if value in names:
                self._cluster[key] = first

    def _clear(self, thing: Thing) -> float:
        return GAP + self.lift + max(0.0, thing.height or 0.0)

    def _free(self, found: list[Placed], gap: float = 0.0, *, but: int | None = None) -> bool:
        """Whether nothing is there yet; with `but`, other than that thing, in which it is."""
        for one in found:
            box = box_of(one)
            box.hx += gap
            box.hy += gap
            if any(box.hits(other) for other in self._boxes if other.owner != but):
                return False
        return True

    def _stack_height(self, one: Placed, x: float, y: float, z: float) -> float:
        """Above what stands in the middle already."""
        here = box_of(replace(one, base=(one.base[0] + x, one.base[1] + y, 0.0)))
        here.height = 1e9
        tops = [box.z + box.height for box in self._boxes if box.hits(here) and box.z >= z - 0.01]
        return max([z, *tops]) + GAP

    def _carrier(self, thing: Thing) -> Placed | None:
        for relation in thing.place:
            if relation.kind in _CARRIED and relation.targets[0] in self._placed:
                return self._placed[relation.targets[0]][0]
        return None

    def _posed(self, one: Placed) -> Placed:
        if KINDS[one.thing.kind].sort == "solid":
            quat = extent_of(element_of(one.thing, one.index), scale_at(one.thing, one.index)).quat
            if one.yaw_deg:
                quat = times(axis_quat("z", one.yaw_deg), quat)
            if one.quat != (1.0, 0.0, 0.0, 0.0):
                quat = times(one.quat, quat)
            return replace(one, quat=quat)
        return replace(one, quat=times(axis_quat("z", one.thing.yaw_deg + one.yaw_deg), one.quat))

    def _level(self, thing: Thing, targets: list[Placed]) -> float:
        """Beside something on a table means: on the table, for what can stand there."""
        motion = thing.motion
        if thing.height is not None or (motion is not None and motion.kind in ("falling", "thrown", "hovering")):
            return self._height(thing)
        small = KINDS[thing.kind].sort == "solid" and not thing.label
        lowest = min(one.base[2] for one in targets)
        mine, theirs = self._carrier(thing), self._carrier(targets[0].thing)
        if mine is not None and theirs is not None and mine.thing.id == theirs.thing.id:
            return lowest
        beside = targets[0].thing.kind
        return lowest if small and lowest > 0 and (KINDS[beside].sort == "solid" or beside == "arm") else 0.0

    def _keep_support(self, found: list[Placed], targets: list[Placed]) -> list[Placed]:
        """Not over the edge of the table that its neighbour stands on: else on the floor."""
        if found[0].base[2] <= 0:
            return found
        carrier = self._carrier(targets[0].thing)
        if carrier is None:
            return found
        inside = all(
            abs(one.base[0] - carrier.base[0]) + one.foot.x <= carrier.foot.x + 1e-6
            and abs(one.base[1] - carrier.base[1]) + one.foot.y <= carrier.foot.y + 1e-6
            for one in found
        )
        if inside:
            return found
        dx = max(carrier.base[0] - carrier.foot.x - min(o.base[0] - o.foot.x for o in found), 0.0)
        dx -= max(max(o.base[0] + o.foot.x for o in found) - carrier.base[0] - carrier.foot.x, 0.0)
        reach_y = carrier.foot.y - max(abs(one.base[1] - carrier.base[1]) + one.foot.y for one in found)
        for step in (0, *(sign * step for step in range(1, _ASIDE_STEPS + 1) for sign in (1, -1))):
            dy = max(0.0, reach_y) * step / _ASIDE_STEPS
            moved = [replace(one, base=(one.base[0] + dx, one.base[1] + dy, one.base[2])) for one in found]
            if self._free(moved):
                return moved
        raise SceneInvalid(
            f"there is no room on the {carrier.thing.noun} for the {found[0].thing.noun.replace('_', ' ')}",
            hint=f"Ask for a larger {carrier.thing.noun}, or smaller things.",
        )

    def _between(self, thing: Thing, foot: Footprint, targets: list[Placed]) -> list[Placed]:
        if len(targets) > 2 and targets[0].thing.arrange not in ("circle", "grid"):
            targets = sorted(targets, key=lambda one: one.base[0])
            middle = len(targets) // 2
            targets = targets[middle - 1 : middle + 1]
        z = min(one.base[2] for one in targets)
        if len(targets) == 2:
            x, y = (
                _middle_of(*[(one.base[axis], (one.foot.x, one.foot.y)[axis]) for one in targets]) for axis in (0, 1)
            )
            return self._elements(thing, foot, x, y, z)
        xs, ys = [one.base[0] for one in targets], [one.base[1] for one in targets]
        return self._elements(thing, foot, (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2, z)

    def _beside(
        self, thing: Thing, foot: Footprint, targets: list[Placed], kind: str, distance: float | None
    ) -> list[Placed]:
        shape = self._elements(thing, foot, 0.0, 0.0, 0.0)
        half_x = max(abs(one.base[0]) + one.foot.x for one in shape)
        half_y = max(abs(one.base[1]) + one.foot.y for one in shape)
        x0 = (min(o.base[0] - o.foot.x for o in targets) + max(o.base[0] + o.foot.x for o in targets)) / 2
        y0 = (min(o.base[1] - o.foot.y for o in targets) + max(o.base[1] + o.foot.y for o in targets)) / 2
        tx = max(o.base[0] + o.foot.x for o in targets) - x0
        ty = max(o.base[1] + o.foot.y for o in targets) - y0
        room = self._room_around(targets)
        z = (
            max(self._level(thing, targets), room.base[2] + room.foot.hole_at[2] + GAP)
            if room
            else self._level(thing, targets)
        )
        gap = distance if distance is not None else max(0.03, min(NEAR_GAP, 0.6 * half_x)) * self.spread
        if distance is None and meet(thing, targets[0].thing):
            gap = self._way_to_meet(thing, targets[0].thing)
        elif distance is None and shot_at(self.scene, thing):
            gap = max(0.05, _SHOT_M + self.farther)
        if distance == 0.0:
            gap = 0.001
        sides = [kind] if kind in _SIDES else ["right", "left", "front", "behind"]
        for extra in range(60):
            for side in sides:
                sx, sy = _SIDES[side]
                reach = gap + 0.1 * extra
                x = x0 + sx * (tx + half_x + reach)
                y = y0 + sy * (ty + half_y + reach)
                moved = [replace(one, base=(one.base[0] + x, one.base[1] + y, z + one.base[2])) for one in shape]
                if room is not None and not _within(moved, room):
                    continue
                if self._free(moved, but=room.thing.id if room else None):
                    if room is not None:
                        return [replace(one, supports=(*one.supports, room.thing.id)) for one in moved]
                    flies = thing.motion is not None and thing.motion.kind == "thrown"
                    return moved if flies else self._keep_support(moved, targets)
        return moved

    def _room_around(self, targets: list[Placed]) -> Placed | None:
        """The room or the pen that all of `targets` stand in, so that what is beside them is in there too."""
        inside = set.intersection(*(set(one.supports) for one in targets)) if targets else set()
        rooms = [self._placed[one][0] for one in inside if one in self._placed and len(self._placed[one]) == 1]
        return next((one for one in rooms if one.thing.kind == "bin" and one.thing.noun in ROOMS), None)

    def _way_to_meet(self, one: Thing, other: Thing) -> float:
        """How far apart two begin that come at each other."""
        gravity = self.scene.world.gravity
        ways = [
            run_up(motion, gravity, flies=motion.kind == "thrown")
            for thing in (one, other)
            if (motion := thing.motion) is not None
        ]
        return self.closer * 1.2 * min(1.0, sum(ways) / 1.2)


def _within(found: list[Placed], room: Placed) -> bool:
    """Whether all of them are between its walls."""
    assert room.foot.hole is not None
    x, y = room.base[0], room.base[1]
    return all(
        abs(one.base[0] - x) + one.foot.x <= room.foot.hole[0]
        and abs(one.base[1] - y) + one.foot.y <= room.foot.hole[1]
        for one in found
    )


def _middle_of(first: tuple[float, float], second: tuple[float, float]) -> float:
    """Along one axis: the middle of the gap between two, given as (centre, half extent); of the centres, without a gap."""
    low, high = sorted((first, second))
    inner = (low[0] + low[1], high[0] - high[1])
    return sum(inner) / 2 if inner[0] < inner[1] else (low[0] + high[0]) / 2
