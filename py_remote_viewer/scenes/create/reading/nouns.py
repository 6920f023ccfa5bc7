"""Noun phrases: `two big red wooden boxes`, `the second ball`, `a tower of 10 blocks`, `it`. Reads, and changes nothing."""

from __future__ import annotations

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.lexicon.robot_models import MODELS
from py_remote_viewer.scenes.create.lexicon.words import FILLERS, Noun
from py_remote_viewer.scenes.create.reading.noun_groups import NounGroups
from py_remote_viewer.scenes.create.reading.noun_heads import MODIFIERS, PART_ADJECTIVES
from py_remote_viewer.scenes.create.things.phrase import Phrase
from py_remote_viewer.scenes.create.things.plans import PLANS

_ALSO_VERBS = (
    "slides",
    "slide",
    "swings",
    "swing",
    "stands",
    "stand",
    "balance",
    "bowls",
    "springs",
    "bars",
    "posts",
    "rings",
    "stakes",
    "bridges",
    "drums",
    "sticks",
    "stick",
    "lifts",
    "lift",
    "fans",
    "gears",
    "wheels",
    "cables",
    "rails",
    "nuts",
)
_THINGS_TOO = ("fire", "kick", "toss", "crash", "strike", "bounce", "hit", "shot", "launch")  # behind an article
_WHICH = {"left": 0, "right": -1, "middle": 99, "center": 99, "centre": 99, "top": -1, "bottom": 0}
_POINTING = (
    "remove",
    "delete",
    "paint",
    "colour",
    "color",
    "make",
    "double",
    "halve",
    "take",
    "recolour",
    "on",
    "above",
)
_STATED = ("is", "should", "must", "has", "gets", "becomes", "heavier", "lighter", "bigger", "smaller", "faster")
_COMPOUND = ("castle", "house", "mountain", "square", "ring", "string", "line", "set", "pyramid")


class NounReader(NounGroups):
    """Reads noun phrases from a `Reader`."""

    def read(self, at: int, depth: int = 0) -> Phrase | None:
        """The noun phrase at `at`, or None where none begins. Known words before an unknown noun belong to it."""
        r, phrase = self._r, Phrase(at)
        pron = r.match(at, "pron")
        if pron is not None and self._is_pronoun(at, pron[1]):
            phrase.pron, phrase.end = pron[0].value, at + pron[1]
            return phrase
        start = at
        while at < len(r) and at - start < 40:
            if at > start and r.word(at, "one", "ones") and phrase.det in ("the", "another", "a"):
                phrase.pron, phrase.end = "them" if r.word(at, "ones") else "it", at + 1
                return phrase
            head = self._head(at, phrase, depth)
            if head:
                self._pointed_out(phrase)
                return phrase
            step = self.modifier(at, phrase)
            if step == 0 and phrase.beside and phrase.beside[-1] == at:
                step = self._r.match(at, "noun", "group")[1]  # type: ignore[index]
            if step == 0 and r.word(at, "s") and phrase.beside and phrase.beside[-1] == at - 1:
                step = 1  # `the teacher's desk`
            if step == 0 and self.strange(at) and r[at + 1].text in MODELS:
                phrase.beside.append(at)  # `a Unitree Go2`
                step = 1
            if step == 0 and r[at].text in MODELS and (r[at + 1].text in MODELS or self.head_follows(at + 1)):
                phrase.beside.append(at)  # `a Franka Panda`
                phrase.model, step = r[at].text, 1
            if step == 0 and self.strange(at) and self.head_follows(at + 1):
                phrase.beside.append(at)  # `a lego tower`: the tower is known
                step = 1
            if step == 0:
                break
            at += step
        if at > start and self._ellipsis(at, phrase, depth):
            return phrase
        if phrase.det == "the" and phrase.ordinal is not None and (phrase.count or 0) > 1 and not phrase.colours:
            phrase.pron, phrase.end = "them", at  # `the first two`
            return phrase
        if r[at].text in MODELS and not (phrase.det == "" and self._r.is_cat(at, "noun", "verb", "motion")):
            kind, phrase.noun, parts = MODELS[r[at].text]
            phrase.kind, phrase.parts, phrase.end = kind, parts or None, at + 1
            phrase.beside.append(at)  # something of its kind is built, and the name is told
            return phrase
        if at == start or not self._may_be_unknown(at, phrase):
            return None
        phrase.kind, phrase.noun, phrase.end = "?", r[at].shown, at + 1
        return phrase

    def _pointed_out(self, phrase: Phrase) -> None:
        """`remove the box on the left`, `the ball in the middle is red`: which one, where that is no place to put it."""
        r, end = self._r, phrase.end
        if phrase.det != "the" or phrase.plural or phrase.label or phrase.ordinal is not None:
            return
        placed = r.word(end, "at", "on", "in", "to") and r.word(end + 1, "the")
        which = _WHICH.get(r[end + 2].text) if placed else None
        after = end + 3 + r.word(end + 3, "side")
        if which is None or r.is_cat(after, "of", "noun") or r.word(after, "one", "of", "end"):
            return
        if r.word(phrase.start - 1, *_POINTING) or r.word(after, *_STATED):
            phrase.ordinal, phrase.end = which, after

    def _ellipsis(self, at: int, phrase: Phrase, depth: int) -> bool:
        """`one red, one green and one blue ball`: the noun comes later."""
        r = self._r
        described = phrase.colours or phrase.scales or phrase.changes or phrase.dims
        if (
            depth > 4
            or not described
            or not (phrase.det or phrase.count is not None)
            or not (r[at].kind == "comma" or r.word(at, "and"))
        ):
            return False
        after = at + 1 + (r[at].kind == "comma" and r.word(at + 1, "and"))
        full = self.read(after, depth + 1)
        if (
            full is None
            or full.kind not in KINDS
            or full.label
            or (full.definite and phrase.det != "the")
            or not (full.det or full.count is not None)
        ):
            return False
        phrase.kind, phrase.noun, phrase.given, phrase.end = full.kind, full.noun, full.given, at
        phrase.shared = True
        return True

    def _is_pronoun(self, at: int, length: int) -> bool:
        """`these`, `that`, `all` stand alone, or before a noun."""
        r = self._r
        if r[at].text in ("this", "that", "these", "those", "its", "their", "all", "both", "the") and length <= 2:
            follow = at + length
            if r[at].text in ("this", "that") and r.word(follow, "a", "an", "another") and r.is_cat(at - 1, "rel"):
                return True  # `on that a small box`
            if self.head_follows(follow) or r.is_cat(follow, "det") or (r.is_cat(follow, "property", "dim")):
                return False
            if r[at].text == "that" and (r.is_cat(follow, "link", "motion", "conj") or r.is_cat(follow, "verb")):
                return False
        return True

    def _may_be_unknown(self, at: int, phrase: Phrase) -> bool:
        token = self._r[at]
        if phrase.det in ("a", "the") and token.text in _THINGS_TOO and not self.head_follows(at + 1):
            return True
        if token.kind != "word" or not (phrase.det in ("a", "the", "another") or phrase.count is not None):
            return False
        return (
            not token.text.startswith("'")
            and token.text not in FILLERS
            and not self._r.is_cat(
                at,
                "noun",
                "rel",
                "barerel",
                "motion",
                "conj",
                "link",
                "verb",
                "of",
                "arrange",
                "dim",
                "property",
                "apart",
                "from",
                "part",
                "feature",
                "group",
                "gravity",
                "medium",
                "wind",
                "aerial",
                "floor",
                "factor",
                "times",
                "dir",
                "pace",
                "tilted",
            )
        )

    def _strung(self, at: int) -> bool:
        """Whether what stands before `at` hangs on something: `a weight on a string`, which is no property."""
        r, end = self._r, at + self._r.word(at, "hanging", "suspended", "swinging", "hung")
        end += r.word(end, "on", "from", "by") and 1
        while r.word(end, "a", "an", "the", "long", "short", "thin") or r[end].kind == "quantity":
            end += 1
        return end > at and r.word(end, "rope", "string", "chain", "wire", "cord", "cable", "thread", "spring")

    def _head(self, at: int, phrase: Phrase, depth: int) -> bool:
        r = self._r
        found = r.match(at, "noun", "group", "floor")
        if (
            found is None
            and r.word(at, "mass", "masses", "weight", "weights", "load", "body")
            and (
                "mass" in phrase.changes
                or (phrase.count and phrase.det != "the" and r.word(at, "weights", "masses"))
                or (
                    phrase.det == "a"
                    and r.word(at + 1, "of")
                    and r[at + 2].dimension == "mass"
                    and self._is_a_body(at, phrase)
                )
                or ("weight" in phrase.changes and phrase.det != "the" and r.is_cat(at + 1, "rel", "barerel"))
                or (phrase.det in ("a", "one") and r.word(at, "weight") and self._strung(at + 1))
            )
        ) and (
            not r.is_cat(at + 1, "noun", "of") or r[at + 2].dimension == "mass"
        ):  # `a 5 kg mass`, `masses of 1 and 2 kg`
            phrase.kind, phrase.noun, phrase.end = "box", "weight", at + 1
            phrase.plural = r.word(at, "masses", "weights")
            return True
        if found is None:
            return False
        other = r.match(at, *MODIFIERS)
        ones = other is not None and bool(phrase.det) and r.word(at + other[1], "one", "ones")
        if other is not None and other[1] >= found[1] and (ones or self.head_follows(at + other[1])):
            return False  # `marble` in `a marble ball`, `top` in `the top box`
        entry, length = found
        if (
            length > 1
            and r[at].text in PART_ADJECTIVES
            and phrase.count is not None
            and not r[at + length - 1].text.endswith("s")
        ):
            return False  # `a 3-wheeled robot` is one
        place = r.match(at + 1, "rel", "barerel")
        laid = place is not None and (place[0].cat == "barerel" or r.is_cat(at + 1 + place[1], "pron"))
        owned = r.word(phrase.start - 1, "with", "has", "having", "whose") and not laid
        if r.word(at, "top", "tops") and length == 1 and (phrase.det in ("the", "its") or not phrase.det or owned):
            return False  # `across the top`, `with a red top` are no spinning top
        unmarked = not phrase.det and phrase.count is None and phrase.ordinal is None
        after_that = r.word(at - 1, "that", "which", "who")
        if (
            (unmarked or after_that)
            and at > 0
            and length == 1
            and r[at].text in _ALSO_VERBS
            and (after_that or not r.is_cat(at - 1, "of", "rel", "conj"))
        ):
            return False  # `a block slides`, `a drawer that slides`
        if r.word(at, "train") and unmarked and r.word(at + 1, "a", "an", "the", "it"):
            return False  # `train a policy`
        if r.word(at, "zigzag", "spiral") and self._kind_ahead(at + 1) in ("wall", "corridor", "stairs"):
            return False  # `a zigzag wall`, `a spiral staircase`: how it runs
        as_group = r.match(at, "group")
        after = at + length
        if entry.cat == "group" and r[at].text in _COMPOUND and self._plainly(at, after):
            phrase.beside.append(at)
            return False
        if as_group is not None and as_group[1] == length and (entry.cat == "group" or self._of_many(after, depth)):
            return self._group(at, after, as_group[0].value, phrase, depth)
        if entry.cat == "floor":
            phrase.kind, phrase.end = "floor", after
            return True
        noun: Noun = entry.value
        lined = r.match(after, "group") if noun.kind == "domino" and not noun.plural else None
        if lined is not None:  # `a domino chain of 12`
            element = Phrase(at, after, noun.kind, noun.noun, given=noun.given)
            return self._finish_group(after, after + lined[1], lined[0].value, phrase, element, depth)
        owned = (
            r.word(after, "s") and r.is_cat(after + 1, "noun") and not r.is_cat(after + 1, "property", "dim", "part")
        )
        if owned or (not noun.plural and self._compound(after)):
            phrase.beside.append(at)  # `castle wall`, `coffee table`: the last noun is the head, the first is reported
            return False
        if (
            noun.noun in ("cube", "block", "box")
            and (len(phrase.shape) == 3 or r.is_cat(after, "of"))
            and self._of_many(after, depth)
        ):
            return self._group(at, after, "cube", phrase, depth)  # `a 4 x 4 x 4 cube of blocks`
        follow = r.match(after, "group")
        if follow is not None and not noun.plural and not r.is_cat(after, "of") and KINDS[noun.kind].sort == "solid":
            # `block tower`, `domino row`, `brick wall`: the noun is the element
            element = Phrase(at, after, noun.kind, noun.noun, given=noun.given)
            if phrase.parts is not None:
                element.count = phrase.parts
            return self._finish_group(after, after + follow[1], follow[0].value, phrase, element, depth)
        phrase.kind, phrase.noun, phrase.plural = noun.kind, noun.noun, noun.plural
        if phrase.profile and noun.kind in ("box", "plate", "plank", "brick"):
            phrase.kind = phrase.profile
        if phrase.changes.get("plan") in PLANS:
            phrase.kind = "bent_wall" if noun.kind == "wall" else "corridor"
        if noun.noun == "hoop" and any(token.text.startswith("basketball") for token in r.tokens):
            phrase.kind = "hoop"  # of what it is thrown at
        if noun.noun == "robot" and phrase.model:  # `a Go2 robot` is a dog
            phrase.kind, phrase.noun, parts = MODELS[phrase.model]
            phrase.parts = parts or None
        elif phrase.model and noun.kind == MODELS[phrase.model][0] and phrase.parts is None:
            phrase.parts = MODELS[phrase.model][2] or None  # `a UR5 arm`
        if noun.kind == "maze" and phrase.part == "wall":
            phrase.kind = "wall_maze"
        if noun.kind == "humanoid" and phrase.part == "leg" and phrase.parts == 4:
            phrase.kind, phrase.parts = "quadruped", None
        elif noun.noun == "robot" and phrase.part == "wheel":
            phrase.kind = "car"
        elif noun.noun == "robot" and phrase.part == "leg" and (phrase.parts or 0) > 4:
            phrase.kind = "crawler"  # `a six-legged robot`
        phrase.given, phrase.end = noun.given, after
        label = r[after]
        if label.kind == "word" and label.text.startswith("letter_"):
            phrase.tag, phrase.end = label.shown, after + 1
        elif label.kind == "number" and r[after + 1].shown == ":" and not noun.plural and label.value < 100:
            phrase.tag, phrase.end = label.shown, after + 2  # `ball 1: 1 kg`
            if not phrase.det:
                phrase.det = "a"
        if r.word(at, "people", "students"):
            phrase.plural = True
        return True

    def _is_a_body(self, at: int, phrase: Phrase) -> bool:
        """`a load of 2 kg`, `a mass of 2 kg hanging on …`: a thing, not what another weighs."""
        r = self._r
        if r.word(at, "load"):
            return True
        owned = r.word(phrase.start - 1, "with", "has", "having", "have", "of", "by", "to", "weighing")
        return r.word(at, "mass", "weight") and not owned

    def _plainly(self, at: int, after: int) -> bool:
        """No group of groups: `castle wall` is a wall, `pyramid tower` is none."""
        if self._r.word(at, "castle", "house") and self._r.word(after, "wall", "walls"):
            return True
        return self._compound(after) and not self._r.is_cat(after, "group")

    def _compound(self, after: int) -> bool:
        """Whether another noun follows at once: `car door`, `wine glass`."""
        found = self._r.match(after, "noun")
        if found is None or self._r.is_cat(after, "verb", "motion", "rel", "part", "conj", "ordinal"):
            return False
        if self._r[after].text in _ALSO_VERBS and (
            self._r.is_cat(after + 1, "det") or self._r[after + 1].kind == "number"
        ):
            return False  # `next to the table stands a cylinder`
        other = self._r.match(after, *MODIFIERS)
        return other is None or other[1] < found[1]
