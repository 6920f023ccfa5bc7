"""What goes over `WS /ws/media`, the second transport: one JSON text each way to begin with, then binary only.

Server to page: a fixed header and the picture (an H.264 access unit in Annex B, or a JPEG file). Page to server: the
`picture_id` of the newest picture that it took off the socket, four bytes, big-endian; it stands for all before it too.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Annotated, Literal, get_args

from pydantic import Field, TypeAdapter, ValidationError

from py_remote_viewer.errors import MessageInvalid
from py_remote_viewer.protocol.base import Message
from py_remote_viewer.protocol.pictures import EncodedPicture

SocketCodec = Literal["h264", "mjpeg"]
SOCKET_CODECS: tuple[SocketCodec, ...] = get_args(SocketCodec)
HEADER_VERSION = 1
MAX_BIND_CHARS = 1024

_HEADER = struct.Struct("!BBBBHHId")  # version, flags, codec, rung, width, height, picture_id, captured_s
_ACK = struct.Struct("!I")
_IDR = 1
HEADER_BYTES = _HEADER.size
_WIRE_CODEC = {"h264": 0, "mjpeg": 1}


class BindVideo(Message):
    """First text of the page: whose pictures these are. `key` came over that peer's signaling socket and works once."""

    type: Literal["bind"] = "bind"
    peer_id: Annotated[str, Field(max_length=64)]
    key: Annotated[str, Field(min_length=16, max_length=64)]
    room_id: Annotated[str, Field(max_length=64)] = "main"
    codec: SocketCodec = "h264"


class VideoReady(Message):
    """The server's answer: pictures follow. A refusal is an `error`, as on the signaling socket, and a close."""

    type: Literal["ready"] = "ready"
    codec: SocketCodec


@dataclass(frozen=True, slots=True)
class PictureHeader:
    """What stands in front of each picture; the fields are those of `EncodedPicture`."""

    is_idr: bool
    codec: SocketCodec
    rung: int
    width: int
    height: int
    picture_id: int
    captured_s: float


def pack_picture(picture: EncodedPicture) -> bytes:
    """`picture` as one binary message."""
    head = _HEADER.pack(
        HEADER_VERSION,
        _IDR if picture.is_idr else 0,
        _WIRE_CODEC[picture.codec],
        picture.rung,
        picture.width,
        picture.height,
        picture.picture_id & 0xFFFFFFFF,
        picture.captured_s,
    )
    return head + picture.data


def unpack_picture(raw: bytes) -> tuple[PictureHeader, bytes]:
    """Undo `pack_picture`. Raises MessageInvalid."""
    if len(raw) < HEADER_BYTES:
        raise MessageInvalid(f"a picture of {len(raw)} bytes", hint=f"The header alone takes {HEADER_BYTES}.")
    version, flags, codec, rung, width, height, picture_id, captured_s = _HEADER.unpack_from(raw)
    if version != HEADER_VERSION or codec >= len(SOCKET_CODECS):
        raise MessageInvalid(f"a picture of version {version}, codec {codec}", hint="Reload the page.")
    header = PictureHeader(bool(flags & _IDR), SOCKET_CODECS[codec], rung, width, height, picture_id, captured_s)
    return header, raw[HEADER_BYTES:]


def parse_bind(text: str) -> BindVideo:
    """The first text of a page. Raises MessageInvalid."""
    if len(text) > MAX_BIND_CHARS:
        raise MessageInvalid(f"a first message of {len(text)} characters", hint=_BIND_HINT)
    try:
        return _bind.validate_json(text)
    except ValidationError as exc:
        first = exc.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise MessageInvalid(f"{where}: {first['msg']}"[:300], hint=_BIND_HINT) from exc


def parse_ack(data: bytes) -> int:
    """The picture that is acknowledged. Raises MessageInvalid."""
    if len(data) != _ACK.size:
        raise MessageInvalid(f"an acknowledgement of {len(data)} bytes", hint="Send a picture_id as four bytes.")
    (picture_id,) = _ACK.unpack(data)
    return int(picture_id)


def pack_ack(picture_id: int) -> bytes:
    """Undo `parse_ack`."""
    return _ACK.pack(picture_id)


_BIND_HINT = 'Send {"type": "bind", "peer_id": …, "key": …} with what the signaling socket gave.'
_bind: TypeAdapter[BindVideo] = TypeAdapter(BindVideo)
