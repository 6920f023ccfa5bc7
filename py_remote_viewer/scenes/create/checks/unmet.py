"""What was understood and could not be built: back to the words that said it. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass

from py_remote_viewer.scenes.create.reading.journal import Trace
from py_remote_viewer.scenes.create.reading.reader import Reader
from py_remote_viewer.scenes.create.things.description import Relation

_NUMBERS = {
    "mass": "mass",
    "size": "length",
    "friction": "",
    "bounce": "",
    "speed": "speed",
    "spin": "spin",
    "tilt": "angle",
    "stiffness": "stiffness",
    "damping": "",
    "count": "",
    "spacing": "length",
}
_PLACING = ("rel", "barerel", "arrange", "conj")


@dataclass(frozen=True, slots=True)
class Unmet:
    """What is in the description of thing `thing` and not in the model: a `what`, with its number or its word."""

    thing: int
    what: str
    value: float | str | Relation


def words_of(reader: Reader, one: Unmet) -> list[int]:
    """Places of the tokens that said it; none where an earlier sentence did."""
    if isinstance(one.value, Relation):
        said = [trace for trace in reader.traces if trace.thing == one.thing and _same_place(trace.value, one.value)]
        return [at for trace in said[-1:] for at in relating(reader, trace)]
    return [at for at, used in enumerate(reader.used) if used and _said(reader, at, one)]


def _same_place(value: object, other: Relation) -> bool:
    return isinstance(value, Relation) and value.kind == other.kind and bool({*value.targets} & {*other.targets})


def relating(reader: Reader, trace: Trace) -> list[int]:
    """Those of its words that place: `on`, `to the left of`, `one behind the other`; none where a noun alone placed it."""
    found: list[int] = []
    moves = trace.field == "motion" and any(reader.is_cat(at, "motion") for at in range(trace.start, trace.end))
    for at in range(trace.start, trace.end):
        matched = reader.match(at, *(("motion",) if moves else _PLACING))
        told = matched is not None and not reader.word(at, "with", "and")
        if matched is not None and told and at not in found:
            found += range(at, min(at + matched[1], trace.end))
    return found


def _said(reader: Reader, at: int, one: Unmet) -> bool:
    token = reader[at]
    if isinstance(one.value, float):
        if token.kind == "list":
            return token.dimension == _NUMBERS[one.what] and any(_same(value, one.value) for value in token.vector)
        if token.kind not in ("number", "quantity"):
            return False
        fits = token.dimension in (_NUMBERS[one.what], "percent" if not _NUMBERS[one.what] else "")
        return fits and any(_same(token.value * factor, one.value) for factor in (1.0, 2.0, 0.5))
    if token.kind != "word" or not isinstance(one.value, str):
        return False
    if one.what in ("colour", "material"):
        found = reader.match(at, one.what)
        return found is not None and str(found[0].value).split(" ")[-1] == one.value.split(" ")[-1]
    cat = {"pose": "pose", "motion": "motion", "motors": "feature", "fixed": "fixed", "form": "form"}[one.what]
    return reader.is_cat(at, cat)


def _same(a: float, b: float) -> bool:
    return math.isclose(a, b, rel_tol=0.01, abs_tol=1e-9)
