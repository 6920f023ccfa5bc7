"""One thing against another: `knock it over with a ball`, `a collision between two cars`, `lift two of its balls`."""

from __future__ import annotations

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.rules.subsets import Subsets
from py_remote_viewer.scenes.create.things.description import FLOOR, Override
from py_remote_viewer.scenes.create.things.elements import overridden, scale_at
from py_remote_viewer.scenes.create.things.matter import mass_of

_STRIKE = frozenset(
    (
        "hit", "knock", "strike", "smash", "topple", "bowl", "bump", "destroy", "break", "attack",
        "bombard", "demolish", "crash", "tip", "push",
    )
)  # fmt: skip
_STRUCK = frozenset(
    (
        "hit", "struck", "knocked", "smashed", "destroyed", "pushed", "kicked", "rammed", "bumped",
        "crashed", "attacked", "bombarded",
    )
)  # fmt: skip
_BLOWS = frozenset(("hit", "strike", "smash", "knock", "bombard", "attack", "topple"))  # what they name may be new
_AT_REST = ("resting", "stationary", "still", "motionless", "unmoving", "standing")
_LIFT = frozenset(
    ["lift", "lifts", "raise", "lifted", "raised", "pulled", "pull", "drawn", "held", "lifting", "raising"]
)
_LIFTING = tuple(
    """with where are is of them the these balls ball its up back and first let go aside on release released side one
    by to at an angle out start starts starting begin begins beginning being already have been which spheres high
    initially away has having in end same together begun""".split()  # noqa: SIM905 - a list of fifty lines says no more
)
_OUTERMOST = frozenset(["first", "outer", "left", "leftmost", "outermost"])
_LEADING = ("with", "and", "the", "of", "at", "an", "by", "to")
_LARGE = {"heaviest": "mass", "biggest": "size", "largest": "size", "tallest": "size", "longest": "size"}
_SMALL = {"lightest": "mass", "smallest": "size", "shortest": "size", "tiniest": "size"}


class Strikes(Subsets):
    """Rules for blows, and for which of several comes first."""

    def strike(self, at: int) -> int:
        """`hit the tower with a ball`, `knock it over with a heavy ball`: what is struck, then what strikes."""
        r = self.r
        if r[at].text not in _STRIKE or not self.starts_clause():
            return 0
        end = at + 1
        end += r.word(end, "over", "down", "into", "against")
        rests = r.word(end, "a", "an", "the") and r.word(end + 1, *_AT_REST)
        struck = self.nouns.read(end + 2 * rests)
        if struck is None:
            return 0
        after = struck.end + r.word(struck.end, "over", "down")
        after += 2 * (r.word(after, "at") and r.word(after + 1, "rest")) or r.word(after, *_AT_REST)
        if not r.word(after, "with", "using", "by"):
            return 0
        striker = self.nouns.read(after + 1)
        if striker is None or striker.kind not in KINDS or KINDS[striker.kind].sort not in ("solid", "machine"):
            return 0
        pointed = struck.definite or rests
        targets = [one for one in self.draft.resolve(struck) if one != FLOOR] if pointed else []
        if not targets and (r[at].text not in _BLOWS or struck.kind not in KINDS or not (striker.det or striker.count)):
            return 0  # `push a cart with 4 wheels`
        targets = targets or self.create(struck)
        known = self.draft.resolve(striker, exclude=tuple(targets)) if striker.definite else []
        ids = known or self.create(striker)
        fells = r[at].text in ("knock", "topple", "smash", "demolish", "destroy", "tip")
        swings = any(self.draft.scene.thing(one).motion is not None for one in ids)
        for one in ids:
            kind = "moving" if KINDS[self.draft.scene.thing(one).kind].sort == "machine" else "thrown"
            thing = self.draft.scene.thing(one)
            if thing.kind == self._kind_of(targets[0]) == "ball" and not fells:
                kind = "moving"  # along the floor, as in billiards
            changes: dict[str, float] = {"target": targets[0]}
            if fells and not swings and kind == "thrown":  # hard enough to do it
                changes["speed"] = 9.0
                if thing.mass is None and thing.weight == 1.0 and thing.material is None:
                    self.draft.update(one, weight=3.0)
            if not self.draft.move(one, "" if swings else kind, **changes):
                return 0
        self.subjects, self.edited = ids, True
        self.draft.mention([*targets, *ids])
        r.use(at, striker.end)
        return striker.end - at

    def struck(self, at: int) -> int:
        """`hit by a ball`, `knocked over by a car`: what does it moves at the subjects."""
        r, end = self.r, at
        end += r.word(end, "being", "getting", "gets")
        if r[end].text not in _STRUCK:
            return 0
        end += 1 + r.word(end + 1, "over", "down", "into")
        targets = [one for one in self.subjects if one != FLOOR]
        if not r.word(end, "by", "with") or not targets:
            return 0
        striker = self.nouns.read(end + 1)
        if striker is None or striker.kind not in KINDS:
            return 0
        known = self.draft.resolve(striker, exclude=tuple(targets)) if striker.definite else []
        ids = known or self.create(striker)
        moved = [self.draft.move(one, "moving", target=targets[0]) for one in ids]
        if False in moved:
            return 0
        self.subjects, self.attached = ids, ids
        self.draft.mention([*targets, *ids])
        r.use(at, striker.end)
        return striker.end - at

    def collision(self, at: int) -> int:
        """`a collision between a ball and a box`, `an elastic collision of two balls`."""
        r, start = self.r, at
        if r.word(at, "a", "an", "the"):
            at += 1
        at += r.word(at, "perfectly", "completely", "totally", "fully") and r.is_cat(at + 1, "surface")
        elastic = r.match(at, "surface")
        if elastic is not None:
            at += elastic[1]
        if r.word(at, "head") and r.word(at + 1, "on"):
            at += 2
        if not (r.word(at, "collision", "crash", "impact") and r.word(at + 1, "between", "of")):
            return 0
        self.clash = (start, at + 2, float(elastic[0].value[1]) if elastic is not None else None)
        r.use(start, at + 2)
        return at + 2 - start

    def settle_clash(self) -> None:
        """Who collides: the one that moves at the other, or both at each other."""
        if self.clash is None:
            return
        start, end, bounce = self.clash
        self.clash = None
        things = [
            thing for thing in self.draft.scene.things if KINDS[thing.kind].sort == "solid" or thing.kind == "car"
        ]
        new = [thing for thing in things if thing.id not in self.draft.old_ids]
        ids = [thing.id for thing in new][:2]
        if not ids or (len(ids) == 1 and new[0].total != 2):
            self.r.miss(list(range(start, end)))
            return
        moving = [thing for thing in new[:2] if thing.motion is not None]
        if len(ids) == 2 and len(moving) == 1:
            other = ids[0] if moving[0].id == ids[1] else ids[1]
            self.draft.move(moving[0].id, "", target=other)
        else:
            self.subjects = ids
            for one in ids:
                self.draft.move(one, "")
            self._face_each_other()
        for thing in self.draft.scene.things:
            if bounce is not None and thing.id not in self.draft.old_ids:
                self.draft.update(thing.id, bounce=bounce)

    def superlative(self, at: int) -> int:
        """`the heaviest at the bottom`, `smallest on top`, `the biggest first`: the order in which they stand."""
        r, start = self.r, at
        at += r.word(at, "the", "with")
        at += r.word(at, "the")
        word = r[at].text
        large = word in _LARGE
        if word not in _LARGE and word not in _SMALL:
            return 0
        name = (_LARGE | _SMALL)[word]
        end = at + 1 + r.word(at + 1, "one", "ones", "is", "box", "block", "ball", "cube")
        end += r.word(end, "is", "are")
        while r.word(end, "at", "on", "the", "in"):
            end += 1
        if r.word(end, "bottom", "first", "left", "lowest", "start", "below", "back"):
            first = True
        elif r.word(end, "top", "last", "right", "end", "uppermost", "front"):
            first = False
        else:
            return 0
        there = [one for one in (self.subjects or self.topic) if one != FLOOR and self.draft.scene.thing(one).total > 1]
        if not there:
            return 0
        self._sort(there[-1], name, rising=large != first)
        r.use(start, end + 1)
        return end + 1 - start

    def _sort(self, one: int, name: str, *, rising: bool) -> None:
        thing = self.draft.scene.thing(one)
        order = range(thing.total)
        if name == "mass":
            masses = sorted(
                ((o[-1].mass if (o := overridden(thing, i)) else None) or mass_of(thing) for i in order),
                reverse=not rising,
            )
            kept = [Override(i, mass=value) for i, value in enumerate(masses)]
            others = tuple(o for o in thing.overrides if o.mass is None)
        else:
            scales = sorted((scale_at(thing, i) for i in order), reverse=not rising)
            if len(set(scales)) == 1:
                scales = sorted((0.6 + i / (thing.total - 1) for i in order), reverse=not rising)
            kept = [Override(i, scale=value) for i, value in enumerate(scales)]
            others = tuple(o for o in thing.overrides if o.scale == 1.0)
        self.draft.update(one, overrides=(*others, *kept))

    def lift_balls(self, at: int) -> int:
        """`lift two`, `with 3 balls raised`, `two of them pulled back`: of a cradle."""
        r = self.r
        cradles = [thing.id for thing in self.draft.scene.things if thing.kind == "cradle"]
        cradles = sorted(cradles, key=lambda one: self.draft.mentions.index(one) if one in self.draft.mentions else -1)
        if not cradles:
            return 0
        start, end, count, lifts, numbered, aside = at, at, 0, False, False, None
        for _ in range(14):
            token = r[end]
            if token.kind == "number" and token.value == int(token.value) and not numbered:
                count, numbered = int(token.value), True
            elif token.kind == "quantity" and token.dimension == "angle" and lifts and aside is None:
                aside = token.value
            elif token.text in _LIFT:
                lifts = True
            elif token.text in _OUTERMOST or (token.text == "one" and lifts):
                count = count or 1
            elif not r.word(end, *_LIFTING):
                break
            end += 1
        while end > start and (r.word(end - 1, *_LEADING) or r[end - 1].kind == "comma"):
            end -= 1
        least, most = 1, (self.draft.scene.thing(cradles[-1]).parts or 5) - 1
        if not lifts or not least <= count <= most:
            return 0
        self.draft.update(cradles[-1], lifted=count, **({} if aside is None else {"tilt_deg": aside}))
        self.edited = True
        r.use(start, end)
        return end - start
