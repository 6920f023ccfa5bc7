"""Uploads as tests make them: archives, meshes, models that refer to files."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

TETRA = "v 0 0 0\nv {0} 0 0\nv 0 {0} 0\nv 0 0 {0}\nf 1 3 2\nf 1 2 4\nf 1 4 3\nf 2 3 4\n"


def tetra_obj(size: float = 1.0) -> bytes:
    """A mesh of four faces."""
    return TETRA.format(size).encode()


def tetra_stl(size: float = 1.0) -> bytes:
    """The same as binary STL."""
    corners = [(0, 0, 0), (size, 0, 0), (0, size, 0), (0, 0, size)]
    faces = [(0, 2, 1), (0, 1, 3), (0, 3, 2), (1, 2, 3)]
    body = b"".join(
        struct.pack("<12fH", 0, 0, 0, *(value for index in face for value in corners[index]), 0) for face in faces
    )
    return bytes(80) + struct.pack("<I", len(faces)) + body


def png(side: int = 4, grey: int = 128) -> bytes:
    """A square picture of one colour."""
    rows = (b"\0" + bytes([grey]) * side) * side

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">2I5B", side, side, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def zipped(files: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive."""
    archived = io.BytesIO()
    with zipfile.ZipFile(archived, "w", method) as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return archived.getvalue()


def mesh_model(file: str, before: str = "", name: str = "m") -> str:
    """A free body whose shape is `file`."""
    return (
        f'<mujoco>{before}<asset><mesh name="{name}" file="{file}"/></asset><worldbody><body pos="0 0 1">'
        f'<freejoint/><geom type="mesh" mesh="{name}" density="100"/></body></worldbody></mujoco>'
    )


ROBOT = {
    "bot/bot.xml": mesh_model(
        "part.stl", '<compiler meshdir="meshes" texturedir="textures"/><include file="look.xml"/>'
    ),
    "bot/look.xml": '<mujoco><asset><texture name="t" type="2d" file="grey.png"/></asset></mujoco>',
    "bot/scene.xml": '<mujoco><include file="bot.xml"/><worldbody><light pos="0 0 3"/>'
    '<geom type="plane" size="2 2 .1"/></worldbody></mujoco>',
    "bot/meshes/part.stl": tetra_stl(),
    "bot/textures/grey.png": png(),
    "bot/README.md": "A robot.",
}
