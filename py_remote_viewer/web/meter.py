"""What the server process costs, from the kernel's own counters."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

_STATM = Path("/proc/self/statm")
_DESCRIPTORS = Path("/proc/self/fd")


class ProcessMeter:
    """CPU share since it was last asked, over at least `least_s`; several askers see the same figure."""

    def __init__(
        self,
        wall: Callable[[], float] = time.monotonic,
        cpu: Callable[[], float] = time.process_time,
        least_s: float = 1.0,
    ) -> None:
        self._wall, self._cpu, self._least_s = wall, cpu, least_s
        self._since = (wall(), cpu())
        self._percent = 0.0

    def cpu_percent(self) -> float:
        """Percent of one core."""
        wall, cpu = self._wall(), self._cpu()
        elapsed_s = wall - self._since[0]
        if elapsed_s >= self._least_s:
            self._percent = 100 * (cpu - self._since[1]) / elapsed_s
            self._since = (wall, cpu)
        return round(self._percent, 2)


def resident_bytes() -> int:
    """Memory of this process; 0 where the kernel does not say (no /proc)."""
    try:
        return int(_STATM.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def open_files() -> int:
    """Files and sockets that this process has open; 0 where the kernel does not say."""
    try:
        return sum(1 for _ in _DESCRIPTORS.iterdir()) - 1  # the listing itself is one
    except OSError:
        return 0
