"""H.264 as bytes: NAL units, their types, and what an SPS says. Pure.

An access unit travels as Annex B: every NAL unit behind a start code (ITU-T H.264, B.1). A unit never holds a start code
and never ends in a zero byte, so splitting needs no knowledge of what is inside.
"""

from __future__ import annotations

from collections.abc import Iterable

SLICE = 1
IDR_SLICE = 5
SEI = 6
SPS = 7
PPS = 8

START_CODE = b"\x00\x00\x00\x01"
_SHORT_START_CODE = b"\x00\x00\x01"


def split_nalus(access_unit: bytes) -> list[bytes]:
    """The NAL units of an Annex B access unit, without start codes; empty when there is no start code.

    What lies before the first start code is dropped, and so are empty units.
    """
    parts = access_unit.split(_SHORT_START_CODE)[1:]
    # A zero before a start code belongs to the start code or is a trailing_zero_8bits.
    stripped = (part.rstrip(b"\x00") for part in parts)
    return [nalu for nalu in stripped if nalu]


def join_nalus(nalus: Iterable[bytes]) -> bytes:
    """An Annex B access unit, every unit behind a four-byte start code."""
    return b"".join(START_CODE + nalu for nalu in nalus)


def nalu_type(nalu: bytes) -> int:
    """`nal_unit_type` of a unit that is not empty."""
    return nalu[0] & 0x1F


def holds_idr(access_unit: bytes) -> bool:
    """Whether a decoder can start here: an IDR slice, with its SPS and PPS in front."""
    types = [nalu_type(nalu) for nalu in split_nalus(access_unit)]
    return IDR_SLICE in types and {SPS, PPS} <= set(types[: types.index(IDR_SLICE)])


def profile_level_id(access_unit: bytes) -> str | None:
    """`profile-level-id` of the first SPS, six hex digits as in SDP (RFC 6184, 8.1); None when there is no whole SPS."""
    for nalu in split_nalus(access_unit):
        if nalu_type(nalu) == SPS and len(nalu) >= 4:
            return nalu[1:4].hex()
    return None
