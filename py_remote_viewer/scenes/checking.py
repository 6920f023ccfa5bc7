"""Checks a text without showing it: everything the linter finds, then what MuJoCo itself says. Runs in a compile child.

What the text names and how it is bounded is refused here exactly as when it is loaded, so that a text without an error is
one that loads.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

import mujoco

from py_remote_viewer.errors import SceneInvalid
from py_remote_viewer.protocol.scene_edits import CheckedScene, Problem, SceneSizes
from py_remote_viewer.scenes.building import FIX_HINT, REFUSED
from py_remote_viewer.scenes.lint import Linter, place_of, span_of
from py_remote_viewer.scenes.mjcf_tables import tables
from py_remote_viewer.scenes.precheck import precheck, shortened

_WORDS = re.compile(r"'([^']{1,256})'")
_LINE = re.compile(r"^line \d+: ")


@dataclass(frozen=True, slots=True)
class Trial:
    """How a text is tried that nobody has looked at.

    Attributes:
        judge: looks it over, with all that it names; raises SceneInvalid.
        compile: makes the model of it; raises SceneInvalid.
        is_mjcf: whether MuJoCo's schema is for it, and MuJoCo's lines are its own: it reads a URDF in other words.
    """

    judge: Callable[[], object]
    compile: Callable[[], mujoco.MjModel]
    is_mjcf: bool = True

    @classmethod
    def alone(cls, xml: str, compiled: Callable[[], mujoco.MjModel]) -> Trial:
        """Of MJCF that names no file."""
        return cls(lambda: precheck(xml), compiled)


def check(xml: str, trial: Trial, warnings: Sequence[str]) -> CheckedScene:
    """All that is wrong with `xml`. `warnings` grows while `trial` runs."""
    text = xml.encode("utf-8")
    found = Linter(tables()).run(text) if trial.is_mjcf and xml.strip() else []
    try:
        trial.judge()
    except SceneInvalid as exc:
        not_xml = "column" in exc.details and "file" not in exc.details
        if not_xml and any(one.source == "xml" for one in found):
            return CheckedScene(problems=tuple(found))
        problems = _missing(exc, text) or [_problem(exc, text, "xml" if not_xml else "limits")]
        return CheckedScene(problems=tuple(merged([*found, *problems[1:]], problems[0])))
    try:
        model = trial.compile()
    except SceneInvalid as exc:
        if not trial.is_mjcf:
            exc.details.pop("line", None)
        return CheckedScene(problems=tuple(merged(found, _problem(exc, text, "mujoco"))), warnings=tuple(warnings))
    return CheckedScene(warnings=tuple(warnings), sizes=_sizes(model))  # MuJoCo takes it: nothing is wrong


def merged(found: list[Problem], last: Problem) -> list[Problem]:
    """`found` with the compiler's `last`, which takes the place of what was found of the same mistake, and its hint."""
    twin = _twin(found, last) if last.source == "mujoco" else None
    if twin is not None:
        last = twin.model_copy(update={"source": "mujoco", "message": f"{twin.message} (MuJoCo: {last.message})"})
    kept = [one for one in found if one is not twin]
    return sorted([*kept, last], key=lambda one: (one.line or 0, one.column))


def _twin(found: list[Problem], last: Problem) -> Problem | None:
    """Which of `found` MuJoCo means: in its line, and about the same attribute, value, name or element."""
    same = [one for one in found if last.line is not None and one.line == last.line]
    words = set(_WORDS.findall(last.message))
    named = [one for one in same if words & set(_WORDS.findall(one.message))]
    there = [one for one in same if (one.column, one.end_column) == (last.column, last.end_column)]
    return next(iter([*named, *there]), same[0] if len(same) == 1 else None)


def _missing(exc: SceneInvalid, text: bytes) -> list[Problem]:
    """Files that did not come with the model, each where the text names it; none where only an included file does."""
    found = []
    for name in exc.details.get("missing", []):
        value = re.escape(escape(name).encode())
        written = re.search(rb"(?<![^\s\"'])file\w*\s*=\s*([\"']" + value + rb"[\"'])", text)
        if written is not None:
            line, column, end = span_of(text, written.start(1), written.end(1))
            message = f"there is no file {shortened(name, 100)} in the upload"
            found.append(
                Problem(line=line, column=column, end_column=end, source="limits", message=message, hint=exc.hint)
            )
    return found


def _problem(exc: SceneInvalid, text: bytes, source: str) -> Problem:
    message = _LINE.sub("", exc.message).removeprefix(REFUSED)
    hint = "" if exc.hint == FIX_HINT else exc.hint
    line = None if "file" in exc.details else exc.details.get("line")  # else it is the line of an included file
    where = {} if line is None else _span(text, line, exc.details.get("element"), _WORDS.findall(message))
    return Problem.model_validate({"source": source, "message": message, "hint": hint, **where})


def _span(text: bytes, line: int, element: str | None, words: Sequence[str]) -> dict[str, int]:
    """What to underline in `line`: the attribute that MuJoCo names, else the element's name, else all that stands there."""
    lines = text.split(b"\n")
    line = min(line, len(lines))
    start = sum(len(one) + 1 for one in lines[: line - 1])
    there = lines[line - 1]
    tag = re.search(rb"<" + re.escape(element.encode()) + rb"(?![\w.-])", there) if element else None
    if tag is not None:
        name = place_of(text, start + tag.start())
        for word in words:
            at = place_of(text, start + tag.start(), word)
            if at != name:
                return {"line": at[0], "column": at[1], "end_column": at[2]}
        return {"line": name[0], "column": name[1], "end_column": name[2]}
    shown = there.decode("utf-8", "replace")
    indent = len(shown) - len(shown.lstrip())
    width = len(shown.rstrip().encode("utf-16-le")) // 2
    return {"line": line, "column": indent + 1, "end_column": max(width, indent) + 1}


def _sizes(model: mujoco.MjModel) -> SceneSizes:
    return SceneSizes(
        nbody=model.nbody - 1,
        njnt=model.njnt,
        ngeom=model.ngeom,
        nu=model.nu,
        nsensor=model.nsensor,
        nq=model.nq,
        nv=model.nv,
        timestep_s=float(model.opt.timestep),
    )
