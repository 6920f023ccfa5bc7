"""What is said about things that were named: adjectives, sizes, comparisons, and the world. The base of the grammar."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from py_remote_viewer.errors import SceneInvalid
from py_remote_viewer.scenes.create.description import FLOOR, Motion
from py_remote_viewer.scenes.create.draft import Draft
from py_remote_viewer.scenes.create.kinds import KINDS
from py_remote_viewer.scenes.create.nouns import NounReader, Phrase
from py_remote_viewer.scenes.create.reader import Reader
from py_remote_viewer.scenes.create.words import MEDIA, PLACES

_WIND = {"breeze": 2.0, "wind": 5.0, "storm": 14.0}
_DIRECTION_VECTORS = {
    "left": (-1, 0, 0),
    "right": (1, 0, 0),
    "back": (0, 1, 0),
    "forward": (0, -1, 0),
    "up": (0, 0, 1),
    "down": (0, 0, -1),
}
_ADJECTIVES = (
    "colour",
    "shade",
    "material",
    "size",
    "dimfactor",
    "weight",
    "surface",
    "pose",
    "fixed",
    "degree",
    "slope",
    "feature",
)
_WORLD_LIMITS = {"gravity": 300.0, "wind": 60.0}


class Predicates:
    """The state of one walk, and the rules that change what is there."""

    def __init__(self, reader: Reader, draft: Draft) -> None:
        self.r = reader
        self.draft = draft
        self.nouns = NounReader(reader)
        self.subjects: list[int] = []
        self.index: int | None = None
        self.objects: list[int] = []
        self.prior_objects: list[int] = []
        self.joined = False
        self.related_since = False
        self.clause_break = True
        self.fresh_and = False
        self.edited = False
        self.verb_word = ""
        self.moving = ""
        self.factor: float | None = None
        self.property_name = ""
        self.about_floor = False
        self.about_gravity = False
        self.pending_motion: dict[str, Any] | None = None
        self.verb_motion = ""
        self.sentence_place: tuple[str, list[int], float | None, bool] | None = None
        self.place_ahead: tuple[str, list[int], float | None, bool] | None = None
        self.unknown_nouns: list[str] = []
        self.last_relation = ""

    def end_sentence(self) -> None:
        """Forget whom the sentence was about."""
        self.subjects, self.objects, self.index = [], [], None
        self.joined = self.related_since = False
        self.clause_break = True
        self.verb_word, self.moving, self.property_name = "", "", ""
        self.factor = None
        self.about_floor = self.about_gravity = False
        self.pending_motion = None
        self.verb_motion = ""
        self.sentence_place = self.place_ahead = None

    def starts_clause(self) -> bool:
        """Whether a verb here would begin a clause."""
        return not self.subjects or self.clause_break or self.related_since

    def unknown(self, phrase: Phrase) -> None:
        """A noun that is not known: what it would have been stays unused, and is reported."""
        self.unknown_nouns.append(phrase.noun)
        if not self.joined:
            self.subjects = []

    def existing(self, phrase: Phrase, *, required: bool = True) -> list[int]:
        """Ids of what `phrase` points at.

        Raises:
            SceneInvalid: there is none, and `required`.
        """
        ids = self.draft.resolve(phrase)
        if not ids and phrase.kind not in ("floor", "?") and required:
            what = phrase.pron or " ".join([*phrase.colours, phrase.changes.get("material", ""), phrase.noun]).strip()
            raise SceneInvalid(
                f"there is no {what.replace('_', ' ')!s} to change".replace("  ", " "),
                hint=self.draft.what_there_is() + " Say what to add, or describe a new scene.",
            )
        return ids

    def definite_follows(self, at: int) -> bool:
        """Whether something that is there is named next."""
        phrase = self.nouns.read(at)
        if self.world_property(at, look=True):
            return True
        if phrase is None:
            return False
        if phrase.pron:
            return bool(self.draft.resolve(phrase))
        return phrase.det == "the" and (phrase.kind == "floor" or bool(self.draft.resolve(phrase)) or (
            self.draft.editing and phrase.kind in KINDS))  # fmt: skip

    # --- the world ----------------------------------------------------------------------------------------------------

    def world(self, **changes: Any) -> None:
        """Change the world."""
        self.draft.scene = replace(self.draft.scene, world=replace(self.draft.scene.world, **changes))
        self.draft.changes += 1

    def world_phrase(self, at: int) -> int:
        """`on the moon`, `no gravity`, `under water`, `wind`, `without a floor`, `gravity 5`."""
        found = self.r.match(at, "gravity", "medium", "wind", "nofloor")
        other = self.r.match(at, "rel", "barerel", "of")
        if found is None or (other is not None and other[1] > found[1]):
            return self._at_place(at) or self.world_property(at)
        entry, length = found
        if entry.cat == "gravity":
            self.world(gravity=entry.value)
        elif entry.cat == "nofloor":
            self.world(floor=False)
        elif entry.cat == "medium":
            self._medium(entry.value)
        else:
            return self._wind(at, length, entry.value)
        self.r.use(at, at + length)
        return length

    def _at_place(self, at: int) -> int:
        """`the moon` after `gravity of`, `like on`, `to`."""
        length = 2 if self.r.word(at, "the") else 1
        name = self.r[at + length - 1].text
        if name in PLACES and self.about_gravity:
            self.world(gravity=PLACES[name])
            self.r.use(at, at + length)
            return length
        return 0

    def _medium(self, name: str) -> None:
        density, viscosity = MEDIA.get(name, (0.0, 0.0))
        self.world(medium="" if name == "vacuum" else name, density=density, viscosity=viscosity)

    def _wind(self, at: int, length: int, name: str) -> int:
        speed, direction, end = _WIND[name], (1.0, 0.0, 0.0), at + length
        before = self.r[at - 1].text
        if before in ("strong", "heavy"):
            speed = 12.0
            self.r.use(at - 1, at)
        for _ in range(4):
            token = self.r[end]
            found = self.r.match(end, "dir")
            if token.kind == "quantity" and token.dimension == "speed":
                speed, end = token.value, end + 1
            elif found is not None:
                name = found[0].value
                toward = {
                    "from_left": "right",
                    "from_right": "left",
                    "from_behind": "forward",
                    "from_front": "back",
                }.get(name, name)
                direction, end = _DIRECTION_VECTORS.get(toward, direction), end + found[1]
            elif self.r.word(end, "of", "at", "blowing", "with", "a"):
                end += 1
            else:
                break
        while end > at + length and self.r.word(end - 1, "of", "at", "with", "a"):
            end -= 1
        if speed > _WORLD_LIMITS["wind"]:
            raise SceneInvalid(f"a wind of {speed:g} m/s is too strong", hint="Up to 60 m/s can be simulated.")
        world = self.draft.scene.world
        air = {} if world.density else {"density": 1.2, "viscosity": 0.000018, "medium": world.medium or "air"}
        self.world(wind=tuple(speed * part for part in direction), **air)
        self.r.use(at, end)
        return end - at

    def world_property(self, at: int, *, look: bool = False) -> int:
        """`gravity 5`, `gravity of 5 m/s²`, `twice the gravity`, `the gravity` … `strong`."""
        r, start = self.r, at
        factor = r.match(at, "factor")
        if factor is not None and not self._gravity_word(at):
            at += factor[1]
        if r.word(at, "the", "a", "an"):
            at += 1
        if not self._gravity_word(at):
            return 0
        if look:
            return 1
        at += 1
        while r.word(at, "of", "is", "to", "at", "be", "should", "set", "value", "constant"):
            at += 1
        self.about_gravity = True
        token = r[at]
        chosen = factor[0].value if factor is not None else self.factor
        if (
            token.kind in ("number", "quantity")
            and token.dimension in ("", "acceleration", "length", "mass")
            and chosen is None
        ):
            if r.is_cat(at + 1, "times"):
                return self._times_gravity(start, at, token.value)
            self.set_gravity(token.value if token.dimension != "mass" else 9.81 * token.value * 1000)
            at += 1
        elif chosen is not None:
            self.set_gravity(self.draft.scene.world.gravity * chosen)
            self.factor = None
        elif self.verb_word in ("grow", "shrink"):
            self.set_gravity(self.draft.scene.world.gravity * (1.5 if self.verb_word == "grow" else 0.67))
        while r.word(at - 1, "of", "to", "at", "is", "be") and at - 1 > start:
            at -= 1
        self.r.use(start, at)
        return at - start

    def _times_gravity(self, start: int, at: int, factor: float) -> int:
        end = at + 2
        while self.r.word(end, "as", "strong", "stronger", "higher", "larger", "the", "normal", "earth"):
            end += 1
        self.set_gravity(self.draft.scene.world.gravity * factor)
        self.r.use(start, end)
        return end - start

    def _gravity_word(self, at: int) -> bool:
        return self.r.word(at, "gravity", "gravitation", "gravitational")

    def set_gravity(self, value: float) -> None:
        """Downwards. Raises SceneInvalid beyond what can be simulated."""
        if abs(value) > _WORLD_LIMITS["gravity"]:
            raise SceneInvalid(f"gravity {value:g} m/s² cannot be simulated", hint="The earth has 9.81, the sun 274.")
        self.world(gravity=value)

    def world_switch(self, at: int, *, on: bool) -> int:
        """`gravity`, `the floor`, `the wind`, `motors` after `remove`, `turn off`, `without`."""
        r, start = self.r, at
        if r.word(at, "the", "all", "any", "a"):
            at += 1
        if r.word(at, "the"):
            at += 1
        found = r.match(at, "wind", "floor", "feature", "medium")
        world = self.draft.scene.world
        if self._gravity_word(at):
            self.set_gravity(9.81 if on else 0.0)
            at += 1
        elif found is not None and found[0].cat == "floor":
            self.world(floor=on)
            at += found[1]
        elif found is not None and found[0].cat == "wind":
            self.world(wind=(5.0, 0.0, 0.0) if on else (0.0, 0.0, 0.0), density=max(world.density, 1.2 * on))
            at += found[1]
        elif found is not None and found[0].cat == "medium":
            self._medium(found[0].value if on else "vacuum")
            at += found[1]
        elif found is not None and found[0].value in ("motors", "sensors"):
            self.world(**{found[0].value: on})
            for thing in self.draft.scene.things:
                self.draft.update(thing.id, **{found[0].value: on})
            at += found[1]
        else:
            return 0
        self.edited = True
        r.use(start, at)
        return at - start

    def floor_adjectives(self, phrase: Phrase) -> None:
        """`a slippery wooden floor`."""
        changes: dict[str, Any] = {}
        for name in ("material", "friction", "bounce"):
            if name in phrase.changes:
                changes[f"floor_{name}"] = phrase.changes[name]
        if phrase.colours:
            changes["floor_colour"] = phrase.colours[0]
        if changes:
            self.world(**changes)

    # --- adjectives ---------------------------------------------------------------------------------------------------

    def predicate(self, at: int) -> int:
        """Adjectives about the subjects: `… is red`, `… 20 cm tall`, `make it bouncy`."""
        if not self.r.is_cat(at, *_ADJECTIVES):
            return self._ordinary(at)
        phrase = Phrase(at)
        step = self.nouns._adjective(at, phrase) if not self.r.is_cat(at, "feature") else 0
        feature = self.r.match(at, "feature")
        if feature is not None and step == 0:
            return self.feature(at, feature[0].value, feature[1])
        if step == 0:
            return 0
        if self.about_floor:
            self.floor_adjectives(phrase)
        elif self.subjects:
            for one in self.subjects:
                self.draft.apply(one, self._adapted(one, phrase), self.index)
        elif phrase.changes.get("material") and self.r.word(at - 1, "on"):
            self.world(floor_material=phrase.changes["material"])
        else:
            return 0
        self.r.use(at, at + step)
        return step

    def _adapted(self, one: int, phrase: Phrase) -> Phrase:
        """`steeper` and `heavier` are about what there is."""
        tilt = phrase.changes.get("tilt_deg")
        slope = self.r.match(phrase.start, "slope")
        if slope is not None and tilt is not None and slope[0].value < 3:
            old = self.draft.scene.thing(one).tilt_deg or 20.0
            phrase.changes["tilt_deg"] = min(60.0, old * slope[0].value)
        return phrase

    def _ordinary(self, at: int) -> int:
        pace = self.r.match(at, "pace")
        if pace is not None and self.subjects:
            for one in self.subjects:
                motion = self.draft.scene.thing(one).motion
                if motion is not None:
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

    def comparison(self, at: int) -> int:
        """`twice as big`, `3 times heavier`, `half as long`, `half the size`, `50 percent bigger`."""
        r, start = self.r, at
        found, factor = r.match(at, "factor"), 1.0
        if found is not None:
            factor, at = found[0].value, at + found[1]
        elif r[at].kind == "number" and r.is_cat(at + 1, "times"):
            factor, at = r[at].value, at + 2
        elif r[at].kind == "number" and r[at].value == 0.5 and r.word(at + 1, "as", "the", "its"):
            factor, at = 0.5, at + 1
        elif r[at].kind == "quantity" and r[at].dimension == "percent":
            factor, at = r[at].value, at + 1
            smaller = r.word(at, "smaller", "lighter", "shorter", "slower", "lower", "less")
            factor = 1 - factor if smaller else 1 + factor
        else:
            return 0
        while r.word(at, "as", "the", "its", "their", "more"):
            at += 1
        if self._gravity_word(at) or (
            self.about_gravity and (r.is_cat(at, "weight", "size") or r.word(at, "strong", "stronger", "weak", "high"))
        ):
            self.set_gravity(self.draft.scene.world.gravity * (factor if not r.word(at, "weak") else 1 / factor))
            at += 1
            while r.word(at, "as"):
                at += 1
            r.use(start, at)
            return at - start
        named = self._compared(at)
        if named is None or not self.subjects:
            return 0
        name, inverse, length = named
        for one in self.subjects:
            self.scale_property(one, name, 1 / factor if inverse and factor else factor)
        at += length
        if r.word(at, "as", "than"):
            at += 1
        r.use(start, at)
        return at - start

    def _compared(self, at: int) -> tuple[str, bool, int] | None:
        found = self.r.match(at, "size", "dimfactor", "weight", "dim", "property", "surface", "pace", "slope")
        if found is None:
            return ("count", False, 1) if self.r.word(at, "many", "number", "amount") else None
        entry, length = found
        if entry.cat == "size":
            return "size_all", entry.value < 1, length
        if entry.cat == "dimfactor":
            return entry.value[0], entry.value[1] < 1, length
        if entry.cat == "weight":
            return "mass", entry.value < 1, length
        if entry.cat == "surface":
            return entry.value[0], entry.value[0] == "friction" and entry.value[1] < 0.5, length
        if entry.cat == "pace":
            return "speed", False, length
        if entry.cat == "slope":
            return "tilt", entry.value in (10.0, 0.6), length
        return ("size_all" if entry.value == "size" else entry.value), False, length

    def scale_property(self, one: int, name: str, factor: float) -> None:
        """Multiply what `name` says of a thing."""
        if one == FLOOR:
            return
        thing = self.draft.scene.thing(one)
        if name in ("size_all", "size"):
            self.draft.rescale(one, "all", factor)
        elif name in ("length", "width", "height", "thickness", "radius"):
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
        }
        lengths = ("length", "width", "height", "thickness", "radius", "size", "spacing")
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
            if name in ("length", "width", "height", "thickness", "radius", "size"):
                dims = {
                    key: side
                    for key, side in thing.dims
                    if not (name == "size" or (key == "size" and name == "radius"))
                }
                if thing.label and name == "height" and thing.arrange == "stack":
                    name = "total_height"
                self.draft.update(one, dims=tuple(sorted((dims | {name: value}).items())))
            elif name == "tilt":
                self.draft.update(one, tilt_deg=value)
            elif name == "speed":
                self.draft.move(one, "", speed=value)
            elif name == "spin":
                self.draft.move(one, "spinning", spin=value)
            elif name == "mass" and self.index is not None:
                self.draft.apply(one, Phrase(0, changes={"mass": value}), self.index)
            elif name in ("mass", "friction", "bounce", "density", "spacing"):
                self.draft.update(one, **{name: value})
            elif name == "count":
                self.draft.update(one, count=max(1, min(200, int(value))))
            else:
                return 0
        return 1

    def vector(self, at: int) -> int:
        """`(x, y, z)` is where the subjects are."""
        given = self.r[at].vector
        for one in self.subjects:
            self.draft.update(one, at=(given[0], given[1], given[2] if len(given) > 2 else None), place=())
        self.r.use(at, at + 1)
        return 1 if self.subjects else 0
