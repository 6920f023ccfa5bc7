"""The thread that writes recordings, into real folders: parts, limits, trouble, and what is left after a crash."""

import queue
import shutil
from pathlib import Path

import av
import pytest

from py_remote_viewer.errors import Conflict, NotFound, StorageFull, ViewerError
from py_remote_viewer.protocol.recording import TrajectoryData
from py_remote_viewer.record.store import MANIFEST, RecordingStore, StoreLimits
from py_remote_viewer.record.writer import RecordingWriter
from tests.record.pictures import BEGAN_S, encoded

MB = 1_000_000


@pytest.fixture
def store(tmp_path: Path) -> RecordingStore:
    return RecordingStore(tmp_path / "recordings", StoreLimits(100 * MB))


class Heard:
    def __init__(self) -> None:
        self.trouble: queue.Queue[ViewerError] = queue.Queue()
        self.files: list[str] = []


def begin(store: RecordingStore, heard: Heard, most_bytes: int = 50 * MB) -> tuple[str, RecordingWriter]:
    opened = store.create("Pendulum", video=True, trajectory=True, by=None)
    return opened.recording.id, RecordingWriter(opened, most_bytes, heard.trouble.put, heard.files.append)


def piece(part: int = 1) -> TrajectoryData:
    return TrajectoryData(recording_id="x", part=part, scene="pendulum", rows=3, steps=9)


def test_a_recording_is_listed_with_what_it_holds(store: RecordingStore) -> None:
    heard = Heard()
    recording_id, writer = begin(store, heard)
    assert [(one.id, one.state) for one in store.list()] == [(recording_id, "recording")]
    for picture in encoded([0.0, 0.5, 1.0]):
        writer.picture(picture)
    writer.trajectory(0, piece(), b"first ")
    writer.trajectory(0, piece(), b"second")
    writer.trajectory(1, piece(), b"another engine")
    done = writer.finish(BEGAN_S + 2.0, "done", "")
    assert store.get(recording_id).files == done.files
    assert [(file.name, file.kind) for file in done.files] == [
        ("video-1.mp4", "video"),
        ("trajectory-1.prvt", "trajectory"),
        ("trajectory-2.prvt", "trajectory"),
    ]
    video = done.files[0]
    assert (video.duration_s, video.pictures, video.width, video.height) == (pytest.approx(2.0), 3, 320, 192)
    assert store.file(recording_id, "trajectory-1.prvt").read_bytes() == b"first second"
    assert store.file(recording_id, "thumbnail.jpg").stat().st_size > 100
    assert store.bytes_used() == done.bytes > 0


def test_another_size_goes_on_in_another_file_and_is_said(store: RecordingStore) -> None:
    heard = Heard()
    recording_id, writer = begin(store, heard)
    for picture in encoded([0.0, 0.5]) + encoded([1.0, 1.5], (256, 160)):
        writer.picture(picture)
    done = writer.finish(BEGAN_S + 2.0, "done", "")
    assert heard.files == ["the picture's size changed to 256x160"]
    assert [(file.width, file.duration_s, file.ended) for file in done.files] == [
        (320, pytest.approx(1.0), "the picture's size changed to 256x160"),
        (256, pytest.approx(1.0), ""),
    ]
    for file in done.files:
        with av.open(str(store.file(recording_id, file.name))) as container:
            assert len(list(container.decode(video=0))) == 2


def test_a_video_begins_with_a_picture_that_can_be_decoded(store: RecordingStore) -> None:
    _, writer = begin(store, Heard())
    for picture in encoded([0.0, 0.1, 0.2, 0.3], idrs=(0, 2))[1:]:
        writer.picture(picture)
    done = writer.finish(BEGAN_S + 1.0, "done", "")
    assert done.files[0].pictures == 2


def test_the_largest_size_ends_the_recording_in_words_and_what_was_written_plays(store: RecordingStore) -> None:
    heard = Heard()
    recording_id, writer = begin(store, heard, most_bytes=3000)
    for picture in encoded([number / 30 for number in range(60)], idrs=tuple(range(60))):
        writer.picture(picture)
    trouble = heard.trouble.get(timeout=5)
    assert isinstance(trouble, StorageFull)
    assert "VIEWER_RECORDING_MAX_MB" in trouble.hint
    done = writer.finish(BEGAN_S + 2.0, "failed", trouble.message)
    assert (done.state, done.reason) == ("failed", trouble.message)
    with av.open(str(store.file(recording_id, "video-1.mp4"))) as container:
        assert 1 <= len(list(container.decode(video=0))) < 60


def test_a_disk_that_is_nearly_full_ends_it_in_words(store: RecordingStore, monkeypatch: pytest.MonkeyPatch) -> None:
    heard = Heard()
    _, writer = begin(store, heard)
    monkeypatch.setattr("shutil.disk_usage", lambda path: shutil._ntuple_diskusage(10**12, 10**12, 5 * MB))
    writer.trajectory(0, piece(), b"first")
    trouble = heard.trouble.get(timeout=5)
    assert "only 5 MB left" in trouble.message
    assert writer.finish(BEGAN_S, "failed", trouble.message).files[0].bytes == 5
    with pytest.raises(StorageFull, match="5 MB left"):
        store.make_room()


def test_a_folder_that_vanishes_is_trouble_and_no_crash(store: RecordingStore) -> None:
    heard = Heard()
    recording_id, writer = begin(store, heard)
    for path in (store.folder / recording_id).iterdir():
        path.unlink()
    (store.folder / recording_id).rmdir()
    writer.trajectory(0, piece(), b"first")
    assert isinstance(heard.trouble.get(timeout=5), StorageFull)
    writer.finish(BEGAN_S, "failed", "gone")
    assert store.list() == []


def test_what_a_crash_left_is_listed_as_interrupted_and_can_be_deleted(store: RecordingStore) -> None:
    recording_id, writer = begin(store, Heard())
    for picture in encoded([number / 30 for number in range(90)]):
        writer.picture(picture)
    with pytest.raises(Conflict):
        store.delete(recording_id)
    done = writer.finish(BEGAN_S + 3.0, "done", "")
    unfinished = {"state": "recording", "files": tuple(f.model_copy(update={"duration_s": 0.0}) for f in done.files)}
    (store.folder / recording_id / MANIFEST).write_text(done.model_copy(update=unfinished).model_dump_json())
    one = store.get(recording_id)
    assert (one.state, one.reason) == ("interrupted", "the server ended while it recorded")
    assert one.duration_s == pytest.approx(3.0, abs=0.1)
    store.delete(recording_id)
    assert store.list() == []
    assert list(store.folder.iterdir()) == []


def test_a_used_up_quota_refuses_or_deletes_the_oldest(tmp_path: Path) -> None:
    store = RecordingStore(tmp_path, StoreLimits(10))
    ids = []
    for number in range(2):
        recording_id, writer = begin(RecordingStore(tmp_path, StoreLimits(10**9)), Heard())
        writer.trajectory(0, piece(), bytes(6 + number))
        writer.finish(BEGAN_S, "done", "")
        ids.append(recording_id)
    with pytest.raises(StorageFull, match="recordings take") as caught:
        store.make_room()
    assert "VIEWER_RECORDINGS_QUOTA_MB" in caught.value.hint
    by_policy = RecordingStore(tmp_path, StoreLimits(10, delete_oldest=True))
    by_policy.make_room()
    assert len(by_policy.list()) == 1
    RecordingStore(tmp_path, StoreLimits(10, keep_s=1e-9)).make_room()
    assert by_policy.list() == []


@pytest.mark.parametrize(
    "name", ["..", ".", "", "../x", "recording.json", "recording.lock", "video-1.mp4/..", "/etc/passwd"]
)
def test_only_listed_files_are_opened(store: RecordingStore, tmp_path: Path, name: str) -> None:
    recording_id, writer = begin(store, Heard())
    writer.trajectory(0, piece(), b"x")
    writer.finish(BEGAN_S, "done", "")
    with pytest.raises(NotFound):
        store.file(recording_id, name)
    for other in ("..", "../recordings", "20260101-000000-zzzzzzzz", f"{recording_id}/..", "", recording_id + "\n"):
        with pytest.raises(NotFound):
            store.get(other)
    outside = tmp_path / "secret.mp4"
    outside.write_bytes(b"secret")
    path = store.folder / recording_id / "trajectory-1.prvt"
    path.unlink()
    path.symlink_to(outside)
    with pytest.raises(NotFound):
        store.file(recording_id, "trajectory-1.prvt")


def test_a_folder_that_cannot_be_made_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageFull, match="cannot be written") as caught:
        RecordingStore(tmp_path / "file" / "below", StoreLimits(MB)).create("", video=True, trajectory=False, by=None)
    assert "VIEWER_RECORDINGS_DIR" in caught.value.hint
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
