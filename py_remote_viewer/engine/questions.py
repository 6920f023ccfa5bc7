"""Questions that wait for the engine's answer. On the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from py_remote_viewer.errors import EngineFailed, RoomBusy, from_fields
from py_remote_viewer.protocol.engine_questions import Ask, Question, Told

MOST_WAITING = 64


@dataclass(frozen=True, slots=True)
class Reply:
    """JSON-ready facts, and bytes where the answer has any."""

    facts: dict[str, Any] = field(default_factory=dict)
    data: bytes = b""


class Questions:
    """Numbers them, and gives each answer to who asked."""

    def __init__(self) -> None:
        self._number = 0
        self._waiting: dict[int, asyncio.Future[Reply]] = {}

    async def ask(self, question: Question, send: Callable[[Ask], None], limit_s: float) -> Reply:
        """Send `question` and wait for its answer. Raises as `EngineSupervisor.ask`."""
        if len(self._waiting) >= MOST_WAITING:
            raise RoomBusy(f"{MOST_WAITING} questions wait for the engine", hint="Try again in a moment.")
        self._number += 1
        number = self._number
        waiting: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        self._waiting[number] = waiting
        try:
            send(Ask(ask_id=number, question=question))
            async with asyncio.timeout(limit_s):
                return await waiting
        except TimeoutError:
            raise EngineFailed(
                f"the engine did not answer {question.type} in {limit_s:.0f} s", hint="Try again in a moment."
            ) from None
        finally:
            del self._waiting[number]

    def told(self, told: Told, data: bytes) -> None:
        """An answer came; nobody may wait for it any more."""
        waiting = self._waiting.get(told.ask_id)
        if waiting is None or waiting.done():
            return
        if told.error is not None:
            waiting.set_exception(from_fields(told.error))
        else:
            waiting.set_result(Reply(told.facts, data))

    def end(self, reason: str) -> None:
        """Nobody will answer any more."""
        for waiting in self._waiting.values():
            if not waiting.done():
                waiting.set_exception(EngineFailed(reason, hint="Try again in a moment."))
