"""What is meant in a follow-up by a name, or by `one`: `Bob` is `the cube Bob`, `the lower one` a link. Pure."""

from __future__ import annotations

from py_remote_viewer.scenes.create.lexicon.kinds import KINDS
from py_remote_viewer.scenes.create.lexicon.words import LEXICON
from py_remote_viewer.scenes.create.reading.lexer import Token
from py_remote_viewer.scenes.create.things.description import Scene

_PARTS = {"link": "link", "joint": "link", "pole": "pole"}
_WHICH = ("upper", "lower", "first", "second", "third", "fourth", "last", "top", "bottom", "middle", "outer", "inner")
_GIVING = ("named", "called")


def with_nouns(tokens: list[Token], scene: Scene) -> list[Token]:
    """`tokens`, with the noun before every name of a thing in `scene`."""
    named = {tuple(thing.name.split()): thing for thing in scene.things if thing.name}
    longest = max(map(len, named), default=0)
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        lengths = range(longest, 0, -1) if not (at and tokens[at - 1].text in _GIVING) else ()
        words = next((w for n in lengths if (w := tuple(t.shown.lower() for t in tokens[at : at + n])) in named), ())
        if not words:
            found.append(tokens[at])
            at += 1
            continue
        thing, shown = named[words], " ".join(words)
        noun = tuple(thing.noun.split("_"))
        noun = noun if any(entry.cat == "noun" for entry in LEXICON.get(noun, ())) else (thing.kind,)
        if found and found[-1].text == "the":
            found.pop()
        found += [Token("word", text, shown) for text in ("the", *noun, f"letter_{words[0]}")]
        at += len(words)
    return found


def with_parts(tokens: list[Token], scene: Scene) -> list[Token]:
    """`tokens`, with the part that is meant for `one` in `the lower one`, where a machine with parts was spoken of last."""
    there = {thing.id: thing for thing in scene.things}
    last = there.get(scene.focus[-1]) if scene.focus else None
    alone = last is not None and not any(
        one.id != last.id and (one.total > 1 or one.kind == last.kind) for one in scene.things
    )
    if last is None or not alone or KINDS[last.kind].part not in _PARTS or last.total > 1:
        return tokens
    if (last.parts or KINDS[last.kind].parts[0]) < 2:
        return tokens
    part = _PARTS[KINDS[last.kind].part]
    found = list(tokens)
    for at in range(2, len(tokens)):
        said = tokens[at].shown == "one" and tokens[at - 1].text in _WHICH and tokens[at - 2].text == "the"
        if said:
            found[at] = Token("word", part, tokens[at].shown)
    return found
