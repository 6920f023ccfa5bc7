"""Telling a room how a load stands: often enough to be seen moving, seldom enough to cost nothing."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from types import TracebackType
from typing import Literal, Self

from py_remote_viewer.clock import now_s
from py_remote_viewer.protocol.loading_messages import LoadProgress

EVERY_S = 0.2
MAX_TITLE_CHARS = 80
_numbers = itertools.count(1)


class LoadReport:
    """Use as a context manager around one load; leaving it says `done`."""

    def __init__(self, title: str, tell: Callable[[LoadProgress], None], clock: Callable[[], float] = now_s) -> None:
        self._key = f"l{next(_numbers)}"
        self._title = title[:MAX_TITLE_CHARS]
        self._tell = tell
        self._clock = clock
        self._stage = ""
        self._told_s = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._stage:
            self._say("done", 0, None)

    def at(
        self,
        stage: Literal["upload", "download", "unpack", "compile"],
        done_bytes: int = 0,
        total_bytes: int | None = None,
    ) -> None:
        """It stands here now."""
        if stage == self._stage and self._clock() - self._told_s < EVERY_S and done_bytes != total_bytes:
            return
        self._say(stage, done_bytes, total_bytes)

    def _say(
        self,
        stage: Literal["upload", "download", "unpack", "compile", "done"],
        done_bytes: int,
        total_bytes: int | None,
    ) -> None:
        self._stage, self._told_s = stage, self._clock()
        self._tell(
            LoadProgress(load=self._key, title=self._title, stage=stage, done_bytes=done_bytes, total_bytes=total_bytes)
        )
