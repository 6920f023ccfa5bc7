"""Recording a room: who keeps it awake, what is encoded for it, what everybody is told, and how it ends."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import av
import pytest

from py_remote_viewer.config import Settings
from py_remote_viewer.errors import Conflict, MessageInvalid, NotFound
from py_remote_viewer.protocol.engine_messages import EngineReady
from py_remote_viewer.protocol.recording import TrajectoryData
from py_remote_viewer.record.chunks import MAGIC, XML, pack_chunk, read_chunks, unpacked
from py_remote_viewer.rooms.recorder import RecordingWish
from py_remote_viewer.rooms.room import Room
from py_remote_viewer.rooms.scene_source import SceneSource
from tests.fakes import FakeClock, FakeFanout, FakeParts
from tests.record.pictures import encoded

VIDEO = RecordingWish(video=True, trajectory=False)
STATES = RecordingWish(video=False, trajectory=True)


@pytest.fixture
async def room(parts: FakeParts, clock: FakeClock, tmp_path: Path) -> AsyncIterator[Room]:
    settings = Settings(recordings_dir=str(tmp_path / "recordings"), recording_max_s=50)
    async with Room("main", settings, parts.room_parts(), clock=clock) as room:
        await room.load_scene(SceneSource(xml="<mujoco/>", name="mine"))
        no_pictures_of_its_own(parts)
        yield room


def no_pictures_of_its_own(parts: FakeParts) -> None:
    """The stand-in's own pictures are no H.264."""
    parts.engine.force_idr = lambda rung=0: None  # type: ignore[method-assign]


def fanout(room: Room) -> FakeFanout:
    assert isinstance(room.fanout, FakeFanout)
    return room.fanout


def piece(recording_id: str, part: int = 1, load_id: int = 1, *, last: bool = False) -> TrajectoryData:
    return TrajectoryData(recording_id=recording_id, part=part, load_id=load_id, rows=1, steps=1, last=last)


async def turns(count: int = 5) -> None:
    for _ in range(count):
        await asyncio.sleep(0)


async def test_a_recording_keeps_an_empty_room_awake_and_is_in_everybodys_status(
    room: Room, parts: FakeParts, clock: FakeClock
) -> None:
    clock.advance(60)
    room.update_demand()
    assert parts.engine.demands[-1] == (False, ())
    recording = await room.recorder.start(VIDEO)
    clock.advance(60)
    room.update_demand()
    assert parts.engine.demands[-1][0] is True
    status = room.status().recording
    assert status is not None
    assert (status.id, status.video, status.trajectory) == (recording.id, True, False)
    assert parts.engine.filmed  # the picture keeps its size, so that the video is one file
    done = await room.recorder.stop(recording.id)
    assert (done.state, done.title) == ("done", "Mine")
    assert room.status().recording is None
    clock.advance(60)
    room.update_demand()
    assert parts.engine.demands[-1][0] is False
    assert not parts.engine.filmed


async def test_recording_what_somebody_watches_asks_for_no_further_encode(room: Room) -> None:
    viewer = fanout(room).real.follow("h264")
    watching = asyncio.create_task(viewer.next())
    await turns()
    before = fanout(room).real.in_use()
    assert [spec.rung for spec in before] == [0]
    await room.recorder.start(VIDEO)
    await turns()
    assert fanout(room).real.in_use() == before
    assert fanout(room).real.stats().watchers == 2
    [first] = encoded([0.0])
    room.reports.on_picture(first)
    assert (await watching).picture is first
    await room.recorder.stop()
    assert fanout(room).real.in_use() == before
    viewer.close()


async def test_pictures_of_the_stream_are_the_video(room: Room) -> None:
    recording = await room.recorder.start(VIDEO)
    await turns()
    pictures = encoded([number / 60 for number in range(6)])
    for picture in pictures:
        room.reports.on_picture(picture)
        await turns()
    done = await room.recorder.stop(recording.id)
    figures = room.recorder.figures()
    assert (figures.begun, figures.failed, figures.pictures) == (1, 0, 6)
    assert figures.bytes == sum(len(picture.data) for picture in pictures)
    [file] = done.files
    assert (file.name, file.pictures) == ("video-1.mp4", 6)
    with av.open(str(room.recorder.store.file(recording.id, file.name))) as container:
        assert len(list(container.decode(video=0))) == 6


async def test_a_trajectory_gets_its_mjcf_and_ends_with_the_engines_last_piece(room: Room, parts: FakeParts) -> None:
    recording = await room.recorder.start(STATES)
    assert parts.engine.trajectory == recording.id
    room.reports.on_trajectory(piece(recording.id), MAGIC + pack_chunk(b"HEAD", b"{}"))
    room.reports.on_trajectory(piece(recording.id, part=2, load_id=2), MAGIC + pack_chunk(b"HEAD", b"{}"))
    room.reports.on_trajectory(piece("20260101-000000-00000000"), b"of another recording")
    await room.load_scene(SceneSource(xml="<mujoco><!-- two --></mujoco>", name="two"))
    stopping = asyncio.create_task(room.recorder.stop())
    await turns()
    assert parts.engine.trajectory == ""
    room.reports.on_trajectory(piece(recording.id, part=2, load_id=2, last=True), pack_chunk(b"END ", b"{}"))
    done = await stopping
    store = room.recorder.store
    kinds = []
    for file in done.files:
        with store.file(recording.id, file.name).open("rb") as data:
            kinds.append({chunk.kind: chunk.payload for chunk in read_chunks(data)})
    assert [unpacked(found[XML]) for found in kinds] == [b"<mujoco/>", b"<mujoco><!-- two --></mujoco>"]
    assert b"END " in kinds[1]


async def test_parts_of_another_engine_go_into_other_files(room: Room) -> None:
    recording = await room.recorder.start(STATES)
    room.reports.on_trajectory(piece(recording.id), b"first")
    room.reports.on_ready(EngineReady(pid=2, gl_renderer="x", gl_software=True, encoder="x"))
    room.reports.on_trajectory(piece(recording.id), b"second")
    stopping = asyncio.create_task(room.recorder.stop())
    await turns()
    room.reports.on_trajectory(piece(recording.id, last=True), b" end")
    done = await stopping
    assert [file.name for file in done.files] == ["trajectory-1.prvt", "trajectory-2.prvt"]
    data = room.recorder.store.file(recording.id, "trajectory-2.prvt").read_bytes()
    assert (data[:6], data[-4:]) == (b"second", b" end")


async def test_one_recording_at_a_time_and_not_of_nothing(room: Room) -> None:
    with pytest.raises(NotFound):
        await room.recorder.stop()
    with pytest.raises(MessageInvalid, match="nothing to record"):
        await room.recorder.start(RecordingWish(video=False, trajectory=False))
    recording = await room.recorder.start(VIDEO)
    with pytest.raises(Conflict):
        await room.recorder.start(VIDEO)
    with pytest.raises(NotFound):
        await room.recorder.stop("20260101-000000-00000000")
    both = await asyncio.gather(room.recorder.stop(recording.id), room.recorder.stop(recording.id))
    assert both[0] == both[1]


async def test_it_ends_by_itself_after_the_time_that_was_asked_for(room: Room) -> None:
    recording = await room.recorder.start(RecordingWish(video=True, trajectory=False, limit_s=0.01))
    status = room.status().recording
    assert status is not None
    assert status.limit_s == 0.01
    async with asyncio.timeout(5):
        while room.recorder.is_recording:
            room.recorder.tick()
            await asyncio.sleep(0.01)
    assert room.recorder.store.get(recording.id).reason == "it reached its 0.01 s"


async def test_a_room_that_closes_keeps_what_was_recorded(parts: FakeParts, clock: FakeClock, tmp_path: Path) -> None:
    settings = Settings(recordings_dir=str(tmp_path))
    async with Room("main", settings, parts.room_parts(), clock=clock) as room:
        await room.load_scene(SceneSource(preset="pendulum"))
        no_pictures_of_its_own(parts)
        recording = await room.recorder.start(VIDEO)
        await turns()
        room.reports.on_picture(encoded([0.0])[0])
        await turns()
    one = room.recorder.store.get(recording.id)
    assert (one.state, one.reason, len(one.files)) == ("done", "the room closed", 1)
