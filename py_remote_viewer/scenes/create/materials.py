"""Materials and colours by name, with honest densities. Pure data."""

from __future__ import annotations

from dataclasses import dataclass

Rgb = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Material:
    """Density kg/m³, sliding friction, bounce (share of the speed that a drop keeps), colour, shine 0..1."""

    density: float
    friction: float
    bounce: float
    colour: Rgb
    shine: float = 0.3
    alpha: float = 1.0


MATERIALS: dict[str, Material] = {
    "wood": Material(600, 0.6, 0.2, (0.66, 0.46, 0.28), 0.15),
    "cork": Material(200, 0.7, 0.4, (0.78, 0.62, 0.42), 0.05),
    "balsa": Material(150, 0.6, 0.2, (0.85, 0.73, 0.53), 0.1),
    "steel": Material(7850, 0.5, 0.3, (0.62, 0.67, 0.74), 0.9),
    "iron": Material(7870, 0.5, 0.25, (0.42, 0.44, 0.47), 0.6),
    "metal": Material(7850, 0.5, 0.3, (0.58, 0.62, 0.68), 0.8),
    "aluminium": Material(2700, 0.5, 0.3, (0.77, 0.79, 0.82), 0.8),
    "copper": Material(8960, 0.5, 0.2, (0.78, 0.46, 0.27), 0.8),
    "brass": Material(8500, 0.45, 0.3, (0.80, 0.66, 0.28), 0.8),
    "bronze": Material(8800, 0.45, 0.25, (0.66, 0.45, 0.22), 0.7),
    "lead": Material(11340, 0.6, 0.05, (0.35, 0.36, 0.40), 0.3),
    "gold": Material(19300, 0.45, 0.1, (0.95, 0.75, 0.22), 0.95),
    "silver": Material(10490, 0.45, 0.15, (0.82, 0.84, 0.87), 0.95),
    "platinum": Material(21450, 0.45, 0.1, (0.84, 0.83, 0.80), 0.95),
    "titanium": Material(4506, 0.5, 0.3, (0.55, 0.56, 0.60), 0.7),
    "rubber": Material(1100, 1.2, 0.75, (0.23, 0.25, 0.29), 0.1),
    "plastic": Material(950, 0.4, 0.45, (0.93, 0.53, 0.24), 0.5),
    "foam": Material(40, 0.8, 0.3, (0.92, 0.87, 0.70), 0.0),
    "sponge": Material(60, 0.9, 0.2, (0.94, 0.83, 0.36), 0.0),
    "styrofoam": Material(30, 0.6, 0.3, (0.95, 0.96, 0.97), 0.05),
    "paper": Material(700, 0.5, 0.1, (0.95, 0.95, 0.92), 0.0),
    "cardboard": Material(150, 0.6, 0.15, (0.72, 0.57, 0.40), 0.0),
    "ice": Material(917, 0.03, 0.2, (0.70, 0.87, 0.97), 0.9, 0.75),
    "glass": Material(2500, 0.35, 0.5, (0.75, 0.90, 0.92), 1.0, 0.45),
    "stone": Material(2500, 0.7, 0.15, (0.52, 0.52, 0.50), 0.1),
    "marble": Material(2700, 0.5, 0.3, (0.90, 0.89, 0.87), 0.7),
    "granite": Material(2700, 0.65, 0.2, (0.45, 0.42, 0.42), 0.4),
    "concrete": Material(2400, 0.8, 0.1, (0.60, 0.60, 0.58), 0.05),
    "clay": Material(1800, 0.9, 0.02, (0.71, 0.45, 0.34), 0.05),
    "ceramic": Material(2300, 0.5, 0.3, (0.93, 0.92, 0.90), 0.8),
    "leather": Material(900, 0.7, 0.3, (0.45, 0.28, 0.18), 0.2),
    "teflon": Material(2200, 0.04, 0.2, (0.95, 0.95, 0.95), 0.6),
    "diamond": Material(3510, 0.1, 0.5, (0.80, 0.95, 1.0), 1.0, 0.5),
    "wax": Material(900, 0.4, 0.1, (0.93, 0.88, 0.70), 0.4),
    "chocolate": Material(1300, 0.5, 0.1, (0.35, 0.21, 0.13), 0.3),
    "grass": Material(600, 0.9, 0.1, (0.30, 0.52, 0.22), 0.0),
    "sand": Material(1600, 0.9, 0.02, (0.80, 0.70, 0.48), 0.0),
    "carpet": Material(300, 1.0, 0.05, (0.47, 0.27, 0.29), 0.0),
}
MATERIAL_WORDS: dict[str, str] = {name: name for name in MATERIALS} | {
    "wooden": "wood",
    "timber": "wood",
    "oak": "wood",
    "pine": "wood",
    "metallic": "metal",
    "aluminum": "aluminium",
    "golden": "gold",
    "silvery": "silver",
    "stainless steel": "steel",
    "rock": "stone",
    "rocky": "stone",
    "icy": "ice",
    "rubbery": "rubber",
    "leaden": "lead",
    "polystyrene": "styrofoam",
    "brassy": "brass",
    "porcelain": "ceramic",
    "glassy": "glass",
    "woollen": "carpet",
    "concreted": "concrete",
    "sandy": "sand",
    "frozen": "ice",
    "grassy": "grass",
    "balsa wood": "balsa",
    "iron cast": "iron",
    "cast iron": "iron",
    "sandstone": "stone",
    "steely": "steel",
    "plastics": "plastic",
    "waxen": "wax",
}

COLOURS: dict[str, Rgb] = {
    "red": (0.86, 0.20, 0.18),
    "green": (0.25, 0.73, 0.31),
    "blue": (0.25, 0.52, 0.95),
    "yellow": (0.96, 0.82, 0.20),
    "orange": (0.94, 0.53, 0.24),
    "purple": (0.58, 0.32, 0.80),
    "violet": (0.52, 0.36, 0.86),
    "pink": (0.96, 0.52, 0.70),
    "magenta": (0.88, 0.20, 0.66),
    "cyan": (0.20, 0.80, 0.88),
    "turquoise": (0.19, 0.76, 0.70),
    "teal": (0.10, 0.52, 0.52),
    "brown": (0.50, 0.33, 0.19),
    "black": (0.10, 0.11, 0.13),
    "white": (0.94, 0.95, 0.96),
    "grey": (0.52, 0.55, 0.60),
    "silver": (0.78, 0.80, 0.84),
    "gold": (0.93, 0.74, 0.24),
    "copper": (0.78, 0.46, 0.27),
    "bronze": (0.66, 0.45, 0.22),
    "brass": (0.80, 0.66, 0.30),
    "beige": (0.90, 0.83, 0.68),
    "navy": (0.12, 0.20, 0.48),
    "lime": (0.62, 0.90, 0.22),
    "olive": (0.50, 0.52, 0.20),
    "maroon": (0.50, 0.13, 0.17),
    "crimson": (0.80, 0.10, 0.25),
    "scarlet": (0.92, 0.18, 0.12),
    "salmon": (0.96, 0.58, 0.50),
    "coral": (0.98, 0.50, 0.40),
    "indigo": (0.32, 0.26, 0.68),
    "lavender": (0.76, 0.70, 0.92),
    "mint": (0.60, 0.92, 0.74),
    "peach": (0.99, 0.78, 0.62),
    "ivory": (0.97, 0.95, 0.86),
    "khaki": (0.76, 0.70, 0.48),
    "tan": (0.80, 0.66, 0.48),
    "amber": (0.98, 0.70, 0.10),
    "aqua": (0.30, 0.86, 0.90),
}
COLOUR_WORDS: dict[str, str] = {name: name for name in COLOURS if name not in MATERIALS} | {
    "gray": "grey",
    "golden coloured": "gold",
    "golden colored": "gold",
    "reddish": "red",
    "bluish": "blue",
    "greenish": "green",
    "yellowish": "yellow",
    "silver coloured": "silver",
    "silver colored": "silver",
    "rose": "pink",
    "lilac": "lavender",
    "azure": "blue",
    "sky blue": "light blue",
    "navy blue": "navy",
    "dark blue": "navy",
    "lime green": "lime",
    "fuchsia": "magenta",
    "burgundy": "maroon",
}
SHADES = {
    "light": 0.45,
    "pale": 0.5,
    "pastel": 0.5,
    "bright": 0.12,
    "vivid": 0.0,
    "dark": -0.45,
    "deep": -0.3,
    "neon": 0.1,
}
VARIOUS = "various"
PALETTE = ("blue", "orange", "green", "red", "yellow", "purple", "cyan", "pink", "lime", "brown", "teal", "white")
HOUSE: dict[str, Rgb] = {
    "blue": (0.3, 0.61, 1.0),
    "orange": (0.94, 0.53, 0.24),
    "green": (0.25, 0.73, 0.31),
    "steel": (0.62, 0.67, 0.74),
    "dark": (0.25, 0.29, 0.36),
    "light": (0.86, 0.89, 0.93),
    "plank": (0.3, 0.34, 0.4),
}


def rgb(colour: str) -> Rgb:
    """Of a colour name, which may begin with a shade: `light blue`."""
    if colour in COLOURS:
        return COLOURS[colour]
    shade, _, name = colour.partition(" ")
    base = COLOURS[name]
    amount = SHADES[shade]
    if amount >= 0:
        return (base[0] + (1 - base[0]) * amount, base[1] + (1 - base[1]) * amount, base[2] + (1 - base[2]) * amount)
    return (base[0] * (1 + amount), base[1] * (1 + amount), base[2] * (1 + amount))
