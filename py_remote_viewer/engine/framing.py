"""How messages lie on the engine pipe: `u32 length | u8 kind | body`, big endian. Pure.

Kinds: JSON; an encoded picture; JSON followed by bytes (`u32 length of the JSON | JSON | bytes`).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from py_remote_viewer.errors import EngineFailed

MAX_FRAME_BYTES = 64 * 2**20
MAX_DATA_BYTES = MAX_FRAME_BYTES - 2**20  # what may come with a JSON message
_HEAD = struct.Struct("!IB")
_LENGTH = struct.Struct("!I")


class Kind(IntEnum):
    """What the body is."""

    JSON = 1
    PICTURE = 2
    JSON_AND_BYTES = 3


@dataclass(frozen=True, slots=True)
class Frame:
    """One message: `json` and `data` as far as its kind has them."""

    kind: Kind
    json: bytes = b""
    data: bytes = b""


def pack(frame: Frame) -> bytes:
    """The frame as bytes."""
    if frame.kind is Kind.JSON:
        body = frame.json
    elif frame.kind is Kind.PICTURE:
        body = frame.data
    else:
        body = _LENGTH.pack(len(frame.json)) + frame.json + frame.data
    return _HEAD.pack(len(body), frame.kind) + body


class FrameReader:
    """Cuts a byte stream into frames, however it arrives."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[Frame]:
        """Frames that are complete now.

        Raises:
            EngineFailed: the stream is not ours any more (an impossible length or kind).
        """
        self._buffer += data
        while len(self._buffer) >= _HEAD.size:
            length, kind = _HEAD.unpack_from(self._buffer)
            if length > MAX_FRAME_BYTES or kind not in Kind.__members__.values():
                raise EngineFailed(f"broken engine pipe: frame of {length} bytes, kind {kind}")
            if len(self._buffer) < _HEAD.size + length:
                return
            body = bytes(self._buffer[_HEAD.size : _HEAD.size + length])
            del self._buffer[: _HEAD.size + length]
            yield _unpack(Kind(kind), body)


def _unpack(kind: Kind, body: bytes) -> Frame:
    if kind is Kind.JSON:
        return Frame(kind, json=body)
    if kind is Kind.PICTURE:
        return Frame(kind, data=body)
    if len(body) < _LENGTH.size:
        raise EngineFailed("broken engine pipe: frame too short")
    (size,) = _LENGTH.unpack_from(body)
    if _LENGTH.size + size > len(body):
        raise EngineFailed("broken engine pipe: frame too short")
    start = _LENGTH.size
    return Frame(kind, json=body[start : start + size], data=body[start + size :])
