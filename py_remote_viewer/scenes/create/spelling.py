"""One wrong letter in a known word is read as that word, and said. Pure."""

from __future__ import annotations

from dataclasses import replace

from py_remote_viewer.scenes.create.lexer import Token
from py_remote_viewer.scenes.create.words import KNOWN

# Good English that is one letter away from a word that is known: never corrected.
_OTHER_WORDS = frozenset(
    """bull bell bill bile bear beat boat bowl bow boss book bike bird cat cow cap cape cat's goat horse duck fish lion tiger mouse
    house home hole pole's hall mall tall call till tell toll coal cool pool fool tool wool wood's word world ward warm worm storm
    form firm farm fork cork's pork park dark bark mark lark shark sharp share shape ship shop chip chop sheep cheap steep's sleep
    steal steam stem stamp lamp camp ramp's damp band hand land sand's wand want sofa soap soup sour four hour pour your yard card
    cord lord bread break dream cream train brain drain grain rain chain's chair hair pair fair stair's brick's trick thick think
    thing king ring's wing sing song long lung hung rung sung sun son ton won win bin's fin pin's tin tip lip ship hip tap map
    table's cable able stable fable pear peer beer deer free tree three knee keep deep deed feed seed seek week weak leaf lead's
    read road toad load loan lawn law saw raw war wax tax taxi axe fire hire wire tire tyre time lime dime dice rice nice mice
    mind kind find wind's wild mild child plane's plant planet plan play clay day say way may bay boy toy joy soy dust rust just
    must most post's host cost coast toast roast boast beast least last list fist mist miss kiss pass gas bag bug big's beg leg's
    peg egg's eye dye die tie lie pie bee sea tea pea's rabbit robin rocket pocket socket bucket's ticket cricket basket's gasket
    magnet dragon wagon's person's prison poison lesson season reason button cotton carton's garden harden mango tango banana
    apple's grape orange's melon lemon's salon wall's tower's power flower shower lower slower mower rover's river liver lever's
    never fever cover lover over oven even ever clever castle cattle battle bottle's kettle settle little's middle riddle saddle
    puddle paddle handle candle's bundle jungle jingle single's angle's angel hello jelly belly telly fairy ferry cherry berry merry
    alien angry happy puppy poppy sorry worry story glory country county monkey money honey's donkey turkey jersey cheese choose
    goose loose's moose noose nose rose hose pose dose close clothes brush crush crash's flash flesh fresh mesh mash wash dash cash
    fast's past paste taste waste haste slice police palace place's plate's state skate slate late date gate's hate rate mate note
    vote boats coats notes votes mount mouth south north worth earth birth truth tooth smooth's cloth's sloth broth froth growth
    black's block's clock lock rock's sock dock duck luck truck's track trick stack's stick's stock stuck stone's store shore shone
    phone drone throne crown brown's clown frown grown drown down's town gown barn born corn horn torn thorn dance lance glance
    piano radio video studio stadium museum theater water's waiter matter butter better letter bitter litter glitter guitar sugar
    coins joins plains brains trains chains's doors floors's poor bikes likes lakes cakes makes takes rakes wakes bakes bars cars's
    jars stars scars beds reds buds duds beak bead's bean beam's team seam ream fever ants pants hats bats rats cats mats eats
    kite bite site white's write quite while whale scale's stale sale tale male pale's gale same game name fame frame flame blame
    lady baby body's bone gone cone zone tune dune june rune prune spoon moon's noon soon room boom broom's groom bloom gloom
    screw crew drew threw grew blew flew glue clue true blue's shoe toe foe hoe roe pie skirt shirt short's shore sport spot's slot plot
    pilot pirate private climate tornado volcano potato's tomato house's mouses bear's hot cold old gold's fold hold told bold mold
    explode explosion liquid fluid gas plasma fountain mountain curtain's certain captain kitchen chicken kitten mitten glove globe's
    laser magnetic magnets unicorn rocket dinosaur pizza paint's point print pint faint saint pick jump walk hold drive kick lift climb grab push pull talk picking""".replace(
        "'s", ""
    ).split()
)
_MIN_LENGTH = 4


def corrected(tokens: list[Token]) -> tuple[list[Token], list[tuple[str, str]]]:
    """`tokens` with misspelt words put right, and what was read as what."""
    out, said = [], []
    for token in tokens:
        meant = correction(token.text) if token.kind == "word" else None
        if meant is not None:
            said.append((token.shown, meant))
            token = replace(token, text=meant)
        out.append(token)
    return out, said


def correction(word: str) -> str | None:
    """The known word that `word` is one slip away from (two in long words), or None."""
    if len(word) < _MIN_LENGTH or len(word) > 24 or word in KNOWN or word in _OTHER_WORDS or word.rstrip("s") in _OTHER_WORDS or not word.isascii():
        return None
    best: tuple[int, int, str] | None = None
    most = 2 if len(word) >= 8 else 1
    for known in KNOWN:
        if abs(len(known) - len(word)) > most or len(known) < _MIN_LENGTH - 1 or known[0] != word[0]:
            continue
        slips = distance(word, known, most)
        if slips <= most:
            candidate = (slips, -len(known), known)
            if best is None or candidate < best:
                best = candidate
    if best is None:
        return None
    known = best[2]
    substituted = len(known) == len(word) and sorted(known) != sorted(word)
    if len(word) == _MIN_LENGTH and substituted:
        return None  # too short to be sure: `bell` is no slip of `ball`
    return known


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
