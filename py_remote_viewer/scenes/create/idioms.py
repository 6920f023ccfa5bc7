"""What people say in other words: shorthand and fixed phrases put into words that the grammar knows. Pure.

Each is a regular expression and what it becomes; all of them are linear in the text.
"""

from __future__ import annotations

import re

_DETERMINER = r"(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|some|the|\d{1,3})\b"
_IDIOMS: tuple[tuple[str, str], ...] = (
    (r"\bw/o\b", "without"),
    (r"\bw/ ?(?=\w)", "with "),
    # taken back: nothing is left of what came before
    (r"\A[^;\n]{0,300}?[.,…-]{1,4} ?(?:no,? |or |well,? )?(?:actually|rather),? just (?=" + _DETERMINER + ")", ""),
    # when: a scene begins with everything at once
    (r",? ?\b(?:all |both )?(?:at the (?:very )?same (?:time|moment|instant)|simultaneously)\b", ""),
    (r"\bfeather[- ]?(?:light|weight)\b", "very light"),
    (r"\bpaper[- ]?thin\b", "very thin"),
    (r"\b(?:at|in) the (?:world(?:'s)? )?origin\b", "at (0, 0)"),
    (r"\b(?:at|in) the cent(?:er|re) of the (?:world|scene|coordinate system)\b", "at (0, 0)"),
    (r"\bpour(?:ing)?\b(?! rain)", "add"),
    (r"\b(fixed|attached|held|anchored|pinned|clamped|hanging|hung) (?:only )?(?:at|by|from) "
     r"(?:one|the top|its top|the upper|one of its) ends?\b", "fixed"),
    (r"\b(?:a|the|an) (?:same|equal) (mass|weight|size|height|length|friction|speed) of\b", r"\1"),
    (r"\b(?:slightly tilted|tilted (?:slightly|a (?:bit|little)))\b", "tilted 5 degrees"),
    (r"\btilt ((?:the |both |all |it|them|its )(?:\w+ )?)(?:slightly|a (?:bit|little))", r"tilt \1 5 degrees"),
    (r"\bmaze with (?:high |low |tall )?walls\b", "maze"),
    (r"\b(table|platform|desk|bench|ramp) with an? (slippery|rough|sticky|icy|bouncy|smooth) (?:top|surface)\b", r"\2 \1"),
    (
        r"\b(start|release|begin) (it|them|(?:the|both|all|its|both the|all the) \w+) (?:from )?(?:the )?"
        r"horizontal(?:ly)?(?: position)?\b",
        r"\1 \2 at 90 degrees",
    ),
    (r"\b(?:an? |the )?((?:cardboard |wooden |small |big |large )?)(box|crate|carton) (?:full of|filled with|containing)\b",
     r"a \1open \2 filled with"),
    # `at one end … and a cup at the other`
    (
        r"\b((?:at|on) (?:one|the \w{1,9}|its \w{1,9}) (end|side)\b[^.;]{1,90}?\b(?:at|on)) the other(?= *(?:\Z|[.,;]))",
        r"\1 the other \2",
    ),
    # what looks from where
    (r"\b(?:top[- ]down|overhead|bird'?s[- ]eye|top|ceiling)(?:[- ]view)? camera\b", "camera from above"),
    (r"\b(?:side|lateral)(?:[- ](?:view|looking))? camera\b", "camera from the side"),
    (r"\bfront(?:al)?(?:[- ](?:view|facing))? camera\b", "camera from the front"),
    (r"\bhalf[- ]?cheetah\b", "halfcheetah"),
    # exercises
    (r",? ?\bwithout (?:slipping|sliding|skidding)\b", ""),
    (r"\bprojectile motion(?: of (?=an? ))?", "projectile thrown"),
    (r"\bfree[- ]?fall from\b", "ball falling from"),
    (r"\bbounc(?:ing|es|ed) off (?=an? |the |it\b)", "thrown at "),
    (r"\b(?:revolute|rotational|rotary|hinge) joints\b(?! (?:between|connect))", "joints"),
    (r"\b(\d+|two|three|four|five|six|seven) (position|velocity|torque)[- ]controlled joints\b", r"\1 joints, \2-controlled"),
    (r"\b(box|crate|carton|bin) with an open top\b", r"open \1"),
    (r"\bstart(?:s|ing|ed)? (?:out )?(?:from )?horizontal(?:ly)?\b", "starting at 90 degrees"),
    (r"\bwalking robot\b", "robot"),
    (r"\b(?:an? )?obstacle course (?:with|of|made of) ", ""),
    (
        r"\b(hanging|hangs|hung|suspended) on (?=(?:an? |the |its )?(?:\w+ )?(?:spring|rope|string|chain|cord|cable|thread)\b)",
        r"\1 from ",
    ),
    (r"\bjenga tower\b(?! (?:of|with|made))", "tower with 18 layers of three wooden blocks"),
    (r"\btower (?:made )?of (\w+) (layers|levels|rows) of\b", r"tower with \1 \2 of"),
    (r"\bfacing each other across (?=an? |the )", "on both sides of "),
    # `projectile = orange ball`: not a value, a thing
    (r"(?<=[a-z]) = (?=[a-z])", ": "),
)  # fmt: skip
_DOORS: tuple[tuple[str, str], ...] = (
    (r"\bhalf[- ](?:way )?open(?:ed)?\b", "opened 45 degrees"),
    (r"\b(?:wide|fully|completely) open(?:ed)?\b", "opened 90 degrees"),
    (r"\b(?:slightly open(?:ed)?|ajar)\b", "opened 15 degrees"),
)
_A_DOOR = re.compile(r"\b(?:door|gate)s?\b", re.IGNORECASE)
_READ = tuple((re.compile(pattern, re.IGNORECASE), plain) for pattern, plain in _IDIOMS)

_OF_DOORS = tuple((re.compile(pattern, re.IGNORECASE), plain) for pattern, plain in _DOORS)


def plainly(text: str) -> str:
    """`text` with every idiom said in plain words."""
    for pattern, plain in (*_READ, *(_OF_DOORS if _A_DOOR.search(text) else ())):
        text = pattern.sub(plain, text)
    return text
