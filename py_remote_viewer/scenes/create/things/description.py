"""What a sentence says, typed: things, where they are, how they move, and the world around them.

A `Scene` is what follow-up sentences change and what the layout places. Frozen throughout: an edit makes a new one.
Metres, kilograms, seconds; +x is right, +y is behind, +z is up, as the first camera sees it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from py_remote_viewer.scenes.create.things.plans import Opening

MAX_BODIES = 200
PLAIN_LEGS = "dark"  # a table's legs where only its top was said: the house's own
FLOOR = -1  # the id of the floor, where a relation may point to it


@dataclass(frozen=True, slots=True)
class Relation:
    """Where a thing is, told by another.

    Attributes:
        kind: `on`, `under`, `above`, `left`, `right`, `front`, `behind`, `near`, `between`, `inside`, `leaning`, `hanging`.
        targets: ids of things, or `FLOOR`.
        distance: free space between the two, where it was said.
        each: one for every element of the target.
        index: which element of the target it is about; None for the whole.
        each_spot: `in each corner`, `on each end`: what was counted is counted once for every such place.
        spot: of the kind `spot`: towards which edge or corner of the target, as signs along x and y.
        full: the share of the target, from its bottom to its rim, that they fill.
        nth: of the kind `levels`: on every so-manieth of them.
    """

    kind: str
    targets: tuple[int, ...]
    distance: float | None = None
    each: bool = False
    index: int | None = None
    each_spot: bool = False
    spot: tuple[int, int] = (0, 0)
    full: float = 0.0
    nth: int = 1


@dataclass(frozen=True, slots=True)
class Motion:
    """How a thing moves at the start.

    Attributes:
        kind: `moving`, `thrown`, `rolling`, `sliding`, `falling`, `spinning`, `swinging`.
        speed: m/s.
        direction: `left`, `right`, `forward`, `back`, `up`, `down`; empty when a target or nothing says it.
        target: id of what it moves at.
        spin: rad/s.
        height: what it falls from.
        over: it is to fly by above its target.
    """

    kind: str
    speed: float | None = None
    direction: str = ""
    target: int | None = None
    spin: float | None = None
    height: float | None = None
    angle_deg: float | None = None
    over: bool = False


@dataclass(frozen=True, slots=True)
class Override:
    """One element of a group, or one part of a machine, that differs. `index` from 0; -1 is the last.

    `shift` is how far it was moved from its place in the group.

    Of machines alone: the `length` of a link, pole or string, its `rod_mass`, and how wide the bob at its end is (`size`).
    """

    index: int
    colour: str | None = None
    mass: float | None = None
    weight: float = 1.0
    scale: float = 1.0
    tilt_deg: float | None = None
    material: str | None = None
    friction: float | None = None
    bounce: float | None = None
    length: float | None = None
    size: float | None = None
    rod_mass: float | None = None
    shift: tuple[float, float, float] = (0.0, 0.0, 0.0)
    yaw_deg: float = 0.0


@dataclass(frozen=True, slots=True)
class Pin:
    """Where the first element of a thing stood before the follow-up, m, without what words had moved it by."""

    thing: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Thing:
    """One noun of the sentence: `count` alike, arranged as said, `groups` times.

    Attributes:
        kind: what is built, a key of `kinds.KINDS`.
        noun: what it was called.
        label: what the whole group is called: `tower`, `row`; empty for loose things.
        dims: sizes that were said: `size`, `length`, `width`, `height`, `radius`, `thickness`.
        scales: factors on sizes: `all`, `length`, `width`, `height`, `thickness`.
        weight: factor on the density.
        parts: links, joints, poles, wheels, steps, legs.
        bob: what hangs at the end or rides along: a kind.
        lifted: how many balls of a cradle start lifted.
        tag: the letter that tells it from others: `ball A`.
        unpowered: a machine that comes with motors has none.
        ends: of a spring, a rope or a rod between things: ids of what it joins, in that order.
        rolling: how much it takes to make it roll, m, as MuJoCo counts it; `twisting`: to turn it where it lies.
        senses: sensors that were asked for by name; `control`: what its motors follow: position, velocity or torque.
        ceiling: it hangs from a piece of ceiling, and not from a stand of its own.
        hollow: all of it is its surface; `round`: a table, a platform or a bin is.
        plan: how walls or stairs run, a key of `plans.PLANS`, or `spiral` or `landing`; `openings`: what is cut out of walls.
        faces: sides that look different, each with its colour or material.
        closed: it has a ceiling or a lid of its own.
        clear: one sees through it; `gloss`: how it shines, 0 to 1.
        legs: colour or material of a table's, where they are not like its top.
        load: what hangs at the end of a rope, a chain or a crane.
        stiffness: of a spring, N/m, or of the springs of its joints, N m/rad or N/m.
        damping: of its joints, N m s/rad, or of a spring, N s/m.
        loss: dry friction of its joints, N m or N; `armature`: inertia of their rotors, kg m².
        driven: which joints have a motor, from 0; empty for all that can. Of a car, which axles.
        power: the most that each motor gives, N m or N; `gear`: its ratio, or that of gears.
        steered: the front wheels of a car turn to the sides.
        limits: how far its joints go, from and to: degrees of an `angle`, m of a `length`; `limited`: which, empty for all.
        locked: none of its joints moves from where it starts.
        copy_of: the id of the thing that it was copied from; `name` is what somebody called it.
        tint: of one that left its group: which of the house's colours it had there, where no colour was said.
    """

    id: int
    kind: str
    noun: str
    count: int = 1
    groups: int = 1
    label: str = ""
    dims: tuple[tuple[str, float], ...] = ()
    scales: tuple[tuple[str, float], ...] = ()
    mass: float | None = None
    weight: float = 1.0
    density: float | None = None
    material: str | None = None
    colours: tuple[str, ...] = ()
    friction: float | None = None
    bounce: float | None = None
    arrange: str = ""
    group_arrange: str = ""
    ring_radius: float | None = None
    spacing: float | None = None
    shape: tuple[int, ...] = ()
    place: tuple[Relation, ...] = ()
    at: tuple[float, float, float | None] | None = None
    shift: tuple[float, float, float] = (0.0, 0.0, 0.0)
    height: float | None = None
    tilt_deg: float | None = None
    yaw_deg: float = 0.0
    pose: str = ""
    ceiling: bool = False
    motion: Motion | None = None
    parts: int | None = None
    bob: str = ""
    lifted: int | None = None
    stiffness: float | None = None
    damping: float | None = None
    loss: float | None = None
    armature: float | None = None
    driven: tuple[int, ...] = ()
    power: float | None = None
    gear: float | None = None
    steered: bool = False
    limits: tuple[float, float, str] | None = None
    limited: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    tag: str = ""
    overrides: tuple[Override, ...] = ()
    rolling: float | None = None
    twisting: float | None = None
    senses: tuple[str, ...] = ()
    control: str = ""
    hollow: bool = False
    clear: bool = False
    closed: bool = False
    plan: str = ""
    openings: tuple[Opening, ...] = ()
    faces: tuple[tuple[str, str], ...] = ()
    gloss: float | None = None
    round: bool = False
    load: Thing | None = None
    legs: str = ""
    motors: bool = False
    sensors: bool = False
    unpowered: bool = False
    fixed: bool | None = None
    locked: bool = False
    copy_of: int | None = None
    name: str = ""
    tint: int | None = None

    def dim(self, *names: str) -> float | None:
        """The first of the sizes `names` that was said."""
        found = dict(self.dims)
        return next((found[name] for name in names if name in found), None)

    def scale(self, *names: str) -> float:
        """The product of the factors on `names` and on the whole."""
        found = dict(self.scales)
        product = found.get("all", 1.0)
        for name in names:
            product *= found.get(name, 1.0)
        return product

    @property
    def total(self) -> int:
        """How many there are."""
        return self.count * self.groups


@dataclass(frozen=True, slots=True)
class World:
    """What is around. `gravity` points down when positive, m/s²; `wind` is a velocity, m/s.

    A camera is `from:` a side, at the `tip:` of a noun, or the noun that it follows; a light its kind, colour and side.
    A floor's relief is `bumpy`, `hilly` or none.
    """

    gravity: float = 9.81
    viscosity: float = 0.0
    density: float = 0.0
    medium: str = ""
    wind: tuple[float, float, float] = (0.0, 0.0, 0.0)
    floor: bool = True
    floor_material: str | None = None
    floor_colour: str | None = None
    floor_friction: float | None = None
    floor_bounce: float | None = None
    floor_relief: str = ""
    motors: bool = False
    sensors: bool = False
    cameras: tuple[str, ...] = ()
    lights: tuple[str, ...] = ()
    timestep: float | None = None
    integrator: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """Things in the order in which they were named, and their world."""

    things: tuple[Thing, ...] = ()
    world: World = field(default_factory=World)
    focus: tuple[int, ...] = ()  # what was named last, for `it` and `them` in a follow-up
    firsts: tuple[Thing, ...] = ()  # every thing as the sentence that brought it made it
    pins: tuple[Pin, ...] = ()  # of a follow-up: what it does not move stays there
    _by_id: dict[int, Thing] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {thing.id: thing for thing in self.things})

    def thing(self, thing_id: int) -> Thing:
        """The one with this id; it must be there."""
        return self._by_id[thing_id]

    def has(self, thing_id: int) -> bool:
        """Whether it is there."""
        return thing_id in self._by_id

    def changed(self, thing_id: int, **changes: Any) -> Scene:
        """With these fields of one thing replaced."""
        things = tuple(replace(thing, **changes) if thing.id == thing_id else thing for thing in self.things)
        return replace(self, things=things)

    def without(self, thing_id: int) -> Scene:
        """Without one thing; what stood on it stands on what it stood on, what joined it to others goes too."""
        below = tuple(one for one in self.thing(thing_id).place if one.kind == "on" and FLOOR not in one.targets)[:1]
        kept = []
        for thing in self.things:
            if thing.id == thing_id or thing_id in thing.ends:
                continue
            place = tuple(relation for relation in thing.place if thing_id not in relation.targets)
            if any(relation.kind in ("on", "inside") and relation.targets == (thing_id,) for relation in thing.place):
                place = (*below, *place)
            motion = thing.motion
            if motion is not None and motion.target == thing_id:
                motion = None
            kept.append(replace(thing, place=place, motion=motion))
        return replace(self, things=tuple(kept))
