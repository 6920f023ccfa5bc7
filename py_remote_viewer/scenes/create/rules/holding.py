"""What is held and what is let go: `fix it to the floor`, `let it go`, `lock the hinge`, `remove the limits`, `add damping`."""

from __future__ import annotations

from collections.abc import Callable

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.rules.member_subjects import FASTENING
from py_remote_viewer.scenes.create.rules.portions import Portions
from py_remote_viewer.scenes.create.things.description import FLOOR, Relation, Thing
from py_remote_viewer.scenes.create.things.phrase import Phrase
from py_remote_viewer.scenes.create.things.ties import is_tie

_NEEDS_PLACE = ("hold", "keep", "stick", "attach", "mount")
_FREEING = ("release", "free", "unfix", "unpin", "detach", "loosen", "unfreeze", "unglue", "untie", "drop", "let")
_PLACES = ("place", "position", "space", "air", "midair", "mid", "the")
_JOINTS = (
    "joint",
    "joints",
    "hinge",
    "hinges",
    "axis",
    "axes",
    "pivot",
    "wheel",
    "wheels",
    "slider",
    "motion",
    "movement",
)
_JOINTED = ("machine", "robot")
_DAMPING = {"hinge": 0.5, "spring": 1.0}


class Holding(Portions):
    """Rules for what cannot move, and for what can again."""

    def holding_rules(self) -> tuple[Callable[[int], int], ...]:
        """All of them."""
        return (self.held_fast, self.set_free, self.joint_locked, self.no_limits, self.more_damping)

    def _those_at(self, at: int) -> tuple[list[int], int]:
        """What a definite noun or a pronoun at `at` means, and where it ends."""
        phrase = self.nouns.read(at)
        if phrase is None or not phrase.definite:
            return [], at
        return [one for one in self.draft.resolve(phrase) if one != FLOOR], phrase.end

    def held_fast(self, at: int) -> int:
        """`fix it there`, `pin the box to the floor`, `glue the ball to the box`."""
        r = self.r
        if not self.draft.editing or not r.word(at, *FASTENING) or not self.starts_clause():
            return 0
        ids, end = self._those_at(at + 1)
        begun = end
        end += r.word(end, "firmly", "rigidly", "tightly", "down", "up")
        to = list[int]()
        if r.word(end, "in") and r.word(end + 1, *_PLACES):
            while r.word(end, "in", *_PLACES):
                end += 1
        elif r.word(end, "there", "here"):
            end += 1
        elif r.word(end, "where") and r.word(end + 2, "is", "are"):
            end += 3
        elif r.word(end, "to", "on", "onto", "at", "with") and (other := self.nouns.read(end + 1)) is not None:
            to = [one for one in self.draft.resolve(other) if one not in ids]
            if not to:
                return 0
            end = other.end
        elif r.word(end, "together") and len(ids) > 1:
            ids, to, end = ids[:1], ids[1:], end + 1
        solid = all(KINDS[self._kind_of(one)].sort in ("solid", "furniture") for one in (*ids, *to) if one != FLOOR)
        ends = r[end].kind in ("stop", "comma") or r.word(end, "and", "then", "please", "now")
        if not ids or not solid or not ends or (end == begun and r.word(at, *_NEEDS_PLACE)):
            return 0
        for one in ids:
            self._fasten(one, to)
        self.subjects, self.attached, self.edited = ids, list(ids), True
        self.draft.mention(ids)
        r.use(at, end)
        return end - at

    def _fasten(self, one: int, to: list[int]) -> None:
        """`one` cannot move against what it is fastened to; to nothing, or to what stands fixed, it is fixed itself."""
        others = [each for each in to if each != FLOOR and self._loose_thing(self.draft.scene.thing(each))]
        if FLOOR in to:
            self.draft.update(one, place=(), height=None, shift=(*self.draft.scene.thing(one).shift[:2], 0.0))
        for each in to:
            near = any(each in r.targets for r in self.draft.scene.thing(one).place) or each == FLOOR
            near = near or any(one in r.targets for r in self.draft.scene.thing(each).place)
            if not near:
                on = self._kind_of(each) in ("table", "platform", "plate", "ramp")
                self.draft.relate([one], Relation("on" if on else "near", (each,), None if on else 0.0), instead=False)
        if not others:
            self.draft.update(one, fixed=True, motion=None)
            return
        made = self.draft.create(Phrase(0, kind="weld", noun="weld"))
        self.draft.update(made[0], ends=(others[-1], one))

    def _loose_thing(self, thing: Thing) -> bool:
        return KINDS[thing.kind].sort == "solid" and not thing.fixed

    def set_free(self, at: int) -> int:
        """`let it go`, `release the box`, `let go of it`: what was held is loose again."""
        r = self.r
        if not self.draft.editing or not r.word(at, *_FREEING) or not self.starts_clause():
            return 0
        letting = r.word(at, "let")
        ahead = at + 1 + 2 * (letting and r.word(at + 1, "go") and r.word(at + 2, "of"))
        ids, end = self._those_at(ahead)
        if letting and ahead == at + 1:
            if not r.word(end, "go", "loose", "fall", "drop", "free", "move"):
                return 0
            end += 1
        end += r.word(end, "again", "now")
        welds = [t for t in self.draft.scene.things if t.kind == "weld" and set(t.ends) & set(ids)]
        held = [one for one in ids if self.draft.scene.thing(one).fixed]
        if r.word(end, "from") and welds:
            end = self._those_at(end + 1)[1]
        if not (held or welds) or (r[end].kind not in ("stop", "comma") and not r.word(end, "and")):
            return 0
        for one in held:
            self.draft.update(one, fixed=None)
        self.draft.remove([weld.id for weld in welds])
        self.subjects, self.attached, self.edited = ids, list(ids), True
        self.draft.mention(ids)
        r.use(at, end)
        return end - at

    # --- joints -----------------------------------------------------------------------------------------------------------

    def _machines(self) -> list[int]:
        there = [one for one in self.draft.mentions if self.draft.scene.has(one)]
        return [one for one in there if KINDS[self._kind_of(one)].sort in _JOINTED]

    def _machine_at(self, at: int) -> tuple[list[int], int]:
        """`the hinge of the door`, `all joints`, `it`, `the door`: machines, and where the words end."""
        r, end = self.r, at
        while r.word(end, "the", "all", "its", "their", "every", "both", "of", "joint", "angle", "range"):
            end += 1
        if r.word(end, *_JOINTS, "limit", "limits", "damping", "friction") or r.word(end - 1, "joint"):
            end += r.word(end, *_JOINTS)
            if r.word(end, "of", "on") and (named := self._those_at(end + 1))[0]:
                return [one for one in named[0] if KINDS[self._kind_of(one)].sort in _JOINTED], named[1]
            return self._machines()[-1:], end
        ids, end = self._those_at(at)
        return [one for one in ids if KINDS[self._kind_of(one)].sort in _JOINTED], end

    def joint_locked(self, at: int) -> int:
        """`lock the hinge`, `block the joints`, `unlock it`: where it starts, it stays."""
        r = self.r
        if (
            not self.draft.editing
            or not r.word(at, "lock", "block", "jam", "unlock", "unblock")
            or not self.starts_clause()
        ):
            return 0
        ids, end = self._machine_at(at + 1)
        end += r.word(end, "up", "again") + (r.word(end, "in") and r.word(end + 1, "place")) * 2
        if not ids or (r[end].kind not in ("stop", "comma") and not r.word(end, "and")):
            return 0
        for one in ids:
            self.draft.update(one, locked=r.word(at, "lock", "block", "jam"))
        self.subjects, self.attached, self.edited = ids, list(ids), True
        self.draft.mention(ids)
        r.use(at, end)
        return end - at

    def no_limits(self, at: int) -> int:
        """`remove the limits`, `without joint limits`: the joints go as far as they do by themselves."""
        r, end = self.r, at + 1
        if not self.draft.editing or not r.word(at, "remove", "delete", "drop", "without", "no", "clear"):
            return 0
        while r.word(end, "the", "its", "all", "any", "joint", "angle", "hinge"):
            end += 1
        limited = [thing.id for thing in self.draft.scene.things if thing.limits is not None]
        if not r.word(end, "limit", "limits", "stops", "restriction", "restrictions") or not limited:
            return 0
        for one in limited:
            self.draft.update(one, limits=None)
        self.subjects, self.edited = limited, True
        r.use(at, end + 1)
        return end + 1 - at

    def more_damping(self, at: int) -> int:
        """`add damping`, `more damping`, `remove the damping`: of the joints or the spring that is there."""
        r, end = self.r, at
        if not self.draft.editing:
            return 0
        less = r.word(at, "remove", "less", "reduce", "decrease", "no", "without")
        if not less and not r.word(at, "add", "more", "increase", "some", "with", "give"):
            return 0
        end += 1
        while r.word(end, "a", "bit", "of", "some", "more", "little", "the", "its", "joint", "it", "much"):
            end += 1
        if not r.word(end, "damping") or r[end + 1].kind in ("number", "quantity") or r.word(end + 1, "of"):
            return 0
        end += 1
        ids = self._machines()
        if r.word(end, "to", "on", "in", "of"):
            found = self._machine_at(end + 1)
            ids, end = found if found[0] else (ids, end)
        springs = [thing.id for thing in self.draft.scene.things if is_tie(thing) and thing.kind == "coil"]
        for one in (ids or springs)[-1:]:
            thing = self.draft.scene.thing(one)
            usual = _DAMPING["spring" if thing.kind in ("coil", "spring") else "hinge"]
            now = thing.damping or 0.0
            gone = r.word(at, "remove", "no", "without")
            self.draft.update(one, damping=0.0 if gone else now / 2 if less else 3 * now or usual)
            self.subjects, self.attached, self.edited = [one], [one], True
            self.draft.mention([one])
            r.use(at, end)
            return end - at
        return 0
