"""A picture as RTP payloads: H.264 (RFC 6184, packetization-mode 1) or VP8 (RFC 7741). Pure; once per picture for all peers.

Fragments have one constant size, so that a kernel can later cut one buffer into datagrams (UDP GSO).
"""

from __future__ import annotations

from py_remote_viewer import clock
from py_remote_viewer.encode import h264
from py_remote_viewer.protocol.pictures import EncodedPicture

MAX_PAYLOAD = (
    1200  # bytes; with RTP header, extensions, SRTP tag and IPv6/UDP headers about 1290, below every common MTU
)

_STAP_A = 24
_FU_A = 28
_FU_START, _FU_END = 0x80, 0x40
_VP8_START = b"\x10"
_PARAMETER_SETS = frozenset({h264.SPS, h264.PPS, h264.SEI})


class SharedPicture:
    """One picture on its way to many peers: its RTP payloads are made when the first peer asks, and kept.

    Attributes:
        picture: as it came from the engine.
        timestamp: capture time at 90 kHz, modulo 2^32; a peer adds its own origin.
    """

    __slots__ = ("_payloads", "picture", "timestamp")

    def __init__(self, picture: EncodedPicture) -> None:
        self.picture = picture
        self.timestamp = clock.to_rtp(picture.captured_s) & 0xFFFFFFFF
        self._payloads: tuple[bytes, ...] | None = None

    @property
    def payloads(self) -> tuple[bytes, ...]:
        """RTP payloads in sending order; the last one carries the marker bit. Empty when `data` holds no NAL unit."""
        if self._payloads is None:
            make = packetize_vp8 if self.picture.codec == "vp8" else packetize
            self._payloads = make(self.picture.data)
        return self._payloads


def packetize(access_unit: bytes, max_payload: int = MAX_PAYLOAD) -> tuple[bytes, ...]:
    """RTP payloads of an Annex B access unit, none longer than `max_payload` bytes (at least 16)."""
    payloads: list[bytes] = []
    small: list[bytes] = []
    for nalu in h264.split_nalus(access_unit):
        if h264.nalu_type(nalu) in _PARAMETER_SETS and len(nalu) + 3 <= max_payload:
            if _stap_size(small) + 2 + len(nalu) > max_payload:
                payloads += _aggregate(small)
                small = []
            small.append(nalu)
            continue
        payloads += _aggregate(small)
        small = []
        payloads += [nalu] if len(nalu) <= max_payload else _fragment(nalu, max_payload)
    return (*payloads, *_aggregate(small))


def packetize_vp8(frame: bytes, max_payload: int = MAX_PAYLOAD) -> tuple[bytes, ...]:
    """RTP payloads of one VP8 frame, none longer than `max_payload` bytes (at least 2).

    The payload descriptor (RFC 7741, 4.2) is the one byte that is required: no PictureID, which only layers need, and which
    would jump when a peer moves to another rung. Of it, S marks the start of the frame's first partition.
    """
    room = max_payload - 1
    return tuple((_VP8_START if at == 0 else b"\0") + frame[at : at + room] for at in range(0, len(frame), room))


def _stap_size(nalus: list[bytes]) -> int:
    return 1 + sum(2 + len(nalu) for nalu in nalus)


def _aggregate(nalus: list[bytes]) -> list[bytes]:
    """One STAP-A (RFC 6184, 5.7.1), or the unit alone when there is only one."""
    if len(nalus) < 2:
        return list(nalus)
    importance = max(nalu[0] & 0x60 for nalu in nalus)
    return [bytes([importance | _STAP_A]) + b"".join(len(nalu).to_bytes(2, "big") + nalu for nalu in nalus)]


def _fragment(nalu: bytes, max_payload: int) -> list[bytes]:
    """FU-A fragments (RFC 6184, 5.8), all of `max_payload` bytes but the last."""
    indicator = (nalu[0] & 0xE0) | _FU_A
    kind = nalu[0] & 0x1F
    room = max_payload - 2
    starts = range(1, len(nalu), room)
    return [
        bytes([indicator, kind | (_FU_START if at == 1 else 0) | (_FU_END if at + room >= len(nalu) else 0)])
        + nalu[at : at + room]
        for at in starts
    ]
