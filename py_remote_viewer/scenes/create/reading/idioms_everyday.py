"""What people say of groups and machines in everyday words, put into words that the grammar knows. Pure.

Each is a regular expression and what it becomes, as in `idioms.py`; all of them are linear in the text.
"""

from __future__ import annotations

_SOLIDS = r"(balls|boxes|cubes|cylinders|blocks|spheres)"
EVERYDAY: tuple[tuple[str, str], ...] = (
    (r"\bcamera (?:that |which )?(?:looks|points|pointed|pointing|aimed|aiming) (?:at|towards?) (?=the |it\b)",
     "camera looking at "),
    (r"\b((?:arm|robot|manipulator|gripper)\b[^.;,]{0,40}?) (?:bolted|screwed|mounted|clamped|fixed|attached) (?:down )?"
     r"(?:to|on|onto) (?=(?:an? |the )(?:\w+ )?(?:table|desk|bench|platform|workbench|pedestal)\b)", r"\1 on "),
    (r"\bon top of (each other|one another) (?=on (?:the moon|mars|jupiter|earth|venus|titan)\b)", r"on top of \1, "),
    (r"\b(?:set|change) (?:the )?gravity to (?:that|the (?:gravity|one)) of (?=\w)", "gravity as on "),
    (r"\b(that|which|who|it|they) can (?=[a-z]{2,}(?! (?:is|are)\b))(?!only\b|be\b|not\b)", r"\1 "),
    (r"\bsimple (?!pendulum)", ""),
    (r"\b(an? (?:\w+ )?conveyor(?: belt)?),? (?:that |which )?(?:mov|carr|transport|tak)(?:es|ing|ies|ying|s) "
     r"((?:\w+ ){0,3}\w+) (?:in)?to (?=an? |the )", r"\2 on \1 moving into "),
    (r"\b(\d|one|two|three|four|five) (?:by|x) (\d|one|two|three|four|five) stack of (\w+),? (\d|one|two|three|four|five) "
     r"(?:high|tall|layers|levels)\b", r"\1x\2x\4 stack of \3"),
    (r"\bstack of (\w+),? (\d|one|two|three|four|five|six) wide,? and (\d|one|two|three|four|five|six) (?:high|tall)\b",
     r"wall of \2 by \3 \1"),
    (r"\bdifferent shapes(?: and| &|,) (colou?rs|sizes)\b", r"different \1"),
    (r"\b((?:objects|things|items)\b[^.;,]{0,20}?) (?:of|in|with) (?:different|various) shapes\b", r"\1"),
    (r"\b(\d+|two|three|four|five|six|seven|eight|nine|ten|several|some|a few) (?:different|various|diverse|assorted|mixed) "
     r"(?:objects|things|items|shapes)\b", r"\1 objects"),
    (r"\b(?:different|various|diverse|assorted|mixed) (?:objects|things|items|shapes)\b", "six objects"),
    (r"\b(arm|robot|manipulator),? (?:that|which|to|for) (?:can )?(?:pick(?:s|ing)?(?: up)?|grasp(?:s|ing)?|grab(?:s|bing)?) "
     r"(?:up )?(?:[a-z]+s|it|them)\b", r"\1 with a gripper"),
    (r"\b(row|line|tower|stack|wall|pile|pyramid|circle|ring|chain|set)s? with "
     r"(\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty) "
     r"(?:pieces|elements|units|items|parts)\b", r"\1 of \2"),
    (r",? (?:and )?(?:but )?no (motors?|actuators?)\b(?! on)", r" without \1"),
    (r"\bleft(?: side| end)?: ([^,;.]+)[,;] ?right(?: side| end)?: ([^,;.]+)", r"\1 on the left end, \2 on the right end"),
    (r"\b(\w+) (?:parallel )?(rows|columns|towers|stacks|lines) (?:with|of) (\w+) "
     r"(dominoes|blocks|boxes|cubes|balls|bricks|cans|cylinders) each\b", r"\1 \2 of \3 \4"),
    (r"\bfour walls (?:as|in|forming|that form|arranged as|arranged in|making) (?:the shape of )?a (?:square|rectangle|box)"
     r"(?: (?:of|with)(?: sides of)? (\d[\d.]* ?c?m))?\b", r"a \1 room"),
    (r"\b(tables?|desks?) with (\d+|a|two|three|four|five|six|eight) ((?:\w+ )?(?:chairs|stools|armchairs))\b"
     r"(?! (?:around|on|next|beside|at))", r"\1 with \2 \3 around it"),
    (r"\bin (?:the (?:shape|form) of )?an? S[- ]?(?:shape|curve|form|shaped (?:line|curve|row))\b", "in a zigzag"),
    (r"\ban S-shaped (?:row|line|curve|path) of", "a zigzag of"),
    (r"\b(?:box|board|platform|block|crate) on (two|three|four|six|\d) wheels\b", r"cart with \1 wheels"),
    (r"\b(?:box|board|platform|block|crate) on wheels\b", "cart with four wheels"),
    (r"\b(with|of|holding|containing) (?:some )?(?:fruits?|things|objects|toys|items|stuff|pieces): (?=\w)", r"\1 "),
    (r"\b((?:tower|stack|pyramid|row|line|column) of [^.;,]{1,40}?) with an? (\w+) one (?:at|on) (?:the )?(top|bottom)\b",
     r"\1, the \3 one is \2"),
    (r"\bchild(?:ren)?'s swing\b|\bplayground swing\b", "swing"),
    (r"\b(two|2) " + _SOLIDS + r" of (?:different|various) materials\b", r"\1 \2 made of wood and steel"),
    (r"\b(three|3) " + _SOLIDS + r" of (?:different|various) materials\b",
     r"\1 \2 made of wood, steel and rubber"),
    (r"\b(four|4) " + _SOLIDS + r" of (?:different|various) materials\b",
     r"\1 \2 made of wood, steel, rubber and glass"),
    (r"\b(?:so that|and) (?:it|they) (?:then )?oscillates?\b", ""),
)  # fmt: skip
