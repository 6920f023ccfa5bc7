"""A scene that has been compiled and may be shown: the model as a memory file, and what it is."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

from py_remote_viewer.protocol.scene_info import ModelInfo


@dataclass(slots=True)
class CompiledScene:
    """What the compile child hands back. Owns the descriptor `fd`; `close` it when no engine may need it again.

    Attributes:
        name: what people call it: the preset, the file's stem, or the model's own name.
        title: for the page.
        preset: the preset's name, when it is one.
        info: sizes and names.
        fd: a memory file (`memfd_create`) holding the model as MJB. It has one shared offset: read it with `os.pread`.
        size: bytes in it.
        xml: MJCF as it was given, for `/api/scene/current`; None for binary models.
        warnings: what MuJoCo said while compiling and did not refuse.
    """

    name: str
    title: str
    preset: str | None
    info: ModelInfo
    fd: int
    size: int
    xml: str | None = None
    warnings: tuple[str, ...] = field(default_factory=tuple)

    def shared(self) -> tuple[int, int]:
        """A descriptor of its own, to be closed by whom it is given to, and the bytes in it."""
        return os.dup(self.fd), self.size

    def close(self) -> None:
        """Give the memory back. Idempotent."""
        fd, self.fd = self.fd, -1
        if fd >= 0:
            os.close(fd)
