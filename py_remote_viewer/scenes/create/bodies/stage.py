"""The `MjSpec` being built: the house's look, unique names, colours as materials, and what the keyframe `start` will say.

Child process only: imports mujoco. Builders add bodies through a `Stage`; nothing here knows what a sentence is.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import mujoco

from py_remote_viewer.scenes.create.lexicon.hulls import corners
from py_remote_viewer.scenes.create.lexicon.materials import HOUSE, MATERIALS, PALETTE, VARIOUS, Rgb, rgb
from py_remote_viewer.scenes.create.things.description import Thing, World
from py_remote_viewer.scenes.create.things.elements import position, tint_at

Geom = mujoco.mjtGeom
_TYPES = {
    "sphere": Geom.mjGEOM_SPHERE,
    "capsule": Geom.mjGEOM_CAPSULE,
    "cylinder": Geom.mjGEOM_CYLINDER,
    "box": Geom.mjGEOM_BOX,
    "ellipsoid": Geom.mjGEOM_ELLIPSOID,
    "plane": Geom.mjGEOM_PLANE,
    "mesh": Geom.mjGEOM_MESH,
}
ROLLING = 0.0004  # m: a ball comes to rest on a table within some seconds, and still rolls down any ramp
_CLEAR = 0.3  # alpha of what one sees through
_HOUSE_CYCLE = ("blue", "orange", "green", "light")


@dataclass(frozen=True, slots=True)
class Surface:
    """How something touches: sliding friction, share of speed kept in a bounce; whether either was asked for."""

    friction: float = 0.6
    bounce: float = 0.0
    said: bool = False
    rolling: float | None = None
    twisting: float | None = None


@dataclass(slots=True)
class Stage:
    """One model in the making.

    Attributes:
        start: joint name -> where it begins (its share of qpos).
        start_speed: joint name -> its share of qvel.
        start_ctrl: actuator name -> its value.
        bodies: body names of each thing, element by element, for the checks.
        ties: names of what joins bodies, of each thing that does.
        timestep: the longest that all of it can be simulated with.
        unpowered: whether what is being built gets no motors.
    """

    spec: mujoco.MjSpec
    start: dict[str, Sequence[float]] = field(default_factory=dict)
    start_speed: dict[str, Sequence[float]] = field(default_factory=dict)
    start_ctrl: dict[str, float] = field(default_factory=dict)
    bodies: dict[int, list[str]] = field(default_factory=dict)
    ties: dict[int, list[str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    timestep: float = 0.002
    unpowered: bool = False

    @classmethod
    def empty(cls, title: str) -> Stage:
        """The house's stage: sky, light, no floor yet."""
        spec = mujoco.MjSpec()
        spec.modelname = title
        spec.compiler.degree = False
        option, visual = spec.option, spec.visual
        option.integrator = mujoco.mjtIntegrator.mjINT_IMPLICITFAST
        option.cone = mujoco.mjtCone.mjCONE_ELLIPTIC
        option.impratio = 10
        visual.global_.azimuth, visual.global_.elevation = 100, -18
        visual.global_.offwidth, visual.global_.offheight = 1920, 1080
        visual.headlight.ambient, visual.headlight.diffuse, visual.headlight.specular = (
            [0.36, 0.37, 0.4],
            [0.36, 0.36, 0.38],
            [0.1, 0.1, 0.1],
        )
        visual.quality.shadowsize, visual.quality.offsamples = 2048, 4
        visual.quality.numslices, visual.quality.numstacks, visual.quality.numquads = 20, 12, 1
        visual.map.znear, visual.map.zfar, visual.map.haze, visual.map.shadowclip = 0.02, 40, 0.45, 1
        visual.rgba.haze = [0.075, 0.09, 0.115, 1]
        spec.add_texture(
            name="sky",
            type=mujoco.mjtTexture.mjTEXTURE_SKYBOX,
            builtin=mujoco.mjtBuiltin.mjBUILTIN_GRADIENT,
            rgb1=[0.2, 0.26, 0.36],
            rgb2=[0.06, 0.072, 0.095],
            width=32,
            height=192,
        )
        spec.worldbody.add_light(
            name="sun",
            type=mujoco.mjtLightType.mjLIGHT_DIRECTIONAL,
            pos=[1.5, -2, 4],
            dir=[-0.35, 0.45, -1],
            diffuse=[0.6, 0.59, 0.56],
            specular=[0.3, 0.3, 0.3],
        )
        return cls(spec)

    # --- names, colours, surfaces -----------------------------------------------------------------------------------------

    def name(self, wanted: str) -> str:
        """`wanted`, or with the first number behind it that is free."""
        found, number = wanted, 2
        while found in self.names:
            found, number = f"{wanted}_{number}", number + 1
        self.names.add(found)
        return found

    def material(self, name: str, colour: Rgb, *, shine: float = 0.5, alpha: float = 1.0) -> str:
        """A material of that name and look; the same look is made once."""
        for old in self.spec.materials:
            same = all(math.isclose(a, b, abs_tol=1e-4) for a, b in zip(old.rgba, (*colour, alpha), strict=True))
            if same and math.isclose(old.specular, 0.15 + 0.6 * shine, abs_tol=1e-4):
                return str(old.name)
        taken = {old.name for old in self.spec.materials}
        unique = next(n for n in [name, *(f"{name}_{i}" for i in range(2, 999))] if n not in taken)
        self.spec.add_material(
            name=unique,
            rgba=[*colour, alpha],
            specular=0.15 + 0.6 * shine,
            shininess=0.3 + 0.5 * shine,
            reflectance=0.15 * shine * (shine > 0.6),
        )
        return unique

    def house(self, name: str) -> str:
        """One of the house's own materials: blue, orange, green, steel, dark, light, plank."""
        return self.material(f"house_{name}", HOUSE[name], shine=0.8 if name == "steel" else 0.5)

    def look(self, thing: Thing, index: int = 0, usual: str = "") -> str:
        """The material of element `index`: its own colour, the group's, that of what it is made of, or the house's."""
        override = next(
            (
                o
                for o in reversed(thing.overrides)
                if o.colour and position(o.index, max(thing.total, index + 1)) == index
            ),
            None,
        )
        stuff = MATERIALS.get(thing.material or "")
        shine, alpha = (stuff.shine, stuff.alpha) if stuff else (0.5, 1.0)
        shine = shine if thing.gloss is None else thing.gloss
        alpha = min(alpha, _CLEAR) if thing.clear else alpha
        if override is not None and override.colour:
            return self.material(override.colour.replace(" ", "_"), rgb(override.colour), shine=shine, alpha=alpha)
        own = any(o.material for o in thing.overrides if position(o.index, max(thing.total, index + 1)) == index)
        if thing.colours and not (own and stuff is not None):
            colours = thing.colours if VARIOUS not in thing.colours else PALETTE
            colour = colours[index % len(colours)]
            return self.material(colour.replace(" ", "_"), rgb(colour), shine=shine, alpha=alpha)
        if stuff is not None:
            return self.material(str(thing.material), stuff.colour, shine=shine, alpha=alpha)
        usual = usual or _HOUSE_CYCLE[tint_at(thing, index) % 4]
        if thing.clear or thing.gloss is not None:
            return self.material(f"own_{usual}", HOUSE[usual], shine=shine, alpha=alpha)
        return self.house(usual)

    @staticmethod
    def surface(thing: Thing) -> Surface:
        """How `thing` touches."""
        stuff = MATERIALS.get(thing.material or "")
        friction = thing.friction if thing.friction is not None else (stuff.friction if stuff else 0.7)
        bounce = thing.bounce if thing.bounce is not None else (stuff.bounce if stuff else 0.0)
        said = thing.friction is not None or friction < 0.2
        return Surface(max(0.0, min(5.0, friction)), max(0.0, min(0.99, bounce)), said, thing.rolling, thing.twisting)

    # --- geoms --------------------------------------------------------------------------------------------------------

    def geom(
        self,
        body: Any,
        kind: str,
        size: Sequence[float],
        *,
        name: str,
        material: str,
        pos: Sequence[float] = (0, 0, 0),
        quat: Sequence[float] = (1, 0, 0, 0),
        fromto: Sequence[float] | None = None,
        mass: float | None = None,
        density: float = 500.0,
        surface: Surface | None = None,
        mesh: str = "",
    ) -> Any:
        """A geom on `body`. Without a `surface` it is only seen: nothing touches it."""
        more: dict[str, Any] = (
            {"fromto": list(fromto)} if fromto is not None else {"pos": list(pos), "quat": list(quat)}
        )
        if mass is not None:
            more["mass"] = mass
        else:
            more["density"] = density
        if mesh:
            more["meshname"] = mesh
        made = body.add_geom(name=name, type=_TYPES[kind], size=[*size, 0, 0, 0][:3], material=material, **more)
        if surface is None:
            made.contype = made.conaffinity = 0
        else:
            self.touch(made, surface, round_=kind in ("sphere", "capsule", "cylinder", "ellipsoid"))
        return made

    def hull(self, shape: str, size: Sequence[float]) -> str:
        """A convex mesh of that shape and half sizes; its name."""
        x, y, z = (float(side) for side in size)
        name = self.name(shape.replace(":", "_"))
        points = corners(shape, (x, y, z))
        self.spec.add_mesh(name=name, uservert=[coordinate for point in points for coordinate in point])
        return name

    def touch(self, geom: Any, surface: Surface, *, round_: bool = False) -> None:
        """Set how `geom` touches."""
        geom.condim = 6 if round_ else 4
        rolling = ROLLING if round_ else 0.0001
        twisting = 0.005 if surface.twisting is None else surface.twisting
        geom.friction = [surface.friction, twisting, rolling if surface.rolling is None else surface.rolling]
        if surface.friction < 0.005:
            geom.condim = 1
        if surface.said or surface.rolling is not None or surface.twisting is not None:
            geom.priority = 2 if surface.friction < 0.2 else 1
        if surface.bounce > 0.35:
            geom.solref = bounce_solref(surface.bounce)
            geom.solimp = [0.97, 0.99, 0.001, 0.5, 2]
            geom.priority = max(geom.priority, 1)

    def floor(self, world: World, half_x: float, half_y: float) -> None:
        """The floor, with the house's grid unless it is made of something."""
        stuff = MATERIALS.get(world.floor_material or "")
        name = "floor"
        self.names.add(name)
        friction = world.floor_friction if world.floor_friction is not None else (stuff.friction if stuff else 0.7)
        bounce = world.floor_bounce if world.floor_bounce is not None else 0.0
        said = world.floor_friction is not None or friction < 0.2
        spec = self.spec
        one, two = ([0.17, 0.2, 0.25], [0.29, 0.345, 0.43])
        colour = rgb(world.floor_colour) if world.floor_colour else stuff.colour if stuff else None
        if colour is not None:
            one, two = [0.55 * c for c in colour], [0.8 * c for c in colour]
        spec.add_texture(
            name=name,
            type=mujoco.mjtTexture.mjTEXTURE_2D,
            builtin=mujoco.mjtBuiltin.mjBUILTIN_FLAT,
            mark=mujoco.mjtMark.mjMARK_EDGE,
            rgb1=one,
            rgb2=one,
            markrgb=two,
            width=64,
            height=64,
        )
        material = spec.add_material(
            name=name, texrepeat=[4, 4] if half_x < 3 else [1, 1], texuniform=True, reflectance=0.12, specular=0.2
        )
        material.textures[mujoco.mjtTextureRole.mjTEXROLE_RGB] = name
        made = spec.worldbody.add_geom(name=name, type=Geom.mjGEOM_PLANE, size=[half_x, half_y, 0.1], material=name)
        self.touch(made, Surface(friction, bounce, said))

    def joint(self, body: Any, kind: str, name: str, **more: Any) -> str:
        """A joint on `body`; its unique name."""
        unique = self.name(name)
        types = {
            "hinge": mujoco.mjtJoint.mjJNT_HINGE,
            "slide": mujoco.mjtJoint.mjJNT_SLIDE,
            "ball": mujoco.mjtJoint.mjJNT_BALL,
        }
        limited = "range" in more
        body.add_joint(name=unique, type=types[kind], limited=limited, **more)
        return unique

    def motor(self, name: str, joint: str, gear: float, low: float = -1.0, high: float = 1.0) -> None:
        """A torque or force on `joint`; none on a machine without motors."""
        if self.unpowered:
            return
        made = self.spec.add_actuator(
            name=self.name(name), target=joint, trntype=mujoco.mjtTrn.mjTRN_JOINT, gear=[gear, 0, 0, 0, 0, 0]
        )
        made.set_to_motor()
        made.ctrlrange, made.ctrllimited = [low, high], True

    def servo(self, name: str, joint: str, kp: float, low: float, high: float, kv: float) -> None:
        """A position servo on `joint`; none on a machine without motors."""
        if self.unpowered:
            return
        made = self.spec.add_actuator(name=self.name(name), target=joint, trntype=mujoco.mjtTrn.mjTRN_JOINT)
        made.set_to_position(kp=kp, kv=kv)
        made.ctrlrange, made.ctrllimited = [low, high], True

    def sensor(self, name: str, kind: str, target: str) -> None:
        """`jointpos` or `jointvel` of a joint, `framepos` or `framelinvel` of a body."""
        types = {
            "jointpos": mujoco.mjtSensor.mjSENS_JOINTPOS,
            "jointvel": mujoco.mjtSensor.mjSENS_JOINTVEL,
            "framepos": mujoco.mjtSensor.mjSENS_FRAMEPOS,
            "framelinvel": mujoco.mjtSensor.mjSENS_FRAMELINVEL,
        }
        objtype = mujoco.mjtObj.mjOBJ_JOINT if kind.startswith("joint") else mujoco.mjtObj.mjOBJ_BODY
        self.spec.add_sensor(name=name, type=types[kind], objtype=objtype, objname=target)


def bounce_solref(bounce: float) -> list[float]:
    """Contact as a spring and a damper that give back the share `bounce` of the speed; contact lasts some 15 ms."""
    stiffness = 40_000.0
    damping_ratio = -math.log(bounce) / math.hypot(math.pi, math.log(bounce))
    return [-stiffness, -2 * damping_ratio * math.sqrt(stiffness)]
