"""How much: `to half`, `by 500 g`, `by a factor of 3`, `30 cm further away`, `clockwise`, `twice as fast`."""

from __future__ import annotations

from py_remote_viewer.scenes.create.lexicon.kinds import USUAL_SPIN
from py_remote_viewer.scenes.create.lexicon.materials import MATERIALS
from py_remote_viewer.scenes.create.rules.comparisons import side_of
from py_remote_viewer.scenes.create.rules.machine_parts import MachineParts
from py_remote_viewer.scenes.create.things.bobs import across_of
from py_remote_viewer.scenes.create.things.description import FLOOR, Motion, Thing
from py_remote_viewer.scenes.create.things.matter import mass_of
from py_remote_viewer.scenes.create.things.phrase import Phrase
from py_remote_viewer.scenes.create.things.sizes import ramp_angle_deg

_SHARES = {"half": 0.5, "third": 1 / 3, "quarter": 0.25, "fourth": 0.25, "fifth": 0.2, "tenth": 0.1}
_DIMENSIONS = {"mass": "mass", "tilt": "angle", "speed": "speed", "spin": "spin", "stiffness": "stiffness"}
_SURFACES = (
    (("less", "slippery"), 1.6), (("rougher",), 1.6), (("stickier",), 1.8), (("grippier",), 1.8), (("more", "slippery"), 0.4),
    (("slipperier",), 0.4), (("smoother",), 0.5), (("slicker",), 0.4),
)  # fmt: skip
_MORE = {"double": 2.0, "twice": 2.0, "triple": 3.0, "thrice": 3.0, "quadruple": 4.0}
_BEHIND_SHARE = (
    "of", "its", "the", "their", "original", "current", "present", "normal", "usual", "earth", "value", "size", "strength",
    "what", "it",
    "was", "is", "as", "before", "now", "earth's", "much",
)  # fmt: skip
_DIRECTED = {"higher": "up", "lower": "down", "closer": "forward", "nearer": "forward", "away": "back"}


class Amounts(MachineParts):
    """Rules for changes by an amount or a factor."""

    ahead = (-1, -1)  # what a verb has read beyond its noun
    turned: tuple[int, float] | None = None  # what was turned last, and how it stood before

    def _share(self, at: int) -> tuple[float, int] | None:
        """`to half`, `by a factor of 3`, `by 20 percent`, `to twice its value`: the factor, and where it ends."""
        r, by = self.r, self.r.word(at, "by")
        if not r.word(at, "to", "by"):
            return None
        less, end = self.verb_word == "shrink", at + 1
        end += r.word(end, "a", "an", "one", "about", "only")
        token = r[end]
        if r.word(end, "factor") and r.word(end + 1, "of") and r[end + 2].kind == "number" and r[end + 2].value > 0:
            value, end = r[end + 2].value, end + 3
            return (1 / value if less else value), end
        if token.kind == "quantity" and token.dimension == "percent":
            factor = token.value if not by else 1 - token.value if less else 1 + token.value
        elif r.word(end, *_SHARES) or (token.kind == "number" and token.value == 0.5):
            share = _SHARES.get(token.text, 0.5)
            factor = share if not by else 1 - share if less else 1 + share
        elif r.word(end, *_MORE):
            factor = _MORE[token.text]
        elif token.kind == "number" and r.is_cat(end + 1, "times"):
            factor, end = (1 / token.value if less and token.value else token.value), end + 1
        else:
            return None
        end += 1
        while r.word(end, *_BEHIND_SHARE):
            end += 1
        return (factor, end) if factor > 0 else None

    def _set_property(self, start: int, end: int, ids: list[int], name: str) -> int:
        amount = self._amount(end, ids, name)
        if amount:
            self.subjects, self.property_name, self.edited = ids, name, True
            self.draft.mention(ids)
            self.r.use(start, amount)
            return amount - start
        share = self._share(end)
        if share is None or not self.verb_word:
            return super()._set_property(start, end, ids, name)
        self.factor = share[0]
        super()._set_property(start, end, ids, name)
        self.r.use(start, share[1])
        return share[1] - start

    def _amount(self, at: int, ids: list[int], name: str) -> int:
        """`by 500 g`, `by 10 degrees` behind `increase` or `reduce`: where it ends, when it was done."""
        token = self.r[at + 1]
        if (
            self.verb_word not in ("grow", "shrink", "lift", "sink")
            or not self.r.word(at, "by")
            or token.kind != "quantity"
        ):
            return 0
        delta = token.value if self.verb_word in ("grow", "lift") else -token.value
        whom = [one for one in ids if one != FLOOR]
        if token.dimension != _DIMENSIONS.get(name, "length") or not whom or name in ("friction", "bounce", "density"):
            return 0
        for one in whom:
            value = self._now(one, name)
            if value is None or value + delta <= 0:
                return 0
            self.subjects = [one]
            if not self._assign(name, value + delta):
                return 0
        return at + 2

    def _now(self, one: int, name: str) -> float | None:
        """What `name` of a thing is at present."""
        thing = self.draft.scene.thing(one)
        if name == "mass":
            return mass_of(thing)
        if name == "tilt":
            return (
                thing.tilt_deg
                if thing.tilt_deg is not None
                else ramp_angle_deg(thing)
                if thing.kind == "ramp"
                else None
            )
        if name in ("speed", "spin"):
            return getattr(thing.motion, name) if thing.motion is not None else None
        if name == "stiffness":
            return stiffness_of(thing)
        if name == "spacing":
            return thing.spacing
        return across_of(thing) if name in ("size", "size_all") else side_of(thing, name)

    def _verb_alone(self, verb: str, end: int) -> None:
        """`enlarge it by 50 percent`, `shrink it by 5 cm`: by how much, and no more."""
        ids = [one for one in self.subjects if one != FLOOR]
        long = any(self.r.word(back, "extend", "lengthen", "shorten") for back in range(max(0, end - 6), end))
        if verb in ("grow", "shrink") and ids:
            share, amount = self._share(end), self._amount(end, ids, "length" if long else "size")
            self.subjects = ids
            if share is not None or amount:
                for one in ids if not amount else ():
                    self.draft.rescale(one, "length" if long else "all", share[0] if share is not None else 1.0)
                self.ahead = (end, amount or (share[1] if share is not None else end))
                return
            if long:
                for one in ids:
                    self.draft.rescale(one, "length", 1.4 if verb == "grow" else 0.7)
                return
        super()._verb_alone(verb, end)

    def read_ahead(self, at: int) -> int:
        """What a verb has read already."""
        start, end = self.ahead
        if at != start or end <= at:
            return 0
        self.r.use(start, end)
        self.ahead = (-1, -1)
        return end - start

    def scale_property(self, one: int, name: str, factor: float) -> None:
        """Multiply what `name` says of a thing, also how stiff a spring is, and how fast something spins."""
        thing = self.draft.scene.thing(one) if one != FLOOR else None
        if thing is not None and name == "stiffness" and (stiff := stiffness_of(thing)) is not None:
            self.draft.update(one, stiffness=stiff * factor)
        elif thing is not None and name in ("speed", "spin") and thing.kind in USUAL_SPIN:
            spin = thing.motion.spin if thing.motion is not None else None
            self.draft.update(one, motion=Motion("spinning", spin=(spin or USUAL_SPIN[thing.kind]) * factor))
        else:
            super().scale_property(one, name, factor)

    def _assign(self, name: str, value: float) -> int:
        """Of what stands on a ramp, the angle is the ramp's."""
        before = self.subjects
        if name == "tilt":
            self.subjects = [self._on_ramp(one) if one != FLOOR else one for one in before]
        step = super()._assign(name, value)
        self.subjects = before
        return step

    def by_how_much(self, at: int) -> int:
        """`by 20 cm` behind what nobody understood: no size of anything."""
        r = self.r
        if (
            not self.draft.editing
            or not r.word(at, "by", "up", "down")
            or r[at + 1].dimension not in ("length", "mass")
            or self.moving
        ):
            return 0
        if (
            self.property_name
            or self.verb_word in ("turn", "make")
            or r[at + 1].kind != "quantity"
            or r.word(at + 2, "x", "by")
        ):
            return 0
        r.miss([at, at + 1])
        return 2

    def drop_height(self, at: int) -> int:
        """`raise the drop height to 5 m`: of what falls."""
        r, end = self.r, at
        end += r.word(end, "the", "its", "their")
        if not r.word(end, "drop", "falling", "fall", "release", "starting", "start", "initial") or not r.word(
            end + 1, "height"
        ):
            return 0
        falling = [
            thing.id for thing in self.draft.scene.things if thing.motion is not None and thing.motion.kind == "falling"
        ]
        end += 2
        share = self._share(end)
        end += r.word(end, "to", "of", "is", "=")
        if not falling or (share is None and r[end].dimension != "length"):
            return 0
        for one in falling:
            motion = self.draft.scene.thing(one).motion
            now = motion.height if motion is not None and motion.height is not None else 1.0
            self.draft.move(one, "", height=now * share[0] if share is not None else r[end].value)
        end = share[1] if share is not None else end + 1
        self.subjects, self.edited = falling, self.edited or self.draft.editing
        r.use(at, end)
        return end - at

    def spaced(self, at: int) -> int:
        """`space them further apart`, `make the gap between them 3 cm`, `move the boxes closer together`."""
        r, end = self.r, at
        if r.word(end, "the") and r.word(end + 1, "gap", "gaps", "distance", "spacing", "space"):
            between = end + 2
            if r.word(between, "between"):
                phrase = self.nouns.read(between + 1)
                ids = self.draft.resolve(phrase) if phrase is not None else []
                between = phrase.end if phrase is not None else between
            else:
                ids = [one for one in self.draft.mentions if self.draft.scene.has(one)][-1:]
            between += r.word(between, "to", "is", "of", "at", "be")
            groups = [one for one in ids if one != FLOOR and self.draft.scene.thing(one).total > 1]
            factor = {"bigger": 2.0, "larger": 2.0, "wider": 2.0, "smaller": 0.5, "narrower": 0.5}.get(r[between].text)
            if not groups or (r[between].dimension != "length" and factor is None):
                return 0
            self._space(groups, r[between].value if factor is None else None, factor or 1.0)
            r.use(at, between + 1)
            return between + 1 - at
        if not r.word(at, "space", "spread", "move", "place", "put", "bring", "set") or not self.draft.editing:
            return 0
        phrase = self.nouns.read(at + 1)
        ids = self.draft.resolve(phrase) if phrase is not None and phrase.definite else []
        groups = [one for one in ids if one != FLOOR and self.draft.scene.thing(one).total > 1]
        if phrase is None or not groups:
            return 0
        end = phrase.end
        length = r[end].value if r[end].dimension == "length" else None
        end += length is not None
        nearer = r.word(end, "closer", "nearer")
        end += r.word(end, "further", "farther", "more", "wider", "closer", "nearer", "a")
        if not r.word(end, "apart", "together", "out") or (length is not None and r[at].text in ("move", "bring")):
            return 0
        self._space(groups, length, 0.4 if nearer else 2.5)
        self.subjects, self.edited = groups, True
        self.draft.mention(groups)
        r.use(at, end + 1)
        return end + 1 - at

    def _space(self, groups: list[int], value: float | None, factor: float) -> None:
        for one in groups:
            now = self.draft.scene.thing(one).spacing
            usual = 0.3 * across_of(self.draft.scene.thing(one))
            self.draft.update(one, spacing=value if value is not None else factor * (usual if now is None else now))
        self.edited = self.edited or self.draft.editing

    def _adapted(self, one: int, phrase: Phrase) -> Phrase:
        """`less slippery`, `rougher`: than it is."""
        factor = next(
            (by for words, by in _SURFACES if all(self.r.word(phrase.start + i, word) for i, word in enumerate(words))),
            None,
        )
        if factor is not None and "friction" in phrase.changes:
            thing = self.draft.scene.thing(one)
            stuff = MATERIALS.get(thing.material or "")
            now = thing.friction if thing.friction is not None else stuff.friction if stuff is not None else 0.7
            phrase.changes["friction"] = round(min(2.0, now * factor), 3)
        return super()._adapted(one, phrase)

    def world_property(self, at: int, *, look: bool = False) -> int:
        """Gravity, also `to half`."""
        end = at + self.r.word(at, "the")
        share = self._share(end + 1) if self._gravity_word(end) and self.verb_word else None
        if share is None or look:
            return super().world_property(at, look=look)
        self.set_gravity(self.draft.scene.world.gravity * share[0])
        self.about_gravity = True
        self.r.use(at, share[1])
        return share[1] - at

    def _property_of(self, at: int) -> int:
        """`the friction between the box and the ramp`: that of both."""
        r, end = self.r, at + self.r.word(at, "the")
        found = r.match(end, "property")
        if found is not None and found[0].value == "friction" and r.word(end + found[1], "between"):
            pair, after = self._pair_at(end + found[1] + 1)
            if len(pair) != 2 and r.word(end + found[1] + 1, "them", "both"):
                pair = self._last_two()
            if len(pair) == 2:
                return self._set_property(at, after, pair, "friction")
        return super()._property_of(at)

    def moved_by(self, at: int) -> int:
        """`move it 30 cm further away`, `lift it another 10 cm`: how far, which is no size."""
        r, end = self.r, at
        if self.verb_word not in ("move", "lift", "sink") or not self.subjects:
            return 0
        end += r.word(end, "by", "about")
        end += r.word(end, "another", "a")
        token = r[end]
        if token.kind != "quantity" or token.dimension != "length":
            return 0
        end += 1
        ahead = end
        while r.word(ahead, "further", "farther", "more", "straight"):
            ahead += 1
        found = r.match(ahead, "dir")
        direction, after = "", end
        if (
            found is not None
            and found[0].value in ("left", "right", "up", "down", "forward", "back")
            and not r.word(ahead, "away")
        ):
            direction, after = found[0].value, ahead + found[1]
            if r.is_cat(ahead, "rel") and r.word(after, "of"):
                return 0
        elif r.word(ahead, *_DIRECTED) and not r.word(ahead + 1, "from", "to"):
            direction, after = _DIRECTED[r[ahead].text], ahead + 1
        elif self.verb_word in ("lift", "sink") and not r.is_cat(ahead, "rel"):
            direction, after = ("up" if self.verb_word == "lift" else "down"), ahead
        if not direction:
            return 0
        self.shift(direction, token.value)
        r.use(at, after)
        return after - at

    def _turned(self, one: int, degrees: float, words: list[str]) -> None:
        self.turned = (one, self.draft.scene.thing(one).yaw_deg)
        super()._turned(one, degrees, words)

    def clockwise(self, at: int) -> int:
        """`clockwise`, as seen from above, behind a turn."""
        counter = self.r.word(at, "counterclockwise", "anticlockwise") or (
            self.r.word(at, "counter", "anti") and self.r.word(at + 1, "clockwise")
        )
        if not counter and not self.r.word(at, "clockwise"):
            return 0
        length = 1 + self.r.word(at, "counter", "anti")
        if self.turned is None or self.draft.scene.thing(self.turned[0]).yaw_deg == self.turned[1]:
            return 0
        one, old = self.turned
        if not counter:
            self.draft.update(one, yaw_deg=2 * old - self.draft.scene.thing(one).yaw_deg)
        self.r.use(at, at + length)
        return length

    def _ordinary(self, at: int) -> int:
        """`faster`, also of what spins by itself."""
        for one in self.subjects if self.r.is_cat(at, "pace") else ():
            thing = self.draft.scene.thing(one) if one != FLOOR else None
            usual = USUAL_SPIN.get(thing.kind) if thing is not None else None
            if thing is not None and usual is not None and (thing.motion is None or thing.motion.spin is None):
                self.draft.update(one, motion=Motion("spinning", spin=usual))
        return super()._ordinary(at)

    def painted(self, at: int) -> int:
        """`a ball painted gold`: the colour alone comes next."""
        r = self.r
        end = at + 1
        if not r.word(at, "painted", "dyed", "sprayed", "tinted") or not self.subjects:
            return 0
        end += r.word(end, "in")
        if not (r.is_cat(end, "colour", "shade") or r.is_cat(end, "material")):
            return 0
        r.use(at, end)
        return end - at

    def _multiply(self, at: int, factor: float) -> int:
        """`halve the balls`; of a single thing it is not said what to halve."""
        phrase = self.nouns.read(at)
        if factor < 1 and phrase is not None and not self._property_next(at):
            ids = [one for one in self.draft.resolve(phrase) if one != FLOOR]
            if ids and all(self.draft.scene.thing(one).total == 1 for one in ids):
                self.r.miss(list(range(max(0, at - 1), phrase.end)))
                return phrase.end - at
        return super()._multiply(at, factor)

    def go_on(self, at: int) -> int:
        """`make the ball go twice as fast`: a verb that says nothing beside what comes."""
        if self.r.word(at, "further", "farther") and self.moving and self.r.is_cat(at + 1, "dir"):
            self.r.use(at, at + 1)
            return 1
        if not self.r.word(at, "go", "move", "run", "drive", "travel") or self.verb_word != "make" or not self.subjects:
            return 0
        _, end = self._factor(at + 1)
        if end == at + 1 and not self.r.is_cat(at + 1, "pace"):
            return 0
        self.r.use(at, at + 1)
        return 1


def stiffness_of(thing: Thing) -> float | None:
    """Of a spring, N/m: as said, or the usual for what hangs on it."""
    if thing.kind != "spring":
        return None
    said = [one.mass for one in thing.overrides if one.mass is not None]
    mass = mass_of(thing.load) if thing.load is not None else said[-1] if said else thing.mass or 0.5
    return thing.stiffness if thing.stiffness is not None else 60.0 * max(0.2, mass)
