"""How a running model is drawn, by `mjVisual`: lines, headlight, map, scales and colours, as options like those of physics.

What is left out is chosen elsewhere: the lens and the start of the camera (Camera tab), picture quality (its ladder).
"""

from __future__ import annotations

import mujoco
import numpy as np

from py_remote_viewer.sim.options import Kind, Option

GROUP = "visual"
_PARTS = {
    "global_": ("linewidth", "glow", "ellipsoidinertia", "bvactive"),
    "headlight": (),
    "map": (),
    "scale": (),
    "rgba": (),
}
_FLAGS = ("ellipsoidinertia", "bvactive", "active")


def visual_table(vis: mujoco.MjVisual) -> dict[str, Option]:
    """Its options by name: `vis.map.fogstart`."""
    table: dict[str, Option] = {}
    for part, wanted in _PARTS.items():
        owner = getattr(vis, part)
        shown = part.rstrip("_")
        for name in wanted or sorted(name for name in dir(owner) if not name.startswith("_")):
            value = getattr(owner, name)
            if isinstance(value, np.ndarray) and value.size < 3:
                continue  # the two that the bindings cannot read
            full = f"vis.{shown}.{name}"
            table[full] = _option(full, part, name, value)
    return table


def _option(full: str, part: str, name: str, value: object) -> Option:
    path = f"vis.{part}"
    if name in _FLAGS:
        return Option(full, name, "flag", f"{GROUP} {part.rstrip('_')}", path=path, field=name)
    size = value.size if isinstance(value, np.ndarray) else 1
    kind: Kind = "vector" if size > 1 else "float"
    low, high = (0.0, 1.0) if size > 1 else _bounds(name)
    return Option(full, name, kind, f"{GROUP} {part.rstrip('_')}", low=low, high=high, size=size, path=path, field=name)


def _bounds(name: str) -> tuple[float, float]:
    if name in ("haze", "alpha", "glow"):
        return 0.0, 1.0
    if name in ("znear", "zfar", "shadowclip", "shadowscale", "linewidth"):
        return 1e-6, 1e6
    return 0.0, 1e6
