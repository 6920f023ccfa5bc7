"""Names that people gave to things, in later sentences: `Bob` becomes `the cube Bob`. Pure."""

from __future__ import annotations

from py_remote_viewer.scenes.create.reading.lexer import Token
from py_remote_viewer.scenes.create.things.description import Scene

_GIVING = ("named", "called")


def with_nouns(tokens: list[Token], scene: Scene) -> list[Token]:
    """`tokens`, with the noun before every name of a thing in `scene`."""
    nouns = {thing.name: thing.noun.split("_")[-1] for thing in scene.things if thing.name}
    found: list[Token] = []
    for at, token in enumerate(tokens):
        noun = nouns.get(token.text) if token.kind == "word" else None
        if noun is None or (at and tokens[at - 1].text in _GIVING):
            found.append(token)
            continue
        if found and found[-1].text == "the":
            found.pop()
        found += [Token("word", "the", token.shown), Token("word", noun, token.shown)]
        found.append(Token("word", f"letter_{token.text}", token.text))
    return found
