"""The ladder of a room: which shared encodes of its view there are, from the best to the narrowest. Pure.

Numbers are fixed, so that a rung means the same everywhere (`EncodedPicture.rung`, `/api/stats`, `stream_status`):

| number | codec | for |
|---|---|---|
| 0 | H.264 | everybody who can: the view at full size |
| 1, 2, 3 | H.264 | links that cannot carry the one above |
| 4, 5, 6 | VP8 | peers whose offer has no H.264 with packetization-mode 1, from wide links to narrow ones |
| 7 | JPEG | pages without any video decoder |

A rung costs an encode only while somebody is on it, so there may be more of them than are ever used at once.
"""

from __future__ import annotations

from dataclasses import dataclass

from py_remote_viewer.config import RungSetting, Settings
from py_remote_viewer.protocol.engine_messages import RungSpec
from py_remote_viewer.protocol.pictures import Codec

TOP = 0
FIRST_VP8 = 4
MJPEG = 7
MJPEG_HEIGHT = 480
MJPEG_FPS = 15
_STEP = 0.8  # a rung that saves less than a fifth of the one above is no way out


@dataclass(frozen=True, slots=True)
class Ladder:
    """The rungs of each codec, best first; never empty.

    Attributes:
        h264: numbers 0 to 3.
        vp8: numbers 4 to 6.
        mjpeg: number 7, alone.
    """

    h264: tuple[RungSpec, ...]
    vp8: tuple[RungSpec, ...]
    mjpeg: tuple[RungSpec, ...]

    def of(self, codec: Codec) -> tuple[RungSpec, ...]:
        """The rungs that a peer with this codec moves on."""
        return {"h264": self.h264, "vp8": self.vp8, "mjpeg": self.mjpeg}[codec]

    @property
    def all(self) -> tuple[RungSpec, ...]:
        """Every rung, by number."""
        return (*self.h264, *self.vp8, *self.mjpeg)


def ladder_of(settings: Settings) -> Ladder:
    """The ladder that `settings` describe; rungs that are no smaller than the one above are left out."""
    top = (settings.height, settings.fps, settings.bitrate_bps)
    return Ladder(
        h264=_rungs("h264", TOP, (top, *settings.lower_rungs), top),
        vp8=_rungs("vp8", FIRST_VP8, settings.vp8_rungs, top),
        mjpeg=_rungs("mjpeg", MJPEG, ((MJPEG_HEIGHT, MJPEG_FPS, settings.bitrate_bps),), top),
    )


def _rungs(
    codec: Codec, first: int, wanted: tuple[RungSetting, ...], top: tuple[int, int, int]
) -> tuple[RungSpec, ...]:
    rungs: list[RungSpec] = []
    for height, fps, bitrate_bps in wanted:
        bitrate_bps = min(bitrate_bps, top[2])
        if rungs and bitrate_bps > _STEP * rungs[-1].bitrate_bps:
            continue
        rungs.append(
            RungSpec(
                rung=first + len(rungs),
                codec=codec,
                height=min(height, top[0]),
                fps=min(fps, top[1]),
                bitrate_bps=bitrate_bps,
            )
        )
    return tuple(rungs)
