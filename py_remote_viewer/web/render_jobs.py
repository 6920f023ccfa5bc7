"""Trajectories that are being drawn again: one at a time, each `python -m py_remote_viewer render` in a process of its own.

Their processes run at low priority, so that the live room goes first. Event loop.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import sys
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from py_remote_viewer.errors import NotFound, RoomBusy
from py_remote_viewer.protocol.recording import RecordedFile
from py_remote_viewer.record.store import RecordingStore
from py_remote_viewer.render.child_environment import drawing_environment
from py_remote_viewer.web.recording_answers import RenderJob, RenderWish

log = logging.getLogger(__name__)

MOST_WAITING = 8
MOST_KEPT = 32
NICE = 15


@dataclass(slots=True, eq=False)
class _Job:
    number: int
    store: RecordingStore
    recording_id: str
    source: Path
    target: Path
    wish: RenderWish
    state: Literal["waiting", "drawing", "done", "failed", "cancelled"] = "waiting"
    progress: float = 0.0
    error: str = ""
    process: asyncio.subprocess.Process | None = None
    ended: asyncio.Event = field(default_factory=asyncio.Event)

    def answer(self) -> RenderJob:
        return RenderJob(
            id=self.number,
            recording_id=self.recording_id,
            file=self.target.name,
            state=self.state,
            progress=round(self.progress, 4),
            error=self.error,
        )


class RenderJobs:
    """Use as an async context manager; when it exits, every process has ended."""

    def __init__(self) -> None:
        self._jobs: list[_Job] = []
        self._numbers = 0
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._run(), name="render jobs")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._task is not None
        for job in reversed(self._jobs):
            await self._end(job)
        self._task.cancel()
        await asyncio.wait([self._task])

    def jobs(self) -> list[RenderJob]:
        """Newest first; ended ones are kept for a while."""
        return [job.answer() for job in reversed(self._jobs)]

    async def start(self, store: RecordingStore, recording_id: str, name: str, wish: RenderWish) -> RenderJob:
        """Draw the trajectory `name` of a recording when those before it are done.

        Raises:
            NotFound: no such recording or file.
            RoomBusy: too many wait.
        """
        if sum(job.state in ("waiting", "drawing") for job in self._jobs) >= MOST_WAITING:
            raise RoomBusy(f"{MOST_WAITING} videos wait to be drawn", hint="Wait, or cancel one.")
        source = await asyncio.to_thread(store.file, recording_id, name)
        target, _ = await asyncio.to_thread(
            store.add_render, recording_id, {job.target.name for job in self._of(recording_id)}
        )
        self._numbers += 1
        job = _Job(self._numbers, store, recording_id, source, target, wish)
        self._jobs.append(job)
        ended = [one for one in self._jobs if one.ended.is_set()]
        for old in ended[: max(0, len(ended) - MOST_KEPT)]:
            self._jobs.remove(old)
        self._wake.set()
        return job.answer()

    async def cancel(self, recording_id: str, number: int) -> RenderJob:
        """End a job; nothing of it stays.

        Raises:
            NotFound: no such job.
        """
        job = next((one for one in self._of(recording_id) if one.number == number), None)
        if job is None:
            raise NotFound(f"no drawing {number} of this recording", hint="GET /api/recordings lists them.")
        await self._end(job)
        return job.answer()

    async def cancel_of(self, recording_id: str) -> None:
        """End every job of a recording, which is about to go."""
        for job in self._of(recording_id):
            await self._end(job)

    def _of(self, recording_id: str) -> list[_Job]:
        return [job for job in self._jobs if job.recording_id == recording_id]

    async def _end(self, job: _Job) -> None:
        if job.state == "waiting":
            job.state = "cancelled"
            job.ended.set()
        elif job.state == "drawing":
            job.state = "cancelled"
            if job.process is not None:
                with contextlib.suppress(ProcessLookupError):
                    job.process.kill()
            await job.ended.wait()

    async def _run(self) -> None:
        while True:
            job = next((one for one in self._jobs if one.state == "waiting"), None)
            if job is None:
                self._wake.clear()
                await self._wake.wait()
                continue
            job.state = "drawing"
            try:
                await self._draw(job)
            except asyncio.CancelledError:
                raise
            except Exception:
                log.exception("drawing %s failed", job.source)
                job.state, job.error = "failed", "The server made a mistake; its log says which."
            finally:
                _tidy(job)

    @staticmethod
    def _is_cancelled(job: _Job) -> bool:
        return job.state == "cancelled"

    async def _draw(self, job: _Job) -> None:
        child = job.process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", "py_remote_viewer", *_arguments(job)),
            env=drawing_environment(),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            start_new_session=True,
        )
        assert child.stdout is not None
        if self._is_cancelled(job):  # while the process was being made
            child.kill()
        said: dict[str, object] = {}
        try:
            async for line in child.stdout:
                with contextlib.suppress(ValueError):
                    said = json.loads(line)
                    job.progress = float(str(said.get("progress", job.progress)))
            code = await child.wait()
        finally:
            if child.returncode is None:
                child.kill()
                await child.wait()
        if self._is_cancelled(job):
            return
        if code != 0:
            job.state, job.error = "failed", str(said.get("error") or f"it ended with code {code}")
            return
        file = RecordedFile.model_validate(said["file"])
        await asyncio.to_thread(job.store.keep_render, job.recording_id, file)
        job.state, job.progress = "done", 1.0


def _tidy(job: _Job) -> None:
    if job.state != "done":
        job.target.unlink(missing_ok=True)
    job.ended.set()


def _arguments(job: _Job) -> list[str]:
    wish = job.wish
    found = ["render", str(job.source), "-o", str(job.target), "--json", "--nice", str(NICE)]
    for name in ("width", "height", "fps", "quality", "speed", "timeline"):
        found += [f"--{name}", str(getattr(wish, name))]
    found += ["--from", str(wish.from_s)]
    if wish.to_s is not None:
        found += ["--to", str(wish.to_s)]
    if wish.camera is not None:
        found += [f"--camera={wish.camera}"]
    return [*found, f"--overlays={wish.overlays}"]
