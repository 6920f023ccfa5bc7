"""A room's model in the words of the panels: asked of the engine once for each scene and page, kept for everybody else."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from py_remote_viewer.engine.questions import Reply
from py_remote_viewer.errors import EngineFailed
from py_remote_viewer.protocol.engine_questions import DescribeModel

MOST_PAGES = 8


@dataclass(frozen=True, slots=True)
class Details:
    """`body`: a JSON object. `etag`: changes with the scene, and with the server's run."""

    body: bytes
    etag: str


class ModelDetails:
    """Of one room. Event loop only."""

    def __init__(self) -> None:
        self._run = secrets.token_hex(4)
        self._scene_id = 0
        self._pages: dict[tuple[int, int], asyncio.Future[bytes]] = {}

    async def page(self, question: DescribeModel, ask: Callable[[DescribeModel], Awaitable[Reply]]) -> Details:
        """The page that `question` names; `ask` is called when nobody has asked for it before.

        Raises:
            ViewerError: whatever `ask` raises; it is asked again the next time.
        """
        if question.scene_id != self._scene_id:
            self._scene_id = question.scene_id
            self._pages.clear()
        key = (question.offset, question.limit)
        waiting = self._pages.get(key)
        if waiting is None:
            while len(self._pages) >= MOST_PAGES:
                del self._pages[next(iter(self._pages))]
            waiting = self._pages[key] = asyncio.get_running_loop().create_future()
            await self._fill(waiting, key, question, ask)
        body = await asyncio.shield(waiting)
        return Details(body, f'"{self._run}-{question.scene_id}-{question.offset}-{question.limit}"')

    async def _fill(
        self,
        waiting: asyncio.Future[bytes],
        key: tuple[int, int],
        question: DescribeModel,
        ask: Callable[[DescribeModel], Awaitable[Reply]],
    ) -> None:
        try:
            waiting.set_result((await ask(question)).data)
        except BaseException as exc:
            if self._pages.get(key) is waiting:
                del self._pages[key]
            left = EngineFailed("whoever asked first has left", hint="Ask again.")
            waiting.set_exception(exc if isinstance(exc, Exception) else left)  # for those who asked meanwhile
            waiting.exception()  # read once, so that nobody waiting is no warning
            raise
