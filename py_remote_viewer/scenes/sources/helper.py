"""The process that looks into other packages: `python -m py_remote_viewer.scenes.sources.helper REQUEST [PACK_FD]`.

It imports what an operator installed, which is trusted as the operator trusts it, and downloads from where the operator
said; so it is no sandbox. It is apart because such packages take seconds to import and pull mujoco in, and because it
can be killed when nobody waits any more. What it makes goes through the compile child like any upload.
"""

from __future__ import annotations

import os
import sys
import time
from typing import BinaryIO

from py_remote_viewer.errors import EngineFailed, ViewerError
from py_remote_viewer.protocol.base import Message
from py_remote_viewer.scenes.sources import dm_control_suite, gymnasium_envs, menagerie
from py_remote_viewer.scenes.sources.wire import HelperRequest, Listed, Made, Progress, Refused

EVERY_S = 0.1


def main(argv: list[str]) -> int:
    """Do one request; 0 also when it is refused, because then a line says why."""
    request = HelperRequest.model_validate_json(argv[0])
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what other packages print goes to the log

    def say(message: Message) -> None:
        out.write(message.model_dump_json() + "\n")
        out.flush()

    try:
        if request.name is None:
            say(Listed(entries=_entries(request)))
        else:
            with os.fdopen(int(argv[1]), "wb") as pack:
                say(_made(request, request.name, pack, _Teller(say)))
    except ViewerError as exc:
        say(Refused(error=exc.as_json()["error"]))
    except ImportError as exc:
        error = EngineFailed(
            f"a package is missing: {exc.name}", hint="Install what the source needs (docs/scenes.md)."
        )
        say(Refused(error=error.as_json()["error"]))
    return 0


class _Teller:
    """Says how a download stands, ten times a second."""

    def __init__(self, say: object) -> None:
        self._say = say
        self._told = 0.0

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self._told >= EVERY_S or done == total:
            self._told = now
            assert callable(self._say)
            self._say(Progress(done_bytes=done, total_bytes=total))


def _entries(request: HelperRequest) -> tuple:  # type: ignore[type-arg]
    match request.source:
        case "menagerie":
            return menagerie.entries(request.settings)
        case "dm_control":
            return dm_control_suite.entries()
        case "gymnasium":
            return gymnasium_envs.entries()


def _made(request: HelperRequest, name: str, pack: BinaryIO, progress: _Teller) -> Made:
    match request.source:
        case "menagerie":
            return menagerie.make(name, request.settings, pack, progress)
        case "dm_control":
            return dm_control_suite.make(name, pack)
        case "gymnasium":
            return gymnasium_envs.make(name, pack)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
