"""An MP4 file made of pictures that are encoded already: nothing is encoded here, and every picture keeps its own time.

While it is written the file is fragmented, a fragment a second, so that a crash loses about that much; closing it turns it
into a plain one with an index (libavformat's `hybrid_fragmented`), which browsers seek in.
"""

from __future__ import annotations

import io
from fractions import Fraction
from pathlib import Path
from typing import Any

import av

from py_remote_viewer.clock import RTP_CLOCK_HZ, to_rtp
from py_remote_viewer.protocol.pictures import EncodedPicture

FRAGMENT_US = 1_000_000
LONGEST_S = (2**31 - 1) // RTP_CLOCK_HZ  # that one picture is shown, 6.6 h: the muxer refuses more
_TIME_BASE = Fraction(1, RTP_CLOCK_HZ)
_OPTIONS = {
    "movflags": "hybrid_fragmented+empty_moov+default_base_moof",
    "frag_duration": str(FRAGMENT_US),
    "video_track_timescale": str(RTP_CLOCK_HZ),
    "flush_packets": "1",
}


class Mp4Writer:
    """One file. Use it from one thread at a time; `close` when done.

    Attributes:
        width: of its pictures, px.
        height: of its pictures, px.
        pictures: written or about to be.
    """

    def __init__(self, path: Path, first: EncodedPicture) -> None:
        """Begin with `first`, an IDR of H.264.

        Raises:
            OSError: the file cannot be written.
        """
        assert first.is_idr
        assert first.codec == "h264"
        self.path = path
        self.width, self.height = first.width, first.height
        self.pictures = 0
        self._began = to_rtp(first.captured_s)
        self._waiting: EncodedPicture | None = None  # its duration is known when the next one is there
        self._container: Any = av.open(str(path), "w", format="mp4", options=_OPTIONS)
        with av.open(io.BytesIO(first.data), format="h264") as parameters:  # SPS and PPS, as the muxer wants them
            self._stream: Any = self._container.add_stream_from_template(parameters.streams.video[0])
        self._stream.time_base = _TIME_BASE
        self.add(first)

    @property
    def duration_s(self) -> float:
        """From the first picture to the newest one."""
        return (to_rtp(self._waiting.captured_s) - self._began) / RTP_CLOCK_HZ if self._waiting is not None else 0.0

    def add(self, picture: EncodedPicture) -> None:
        """Append `picture`, of the same size. One that is not later than the one before is left out.

        Raises:
            OSError: the disk is full, or gone.
        """
        if self._waiting is not None:
            if to_rtp(picture.captured_s) <= to_rtp(self._waiting.captured_s):
                return
            self._write(self._waiting, to_rtp(picture.captured_s))
        self._waiting = picture
        self.pictures += 1

    def close(self, end_s: float) -> float:
        """Finish the file; its last picture is shown until `end_s` (monotonic). Gives its duration in seconds. Idempotent.

        Raises:
            OSError: the disk is full, or gone; what was written before can be played all the same.
        """
        if self._container is None:
            return 0.0
        assert self._waiting is not None
        last = to_rtp(self._waiting.captured_s)
        end = min(max(to_rtp(end_s), last + RTP_CLOCK_HZ // 120), last + LONGEST_S * RTP_CLOCK_HZ)
        try:
            self._write(self._waiting, end)
        finally:
            container, self._container = self._container, None
            container.close()
        return (end - self._began) / RTP_CLOCK_HZ

    def _write(self, picture: EncodedPicture, until: int) -> None:
        packet = av.Packet(picture.data)
        packet.stream = self._stream
        packet.time_base = _TIME_BASE
        packet.pts = packet.dts = to_rtp(picture.captured_s) - self._began
        packet.duration = min(until - to_rtp(picture.captured_s), LONGEST_S * RTP_CLOCK_HZ)
        packet.is_keyframe = picture.is_idr
        self._container.mux_one(packet)


def duration_of(path: Path) -> float:
    """Seconds of video in a file that may have been cut off; 0 when none can be read."""
    try:
        with av.open(str(path)) as container:
            return float(container.duration or 0) / 1e6
    except (av.FFmpegError, OSError):
        return 0.0
