from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from py_remote_viewer.encode.encoder import PictureEncoder, new_picture
from py_remote_viewer.encode.h264 import (
    IDR_SLICE,
    PPS,
    SPS,
    holds_idr,
    join_nalus,
    nalu_type,
    profile_level_id,
    split_nalus,
)
from py_remote_viewer.encode.options import EncoderSettings


def is_nalu(raw: bytes) -> bool:
    return not raw.endswith(b"\x00") and b"\x00\x00\x01" not in raw


nalus = st.lists(st.binary(min_size=1, max_size=60).filter(is_nalu), max_size=8)


@given(nalus)
def test_split_undoes_join(parts: list[bytes]) -> None:
    assert split_nalus(join_nalus(parts)) == parts


@given(nalus)
def test_short_start_codes_and_trailing_zeros_change_nothing(parts: list[bytes]) -> None:
    assert split_nalus(b"".join(b"\x00\x00\x01" + part + b"\x00" for part in parts)) == parts


@given(st.binary(max_size=200) | st.lists(st.sampled_from([b"\x00", b"\x01", b"\x67\x42"])).map(b"".join))
def test_no_input_crashes(raw: bytes) -> None:
    assert all(part and is_nalu(part) for part in split_nalus(raw))
    holds_idr(raw)
    profile_level_id(raw)


def test_an_idr_without_its_parameter_sets_is_no_start() -> None:
    sps, pps, idr, slice_ = b"\x67\x42\xc0\x1f\x01", b"\x68\xce\x01", b"\x65\x11", b"\x41\x11"
    assert holds_idr(join_nalus([sps, pps, idr]))
    assert not holds_idr(join_nalus([idr, sps, pps]))
    assert not holds_idr(join_nalus([pps, idr]))
    assert not holds_idr(join_nalus([slice_]))


def test_what_the_encoder_makes_is_constrained_baseline_with_its_parameter_sets() -> None:
    encoder = PictureEncoder(EncoderSettings("libx264", 320, 192, 60, 500_000))
    picture = new_picture(320, 192)
    first, second = (encoder.encode(picture, at_s, idr=False).data for at_s in (1.0, 1.1))
    types = [nalu_type(nalu) for nalu in split_nalus(first)]
    assert {SPS, PPS, IDR_SLICE} <= set(types)
    assert holds_idr(first)
    assert not holds_idr(second)
    assert str(profile_level_id(first)).startswith(("42c0", "42e0"))
    assert profile_level_id(second) is None
