"""PNG files (W3C PNG, third edition) of eight-bit RGB and sixteen-bit grey, with words in them. Pure."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_GREY, _RGB = 0, 2
_UP = 2  # each row as its difference to the one above: what a rendered picture packs well by
_LEVEL = 4


def png(picture: NDArray[Any], words: Mapping[str, str] | None = None) -> bytes:
    """`picture` as a PNG file.

    Args:
        picture: (height, width, 3) uint8, or (height, width) uint16; top row first.
        words: for iTXt chunks, by keyword (1 to 79 Latin letters).
    """
    if picture.ndim == 3:
        assert picture.dtype == np.uint8
        rows = np.ascontiguousarray(picture).reshape(len(picture), -1)
        depth, colour = 8, _RGB
    else:
        assert picture.dtype == np.uint16
        rows = picture.astype(">u2").view(np.uint8).reshape(len(picture), -1)
        depth, colour = 16, _GREY
    filtered = np.empty((len(rows), rows.shape[1] + 1), np.uint8)
    filtered[:, 0] = _UP
    filtered[0, 1:] = rows[0]
    filtered[1:, 1:] = rows[1:] - rows[:-1]
    header = struct.pack("!IIBBBBB", picture.shape[1], picture.shape[0], depth, colour, 0, 0, 0)
    texts = b"".join(
        _chunk(b"iTXt", key.encode("latin-1") + b"\0\1\0\0\0" + zlib.compress(text.encode()))
        for key, text in (words or {}).items()
    )
    return (
        SIGNATURE
        + _chunk(b"IHDR", header)
        + texts
        + _chunk(b"IDAT", zlib.compress(filtered.tobytes(), _LEVEL))
        + _chunk(b"IEND", b"")
    )


def words_of(data: bytes) -> dict[str, str]:
    """The iTXt chunks of a PNG file that `png` made."""
    found, at = {}, len(SIGNATURE)
    while at < len(data):
        length, kind = struct.unpack_from("!I4s", data, at)
        body = data[at + 8 : at + 8 + length]
        if kind == b"iTXt":
            key, _, rest = body.partition(b"\0")
            found[key.decode("latin-1")] = zlib.decompress(rest[4:]).decode()
        at += 12 + length
    return found


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack("!I", len(body)) + kind + body + struct.pack("!I", zlib.crc32(kind + body))
