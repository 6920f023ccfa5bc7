"""Which things are meant and what they are like: `beige-coloured`, `child-size box`, `two pens` on a table. Pure.

Each is a regular expression and what it becomes; all of them are linear in the text.
"""

from __future__ import annotations

import re

from py_remote_viewer.scenes.create.lexicon.materials import COLOUR_WORDS, MATERIAL_WORDS, SHADES

_SHADE = rf"(?:(?:{'|'.join(SHADES)})[ -])?"
_PAINT = "|".join(sorted((*COLOUR_WORDS, *MATERIAL_WORDS), key=len, reverse=True))
_COLOUR = r"colou?r(?:ed|s)?"
_SAME = "(?:matching|same|corresponding|respective|fitting|right)"
_SOLIDS = r"(?:blocks|cubes|boxes|bricks|balls|spheres|crates|stones|cans)"
_LENGTH = r"(\d[\d.]* ?(?:m|cm|mm|metres?|meters?|centimet(?:re|er)s?))"
_PLANK = r"(an? (?:[\w.]+ ){0,5}(?:plank|board|beam|plate|bar|roof))"
THING_IDIOMS: tuple[tuple[str, str], ...] = (
    (r"\b(?:is|would|was|could) it (?:be )?possible (?:for you )?to (?:have|get|make|build|create|see|show|add)(?: me)?\b",
     "make"),
    # how it is painted: behind a comma or a preposition, and before the noun
    (rf"(?:(?<=,)|(?<=\w)) (?:(?:in|of|with|has|having) )?(?:an? |the )?({_SHADE}(?:{_PAINT}))[ -]{_COLOUR}"
     r"(?= *(?:\Z|[.,;)]|and |with |on ))",
     r" painted \1"),
    (rf"\bthe colou?r of ({_PAINT})\b", r"painted \1"),
    # what nobody can tell the size or shape of is said as one word, so that the noun behind it stays the head
    (r"\b(child|kid|human|man|woman|adult|person|people|car|house|table|robot|dog|horse|door|room)[- ]sized? (?=[a-z])",
     r"\1size "),
    (r"\b([a-z]{3,})-like (?=[a-z])", r"\1like "),
    # everything here has three dimensions
    (r"\b(?:3-?d|three[- ]dimensional) ?(?=[a-z])", ""),
    (r"\b(?:square |quadratic )?pyramid,? (?:with|on|that has|having) (?:an? |its )?(?:square |quadratic )?(?:base|bottom) of "
     r"(?=[\w]+ ?(?:by|x|×) ?\w+)", "pyramid with a base of "),
    (rf"\b(?:square|quadratic)(?:[- ]based?)? pyramid (of {_SOLIDS})\b", r"pyramid \1"),
    # less than nothing, refused with its reason further on
    (r"\bnegative (mass|weight)\b(?! of\b)", r"mass of -1 kg"),
    (r"\bnegative (size|length|height|width|radius|diameter)\b(?! of\b)", r"\1 of -1 m"),
    (r"\bnegative (mass|weight|size|length|height|width|radius|diameter) of (?=\d)", r"\1 of -"),
    # what ties two things together is as long as is said behind it
    (rf"\b(ropes?|strings?|chains?|cables?|cords?|wires?),? (?:of )?{_LENGTH}(?: (?:long|in length))?,? "
     r"(?=(?:between|connecting|joining|linking|tying|that (?:connects|joins|links|ties))\b)", r"\2 long \1 "),
    (r"\b(ropes?|strings?|chains?|cables?|cords?) (?:lying |laid |put |stretched |strung )?on the (floor|ground) "
     r"(between [^.;,]{1,40})", r"\1 \3 on the \2"),
    # as what it is put in or on is coloured
    (r"\b(?:each|every one|all)(?: of them)? (?:with|holding|containing|has|having) (an? (?:\w+ ){0,2}?\w+) "
     rf"(?:with|of|in) (?:the|its|a) {_SAME} {_COLOUR}(?: (in|on|inside)(?: (?:it|them|top))?)?\b",
     r"\1 of the same colour in each"),
    (rf"\b(?:with|of|in) (?:the|its|a|their) {_SAME} {_COLOUR}(?= (?:in|on|into|inside|onto|behind|above|next|beside|at)\b)",
     "of the same colour"),
    (rf"\b(?:with|of|in) (?:its|their) own {_COLOUR}(?= (?:in|on|into|inside|onto)\b)", "of the same colour"),
    (r"\ban? (?:matching|correspondingly) (?:colou?red )?(\w+) (?=(?:in|on|into|inside) (?:each|every))",
     r"a \1 of the same colour "),
    (r",? with (an? [^.;,]{1,30}? of the same colour (?:in|on|into|inside) each)\b", r", and \1"),
    # a line is long anyway, and what is at its end carries what is said before it
    (r"\bin (?:a|one) (?:single |very )?(?:long|straight|neat|single|short) (line|row)\b", r"in a \1"),
    (r"\bat (?:the|its) (?:far )?end(?: of (?:it|them|the (?:line|row|dominoes)))?,? (?:there is )?(an? (?:[\w.]+ ){1,4}?)"
     r"(?:standing |sitting |lying |resting |placed |that (?:stand|lie)s )?on (an? (?:[\w.]+ ){0,3}[a-z]+)"
     r"(?= *(?:\Z|[.,;]))", r"\2 at the end with \1on it"),
    # how far apart
    (rf",? (?:with|at) (?:an? )?{_LENGTH} (?:distance|of distance|spacing|interval)"
     rf"(?: (?:in )?between (?:them|each(?: other| of them)?))?\b(?! (?:to|from)\b)", r" \1 apart"),
    (rf",? (?:with|at) (?:an? )?{_LENGTH} (?:gap|space) (?:in )?between (?:them|each(?: other| of them)?)\b", r" \1 apart"),
    # on the steps of what is named behind them
    (r"\b((?:an?|one|two|\d) (?:[\w.]+ ){1,6}?)on ((?:each|every)(?: (?:second|other|third|fourth|fifth|2nd|3rd))?) "
     r"(step|stair|shelf|board) of (an?|the) ((?:[\w-]+ ){0,2}(?:stairs|staircase|stairway|bookshelf|bookcase|rack|shelf)\b"
     r"(?: (?:with|of) [\w-]+ (?:steps|shelves|boards))?)", r"\4 \5 with \1on \2 \3"),
    (r"\b((?:an?|one|two|\d) (?:[\w.]+ ){1,6}?)on ((?:each|every)(?: (?:second|other|third|fourth|fifth|2nd|3rd))?) "
     r"(step) of (stairs(?: (?:with|of) [\w-]+ steps)?)", r"\4 with \1on \2 \3"),
    # what lies across
    (rf",? (?:which are |and )?(?:connected|joined|linked|bridged) (?:by|with) {_PLANK} "
     rf"(?:(?:laid |lying |put |placed )?(?:on|across|over|at) )?(?:the |their )?tops?(?: of (?:them|both))?\b",
     r" with \1 on top"),
    (rf"\b(?:with|and) {_PLANK} (?:laid |lying |put |placed )?(?:across|over) (?:the |their )?tops?\b", r"with \1 on top"),
    (rf",? bridged (?:by|with) {_PLANK}", r" with \1 on top"),
    (r"\bcameras?,? (?:that |which )?(?:is )?(?:looks?|looking|views?|viewing|watch(?:es|ing)|films?|filming|sees)(?: down)? "
     r"(?=from )", "camera "),
)  # fmt: skip
PEN_IDIOMS: tuple[tuple[str, str], ...] = (
    (r"\b(?:(?:ball[- ]?point|fountain|felt(?:[- ]tip)?|marker|biro|ink|gel) )?(pens?)\b", r"writing \1"),
)
# Where people write, a pen is no fence.
WRITTEN = re.compile(
    r"\b(?:table|desk|book|notebook|paper|pencil|ruler|eraser|rubber|mug|cup|ballpoint|fountain|shelf|tray|drawer)s?\b",
    re.IGNORECASE,
)
PENNED = re.compile(
    r"\b(?:dog|sheep|cow|pig|animal|robot|quadruped|human|walker|car|ant|fence|gate|goat|horse|inside|walls?)s?\b"
    r"|\b(?:in|into) (?:an?|the|its|each) (?:\w+ )?pen\b|\bpen (?:with|of|full|that holds|holding|containing)\b|\bm wide\b",
    re.IGNORECASE,
)
