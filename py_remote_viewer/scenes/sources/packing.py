"""Files of this machine, or from memory, as a pack."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import BinaryIO

from py_remote_viewer.errors import SceneTooExpensive
from py_remote_viewer.scenes.uploads.limits import MAX_FILES, MAX_UNPACKED_BYTES
from py_remote_viewer.scenes.uploads.names import inside, is_clutter
from py_remote_viewer.scenes.uploads.wire import PackedFile, Unpacked

_CHUNK = 1 << 20


def pack_folder(folder: Path, pack: BinaryIO) -> Unpacked:
    """Every file below `folder`, under the folder's name; links that lead out of it are left out."""
    home = folder.resolve()
    paths = (Path(top) / name for top, _, names in os.walk(home) for name in sorted(names))
    inner = (path for path in paths if path.is_file() and path.resolve().is_relative_to(home))
    named = ((f"{folder.name}/{path.relative_to(home).as_posix()}", path) for path in inner)
    return _packed(((name, path) for name, path in named if not is_clutter(name)), pack, folder.name)


def pack_files(files: Mapping[str, Path], folder: str, pack: BinaryIO) -> Unpacked:
    """`files` under the names given."""
    return _packed(files.items(), pack, folder)


def pack_bytes(files: Mapping[str, bytes], folder: str, pack: BinaryIO) -> Unpacked:
    """`files` as they are."""
    return _packed(files.items(), pack, folder)


def _packed(files: Iterable[tuple[str, Path | bytes]], pack: BinaryIO, folder: str) -> Unpacked:
    packed: list[PackedFile] = []
    at = 0
    for name, given in files:
        size = given.stat().st_size if isinstance(given, Path) else len(given)
        if len(packed) >= MAX_FILES or at + size > MAX_UNPACKED_BYTES:
            raise SceneTooExpensive(
                f"{folder} holds more than {MAX_FILES} files or {MAX_UNPACKED_BYTES >> 20} MiB", hint="Show another."
            )
        began = at
        for chunk in _chunks(given):
            pack.write(chunk)
            at += len(chunk)
        packed.append(PackedFile(name=inside(name), offset=began, size=at - began))
    pack.flush()
    return Unpacked(files=tuple(packed), folder=folder)


def _chunks(given: Path | bytes) -> Iterable[bytes]:
    if isinstance(given, bytes):
        yield given
        return
    with given.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk
