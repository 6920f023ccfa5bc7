"""An encoded picture: the only form in which pixels leave the engine."""

from __future__ import annotations

import struct
from dataclasses import dataclass

_HEADER = struct.Struct("!BBHHIdI")  # rung, flags, width, height, picture_id, captured_s, encode_us
_IDR = 1


@dataclass(frozen=True, slots=True)
class EncodedPicture:
    """One H.264 access unit, Annex B, with SPS and PPS in front of every IDR.

    Attributes:
        data: the access unit.
        is_idr: whether a decoder can start here.
        rung: which shared encode of the view it belongs to.
        picture_id: counts the pictures of the engine, over all rungs.
        captured_s: monotonic clock when the state that it shows was taken, before rendering; RTP time is made from it.
        width: px.
        height: px.
        encode_s: time that converting and encoding took.
    """

    data: bytes
    is_idr: bool
    rung: int
    picture_id: int
    captured_s: float
    width: int
    height: int
    encode_s: float = 0.0

    def pack(self) -> bytes:
        """The picture as bytes for the engine pipe."""
        head = _HEADER.pack(
            self.rung,
            _IDR if self.is_idr else 0,
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
        rung, flags, width, height, picture_id, captured_s, encode_us = _HEADER.unpack_from(raw)
        return cls(
            data=bytes(raw[_HEADER.size :]),
            is_idr=bool(flags & _IDR),
            rung=rung,
            picture_id=picture_id,
            captured_s=captured_s,
            width=width,
            height=height,
            encode_s=encode_us / 1e6,
        )
