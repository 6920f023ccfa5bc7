"""Trajectories drawn again for the page: progress, what is kept, and what a cancelled one leaves."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from py_remote_viewer.errors import NotFound, RoomBusy
from py_remote_viewer.protocol.recording import TrajectoryData
from py_remote_viewer.record.store import RecordingStore, StoreLimits
from py_remote_viewer.record.writer import RecordingWriter
from py_remote_viewer.web.recording_answers import RenderWish
from py_remote_viewer.web.render_jobs import MOST_WAITING, RenderJobs
from tests.record.trajectories import recorded

pytestmark = pytest.mark.gl
SMALL = RenderWish(width=64, height=64, fps=5, quality="lean")
ENDLESS = RenderWish(width=1920, height=1080, fps=240, quality="ultra", speed=0.01)


@pytest.fixture
def store(tmp_path: Path) -> RecordingStore:
    return RecordingStore(tmp_path / "recordings", StoreLimits(10**9))


@pytest.fixture
def recording_id(store: RecordingStore, tmp_path: Path) -> str:
    path, _ = recorded(tmp_path, lambda simulation, tick: None, ticks=50)
    opened = store.create("busy", video=False, trajectory=True, by=None)
    writer = RecordingWriter(opened, 10**9, lambda error: None, lambda reason: None)
    writer.trajectory(0, TrajectoryData(recording_id="x", part=1, rows=51, steps=250), path.read_bytes())
    return writer.finish(0.0, "done", "").id


async def until(jobs: RenderJobs, number: int, *states: str) -> str:
    async with asyncio.timeout(60):
        while True:
            job = next(job for job in jobs.jobs() if job.id == number)
            if job.state in states:
                return job.error
            await asyncio.sleep(0.02)


async def test_a_drawn_video_joins_its_recording(store: RecordingStore, recording_id: str) -> None:
    async with RenderJobs() as jobs:
        job = await jobs.start(store, recording_id, "trajectory-1.prvt", SMALL)
        await until(jobs, job.id, "done")
        assert jobs.jobs()[0].progress == 1
    kept = store.get(recording_id).files[-1]
    assert (kept.name, kept.kind, kept.width, kept.pictures) == ("render-1.mp4", "render", 64, 5)
    assert store.file(recording_id, "render-1.mp4").stat().st_size == kept.bytes


async def test_what_cannot_be_drawn_says_why_and_leaves_nothing(store: RecordingStore, recording_id: str) -> None:
    async with RenderJobs() as jobs:
        wish = SMALL.model_copy(update={"camera": "--help"})
        job = await jobs.start(store, recording_id, "trajectory-1.prvt", wish)
        assert "no camera '--help'" in await until(jobs, job.id, "failed")
        with pytest.raises(NotFound):
            await jobs.start(store, recording_id, "video-1.mp4", SMALL)
    assert list((store.folder / recording_id).glob("render*")) == []


async def test_a_cancelled_one_ends_and_leaves_nothing_and_the_next_one_begins(
    store: RecordingStore, recording_id: str
) -> None:
    async with RenderJobs() as jobs:
        first = await jobs.start(store, recording_id, "trajectory-1.prvt", ENDLESS)
        second = await jobs.start(store, recording_id, "trajectory-1.prvt", SMALL)
        assert (first.file, second.file) == ("render-1.mp4", "render-2.mp4")
        await until(jobs, first.id, "drawing")
        assert (await jobs.cancel(recording_id, first.id)).state == "cancelled"
        await until(jobs, second.id, "done")
        with pytest.raises(NotFound):
            await jobs.cancel(recording_id, 99)
        with pytest.raises(NotFound):
            await jobs.cancel("20260101-000000-00000000", first.id)
    assert [path.name for path in (store.folder / recording_id).glob("render*")] == ["render-2.mp4"]


async def test_too_many_are_refused_and_all_end_with_the_server(store: RecordingStore, recording_id: str) -> None:
    async with RenderJobs() as jobs:
        for _ in range(MOST_WAITING):
            await jobs.start(store, recording_id, "trajectory-1.prvt", ENDLESS)
        with pytest.raises(RoomBusy):
            await jobs.start(store, recording_id, "trajectory-1.prvt", SMALL)
        await jobs.cancel_of(recording_id)
        assert {job.state for job in jobs.jobs()} == {"cancelled"}
        last = await jobs.start(store, recording_id, "trajectory-1.prvt", ENDLESS)
        await until(jobs, last.id, "drawing")
    assert list((store.folder / recording_id).glob("render*")) == []
