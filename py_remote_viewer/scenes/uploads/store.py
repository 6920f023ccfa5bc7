"""Where uploads are kept: one folder of the server, each upload under the hash of what is in it.

    <folder>/<id>/pack        the contents of all its files, one after the other
    <folder>/<id>/index.json  their names, places and SHA-256 hashes; `id` is the hash of these
    <folder>/new-*/           what is still arriving
    <folder>/lock             held while something is added or thrown away

Nothing outside the folder is ever opened, and no name that a stranger chose becomes a path. Whoever uses an upload holds
a shared lock on its pack (`flock`), so that another server on the same folder does not throw it away either; what is used
least recently goes first when the folder is full. Everything here may block: call it in a thread.
"""

from __future__ import annotations

import fcntl
import hashlib
import logging
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pydantic import Field, ValidationError

from py_remote_viewer.errors import NotFound, TooLarge
from py_remote_viewer.protocol.base import Message
from py_remote_viewer.scenes.uploads.wire import PackedFile, Unpacked

log = logging.getLogger(__name__)

STALE_S = 3600.0
_ID = re.compile(r"[0-9a-f]{64}")
_NEW = "new-"
_PACK, _INDEX, _LOCK = "pack", "index.json", "lock"
_CHUNK = 1 << 20


class StoredFile(PackedFile):
    """One file of a pack, and what it holds."""

    sha256: str


class UploadIndex(Message):
    """What is in a pack. `folder` is what people call it; `ignored` counts what was left out of it."""

    folder: str = ""
    ignored: int = 0
    files: tuple[StoredFile, ...] = Field(())


@dataclass(slots=True)
class HeldUpload:
    """An upload that stays as long as this is open; `close` it. `fd` reads the pack; use `os.pread`."""

    upload_id: str
    index: UploadIndex
    fd: int

    def again(self) -> HeldUpload:
        """Another hold on the same upload, closed on its own."""
        return HeldUpload(self.upload_id, self.index, os.dup(self.fd))

    def close(self) -> None:
        """Let go. Idempotent."""
        fd, self.fd = self.fd, -1
        if fd >= 0:
            os.close(fd)

    def read(self, name: str) -> bytes:
        """One file. Raises KeyError."""
        for file in self.index.files:
            if file.name == name:
                return os.pread(self.fd, file.size, file.offset) if file.size else b""
        raise KeyError(name)


class AssetStore:
    """Keeps uploads below `max_bytes` in all. The folder is made with the first of them."""

    def __init__(self, folder: Path, max_bytes: int) -> None:
        self._folder = folder
        self._max_bytes = max_bytes

    @property
    def folder(self) -> Path:
        """Where it is."""
        return self._folder

    @contextmanager
    def arriving(self) -> Iterator[BinaryIO]:
        """A file for what arrives; gone when the block ends.

        Raises:
            TooLarge: the disk cannot be written.
        """
        with self._new_folder() as folder, (folder / "data").open("w+b") as file:
            yield file

    @contextmanager
    def new_pack(self) -> Iterator[NewPack]:
        """A pack to be written; `keep` makes an upload of it, else it is gone when the block ends."""
        with self._new_folder() as folder, (folder / _PACK).open("w+b") as file:
            yield NewPack(self, folder, file)

    @contextmanager
    def _new_folder(self) -> Iterator[Path]:
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._forget_stale()
            path = Path(tempfile.mkdtemp(prefix=_NEW, dir=self._folder))
        except OSError as exc:
            raise TooLarge(
                f"the server cannot keep uploads: {exc.strerror}",
                hint="Whoever runs the server can set VIEWER_ASSET_DIR to a folder with space.",
            ) from exc
        try:
            yield path
        except OSError as exc:
            if exc.errno is None:
                raise
            raise TooLarge(f"the server could not keep the upload: {exc.strerror}", hint="Try again later.") from exc
        finally:
            shutil.rmtree(path, ignore_errors=True)

    def hold(self, upload_id: str) -> HeldUpload:
        """The upload `upload_id`, which is now the one used last.

        Raises:
            NotFound: it was never here, or has been thrown away.
        """
        found = self._open(upload_id) if _ID.fullmatch(upload_id) else None
        if found is None:
            raise NotFound(f"there is no upload {upload_id[:12]!r} any more", hint="Upload the files again.")
        return found

    def _open(self, upload_id: str) -> HeldUpload | None:
        path = self._folder / upload_id
        try:
            fd = os.open(path / _PACK, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
        except OSError:
            return None
        try:
            fcntl.flock(fd, fcntl.LOCK_SH | fcntl.LOCK_NB)
            index = UploadIndex.model_validate_json((path / _INDEX).read_bytes())
            if os.fstat(fd).st_nlink == 0 or _id_of(index) != upload_id:
                raise FileNotFoundError(upload_id)
            os.utime(path / _INDEX)
        except (OSError, ValidationError):
            os.close(fd)
            return None
        return HeldUpload(upload_id, index, fd)

    def adopt(self, folder: Path, index: UploadIndex) -> HeldUpload:
        """Make an upload of the pack in `folder`; one with the same contents takes its place.

        Raises:
            TooLarge: there is no room, because rooms use all that is kept.
        """
        upload_id = _id_of(index)
        (folder / _INDEX).write_text(index.model_dump_json(), encoding="utf-8")
        with self._alone():
            if (same := self._open(upload_id)) is not None:
                return same
            self._make_room((folder / _PACK).stat().st_size)
            shutil.rmtree(self._folder / upload_id, ignore_errors=True)  # damaged, or it would have opened
            folder.rename(self._folder / upload_id)
            kept = self._open(upload_id)
        if kept is None:
            raise TooLarge(
                "the server could not keep the upload", hint="Look at what else writes into VIEWER_ASSET_DIR."
            )
        return kept

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """No other thread and no other server adds or discards meanwhile."""
        fd = os.open(self._folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        try:
            fcntl.flock(fd, fcntl.LOCK_EX)
            yield
        finally:
            os.close(fd)

    def size_bytes(self) -> int:
        """Of all packs together."""
        return sum(size for _, size, _ in self._kept())

    def _kept(self) -> list[tuple[float, int, Path]]:
        """When each was used last, its size, its folder: the one to go first comes first."""
        found = []
        for path in self._folder.iterdir() if self._folder.is_dir() else ():
            if _ID.fullmatch(path.name):
                try:
                    found.append(((path / _INDEX).stat().st_mtime, (path / _PACK).stat().st_size, path))
                except OSError:
                    continue
        return sorted(found)

    def _make_room(self, size: int) -> None:
        kept = self._kept()
        total = sum(one for _, one, _ in kept) + size
        for _, one, path in kept:
            if total <= self._max_bytes:
                break
            if self._discard(path):
                total -= one
        if total > self._max_bytes:
            raise TooLarge(
                f"the upload needs {size >> 20} MiB, and what is kept already is in use",
                hint="Upload less, load another scene first, or raise VIEWER_ASSET_STORE_MB.",
            )

    def _discard(self, path: Path) -> bool:
        """Remove an upload unless somebody holds it."""
        try:
            fd = os.open(path / _PACK, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
        except OSError:
            return False
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            (path / _PACK).unlink()  # first: whoever opened it meanwhile sees that it is gone
        except OSError:
            return False
        finally:
            os.close(fd)
        shutil.rmtree(path, ignore_errors=True)
        log.info("upload %s was thrown away to make room", path.name[:12])
        return True

    def _forget_stale(self) -> None:
        """Remove what a server left behind that was killed while something arrived."""
        for path in self._folder.glob(_NEW + "*"):
            try:
                newest = max(one.stat().st_mtime for one in (path, *path.iterdir()))
                if time.time() - newest > STALE_S:
                    shutil.rmtree(path, ignore_errors=True)
            except OSError:
                continue


@dataclass(frozen=True, slots=True)
class NewPack:
    """A pack that is being written into `file`."""

    store: AssetStore
    folder: Path
    file: BinaryIO

    def keep(self, unpacked: Unpacked) -> HeldUpload:
        """Hash what is there and keep it.

        Raises:
            TooLarge: as `AssetStore.adopt`.
            ValueError: `unpacked` does not describe the file.
        """
        self.file.flush()
        index = UploadIndex(
            folder=unpacked.folder, ignored=unpacked.ignored, files=tuple(_hashed(self.file, unpacked.files))
        )
        return self.store.adopt(self.folder, index)


def _hashed(pack: BinaryIO, files: tuple[PackedFile, ...]) -> Iterator[StoredFile]:
    size, at = os.fstat(pack.fileno()).st_size, 0
    for file in files:
        if file.offset != at or file.offset + file.size > size:
            raise ValueError(f"{file.name} lies outside its pack")
        at += file.size
        yield StoredFile(**file.model_dump(), sha256=_sha256(pack.fileno(), file.offset, file.size))


def _sha256(fd: int, offset: int, size: int) -> str:
    digest, end = hashlib.sha256(), offset + size
    while offset < end:
        chunk = os.pread(fd, min(_CHUNK, end - offset), offset)
        if not chunk:
            raise ValueError("the pack is too short")
        digest.update(chunk)
        offset += len(chunk)
    return digest.hexdigest()


def _id_of(index: UploadIndex) -> str:
    """SHA-256 over what people call it, and the names, sizes and hashes of its files."""
    lines = [index.folder, *(f"{file.sha256} {file.size} {file.name}" for file in index.files)]
    return hashlib.sha256("\n".join(lines).encode("utf-8")).hexdigest()
