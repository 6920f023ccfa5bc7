"""Trajectory files as bytes: what was written is read, and a file that was cut off is read as far as it goes."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from py_remote_viewer.errors import RecordingInvalid
from py_remote_viewer.record.chunks import KINDS, MAGIC, Chunk, pack_chunk, read_chunks, unpacked

chunk_lists = st.lists(st.builds(Chunk, st.sampled_from(KINDS), st.binary(max_size=200)), max_size=6)


def packed(chunks: list[Chunk]) -> bytes:
    return MAGIC + b"".join(pack_chunk(chunk.kind, chunk.payload) for chunk in chunks)


@given(chunk_lists)
def test_reading_undoes_writing(chunks: list[Chunk]) -> None:
    assert list(read_chunks(io.BytesIO(packed(chunks)))) == chunks


@given(chunk_lists, st.data())
def test_a_file_that_was_cut_off_gives_its_first_chunks(chunks: list[Chunk], data: st.DataObject) -> None:
    whole = packed(chunks)
    cut = whole[: data.draw(st.integers(len(MAGIC), len(whole)))]
    found = list(read_chunks(io.BytesIO(cut)))
    assert found == chunks[: len(found)]
    if cut != whole:
        assert len(found) < len(chunks)


@given(chunk_lists.filter(len), st.data())
def test_a_changed_byte_ends_the_file_before_its_chunk_and_never_crashes(
    chunks: list[Chunk], data: st.DataObject
) -> None:
    whole = bytearray(packed(chunks))
    at = data.draw(st.integers(len(MAGIC), len(whole) - 1))
    whole[at] ^= data.draw(st.integers(1, 255))
    found = list(read_chunks(io.BytesIO(bytes(whole))))
    assert found == chunks[: len(found)]
    assert len(found) < len(chunks)


@given(st.binary(max_size=40))
def test_other_files_are_refused_in_words(data: bytes) -> None:
    if data.startswith(MAGIC):
        return
    with pytest.raises(RecordingInvalid, match=r"no trajectory|version"):
        list(read_chunks(io.BytesIO(data)))


def test_a_bomb_is_not_unpacked() -> None:
    import zlib

    with pytest.raises(RecordingInvalid, match="more than"):
        unpacked(zlib.compress(bytes(100_000)), 1000)
    with pytest.raises(RecordingInvalid, match="unpacked"):
        unpacked(b"not zlib", 1000)
