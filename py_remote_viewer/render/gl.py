"""A headless GL context through EGL, and what really draws behind it.

A GPU host without the right driver file falls to software silently and is 400 times slower, so the renderer's name is
asked for and passed on. The context is current on one thread; everything that draws stays on that thread.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from py_remote_viewer.errors import GlLost

APT_HINT = "Install the EGL packages: apt-get install -y libegl1 libgl1-mesa-dri libopengl0"
_SOFTWARE = ("llvmpipe", "softpipe", "swrast", "swiftshader")


def use_egl(device: int | None = None) -> None:
    """Make MuJoCo and PyOpenGL choose EGL, on EGL device `device`. Call before either is imported."""
    os.environ["MUJOCO_GL"] = "egl"
    os.environ["PYOPENGL_PLATFORM"] = "egl"
    if device is not None:
        os.environ["MUJOCO_EGL_DEVICE_ID"] = str(device)


def gpu_devices() -> list[str]:
    """GPU devices that the kernel shows, whether or not GL can use them."""
    found = [*Path("/dev").glob("nvidia[0-9]*"), *Path("/dev/dri").glob("renderD*")]
    return sorted(str(path) for path in found)


def devices_to_spread(devices: Sequence[str]) -> tuple[int | None, ...]:
    """EGL device numbers to give to engines in turn; `(None,)` leaves the choice to EGL where there is none to make.

    Args:
        devices: as `gpu_devices` finds them. NVIDIA's own are counted when there are any, because the kernel lists the same
            cards a second time as render nodes.
    """
    nvidia = sum(device.startswith("/dev/nvidia") for device in devices)
    count = nvidia or len(devices)
    return tuple(range(count)) if count > 1 else (None,)


class GlContext:
    """A current EGL context. Context manager; enter and leave on the thread that draws."""

    def __init__(self, width: int, height: int) -> None:
        """Make it current.

        Raises:
            GlLost: EGL or OpenGL is missing or refuses.
        """
        try:
            from mujoco.egl import GLContext

            self._context: Any = GLContext(width, height)
            self._context.make_current()
            from OpenGL import GL

            self.renderer: str = GL.glGetString(GL.GL_RENDERER).decode()
            self.version: str = GL.glGetString(GL.GL_VERSION).decode()
        except (ImportError, AttributeError, RuntimeError, OSError) as exc:
            raise GlLost(f"no headless GL context: {exc}", hint=APT_HINT) from exc

    @property
    def is_software(self) -> bool:
        """Whether a CPU draws."""
        return any(name in self.renderer.lower() for name in _SOFTWARE)

    def __enter__(self) -> GlContext:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._context.free()
