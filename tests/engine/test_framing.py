import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from py_remote_viewer.engine.framing import Frame, FrameReader, Kind, pack
from py_remote_viewer.errors import EngineFailed

frames = st.one_of(
    st.builds(lambda j: Frame(Kind.JSON, json=j), st.binary(max_size=50)),
    st.builds(lambda d: Frame(Kind.PICTURE, data=d), st.binary(max_size=50)),
    st.builds(lambda j, d: Frame(Kind.JSON_AND_BYTES, json=j, data=d), st.binary(max_size=50), st.binary(max_size=50)),
)


@given(st.lists(frames, max_size=8), st.integers(1, 40))
def test_frames_come_out_as_they_went_in_however_the_bytes_arrive(sent: list[Frame], chunk: int) -> None:
    stream = b"".join(pack(frame) for frame in sent)
    reader, got = FrameReader(), []
    for start in range(0, len(stream), chunk):
        got += reader.feed(stream[start : start + chunk])
    assert got == sent


@given(st.binary(min_size=1, max_size=200))
def test_nonsense_is_an_error_of_ours_and_nothing_else(noise: bytes) -> None:
    with contextlib.suppress(EngineFailed):
        list(FrameReader().feed(noise))


def test_an_impossible_length_is_refused_at_once() -> None:
    with pytest.raises(EngineFailed):
        list(FrameReader().feed(b"\xff\xff\xff\xff\x01"))
