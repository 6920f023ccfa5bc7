"""What the engine measured about itself, over the last second. Written from two threads, read from one."""

from __future__ import annotations

import threading
from collections import deque
from statistics import median

from py_remote_viewer.protocol.status import StageTimes

WINDOW_S = 1.0
_SAMPLES = 240


class Telemetry:
    """Stage times and delivered pictures."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stages: dict[str, deque[float]] = {name: deque(maxlen=_SAMPLES) for name in StageTimes.model_fields}
        self._delivered: deque[tuple[float, int]] = deque(maxlen=4 * _SAMPLES)
        self._done: deque[float] = deque(maxlen=_SAMPLES)
        self.last_encode_s = 0.0

    def stage(self, **seconds: float) -> None:
        """One picture's times: `step=`, `update=`, `render=`, `read=`, `convert=`, `encode=`, seconds."""
        with self._lock:
            for name, value in seconds.items():
                self._stages[name].append(value)

    def delivered(self, now: float, size: int) -> None:
        """An encoded picture of `size` bytes went out at `now`."""
        with self._lock:
            self._delivered.append((now, size))

    def done(self, now: float, encode_s: float) -> None:
        """All rungs of a picture were encoded at `now`; that took `encode_s`."""
        with self._lock:
            self._done.append(now)
            self.last_encode_s = encode_s

    def stage_ms(self) -> StageTimes:
        """Medians in milliseconds."""
        with self._lock:
            times = {name: round(median(values) * 1e3, 3) for name, values in self._stages.items() if values}
        return StageTimes(**times)

    def rate(self, now: float) -> tuple[float, float]:
        """Pictures a second, and bits a second of all rungs together, at `now`."""
        with self._lock:
            pictures = sum(at > now - WINDOW_S for at in self._done)
            size = sum(size for at, size in self._delivered if at > now - WINDOW_S)
        return pictures / WINDOW_S, size * 8 / WINDOW_S

    def forget(self) -> None:
        """Another scene or quality: old times say nothing any more."""
        with self._lock:
            for values in self._stages.values():
                values.clear()
