"""Archives of strangers: judged before they are unpacked, and bounded while they are."""

from __future__ import annotations

import io
import tempfile
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from py_remote_viewer.errors import SceneInvalid, SceneTooExpensive
from py_remote_viewer.scenes.uploads import archive, reading
from py_remote_viewer.scenes.uploads.archive import Window, chunks_of, contents_of
from py_remote_viewer.scenes.uploads.wire import PackedFile, UnpackRequest
from tests.scenes.uploads.hostile_uploads import HOSTILE_UPLOADS
from tests.scenes.uploads.packing import ROBOT, zipped

SAMPLES = [zipped(ROBOT), *(data for case in HOSTILE_UPLOADS for data in case.build().values() if len(data) < 50_000)]


def window(data: bytes) -> Window:
    return Window(io.BytesIO(data), 0, len(data))


def unpacked(data: bytes) -> dict[str, bytes]:
    packed, contents = contents_of(window(data), "a.zip")
    with packed:
        return {member.name: b"".join(chunks_of(packed, member)) for member in contents.members}


@given(
    st.dictionaries(
        st.text(st.characters(whitelist_categories=("Ll", "Nd")), min_size=1, max_size=20).map(
            lambda name: f"d/{name}.x"
        ),
        st.binary(max_size=500),
        max_size=8,
    ),
    st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]),
)
def test_what_was_packed_comes_out(files: dict[str, bytes], method: int) -> None:
    import unicodedata

    files = {unicodedata.normalize("NFC", name): data for name, data in files.items()}
    assert unpacked(zipped(files, method)) == files


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_no_archive_does_anything_but_unpack_within_bounds_or_be_refused(data: st.DataObject) -> None:
    raw = bytearray(data.draw(st.sampled_from(SAMPLES)))
    for _ in range(data.draw(st.integers(0, 6))):
        if not raw:
            break
        at = data.draw(st.integers(0, len(raw) - 1))
        match data.draw(st.integers(0, 3)):
            case 0:
                raw[at] = data.draw(st.integers(0, 255))
            case 1:
                del raw[at : at + data.draw(st.integers(1, 40))]
            case 2:
                raw[at:at] = data.draw(st.binary(max_size=40))
            case 3:
                raw[at : at + 4] = data.draw(st.sampled_from([b"\xff" * 4, b"\0" * 4, b"PK\5\6", b"PK\1\2", b"PK\3\4"]))
    try:
        files = unpacked(bytes(raw))
    except SceneInvalid as exc:
        assert exc.message.isprintable()
        assert exc.hint
    else:
        assert sum(map(len, files.values())) <= archive.MAX_UNPACKED_BYTES


@given(st.binary(max_size=2000))
def test_noise_is_no_archive(data: bytes) -> None:
    with pytest.raises(SceneInvalid):
        unpacked(data)


def test_what_is_in_other_archives_and_clutter_is_left_out() -> None:
    files = {"a.xml": b"x", "b.zip": b"", "c.tar.gz": b"", "__MACOSX/._a.xml": b"", ".DS_Store": b"", "d.rar": b""}
    _, contents = contents_of(window(zipped(files)), "a.zip")
    assert ([member.name for member in contents.members], contents.ignored) == (["a.xml"], 5)


def test_a_window_reads_its_part_alone() -> None:
    part = Window(io.BytesIO(b"0123456789"), 2, 5)
    assert (part.read(), part.tell(), part.seek(-2, io.SEEK_END), part.read(10)) == (b"23456", 5, 3, b"56")
    assert b"".join(part.chunks()) == b"23456"
    with pytest.raises(OSError):
        part.seek(-1)


def unpack(files: dict[str, bytes]) -> reading.Unpacked:
    source, packed = io.BytesIO(b"".join(files.values())), []
    at = 0
    for name, data in files.items():
        packed.append(PackedFile(name=name, offset=at, size=len(data)))
        at += len(data)
    with tempfile.TemporaryFile() as output:
        return reading.unpack(UnpackRequest(files=tuple(packed)), source, output.fileno())


def test_several_archives_keep_apart_and_one_gives_its_folder_away() -> None:
    two = unpack({"a.zip": zipped({"x.xml": "1"}), "b.zip": zipped({"x.xml": "2"}), "c.stl": b"3"})
    assert ([file.name for file in two.files], two.folder) == (["a/x.xml", "b/x.xml", "c.stl"], "")
    assert unpack({"bot.zip": zipped({"x.xml": "1", "y.stl": "2"})}).folder == "bot"
    assert unpack({"any.zip": zipped(ROBOT)}).folder == "bot"
    assert unpack({"bot/x.xml": b"1", "bot/m/y.stl": b"2", "bot/.DS_Store": b""}).folder == "bot"
    assert unpack({"x.xml": b"1"}).folder == ""


def test_all_archives_together_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_UNPACKED_BYTES", 1000)
    with pytest.raises(SceneTooExpensive, match="unpacks to more"):
        unpack({"a.zip": zipped({"x": b"1" * 600}), "b.zip": zipped({"x": b"1" * 600})})
    monkeypatch.setattr(reading, "MAX_FILES", 3)
    with pytest.raises(SceneTooExpensive, match="more than 3 files"):
        unpack({"a.zip": zipped({"x": b"", "y": b""}), "b.zip": zipped({"x": b"", "y": b""})})
