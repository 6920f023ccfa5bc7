"""What a compile child's end means, in the words that people get. Pure."""

from __future__ import annotations

import signal

from pydantic import ValidationError

from py_remote_viewer.errors import SceneInvalid, SceneTooExpensive
from py_remote_viewer.scenes.compile_wire import ChildAnswer, ChildEnd, CompileRequest, Refusal, cpu_limit_s

_SIMPLER = "Use fewer or smaller bodies, meshes, textures and counts, or start the server with the file: --scene."


class NoAnswer(Exception):
    """The forkserver went away before it told how the child ended."""


def judge(request: CompileRequest, lines: list[bytes]) -> ChildAnswer:
    """The child's answer, or what its end means."""
    try:
        end = ChildEnd.model_validate_json(lines[-1])
    except (IndexError, ValidationError) as exc:
        raise NoAnswer from exc
    if end.exit_code != 0 or len(lines) != 2:
        raise _ended_early(request, end)
    answer = ChildAnswer.model_validate_json(lines[0])
    if answer.refusal is not None:
        raise _refused(answer.refusal)
    return answer


def _refused(refusal: Refusal) -> SceneInvalid:
    kind = SceneTooExpensive if refusal.expensive else SceneInvalid
    given = {key: value for key, value in refusal.details.items() if value not in (None, [])}
    return kind(refusal.message, hint=refusal.hint, **given)


def _ended_early(request: CompileRequest, end: ChildEnd) -> SceneInvalid:
    """What to tell people when the child was ended by a limit, or by itself."""
    number = -end.exit_code
    if number == signal.SIGALRM:
        return SceneTooExpensive(
            f"compiling the scene and trying it out took longer than {request.wall_s:g} s", hint=_SIMPLER
        )
    if number == signal.SIGXCPU:
        seconds = cpu_limit_s(request.wall_s)
        return SceneTooExpensive(
            f"compiling the scene and trying it out took more than {seconds} s of processor time", hint=_SIMPLER
        )
    if number == signal.SIGKILL:
        return SceneTooExpensive("compiling the scene took more memory than this machine has free", hint=_SIMPLER)
    out_of_memory = end.exit_code == 2
    if request.path is None:  # a failed allocation often ends C++ code by SIGABRT or SIGSEGV
        out_of_memory |= number > 0 and end.max_rss_kb > 0.7 * 1024 * request.memory_mb
    if out_of_memory:
        most = f"more than {request.memory_mb} MiB" if request.path is None else "more memory than there is"
        return SceneTooExpensive(f"compiling the scene needed {most}", hint=_SIMPLER)
    if number > 0:
        said = f"signal {number}, {signal.Signals(number).name}"
        hint = "Leave out what you changed last: something in it is more than MuJoCo can handle."
        return SceneInvalid(f"MuJoCo crashed on the scene ({said})", hint=hint)
    return SceneInvalid(
        "compiling the scene failed without an answer",
        hint="This is a bug of the viewer: please report the scene. The server's log has more.",
    )
