"""Counts in words: a dozen, twenty-five, one and a half, a couple of. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from py_remote_viewer.scenes.create.lexicon.materials import COLOUR_WORDS, MATERIAL_WORDS

if TYPE_CHECKING:
    from py_remote_viewer.scenes.create.reading.lexer import Token

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
)
UNITS = {word: value for value, word in enumerate((_ONES + " eighteen nineteen").split())}
TENS = {
    word: 10 * value
    for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
TENS["fourty"] = 40
MULTIPLIERS = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "billion": 10**9}
_SIGNS = ("minus", "negative")
DOZENS = {"dozen": 12, "score": 20}
FEW = {"couple": 2, "pair": 2, "few": 3, "several": 5, "some": 3, "many": 12, "lots": 15, "handful": 5, "bunch": 6}
NUMBER_WORDS = frozenset({*UNITS, *TENS, *MULTIPLIERS, *DOZENS, "couple", "pair", "half"})


def number_words(tokens: list[Token]) -> list[Token]:
    """Replace the words of each number by one number token. `one` stays a word where it is no count (`the red one`)."""
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        if _word(tokens, at) in _SIGNS and _is_below_zero(tokens, at + 1):
            value, length = _number_at(tokens, at + 1)
            signed = value if length else tokens[at + 1].value
            end = at + 1 + max(length, 1)
            shown = " ".join(token.shown for token in tokens[at:end])
            out.append(type(tokens[at])("number", f"{-signed:g}", shown, -signed))
            at = end
            continue
        value, length = _number_at(tokens, at)
        if length == 0:
            out.append(tokens[at])
            at += 1
            continue
        shown = " ".join(token.shown for token in tokens[at : at + length])
        first = tokens[at]
        out.append(type(first)("number", "0.5" if value == 0.5 else f"{value:g}", shown, value))
        at += length
    return out


def _is_below_zero(tokens: list[Token], at: int) -> bool:
    """`minus three`: whether a number comes that is no second term of a sum."""
    counted = at < len(tokens) and (tokens[at].kind == "number" or _number_at(tokens, at)[1] > 0)
    return counted and not (at > 1 and tokens[at - 2].kind == "number")


def _word(tokens: list[Token], at: int) -> str:
    return tokens[at].text if at < len(tokens) and tokens[at].kind == "word" else ""


def _number_at(tokens: list[Token], at: int) -> tuple[float, int]:
    """The number that begins at `at`, and how many tokens it takes; (0, 0) for none."""
    word = _word(tokens, at)
    if word in ("a", "an", "one") and _word(tokens, at + 1) in (*DOZENS, "couple", "pair", "handful", "few"):
        follow = _word(tokens, at + 1)
        if follow == "few" and word == "one":
            return 0.0, 0
        length = 3 if _word(tokens, at + 2) == "of" else 2
        return float(DOZENS.get(follow) or FEW[follow]), length
    if word in ("a", "one") and _word(tokens, at + 1) in MULTIPLIERS:
        return float(MULTIPLIERS[_word(tokens, at + 1)]), 2
    if word == "half":
        if _word(tokens, at + 1) == "a" and _word(tokens, at + 2) == "dozen":
            return 6.0, 3
        if _word(tokens, at + 1) in ("the", "as", "its", "their", "gravity", "of"):
            return 0.0, 0
        return 0.5, 1
    if word in ("couple", "pair") and _word(tokens, at + 1) == "of":
        return 2.0, 2
    if word == "zero" and _word(tokens, at + 1) in ("gravity", "g", "friction"):
        return 0.0, 0
    if word == "one" and _word(tokens, at + 1) in (
        "end",
        "corner",
        "side",
        "of",
        "on",
        "behind",
        "above",
        "another",
        "after",
        "next",
        "with",
        "has",
        "is",
        "in",
        "at",
        "that",
        "which",
        "under",
        "below",
        "beneath",
        "beside",
        "inside",
        "from",
        "near",
        "between",
        "against",
        "leaning",
    ):
        return 0.0, 0
    if word == "one" and _word(tokens, at - 1) in _BEFORE_PRONOUN:
        return 0.0, 0
    number, length = _cardinal(tokens, at)
    if length == 0 and tokens[at].kind == "number":
        number, length = tokens[at].value, 1
        if _word(tokens, at + 1) in MULTIPLIERS:
            return number * MULTIPLIERS[_word(tokens, at + 1)], 2
        if _word(tokens, at + 1) == "dozen":
            return number * 12, 2
    if length and _word(tokens, at + length) == "dozen":
        return number * 12, length + 1
    if length and [_word(tokens, at + length + i) for i in range(3)] in (["and", "a", "half"], ["and", "one", "half"]):
        return number + 0.5, length + 3
    if length and _word(tokens, at + length) == "and" and at + length + 1 < len(tokens):
        fraction = tokens[at + length + 1]
        if fraction.kind == "number" and fraction.value == 0.5:
            return number + 0.5, length + 2
    if length and tokens[at].kind == "number" and at + 1 < len(tokens):
        fraction = tokens[at + 1]
        if fraction.kind == "number" and fraction.value in (0.5, 0.25, 0.75) and number == int(number):
            return number + fraction.value, 2
    if length == 1 and tokens[at].kind == "number":
        return 0.0, 0  # it is a token already
    return number, length


_DESCRIBING = """
the this that each every another other red blue green yellow orange black white big small left right last first second third
bottom top middle lower upper center centre central other leftmost rightmost biggest smallest fourth fifth heavy light final
bigger smaller larger heavier lighter longer shorter taller higher thicker thinner faster slower wider narrower nearer closer
largest heaviest lightest longest shortest tallest highest fastest slowest nearest tall short long thick thin wide narrow
round fast slow hollow solid bouncy new old corner huge tiny spinning rolling moving flying falling inner outer front back
rear wooden steel metal glass plastic rubber pink purple brown grey gray same medium flat tilted hot cold steeper
"""
_BEFORE_PRONOUN = frozenset(_DESCRIBING.split()) | {
    name for name in (*COLOUR_WORDS, *MATERIAL_WORDS) if " " not in name
}


def _cardinal(tokens: list[Token], at: int) -> tuple[float, int]:
    total, current, length = 0, 0, 0
    previous = ""
    while word := _word(tokens, at + length):
        if word in UNITS and previous in ("", "tens", "hundred", "and"):
            current, previous = current + UNITS[word], "units"
        elif word in TENS and previous in ("", "hundred", "and"):
            current, previous = current + TENS[word], "tens"
        elif word == "hundred" and previous in ("units",):
            current, previous = current * 100, "hundred"
        elif word in MULTIPLIERS and word != "hundred" and previous:
            total, current, previous = total + current * MULTIPLIERS[word], 0, "hundred"
        elif word == "and" and previous == "hundred" and _word(tokens, at + length + 1) in (UNITS | TENS):
            previous = "and"
        else:
            break
        length += 1
    return float(total + current), length
