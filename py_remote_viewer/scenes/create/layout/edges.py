"""At the corners and the edges of what carries or is open on top. Pure."""

from __future__ import annotations

from dataclasses import replace

from py_remote_viewer.errors import SceneInvalid
from py_remote_viewer.scenes.create.layout.arrange import GAP
from py_remote_viewer.scenes.create.layout.placed import Placed
from py_remote_viewer.scenes.create.layout.room import Room
from py_remote_viewer.scenes.create.things.description import Thing
from py_remote_viewer.scenes.create.things.footprints import Footprint

_STEPS = 24
_RIM_M = 0.005  # from the very edge


class Edges(Room):
    """Places by the outline of what is below."""

    def _at_spot(self, thing: Thing, foot: Footprint, target: Placed, spot: tuple[int, int]) -> list[Placed]:
        """Towards the edge or the corner that `spot` names; several stand along the edge, and beside what is there."""
        inner = target.foot.hole
        x, y = inner or (target.foot.x, target.foot.y)
        at_x, at_y, low = target.foot.hole_at if inner else (0.0, 0.0, target.foot.top or target.foot.height)
        along = "file" if spot[0] and not spot[1] else "row"
        group = thing if thing.arrange or thing.total == 1 else replace(thing, arrange=along)
        z = target.base[2] + low + self._clear(thing)
        for closer in (group, replace(group, spacing=_RIM_M)) if group.spacing is None else (group,):
            shape = [replace(one, thing=thing) for one in self._elements(closer, foot, 0.0, 0.0, z)]
            half_x = max(abs(one.base[0]) + one.foot.x for one in shape)
            half_y = max(abs(one.base[1]) + one.foot.y for one in shape)
            if half_x <= x and half_y <= y:
                break
        if half_x > x or half_y > y:
            raise SceneInvalid(
                f"{thing.total} {thing.noun.replace('_', ' ')}s do not fit at the edge of the {target.thing.noun}",
                hint="Ask for fewer or smaller ones, or say how large the other is.",
            )
        free_x, free_y = max(0.0, x - half_x - _RIM_M), max(0.0, y - half_y - _RIM_M)
        for dx, dy in _spots(free_x, free_y, spot):
            aside = (target.base[0] + at_x + dx, target.base[1] + at_y + dy)
            moved = [
                replace(
                    one,
                    base=(one.base[0] + aside[0], one.base[1] + aside[1], one.base[2]),
                    supports=(target.thing.id,),
                )
                for one in shape
            ]
            if self._free(moved, 0.004, but=target.thing.id if inner else None):
                return moved
        raise SceneInvalid(
            f"there is no room left at that edge of the {target.thing.noun} for the {thing.noun.replace('_', ' ')}",
            hint="Ask for fewer or smaller ones, or say how large the other is.",
        )

    def _at_corners(self, thing: Thing, foot: Footprint, target: Placed, first: int = 0) -> list[Placed]:
        """On the corners of what carries, in those of what is open, outside those of anything else; from `first` on."""
        inner = target.foot.hole
        x, y = inner or (target.foot.x, target.foot.y)
        carries = target.foot.top is not None and inner is None
        z = target.base[2] + (0.02 if inner else (target.foot.top or 0.0) if carries else 0.0) + GAP
        sign = 1.0 if carries or inner else -1.0
        share = replace(thing, groups=1) if thing.groups > 1 else replace(thing, count=1, arrange="")
        if thing.groups == 1 and thing.label:
            share = thing
        shape = self._elements(share, foot, 0.0, 0.0, z)
        half_x = max(abs(one.base[0]) + one.foot.x for one in shape)
        half_y = max(abs(one.base[1]) + one.foot.y for one in shape)
        dx, dy = x - sign * (half_x + 0.005), y - sign * (half_y + 0.005)
        if sign > 0 and thing.total > share.total and (dx < half_x or dy < half_y):
            raise SceneInvalid(
                f"{thing.total} {thing.noun.replace('_', ' ')}s do not fit into the corners of the {target.thing.noun}",
                hint="Ask for smaller ones, or say how large the other is.",
            )
        spots = [(-1, -1), (1, -1), (-1, 1), (1, 1)]
        found: list[Placed] = []
        before = [other for other in self.scene.things if other.id in self._placed and other.id != thing.id]
        taken = [
            other
            for other in before
            if any(r.kind == "corner" and r.targets == (target.thing.id,) for r in other.place)
        ]
        first += len(taken) if first == 0 and thing.total == 1 else 0
        for number in range(first, first + thing.total // share.total):
            sx, sy = spots[number % 4]
            middle = (target.base[0] + sx * dx, target.base[1] + sy * dy, ((number - first) // 4) * (foot.height + GAP))
            for one in shape:
                base = (middle[0] + one.base[0], middle[1] + one.base[1], middle[2] + one.base[2])
                found.append(replace(one, thing=thing, index=len(found), base=base, supports=(target.thing.id,)))
        return found


def _spots(free_x: float, free_y: float, spot: tuple[int, int]) -> list[tuple[float, float]]:
    """Where the middle of a group may be, best first: as far out as it goes, then along the edge, then inwards."""
    first = (spot[0] * free_x, spot[1] * free_y)
    grid = [
        (free_x * i / _STEPS, free_y * j / _STEPS)
        for i in range(-_STEPS, _STEPS + 1)
        for j in range(-_STEPS, _STEPS + 1)
    ]

    def rank(at: tuple[float, float]) -> tuple[float, float]:
        inwards = sum(abs(a - b) for a, b, sign in zip(at, first, spot, strict=True) if sign)
        along = sum(abs(a - b) for a, b, sign in zip(at, first, spot, strict=True) if not sign)
        return (inwards + 0.5 * along, along)

    return sorted(grid, key=rank)
