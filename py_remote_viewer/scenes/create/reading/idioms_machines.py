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
    # trap doors
    (r"\b(?:an? )?(?:trap[- ]?door|hatch)(?:: ?| made (?:out )?of |, | is | ?\()(?:an? |one )(?:horizontal |flat |level )?"
     r"((?:[a-z]+ )?)(?:plate|panel|board|flap|lid|plank)\b(?=(?:,? (?:that |which )?(?:is )?hinged| on an? hinge))",
     r"a \1trapdoor"),
    (r"\b(an?|one) horizontal ((?:[a-z]+ )?)(?:plate|panel|board|flap)(?=,? (?:(?:that|which) is )?hinged "
     r"(?:at|along|on|by) (?:one|its|an?) (?:\w+ )?(?:edge|side|end)\b)", r"\1 \2trapdoor"),
    (r"(\b(?:trap[- ]?door|hatch)\b[^\n]{0,120}?)(?:[.;,]| and)+ ?(?:then )?"
     r"(?:it|the (?:trap[- ]?door|hatch|plate|panel|flap|door)|which) (?:then |can )?"
     r"(?:(?:falls?|swings?|drops?) (?:down |away )?open|swings? down(?:wards?)?|opens?(?: down(?:wards?)?)?|gives? way)"
     r"(?= *(?:\Z|[.,;]))", r"\1"),
    # swings
    (r"(\A|\b(?:an?|the|one) (?:[a-z]+ )?)(?:rope[- ])?swing (?:hanging |hung |suspended |made )?"
     r"(?:(?:out )?of|from|on|with|by) (?:two |2 |long )?(?:ropes?|chains?)(?:,| and| with)+ (?:an? )?"
     r"(?=(?:[a-z]+ )?(?:seat|board|plank)\b)",
     r"\1swing with a "),
    (r"(\A|\b(?:an?|the|one) (?:[a-z]+ )?)(?:rope[- ])?swing (?:hanging |hung |suspended |made )?"
     r"(?:(?:out )?of|from|on|with|by) (?:two |2 |long )?(?:ropes?|chains?)\b", r"\1swing"),
    (r"\A(?:rope |tyre |garden )?swing(?= with | hanging | and |\Z)", "a swing"),
    (r"\b(an?|one|the) (?:rope|garden|tree|wooden rope)[- ]swing\b(?! (?:into|to|at|against|from|back|over))", r"\1 swing"),
    (r"(\bswing with an? (?:[a-z]+ )?)(?:board|plank)\b", r"\1seat"),
    # what slides, by what it carries
    (r"\bupright (?=(?:rail|slider|slide joint|linear guide|prismatic joint|slide)\b)", "vertical "),
    (r"\b(an? (?:[\w.]+ ){0,3}?)(?:plate|tray|platform|panel) (?:resting |standing |mounted |lying )?on (?:top of )?"
     r"an? (?:vertical )?spring( of [\d.]+ ?n/m)?\b", r"\1plate on a vertical rail with a spring\2 under it"),
    (r"\b(?:platform|tray)(?= on (?:an? |the )(?:vertical|upright) (?:rail|slider|slide)\b)", "plate"),
    (r"\b(an?|one|the) ((?:(?:vertical|horizontal|upright|linear) )*)(?:slider|slide joint|linear guide|prismatic joint|slide)"
     r"(?: that is)?,? (?:that )?(?:carrying|carries|holding|holds|bearing|supporting|supports) "
     r"(an? (?:[\w.]+ ){0,5}?(?:plate|block|box|cube|disc|disk|platform|tray|board|mass|weight|cylinder|panel))\b",
     r"\3 on \1 \2rail"),
    (r"\b(an?|one|the) ((?:vertical|upright) )(?:slider|slide joint|linear guide|prismatic joint|slide) "
     r"with (an? (?:[\w.]+ ){0,5}?(?:plate|block|box|cube|disc|panel)) on (?:it|top)\b", r"\3 on \1 \2rail"),
    (r"\b(an? (?:[\w.]+ ){0,3}?(?:plate|box|block|cube|disc)) with (an? (?:[\w.]+ ){0,2}?spring(?: of [\d.]+ ?n/m)?) "
     r"(?:under it|underneath|below it|beneath it)\b", r"\1 on a vertical rail with \2 under it"),
    # carts and their poles
    (r"\b(two|2|three|3) (?:parallel|separate|independent) poles\b", r"\1 poles side by side"),
    (r"\b(two|2|three|3) ((?:\w+ )?)poles ((?:side by side )?)(?:standing |hinged |balanced |mounted )?on "
     r"(?:one|a|the same|a single) (?:sliding )?cart\b", r"a cart with \1 \2poles \3"),
    (r"\b(?:with|has) an? (?:(?:long|tall)(?:er)? pole and an? short(?:er)?|short(?:er)? pole and an? (?:long|tall)(?:er)?) "
     r"(?:pole|one)\b", "with two poles, one long and one short"),
    (r"\bcatapult (?=[^.;]{0,20}\bcounter[- ]?weight)", "trebuchet "),
    (r"\bcounter[- ]weight", "counterweight"),
    (r"\b(?:light|lighter|small) counterweight\b", "10 kg counterweight"),
    # wind
    (r"\b(?:light|gentle|soft|slight|weak|mild) (?:breeze|wind)\b", "breeze"),
    (r"\b(?:let|make) the (wind|breeze|storm) (?:stop|die down|cease|calm down|end)\b", r"stop the \1"),
    # cloths
    (r"\bsheet(?= (?:hanging|hung|pinned|suspended) (?:from|on|by) (?:two|2|four|4) )", "cloth"),
    (r"\b(cloth|blanket|towel|curtain|flag|fabric|net) hung (?=(?:up )?(?:on|from|by) (?:two|2|four|4) )", r"\1 hanging "),
    (r"\b(?:flag \(cloth\)|flag|banner|pennant|cloth) (?:which is |that is |is )?"
     r"(?:(?:fixed|attached|held|mounted|tied|fastened|flying) )?"
     r"(?:(?:at|by|along|with) (?:one|its|the|a|its left) (?:edge|side|short edge|short side) )?(?:on|to|from|at) an? "
     r"(?:(?:vertical|tall|high|steel|wooden|upright) )?(?:flag ?)?(?:pole|mast|post)\b", "flagpole"),
    (r"\b((?:table ?|piece of )?cloth|blanket|towel|sheet|fabric|napkin|tablecloth|handkerchief|curtain|net|flag) "
     r"(?:which is |that is |is )?(?:draped|spread|thrown|laid|placed|hung|slung|lying) "
     r"(?=over |on |across |onto |upon )", r"\1 "),
    (r"\b(hammock\b[^.;]{0,60}?) in it\b", r"\1 on it"),
    (r"\b(?:in|into) (?=(?:a|the) (?:\w+ )?hammock\b)", "on "),
    # what moves by itself, and what it moves
    (r"\b(?:spring[- ]mass[- ]damper|mass[- ]spring[- ]damper|spring[- ]damper[- ]mass)(?: system)?\b", "spring-mass-system"),
    (r"\b(windmill|wind turbine|pinwheel|propeller|rotor|turbine|fan) (?:turned|driven|powered|moved|spun|rotated) by "
     r"(?:the |a )?(strong wind|wind|breeze)\b", r"\1 spinning in the \2"),
    (r"\b(conveyor(?: belt)?|belt conveyor|roller conveyor),? (?:that |which )?(?:moves?|moving|transporting|carrying) "
     r"((?:an?|one|two|three|four|five|six|\d+) [^.;,]{1,40}?) (?:along )?(?:at|with) ([\d.]+ ?(?:m|cm|mm|km)/[sh])\b",
     r"\1 moving at \3 with \2 on it"),
    (r"\b(conveyor(?: belt)?|belt conveyor|roller conveyor),? (?:that |which )?"
     r"(?:moves?|moving|transports?|transporting|carries|conveying|conveys|brings?|bringing|feeding|delivering|delivers) "
     r"(?=(?:an?|one|two|three|four|five|six|seven|eight|ten|some|several|many|\d+) (?!m\b|cm\b))", r"\1 carrying "),
    (r"\b(elevator|lift|lifting platform),? (?:that |which )?(?:lifting|lifts|raising|raises|bringing|carrying|carries|moving) "
     r"((?:an?|one|two|three|\d+) [^.;,]{1,40}?)(?: up| upwards?)?(?=$|[.;,])", r"\1 carrying \2"),
    # cars turn by the speeds of their two sides anyway
    (r",? ?\b(?:with|using|has|and) (?:a )?(?:differential|skid|tank)[- ](?:drive|steering|wheel drive)(?: wheels)?\b", ""),
    (r"\b(?:differential|skid)[- ](?:drive|steered|steering) (?=(?:mobile )?(?:robot|car|rover|vehicle)\b)", ""),
    (r"\b(?:a |an )?(?:spring )?suspension(?: on (?:each|every|all|the)(?: four)? wheels?)\b", "suspension"),
    (r"\b(rope|chain|string|cable|wire|cord) (?:hanging|hung|strung|stretched|spanned|suspended|slung|tied|fixed) between "
     r"(?=two (?:\w+ )?(?:walls|boxes|cars|tables|towers|blocks|cubes|crates|buildings|platforms)\b)", r"\1 between "),
    # friction
    (r"\b(?:the |with |and )?(?:so much |enough |sufficient )?friction(?: (?:should|must) be| is| being)? ?(?:so )?"
     r"(?:large|high|big|great|strong)? ?(?:enough )?(?:so )?(?:that|for|to) (?:it|the box|the block|them|they) "
     r"(?:does not|doesn't|do not|don't|not|to not|will not|won't) (?:to )?(?:slides?|slip|move)\b", "so it doesn't slide"),
    # lights
    (r"\b(?:lit|illuminated|lighted) (?:up )?(?:by|with) "
     r"(?=(?:an? |one |two |three |\d )?(?:\w+ )?(?:spot ?)?lights?\b)", "with "),
    # mechanisms
    (r"\b(?:an? )?(?:universal|cardan|hooke'?s?)[ -]joint (?:between|connecting|joining|linking|that connects) (?:two|2) "
     r"(?:\w+ )?(?:shafts|axles|drive ?shafts)\b", "a cardan-shaft"),
    (r"\b(?:two|2) ((?:\w+ )?)(?:shafts|axles|drive ?shafts) (?:that are )?(?:connected|joined|coupled|linked) "
     r"(?:by|with|via|through) (?:an? )?(?:universal|cardan|hooke'?s?)[ -](?:joint|shaft|coupling)\b", r"a \1cardan-shaft"),
    (r"\A(an?|one|the|show|make|create|build)?((?: an?)?) ?universal joint"
     r"(?=[.!]?\Z| (?:that|which|turning|rotating|spinning|driven))", r"\1\2 cardan-joint"),
    (r"\b(?:four|4)[- ]bar(?:[- ]link(?:age)?)?(?: (?:linkage|mechanism))?\b(?!s| of)", "bar-linkage"),
    (r"\bpiston (?:in|inside) a cylinder,? (?:which is |that is )?(?:driven|moved|pushed|turned) by a "
     r"(?:crank|wheel|flywheel|motor)(?: and (?:a )?(?:connecting )?rod)?\b", "piston"),
    (r"\bcrank(?:shaft)? (?:mechanism )?(?:driving|moving|pushing|with|that (?:drives|moves|pushes)) a piston"
     r"(?: (?:back and forth|to and fro|up and down|in a cylinder))?\b", "piston"),
    (r"\bpiston (?:driven|moved|pushed) by an? (?:\w+ )?(?:crank|crankshaft|wheel|flywheel)"
     r"(?: (?:back and forth|to and fro|up and down|in a cylinder))?\b", "piston"),
    (r"\b((?:slider[- ]crank|crank[- ]slider|piston)(?: mechanism)?): (?:an? |the )?(?:\w+ )?wheel,? "
     r"(?:turned|driven|rotated) by a motor,?[^.;]{0,90}", r"\1"),
    (r"\b(excavator|digger)(?: arm)?(?: with (?:three|3|four|4) (?:hinges|joints|servos|motors))? on (?:a |two |its )?"
     r"(?:tracked |crawler )(?:vehicle|base|chassis|undercarriage|platform)\b", r"\1"),
    (r"\b(?:a|one) (?:small(?:er)? |little )?(?:gear|cog|cogwheel) "
     r"(?:driving|turning|meshing with|engaging|that (?:drives|turns)) "
     r"(?:a|an|another)(?: second)? (?:big(?:ger)? |large[r]? )?(?:gear|cog|cogwheel|one)\b", "two gears"),
    (r"\b(rear|front) motors?\b(?! (?:on|at))", r"motors on the \1 wheels"),
    (r"\b(?:inter)?(?:meshing|meshed|locking|locked|engaged) (?=gears?|gearwheels?|cog)", ""),
    (r"\b(gears?|gearwheels?|cogs?|cogwheels?),? (?:that |which )?(?:inter)?(?:mesh(?:ing|ed)?|engaged?|in mesh)"
     r"(?: with (?:each other|one another))?\b", r"\1"),
    # drives
    (r"\b(front|rear|back|four|all|two|six|4|6)[- ]wheel[- ]?(drive|driven|steering|steered)\b", r"\1 wheel \2"),
    (r"\b(front|rear|back|four|all|two|six|4|6) wheel (drive|driven|steering|steered) ((?:toy |rc |race |robot )?"
     r"(?:cars?|trucks?|buggy|rovers?|carts?|vehicles?|robots?|vans?|jeeps?|karts?|tractors?))\b", r"\3 with \1 wheel \2"),
    (r"\ban? (acrobot)\b", r"an \1 with a motor at the elbow"),
    (r"\ban? (pendubot)\b", r"a \1 with a motor at the shoulder"),
    (r"\binverted pendulum (?:fixed |mounted |hinged |standing )?(?:on|with|to|at) (?:a |the )?"
     r"(?:fixed|stationary|immovable|rigid|solid|heavy)"
     r"(?: base| stand| support| mount| pivot| hinge| point)\b", "fixed-inverted-pendulum"),
    (r"\b4wd\b", "4 wheel drive"),
    (r"\bmotors? (?:only )?(?:on|at|for|in|driving) (front|rear|back) wheels\b", r"motors on the \1 wheels"),
)  # fmt: skip
