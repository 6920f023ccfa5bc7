"""What a GL context takes of `mjVisual` when it is made; MuJoCo looks at the rest of it for every picture."""

from __future__ import annotations

from typing import Any

import mujoco

_PARTS = {
    "map": ("fogstart", "fogend", "haze", "shadowclip", "shadowscale"),
    "rgba": ("fog", "haze"),
    "global_": ("linewidth",),
}


def context_settings(model: mujoco.MjModel) -> tuple[Any, ...]:
    """These settings, to be compared: when they change, another context is needed."""
    return tuple(
        tuple(value.tolist()) if hasattr(value := getattr(getattr(model.vis, part), name), "tolist") else value
        for part, names in _PARTS.items()
        for name in names
    )


def copy_context_settings(model: mujoco.MjModel, drawn: mujoco.MjModel) -> None:
    """Give `drawn`, the copy that a context is made from, the settings of `model`."""
    for part, names in _PARTS.items():
        ours, theirs = getattr(model.vis, part), getattr(drawn.vis, part)
        for name in names:
            if part == "rgba":
                getattr(theirs, name)[:] = getattr(ours, name)
            else:
                setattr(theirs, name, getattr(ours, name))
