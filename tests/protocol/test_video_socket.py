from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from py_remote_viewer.errors import MessageInvalid
from py_remote_viewer.protocol.pictures import EncodedPicture
from py_remote_viewer.protocol.video_socket import (
    HEADER_BYTES,
    pack_ack,
    pack_picture,
    parse_ack,
    parse_bind,
    unpack_picture,
)

KEY = "k" * 32


@given(
    st.builds(
        EncodedPicture,
        data=st.binary(max_size=64),
        is_idr=st.booleans(),
        rung=st.integers(0, 15),
        picture_id=st.integers(0, 2**32 - 1),
        captured_s=st.floats(0, 1e9),
        width=st.integers(0, 65535),
        height=st.integers(0, 65535),
        codec=st.sampled_from(["h264", "mjpeg"]),
    )
)
def test_unpacking_undoes_packing(picture: EncodedPicture) -> None:
    header, data = unpack_picture(pack_picture(picture))
    assert data == picture.data
    for name in ("is_idr", "codec", "rung", "width", "height", "picture_id", "captured_s"):
        assert getattr(header, name) == getattr(picture, name)


def test_the_header_is_where_the_page_looks_for_it() -> None:
    packed = pack_picture(EncodedPicture(b"\x01", True, 7, 0x01020304, 1.5, 1280, 720, codec="mjpeg"))
    assert packed.hex() == "01010107" + "0500" + "02d0" + "01020304" + "3ff8000000000000" + "01"
    assert HEADER_BYTES == 20


@given(st.binary(max_size=40))
def test_no_bytes_crash_the_parsers(raw: bytes) -> None:
    for parse in (unpack_picture, parse_ack):
        try:
            parse(raw)
        except MessageInvalid:
            pass


@given(st.integers(0, 2**32 - 1))
def test_an_acknowledgement_comes_back(picture_id: int) -> None:
    assert parse_ack(pack_ack(picture_id)) == picture_id


def test_a_bind_names_the_peer_its_key_and_the_codec() -> None:
    bind = parse_bind(f'{{"type": "bind", "peer_id": "p1", "key": "{KEY}", "codec": "mjpeg"}}')
    assert (bind.peer_id, bind.codec, bind.room_id) == ("p1", "mjpeg", "main")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"type": "bind"}',
        '{"type": "bind", "peer_id": "p1", "key": "short"}',
        f'{{"type": "bind", "peer_id": "p1", "key": "{KEY}", "codec": "vp8"}}',
        f'{{"type": "bind", "peer_id": "p1", "key": "{KEY}", "more": 1}}',
        "x" * 5000,
    ],
)
def test_any_other_first_message_is_refused_with_a_hint(text: str) -> None:
    with pytest.raises(MessageInvalid) as refused:
        parse_bind(text)
    assert "bind" in refused.value.hint
    assert len(refused.value.message) < 400
