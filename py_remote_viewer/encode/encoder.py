"""Encoded pictures from rendered ones: scaled, converted and encoded by one encoder, no picture ever held back.

Pictures come as OpenGL reads them, bottom row first. A `vflip` filter turns them over by giving the same memory a
negative line size, so the flip costs nothing (4 us measured; a copy of 1280x720 costs 180 us).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import av
import av.filter
from av.video.frame import PictureType, VideoFrame
from av.video.reformatter import ColorRange, Colorspace, VideoReformatter

from py_remote_viewer.clock import RTP_CLOCK_HZ, now_s, to_rtp
from py_remote_viewer.encode.options import NEVER, EncoderSettings, encoder_options
from py_remote_viewer.errors import EncoderUnavailable

_TIME_BASE = Fraction(1, RTP_CLOCK_HZ)


@dataclass(frozen=True, slots=True)
class Encoded:
    """One access unit and what it cost.

    Attributes:
        data: H.264 as Annex B, an IDR with SPS and PPS; a VP8 frame; or a JPEG file.
        is_idr: a decoder can start here.
        convert_s: scaling and RGB to YUV 4:2:0, seconds.
        encode_s: encoding alone, seconds.
    """

    data: bytes
    is_idr: bool
    convert_s: float
    encode_s: float


class PictureEncoder:
    """One open encoder. Use it from one thread at a time; `close` when done."""

    def __init__(self, settings: EncoderSettings, source: tuple[int, int] | None = None) -> None:
        """Open it.

        Args:
            settings: size and rate of what comes out.
            source: width and height of the pictures that will come; the same size when not given.

        Raises:
            EncoderUnavailable: it does not open on this machine; the text is the library's reason.
        """
        self.settings = settings
        self.calls = 0
        self.source = source or (settings.width, settings.height)
        self._full_range = settings.name == "mjpeg"
        options = encoder_options(settings)
        try:
            codec: Any = av.CodecContext.create(settings.name, "w")
            codec.width, codec.height = settings.width, settings.height
            codec.pix_fmt = settings.pixel_format
            codec.time_base = _TIME_BASE
            codec.framerate = Fraction(settings.fps, 1)
            codec.gop_size = NEVER
            codec.max_b_frames = 0
            codec.color_range = 2 if self._full_range else 1  # JPEG files are full range, video is limited ("tv")
            codec.colorspace = _colorspace(settings)
            codec.color_primaries = codec.color_trc = 1  # BT.709
            codec.options = options
            codec.open()
        except (av.FFmpegError, ValueError) as exc:
            raise EncoderUnavailable(
                f"does not open: {_reason(exc)}", hint="Run python -m py_remote_viewer.dev_check."
            ) from exc
        self._codec = codec
        self._reformatter = VideoReformatter()
        self._flip = _flip_graph(*self.source)

    def encode(self, picture: VideoFrame, captured_s: float, *, idr: bool) -> Encoded:
        """Encode one picture.

        Args:
            picture: rgb24 of the source's size, bottom row first; may be reused when this returns.
            captured_s: monotonic seconds; must grow from call to call.
            idr: make it decodable on its own.

        Raises:
            EncoderUnavailable: the encoder failed or gave nothing back for the picture.
        """
        began = now_s()
        picture.pts = to_rtp(captured_s)
        picture.time_base = _TIME_BASE
        try:
            self._flip.push(picture)
            upright = self._flip.pull()
            assert isinstance(upright, VideoFrame)
            yuv = self._reformatter.reformat(
                upright,
                width=self.settings.width,
                height=self.settings.height,
                format=self.settings.pixel_format,
                dst_colorspace=_colorspace(self.settings),
                # the filter marks its pictures as full range, which would be kept
                dst_color_range=ColorRange.JPEG if self._full_range else ColorRange.MPEG,
            )
            yuv.pts = picture.pts
            yuv.time_base = _TIME_BASE
            yuv.pict_type = PictureType.I if idr or self.calls == 0 else PictureType.NONE
            converted = now_s()
            packets = self._codec.encode(yuv)
        except (av.FFmpegError, ValueError) as exc:
            raise EncoderUnavailable(
                f"{self.settings.name} failed: {_reason(exc)}", hint="The next one is tried."
            ) from exc
        self.calls += 1
        if not packets:
            raise EncoderUnavailable(
                f"{self.settings.name} held the picture back", hint="It cannot be used live; the next one is tried."
            )
        return Encoded(
            data=b"".join(bytes(packet) for packet in packets),
            is_idr=any(packet.is_keyframe for packet in packets),
            convert_s=converted - began,
            encode_s=now_s() - converted,
        )

    def close(self) -> None:
        """Let go of the encoder. Idempotent."""
        self._codec = None


def _colorspace(settings: EncoderSettings) -> Colorspace:
    """BT.709 as H.264 says of itself; BT.601 for VP8 and JPEG, which cannot say and are read so."""
    return Colorspace.ITU709 if settings.is_h264 else Colorspace.ITU601


def _reason(exc: Exception) -> str:
    return getattr(exc, "strerror", None) or str(exc)


def _flip_graph(width: int, height: int) -> av.filter.Graph:
    graph = av.filter.Graph()
    source = graph.add_buffer(width=width, height=height, format=av.VideoFormat("rgb24"), time_base=_TIME_BASE)
    flip = graph.add("vflip")
    sink = graph.add("buffersink")
    source.link_to(flip)
    flip.link_to(sink)
    graph.configure()
    return graph


def new_picture(width: int, height: int) -> VideoFrame:
    """An rgb24 picture whose rows lie end to end, so that OpenGL can read straight into it.

    Raises:
        EncoderUnavailable: libav pads the rows at this width.
    """
    picture = VideoFrame(width, height, "rgb24")
    if picture.planes[0].line_size != 3 * width:
        raise EncoderUnavailable(f"width {width} would be padded", hint="Choose a width that is a multiple of 32.")
    return picture
