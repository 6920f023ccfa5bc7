"""Roundabout ways of saying what a plainer one says, put into the plainer one before anything is read. Pure."""

from __future__ import annotations

from dataclasses import replace

from py_remote_viewer.scenes.create.lexer import Token

_OFF = ("off", "out", "away", "down")
_PUT = ("put", "place", "set", "lay", "stand", "move", "drop")
_IT = ("it", "them", "that", "those", "this")
_REACH = 9  # words between the two verbs


def reworded(tokens: list[Token]) -> list[Token]:
    """`take the top one off and put it next to the tower` as `move the top one next to the tower`."""
    for at, token in enumerate(tokens):
        if token.kind != "word" or token.text not in ("take", "pick", "lift"):
            continue
        for end in range(at + 2, min(at + _REACH, len(tokens))):
            if tokens[end].kind == "stop":
                break
            length = _second_verb(tokens, end)
            if not length:
                continue
            first = at + 1 + (tokens[at + 1].text in ("up", *_OFF))
            kept = [one for one in tokens[first:end] if one.kind != "comma"]
            if kept:
                moved = replace(token, text="move")
                return reworded([*tokens[:at], moved, *kept, *tokens[end + length :]])
    return tokens


def _second_verb(tokens: list[Token], at: int) -> int:
    """How many tokens `off and put it` takes at `at`; 0 where it does not stand there."""
    end = at
    end += _text(tokens, end) in (*_OFF, "up")
    end += tokens[end].kind == "comma" if end < len(tokens) else 0
    end += _text(tokens, end) in ("and", "then")
    end += _text(tokens, end) == "then"
    if end == at or _text(tokens, end) not in _PUT or _text(tokens, end + 1) not in _IT:
        return 0
    return end + 2 - at


def _text(tokens: list[Token], at: int) -> str:
    return tokens[at].text if at < len(tokens) and tokens[at].kind == "word" else ""
