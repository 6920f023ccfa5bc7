"""Which part of a machine words point at, and what they say of it: `the lower arm twice as long as the upper one`."""

from __future__ import annotations

from dataclasses import dataclass, replace

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.rules.pulley_rules import PulleyRules
from py_remote_viewer.scenes.create.things.bobs import as_part
from py_remote_viewer.scenes.create.things.footprints import parts_of
from py_remote_viewer.scenes.create.things.phrase import Phrase

_STRING = frozenset({"rod", "string", "bar", "wire", "cord", "thread", "stick", "rope"})
_LINK = frozenset({"link", "arm", "segment", "section"})
_BOB = frozenset({"bob"})
_LOADS = frozenset({"mass", "weight", "block", "load", "ball"})
_PARTS: dict[str, dict[str, frozenset[str]]] = {
    "pendulum": {"rod": _STRING | _LINK, "bob": _BOB | {"ball", "mass", "weight"}},
    "cart_pole": {
        "rod": frozenset({"pole", "rod", "stick", "bar", "pendulum"}),
        "bob": _BOB,
        "cart": frozenset({"cart", "trolley"}),
    },
    "arm": {"rod": _LINK - {"arm"}},
    "cradle": {"bob": frozenset({"ball", "sphere", "bob"})},
    "pulley": {"bob": frozenset({"weight", "mass", "block", "load", "box"})},
    "table": {"leg": frozenset({"leg"})},
    "rotor": {"blade": frozenset({"blade", "vane", "sail"})},
    "seesaw": {"plank": frozenset({"plank", "board", "beam"})},
    "catapult": {"plank": frozenset({"arm", "beam"}), "bob": frozenset({"counterweight"})},
    "swing_set": {"bob": frozenset({"seat", "board"})},
    "gyroscope": {"body": frozenset({"wheel", "rotor", "flywheel", "disc", "disk"})},
    "top": {"body": frozenset({"disc", "disk", "body"})},
    "car": {"wheel": frozenset({"wheel", "tyre", "tire"})},
    "spring": {"bob": _BOB | _LOADS},
    "rope": {"bob": _BOB | _LOADS, "rod": frozenset({"link", "segment"})},
    "chain": {"bob": _BOB | _LOADS, "rod": frozenset({"link", "segment"})},
}
_PLURALS = {"masses": "mass"}
INTRO = ("with", "having", "has", "have", "whose", "where")
_OF = (
    "of", "is", "are", "with", "being", "weighing", "weighs", "weigh", "has", "have", "having", "measuring", "a", "an",
    "mass", "masses",
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


@dataclass(slots=True)
class Part:
    """One part that words point at: `index` is None for all of them."""

    owner: int
    what: str
    index: int | None
    end: int
    said: Phrase
    word: str


class PartWords(PulleyRules):
    """Reading of parts; nothing of it has happened yet, but for a bob that is a thing of its own."""

    part_told = False
    told_what = ""
    part_now: Part | None = None  # the single part that was spoken of last, in this sentence

    def end_sentence(self) -> None:
        """The next sentence begins without a part."""
        super().end_sentence()
        self.part_told, self.part_now = False, None

    # --- which part -------------------------------------------------------------------------------------------------------

    def _part_at(self, at: int, *, introduced: bool) -> Part | None:
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
            elif r.word(at, "massless", "weightless", "rigid", "inextensible", "light") and phrase.det:
                if r.word(at, "massless", "weightless"):
                    phrase.changes["mass"] = 0.0
                at += 1
            elif r[at].text in _ENDS and r[at].kind == "word":
                index, pointed = _ENDS[r[at].text], True
                phrase.ordinal = index
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
        single = _PLURALS.get(word, word if word == "mass" else word.removesuffix("s"))
        if self.r[at].kind != "word":
            return ""
        found = next((what for what, words in _PARTS.get(thing.kind, {}).items() if single in words), "")
        if not found and single == "pole" and thing.kind == "car" and thing.noun in ("cart", "trolley"):
            return "rod"  # a cart with a pole is a cart pole
        if not found and single == "one" and self.part_told and (phrase.ordinal is not None or phrase.det == "the"):
            return self.told_what  # `the first link …, the second one …`
        if not found:
            return ""
        if thing.kind == "pulley" and not self._on_a_side(at):
            return ""
        around = self.r.is_cat(at + 1, "rel") and self.r.word(at + 1, "around", "next", "beside", "near", "behind")
        if (thing.kind == "seesaw" and self.r.is_cat(at + 1, "rel", "barerel")) or (around and single in _LOADS):
            return ""
        if (
            thing.kind != "pulley"
            and single in _LOADS
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

    def _on_a_side(self, at: int) -> bool:
        return self.r.word(at + 1, "on") and any(self.r.word(at + ahead, "left", "right", "other") for ahead in (3, 4))

    def _no_thing(self, at: int) -> bool:
        """Whether the word is only ever a part, or is one on carts: so `and a bob` goes on with the same machine."""
        if self.told_what == "rod" and self.r.word(at, "ball", "block", "sphere", "mass", "weight"):
            return True
        if self.told_what == "bob" and self._on_a_side(at):
            return True
        return not self.r.word(
            at, "ball", "balls", "arm", "arms", "block", "blocks", "link", "links"
        ) or not self.r.is_cat(at, "noun")

    def _chosen(self, at: int, owner: int, what: str, index: int | None, phrase: Phrase) -> Part:
        thing = self.draft.scene.thing(owner)
        word = self.r[at].text
        plural = word.endswith("s") or phrase.each or (phrase.count or 1) > 1
        if index is None and not plural and parts_of(thing) > 1 and what == "bob":
            index = -1
        if index is None and not plural and parts_of(thing) == 1:
            index = 0
        if thing.kind == "pulley":
            side = next((ahead for ahead in (3, 4) if self.r.word(at + ahead, "left", "right", "other")), 0)
            index, end = (0 if self.r.word(at + side, "left") else 1), at + side + 1
            end += self.r.word(end, "side", "end")
            return Part(owner, what, index, end, phrase, word)
        return Part(owner, what, index, at + 1, phrase, word)

    # --- what is said of it -----------------------------------------------------------------------------------------------

    def _description(self, part: Part) -> int:
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
            elif r.word(at, "each", "apiece") and end == at > part.end:
                at = end = at + 1
            elif (
                r.word(at, *_OF)
                or (r.word(at, "different", "unequal") and r.word(at + 1, "lengths", "masses", "sizes"))
                or (token.kind == "comma" and at - part.end <= 4 and r[at + 1].kind == "list")
            ):
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

    def _goes_on(self, at: int, part: Part) -> bool:
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

    def _bob_noun(self, at: int, part: Part) -> int:
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

    def _comparative(self, at: int, part: Part) -> int:
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
