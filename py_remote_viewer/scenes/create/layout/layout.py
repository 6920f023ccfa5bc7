"""Where everything starts: relations solved to positions, nothing inside anything else. Pure and deterministic.

Things that are related form a cluster around the first of them; clusters stand side by side along x, the whole around the
origin. A thing on another stands on its top; beside another, it takes the nearest free place in that direction.
"""

from __future__ import annotations

from dataclasses import replace

from py_remote_viewer.errors import SceneInvalid
from py_remote_viewer.scenes.create.layout.approach import swings_at
from py_remote_viewer.scenes.create.layout.beside import Beside
from py_remote_viewer.scenes.create.layout.levels import on_levels
from py_remote_viewer.scenes.create.layout.placed import Box, Placed, anchor, box_of, free_place
from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.things.description import FLOOR, MAX_BODIES, Pin, Relation, Thing
from py_remote_viewer.scenes.create.things.elements import overridden, position, shift_at
from py_remote_viewer.scenes.create.things.footprints import Footprint, footprint

_ROW_GAP_M = 0.04
_AXES = {"left": (0, -1.0), "right": (0, 1.0), "front": (1, -1.0), "behind": (1, 1.0)}


def _reach(one: Placed, axis: int) -> float:
    return one.foot.x if axis == 0 else one.foot.y


class Layout(Beside):
    """Places one scene. `run` once."""

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

    def _place(self, thing: Thing) -> None:
        foot = footprint(thing)
        there = [r for r in thing.place if FLOOR not in r.targets and all(t in self._placed for t in r.targets)]
        relation = self._in_a_row_on(thing, there) or next(iter(there), None)
        target_of_motion = thing.motion.target if thing.motion is not None else None
        self._cluster[thing.id] = thing.id
        if thing.at is not None:
            found = self._absolute(thing, foot)
        elif target_of_motion in self._placed and swings_at(thing):
            found = self._swing_at(thing, foot, target_of_motion)
        elif target_of_motion in self._placed and relation is None:
            found = self._aimed(thing, foot, target_of_motion)
        elif relation is None:
            found = self._loose(thing, foot)
        else:
            found = self._on_other_axes(thing, relation, self._related(thing, foot, relation))
        self._keep(thing, found)

    def _in_a_row_on(self, thing: Thing, there: list[Relation]) -> Relation | None:
        """`a red and a blue ball in a row on a table`: beside the one before, which makes room: the row stays central."""
        on = next((r for r in there if r.kind == "on"), None)
        side = next((r for r in there if r.kind == "right" and r.distance is None and len(r.targets) == 1), None)
        if (
            on is None
            or side is None
            or not any(r.kind == "on" and r.targets == on.targets for r in self.scene.thing(side.targets[0]).place)
        ):
            return None
        row, carrier, step = [side.targets[0]], self._placed[on.targets[0]][0], footprint(thing).x + 0.5 * _ROW_GAP_M
        while before := [r.targets[0] for r in self.scene.thing(row[-1]).place if r.kind == "right"]:
            row += before[:1]
        if any(abs(one.base[0] - step - carrier.base[0]) + one.foot.x > carrier.foot.x for one in self._all(row)):
            return None
        self._shift_all(row, -step, 0.0)
        self._boxes = [box for box in self._boxes if box.owner not in row] + [box_of(one) for one in self._all(row)]
        return replace(side, distance=_ROW_GAP_M)

    def _on_other_axes(self, thing: Thing, first: Relation, found: list[Placed]) -> list[Placed]:
        """`1 m left of it and 50 cm behind it`: the second distance is along another axis."""
        for relation in thing.place:
            side = _AXES.get(relation.kind)
            if relation is first or side is None or first.kind not in _AXES or _AXES[first.kind][0] == side[0]:
                continue
            targets = [one for target in relation.targets if target != FLOOR for one in self._placed.get(target, [])]
            if not targets or relation.distance is None:
                continue
            axis, sign = side
            edge = max(sign * one.base[axis] + _reach(one, axis) for one in targets)
            own = min(sign * one.base[axis] - _reach(one, axis) for one in found)
            step = sign * (edge + relation.distance - own)
            found = [
                replace(one, base=(one.base[0] + step * (axis == 0), one.base[1] + step * (axis == 1), one.base[2]))
                for one in found
            ]
        return found

    def _keep(self, thing: Thing, found: list[Placed]) -> None:
        found = [_moved(one, *shift_at(thing, one.index)) for one in found]
        found = [
            replace(one, yaw_deg=one.yaw_deg + sum(o.yaw_deg for o in overridden(thing, one.index))) for one in found
        ]
        self._placed[thing.id] = [self._posed(one) for one in found]
        self._boxes += [box_of(one) for one in found]

    def _absolute(self, thing: Thing, foot: Footprint) -> list[Placed]:
        assert thing.at is not None
        x, y, z = thing.at
        carrier = self._carrier(thing)
        level = carrier.base[2] + (carrier.foot.top or carrier.foot.height) + self._clear(thing) if carrier else 0.0
        base = (
            level
            if z is None
            else max(0.0, z - foot.height / 2 if KINDS[thing.kind].sort == "solid" or thing.kind == "marker" else z)
        )
        return self._elements(thing, foot, x, y, base)

    def _loose(self, thing: Thing, foot: Footprint) -> list[Placed]:
        return self._elements(thing, foot, 0.0, 0.0, self._height(thing))

    def _related(self, thing: Thing, foot: Footprint, relation: Relation) -> list[Placed]:
        targets = [one for target in relation.targets for one in self._placed[target]]
        if relation.index is not None and targets:
            targets = [targets[position(relation.index, len(targets)) % len(targets)]]
        self._join(thing.id, relation.targets)
        kind = relation.kind
        if relation.each and kind in ("on", "above", "inside", "left", "right", "behind", "front", "near"):
            return self._one_each(thing, foot, relation, targets)
        if kind in ("on", "middle") and kind == "middle":
            kind = (
                "on"
                if len(targets) == 1
                and targets[0].foot.top is not None
                and targets[0].foot.hole is None
                and targets[0].thing.kind not in ("wall", "pillar", "ramp", "stairs")
                else ("inside" if targets[0].foot.hole else "centre")
            )
        if kind == "levels":
            return on_levels(thing, foot, targets[0], relation.nth)
        if kind == "on":
            return self._on(thing, foot, targets)
        if kind == "inside" and targets[0].thing.kind == "catapult":
            return self._at_end(thing, foot, targets, "end")
        if kind == "inside":
            return self._inside(thing, foot, targets)
        if kind == "above":
            return self._above(thing, foot, targets, relation.distance)
        if kind == "under":
            return self._under(thing, foot, targets)
        if kind in ("between", "centre"):
            return self._between(thing, foot, targets)
        if kind == "hung":
            return self._hung(thing, foot, targets[0], relation.distance or 0.3)
        if kind == "around":
            return self._around(thing, foot, targets)
        if kind == "leaning":
            return self._leaning(thing, foot, targets[0])
        if kind == "spot":
            return self._at_spot(thing, foot, targets[0], relation.spot)
        if kind in ("corner", "corners", "other_corner"):
            return self._at_corners(thing, foot, targets[0], 3 if kind == "other_corner" else 0)
        if kind in ("end", "other_end", "ends", "sides"):
            return self._at_end(thing, foot, targets, kind, relation.distance)
        return self._beside(thing, foot, targets, kind, relation.distance)

    def _one_each(self, thing: Thing, foot: Footprint, relation: Relation, targets: list[Placed]) -> list[Placed]:
        """For each target what it gets: one, or a whole group."""
        found: list[Placed] = []
        groups = thing.groups if thing.groups == len(targets) else thing.total
        share = replace(thing, groups=1) if groups != thing.total else replace(thing, count=1, groups=1, arrange="")
        for number in range(groups):
            target = targets[number % len(targets)]
            kind = relation.kind
            if kind == "on":
                made = self._on(share, foot, [target])
            elif kind == "inside":
                made = self._inside(share, foot, [target])
            elif kind == "above":
                made = self._above(share, foot, [target], relation.distance)
            else:
                made = self._beside(share, foot, [target], kind, relation.distance)
            found += [replace(one, thing=thing, index=len(found) + index) for index, one in enumerate(made)]
        return found

    def _set_side_by_side(self) -> None:
        groups: dict[int, list[int]] = {}
        for thing in self.scene.things:
            groups.setdefault(self._cluster[thing.id], []).append(thing.id)
        fixed = [ids for ids in groups.values() if any(self.scene.thing(one).at is not None for one in ids)]
        solid = [one for ids in fixed for one in ids if self.scene.thing(one).kind not in ("marker", "zone")]
        taken = [box_of(one) for one in self._all(solid)]
        free = self._lanes([ids for ids in groups.values() if ids not in fixed])
        old = [ids for ids in free if self._pin_of(ids) is not None] if self.spread == 1.0 else []
        # What the words were about gives way to what they were not about.
        for ids in sorted(old, key=lambda ids: any(one in self.scene.focus for one in ids)):
            taken += self._put_back(ids, taken)
        self._in_line([ids for ids in free if ids not in old], taken, [box for box in taken if old])

    def _all(self, ids: list[int]) -> list[Placed]:
        return [one for member in ids for one in self._placed[member]]

    def _pin_of(self, ids: list[int]) -> Pin | None:
        """Of what the others of the cluster are placed by, where it stood before; else of any that did."""
        pins = {pin.thing: pin for pin in self.scene.pins}
        there = [one for one in ids if one in pins]
        roots = [one for one in there if not self._needs(self.scene.thing(one))]
        return pins[(roots or there)[0]] if there else None

    def _put_back(self, ids: list[int], taken: list[Box]) -> list[Box]:
        """The cluster to where it stood, or the nearest place that is free; the space that it takes there."""
        pin = self._pin_of(ids)
        assert pin is not None
        thing = self.scene.thing(pin.thing)
        at_x, at_y = anchor(self._placed[pin.thing])
        boxes = [box_of(one) for one in self._all(ids)]
        dx, dy = free_place(boxes, taken, pin.x + thing.shift[0] - at_x, pin.y + thing.shift[1] - at_y)
        self._shift_all(ids, dx, dy)
        return [box_of(one) for one in self._all(ids)]

    def _shift_all(self, ids: list[int], dx: float, dy: float) -> None:
        for member in ids:
            self._placed[member] = [_moved(one, dx, dy, 0.0) for one in self._placed[member]]

    def _in_line(self, free: list[list[int]], taken: list[Box], beside: list[Box]) -> None:
        """Clusters side by side, around the origin, or behind what stands there already."""
        widths = []
        for ids in free:
            boxes = [box_of(one) for one in self._all(ids)]
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
        x = max(box.x + box.hx for box in beside) + gap if beside else -total / 2
        for ids, (left, right, near, far) in zip(free, widths, strict=True):
            middle = (near + far) / 2
            dx, dy = x - left, -middle
            for _ in range(60):
                moved = [Box(-1, x + (right - left) / 2, 0.0, 0.0, (right - left) / 2, (far - near) / 2, 1e9)]
                if not any(box.hits(moved[0]) for box in taken):
                    break
                x += 0.1
                dx = x - left
            self._shift_all(ids, dx, dy)
            x += right - left + gap

    def _lanes(self, clusters: list[list[int]]) -> list[list[int]]:
        """What runs or flies the same way, each on its own, gets a lane beside the others, so that none is in the way."""
        racing = [ids for ids in clusters if len(ids) == 1 and _races(self.scene.thing(ids[0]))]
        slopes = [ids for ids in clusters if any(self.scene.thing(one).kind == "ramp" for one in ids)]
        racing = slopes if len(slopes) > 1 else racing  # what comes down one does not run into the next
        if len(racing) < 2:
            return clusters
        y = 0.0
        for number, ids in enumerate(racing):
            boxes = [box_of(each) for each in self._all(ids)]
            near, far = min(b.y - b.hy for b in boxes), max(b.y + b.hy for b in boxes)
            x = sum(b.x for b in boxes) / len(boxes)
            y -= (far - near + 0.2 * self.spread) if number else far
            self._shift_all(ids, -x, y)
        together = [one for ids in racing for one in ids]
        return [together if ids is racing[0] else ids for ids in clusters if ids is racing[0] or ids not in racing]


def _races(thing: Thing) -> bool:
    motion = thing.motion
    if motion is None or motion.target is not None or any(thing.shift):
        return False
    along = motion.direction in ("left", "right") or (motion.direction == "" and motion.kind != "falling")
    return along and motion.kind in ("moving", "rolling", "sliding", "thrown") and motion.direction != "left"


def _moved(one: Placed, x: float, y: float, z: float) -> Placed:
    return replace(one, base=(one.base[0] + x, one.base[1] + y, max(one.base[2] + z, 0.0)))


def _bodies_in(thing: Thing) -> int:
    sort = KINDS[thing.kind].sort
    if sort == "robot":
        return 17
    if thing.kind in ("doll", "crawler"):
        return 11 if thing.kind == "doll" else 1 + 2 * (thing.parts or KINDS[thing.kind].parts[0])
    if sort == "soft":
        return (thing.parts or KINDS[thing.kind].parts[0]) if thing.kind != "cloth" else 30
    return (thing.parts or KINDS[thing.kind].parts[0]) if sort == "machine" else 1
