"""MuJoCo's own stopwatches (`mjtTimer`, in seconds), as milliseconds per step between two readings."""

from __future__ import annotations

import mujoco
import numpy as np
from numpy.typing import NDArray


class StepTimer:
    """Of one `MjData`."""

    def __init__(self, data: mujoco.MjData) -> None:
        self._data = data
        self._before = self._read()
        self._last = np.zeros(len(data.timer.duration))

    def per_step_ms(self) -> NDArray[np.float64]:
        """Shape (mjNTIMER,), in the order of `mjtTimer`; the last figures again where no step was made since."""
        now = self._read()
        steps = now[1, mujoco.mjtTimer.mjTIMER_STEP] - self._before[1, mujoco.mjtTimer.mjTIMER_STEP]
        if steps > 0:
            self._last = 1000.0 * (now[0] - self._before[0]) / steps
        if steps != 0:  # a reset starts them anew
            self._before = now
        return self._last

    def _read(self) -> NDArray[np.float64]:
        return np.array([self._data.timer.duration, self._data.timer.number], np.float64)
