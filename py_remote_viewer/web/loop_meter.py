"""How long the server's event loop was held up: the promise is that no scene, peer or message stalls it for 50 ms.

A timer that should have fired and did not says so. It beats often while pictures flow, rarely otherwise, so that
an idle server stays idle.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from types import TracebackType
from typing import Self

from py_remote_viewer.clock import now_s

BEAT_S = 0.02
IDLE_BEAT_S = 0.5
WINDOW_S = 10.0


class LoopMeter:
    """Async context manager. `stall_ms()` is the longest stall of the last 10 s, to within one beat."""

    def __init__(self, is_busy: Callable[[], bool]) -> None:
        """`is_busy`: whether pictures flow, which a stall would hold up."""
        self._is_busy = is_busy
        self._stalls: deque[tuple[float, float]] = deque(maxlen=2048)
        self._handle: asyncio.TimerHandle | None = None

    async def __aenter__(self) -> Self:
        self._arm()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._handle is not None:
            self._handle.cancel()

    def stall_ms(self, now: float | None = None) -> float:
        """Longest stall of the last `WINDOW_S`, milliseconds; `now` is monotonic seconds."""
        since = (now_s() if now is None else now) - WINDOW_S
        return round(max((late for at, late in self._stalls if at >= since), default=0.0) * 1e3, 2)

    def beat(self, due: float, now: float) -> None:
        """A timer that was due at `due` fired at `now`."""
        late = now - due
        if late > 0.001:
            self._stalls.append((now, late))

    def _arm(self) -> None:
        wait = BEAT_S if self._is_busy() else IDLE_BEAT_S
        due = now_s() + wait
        self._handle = asyncio.get_running_loop().call_later(wait, self._fire, due)

    def _fire(self, due: float) -> None:
        self.beat(due, now_s())
        self._arm()
