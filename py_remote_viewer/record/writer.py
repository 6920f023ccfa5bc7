"""The thread that writes a recording: pictures into MP4 files, pieces of trajectories to the ends of theirs.

The server's loop hands over and goes on. What waits is bounded: a disk that is slower than the stream ends the recording with
an error, and never costs the server its memory. A video goes on in another file when the size of the pictures changes.
"""

from __future__ import annotations

import logging
import queue
import shutil
import threading
import zlib
from collections.abc import Callable
from typing import BinaryIO

import av

from py_remote_viewer.clock import now_s
from py_remote_viewer.errors import RecordingInvalid, StorageFull, ViewerError
from py_remote_viewer.protocol.pictures import EncodedPicture
from py_remote_viewer.protocol.recording import RecordedFile, Recording, TrajectoryData
from py_remote_viewer.record import chunks
from py_remote_viewer.record.mp4 import Mp4Writer
from py_remote_viewer.record.store import FREE_BYTES, THUMBNAIL, OpenRecording, file_size
from py_remote_viewer.record.thumb import jpeg_of

log = logging.getLogger(__name__)

MOST_WAITING_BYTES = 64 * 2**20
CHECK_S = 1.0
_Work = Callable[[], None]


class RecordingWriter:
    """Writes one recording from `start` to `finish`.

    Args:
        opened: where to.
        most_bytes: the recording ends with an error beyond that.
        on_trouble: called once, from the writer's thread, when writing has failed; `finish` is still to be called.
        on_file: called from the writer's thread when a video goes on in another file, with the reason.
    """

    def __init__(
        self,
        opened: OpenRecording,
        most_bytes: int,
        on_trouble: Callable[[ViewerError], None],
        on_file: Callable[[str], None],
    ) -> None:
        self.bytes = 0
        self._opened = opened
        self._most_bytes = most_bytes
        self._on_trouble = on_trouble
        self._on_file = on_file
        self._began_s = now_s()
        self._queue: queue.SimpleQueue[_Work | None] = queue.SimpleQueue()
        self._waiting_bytes = 0
        self._lock = threading.Lock()
        self._trouble: ViewerError | None = None
        self._checked_s = 0.0
        self._video: Mp4Writer | None = None
        self._files: dict[str, RecordedFile] = {}
        self._videos = self._trajectories = 0
        self._tapes: dict[tuple[int, int], tuple[BinaryIO, str]] = {}  # by engine and part
        self._thread = threading.Thread(target=self._run, name="recording", daemon=True)
        self._thread.start()

    # --- any thread --------------------------------------------------------------------------------------------------

    def picture(self, picture: EncodedPicture) -> None:
        """Append a picture of the video. Never waits."""
        self._put(len(picture.data), lambda: self._write_picture(picture))

    def trajectory(self, engine: int, piece: TrajectoryData, data: bytes) -> None:
        """Append a piece of a trajectory; `engine` counts the engine processes. Never waits."""
        self._put(len(data), lambda: self._write_piece((engine, piece.part), piece, data))

    def xml(self, engine: int, part: int, xml: str) -> None:
        """Add the MJCF that a trajectory's model was made of. Never waits."""
        chunk = chunks.pack_chunk(chunks.XML, zlib.compress(xml.encode(), 6))
        self._put(len(chunk), lambda: self._append((engine, part), chunk))

    def finish(self, end_s: float, state: str, reason: str) -> Recording:
        """Close every file and write down how it ended; returns what is known. Blocks until all is written.

        Args:
            end_s: monotonic time until which the last picture is shown.
            state: `done` or `failed`.
            reason: why it ended, where nobody stopped it.
        """
        self._queue.put(lambda: self._close(end_s, state, reason))
        self._queue.put(None)
        self._thread.join()
        self._opened.close()
        return self._opened.recording

    # --- the writer's thread -----------------------------------------------------------------------------------------

    def _put(self, size: int, work: _Work) -> None:
        with self._lock:
            if self._trouble is not None:
                return
            too_much = self._waiting_bytes + size > MOST_WAITING_BYTES
            if not too_much:
                self._waiting_bytes += size
        if too_much:
            self._fail(StorageFull("the disk is slower than the recording", hint="Record into another folder."))
            return

        def done() -> None:
            try:
                if self._trouble is None:
                    work()
            finally:
                with self._lock:
                    self._waiting_bytes -= size

        self._queue.put(done)

    def _run(self) -> None:
        while (work := self._queue.get()) is not None:
            try:
                work()
            except ViewerError as exc:
                self._fail(exc)
            except (OSError, av.FFmpegError) as exc:
                self._fail(StorageFull(f"the recording cannot be written: {exc}", hint="Look at the disk."))
            except Exception:
                log.exception("recording %s", self._opened.recording.id)
                self._fail(RecordingInvalid("the server made a mistake", hint="The server's log says which."))

    def _fail(self, error: ViewerError) -> None:
        with self._lock:
            if self._trouble is not None:
                return
            self._trouble = error
        log.warning("recording %s: %s", self._opened.recording.id, error)
        self._on_trouble(error)

    def _write_picture(self, picture: EncodedPicture) -> None:
        video = self._video
        if video is not None and (picture.width, picture.height) != (video.width, video.height):
            reason = f"the picture's size changed to {picture.width}x{picture.height}"
            self._end_video(picture.captured_s, reason)
            self._on_file(reason)
            video = None
        if video is None:
            if picture.is_idr:
                self._begin_video(picture)
        else:
            video.add(picture)
            self._count(len(picture.data))

    def _begin_video(self, picture: EncodedPicture) -> None:
        self._videos += 1
        name = f"video-{self._videos}.mp4"
        self._files[name] = RecordedFile(name=name, kind="video", width=picture.width, height=picture.height)
        self._video = Mp4Writer(self._opened.folder / name, picture)
        thumbnail = self._opened.folder / THUMBNAIL
        if not thumbnail.exists() and (small := jpeg_of(picture)) is not None:
            thumbnail.write_bytes(small)
        self._count(len(picture.data))
        self._save()

    def _end_video(self, end_s: float, reason: str) -> None:
        video, self._video = self._video, None
        if video is None:
            return
        pictures = video.pictures
        name = video.path.name
        duration_s = video.duration_s
        try:
            duration_s = video.close(end_s)
        finally:
            self._files[name] = self._files[name].model_copy(
                update={"duration_s": round(duration_s, 6), "pictures": pictures, "ended": reason}
            )

    def _write_piece(self, part: tuple[int, int], piece: TrajectoryData, data: bytes) -> None:
        if part not in self._tapes:
            self._trajectories += 1
            name = f"trajectory-{self._trajectories}.prvt"
            self._files[name] = RecordedFile(name=name, kind="trajectory", scene=piece.scene)
            self._tapes[part] = ((self._opened.folder / name).open("xb", buffering=0), name)
            self._save()
        self._append(part, data)
        name = self._tapes[part][1]
        self._files[name] = self._files[name].model_copy(update={"states": piece.rows, "steps": piece.steps})

    def _append(self, part: tuple[int, int], data: bytes) -> None:
        if part in self._tapes:
            self._tapes[part][0].write(data)
            self._count(len(data))

    def _count(self, size: int) -> None:
        self.bytes += size
        now = now_s()
        if self.bytes > self._most_bytes:
            raise StorageFull(
                f"the recording has reached {self._most_bytes / 1e6:.0f} MB",
                hint="Raise VIEWER_RECORDING_MAX_MB or VIEWER_RECORDINGS_QUOTA_MB, or delete recordings.",
            )
        if now - self._checked_s >= CHECK_S:
            self._checked_s = now
            if (free := shutil.disk_usage(self._opened.folder).free) < FREE_BYTES:
                raise StorageFull(f"the disk has only {free / 1e6:.0f} MB left", hint="Make room on it.")

    def _close(self, end_s: float, state: str, reason: str) -> None:
        duration_s = max(0.0, end_s - self._began_s)
        try:
            self._end_video(end_s, "")
        finally:
            for tape, _ in self._tapes.values():
                tape.close()
            self._tapes.clear()
            self._save(state, reason, duration_s)

    def _save(self, state: str = "recording", reason: str = "", duration_s: float = 0.0) -> None:
        files = tuple(
            file.model_copy(update={"bytes": file_size(self._opened.folder / name)})
            for name, file in self._files.items()  # a video's file is made when its second picture is there
        )
        self._opened.save(
            self._opened.recording.model_copy(
                update={
                    "state": state,
                    "reason": reason,
                    "duration_s": round(duration_s, 3),
                    "files": files,
                    "bytes": sum(file.bytes for file in files),
                }
            )
        )
