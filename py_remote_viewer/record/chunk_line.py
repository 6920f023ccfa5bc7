"""The thread beside the engine's loop that packs what was captured and sends it: stepping never waits for zlib or the pipe."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable

log = logging.getLogger(__name__)

MOST_WAITING = 16
CLOSE_S = 5.0
Work = Callable[[], None]


class ChunkLine:
    """Does one piece of work after the other. A piece that finds the queue full is refused, never waited for."""

    def __init__(self) -> None:
        self._queue: queue.Queue[Work | None] = queue.Queue(MOST_WAITING)
        self._thread: threading.Thread | None = None

    def put(self, work: Work, *, must: bool = False) -> bool:
        """Do `work` later; False when too much waits. `must`: wait for room instead (the start and the end of a file)."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="trajectory", daemon=True)
            self._thread.start()
        try:
            self._queue.put(work, block=must, timeout=CLOSE_S if must else None)
        except queue.Full:
            return False
        return True

    def close(self) -> None:
        """Finish what waits; returns when the thread has ended or `CLOSE_S` have passed. Idempotent."""
        if self._thread is None:
            return
        thread, self._thread = self._thread, None
        self._queue.put(None)
        thread.join(CLOSE_S)

    def _run(self) -> None:
        while (work := self._queue.get()) is not None:
            try:
                work()
            except Exception:
                log.exception("a part of a trajectory could not be packed")
