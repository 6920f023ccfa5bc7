"""A follow-up about a scene that no sentence made: a preset, or MJCF of one's own. Child process only: imports mujoco."""

from __future__ import annotations

from collections import Counter

import mujoco

from py_remote_viewer.errors import SceneInvalid
from py_remote_viewer.scenes.building import build_text
from py_remote_viewer.scenes.compile_wire import CreatedScene, CreateRequest
from py_remote_viewer.scenes.create.bodies.build import STORY
from py_remote_viewer.scenes.create.own.by_hand import SEAL
from py_remote_viewer.scenes.create.own.changed import Outcome, changed
from py_remote_viewer.scenes.create.own.keyframes import name_all, put_back, taken_out
from py_remote_viewer.scenes.create.own.stand_ins import stand_ins
from py_remote_viewer.scenes.create.prompt import Reading, read

_NO_UNDO = "what was changed in a scene that no sentence made is not taken back by a sentence"


def edited(request: CreateRequest, *, undo: bool) -> tuple[CreatedScene, mujoco.MjModel] | None:
    """`request.before_xml` as the sentence changes it; None where the sentence describes a new scene.

    Raises:
        SceneInvalid: it is about what is there, and cannot be done; with what can.
    """
    try:
        spec = mujoco.MjSpec.from_string(request.before_xml or "")
        for text in [one for one in spec.texts if one.name in (STORY, SEAL)]:
            spec.delete(text)  # the sentences tell no longer what there is
        name_all(spec)
        model = spec.compile()
    except (ValueError, RuntimeError, mujoco.FatalError, mujoco.UnexpectedError):
        return None  # its files are elsewhere, or it is none
    there = stand_ins(spec, model, request.prompt)
    if not there.scene.things:
        return None
    if undo:
        raise SceneInvalid(_NO_UNDO, hint="The editor keeps the last versions; choose one there.")
    reading = read(request.prompt, there.scene, mode=request.mode)
    if not reading.edited:
        return None
    kept = taken_out(spec, model)
    title = spec.modelname
    outcome = changed(spec, there, reading.scene, request.seed or 0)
    if not outcome.done:
        raise _refused(reading, outcome)
    put_back(spec, kept, outcome.moved, outcome.started)
    xml = spec.to_xml()
    return _answer(reading, outcome, xml, title), build_text(xml)


def _refused(reading: Reading, outcome: Outcome) -> SceneInvalid:
    what = ", ".join(outcome.missed or [f"“{word}”" for word in reading.ignored])
    about = f"{what} cannot be changed by a sentence" if what else "a sentence can change nothing of that"
    return SceneInvalid(
        f"no sentence made this scene: {about}",
        hint="Colours, sizes, masses, friction, places and gravity can change, things come and go; the rest in the editor.",
        ignored=list(reading.ignored),
    )


def _in_short(done: list[str]) -> str:
    """What was done to many alike, once."""
    told = Counter(one.partition(": ")[2] or one for one in done)
    names: dict[str, list[str]] = {}
    for one in done:
        name, _, what = one.partition(": ")
        names.setdefault(what or one, []).append(name if what else "")
    return "; ".join(
        what if not names[what][0] else f"{names[what][0] if n == 1 else f'{n} things'}: {what}"
        for what, n in told.items()
    )


def _answer(reading: Reading, outcome: Outcome, xml: str, title: str) -> CreatedScene:
    ignored = (*reading.ignored, *(one for one in outcome.missed if one not in reading.ignored))
    parts = [f"Changed the scene: {_in_short(outcome.done)}."]
    if reading.corrected:
        parts.append("Read " + ", ".join(f"“{written}” as “{meant}”" for written, meant in reading.corrected) + ".")
    if ignored:
        parts.append("Not understood: " + ", ".join(f"“{word}”" for word in ignored) + ".")
    return CreatedScene(
        xml=xml,
        title=title,
        message=" ".join(parts),
        understood=tuple(outcome.done),
        ignored=ignored,
        suggestions=reading.nearest,
        corrected=dict(reading.corrected),
        edited=True,
    )
