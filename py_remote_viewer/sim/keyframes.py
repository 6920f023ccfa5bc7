"""Keyframes that people save while a scene runs: what MuJoCo's own keyframes hold, by name, beside those of the model."""

from __future__ import annotations

import mujoco
import numpy as np
from numpy.typing import NDArray

from py_remote_viewer.errors import MessageInvalid, NotFound, TooLarge

MOST_KEYFRAMES = 64
MOST_BYTES = 16 * 2**20
_S = mujoco.mjtState
SPEC = int(
    _S.mjSTATE_TIME | _S.mjSTATE_QPOS | _S.mjSTATE_QVEL | _S.mjSTATE_ACT | _S.mjSTATE_CTRL
    | _S.mjSTATE_MOCAP_POS | _S.mjSTATE_MOCAP_QUAT
)  # fmt: skip


class SavedKeyframes:
    """Names and states, in the order of saving. The model's own names are not taken."""

    def __init__(self, model: mujoco.MjModel) -> None:
        self._model = model
        self._size = int(mujoco.mj_stateSize(model, SPEC))
        self._own = {name for number in range(model.nkey) if (name := model.key(number).name)}
        self._states: dict[str, NDArray[np.float64]] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """Of the saved ones."""
        return tuple(self._states)

    def time_s(self, name: str) -> float:
        """Simulated seconds that a saved one holds."""
        return float(self._states[name][0])

    def save(self, name: str, data: mujoco.MjData) -> None:
        """Keep `data` under `name`; a saved one of that name is replaced.

        Raises:
            MessageInvalid: the name is empty, starts with `#`, or is the model's.
            TooLarge: there are too many, or they are too large.
        """
        self._check_free(name)
        states = self._states.keys() | {name}
        if len(states) > MOST_KEYFRAMES or len(states) * self._size * 8 > MOST_BYTES:
            raise TooLarge(f"{len(self._states)} keyframes are saved, no more fit", hint="Delete one first.")
        state = np.empty(self._size, np.float64)
        mujoco.mj_getState(self._model, data, state, SPEC)
        self._states[name] = state

    def rename(self, name: str, to: str) -> None:
        """Raises NotFound; MessageInvalid: `to` is taken or cannot be a name."""
        self._require(name)
        self._check_free(to)
        if to in self._states and to != name:
            raise MessageInvalid(f"a keyframe {to!r} is saved already", hint="Delete it first, or take another name.")
        self._states = {to if old == name else old: state for old, state in self._states.items()}

    def delete(self, name: str) -> None:
        """Raises NotFound."""
        self._require(name)
        del self._states[name]

    def load(self, name: str, data: mujoco.MjData) -> bool:
        """Reset `data` to the saved one of that name; False when there is none."""
        state = self._states.get(name)
        if state is None:
            return False
        mujoco.mj_resetData(self._model, data)
        mujoco.mj_setState(self._model, data, state, SPEC)
        return True

    def packed(self) -> bytes:
        """All states, one after another."""
        return b"".join(state.tobytes() for state in self._states.values())

    def unpack(self, names: tuple[str, ...], states: bytes) -> None:
        """Take back what `names` and `packed` gave for this model.

        Raises:
            MessageInvalid: they do not fit together.
        """
        if len(states) != len(names) * self._size * 8:
            raise MessageInvalid("the saved keyframes do not fit this scene", hint="Save them again.")
        rows = np.frombuffer(states, np.float64).reshape(len(names), self._size)
        self._states = {name: row.copy() for name, row in zip(names, rows, strict=True)}

    def _require(self, name: str) -> None:
        if name not in self._states:
            raise NotFound(f"no saved keyframe {name!r}", hint=f"Saved: {', '.join(self._states) or 'none'}.")

    def _check_free(self, name: str) -> None:
        if not name.strip() or name.startswith("#"):
            raise MessageInvalid("a keyframe needs a name that does not start with #", hint="For example: grasp.")
        if name in self._own:
            raise MessageInvalid(f"{name!r} is a keyframe of the model", hint="Take another name.")
