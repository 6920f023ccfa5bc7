"""What words point at in a scene: `the red box`, `it`, `them`, `the other`, by what was mentioned last."""

from __future__ import annotations

from dataclasses import replace

from py_remote_viewer.errors import SceneInvalid
from py_remote_viewer.scenes.create.lexicon.materials import VARIOUS
from py_remote_viewer.scenes.create.things.describe import short_name
from py_remote_viewer.scenes.create.things.description import FLOOR, Scene, Thing
from py_remote_viewer.scenes.create.things.elements import alike, position
from py_remote_viewer.scenes.create.things.matter import mass_of
from py_remote_viewer.scenes.create.things.phrase import Phrase
from py_remote_viewer.scenes.create.things.sizes import dims_of

_SHAPES = {
    "ring": "circle",
    "circle": "circle",
    "row": "row",
    "line": "row",
    "grid": "grid",
    "triangle": "triangle",
    "stack": "stack",
    "tower": "stack",
}


class Naming:
    """Look-ups; the state belongs to `Draft`."""

    scene: Scene
    before: Scene
    old_ids: frozenset[int]
    mentions: list[int]
    last_group: list[int]
    last_many: list[int]
    focus: list[int]
    named: set[int]
    ordinals: dict[int, int]  # of things that were called the first, the left
    pointed: dict[int, list[int]]

    def resolve(self, phrase: Phrase, exclude: tuple[int, ...] = ()) -> list[int]:
        """Ids of what a pronoun or a definite noun phrase points at; empty when there is none."""
        if phrase.end > phrase.start and (pointed := self.pointed.get(phrase.start)):
            phrase.ordinal = None
            return [one for one in pointed if self.scene.has(one)]
        if phrase.level and (one := self._at_level(phrase, exclude)):
            return one
        described = bool(phrase.colours or phrase.scales or phrase.changes)
        if phrase.ordinal is not None and (apart := self._nth_apart(phrase, exclude)):
            phrase.ordinal = None
            return apart
        if phrase.pron and described:  # `the black one`
            if set(phrase.scales) & {"height", "length", "width"} and (most := self._extreme(phrase, exclude)):
                return most
            things = [thing for thing in self._by_mention() if thing.id not in exclude]
            like = [thing.id for thing in things if described_as(thing, phrase)]
            if phrase.pron != "them" or not like:
                one = self._one_of(things, phrase) or (like if phrase.pron == "them" else like[-1:])
                return one or self._extreme(phrase, exclude)
            return like
        if phrase.pron:
            many = [thing.id for thing in self._by_mention() if thing.total > 1 and thing.id not in exclude]
            if phrase.ordinal is not None and many:  # `the right one`, of a group
                return many[-1:]
            return self._pronoun(phrase.pron, exclude)
        if phrase.kind == "floor":
            return [FLOOR]
        found = [thing for thing in self._by_mention() if fits(thing, phrase) and thing.id not in exclude]
        single = phrase.ordinal is not None and len(found) == 1 and found[0].total == 1
        if single and self.ordinals.get(found[0].id) not in (None, phrase.ordinal):
            return []  # `the left bin`, and now `the right bin`
        if not phrase.plural and not phrase.each:
            named = replace(phrase, colours=[], changes={}, scales={})
            near = [thing for thing in self._by_mention() if thing.id not in exclude and fits(thing, named)]
            if one := self._one_of(near, phrase):
                return one
        if not found and phrase.det == "the" and phrase.noun == "robot":
            found = [thing for thing in self._by_mention() if thing.kind == "arm"]  # `look at the robot`
        if not found and phrase.det == "the" and (whole := self._arranged(phrase)):
            return whole
        if not found:
            return self._extreme(phrase, exclude) if phrase.det == "the" and not phrase.plural else []
        if phrase.plural or phrase.each:
            return [thing.id for thing in sorted(found, key=lambda thing: thing.id)]
        alone = sorted((thing for thing in found if thing.label and thing.groups == 1), key=lambda thing: thing.id)
        if phrase.label and phrase.ordinal is not None and len(alone) == len(found) > 1:
            which = position(phrase.ordinal, len(alone))  # `the left tower`, of two that stand side by side
            phrase.ordinal = None
            return [alone[which].id] if 0 <= which < len(alone) else []
        exact = [
            thing for thing in found if phrase.noun in (thing.noun, thing.label) or thing.label == phrase.label != ""
        ]
        several = [thing for thing in exact or found if phrase.ordinal is not None and thing.total > 1]
        return [(several or exact or found)[-1].id]

    def _nth_apart(self, phrase: Phrase, exclude: tuple[int, ...]) -> list[int]:
        """`the left one`, `the second ball`, where they are things of their own: by their order."""
        if phrase.colours or phrase.changes or phrase.scales or phrase.plural or phrase.label or not self.old_ids:
            return []
        there = [thing for thing in self._by_mention() if thing.id not in exclude]
        last = there[-1] if there else None
        alike = [
            thing
            for thing in there
            if last is not None and (thing.kind == last.kind if phrase.pron else fits(thing, phrase))
        ]
        if phrase.pron and len(alike) == 1 and len(there) == len(self.scene.things):
            alike = there  # `the first one` of a box, a ball and a can
        if len(alike) < 2 or any(thing.total > 1 for thing in alike) or phrase.ordinal is None:
            return []
        along = sorted(alike, key=lambda thing: (self._side(thing), thing.id))
        if phrase.count is not None and 1 < phrase.count < len(along) and phrase.ordinal in (0, -1):
            some = along[: phrase.count] if phrase.ordinal == 0 else along[-phrase.count :]
            return [thing.id for thing in some]
        which = position(phrase.ordinal, len(along))
        return [along[which].id] if 0 <= which < len(along) else []

    def _at_level(self, phrase: Phrase, exclude: tuple[int, ...]) -> list[int]:
        """`the lower box`, `the top one`: by what stands on what; of a stack, the element goes into `phrase.ordinal`."""
        plain = replace(phrase, scales={}, ordinal=None)
        there = [thing for thing in self._by_mention() if thing.id not in exclude]
        if not phrase.pron:
            there = [thing for thing in there if fits(thing, plain)]
        elif there and not there[-1].total > 1:
            there = [thing for thing in there if thing.kind == there[-1].kind] if len(there) > 2 else there
        if not there or phrase.plural:
            return []
        if there[-1].total > 1:
            if there[-1].arrange not in ("stack", "pyramid"):
                return []
            phrase.ordinal, phrase.scales = -1 if phrase.level == "top" else 0, {}
            return [there[-1].id]
        storeys = {thing.id: self._storey(thing) for thing in there if thing.total == 1}
        wanted = max(storeys.values()) if phrase.level == "top" else min(storeys.values())
        found = [one for one, storey in storeys.items() if storey == wanted]
        if len(found) != 1 or len(storeys) < 2:
            return []
        phrase.ordinal, phrase.scales = None, {}
        return found

    def the_other(self, phrase: Phrase) -> list[int]:
        """`the other ball`, in a follow-up: of those there are the one that was not spoken of last."""
        plain = replace(phrase, count=None, det="the")
        alike = [thing.id for thing in self._by_mention() if fits(thing, plain) and thing.id in self.old_ids]
        return alike[:1] if len(alike) == 2 else []

    def _storey(self, thing: Thing, most: int = 20) -> int:
        """How many things are below it, one on the other."""
        below = [one for place in thing.place if place.kind in ("on", "above") for one in place.targets if one != FLOOR]
        below = [one for one in below if self.scene.has(one)]
        return 1 + max(self._storey(self.scene.thing(one), most - 1) for one in below) if below and most else 0

    def _side(self, thing: Thing) -> int:
        """Whether words put it left or right of another of them."""
        kinds = [one.kind for one in thing.place if FLOOR not in one.targets]
        return -1 if "left" in kinds else 1 if "right" in kinds else 0

    def _arranged(self, phrase: Phrase) -> list[int]:
        """`the ring`, `the row`, where nothing is called so: the group that stands in one."""
        arrange = _SHAPES.get(phrase.label or phrase.noun, "")
        there = [thing.id for thing in self._by_mention() if thing.total > 1 and arrange and thing.arrange == arrange]
        return there[-1:]

    def _extreme(self, phrase: Phrase, exclude: tuple[int, ...]) -> list[int]:
        """`the light one`, `the big box`, where masses or sizes were said as numbers: the least or the most of them."""
        size, weight = phrase.scales.get("all", 1.0), phrase.changes.get("weight", 1.0)
        side = next((name for name in ("height", "length", "width") if name in phrase.scales), "")
        size = phrase.scales[side] if side else size  # `the higher one`
        if phrase.colours or set(phrase.changes) - {"weight"} or (size != 1.0) == (weight != 1.0):
            return []
        plain = replace(phrase, changes={}, scales={})
        there = [thing for thing in self._by_mention() if thing.id not in exclude and thing.total == 1]
        if not phrase.pron:
            there = [thing for thing in there if fits(thing, plain)]
        else:
            there = [thing for thing in there if thing.kind == there[-1].kind]
        if side and not all(side in dims_of(thing) for thing in there):
            return []
        sizes = [dims_of(thing)[side] if side else max(dims_of(thing).values(), default=0.0) for thing in there]
        values = sizes if size != 1.0 else [mass_of(thing) for thing in there]
        if len(there) < 2 or max(values) <= min(values):
            return []
        wanted = max(values) if size * weight > 1.0 else min(values)
        return [there[values.index(wanted)].id]

    @staticmethod
    def _one_of(things: list[Thing], phrase: Phrase) -> list[int]:
        """The group with one element that is so: `the red one` of five; which it is goes into `phrase.ordinal`."""
        for thing in reversed(things):
            found = alike(thing, phrase)
            if len(found) == 1:
                phrase.ordinal = found[0]
                return [thing.id]
        return []

    def _by_mention(self) -> list[Thing]:
        return [self.scene.thing(one) for one in self.mentions if self.scene.has(one)]

    def _pronoun(self, pron: str, exclude: tuple[int, ...]) -> list[int]:
        there = [thing for thing in self._by_mention() if thing.id not in exclude]
        if not there:
            return []
        if pron == "all":
            return [thing.id for thing in self.scene.things if thing.id not in exclude]
        if pron == "others":
            return [thing.id for thing in self.scene.things if thing.id not in (self.last_group or ())]
        if pron in ("copy", "original"):
            copies = [thing for thing in self.scene.things if thing.copy_of is not None]
            first = copies[-1].copy_of if copies else None
            found = copies[-1:] if pron == "copy" else [thing for thing in there if thing.id == first]
            return [thing.id for thing in found if thing.id not in exclude]
        if pron == "new":
            return [max((thing for thing in there if not thing.ends), key=lambda thing: thing.id).id]
        if pron == "other":
            return [there[-2].id] if len(there) > 1 else self._left_over(there)
        if pron in ("them", "each_other"):
            group = [one for one in self.last_group if one not in exclude and self.scene.has(one)]
            several = [one for one in self.last_many if one not in exclude and self.scene.has(one)]
            if len(group) > 1 or len(several) > 1:
                return group if len(group) > 1 else several
            many = [thing for thing in there if thing.total > 1]
            alike = [thing.id for thing in there if thing.kind == there[-1].kind]
            if not many and self.old_ids and len(alike) > 1:
                return alike
            return [(many or there)[-1].id]
        focus = [one for one in self.focus if one not in exclude and self.scene.has(one)]
        loose = bool(focus) and self.scene.thing(focus[-1]).total > 1 and not self.scene.thing(focus[-1]).label
        if focus and self.named <= set(exclude) and not (loose and any(t.total == 1 or t.label for t in there)):
            return focus[-1:]
        single = [thing for thing in there if thing.total == 1 or thing.label]
        return [(single or there)[-1].id]

    def _left_over(self, there: list[Thing]) -> list[int]:
        """`delete the red one and paint the other one`: one is gone already, so the other is what is left."""
        return [thing.id for thing in there] if len(self.before.things) > len(self.scene.things) else []

    def _refuse_a_ring(self, thing: Thing, targets: tuple[int, ...]) -> None:
        """Raise SceneInvalid where one of `targets` stands on `thing`, which is to stand on it."""
        for other in (self.scene.thing(target) for target in targets if target != FLOOR):
            if any(old.kind == "on" and thing.id in old.targets for old in other.place):
                raise SceneInvalid(
                    f"the {thing.noun} cannot be on the {other.noun} and the {other.noun} on the {thing.noun}",
                    hint="Say which of the two is below.",
                )

    def what_there_is(self) -> str:
        """For a hint: the things by name."""
        names = [short_name(thing) for thing in self.scene.things]
        return "There is " + ", ".join(names) + "." if names else "The scene is empty."


def fits(thing: Thing, phrase: Phrase) -> bool:
    named = phrase.noun in (thing.noun, thing.label) or (
        phrase.kind == thing.kind and (phrase.noun == phrase.kind or phrase.noun != thing.noun)
    )
    if phrase.label and phrase.label != thing.label:
        return False
    if phrase.tag and phrase.tag not in (thing.tag, thing.name):
        return False
    if not phrase.label and not named and phrase.kind != thing.kind:
        return False
    if phrase.noun == "marble" and thing.noun not in ("marble", "ball"):
        return False
    return described_as(thing, phrase)


def described_as(thing: Thing, phrase: Phrase) -> bool:
    """Whether the adjectives of `phrase` are true of it."""
    if phrase.colours and not set(phrase.colours) & set(thing.colours) and VARIOUS not in thing.colours:
        return False
    material = phrase.changes.get("material")
    if material and thing.material != material:
        return False
    size = phrase.scales.get("all")
    if size and size != 1 and (thing.scale() - 1) * (size - 1) <= 0:
        return False
    for side in ("height", "length", "width"):
        wanted, own = phrase.scales.get(side, 1.0), dict(thing.scales).get(side, 1.0)
        if wanted != 1.0 and (own - 1) * (wanted - 1) <= 0:
            return False
    weight = phrase.changes.get("weight")
    return not (weight and (thing.weight - 1) * (weight - 1) <= 0)
