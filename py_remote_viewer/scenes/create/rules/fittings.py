"""What machines are fitted with: motors at a joint, doors that stand open, weights on springs, shots for catapults."""

from __future__ import annotations

from py_remote_viewer.scenes.create.layout.levels import LEVELLED
from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.lexicon.own_parts import OWN_PARTS
from py_remote_viewer.scenes.create.rules.removal import EVERY
from py_remote_viewer.scenes.create.rules.tiers import Tiers
from py_remote_viewer.scenes.create.things.description import FLOOR, Relation
from py_remote_viewer.scenes.create.things.footprints import parts_of

_WHICH = {
    **dict.fromkeys(("far", "other", "opposite", "long", "longer", "high", "higher", "raised", "upper"), "other_end"),
    **dict.fromkeys(("near", "short", "shorter", "free", "heavy", "low", "lower", "loose"), "end"),
}
_PART_SIDES = ("left", "right", "top", "bottom", "front", "back", "side", "edge", "outer", "inner", "rear")
_LEVELS = frozenset(["shelf", "level", "board", "tier", "step", "stair", "compartment", "layer"])
_SHOTS = ("projectile", "bullet", "pellet")
_DOORS = ("door", "trapdoor")


class Fittings(Tiers):
    """Rules for what comes with a machine."""

    def has_anyway(self, at: int) -> int:
        """`a hopper with torso, thigh and foot`, `a goal with a net`: parts that every such thing has."""
        r, owners = self.r, [one for one in self.subjects if one != FLOOR]
        own = OWN_PARTS.get(self._kind_of(owners[-1])) if owners else None
        end = at + r.word(at, "with", "having", "has", "and", "plus")
        named = end + r.word(end, "a", "an", "the", "its")
        compound = bool(owners) and r[named].text == self._noun_of(owners[-1]) and r.word(at - 1, "and")
        if own is None or (end == at and r[at - 1].kind != "comma" and not compound):
            return 0
        stop = at
        while True:
            end += r.word(end, "a", "an", "the", "its", "their", "own")
            of_its_own = r[end].text in (self._noun_of(owners[-1]), self._kind_of(owners[-1]))
            end += of_its_own and r[end + 1].text in own  # `a door handle`
            if r[end].text.removesuffix("s") not in own and r[end].text not in own:
                break
            end = self._beside_it(end + 1, owners[-1])
            stop = end
            end += r[end].kind == "comma"
            end += r.word(end, "and")
        if stop == at or r.word(stop, "of", "that", "is", "at", "which") or r[stop].kind in ("quantity", "number"):
            return 0
        if r.is_cat(stop, "noun", "dim", "property") and not r.is_cat(stop, "rel"):
            return 0
        if r.word(at, "with", "having"):
            self.carried_by = (owners[-1], "with")  # `a seesaw with a fulcrum and two boxes`
        r.use(at, stop)
        return stop - at

    def _beside_it(self, at: int, owner: int) -> int:
        """`a hinge on the left side`: where such a part is; what is not so is told."""
        r = self.r
        placed = r.word(at, "on", "at", "in", "along", "to") and r.word(at + 1, "the", "its", "one")
        if not placed or r[at + 2].text not in _PART_SIDES:
            return at
        end = at + 3 + r.word(at + 3, "side", "edge", "end", "hand")
        end += r.word(end, "side")
        end += 2 * (r.word(end, "of") and r.word(end + 1, "it"))
        if self._kind_of(owner) != "door" or r.word(at + 2, "right", "top", "bottom"):
            r.miss([at + 2])
        return end

    def pyramid_base(self, at: int) -> int:
        """`a pyramid with a base of 3 by 3`, `with a 4 x 4 base`: as many as that takes, one layer on the other."""
        r, end = self.r, at + self.r.word(at, "with", "has", "having")
        end += r.word(end, "a", "the", "its")
        first = r.word(end, "base", "bottom")
        end += first
        end += first and r.word(end, "layer", "row", "level")
        end += first and r.word(end, "of", "is")
        if r[end].kind != "number" or not r.word(end + 1, "x", "by") or r[end + 2].kind != "number":
            return 0
        side, other, end = int(r[end].value), int(r[end + 2].value), end + 3
        if not first and not r.word(end, "base"):
            return 0
        end += not first
        noun = r.match(end, "noun")
        end += noun[1] if noun is not None and first else 0
        there = [self.draft.scene.thing(one) for one in self.subjects if one != FLOOR]
        heaps = [thing for thing in there if thing.arrange == "pyramid"]
        if not heaps or side != other or not 2 <= side <= 7:
            return 0
        self.draft.update(heaps[-1].id, count=side * (side + 1) * (2 * side + 1) // 6)
        if noun is not None and first and KINDS[noun[0].value.kind].sort == "solid":
            self.draft.update(heaps[-1].id, kind=noun[0].value.kind, noun=noun[0].value.noun)
        self.draft.unsaid.discard(heaps[-1].id)
        self.excused_numbers.update(range(at, end))
        r.use(at, end)
        return end - at

    def which_end(self, at: int) -> int:
        """`on the far end`, `on the short end`: of what has two ends; they are alike here, and that is told."""
        r = self.r
        if not r.word(at, "on", "at") or not r.word(at + 1, "the", "its") or r[at + 2].text not in _WHICH:
            return 0
        ids = [one for one in self.subjects if one != FLOOR and KINDS[self._kind_of(one)].sort == "solid"]
        holders = [one for one in self._with_ends() if one not in ids]
        if not r.word(at + 3, "end", "side", "arm") or not ids or not holders or r.is_cat(at + 4, "of"):
            return 0
        self.draft.relate(ids, Relation(_WHICH[r[at + 2].text], (holders[-1],)), instead=False)
        self.related_since = True
        r.use(at, at + 4)
        if r[at + 2].text not in ("far", "near", "other", "opposite", "free"):
            r.miss([at + 2])
        return 4

    def aimed_at(self, at: int) -> int:
        """`a catapult aimed at a tower`: what it is to hit stands before it."""
        r, end = self.r, at + 1
        named = [one for one in (*self.sentence_ids, *self.subjects) if one != FLOOR and self.draft.scene.has(one)]
        throwers = [one for one in named if self._kind_of(one) == "catapult"]
        if not throwers or not r.word(at, "aimed", "aiming", "pointing", "pointed", "directed", "targeting"):
            return 0
        end += r.word(end, "at", "towards", "to")
        phrase = self.nouns.read(end)
        if phrase is None or phrase.kind not in KINDS:
            return 0
        targets = [one for one in self.related(phrase, end) if one not in throwers]
        if not targets:
            return 0
        self.draft.relate(targets, Relation("right", (throwers[-1],), 1.0), instead=False)
        self.attached, self.related_since = targets, True
        r.use(at, phrase.end)
        return phrase.end - at

    def on_its_seat(self, at: int) -> int:
        """`a ball on the seat`: of the swing that is there."""
        r = self.r
        swings = [thing.id for thing in self.draft.scene.things if thing.kind == "swing_set"]
        ids = [one for one in self.subjects if one != FLOOR and KINDS[self._kind_of(one)].sort == "solid"]
        end = at + 1 + r.word(at + 1, "the", "its", "top") + (r.word(at + 1, "top") and 1 + r.word(at + 3, "the"))
        which = end
        end += r.word(
            end, "first", "second", "third", "last", "left", "right", "middle", "each", "every", "both", "other"
        )
        if not swings or not r.word(at, "on", "onto", "upon", "in") or not r.word(end, "seat", "seats"):
            return 0
        if not ids:
            r.miss([at, end])
            return end + 1 - at
        if end > which and len(swings) == 1 and self.draft.scene.thing(swings[-1]).parts not in (None, 1):
            r.miss([which])
        end += 1
        end += 3 * (r.word(end, "of") and r.word(end + 1, "the", "a") and r.word(end + 2, "swing"))
        self.draft.relate(ids, Relation("on", (swings[-1],)), instead=True)
        self.related_since = True
        r.use(at, end)
        return end - at

    def on_its_track(self, at: int) -> int:
        """`a cart pole on a frictionless track`: it has a rail of its own, and nothing rubs there."""
        r, end = self.r, at + 1
        rails = [one for one in self.subjects if one != FLOOR and self._kind_of(one) in ("cart_pole", "slider")]
        end += r.word(end, "a", "its", "the")
        while r.word(end, "frictionless", "straight", "horizontal", "linear", "smooth", "long"):
            end += 1
        if not rails or not r.word(at, "on", "along") or not r.word(end, "track", "rail", "rails", "tracks", "guide"):
            return 0
        r.use(at, end + 1)
        return end + 1 - at

    # --- doors ----------------------------------------------------------------------------------------------------------

    def _doors(self) -> list[int]:
        there = [one for one in (*self.subjects, *self.attached) if one != FLOOR and self.draft.scene.has(one)]
        doors = [one for one in there if self._kind_of(one) in _DOORS]
        named = [one for one in self.sentence_ids if self.draft.scene.has(one) and self._kind_of(one) in _DOORS]
        return doors or named

    def opened(self, at: int) -> int:
        """`opened 30 degrees`, `opened by 45° at the start`: where a door begins."""
        r, end = self.r, at
        if not r.word(end, "opened", "open") or not (doors := self._doors()):
            return 0
        end += 1
        while r.word(end, "by", "at", "to", "an", "angle", "of", "about"):
            end += 1
        if r[end].kind != "quantity" or r[end].dimension != "angle":
            return 0
        for one in doors:
            self.draft.update(one, tilt_deg=r[end].value)
        end += 1
        if r.word(end, "at") and r.word(end + 1, "the") and r.word(end + 2, "start", "beginning"):
            end += 3
        end += r.word(end, "initially")
        r.use(at, end)
        return end - at

    def on_hinges(self, at: int) -> int:
        """`a door on a hinge`, `hinged at one edge`: every door is."""
        r, end = self.r, at + 1
        if r.word(at, "hinged") and self._doors():
            end += r.word(end, "at", "along", "on", "by")
            end += r.word(end, "its", "the", "one", "an", "a", "only") or (
                r[end].kind == "number" and r[end].value == 1
            )
            side = end
            end += r.word(end, *_PART_SIDES, "long", "short")
            end += r.word(end, "edge", "side", "end") and not r.word(end - 1, "edge", "side")
            if end > side:
                if r.word(side, "right", "top", "bottom", "front"):
                    r.miss([side])
                self.excused_numbers.update(range(at, end))
                r.use(at, end)
                return end - at
            return 0
        end += r.word(end, "a", "its", "two", "vertical") or r[end].kind == "number"
        end += r.word(end, "vertical")
        if not r.word(at, "on", "with", "by") or not r.word(end, "hinge", "hinges") or not self._doors():
            return 0
        end = self._beside_it(end + 1, self._doors()[-1])
        r.use(at, end)
        return end - at

    def on_each_level(self, at: int) -> int:
        """`a box on each shelf`, `a ball on every second step`: as many as there are such levels."""
        r = self.r
        nth = EVERY.get(r[at + 2].text, 1)
        end = at + 2 + (nth > 1)
        if not r.word(at, "on") or not r.word(at + 1, "each", "every") or r[end].text not in _LEVELS:
            return 0
        named = [one for one in (*self.draft.mentions, *self.sentence_ids) if self.draft.scene.has(one)]
        holders = [one for one in named if self._kind_of(one) in LEVELLED]
        ids = [one for one in self.subjects if one != FLOOR and one not in holders]
        if not holders or not ids or any(KINDS[self._kind_of(one)].sort != "solid" for one in ids):
            return 0
        levels = parts_of(self.draft.scene.thing(holders[-1])) // nth
        for one in ids:
            self.draft.update(one, count=self.draft.scene.thing(one).count * max(1, levels))
        self.draft.relate(ids, Relation("levels", (holders[-1],), nth=nth), instead=True)
        end += 1
        end += 2 * (r.word(end, "of") and r.word(end + 1, "it"))
        r.use(at, end)
        return end - at

    # --- what is loaded -------------------------------------------------------------------------------------------------

    def weight_of_spring(self, at: int) -> int:
        """`a spring of 200 N/m and a 1 kg mass`: the mass hangs on the spring."""
        r, springs = self.r, [one for one in self.subjects if one != FLOOR and self._kind_of(one) == "spring"]
        if not springs or not self.joined or not r.word(at - 1, "and"):
            return 0
        phrase, spring = self.nouns.read(at), self.draft.scene.thing(springs[-1])
        if phrase is None or phrase.noun != "weight" or (phrase.count or 1) > 1 or "mass" not in phrase.changes:
            return 0
        if spring.mass is not None or spring.load is not None or spring.total > 1:
            return 0
        self.draft.update(spring.id, mass=phrase.changes["mass"])
        self.joined = False
        r.use(at, phrase.end)
        return phrase.end - at

    def settle_shots(self) -> None:
        """`a catapult, projectile: a ball`: it lies in the spoon. A target that something is thrown at can be hit."""
        scene = self.draft.scene
        for catapult in [
            thing for thing in scene.things if thing.kind == "catapult" and thing.id not in self.draft.old_ids
        ]:
            if any(catapult.id in relation.targets for thing in scene.things for relation in thing.place):
                continue
            loose = [t for t in scene.things if t.kind == "ball" and not (t.place or t.motion or t.at) and t.total == 1]
            if loose and any(token.text in _SHOTS for token in self.r.tokens):
                self.draft.relate([loose[0].id], Relation("on", (catapult.id,)), instead=False)
        for thing in scene.things:
            target = thing.motion.target if thing.motion is not None else None
            if target is not None and scene.has(target) and scene.thing(target).kind == "marker":
                self.draft.update(target, kind="board", dims=())
