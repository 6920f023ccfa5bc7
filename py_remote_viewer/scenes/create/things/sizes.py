"""How large a thing is: sizes that were said, or the usual ones, scaled; and the room that one of it takes. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass

from py_remote_viewer.errors import SceneInvalid
from py_remote_viewer.scenes.create.lexicon.hulls import proportions
from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.lexicon.profiles import PROFILES
from py_remote_viewer.scenes.create.things.description import Thing
from py_remote_viewer.scenes.create.things.usual import sizes_by_name

Vec = tuple[float, float, float]
Quat = tuple[float, float, float, float]

SMALLEST_M, LARGEST_M = 0.004, 20.0
_MAIN = {
    "capsule": "length",
    "cylinder": "height",
    "disc": "radius",
    "ellipsoid": "length",
    "plate": "length",
    "plank": "length",
    "stick": "length",
    "brick": "length",
    "domino": "height",
    "dumbbell": "length",
    "table": "length",
    "ramp": "length",
    "wall": "length",
    "bin": "length",
    "platform": "length",
    "pillar": "height",
    "door": "height",
    "trapdoor": "length",
    "goal": "width",
    "hoop": "height",
    "funnel": "radius",
    "turntable": "radius",
    "gears": "radius",
    "crank_slider": "radius",
    "swing_set": "height",
    "crane": "height",
    "elevator": "height",
    "drawers": "height",
    "doll": "height",
    "bookshelf": "height",
    "stairs": "width",
    "wheel": "radius",
    "ring": "radius",
    "cone": "height",
    "spire": "height",
    "prism": "height",
    "dome": "radius",
    "tetrahedron": "size",
    "octahedron": "size",
    "icosahedron": "size",
    "dodecahedron": "size",
    "top": "radius",
    "gyroscope": "radius",
    "rotor": "radius",
    "marker": "radius",
    "board": "radius",
    "gripper": "height",
    "walker": "height",
    "pulley": "height",
}
_ALIASES = {"length": ("height",), "height": ("length",), "radius": ("thickness", "width"), "thickness": ("height",)}
_REGULAR = ("tetrahedron", "octahedron", "icosahedron", "dodecahedron")
_ROUND = frozenset(
    {
        "wheel",
        "ring",
        "cone",
        "dome",
        "capsule",
        "cylinder",
        "stick",
        "pillar",
        "disc",
        "dumbbell",
        "top",
        "gyroscope",
        "rotor",
        "ball",
    }
)
_SWAPS = frozenset(
    {
        "capsule",
        "cylinder",
        "stick",
        "wheel",
        "ring",
        "cone",
        "dome",
        "pillar",
        "plank",
        "rope",
        "chain",
        "pendulum",
        "arm",
        "slider",
        "spring",
        "disc",
        "plate",
        "cart_pole",
        "dumbbell",
        "bridge",
    }
)


def dims_of(thing: Thing) -> dict[str, float]:
    """Every size of one of `thing`, metres.

    Raises:
        SceneInvalid: one is too small or too large to be simulated.
    """
    usual = KINDS[thing.kind].dims
    if thing.kind == "box":
        said = dict(thing.dims)
        whole = thing.dim("size") or (2 * r if (r := thing.dim("radius")) else None)
        sides = [said[name] for name in ("length", "width", "height") if name in said]
        if thing.noun in ("cube", "die", "dice") and len(sides) == 1:
            whole = whole or sides[0]  # as wide as it is high
        elif "width" in said and "length" not in said and not whole:
            said["length"] = said["width"]  # as deep as it is wide
        dims = {
            name: said[name]
            if name in said
            else (whole or usual["size"] * thing.scale()) * dict(thing.scales).get(name, 1.0)
            for name in ("length", "width", "height")
        }
    elif thing.kind == "ball":
        radius = thing.dim("radius")
        size = 2 * radius if radius else thing.dim("size", "width", "height", "length", "thickness")
        dims = {"radius": (size or usual["size"] * thing.scale()) / 2}
    else:
        dims = _others(thing, usual)
    for name, value in dims.items():
        if value < 0:
            raise SceneInvalid(
                f"a {thing.noun.replace('_', ' ')} cannot have a negative {name}: {value:g} m is less than nothing",
                hint=f"Say it without the sign; sizes from {SMALLEST_M * 1000:g} mm to {LARGEST_M:g} m can be simulated.",
            )
        if not SMALLEST_M / 2 <= value <= LARGEST_M:
            raise SceneInvalid(
                f"a {thing.noun.replace('_', ' ')} with a {name} of {value:g} m cannot be simulated",
                hint=f"Sizes from {SMALLEST_M * 1000:g} mm to {LARGEST_M:g} m can.",
            )
    return dims


def _others(thing: Thing, usual: dict[str, float]) -> dict[str, float]:
    said, factors = dict(thing.dims), dict(thing.scales)
    main = _MAIN.get(thing.kind, "length")
    whole = thing.scale()
    if "size" in said and main in usual:
        whole = said["size"] / (usual[main] * (2 if main == "radius" else 1))
    dims = {}
    for name, value in usual.items():
        given = said.get(name)
        if given is None and thing.kind in _SWAPS:
            for alias in _ALIASES.get(name, ()):
                if alias in said and alias not in usual:
                    given = said[alias] / (2 if name == "radius" else 1)
        flat = name == "thickness" and "height" in said and "height" not in usual
        if flat and said.get("thickness") == sizes_by_name(thing.noun).get(name):
            given = said["height"]  # `a book 30 x 20 x 4 cm`: what lies flat is as high as it is thick
        factor = factors.get(name, 1.0)
        if thing.kind == "wall" and name == "length":
            factor *= factors.get("width", 1.0)
        if thing.kind in _ROUND and name == "radius":
            factor *= factors.get("width", 1.0) * factors.get("thickness", 1.0)
        if thing.kind in _SWAPS:
            for alias in () if (thing.kind, name) == ("plate", "length") else _ALIASES.get(name, ()):
                factor *= factors.get(alias, 1.0) if alias not in usual and name != "radius" else 1.0
        dims[name] = given if given is not None else value * whole * factor
    if (
        thing.kind in ("cloth", "plate", "platform", "bin")
        and "length" in said
        and "width" not in said
        and "size" not in said
    ):
        dims["width"] = min(dims["width"], said["length"])
    if thing.kind in ("plate", "platform", "bin") and _only_its_width(thing):
        dims["length"] = dims["width"]
    if thing.round and thing.kind in ("table", "platform", "bin"):
        across = said.get("length") or said.get("width") or max(dims["length"], dims["width"])
        dims |= {"length": across, "width": across}
    return dims


def _only_its_width(thing: Thing) -> bool:
    """Whether somebody said how wide it is, and nobody how long: `a room 3 m wide`."""
    said, named = dict(thing.dims), sizes_by_name(thing.noun)
    wide = "width" in said and said["width"] != named.get("width")
    return wide and said.get("length") == named.get("length")


def ramp_angle_deg(thing: Thing) -> float:
    """Of a ramp; from its height where that was said."""
    if thing.tilt_deg is not None:
        return max(1.0, min(75.0, abs(thing.tilt_deg)))
    height = thing.dim("height")
    length = dims_of(thing)["length"]
    if height:
        return math.degrees(math.asin(min(0.95, height / length)))
    factor = dict(thing.scales).get("height", 1.0)
    return max(3.0, min(60.0, 20.0 * factor))


# --- turning ----------------------------------------------------------------------------------------------------------


def axis_quat(axis: str, degrees: float) -> Quat:
    """A turn about a world axis."""
    half = math.radians(degrees) / 2
    s = math.sin(half)
    return (math.cos(half), s * (axis == "x"), s * (axis == "y"), s * (axis == "z"))


def times(a: Quat, b: Quat) -> Quat:
    """First `b`, then `a`."""
    aw, ax, ay, az = a
    bw, bx, by, bz = b
    return (
        aw * bw - ax * bx - ay * by - az * bz,
        aw * bx + ax * bw + ay * bz - az * by,
        aw * by - ax * bz + ay * bw + az * bx,
        aw * bz + ax * by - ay * bx + az * bw,
    )


def matrix(q: Quat) -> tuple[Vec, Vec, Vec]:
    """Rows of the rotation matrix."""
    w, x, y, z = q
    return (
        (1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)),
        (2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)),
        (2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)),
    )


@dataclass(frozen=True, slots=True)
class Extent:
    """Half sizes of the box around one element in its pose, along the world's axes; `quat` is that pose."""

    x: float
    y: float
    z: float
    quat: Quat = (1.0, 0.0, 0.0, 0.0)


_POSES = {"capsule": "lying", "stick": "lying", "dumbbell": "lying", "wheel": "standing"}
_FLAT = ("disc", "ring", "wheel")


def shape_of(thing: Thing, dims: dict[str, float]) -> tuple[str, Vec]:
    """The geom of a solid: its type and MuJoCo's sizes."""
    kind = thing.kind
    if kind == "ball":
        return "sphere", (dims["radius"], 0.0, 0.0)
    if kind in ("capsule", "stick"):
        return "capsule", (dims["radius"], max(0.001, dims["length"] / 2 - dims["radius"]), 0.0)
    if kind == "cylinder":
        return "cylinder", (dims["radius"], dims["height"] / 2, 0.0)
    if kind == "dumbbell":
        return "cylinder", (dims["radius"], dims["length"] / 2, 0.0)
    if kind == "disc":
        return "cylinder", (dims["radius"], dims["thickness"] / 2, 0.0)
    if kind in PROFILES:
        return kind, (dims["length"] / 2, dims["width"] / 2, dims["height"] / 2)
    if kind in _REGULAR:
        x, y, z = proportions(kind)
        return kind, (dims["size"] / 2 * x, dims["size"] / 2 * y, dims["size"] / 2 * z)
    if kind in ("wheel", "ring"):
        return ("cylinder" if kind == "wheel" else "ring"), (dims["radius"], dims["thickness"] / 2, 0.0)
    if kind == "cone":
        return "cone", (dims["radius"], dims["radius"], dims["height"] / 2)
    if kind == "dome":
        return "dome", (dims["radius"], dims["radius"], dims["radius"] / 2)
    if kind in ("spire", "prism"):
        sides = thing.parts if thing.parts is not None else KINDS[kind].parts[0]
        return f"{kind}:{sides}", (dims["length"] / 2, dims["width"] / 2, dims["height"] / 2)
    if kind == "ellipsoid":
        return "ellipsoid", (dims["length"] / 2, dims["width"] / 2, dims["height"] / 2)
    if kind == "domino":
        return "box", (dims["thickness"] / 2, dims["width"] / 2, dims["height"] / 2)
    height = dims["height"] if "height" in dims else dims["thickness"]
    return "box", (dims["length"] / 2, dims["width"] / 2, height / 2)


def extent_of(thing: Thing, scale: float = 1.0) -> Extent:
    """The room that one element of a solid takes, and how it is turned."""
    geom, size = shape_of(thing, dims_of(thing))
    size = (size[0] * scale, size[1] * scale, size[2] * scale)
    quat = _pose_quat(thing, geom, size)
    if geom == "sphere":
        return Extent(size[0], size[0], size[0], quat)
    rows = matrix(quat)
    if geom in ("capsule", "cylinder", "ring"):
        halves = []
        for row in rows:
            along = abs(row[2])
            across = size[0] if geom == "capsule" else size[0] * math.sqrt(max(0.0, 1 - along * along))
            halves.append(along * size[1] + across)
    elif geom == "ellipsoid":
        halves = [math.sqrt(sum((cell * side) ** 2 for cell, side in zip(row, size, strict=True))) for row in rows]
    else:
        halves = [sum(abs(cell) * side for cell, side in zip(row, size, strict=True)) for row in rows]
    return Extent(halves[0], halves[1], halves[2], quat)


def _letter_stands(thing: Thing) -> bool:
    """Whether a letter-shaped block stands, so that it can be read from the front."""
    return thing.kind in PROFILES and thing.pose == "standing"


def _pose_quat(thing: Thing, geom: str, size: Vec) -> Quat:
    piled = thing.kind in _FLAT and thing.arrange in ("stack", "pile", "pyramid")
    pose = thing.pose or ("" if piled else _POSES.get(thing.kind, ""))
    quat: Quat = (1.0, 0.0, 0.0, 0.0)
    rolling = thing.motion is not None and thing.motion.kind == "rolling"
    if geom in ("capsule", "cylinder", "ring"):
        if rolling:
            quat = axis_quat("x", 90.0)
        elif pose == "lying" and thing.kind not in _FLAT:
            quat = axis_quat("y", 90.0)
        elif pose == "standing" and thing.kind in _FLAT:
            quat = axis_quat("x", 90.0)
    elif geom == "cone" or geom.startswith("prism"):
        if pose == "lying" and geom != "cone":
            quat = axis_quat("y", 90.0)
        elif pose == "inverted":
            quat = axis_quat("x", 180.0)
    elif _letter_stands(thing):
        quat = axis_quat("x", 90.0)
    elif geom in ("box", "ellipsoid"):
        if pose == "standing" and thing.kind in ("plank", "plate", "brick", "ellipsoid"):
            quat = axis_quat("y", 90.0) if thing.kind != "plate" else axis_quat("x", 90.0)
        elif pose == "lying" and thing.kind == "domino":
            quat = axis_quat("y", 90.0)
    if thing.tilt_deg:
        quat = times(axis_quat("y", thing.tilt_deg), quat)
    if thing.yaw_deg:
        quat = times(axis_quat("z", thing.yaw_deg), quat)
    return quat
