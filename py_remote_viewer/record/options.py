"""`mjOption` and `mjVisual` as plain JSON numbers with every digit: what people change of a model while it runs."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

import mujoco
import numpy as np

from py_remote_viewer.errors import RecordingInvalid
from py_remote_viewer.sim.visual_options import visual_table

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


def visual_of(model: mujoco.MjModel) -> Options:
    """What people may change of `model.vis`: headlight, map, scales, colours; by the names of `sim.visual_options`."""
    return {
        name: _plain(getattr(attrgetter(option.path)(model), option.field))
        for name, option in visual_table(model.vis).items()
    }


def set_visual(model: mujoco.MjModel, values: Options) -> None:
    """Make it as it was; names that this MuJoCo does not have are passed over, for they change no state."""
    table = visual_table(model.vis)
    for name, value in values.items():
        option = table.get(name)
        if option is None:
            continue
        owner = attrgetter(option.path)(model)
        try:
            if isinstance(value, list):
                getattr(owner, option.field)[:] = value
            else:
                setattr(owner, option.field, value)
        except (TypeError, ValueError) as exc:
            raise RecordingInvalid(f"{name} cannot be {value!r}"[:200], hint="The file is damaged.") from exc


def _plain(value: Any) -> float | int | list[float]:
    if isinstance(value, np.ndarray):
        numbers: list[float] = value.tolist()
        return numbers
    if isinstance(value, float | np.floating):
        return float(value)
    return int(value)
