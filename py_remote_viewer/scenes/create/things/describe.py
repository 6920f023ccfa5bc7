"""A scene back to words: what was understood, for people to compare with what they meant. Pure."""

from __future__ import annotations

import math
from typing import Any

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.lexicon.materials import VARIOUS
from py_remote_viewer.scenes.create.lexicon.words import LEXICON
from py_remote_viewer.scenes.create.things.describe_form import form_of, holed, plural
from py_remote_viewer.scenes.create.things.describe_joints import joints_of, load_place
from py_remote_viewer.scenes.create.things.describe_world import world_of
from py_remote_viewer.scenes.create.things.description import FLOOR, PLAIN_LEGS, Relation, Scene, Thing
from py_remote_viewer.scenes.create.things.elements import position
from py_remote_viewer.scenes.create.things.machine_joints import FEELS

_WORDS = {
    "front": "in front of",
    "left": "left of",
    "right": "right of",
    "near": "next to",
    "inside": "in",
    "leaning": "leaning against",
    "end": "at the end of",
    "corner": "in a corner of",
    "other_corner": "in the opposite corner of",
    "corners": "in the corners of",
    "levels": "on each level of",
    "other_end": "at the other end of",
    "ends": "at both ends of",
    "sides": "on both sides of",
    "middle": "in the middle of",
    "spot": "at the edge of",
    "hanging": "hanging from",
    "hung": "hanging from",
}
_NTH = {2: "second", 3: "third", 4: "fourth", 5: "fifth"}
_ARRANGED = {
    "row": "in a row",
    "circle": "in a circle",
    "grid": "in a grid",
    "stack": "stacked",
    "pile": "in a pile",
    "pyramid": "in a pyramid",
    "wall": "in a wall",
    "triangle": "in a triangle",
    "diamond": "in a diamond",
    "scatter": "scattered",
    "file": "one behind the other",
    "diagonal": "diagonally",
    "spiral": "in a spiral",
    "arc": "in a half circle",
    "zigzag": "in a zigzag",
    "cube": "in a cube",
    "succession": "one after another",
}
_STRETCHED = {
    "length": ("long", "short"),
    "height": ("high", "low"),
    "width": ("wide", "narrow"),
    "thickness": ("thick", "thin"),
}
_AN = ("a", "e", "i", "o", "u")
_SLIDERS = ("slider", "rail", "linear guide", "linear slider")


def number(value: float, unit: str) -> str:
    """Short, in the unit that fits: 5 cm, 1.2 m, 300 g."""
    if unit == "m" and value < 1:
        return f"{value * 100:.3g} cm"
    if unit == "kg" and value < 1:
        return f"{value * 1000:.3g} g"
    return f"{value:.3g} {unit}"


def name_of(thing: Thing) -> str:
    """`5 red balls`, `a tower of 10 wooden blocks`, without where they are."""
    noun = thing.noun.replace("_", " ")
    if thing.kind == "slider" and noun not in _SLIDERS:  # what slides is the thing itself
        rail = f"a {number(length, 'm')} rail" if (length := thing.dim("length")) is not None else "a rail"
        upright = "an upright rail" if thing.pose == "standing" else rail
        return f"{name_of(thing.load) if thing.load is not None else 'a ' + noun} on {upright}"
    words = [*_sizes(thing)]
    given = given_of(thing)
    if thing.ends:
        words += ["stiff"] if thing.weight > 1.5 else ["weak"] if thing.weight < 0.7 else []
    elif KINDS[thing.kind].sort == "robot":
        pass  # it comes as it is
    elif thing.weight > 1.5 and thing.noun not in ("wrecking_ball", "demolition_ball"):
        words.append("heavy")
    elif thing.weight < 0.7:
        words.append("light")
    if thing.mass is not None and thing.mass != given.get("mass") and KINDS[thing.kind].sort != "robot":
        words.append(number(thing.mass, "kg"))
    words += ["vertical"] * (thing.kind == "slider" and thing.pose == "standing")
    words += form_of(thing) + ["transparent"] * thing.clear
    words += [] if thing.gloss is None else ["shiny" if thing.gloss > 0.5 else "matte"]
    words += ["hollow"] * (bool(thing.hollow) and thing.kind != "bin") + ["round"] * bool(thing.round)
    words += _colours(thing)
    if thing.material and thing.material not in noun:
        words.append(thing.material)
    described = " ".join(words)
    if thing.label:
        element = f"{described} {plural(noun) if thing.count > 1 else noun}".strip()
        one = f"{thing.label} of {thing.count} {element}"
        return f"a {one}" if thing.groups == 1 else f"{thing.groups} {one.replace(thing.label, thing.label + 's', 1)}"
    noun = _lettered(thing, noun)
    text = f"{described} {noun}".strip()
    if thing.total > 1:
        return f"{thing.total} {described + ' ' if described else ''}{plural(noun)}{holed(thing)}"
    if noun == "stairs":
        return f"{described} stairs".strip()
    an = text[0] in _AN or text.startswith(("8", "11 ", "18 ", "L-", "H-"))
    return f"{'an' if an and not text.startswith('U-') else 'a'} {text}{holed(thing)}"


def _lettered(thing: Thing, noun: str) -> str:
    """`T-shaped block` for a block that is one."""
    letter = {"tee": "T", "ell": "L", "cross": "cross", "channel": "U", "aitch": "H"}.get(thing.kind, "")
    return f"{letter}-shaped {noun}" if letter and noun in ("block", "box", "brick", "plate", "plank") else noun


def _sizes(thing: Thing) -> list[str]:
    found = []
    scale = thing.scale()
    if scale != 1:
        found.append(
            "tiny"
            if scale < 0.5
            else "small"
            if scale < 0.9
            else "huge"
            if scale > 2.4
            else "big"
            if scale > 1.1
            else ""
        )
    own = set(given_of(thing).get("dims", {}).values())
    found += [_STRETCHED[name][factor < 1] for name, factor in thing.scales if factor != 1.0 and name in _STRETCHED]
    for name, value in thing.dims:
        if value in own or any(math.isclose(value, one * scale) for one in own):
            continue
        if name == "size" and thing.noun not in ("ball", "box", "cube", "block") and thing.kind == "ball":
            continue
        said = {
            "size": "",
            "diameter": " across",
            "length": " long",
            "height": " high",
            "total_height": " high in all",
            "total_length": " long in all",
            "width": " wide",
            "radius": " radius",
            "thickness": " thick",
        }[name]
        found.append(number(value, "m") + said)
    if thing.kind == "ramp" and thing.tilt_deg is not None:
        found.append(f"{thing.tilt_deg:.3g}°")
    return [one for one in found if one]


def given_of(thing: Thing) -> dict[str, Any]:
    """What comes with its name, and was not said: a tennis ball's size, mass and colour."""
    found = LEXICON.get(tuple(thing.noun.split("_")), ())
    return next((entry.value.given for entry in found if entry.cat == "noun"), {})


def _colours(thing: Thing) -> list[str]:
    if thing.total == 1 and len(thing.colours) > 1 and not KINDS[thing.kind].part:
        return [thing.colours[0]]  # the others are told as not understood
    own = given_of(thing).get("colours")
    if own and thing.colours in (own, (VARIOUS,)) and own[0] in (*thing.colours, "various"):
        return []
    if VARIOUS in thing.colours:
        return ["colourful"]
    return [" and ".join(dict.fromkeys(thing.colours))] if thing.colours else []


def understood(scene: Scene) -> list[str]:
    """One line for each thing, with where it is and how it moves, then the world."""
    lines = [" ".join([name_of(thing), *_more(scene, thing)]) for thing in scene.things]
    return lines + world_of(scene.world)


def _more(scene: Scene, thing: Thing) -> list[str]:
    words: list[str] = []
    kind = KINDS[thing.kind]
    if thing.parts is not None and kind.part:
        words.append(f"with {thing.parts} {plural(kind.part) if thing.parts != 1 else kind.part}")
    if thing.pose == "spanned":
        words.append("held at its four corners")
    words += [f"with {thing.legs} legs"] * (thing.legs not in ("", PLAIN_LEGS))
    if thing.pose == "strung":
        words.append("between two posts")
    words += ["over a bar"] * (thing.pose == "over")
    words += ["held at its upper edge"] * (thing.kind == "cloth" and thing.pose == "hanging")
    words += ["held at its two upper corners"] * (thing.pose == "pegged")
    words += ["side by side"] * (thing.pose == "parallel")
    if thing.stiffness is not None and thing.kind not in FEELS:
        words.append(f"of {thing.stiffness:.4g} N/m")
    if thing.lifted is not None:
        words.append(f"with {thing.lifted} lifted" if thing.lifted else "at rest")
    if thing.load is not None and thing.kind == "slider":
        pass  # it is the carriage, and is called so
    elif thing.load is not None:
        words.append(f"with {name_of(thing.load)} {load_place(thing)}")
    elif thing.bob and thing.kind not in ("pendulum", "car", "bookshelf"):
        words.append(f"with a {thing.bob}{'' if thing.bob == 'gripper' else ' at the end'}")
    for override in thing.overrides if thing.load is None else ():
        what = [override.colour or "", "heavier" if override.weight > 1 else "lighter" if override.weight < 1 else ""]
        what += [
            number(override.mass, "kg") if override.mass is not None else "",
            f"at {override.tilt_deg:.3g}°" if override.tilt_deg is not None else "",
            f"turned by {override.yaw_deg:.3g}°" if override.yaw_deg else "",
            override.material or "",
            f"{number(override.length, 'm')} long" if override.length is not None else "",
            f"{number(override.size, 'm')} across" if override.size is not None else "",
            f"rod of {number(override.rod_mass, 'kg')}" if override.rod_mass is not None else "",
            f"friction {override.friction:.2g}" if override.friction is not None else "",
            f"bounces back {override.bounce:.0%}" if override.bounce is not None else "",
            "larger" if override.scale > 1 else "smaller" if override.scale < 1 else "",
        ]
        which = _which(thing, override.index)
        if any(what):
            words.append(f"({which}: {' '.join(word for word in what if word)})")
    if (
        thing.arrange
        and (not thing.label or _ARRANGED.get(thing.arrange, "").rsplit(" ", 1)[-1] != thing.label)
        and thing.count > 1
        and not (thing.label in ("tower", "stack") and thing.arrange == "stack")
    ):
        words.append(_ARRANGED.get(thing.arrange, ""))
    if thing.group_arrange:
        words.append(_ARRANGED.get(thing.group_arrange, ""))
    if thing.spacing is not None:
        words.append(f"{number(thing.spacing, 'm')} apart")
    if thing.ends:
        words.append(_joins(scene, thing))
    words += [_place(scene, relation) for relation in thing.place]
    words += ["from the ceiling"] * thing.ceiling
    words += ["hanging straight down"] * (thing.kind == "pendulum" and thing.pose == "hanging" and not thing.tilt_deg)
    if thing.at is not None:
        words.append("at (" + ", ".join(f"{x:.3g}" for x in thing.at if x is not None) + ")")
    if any(thing.shift):
        words.append("moved by (" + ", ".join(f"{x:.3g}" for x in thing.shift) + ") m")
    if thing.height is not None:
        words.append(f"at a height of {number(thing.height, 'm')}")
    if thing.tilt_deg is not None and thing.kind != "ramp":
        words.append(f"at {thing.tilt_deg:.3g}°")
    if thing.yaw_deg:
        words.append(f"turned by {thing.yaw_deg:.3g}°")
    words += _surface(thing) + _moving(scene, thing)
    words += [f"with {kind} sensor".replace("meter sensor", "meter") for kind in thing.senses]
    words += joints_of(thing)
    words += [_limited(thing) + _limits(*thing.limits)] if thing.limits is not None else []
    words += [f"called {thing.name}"] if thing.name else []
    words += [
        name
        for name, on in (
            ("fixed", thing.fixed),
            ("with front wheels that steer", thing.steered),
            ("locked", thing.locked),
            ("without motors", thing.unpowered),
            ("with sensors", thing.sensors),
        )
        if on
    ]
    return [word for word in words if word]


def _limited(thing: Thing) -> str:
    return f"joint {' and '.join(str(one + 1) for one in thing.limited)} " if thing.limited else ""


def _limits(low: float, high: float, dimension: str) -> str:
    return f"limited to {low:.3g} to {high:.3g}{'°' if dimension == 'angle' else ' m'}"


def _which(thing: Thing, index: int) -> str:
    part = "counterweight" if thing.kind == "catapult" else KINDS[thing.kind].part
    if thing.total == 1 and part == "wheel":
        return {0: "front wheels", (thing.parts or 4) // 2 - 1: "rear wheels"}.get(index, f"axle {index + 1}")
    if thing.total == 1 and part and index >= 0:
        return f"{part} {index + 1}" if (thing.parts or KINDS[thing.kind].parts[0]) > 1 else f"its {part}"
    return {-1: "the last", 99: "the middle one"}.get(index, f"number {index + 1}")


def _surface(thing: Thing) -> list[str]:
    words = []
    if thing.friction is not None:
        words.append("without friction" if thing.friction < 0.005 else f"friction {thing.friction:.2g}")
    if thing.bounce is not None and thing.bounce != given_of(thing).get("bounce"):
        words.append(f"bounces back {thing.bounce:.0%}")
    if thing.rolling is not None:
        words.append(f"rolling friction {thing.rolling:.2g}")
    if thing.twisting is not None:
        words.append(f"torsional friction {thing.twisting:.2g}")
    if thing.density is not None:
        words.append(f"density {thing.density:.4g} kg/m³")
    return words


def _place(scene: Scene, relation: Relation) -> str:
    targets = [scene.thing(target) if target != FLOOR else None for target in relation.targets]
    names = ["the floor" if target is None else "the " + _short(target) for target in targets]
    word = _WORDS.get(relation.kind, relation.kind)
    if relation.kind in ("end", "other_end") and relation.distance:
        word = ("right" if relation.kind == "end" else "left") + " of the middle of"
    each = "each of " if relation.each else ""
    if relation.index is not None and targets and targets[0] is not None and targets[0].total > 1:
        each = (
            "the last of " if relation.index == -1 else f"number {position(relation.index, targets[0].total) + 1} of "
        )
    if relation.nth > 1:
        word = f"on every {_NTH[relation.nth]} level of"
    text = f"{word} {each}{' and '.join(names)}"
    return f"{number(relation.distance, 'm')} {text}" if relation.distance else text


def _joins(scene: Scene, tie: Thing) -> str:
    """`between the ball and the box`, `between the 3 balls`."""
    things = [scene.thing(one) for one in dict.fromkeys(tie.ends) if scene.has(one)]
    names = [_short(thing) for thing in things]
    names = ["the " + name if names.count(name) == 1 else short_name(t) for name, t in zip(names, things, strict=True)]
    return "between " + " and ".join(names)


def _short(thing: Thing) -> str:
    noun = thing.noun.replace("_", " ")
    if thing.label:
        return thing.label if thing.groups == 1 else thing.label + "s"
    return noun if thing.total == 1 else plural(noun)


def _moving(scene: Scene, thing: Thing) -> list[str]:
    motion = thing.motion
    if motion is None:
        return []
    words = [{"toppled": "tipping over", "hovering": "in the air"}.get(motion.kind, motion.kind)]
    if motion.kind == "falling" and scene.world.gravity == 0.0:
        return ["floating (nothing falls without gravity)"]
    if motion.height is not None:
        words.append(f"from {number(motion.height, 'm')}")
    if motion.target is not None and scene.has(motion.target):
        words.append(f"{'over' if motion.over else 'at'} the {_short(scene.thing(motion.target))}")
    if motion.direction:
        words.append({"left": "to the left", "right": "to the right"}.get(motion.direction, motion.direction))
    if motion.speed is not None:
        words.append(f"with {motion.speed:.3g} m/s")
    if motion.spin is not None:
        words.append(f"with {motion.spin:.3g} rad/s")
    if motion.angle_deg is not None:
        words.append(f"from {motion.angle_deg:.3g}°")
    return [" ".join(words)]


def short_name(thing: Thing) -> str:
    """`the red box`, `5 balls`."""
    words = [
        *(colour for colour in thing.colours if colour != VARIOUS),
        thing.material if thing.material and thing.material != thing.noun else "",
        thing.noun.replace("_", " "),
    ]
    text = " ".join(word for word in words if word)
    if thing.label:
        return f"the {thing.label} of {thing.total} {plural(text)}"
    return f"the {text}" if thing.total == 1 else f"{thing.total} {plural(text)}"
