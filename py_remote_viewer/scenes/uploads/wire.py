"""What the server tells a compile child about an upload, and what comes back. The contents travel as one file beside it.

A pack is the contents of all files of an upload, one after the other; where each begins is said by its `PackedFile`.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from py_remote_viewer.protocol.base import Message
from py_remote_viewer.scenes.uploads.limits import MAX_FILES, MAX_NAME_CHARS

Stage = Literal["upload", "download", "unpack", "compile"]


class PackedFile(Message):
    """One file: `size` bytes at `offset` of the pack."""

    name: str = Field(max_length=4 * MAX_NAME_CHARS)
    offset: int = Field(ge=0)
    size: int = Field(ge=0)


class UnpackRequest(Message):
    """Make one pack of these files, with what is in the archives among them. Names are as they came."""

    files: tuple[PackedFile, ...] = Field(max_length=MAX_FILES)


class Unpacked(Message):
    """The new pack. `ignored` counts what was left out: nested archives, clutter."""

    files: tuple[PackedFile, ...] = Field(max_length=MAX_FILES)
    folder: str = Field("", description="What people call it: the one folder that holds everything, or the archive.")
    ignored: int = 0


class UploadModel(Message):
    """Compile a model of a pack.

    Attributes:
        folder: what people call the upload; one of the rules by which its model is chosen.
        root: the file that is the model; chosen where it is not given.
        text: in place of what that file holds.
        binary: whether it may be compiled already (`.mjb`).
    """

    files: tuple[PackedFile, ...] = Field(max_length=MAX_FILES)
    folder: str = ""
    root: str | None = None
    text: str | None = None
    binary: bool = True


class UploadFacts(Message):
    """What was compiled.

    Attributes:
        root: the file that is the model.
        others: further files that may be one.
        used: every file that the model needs, itself first.
        xml: its text, where it is text and not too long to be shown.
        portable: every file is where the model says.
    """

    root: str
    others: tuple[str, ...] = ()
    used: tuple[str, ...] = ()
    xml: str | None = None
    portable: bool = True
