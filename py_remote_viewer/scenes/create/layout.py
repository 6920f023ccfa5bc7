"""Where everything starts: relations solved to positions, nothing inside anything else. Pure and deterministic.

Things that are related form a cluster around the first of them; clusters stand side by side along x, the whole around the
origin. A thing on another stands on its top; beside another, it takes the nearest free place in that direction.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from py_remote_viewer.errors import SceneInvalid
from py_remote_viewer.scenes.create.arrange import GAP, Offset, offsets
from py_remote_viewer.scenes.create.description import FLOOR, MAX_BODIES, Relation, Scene, Thing
from py_remote_viewer.scenes.create.footprints import Footprint, footprint, hangs, swing_sizes
from py_remote_viewer.scenes.create.kinds import KINDS
from py_remote_viewer.scenes.create.prepare import prepared
from py_remote_viewer.scenes.create.sizes import Vec, axis_quat, dims_of, extent_of, ramp_angle_deg, times

NEAR_GAP = 0.12
_SIDES = {"left": (-1, 0), "right": (1, 0), "behind": (0, 1), "front": (0, -1)}


@dataclass(frozen=True, slots=True)
class Placed:
    """One element: its base (the middle of its underside), its turn about z, its footprint; `velocity` at the start."""

    thing: Thing
    index: int
    base: Vec
    yaw_deg: float
    foot: Footprint
    quat: tuple[float, float, float, float] = (1.0, 0.0, 0.0, 0.0)
    velocity: Vec = (0.0, 0.0, 0.0)
    spin: Vec = (0.0, 0.0, 0.0)
    swing: tuple[float, float] | None = None  # pivot height above the base, start angle in degrees
    supports: tuple[int, ...] = ()

    @property
    def top(self) -> float:
        """Height of its upper side."""
        return self.base[2] + self.foot.height


@dataclass(slots=True)
class _Box:
    """Taken space, world axes."""

    owner: int
    x: float
    y: float
    z: float
    hx: float
    hy: float
    height: float

    def hits(self, other: _Box, slack: float = 1e-6) -> bool:
        return (
            abs(self.x - other.x) < self.hx + other.hx - slack
            and abs(self.y - other.y) < self.hy + other.hy - slack
            and self.z < other.z + other.height - slack
            and other.z < self.z + self.height - slack
        )


class Layout:
    """Places one scene. `placed` holds every element afterwards, in the order of the things."""

    def __init__(self, scene: Scene, seed: int = 0, *, spread: float = 1.0, lift: float = 0.0) -> None:
        """`spread` widens the gaps between things, `lift` raises what stands: what a repair asks for."""
        self.scene = prepared(scene)
        self.seed = seed
        self.spread, self.lift = spread, lift
        self._placed: dict[int, list[Placed]] = {}
        self._boxes: list[_Box] = []
        self._cluster: dict[int, int] = {}

    def run(self) -> list[Placed]:
        """Every element, placed.

        Raises:
            SceneInvalid: it does not fit, or there is too much of it.
        """
        bodies = sum(thing.total * _bodies_in(thing) for thing in self.scene.things)
        if bodies > MAX_BODIES:
            raise SceneInvalid(
                f"the scene would have {bodies} bodies; at most {MAX_BODIES} are shown", hint="Ask for fewer things."
            )
        for thing in self._ordered():
            self._place(thing)
        self._set_side_by_side()
        return [one for thing in self.scene.things for one in self._placed[thing.id]]

    def _ordered(self) -> list[Thing]:
        """Targets before what is placed by them."""
        done: list[Thing] = []
        ids: set[int] = set()
        waiting = list(self.scene.things)
        while waiting:
            ready = [thing for thing in waiting if self._needs(thing) <= ids] or waiting[:1]
            done.append(ready[0])
            ids.add(ready[0].id)
            waiting.remove(ready[0])
        return done

    def _needs(self, thing: Thing) -> set[int]:
        needs = {target for relation in thing.place for target in relation.targets if target != FLOOR}
        if thing.motion is not None and thing.motion.target is not None:
            needs.add(thing.motion.target)
        return {one for one in needs if self.scene.has(one)} - {thing.id}

    # --- one thing ----------------------------------------------------------------------------------------------------

    def _place(self, thing: Thing) -> None:
        foot = footprint(thing)
        relation = next(
            (r for r in thing.place if FLOOR not in r.targets and all(t in self._placed for t in r.targets)), None
        )
        target_of_motion = thing.motion.target if thing.motion is not None else None
        self._cluster[thing.id] = thing.id
        if thing.at is not None:
            found = self._absolute(thing, foot)
        elif hangs(thing) and target_of_motion in self._placed:
            found = self._swing_at(thing, foot, target_of_motion)
        elif target_of_motion in self._placed and relation is None:
            found = self._aimed(thing, foot, target_of_motion)
        elif relation is None:
            found = self._loose(thing, foot)
        else:
            found = self._related(thing, foot, relation)
        self._keep(thing, found)

    def _keep(self, thing: Thing, found: list[Placed]) -> None:
        x, y, z = thing.shift
        found = [replace(one, base=(one.base[0] + x, one.base[1] + y, max(one.base[2] + z, 0.0))) for one in found]
        self._placed[thing.id] = [self._posed(one) for one in found]
        self._boxes += [_box(one) for one in found]

    def _posed(self, one: Placed) -> Placed:
        if KINDS[one.thing.kind].sort == "solid":
            quat = extent_of(element_of(one.thing, one.index), _scale_at(one.thing, one.index)).quat
            if one.yaw_deg:
                quat = times(axis_quat("z", one.yaw_deg), quat)
            if one.quat != (1.0, 0.0, 0.0, 0.0):
                quat = times(one.quat, quat)
            return replace(one, quat=quat)
        return replace(one, quat=times(axis_quat("z", one.thing.yaw_deg + one.yaw_deg), one.quat))

    def _elements(
        self, thing: Thing, foot: Footprint, x: float, y: float, z: float, room: tuple[float, float] | None = None
    ) -> list[Placed]:
        found = []
        for index, (dx, dy, dz, yaw) in enumerate(offsets(thing, self.seed, room=room)):
            dz += self.lift * index if thing.arrange == "stack" else 0.0
            found.append(Placed(thing, index, (x + dx, y + dy, z + dz), yaw, self._foot_at(thing, foot, index)))
        return found

    @staticmethod
    def _foot_at(thing: Thing, foot: Footprint, index: int) -> Footprint:
        scale = _scale_at(thing, index)
        return (
            foot if scale == 1 else Footprint(foot.x * scale, foot.y * scale, foot.height * scale, foot.height * scale)
        )

    def _absolute(self, thing: Thing, foot: Footprint) -> list[Placed]:
        assert thing.at is not None
        x, y, z = thing.at
        base = 0.0 if z is None else max(0.0, z - foot.height / 2 if KINDS[thing.kind].sort == "solid" else z)
        return self._elements(thing, foot, x, y, base)

    def _loose(self, thing: Thing, foot: Footprint) -> list[Placed]:
        return self._elements(thing, foot, 0.0, 0.0, self._height(thing))

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

    # --- placed by others ---------------------------------------------------------------------------------------------

    def _related(self, thing: Thing, foot: Footprint, relation: Relation) -> list[Placed]:
        targets = [one for target in relation.targets for one in self._placed[target]]
        self._join(thing.id, relation.targets)
        kind = relation.kind
        if relation.each and kind in ("on", "above", "inside", "left", "right", "behind", "front", "near"):
            return self._one_each(thing, foot, relation, targets)
        if kind in ("on", "middle") and kind == "middle":
            kind = "on" if len(targets) == 1 and targets[0].foot.top is not None and targets[0].thing.kind in ("table", "platform") else (
                "inside" if targets[0].foot.hole else "centre")  # fmt: skip
        if kind == "on":
            return self._on(thing, foot, targets)
        if kind == "inside":
            return self._inside(thing, foot, targets)
        if kind == "above":
            return self._above(thing, foot, targets, relation.distance)
        if kind == "under":
            return self._under(thing, foot, targets)
        if kind in ("between", "centre"):
            return self._between(thing, foot, targets)
        if kind == "around":
            return self._around(thing, foot, targets)
        if kind == "leaning":
            return self._leaning(thing, foot, targets[0])
        if kind in ("end", "other_end", "ends", "sides"):
            return self._at_end(thing, foot, targets, kind)
        return self._beside(thing, foot, targets, kind, relation.distance)

    def _join(self, one: int, others: tuple[int, ...]) -> None:
        names = {self._cluster[one], *(self._cluster[other] for other in others)}
        first = min(names)
        for key, value in self._cluster.items():
            if value in names:
                self._cluster[key] = first

    def _one_each(self, thing: Thing, foot: Footprint, relation: Relation, targets: list[Placed]) -> list[Placed]:
        found = []
        for index in range(thing.total):
            target = targets[index % len(targets)]
            single = replace(thing, count=1, groups=1, arrange="")
            kind = relation.kind
            if kind in ("on", "inside"):
                made = self._on(single, foot, [target]) if kind == "on" else self._inside(single, foot, [target])
            elif kind == "above":
                made = self._above(single, foot, [target], relation.distance)
            else:
                made = self._beside(single, foot, [target], kind, relation.distance)
            found.append(replace(made[0], thing=thing, index=index))
        return found

    def _on(self, thing: Thing, foot: Footprint, targets: list[Placed]) -> list[Placed]:
        target = max(targets, key=lambda one: (one.base[2], one.index))
        if target.thing.kind == "ramp":
            return self._on_ramp(thing, foot, target)
        if target.thing.kind in ("seesaw", "catapult"):
            return self._at_end(thing, foot, [target], "end")
        if target.thing.kind == "stairs":
            return self._on_stairs(thing, foot, target)
        loose = [one for one in targets if one.base[2] == targets[0].base[2]]
        if len(loose) > 1 and thing.total > 1 and thing.total == len(loose) and not thing.label:
            return [
                replace(self._on(replace(thing, count=1, groups=1), foot, [one])[0], thing=thing, index=i)
                for i, one in enumerate(loose)
            ]
        if len(loose) > 1 and not targets[0].thing.label and targets[0].thing.arrange != "stack":
            x = sum(one.base[0] for one in loose) / len(loose)
            y = sum(one.base[1] for one in loose) / len(loose)
            return self._elements(thing, foot, x, y, max(one.top for one in loose) + self._clear(thing))
        room = (max(0.02, target.foot.x), max(0.02, target.foot.y))
        if target.foot.top is None and KINDS[target.thing.kind].sort != "solid":
            return self._above(thing, foot, [target], 0.05)
        if target.foot.hole is not None:
            return self._inside(thing, foot, [target])
        top = target.base[2] + (target.foot.top or target.foot.height)
        return self._in_room(thing, foot, target, top + self._clear(thing), room)

    def _clear(self, thing: Thing) -> float:
        return GAP + self.lift + max(0.0, thing.height or 0.0)

    def _in_room(
        self, thing: Thing, foot: Footprint, target: Placed, z: float, room: tuple[float, float]
    ) -> list[Placed]:
        """On a surface: the middle when it is free, else the nearest free place of a grid over it."""
        shape = self._elements(thing, foot, 0.0, 0.0, z, room if thing.total > 1 and not thing.arrange else None)
        half_x = max(abs(one.base[0]) + one.foot.x for one in shape)
        half_y = max(abs(one.base[1]) + one.foot.y for one in shape)
        single = thing.total == 1
        if (
            not single
            and (half_x > room[0] + 0.005 or half_y > room[1] + 0.005)
            and target.thing.kind in ("table", "platform", "plate", "plank", "box")
        ):
            raise SceneInvalid(
                f"{thing.total} {thing.noun.replace('_', ' ')}s do not fit on the {target.thing.noun}",
                hint=f"They need {2 * half_x:.2f} m x {2 * half_y:.2f} m; ask for fewer or smaller ones, or a larger {target.thing.noun}.",
            )
        free_x, free_y = max(0.0, room[0] - half_x), max(0.0, room[1] - half_y)
        steps = 24
        spots = sorted(
            {
                (free_x * i / steps, free_y * j / steps)
                for i in range(-steps, steps + 1)
                for j in range(-steps, steps + 1)
            },
            key=lambda spot: (round(spot[0] ** 2 + 1.2 * spot[1] ** 2, 6), -spot[0], spot[1]),
        )
        x0, y0 = target.base[0], target.base[1]
        for dx, dy in spots:
            moved = [replace(one, base=(one.base[0] + x0 + dx, one.base[1] + y0 + dy, one.base[2])) for one in shape]
            if self._free(moved, 0.008):
                return moved
        return [
            replace(
                one, base=(one.base[0] + x0, one.base[1] + y0, one.base[2] + self._stack_height(one, x0, y0, z) - z)
            )
            for one in shape
        ]

    def _stack_height(self, one: Placed, x: float, y: float, z: float) -> float:
        """Above what stands in the middle already."""
        here = _box(replace(one, base=(one.base[0] + x, one.base[1] + y, 0.0)))
        here.height = 1e9
        tops = [box.z + box.height for box in self._boxes if box.hits(here) and box.z >= z - 0.01]
        return max([z, *tops]) + GAP

    def _free(self, found: list[Placed], gap: float = 0.0) -> bool:
        for one in found:
            box = _box(one)
            box.hx += gap
            box.hy += gap
            if any(box.hits(other) for other in self._boxes):
                return False
        return True

    def _on_ramp(self, thing: Thing, foot: Footprint, target: Placed) -> list[Placed]:
        """Near the upper end of the slope, turned with it; several stand side by side across it, then down it."""
        angle = math.radians(ramp_angle_deg(target.thing))
        dims = dims_of(target.thing)
        already = [one for others in self._placed.values() for one in others if target.thing.id in one.supports]
        extent = extent_of(thing) if KINDS[thing.kind].sort == "solid" else None
        half = extent.x if extent else foot.x
        pitch_y, pitch_x = 2 * foot.y + max(0.02, foot.y * 0.3), 2 * half + max(0.02, 0.3 * half)
        others = [o for o in self.scene.things if any(r.kind == "on" and target.thing.id in r.targets for r in o.place)]
        lane = [o.id for o in others].index(thing.id) if thing.id in [o.id for o in others] else 0
        widths = [2 * footprint(o).y * 1.15 + 0.03 for o in others]
        beside = len(others) > 1 and all(o.total == 1 for o in others) and sum(widths) <= dims["width"]
        across = max(1, min(thing.total, int((dims["width"] - 2 * foot.y) / pitch_y) + 1))
        found = []
        yaw = math.radians(target.thing.yaw_deg + target.yaw_deg)
        below = sum(2 * one.foot.x + 0.04 for one in already[::across]) if already else 0.0
        for index in range(thing.total):
            row, column = divmod(index, across)
            if thing.arrange == "stack":
                row = column = 0
            count = min(across, thing.total - row * across) if thing.arrange != "stack" else 1
            along = -dims["length"] / 2 + half + 0.08 + row * pitch_x + below
            if along > dims["length"] / 2 - half:
                raise SceneInvalid(
                    f"{thing.total} {thing.noun}s do not fit on the {target.thing.noun}",
                    hint="Ask for fewer or smaller ones, or a longer ramp.",
                )
            side = (column - (count - 1) / 2) * pitch_y
            if beside:
                side, along = -sum(widths) / 2 + sum(widths[:lane]) + widths[lane] / 2, -dims["length"] / 2 + half + 0.08
            height = extent.z if extent else 0.0
            lift = height + 0.001 + (index * 2 * height if thing.arrange == "stack" else 0.0)
            # the surface runs through the ramp's own frame: down towards +x
            sx = along * math.cos(angle) + lift * math.sin(angle)
            sz = (dims["length"] / 2) * math.sin(angle) - along * math.sin(angle) + 0.03 + lift * math.cos(angle)
            x = target.base[0] + math.cos(yaw) * sx - math.sin(yaw) * side
            y = target.base[1] + math.sin(yaw) * sx + math.cos(yaw) * side
            quat = times(axis_quat("z", math.degrees(yaw)), axis_quat("y", math.degrees(angle)))
            found.append(
                Placed(
                    thing,
                    index,
                    (x, y, target.base[2] + sz - height),
                    0.0,
                    foot,
                    quat=quat,
                    supports=(target.thing.id,),
                )
            )
        return found

    def _on_stairs(self, thing: Thing, foot: Footprint, target: Placed) -> list[Placed]:
        """On the top step."""
        run = 2 * target.foot.x / max(1, target.thing.parts or 5)
        x = target.base[0] - target.foot.x + max(foot.x, run / 2)
        top = replace(
            target, base=(x, target.base[1], target.base[2]), foot=replace(target.foot, x=max(foot.x, run / 2))
        )
        return self._in_room(thing, foot, top, target.top + self._clear(thing), (max(foot.x, run / 2), target.foot.y))

    def _inside(self, thing: Thing, foot: Footprint, targets: list[Placed]) -> list[Placed]:
        target = targets[0]
        hole = target.foot.hole
        if hole is None:
            if target.thing.arrange in ("circle",) or target.thing.label in ("circle", "ring"):
                return self._between(thing, foot, targets)
            raise SceneInvalid(
                f"nothing fits inside a {target.thing.noun.replace('_', ' ')}: it is solid",
                hint="Say a bin, a bucket or an open box: 'three balls in a bin'.",
            )
        pitch_x, pitch_y = 2 * foot.x * 1.06 + 0.004, 2 * foot.y * 1.06 + 0.004
        columns = int((2 * hole[0] + 0.004 - 2 * foot.x) / pitch_x) + 1
        rows = int((2 * hole[1] + 0.004 - 2 * foot.y) / pitch_y) + 1
        if foot.x > hole[0] or foot.y > hole[1]:
            raise SceneInvalid(
                f"a {thing.noun.replace('_', ' ')} does not fit inside the {target.thing.noun}",
                hint="Make it smaller, or the bin bigger.",
            )
        found = []
        floor = target.base[2] + 0.02
        inside = [one for others in self._placed.values() for one in others if target.thing.id in one.supports]
        floor += max([0.0, *(one.top - floor for one in inside)])
        for index in range(thing.total):
            layer, rest = divmod(index, columns * rows)
            row, column = divmod(rest, columns)
            left = thing.total - layer * columns * rows
            here = min(columns, max(1, left - row * columns))
            rows_here = min(rows, math.ceil(left / columns))
            x = target.base[0] + (column - (here - 1) / 2) * pitch_x
            y = target.base[1] + (row - (rows_here - 1) / 2) * pitch_y
            found.append(
                Placed(
                    thing,
                    index,
                    (x, y, floor + 0.002 + layer * (foot.height + 0.004)),
                    0.0,
                    foot,
                    supports=(target.thing.id,),
                )
            )
        return found

    def _above(self, thing: Thing, foot: Footprint, targets: list[Placed], distance: float | None) -> list[Placed]:
        x = sum(one.base[0] for one in targets) / len(targets)
        y = sum(one.base[1] for one in targets) / len(targets)
        motion = thing.motion
        fall = motion.height if motion is not None and motion.height is not None else thing.height
        top = max(one.top for one in targets)
        z = (
            max(fall, top + 0.02)
            if fall is not None and distance is None
            else top + (distance if distance is not None else 0.35)
        )
        room = (max(one.foot.x for one in targets), max(one.foot.y for one in targets))
        if thing.total > 1 and not thing.arrange and room[0] > 3 * foot.x:
            return self._elements(thing, foot, x, y, z, room)
        if thing.total > 1 and not thing.arrange:
            made = self._elements(thing, foot, x, y, z)
            if max(abs(one.base[0] - x) for one in made) > max(
                room[0], foot.x
            ):  # over something small: one above the other
                return self._elements(
                    replace(thing, arrange="stack"), Footprint(foot.x, foot.y, foot.height * 1.3), x, y, z
                )
            return made
        found = self._elements(thing, foot, x, y, z)
        while not self._free(found) and z < top + 5:
            z += 0.1
            found = self._elements(thing, foot, x, y, z)
        return found

    def _under(self, thing: Thing, foot: Footprint, targets: list[Placed]) -> list[Placed]:
        target = targets[0]
        clearance = target.top - target.base[2] - 0.05 if target.thing.kind == "table" else target.base[2]
        if foot.height > clearance:
            raise SceneInvalid(
                f"a {thing.noun.replace('_', ' ')} that is {foot.height:.2f} m high does not fit under the {target.thing.noun}",
                hint=f"There are {clearance:.2f} m: make it smaller, or put the {target.thing.noun} higher.",
            )
        room = (target.foot.x - 0.08, target.foot.y - 0.08) if target.thing.kind == "table" else None
        return self._elements(thing, foot, target.base[0], target.base[1], 0.0, room)

    def _between(self, thing: Thing, foot: Footprint, targets: list[Placed]) -> list[Placed]:
        if len(targets) > 2 and targets[0].thing.arrange not in ("circle", "grid"):
            targets = sorted(targets, key=lambda one: one.base[0])
            middle = len(targets) // 2
            targets = targets[middle - 1 : middle + 1]
        xs, ys = [one.base[0] for one in targets], [one.base[1] for one in targets]
        z = min(one.base[2] for one in targets)
        return self._elements(thing, foot, (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2, z)

    def _around(self, thing: Thing, foot: Footprint, targets: list[Placed]) -> list[Placed]:
        x = sum(one.base[0] for one in targets) / len(targets)
        y = sum(one.base[1] for one in targets) / len(targets)
        inner = max(math.hypot(abs(one.base[0] - x) + one.foot.x, abs(one.base[1] - y) + one.foot.y) for one in targets)
        ring = replace(thing, arrange="circle", ring_radius=None)
        radius = max(
            inner + 0.12 + math.hypot(foot.x, foot.y),
            math.hypot(*offsets(ring, self.seed)[0][:2]) if thing.total > 1 else 0.0,
        )
        return self._elements(replace(ring, ring_radius=radius), foot, x, y, min(one.base[2] for one in targets))

    def _leaning(self, thing: Thing, foot: Footprint, target: Placed) -> list[Placed]:
        """Its foot on the floor in front of the wall, its upper edge at the wall; 18 degrees from upright."""
        dims = dims_of(thing)
        length, thick = _long_and_thick(thing, dims)
        angle = math.radians(18.0)
        while length * math.cos(angle) > target.foot.height + length * 0.4 and angle < math.radians(50):
            angle += math.radians(2.0)
        # In the plane across the wall: u away from it, z up. The plank's own long axis is along its length.
        half_u = length / 2 * math.sin(angle) + thick / 2 * math.cos(angle)
        half_z = length / 2 * math.cos(angle) + thick / 2 * math.sin(angle)
        thin_y = target.foot.y <= target.foot.x
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
            found.append(Placed(thing, index, (base[0], base[1], base[2] + GAP), 0.0,
                                Footprint(across / 2 if thin_y else half_u, half_u if thin_y else across / 2, 2 * half_z),
                                quat=times(tilt, upright), supports=(-2,)))  # fmt: skip
        return found

    def _at_end(self, thing: Thing, foot: Footprint, targets: list[Placed], kind: str) -> list[Placed]:
        """On the ends of a seesaw or a table, in the spoon of a catapult; of anything else, beside its end."""
        target = targets[0]
        carrier = target.thing.kind
        if carrier not in ("seesaw", "catapult", "table", "platform", "plank", "bridge", "wall", "plate"):
            return self._beside(thing, foot, targets, "right" if kind in ("end", "ends", "sides") else "left", None)
        if kind in ("ends", "sides") and thing.total == 1:
            thing = replace(thing, count=2)
        found = []
        taken = any(target.thing.id in one.supports for others in self._placed.values() for one in others)
        for index in range(thing.total):
            side = -1 if (kind == "other_end") != (taken and kind == "end") else 1
            if kind in ("ends", "sides"):
                side = 1 if index % 2 else -1
            rank = index // 2 if kind in ("ends", "sides") else index
            reach = target.foot.x - max(foot.x, 0.02) - 0.02 - rank * (2 * foot.x + 0.01)
            z = target.base[2] + (target.foot.top or target.foot.height) + GAP
            if carrier == "catapult":
                x, z = target.base[0] - target.foot.x + 0.18, target.base[2] + 0.14
            else:
                x = target.base[0] + side * reach
            found.append(Placed(thing, index, (x, target.base[1], z), 0.0, foot, supports=(target.thing.id,)))
        return found

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
        z = self._level(thing, targets)
        gap = distance if distance is not None else max(0.03, min(NEAR_GAP, 0.6 * half_x)) * self.spread
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
                if self._free(moved):
                    return self._keep_support(moved, targets)
        return moved

    def _level(self, thing: Thing, targets: list[Placed]) -> float:
        """Beside something on a table means: on the table, for what can stand there."""
        motion = thing.motion
        if thing.height is not None or (motion is not None and motion.kind in ("falling", "thrown", "hovering")):
            return self._height(thing)
        small = KINDS[thing.kind].sort == "solid" and not thing.label
        lowest = min(one.base[2] for one in targets)
        return lowest if small and lowest > 0 and KINDS[targets[0].thing.kind].sort == "solid" else 0.0

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
        moved = [replace(one, base=(one.base[0] + dx, one.base[1], one.base[2])) for one in found]
        if self._free(moved):
            return moved
        raise SceneInvalid(
            f"there is no room on the {carrier.thing.noun} for the {found[0].thing.noun.replace('_', ' ')}",
            hint=f"Ask for a larger {carrier.thing.noun}, or smaller things.",
        )

    def _carrier(self, thing: Thing) -> Placed | None:
        for relation in thing.place:
            if relation.kind in ("on", "middle", "end") and relation.targets[0] in self._placed:
                return self._placed[relation.targets[0]][0]
        return None

    # --- aimed --------------------------------------------------------------------------------------------------------

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
        reach = 1.2 if flies else 0.7
        if motion.kind == "falling":
            return self._above(thing, foot, targets, None)
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

    def _swing_at(self, thing: Thing, foot: Footprint, target_id: int) -> list[Placed]:
        """A gallows beside the target, so that what hangs touches it at the lowest point of its swing."""
        self._join(thing.id, (target_id,))
        targets = self._placed[target_id]
        low, high = min(one.base[2] for one in targets), max(one.top for one in targets)
        length, half, half_z = swing_sizes(thing)
        hit = max(half_z + 0.03, low + 0.6 * (high - low))
        length = max(length, min(3.0, 0.6 * hit))
        left = min(one.base[0] - one.foot.x for one in targets)
        y = sum(one.base[1] for one in targets) / len(targets)
        pivot = hit + length
        wide = Footprint(0.05, max(one.foot.y for one in targets) + 0.15, pivot + 0.05)
        return [
            Placed(
                replace(thing, dims=thing.dims), index, (left - half - 0.004, y, 0.0), 0.0, wide, swing=(pivot, -65.0)
            )
            for index in range(1)
        ]

    # --- clusters -----------------------------------------------------------------------------------------------------

    def _set_side_by_side(self) -> None:
        groups: dict[int, list[int]] = {}
        for thing in self.scene.things:
            groups.setdefault(self._cluster[thing.id], []).append(thing.id)
        fixed = [ids for ids in groups.values() if any(self.scene.thing(one).at is not None for one in ids)]
        taken = [box for ids in fixed for one in ids for box in map(_box, self._placed[one])]
        free = [ids for ids in groups.values() if ids not in fixed]
        widths = []
        for ids in free:
            boxes = [_box(one) for member in ids for one in self._placed[member]]
            widths.append(
                (
                    min(b.x - b.hx for b in boxes),
                    max(b.x + b.hx for b in boxes),
                    min(b.y - b.hy for b in boxes),
                    max(b.y + b.hy for b in boxes),
                )
            )
        gap = 0.2 * self.spread
        total = sum(right - left for left, right, *_ in widths) + gap * (len(widths) - 1) if widths else 0.0
        x = -total / 2
        for ids, (left, right, near, far) in zip(free, widths, strict=True):
            middle = (near + far) / 2
            dx, dy = x - left, -middle
            for _ in range(60):
                moved = [_Box(-1, x + (right - left) / 2, 0.0, 0.0, (right - left) / 2, (far - near) / 2, 1e9)]
                if not any(box.hits(moved[0]) for box in taken):
                    break
                x += 0.1
                dx = x - left
            for member in ids:
                self._placed[member] = [
                    replace(one, base=(one.base[0] + dx, one.base[1] + dy, one.base[2])) for one in self._placed[member]
                ]
            x += right - left + gap


def _box(one: Placed) -> _Box:
    return _Box(one.thing.id, one.base[0], one.base[1], one.base[2], one.foot.x, one.foot.y, one.foot.height)


def _scale_at(thing: Thing, index: int) -> float:
    scale = 1.0
    for override in thing.overrides:
        at = override.index if override.index != 99 else thing.total // 2
        if (at if at >= 0 else thing.total + at) == index:
            scale *= override.scale
    return scale


def element_of(thing: Thing, index: int) -> Thing:
    """`thing` as its element `index` is, where one of a group is tilted."""
    for override in thing.overrides:
        if override.tilt_deg is not None and (override.index if override.index >= 0 else thing.total + override.index) == index:
            return replace(thing, tilt_deg=override.tilt_deg)
    return thing


def _bodies_in(thing: Thing) -> int:
    sort = KINDS[thing.kind].sort
    if sort == "robot":
        return 17
    if sort == "soft":
        return (thing.parts or KINDS[thing.kind].parts[0]) if thing.kind != "cloth" else 30
    return (thing.parts or KINDS[thing.kind].parts[0]) if sort == "machine" else 1


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


__all__ = ["Layout", "Offset", "Placed"]
