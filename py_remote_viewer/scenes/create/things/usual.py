"""How many there are where nobody says. Pure."""

from __future__ import annotations

from py_remote_viewer.scenes.create.lexicon.kinds import USUAL_COUNT
from py_remote_viewer.scenes.create.things.phrase import Phrase


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
