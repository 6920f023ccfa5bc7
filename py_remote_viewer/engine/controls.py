"""`ctrl` as people write it: by value or by share of the range, for good or on a lease. One thread; `now` comes in."""

from __future__ import annotations

import mujoco
import numpy as np
from numpy.typing import NDArray

from py_remote_viewer.errors import SceneInvalid
from py_remote_viewer.protocol.control_input import SetCtrl


class Controls:
    """Writes the `ctrl` of one model's data.

    Values under a lease go back to neutral when it ends, so that a lost connection never leaves a robot driving.
    """

    def __init__(self, model: mujoco.MjModel, data: mujoco.MjData) -> None:
        self._model = model
        self._data = data
        self._leases: dict[int, float] = {}
        self._neutral: NDArray[np.float64] | None = None

    def neutral(self, index: int) -> float:
        """Where actuator `index` rests: a position servo at the pose of keyframe 0 (else `qpos0`), others at 0; in range."""
        if self._neutral is None:
            self._neutral = neutral_ctrl(self._model)
        return self._clamped(index, float(self._neutral[index]))

    def set(self, command: SetCtrl, now: float) -> None:
        """Do what `command` says at `now` (seconds, monotonic).

        Raises:
            SceneInvalid: it names an actuator that the model has not; then nothing is written.
        """
        for index, _ in command.values:
            if index >= self._model.nu:
                raise SceneInvalid(
                    f"no actuator {index} in this scene", hint=f"It has {self._model.nu}, counted from 0."
                )
        for index, value in command.values:
            wanted = self._shared(index, value) if command.scale == "share" else value
            self._data.ctrl[index] = self._clamped(index, wanted)
            if command.lease_s is None:
                self._leases.pop(index, None)
            else:
                self._leases[index] = now + command.lease_s

    def clear(self) -> None:
        """Every `ctrl` to zero, and no lease."""
        self._data.ctrl[:] = 0.0
        self._leases.clear()

    def expire(self, now: float) -> bool:
        """Take back what is no longer leased at `now`; whether anything was."""
        ended = [index for index, until in self._leases.items() if now >= until]
        for index in ended:
            del self._leases[index]
            self._data.ctrl[index] = self.neutral(index)
        return bool(ended)

    def forget(self) -> None:
        """The state was replaced from outside (a reset): nothing is leased any more."""
        self._leases.clear()

    def _shared(self, index: int, share: float) -> float:
        share = float(np.clip(share, -1.0, 1.0))
        if not self._model.actuator_ctrllimited[index]:
            return self.neutral(index) + share
        low, high = self._model.actuator_ctrlrange[index]
        rest = self.neutral(index)
        return rest + share * (float(high) - rest if share > 0 else rest - float(low))

    def _clamped(self, index: int, value: float) -> float:
        if not self._model.actuator_ctrllimited[index]:
            return value
        low, high = self._model.actuator_ctrlrange[index]
        return min(float(high), max(float(low), value))


def neutral_ctrl(model: mujoco.MjModel) -> NDArray[np.float64]:
    """The `ctrl` at which a robot keeps its first pose, as far as its servos hold it; shape (nu,).

    A keyframe's own `ctrl` will not do: it may well say that the robot drives.
    """
    data = mujoco.MjData(model)
    if model.nkey:
        mujoco.mj_resetDataKeyframe(model, data, 0)
    mujoco.mj_fwdPosition(model, data)
    gain, stiffness = model.actuator_gainprm[:, 0], -model.actuator_biasprm[:, 1]
    is_servo = (
        (model.actuator_gaintype == mujoco.mjtGain.mjGAIN_FIXED)
        & (model.actuator_biastype == mujoco.mjtBias.mjBIAS_AFFINE)
        & (stiffness > 0)
        & (gain != 0)
    )
    return np.where(is_servo, data.actuator_length * stiffness / np.where(gain == 0, 1.0, gain), 0.0)
