import av
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from py_remote_viewer.encode.encoder import PictureEncoder, new_picture
from py_remote_viewer.encode.options import EncoderSettings
from py_remote_viewer.encode.probe import choose_encoder, try_encoder
from py_remote_viewer.errors import EncoderUnavailable
from py_remote_viewer.protocol.pictures import EncodedPicture

SETTINGS = EncoderSettings("libx264", 640, 360, 60, 2_000_000)


def paint(picture: av.VideoFrame, shift: int) -> None:
    pixels = np.frombuffer(memoryview(picture.planes[0]), np.uint8).reshape(360, 640, 3)
    pixels[:] = 40
    pixels[300:, :] = (200, 30, 30)  # OpenGL's last rows are the top of the picture
    pixels[100:140, shift : shift + 40] = (30, 200, 30)


def decode(data: list[bytes]) -> list[np.ndarray]:
    decoder = av.CodecContext.create("h264", "r")
    frames = [frame for unit in data for frame in decoder.decode(av.Packet(unit))]
    frames += decoder.decode(None)
    assert all(frame.colorspace == 1 for frame in frames)  # BT.709, as the stream says of itself
    return [frame.reformat(format="rgb24", src_colorspace="ITU709").to_ndarray() for frame in frames]


def test_what_is_decoded_is_what_was_drawn_and_upright() -> None:
    encoder, picture = PictureEncoder(SETTINGS), new_picture(640, 360)
    units = []
    for index in range(10):
        paint(picture, 20 * index)
        units.append(encoder.encode(picture, 5.0 + index / 60, idr=False).data)
    last = decode(units)[-1].astype(int)
    assert np.abs(last[20, 320] - (200, 30, 30)).max() < 6  # colours survive BT.709 there and back
    assert np.abs(last[240, 200] - (30, 200, 30)).max() < 20
    assert encoder.calls == 10


def test_an_idr_comes_when_asked_and_only_then_and_decodes_alone() -> None:
    encoder, picture = PictureEncoder(SETTINGS), new_picture(640, 360)
    units = []
    for index in range(400):
        paint(picture, index)
        units.append(encoder.encode(picture, 5.0 + index / 60, idr=index == 200))
    assert [index for index, unit in enumerate(units) if unit.is_idr] == [0, 200]
    assert len(decode([unit.data for unit in units[200:203]])) == 3


def test_the_burst_of_an_idr_is_bounded_by_the_bitrate() -> None:
    encoder, picture = PictureEncoder(SETTINGS), new_picture(640, 360)
    pixels = np.frombuffer(memoryview(picture.planes[0]), np.uint8)
    pixels[:] = np.random.default_rng(1).integers(0, 255, pixels.shape, np.uint8)
    encoded = encoder.encode(picture, 5.0, idr=True)
    assert len(encoded.data) * 8 < SETTINGS.bitrate_bps * 0.5


def test_the_stream_is_constrained_baseline() -> None:
    encoder, picture = PictureEncoder(SETTINGS), new_picture(640, 360)
    data = encoder.encode(picture, 1.0, idr=True).data
    sps = data[data.index(b"\x00\x00\x01\x67") + 4 :]
    assert sps[0] == 66
    assert sps[1] & 0x40  # constraint_set1_flag


def test_some_encoder_works_here_and_the_others_have_reasons() -> None:
    name, refused = choose_encoder()
    assert try_encoder(name) is None
    assert all(refused.values())


def test_an_encoder_that_does_not_exist_is_refused_with_a_reason() -> None:
    assert "unknown encoder" in (try_encoder("h264_magic") or "")
    name, refused = choose_encoder("h264_magic")
    assert "h264_magic" in refused
    assert name != "h264_magic"


def test_widths_that_would_be_padded_are_refused() -> None:
    with pytest.raises(EncoderUnavailable, match="padded"):
        new_picture(1366, 768)


@settings(max_examples=50)
@given(
    st.binary(max_size=200),
    st.booleans(),
    st.integers(0, 255),
    st.integers(0, 2**32 - 1),
    st.floats(0, 1e7),
    st.integers(0, 65535),
    st.integers(0, 65535),
)
def test_pictures_survive_the_pipe(
    data: bytes, idr: bool, rung: int, number: int, at: float, width: int, height: int
) -> None:
    picture = EncodedPicture(data, idr, rung, number, at, width, height, 0.25)
    assert EncodedPicture.unpack(picture.pack()) == picture
