"""What is not as it should be, put as what is asked for: `the ball is too small` as `the ball should be bigger`. Pure."""

from __future__ import annotations

import re

_DEGREES = """
big large huge: bigger, smaller
small little tiny: smaller, bigger
heavy: heavier, lighter
light: lighter, heavier
tall high: taller, lower
short low: lower, taller
long: longer, shorter
wide broad: wider, narrower
narrow: narrower, wider
thick: thicker, thinner
thin: thinner, thicker
fast quick quickly: faster, slower
slow slowly: slower, faster
steep: steeper, flatter
flat shallow: flatter, steeper
slippery: more slippery, less slippery
rough sticky: less slippery, more slippery
bouncy: bouncier, less bouncy
"""


def _degrees() -> tuple[dict[str, str], dict[str, str]]:
    """For every adjective, more of it and less of it."""
    more, less = {}, {}
    for line in _DEGREES.strip().splitlines():
        words, _, both = line.partition(": ")
        for word in words.split():
            more[word], less[word] = both.split(", ")
    return more, less


_MORE, _LESS = _degrees()
_WORD = "|".join(sorted(_MORE, key=len, reverse=True))
_BE = r"(?:is|are|was|were|looks?|seems?|moves?|goes|go|rolls?|flies|falls?|runs?|drives?|swings?|spins?)"
_MUCH = r"(?:(?:way|much|far|still|really|just|a bit|a little|slightly|clearly) ){0,2}"
_SAID = re.compile(rf"\b({_BE}|(?:it|that)'?s|they'?re) {_MUCH}too ({_WORD})\b(?! (?:to|for)\b)", re.IGNORECASE)
_SHORTLY = re.compile(
    rf"(\A|[.!?;,] ?|\bbut )\W*{_MUCH}(?:too|less|not (?:so|that|as)) ({_WORD})\b(?= *(?:\Z|[.,;!]))", re.IGNORECASE
)
_LACKING = re.compile(rf"\b({_BE}|(?:it|that)'?s|they'?re)(?: not|n'?t) ({_WORD}) enough\b", re.IGNORECASE)
_DOING = re.compile(rf"\b(?:does|do)(?: not|n'?t) [a-z]{{2,10}} ({_WORD}) enough\b", re.IGNORECASE)
_LACKING_SHORTLY = re.compile(rf"(\A|[.!?;,] ?)\W*not ({_WORD}) enough\b", re.IGNORECASE)


def as_wishes(text: str) -> str:
    """`text` with every complaint said as the change that it asks for."""
    text = _SAID.sub(lambda found: f"{_subject(found[1])}should be {_LESS[found[2].lower()]}", text)
    text = _LACKING.sub(lambda found: f"{_subject(found[1])}should be {_MORE[found[2].lower()]}", text)
    text = _DOING.sub(lambda found: f"should be {_MORE[found[1].lower()]}", text)
    text = _SHORTLY.sub(lambda found: found[1] + _LESS[found[2].lower()], text)
    return _LACKING_SHORTLY.sub(lambda found: found[1] + _MORE[found[2].lower()], text)


def _subject(verb: str) -> str:
    """Of `it's` and the like: whom it is about."""
    verb = verb.lower()
    return "they " if verb.startswith("they") else "it " if verb.endswith("s") and verb[:2] in ("it", "th") else ""
