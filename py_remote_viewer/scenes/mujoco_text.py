"""MuJoCo's error texts, made into a sentence, a line and an element. Pure.

MuJoCo 3.17 says where in one of these ways, or not at all:
    XML Error: bad format in attribute 'size'\\nElement 'geom', line 3
    Error: size 0 must be positive in geom\\nElement name 'a', id 0, line 3
    XML parse error 14:\\nError=XML_ERROR_MISMATCHED_ELEMENT ErrorID=14 (0xe) Line number=2: XMLElement name=geom
    Error: keyframe '': invalid qpos size, expected 0, got 2\\nElement name '', id 0
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_CHARS = 500
_LINE = re.compile(r"^Element .*, line (\d{1,9})\s*$|Line number=(\d{1,9})", re.MULTILINE)  # not "at step.c, line 9"
_ELEMENT = re.compile(r"Element '([^']{1,64})'|XMLElement name=(\w{1,64})")
_NAMED = re.compile(r"Element name '([^']{1,256})'")
_PLACE = re.compile(r"\s*Element (?:name )?'[^'\n]*'(?:, id -?\d+)?(?:, line \d+)?\s*$")
_PREFIX = re.compile(r"^(?:(?:XML )?Error:\s*|XML parse error \d+:\s*)+")
_PATH = re.compile(r"(?<![\w/.])(?:~|\.{0,2})(?:/[\w.@+~-]+)+/?")


@dataclass(frozen=True, slots=True)
class MujocoText:
    """`message` names no folder of this machine; `line` and `element` where MuJoCo gave them."""

    message: str
    line: int | None
    element: str | None


def without_paths(text: str) -> str:
    """`text` with every path cut down to its last part."""
    return _PATH.sub(lambda match: match.group().rstrip("/").rpartition("/")[2], text)


def explain(text: str) -> MujocoText:
    """Take an exception's text apart."""
    text = "".join(c if c.isprintable() or c == "\n" else "?" for c in text[:4000])
    line = _LINE.search(text)
    element = _ELEMENT.search(text)
    named = _NAMED.search(text)
    message = _PREFIX.sub("", _PLACE.sub("", text)).strip()
    message = without_paths(" ".join(message.split()))[:MAX_CHARS] or "no reason given"
    if named and f"'{named.group(1)}'" not in message:
        message += f" (named {without_paths(named.group(1))!r})"
    return MujocoText(
        message=message,
        line=(int(line.group(1) or line.group(2)) or None) if line else None,  # 0 in an included file
        element=(element.group(1) or element.group(2)) if element else None,
    )
