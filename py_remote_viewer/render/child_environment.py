"""The environment of processes that draw beside the engine."""

from __future__ import annotations

import os
from pathlib import Path

_KEPT_ENVIRONMENT = (
    "PATH",
    "LD_LIBRARY_PATH",
    "LANG",
    "LC_ALL",
    "PYTHONPATH",
    "PYTHONHOME",
    "HOME",
    "MUJOCO_EGL_DEVICE_ID",
    "__EGL_VENDOR_LIBRARY_DIRS",
    "__EGL_VENDOR_LIBRARY_FILENAMES",
)
_ROOT = str(Path(__file__).resolve().parents[2])


def drawing_environment(threads: int | None = None) -> dict[str, str]:
    """What a child process that draws gets to know: no secrets, and how to find EGL and this package.

    `threads` are llvmpipe's; half of the cores when not given, so that the live stream goes on.
    """
    environment = {name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ}
    environment |= {"MUJOCO_GL": "egl", "PYOPENGL_PLATFORM": "egl", "OMP_NUM_THREADS": "1"}
    environment["LP_NUM_THREADS"] = str(threads or max(1, (os.cpu_count() or 2) // 2))
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, [_ROOT, environment.get("PYTHONPATH", "")]))
    return environment
