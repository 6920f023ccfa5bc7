"""What people say of machines in other words: units of joints, springs as adjectives, names of drives. Pure.

Read like those of `idioms.py`, after them.
"""

from __future__ import annotations

_OPENING = (
    r"(?:trap ?-?doors?|doors?|gates?|drawers?|hatch(?:es)?|hinges?|sliders?|seesaws?|pendulums?|turntables?|lids?)"
)

MACHINE_IDIOMS: tuple[tuple[str, str], ...] = (
    # units
    (r"\bnewtons?[ -]?met(?:re|er)s? per rad(?:ian)?s?\b", "nm/rad"),
    (r"\bnewtons? per met(?:re|er)s?\b", "n/m"),
    (r"\bnewtons? per (?:mm|millimet(?:re|er)s?)\b", "n/mm"),
    (r"\bnewtons? per (?:cm|centimet(?:re|er)s?)\b", "n/cm"),
    (r"\bnewtons?[ -]?seconds? per met(?:re|er)s?\b", "ns/m"),
    (r"\bnewtons?[ -]?met(?:re|er)s?\b", "nm"),
    (r"(?<=\d) ?n ?[·*. -]? ?m ?[·*. -]? ?s ?(?:/|per) ?rad\b", " nms/rad"),
    (r"(?<=\d) ?n ?[·*. -]? ?m ?(?:/|per) ?(rad|deg)(?:ian)?s?\b", r" nm/\1"),
    (r"(?<=\d) ?n ?[·*. -]? ?s ?(?:/|per) ?m\b", " ns/m"),
    (r"(?<=\d) ?kg ?/ ?s\b", " ns/m"),
    (r"(?<=\d) ?n ?[·*. -]? ?m\b(?! ?/)", " nm"),
    # springs as adjectives
    (r"\b(?:spring[- ](?:loaded|return(?:ed|ing)?|assisted|mounted|back)|sprung|self[- ](?:closing|returning|centring|centering"
     r"|shutting|retracting)) ((?:[a-z]+ ){0,3}?" + _OPENING + r")\b", r"\1 with a return spring"),
    (r"\b(" + _OPENING + r") (?:is|are|should be) (?:spring[- ]loaded|sprung|self[- ](?:closing|returning))\b",
     r"\1 with a return spring"),
    (r"\bauto(?:matically)?[- ](?:closing|returning) ((?:[a-z]+ ){0,2}?" + _OPENING + r")\b", r"\1 with a return spring"),
    # drives
    (r"\b(front|rear|back|four|all|two|six|4|6)[- ]wheel[- ]?(drive|driven|steering|steered)\b", r"\1 wheel \2"),
    (r"\b(front|rear|back|four|all|two|six|4|6) wheel (drive|driven|steering|steered) ((?:toy |rc |race |robot )?"
     r"(?:cars?|trucks?|buggy|rovers?|carts?|vehicles?|robots?|vans?|jeeps?|karts?|tractors?))\b", r"\3 with \1 wheel \2"),
    (r"\ban? (acrobot)\b", r"an \1 with a motor at the elbow"),
    (r"\ban? (pendubot)\b", r"a \1 with a motor at the shoulder"),
    (r"\binverted pendulum (?:fixed |mounted |hinged |standing )?(?:on|with|to|at) (?:a |the )?"
     r"(?:fixed|stationary|immovable|rigid|solid|heavy)(?: base| stand| support| mount| pivot| hinge| point)\b",
     "fixed-inverted-pendulum"),
    (r"\b4wd\b", "4 wheel drive"),
    (r"\bmotors? (?:only )?(?:on|at|for|in|driving) (front|rear|back) wheels\b", r"motors on the \1 wheels"),
)  # fmt: skip
