"""A scene that has been compiled and may be shown: the model as a memory file, and what it is."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

from py_remote_viewer.protocol.scene_info import ModelInfo
from py_remote_viewer.scenes.uploads.store import HeldUpload


@dataclass(frozen=True, slots=True)
class UploadOrigin:
    """Where in an upload a scene comes from.

    Attributes:
        root: the file that is the model.
        others: further files of the upload that may be one.
        used: every file that the model needs, itself first.
        portable: every file is where the model says, so that plain MuJoCo finds it too.
    """

    upload_id: str
    root: str
    others: tuple[str, ...]
    used: tuple[str, ...]
    portable: bool = True


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
        origin: where it comes from, when that is an upload.
        held: keeps that upload for as long as the scene is open.
    """

    name: str
    title: str
    preset: str | None
    info: ModelInfo
    fd: int
    size: int
    xml: str | None = None
    warnings: tuple[str, ...] = field(default_factory=tuple)
    origin: UploadOrigin | None = None
    held: HeldUpload | None = None

    def shared(self) -> tuple[int, int]:
        """A descriptor of its own, to be closed by whom it is given to, and the bytes in it."""
        return os.dup(self.fd), self.size

    def close(self) -> None:
        """Give the memory back, and let go of the upload. Idempotent."""
        if self.held is not None:
            self.held.close()
        fd, self.fd = self.fd, -1
        if fd >= 0:
            os.close(fd)
