from __future__ import annotations

from aiortc.codecs.h264 import h264_depayload
from aiortc.codecs.vpx import VpxPayloadDescriptor, vp8_depayload
from hypothesis import given
from hypothesis import strategies as st

from py_remote_viewer.encode.h264 import join_nalus, split_nalus
from py_remote_viewer.protocol.pictures import EncodedPicture
from py_remote_viewer.stream.packetize import MAX_PAYLOAD, SharedPicture, packetize, packetize_vp8
from tests.stream.loopback import TinyEncoder, pictures


def is_nalu(raw: bytes) -> bool:
    return not raw.endswith(b"\x00") and b"\x00\x00\x01" not in raw


# nal_ref_idc and nal_unit_type of everything an encoder may send, then a body
headers = st.sampled_from([0x67, 0x68, 0x06, 0x65, 0x41, 0x01, 0x09])
nalus = st.builds(lambda head, body: bytes([head]) + body, headers, st.binary(min_size=1, max_size=90)).filter(is_nalu)


@given(st.lists(nalus, min_size=1, max_size=8), st.integers(16, 60))
def test_a_receiver_gets_the_access_unit_back(parts: list[bytes], limit: int) -> None:
    access_unit = join_nalus(parts)
    payloads = packetize(access_unit, limit)
    assert all(0 < len(payload) <= limit for payload in payloads)
    assert b"".join(h264_depayload(payload) for payload in payloads) == access_unit


def test_fragments_have_one_size_but_the_last() -> None:
    (picture,) = pictures(1, idr_at=(), size=5000)
    sizes = [len(payload) for payload in packetize(picture.data)]
    assert set(sizes[:-1]) == {MAX_PAYLOAD}
    assert 2 < sizes[-1] <= MAX_PAYLOAD


def test_parameter_sets_share_one_packet() -> None:
    encoder = TinyEncoder()
    first = encoder.encode()
    kinds = [payload[0] & 0x1F for payload in packetize(first.data)]
    assert kinds[0] == 24
    assert 24 not in kinds[1:]


@given(st.binary(max_size=300))
def test_no_input_crashes(raw: bytes) -> None:
    assert bool(packetize(raw)) == bool(split_nalus(raw))


def test_payloads_are_made_once_and_shared() -> None:
    (picture,) = pictures(1)
    shared = SharedPicture(picture)
    assert shared.payloads is shared.payloads


@given(st.binary(min_size=1, max_size=5000), st.integers(2, 1200))
def test_a_vp8_frame_is_what_its_payloads_carry(frame: bytes, max_payload: int) -> None:
    payloads = packetize_vp8(frame, max_payload)
    assert b"".join(vp8_depayload(payload) for payload in payloads) == frame
    assert all(len(payload) <= max_payload for payload in payloads)
    starts = [VpxPayloadDescriptor.parse(payload)[0].partition_start for payload in payloads]
    assert starts == [1] + [0] * (len(payloads) - 1)


def test_the_codec_decides_how_a_picture_is_cut() -> None:
    frame = bytes([0x10, 0x02, 0x00]) + bytes(20)
    picture = EncodedPicture(frame, True, 4, 1, 1.0, 64, 48, codec="vp8")
    assert SharedPicture(picture).payloads == (b"\x10" + frame,)
