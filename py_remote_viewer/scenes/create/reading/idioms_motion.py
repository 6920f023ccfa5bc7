"""What people say of how things move, put into words that the grammar knows; read like those of `idioms.py`. Pure data."""

from __future__ import annotations

MOTION_IDIOMS: tuple[tuple[str, str], ...] = (
    # by how much, not how high
    (r"\b((?:move|lift|raise|shift|push|pull|put) [^.;,]{1,40}?) (\d[\d.]* ?(?:mm|cm|m)) (up|higher)\b(?= *(?:\Z|[.,;]))",
     r"\1 up by \2"),
    # from rest, on the spot, about the axis that is meant anyway
    (r"\b(released|dropped|let go|swinging|falling|sliding|rolling),? (?:starting )?from rest\b", r"\1"),
    (r",? \b(?:starting|starts?|beginning|initially) (?:from|at) rest\b(?! on| in)", ""),
    (r"\b(spin(?:ning|s)?|rotat(?:ing|es?)|turn(?:ing|s)?) (?:in (?:its|the same) place|in place|on the spot)\b", r"\1"),
    (r" (?:around|about) (?:the |its |their |a )?(?:own )?(?:vertical |upright |z[- ]?)(?:axis)?\b", ""),
    (r"\b(spin(?:ning|s)?|rotat(?:ing|es?)|turn(?:ing|s)?) (?:around|about) (?:its|their) (?:own )?axis\b", r"\1"),
    # who stands somewhere is no stand
    (r"(?<!two )(?<!three )(?<!four )(?<!five )(?<!six )\b([a-z]+) stands (?=facing|in |on |at |next |near |behind |between "
     r"|before |beside |under |upright|still|by |left |right |opposite|against )", r"\1 standing "),
    # a line, and what becomes of it
    (r"\balong (?=(?:an? |the )(?:half[- ]circle|semi-?circle|circle|arc|curve|spiral|zig-?zag)\b)", "in "),
    (r"(\bdomino(?:e?s)?\b[^.;]{0,80}?)(?:,| and|, and|, with) (?:the )?first (?:one |domino )?"
     r"(?:is |being |gets |getting |already )?(?:tipped|tips|tipping|falls|falling|toppled|topples|pushed|knocked)"
     r"(?: over| down)?\b(?! by| with)", r"\1, push the first one"),
    # what physics will show
    (r"\b(?:should|will|would|must|shall) (?:then )?(?:bounce|fly|jump|rise|swing|roll|slide|go|fall|land) "
     r"(?:back )?(?:higher|further|farther|faster|longer|slower|first|less|more)\b(?: than [^.;,]{1,30})?", ""),
    (r",? so that (?:all|every one|each) of them (?:falls?|topples?|goes|go|tips?)(?: (?:over|down))?\b", ""),
    (r",? (?:so|such) that (?:it|they) lands? (?=in |on |into |onto )", " "),
    (r"\b(?:should|shall|must|will|has to|is to|ought to) (?=(?:roll|slide|fall|swing|spin|fly|bounce|move|drive|hit|knock)\b)",
     ""),
    (r"(\b(?:hit|hits|hitting|into|at|strikes?|striking)\b[^.;]{0,80}?),? (?:and|so that) (?:then )?"
     r"(?:it|they|(?:all )?(?:the|those) \w+) (?:all )?(?:falls?|topples?|tumbles?|collapses?|goes? down)"
     r"(?: over| down| apart)?(?= *(?:\Z|[.,;]))", r"\1"),
    (r"\b(an?|the) ((?:\w+ )?ball)\b([^.;]{1,60}?),? and (?:then )?(?:bounc(?:es|ing)|rebound(?:s|ing)) (?:back|off)\b"
     r"(?: (?:it|from it|of it|again))?", r"\1 bouncy \2\3"),
    (r"\b(?:high|raised|upper|free|empty|higher) end of (?=(?:an? |the )(?:\w+ )?(?:seesaw|lever|plank))", "end of "),
    # how high, how open
    (r"\b(\d+(?:\.\d+)? ?(?:m|cm|met(?:re|er)s?)) (?:up in the air|high up|up high|up|above (?:the )?ground|in the air"
     r"|off the ground)(?= *(?:\Z|[.,;]))", r"at a height of \1"),
    (r"\b(an?|the) ((?:\w+ )?)(door|gate) (?:that|which) is (closed|shut|open|ajar)\b", r"\1 \4 \2\3"),
    # what hangs and is called by its mass
    (r"\b(an?|the|one) ((?:[\d.]+ ?k?g )?)(?:point )?mass (?=(?:on|hanging|suspended|attached|tied|swinging) )",
     r"\1 \2weight "),
    (r"\b(hanging|suspended|hung) (in a row|side by side|next to each other) ((?:from|on|by) (?:strings|ropes|chains|wires))\b",
     r"\1 \3 \2"),
    # down the stairs
    (r"\b(?:bounc(?:ing|es|e)|hop(?:ping|s)?|tumbl(?:ing|es|e)|jump(?:ing|s)?) down "
     r"(?=(?:[\w-]+ ){0,4}(?:stairs|staircase|steps|stairway)\b)", "falling down "),
    (r"\b((?:drop|throw|roll|release|launch|push|kick|spin|shoot)) one(?= (?:from|at|into|onto|on|down|up|with|against)\b)",
     r"\1 it"),
    # sizes in brackets
    (r"\b(?:different|various|varying|unequal) (lengths|masses|sizes|heights|radii|weights) ?[(:] ?([^()]{1,60})\)?(?= |,|$)",
     r"\1 \2"),
    # what leans needs something to lean on
    (r"\b(an?|the|one) leaning (board|plank|ladder|stick|pole|plate|rod|beam|sheet)\b(?! (?:on|against))",
     r"\1 \2 leaning against a wall"),
    (r"\b(board|plank|ladder|stick|pole|plate|rod|beam|sheet)(?: (?:that is|that|which is|which))? lean(?:ing|s)"
     r"(?= *(?:\Z|[.,;]))", r"\1 leaning against a wall"),
    (r"\b(catapult|trebuchet),? (?:that|which) (?=(?:launch|throw|shoot|fir|fling|hurl|toss))", r"\1 "),
    # pegs and their holes
    (r"\bpeg[- ]in[- ](?:the[- ])?hole(?: (?:task|setup|scene|problem|insertion))?\b", "a peg above a socket"),
    (r"(\bpegs?\b[^.;]{0,60}?\b(?:in|into|inside|above|over|next to|beside|near)) (an?|the|its) "
     r"((?:(?!hole|square)[\w.]+ ){0,2})(?:square )?hole"
     r"(?: in (?:an?|the) (?:\w+ )?(?:board|block|plate|table|box))?\b", r"\1 \2 \3socket"),
    (r"\b(board|block|plate|box) with an? ((?:square |round )?)hole(?: in (?:it|the (?:middle|centre|center)))?\b"
     r"(?=[^.;]{0,60}\bpegs?\b)", "socket"),
    # swings
    (r"\b(?:(?:an? )?(?:playground )?swing[:,] )?an? (?:wooden )?(?:seat|board|plank) (?:hung|hanging|suspended) "
     r"(?:on|from|by) (?:two|2) (?:ropes|chains|strings)\b(?:,? already)?", "a swing"),
    (r"\balready (?=(?:swinging|moving|rolling|spinning|falling|sliding|rotating|turning)\b)", ""),
    # titles
    (r"\A(?:bowling|billiards|billiard break|pool|snooker|dominoes|curling|golf|football|soccer|basketball)[!:] ?(?=\w)", ""),
    (r"\btin (cans?)\b", r"\1"),
)  # fmt: skip
