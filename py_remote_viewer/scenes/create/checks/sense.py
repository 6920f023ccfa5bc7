"""Whether what was read makes sense as a scene: sizes that a body can have, and words that are mostly known. Pure."""

from __future__ import annotations

from py_remote_viewer.errors import SceneInvalid
from py_remote_viewer.scenes.create.lexicon.words import FILLERS, KNOWN
from py_remote_viewer.scenes.create.reading.reader import Reader
from py_remote_viewer.scenes.create.things.description import Scene

_FEW = 3  # unknown words that may stand in any sentence


def require_sizes(scene: Scene) -> None:
    """Raises SceneInvalid: a size that was said is zero or less."""
    for thing in scene.things:
        for name, value in thing.dims:
            if value <= 0:
                raise SceneInvalid(
                    f"a {thing.noun.replace('_', ' ')} with a {name.replace('_', ' ')} of {value * 100:.3g} cm cannot be",
                    hint="Say a size of more than 0, for example 10 cm.",
                )


def mostly_unknown(reader: Reader, ignored: list[str]) -> bool:
    """Whether of all that was said, what was understood is the smaller part: a letter, a poem, something else entirely."""
    understood = [
        token
        for token, used in zip(reader.tokens, reader.used, strict=True)
        if used and token.kind not in ("stop", "comma") and token.text not in FILLERS
    ]
    strange = [word for word in ignored if word.isalpha() and word.lower() not in KNOWN]
    return len(strange) > _FEW and len(strange) > 2 * len(understood)
