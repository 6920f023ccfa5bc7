"""Gives freed memory back to the system. glibc keeps what many short-lived buffers leave behind, so that a long session
with people coming and going looks like a leak: resident memory crept up by megabytes a minute, and one trim took it back.
"""

from __future__ import annotations

import ctypes


class MemoryTrim:
    """Trims the heap, at most once in `every_s`. Costs a few milliseconds; harmless where the C library has no such call."""

    def __init__(self, every_s: float = 20.0) -> None:
        self._every_s = every_s
        self._next_s = 0.0
        self._trim = getattr(ctypes.CDLL(None), "malloc_trim", None)

    def after_release(self, now: float) -> bool:
        """Something large was let go at `now` (seconds, monotonic); whether the heap was trimmed for it."""
        if self._trim is None or now < self._next_s:
            return False
        self._next_s = now + self._every_s
        self._trim(0)
        return True
