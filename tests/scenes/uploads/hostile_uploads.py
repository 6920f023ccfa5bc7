"""Uploads that mean harm, or look like it: what every door for files is tested with.

`@CANARY@` in a text stands for a folder of this machine whose files nobody may open.
"""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Literal

from tests.scenes.uploads.packing import mesh_model, tetra_obj, zipped

Outcome = Literal["invalid", "expensive", "loads", "malformed"]
Files = dict[str, bytes]
BALL = '<mujoco><worldbody><body pos="0 0 1"><freejoint/><geom size=".1"/></body></worldbody></mujoco>'
CANARY_FILES = {
    "scene.xml": BALL,
    "mesh.obj": tetra_obj().decode(),
    "picture.png": "no picture",
    "robot.urdf": "<robot/>",
}


@dataclass(frozen=True, slots=True)
class HostileUpload:
    """Files that are uploaded together, and what must come of it; `says` is part of the refusal."""

    name: str
    build: Callable[[], Files]
    outcome: Outcome
    says: str = ""


def _member(name: str, data: bytes = b"", **fields: int) -> tuple[zipfile.ZipInfo, bytes]:
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED
    for key, value in fields.items():
        setattr(info, key, value)
    return info, data


def _archive(*members: tuple[zipfile.ZipInfo, bytes]) -> bytes:
    archived = io.BytesIO()
    with zipfile.ZipFile(archived, "w") as packed:
        for info, data in members:
            packed.writestr(info, data)
    return archived.getvalue()


def _one(data: bytes, name: str = "bot.zip") -> Files:
    return {name: data}


def _named(name: str, data: bytes = tetra_obj()) -> Files:
    """A good model, and one member with a bad name: written as it is, whatever `zipfile` thinks of it."""
    wanted = name.encode("utf-8")
    stand_in = "x" * len(wanted) if name.isascii() else "é" + "x" * (len(wanted) - 2)  # which flags it as UTF-8
    raw = _archive(_member("bot.xml", BALL.encode()), _member(stand_in, data))
    return _one(raw.replace(stand_in.encode("utf-8"), wanted))


def _linked(kind: int) -> Files:
    link = _member("mesh.obj", b"@CANARY@/mesh.obj", external_attr=(kind | 0o777) << 16, create_system=3)
    return _one(_archive(_member("bot.xml", mesh_model("mesh.obj").encode()), link))


def _bomb(size: int, count: int = 1) -> Files:
    return _one(zipped({"bot.xml": BALL} | {f"m{i}.stl": bytes(size) for i in range(count)}))


def _lying(size: int) -> Files:
    """The table of contents says less than is in it."""
    raw = bytearray(zipped({"bot.xml": BALL.ljust(200_000)}))
    at = raw.rfind(b"PK\x01\x02")
    raw[at + 24 : at + 28] = struct.pack("<I", size)
    return _one(bytes(raw))


def _many(count: int) -> Files:
    return _one(zipped({"bot.xml": BALL} | {f"{i}.txt": b"" for i in range(count)}, zipfile.ZIP_STORED))


def _claimed(count: int, length: int = 0) -> Files:
    """An end that speaks of a table of contents which is not there."""
    return _one(b"PK\x03\x04" + bytes(100) + b"PK\x05\x06" + struct.pack("<4H2LH", 0, 0, count, count, length, 0, 0))


def _overlapping() -> Files:
    """Many entries of the table of contents point at the same data."""
    good = zipped({"bot.xml": BALL, "big.stl": bytes(2**19)})
    end = good.rfind(b"PK\x05\x06")
    start = struct.unpack_from("<L", good, end + 16)[0]
    entry_at = good.find(b"PK\x01\x02", start + 4)
    entry = good[entry_at:end]
    count = 3000
    table = good[start:entry_at] + entry * count
    tail = b"PK\x05\x06" + struct.pack("<4H2LH", 0, 0, count + 1, count + 1, len(table), start, 0)
    return _one(good[:start] + table + tail)


def _encrypted() -> Files:
    return _one(_flagged(0x1))


def _flagged(bits: int) -> bytes:
    raw = bytearray(zipped({"bot.xml": BALL}))
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = raw.find(magic) + offset
        raw[at : at + 2] = struct.pack("<H", struct.unpack_from("<H", raw, at)[0] | bits)
    return bytes(raw)


def _damaged(at: int) -> Files:
    raw = bytearray(zipped({"bot.xml": BALL.ljust(5000, " ")}, zipfile.ZIP_STORED))
    raw[at] ^= 0xFF
    return _one(bytes(raw))


def _cut(share: float) -> Files:
    raw = zipped({"bot.xml": BALL, "m.stl": bytes(range(256)) * 100})
    return _one(raw[: int(len(raw) * share)])


def _texts(**texts: str) -> Files:
    return {name.replace("__", "/") + ".xml": text.encode() for name, text in texts.items()}


def _include(name: str) -> str:
    return f'<mujoco><include file="{name}"/></mujoco>'


def _png_polyglot() -> Files:
    return {"bot.png": b"\x89PNG\r\n\x1a\n" + zipped({"bot.xml": BALL})}


def _urdf(mesh: str, before: str = "") -> Files:
    text = f'{before}<robot name="r"><link name="a"><inertial><mass value="1"/>'
    text += '<inertia ixx="1" iyy="1" izz="1" ixy="0" ixz="0" iyz="0"/></inertial>'
    text += f'<collision><geometry><mesh filename="{mesh}"/></geometry></collision></link></robot>'
    return {"r.urdf": text.encode()}


def _mesh(name: str, data: bytes) -> Files:
    return {"bot.xml": mesh_model(name).encode(), name: data}


def _stl(faces: int, data: bytes = b"") -> bytes:
    return bytes(80) + struct.pack("<I", faces) + data


def _png_size(side: int) -> bytes:
    head = struct.pack(">2I5B", side, side, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + head + bytes(4)


def _textured(data: bytes) -> Files:
    text = '<mujoco><asset><texture name="t" type="2d" file="t.png"/></asset><worldbody><geom size="1"/></worldbody></mujoco>'
    return {"bot.xml": text.encode(), "t.png": data}


def _mjb(*numbers: int, rest: bytes = b"") -> Files:
    return {"bot.mjb": struct.pack(f"<{len(numbers)}i", *numbers) + rest}


def _zip_of(files: Mapping[str, bytes | str]) -> Files:
    return _one(zipped(files))


HOSTILE_UPLOADS: tuple[HostileUpload, ...] = (
    # names
    HostileUpload("parent_folder", partial(_named, "../mesh.obj"), "invalid", "leads out"),
    HostileUpload("parent_folder_inside", partial(_named, "a/../../m.obj"), "invalid", "leads out"),
    HostileUpload("parent_by_backslash", partial(_named, "..\\mesh.obj"), "invalid", "leads out"),
    HostileUpload("absolute_path", partial(_named, "/etc/mesh.obj"), "invalid", "another machine"),
    HostileUpload("drive_letter", partial(_named, "C:/mesh.obj"), "invalid", "another machine"),
    HostileUpload("network_share", partial(_named, "\\\\host\\share\\m"), "invalid", "another machine"),
    HostileUpload("nul_in_name", partial(_named, "mesh.obj\0.txt"), "invalid", "U+0000"),
    HostileUpload("line_end_in_name", partial(_named, "me\nsh.obj"), "invalid", "U+000A"),
    HostileUpload("reversed_name", partial(_named, "m\u202eobj.exe"), "invalid", "U+202E"),
    HostileUpload("invisible_name", partial(_named, "me\u200bsh.obj"), "invalid", "U+200B"),
    HostileUpload("fullwidth_dots", partial(_named, "\uff0e\uff0e\uff0fm.obj"), "loads"),
    HostileUpload("long_name", partial(_named, "m" * 600), "invalid", "600 characters"),
    HostileUpload("deep_name", partial(_named, "d/" * 60 + "m"), "invalid", "folders"),
    HostileUpload("same_name_twice", partial(_named, "bot.xml"), "invalid", "twice"),
    HostileUpload(
        "names_by_case", lambda: _zip_of({"bot.xml": mesh_model("A.obj"), "A.obj": tetra_obj(), "a.OBJ": b"x"}), "loads"
    ),
    HostileUpload("uploaded_as_parent", lambda: {"../../bot.xml": BALL.encode()}, "invalid", "leads out"),
    HostileUpload("uploaded_as_absolute", lambda: {"/etc/cron.d/bot.xml": BALL.encode()}, "invalid", "another machine"),
    # kinds of member
    HostileUpload("symbolic_link", partial(_linked, stat.S_IFLNK), "invalid", "symbolic link"),
    HostileUpload("device", partial(_linked, stat.S_IFCHR), "invalid", "no ordinary file"),
    HostileUpload("pipe", partial(_linked, stat.S_IFIFO), "invalid", "no ordinary file"),
    HostileUpload("encrypted", _encrypted, "invalid", "encrypted"),
    HostileUpload("strongly_encrypted", lambda: _one(_flagged(0x41)), "invalid", "encrypted"),
    HostileUpload("other_method", lambda: _one(zipped({"bot.xml": BALL}, zipfile.ZIP_LZMA)), "invalid", "method 14"),
    # bombs
    HostileUpload("bomb", partial(_bomb, 64 * 2**20), "expensive", "grows to"),
    HostileUpload("bomb_of_many", partial(_bomb, 2**20, 600), "expensive", "MiB"),
    HostileUpload("bomb_that_overlaps", _overlapping, "expensive", "MiB"),
    HostileUpload("bomb_that_lies", partial(_lying, 100), "invalid", "broken"),
    HostileUpload("bomb_that_claims_more", partial(_lying, 2**30), "expensive", "grows to"),
    HostileUpload(
        "nested_archives",
        lambda: _zip_of({"inner.zip": zipped({"bot.xml": BALL})}),
        "invalid",
        "no model",
    ),
    HostileUpload(
        "nested_beside_a_model", lambda: _zip_of({"bot.xml": BALL, "inner.zip": zipped({"x": bytes(2**24)})}), "loads"
    ),
    HostileUpload("tar_beside_a_model", lambda: _zip_of({"bot.xml": BALL, "inner.tar.gz": b"x"}), "loads"),
    HostileUpload("files_5000", partial(_many, 5000), "expensive", "files"),
    HostileUpload("claims_60000_files", partial(_claimed, 60_000), "expensive", "60000 files"),
    HostileUpload("claims_long_table", partial(_claimed, 10, 2**31), "expensive", "table of contents"),
    HostileUpload("claims_wide_table", partial(_claimed, 0xFFFF, 0xFFFFFFFF), "invalid", "not a zip"),
    # broken
    HostileUpload("empty_archive", lambda: _one(zipped({})), "invalid", "no model"),
    HostileUpload("empty_file", lambda: _one(b""), "invalid", "not a zip"),
    HostileUpload("no_archive", lambda: _one(b"GIF89a" * 1000), "invalid", "not a zip"),
    HostileUpload("only_an_end", lambda: _one(b"PK\x05\x06" + bytes(17)), "invalid", "not a zip"),
    HostileUpload("cut_in_the_middle", partial(_cut, 0.5), "invalid", "not a zip"),
    HostileUpload("cut_at_the_end", partial(_cut, 0.98), "invalid", "not a zip"),
    HostileUpload("damaged_contents", partial(_damaged, 300), "invalid", "broken"),
    HostileUpload("damaged_header", partial(_damaged, 1), "invalid", ""),
    HostileUpload("zip_named_as_model", lambda: {"bot.xml": zipped({"bot.xml": BALL})}, "invalid", "not well-formed"),
    HostileUpload("model_named_as_zip", lambda: {"bot.zip": BALL.encode()}, "invalid", "not a zip"),
    HostileUpload("picture_and_zip", _png_polyglot, "invalid", "no model"),
    HostileUpload("pdf_before_a_zip", lambda: _one(b"%PDF-1.4\n" + bytes(100) + zipped({"bot.xml": BALL})), "loads"),
    HostileUpload("program", lambda: {"bot.exe": b"MZ" + bytes(100)}, "invalid", "no model"),
    # models
    HostileUpload(
        "includes_outside", lambda: _texts(bot=_include("@CANARY@/other.xml")), "invalid", "not in the upload"
    ),
    HostileUpload("includes_itself", lambda: _texts(bot=_include("bot.xml")), "invalid", "includes"),
    HostileUpload(
        "includes_in_a_circle",
        lambda: _zip_of({"a/a.xml": _include("b.xml"), "a/b.xml": _include("a.xml")}),
        "invalid",
        "includes",
    ),
    HostileUpload(
        "includes_like_a_tree",
        lambda: _texts(bot=_include("i0.xml"), **{f"i{i}": _include(f"i{i + 1}.xml") for i in range(60)}),
        "expensive",
        "inside each other",
    ),
    HostileUpload(
        "doctype_in_an_include", lambda: _texts(bot=_include("x.xml"), x="<!DOCTYPE m><mujoco/>"), "invalid", "DOCTYPE"
    ),
    HostileUpload("mesh_outside", lambda: _texts(bot=mesh_model("@CANARY@/mesh.obj")), "invalid", "not in the upload"),
    HostileUpload(
        "mesh_by_parent", lambda: _texts(bot=mesh_model("../../../..@CANARY@/mesh.obj")), "invalid", "not in the upload"
    ),
    HostileUpload(
        "mesh_folder_outside",
        lambda: _texts(bot=mesh_model("mesh.obj", '<compiler meshdir="@CANARY@"/>')),
        "invalid",
        "not in",
    ),
    HostileUpload(
        "mesh_by_address", lambda: _texts(bot=mesh_model("file://@CANARY@/mesh.obj")), "invalid", "not in the upload"
    ),
    HostileUpload(
        "mesh_in_a_nested_archive",
        lambda: _texts(bot=mesh_model("in.zip/mesh.obj")) | {"in.zip": zipped({"mesh.obj": tetra_obj()})},
        "invalid",
        "not in the upload",
    ),
    HostileUpload("mesh_without_end", partial(_mesh, "m.stl", _stl(2**31 - 1)), "invalid"),
    HostileUpload("mesh_of_noise", partial(_mesh, "m.stl", _stl(100, b"\xff" * 5000)), "invalid"),
    HostileUpload(
        "mesh_with_far_corners", partial(_mesh, "m.obj", tetra_obj().replace(b"f 1 3 2", b"f 1 3 99999999")), "invalid"
    ),
    HostileUpload("picture_of_900_megapixels", partial(_textured, _png_size(30_000)), "invalid"),
    HostileUpload("picture_of_nothing", partial(_textured, b"\x89PNG\r\n\x1a\n"), "invalid"),
    HostileUpload("urdf_with_doctype", partial(_urdf, "m.stl", "<!DOCTYPE r [<!ENTITY a 'b'>]>"), "invalid", "DOCTYPE"),
    HostileUpload(
        "urdf_mesh_outside", partial(_urdf, "package://bot@CANARY@/mesh.obj"), "invalid", "not in the upload"
    ),
    HostileUpload("mjb_of_nothing", partial(_mjb, 54321), "invalid", "not an MJB"),
    HostileUpload(
        "mjb_of_another_version", partial(_mjb, 54321, 8, 98, 3003007, 485, rest=bytes(4000)), "invalid", "MuJoCo 3.3.7"
    ),
    HostileUpload("mjb_of_floats", partial(_mjb, 54321, 4, 98, 3017000, 485), "invalid", "4 bytes"),
    HostileUpload(
        "mjb_of_noise", partial(_mjb, 54321, 8, 98, 3017000, 485, rest=b"\x7f" * 100_000), "invalid", "damaged"
    ),
    HostileUpload("mjb_cut_off", partial(_mjb, 54321, 8, 98, 3017000, 485, rest=bytes(200)), "invalid"),
)


def with_canary(files: Files, folder: str) -> Files:
    """The same with `@CANARY@` replaced."""
    return {name: data.replace(b"@CANARY@", folder.encode()) for name, data in files.items()}
