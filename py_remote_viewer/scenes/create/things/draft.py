"""The scene while a prompt is read: things come, change and go, and `it` and `them` mean what was named last."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from py_remote_viewer.errors import SceneInvalid
from py_remote_viewer.scenes.create.lexicon.abilities import AT_REST, BEGINS, HUNG, can_move, measured
from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.lexicon.materials import VARIOUS
from py_remote_viewer.scenes.create.things.description import Motion, Override, Relation, Scene, Thing
from py_remote_viewer.scenes.create.things.elements import override_of, parted, position, two_of
from py_remote_viewer.scenes.create.things.matter import scale_to_volume
from py_remote_viewer.scenes.create.things.phrase import Phrase
from py_remote_viewer.scenes.create.things.placing import MAX_COUNT, Placing
from py_remote_viewer.scenes.create.things.shaping import shaped
from py_remote_viewer.scenes.create.things.ties import rejoined
from py_remote_viewer.scenes.create.things.usual import usual_count

_PEOPLE = ("human", "person", "man", "woman", "people", "student", "teacher", "figure")
_LIMP = ("falling", "thrown", "toppled", "released", "bouncing")  # how somebody moves who holds none of his joints


class Draft(Placing):
    """A `Scene` being changed, with what was mentioned.

    Attributes:
        scene: as it stands.
        before: as it was when the prompt began.
        mentions: ids in the order of being named, the last at the end.
    """

    def __init__(self, scene: Scene, *, editing: bool) -> None:
        self.scene = self.before = scene
        self.editing = editing
        focus = [one for one in scene.focus if scene.has(one)]
        self.mentions: list[int] = [thing.id for thing in scene.things if thing.id not in focus] + focus
        self.last_group: list[int] = focus or self.mentions[-1:]
        self.last_many: list[int] = list(focus)
        self.focus = focus
        self.named: set[int] = set()
        self.ordinals: dict[int, int] = {}
        self.pointed: dict[
            int, list[int]
        ] = {}  # by the token that a noun phrase begins with: those taken out of a group
        self.changes = 0
        self.old_ids = frozenset(self.mentions)
        self.unsaid: set[int] = set()  # groups whose count nobody said

    # --- naming -------------------------------------------------------------------------------------------------------

    def mention(self, ids: list[int]) -> None:
        """Remember that `ids` were named."""
        for one in ids:
            if one in self.mentions:
                self.mentions.remove(one)
            self.mentions.append(one)
        if ids:
            self.last_group = list(ids)
            if len(ids) > 1:
                self.last_many = list(ids)
            self.named.update(ids)

    def create(self, phrase: Phrase) -> list[int]:
        """Add what `phrase` names; its ids (a stack of two sorts is two things)."""
        ids = [self._create_one(phrase)]
        for other in phrase.elements:
            one = self._create_one(other)
            self.update(one, place=(Relation("on", (ids[-1],)),), arrange="stack")
            ids.append(one)
        self.mention(ids)
        return ids

    def _create_one(self, phrase: Phrase) -> int:
        kind = KINDS[phrase.kind]
        given, changes = dict(phrase.given), dict(phrase.changes)
        if "bad_count" in changes:
            raise SceneInvalid(
                f"{changes['bad_count']} {phrase.noun} is no number of things",
                hint="Say a whole number, for example: 3 balls.",
            )
        count = phrase.count if phrase.kind != "stairs" or phrase.det != "some" else 1
        together = phrase.noun in ("gear", "cog", "cogwheel", "gearwheel", "gear_wheel", "drawer")
        if together and phrase.parts is None and phrase.kind in ("gears", "drawers"):
            phrase.parts, phrase.count = count or (2 if phrase.plural else 1), None  # they turn each other
            phrase.plural, count = False, 1
        if count is None:
            count = usual_count(phrase)
        if count < 0 or (count == 0 and phrase.det != "no"):
            raise SceneInvalid(f"{count} {phrase.noun} cannot be shown", hint="Say a number from 1 to 200.")
        if count * max(1, phrase.groups) > MAX_COUNT:
            raise SceneInvalid(
                f"{count * max(1, phrase.groups)} of {phrase.noun} are too many: a scene may hold {MAX_COUNT} bodies",
                hint=f"Ask for fewer, for example: {min(count, 50)} {phrase.noun}s.",
            )
        new_id = max([-1, *self.old_ids, *(thing.id for thing in self.scene.things)]) + 1
        dims = dict(given.pop("dims", {})) | phrase.dims
        motion = given.pop("motion", "")
        loose = given.pop("loose_material", False)
        given.pop("noun", None)
        if loose and ("material" in changes or phrase.colours):
            given.pop("material", None)
        if given.get("colours") == ("various",):
            given["colours"] = (VARIOUS,)
        if "weight" in given and "weight" in changes:
            given["weight"] = given["weight"] * 2
            changes.pop("weight")
        if "mass" in given and "weight" in changes:
            given["mass"] = given["mass"] * changes.pop("weight")
        if "mass" in given and "material" in changes:
            given.pop("mass")
        fields: dict[str, Any] = given | changes
        feature_flags = {name: fields.pop(name) for name in ("motors", "sensors") if name in fields}
        part = phrase.parts if phrase.parts is not None else fields.pop("parts", None)
        fields.pop("parts", None)
        if part is not None and kind.part:
            least, most = kind.parts[1:]
            if not least <= part <= most:
                raise SceneInvalid(
                    f"{phrase.noun.replace('_', ' ')} with {part} {kind.part}s cannot be built",
                    hint=f"From {least} to {most} {kind.part}s can.",
                )
        holds = fields.pop("volume", None)
        if phrase.colours:
            fields["colours"] = tuple(phrase.colours)
        thing = Thing(
            id=new_id,
            kind=phrase.kind,
            noun=phrase.noun,
            count=count,
            groups=max(1, phrase.groups),
            label=phrase.label,
            dims=measured(phrase.kind, tuple(sorted(dims.items()))),
            scales=tuple(sorted(phrase.scales.items())),
            arrange=phrase.arrange,
            shape=phrase.shape,
            parts=part if kind.part else None,
            tag=phrase.tag,
            **feature_flags,
            **fields,
        )
        if holds is not None:
            thing = replace(thing, scales=(*thing.scales, ("all", scale_to_volume(thing, holds))))
        if phrase.motion == "bouncing" and thing.bounce is None:
            thing = replace(thing, bounce=0.85)
        if phrase.motion or motion:
            thing = replace(thing, motion=self._motion(phrase.motion or motion, phrase.speed))
        elif phrase.speed is not None:
            thing = replace(thing, motion=Motion("moving", phrase.speed))
        self.scene = replace(self.scene, things=(*self.scene.things, thing))
        self.changes += 1
        if phrase.ordinal is not None:
            self.ordinals[new_id] = phrase.ordinal
        if phrase.count is None and not phrase.shape and count > 1:
            self.unsaid.add(new_id)
        return new_id

    @staticmethod
    def _motion(kind: str, speed: float | None = None) -> Motion:
        return Motion(BEGINS.get(kind, kind), speed)

    # --- changing -----------------------------------------------------------------------------------------------------

    def remove(self, ids: list[int], count: int | None = None) -> None:
        """Take things away; with `count`, that many of each group."""
        for one in ids:
            thing = self.scene.thing(one)
            if count is not None and count < thing.count:
                self.update(one, count=thing.count - count)
            else:
                self.scene = self.scene.without(one)
            self.mentions = [other for other in self.mentions if self.scene.has(other)]
            self.last_group = [other for other in self.last_group if self.scene.has(other)]
            self.changes += 1

    def shape_groups(self, before: Scene) -> None:
        """Give groups the counts and sizes that follow from how long and high the whole is to be."""
        for thing in self.scene.things:
            old = before.thing(thing.id) if before.has(thing.id) else None
            if old is None or old.dims != thing.dims:
                changes = shaped(thing, counted=old is None and thing.id not in self.unsaid)
                if changes:
                    self.update(thing.id, **changes)

    def aim_loose_swings(self) -> None:
        """A wrecking ball beside a tower is meant for it."""
        standing = [
            thing.id for thing in self.scene.things if thing.arrange in ("stack", "wall", "pyramid") and thing.count > 1
        ]
        for thing in self.scene.things:
            motion = thing.motion
            if (
                motion is not None
                and motion.kind == "swinging"
                and motion.target is None
                and thing.noun in ("wrecking_ball", "demolition_ball")
                and standing
            ):
                self.update(thing.id, motion=replace(motion, target=standing[0]))

    def split_off(self, one: int, index: int) -> int:
        """Make element `index` of a group a thing of its own, as it is; its id."""
        thing = self.scene.thing(one)
        new_id = max(max(other.id for other in self.scene.things), max(self.old_ids, default=-1)) + 1
        single, rest = parted(thing, position(index, thing.total) % thing.total)
        self.scene = replace(self.scene, things=(*self.scene.things, replace(single, id=new_id)))
        self.update(one, **rest)
        self.mention([new_id])
        return new_id

    def split(self, one: int) -> int:
        """Of two alike, make two things; the id of the second."""
        new_id = max(other.id for other in self.scene.things) + 1
        first, second = two_of(self.scene.thing(one))
        things = tuple(first if other.id == one else other for other in self.scene.things)
        self.scene = replace(self.scene, things=(*things, replace(second, id=new_id)))
        self.changes += 1
        self.scene = rejoined(self.scene, one, [one, new_id])
        self.mention([one, new_id])
        return new_id

    def rescale(self, thing_id: int, name: str, factor: float) -> None:
        """Multiply a size; `all` is every size, said or not."""
        thing = self.scene.thing(thing_id)
        dims, scales = dict(thing.dims), dict(thing.scales)
        name = "all" if self.editing and thing.kind == "ball" else name  # it is as high as it is wide
        for dim in list(dims):
            if name in ("all", dim):
                dims[dim] *= factor
        if name == "all" or name not in dims:
            scales[name] = scales.get(name, 1.0) * factor
        changes: dict[str, Any] = {"dims": tuple(sorted(dims.items())), "scales": tuple(sorted(scales.items()))}
        if name in ("all", "length") and any(own.length for own in thing.overrides):  # its parts are what it is long
            longer = tuple(replace(own, length=own.length * factor if own.length else None) for own in thing.overrides)
            changes["overrides"] = longer
        if name == "all" and thing.mass is not None:
            changes["mass"] = thing.mass  # a stated mass stays what it was said to be
        self.update(thing_id, **changes)

    def apply(self, thing_id: int, phrase: Phrase, index: int | None = None) -> bool:
        """Change a thing (or its element `index`) as the adjectives in `phrase` say; whether it could."""
        thing = self.scene.thing(thing_id)
        changes = dict(phrase.changes)
        changes.pop("bad_count", None)
        if index is not None and (thing.total > 1 or KINDS[thing.kind].part):
            override = override_of(thing, index, phrase)
            if override is None:
                return False
            self.update(thing_id, overrides=(*thing.overrides, override))
            return True
        if "weight" in changes:
            factor = changes.pop("weight")
            if thing.mass is not None:
                changes.setdefault("mass", thing.mass * factor)
            else:
                changes["weight"] = thing.weight * factor
        if "material" in changes:
            changes.setdefault("weight", 1.0 if thing.mass is None else thing.weight)
            if not phrase.colours:
                changes["colours"] = ()
        if phrase.colours:
            changes["colours"] = tuple(phrase.colours)
        if phrase.parts is not None and KINDS[thing.kind].part:
            changes["parts"] = phrase.parts
        if phrase.dims:
            changes["dims"] = tuple(sorted((dict(thing.dims) | phrase.dims).items()))
        if changes:
            self.update(thing_id, **changes)
        for name, factor in phrase.scales.items():
            self.rescale(thing_id, name, factor)
        return True

    def move(self, thing_id: int, kind: str, **changes: Any) -> bool:
        """Give a thing a motion, or refine the one that it has; whether such a thing can move so."""
        thing, old = self.scene.thing(thing_id), self.scene.thing(thing_id).motion
        person = thing.kind == "humanoid" and thing.noun in _PEOPLE
        kind = "swinging" if thing.kind == "swing_set" and kind in ("moving", "sliding", "thrown") else kind
        if not can_move("doll" if person else thing.kind, kind or (old.kind if old is not None else "moving")):
            return False
        if person and kind in _LIMP:
            self.update(thing_id, kind="doll")  # nobody holds the joints of one who falls
            thing = self.scene.thing(thing_id)
        if kind in ("released", "falling") and KINDS[thing.kind].sort != "solid" and thing.kind != "doll":
            return True  # it hangs or stands in its frame, and begins by itself
        if kind in ("falling", "toppled") and thing.kind == "domino" and thing.count > 1 and "height" not in changes:
            begun = (*thing.overrides, Override(0, tilt_deg=14.0))  # the first one begins
            self.update(thing_id, overrides=begun, motion=None)
            return True
        if kind in ("sliding", "moving") and (thing.pose == "hanging" or (old is not None and old.kind == "swinging")):
            kind = "swinging"  # what hangs is pushed, and swings
        if kind == "bouncing" and thing.kind == "spring":
            return True  # what hangs on it goes up and down by itself
        if kind == "bouncing" and thing.kind != "doll":
            self.update(thing_id, bounce=0.85 if thing.bounce is None else thing.bounce)
        if kind == "hitting" and old is not None and old.kind in ("swinging", "rolling", "thrown", "sliding"):
            kind = old.kind
        hung = kind == "hitting" and (thing.pose == "hanging" or thing.kind in HUNG)
        kind = "swinging" if hung else BEGINS.get(kind, kind)
        if kind == "resting":
            self.update(thing_id, motion=None, **AT_REST.get(thing.kind, {}))
            return True
        motion = old or Motion("moving")
        self.update(thing_id, motion=replace(motion, kind=kind or motion.kind, **changes))
        return True
