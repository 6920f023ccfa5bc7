"""Parts of machines, described: `pole 0.1 kg and half a metre long`, `whose bob is a red cube`, `links of 20 and 30 cm`."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from py_remote_viewer.scenes.create.bobs import as_part
from py_remote_viewer.scenes.create.description import Override, Thing
from py_remote_viewer.scenes.create.elements import position
from py_remote_viewer.scenes.create.footprints import axles_of, parts_of, segments
from py_remote_viewer.scenes.create.kinds import KINDS
from py_remote_viewer.scenes.create.phrase import Phrase
from py_remote_viewer.scenes.create.singling import Singling

_STRING = frozenset({"rod", "string", "bar", "wire", "cord", "thread", "stick", "rope"})
_LINK = frozenset({"link", "arm", "segment", "section"})
_BOB = frozenset({"bob"})
_PARTS: dict[str, dict[str, frozenset[str]]] = {
    "pendulum": {"rod": _STRING | _LINK, "bob": _BOB | {"ball", "mass", "weight"}},
    "cart_pole": {
        "rod": frozenset({"pole", "rod", "stick", "bar", "pendulum"}),
        "bob": _BOB,
        "cart": frozenset({"cart", "trolley"}),
    },
    "arm": {"rod": _LINK},
    "car": {"wheel": frozenset({"wheel", "tyre", "tire"})},
    "spring": {"bob": _BOB | {"mass", "weight", "block"}},
    "rope": {"bob": _BOB},
    "chain": {"bob": _BOB},
}
_PLURALS = {"masses": "mass"}
_INTRO = ("with", "having", "has", "have", "whose", "where")
_OF = (
    "of", "is", "are", "with", "being", "weighing", "weighs", "weigh", "has", "have", "having", "measuring", "a", "an", "mass", "masses",
    "weight", "weights", "length", "lengths", "that", "be", "should", "=", "each", "made", "from", "in",
)  # fmt: skip
_ENDS = {
    "top": 0,
    "bottom": -1,
    "upper": 0,
    "lower": -1,
    "front": 0,
    "rear": -1,
    "back": -1,
    "hind": -1,
    "inner": 0,
    "outer": -1,
}
_PULLED = (
    "pulled",
    "displaced",
    "deflected",
    "drawn",
    "raised",
    "lifted",
    "held",
    "swung",
    "moved",
    "starts",
    "starting",
)
_SHORTEST_M, _LONGEST_M = 0.02, 10.0


@dataclass(slots=True)
class _Part:
    """One part that words point at: `index` is None for all of them."""

    owner: int
    what: str
    index: int | None
    end: int
    said: Phrase
    word: str


class MachineParts(Singling):
    """Rules for what the parts of a machine are like."""

    part_told = False

    def end_sentence(self) -> None:
        """The next sentence begins without a part."""
        super().end_sentence()
        self.part_told = False

    def part_reference(self, at: int) -> int:
        """`the second link`, then what is said of it."""
        return self.described_part(at) or super().part_reference(at)

    def _property_of(self, at: int) -> int:
        return self.property_of_part(at) or super()._property_of(at)

    def described_part(self, at: int) -> int:
        """`with arms of 30 and 50 cm`, `pole 0.1 kg and half a metre long`, `the bob is red`, `big rear wheels`."""
        start = at
        introduced = self.r.word(at, *_INTRO)
        at += introduced
        part = self._part_at(at, introduced=introduced)
        if part is None:
            return 0
        end = self._description(part)
        if end == part.end and not self._says(part.said):
            return 0
        done = self._give(part)
        if not done:
            return 0
        self.subjects, self.attached, self.part_told = [part.owner], [part.owner], True
        self.index = part.index if self.draft.scene.thing(part.owner).total == 1 else None
        self.edited = self.edited or self.draft.editing
        self.draft.mention([part.owner])
        self.r.use(start, end)
        return end - start

    def property_of_part(self, at: int) -> int:
        """`mass of the cart 1 kg`, `the length of the second link to 40 cm`, `double the mass of the bob`."""
        r, start = self.r, at
        at += r.word(at, "the", "a")
        found = r.match(at, "property", "dim")
        if found is None or not r.word(at + found[1], "of"):
            return 0
        name = found[0].value
        part = self._part_at(at + found[1] + 1, introduced=True)
        if part is None or name not in ("mass", "length", "size", "diameter", "radius", "colour"):
            return 0
        value = part.end
        while r.word(value, "is", "of", "=", "to", "be", "should", "equal", "equals"):
            value += 1
        token, part.said = r[value], Phrase(start)
        factor = self.factor
        if factor is None and self.verb_word in ("grow", "shrink") and token.kind != "quantity":
            factor = 1.5 if self.verb_word == "grow" else 0.67
            value = part.end
        if factor is not None:
            self.factor = None
            self._times(part.said, name, factor)
        elif name == "colour":
            value += self.nouns.adjective(value, part.said)
        elif token.kind == "quantity" and token.dimension == ("mass" if name == "mass" else "length"):
            self._value_of(part.said, name, token.value)
            value += 1
        elif token.kind == "list" and token.dimension == ("mass" if name == "mass" else "length"):
            part.said.lists.append((name, token.vector))
            value += 1
        if not self._says(part.said) or not self._give(part):
            return 0
        self.subjects, self.edited = [part.owner], self.edited or self.draft.editing
        self.attached = [part.owner]
        r.use(start, value)
        return value - start

    def pulled_aside(self, at: int) -> int:
        """`pulled 45 degrees to the left and released`: where what hangs begins."""
        r, end = self.r, at
        if not r.word(at, *_PULLED):
            return 0
        whom = [one for one in (self.attached or self.subjects) if one >= 0]
        thing = self.draft.scene.thing(whom[-1]) if whom else None
        end += 1
        while r.word(
            end, "back", "aside", "out", "up", "by", "at", "to", "of", "an", "angle", "about", "sideways", "from"
        ):
            end += 1
        if (
            thing is None
            or r[end].dimension != "angle"
            or not (thing.kind in ("pendulum", "rope", "chain") or thing.pose == "hanging")
        ):
            return 0
        angle, end, side = r[end].value, end + 1, ""
        while True:
            if (
                r.word(end, "from", "off", "of")
                and r.word(end + 1, "the", "vertical")
                and r.word(end + 1 + r.word(end + 1, "the"), "vertical")
            ):
                end += 2 + r.word(end + 1, "the")
            elif not side and (found := r.match(end, "dir")) is not None and found[0].value in ("left", "right"):
                side, end = found[0].value, end + found[1]
            elif not side and r.word(end, "to") and r.word(end + 1, "one") and r.word(end + 2, "side"):
                end += 3
            else:
                break
        if r.word(end, "and") and r.word(end + 1, "then", "released", "dropped", "let"):
            after = end + 1 + r.word(end + 1, "then")
            if r.word(after, "released", "dropped") or (r.word(after, "let") and r.word(after + 1, "go", "loose")):
                end = after + 1 + r.word(after, "let")
        angle = -angle if side == "left" else angle
        if thing.pose == "hanging":
            self.draft.move(thing.id, "swinging", angle_deg=angle)
        else:
            self.draft.update(thing.id, tilt_deg=angle)
        r.use(at, end)
        return end - at

    # --- which part -------------------------------------------------------------------------------------------------------

    def _part_at(self, at: int, *, introduced: bool) -> _Part | None:
        r, phrase, start = self.r, Phrase(at), at
        before = r[at - 1]
        loose = (
            introduced
            or before.kind in ("comma", "stop")
            or r.word(at - 1, "and", "make", "paint", "colour", "color", "but")
        )
        goes_on = self.part_told and (before.kind == "comma" or r.word(at - 1, "and"))
        loose = loose or r.word(at, "the", "its", "their", "each", "both")
        if not loose:
            return None
        index: int | None = None
        pointed = False
        while at - start < 8:
            for owner in reversed([one for one in self.draft.mentions if self.draft.scene.has(one)]):
                if (what := self._names_part(at, owner, phrase)) and (
                    introduced or pointed or phrase.det != "a" or (goes_on and self._no_thing(at))
                ):
                    return self._chosen(at, owner, what, index if pointed else phrase.ordinal, phrase)
            if r.word(at, "its", "their"):
                phrase.det = "the"
                at += 1
            elif r[at].text in _ENDS and r[at].kind == "word":
                index, pointed = _ENDS[r[at].text], True
                at += 1
            elif (ordinal := r.match(at, "ordinal")) is not None:
                phrase.ordinal = ordinal[0].value
                at += ordinal[1]
            elif (step := self.nouns.modifier(at, phrase)) > 0:
                at += step
            else:
                return None
        return None

    def _names_part(self, at: int, owner: int, phrase: Phrase) -> str:
        thing = self.draft.scene.thing(owner)
        word = self.r[at].text
        single = _PLURALS.get(word, word.removesuffix("s"))
        if self.r[at].kind != "word":
            return ""
        found = next((what for what, words in _PARTS.get(thing.kind, {}).items() if single in words), "")
        if not found:
            return ""
        if (
            single in ("mass", "weight", "ball", "block")
            and word == single
            and phrase.ordinal is None
            and phrase.det != "the"
        ):
            return ""  # a property, or a thing of its own
        if single in ("mass", "weight") and self.r.word(at + 1, "of") and not word.endswith("s"):
            return ""
        noun = self.r.match(at, "noun")
        if noun is not None and noun[1] > 1:
            return ""  # `pendulum wave`
        return found

    def _no_thing(self, at: int) -> bool:
        """Whether the word is only ever a part, or is one on carts: so `and a bob` goes on with the same machine."""
        return self.r.word(at, "pole", "cart") or not self.r.is_cat(at, "noun")

    def _chosen(self, at: int, owner: int, what: str, index: int | None, phrase: Phrase) -> _Part:
        thing = self.draft.scene.thing(owner)
        word = self.r[at].text
        plural = word.endswith("s") or phrase.each or (phrase.count or 1) > 1
        if index is None and not plural and parts_of(thing) > 1 and what == "bob":
            index = -1
        if index is None and not plural and parts_of(thing) == 1:
            index = 0
        return _Part(owner, what, index, at + 1, phrase, word)

    # --- what is said of it -----------------------------------------------------------------------------------------------

    def _description(self, part: _Part) -> int:
        """Read on behind the noun; where that ends."""
        r, at, end = self.r, part.end, part.end
        while at - part.end < 24:
            token = r[at]
            if token.kind == "quantity" and token.dimension in ("mass", "length"):
                dim = r.match(at + 1, "dim")
                name = "mass" if token.dimension == "mass" else dim[0].value if dim is not None else ""
                self._value_of(part.said, name or ("length" if part.what == "rod" else "size"), token.value)
                at = end = at + 1 + (dim[1] if dim is not None else 0) + r.word(at + 1, "heavy")
            elif token.kind == "list" and token.dimension in ("mass", "length"):
                part.said.lists.append((token.dimension, token.vector))
                dim = r.match(at + 1, "dim")
                at = end = at + 1 + (dim[1] if dim is not None else 0)
            elif (step := self._bob_noun(at, part)) > 0 or (step := self._comparative(at, part)) > 0:
                at = end = at + step
            elif r.is_cat(at, "dim", "property") and r.match(at, "dim", "property")[0].value in ("diameter", "radius"):  # type: ignore[index]
                value = at + 1 + r.word(at + 1, "of", "is", "=")
                if r[value].dimension != "length":
                    break
                self._value_of(part.said, r.match(at, "dim")[0].value, r[value].value)  # type: ignore[index]
                at = end = value + 1
            elif r.word(at, *_OF):
                at += 1
            elif r.is_cat(at, "colour", "shade", "material", "size", "weight", "degree", "dimfactor") and (
                step := self.nouns.adjective(at, part.said)
            ):
                at = end = at + step
            elif (r.word(at, "and") or token.kind == "comma") and end == at and self._goes_on(at + 1, part):
                at += 1
            else:
                break
        return end

    def _goes_on(self, at: int, part: _Part) -> bool:
        """Whether behind `and` or a comma comes one more figure of the same part, and no noun."""
        r = self.r
        at += r.word(at, "is", "a", "has", "weighs", "with")
        at += r.word(at, "mass", "length", "radius", "diameter")
        at += r.word(at, "of")
        if r[at].kind != "quantity" or r[at].dimension not in ("mass", "length"):
            return False
        follow = at + 1
        dim = r.match(follow, "dim")
        follow += dim[1] if dim is not None else r.word(follow, "heavy")
        return r[follow].kind in ("comma", "stop") or r.word(follow, "and")

    def _bob_noun(self, at: int, part: _Part) -> int:
        """`whose bob is a 2 kg red cube`."""
        if part.what != "bob" or not self.r.word(at - 1, "is", "are", "be"):
            return 0
        phrase = self.nouns.read(at)
        if phrase is None or phrase.kind not in KINDS or KINDS[phrase.kind].sort != "solid" or phrase.definite:
            return 0
        (made, *_) = self.create(phrase)
        own = as_part(self.draft.scene.thing(made))
        self.draft.remove([made])
        owner = self.draft.scene.thing(part.owner)
        index = -1 if part.index is None else part.index
        self.draft.update(part.owner, bob=phrase.kind, overrides=(*owner.overrides, replace(own, index=index)))
        part.said.given["done"] = True
        return phrase.end - at

    def _comparative(self, at: int, part: _Part) -> int:
        """`twice as long as the upper one`, `3 times heavier`, `longer`."""
        r = self.r
        factor, end = self._factor(at)
        if end == at:
            return 0
        while r.word(end, "as", "the", "its", "more"):
            end += 1
        named = self._compared(end)
        if named is None or named[0] not in ("mass", "length", "size_all", "size", "height"):
            return 0
        name, inverse, length = named
        self._times(part.said, "length" if name == "height" else name, 1 / factor if inverse and factor else factor)
        end += length
        if r.word(end, "as", "than", "of"):
            other = self._part_at(end + 1, introduced=True)
            tail = end + 1 + r.word(end + 1, "the")
            if other is not None:
                end = other.end
            elif r[tail].text in (*_ENDS, "first", "second", "other", "last") and r.word(tail + 1, "one", "ones"):
                end = tail + 2
            elif r.word(end + 1, "before", "now"):
                end += 2
        return end - at

    @staticmethod
    def _times(said: Phrase, name: str, factor: float) -> None:
        if name == "mass":
            said.changes["weight"] = said.changes.get("weight", 1.0) * factor
        else:
            key = "length" if name == "length" else "all"
            said.scales[key] = said.scales.get(key, 1.0) * factor

    @staticmethod
    def _value_of(said: Phrase, name: str, value: float) -> None:
        if name == "mass":
            said.changes["mass"] = value
        else:
            said.dims[name] = 2 * value if name == "radius" else value

    @staticmethod
    def _says(said: Phrase) -> bool:
        return bool(said.changes or said.dims or said.lists or said.colours or said.scales or said.given)

    # --- giving it to the machine -------------------------------------------------------------------------------------------

    def _give(self, part: _Part) -> bool:
        """Put what was said into the description; False where such a part cannot be so."""
        said, thing = part.said, self.draft.scene.thing(part.owner)
        if set(said.changes) - {"mass", "weight", "material"} or set(said.scales) - {"all", "length", "height"}:
            return False
        if part.what == "cart":
            return self._give_cart(part, thing)
        if said.lists:
            return self._give_lists(part, thing)
        if (said.count or 1) > 1 and part.what != "wheel":
            least, most = KINDS[thing.kind].parts[1:]
            parts = said.count + (thing.kind == "arm") if thing.parts is None else thing.parts
            if parts is None or not least <= parts <= most:
                return False
            self.draft.update(thing.id, parts=parts)
            thing = self.draft.scene.thing(part.owner)
        n = parts_of(thing)
        if part.what == "wheel":
            n = axles_of(thing)
        first = 1 if thing.kind == "arm" and part.what == "rod" else 0
        indices = list(range(first, n)) if part.index is None else [position(part.index, n)]
        if thing.kind == "arm" and part.index is not None and part.index >= 0:
            indices = [min(n - 1, part.index + 1)]
        if said.given and not (said.changes or said.dims or said.colours or said.scales):
            return True
        own = [made for index in indices if (made := self._own(part, thing, index)) is not None]
        if len(own) != len(indices):
            return False
        self._store(thing, own)
        return True

    def _give_cart(self, part: _Part, thing: Thing) -> bool:
        said = part.said
        if said.dims or said.scales:
            return False
        changes: dict[str, object] = {}
        if "mass" in said.changes:
            changes["mass"] = said.changes["mass"]
        if "weight" in said.changes:
            changes["mass"] = (thing.mass or 1.0) * said.changes["weight"]
        if said.colours:
            changes["colours"] = tuple(said.colours[:1])
        if "material" in said.changes:
            changes["material"] = said.changes["material"]
        self.draft.update(thing.id, **changes)
        return True

    def _give_lists(self, part: _Part, thing: Thing) -> bool:
        """One value for each link, in order from where it is held."""
        count = len(part.said.lists[0][1])
        parts = thing.parts
        if thing.kind not in ("pendulum", "cart_pole", "arm", "spring") or part.what not in ("rod", "bob"):
            return False
        if parts is None:
            parts = count + (thing.kind == "arm")
            self.draft.update(thing.id, parts=parts)
        skipped = parts - count
        if skipped != 0 and not (thing.kind == "arm" and skipped == 1):
            return False
        thing = self.draft.scene.thing(thing.id)
        own = []
        for dimension, values in part.said.lists:
            for index, value in enumerate(values):
                one = Phrase(0, changes={"mass": value} if dimension == "mass" else {})
                if dimension != "mass":
                    one.dims["length" if part.what == "rod" else "size"] = value
                made = self._own(replace(part, said=one), thing, index + skipped)
                if made is None:
                    return False
                own.append(made)
        self._store(thing, own)
        return True

    def _own(self, part: _Part, thing: Thing, index: int) -> Override | None:
        """What is said of part `index`; None where it cannot be built."""
        said = part.said
        mass, weight = said.changes.get("mass"), said.changes.get("weight", 1.0)
        made = Override(index, colour=said.colours[0] if said.colours else None, material=said.changes.get("material"))
        if part.what == "rod":
            length = said.dims.get("length", said.dims.get("size", said.dims.get("height")))
            factor = said.scales.get("length", said.scales.get("all", said.scales.get("height")))
            if set(said.dims) - {"length", "size", "height"} or (thing.kind == "pendulum" and weight != 1.0):
                return None
            if length is None and factor is not None:
                length = factor * segments(thing)[index]
            if length is not None and not _SHORTEST_M <= length <= _LONGEST_M:
                return None
            if thing.kind == "arm":
                return replace(made, length=length, mass=mass, weight=weight)
            rod = mass if mass is not None else 0.32 * weight if weight != 1.0 else None
            return replace(made, length=length, rod_mass=rod)
        across = said.dims.get("size", said.dims.get("diameter", said.dims.get("radius")))
        if set(said.dims) - {"size", "diameter", "radius"} or "length" in said.scales:
            return None
        if part.what == "wheel" and (mass is not None or weight != 1.0 or made.material):
            return None
        return replace(made, mass=mass, weight=weight, scale=said.scales.get("all", 1.0), size=across)

    def _store(self, thing: Thing, own: list[Override]) -> None:
        overrides = _merged((*thing.overrides, *own), parts_of(thing))
        changes: dict[str, object] = {"overrides": overrides}
        made = replace(thing, overrides=overrides)
        if any(one.length is not None for one in own):
            lengths = segments(made)
            total = sum(lengths[1:]) if thing.kind == "arm" and all(one.index for one in own) else sum(lengths)
            kept = [(name, value) for name, value in thing.dims if name not in ("length", "height")]
            changes["dims"] = tuple(sorted([*kept, ("length", total)]))
            if len(own) < len(lengths):  # those that nothing was said of stay as long as they were
                first = 1 if thing.kind == "arm" and not any(one.index == 0 for one in own) else 0
                fixed = [Override(index, length=length) for index, length in enumerate(lengths) if index >= first]
                changes["overrides"] = _merged((*thing.overrides, *fixed, *own), parts_of(thing))
        self.draft.update(thing.id, **changes)


def _merged(overrides: tuple[Override, ...], n: int) -> tuple[Override, ...]:
    """One for each part: what was said later holds, factors multiply."""
    found: dict[int, Override] = {}
    for one in overrides:
        index = position(one.index, n)
        old = found.get(index)
        if old is None:
            found[index] = replace(one, index=index)
            continue
        said = {
            field.name: getattr(one, field.name) for field in fields(Override) if getattr(one, field.name) is not None
        }
        said |= {"index": index, "scale": old.scale * one.scale}
        said["weight"] = one.weight if one.mass is not None else old.weight * one.weight
        if one.colour and not one.material:
            said["material"] = old.material
        found[index] = replace(old, **said)
    return tuple(found.values())
