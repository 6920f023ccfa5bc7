"""What people say in other words: shorthand and fixed phrases put into words that the grammar knows. Pure.

Each is a regular expression and what it becomes; all of them are linear in the text.
"""

from __future__ import annotations

import re

from py_remote_viewer.scenes.create.reading.idioms_machines import MACHINE_IDIOMS
from py_remote_viewer.scenes.create.reading.idioms_motion import MOTION_IDIOMS

_DETERMINER = r"(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|some|the|\d{1,3})\b"
_HOLDING = r"(?:(?:filled |full )?with|full of|containing|holding)"
_TOGETHER = r"(?: next to each other| side by side)?"
_IDIOMS: tuple[tuple[str, str], ...] = (
    (r"\bw/o\b", "without"),
    (r"\bw/ ?(?=\w)", "with "),
    # the pull of the earth
    (r"(\A|[.;,!] ?)(?:(?:with|give me|use) )?(?:some |a (?:bit|little) |much )?(?:more|stronger|higher|greater) gravity\b",
     r"\1increase the gravity"),
    (r"(\A|[.;,!] ?)(?:(?:with|give me|use) )?(?:some |a (?:bit|little) |much )?(?:less|weaker|lower|smaller) gravity\b",
     r"\1reduce the gravity"),
    (r"\bmake (?:the )?gravity (?:stronger|bigger|higher|larger|greater)\b", "increase the gravity"),
    (r"\bmake (?:the )?gravity (?:weaker|smaller|lower|less)\b", "reduce the gravity"),
    (r"\b(?:it|this|the scene|we) (?:also )?needs? (?=(?:an?|some|another|more|\w+ more)\b)", "add "),
    # taken back: nothing is left of what came before
    (r"\A[^;\n]{0,300}?[.,…-]{1,4} ?(?:no,? |or |well,? )?(?:actually|rather),? just (?=" + _DETERMINER + ")", ""),
    # when: a scene begins with everything at once
    (r",? ?\b(?:all |both )?(?:at the (?:very )?same (?:time|moment|instant)|simultaneously)\b", ""),
    (r"\bfeather[- ]?(?:light|weight)\b", "very light"),
    (r"\bpaper[- ]?thin\b", "very thin"),
    (r"\b(?:at|in) the (?:world(?:'s)? )?origin\b", "at (0, 0)"),
    (r"\b(?:at|in) the cent(?:er|re) of the (?:world|scene|coordinate system)\b", "at (0, 0)"),
    # a wall by its rows
    (r"\b(?:brick |block |stone )?(walls?) (?:made )?(?:of|with) (\w+) (?:rows|courses|layers)(?: (?:of|with)|,)(?: (\w+)) "
     r"(bricks|blocks|boxes|cubes|stones)(?: (?:(?:in|on) )?(?:each|every|per|a)(?: row| course| layer)?)?\b",
     r"\1 of \3 by \2 \4"),
    (r"\b(?:start(?:ing|s|ed)?|released|let go) (?:from )?(?:the |a )?horizontal(?:ly)?(?: position)?\b",
     "released at 90 degrees"),
    (r"\bAtwood(?:'s)? machine with ((?:a )?[\d.]+ ?k?g and (?:a )?[\d.]+ ?k?g)(?: masses| weights)?"
     r"(?: (?:hung )?over an? pulley)?", r"Atwood machine with \1"),
    (r"\bcloth lying (?=over|on|across|upon)", "cloth "),
    (r"\binverted ((?:double|triple|quadruple|\w+-link) )pendulum on a cart\b", r"\1pendulum on a cart"),
    (r"\b((?:rope|chain|string|cable)\b[^.;,]{0,50}?) (?:hanging|hung|suspended|dangling|hangs) (?:down )?(?:from|on|off) "
     r"(?:a|an|the|one) (?:\w+ )?(?:hook|nail|peg|ring|beam|bar|rafter|branch)\b", r"\1 hanging from the ceiling"),
    (r"\b(?:attach|tie|fix|hook|hang|put) (an? [^.;,]{1,40}?) (?:to|onto|at|on|from) (?:its|the|the (?:rope|chain|string)'s) "
     r"(?:free |lower |bottom |loose )?end(?: of (?:it|the (?:rope|chain|string)))?(?=$|[.,; ])", r"add \1 at its end"),
    (r"\b(\d+(?:\.\d+)?) ?(m|cm|mm) ?(?:by|x|×) ?(\d+(?:\.\d+)?) ?\2 (?=[a-z])(?!high|tall|thick|by|x\b)", r"\1 by \3 \2 "),
    # two that hold or carry: each what is its own
    (r"\b((?:two|2|both) (?:\w+ )?(?:bins|buckets|boxes|baskets|bowls|cups|crates|trays)" + _TOGETHER + r"),? "
     r"one " + _HOLDING + r" ([^,.;]{1,80}?)(?:,| and|, and) "
     r"(?:the other|another|one)(?: one)? " + _HOLDING + r" ([^,.;]{1,80})",
     r"\1, \2 in the first one and \3 in the second one"),
    (r"\b((?:two|2|both) (?:\w+ )?(?:tables|platforms|desks|benches|pedestals)" + _TOGETHER + r"),? "
     r"one with ([^,.;]{1,80}?)(?: on (?:it|top))?(?:,| and|, and) (?:the other|another|one)(?: one)? with "
     r"([^,.;]{1,80}?)(?: on (?:it|top))?(?=$|[,.;])", r"\1, \2 on the first one and \3 on the second one"),
    (r"\b(\w+) (rows|columns|towers|stacks|lines|piles) of (dominoes|blocks|boxes|cubes|balls|bricks|cans|cylinders), (\w+) "
     r"(?:of them )?in each(?: \w+)?(?= *(?:\Z|[.,;]))", r"\1 \2 of \4 \3"),
    (r"(\bcradle\b[^.;]{0,60}?),? (?:with )?the first (two|three|four|\d) (?:balls )?"
     r"(?:pulled|lifted|raised)(?: up| back| out)?\b",
     r"\1 with \2 balls lifted"),
    (r"\b(tables?|desks?) with (?:four|4) legs\b", r"\1"),
    (r"\b(?:turn|switch) (?:the )?gravity off\b|\b(?:turn|switch) off (?:the )?gravity\b", "no gravity"),
    (r"\bwithin (?:its |the arm'?s |the robot'?s |easy )?reach(?: of (?=it\b|the ))?", "in front of "),
    # taken from here and put there
    (r"\b(?:take|pick|lift)(?: up| off| out)? ([^.;]{1,60}?)(?: (?:off|out|away|up|down))?,? (?:and then|and|then) "
     r"(?:put|place|set|lay|stand|move|drop) (?:it|them|that|those|this)\b", r"move \1"),
    (r"\b(left|right) half\b", r"\1 side"),
    (r"\b(pyramid) (?:(?:made|built) )?(?:out )?(?:of|with) (\w+) (?:layers|levels) of ((?:[a-z]+ ){0,2})"
     r"(blocks|cubes|boxes|bricks|balls|crates)\b", r"\1 of \3\4 with \2 layers"),
    (r" as (?:an )?obstacles?\b", ""),
    (r"\b(with [^.;]{1,60}?)(?:,| and|, and) (?:a |an )?(?:total )?mass of (?=\d)", r"\1, mass "),
    (r"\b(with|has|having) (?:a |an )(?:total )?mass of (?=\d)", r"\1 mass "),
    (r" instead of (?:just |only )?(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten)(?= *(?:$|[.,;!]))", ""),
    (r"\b(slippery|rough|sticky|icy) top(?= *(?:,|with |and |$))", r"\1"),
    (r"[, ]*\b(?:lol|haha+|hehe|xd|omg|lmao|yay)\b[!.]*", ""),
    (r"\bpour(?:ing)?\b(?! rain)", "add"),
    (r"\b(fixed|attached|held|anchored|pinned|clamped|hanging|hung) (?:only )?(?:at|by|from) "
     r"(?:one|the top|its top|the upper|one of its) ends?\b", "fixed"),
    (r"\b(?:a|the|an) (?:same|equal) (mass|weight|size|height|length|friction|speed) of\b", r"\1"),
    (r"\b(?:slightly tilted|tilted (?:slightly|a (?:bit|little)))\b", "tilted 5 degrees"),
    (r"\btilt ((?:the |both |all |it|them|its )(?:\w+ )?)(?:slightly|a (?:bit|little))", r"tilt \1 5 degrees"),
    (r"\b((?:spiral|winding) (?:stairs|staircase|stairway)(?: with [\w-]+ steps)?) (?:that winds |winding )?around "
     r"(?:an? |the )?(?:central )?(?:pole|column|pillar|post)\b", r"\1"),
    (r"\b(room|chamber|arena|enclosure|pen|cage)\b([^.;]{0,40}?),? (?:and )?(?:its |the )?walls (?:are |of )?(?=\d)",
     r"\1\2 with walls "),
    (r"\b(?:enclosed|fenced in|fenced|walled in|kept in|hemmed in) (?:by|in|with) (?=an? )", "surrounded by "),
    (r"\b(?:whose|and its|, its) (top|lid|bottom|base|front|back|left side|right side) is (?:painted |coloured |colored )?"
     r"((?:light |dark |bright |pale )?[a-z]+)\b", r"with a \2 \1"),
    (r"\b(stairs|staircase|stairway)\b([^.;,]{0,30}?) (?:with|and) an? landing(?: half ?way(?: up)?| in the middle)?",
     r"landing \1\2"),
    (r"\b(shelf|bookshelf|bookcase|rack)\b([^.;,]{0,20}?) with (\w+) boards\b", r"\1\2 with \3 shelves"),
    (r"\b(shelf|bookshelf|bookcase|rack)\b([^.;]{0,60}?) (?:on|in) (each|every) (?:board|compartment|level|tier)\b",
     r"\1\2 on \3 shelf"),
    (r"\bshelf with ([^.;]{1,40}?) on (each|every) shelf\b", r"bookshelf with \1 on \2 shelf"),
    (r",? (?:with )?(?:the )?bricks? (?:are |being )?(?:shifted|staggered|offset|displaced)( by half(?: a brick)?)?"
     r"(?: in (?:every|each) (?:second|other|next) (?:row|course|layer))?", r", staggered\1"),
    (r"\bthe (?:biggest|largest) (?:one )?(?:is )?(?:at the bottom|on the left|first)?[ ,]*\(?(\d[\d.]* ?(?:cm|mm|m))\)?,? "
     r"and the smallest (?:one )?(?:is )?(?:at the top|on top|on the right|last)?[ ,]*\(?(\d[\d.]* ?(?:cm|mm|m))\)?",
     r"with sizes from \1 to \2"),
    (r"\bmaze with (?:high |low |tall )?walls\b", "maze"),
    (r"\b(table|platform|desk|bench|ramp) with an? (slippery|rough|sticky|icy|bouncy|smooth) (?:top|surface)\b", r"\2 \1"),
    (
        r"\b(start|release|begin) (it|them|(?:the|both|all|its|both the|all the) \w+) (?:from )?(?:the )?"
        r"horizontal(?:ly)?(?: position)?\b",
        r"\1 \2 at 90 degrees",
    ),
    (r"\b(?:brimming|overflowing|packed|stuffed|crammed|heaped) (?:full )?(?:with|of)\b", "full of"),
    (r"\bfilled (?:up )?to the (?:brim|rim|top) with\b", "full of"),
    (r"\bfull (bin|bucket|basket|bowl|cup|mug|jar|pot|container|glass|basin|tub|box|crate|barrel) (?:of|with)\b",
     r"\1 full of"),
    (r"\b(room|chamber|cage|pen|arena)\b([^,.;]{0,40}?) with an? (?:roof|ceiling|cover) and (?=\w)", r"closed \1\2 with "),
    (r"\b(room|chamber|cage|pen|arena)\b([^,.;]{0,40}?) with an? (?:roof|ceiling|cover)\b", r"closed \1\2"),
    (r"\bfill (an? (?:\w+ ){1,4}?)with\b", r"add \1 full of"),
    (r"\b(?:an? |the )?((?:cardboard |wooden |small |big |large )?)(box|crate|carton) (?:full of|filled with|containing)\b",
     r"a \1open \2 filled with"),
    (r"\b(?:that|which|to) (?:starts?|triggers?|begins?|sets? off) (?:it|them|the (?:chain(?: reaction)?|dominoes|row|line))\b"
     r"(?! of)", "rolling into the first one"),
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
    # what is carried
    (r"\b(?:fully |heavily )?(?:loaded|laden|stacked) (?:up )?with (?=" + _DETERMINER + r"|[a-z]+s\b)", "carrying "),
    (r"(?<!ball )\bbearing (?=" + _DETERMINER + ")", "carrying "),
    (r"\b(bin|bucket|basket|tray|bowl|cup|mug|jar|pot|drawer|cabinet|funnel|bathtub|container|glass|basin|tub) "
     r"(?:containing|that contains|which contains|holding|carrying) (?=" + _DETERMINER + ")", r"\1 with "),
    (r"\b(jump|bounc)(?:ing|es|e|s)?(?: up and down)? on (?=(?:an? |the |it\b)(?:\w+ )?(?:trampoline)?)", "bouncing on "),
    (r"\b(that|which) can (?=(?:slide|roll|move|fly|spin|fall|swing|turn|rotate|drive|bounce|walk|jump|stand|tip|tilt)\b"
     r"(?! (?:only|up|at|between|from (?:-|\d)|by|no|a)\b))", r"\1 "),
    # what the ground is like
    (r"\b(?:the )?(?:ground|floor|terrain) (?:is|should be|must be|gets|becomes) (?:very )?"
     r"(bumpy|uneven|hilly|rugged|lumpy|undulating)\b", r"with \1 ground"),
    (r"\bmake the (?:ground|floor|terrain) (?:very )?(bumpy|uneven|hilly|rugged|lumpy|undulating)\b", r"with \1 ground"),
    # how far joints go
    (r"(?:\+ ?/ ?-|\+-|\bplus or minus\b|\bplus/minus\b|±) ?(?=\d)", "± "),
    (r"(?<=\d)(°| deg(?:rees)?)? ?\.\.\.? ?(?=[-+]?\d)", r"\1 to "),
    (r"\b(?:at|by|to) (?:a )?(?:maximum|max(?:imum)? angle) (?:of )?(?=\d)", "at most "),
    (r"\ban? (?:(stiff|tight|rusty|squeaky|loose) )?hinge (?:with|carrying|holding|and|for) (an? (?:[\w.]+ ){0,5}?)"
     r"(bar|rod|beam|stick|plank|pole|arm)\b(?! arm)", r"\2\3 on a \1 hinge"),
    (r"\A(?:an? |one )?(?:simple |single )?((?:stiff|tight|rusty|squeaky|loose) )?(?:hinge|revolute)(?: joint)?\b"
     r"(?=(?: (?:has|with (?:a )?(?:damping|limits?|joint|range|angle|spring|return|torsion\w*|motor|stiffness)|that|which"
     r"|limited|of)\b|,|[.]?\Z))",
     r"a bar on a \1hinge"),
    (r"\b(bar|rod|beam|stick|plank|pole)s? (?:with|that has|having) an? ((?:stiff|tight|rusty|squeaky|loose) )?"
     r"(?:hinge|pivot)(?: joint)?(?: at (?:one|the|its) end)?\b", r"\1 on a \2hinge"),
    (r"\b(bar|rod|beam|stick|plank|pole) on an? (?:very )?(?:stiff|tight|rusty|squeaky) hinge\b",
     r"\1 on a hinge with damping 0.5"),
    (r"\b(bar|rod|beam|stick|plank|pole) on an? +(?:loose )?hinge\b", r"\1 on a hinge"),
    (r"\b(door|gate|trapdoor)s? (?:with|on|that has) (?:an? |its )?(?:very )?(?:stiff|tight|rusty|squeaky) hinges?\b",
     r"\1 with damping 5"),
    (r"\b(?:whose|where the|and the|and its|and) (?:hinge|joint|pivot)s? (?:has|have|with) (?:an? )?(?:joint )?damping\b",
     "with damping"),
    (r"\bwith an? (?:hinge|joint|pivot) damping\b", "with damping"),
    (r"\b(trap[- ]?door|hatch),? (?:that|which) (?:can )?(?:opens?|swings?|drops?|falls?|gives way)"
     r"(?: (?:down|open|downwards?))? (?:under|beneath) (?:the weight of )?(an? (?:\w+ )?\w+)\b", r"\1 with \2 on it"),
    (r"\b(trap[- ]?door|hatch),? (?:that|which) (?:can )?(?:opens?|swings?|drops?|falls?)(?: (?:down|open|downwards?))*\b",
     r"\1"),
    # what opens
    (r"\b(drawers?|handles?|knobs?),? (?:that|which) (?:can )?(?:be )?"
     r"(?:slid|pulled|slides?|opens?|opened|pulls?|comes?)(?: (?:out|open|in and out))?\b(?! (?:it|itself|back|them))"
     r"(?!(?:,? (?:out|open|each|by|up|at|most|to|only|a|maximum|of|maximally|for))* \d)", r"\1"),
    (r"\b(bin|box|crate|pot|basket|bucket|jar|chest|container) with (?:a|its) ((?:\w+ )?lid)\b"
     r"(?! (?:on|beside|next|near|lying|leaning|above))", r"\1 with a \2 on top"),
    (r"\b(an?|one|two|three|four|five|six|\d{1,2}) ((?:(?:red|green|blue|yellow|black|white|wooden|steel|heavy|light) )?)"
     r"(?!small|medium|large|big|different|equal|same|various|random|regular|normal|standard|full|over|mid|king|good|life|"
     r"fair|decent|human|child|adult)([a-z]{3,}(?: ball)?)[- ]sized ([a-z]{3,})\b", r"\1 \2\4 the size of a \3"),
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
_MAZES: tuple[tuple[str, str], ...] = (
    (r"\b(?:at|in|on|near|by) (?:the |its )(?:start|entrance|beginning|entry|starting point)\b(?: of (?:the|a) maze\b)?",
     "at the other end of the maze"),
    (r"\b(?:at|in|on|near|by) (?:the |its )(?:end|exit|finish|far end)\b(?: of (?:the|a) maze\b)?", "at the end of the maze"),
    (r"\b(\d{1,2}) ?(?:by|x) ?\1 (maze|labyrinth)\b", r"\2 with \1 cells"),
    (r"\bgoal\b(?! (?:marker|position|point|location|site|sphere|state|zone|area|region|patch|ball))", "goal marker"),
)  # fmt: skip
_A_MAZE = re.compile(r"\b(?:maze|labyrinth)\b", re.IGNORECASE)
_A_DOOR = re.compile(r"\b(?:door|gate)s?\b", re.IGNORECASE)
_ALL = (*MOTION_IDIOMS, *_IDIOMS, *MACHINE_IDIOMS)
_READ = tuple((re.compile(pattern, re.IGNORECASE), plain) for pattern, plain in _ALL)
_OF_MAZES = tuple((re.compile(pattern, re.IGNORECASE), plain) for pattern, plain in _MAZES)
_OF_DOORS = tuple((re.compile(pattern, re.IGNORECASE), plain) for pattern, plain in _DOORS)


def plainly(text: str) -> str:
    """`text` with every idiom said in plain words."""
    for pattern, plain in (
        *_READ,
        *(_OF_DOORS if _A_DOOR.search(text) else ()),
        *(_OF_MAZES if _A_MAZE.search(text) else ()),
    ):
        text = pattern.sub(plain, text)
    return text
