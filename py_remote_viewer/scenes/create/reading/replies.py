"""How people answer back: `no, I meant …`, `8 cm between them please`, put into words that the grammar knows. Pure."""

from __future__ import annotations

import re

_WHOM = r"(it|them|this|that|(?:the|both|all|each) (?:[\w-]+ ){0,3}?[\w-]+)"
_END = r"(?= *(?:\Z|[.,;!]|\band\b|\bplease\b))"
_NUMBER = r"(one|two|three|four|five|six|seven|eight|nine|ten|\d{1,3})"
_OPENERS = (
    r"no|nope|oh|oops|ups|sorry|hm+|um+|uh+|well|wait|ok|okay|yes|yeah|alright|all right|great|nice|good|perfect|cool|thanks"
    r"|thank you|actually|hey|fine|right|so|my mistake|on second thought|i changed my mind|not (?:quite|like that|that)"
)
_BEGINS = r"(\A|[.;,!] ?|\b(?:please|and|then|now) )"
_SOME = r"((?:an?|another|one|two|three|some) [^.;,]{1,50}?)"
_STRING = r"(?:rope|chain|string|cable|cord|wire|spring)"
_REPLIES: tuple[tuple[str, str], ...] = (
    (r"\A(?:no|nope|sorry|oops|wait)[,.! ]+(?=(?:an? )(?!\w+ (?:one|more)\b)(?!.*\b(?:rather|instead)\b)"
     r"[\w -]{1,25}[.!]*\Z)", "make it "),
    (rf"\A(?:(?:{_OPENERS})(?:[,.!:;…-]+ *| +(?=(?:i|make|the|let|can|could|please|it|actually|no|but|and|wait)\b)))+", ""),
    (r"\A(?:no|nope|actually|sorry) (?=\d)", ""),
    (r"\A(?:i (?:meant|mean|wanted|was thinking of)|what i meant was|it was supposed to be|that should (?:have been|be))"
     r"(?: to say)?,? (?=(?:an?|the) (?!\w+ (?:one|ones)\b)[\w ]{1,30}[.!]*\Z)", "make it "),
    (r"\A(?:i (?:meant|mean|wanted|was thinking of)|what i meant was)(?: to say)?(?: that)?,? ", ""),
    (r"\A(?!use |take |try |have |put |make |replace |add )(?:an? )?([\w -]{2,24}?) (?:rather than|instead of) "
     r"(?:an?|the) ([\w -]{2,24})[.!]*\Z", r"replace the \2 with a \1"),
    (rf"\A(?:i (?:want|need) |only |just |make it )?{_NUMBER} of (?:them|those|these)(?: please)?[.!]*\Z", r"make them \1"),
    # made fast to what is there
    (rf"{_BEGINS}(?:attach|tie|hook|fasten|hang|fix) {_SOME} (?:to|onto|on|from) "
     rf"(it|(?:the|its) (?:\w+ ){{0,2}}(?:{_STRING}|crane|pendulum))(?= *(?:\Z|[.,;!]))", r"\1add \2 attached to \3"),
    (rf"\b(?:attach|tie|hook|fasten) (the [^.;,]{{1,30}}?|it|them) (?:to|onto|on|from) "
     rf"(the (?:\w+ ){{0,2}}{_STRING})(?= *(?:\Z|[.,;!]))", r"hang \1 from \2"),
    (r"\b(?:glue|weld|screw|stick|bolt|nail) ((?:an?|another) [^.;,]{1,50}?) (?:to|onto|on) (?=it\b|the )",
     r"add \1 glued to "),
    # one for the other
    (r"\b(?:use|take|try|have|put) (an? [^.;,]{1,40}?) (?:instead|in place) of (?:the |a |an )?"
     r"([a-z]+(?: [a-z]+){0,2})(?= *(?:\Z|[.,;!]))", r"replace the \2 with \1"),
    (r"\b(?:make|build) (?:the|that|this) wall (?:out )?of (bricks|blocks|stones|boxes|cubes)\b",
     r"replace the wall with a wall of \1"),
    (r"\b(?:the|those|these) (?:copies|clones|duplicates)\b", "them"),
    (r"\b(?:and )?compare (?:it |this |that |them )?(?:with|to) (?=an? )", "add "),
    (r"\b(?:shorten|lengthen|extend) (it|them|the [\w ]{1,25}?) to (\d[\d.]* ?(?:mm|cm|m|feet|ft|inch(?:es)?|in))\b",
     r"make \1 \2 long"),
    (r"\b(?:use|take|try|with|in|make it|fill it with) (oil|water|honey|air|sea ?water|syrup|glycerine?) (?:instead|rather)\b",
     r"in \1"),
    (r"\b(?:put|set|place|stand) (?:it|them|the [\w ]{1,25}?) on (?:a |the )?(?:flat|level|even|smooth) (?:floor|ground)\b",
     "make the floor flat"),
    (r"\b(?:pull|push|take|knock|slide|draw|poke) (?:one|a)(?: (?!of\b)[a-z]+)?(?: (?:out|away))? "
     r"(?:of|from|out of) (?:the )?(?:middle|centre|center)(?: of (?:it|the \w+))?\b", "remove the middle one"),
    (r"\A(?:make (?:it|them) )?(?:taller|higher)(?: ones?)?[,:] (\d[\d.]* ?(?:mm|cm|m))[.!]*\Z", r"make them \1 tall"),
    (r"\A(?:make (?:it|them) )?longer(?: ones?)?[,:] (\d[\d.]* ?(?:mm|cm|m))[.!]*\Z", r"make them \1 long"),
    (r"\A(?:make (?:it|them) )?(?:bigger|larger|smaller)(?: ones?)?[,:] (\d[\d.]* ?(?:mm|cm|m))[.!]*\Z", r"make them \1"),
    (r"\b((?:knock|push|tip|hit)\b[^.;]{1,30}?) (?:instead of|rather than|not) the (?:first|last|second|third)(?: one)?\b",
     r"\1"),
    (r"\b(?:stop|kill|switch off|turn off|end) the wind\b|\bswitch the wind off\b|\bturn the wind off\b", "no wind"),
    (r"\b(?:make )?(?:every|each) (?:\w+ )?(?:(?:must|should|shall) be )?(smaller|bigger|larger|lighter|heavier) than the one "
     r"(?:under|below|beneath)(?: (?:it|them))?\b", r"each one \1 than the one below"),
    (r"\b(?:all|them all|make them) (?:have )?the same size(?: again| as before)?\b", "make them all the same size"),
    (r"\b((?:move|put|take|bring|shift|throw|drop) [^.;]{1,40}?) (?:over )?to "
     r"(the (?:\w+ )?(?:bin|bucket|basket|bowl|crate|tub))\b", r"\1 into \2"),
    (r"\btake (?=(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten) of )", "move "),
    (r"\A(?:make it |use |i want )?twice as many (\w+)", r"double the number of \1"),
    (r"\A(?:make it |use |i want )?half as many (\w+)", r"halve the number of \1"),
    (r"\b(?:it'?s |it is |that'?s |that is )?too (?:high|tall|many|much|long)[,;:]? (?:only|just|make it|make that) "
     rf"({_NUMBER[1:-1]})\b", r"make it \1"),
    (r"\A(\d+) ?(?:%|percent|per cent) (bigger|smaller|larger|heavier|lighter|longer|shorter|taller|wider|thicker|thinner) "
     r"(?!than\b)([a-z]+)\b", r"make the \3 \1 percent \2"),
    (r"\A(?:throw it |hit it |push it |kick it |shoot it )?(?:much |a bit |even |a lot )?harder(?: please)?[.!]*\Z", "faster"),
    (r"\b(?:topple|knock over|tip over|push over|knock down) the (first|last)(?= *(?:\Z|[.,;!]))", r"knock over the \1 one"),
    (r"\bgive (?:each|every) (\w+?) (?:a different|its own|another) colou?r\b", r"make the \1s different colours"),
    (r"\b(?:slow(?: down)?|speed up|stretch) (?:the )?(?:time|simulation|playback|clock)(?: down| up)?\b", "slow motion"),
    (r"\bstart(?:ing|s|ed)? (?:it )?tilted (?:by |at )?(?=\d)", "start it at "),
    (r"\bfrom the (?:other|opposite) side\b(?! of)", "the other way"),
    (rf"\A(?:with |keep |leave )?(\d[\d.]* ?(?:mm|cm|m)) (?:of )?(?:space |room |gap |distance )?between "
     rf"(?:them|each(?: of them)?|each other|the (?:[\w-]+ )?[\w-]+){_END}", r"space them \1 apart"),
    (rf"\A(?:make it )?{_NUMBER} (row|layer|level|course)s? (?:higher|taller|more)\b", r"add \1 more \2s"),
    (r"\b(?:must|may|shall|should|can|could|would|ought to) ?(?:not|never)\b(?= (?:slide|slip|roll|bounce|fall|tip|move|swing|"
     r"rotate|spin|topple))", "does not"),
    (r"\b(?:mustn|shouldn|couldn|wouldn)'?t\b", "doesn't"),
    (rf"\b(?:make|let|have) {_WHOM} bounce(?: a lot| high| well| strongly| very high| really high)?{_END}", r"make \1 bouncy"),
    (rf"\b(knock|tip|push) (over|down) {_WHOM}{_END}", r"\1 \3 over"),
    (rf"\blean {_WHOM}(?: over)? (?:by )?(?=\d+ ?(?:°|deg))", r"tilt \1 "),
    (r" (?:around|about) (?:its|the|their|a) (?:own )?(?:vertical|upright|z)?[- ]?axis\b", ""),
    (r"\A(?:use|try|take|choose|pick) (?=an? (?:[\w.]+ ){0,3}(?:bob|string|rod|pole)s?\b)", "with "),
    (r"\btake off (?=the (?:top|last|first|upper|bottom)\b)", "remove "),
    (rf"\bopen {_WHOM} (?:by |to |up )?(?=\d)", r"make \1 opened "),
    (r"\A(?:the )?gravity (?:back )?on(?: again)?(?=[.! ]*\Z)", "turn gravity back on"),
    (rf"\b(connect|attach|join|tie|link|fasten|couple) {_WHOM} (with an? [\w ]{{1,20}}?) (to [\w ]{{1,25}}?){_END}",
     r"\1 \2 \4 \3"),
    (r"(?<!swap )(?<!exchange )(?<!switch )\bthe (\w+) and (?:the )?(\w+) one(?=\b)", r"the \1 one and the \2 one"),
    (r"\bmake sure (?:that )?(?=it |they |the )", ""),
    (r"\bthe (?:one|thing) (?:that )?(?:i|you|we) (?:have |'ve )?(?:just )?(?:added|made|put in)(?: last)?\b"
     r"|\bthe last one added\b|\bthe (?:last|latest) addition\b", "the new one"),
    (r"\bthe (?:one|(?<!\w )thing) (?:on|at the|on the) (top|bottom)\b(?! of)", r"the \1 one"),
    (r"\bthe (?:one|ones) (?:on|at) the (left|right)\b(?! of)", r"the \1 one"),
    (r"\bthe one in the (middle|cent(?:er|re))\b(?! of)", "the middle one"),
    (r"\b(?:all|everything|all things?|whatever) (?:that|which) (?:is|are) (\w+)\b(?! (?:on|in|of|to))", r"all the \1 things"),
)  # fmt: skip
_READ = tuple((re.compile(pattern, re.IGNORECASE), plain) for pattern, plain in _REPLIES)


def answered(text: str) -> str:
    """`text` without what only answers, and with the rest in plain words."""
    text = text.strip()
    for pattern, plain in _READ:
        text = pattern.sub(plain, text)
    return text
