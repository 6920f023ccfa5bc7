"""What the first bytes of an `.mjb` say: whether this MuJoCo can read it at all. Pure; needs no mujoco."""

from __future__ import annotations

import struct

from py_remote_viewer.errors import SceneInvalid

_HEAD = struct.Struct("<5i")  # magic, bytes of a number, number of sizes, version, number of arrays
_MAGIC = 54321


def require_version(data: bytes, ours: bytes, our_version: str) -> None:
    """Refuse a file of another MuJoCo: the format is that of one version.

    Args:
        data: the file, or its beginning.
        ours: the first bytes of any model saved by this MuJoCo.
        our_version: how people call it.

    Raises:
        SceneInvalid: with the way out.
    """
    if len(data) < _HEAD.size or _HEAD.unpack_from(data)[0] != _MAGIC:
        raise SceneInvalid(
            "this is not an MJB file", hint="Upload the model's XML, or save it again with mj_saveModel."
        )
    _, number, _, version, _ = theirs = _HEAD.unpack_from(data)
    if theirs == _HEAD.unpack_from(ours):
        return
    said = f"{version // 1_000_000}.{version // 1000 % 1000}.{version % 1000}" if version >= 1_000_000 else f"{version}"
    why = f"was saved by MuJoCo {said}" if number == 8 else f"holds numbers of {number} bytes"
    raise SceneInvalid(
        f"this MJB {why}; here is MuJoCo {our_version}, and an MJB is read by the same version only",
        hint="Upload the model's XML with its files instead: it is read by every version.",
    )
