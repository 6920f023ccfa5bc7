"""py_remote_viewer: a MuJoCo simulation watched and driven by several people in a web browser.

From Python: `launch_passive`, `launch` and `launch_from_path` as in `mujoco.viewer`, and `connect` (docs/python.md). They are
imported when they are first asked for, so that importing this package imports neither MuJoCo nor anything else; their types
are in `__init__.pyi`.
"""

from __future__ import annotations

import importlib
from typing import Any

__version__ = "0.1.0"
_WHERE = {
    "AsyncRoom": "remote.room",
    "Handle": "passive.handle",
    "Room": "remote.blocking",
    "connect": "remote.blocking",
    "connect_async": "remote.blocking",
    "launch": "passive.launch",
    "launch_from_path": "passive.launch",
    "launch_passive": "passive.launch",
}


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_WHERE[name]}"), name)


def __dir__() -> list[str]:
    return sorted(("__version__", *_WHERE))
