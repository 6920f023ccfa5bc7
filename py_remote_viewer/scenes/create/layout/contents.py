"""In what is open on top: beside each other on its bottom, in layers when that is full; weightless, anywhere in it. Pure."""

from __future__ import annotations

import random
from dataclasses import replace

from py_remote_viewer.errors import SceneInvalid
from py_remote_viewer.scenes.create.layout.edges import Edges
from py_remote_viewer.scenes.create.layout.filling import layer_of
from py_remote_viewer.scenes.create.layout.placed import Placed
from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.things.description import Thing
from py_remote_viewer.scenes.create.things.footprints import Footprint

_STEPS = 20
_SLACK = 1.2  # of the room that one takes where it floats


class Contents(Edges):
    """Places inside."""

    def _inside(self, thing: Thing, foot: Footprint, targets: list[Placed]) -> list[Placed]:
        target = targets[0]
        if target.foot.hole is None:
            if target.thing.arrange in ("circle",) or target.thing.label in ("circle", "ring"):
                return self._between(thing, foot, targets)
            raise SceneInvalid(
                f"nothing fits inside a {target.thing.noun.replace('_', ' ')}: it is solid",
                hint="Say a bin, a bucket or an open box: 'three balls in a bin'.",
            )
        hole = target.foot.hole
        if foot.x > hole[0] or foot.y > hole[1]:
            raise SceneInvalid(
                f"a {thing.noun.replace('_', ' ')} does not fit inside the {target.thing.noun}",
                hint="Make it smaller, or the bin bigger.",
            )
        if self._floats(thing) and (found := self._afloat(thing, foot, target)):
            return found
        if thing.total > 1 and thing.arrange and (found := self._beside_the_others(thing, foot, target)):
            return found
        inside = [one for others in self._placed.values() for one in others if target.thing.id in one.supports]
        if inside and (found := self._beside_the_others(thing, foot, target)):
            return found
        return self._in_layers(thing, foot, target, inside)

    def _in_layers(self, thing: Thing, foot: Footprint, target: Placed, below: list[Placed]) -> list[Placed]:
        """On the bottom, or on what is there, one layer after the other."""
        at_x, at_y, low = target.foot.hole_at
        floor = target.base[2] + low
        floor += max([0.0, *(one.top - floor for one in below)])
        spots = layer_of(target.thing, target.foot, foot, thing.total)
        found = []
        for index in range(thing.total):
            layer, at = divmod(index, len(spots))
            left = thing.total - layer * len(spots)
            x, y = (layer_of(target.thing, target.foot, foot, left) if left < len(spots) else spots)[at]
            lift = layer * (foot.height + 0.004) + self._height(thing) * (thing.motion is not None)
            base = (target.base[0] + at_x + x, target.base[1] + at_y + y, floor + 0.002 + lift)
            found.append(Placed(thing, index, base, 0.0, foot, supports=(target.thing.id,)))
        return found

    def _beside_the_others(self, thing: Thing, foot: Footprint, target: Placed) -> list[Placed]:
        """On the bottom, where there is room beside what is in there already; empty where there is none."""
        assert target.foot.hole is not None
        at_x, at_y, low = target.foot.hole_at
        room = target.foot.hole if thing.total > 1 and not thing.arrange else None
        z = target.base[2] + low + 0.002 + self._height(thing) * (thing.motion is not None)
        shape = self._elements(thing, foot, target.base[0] + at_x, target.base[1] + at_y, z, room)
        free_x = target.foot.hole[0] - max(abs(one.base[0] - target.base[0] - at_x) + one.foot.x for one in shape)
        free_y = target.foot.hole[1] - max(abs(one.base[1] - target.base[1] - at_y) + one.foot.y for one in shape)
        if free_x < 0 or free_y < 0:
            return []
        steps = range(-_STEPS, _STEPS + 1)
        spots = [(free_x * i / _STEPS, free_y * j / _STEPS) for i in steps for j in steps]
        for dx, dy in sorted(spots, key=lambda at: (round(at[0] ** 2 + at[1] ** 2, 6), -at[0], at[1])):
            moved = [
                replace(one, base=(one.base[0] + dx, one.base[1] + dy, one.base[2]), supports=(target.thing.id,))
                for one in shape
            ]
            if self._free(moved, 0.01, but=target.thing.id):
                return moved
        return []

    def _floats(self, thing: Thing) -> bool:
        """Whether nothing holds it at the bottom: several loose things without gravity."""
        motion = thing.motion
        loose = KINDS[thing.kind].sort == "solid" and not thing.label and not thing.arrange
        adrift = motion is None or motion.kind in ("hovering", "spinning", "moving")
        return self.scene.world.gravity == 0 and loose and adrift and thing.height is None

    def _afloat(self, thing: Thing, foot: Footprint, target: Placed) -> list[Placed]:
        """All through the space inside, as chance has it; empty where they do not fit."""
        assert target.foot.hole is not None
        at_x, at_y, low = target.foot.hole_at
        sides = (2 * target.foot.hole[0], 2 * target.foot.hole[1], target.foot.height - low - 0.02)
        own = (2 * foot.x, 2 * foot.y, foot.height)
        most = [int(side / (_SLACK * size)) for side, size in zip(sides, own, strict=True)]
        if 0 in most or most[0] * most[1] * most[2] < thing.total:
            return []
        rng = random.Random(self.seed + thing.id)
        cell = (sides[0] * sides[1] * sides[2] / (2 * thing.total)) ** (1 / 3)
        counts = [max(1, min(limit, round(side / cell))) for side, limit in zip(sides, most, strict=True)]
        while counts[0] * counts[1] * counts[2] < thing.total:
            axis = max(range(3), key=lambda one: (most[one] > counts[one], sides[one] / counts[one]))
            counts[axis] += 1
        cells = [(i, j, k) for i in range(counts[0]) for j in range(counts[1]) for k in range(counts[2])]
        rng.shuffle(cells)
        found: list[Placed] = []
        for spot in cells:
            wide = [side / count for side, count in zip(sides, counts, strict=True)]
            slack = [0.45 * max(0.0, w - size) for w, size in zip(wide, own, strict=True)]
            x, y, z = (
                (i + 0.5) * w - side / 2 + rng.uniform(-s, s)
                for i, w, side, s in zip(spot, wide, sides, slack, strict=True)
            )
            middle = target.base[2] + low + 0.01 + sides[2] / 2 + z
            base = (target.base[0] + at_x + x, target.base[1] + at_y + y, middle - foot.height / 2)
            one = Placed(thing, len(found), base, 0.0, foot, supports=(target.thing.id,))
            if self._free([one], but=target.thing.id):
                found.append(one)
            if len(found) == thing.total:
                return found
        return []
