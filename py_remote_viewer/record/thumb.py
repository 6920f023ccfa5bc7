"""The small picture of a recording, from its first encoded one."""

from __future__ import annotations

from fractions import Fraction

import av
from av.video.frame import VideoFrame

from py_remote_viewer.protocol.pictures import EncodedPicture

WIDTH = 320
_QUANTIZER = 4


def jpeg_of(picture: EncodedPicture) -> bytes | None:
    """JPEG, 320 px wide, of an IDR; None when it cannot be decoded."""
    try:
        decoder = av.CodecContext.create("h264", "r")
        frames = [*decoder.decode(av.Packet(picture.data)), *decoder.decode(None)]
        return jpeg(frames[0]) if frames and isinstance(frames[0], VideoFrame) else None
    except av.FFmpegError:
        return None


def jpeg(frame: VideoFrame) -> bytes:
    """`frame` as JPEG, 320 px wide."""
    height = max(2, round(WIDTH * frame.height / frame.width / 2) * 2)
    encoder = av.CodecContext.create("mjpeg", "w")
    assert isinstance(encoder, av.VideoCodecContext)
    encoder.width, encoder.height = WIDTH, height
    encoder.pix_fmt, encoder.time_base = "yuvj420p", Fraction(1, 60)
    encoder.qmin = encoder.qmax = _QUANTIZER
    small = frame.reformat(WIDTH, height, "yuvj420p")
    small.pts = 0
    return b"".join(bytes(packet) for packet in [*encoder.encode(small), *encoder.encode(None)])
