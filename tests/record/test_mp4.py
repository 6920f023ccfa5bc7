"""MP4 files made of encoded pictures: each one is in it, at its own time, and a file that was cut off still plays."""

import shutil
from pathlib import Path

import av
import pytest

from py_remote_viewer.record.mp4 import LONGEST_S, Mp4Writer, duration_of
from py_remote_viewer.record.thumb import jpeg_of
from tests.record.pictures import BEGAN_S, encoded

TIMES = [0.0, 0.01, 0.05, 0.06, 0.5, 0.51, 2.0]


def times_of(path: Path) -> list[float]:
    with av.open(str(path)) as container:
        return [round(float(frame.time or 0), 4) for frame in container.decode(video=0)]


def test_every_picture_is_shown_at_the_time_when_it_was_captured(tmp_path: Path) -> None:
    pictures = encoded(TIMES)
    writer = Mp4Writer(tmp_path / "a.mp4", pictures[0])
    for picture in pictures[1:]:
        writer.add(picture)
    assert writer.close(BEGAN_S + 3.5) == pytest.approx(3.5)
    assert times_of(tmp_path / "a.mp4") == TIMES
    assert duration_of(tmp_path / "a.mp4") == pytest.approx(3.5, abs=1e-4)
    assert writer.close(BEGAN_S + 9) == 0.0


def test_the_bytes_in_it_are_those_of_the_stream(tmp_path: Path) -> None:
    pictures = encoded(TIMES)
    writer = Mp4Writer(tmp_path / "a.mp4", pictures[0])
    for picture in pictures[1:]:
        writer.add(picture)
    writer.close(BEGAN_S + 2.1)
    with av.open(str(tmp_path / "a.mp4")) as container:
        packets = [bytes(packet) for packet in container.demux(video=0) if packet.size]
    for picture, packet in zip(pictures, packets, strict=True):
        slice_at = picture.data.rindex(b"\x00\x00\x01") + 3
        assert packet.endswith(picture.data[slice_at:])  # only start codes became lengths


def test_a_file_whose_writer_died_plays_up_to_its_last_second(tmp_path: Path) -> None:
    pictures = encoded([number / 30 for number in range(120)])
    writer = Mp4Writer(tmp_path / "a.mp4", pictures[0])
    for picture in pictures[1:]:
        writer.add(picture)
    shutil.copy(tmp_path / "a.mp4", tmp_path / "cut.mp4")
    writer.close(BEGAN_S + 4)
    assert 80 <= len(times_of(tmp_path / "cut.mp4")) < 120
    assert duration_of(tmp_path / "cut.mp4") == pytest.approx(3.0, abs=0.1)
    (tmp_path / "no.mp4").write_bytes(b"no video")
    assert duration_of(tmp_path / "no.mp4") == 0.0


def test_a_picture_that_is_not_later_is_left_out(tmp_path: Path) -> None:
    pictures = encoded([0.0, 0.1, 0.2])
    writer = Mp4Writer(tmp_path / "a.mp4", pictures[0])
    for picture in (pictures[1], pictures[1], pictures[0], pictures[2]):
        writer.add(picture)
    writer.close(BEGAN_S)
    assert times_of(tmp_path / "a.mp4") == [0.0, 0.1, 0.2]


def test_the_first_picture_gives_a_thumbnail() -> None:
    [picture] = encoded([0.0])
    small = jpeg_of(picture)
    assert small is not None
    assert small.startswith(b"\xff\xd8")


def test_a_picture_that_stands_for_a_night_is_in_it(tmp_path: Path) -> None:
    """Longer than a duration in the file can be, which the muxer would refuse."""
    night_s = 8 * 3600.0
    pictures = encoded([0.0, 0.1])
    writer = Mp4Writer(tmp_path / "a.mp4", pictures[0])
    writer.add(pictures[1])
    assert writer.close(BEGAN_S + night_s) == pytest.approx(0.1 + LONGEST_S)
    assert times_of(tmp_path / "a.mp4") == [0.0, 0.1]


def test_a_picture_after_a_night_is_in_it(tmp_path: Path) -> None:
    pictures = encoded([0.0, 0.1, 8 * 3600.0])
    writer = Mp4Writer(tmp_path / "a.mp4", pictures[0])
    for picture in pictures[1:]:
        writer.add(picture)
    writer.close(BEGAN_S + 8 * 3600.0 + 1)
    assert len(times_of(tmp_path / "a.mp4")) == 3
