"""Which elements of MJCF give a name, and which attributes take the name of something else. Pure.

A name is unique among things of one kind (`joint` and `freejoint` are one kind). Paths are those of `mjcf_schema.walk`:
a body's parts are below `mujoco/worldbody`, however deep they stand. That these tables say what MuJoCo does is tested
against it.
"""

from __future__ import annotations

from fnmatch import fnmatchcase

_W, _D, _A = "mujoco/worldbody/", "mujoco/default/", "mujoco/asset/"

# What an element at this path is called when it has a `name` (a default: a `class`).
_KINDS: tuple[tuple[str, str], ...] = (
    (_W + "body", "body"),
    (_W + "frame", "frame"),
    (_W + "joint", "joint"),
    (_W + "freejoint", "joint"),
    (_W + "geom", "geom"),
    (_W + "site", "site"),
    (_W + "camera", "camera"),
    (_W + "light", "light"),
    (_W + "flexcomp", "flex"),
    (_A + "mesh", "mesh"),
    (_A + "hfield", "hfield"),
    (_A + "skin", "skin"),
    (_A + "texture", "texture"),
    (_A + "material", "material"),
    (_A + "model", "model"),
    ("mujoco/deformable/flex", "flex"),
    ("mujoco/deformable/skin", "skin"),
    ("mujoco/contact/pair", "pair"),
    ("mujoco/contact/exclude", "exclude"),
    ("mujoco/equality/*", "equality"),
    ("mujoco/tendon/spatial", "tendon"),
    ("mujoco/tendon/fixed", "tendon"),
    ("mujoco/actuator/*", "actuator"),
    ("mujoco/sensor/*", "sensor"),
    ("mujoco/custom/numeric", "numeric"),
    ("mujoco/custom/text", "text"),
    ("mujoco/custom/tuple", "tuple"),
    ("mujoco/keyframe/key", "key"),
    ("mujoco/extension/plugin/instance", "plugin instance"),
)

# (path, attribute) -> kind of what it names. The first that fits counts.
_REFERENCES: tuple[tuple[str, str, str], ...] = (
    ("mujoco/default*", "class", ""),  # gives a name instead
    ("mujoco/default/*", "material", "material"),
    ("mujoco/default/*", "texture", "texture"),
    ("mujoco/default/*", "mesh", "mesh"),
    ("mujoco/default/geom", "hfield", "hfield"),
    ("*", "class", "class"),
    ("*", "childclass", "class"),
    (_W + "attach", "*", ""),
    (_W + "flexcomp", "material", "material"),
    (_W + "flexcomp*", "*", ""),  # its mesh is no asset of that name in every form
    (_W + "composite*", "material", "material"),
    (_W + "composite*", "*", ""),
    (_W + "camera", "target", "body"),
    (_W + "light", "target", "body"),
    (_W + "light", "texture", "texture"),
    (_W + "geom", "mesh", "mesh"),
    (_W + "site", "mesh", "mesh"),
    (_W + "geom", "hfield", "hfield"),
    (_W + "*", "material", "material"),
    (_A + "material", "texture", "texture"),
    (_A + "material/layer", "texture", "texture"),
    (_A + "mesh", "material", "material"),
    (_A + "skin", "material", "material"),
    (_A + "skin/bone", "body", "body"),
    ("mujoco/deformable/skin", "material", "material"),
    ("mujoco/deformable/skin/bone", "body", "body"),
    ("mujoco/deformable/flex", "material", "material"),
    ("mujoco/contact/pair", "geom1", "geom"),
    ("mujoco/contact/pair", "geom2", "geom"),
    ("mujoco/contact/exclude", "body1", "body"),
    ("mujoco/contact/exclude", "body2", "body"),
    ("mujoco/equality/*", "body1", "body"),
    ("mujoco/equality/*", "body2", "body"),
    ("mujoco/equality/*", "site1", "site"),
    ("mujoco/equality/*", "site2", "site"),
    ("mujoco/equality/joint", "joint1", "joint"),
    ("mujoco/equality/joint", "joint2", "joint"),
    ("mujoco/equality/tendon", "tendon1", "tendon"),
    ("mujoco/equality/tendon", "tendon2", "tendon"),
    ("mujoco/equality/flex*", "flex", "flex"),
    ("mujoco/tendon/spatial", "material", "material"),
    ("mujoco/tendon/spatial/site", "site", "site"),
    ("mujoco/tendon/spatial/geom", "geom", "geom"),
    ("mujoco/tendon/spatial/geom", "sidesite", "site"),
    ("mujoco/tendon/fixed/joint", "joint", "joint"),
    ("mujoco/actuator/*", "joint", "joint"),
    ("mujoco/actuator/*", "jointinparent", "joint"),
    ("mujoco/actuator/*", "tendon", "tendon"),
    ("mujoco/actuator/*", "site", "site"),
    ("mujoco/actuator/*", "refsite", "site"),
    ("mujoco/actuator/*", "cranksite", "site"),
    ("mujoco/actuator/*", "slidersite", "site"),
    ("mujoco/actuator/*", "body", "body"),
    ("mujoco/sensor/*", "site", "site"),
    ("mujoco/sensor/*", "camera", "camera"),
    ("mujoco/sensor/*", "joint", "joint"),
    ("mujoco/sensor/*", "tendon", "tendon"),
    ("mujoco/sensor/*", "actuator", "actuator"),
    ("mujoco/sensor/*", "body", "body"),
    ("mujoco/sensor/*", "body1", "body"),
    ("mujoco/sensor/*", "body2", "body"),
    ("mujoco/sensor/*", "geom1", "geom"),
    ("mujoco/sensor/*", "geom2", "geom"),
    ("mujoco/sensor/contact", "subtree1", "body"),
    ("mujoco/sensor/contact", "subtree2", "body"),
    ("mujoco/sensor/tactile", "geom", "geom"),
    ("mujoco/sensor/tactile", "mesh", "mesh"),
)


def kind_of(path: str) -> str:
    """What an element at `path` is; empty when names of such elements mean nothing."""
    return next((kind for pattern, kind in _KINDS if fnmatchcase(path, pattern)), "")


def reference_of(path: str, attribute: str) -> str:
    """Of what kind the thing is that `attribute` names at `path`; empty when it names nothing."""
    for pattern, name, kind in _REFERENCES:
        if fnmatchcase(attribute, name) and fnmatchcase(path, pattern):
            return kind
    return ""


def named(path: str, attribute: str) -> dict[str, str] | None:
    """How `mjcf-schema.json` describes an attribute that gives a name or takes one; None for all others."""
    of = reference_of(path, attribute)
    if of:
        return {"kind": "name", "of": of}
    in_defaults = path.startswith("mujoco/default")
    if attribute != ("class" if in_defaults else "name"):
        return None
    gives = "class" if in_defaults else kind_of(path)
    return {"kind": "gives", "of": gives} if gives else None
