"""Noise on `ctrl`, as simulate has it: an Ornstein-Uhlenbeck process about the middle of each actuator's range.

The random numbers depend on the number of the step alone, so a state that was gone back to is followed by the same noise.
"""

from __future__ import annotations

import math

import mujoco
import numpy as np
from numpy.typing import NDArray

MAX_SCALE = 1.0
MAX_RATE = 4.0
_BLOCK = 64  # steps whose numbers are drawn at once
_SEED = 20


class CtrlNoise:
    """Changes `ctrl` before each step while `scale` is above 0.

    Attributes:
        scale: standard deviation, in half ranges of an actuator (in units of `ctrl` where it has no range).
        rate: seconds that a deviation takes to fall to 1/e. 0: white noise.
    """

    def __init__(self, model: mujoco.MjModel, data: mujoco.MjData) -> None:
        self.scale = 0.0
        self.rate = 0.0
        self._model = model
        self._data = data
        self._limited = model.actuator_ctrllimited.astype(bool)
        low, high = model.actuator_ctrlrange[:, 0], model.actuator_ctrlrange[:, 1]
        self._low = np.where(self._limited, low, -np.inf)
        self._high = np.where(self._limited, high, np.inf)
        self._middle = np.where(self._limited, (low + high) / 2, 0.0)
        self._half = np.where(self._limited, (high - low) / 2, 1.0)
        self._block: tuple[int, NDArray[np.float64]] = (-1, np.empty(0))

    @property
    def is_on(self) -> bool:
        """Whether there is anything to do."""
        return self.scale > 0 and self._model.nu > 0

    def before_step(self, step: int) -> None:
        """Change `ctrl` for the step that follows state number `step`."""
        timestep = float(self._model.opt.timestep)
        keep = math.exp(-timestep / max(self.rate, mujoco.mjMINVAL))
        spread = self.scale * math.sqrt(1 - keep * keep)
        ctrl = self._data.ctrl
        noisy = keep * ctrl + (1 - keep) * self._middle + spread * self._half * self._normal(step)
        ctrl[:] = np.clip(noisy, self._low, self._high)

    def _normal(self, step: int) -> NDArray[np.float64]:
        """Standard normal numbers of `step`, shape (nu,)."""
        block, row = divmod(step, _BLOCK)
        if self._block[0] != block:
            drawn = np.random.Generator(np.random.Philox(key=_SEED, counter=[0, block, 0, 0]))
            self._block = (block, drawn.standard_normal((_BLOCK, self._model.nu)))
        numbers: NDArray[np.float64] = self._block[1][row]
        return numbers
