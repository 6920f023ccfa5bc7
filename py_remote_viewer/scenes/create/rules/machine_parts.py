"""Parts of machines, described: `pole 0.1 kg and half a metre long`, `whose bob is a red cube`, `links of 20 and 30 cm`."""

from __future__ import annotations

from dataclasses import replace

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.rules.link_rules import LinkRules
from py_remote_viewer.scenes.create.rules.part_giving import merged
from py_remote_viewer.scenes.create.rules.part_words import INTRO, Part
from py_remote_viewer.scenes.create.things.bobs import as_part
from py_remote_viewer.scenes.create.things.footprints import parts_of
from py_remote_viewer.scenes.create.things.phrase import Phrase


class MachineParts(LinkRules):
    """Rules for what the parts of a machine are like."""

    def part_reference(self, at: int) -> int:
        """`the second link`, then what is said of it."""
        if step := self.described_part(at):
            return step
        phrase = self.nouns.read(at) if self.r.word(at, "the", "its") else None
        machine = phrase is not None and phrase.kind in KINDS and KINDS[phrase.kind].sort == "machine"
        if machine and phrase is not None and phrase.definite and self.draft.resolve(phrase):
            return 0  # `the arm` where there is an arm: all of it
        return super().part_reference(at)

    def _property_of(self, at: int) -> int:
        return self.property_of_part(at) or super()._property_of(at)

    def described_part(self, at: int) -> int:
        """`with arms of 30 and 50 cm`, `pole 0.1 kg and half a metre long`, `the bob is red`, `big rear wheels`."""
        start = at
        introduced = self.r.word(at, *INTRO)
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
        self.part_now = part if part.index is not None else None
        self.subjects, self.attached, self.part_told, self.told_what = [part.owner], [part.owner], True, part.what
        self.index = part.index if self.draft.scene.thing(part.owner).total == 1 else None
        self.edited = self.edited or self.draft.editing
        if part.what == "plank":
            self.carried_by, self.related_since = (part.owner, "with"), True
        self.draft.mention([part.owner])
        self.r.use(start, end)
        return end - start

    def property_of_part(self, at: int) -> int:
        """`mass of the cart 1 kg`, `the length of the second link to 40 cm`, `double the mass of the bob`."""
        r, start = self.r, at
        at += r.word(at, "the", "a")
        now = self.part_now if r.word(start, "its", "their") else None
        at += now is not None
        found = r.match(at, "property", "dim")
        if found is None or (now is None and not r.word(at + found[1], "of")):
            return 0
        name = found[0].value
        part = self._part_at(at + found[1] + 1, introduced=True) if now is None else replace(now, end=at + found[1])
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

    def _with_thing(self, at: int, phrase: Phrase, how: str) -> int:
        """`with a ball at the end of a 1.5 m rod`: the rod is that of the pendulum that got this bob."""
        step = super()._with_thing(at, phrase, how)
        end = at + step
        if not step or not self.r.word(end - 1, "of", "from"):
            return step
        part = self._part_at(end, introduced=True)
        if part is None or part.what != "rod" or part.owner not in self.subjects:
            return step
        after = self._description(part)
        if self._says(part.said) and not self._give(part):
            return step
        self.r.use(end, after)
        return after - at

    def _take_part(self, start: int, end: int, part: str, phrase: Phrase) -> int:
        step = super()._take_part(start, end, part, phrase)
        if step and part in ("wheel", "link", "pole", "bob"):
            self.part_told, self.told_what = True, {"wheel": "wheel", "bob": "bob"}.get(part, "rod")
        return step

    def on_a_cart(self, at: int) -> int:
        """`an inverted pendulum with a 1.5 m pole on a 3 kg cart`: its own cart."""
        owner = next(
            (one for one in (*self.attached[-1:], *self.subjects[-1:]) if self._kind_of(one) == "cart_pole"), None
        )
        phrase = self.nouns.read(at + 1) if owner is not None and self.r.word(at, "on") else None
        if (
            phrase is None
            or owner is None
            or phrase.noun not in ("cart", "trolley")
            or phrase.definite
            or (phrase.count or 1) > 1
        ):
            return 0
        part = Part(owner, "cart", 0, phrase.end, replace(phrase, count=None), "cart")
        if self._says(phrase) and not self._give(part):
            return 0
        self.r.use(at, phrase.end)
        return phrase.end - at

    def bob_at_the_end(self, at: int) -> int:
        """`a rod of 0.5 kg and a disc of 2 kg at the end`: the bob of the same pendulum."""
        r = self.r
        owner = self.subjects[-1] if self.part_told and self.subjects else None
        phrase = self.nouns.read(at) if owner is not None and self._kind_of(owner) == "pendulum" else None
        if (
            phrase is None
            or owner is None
            or phrase.kind not in KINDS
            or KINDS[phrase.kind].sort != "solid"
            or phrase.definite
        ):
            return 0
        end = phrase.end
        if r.word(end, "of", "weighing") and r[end + 1].dimension == "mass":
            phrase.changes["mass"] = r[end + 1].value
            end += 2
        where = r.match(end, "barerel")
        if where is None or where[0].value != "end" or (phrase.count or 1) > 1:
            return 0
        (made, *_) = self.create(phrase)
        own = as_part(self.draft.scene.thing(made))
        self.draft.remove([made])
        thing = self.draft.scene.thing(owner)
        self.draft.update(owner, bob=phrase.kind, overrides=merged((*thing.overrides, own), parts_of(thing)))
        self.subjects, self.attached = [owner], [owner]
        r.use(at, end + where[1])
        return end + where[1] - at

    def a_property(self, at: int) -> int:
        """`and a spring constant of 15 N/m`: no spring."""
        r = self.r
        found, noun = r.match(at + 1, "property"), r.match(at + 1, "noun")
        if not r.word(at, "a", "an") or found is None or found[1] < 2 or noun is None or noun[1] >= found[1]:
            return 0
        step = self.property_phrase(at + 1)
        if step:
            r.use(at, at + 1)
        return 1 + step if step else 0

    def end_of_a_rod(self, at: int) -> int:
        """`2 kg at the end of a massless rod`: the rod of the pendulum that it is the bob of."""
        r = self.r
        ended = r.word(at, "at", "on") and r.word(at + 1, "the") and r.word(at + 2, "end") and r.word(at + 3, "of")
        if not ended and not r.word(at, "on", "from"):
            return 0
        part = self._part_at(at + (4 if ended else 1), introduced=True)
        if part is None or part.what != "rod" or part.owner not in (*self.subjects, *self.attached):
            return 0
        if self._kind_of(part.owner) != "pendulum":
            return 0
        end = self._description(part)
        if self._says(part.said) and not self._give(part):
            return 0
        r.use(at, end)
        return end - at
