"""On, in, over and under other things: tables, ramps, stairs, bins, seesaws. Pure."""

from __future__ import annotations

import math
from dataclasses import replace

from py_remote_viewer.errors import SceneInvalid
from py_remote_viewer.scenes.create.layout.arrange import GAP
from py_remote_viewer.scenes.create.layout.contents import Contents
from py_remote_viewer.scenes.create.layout.fronts import downhill
from py_remote_viewer.scenes.create.layout.placed import Placed
from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.things.description import Thing
from py_remote_viewer.scenes.create.things.footprints import Footprint, footprint, parts_of
from py_remote_viewer.scenes.create.things.sizes import axis_quat, dims_of, extent_of, ramp_angle_deg, times

_SPOON_M = 0.064  # half the room between the rims of a catapult's spoon
_SPOON_RIM_M = 0.164


class Standing(Contents):
    """Places by what is below or above."""

    def _on(self, thing: Thing, foot: Footprint, targets: list[Placed]) -> list[Placed]:
        sloped = targets[0].thing.kind in ("ramp", "stairs", "seesaw", "catapult") or targets[0].foot.hole is not None
        if sloped and len(targets) > 1 and thing.total == len(targets) and not thing.label:
            single = replace(thing, count=1, groups=1)
            return [replace(self._on(single, foot, [one])[0], thing=thing, index=i) for i, one in enumerate(targets)]
        target = max(targets, key=lambda one: (one.base[2], one.index))
        if target.thing.kind == "ramp":
            return self._on_ramp(thing, foot, target)
        if target.thing.kind in ("plate", "plank") and target.thing.tilt_deg and thing.total == 1:
            return self._on_slant(thing, foot, target)
        if target.thing.kind in ("seesaw", "catapult"):
            both = target.thing.kind == "seesaw" and thing.total > 1 and not thing.label
            return self._at_end(thing, foot, [target], "ends" if both else "end")
        if target.thing.kind == "stairs":
            return self._on_stairs(thing, foot, target)
        loose = [one for one in targets if one.base[2] == targets[0].base[2]]
        if targets[0].thing.groups > 1 and thing.total == 1:  # across the tops of several towers
            high = max(one.top for one in targets)
            loose = [one for one in targets if math.isclose(one.top, high, abs_tol=1e-6)]
            x = sum(one.base[0] for one in loose) / len(loose)
            y = sum(one.base[1] for one in loose) / len(loose)
            return self._elements(thing, foot, x, y, high + self._clear(thing))
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
        if target.thing.kind == "slider":
            room = (0.09, 0.07)  # of its block, which is in the middle then
        if target.thing.kind == "swing_set":
            seats = parts_of(target.thing)
            shift = 0.0 if seats % 2 else dims_of(target.thing)["width"] / 2
            room, target = (0.2, 0.1), replace(target, base=(target.base[0] + shift, *target.base[1:]))
        if target.foot.top is None and KINDS[target.thing.kind].sort != "solid":
            return self._above(thing, foot, [target], 0.05)
        hole = target.foot.hole
        if hole is not None and foot.x <= hole[0] and foot.y <= hole[1]:
            return self._inside(thing, foot, [target])
        top = target.base[2] + (target.foot.top or target.foot.height)
        return self._in_room(thing, foot, target, top + self._clear(thing), room)

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
                hint=f"They need {2 * half_x:.2f} m x {2 * half_y:.2f} m: ask for fewer or smaller ones, or more room.",
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

    def _hung(self, thing: Thing, foot: Footprint, target: Placed, length: float) -> list[Placed]:
        """Beside the upper edge of what it hangs from, as far below it as the rope is long."""
        edge = target.base[2] + target.foot.height - 0.02
        aside = foot.x + 0.02
        z = edge - math.sqrt(max(0.0, length**2 - aside**2)) - foot.height
        if z < 0.02:
            raise SceneInvalid(
                f"the {target.thing.noun.replace('_', ' ')} is too low for the {thing.noun.replace('_', ' ')} to hang from it",
                hint="Say how high it is or a shorter rope, or let it hang from the ceiling.",
            )
        x = target.base[0] + target.foot.x + aside
        return self._elements(thing, foot, x, target.base[1], z)

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
            if along > dims["length"] / 2 - half and not beside:
                raise SceneInvalid(
                    f"{thing.total} {thing.noun}s do not fit on the {target.thing.noun}",
                    hint="Ask for fewer or smaller ones, or a longer ramp.",
                )
            side = (column - (count - 1) / 2) * pitch_y
            if beside:
                side, along = (
                    -sum(widths) / 2 + sum(widths[:lane]) + widths[lane] / 2,
                    -dims["length"] / 2 + half + 0.08,
                )
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

    @staticmethod
    def _on_slant(thing: Thing, foot: Footprint, target: Placed) -> list[Placed]:
        """On the middle of a plate that is held at an angle, turned with it."""
        slope = target.thing.tilt_deg or 0.0
        angle, yaw = math.radians(slope), math.radians(target.thing.yaw_deg + target.yaw_deg)
        half = extent_of(thing).z if KINDS[thing.kind].sort == "solid" else 0.0
        lift = half + dims_of(target.thing).get("thickness", 0.0) / 2 + GAP
        aside = lift * math.sin(angle)
        z = target.base[2] + target.foot.height / 2 + lift * math.cos(angle) - half
        base = (target.base[0] + aside * math.cos(yaw), target.base[1] + aside * math.sin(yaw), z)
        quat = times(axis_quat("z", math.degrees(yaw)), axis_quat("y", slope))
        return [Placed(thing, 0, base, 0.0, foot, quat=quat, supports=(target.thing.id,))]

    def _on_stairs(self, thing: Thing, foot: Footprint, target: Placed) -> list[Placed]:
        """On the top step, whichever way the stairs face."""
        along, aside = downhill(target.thing.yaw_deg + target.yaw_deg)
        half, wide = (target.foot.x, target.foot.y) if along else (target.foot.y, target.foot.x)
        own = max(foot.x if along else foot.y, half / max(1, target.thing.parts or 5))
        x, y = target.base[0] - along * (half - own), target.base[1] - aside * (half - own)
        room = (own, wide) if along else (wide, own)
        top = replace(target, base=(x, y, target.base[2]), foot=replace(target.foot, x=room[0], y=room[1]))
        return self._in_room(thing, foot, top, target.top + self._clear(thing), room)

    def _above(self, thing: Thing, foot: Footprint, targets: list[Placed], distance: float | None) -> list[Placed]:
        x = sum(one.base[0] for one in targets) / len(targets)
        y = sum(one.base[1] for one in targets) / len(targets)
        motion = thing.motion
        top = max(one.top for one in targets)
        if distance is not None:
            z = top + distance
        elif motion is not None and motion.height is not None:
            z = top + motion.height  # how far it falls onto them
        else:
            z = top + 0.35 if thing.height is None else max(thing.height, top + 0.02)
        room = (max(one.foot.x for one in targets), max(one.foot.y for one in targets))
        if thing.total > 1 and not thing.arrange and targets[0].foot.hole is not None:  # so that all of them fall in
            layers = self._inside(thing, foot, targets)
            lift = z - min(one.base[2] for one in layers)
            layers = [replace(one, base=(*one.base[:2], one.base[2] + lift), supports=()) for one in layers]
            return self._raised(layers, top + 5)
        if thing.total > 1 and not thing.arrange and room[0] > 3 * foot.x:
            return self._raised(self._elements(thing, foot, x, y, z, room), top + 5)
        if thing.total > 1 and not thing.arrange:
            made = self._elements(thing, foot, x, y, z)
            if max(abs(one.base[0] - x) for one in made) > max(
                room[0], foot.x
            ):  # over something small: one above the other
                return self._elements(
                    replace(thing, arrange="stack"), Footprint(foot.x, foot.y, foot.height * 1.3), x, y, z
                )
            return made
        return self._raised(self._elements(thing, foot, x, y, z), top + 5)

    def _raised(self, found: list[Placed], most: float) -> list[Placed]:
        """As high as takes them clear of what is there already: `3 balls and 3 boxes falling into a bin`."""
        while not self._free(found) and found[0].base[2] < most:
            found = [replace(one, base=(*one.base[:2], one.base[2] + 0.1)) for one in found]
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

    def _at_end(
        self, thing: Thing, foot: Footprint, targets: list[Placed], kind: str, out: float | None = None
    ) -> list[Placed]:
        """On the ends of a seesaw or a table, in the spoon of a catapult; of anything else, beside its end.

        With `out`, that far from the middle.
        """
        target = targets[0]
        carrier = target.thing.kind
        if carrier in ("maze", "wall_maze") and thing.total == 1:
            return [self._at_door(thing, foot, target, -1 if kind == "other_end" else 1)]
        if carrier == "wall" and kind == "sides" and thing.total == 2 and not thing.label:
            single = replace(thing, count=1, groups=1)
            sides = [self._beside(single, foot, targets, side, None)[0] for side in ("front", "behind")]
            return [replace(one, thing=thing, index=index) for index, one in enumerate(sides)]
        stands = (
            KINDS[thing.kind].sort == "furniture" and carrier in ("table", "platform") and kind in ("sides", "ends")
        )
        if stands or carrier not in ("seesaw", "catapult", "table", "platform", "plank", "bridge", "wall", "plate"):
            if kind in ("ends", "sides") and thing.total == 2:
                single = replace(thing, count=1, groups=1)
                right = self._beside(single, foot, targets, "right", None)
                left = self._beside(single, foot, targets, "left", None)
                return [replace(one, thing=thing, index=i) for i, one in enumerate([*left, *right])]
            return self._beside(thing, foot, targets, "right" if kind in ("end", "ends", "sides") else "left", None)
        if kind in ("ends", "sides") and thing.total == 1:
            thing = replace(thing, count=2)
        if thing.groups > 1 or thing.label:
            return self._groups_at_ends(thing, foot, target, kind)
        if (
            carrier in ("table", "platform", "plate")
            and thing.total > 2
            and kind in ("end", "other_end")
            and out is None
        ):
            return self._over_half(thing, foot, target, -1 if kind == "other_end" else 1)
        found = []
        there = [one for others in self._placed.values() for one in others if target.thing.id in one.supports]
        taken = any(one.base[0] > target.base[0] for one in there)
        for index in range(thing.total):
            side = -1 if (kind == "other_end") != (taken and kind == "end" and out is None) else 1
            if kind in ("ends", "sides"):
                side = 1 if index % 2 else -1
            rank = index // 2 if kind in ("ends", "sides") else index
            reach = target.foot.x - max(foot.x, 0.02) - 0.02 - rank * (2 * foot.x + 0.01)
            reach = out if out is not None else reach
            z = target.base[2] + (target.foot.top or target.foot.height) + GAP
            z += self._height(thing) if thing.motion is not None and thing.motion.kind == "falling" else 0.0
            if carrier == "catapult":
                x, z = target.base[0] - target.foot.x + 0.18, target.base[2] + _in_spoon(thing, foot)
            else:
                x = target.base[0] + side * reach
            found.append(Placed(thing, index, (x, target.base[1], z), 0.0, foot, supports=(target.thing.id,)))
        return found

    def _over_half(self, thing: Thing, foot: Footprint, target: Placed, side: int) -> list[Placed]:
        """Several on one half of a table."""
        half = target.foot.x / 2
        z = target.base[2] + (target.foot.top or target.foot.height) + self._clear(thing)
        room = (half - 0.02, target.foot.y - 0.02) if not thing.arrange else None
        found = self._elements(thing, foot, target.base[0] + side * half, target.base[1], z, room)
        return [replace(one, supports=(target.thing.id,)) for one in found]

    @staticmethod
    def _at_door(thing: Thing, foot: Footprint, maze: Placed, side: int) -> Placed:
        """Inside a maze, in the cell behind its entrance (-1) or before its exit (1)."""
        walled = maze.thing.kind == "wall_maze"
        lanes = parts_of(maze.thing) + walled
        aside = side * 0.5 * dims_of(maze.thing)["length"] * (1 - 1 / lanes)
        back = -1 if walled and side > 0 and lanes % 2 == 0 else 1  # the last lane leads back to where the first began
        base = (maze.base[0] + back * aside, maze.base[1] + aside, maze.base[2])
        return Placed(thing, 0, base, 0.0, foot, supports=(maze.thing.id,))

    def _groups_at_ends(self, thing: Thing, foot: Footprint, target: Placed, kind: str) -> list[Placed]:
        """A tower, or several at once, on each end of what carries."""
        z = target.base[2] + (target.foot.top or target.foot.height) + GAP
        shape = self._elements(replace(thing, groups=1), foot, 0.0, 0.0, z)
        half = max(abs(one.base[0]) + one.foot.x for one in shape)
        found: list[Placed] = []
        for number in range(thing.groups):
            side = (1 if number % 2 else -1) if kind in ("ends", "sides") else -1 if kind == "other_end" else 1
            x = target.base[0] + side * (target.foot.x - half - 0.02)
            for one in shape:
                base = (x + one.base[0], target.base[1] + one.base[1], one.base[2])
                found.append(replace(one, thing=thing, index=len(found), base=base, supports=(target.thing.id,)))
        return found


def _in_spoon(thing: Thing, foot: Footprint) -> float:
    """How high something lies in the spoon of a catapult, m: on its bottom, or on its rim where it is wider."""
    if foot.x <= _SPOON_M:
        return 0.14
    sunk = foot.x - math.sqrt(foot.x**2 - _SPOON_M**2) if thing.kind == "ball" else 0.0
    return _SPOON_RIM_M - sunk + GAP
