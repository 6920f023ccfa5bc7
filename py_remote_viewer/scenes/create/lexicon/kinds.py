"""Every kind of thing that can be built: its usual size, what it is made of, what it counts. Pure data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Sort = Literal["solid", "furniture", "machine", "soft", "robot", "tie"]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind.

    Attributes:
        sort: `solid` bodies are free to move, `furniture` stands fixed, a `tie` joins two others, the rest are assemblies.
        dims: usual sizes, m.
        material: what it is made of where nothing is said.
        part: what `parts` counts; empty when it has none.
        parts: how many there usually are, at least, at most.
        carries: whether other things can stand on it.
    """

    sort: Sort
    dims: dict[str, float]
    material: str = "plastic"
    part: str = ""
    parts: tuple[int, int, int] = (1, 1, 1)
    carries: bool = True


KINDS: dict[str, Kind] = {
    "box": Kind("solid", {"size": 0.12}),
    "ball": Kind("solid", {"size": 0.12}, carries=False),
    "capsule": Kind("solid", {"length": 0.24, "radius": 0.04}, carries=False),
    "cylinder": Kind("solid", {"height": 0.16, "radius": 0.05}),
    "disc": Kind("solid", {"radius": 0.09, "thickness": 0.024}),
    "ellipsoid": Kind("solid", {"length": 0.14, "width": 0.1, "height": 0.1}, carries=False),
    "plate": Kind("solid", {"length": 0.26, "width": 0.26, "thickness": 0.02}),
    "plank": Kind("solid", {"length": 0.8, "width": 0.12, "thickness": 0.03}, "wood"),
    "stick": Kind("solid", {"length": 0.5, "radius": 0.015}, "wood", carries=False),
    "brick": Kind("solid", {"length": 0.2, "width": 0.1, "height": 0.066}, "clay"),
    "domino": Kind("solid", {"height": 0.14, "width": 0.07, "thickness": 0.022}),
    "dumbbell": Kind("solid", {"length": 0.36, "radius": 0.07}, "iron", carries=False),
    "wheel": Kind("solid", {"radius": 0.15, "thickness": 0.05}, "rubber", carries=False),
    "ring": Kind("solid", {"radius": 0.15, "thickness": 0.03}, carries=False),
    "cone": Kind("solid", {"radius": 0.08, "height": 0.2}, carries=False),
    "spire": Kind("solid", {"length": 0.16, "width": 0.16, "height": 0.14}, "", "side", (4, 3, 12), carries=False),
    "prism": Kind("solid", {"length": 0.12, "width": 0.12, "height": 0.16}, "", "side", (3, 3, 12)),
    "tee": Kind("solid", {"length": 0.24, "width": 0.24, "height": 0.06}),
    "ell": Kind("solid", {"length": 0.2, "width": 0.24, "height": 0.06}),
    "cross": Kind("solid", {"length": 0.24, "width": 0.24, "height": 0.06}),
    "channel": Kind("solid", {"length": 0.24, "width": 0.2, "height": 0.06}),
    "aitch": Kind("solid", {"length": 0.24, "width": 0.24, "height": 0.06}),
    "dome": Kind("solid", {"radius": 0.09}, carries=False),
    "tetrahedron": Kind("solid", {"size": 0.14}, carries=False),
    "octahedron": Kind("solid", {"size": 0.14}),
    "icosahedron": Kind("solid", {"size": 0.14}),
    "dodecahedron": Kind("solid", {"size": 0.14}),
    "table": Kind("furniture", {"length": 0.9, "width": 0.7, "height": 0.45}, "", "leg", (4, 3, 8)),
    "ramp": Kind("furniture", {"length": 1.2, "width": 0.5}, ""),
    "wall": Kind("furniture", {"length": 1.2, "height": 0.6, "thickness": 0.08}, ""),
    "bent_wall": Kind("furniture", {"length": 1.2, "width": 1.2, "height": 0.6, "thickness": 0.06}, "", carries=False),
    "corridor": Kind("furniture", {"length": 2.4, "width": 0.8, "height": 0.5}, "", carries=False),
    "arch": Kind("furniture", {"length": 0.8, "height": 1.0, "thickness": 0.14}, ""),
    "stairs": Kind("furniture", {"width": 0.6}, "", "step", (5, 2, 20)),
    "bin": Kind("furniture", {"length": 0.4, "width": 0.4, "height": 0.25}, ""),
    "socket": Kind("furniture", {"length": 0.2, "width": 0.2, "height": 0.12, "radius": 0.026}, ""),
    "platform": Kind("furniture", {"length": 0.6, "width": 0.6, "height": 0.2}, ""),
    "pillar": Kind("furniture", {"height": 0.8, "radius": 0.06}, ""),
    "marker": Kind("furniture", {"radius": 0.05}, "", carries=False),
    "zone": Kind("furniture", {"length": 0.4, "width": 0.4}, ""),
    "board": Kind("furniture", {"radius": 0.3, "height": 1.0}, "", carries=False),
    "bookshelf": Kind("furniture", {"length": 0.9, "width": 0.32, "height": 1.2}, "", "shelf", (3, 1, 10)),
    "goal": Kind("furniture", {"width": 1.2, "height": 0.8}, "", carries=False),
    "hoop": Kind("furniture", {"radius": 0.23, "height": 1.6}, "", carries=False),
    "funnel": Kind("furniture", {"radius": 0.35, "height": 0.6}, "", carries=False),
    "wall_maze": Kind("furniture", {"length": 1.6, "height": 0.15}, "", "wall", (4, 1, 12), carries=False),
    "maze": Kind("furniture", {"length": 1.6, "height": 0.15}, "", "cell", (6, 3, 14), carries=False),
    "peg_board": Kind("furniture", {"length": 0.8, "height": 1.4}, "", "row", (9, 3, 16), carries=False),
    "turntable": Kind("machine", {"radius": 0.3, "height": 0.12}),
    "conveyor": Kind("machine", {"length": 1.6, "width": 0.4, "height": 0.3}, "", "roller", (16, 6, 40)),
    "elevator": Kind("machine", {"length": 0.6, "width": 0.6, "height": 1.4}),
    "drawers": Kind("machine", {"length": 0.5, "width": 0.45, "height": 0.6}, "wood", "drawer", (1, 1, 8)),
    "gears": Kind("machine", {"radius": 0.14}, "", "gear", (2, 1, 6), carries=False),
    "swing_set": Kind("machine", {"height": 1.2, "width": 0.7}, "", "seat", (1, 1, 6)),
    "crane": Kind("machine", {"height": 1.4, "length": 0.9}, carries=False),
    "table_pulley": Kind("machine", {"length": 1.2, "height": 0.8}, carries=False),
    "rotary_pendulum": Kind("machine", {"length": 0.35}, carries=False),
    "crank_slider": Kind("machine", {"radius": 0.14}, "", carries=False),
    "linkage": Kind("machine", {"length": 0.6}, "", carries=False),
    "universal_joint": Kind("machine", {"length": 0.9}, "", carries=False),
    "scara": Kind("machine", {"length": 0.6}, "", carries=False),
    "excavator": Kind("machine", {"length": 1.0}, "", carries=False),
    "doll": Kind("machine", {"height": 1.0}, carries=False),
    "crawler": Kind("machine", {"length": 0.6}, "", "leg", (4, 3, 10), carries=False),
    "snake": Kind("machine", {"length": 1.0, "radius": 0.035}, "", "link", (8, 2, 20), carries=False),
    "drone": Kind("machine", {"length": 0.5}, "", "rotor", (4, 3, 8), carries=False),
    "pendulum": Kind("machine", {"length": 0.6}, "", "link", (1, 1, 12), carries=False),
    "cart_pole": Kind("machine", {"length": 0.6}, "", "pole", (1, 1, 6), carries=False),
    "arm": Kind("machine", {"length": 0.9}, "", "joint", (4, 1, 12), carries=False),
    "gripper": Kind("machine", {"height": 0.5}, carries=False),
    "walker": Kind("machine", {"height": 1.2}, "", "leg", (2, 1, 2), carries=False),
    "car": Kind("machine", {"length": 0.5, "width": 0.24}, "", "wheel", (4, 2, 10)),
    "catapult": Kind("machine", {"length": 0.8}, "wood", carries=False),
    "seesaw": Kind("machine", {"length": 1.2, "width": 0.24}, "wood"),
    "cradle": Kind("machine", {"length": 0.5}, "steel", "ball", (5, 2, 12), carries=False),
    "top": Kind("machine", {"radius": 0.1}, carries=False),
    "gyroscope": Kind("machine", {"radius": 0.14}, carries=False),
    "door": Kind("machine", {"width": 0.6, "height": 1.1, "thickness": 0.04}, "wood", carries=False),
    "trapdoor": Kind("machine", {"length": 0.6, "width": 0.6, "height": 0.8, "thickness": 0.03}, "wood"),
    "slider": Kind("machine", {"length": 1.2}, "", carries=False),
    "spring": Kind("machine", {"length": 0.4}, "", "mass", (1, 1, 6), carries=False),
    "rotor": Kind("machine", {"radius": 0.4}, "", "blade", (3, 2, 12), carries=False),
    "pulley": Kind("machine", {"height": 1.1}, "", carries=False),
    "rope": Kind("soft", {"length": 0.9}, "", "link", (14, 3, 40), carries=False),
    "chain": Kind("soft", {"length": 0.8}, "steel", "link", (12, 3, 40), carries=False),
    "cloth": Kind("soft", {"length": 0.8, "width": 0.8}, "", carries=False),
    "bridge": Kind("soft", {"length": 1.4, "width": 0.3}, "wood", "plank", (9, 3, 30)),
    "coil": Kind("tie", {"length": 0.3}, carries=False),
    "cord": Kind("tie", {"length": 0.4}, carries=False),
    "band": Kind("tie", {"length": 0.3}, carries=False),
    "bar": Kind("tie", {"length": 0.3}, carries=False),
    "hinge": Kind("tie", {"length": 0.1}, carries=False),
    "ball_joint": Kind("tie", {"length": 0.1}, carries=False),
    "weld": Kind("tie", {"length": 0.1}, carries=False),
    "humanoid": Kind("robot", {}, "", carries=False),
    "quadruped": Kind("robot", {}, "", carries=False),
    "marble_run": Kind("robot", {}, "", carries=False),
    "pendulum_wave": Kind("robot", {}, "", carries=False),
    "wave_machine": Kind("robot", {}, "", carries=False),
}
# How fast what spins by itself does so, rad/s.
USUAL_SPIN = {"top": 60.0, "gyroscope": 80.0, "rotor": 5.0}
# How many a group of things is when nobody says.
USUAL_COUNT = {
    "stack": 5,
    "row": 5,
    "circle": 8,
    "grid": 9,
    "pile": 8,
    "pyramid": 10,
    "triangle": 10,
    "wall": 12,
    "scatter": 6,
}
