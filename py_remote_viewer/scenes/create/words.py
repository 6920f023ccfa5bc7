"""The words that are known, by what they do in a sentence. Pure data, and one table made of it.

A phrase may be several words long; the longest that fits is taken. `Entry.cat` says what it does, `Entry.value` what it says.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from py_remote_viewer.scenes.create.materials import COLOUR_WORDS, MATERIAL_WORDS, SHADES, VARIOUS


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun: what it is, and what comes with the name."""

    kind: str
    noun: str
    plural: bool = False
    given: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a phrase does (`cat`) and says (`value`)."""

    cat: str
    value: Any = None


# kind: nouns, singular; a name of several words is joined by "-". What follows "|" comes with the name.
_NOUNS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("box", "box cube block crate carton package parcel chest die dice cuboid toolbox suitcase prism square-block", {}),
    ("ball", "ball sphere orb globe", {}),
    ("ball", "marble", {"dims": {"size": 0.03}, "material": "glass", "loose_material": True}),
    ("ball", "pearl bead pea", {"dims": {"size": 0.02}}),
    ("ball", "tennis-ball", {"dims": {"size": 0.067}, "mass": 0.058, "colours": ("lime",), "bounce": 0.73}),
    ("ball", "ping-pong-ball table-tennis-ball", {"dims": {"size": 0.04}, "mass": 0.0027, "colours": ("white",), "bounce": 0.85}),
    ("ball", "golf-ball", {"dims": {"size": 0.043}, "mass": 0.046, "colours": ("white",), "bounce": 0.8}),
    ("ball", "basketball basket-ball", {"dims": {"size": 0.24}, "mass": 0.62, "colours": ("orange",), "bounce": 0.8}),
    ("ball", "football soccer-ball soccerball", {"dims": {"size": 0.22}, "mass": 0.43, "colours": ("white",), "bounce": 0.75}),
    ("ball", "volleyball", {"dims": {"size": 0.21}, "mass": 0.27, "colours": ("white",), "bounce": 0.75}),
    ("ball", "beach-ball", {"dims": {"size": 0.4}, "mass": 0.1, "colours": ("various",), "bounce": 0.7}),
    ("ball", "bowling-ball", {"dims": {"size": 0.216}, "mass": 6.0, "colours": ("navy",), "bounce": 0.2}),
    ("ball", "billiard-ball pool-ball snooker-ball", {"dims": {"size": 0.057}, "mass": 0.17, "colours": ("various",), "bounce": 0.85}),
    ("ball", "cannonball cannon-ball", {"dims": {"size": 0.12}, "material": "iron"}),
    ("ball", "bouncy-ball super-ball", {"dims": {"size": 0.08}, "material": "rubber", "bounce": 0.85}),
    ("ball", "balloon", {"dims": {"size": 0.25}, "mass": 0.02}),
    ("ball", "apple", {"dims": {"size": 0.08}, "mass": 0.18, "colours": ("red",)}),
    ("ball", "snowball", {"dims": {"size": 0.09}, "mass": 0.2, "colours": ("white",), "bounce": 0.0}),
    ("ball", "pebble stone boulder", {"dims": {"size": 0.08}, "material": "stone"}),
    ("ellipsoid", "egg ellipsoid lemon potato rugby-ball", {}),
    ("capsule", "capsule pill sausage", {}),
    ("cylinder", "cylinder can tin drum roller barrel log tube bottle cup glass-bottle candle battery", {}),
    ("disc", "disc disk coin puck cookie wheel-disc checker frisbee pancake", {}),
    ("cylinder", "hockey-puck", {"dims": {"radius": 0.038, "height": 0.025}, "mass": 0.17, "colours": ("black",)}),
    ("plate", "plate tile panel sheet slab board tray book", {}),
    ("plank", "plank beam girder bar ladder bookmark", {}),
    ("stick", "stick rod pole pencil broom bat stake", {}),
    ("brick", "brick", {}),
    ("domino", "domino", {}),
    ("dumbbell", "dumbbell barbell", {}),
    ("table", "table desk bench workbench tabletop", {}),
    ("ramp", "ramp incline slope slide inclined-plane wedge hill chute ski-jump", {}),
    ("wall", "wall fence barrier", {}),
    ("stairs", "stair stairs staircase stairway", {}),
    ("bin", "bin bucket basket container tub trough sandbox open-box cardboard-bin trash-can dustbin pot bowl basin pool", {}),
    ("platform", "platform pedestal podium stage plinth shelf ledge stand", {}),
    ("pillar", "pillar column post pin mast", {}),
    ("pendulum", "pendulum", {}),
    ("ball", "wrecking-ball", {"dims": {"size": 0.2}, "weight": 6.0, "motion": "swinging"}),
    ("cart_pole", "cart-pole cartpole cart-and-pole inverted-pendulum pole-on-a-cart pendulum-on-a-cart pole-cart inverted-pendulum-on-a-cart cart-with-a-pole cart-with-pole pole-balanced-on-a-cart pole-balancing-on-a-cart poles-on-a-cart", {}),
    ("arm", "arm robot-arm robotic-arm manipulator robot-manipulator", {}),
    ("arm", "crane", {"parts": 3}),
    ("car", "car vehicle truck cart buggy wagon rover lorry trolley van jeep", {}),
    ("car", "train tank bus", {"parts": 8, "dims": {"length": 0.8}}),
    ("car", "tricycle", {"parts": 3}),
    ("catapult", "catapult trebuchet slingshot onager", {}),
    ("seesaw", "seesaw see-saw teeter-totter lever balance-beam balance teeterboard", {}),
    ("cradle", "newton-s-cradle newtons-cradle newton-cradle cradle newton-s-pendulum", {}),
    ("top", "top spinning-top spinner", {}),
    ("gyroscope", "gyroscope gyro", {}),
    ("door", "door hinged-door gate", {}),
    ("slider", "slider rail sliding-block sliding-box linear-guide", {}),
    ("spring", "spring spring-mass mass-spring mass-on-a-spring mass-on-spring masses-on-spring weight-on-a-spring ball-on-a-spring block-on-a-spring box-on-a-spring weight-on-spring oscillator mass-spring-system spring-pendulum", {}),
    ("rotor", "rotor fan propeller windmill turnstile turbine wheel pinwheel carousel merry-go-round", {}),
    ("pulley", "pulley atwood-machine atwood-s-machine pulley-system", {}),
    ("rope", "rope string cord cable thread line-rope", {}),
    ("chain", "chain necklace", {}),
    ("cloth", "cloth blanket towel flag curtain fabric tablecloth napkin sail handkerchief sheet-of-cloth piece-of-cloth", {}),
    ("bridge", "bridge suspension-bridge rope-bridge plank-bridge", {}),
    ("humanoid", "humanoid human person man woman robot humanoid-robot figure people student teacher", {}),
    ("quadruped", "quadruped dog robot-dog four-legged-robot quadruped-robot robodog", {}),
    ("marble_run", "marble-run", {}),
    ("pendulum_wave", "pendulum-wave", {}),
    ("wave_machine", "wave-machine", {}),
)  # fmt: skip
_IRREGULAR = {"die": "dice", "person": "people", "man": "men", "woman": "women", "shelf": "shelves", "box": "boxes",
              "domino": "dominoes", "dice": "dice", "stairs": "stairs", "knife": "knives", "human": "humans",
              "spring-mass": "spring-masses", "loaf": "loaves", "torch": "torches"}  # fmt: skip

_GROUPS = {
    "tower": "stack", "stack": "stack", "pile-up": "stack", "skyscraper": "stack",
    "row": "row", "line": "row", "chain": "row", "string": "row", "chain reaction": "row", "series": "row", "queue": "row", "sequence": "row",
    "circle": "circle", "ring": "circle", "grid": "grid", "array": "grid", "matrix": "grid", "square": "grid", "carpet": "grid",
    "pyramid": "pyramid", "triangle": "pyramid", "wall": "wall",
    "pile": "pile", "heap": "pile", "mountain": "pile", "mound": "pile",
    "bunch": "scatter", "group": "scatter", "set": "scatter", "number": "scatter", "collection": "scatter", "lot": "scatter",
    "rain": "rain", "shower": "rain", "cloud": "rain", "swarm": "rain", "house": "wall", "castle": "pyramid",
}  # fmt: skip
_PARTS = {
    "link": "link", "segment": "link", "joint": "joint", "axis": "joint", "axes": "joint", "dof": "joint", "pole": "pole",
    "wheel": "wheel", "leg": "leg", "step": "step", "bob": "bob", "blade": "blade", "degrees of freedom": "joint",
    "weight": "bob", "mass": "bob", "end": "end", "section": "link", "piece": "link", "ring": "link",
    "rung": "step", "axle": "wheel", "rod": "rod",
}  # fmt: skip

_RELATIONS = {
    "on": "on", "onto": "on", "upon": "on", "on top of": "on", "atop": "on", "resting on": "on", "standing on": "on",
    "lying on": "on", "sitting on": "on", "on the top of": "on", "at the top of": "on", "balanced on": "on",
    "on to": "on", "balancing on": "on", "placed on": "on", "stacked on": "on", "stacked on top of": "on", "rests on": "on",
    "stands on": "on", "sits on": "on", "lies on": "on", "supported by": "on", "down": "down", "mounted on": "on",
    "next to": "near", "beside": "near", "near": "near", "by": "near", "close to": "near", "alongside": "near",
    "adjacent to": "near", "nearby": "near", "at the side of": "near", "besides": "near", "right next to": "near",
    "directly next to": "near", "along": "near", "around": "around", "surrounding": "around", "surrounded by": "surrounded",
    "round": "around", "left of": "left", "to the left of": "left", "on the left of": "left", "at the left of": "left",
    "on the left side of": "left", "to left of": "left", "to the left side of": "left",
    "right of": "right", "to the right of": "right", "on the right of": "right", "at the right of": "right",
    "on the right side of": "right", "to right of": "right", "to the right side of": "right",
    "in front of": "front", "before": "front", "ahead of": "front", "in front": "front",
    "behind": "behind", "in back of": "behind", "at the back of": "behind",
    "between": "between", "in between": "between", "among": "between", "in the middle of": "middle",
    "at the foot of": "foot", "at the bottom of": "foot", "at the base of": "foot",
    "above": "above", "over": "above", "hovering over": "above", "hovering above": "above", "high above": "above",
    "floating above": "above", "floating over": "above", "below": "under", "beneath": "under", "under": "under",
    "underneath": "under", "inside": "inside", "in": "inside", "into": "into", "inside of": "inside", "within": "inside",
    "leaning against": "leaning", "leaning on": "leaning", "leaned against": "leaning", "leans against": "leaning",
    "propped against": "leaning", "propped up against": "leaning", "against": "against", "touching": "touching",
    "hanging from": "hanging", "suspended from": "hanging", "hung from": "hanging", "attached to": "hanging",
    "tied to": "hanging", "hangs from": "hanging", "dangling from": "hanging", "connected to": "hanging",
    "at": "at", "towards": "towards", "toward": "towards", "in the centre of": "middle", "in the center of": "middle",
    "at the centre of": "middle", "at the center of": "middle", "off": "off", "to the top of": "on",
    "opposite": "front", "up": "climb", "on the edge of": "edge", "at the edge of": "edge", "at the end of": "end", "on the end of": "end",
    "on one end of": "end", "on one side of": "end", "at one end of": "end", "on the other end of": "other_end",
    "on the other side of": "other_end", "at the other end of": "other_end", "through": "towards", "across": "on",
}  # fmt: skip
_BARE_RELATIONS = {  # without an object: what was named last is meant
    "on top": "on", "on the top": "on", "inside": "inside", "next to each other": "row", "in front": "front", "behind": "behind",
    "in the middle": "middle", "in the centre": "middle", "in the center": "middle", "in between": "between",
    "underneath": "under", "beneath": "under", "below": "under", "above": "above", "to the left": "left", "to the right": "right",
    "on the left": "left", "on the right": "right", "on the left side": "left", "on the right side": "right",
    "at the top": "on", "at the bottom": "foot", "nearby": "near", "beside": "near", "at the end": "end", "on the end": "end",
    "at its end": "end", "on one end": "end", "on one side": "end", "on the other end": "other_end", "at the tip": "end",
    "on the other side": "other_end", "on the other": "other_end", "at one end": "end", "at the other end": "other_end",
    "on each side": "sides", "on both sides": "sides", "on either side": "sides", "on each end": "ends", "on both ends": "ends",
    "at each end": "ends", "at both ends": "ends", "at the front": "front", "at the back": "behind", "around": "around",
}  # fmt: skip
_ARRANGE = {
    "in a row": "row", "in a line": "row", "lined up": "row", "side by side": "row", "in rows": "grid", "in one row": "row",
    "in a straight line": "row", "next to each other": "row", "next to one another": "row", "in line": "row", "in single file": "row",
    "in a circle": "circle", "in a ring": "circle", "in a semicircle": "circle", "in circles": "circle", "in a grid": "grid",
    "in a square": "grid", "in an array": "grid", "in a pyramid": "pyramid", "in a triangle": "pyramid", "as a pyramid": "pyramid",
    "in a pile": "pile", "in a heap": "pile", "piled up": "stack", "piled": "stack", "stacked": "stack", "stacked up": "stack",
    "in a stack": "stack", "in a tower": "stack", "as a tower": "stack", "into a tower": "stack", "on top of each other": "stack",
    "on top of one another": "stack", "one on top of the other": "stack", "above each other": "stack", "one above the other": "stack",
    "on each other": "stack", "scattered": "scatter", "scattered around": "scatter", "randomly": "scatter", "spread out": "scatter",
    "at random": "scatter", "lying around": "scatter", "at random positions": "scatter", "everywhere": "scatter",
    "randomly placed": "scatter", "in a wall": "wall", "into a wall": "wall", "as a wall": "wall", "into a pyramid": "pyramid",
    "in a column": "stack", "behind each other": "file", "one behind the other": "file", "behind one another": "file",
    "into a row": "row", "into a line": "row", "into a circle": "circle", "into a stack": "stack", "into a pile": "pile",
    "like dominoes": "row", "into a grid": "grid", "in two rows": "grid", "in a chain": "row", "diagonally": "diagonal",
    "in a diagonal": "diagonal", "in a heap": "pile",
}  # fmt: skip

_SIZES = {
    "tiny": 0.35, "minuscule": 0.25, "mini": 0.4, "miniature": 0.4, "small": 0.6, "little": 0.6, "smallish": 0.7, "medium": 1.0,
    "normal": 1.0, "medium sized": 1.0, "average": 1.0, "big": 1.7, "large": 1.7, "huge": 2.8, "giant": 2.8, "enormous": 3.2,
    "gigantic": 3.2, "massive": 2.8, "oversized": 2.0, "biggish": 1.3, "larger": 1.4, "bigger": 1.4, "smaller": 0.7, "great": 1.7,
}  # fmt: skip
_DIM_FACTORS = {
    "long": ("length", 1.6), "short": ("length", 0.6), "tall": ("height", 1.6), "high": ("height", 1.6), "low": ("height", 0.5),
    "wide": ("width", 1.6), "broad": ("width", 1.6), "narrow": ("width", 0.55), "thin": ("thickness", 0.5), "thick": ("thickness", 2.0),
    "flat": ("height", 0.3), "longer": ("length", 1.5), "shorter": ("length", 0.67), "taller": ("height", 1.5),
    "higher": ("height", 1.5), "lower": ("height", 0.67), "wider": ("width", 1.5), "narrower": ("width", 0.67),
    "thinner": ("thickness", 0.6), "thicker": ("thickness", 1.6), "slim": ("width", 0.6), "deep": ("width", 1.5), "fat": ("width", 1.5),
}  # fmt: skip
DIM_NOUNS = {
    "long": "length", "length": "length", "wide": "width", "width": "width", "tall": "height", "high": "height",
    "height": "height", "thick": "thickness", "thickness": "thickness", "deep": "width", "depth": "width", "radius": "radius",
    "diameter": "size", "in diameter": "size", "across": "size", "in size": "size", "in length": "length", "in width": "width",
    "in height": "height", "in radius": "radius", "side length": "size", "edge length": "size", "edge": "size", "edges": "size",
    "sides": "size", "side": "size", "size": "size", "wide and": "width", "in depth": "width",
}  # fmt: skip
_PROPERTIES = {
    "mass": "mass", "weight": "mass", "friction": "friction", "friction coefficient": "friction",
    "coefficient of friction": "friction", "bounciness": "bounce", "elasticity": "bounce", "restitution": "bounce",
    "coefficient of restitution": "bounce", "density": "density", "speed": "speed", "velocity": "speed", "angle": "tilt",
    "inclination": "tilt", "slope of": "tilt", "gravity": "gravity", "viscosity": "viscosity", "spacing": "spacing", "gap": "spacing",
    "gaps": "spacing", "distance": "spacing", "colour": "colour", "color": "colour", "position": "position", "bounce": "bounce",
    "initial speed": "speed", "initial velocity": "speed", "time step": "timestep", "timestep": "timestep",
    "angular velocity": "spin", "angular speed": "spin", "spin": "spin", "wind speed": "wind",
}  # fmt: skip
_WEIGHTS = {"heavy": 5.0, "light": 0.25, "lightweight": 0.25, "weighty": 5.0, "dense": 5.0, "heavier": 2.5, "lighter": 0.4,
            "massy": 5.0, "hollow": 0.2}  # fmt: skip
_SURFACES = {
    "slippery": ("friction", 0.05), "smooth": ("friction", 0.15), "frictionless": ("friction", 0.0), "slick": ("friction", 0.05),
    "without friction": ("friction", 0.0), "no friction": ("friction", 0.0), "low friction": ("friction", 0.1), "greasy": ("friction", 0.05),
    "high friction": ("friction", 1.5), "oily": ("friction", 0.05), "polished": ("friction", 0.15), "waxed": ("friction", 0.1),
    "rough": ("friction", 1.2), "sticky": ("friction", 2.0), "grippy": ("friction", 1.5), "bouncy": ("bounce", 0.85),
    "elastic": ("bounce", 0.9), "springy": ("bounce", 0.8), "bouncing": ("bounce", 0.85), "inelastic": ("bounce", 0.0),
    "perfectly elastic": ("bounce", 0.98), "super bouncy": ("bounce", 0.95), "soft": ("bounce", 0.1), "bouncier": ("bounce", 0.9),
    "dead": ("bounce", 0.0), "rougher": ("friction", 1.2), "stickier": ("friction", 1.5), "smoother": ("friction", 0.15),
    "more slippery": ("friction", 0.03), "slipperier": ("friction", 0.03), "without bounce": ("bounce", 0.0),
    "less bouncy": ("bounce", 0.4), "less slippery": ("friction", 0.6), "ice cold": ("friction", 0.05),
}  # fmt: skip
_POSES = {
    "upright": "standing", "standing": "standing", "standing up": "standing", "vertical": "standing", "vertically": "standing",
    "lying": "lying", "lying down": "lying", "lying flat": "lying", "on its side": "lying", "on their sides": "lying",
    "horizontal": "lying", "horizontally": "lying", "on end": "standing", "lying on its side": "lying", "on edge": "standing",
    "inverted": "inverted", "upside down": "inverted",
}  # fmt: skip
_MOTIONS = {
    "thrown": "thrown", "throw": "thrown", "tossed": "thrown", "launched": "thrown", "launch": "thrown", "shot": "thrown",
    "fired": "thrown", "flying": "thrown", "hurled": "thrown", "flies": "thrown", "shoot": "thrown", "fire": "thrown", "toss": "thrown",
    "kicked": "thrown", "kick": "thrown", "shooting": "thrown", "that flies": "thrown", "throwing": "thrown", "throws": "thrown",
    "moving": "moving", "moves": "moving", "travelling": "moving", "traveling": "moving", "driving": "moving", "going": "moving",
    "speeding": "moving", "running": "moving", "collide": "hitting", "collide head on": "hitting", "head on": "hitting", "hitting": "hitting", "hits": "hitting", "hit": "hitting", "crashing": "hitting",
    "crashes": "hitting", "crash": "hitting", "colliding": "hitting", "collides": "hitting", "smashing": "hitting", "smashes": "hitting",
    "striking": "hitting", "that hits": "hitting", "knocking over": "hitting", "knocking down": "hitting", "flying at": "hitting",
    "rolling": "rolling", "rolls": "rolling", "roll": "rolling", "rolled": "rolling", "that rolls": "rolling",
    "sliding": "sliding", "slides": "sliding", "pushed": "sliding", "push": "sliding", "pushing": "sliding", "slid": "sliding",
    "falling": "falling", "falls": "falling", "fall": "falling", "dropped": "falling", "drop": "falling", "dropping": "falling",
    "drops": "falling", "that falls": "falling", "falling down": "falling", "let fall": "falling", "plunging": "falling",
    "raining": "falling", "rains": "falling", "it rains": "falling", "spinning": "spinning", "spins": "spinning", "spin": "spinning", "rotating": "spinning", "rotates": "spinning",
    "whirling": "spinning", "twirling": "spinning", "turning": "spinning", "swinging": "swinging", "swings": "swinging",
    "swing": "swinging", "that swings": "swinging", "toppling": "toppled", "tipped": "toppled", "hovering": "hovering",
    "floating": "hovering", "floats": "hovering", "levitating": "hovering", "bumping": "hitting", "at rest": "resting",
    "resting": "resting", "still": "resting", "jumping": "thrown", "released": "released", "let go": "released",
}  # fmt: skip
_DIRECTIONS = {
    "to the left": "left", "left": "left", "leftwards": "left", "leftward": "left", "to the right": "right", "right": "right",
    "rightwards": "right", "rightward": "right", "up": "up", "upwards": "up", "upward": "up", "down": "down", "downwards": "down",
    "downward": "down", "forward": "forward", "forwards": "forward", "towards the camera": "forward", "backward": "back",
    "backwards": "back", "back": "back", "away": "back", "sideways": "right", "into the air": "up", "in the air": "air",
    "straight up": "up", "from the left": "from_left", "from the right": "from_right", "from above": "from_above", "from the sky": "from_above", "from the ceiling": "from_above", "out of the sky": "from_above",
    "from the front": "from_front", "from behind": "from_behind", "towards me": "forward", "to the front": "forward",
    "to the back": "back", "horizontally": "horizontal", "from the side": "from_left", "in mid air": "air", "in midair": "air",
    "in the sky": "air", "from one side": "from_left", "off the ground": "air", "towards us": "forward",
}  # fmt: skip

_PLACES = {
    "moon": 1.62, "mars": 3.71, "jupiter": 24.79, "venus": 8.87, "mercury": 3.7, "saturn": 10.44, "uranus": 8.87, "neptune": 11.15,
    "pluto": 0.62, "earth": 9.81, "europa": 1.31, "titan": 1.35, "ganymede": 1.43, "io": 1.8, "ceres": 0.28, "sun": 274.0, "asteroid": 0.05,
}  # fmt: skip
_MEDIA = {
    "water": (1000.0, 0.0009), "honey": (1400.0, 10.0), "oil": (900.0, 0.1), "syrup": (1300.0, 5.0), "glycerine": (1260.0, 1.4),
    "mud": (1500.0, 20.0), "air": (1.2, 0.000018), "mercury": (13534.0, 0.0015), "milk": (1030.0, 0.002), "jelly": (1050.0, 50.0),
    "molasses": (1400.0, 8.0),
}  # fmt: skip

# What means nothing for a scene, and is neither reported nor corrected.
FILLERS = frozenset(
    ["please", "i", "we", "you", "me", "us", "my", "our", "your", "want", "would", "like", "d", "ll", "s", "m", "need", "can", "could", "let", "let's", "lets", "there", "is", "are", "be", "was", "were", "being", "been", "will", "shall", "should", "may", "might", "just", "so", "very", "really", "quite", "rather", "pretty", "some", "of", "for", "to", "that", "which", "who", "where", "when", "as", "its", "their", "his", "her", "this", "scene", "simulation", "example", "demo", "picture", "world", "model", "physics", "room", "here", "now", "simple", "nice", "good", "basic", "kind", "type", "sort", "also", "too", "do", "does", "did", "done", "have", "has", "had", "having", "get", "got", "give", "show", "see", "watch", "look", "draw", "render", "generate", "simulate", "demonstrate", "display", "set", "up", "put", "place", "create", "make", "build", "construct", "design", "arrange", "add", "insert", "include", "want", "try", "use", "using", "called", "named", "consisting", "composed", "containing", "contains", "made", "from", "it's", "they're", "i'd", "i'm", "we'd", "thanks", "thank", "hello", "hi", "hey", "ok", "okay", "and", "then", "plus", "the", "a", "an", "with", "what", "how", "about", "together", "each", "other", "both", "all", "only", "exactly", "about", "around", "approximately", "roughly", "initially", "first", "finally", "next", "start", "starts", "starting", "begin", "begins", "beginning", "position", "placed", "positioned", "located", "put", "standing", "arranged", "setup", "environment", "virtual", "real", "realistic", "interesting", "cool", "little", "bit", "own", "new", "something", "somewhere", "them", "class", "lesson", "students", "kids", "children", "experiment", "teacher", "homework", "physics-based", "same", "identical", "equal", "equally", "sized", "size", "shape", "shaped", "coloured", "colored", "colour", "color", "pairs", "per", "any", "one", "ones", "while", "if", "in", "am", "let", "has", "having", "must", "if's", "whose", "side", "sides", "object", "objects", "thing", "things", "item", "items", "body", "bodies", "it's", "part", "parts", "but", "not", "it", "then", "there's", "that's", "sits", "stands", "lies", "rests", "hangs", "going", "able", "gently", "slowly", "quickly", "fast", "nicely", "carefully", "directly", "exactly", "simply", "easily", "perfectly", "properly", "again", "once", "at", "on", "by", "'s", "into", "onto"]
)


def _plural(noun: str) -> str:
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun.endswith(("s", "x", "ch", "sh")):
        return noun + "es"
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + "s"


def _noun_entries() -> dict[tuple[str, ...], Entry]:
    found: dict[tuple[str, ...], Entry] = {}
    for kind, names, given in _NOUNS:
        for name in names.split():
            words = tuple(name.split("-"))
            noun = given.get("noun", "_".join(word for word in words if word != "s"))
            found[words] = Entry("noun", Noun(kind, noun, False, given))
            plural = (*words[:-1], _plural(words[-1]))
            found[plural] = Entry("noun", Noun(kind, noun, True, given))
    found["stairs",] = Entry("noun", Noun("stairs", "stairs"))
    found["dice",] = Entry("noun", Noun("box", "die", True))
    found["domino",] = Entry("noun", Noun("domino", "domino"))
    found["dominos",] = Entry("noun", Noun("domino", "domino", True))
    return found


def _phrases(table: dict[str, Any], cat: str) -> dict[tuple[str, ...], Entry]:
    return {tuple(text.split()): Entry(cat, value) for text, value in table.items()}


def _build() -> dict[tuple[str, ...], list[Entry]]:
    tables: list[dict[tuple[str, ...], Entry]] = [
        _noun_entries(),
        _phrases(_GROUPS, "group"),
        {(*key.split()[:-1], _plural(key.split()[-1])): Entry("group", value) for key, value in _GROUPS.items()},
        _phrases(_PARTS, "part"),
        {(*key.split()[:-1], _plural(key.split()[-1])): Entry("part", value) for key, value in _PARTS.items()},
        _phrases(COLOUR_WORDS, "colour"),
        _phrases(dict.fromkeys(("different colours", "different colors", "various colours", "various colors", "random colours",
                                "random colors", "colourful", "colorful", "multicoloured", "multicolored", "rainbow", "many colours",
                                "many colors", "differently coloured", "differently colored", "mixed colours", "mixed colors",
                                "all colours", "all colors", "rainbow colours", "rainbow colors", "rainbow coloured",
                                "rainbow colored", "every colour", "every color", "different coloured", "different colored",
                                "assorted"), VARIOUS), "colour"),
        _phrases(SHADES, "shade"),
        _phrases(MATERIAL_WORDS, "material"),
        _phrases(_SIZES, "size"),
        _phrases(_DIM_FACTORS, "dimfactor"),
        _phrases(_WEIGHTS, "weight"),
        _phrases(_SURFACES, "surface"),
        _phrases(_POSES, "pose"),
        _phrases(_RELATIONS, "rel"),
        _phrases(_BARE_RELATIONS, "barerel"),
        _phrases(_ARRANGE, "arrange"),
        _phrases(_MOTIONS, "motion"),
        _phrases(_DIRECTIONS, "dir"),
        _phrases(DIM_NOUNS, "dim"),
        _phrases(_PROPERTIES, "property"),
        _phrases({word: index for index, word in enumerate(
            ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"])} | {
            "last": -1, "top": -1, "bottom": 0, "middle": 99, "leftmost": 0, "rightmost": -1, "final": -1, "lowest": 0,
            "uppermost": -1, "topmost": -1, "highest": -1, "outer": -1, "inner": 0, "upper": 0, "lower": -1, "1st": 0}, "ordinal"),
        _phrases({"single": 1, "double": 2, "triple": 3, "quadruple": 4, "quintuple": 5, "sextuple": 6, "simple": 1}, "tuple"),
        _phrases(dict.fromkeys(["it", "its"], "it") | dict.fromkeys(["them", "they", "these", "those", "their"], "them")
                 | {"each other": "each_other", "one another": "each_other", "that": "it", "this": "it", "everything": "all",
                    "all of them": "them", "all": "all", "both of them": "them", "both": "them", "the other": "other",
                    "this one": "it", "that one": "it", "all things": "all", "all objects": "all", "everything else": "others"}, "pron"),
        _phrases({"a": "a", "an": "a", "the": "the", "another": "another", "each": "each", "every": "each", "all the": "the",
                  "all of the": "the", "both": "the", "one more": "another", "more": "more", "my": "the", "other": "another",
                  "one of the": "one", "some": "some", "any": "some", "additional": "more", "extra": "more", "further": "more",
                  "all": "the", "this": "the", "that": "the", "these": "the", "those": "the", "many": "many", "several": "several",
                  "a few": "few", "few": "few", "a lot of": "many", "lots of": "many", "a bunch of": "several", "most": "the",
                  "a handful of": "several", "a number of": "several", "a couple": "couple", "no": "no", "not": "no",
                  "a group of": "several", "a set of": "several", "a collection of": "several", "plenty of": "many",
                  "a series of": "several", "the one": "the", "one": "a"}, "det"),
        _phrases({"very": 1.0, "really": 1.0, "extremely": 1.6, "super": 1.0, "extra": 1.0, "slightly": 0.4, "a bit": 0.5,
                  "a little": 0.5, "quite": 0.7, "much": 1.2, "a lot": 1.2, "way": 1.2, "somewhat": 0.5, "fairly": 0.7,
                  "a little bit": 0.5, "incredibly": 1.6, "ridiculously": 1.8, "far": 1.2, "rather": 0.7, "so": 0.8, "too": 1.0,
                  "perfectly": 1.0, "completely": 1.0}, "degree"),
        _phrases({"remove": "remove", "delete": "remove", "erase": "remove", "take away": "remove", "get rid of": "remove",
                  "clear": "remove", "take out": "remove", "drop out": "remove", "eliminate": "remove", "without": "without",
                  "destroy": "remove", "turn off": "off", "switch off": "off", "disable": "off", "turn on": "on",
                  "switch on": "on", "enable": "on",
                  "paint": "change", "colour": "change", "color": "change", "change": "change", "turn": "turn",
                  "rotate": "turn", "tilt": "turn", "incline": "turn", "move": "move", "shift": "move", "slide": "move", "lift": "lift",
                  "raise": "lift", "lower": "sink", "double": "double", "halve": "halve", "triple": "treble", "swap": "replace",
                  "replace": "replace", "exchange": "replace", "scale": "change", "resize": "change", "stack": "stack", "enlarge": "grow",
                  "shrink": "shrink", "increase": "grow", "decrease": "shrink", "reduce": "shrink", "grow": "grow", "make": "make",
                  "let": "make", "set": "make", "put": "put", "place": "put", "bring": "put", "add": "add", "lay": "put",
                  "dye": "change", "tint": "change", "hang": "put", "line up": "lineup", "arrange": "put", "lean": "put",
                  "create": "create", "build": "create", "start over": "restart", "new scene": "restart", "start again": "restart",
                  "clear the scene": "restart", "clear everything": "restart", "remove everything": "restart", "stick": "put",
                  "start from scratch": "restart", "empty scene": "restart", "delete everything": "restart", "duplicate": "double",
                  "clone": "double", "copy": "double", "weigh": "weigh", "weighs": "weigh", "weighing": "weigh",
                  "lift up": "lift", "push up": "lift", "strengthen": "grow", "weaken": "shrink", "spread": "spread",
                  "spread out": "spread", "space out": "spread", "flip": "flip", "turn around": "flip", "steepen": "steepen"}, "verb"),
        _phrases({"steep": 35.0, "steeper": 1.5, "shallow": 10.0, "gentle": 10.0, "flatter": 0.6, "less steep": 0.6,
                  "shallower": 0.6, "more steep": 1.5, "gentler": 0.6}, "slope"),
        _phrases({"faster": 2.0, "slower": 0.5, "quicker": 2.0, "fast": 5.0, "quickly": 5.0, "slow": 0.7, "slowly": 0.7, "hard": 6.0,
                  "gently": 1.0, "at high speed": 6.0, "at low speed": 0.7, "at full speed": 6.0, "fiercely": 6.0}, "pace"),
        _phrases({"motor": "motors", "motors": "motors", "motorised": "motors", "motorized": "motors", "actuated": "motors", "actuators": "motors",
                  "actuator": "motors", "servos": "motors", "servo": "motors", "engine": "motors", "motor driven": "motors", "powered": "motors",
                  "engines": "motors", "controllable": "motors", "driven": "motors", "controls": "motors",
                  "camera": "camera", "cameras": "camera", "sensor": "sensors", "sensors": "sensors", "a camera": "camera"}, "feature"),
        _phrases({"fixed": True, "static": True, "immovable": True, "glued": True, "fixed in place": True, "immobile": True,
                  "anchored": True, "welded": True, "unmovable": True, "bolted": True, "nailed": True, "stationary": True,
                  "free": False, "movable": False, "loose": False, "moveable": False, "mobile": False}, "fixed"),
        _phrases({"twice": 2.0, "two times": 2.0, "three times": 3.0, "half": 0.5, "double": 2.0, "triple": 3.0, "thrice": 3.0,
                  "four times": 4.0, "ten times": 10.0, "five times": 5.0, "half as": 0.5, "twice as": 2.0, "doubled": 2.0,
                  "halved": 0.5, "tripled": 3.0}, "factor"),
        _phrases({"times": None, "times as": None}, "times"),
        _phrases({"apart": "spacing", "apart from each other": "spacing", "between each": "spacing", "between them": "spacing_between",
                  "from each other": "spacing", "away from each other": "spacing", "spacing": "spacing", "gaps": "spacing", "gap": "spacing"}, "apart"),
        _phrases({"away from": "away", "from": "from", "away": "away"}, "from"),
        _phrases({"at an angle": "tilt", "tilted": "tilt", "inclined": "tilt", "rotated": "yaw", "turned": "yaw", "sloped": "tilt",
                  "slanted": "tilt", "leaning": "tilt", "angled": "tilt"}, "tilted"),
        _phrases({"made of": "of", "made from": "of", "made out of": "of", "of": "of", "consisting of": "of", "built of": "of",
                  "built from": "of", "composed of": "of", "out of": "of", "built out of": "of", "containing": "of", "constructed from": "of",
                  "formed by": "of", "formed of": "of", "filled with": "filled", "full of": "filled", "s": "s"}, "of"),
        _phrases({"with": "with", "having": "with", "has": "with", "have": "with", "carrying": "carry", "holding": "carry",
                  "that has": "with", "and has": "with", "including": "with", "plus": "and", "and": "and", "then": "and", "as well as": "and",
                  "along with": "and", "together with": "and", "also": "and", "supporting": "carry", "carries": "carry", "contains": "filled"}, "conj"),
        _phrases({"is": "is", "are": "is", "should be": "is", "be": "is", "becomes": "is", "become": "is", "to": "to", "into": "into",
                  "by": "by", "than": "than", "as": "as"}, "link"),
        _phrases({"floor": "floor", "ground": "floor", "the floor": "floor", "the ground": "floor", "plane": "floor", "ground plane": "floor"}, "floor"),
        _phrases({"air": "air", "ceiling": "ceiling", "sky": "sky", "the ceiling": "ceiling", "above": "air"}, "aerial"),
        _phrases({"on the " + place: gravity for place, gravity in _PLACES.items()} | {"on " + place: gravity for place, gravity in _PLACES.items()}
                 | {"on planet " + place: gravity for place, gravity in _PLACES.items()} | {place + " gravity": gravity for place, gravity in _PLACES.items()}
                 | {"in space": 0.0, "in outer space": 0.0, "weightless": 0.0, "zero gravity": 0.0, "no gravity": 0.0, "without gravity": 0.0,
                    "zero g": 0.0, "in orbit": 0.0, "microgravity": 0.0, "without any gravity": 0.0, "gravity free": 0.0, "on an asteroid": 0.05,
                    "gravity off": 0.0, "in zero gravity": 0.0, "weightlessness": 0.0, "in weightlessness": 0.0, "on the iss": 0.0,
                    "lunar gravity": 1.62, "martian gravity": 3.71, "low gravity": 3.0, "weak gravity": 3.0, "high gravity": 20.0, "strong gravity": 20.0,
                    "normal gravity": 9.81, "earth gravity": 9.81, "moon gravity": 1.62, "in low gravity": 3.0, "in free fall": 0.0,
                    "reversed gravity": -9.81, "reverse gravity": -9.81, "gravity upside down": -9.81, "negative gravity": -9.81,
                    "gravity upwards": -9.81, "inverted gravity": -9.81, "in deep space": 0.0, "at zero gravity": 0.0, "on the moons surface": 1.62},
                 "gravity"),
        _phrases({f"{word} {medium}": medium for medium in _MEDIA for word in ("in", "under", "in the", "inside", "through", "into")
                  if not (medium in ("air",) and word != "in")} | {"underwater": "water", "submerged": "water", "in a pool of water": "water",
                  "in vacuum": "vacuum", "in a vacuum": "vacuum", "with air resistance": "air", "air resistance": "air", "with drag": "air",
                  "air drag": "air", "no air": "vacuum", "without air": "vacuum", "under the water": "water"}, "medium"),
        _phrases({"wind": "wind", "breeze": "breeze", "storm": "storm", "windy": "wind", "gale": "storm", "strong wind": "storm",
                  "light breeze": "breeze", "gentle breeze": "breeze", "hurricane": "storm"}, "wind"),
        _phrases({"no floor": False, "without a floor": False, "without floor": False, "without the floor": False, "without ground": False,
                  "without a ground": False, "no ground": False, "bottomless": False, "floorless": False}, "nofloor"),
        _phrases({"the same": None, "same": None}, "same"),
    ]  # fmt: skip
    found: dict[tuple[str, ...], list[Entry]] = {}
    for table in tables:
        for key, entry in table.items():
            found.setdefault(key, []).append(entry)
    return found


LEXICON = _build()
LONGEST = max(len(key) for key in LEXICON)
KNOWN = frozenset(word for key in LEXICON for word in key) | FILLERS
PLACES = _PLACES
MEDIA = _MEDIA
