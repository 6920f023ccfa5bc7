"""How many there are, and how large, where nobody says. Pure."""

from __future__ import annotations

from typing import Any

from py_remote_viewer.scenes.create.lexicon.kinds import USUAL_COUNT
from py_remote_viewer.scenes.create.lexicon.words import LEXICON
from py_remote_viewer.scenes.create.things.description import Thing
from py_remote_viewer.scenes.create.things.phrase import Phrase


def sizes_by_name(noun: str) -> dict[str, float]:
    """The sizes that come with a name."""
    entries = LEXICON.get(tuple(noun.split("_")), ())
    given: dict[str, Any] = next((entry.value.given for entry in entries if entry.cat == "noun"), {})
    return dict(given.get("dims", {}))


def sized_by_name(thing: Thing) -> bool:
    """Whether its sizes are those that come with its name, and nobody said others."""
    return not thing.dims or dict(thing.dims) == sizes_by_name(thing.noun)


def usual_height(thing: Thing) -> bool:
    """Whether nobody said how high it is."""
    return dict(thing.dims).get("height") == sizes_by_name(thing.noun).get("height")


def usual_count(phrase: Phrase) -> int:
    """Of what `phrase` names: by its grid, its group, its plural."""
    if phrase.shape and phrase.arrange in ("grid", "wall", "stack", "cube", ""):
        product = 1
        for side in phrase.shape:
            product *= side
        return product
    if phrase.arrange:
        return 9 if phrase.kind == "domino" else USUAL_COUNT.get(phrase.arrange, 5)
    if not phrase.plural:
        return 1
    return 10 if phrase.kind == "domino" else 3
