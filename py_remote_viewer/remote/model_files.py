"""A model on this machine made ready for an upload: itself with the files that it names, a folder, or an archive as it is.

What a model names is found by the rules that the server finds it by; what is not below its folder does not come along.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
import zipfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from py_remote_viewer.errors import SceneInvalid, SceneNotFound
from py_remote_viewer.scenes.uploads.archive import ARCHIVES
from py_remote_viewer.scenes.uploads.limits import MAX_FILES
from py_remote_viewer.scenes.uploads.names import is_clutter
from py_remote_viewer.scenes.uploads.references import Shelf, references_of
from py_remote_viewer.scenes.uploads.urdf import is_urdf, prepare

_ALONE = (*ARCHIVES, ".mjb")
_HINT = "Give the path of a model, of its folder, or of an archive of that."


@dataclass(frozen=True, slots=True)
class Packed:
    """What is sent: `file` under `name`; `root` is the model in it, where that is known."""

    file: BinaryIO
    name: str
    root: str | None = None


@asynccontextmanager
async def packed(path: str | Path) -> AsyncIterator[Packed]:
    """Open what `path` names, for as long as the block runs. Raises SceneNotFound."""
    made = await asyncio.to_thread(lambda: _packed(Path(path).expanduser().absolute()))
    try:
        yield made
    finally:
        made.file.close()


def _packed(path: Path) -> Packed:
    try:
        if not path.is_dir() and path.suffix.lower() in _ALONE:
            return Packed(path.open("rb"), path.name)
        if path.is_dir():
            return _zipped(path.name, path, list(files_below(path)))
        names = files_of(path)
        if names == [path.name]:
            return Packed(path.open("rb"), path.name)
        return _zipped(path.stem, path.parent, names, root=path.name)
    except OSError as exc:
        raise SceneNotFound(f"{path} cannot be read: {exc.strerror}", hint=_HINT) from exc


def files_below(folder: Path) -> Iterator[str]:
    """Names of the files in `folder`, relative to it, at most `MAX_FILES`; links to folders are not followed."""
    count = 0
    for here, _folders, files in os.walk(folder):
        for file in sorted(files):
            name = (Path(here) / file).relative_to(folder).as_posix()
            if not is_clutter(name):
                count += 1
                if count > MAX_FILES:
                    return
                yield name


def files_of(model: Path) -> list[str]:
    """The model's file and those below its folder that it names, relative to it; it alone where it cannot be read as one."""
    folder = model.parent
    shelf = Shelf(files_below(folder))
    data = model.read_bytes()
    try:
        if is_urdf(data):
            used: tuple[str, ...] = prepare(model.name, data, shelf).used
        else:
            found = references_of(model.name, shelf, lambda name: (folder / name).read_bytes(), data)
            used = (*found.texts, *found.files)
    except SceneInvalid:
        used = ()  # the server says what is wrong with it
    return list(dict.fromkeys((model.name, *used)))


def _zipped(called: str, folder: Path, names: list[str], root: str | None = None) -> Packed:
    file = tempfile.TemporaryFile()  # noqa: SIM115  the caller closes it
    try:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as archive:
            for name in names:
                archive.write(folder / name, name)
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return Packed(file, f"{called}.zip", root)
