"""What machines carry, steer with and mesh by: `a crane lifting a crate`, `front wheel steering`, `a ratio of 3`, trailers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.rules.motor_rules import MotorRules
from py_remote_viewer.scenes.create.rules.part_words import Part
from py_remote_viewer.scenes.create.things.description import FLOOR, Override
from py_remote_viewer.scenes.create.things.phrase import Phrase

_LIFTING = frozenset(
    """lifting lifts lift carrying carries holding holds hoisting hoists raising raises moving with having has picking
    hanging""".split()  # noqa: SIM905 - a list of fifteen lines says no more
)
_CABLES = ("chain", "cable", "rope", "hook", "wire", "line", "steel", "its", "a", "the", "long")
_STEERING = ("steering", "steered", "steerable", "steer", "steers", "ackermann")
_STEERED = (
    *("front", "wheel", "wheels", "axle", "servo", "by", "its", "the", "a", "with", "joint", "joints", "both", "left"),
    *("and", "right"),
)
_TEETH = ("teeth", "tooth")
_AS_BIG = {"twice": 2.0, "double": 2.0, "half": 0.5, "three": 3.0, "triple": 3.0, "thrice": 3.0}
_SIZED = (
    *(
        "big",
        "large",
        "wide",
        "radius",
        "diameter",
        "size",
        "teeth",
        "as",
        "the",
        "of",
        "other",
        "one",
        "first",
        "second",
    ),
    *("than", "gear", "it", "many"),
)
_TOWED = frozenset(
    """behind pulling pulls towing tows towed pulled drawn hauling hauls connected attached hitched coupled linked joined by
    to it with a an the hinge joint hitch ball tow bar rod and that is which on via drags
    dragging""".split()  # noqa: SIM905 - a list of forty lines says no more
)
_RAILS = ("rail", "rails", "track", "slider", "guide", "guideway")
_RAIL_LOOKS = (
    *(
        "a",
        "an",
        "the",
        "its",
        "horizontal",
        "straight",
        "vertical",
        "frictionless",
        "smooth",
        "linear",
        "long",
        "fixed",
    ),
    *("prismatic", "one"),
)
_NTH = ("first", "second", "third", "fourth", "fifth", "sixth", "1st", "last")
_BETWEEN = ("one", "the", "second", "with", "is", "being", "has", "and", "other", "a", "of", "them", "having", "where")


class MachineRules(MotorRules):
    """Rules for what belongs to a machine, and is no thing of its own."""

    def machine_rules(self) -> tuple[Callable[[int], int], ...]:
        """All rules about joints and what they drive, in the order in which they are tried."""
        return (
            self.hung_over,
            self.hung_from,
            self.between_posts,
            self.end_load,
            self.joint_limits,
            self.pulled_out,
            self.joint_feel,
            self.joint_spring_now,
            self.gear_ratio,
            self.steering,
            self.lifted_load,
            self.pulley_side,
            self.nth_lengths,
            self.on_a_rail,
            self.motor_place,
            self.joint_driven,
            self.part_starts,
        )

    def _of_kind(self, *kinds: str) -> list[int]:
        there = [
            one for one in dict.fromkeys((*self.attached, *self.subjects)) if one != FLOOR and self.draft.scene.has(one)
        ]
        if not there and self.draft.editing:
            there = [one for one in self.draft.mentions if self.draft.scene.has(one)]
        return [one for one in there if self._kind_of(one) in kinds]

    def gear_ratio(self, at: int) -> int:
        """`with a ratio of 3`, `ratio 2:1`, `one twice as big as the other`, `with 20 and 40 teeth`."""
        r, gears = self.r, self._of_kind("gears")
        if not gears:
            return 0
        ratio, end = self._ratio_at(at)
        if not ratio:
            ratio, end = self._one_as_big(at)
        if not ratio or not 0.2 <= ratio <= 8.0:
            return 0
        self.draft.update(gears[-1], gear=ratio)
        self.excused_numbers.update(range(at, end))
        self.edited = self.edited or self.draft.editing
        r.use(at, end)
        return end - at

    def _ratio_at(self, at: int) -> tuple[float, int]:
        r, end = self.r, at
        while r.word(end, "with", "a", "an", "at", "in", "and", "of", "has", "the", "transmission", "gear"):
            end += 1
        if r.word(end, "ratio", "reduction"):
            end += 1
            while r.word(end, "of", "is", "=", "to"):
                end += 1
            return self._quotient(end)
        value, after = self._quotient(end)
        return (value, after + 1) if value and after > end + 1 and r.word(after, "ratio", "reduction") else (0.0, at)

    def _quotient(self, at: int) -> tuple[float, int]:
        """`2:1`, `3 to 1`, `2.5`, or one size of teeth and another: the second over the first where that is larger."""
        r = self.r
        if r[at].kind != "number" or r[at].value <= 0:
            return 0.0, at
        between = r[at + 1].shown == ":" or r.word(at + 1, "to", "by")
        if between and r[at + 2].kind == "number" and r[at + 2].value > 0:
            one, other = r[at].value, r[at + 2].value
            return max(one, other) / min(one, other), at + 3
        return r[at].value, at + 1

    def _one_as_big(self, at: int) -> tuple[float, int]:
        """`one twice as big as the other`, `one with 20 teeth and one with 40`, `a small one driving a big one`."""
        r, end = self.r, at
        while r.word(end, *_BETWEEN) or (r[end].kind == "number" and r[end].value == 1):
            end += 1
        teeth: list[float] = []
        while r[end].kind == "number" and (
            r.word(end + 1, *_TEETH)
            or (r.word(end + 1, "and") and r.word(end + 3, *_TEETH))
            or (teeth and r[end].value > 3)
        ):
            teeth.append(r[end].value)
            end += 1 + r.word(end + 1, *_TEETH)
            while r.word(end, "and", "one", "the", "other", "with", "has", "second") or r[end].kind == "comma":
                end += 1
        if r[end].kind == "list" and r.word(end + 1, *_TEETH):
            teeth, end = list(r[end].vector), end + 2
        if len(teeth) == 2:
            return teeth[1] / teeth[0], end
        factor = r.match(end, "factor")
        ratio = _AS_BIG.get(r[end].text, float(factor[0].value) if factor is not None else 0.0)
        if r[end].kind == "number" and r[end].value > 1 and r.word(end + 1, "times"):
            ratio = r[end].value
        first = end + (factor[1] if factor is not None else 1)
        end = first + r.word(first, "times")
        while r.word(end, *_SIZED) or (r[end].kind == "number" and r[end].value == 1):
            end += 1
        return (max(ratio, 1 / ratio), end) if ratio and end > first else (0.0, at)

    def steering(self, at: int) -> int:
        """`with front wheel steering`, `that can steer`, `with steerable front wheels`."""
        r, end, cars = self.r, at, self._of_kind("car")
        while r.word(end, "with", "and", "that", "which", "has", "can", "having", "a", "is", "its", "whose", "plus"):
            end += 1
        rear = r.word(end, "rear", "back")
        while r.word(end, "front", "rear", "back", "wheel", "wheels", "can", "are", "be"):
            end += 1
        if not cars or not r.word(end, *_STEERING):
            return 0
        end += 1
        while r.word(end, *_STEERED, *_STEERING):
            if r.word(end, "and", "with", "a", "the") and not r.word(end + 1, *_STEERED):
                break
            end += 1
        for one in cars:
            self.draft.update(one, steered=True)
        r.use(at, end)
        if rear:
            r.miss([one for one in range(at, end) if r.word(one, "rear", "back")])
        return end - at

    def lifted_load(self, at: int) -> int:
        """`a crane lifting a 50 kg crate on a chain`: what hangs on its hook."""
        r, end, cranes = self.r, at, self._of_kind("crane")
        while r.word(end, "that", "which", "is", "and", "can"):
            end += 1
        if not cranes or r[end].text not in _LIFTING:
            return 0
        phrase = self.nouns.read(end + 1 + r.word(end + 1, "up"))
        if phrase is None or phrase.kind not in KINDS or KINDS[phrase.kind].sort != "solid" or (phrase.count or 1) > 1:
            return 0
        if phrase.definite and self.draft.resolve(phrase):
            return 0
        made = self.create(phrase)
        self.draft.update(cranes[-1], load=self.draft.scene.thing(made[0]))
        self.draft.remove(made)
        end = phrase.end + r.word(phrase.end, "hanging", "suspended")
        if r.word(end, "on", "by", "with", "from"):
            stop = end + 1
            while r.word(stop, *_CABLES) or r.word(stop, "it"):
                stop += 1
            end = stop if stop > end + 1 else phrase.end
        self.subjects, self.attached = [cranes[-1]], [cranes[-1]]
        r.use(at, end)
        return end - at

    def on_a_rail(self, at: int) -> int:
        """`a block on a rail`, `a cart sliding along a 2 m track`: it is the carriage, and slides on nothing else."""
        r, end = self.r, at
        end += r.word(end, "sliding", "moving", "running", "riding", "gliding", "mounted", "that", "slides")
        end += r.word(end, "slides", "can", "runs", "moves")
        end += r.word(end, "slide", "move")
        if not r.word(end, "on", "along"):
            return 0
        here = [one for one in (self.attached or self.subjects)[-1:] if one != FLOOR]
        end += 1
        start, length = end, 0.0
        while r.word(end, *_RAIL_LOOKS) or (r[end].kind == "quantity" and r[end].dimension == "length"):
            length = r[end].value if r[end].kind == "quantity" else length
            end += 1
        end += r.word(end, "guide", "air", "linear") and r.word(end + 1, *_RAILS)
        if not here or not r.word(end, *_RAILS) or end == start:
            return 0
        if any(other.kind == "slider" for other in self.draft.scene.things):
            return 0  # `a rail with a slider and a cube on the slider`
        thing = self.draft.scene.thing(here[0])
        carts = thing.noun in ("cart", "trolley", "carriage")
        if thing.total > 1 or not (carts or KINDS[thing.kind].sort == "solid") or thing.kind in ("cart_pole", "slider"):
            return 0
        end += 1
        carriage = None if carts else replace(thing, place=(), motion=None, pose="", at=None, height=None)
        self.draft.update(
            thing.id, kind="slider", load=carriage, dims=(("length", length),) if length else (), place=(), parts=None,
            mass=thing.mass if carts else None, pose="standing" if any(r.word(i, "vertical") for i in range(at, end)) else "",
            damping=0.0 if any(r.word(i, "frictionless") for i in range(at, end)) else None, motion=None, scales=(),
        )  # fmt: skip
        self.subjects, self.attached = [thing.id], [thing.id]
        self.excused_numbers.update(range(at, end))
        r.use(at, end)
        return end - at

    def part_starts(self, at: int) -> int:
        """`whose pole starts at 10 degrees`: where it begins."""
        r, end, owners = self.r, at, self._of_kind("cart_pole", "pendulum")
        while r.word(end, "whose", "and", "the", "its", "with", "where"):
            end += 1
        if not owners or end == at or not r.word(end, "pole", "pendulum", "rod", "bob", "arm"):
            return 0
        end += 1
        if not r.word(end, "starts", "starting", "begins", "start", "beginning", "starting"):
            return 0
        end += 1
        while r.word(end, "at", "by", "from", "tilted", "an", "angle", "of", "leaning", "with"):
            end += 1
        if r[end].kind != "quantity" or r[end].dimension != "angle":
            return 0
        self.draft.update(owners[-1], tilt_deg=r[end].value)
        r.use(at, end + 1)
        return end + 1 - at

    def nth_lengths(self, at: int) -> int:
        """`first 50 cm, second 40 cm, third 30 cm`: of the links or poles of what was named."""
        r, end, found = self.r, at, []
        owners = self._of_kind("pendulum", "cart_pole", "arm")
        while owners:
            first = end + r.word(end, "the", "and")
            ordinal = r.match(first, "ordinal")
            if ordinal is None or r[first].text not in _NTH:
                break
            value = first + ordinal[1]
            while r.word(value, "one", "link", "pole", "rod", "arm", "segment", "is", "of", "being", "has", "with"):
                value += 1
            token = r[value]
            if token.kind != "quantity" or token.dimension not in ("length", "mass"):
                break
            found.append((int(ordinal[0].value), token))
            end = value + 1 + r.word(value + 1, "long", "heavy")
            end += r[end].kind == "comma" and r.match(end + 1 + r.word(end + 1, "and", "the"), "ordinal") is not None
        if len(found) < 2:
            return 0
        for index, token in found:
            said = Phrase(at, dims={"length": token.value}) if token.dimension == "length" else Phrase(at)
            said.changes = {"mass": token.value} if token.dimension == "mass" else {}
            if not self._give(Part(owners[-1], "rod", index, end, said, "link")):
                return 0
        self.subjects, self.attached = [owners[-1]], [owners[-1]]
        r.use(at, end)
        return end - at

    def pulley_side(self, at: int) -> int:
        """`with 3 kg on one side and 5 kg on the other`: the weights over a pulley."""
        r, end, pulleys = self.r, at, self._of_kind("pulley", "table_pulley")
        while r.word(end, "with", "and", "a", "having"):
            end += 1
        mass = r[end]
        if not pulleys or mass.kind != "quantity" or mass.dimension != "mass":
            return 0
        end += 1 + r.word(end + 1, "mass", "weight", "block", "load", "box")
        end += r.word(end, "hanging")
        if not r.word(end, "on", "at"):
            return 0
        end += 1 + r.word(end + 1, "the", "its")
        both = r.word(end, "each", "both", "either")
        first = r.word(end, "left", "first") or r.word(end, "one") or (r[end].kind == "number" and r[end].value == 1)
        if not (both or first or r.word(end, "right", "other", "second")):
            return 0
        end += 1
        while r.word(end, "side", "sides", "end", "ends", "one", "string", "of", "it", "the", "rope"):
            end += 1
        end += r[end].kind == "number" and r[end].value == 1
        thing = self.draft.scene.thing(pulleys[-1])
        sides = (0, 1) if both else (0,) if first else (1,)
        own = tuple(Override(side, mass=mass.value) for side in sides)
        self.draft.update(thing.id, overrides=(*thing.overrides, *own))
        self.excused_numbers.update(i for i in range(at, end) if r[i].kind == "number")
        r.use(at, end)
        return end - at

    def settle_trailers(self) -> None:
        """`a truck pulling a trailer`: it rolls behind, hitched to the other; one without anybody to pull it has no motors."""
        new = [thing for thing in self.draft.scene.things if thing.kind == "car" and thing.id not in self.draft.old_ids]
        trailers = [thing for thing in new if thing.noun in ("trailer", "caravan")]
        pullers = [thing for thing in self.draft.scene.things if thing.kind == "car" and thing not in trailers]
        for trailer in trailers:
            self.draft.update(trailer.id, unpowered=True)
        if len(trailers) != 1 or not pullers or trailers[0].total > 1 or pullers[-1].total > 1:
            return
        trailer, puller = trailers[0], pullers[-1]
        place = tuple(one for one in puller.place if trailer.id not in one.targets)
        load = self.draft.scene.thing(trailer.id)
        self.draft.update(puller.id, load=load, place=place, motion=puller.motion or trailer.motion)
        self.draft.remove([trailer.id])
        self.draft.mention([puller.id])
        for at in range(len(self.r)):
            if self.r[at].text in _TOWED:
                self.r.missed.discard(at)
                self.r.used[at] = True
