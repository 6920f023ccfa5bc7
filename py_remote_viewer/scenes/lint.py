"""Everything that can be found wrong with MJCF without compiling it, all of it at once. Pure.

MuJoCo stops at its first error; who types wants to see all of them. One pass of expat over the text compares it with
MuJoCo's schema (`mjcf_tables`): elements and attributes that it does not know, keywords and numbers that it would not read,
what must be there and is not, names given twice, names of things that are not there. MuJoCo has the last word: what
is found here is shown only where MuJoCo refuses the text too (`scenes/checking.py`).
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal
from xml.parsers import expat

from py_remote_viewer.protocol.scene_edits import MAX_PROBLEMS, Problem
from py_remote_viewer.scenes.mjcf_tables import Place, Tables, Takes
from py_remote_viewer.scenes.precheck import shortened

_TAG_END = re.compile(rb"""<[^\s/>]*(?:[^"'>]|"[^"]*"|'[^']*')*>?""")
_ATTRIBUTE = rb"""(?<![^\s"'])%s\s*=\s*("[^"]*"|'[^']*')"""
# What brings names that do not stand in the text: those of copies, and of things made by a macro.
_MAKERS = frozenset({"replicate", "composite", "flexcomp"})
_FROM_FILES = frozenset({"include", "attach", "model"})
_WRITTEN_ONLY = frozenset({"class", "material", "texture", "mesh", "hfield"})  # no macro makes these
_NAMED_BY_FILE = frozenset(
    {"mujoco/asset/mesh", "mujoco/asset/hfield", "mujoco/asset/texture"}
)  # its stem, without a name
_BUILT_IN = {("body", "world"), ("class", "main")}
_LIMIT_CHARS = 300
Source = Literal["xml", "schema", "names"]


class _Full(Exception):
    """There are `MAX_PROBLEMS` problems; or the text is of a kind that is not looked into."""


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a tag begins, in bytes, and which of its attributes is meant; "" for the tag itself."""

    start: int
    attribute: str = ""
    whole: bool = False  # the attribute with its name, not only its value


@dataclass(slots=True)
class _Open:
    place: Place | None  # None: an element that is unknown, whose inside is not looked at
    seen: dict[str, int] = field(default_factory=dict)


class Linter:
    """One pass over one text.

    Attributes:
        problems: what was found, in the order of finding it.
    """

    def __init__(self, tables: Tables) -> None:
        self.problems: list[Problem] = []
        self._tables = tables
        self._text = b""
        self._open: list[_Open] = []
        self._names: dict[tuple[str, str], int] = {}  # (kind, name): first line
        self._wanted: list[tuple[str, str, _Spot]] = []
        self._elements: set[str] = set()
        self._parser = expat.ParserCreate(encoding="utf-8")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = self._doctype

    def run(self, text: bytes) -> list[Problem]:
        """Look through `text`; returns `problems`, sorted by line."""
        self._text = text
        try:
            self._parser.Parse(text, True)
            self._missing_names()
        except expat.ExpatError as exc:
            line, column = exc.lineno, exc.offset + 1
            message = f"not well-formed XML: {expat.ErrorString(exc.code)}"
            hint = "Every tag is closed, every attribute quoted, & is written as &amp;."
            self.problems.append(
                Problem(line=line, column=column, end_column=column + 1, source="xml", message=message, hint=hint)
            )
        except _Full:
            pass
        return sorted(self.problems, key=lambda one: (one.line or 0, one.column))

    # --- what expat tells ------------------------------------------------------------------------------------------------

    def _doctype(self, *_declaration: object) -> None:
        raise _Full  # the server's limits refuse it; entities are not expanded here

    def _end(self, _name: str) -> None:
        self._open.pop()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        here = _Spot(self._parser.CurrentByteIndex)
        self._elements.add(name)
        place = self._placed(name, here)
        self._open.append(_Open(place))
        if place is not None:
            self._attributes(place, attributes, here.start)

    def _placed(self, name: str, here: _Spot) -> Place | None:
        if not self._open:
            root = self._tables.places["mujoco"]
            if name != root.name:
                self._say(here, "schema", f"the root element is <{name[:60]}>, not <mujoco>")
                return None
            return root
        parent = self._open[-1]
        if parent.place is None:
            return None
        place = self._tables.child(parent.place, name)
        if place is None and name in _FROM_FILES:
            return None  # taken or not: that is no question of the schema
        if place is None:
            inside = parent.place.name
            known = parent.place.children
            hint = _nearest(name, known) or (
                f"Inside <{inside}>: {', '.join(known)}." if known else "Nothing may stand there."
            )
            self._say(here, "schema", f"<{name[:60]}> is not known inside <{inside}>", hint)
            return None
        parent.seen[name] = parent.seen.get(name, 0) + 1
        if place.times in "?!" and parent.seen[name] == 2:
            self._say(here, "schema", f"<{name}> may stand only once inside <{parent.place.name}>")
        return place

    # --- one element -----------------------------------------------------------------------------------------------------

    def _attributes(self, place: Place, attributes: dict[str, str], start: int) -> None:
        for key, value in attributes.items():
            takes = place.attributes.get(key)
            if takes is not None:
                self._value(place, key, value, takes, _Spot(start, key))
            elif not place.takes_any:
                hint = _nearest(key, place.attributes) or _most(place.attributes)
                spot = _Spot(start, key, whole=True)
                self._say(spot, "schema", f"<{place.name}> has no attribute {shortened(key)}", hint)
        if "name" not in attributes and place.path in _NAMED_BY_FILE:
            stem = attributes.get("file", "").replace("\\", "/").rpartition("/")[2].rpartition(".")[0]
            self._names.setdefault((place.name, stem), self._parser.CurrentLineNumber)
        for key in place.required:
            if key not in attributes:
                self._say(_Spot(start), "schema", f"<{place.name}> needs the attribute {key!r}")

    def _value(self, place: Place, key: str, value: str, takes: Takes, spot: _Spot) -> None:
        if takes.kind == "gives":
            self._gives(takes.of, value, spot)
        elif takes.kind == "name":
            if value:
                self._wanted.append((takes.of, value, spot))
        elif takes.kind == "keyword":
            if value not in takes.values:
                hint = _nearest(value, takes.values) or _most(takes.values)
                self._say(spot, "schema", f"{key}={shortened(value)} is no value that <{place.name}> takes", hint)
        elif takes.kind == "number":
            self._numbers(key, value, takes, spot)

    def _numbers(self, key: str, value: str, takes: Takes, spot: _Spot) -> None:
        parts = value.split()
        wrong = next((part for part in parts if not _is_number(part, whole=takes.whole)), None)
        if wrong is not None:
            what = "a whole number" if takes.whole else "a number"
            self._say(spot, "schema", f"{key}={shortened(value)}: {shortened(wrong, 20)} is not {what}")
        elif parts and takes.most is not None and len(parts) > takes.most:
            self._say(spot, "schema", f"{key} takes at most {takes.most} numbers, here are {len(parts)}")
        elif parts and len(parts) < takes.least:
            self._say(spot, "schema", f"{key} takes at least {takes.least} numbers, here are {len(parts)}")

    # --- names -----------------------------------------------------------------------------------------------------------

    def _gives(self, kind: str, name: str, spot: _Spot) -> None:
        if not name:
            return
        first = self._names.get((kind, name))
        if first is None:
            self._names[kind, name] = self._parser.CurrentLineNumber
            return
        what = "default class" if kind == "class" else kind
        self._say(spot, "names", f"the name {shortened(name)} is given to two of kind {what}; first in line {first}")

    def _missing_names(self) -> None:
        if self._elements & _FROM_FILES:
            return
        macros = bool(self._elements & _MAKERS)
        known: dict[str, set[str]] = {}
        for kind, name in [*_BUILT_IN, *self._names]:
            known.setdefault(kind, set()).add(name)
        for kind, name, spot in self._wanted:
            there = known.get(kind, set())
            if name in there or (macros and kind not in _WRITTEN_ONLY):
                continue
            what = "default class" if kind == "class" else kind
            self._say(spot, "names", f"there is no {what} {shortened(name)}", _nearest(name, there) or _most(there))

    # --- saying it -------------------------------------------------------------------------------------------------------

    def _say(self, spot: _Spot, source: Source, message: str, hint: str = "") -> None:
        line, column, end = place_of(self._text, spot.start, spot.attribute, whole=spot.whole)
        self.problems.append(
            Problem(
                line=line,
                column=column,
                end_column=end,
                source=source,
                message=message[:_LIMIT_CHARS],
                hint=hint[:_LIMIT_CHARS],
            )
        )
        if len(self.problems) >= MAX_PROBLEMS:
            raise _Full


def place_of(text: bytes, start: int, attribute: str = "", *, whole: bool = False) -> tuple[int, int, int]:
    """Line, first column and column behind the last character of a tag's name, or of one of its attributes.

    Args:
        text: UTF-8.
        start: of the tag, in bytes.
        attribute: its value is meant, or all of it with `whole`; the tag's name where there is none of that name.
        whole: the attribute's name too.
    """
    tag = _TAG_END.match(text, start)
    begin, end = start, start + 1
    if tag is not None:
        name = re.match(rb"<[^\s/>]*", tag.group())
        end = start + (name.end() if name else 1)
        found = re.search(_ATTRIBUTE % re.escape(attribute.encode()), tag.group()) if attribute else None
        if found is not None:
            begin, end = start + (found.start() if whole else found.start(1)), start + found.end()
    return span_of(text, begin, end)


def span_of(text: bytes, begin: int, end: int) -> tuple[int, int, int]:
    """Line, first column and column behind the last character of bytes `begin` to `end`, as far as they share a line."""
    line_start = text.rfind(b"\n", 0, begin) + 1
    line_end = text.find(b"\n", begin)
    end = min(end, line_end) if line_end >= 0 else end
    return text.count(b"\n", 0, begin) + 1, _utf16(text[line_start:begin]) + 1, _utf16(text[line_start:end]) + 1


def _utf16(data: bytes) -> int:
    return len(data.decode("utf-8", "replace").encode("utf-16-le")) // 2


def _is_number(text: str, *, whole: bool) -> bool:
    try:
        if whole:
            int(text)
        else:
            float(text)
    except ValueError:
        return False
    return "_" not in text


def _nearest(name: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(name[:64], list(known)[:500], n=1, cutoff=0.6)
    return f"Did you mean {close[0]}?" if close else ""


def _most(known: Iterable[str]) -> str:
    names = sorted(known)
    return "" if not names else f"There is {', '.join(names[:12])}{', and more' if len(names) > 12 else ''}."
