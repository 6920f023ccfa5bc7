"""An encoded picture: the only form in which pixels leave the engine."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Literal

_HEADER = struct.Struct("!BBBHHIdI")  # rung, flags, codec, width, height, picture_id, captured_s, encode_us
_IDR = 1
Codec = Literal["h264", "vp8", "mjpeg"]
CODECS: tuple[Codec, ...] = ("h264", "vp8", "mjpeg")


@dataclass(frozen=True, slots=True)
class EncodedPicture:
    """One encoded picture: an H.264 access unit (Annex B, SPS and PPS in front of every IDR), a VP8 frame, or a JPEG file.

    Attributes:
        data: the bytes.
        is_idr: whether a decoder can start here; always for JPEG.
        rung: which shared encode of the view it belongs to.
        picture_id: counts the pictures of the engine, over all rungs.
        captured_s: monotonic clock when the state that it shows was taken, before rendering; RTP time is made from it.
        width: px.
        height: px.
        encode_s: time that converting and encoding took.
        codec: what `data` is.
    """

    data: bytes
    is_idr: bool
    rung: int
    picture_id: int
    captured_s: float
    width: int
    height: int
    encode_s: float = 0.0
    codec: Codec = "h264"

    def pack(self) -> bytes:
        """The picture as bytes for the engine pipe."""
        head = _HEADER.pack(
            self.rung,
            _IDR if self.is_idr else 0,
            CODECS.index(self.codec),
            self.width,
            self.height,
            self.picture_id & 0xFFFFFFFF,
            self.captured_s,
            round(self.encode_s * 1e6),
        )
        return head + self.data

    @classmethod
    def unpack(cls, raw: bytes | memoryview) -> EncodedPicture:
        """Undo `pack`. Raises `struct.error` when `raw` is too short."""
        rung, flags, codec, width, height, picture_id, captured_s, encode_us = _HEADER.unpack_from(raw)
        return cls(
            data=bytes(raw[_HEADER.size :]),
            is_idr=bool(flags & _IDR),
            rung=rung,
            picture_id=picture_id,
            captured_s=captured_s,
            width=width,
            height=height,
            encode_s=encode_us / 1e6,
            codec=CODECS[codec % len(CODECS)],
        )
