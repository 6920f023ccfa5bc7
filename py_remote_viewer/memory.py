"""Gives freed memory back to the system. glibc keeps what many short-lived buffers leave behind, so that a long session
with people coming and going looks like a leak: resident memory crept up by megabytes a minute, and one trim took it back.
"""

from __future__ import annotations

import ctypes


class MemoryTrim:
    """Trims the heap of this process after something large was let go, at most once in `every_s`.

    A trim costs a few milliseconds. Where the C library has no such call nothing happens.
    """

    def __init__(self, every_s: float = 10.0) -> None:
        self._every_s = every_s
        self._next_s = 0.0
        self._released = False
        self._trim = getattr(ctypes.CDLL(None), "malloc_trim", None)

    def released(self) -> None:
        """Something large was let go. From any thread."""
        self._released = True

    def trim_if_due(self, now: float) -> bool:
        """Trim when that is worth it at `now` (seconds, monotonic); whether it was. Call it regularly, from one thread."""
        if self._trim is None or not self._released or now < self._next_s:
            return False
        self._released = False
        self._next_s = now + self._every_s
        self._trim(0)
        return True
