"""How a trajectory file (`.prvt`) lies on the disk: `magic`, then chunks that are only ever appended. Pure; no numpy.

    magic   8 bytes   89 50 52 56 54 0D 0A 01      (0x89 P R V T CR LF, version 1)
    chunk   u32 length of the payload | 4 letters, what it is | u32 CRC-32 of letters and payload | payload     (big endian)

A file that ends within a chunk (a crash, a full disk) is whole up to the chunk before. docs/recording.md lists the kinds.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from py_remote_viewer.errors import RecordingInvalid

MAGIC = b"\x89PRVT\r\n\x01"
MAX_CHUNK_BYTES = 32 * 2**20
MOST_UNPACKED_BYTES = 2**30
_HEAD = struct.Struct("!I4sI")

HEAD = b"HEAD"  # JSON: versions, the scene, the layout of rows
MODEL = b"MJB "  # a piece of the compiled model, zlib; the pieces in order are the file
XML = b"XML "  # MJCF as it was given, zlib
OPTIONS = b"OPTS"  # JSON: mjOption from the row on that it names
LOOK = b"LOOK"  # JSON: what the picture shows (flags, groups, labels) from the row on that it names
INPUTS = b"INPT"  # JSON: what people did, with step numbers
ROWS = b"ROWS"  # states; see rows.py
END = b"END "  # JSON: why it ended
KINDS = (HEAD, MODEL, XML, OPTIONS, LOOK, INPUTS, ROWS, END)


@dataclass(frozen=True, slots=True)
class Chunk:
    """One chunk: four letters and what they stand for."""

    kind: bytes
    payload: bytes


def pack_chunk(kind: bytes, payload: bytes) -> bytes:
    """A chunk as bytes."""
    assert kind in KINDS
    assert len(payload) <= MAX_CHUNK_BYTES
    return _HEAD.pack(len(payload), kind, zlib.crc32(payload, zlib.crc32(kind))) + payload


def read_chunks(file: BinaryIO) -> Iterator[Chunk]:
    """The chunks of `file` from its start, up to the last whole one.

    Raises:
        RecordingInvalid: it is no trajectory, or of a newer version.
    """
    magic = file.read(len(MAGIC))
    if magic[:-1] != MAGIC[:-1]:
        raise RecordingInvalid(
            "this is no trajectory file", hint="Trajectories end in .prvt; record one with the Record panel."
        )
    if magic != MAGIC:
        raise RecordingInvalid(
            f"the trajectory has version {magic[-1]}, this program reads version {MAGIC[-1]}",
            hint="Use a newer py_remote_viewer.",
        )
    while len(head := file.read(_HEAD.size)) == _HEAD.size:
        length, kind, checksum = _HEAD.unpack(head)
        if length > MAX_CHUNK_BYTES:
            return
        payload = file.read(length)
        if len(payload) < length or zlib.crc32(payload, zlib.crc32(kind)) != checksum:
            return
        yield Chunk(kind, payload)


def unpacked(payload: bytes, most_bytes: int = MOST_UNPACKED_BYTES) -> bytes:
    """Undo zlib, within a bound.

    Raises:
        RecordingInvalid: it is broken, or would become larger than `most_bytes`.
    """
    inflate = zlib.decompressobj()
    try:
        data = inflate.decompress(payload, most_bytes)
    except zlib.error as exc:
        raise RecordingInvalid(f"a chunk cannot be unpacked: {exc}", hint="The file is damaged.") from exc
    if not inflate.eof:
        raise RecordingInvalid(f"a chunk unpacks to more than {most_bytes} bytes", hint="The file is damaged.")
    return data
