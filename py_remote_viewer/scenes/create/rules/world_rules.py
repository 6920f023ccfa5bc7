"""The world around the things: gravity, air and water, wind, the floor."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from py_remote_viewer.errors import SceneInvalid
from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.lexicon.words import MEDIA, PLACES
from py_remote_viewer.scenes.create.rules.walk import Walk
from py_remote_viewer.scenes.create.things.description import FLOOR
from py_remote_viewer.scenes.create.things.footprints import upright_cloth
from py_remote_viewer.scenes.create.things.phrase import Phrase

_WIND = {"breeze": 2.0, "wind": 5.0, "storm": 14.0}
_DIRECTION_VECTORS = {
    "left": (-1, 0, 0),
    "right": (1, 0, 0),
    "back": (0, 1, 0),
    "forward": (0, -1, 0),
    "up": (0, 0, 1),
    "down": (0, 0, -1),
}
_WORLD_LIMITS = {"gravity": 300.0, "wind": 60.0}


class WorldRules(Walk):
    """Rules for what surrounds everything."""

    def world(self, **changes: Any) -> None:
        """Change the world."""
        self.draft.scene = replace(self.draft.scene, world=replace(self.draft.scene.world, **changes))
        self.draft.changes += 1

    def playback(self, at: int) -> int:
        """`in slow motion`: how fast it is shown is no part of a scene, and that is told."""
        found = self.r.match(at, "playback")
        if found is None:
            return 0
        self.r.miss(list(range(at, at + found[1])))
        return found[1]

    def world_phrase(self, at: int) -> int:
        """`on the moon`, `no gravity`, `under water`, `wind`, `without a floor`, `gravity 5`."""
        found = self.r.match(at, "gravity", "medium", "wind", "nofloor")
        other = self.r.match(at, "rel", "barerel", "of")
        if found is None or (other is not None and other[1] > found[1]):
            return self._at_place(at) or self.world_property(at)
        entry, length = found
        if entry.cat in ("gravity", "medium") and self.r.word(
            at - 1, "one", "other", "first", "second", "third", "ones"
        ):
            self.r.miss(list(range(at, at + length)))  # there is one world around all of them
            return length
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
        end = self._blown_at(end)
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

    def _blown_at(self, at: int) -> int:
        """`against it`, `across the cloth`: wind comes from the left, square to what stands or hangs there; where that ends."""
        phrase = (
            self.nouns.read(at + 1) if self.r.word(at, "against", "across", "on", "onto", "into", "towards") else None
        )
        ids = (
            [one for one in self.draft.resolve(phrase) if one != FLOOR]
            if phrase is not None and phrase.definite
            else []
        )
        things = [self.draft.scene.thing(one) for one in ids]
        if phrase is None or not ids or any(one.kind == "cloth" and not upright_cloth(one) for one in things):
            return at
        self.draft.mention(ids)
        return phrase.end

    def _times_gravity(self, start: int, at: int, factor: float) -> int:
        end = at + 2
        while self.r.word(end, "as", "strong", "stronger", "higher", "larger", "the", "normal", "earth"):
            end += 1
        self.set_gravity(self.draft.scene.world.gravity * factor)
        self.r.use(start, end)
        return end - start

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

    def definite_follows(self, at: int) -> bool:
        """Whether something that is there is named next."""
        phrase = self.nouns.read(at)
        if self.world_property(at, look=True):
            return True
        if phrase is None:
            return False
        if phrase.pron:
            return bool(self.draft.resolve(phrase))
        return phrase.det == "the" and (
            phrase.kind == "floor" or bool(self.draft.resolve(phrase)) or (self.draft.editing and phrase.kind in KINDS)
        )

    def _all_standing(self) -> list[int]:
        """Whom `and behind them` means after a list: all of the sentence that stands by itself."""
        named = [one for one in dict.fromkeys(self.sentence_ids) if self.draft.scene.has(one)]
        loose = [one for one in named if not self.draft.scene.thing(one).place and not self._moves(one)]
        return loose if len(loose) > 1 else []

    def _two_there(self, subjects: list[int]) -> list[int]:
        """Whom `between them` means: the last two of the sentence, else the only two there; not what they stand on."""
        named = [one for one in dict.fromkeys(self.sentence_ids) if one not in subjects and self.draft.scene.has(one)]
        solid = [thing.id for thing in self.draft.scene.things if KINDS[thing.kind].sort == "solid"]
        there = named if len(named) > 1 else [one for one in solid if one not in subjects]
        under = {t for one in there for place in self.draft.scene.thing(one).place for t in place.targets}
        free = [one for one in there if one not in under]
        if len(named) > 1:
            return free[-2:] if len(free) > 1 else named[-2:]
        return free if len(free) == 2 else []

    def _worker_on(self, targets: list[int]) -> list[int]:
        """`an arm on a table with a cube in front of it`: of the arm, not of the table."""
        there = [thing for thing in self.draft.scene.things if thing.kind == "arm" or KINDS[thing.kind].sort == "robot"]
        on = [one for one in there for r in one.place if r.kind == "on" and list(r.targets) == targets != [FLOOR]]
        return [on[-1].id] if on and on[-1].id not in self.subjects else targets

    def related(self, phrase: Phrase, at: int) -> list[int]:
        """What a relation points at: something that is there, or something new."""
        if phrase.kind == "floor":
            self.floor_adjectives(phrase)
            return [FLOOR]
        phrase = self.another_one(phrase)
        exclude = tuple(self.subjects) if phrase.pron in ("it", "them", "other") else ()
        others = [one for one in self.subjects if one not in self.attached and one != FLOOR]
        if phrase.pron == "them" and phrase.each and self.attached and len(others) > 1:
            return others  # `two ramps, …, and a box on each of them`
        bare = not phrase.det and phrase.count is None and not phrase.plural and not phrase.label
        if phrase.definite or phrase.det == "one" or (bare and not self.contrasted):
            newest = [one for one in self.sentence_ids if one not in self.subjects and self.draft.scene.has(one)]
            if phrase.pron == "it" and self.r.word(phrase.start, "that", "this") and newest:
                self.draft.mention(newest[-1:])  # `and a box on top of that`
                return newest[-1:]
            people = [
                one
                for one in self.draft.mentions
                if self.draft.scene.has(one) and KINDS[self._kind_of(one)].sort == "robot"
            ]
            if self.r.word(phrase.start, "him", "her") and people:
                return people[-1:]
            another = phrase.det == "the" and not exclude  # `a box on the right box` is on another one
            ids = self.draft.resolve(phrase, tuple(self.subjects)) if another else []
            if not ids:
                ids = self.draft.resolve(
                    phrase, exclude or tuple(self.attached or self.subjects[-1:]) if bare else exclude
                )
            if phrase.pron == "them" and ids and self.clause_break and not self.draft.editing:
                ids = self._all_standing() or ids
            if not ids and phrase.pron and len(self.subjects) > 1:
                ids = self.subjects[:1]
            if ids:
                self.draft.mention(ids)
                return ids
            if phrase.pron:
                return []
        if phrase.kind not in KINDS:
            return []
        rooms = [thing for thing in self.draft.scene.things if thing.kind == "bin"]
        if phrase.kind == "wall" and phrase.definite and rooms:
            return []  # those of the room
        if phrase.kind == "ball" and phrase.det == "another":
            phrase.det = "a"
        if phrase.each and phrase.count is None and not phrase.plural:
            self.r.miss([phrase.start])  # `every box`, of which there are none yet
        ids = self.create(phrase)
        self.apply_adjacent(ids)
        return ids

    def another_one(self, phrase: Phrase) -> Phrase:
        """`a green one`: a new one of the sort that was named last."""
        if not phrase.pron or phrase.det not in ("a", "another"):
            return phrase
        ids = [one for one in self.draft.mentions if self.draft.scene.has(one)]
        like = [
            one
            for one in (*self.objects, *reversed(self.subjects), *ids[-1:])
            if one != FLOOR and self.draft.scene.has(one)
        ]
        if not like:
            return phrase
        thing = self.draft.scene.thing(like[0])
        phrase.pron, phrase.kind, phrase.noun, phrase.det = "", thing.kind, thing.noun, "a"
        own = {"mass": thing.mass, "bounce": thing.bounce, "friction": thing.friction, "material": thing.material}
        if not phrase.changes and not phrase.scales and not phrase.dims:
            phrase.given = {name: value for name, value in own.items() if value is not None}
            phrase.given |= {"dims": dict(thing.dims)} if thing.dims else {}
            if thing.colours and not phrase.colours:
                phrase.given["colours"] = thing.colours[:1]
        return phrase

    def apply_adjacent(self, ids: list[int]) -> None:
        """A hook: what is new as the object of a relation is not a subject."""
        self.objects = ids
