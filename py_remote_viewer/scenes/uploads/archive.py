"""Reading archives that strangers send: judged by their table of contents, then unpacked in one pass, bounded all along.

Runs in a compile child, behind its walls; pure but for the file objects it is given. `.mjz` is MuJoCo's name for a zip.
"""

from __future__ import annotations

import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from py_remote_viewer.errors import SceneInvalid, SceneTooExpensive
from py_remote_viewer.scenes.uploads.limits import (
    MAX_DIRECTORY_BYTES,
    MAX_FILES,
    MAX_RATIO,
    MAX_UNPACKED_BYTES,
    RATIO_FREE_BYTES,
)
from py_remote_viewer.scenes.uploads.names import inside, is_clutter, suffix_of

ARCHIVES = frozenset({".zip", ".mjz"})
_OTHER_ARCHIVES = frozenset({".7z", ".bz2", ".gz", ".rar", ".tar", ".tgz", ".xz", ".zst"})
_END = struct.Struct("<4s4H2LH")  # end of central directory (APPNOTE 4.3.16)
_END_MAGIC = b"PK\x05\x06"
_WIDE_LOCATOR = struct.Struct("<4sLQL")  # zip64 (APPNOTE 4.3.15)
_WIDE_END = struct.Struct("<4sQ2H2L4Q")
_CHUNK = 1 << 18
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN = (
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    ValueError,
    struct.error,
    zlib.error,
    EOFError,
    OSError,
    OverflowError,
    IndexError,
    KeyError,
)
_AGAIN = "Pack the folder again as an ordinary zip without a password, and upload that."


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive that will be unpacked, under the name it gets."""

    name: str
    info: zipfile.ZipInfo


@dataclass(frozen=True, slots=True)
class Contents:
    """What is worth unpacking; `ignored` counts the rest."""

    members: tuple[Member, ...]
    ignored: int


class Window:
    """`size` bytes of a file from `start`, as a file object for reading. `source` belongs to the caller."""

    def __init__(self, source: BinaryIO, start: int, size: int) -> None:
        self._source = source
        self._start = start
        self._size = size
        self._at = 0

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        if base + offset < 0:
            raise OSError("before the beginning")  # as a file says it; zipfile counts on that
        self._at = base + offset
        return self._at

    def read(self, count: int | None = -1) -> bytes:
        left = max(0, self._size - self._at)
        wanted = left if count is None or count < 0 else min(count, left)
        self._source.seek(self._start + self._at)
        data = self._source.read(wanted)
        self._at += len(data)
        return data

    def chunks(self) -> Iterator[bytes]:
        """All of it, a piece at a time."""
        self._at = 0
        while chunk := self.read(_CHUNK):
            yield chunk


def contents_of(archive: Window, name: str) -> tuple[zipfile.ZipFile, Contents]:
    """Judge the archive called `name` by its table of contents.

    Raises:
        SceneInvalid: it is no zip, broken, encrypted, or holds a name or a kind of file that is not taken.
        SceneTooExpensive: too many files, too much in them, or packed too tightly to be a model.
    """
    shown = name[:80]
    try:
        _require_short_directory(archive, shown)
        packed = zipfile.ZipFile(archive)
    except _BROKEN as exc:
        raise SceneInvalid(f"{shown} is not a zip that can be read: {_said(exc)}", hint=_AGAIN) from exc
    infos = packed.infolist()
    if len(infos) > MAX_FILES:
        raise _too_many(shown, len(infos))
    members, ignored = [], 0
    for info in infos:
        if info.orig_filename.endswith("/"):
            continue
        member = inside(info.orig_filename)
        if is_clutter(member) or suffix_of(member) in ARCHIVES | _OTHER_ARCHIVES:
            ignored += 1
            continue
        _require_plain(shown, info, member)
        members.append(Member(member, info))
    total = sum(member.info.file_size for member in members)
    if total > MAX_UNPACKED_BYTES:
        raise SceneTooExpensive(
            f"{shown} unpacks to {total >> 20} MiB; at most {MAX_UNPACKED_BYTES >> 20} MiB are taken",
            hint="Leave out what the model does not need, or use simpler meshes and smaller textures.",
        )
    return packed, Contents(tuple(members), ignored)


def chunks_of(packed: zipfile.ZipFile, member: Member) -> Iterator[bytes]:
    """What is in `member`, a piece at a time; never more than its table of contents said.

    Raises:
        SceneInvalid: it is broken.
    """
    left = member.info.file_size
    try:
        with packed.open(member.info) as source:
            while chunk := source.read(_CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise zipfile.BadZipFile("longer than its table of contents says")
                yield chunk
            if left:
                raise zipfile.BadZipFile("shorter than its table of contents says")
    except _BROKEN as exc:
        raise SceneInvalid(f"{member.name} in the archive is broken: {_said(exc)}", hint=_AGAIN) from exc


def _require_short_directory(archive: Window, shown: str) -> None:
    """Refuse by the end of the archive alone what would be a long table to read."""
    size = archive.seek(0, os.SEEK_END)
    archive.seek(max(0, size - 65_557))  # the record, and the longest comment after it
    tail = archive.read()
    at = tail.rfind(_END_MAGIC)
    if at < 0 or len(tail) - at < _END.size:
        raise zipfile.BadZipFile("the end is missing" if tail[:2] == b"PK" or at >= 0 else "it does not look like one")
    *_, count, length, _, _ = _END.unpack_from(tail, at)
    if count == 0xFFFF or length == 0xFFFFFFFF:
        count, length = _wide(archive, size - len(tail) + at)
    if count > MAX_FILES:
        raise _too_many(shown, count)
    if length > MAX_DIRECTORY_BYTES:
        raise SceneTooExpensive(
            f"the table of contents of {shown} takes {length} bytes; at most {MAX_DIRECTORY_BYTES} are read",
            hint="Pack fewer files.",
        )


def _wide(archive: Window, end_at: int) -> tuple[int, int]:
    """Count and length as a zip64 archive says them."""
    archive.seek(end_at - _WIDE_LOCATOR.size)
    magic, _, at, _ = _WIDE_LOCATOR.unpack(archive.read(_WIDE_LOCATOR.size))
    if magic != b"PK\x06\x07":
        raise zipfile.BadZipFile("its table of contents is nowhere")
    archive.seek(at)
    magic, *_, count, length, _ = _WIDE_END.unpack(archive.read(_WIDE_END.size))
    if magic != b"PK\x06\x06":
        raise zipfile.BadZipFile("its table of contents is nowhere")
    return count, length


def _require_plain(shown: str, info: zipfile.ZipInfo, member: str) -> None:
    """Refuse what is no ordinary file, packed in an ordinary way."""
    if info.flag_bits & _ENCRYPTED:
        raise SceneInvalid(f"{shown} is encrypted", hint=_AGAIN)
    if info.compress_type not in _METHODS:
        said = f"{member} is packed by method {info.compress_type}; only stored (0) and deflated (8) are read"
        raise SceneInvalid(said, hint=_AGAIN)
    kind = stat.S_IFMT(info.external_attr >> 16) if info.create_system == 3 else 0
    if kind not in (0, stat.S_IFREG):
        what = "a symbolic link" if kind == stat.S_IFLNK else "no ordinary file"
        raise SceneInvalid(f"{member} in {shown} is {what}", hint="Put the file itself into the archive.")
    if info.file_size > RATIO_FREE_BYTES and info.file_size > MAX_RATIO * max(1, info.compress_size):
        raise SceneTooExpensive(
            f"{member} in {shown} grows to {info.file_size} bytes from {info.compress_size}",
            hint=f"At most {MAX_RATIO} times is taken: nothing that a model needs packs so tightly.",
        )


def _too_many(shown: str, count: int) -> SceneTooExpensive:
    return SceneTooExpensive(
        f"{shown} holds {count} files; at most {MAX_FILES} are taken", hint="Leave out what the model does not need."
    )


def _said(exc: BaseException) -> str:
    text = str(exc) or type(exc).__name__
    return "".join(c if c.isprintable() else "?" for c in text[:200])
