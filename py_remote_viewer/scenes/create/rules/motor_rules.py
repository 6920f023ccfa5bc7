"""Motors at joints: `a motor at the elbow`, `with two position servos`, `motors on the rear wheels`, `a torque of 5 Nm`."""

from __future__ import annotations

from dataclasses import dataclass

from py_remote_viewer.scenes.create.rules.spring_rules import SpringRules
from py_remote_viewer.scenes.create.things.description import FLOOR
from py_remote_viewer.scenes.create.things.footprints import parts_of
from py_remote_viewer.scenes.create.things.machine_joints import FEELS, WHEELS, joint_count, joints_called

_LEADS = ("with", "has", "have", "having", "and", "plus", "using", "by", "add", "put", "gets", "fit")
_DRIVES = frozenset(
    """motor motors servo servos actuator actuators engine engines servomotor servomotors drive
    drives""".split()  # noqa: SIM905 - a list of twelve lines says no more
)
_OWN = {"cart_pole": (0,), "rotary_pendulum": (0,)}  # joints that have a motor anyway
_CONTROL = {
    "position": "position", "servo": "position", "angle": "position", "velocity": "velocity", "speed": "velocity",
    "torque": "torque", "force": "torque", "effort": "torque", "direct": "torque",
}  # fmt: skip
_SORTS = (
    *("electric", "strong", "weak", "powerful", "small", "big", "dc", "stepper", "geared", "linear", "single", "only"),
    *("controlled", "control", "drive", "rotary", "hinge", "separate", "own", "independent", "real"),
)
_DRIVING = ("driving", "turning", "moving", "rotating", "actuating", "lifting", "spinning", "pushing")
_DRIVEN = (
    "driven",
    "powered",
    "actuated",
    "moved",
    "turned",
    "motorised",
    "motorized",
    "rotated",
    "operated",
    "propelled",
)
_FIGURED = (
    *(
        "of",
        "with",
        "a",
        "an",
        "and",
        "its",
        "giving",
        "delivering",
        "max",
        "maximum",
        "maximal",
        "up",
        "to",
        "limited",
    ),
    *("peak", "whose", "has", "at", "most", "about"),
)
_SIDES = ("front", "rear", "back", "hind", "left", "right", "middle")
_PLACE = ("the", "its", "each", "every", "all", "both", "only", "just", "of", "their", "a", "an")


@dataclass(slots=True)
class _Motors:
    """What words say of motors."""

    count: int | None = None
    single: bool = False
    control: str = ""
    power: float | None = None
    gear: float | None = None


class MotorRules(SpringRules):
    """Rules for what drives joints."""

    def motor_place(self, at: int) -> int:
        """Motors with what they are and where; tokens taken, or 0."""
        r, said, end = self.r, _Motors(), at
        passive = r.word(end, *_DRIVEN) and r.word(end + 1, "by", "with")
        end += passive
        while r.word(end, *_LEADS) or (
            r.word(end, "that", "which", "is", "are") and r.word(end + 1, "is", "are", *_DRIVEN)
        ):
            end += 1
        end = self._sort_of_motor(end, said)
        if r[end].kind != "word" or r[end].text not in _DRIVES or (r.word(end, "drive", "drives") and not said.control):
            return self._driven_wheels(at)
        many = r[end].text.endswith("s") or (said.count or 1) > 1
        end += 1 + r.word(end + 1, "motor", "motors")
        end = self._figures(end, said)
        place = self._motor_spot(end)
        owners = self._machines_here()
        joints: tuple[int, ...] | None = None
        if place > end:
            found = self._spot_joints(end, place, owners)
            if found is None and self._other_place(end):
                return 0
            if found is not None:
                owners, joints, end = found
                end = self._figures(end, said)
                joints, end = self._and_there(end, owners, joints)
        if not owners:
            return 0
        if joints is None:
            joints = self._counted(owners[-1], said, many=many, at=at)
        for one in owners:
            self._drive(one, joints, said)
        if r[end].text in _DRIVEN or self.subjects != owners:
            self.subjects = owners
        self.edited = self.edited or self.draft.editing
        self.excused_numbers.update(i for i in range(at, end) if r[i].kind == "number" and r[i].value == said.count)
        r.use(at, end)
        return end - at

    def _drive(self, one: int, joints: tuple[int, ...], said: _Motors) -> None:
        thing = self.draft.scene.thing(one)
        changes: dict[str, object] = {"motors": True, "unpowered": False}
        if said.control:
            changes["control"] = said.control
        if said.power is not None:
            changes["power"] = said.power
        if said.gear is not None:
            changes["gear"] = said.gear
        there = thing.driven if thing.motors else _OWN.get(thing.kind, ()) if one in self.draft.old_ids else ()
        if thing.driven or not thing.motors:
            changes["driven"] = tuple(dict.fromkeys((*there, *joints))) if joints else ()
        self.draft.update(one, **changes)

    def _sort_of_motor(self, at: int, said: _Motors) -> int:
        """`two strong position`: how many, and of what sort."""
        r = self.r
        while True:
            if r[at].kind == "number" and 1 <= r[at].value <= 40 and r[at].value == int(r[at].value):
                said.count, said.single = int(r[at].value), r[at].value == 1
            elif r.word(at, "a", "an", "one", "single"):
                said.single = True
            elif r[at].kind == "quantity" and r[at].dimension in ("torque", "force") and r[at].value > 0:
                said.power = r[at].value
            elif (
                r[at].kind == "word"
                and r[at].text in _CONTROL
                and not (r.word(at, "servo", "servos") and self._ends_there(at))
            ):
                said.control = _CONTROL[r[at].text]
            elif not r.word(at, *_SORTS, "the", "its", "some", "their"):
                break
            at += 1
        if r.word(at, "servo", "servos", "servomotor", "servomotors"):
            said.control = said.control or "position"
        return at

    def _ends_there(self, at: int) -> bool:
        return self.r[at + 1].text not in _DRIVES

    def _figures(self, at: int, said: _Motors) -> int:
        """`of 5 Nm`, `with a gear ratio of 10`, `limited to 20 N`."""
        r, end = self.r, at
        while True:
            ahead = end + (r[end].kind == "comma")
            first = ahead
            while r.word(ahead, *_FIGURED):
                ahead += 1
            gear = r.word(ahead, "gear", "gearing", "gears", "reduction")
            name = r.word(ahead, "torque", "force", "power", "strength", "limit", "limits")
            ahead += gear or name
            ahead += r.word(ahead, "ratio", "limit", "of") and (gear or name)
            while r.word(ahead, "of", "is", "=", "to"):
                ahead += 1
            token = r[ahead]
            if token.kind == "quantity" and token.dimension in ("torque", "force") and not gear and token.value > 0:
                said.power, end = token.value, ahead + 1
            elif gear and token.kind == "number" and token.value > 0:
                said.gear, end = token.value, ahead + 1
                end += 2 if r[end].kind == "comma" and r[end].shown == ":" and r[end + 1].kind == "number" else 0
            else:
                return end
            if first == ahead and first > end:
                return end

    def _motor_spot(self, at: int) -> int:
        """Where the words of a place begin; `at` where no place is said."""
        r = self.r
        if r.word(at, "that", "which") and r.word(
            at + 1, "drives", "turns", "moves", "rotates", "lifts", "actuates", "spins"
        ):
            return at + 2
        return at + 1 if r.word(at, "at", "on", "in", "for", "to", "per", "behind", *_DRIVING) else at

    def _spot_joints(self, at: int, place: int, owners: list[int]) -> tuple[list[int], tuple[int, ...], int] | None:
        """The machines, which of their joints, and where the words end."""
        r, end = self.r, place
        side, ordinal, every = "", None, False
        while True:
            found = r.match(end, "ordinal")
            if r.word(end, *_SIDES):
                side = r[end].text
            elif found is not None and not r.is_cat(end, "noun"):
                ordinal = int(found[0].value)
            elif r.word(end, *_PLACE):
                every = every or r.word(end, "each", "every", "all", "both")
            elif r[end].kind != "number":
                break
            end += 1
        word = r[end].text
        of = end + 1
        if r.word(of, "of") and r[end].kind == "word":
            owner = self.nouns.read(of + 1)
            if owner is not None and owner.kind in FEELS:
                ids = [one for one in self.draft.resolve(owner) if one != FLOOR] if owner.definite else []
                made = ids or self.create(owner)
                joints = joints_called(self.draft.scene.thing(made[-1]), word, ordinal, side=side)
                if joints is None:
                    return None
                r.use(of, owner.end)
                self.attached = made
                return made, (() if every else joints), owner.end
        for one in reversed(owners):
            joints = joints_called(self.draft.scene.thing(one), word, ordinal, side=side)
            if joints is not None and r[end].kind == "word":
                wheels = word.removesuffix("s") in WHEELS
                self._counts_joints(one, place, end)
                return [one], (() if every and not wheels else joints), end + 1
        phrase = self.nouns.read(place)
        if phrase is not None and phrase.kind in FEELS and not phrase.pron:
            ids = [one for one in self.draft.resolve(phrase) if one != FLOOR] if phrase.definite else []
            if ids or not owners:
                made = ids or self.create(phrase)
                self.attached = made
                return made, (), phrase.end
        if phrase is not None and phrase.pron and owners:
            return owners, (), phrase.end
        return None

    def _and_there(self, at: int, owners: list[int], joints: tuple[int, ...]) -> tuple[tuple[int, ...], int]:
        """`at the shoulder and the elbow`, `on the cart and one on the pole`: the other places, and where they end."""
        r, end = self.r, at
        while joints and (r.word(end, "and") or r[end].kind == "comma"):
            ahead = end + 1 + r.word(end + 1, "and")
            ahead += r.word(ahead, "another", "one", "a") or (r[ahead].kind == "number" and r[ahead].value == 1)
            ahead += r.word(ahead, *_DRIVES)
            ahead += r.word(ahead, "at", "on", "in")
            found = self._spot_joints(ahead, ahead, owners)
            if found is None or found[0] != owners[-1:] or not r.word(ahead, *_PLACE) or not found[1]:
                break
            joints, end = tuple(dict.fromkeys((*joints, *found[1]))), found[2]
        return joints, end

    def _counts_joints(self, one: int, start: int, end: int) -> None:
        """`motors on its 3 joints`: as many as it has; of a walker, hips, knees and ankles."""
        thing = self.draft.scene.thing(one)
        total = 3 * parts_of(thing) if thing.kind == "walker" else joint_count(thing)
        self.excused_numbers.update(
            i for i in range(start, end) if self.r[i].kind == "number" and self.r[i].value == total
        )

    def _other_place(self, at: int) -> bool:
        """Whether a place is said where no joint of theirs is."""
        return self.r.word(at, "at", "on") and self.r[at + 1].kind != "stop"

    def _machines_here(self) -> list[int]:
        """Those whose joints words are about; in a follow-up without any, what was spoken of last."""
        there = [one for one in dict.fromkeys((*self.attached, *self.subjects)) if one != FLOOR]
        there = [one for one in there if self.draft.scene.has(one)]
        if not there and self.draft.editing:
            known = [one for one in self.draft.mentions if self.draft.scene.has(one)]
            there = [one for one in known if self._kind_of(one) in FEELS][-1:]
        return [one for one in there if self._kind_of(one) in FEELS]

    def _counted(self, one: int, said: _Motors, *, many: bool, at: int) -> tuple[int, ...]:
        """Which joints have one, where their number alone is said."""
        thing = self.draft.scene.thing(one)
        total = parts_of(thing) if thing.kind == "car" else joint_count(thing)
        if thing.kind == "car":
            if said.count == total and total > 2:
                return tuple(range(joint_count(thing)))
            return ()
        if said.count is None:
            first = thing.kind == "cart_pole" or (said.single and thing.kind == "pendulum" and total > 1)
            return (0,) if first and not many else ()
        if thing.kind == "arm" and thing.parts is None and 1 <= said.count <= 12:
            self.draft.update(one, parts=said.count)
            return ()
        if said.count < total and thing.kind in ("pendulum", "cart_pole", "arm", "rotary_pendulum", "crane"):
            return tuple(range(said.count))
        if thing.kind == "walker":
            return ()
        if said.count > total and thing.kind in FEELS:
            self.r.miss([i for i in range(at, at + 6) if self.r[i].kind == "number" and self.r[i].value == said.count])
            said.count = None
        return ()

    def joint_driven(self, at: int) -> int:
        """`, second joint actuated`, `only the first joint is driven`: which of them has a motor."""
        r, end = self.r, at
        while r.word(end, "with", "the", "its", "only", "just", "and", "whose", "where"):
            end += 1
        ordinal = r.match(end, "ordinal")
        if ordinal is None:
            return 0
        joint = end + ordinal[1]
        end = joint + 1 + r.word(joint + 1, "is", "being")
        found = r[end].text in _DRIVEN or r.word(end, "active")
        owners = self._machines_here() if found and not r.word(end + 1, "by") else []
        named = (
            joints_called(self.draft.scene.thing(owners[-1]), r[joint].text, int(ordinal[0].value)) if owners else None
        )
        if not named:
            return 0
        self._drive(owners[-1], named, _Motors())
        self.edited = self.edited or self.draft.editing
        r.use(at, end + 1)
        return end + 1 - at

    def _driven_wheels(self, at: int) -> int:
        """`with rear wheel drive`, `four-wheel drive`, `driven by its front wheels`, `front-wheel driven`."""
        r, end = self.r, at
        cars = [one for one in self._machines_here() if self._kind_of(one) == "car"]
        while r.word(end, *_LEADS, "a", "that", "which", "is", *_DRIVEN):
            end += 1
        end += r.word(end, "its", "the", "all", "only")
        side = r[end].text if r.word(end, *_SIDES) else ""
        count = r[end].kind == "number" and r[end].value in (2, 4, 6, 8)
        end += bool(side) or count
        passive = r.word(at, *_DRIVEN) or r.word(at + 1, *_DRIVEN)
        if not cars or not r.word(end, "wheel", "wheels") or not (passive or r.word(end + 1, "drive", "driven")):
            return 0
        end += 1 + r.word(end + 1, "drive", "driven", "only")
        for one in cars:
            joints = joints_called(self.draft.scene.thing(one), "wheels", None, side=side)
            self._drive(one, joints or (), _Motors())
        self.excused_numbers.update(range(at, end))
        r.use(at, end)
        return end - at
