"""The folder with the recordings: what lies in it, what may be opened, how much it may hold. Blocking; call it in a thread.

    <folder>/<id>/recording.json        what it is; written anew (and moved into place) whenever a file begins or ends
                 /recording.lock        locked by who records into it
                 /video-1.mp4 /trajectory-1.prvt /thumbnail.jpg /render-1.mp4 …

Ids and file names are checked against fixed patterns, so that nothing a stranger sends ever forms a path.
"""

from __future__ import annotations

import fcntl
import logging
import re
import secrets
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from pydantic import ValidationError

from py_remote_viewer.errors import Conflict, NotFound, StorageFull
from py_remote_viewer.protocol.recording import RECORDING_ID, RecordedFile, Recording
from py_remote_viewer.record.mp4 import duration_of

log = logging.getLogger(__name__)

MANIFEST, LOCK, THUMBNAIL = "recording.json", "recording.lock", "thumbnail.jpg"
FREE_BYTES = 200 * 2**20  # left on the disk for everybody else
MOST_RECORDINGS = 1000
_ID = re.compile(RECORDING_ID)
_FILE = re.compile(r"(video-[1-9][0-9]{0,3}\.mp4|trajectory-[1-9][0-9]{0,3}\.prvt|render-[1-9][0-9]{0,3}\.mp4)")


@dataclass(frozen=True, slots=True)
class StoreLimits:
    """How much may be kept.

    Attributes:
        quota_bytes: of all recordings together.
        delete_oldest: make room by deleting the oldest ones; else refuse.
        keep_s: delete what is older than this; 0: never.
    """

    quota_bytes: int
    delete_oldest: bool = False
    keep_s: float = 0.0


class RecordingStore:
    """The recordings in `folder`, which is made when it is first needed."""

    def __init__(self, folder: Path, limits: StoreLimits) -> None:
        self.folder = folder
        self.limits = limits

    # --- looking -----------------------------------------------------------------------------------------------------

    def list(self) -> list[Recording]:
        """All of them, newest first."""
        try:
            names = sorted((p.name for p in self.folder.iterdir() if _ID.fullmatch(p.name)), reverse=True)
        except OSError:
            return []
        found = []
        for name in names[:MOST_RECORDINGS]:
            with suppress(NotFound):
                found.append(self.get(name))
        return found

    def get(self, recording_id: str) -> Recording:
        """One of them, with the sizes that its files have now.

        Raises:
            NotFound: no such recording.
        """
        folder = self._folder_of(recording_id)
        try:
            recording = Recording.model_validate_json((folder / MANIFEST).read_bytes())
        except (OSError, ValidationError):
            raise NotFound(f"no recording {recording_id!r}"[:100], hint="GET /api/recordings lists them.") from None
        if recording.state == "recording" and not _is_locked(folder):
            recording = self._recovered(folder, recording)
        return _with_sizes(folder, recording)

    def file(self, recording_id: str, name: str) -> Path:
        """The path of one of a recording's files.

        Raises:
            NotFound: no such recording or file.
        """
        recording = self.get(recording_id)
        path = self._folder_of(recording_id) / name
        known = name in {file.name for file in recording.files} or name == THUMBNAIL
        if not known or path.is_symlink() or not path.is_file():
            raise NotFound(f"the recording has no file {name!r}"[:100], hint="GET /api/recordings lists its files.")
        return path

    def bytes_used(self) -> int:
        """Of all recordings."""
        return sum(recording.bytes for recording in self.list())

    # --- changing ----------------------------------------------------------------------------------------------------

    def create(self, title: str, *, video: bool, trajectory: bool, by: str | None) -> OpenRecording:
        """Begin a recording.

        Raises:
            StorageFull: no room for another one.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self.make_room()
            now = time.time()
            recording_id = time.strftime("%Y%m%d-%H%M%S-", time.localtime(now)) + secrets.token_hex(4)
            folder = self.folder / recording_id
            folder.mkdir(mode=0o700)
            lock = (folder / LOCK).open("wb")
        except OSError as exc:
            raise StorageFull(
                f"the folder for recordings cannot be written: {exc.strerror}",
                hint="Set VIEWER_RECORDINGS_DIR to a folder that the server may write.",
            ) from exc
        fcntl.flock(lock, fcntl.LOCK_EX)
        recording = Recording(id=recording_id, title=title, started=now, video=video, trajectory=trajectory, by=by)
        opened = OpenRecording(folder, recording, lock)
        opened.save(recording)
        return opened

    def make_room(self) -> None:
        """Delete what is too old, or too much where the policy says so.

        Raises:
            StorageFull: the quota is used up, or the disk is nearly full.
        """
        limits, now = self.limits, time.time()
        kept = [one for one in self.list() if one.state != "recording"]
        if limits.keep_s:
            for old in [one for one in kept if now - one.started > limits.keep_s]:
                log.info("recording %s is deleted: older than it is kept", old.id)
                self.delete(old.id)
                kept.remove(old)
        while limits.delete_oldest and kept and sum(one.bytes for one in kept) >= limits.quota_bytes:
            oldest = kept.pop()
            log.info("recording %s is deleted: the quota is used up", oldest.id)
            self.delete(oldest.id)
        used = sum(one.bytes for one in kept)
        if used >= limits.quota_bytes:
            raise StorageFull(
                f"recordings take {used / 1e6:.0f} MB of {limits.quota_bytes / 1e6:.0f} MB",
                hint="Delete some in the Record panel, or raise VIEWER_RECORDINGS_QUOTA_MB.",
            )
        if (free := self.free_bytes()) < FREE_BYTES:
            raise StorageFull(f"the disk has only {free / 1e6:.0f} MB left", hint="Make room on it.")

    def free_bytes(self) -> int:
        """On the disk that the folder lies on."""
        return shutil.disk_usage(self.folder).free

    def delete(self, recording_id: str) -> None:
        """Delete a recording with all its files.

        Raises:
            NotFound: no such recording.
            Conflict: it is still being recorded.
        """
        recording = self.get(recording_id)
        if recording.state == "recording":
            raise Conflict("it is still being recorded", hint="Stop it first.")
        folder = self._folder_of(recording_id)
        aside = self.folder / f".{recording_id}.deleted"
        folder.rename(aside)
        shutil.rmtree(aside, ignore_errors=True)

    def add_render(self, recording_id: str, taken: set[str]) -> tuple[Path, str]:
        """A new name for a file that is drawn from this recording, none of `taken`, and its path; `keep_render` lists it."""
        recording = self.get(recording_id)
        folder = self._folder_of(recording_id)
        taken = taken | {file.name for file in recording.files} | {path.name for path in folder.iterdir()}
        name = next(name for number in range(1, 10_000) if (name := f"render-{number}.mp4") not in taken)
        return folder / name, name

    def keep_render(self, recording_id: str, file: RecordedFile) -> None:
        """List a drawn file."""
        recording = self.get(recording_id)
        files = (*(one for one in recording.files if one.name != file.name), file)
        _save(self._folder_of(recording_id), recording.model_copy(update={"files": files}))

    # --- inside ------------------------------------------------------------------------------------------------------

    def _folder_of(self, recording_id: str) -> Path:
        if not _ID.fullmatch(recording_id):
            raise NotFound("no such recording", hint="GET /api/recordings lists them.")
        folder = self.folder / recording_id
        if folder.is_symlink():
            raise NotFound("no such recording", hint="GET /api/recordings lists them.")
        return folder

    def _recovered(self, folder: Path, recording: Recording) -> Recording:
        """The server ended while it recorded: what is there can be played."""
        files = tuple(
            file.model_copy(update={"duration_s": duration_of(folder / file.name)})
            if file.kind == "video" and not file.duration_s
            else file
            for file in recording.files
        )
        duration_s = sum(file.duration_s for file in files if file.kind == "video")
        recovered = recording.model_copy(
            update={
                "state": "interrupted",
                "reason": "the server ended while it recorded",
                "files": files,
                "duration_s": duration_s,
            }
        )
        with suppress(OSError):
            _save(folder, recovered)
        return recovered


class OpenRecording:
    """A recording that is being made: its folder, locked, and what is known of it."""

    def __init__(self, folder: Path, recording: Recording, lock: IO[bytes]) -> None:
        self.folder = folder
        self.recording = recording
        self._lock = lock

    def save(self, recording: Recording) -> None:
        """Write down what is known now. Raises OSError."""
        self.recording = recording
        _save(self.folder, recording)

    def close(self) -> None:
        """Nothing is recorded into it any more. Idempotent."""
        self._lock.close()


def is_file_name(name: str) -> bool:
    """Whether a recording may have a file of this name."""
    return _FILE.fullmatch(name) is not None


def _with_sizes(folder: Path, recording: Recording) -> Recording:
    files = tuple(
        file.model_copy(update={"bytes": file_size(folder / file.name)})
        for file in recording.files
        if is_file_name(file.name)
    )
    return recording.model_copy(update={"files": files, "bytes": sum(file.bytes for file in files)})


def file_size(path: Path) -> int:
    """Bytes of it; 0 where it is not there."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _save(folder: Path, recording: Recording) -> None:
    coming = folder / f"{MANIFEST}.new"
    coming.write_text(recording.model_dump_json(indent=1), encoding="utf-8")
    coming.replace(folder / MANIFEST)


def _is_locked(folder: Path) -> bool:
    try:
        with (folder / LOCK).open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False
