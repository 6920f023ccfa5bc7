"""Blocking work off the event loop that leaves nothing open, also when whoever waits for it is cancelled."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, asynccontextmanager
from typing import TypeVar

T = TypeVar("T")


async def in_thread(work: Callable[[], T], undo: Callable[[T], object]) -> T:
    """What `work` returns, done in a thread; when nobody waits for it any more, it is done all the same and undone."""
    task = asyncio.ensure_future(asyncio.to_thread(work))
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        if not task.cancelled() and task.exception() is None:
            undo(task.result())
        raise


@asynccontextmanager
async def threaded(manager: AbstractContextManager[T]) -> AsyncIterator[T]:
    """`manager`, entered and left in threads."""
    value = await in_thread(manager.__enter__, lambda _: manager.__exit__(None, None, None))
    try:
        yield value
    except BaseException as exc:
        error = exc
        if not await in_thread(lambda: manager.__exit__(type(error), error, error.__traceback__), lambda _: None):
            raise
    else:
        await in_thread(lambda: manager.__exit__(None, None, None), lambda _: None)
