"""Putting things where a relation says, or sending them there when they move."""

from __future__ import annotations

import itertools
from dataclasses import replace

from py_remote_viewer.scenes.create.layout.arrange import offsets
from py_remote_viewer.scenes.create.layout.fronts import side_in_world
from py_remote_viewer.scenes.create.lexicon.abilities import FRONTS
from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.rules.facing import Facing
from py_remote_viewer.scenes.create.things.bobs import as_part
from py_remote_viewer.scenes.create.things.description import FLOOR, Relation
from py_remote_viewer.scenes.create.things.footprints import footprint, hangs

_AT_TARGET = frozenset({"towards", "into", "at", "against", "on", "inside", "near", "above", "touching", "leaning"})

_AHEAD = {"left": "left", "forward": "front", "back": "behind"}


_FLYING = ("pendulum", "plank", "drone", "doll", "gripper", "marker")
_COMES = {"left": "right", "right": "left", "front": "back", "behind": "forward"}  # from that side, that way


class Places(Facing):
    """What the rules for relations do, once words are understood."""

    def _fixed_mix(self, ids: list[int], kind: str) -> bool:
        """`a ramp and 3 balls on a table`: only what can stand there does."""
        sorts = [KINDS[self.draft.scene.thing(one).kind].sort for one in ids]
        return kind in ("on", "inside") and "solid" in sorts and any(sort != "solid" for sort in sorts)

    def _those_with_room(self, ids: list[int], targets: list[int], kind: str) -> list[int]:
        """`a row of dominoes and a ball on a box`: the ball is on the box, where there is no room for the row."""
        if kind != "on" or len(ids) < 2 or FLOOR in targets:
            return ids
        under = self._kind_of(targets[0])
        if under == "plate" or KINDS[under].sort != "solid":
            return ids  # it grows with what it carries
        foot = footprint(self.draft.scene.thing(targets[0]))
        room = 2 * max(foot.x, foot.y) + 0.01
        fitting = [one for one in ids if one == ids[-1] or self._group_width(one) <= room]
        return fitting if self.draft.scene.thing(ids[-1]).total == 1 else ids

    def _group_width(self, one: int) -> float:
        """From one end of a group to the other, m."""
        thing = self.draft.scene.thing(one)
        foot, spots = footprint(thing), offsets(thing, 0)
        reach = (max(spot[axis] for spot in spots) - min(spot[axis] for spot in spots) for axis in (0, 1))
        return max(across + 2 * half for across, half in zip(reach, (foot.x, foot.y), strict=True))

    def _instead(self, ids: list[int]) -> bool:
        return bool(self.draft.old_ids.intersection(ids)) and self.verb_word in (
            "move",
            "put",
            "lift",
            "change",
            "sink",
            "make",
            "",
        )

    def _chain(self, ids: list[int], kind: str) -> list[int]:
        """`a ball on a box on a table`: the box is on the table, because the ball is on the box already."""
        if kind not in ("on", "inside") or not ids or self.draft.old_ids.intersection(ids):
            return ids
        place = self.draft.scene.thing(ids[-1]).place
        if any(self.draft.scene.thing(one).place != place for one in ids):
            return ids
        last = next(
            (
                relation
                for relation in reversed(place)
                if relation.kind in ("on", "inside", "above", "near", "left", "right")
            ),
            None,
        )
        if last is None or FLOOR in last.targets or not self.last_relation:
            return ids
        if last.kind not in ("on", "inside", "above", "end", "other_end", "corner", "middle"):
            return ids
        lowest, seen = last.targets[-1], {ids[0]}
        while lowest not in seen:
            seen.add(lowest)
            below = next((r for r in self.draft.scene.thing(lowest).place if r.kind in ("on", "inside", "above")), None)
            if below is None or FLOOR in below.targets:
                break
            lowest = below.targets[-1]
        return [lowest] if lowest in self.prior_objects or last.targets[-1] in self.prior_objects else ids

    def _leans(self, ids: list[int]) -> bool:
        return all(
            self.draft.scene.thing(one).kind in ("plank", "stick", "plate", "box", "cylinder", "domino", "brick")
            for one in ids
        )

    def _at_target(self, ids: list[int], targets: list[int], kind: str, distance: float | None) -> bool:
        """What moves, moves at the target; False where nothing does."""
        done = False
        for one in ids:
            thing = self.draft.scene.thing(one)
            motion = thing.motion
            if motion is None or motion.kind in ("spinning", "hovering"):
                continue
            target = targets[0]
            if motion.kind == "falling" and kind in ("near", "leaning", "against"):
                continue
            if kind == "inside" and target != FLOOR and motion.kind in ("falling", "moving", "rolling"):
                continue  # it begins in there
            if motion.kind == "falling":
                if target != FLOOR:
                    self.draft.relate([one], Relation("above", tuple(targets), distance), instead=False)
                done = True
            elif kind in ("on", "near", "inside", "above") and not (
                motion.kind == "thrown" and kind in ("on", "inside", "above")
            ):
                continue
            elif target != FLOOR:
                from_where = next((r for r in thing.place if target in r.targets and r.kind in _COMES), None)
                beside = from_where is not None and from_where.distance is None
                if motion.kind == "thrown" and (self.draft.editing or beside):  # not from on top of it
                    self.r.traces = [t for t in self.r.traces if t.thing != one or t.value != from_where]
                    self.draft.update(one, place=tuple(r for r in thing.place if target not in r.targets))
                self.draft.move(one, "", target=target)
                if motion.kind == "thrown" and from_where is not None and not motion.direction:
                    self.draft.move(one, "", direction=_COMES[side_in_world(self.draft.scene, from_where)])
                done = True
        if done:
            self.draft.mention([target for target in targets if target != FLOOR])
        return done

    def _string_up(self, ids: list[int], targets: list[int]) -> bool:
        """`a rope between two posts`: it has posts of its own at both ends, so theirs go."""
        ropes = [one for one in ids if self.draft.scene.thing(one).kind in ("rope", "chain")]
        posts = [one for one in targets if one != FLOOR and self.draft.scene.thing(one).kind in ("pillar", "stick")]
        total = sum(self.draft.scene.thing(one).total for one in posts)
        if not ropes or len(posts) != len(targets) or total != 2:
            return False
        post = self.draft.scene.thing(posts[0])
        for one in ropes:
            self.draft.update(one, pose="strung", colours=self.draft.scene.thing(one).colours, tag=post.noun)
        self.draft.remove(posts)
        self.subjects = ropes
        self.draft.mention(ropes)
        return True

    def _swings(self, one: int) -> bool:
        thing = self.draft.scene.thing(one) if one != FLOOR else None
        return thing is not None and KINDS[thing.kind].sort == "solid" and hangs(thing)

    def _surround(self, ids: list[int], targets: list[int]) -> None:
        for one in targets:
            self.draft.relate([one], Relation("around", tuple(ids)), instead=False)

    def hang(self, ids: list[int], targets: list[int]) -> None:
        """From a rope, chain or spring: its end. From anything else: as a pendulum."""
        if any(target != FLOOR and self.draft.scene.thing(target).pose in ("strung", "lying") for target in targets):
            self.failed_relation = True  # neither end of it is free
            return
        for one in ids:
            thing = self.draft.scene.thing(one)
            carrier = next(
                (
                    t
                    for t in targets
                    if t != FLOOR and self.draft.scene.thing(t).kind in ("rope", "chain", "spring", "pulley")
                ),
                None,
            )
            if carrier is not None and KINDS[thing.kind].sort == "solid":
                self._becomes_bob(one, carrier)
            elif KINDS[thing.kind].sort == "solid":
                self.draft.update(one, pose="hanging")  # on a string of its own
                self.failed_relation = self.failed_relation or bool(targets)
            elif targets:
                self.failed_relation = True  # it has a stand of its own

    def _becomes_bob(self, one: int, carrier: int, *, each: bool = False) -> None:
        """Hang `one` at the end of `carrier`; with `each`, one at the end of every one of them."""
        thing = self.draft.scene.thing(one)
        override = as_part(thing)
        old = self.draft.scene.thing(carrier)
        if old.total > thing.total and not each:
            self.failed_relation = True  # it cannot hang on several
            return
        self.draft.update(
            carrier,
            bob=thing.kind,
            load=replace(thing, place=(), motion=None, pose="", count=1, groups=1, arrange="", label=""),
            overrides=(*old.overrides, override),
            groups=max(old.groups, 1),
            count=max(old.count, thing.count),
        )
        if thing.motion is not None and thing.motion.target is not None:
            self.draft.update(carrier, motion=replace(thing.motion, kind="swinging"))
        self.draft.remove([one])
        self.subjects = [carrier]
        self.draft.mention([carrier])

    def _arrange(self, arrange: str) -> None:
        ids = [one for one in self.subjects if one != FLOOR]
        beside = arrange == "row" and all(self.draft.scene.thing(one).label for one in ids)  # of groups, not in them
        if len(ids) > 1 and (beside or all(self.draft.scene.thing(one).total == 1 for one in ids)):
            kind = "on" if arrange in ("stack", "pile", "pyramid") else "right" if arrange == "row" else "near"
            for before, after in itertools.pairwise(ids):
                self.draft.relate([after], Relation(kind, (before,)), instead=self.edited)
        else:
            for one in ids:
                several = self.draft.scene.thing(one).groups > 1
                self.draft.update(one, **{"group_arrange" if several else "arrange": arrange})

    def _relate(self, kind: str, targets: list[int], distance: float | None = None, *, each: bool = False) -> None:
        self._single_out(targets)
        ids = [one for one in self.subjects if one not in targets]
        if not ids:
            return
        if kind in ("on", "inside", "above") and any(self._swings(target) for target in targets):
            self.failed_relation = True  # nothing stays on what swings
            return
        if len(self.subjects) > 1 and (len(ids) < len(self.subjects) or self._fixed_mix(ids, kind)):
            ids = self._last_run(ids, targets)
        ids = self._those_with_room(ids, targets, kind)
        self.related_since = True
        mouths = targets != [FLOOR] and self._kind_of(targets[0]) in ("hoop", "goal")
        if mouths and kind in ("into", "inside", "towards", "at") and self._throw_into(ids, targets):
            return
        moving = [one for one in ids if self._moves(one)]
        if targets == [FLOOR] and kind in ("above", "near") and distance is not None:
            for one in ids:
                self.draft.update(one, height=distance)
            return
        low = targets != [FLOOR] and self._kind_of(targets[0]) in ("bridge", "ramp", "platform", "table")
        if kind == "above" and low and all(self._kind_of(one) == "car" for one in ids):
            kind = "on"  # it drives over it
        if kind == "above" and targets != [FLOOR] and not self._can_float(ids):
            kind, distance = "near", None  # it stands, beside
            self.failed_relation = True
        if kind == "above" and targets == [FLOOR]:
            for one in ids:
                self.draft.update(one, height=0.5)
            return
        if kind == "ahead":
            motion = self.draft.scene.thing(targets[0]).motion if targets != [FLOOR] else None
            kind = _AHEAD.get(motion.direction if motion is not None else "", "right")
            distance = 0.8 if distance is None else distance
        if kind == "climb":
            self.draft.relate(ids, Relation("right", tuple(targets), 0.3), instead=False)
            for one in ids:
                self.draft.move(one, "", direction="left")
            return
        if kind == "under" and self.chosen is not None:
            kind = "near"  # there is no room under one of a row
            self.failed_relation = True
        if kind == "surrounded":
            if not self._fence_in(targets, ids):
                self._surround(ids, targets)
            return
        carries = targets != [FLOOR] and self._kind_of(targets[0]) not in ("rope", "chain", "spring")
        if kind in ("on", "inside") and carries and (struck := self._struck_by(ids)):
            ids, moving = struck, []
        if self._sent_by(ids, targets, kind) or (kind == "above" and self._throw_over(ids, targets)):
            return
        if kind in ("towards", "into", "at") or (moving and kind in _AT_TARGET):
            if self._at_target(ids, targets, kind, distance):
                return
            faces = all(self._kind_of(one) in FRONTS for one in ids if one != FLOOR)
            near = "front" if faces and targets != [FLOOR] else "near"
            kind = {"towards": near, "at": near, "into": "inside", "off": "on"}.get(kind, kind)
        strung = targets != [FLOOR] and self.draft.scene.thing(targets[0]).kind in ("rope", "chain", "spring")
        if (
            strung
            and kind in ("on", "end")
            and all(KINDS[self.draft.scene.thing(one).kind].sort == "solid" for one in ids)
        ):
            kind = "hanging"
        if kind == "hanging":
            self.hang(ids, targets)
            return
        if strung and kind == "on" and all(KINDS[self._kind_of(one)].sort == "furniture" for one in ids):
            self.failed_relation = True  # what stands fixed hangs on nothing
            return
        if (kind == "between" and self._string_up(ids, targets)) or (kind == "around" and self._fence_in(ids, targets)):
            return
        if kind == "around" and all(self.draft.scene.thing(one).arrange == "scatter" for one in ids):
            kind = "near"
        if kind == "around" and all(self.draft.scene.thing(one).total == 1 for one in ids):
            kind = "near"
        if kind == "sides" and self.each_spot and all(self._noun_of(one).endswith("chair") for one in ids):
            kind = "around"  # a table has four
            for one in ids:
                self.draft.update(one, count=4, arrange="circle")
        if kind in ("ends", "sides"):
            for one in ids:
                if self.draft.scene.thing(one).total == 1 and not self.each_spot:
                    self.draft.update(one, count=2)
        if kind == "corners":
            for one in ids:
                thing = self.draft.scene.thing(one)
                if (thing.total == 1 or one in self.draft.unsaid) and not thing.label and not self.each_spot:
                    self.draft.update(one, count=4, groups=1)
        if kind in ("left_part", "right_part"):
            carrier = self.draft.scene.thing(targets[0]).kind if targets != [FLOOR] else ""
            carries = carrier in ("table", "platform", "seesaw", "bridge", "plate", "plank")
            kind = {"left_part": "other_end", "right_part": "end"}[kind] if carries else kind.removesuffix("_part")
        if kind == "along":
            flat = targets != [FLOOR] and self._kind_of(targets[0]) in (
                "plank",
                "table",
                "platform",
                "bridge",
                "plate",
                "ramp",
            )
            kind = "on" if flat or targets == [FLOOR] else "near"
        if kind == "foot":
            kind = "right"
        if kind == "edge":
            flat = targets != [FLOOR] and self._kind_of(targets[0]) in ("table", "platform", "plank", "plate", "bridge")
            kind = "end" if flat else "on"
            self.failed_relation = self.failed_relation or not flat
        if kind in ("down", "off"):
            kind = "on"
        if kind in ("against", "touching"):
            kind, distance = ("leaning", distance) if kind == "against" and self._leans(ids) else ("near", 0.0)
        if each and self.one_each and any(not self._shares(one, targets) for one in ids):
            self.failed_relation = True  # more or fewer than there are places
            return
        if kind == "on" and targets != [FLOOR] and self._kind_of(targets[0]) == "ramp":
            self._side_by_side_anyway(ids)
        chained = self._chain(ids, kind)
        self.draft.relate(
            chained,
            Relation(kind, tuple(targets), distance, each, self.chosen, self.each_spot),
            instead=self._instead(chained),
            shared=self.one_each,
        )
        self.last_relation = kind
        if targets != [FLOOR]:
            self.draft.mention(targets)

    def _side_by_side_anyway(self, ids: list[int]) -> None:
        """`two blocks side by side on a slope`: across it, which is how several stand there."""
        for one in ids:
            thing = self.draft.scene.thing(one)
            beside = [
                r for r in thing.place if r.kind in ("right", "near") and r.distance is None and r.targets[0] in ids
            ]
            if beside:
                self.r.traces = [t for t in self.r.traces if t.thing != one or t.value not in beside]
                self.draft.update(one, place=tuple(r for r in thing.place if r not in beside))

    def _shares(self, one: int, targets: list[int]) -> bool:
        """Whether there are as many as places for them."""
        places = sum(self.draft.scene.thing(target).total for target in targets if target != FLOOR)
        return self.draft.scene.thing(one).total == places

    def _can_float(self, ids: list[int]) -> bool:
        """Whether they may begin in mid air: what is fixed or stands on feet does not."""
        kinds = [self._kind_of(one) for one in ids if one != FLOOR]
        return all(KINDS[kind].sort in ("solid", "soft") or kind in _FLYING for kind in kinds)

    def _struck_by(self, ids: list[int]) -> list[int]:
        """`a ball hits 15 balls on a table`: it is those that stand there, and the ball comes over the same table."""
        motions = [self.draft.scene.thing(one).motion for one in ids if one != FLOOR]
        comes = ("moving", "swinging", "thrown", "rolling", "sliding")
        targets = [m.target for m in motions if m is not None and m.kind in comes and m.target is not None]
        loose = [one for one in targets if one in self.sentence_ids and not self.draft.scene.thing(one).place]
        return loose if len(loose) == len(ids) else []

    def _single_out(self, targets: list[int]) -> None:
        """`the red one is on the table`: of a group, one that is placed elsewhere is a thing of its own."""
        if self.index is None or len(self.subjects) != 1 or self.subjects[0] in (FLOOR, *targets):
            return
        thing = self.draft.scene.thing(self.subjects[0])
        if thing.total > 1 and thing.groups == 1 and KINDS[thing.kind].sort == "solid":
            self.subjects, self.index = [self.draft.split_off(thing.id, self.index)], None

    def _apart(self, distance: float) -> None:
        for before, after in zip(self.subjects, self.subjects[1:], strict=False):
            place = self.draft.scene.thing(after).place
            shared = any(relation in self.draft.scene.thing(before).place for relation in place)
            place = tuple(one for one in place if (one.kind, one.targets) != ("right", (before,)))
            if not place or shared:  # beside it first: on the same table is what follows
                self.draft.update(after, place=(Relation("right", (before,), distance), *place))
