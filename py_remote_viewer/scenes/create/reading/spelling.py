"""One wrong letter in a known word is read as that word, and said. Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from py_remote_viewer.scenes.create.lexicon.words import KNOWN
from py_remote_viewer.scenes.create.reading.lexer import Token

# Good English that is one letter away from a word that is known: never corrected.
_OTHER = """
hinge hinges crank pallet joint placing diving fingers suction helicopter rocket satellite submarine
teeth works working worked self slack firing fired sunk sink linked links roter gets handle handles open opens opened
course sinking floats floated rolled pushes pulls pulled pulling planet planets orbit stretch stretched shaking shakes
hooke able alien angel angle angry ants apple axe baby bag bakes banana band bark barn bars basket bats battle bay bead beak
beam bean bear beast beat beds bee beer beg bell belly berry better big bike bikes bile bill bin bird birth bite
bitter black blame blew block bloom blue boast boat boats body bold bone book boom born boss bottle bow bowl boy brain
brains bread break brick broom broth brown brush bucket buds bug bull bundle butter button cable cakes call camp
candle cap cape captain card cars carton cash castle cat cats cattle certain chain chains chair cheap cheese chess cherries
cherry chicken child chip choose chop clay clever climate climb clock close cloth clothes clown clue coal coast coats
coins cold compare compared cone cool cord cork corn cost cotton country county cover cow crash cream crew cricket
crown crush curtain damp dance dark dash date day deed deep deer dice die dime dinosaur dock donkey doors dose down
dragon drain dream drew drive drone drown duck duds dune dust dye earth eats egg even ever explode explosion eye fable
faint fair fairy fame farm fast feed ferry fever fin find fire firm fish fist flame flash flesh flew floors flower
fluid foe fold fool fork form fountain four frame free fresh froth frown gale game garden gas gasket gate glance
glitter globe gloom glory glove glue goat gold gone goose gown grab grain grape grew groom grown growth guitar hair
hall hand handle happy harden haste hate hats hello hip hire hoe hold hole home honey horn horse hose host hot hour
house hung jars jelly jersey jingle joins joy jump june jungle just keep kettle kick kind king kiss kitchen kite
kitten knee lady lakes lamp lance land lark laser last late law lawn lead leading leaf least leg lemon lesson letter
level levels lever lie lift likes lime lion lip liquid list litter little liver load loan lock long loose lord lover
lower luck lung magnet magnetic magnets makes male mall mango map mark mash mate mats matter may melon merry mesh mice
middle mild mind miss mist mitten mold money monkey moon moose most mount mountain mouse mouses mouth mower museum
must name never nice noon noose north nose note notes old orange oven over paddle paint pair palace pale pants park
pass past paste pea pear peer peg person phone piano pick picking pie pilot pin pint pirate pizza place plains plan
plane planet plant plasma plate play plot pocket point poison pole police pool poor poppy pork pose post potato pour
power print prison private prune puddle pull puppy push quite rabbit radio rail rails rain rakes ramp rate rats raw read ream
reason reds rice riddle ring river road roast robin rock rocket roe room rose rover rune rung rust saddle saint sale
salon same sand saw say scale scars screw sea seam season seed seek settle shape share shark sharp sheep ship shirt
shoe shone shop shore short shower sing single site skate skirt slate sleep slice slot sloth slower smooth soap sock
socket sofa son song soon sorry soup sour south soy spoon sport spot stable stack stadium stair stale stamp stars
state steal steam steep stem stick stock stone store storey storm story stuck studio sugar sun sung table tail takes
tale talk tall tango tap taste tax taxi tea team tell telly theater thick thing think thorn three threw throne ticket
tie tiger till time tin tip tire toad toast toe told toll tomato ton tool tooth torn tornado tower town toy track
trail train trains tree trick truck true truth tune turkey tyre unicorn video volcano vote votes wagon waiter wakes
walk wall wand want war ward warm wash waste water wax way weak week whale while white wild win wind wing wire won
wood wool word world worm worry worth write yard your zone
boil boils boiling tiers tier origin pivot fulcrum facing faces pinned distant succession apiece dynamics forth
"""
_OTHER_WORDS = frozenset(_OTHER.split())
_MIN_LENGTH = 4
_SURE = 7  # letters from which one wrong letter still leaves no doubt


def corrected(tokens: list[Token]) -> tuple[list[Token], list[tuple[str, str]]]:
    """`tokens` with misspelt words put right, and what was read as what."""
    out, said = [], []
    if foreign(tokens):
        return tokens, []
    for token in tokens:
        meant = correction(token.text) if token.kind == "word" else None
        if meant is not None:
            said.append((token.shown, meant))
            token = replace(token, text=meant)
        out.append(token)
    return out, said


def correction(word: str) -> str | None:
    """The known word that `word` is one slip away from (two in long words), or None."""
    if (
        len(word) < _MIN_LENGTH
        or len(word) > 24
        or word in KNOWN
        or word in _OTHER_WORDS
        or word.rstrip("s") in _OTHER_WORDS
        or not word.isascii()
        or "'" in word
    ):
        return None
    ending = next((end for end in ("ing", "ed", "er") if word.endswith(end)), "")
    best: tuple[int, int, str] | None = None
    most = 2 if len(word) >= 10 else 1
    for known in KNOWN:
        if abs(len(known) - len(word)) > most or len(known) < _MIN_LENGTH - 1 or known[0] != word[0]:
            continue
        if ending and not known.endswith(ending):
            continue  # a verb in another form is no slip of a noun
        slips = distance(word, known, most)
        if slips <= most:
            candidate = (slips, -len(known), known)
            if best is None or candidate < best:
                best = candidate
    if best is None:
        return None
    known = best[2]
    substituted = len(known) == len(word) and sorted(known) != sorted(word)
    if substituted and len(word) < _SURE:
        return None  # too short to be sure: `works` are no slip of `worms`
    doubled = re.sub(r"(.)\1", r"\1", known) == re.sub(r"(.)\1", r"\1", word) or sorted(known) == sorted(word)
    return known if doubled or len(word) > _MIN_LENGTH else None


def foreign(tokens: list[Token]) -> bool:
    """Whether most of the words are of another language, or none: then none of them is a slip."""
    words = [token.text for token in tokens if token.kind == "word" and len(token.text) > 2]
    strange = sum(word not in KNOWN and word not in _OTHER_WORDS for word in words)
    return strange > 3 and 2 * strange > len(words)


def distance(a: str, b: str, most: int) -> int:
    """Insertions, deletions, substitutions and swaps of neighbours between `a` and `b`; `most` + 1 when there are more."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, start=1):
        last, row_before = before, row
        row = [i]
        for j, y in enumerate(b, start=1):
            cost = min(row_before[j] + 1, row[j - 1] + 1, row_before[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        before = row_before
        if min(row) > most:
            return most + 1
    return row[-1]
