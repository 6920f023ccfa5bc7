"""Numbers with a unit after their thing: `2 kg`, `20 cm tall`, `from 2 m`, `to 45 degrees`, `tilted by 30 degrees`."""

from __future__ import annotations

import math
from typing import Any

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.rules.comparisons import Comparisons, side_of
from py_remote_viewer.scenes.create.things.description import FLOOR, Override
from py_remote_viewer.scenes.create.things.matter import scale_to_volume
from py_remote_viewer.scenes.create.things.phrase import Phrase
from py_remote_viewer.scenes.create.things.shaping import is_whole, rings, whole_name
from py_remote_viewer.scenes.create.things.values import give_each


class Quantities(Comparisons):
    """Rules for quantities."""

    def quantity(self, at: int) -> int:
        """A quantity after its thing: `2 kg`, `20 cm tall`, `30 degrees`, `3 m/s`; `from 2 m`, `by 20 cm`, `to 45 degrees`."""
        r, start = self.r, at
        words = []
        while r.word(
            at,
            "from",
            "by",
            "to",
            "a",
            "height",
            "of",
            "about",
            "up",
            "an",
            "angle",
            "down",
            "an",
            "initial",
            "speed",
            "the",
            "through",
            "same",
        ):
            words.append(r[at].text)
            at += 1
        token = r[at]
        if any(self._names_something(one) for one in range(start, at + 1)):
            return 0  # it belongs to a noun that comes: `down a 40 degree slope`
        if token.kind == "number" and self.subjects and r.word(at + 1, "high", "tall") and not words:
            stacks = [one for one in self.subjects if self.draft.scene.thing(one).arrange == "stack"]
            for one in stacks:
                self.draft.update(one, count=max(1, min(200, int(token.value))))
            r.use(at, at + 2)
            return 2 if stacks else 0
        if token.kind == "number" and self.subjects and r.word(at + 1, "x", "by"):
            phrase = Phrase(at)
            step = self.nouns.sizes(at, phrase)
            for one in self.subjects if step else ():
                self.draft.apply(one, phrase)
            r.use(start, at + step)
            return at + step - start if step else 0
        if token.kind != "quantity" or not (self.subjects or self.about_floor):
            return 0
        if "to" in words and self.property_name:
            return 0
        if (
            token.dimension == "length"
            and not words
            and r.is_cat(at + 1, "rel", "from")
            and not r.is_cat(at + 1, "dim", "dimfactor", "verb")
        ) and r.word(at + 1, "from", "away", "off", "left", "right", "above", "below", "behind", "to", "under"):
            return 0  # how far from something, which has its own rule
        end = at + 1
        strange = r.word(at - 1, "a", "an") and (self.nouns.strange(at + 1) or r.is_cat(at + 1, "part"))
        if strange and not r.is_cat(at + 1, "dim", "dimfactor", "property", "apart", "rel", "dir", "weight"):
            r.miss([at])  # `a 10 cm step`: of what is not known, and of nothing else
            return at + 1 - start
        dim = r.match(end, "dim", "dimfactor")
        if dim is None and "height" in words and "from" not in words and token.dimension == "length":
            named = r.match(start + words.index("height"), "dim")  # `of height 75 cm`
            dim = (named[0], 0) if named is not None else None
        for one in self.movers() if token.dimension in ("speed", "spin") else self.subjects:
            thing = self.draft.scene.thing(one)
            if token.dimension == "mass":
                self.draft.apply(one, Phrase(at, changes={"mass": token.value}), self.index)
                end = at + 1 + r.word(at + 1, "heavy")
            elif token.dimension == "angle":
                self._turned(one, token.value, words)
            elif token.dimension == "speed":
                self.draft.move(one, "", speed=token.value)
            elif token.dimension == "spin":
                self.draft.move(one, "spinning", spin=token.value)
            elif token.dimension == "volume":
                self.draft.update(one, scales=(("all", scale_to_volume(thing, token.value)),), dims=())
            elif token.dimension == "stiffness":
                if not self._assign("stiffness", token.value):
                    return 0
            elif token.dimension == "length" and "from" in words:
                if thing.motion is not None and thing.motion.kind == "falling":
                    self.draft.move(one, "", height=token.value)
                else:
                    self.draft.update(one, height=token.value)
                end = at + 1 + (dim[1] if dim is not None and r.word(at + 1, "high", "height") else 0)
                end += 1 if r.word(end, "above") and r[end + 1].kind in ("stop", "comma") else 0
            elif token.dimension == "length" and self.moving in ("lift", "sink"):
                sign = 1 if self.moving == "lift" else -1
                self.draft.update(one, shift=(*thing.shift[:2], thing.shift[2] + sign * token.value))
            elif token.dimension == "length" and self.moving and "by" in words:
                direction = r.match(end, "dir")
                if direction is None:
                    return 0
                self.shift(direction[0].value, token.value)
                end = at + 1 + direction[1]
                break
            elif token.dimension == "length" and dim is None and r.is_cat(at - 1, "motion") and self._falls(one):
                self.draft.move(one, "", height=token.value)  # `falling 30 cm`
            elif token.dimension == "length":
                name = self._dimension_name(dim)
                end = at + 1 + (dim[1] if dim is not None else 0)
                if rings(thing, name):
                    self.draft.update(one, ring_radius=token.value / (2.0 if name == "diameter" else 1.0))
                    continue
                if r.word(at + 1, "x", "by"):
                    phrase = Phrase(at)
                    end = at + self.nouns.sizes(at, phrase)
                    dims = dict(thing.dims) | phrase.dims
                else:
                    dims = dict(thing.dims) | {name: token.value}
                if dim is not None and dim[0].cat == "dimfactor" and r[at + 1].text.endswith("er"):
                    longer = 1 if dim[0].value[1] > 1 else -1
                    dims[name] = max(0.005, side_of(thing, name) + longer * token.value)  # `10 cm wider`
                if is_whole(thing, name):
                    dims[whole_name(thing, name)] = dims.pop(name)
                self.draft.update(one, dims=tuple(sorted(dims.items())))
            else:
                return 0
        end = max(end, at + 1)
        end += r.word(end, "each", "apiece")
        r.use(start, end)
        return end - start

    def _names_something(self, at: int) -> bool:
        """Whether a noun phrase begins at `at`, known or not."""
        read = self.nouns.read(at)
        return read is not None and (read.kind in KINDS or read.kind == "?")

    def movers(self) -> list[int]:
        """Whom a speed is about: of several of different kinds those that move, or the last."""
        there = [one for one in self.subjects if one != FLOOR]
        if len({self._kind_of(one) for one in there}) < 2:
            return there
        return [one for one in there if self._moves(one)] or there[-1:]

    def _falls(self, one: int) -> bool:
        motion = self.draft.scene.thing(one).motion
        return motion is not None and motion.kind == "falling" and motion.height is None

    def value_list(self, at: int) -> int:
        """`masses 1, 2 and 3 kg`, `20, 30 and 40 cm long`, `1, 2 and 3 kg`: one value for each."""
        r, start, at_first = self.r, at, at
        name = ""
        at += r.word(at, "from") and r[at + 1].kind == "list"
        named = r.match(at, "property", "dim")
        if named is not None:
            name, at = named[0].value, at + named[1]
            while r.word(at, "of", "are", "is", "=", "equal", "to", "from"):
                at += 1
        if name and (step := self._from_to_values(start, at, name)):
            return step
        token = r[at]
        values, end = token.vector, at + 1
        if token.kind == "number" and name:
            values, end = self._plain_list(at)
        elif token.kind != "list":
            return 0
        if token.dimension == "length":
            dim = r.match(end, "dim", "dimfactor")
            name = self._dimension_name(dim) if dim is not None else name or "size"
            end += dim[1] if dim is not None else 0
        if (r.word(at - 1, "from") or r.word(start - 1, "from")) and token.dimension == "length":
            name = "fall"
        if name == "height" and r.word(start - 1, "at", "from"):
            name = "fall"
        name = name or {"mass": "mass", "angle": "tilt", "speed": "speed"}.get(token.dimension, "")
        subjects = self.subjects or self.topic
        if not name or not subjects or len(values) < 2:
            return 0
        ids = give_each(self.draft, subjects, name, values)
        if not ids:
            return 0
        self.subjects = ids
        self.sentence_ids += [one for one in ids if one not in self.sentence_ids]
        end += r.word(end, "respectively", "each")
        r.use(start, end)
        return end - at_first

    def _from_to_values(self, start: int, at: int, name: str) -> int:
        """`masses from 1 to 10 kg`, behind the name: evenly from the first to the last."""
        r = self.r
        at -= r.word(at - 1, "from")
        low = r[at + 1]
        high = r[at + 3]
        groups = [
            one for one in (self.subjects or self.topic) if one != FLOOR and self.draft.scene.thing(one).total > 1
        ]
        between = r.word(at, "from", "between") and r.word(at + 2, "to", "and") and low.kind in ("number", "quantity")
        if not between or high.kind != "quantity" or not groups or not float(high.text):
            return 0
        first = low.value if low.kind == "quantity" else low.value * high.value / float(high.text)
        count = self.draft.scene.thing(groups[-1]).total
        values = tuple(first + (high.value - first) * index / (count - 1) for index in range(count))
        ids = give_each(self.draft, [groups[-1]], name, values)
        if not ids:
            return 0
        self.subjects = ids
        r.use(start, at + 4)
        return at + 4 - start

    def _plain_list(self, at: int) -> tuple[tuple[float, ...], int]:
        """`0.1, 0.2 and 0.5`: numbers without a unit, after the name of a property."""
        found: list[float] = []
        end = at
        while self.r[end].kind == "number":
            found.append(self.r[end].value)
            at = end + 1
            end = at + (self.r[at].kind == "comma")
            end += self.r.word(end, "and")
            if end == at:
                break
        return tuple(found), at

    @staticmethod
    def _dimension_name(dim: tuple[Any, int] | None) -> str:
        if dim is None:
            return "size"
        value = dim[0].value
        return str(value[0]) if isinstance(value, tuple) else str(value)

    def _turned(self, one: int, degrees: float, words: list[str]) -> None:
        one = self._on_ramp(one)
        thing = self.draft.scene.thing(one)
        if thing.kind == "ramp" or self.r.is_cat(0, "slope") or thing.kind in ("pendulum",):
            self.draft.update(one, tilt_deg=degrees if "by" not in words else (thing.tilt_deg or 20.0) + degrees)
        elif self.verb_word == "turn" and not self._tilts():
            self.draft.update(one, yaw_deg=degrees if "to" in words else thing.yaw_deg + degrees)
        else:
            self.draft.update(one, tilt_deg=math.copysign(degrees, thing.tilt_deg or degrees))  # to the same side

    def _tilts(self) -> bool:
        return any(token.text in ("tilt", "incline", "tilted", "inclined") for token in self.r.tokens)

    def _on_ramp(self, one: int) -> int:
        """The ramp that `one` stands on, which is what an angle is about; else itself."""
        for relation in self.draft.scene.thing(one).place:
            for target in relation.targets:
                if relation.kind == "on" and target != FLOOR and self.draft.scene.thing(target).kind == "ramp":
                    return target
        return one

    def _angle(self, degrees: float) -> None:
        for one in map(self._on_ramp, self.subjects):
            thing = self.draft.scene.thing(one)
            motion = thing.motion
            if motion is not None and motion.kind == "moving" and KINDS[thing.kind].sort == "solid" and not thing.place:
                self.draft.move(one, "thrown", angle_deg=degrees)
            elif thing.motion is not None and thing.motion.kind in ("swinging", "thrown"):
                self.draft.move(one, "", angle_deg=degrees)
            elif KINDS[thing.kind].sort == "furniture" and thing.kind != "ramp" and self.verb_word != "turn":
                self.draft.update(one, tilt_deg=degrees)
            else:
                self.draft.update(one, tilt_deg=degrees)

    def tilted(self, at: int) -> int:
        """`tilted by 30 degrees`, `rotated 45 degrees`."""
        r = self.r
        found = r.match(at, "tilted")
        if found is None or not self.subjects or r.word(at - 1, "not", "isn't", "aren't"):
            return 0
        end = at + found[1]
        while r.word(end, "by", "at", "to", "of", "an", "angle", "about"):
            end += 1
        token = r[end]
        if token.kind in ("quantity", "number") and token.dimension in ("angle", ""):
            degrees, end = token.value, end + 1
        else:
            degrees, end = 20.0, at + found[1]
        if self.index is not None and found[0].value == "tilt":
            for one in self.subjects:
                old = self.draft.scene.thing(one).overrides
                self.draft.update(one, overrides=(*old, Override(self.index, tilt_deg=degrees)))
            r.use(at, end)
            return end - at
        for one in self.subjects:
            self.draft.update(one, **({"yaw_deg": degrees} if found[0].value == "yaw" else {"tilt_deg": degrees}))
        r.use(at, end)
        return end - at

    def apart(self, at: int) -> int:
        """`with gaps of 5 cm`, `spaced 10 cm apart`, `with 5 cm between them`."""
        r = self.r
        found = r.match(at, "apart")
        if found is None or not self.subjects:
            return 0
        end = at + found[1]
        while r.word(end, "of", "by", "with"):
            end += 1
        if r[end].kind != "quantity" or r[end].dimension != "length":
            return 0
        for one in self.subjects:
            self.draft.update(one, spacing=r[end].value)
        r.use(at, end + 1)
        return end + 1 - at
