"""What a follow-up says in few words: `now 10 m/s`, `scale it by 1.5`, `add 2 kg to it`, `softer spring`, `no wind`."""

from __future__ import annotations

from dataclasses import replace

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.lexicon.words import MEDIA
from py_remote_viewer.scenes.create.rules.equipment import Equipment
from py_remote_viewer.scenes.create.things.description import FLOOR
from py_remote_viewer.scenes.create.things.matter import mass_of
from py_remote_viewer.scenes.create.things.phrase import Phrase

_ASSIGNED = {"mass": "mass", "speed": "speed", "spin": "spin", "stiffness": "stiffness"}
_COMPARATIVE = (
    "bigger", "larger", "smaller", "heavier", "lighter", "longer", "shorter", "taller", "higher", "lower", "wider",
    "narrower", "thicker", "thinner", "bouncier", "rougher", "smoother", "stickier", "softer", "stiffer", "steeper",
    "flatter", "faster", "slower", "stronger",
)  # fmt: skip
_TIMES = {"twice": 2, "thrice": 3}
_WIND_MPS = 5.0


class ShortEdits(Equipment):
    """Rules for values and comparatives that stand almost alone."""

    def aside_by(self, at: int) -> int:
        """`move it up 1 m`, `move it to the left by 20 cm`: the direction first."""
        r = self.r
        found = r.match(at, "dir")
        if (
            self.verb_word not in ("move", "lift", "sink")
            or found is None
            or not self.subjects
            or not self.draft.editing
        ):
            return 0
        end = at + found[1]
        end += r.word(end, "by", "about", "another")
        if r[end].kind != "quantity" or r[end].dimension != "length" or r.is_cat(end + 1, "rel", "from"):
            return 0
        if found[0].value not in ("left", "right", "forward", "back", "up", "down"):
            return 0
        self.shift(found[0].value, r[end].value)
        r.use(at, end + 1)
        return end + 1 - at

    def quantity(self, at: int) -> int:
        """`move it 1 m`: a distance without a direction is no size."""
        token = self.r[at]
        far = token.kind == "quantity" and token.dimension == "length" and not self.r.is_cat(at + 1, "dim", "dimfactor")
        if self.draft.editing and self.verb_word == "move" and far and not self.property_name:
            self.r.miss([at])
            return 1
        return super().quantity(at)

    def bare_value(self, at: int) -> int:
        """`now 10 m/s`, `5 kg`, `from 5 m instead`: of what was spoken of last, what has such a unit."""
        r, end = self.r, at
        if not self.draft.editing or self.subjects or self.sentence_ids or not self.starts_clause() or self.verb_word:
            return 0
        begins = at == 0 or r[at - 1].kind == "stop" or (at == 1 and r.word(0, "and", "then", "but", "also"))
        end += r.word(end, "now", "then", "and", "but", "make")
        end += r.word(end, "only", "just", "at", "with", "to")
        falls = r.word(end, "from")
        end += falls
        token = r[end]
        follows = r[end + 1].kind in ("stop", "comma") or r.word(end + 1, "instead", "now", "please", "each")
        ids = [one for one in self.draft.resolve(Phrase(at, pron="it")) if one != FLOOR]
        if not begins and not r.word(at, "from", "at", "now"):
            return 0
        if token.kind != "quantity" or not follows or not ids:
            return 0
        motion = self.draft.scene.thing(ids[-1]).motion
        before, self.subjects = self.subjects, ids
        if falls and token.dimension == "length" and motion is not None and motion.kind == "falling":
            self.draft.move(ids[-1], "", height=token.value)
            done = 1
        elif token.dimension == "angle":
            done = self._at_angle(end - 1, ids)
        elif token.dimension == "length" and not falls and end == at + r.word(at, "now", "then", "and", "but"):
            done = self._assign("size", token.value) if KINDS[self._kind_of(ids[-1])].sort == "solid" else 0
        elif token.dimension in _ASSIGNED and not falls:
            done = self._assign(_ASSIGNED[token.dimension], token.value)
        else:
            done = 0
        if not done:
            self.subjects = before
            return 0
        self.attached, self.edited = list(ids), True
        r.use(at, end + 1)
        return end + 1 - at

    def scaled_by(self, at: int) -> int:
        """`scale it by 1.5`, `scale it down by half`, `scale the box up`."""
        r = self.r
        phrase = self.nouns.read(at + 1) if r.word(at, "scale", "resize") and self.draft.editing else None
        ids = [one for one in self.draft.resolve(phrase) if one != FLOOR] if phrase is not None else []
        if phrase is None or not ids or not self.starts_clause():
            return 0
        end = phrase.end
        down = r.word(end, "down")
        end += r.word(end, "down", "up")
        before, self.verb_word = self.verb_word, "shrink" if down else "grow"
        share = self._share(end)
        if share is None and r.word(end, "by", "to") and r[end + 1].kind == "number" and r[end + 1].value > 0:
            value = r[end + 1].value
            share = (1 / value if down and value > 1 else value), end + 2
        elif share is not None and r.word(end, "by") and r.word(end + 1, "half") and down:
            share = 0.5, share[1]
        elif share is None and end > phrase.end:
            share = (0.7 if down else 1.4), end
        if share is None:
            self.verb_word = before
            return 0
        for one in ids:
            self.draft.rescale(one, "all", share[0])
        self.subjects, self.attached, self.edited = ids, list(ids), True
        self.draft.mention(ids)
        r.use(at, share[1])
        return share[1] - at

    def add_mass(self, at: int) -> int:
        """`add 2 kg to it`, `take 500 g off the box`."""
        r = self.r
        less = r.word(at, "take", "remove", "subtract")
        token = r[at + 1]
        if not self.draft.editing or not (less or r.word(at, "add")) or token.dimension != "mass":
            return 0
        if token.kind != "quantity" or not r.word(at + 2, "to", "off", "from"):
            return 0
        phrase = self.nouns.read(at + 3)
        ids = [one for one in self.draft.resolve(phrase) if one != FLOOR] if phrase is not None else []
        for one in ids:
            mass = mass_of(self.draft.scene.thing(one)) + (-token.value if less else token.value)
            if mass <= 0 or KINDS[self._kind_of(one)].sort != "solid":
                return 0
            self.draft.update(one, mass=round(mass, 6), weight=1.0)
        if phrase is None or not ids:
            return 0
        self.subjects, self.attached, self.edited = ids, list(ids), True
        self.draft.mention(ids)
        r.use(at, phrase.end)
        return phrase.end - at

    def comparative_first(self, at: int) -> int:
        """`softer spring`, `bigger wheels and a longer ramp`: more of what is there, and nothing new."""
        r, end = self.r, at
        begins = at == 0 or r[at - 1].kind in ("stop", "comma") or r.word(at - 1, "and", "now", "with", "use", "but")
        if not self.draft.editing or not begins or self.verb_word in ("add", "put", "create", "replace"):
            return 0
        fresh = at == 0 or r[at - 1].kind == "stop" or r.word(at - 1, "now")
        end += r.word(end, "a", "an", "the") + r.word(end + r.word(end, "a", "an", "the"), "much", "slightly", "even")
        if not r.word(end, *_COMPARATIVE) or not (fresh or self.edited):
            return 0
        noun = r.match(end + 1, "noun")
        if noun is None or r.is_cat(end + 1 + noun[1], "rel", "barerel"):
            return 0
        plain = Phrase(at, kind=noun[0].value.kind, noun=noun[0].value.noun, plural=noun[0].value.plural, det="the")
        ids = [one for one in self.draft.resolve(plain) if one != FLOOR]
        if not ids:
            return 0
        before = self.subjects, self.verb_word, self.draft.scene
        self.subjects, self.verb_word, self.index = ids, "make", None
        step = self.comparison(end) or self.tie(end) or self.predicate(end)
        if not step or self.draft.scene is before[2]:
            self.subjects, self.verb_word = before[:2]
            return 0
        self.attached, self.edited = list(ids), True
        self.draft.mention(ids)
        r.use(at, end + 1 + noun[1])
        return end + 1 + noun[1] - at

    def use_so_many(self, at: int) -> int:
        """`use 15 dominoes`, `try it with 6 boxes`: where there are some already."""
        r, end = self.r, at + 1
        if not self.draft.editing or not r.word(at, "use", "try", "take") or not self.starts_clause():
            return 0
        end += 2 * (r.word(end, "it") and r.word(end + 1, "with"))
        noun = r.match(end + 1, "noun")
        if r[end].kind != "number" or noun is None or r[end].value != int(r[end].value) or not 1 <= r[end].value <= 200:
            return 0
        plain = Phrase(at, kind=noun[0].value.kind, noun=noun[0].value.noun, det="the")
        ids = [one for one in self.draft.resolve(plain) if one != FLOOR]
        follows = r[end + 1 + noun[1]].kind in ("stop", "comma") or r.word(end + 1 + noun[1], "and", "instead")
        if not ids or not follows or KINDS[plain.kind].sort != "solid":
            return 0
        self._recount(self.draft.scene.thing(ids[-1]), int(r[end].value))
        end += 1 + noun[1] + r.word(end + 1 + noun[1], "instead")
        r.use(at, end)
        return end - at

    def not_so_thick(self, at: int) -> int:
        """`make the wall two bricks thick`: walls are one brick thick here, and that is told."""
        r, noun = self.r, self.r.match(at + 1, "noun")
        if r[at].kind != "number" or noun is None or not r.word(at + 1 + noun[1], "thick", "deep"):
            return 0
        walls = [one for one in self.subjects if one != FLOOR and self.draft.scene.thing(one).arrange == "wall"]
        if not walls:
            return 0
        end = at + 2 + noun[1]
        r.miss(list(range(at, end)))
        return end - at

    def vanish(self, at: int) -> int:
        """`make the table disappear`."""
        ids = [one for one in self.subjects if one != FLOOR]
        if not self.draft.editing or not self.r.word(at, "disappear", "vanish") or not ids or self.index is not None:
            return 0
        self.draft.remove(ids)
        self.edited = True
        self.r.use(at, at + 1)
        return 1

    def legs_of_a_table(self, at: int) -> int:
        """`make its legs longer`: the table is higher."""
        r = self.r
        tables = [one for one in self.subjects if one != FLOOR and self._kind_of(one) == "table"]
        factor = {"longer": 1.5, "shorter": 0.67, "taller": 1.5}.get(r[at].text, 0.0)
        if not self.draft.editing or not tables or not factor or not r.word(at - 1, "legs", "leg"):
            return 0
        for one in tables:
            self.draft.rescale(one, "height", factor)
        r.use(at, at + 1)
        return 1

    def steepness(self, at: int) -> int:
        """`increase the slope`, `reduce the steepness to 10 degrees`, `tilt it to 45`: of the ramp."""
        r, end = self.r, at + 1
        less = r.word(at, "reduce", "decrease", "lower")
        named = r.word(end, "the", "its") and r.word(end + 1, "slope", "steepness", "incline", "tilt", "gradient")
        ramps = [thing.id for thing in self.draft.scene.things if thing.kind == "ramp"]
        if not self.draft.editing or not ramps or not self.starts_clause():
            return 0
        if named and (less or r.word(at, "increase", "raise", "change", "set")):
            end += 2
        elif r.word(at, "tilt", "incline", "set") and (phrase := self.nouns.read(end)) is not None:
            meant = [self._on_ramp(one) for one in self.draft.resolve(phrase) if one != FLOOR]
            if not set(meant) & set(ramps):
                return 0
            ramps, end = [one for one in meant if one in ramps], phrase.end
        else:
            return 0
        plain = r[end + 1].kind == "number" and r[end + 2].kind in ("stop", "comma")
        by, said = r.word(end, "by"), r.word(end, "to", "by", "at") and (r[end + 1].dimension == "angle" or plain)
        if not said and not (named and r[end].kind in ("stop", "comma")):
            return 0
        for one in ramps[-1:]:
            now = self._now(one, "tilt") or 20.0
            value = r[end + 1].value
            wanted = (now - value if less else now + value) if by else value
            self.draft.update(one, tilt_deg=wanted if said else now * (0.6 if less else 1.5))
        self.subjects, self.attached, self.edited = ramps[-1:], ramps[-1:], True
        self.draft.mention(ramps[-1:])
        r.use(at, end + 2 * said)
        return end + 2 * said - at

    def thrown_higher(self, at: int) -> int:
        """`throw it higher`, `farther`, `harder`: with half as much speed again."""
        r = self.r
        thrown = [
            one
            for one in self.subjects
            if one != FLOOR and (m := self.draft.scene.thing(one).motion) is not None and m.kind in ("thrown", "moving")
        ]
        if not self.draft.editing or not thrown or not r.word(at, "higher", "farther", "further", "harder"):
            return 0
        if r[at + 1].kind not in ("stop", "comma") or not r.is_cat(at - 2, "motion"):
            return 0
        for one in thrown:
            motion = self.draft.scene.thing(one).motion
            assert motion is not None
            self.draft.update(one, motion=replace(motion, speed=1.5 * (4.0 if motion.speed is None else motion.speed)))
        self.edited = True
        r.use(at, at + 1)
        return 1

    def so_often(self, at: int) -> int:
        """`clone it three times`, `duplicate the box twice`: so many more."""
        r = self.r
        phrase = self.nouns.read(at + 1) if r.word(at, "clone", "duplicate", "copy", "repeat") else None
        if phrase is None or not phrase.definite or not self.draft.editing:
            return 0
        end = phrase.end
        times = _TIMES.get(r[end].text, 0)
        length = 1 if times else 2
        if not times and r[end].kind == "number" and r.word(end + 1, "times", "more", "x"):
            times = int(r[end].value)
        ids = [one for one in self.draft.resolve(phrase) if one != FLOOR]
        if not times or not ids or self.draft.scene.thing(ids[-1]).total * (1 + times) > 200:
            return 0
        thing = self.draft.scene.thing(ids[-1])
        self.draft.update(thing.id, count=thing.count * (1 + times))
        self.subjects, self.attached, self.edited = [thing.id], [thing.id], True
        r.use(at, end + length)
        return end + length - at

    def air_and_water(self, at: int) -> int:
        """`no wind`, `stronger wind`, `replace the water with honey`: what is around."""
        r, world = self.r, self.draft.scene.world
        if not self.draft.editing:
            return 0
        blows = max((abs(part) for part in world.wind), default=0.0)
        calm = at + 1 + r.word(at + 1, "the", "any", "more")
        if blows and r.word(at, "stop", "end", "halt", "kill", "no") and r.word(calm, "wind", "breeze", "storm"):
            self.world(wind=(0.0, 0.0, 0.0))
            self.edited = True
            r.use(at, calm + 1)
            return calm + 1 - at
        ended = calm if r.word(at, "the") and r.word(at + 1, "wind") else 0
        ended = at + 2 if ended else 0
        if blows and ended and r.word(ended, "stops", "ends", "dies", "stopped", "drops"):
            self.world(wind=(0.0, 0.0, 0.0))
            self.edited = True
            ended += 1 + r.word(ended + 1, "down", "blowing", "now", "away")
            r.use(at, ended)
            return ended - at
        if blows and r.word(at + 1, "wind") and r.word(at, "no", "stronger", "weaker", "less", "more"):
            factor = 0.0 if r.word(at, "no") else 2.0 if r.word(at, "stronger", "more") else 0.5
            x, y, z = world.wind
            self.world(wind=(factor * x, factor * y, factor * z))
            self.edited = True
            r.use(at, at + 2)
            return 2
        start = at + 1 + r.word(at + 1, "the")
        if not r.word(at, "replace", "change", "swap") or r[start].text != world.medium or not world.medium:
            return 0
        if not r.word(start + 1, "with", "to", "by", "for", "into") or r[start + 2].text not in MEDIA:
            return 0
        name = r[start + 2].text
        density, viscosity = MEDIA[name]
        self.world(medium=name, density=density, viscosity=viscosity)
        self.edited = True
        r.use(at, start + 3)
        return start + 3 - at
