"""`mjOption` as plain JSON numbers with every digit: what people change of the physics while it runs."""

from __future__ import annotations

from typing import Any

import mujoco
import numpy as np

from py_remote_viewer.errors import RecordingInvalid

FIELDS = tuple(
    name for name in dir(mujoco.MjOption) if not name.startswith("_") and not callable(getattr(mujoco.MjOption, name))
)
Options = dict[str, float | int | list[float]]


def options_of(model: mujoco.MjModel) -> Options:
    """Every field of `model.opt`. Floats survive JSON exactly, because Python writes them with all their digits."""
    return {name: _plain(getattr(model.opt, name)) for name in FIELDS}


def set_options(model: mujoco.MjModel, options: Options) -> None:
    """Make `model.opt` as it was.

    Raises:
        RecordingInvalid: a field that this MuJoCo does not have.
    """
    for name, value in options.items():
        if name not in FIELDS:
            raise RecordingInvalid(f"this MuJoCo has no option {name!r}", hint="Use the version that recorded it.")
        try:
            if isinstance(value, list):
                getattr(model.opt, name)[:] = value
            else:
                setattr(model.opt, name, value)
        except (TypeError, ValueError) as exc:
            raise RecordingInvalid(f"option {name} cannot be {value!r}"[:200], hint="The file is damaged.") from exc


def _plain(value: Any) -> float | int | list[float]:
    if isinstance(value, np.ndarray):
        numbers: list[float] = value.tolist()
        return numbers
    if isinstance(value, float):
        return value
    return int(value)
