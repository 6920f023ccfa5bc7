"""A scene that has been compiled and may be shown: the model as a memory file, and what it is."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

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
class ProgramEnds:
    """What a room holds of a program that steps the model itself. Owns both descriptors.

    Attributes:
        memory_fd: of the shared memory that the program writes its states into.
        channel_fd: of the socket to the program; it closes at the program's end when every copy of this is closed.
        role: `steps`, or `lends` when the engine is to run what the program brought.
    """

    memory_fd: int
    channel_fd: int
    role: Literal["steps", "lends"] = "steps"

    @property
    def fds(self) -> tuple[int, int]:
        """Both."""
        return self.memory_fd, self.channel_fd

    def close(self) -> None:
        """Let go."""
        os.close(self.memory_fd)
        os.close(self.channel_fd)


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
        program: who steps it, when that is not the engine.
        origin: where it comes from, when that is an upload.
        held: keeps that upload for as long as the scene is open.
        read_from: an operator's MJCF with the files that it names, itself first; empty for everything else.
    """

    name: str
    title: str
    preset: str | None
    info: ModelInfo
    fd: int
    size: int
    xml: str | None = None
    warnings: tuple[str, ...] = field(default_factory=tuple)
    program: ProgramEnds | None = None
    origin: UploadOrigin | None = None
    held: HeldUpload | None = None
    read_from: tuple[Path, ...] = field(default_factory=tuple)

    def end_program(self) -> None:
        """The program has gone. Idempotent."""
        program, self.program = self.program, None
        if program is not None:
            program.close()

    def shared(self) -> tuple[int, int]:
        """A descriptor of its own, to be closed by whom it is given to, and the bytes in it."""
        return os.dup(self.fd), self.size

    def close(self) -> None:
        """Give the memory back, and let go of the program and the upload. Idempotent."""
        self.end_program()
        if self.held is not None:
            self.held.close()
        fd, self.fd = self.fd, -1
        if fd >= 0:
            os.close(fd)
