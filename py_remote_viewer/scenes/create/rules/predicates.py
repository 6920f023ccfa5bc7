"""What is said of things that were named: adjectives, sizes, comparisons, properties."""

from __future__ import annotations

from dataclasses import replace

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.lexicon.words import KNOWN
from py_remote_viewer.scenes.create.rules.world_rules import WorldRules
from py_remote_viewer.scenes.create.things.description import FLOOR, Motion
from py_remote_viewer.scenes.create.things.phrase import Phrase
from py_remote_viewer.scenes.create.things.shaping import is_whole, rings, whole_name

_SPRINGS = ("spring", "coil", "band")
_ADJECTIVES = (
    "colour",
    "shade",
    "material",
    "size",
    "dimfactor",
    "weight",
    "surface",
    "pose",
    "form",
    "fixed",
    "degree",
    "slope",
    "feature",
)


class Predicates(WorldRules):
    """Rules for what the subjects are like."""

    def colour_list(self, at: int) -> int:
        """`red, green and blue`, `alternating black and white`: colours in turn for those that were named."""
        there = [one for one in (self.subjects or self.topic) if one != FLOOR and self.draft.scene.has(one)]
        if not there:
            return 0
        r, start = self.r, at
        while r.word(
            at,
            "alternating",
            "alternately",
            "alternate",
            "in",
            "coloured",
            "colored",
            "painted",
            "of",
            "the",
            "colours",
            "whose",
            "have",
            "having",
            "colors",
            "are",
            "with",
            "being",
        ):
            at += 1
        colours: list[str] = []
        end = at
        while True:
            phrase = Phrase(at)
            step = self.nouns.adjective(at, phrase) if r.is_cat(at, "colour", "shade") else 0
            if step == 0 or len(phrase.colours) != 1:
                break
            colours += phrase.colours
            at = end = at + step
            at += r[at].kind == "comma"
            at += r.word(at, "and")
        if len(colours) < 2 or not there or r.is_cat(end, "noun", "group", "part") or self.nouns.head_follows(end):
            return 0
        listed = r[start - 1].shown == ":" and there[-1] in self.draft.unsaid
        if listed and not r.word(end, "alternating", "alternately"):
            self.draft.update(there[-1], count=len(colours))  # `a row of boxes: red, green, blue`
            self.draft.unsaid.discard(there[-1])
        if len(there) == len(colours) and all(self.draft.scene.thing(one).total == 1 for one in there):
            for one, colour in zip(there, colours, strict=True):
                self.draft.update(one, colours=(colour,))
        elif self.draft.scene.thing(there[-1]).total > 1 or KINDS[self.draft.scene.thing(there[-1]).kind].part:
            self.draft.update(there[-1], colours=tuple(colours))
        else:
            return 0
        end += r.word(end, "alternating", "alternately", "alternatingly", "respectively")
        r.use(start, end)
        return end - start

    def predicate(self, at: int) -> int:
        """Adjectives about the subjects: `… is red`, `… 20 cm tall`, `make it bouncy`."""
        if not self.r.is_cat(at, *_ADJECTIVES):
            return self._ordinary(at)
        if self.r.word(at - 1, "the") and self.r.is_cat(at, "material", "colour"):
            return 0  # `across the ice`
        if self.joined and (step := self._of_the_unknown(at)):
            return step
        phrase = Phrase(at)
        step = self.nouns.adjective(at, phrase) if not self.r.is_cat(at, "feature") else 0
        feature = self.r.match(at, "feature")
        if feature is not None and step == 0:
            return self.feature(at, feature[0].value, feature[1])
        if step == 0:
            return 0
        if self.about_floor:
            self.floor_adjectives(phrase)
        elif self.subjects:
            slope = self._slope_at(at) is not None
            for one in self.subjects:
                one = self._on_ramp(one) if slope and one != FLOOR else one  # `steeper`: what it stands on
                self.draft.apply(one, self._adapted(one, phrase), self.index)
        elif phrase.changes.get("material") and self.r.word(at - 1, "on"):
            self.world(floor_material=phrase.changes["material"])
        else:
            return 0
        self.r.use(at, at + step)
        return step

    def _of_the_unknown(self, at: int) -> int:
        """`and big red dragons`: adjectives of what is not known are of nothing else."""
        r, end = self.r, at
        while (found := r.match(end, *_ADJECTIVES)) is not None:
            end += found[1]
        if r[end].kind != "word" or r[end].text in KNOWN or not self.nouns.strange(end):
            return 0
        r.miss(list(range(at, end)))
        return end - at

    def _adapted(self, one: int, phrase: Phrase) -> Phrase:
        """`steeper` and `heavier` are about what there is."""
        tilt = phrase.changes.get("tilt_deg")
        slope = self._slope_at(phrase.start)
        if slope is not None and tilt is not None and slope < 3:
            old = self.draft.scene.thing(one).tilt_deg or 20.0
            phrase.changes["tilt_deg"] = min(60.0, old * slope)
        return phrase

    def _slope_at(self, at: int) -> float | None:
        """`steeper`, `a bit less steep`: what the slope is multiplied by, or is."""
        degree = self.r.match(at, "degree")
        found = self.r.match(at + (degree[1] if degree is not None else 0), "slope")
        return float(found[0].value) if found is not None else None

    def _ordinary(self, at: int) -> int:
        pace = self.r.match(at, "pace")
        if pace is not None and self.subjects:
            for one in self.subjects:
                motion = self.draft.scene.thing(one).motion
                if motion is not None and motion.kind == "spinning":
                    old = motion.spin or 8.0
                    relative = self.r.word(at, "faster", "slower", "quicker")
                    spin = old * pace[0].value if relative else 20.0 if pace[0].value >= 1.5 else 2.0
                    self.draft.update(one, motion=replace(motion, spin=spin))
                elif motion is not None:
                    word = self.r[at].text
                    relative = word in ("faster", "slower", "quicker")
                    speed = (motion.speed or 2.0) * pace[0].value if relative else pace[0].value
                    self.draft.update(one, motion=replace(motion, speed=speed))
                elif self.verb_word == "make":
                    self.draft.update(one, motion=Motion("moving", 2.0, "right"))
                else:
                    return 0
            self.r.use(at, at + pace[1])
            return pace[1]
        return 0

    def feature(self, at: int, name: str, length: int) -> int:
        """`with motors`, `with a camera`."""
        if name == "motors" and self.r.word(at - 1, "no", "without", "any"):
            return self._unpowered(at, length)
        self.r.use(at, at + length)
        if name == "camera":
            targets = tuple(self.draft.scene.thing(one).noun for one in self.subjects if one != FLOOR)
            self.world(
                cameras=(
                    *self.draft.scene.world.cameras,
                    targets[-1] if targets and self.r.word(at - 1, "with", "a") else "",
                )
            )
        elif self.subjects:
            for one in self.subjects:
                self.draft.update(one, **{name: True})
        else:
            self.world(**{name: True})
        return length

    def _unpowered(self, at: int, length: int) -> int:
        """`no motors`, `without any motors`."""
        there = [one for one in (self.subjects or self.topic) if one != FLOOR and self.draft.scene.has(one)]
        machines = [one for one in there if KINDS[self._kind_of(one)].sort == "machine"]
        for one in machines:
            self.draft.update(one, unpowered=True, motors=False)
        if not machines:
            return 0
        self.r.use(at - 1 - self.r.word(at - 2, "without"), at + length)
        return length

    def _gripper(self, at: int) -> int:
        """`a gripper`, `a two finger gripper`, `a parallel jaw gripper`: of an arm."""
        r, end = self.r, at + self.r.word(at, "a", "an", "the", "its")
        looks = end
        while r.is_cat(end, "colour", "shade", "material", "weight"):
            end += 1
        plain = range(looks, end)
        arms = [one for one in self.subjects if one != FLOOR and self._kind_of(one) == "arm"]
        if r[end].kind == "number" and r[end].value == 2 and r.word(end + 1, "finger", "fingers", "fingered", "jaw"):
            end += 2
        while r.word(end, "parallel", "jaw", "simple", "small", "robotic"):
            end += 1
        if not arms or not r.word(end, "gripper", "claw", "fingers", "hand", "end"):
            return 0
        if r.word(end, "end"):
            if not r.word(end + 1, "effector"):
                return 0
            end += 1
        for one in arms:
            self.draft.update(one, bob="gripper")
        if r.word(end + 1, "with") and r[end + 2].kind == "number" and r[end + 2].value == 2:
            fingers = r.word(end + 3, "fingers", "jaws")
            end += 3 * fingers
            self.excused_numbers.add(end - 1)
        r.use(at, end + 1)
        r.miss(list(plain))  # it comes as it is
        return end + 1 - at

    def scale_property(self, one: int, name: str, factor: float) -> None:
        """Multiply what `name` says of a thing."""
        if one == FLOOR:
            return
        thing = self.draft.scene.thing(one)
        if name in ("size_all", "size"):
            self.draft.rescale(one, "all", factor)
        elif name in ("length", "width", "height", "thickness", "radius", "diameter", "depth"):
            self.draft.rescale(one, name, factor)
        elif name == "mass":
            if thing.mass is not None:
                self.draft.update(one, mass=thing.mass * factor)
            else:
                self.draft.update(one, weight=thing.weight * factor)
        elif name == "count":
            self.draft.update(one, count=max(1, round(thing.count * factor)))
        elif name == "speed" and thing.motion is not None:
            self.draft.update(one, motion=replace(thing.motion, speed=(thing.motion.speed or 2.0) * factor))
        elif name == "friction":
            self.draft.update(one, friction=(0.6 if thing.friction is None else thing.friction) * factor)
        elif name == "bounce":
            self.draft.update(one, bounce=min(0.98, (0.3 if thing.bounce is None else thing.bounce) * factor))
        elif name == "tilt":
            self.draft.update(one, tilt_deg=(thing.tilt_deg or 20.0) * factor)
        elif name == "spacing":
            self.draft.update(one, spacing=(thing.spacing or 0.1) * factor)

    def property_phrase(self, at: int) -> int:
        """`mass 2 kg`, `friction of 0.3`, `radius 10 cm`, `speed 3 m/s`, after its thing."""
        r = self.r
        if r.word(at, "to", "is", "be", "by") and self.property_name and (self.subjects or self.about_floor):
            step = self._value(at + 1, self.property_name)
            if step:
                r.use(at, at + 1 + step)
                return 1 + step
        found = r.match(at, "property", "dim")
        if found is None or (
            not self.subjects and not self.about_floor and found[0].value not in ("speed", "timestep")
        ):
            return 0
        name, end = found[0].value, at + found[1]
        while r.word(end, "of", "is", "to", "be", "=", "equal", "a", "set", "at"):
            end += 1
        step = self._value(end, name)
        if step == 0:
            return 0
        r.use(at, end + step)
        return end + step - at

    def _value(self, at: int, name: str) -> int:
        """A value of the property `name` for the subjects; tokens taken, or 0."""
        token = self.r[at]
        if name == "colour":
            return self.predicate(at) if self.r.is_cat(at, "colour", "shade") else 0
        if name == "position" and token.kind == "vector":
            return self.vector(at)
        if token.kind not in ("number", "quantity"):
            low = self.r.match(at, "dimfactor", "weight")
            if low is not None and name in ("friction", "bounce") and self.r.word(at, "high", "low"):
                value = {"friction": (1.5, 0.1), "bounce": (0.9, 0.05)}[name][0 if self.r.word(at, "high") else 1]
                return self._assign(name, value) * 1
            return 0
        wanted = {
            "mass": ("mass",),
            "speed": ("speed",),
            "tilt": ("angle",),
            "density": ("density",),
            "spin": ("spin",),
            "stiffness": ("stiffness",),
        }
        lengths = ("length", "width", "height", "thickness", "radius", "size", "diameter", "depth", "spacing")
        allowed = wanted.get(name, ("length",) if name in lengths else ("percent", "acceleration", "time"))
        if token.dimension and token.dimension not in allowed and not (name == "speed" and token.dimension == "spin"):
            return 0
        value = token.value
        if name == "speed" and token.dimension == "spin":
            name = "spin"
        return self._assign(name, value)

    def _assign(self, name: str, value: float) -> int:
        if self.about_floor and name in ("friction", "bounce"):
            self.world(**{f"floor_{name}": value})
            return 1
        if name == "timestep":
            self.world(timestep=value)
            return 1
        if not self.subjects:
            return 0
        for one in self.subjects:
            thing = self.draft.scene.thing(one)
            if name in ("length", "width", "height", "thickness", "radius", "size", "diameter", "depth"):
                dims = {
                    key: side
                    for key, side in thing.dims
                    if not (name == "size" or (key == "size" and name in ("radius", "diameter")))
                }
                if rings(thing, name):
                    self.draft.update(one, ring_radius=value / (2.0 if name == "diameter" else 1.0))
                    continue
                if is_whole(thing, name):
                    name = whole_name(thing, name)
                self.draft.update(one, dims=tuple(sorted((dims | {name: value}).items())))
            elif name == "tilt":
                self.draft.update(one, tilt_deg=value)
            elif name == "speed":
                self.draft.move(one, "", speed=value)
            elif name == "spin":
                self.draft.move(one, "spinning", spin=value)
            elif name == "mass" and self.index is not None:
                self.draft.apply(one, Phrase(0, changes={"mass": value}), self.index)
            elif name == "stiffness":
                springs = [other for other in self.draft.scene.things if other.kind in _SPRINGS]
                one, thing = (springs[-1].id, springs[-1]) if thing.kind not in _SPRINGS and springs else (one, thing)
                if thing.kind not in _SPRINGS or not 1.0 <= value <= 1e5:
                    return 0
                self.draft.update(one, stiffness=value)
            elif name in ("mass", "friction", "bounce", "density", "spacing", "rolling"):
                self.draft.update(one, **{name: value})
            elif name == "count":
                self.draft.update(one, count=max(1, min(200, int(value))))
            else:
                return 0
        return 1
