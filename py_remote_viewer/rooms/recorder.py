"""A room's recorder: one recording at a time, of the pictures that are encoded anyway and of the states behind them.

It watches the top rung like a publisher: with a viewer on it nothing more is encoded, with none there it keeps the encode and
the simulation going. Files are written by `record.writer` in a thread; nothing here waits for a disk.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from typing import Any

from py_remote_viewer.clock import now_s
from py_remote_viewer.errors import Conflict, MessageInvalid, NotFound, ViewerError
from py_remote_viewer.protocol.recording import Recording, RecordingStatus, TrajectoryData
from py_remote_viewer.record.store import RecordingStore
from py_remote_viewer.record.writer import RecordingWriter
from py_remote_viewer.rooms.scene_source import ShownScene
from py_remote_viewer.stream.broadcast import Broadcast, Subscription, SubscriptionEnded

log = logging.getLogger(__name__)

LAST_PIECE_S = 3.0  # for the engine to send what it still has
SEEK_S = 60.0  # an IDR at least that often, so that a player can jump


@dataclass(frozen=True, slots=True)
class RecordingWish:
    """What to record.

    Attributes:
        by: peer_id of who asks; None: unknown.
        limit_s: end by itself after that; None: the server's own limit.
    """

    video: bool = True
    trajectory: bool = True
    by: str | None = None
    limit_s: float | None = None


@dataclass(frozen=True, slots=True)
class RecorderHooks:
    """What a recorder asks of its room.

    Attributes:
        spawn: run this beside everything else, until the room closes.
        changed: what is recorded has changed.
        tell: words for everybody, and whether they are bad news.
    """

    spawn: Callable[[Coroutine[Any, Any, None], str], object]
    changed: Callable[[], None]
    tell: Callable[[str, bool], None]


@dataclass(frozen=True, slots=True)
class RecorderLimits:
    """Of one recording: seconds, and bytes of all its files."""

    most_s: float
    most_bytes: int


@dataclass(slots=True)
class RecordingFigures:
    """Counts since the room was opened.

    Attributes:
        begun: recordings.
        failed: those that an error ended, and those that could not begin.
        pictures: handed to video files.
        bytes: written, of those that have ended.
    """

    begun: int = 0
    failed: int = 0
    pictures: int = 0
    bytes: int = 0


class _Running:
    def __init__(self, recording: Recording, writer: RecordingWriter, wish: RecordingWish, limit_s: float) -> None:
        self.recording = recording
        self.writer = writer
        self.wish = wish
        self.limit_s = limit_s
        self.began_s = now_s()
        self.wants_states = wish.trajectory
        self.last_piece = asyncio.Event()
        self.engine = 0
        self.without_xml: dict[int, tuple[int, int]] = {}  # parts by their load_id
        self.seen: set[tuple[int, int]] = set()
        self.pictures: Subscription | None = None
        self.stopped: asyncio.Future[Recording] = asyncio.get_running_loop().create_future()
        self.is_ending = False


class Recorder:
    """One room's. Event loop only; the room calls `close` before it goes.

    Args:
        store: where recordings lie.
        broadcast: pictures of the top rung.
        limits: of one recording.
        hooks: what the room does for it.
    """

    def __init__(
        self, store: RecordingStore, broadcast: Broadcast, limits: RecorderLimits, hooks: RecorderHooks
    ) -> None:
        self.store = store
        self.scene: ShownScene | None = None
        self._figures = RecordingFigures()
        self._load_id = 0
        self._broadcast = broadcast
        self._limits = limits
        self._hooks = hooks
        self._running: _Running | None = None
        self._starting = False

    # --- where it stands ---------------------------------------------------------------------------------------------

    @property
    def is_recording(self) -> bool:
        """Whether somebody is to be there for its sake."""
        return self._running is not None

    def figures(self) -> RecordingFigures:
        """For operators: with what is being recorded now."""
        written = self._running.writer.bytes if self._running is not None else 0
        return replace(self._figures, bytes=self._figures.bytes + written)

    @property
    def trajectory(self) -> str:
        """Id of the recording that the engine is to keep states for; empty: none."""
        return self._running.recording.id if self._running is not None and self._running.wants_states else ""

    @property
    def films(self) -> bool:
        """Whether pictures go into a file, each of which has one size."""
        return self._running is not None and self._running.wish.video and not self._running.is_ending

    def status(self) -> RecordingStatus | None:
        """For everybody in the room."""
        running = self._running
        if running is None or running.is_ending:
            return None
        return RecordingStatus(
            id=running.recording.id,
            video=running.wish.video,
            trajectory=running.wish.trajectory,
            elapsed_s=round(now_s() - running.began_s, 3),
            bytes=running.writer.bytes,
            limit_s=running.limit_s,
            by=running.wish.by,
        )

    # --- start and stop ----------------------------------------------------------------------------------------------

    async def start(self, wish: RecordingWish) -> Recording:
        """Record from now on.

        Raises:
            MessageInvalid: neither video nor trajectory.
            Conflict: something is being recorded already.
            StorageFull: there is no room for it.
        """
        if not wish.video and not wish.trajectory:
            raise MessageInvalid("nothing to record", hint="Ask for the video, the trajectory, or both.")
        if self._running is not None or self._starting:
            raise Conflict("this room is being recorded already", hint="Stop that recording first.")
        self._starting = True
        try:
            title = self.scene.title if self.scene is not None else ""
            opened = await asyncio.to_thread(
                self.store.create, title, video=wish.video, trajectory=wish.trajectory, by=wish.by
            )
            used = await asyncio.to_thread(self.store.bytes_used)
        except ViewerError:
            self._figures.failed += 1
            raise
        finally:
            self._starting = False
        loop = asyncio.get_running_loop()
        most_bytes = min(self._limits.most_bytes, self.store.limits.quota_bytes - used)

        def trouble(error: ViewerError) -> None:
            loop.call_soon_threadsafe(self._trouble, opened.recording.id, error)

        def another_file(reason: str) -> None:
            loop.call_soon_threadsafe(self._hooks.tell, f"The recording goes on in another file: {reason}.", False)

        writer = RecordingWriter(opened, most_bytes, trouble, another_file)
        limit_s = min(self._limits.most_s, wish.limit_s or self._limits.most_s)
        running = self._running = _Running(opened.recording, writer, wish, limit_s)
        self._figures.begun += 1
        if wish.video:
            running.pictures = self._broadcast.subscribe()
            self._hooks.spawn(self._pump(running, running.pictures), f"recording {opened.recording.id}")
        log.info("recording %s began: video=%s trajectory=%s", opened.recording.id, wish.video, wish.trajectory)
        self._hooks.changed()
        return opened.recording

    async def stop(self, recording_id: str | None = None) -> Recording:
        """Stop, and return when every file is whole.

        Raises:
            NotFound: nothing (or not this) is being recorded.
        """
        running = self._running
        if running is None or recording_id not in (None, running.recording.id):
            raise NotFound("nothing is being recorded", hint="GET /api/recordings lists what was recorded.")
        self._end(running, "done", "")
        return await asyncio.shield(running.stopped)

    async def close(self) -> None:
        """The room closes: what is recorded is kept. Idempotent."""
        running = self._running
        if running is not None:
            self._end(running, "done", "the room closed")
            with contextlib.suppress(ViewerError):
                await running.stopped

    def tick(self) -> None:
        """Look at the clock; about twice a second."""
        running = self._running
        if running is not None and now_s() - running.began_s >= running.limit_s:
            self._end(running, "done", f"it reached its {running.limit_s:g} s")

    # --- what comes --------------------------------------------------------------------------------------------------

    def on_trajectory(self, piece: TrajectoryData, data: bytes) -> None:
        """The engine sent a piece of a trajectory."""
        running = self._running
        if running is None or piece.recording_id != running.recording.id:
            return
        part = (running.engine, piece.part)
        running.writer.trajectory(running.engine, piece, data)
        if part not in running.seen:
            running.seen.add(part)
            running.without_xml[piece.load_id] = part
            self._add_xml(running)
        if piece.last and not running.wants_states:
            running.last_piece.set()

    def on_engine(self) -> None:
        """Another engine process has started: its parts count from 1 again."""
        if self._running is not None:
            self._running.engine += 1

    def on_scene(self, load_id: int, scene: ShownScene) -> None:
        """The room shows `scene` now, which the engine knows as `load_id`."""
        self._load_id, self.scene = load_id, scene
        if self._running is not None:
            self._add_xml(self._running)

    def _add_xml(self, running: _Running) -> None:
        """The MJCF goes into the file of its model. Either may be there first: the scene, or the model's first piece."""
        part = running.without_xml.pop(self._load_id, None)
        if part is not None and self.scene is not None and self.scene.xml:
            running.writer.xml(*part, self.scene.xml)

    async def _pump(self, running: _Running, pictures: Subscription) -> None:
        idr_s = now_s()
        with contextlib.suppress(SubscriptionEnded):
            while True:
                picture = (await pictures.next()).picture
                running.writer.picture(picture)
                self._figures.pictures += 1
                if picture.is_idr:
                    idr_s = now_s()
                elif now_s() - idr_s > SEEK_S:
                    idr_s = now_s()
                    self._broadcast.need_idr()

    # --- the end -----------------------------------------------------------------------------------------------------

    def _trouble(self, recording_id: str, error: ViewerError) -> None:
        running = self._running
        if running is not None and running.recording.id == recording_id:
            self._end(running, "failed", f"{error.message}. {error.hint}")

    def _end(self, running: _Running, state: str, reason: str) -> None:
        if running.is_ending:
            return
        running.is_ending = True
        self._hooks.spawn(self._finish(running, state, reason), f"end of recording {running.recording.id}")

    async def _finish(self, running: _Running, state: str, reason: str) -> None:
        end_s = now_s()
        try:
            if running.pictures is not None:
                running.pictures.close()
            if running.wants_states:
                running.wants_states = False
                self._hooks.changed()  # the engine hears that it may stop
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(LAST_PIECE_S):
                        await running.last_piece.wait()
            recording = await asyncio.to_thread(running.writer.finish, end_s, state, reason)
            running.stopped.set_result(recording)
        except BaseException:
            state = "failed"
            running.stopped.set_exception(Conflict("the recording was cut off", hint="It is kept as far as it goes."))
            running.stopped.exception()  # read once: nobody may wait for it
            raise
        finally:
            self._running = None
            self._figures.failed += state == "failed"
            self._figures.bytes += running.writer.bytes
            self._hooks.changed()
        log.info("recording %s ended: %s", recording.id, reason or "stopped")
        if reason:
            self._hooks.tell(f"The recording ended: {reason}", state == "failed")
