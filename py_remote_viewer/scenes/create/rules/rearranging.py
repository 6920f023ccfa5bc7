"""Follow-ups that set what is there elsewhere: `to the other side`, `the other way round`, `further apart`, `in a circle`."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace

from py_remote_viewer.errors import SceneInvalid
from py_remote_viewer.scenes.create.layout.arrange import offsets
from py_remote_viewer.scenes.create.layout.layout import Layout
from py_remote_viewer.scenes.create.layout.placed import Placed
from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.rules.several_places import SeveralPlaces
from py_remote_viewer.scenes.create.things.description import FLOOR, Relation, Thing
from py_remote_viewer.scenes.create.things.footprints import footprint
from py_remote_viewer.scenes.create.things.phrase import Phrase
from py_remote_viewer.scenes.create.things.ties import set_apart, without_ties

_MIRRORED = {
    "left": "right", "right": "left", "front": "behind", "behind": "front", "end": "other_end", "other_end": "end",
    "corner": "other_corner", "other_corner": "corner",
}  # fmt: skip
_ENDED = ("table", "platform", "plank", "bridge", "seesaw", "plate", "catapult")
_SHAPES = ("circle", "row", "grid", "file", "arc", "triangle", "diagonal")
_HEAPED = ("stack", "pile", "pyramid", "wall", "cube")
_APART = 2.5
_TOGETHER = 0.3
_LEAST_GAP_M = 0.02


class Rearranging(SeveralPlaces):
    """Rules for places that follow from where things stood before."""

    def rearranging_rules(self) -> tuple[Callable[[int], int], ...]:
        """Those of here, before all that would take the same words for a new place."""
        return (
            self.tilted_to,
            self.other_side,
            self.put_back,
            self.apart_or_together,
            self.shaped_instead,
            *self.place_rules(),
        )

    def _stood(self) -> dict[int, list[Placed]]:
        """Where everything stood before this sentence; nothing where that cannot be said."""
        try:
            placed = Layout(without_ties(set_apart(self.draft.before)), 0).run()
        except SceneInvalid:
            return {}
        found: dict[int, list[Placed]] = {}
        for one in placed:
            found.setdefault(one.thing.id, []).append(one)
        return found

    def _loose(self) -> list[int]:
        """The solids that are there, each a thing of its own."""
        return [
            thing.id
            for thing in self.draft.scene.things
            if KINDS[thing.kind].sort == "solid" and thing.total == 1 and thing.id in self.draft.old_ids
        ]

    def _those(self) -> list[int]:
        """Whom `them` is about: what was pointed at, else a group, else all loose solids."""
        there = [one for one in self.subjects if one != FLOOR and self.draft.scene.has(one)]
        many = [one for one in there if self.draft.scene.thing(one).total > 1]
        if len(there) > 1 or many:
            return many[-1:] or there
        groups = [
            thing.id
            for thing in self.draft.scene.things
            if thing.total > 1 and KINDS[thing.kind].sort == "solid" and thing.id in self.draft.old_ids
        ]
        loose = self._loose()
        return groups[-1:] if groups and not (len(loose) > 1 and groups[-1] not in self.draft.focus) else loose

    # --- mirrored ---------------------------------------------------------------------------------------------------------

    def other_side(self, at: int) -> int:
        """`move it to the other side of the table`, `now at the opposite end`: the mirrored place."""
        r, end = self.r, at + self.r.word(at, "over")
        if not self.draft.editing or not r.word(end, "to", "on", "onto", "at", "in", "into"):
            return 0
        end += 1 + r.word(end + 1, "to")
        end += r.word(end, "the", "its")
        if not r.word(end, "other", "opposite") or not r.word(end + 1, "side", "end", "edge", "half"):
            return 0
        end += 2
        phrase = self.nouns.read(end + 1) if r.word(end, "of") else None
        ids = [one for one in self.subjects if one != FLOOR] or self.draft.resolve(Phrase(at, pron="it"))
        target = [one for one in self.draft.resolve(phrase) if one != FLOOR] if phrase is not None else []
        if (r.word(end, "of") and not target) or any(one not in self.draft.old_ids for one in ids):
            return 0
        stood = self._stood()
        if not ids or not stood or not all(self._mirrored(one, target[-1:], stood) for one in ids):
            return 0
        self.subjects, self.attached, self.edited = ids, [], True
        end = phrase.end if phrase is not None else end
        r.use(at, end)
        return end - at

    def tilted_to(self, at: int) -> int:
        """`tilt it to the other side`, `tilt it the other way`, `tilt it to the left`: which side of it is the low one."""
        r, end = self.r, at + self.r.word(at, "to", "in", "towards")
        end += r.word(end, "the")
        side = r.word(end, "left", "right")
        other = r.word(end, "other", "opposite", "reverse") and r.word(end + 1, "side", "way", "direction")
        below = [r.targets[0] for one in self.subjects if one != FLOOR for r in self.draft.scene.thing(one).place]
        who = [one for one in (*self.subjects, *below) if self._kind_of(one) in ("plate", "plank", "ramp")][:1]
        if not self.draft.editing or not who or not (side or other) or not self._tilts() or end == at:
            return 0
        for one in who:
            thing = self.draft.scene.thing(one)
            if thing.kind == "ramp":
                turned = (thing.yaw_deg + 180.0) % 360.0 if other else 180.0 if r.word(end, "left") else 0.0
                self.draft.update(one, yaw_deg=turned)
                continue
            degrees = 20.0 if thing.tilt_deg is None else thing.tilt_deg
            left = degrees > 0 if other else r.word(end, "left")
            self.draft.update(one, tilt_deg=-abs(degrees) if left else abs(degrees))
        end += 2 if other else 1 + r.word(end + 1, "side")
        r.use(at, end)
        return end - at

    def _mirrored(self, one: int, said: list[int], stood: dict[int, list[Placed]]) -> bool:
        """Put `one` to the other side of what it is placed by."""
        thing = self.draft.scene.thing(one)
        own = [r for r in thing.place if r.targets[0] != FLOOR and (not said or r.targets[0] == said[0])]
        sided = [r for r in own if r.kind in _MIRRORED]
        if sided:
            new = replace(sided[-1], kind=_MIRRORED[sided[-1].kind])
            place = tuple(new if r is sided[-1] else r for r in thing.place)
            self.draft.update(one, place=place, shift=(0.0, 0.0, 0.0), at=None)
            return True
        about = [r.targets[0] for r in own] or said
        near = [two.id for two in self.draft.scene.things for r in two.place if one in r.targets]
        about = about or near or [two.id for two in self.draft.scene.things if two.id != one][-1:]
        if not about or about[0] not in stood or one not in stood:
            return False
        here, there = stood[one][0], stood[about[0]]
        x = sum(each.base[0] for each in there) / len(there)
        y = sum(each.base[1] for each in there) / len(there)
        aside, back = here.base[0] - x, here.base[1] - y
        kept = [r for r in own if r.kind in ("on", "inside", "middle")]
        if kept and self._kind_of(about[0]) != "ramp":
            if abs(aside) + abs(back) < 0.05 and self._kind_of(about[0]) in _ENDED:
                self.draft.update(one, place=(Relation("end", (about[0],)),), shift=(0.0, 0.0, 0.0))
                return True
            across = abs(aside) >= abs(back)
            moved = (thing.shift[0] - 2 * aside * across, thing.shift[1] - 2 * back * (not across), thing.shift[2])
            self.draft.update(one, shift=moved)
            return abs(aside) + abs(back) > 0.01
        side = ("right" if aside < 0 else "left") if abs(aside) >= abs(back) else ("behind" if back < 0 else "front")
        others = [two.id for two in self.draft.scene.things for r in two.place if one in r.targets]
        for two in others:  # `a car, and a ball left of it`: the car moves, and the ball stays
            self.draft.update(two, place=tuple(r for r in self.draft.scene.thing(two).place if one not in r.targets))
        self.draft.relate([one], Relation(side, (about[0],)), instead=True)
        return True

    def _set_at(self, one: int, here: Placed, x: float, y: float) -> None:
        """Stand `one` at (x, y), on or in what it was on or in."""
        thing = self.draft.scene.thing(one)
        place = tuple(r for r in thing.place if r.kind in ("on", "inside"))
        inside = any(r.kind == "inside" for r in place)
        height = here.base[2] + here.foot.height / 2 if inside else None
        self.draft.update(one, at=(round(x, 4), round(y, 4), height), shift=(0.0, 0.0, 0.0), place=place)

    def put_back(self, at: int) -> int:
        """`put it back where it was`, `move the ball back to its old place`."""
        r = self.r
        if not self.draft.editing or not r.word(at, "put", "move", "bring", "take", "return", "place", "set"):
            return 0
        phrase = self.nouns.read(at + 1)
        ids = [one for one in self.draft.resolve(phrase) if one != FLOOR] if phrase is not None else []
        end = phrase.end if phrase is not None else at
        back = r.word(end, "back") or r.word(at, "return")
        end += r.word(end, "back")
        end += r.word(end, "again")
        bare = end
        end += r.word(end, "to", "in", "into", "at")
        if r.word(end, "where"):
            while r.word(end, "where", "it", "they", "was", "were", "stood", "had", "been", "before", "first", "at"):
                end += 1
        elif r.word(end, "its", "their", "the"):
            end += 1 + r.word(end + 1, "old", "original", "first", "previous", "former", "starting")
            if not r.word(end, "place", "places", "position", "positions", "spot"):
                return 0
            end += 1
        elif end != bare:
            return 0
        if r[end].kind not in ("stop", "comma") or (bare == end and not r.word(at, "put", "return")):
            return 0
        if (
            phrase is None
            or not phrase.definite
            or not (back and ids)
            or not self._take_back(ids, "position", plain=False)
        ):
            return 0
        r.use(at, end)
        return end - at

    # --- one for the other ------------------------------------------------------------------------------------------------

    def _pair_at(self, at: int) -> tuple[list[int], int]:
        """`the red and the blue one`: the noun of the second is that of the first as well."""
        r = self.r
        said = Phrase(at, det="the")
        end = self._adjectives(at + 1, said) if r.word(at, "the") else at
        second = self.nouns.read(end + 1) if end > at + 1 and r.word(end, "and", "with", "for") else None
        if second is None or not second.definite:
            return super()._pair_at(at)
        first = replace(
            second, colours=said.colours, changes=said.changes, scales=said.scales, dims=said.dims, ordinal=None
        )
        ids = [one for each in (first, second) for one in self.draft.resolve(each)[-1:] if one != FLOOR]
        if len(ids) == 2 and ids[0] == ids[1] and self._colours_swapped(ids[0], first, second):
            return ids[:1], second.end
        return (ids, second.end) if len(set(ids)) == 2 else ([], at)

    def _colours_swapped(self, one: int, first: Phrase, second: Phrase) -> bool:
        """Of a group, whose elements are alike but for their colours: that is all that there is to swap."""
        colours = list(self.draft.scene.thing(one).colours)
        wanted = [*first.colours, *second.colours]
        if len(colours) != self.draft.scene.thing(one).total or len(wanted) != 2 or not set(wanted) <= set(colours):
            return False
        here, there = colours.index(wanted[0]), colours.index(wanted[1])
        colours[here], colours[there] = colours[there], colours[here]
        self.draft.update(one, colours=tuple(colours))
        return True

    def swap(self, at: int) -> int:
        """`swap the red and the blue one`, of one group."""
        r = self.r
        if not self.draft.editing or not r.word(at, "swap", "exchange", "switch") or not self.starts_clause():
            return 0
        pair, end = self._pair_at(at + 1)
        if len(pair) != 1 or self.draft.scene.thing(pair[0]).colours == self.draft.before.thing(pair[0]).colours:
            return super().swap(at)
        self.subjects, self.attached, self.edited = pair, [], True
        r.use(at, end)
        return end - at

    def other_way(self, at: int) -> int:
        """`the other way round`, where nothing moves: the two change places."""
        r, end = self.r, at
        step = super().other_way(at)
        if step or not self.draft.editing:
            return step
        end += r.word(end, "in")
        end += r.word(end, "the")
        if r.word(end, "other", "opposite", "reverse") and r.word(end + 1, "way", "order"):
            end += 2 + r.word(end + 2, "round", "around")
        elif r.word(end, "vice") and r.word(end + 1, "versa"):
            end += 2
        else:
            return 0
        pair = self._loose()
        group = [thing for thing in self.draft.scene.things if thing.total > 1 and KINDS[thing.kind].sort == "solid"]
        if len(pair) == 2 and not group:
            one, other = (self.draft.scene.thing(each) for each in pair)
            self._exchange(one, other)
        elif len(group) == 1 and len(group[0].colours) == group[0].total:
            self.draft.update(group[0].id, colours=tuple(reversed(group[0].colours)))
            pair = [group[0].id]
        else:
            return 0
        self.subjects, self.attached, self.edited = pair, [], True
        r.use(at, end)
        return end - at

    # --- how far apart, and in what shape -----------------------------------------------------------------------------------

    def apart_or_together(self, at: int) -> int:
        """`further apart`, `closer together`, `spread them out`, of several things of their own or a heap."""
        r, end = self.r, at
        if not self.draft.editing:
            return 0
        spread = r.word(end, "spread", "space", "move", "put", "push", "bring", "place")
        verb = r[end].text if spread else ""
        end += spread
        phrase = self.nouns.read(end) if spread and not r.word(end, "out", "further", "farther", "closer") else None
        pointed = self.draft.resolve(phrase) if phrase is not None and phrase.definite else []
        if phrase is not None and not pointed:
            return 0
        end = phrase.end if phrase is not None else end
        more = r.word(end, "further", "farther", "closer", "nearer", "more", "wider")
        near = r.word(end, "closer", "nearer")
        end += more
        if not (r.word(end, "apart", "together") and more) and not (verb in ("spread", "space") and r.word(end, "out")):
            return 0
        before = self.subjects
        if pointed:
            self.subjects = pointed
        ids = self._those()
        heaped = [one for one in ids if self.draft.scene.thing(one).arrange in _HEAPED and not near]
        if len(ids) == 1 and not heaped and not spread and not before:
            self._space(ids, None, 0.4 if near else _APART)
        elif heaped:
            for one in heaped:
                thing = self.draft.scene.thing(one)
                gap = max(0.05, footprint(thing).x)
                self.draft.update(one, arrange="row", label="", count=thing.total, groups=1, spacing=gap, shape=())
        elif len(ids) < 2 or not self._spaced_along(ids, near=bool(near)):
            self.subjects = before
            return 0
        self.subjects, self.attached, self.edited = ids, [], True
        r.use(at, end + 1)
        return end + 1 - at

    def _spaced_along(self, ids: list[int], *, near: bool) -> bool:
        """Widen or narrow the gaps between things in their order along the longer way; False where they stay."""
        stood = self._stood()
        if any(one not in stood for one in ids):
            return False
        own = {one: stood[one][0] for one in ids}
        reach = [max(p.base[axis] for p in own.values()) - min(p.base[axis] for p in own.values()) for axis in (0, 1)]
        piled = max(reach) < _LEAST_GAP_M
        axis = 0 if reach[0] >= reach[1] else 1
        order = ids if piled else sorted(ids, key=lambda one: own[one].base[axis])
        half = {one: (own[one].foot.x, own[one].foot.y)[axis] for one in ids}
        at, where = 0.0, {order[0]: 0.0}
        for before, after in itertools.pairwise(order):
            gap = own[after].base[axis] - own[before].base[axis] - half[before] - half[after]
            gap = min(gap, max(_LEAST_GAP_M, gap * _TOGETHER)) if near else max(0.1, gap * _APART)
            at += half[before] + half[after] + gap
            where[after] = at
        middle = sum(own[one].base[axis] for one in ids) / len(ids) - at / 2
        for one in ids:
            x, y = own[one].base[:2]
            along = where[one] + middle
            self._alone(one, own[one], along if axis == 0 else x, y if axis == 0 else along, ids)
        return True

    def _alone(self, one: int, here: Placed, x: float, y: float, others: list[int]) -> None:
        """Stand `one` at (x, y) by itself: on what all of them stand on, and by none of the others."""
        place = self.draft.scene.thing(one).place
        base = next(
            (r for each in others for r in self.draft.scene.thing(each).place if r.targets[0] not in others), None
        )
        kept = tuple(r for r in place if not set(r.targets) & set(others))
        shared = (base,) if base is not None and base.kind in ("on", "inside") and not kept else ()
        self.draft.update(one, place=(*kept, *shared))
        self._set_at(one, here, x, y)

    def shaped_instead(self, at: int) -> int:
        """`in a circle instead`, `now in a row`: those that are there."""
        found = self.r.match(at, "arrange")
        begins = (
            at == 0 or self.r[at - 1].kind in ("stop", "comma") or self.r.word(at - 1, "now", "but", "and", "rather")
        )
        if not self.draft.editing or found is None or not begins or self.subjects:
            return 0
        end = at + found[1]
        ids = self._those()
        if not ids or not (self.r[end].kind == "stop" or self.r.word(end, "instead", "now", "please")):
            return 0
        self.subjects = ids
        self._arrange(str(found[0].value))
        self.edited = True
        self.r.use(at, end + self.r.word(end, "instead"))
        return end + self.r.word(end, "instead") - at

    def _arrange(self, arrange: str) -> None:
        """Several things of their own in a circle or a row: each at a place of such a shape."""
        ids = [one for one in self.subjects if one != FLOOR and self.draft.scene.has(one)]
        if not self.draft.editing or not set(ids) <= set(self.draft.old_ids):
            super()._arrange(arrange)
            return
        things: list[Thing] = [self.draft.scene.thing(one) for one in ids]
        if len(ids) == 1 and things[0].total > 1 and things[0].arrange in _HEAPED and things[0].groups == 1:
            self.draft.update(ids[0], label="", shape=())
        stood = self._stood() if len(ids) > 2 and arrange in _SHAPES else {}
        if not stood or any(thing.total > 1 for thing in things) or any(one not in stood for one in ids):
            super()._arrange(arrange)
            return
        largest = max(things, key=lambda thing: max(footprint(thing).x, footprint(thing).y))
        model = replace(largest, count=len(ids), groups=1, arrange=arrange, overrides=(), spacing=None, shape=())
        x = sum(stood[one][0].base[0] for one in ids) / len(ids)
        y = sum(stood[one][0].base[1] for one in ids) / len(ids)
        for one, (dx, dy, *_) in zip(ids, offsets(model, 0), strict=True):
            self._alone(one, stood[one][0], x + dx, y + dy, ids)
