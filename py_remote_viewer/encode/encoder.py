"""H.264 from rendered pictures: one encoder, one thread, no picture ever held back.

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
from py_remote_viewer.errors import EncoderUnavailable

# No IDR but on demand: a periodic one would cost every viewer its size each time.
_NEVER = 2**30
_TIME_BASE = Fraction(1, RTP_CLOCK_HZ)


@dataclass(frozen=True, slots=True)
class EncoderSettings:
    """What an encoder is opened with. `bitrate_bps` is a ceiling: easy pictures take less."""

    name: str
    width: int
    height: int
    fps: int
    bitrate_bps: int


@dataclass(frozen=True, slots=True)
class Encoded:
    """One access unit and what it cost.

    Attributes:
        data: Annex B; an IDR carries SPS and PPS.
        is_idr: a decoder can start here.
        convert_s: RGB to YUV 4:2:0, seconds.
        encode_s: encoding alone, seconds.
    """

    data: bytes
    is_idr: bool
    convert_s: float
    encode_s: float


def encoder_options(settings: EncoderSettings) -> dict[str, str]:
    """libavcodec options: constrained baseline, no B pictures, no lookahead, bounded bursts.

    The buffer of the rate control is 0.3 s, so an IDR cannot exceed about a third of a second's worth of bits.
    """
    burst = str(round(settings.bitrate_bps * 0.3))
    rate = str(settings.bitrate_bps)
    if settings.name == "libx264":
        return {
            "preset": "superfast",
            "tune": "zerolatency",
            "profile": "baseline",
            "crf": "23",
            "maxrate": rate,
            "bufsize": burst,
            "threads": "1",
            "forced-idr": "1",
            "x264-params": "scenecut=0:repeat-headers=1:keyint=infinite",
        }
    if settings.name == "h264_nvenc":
        return {
            "preset": "p2",
            "tune": "ull",
            "profile": "baseline",
            "rc": "vbr",
            "cq": "23",
            "b": rate,
            "maxrate": rate,
            "bufsize": burst,
            "zerolatency": "1",
            "delay": "0",
            "forced-idr": "1",
            "surfaces": "4",
        }
    if settings.name == "h264_qsv":
        return {
            "preset": "veryfast",
            "profile": "baseline",
            "b": rate,
            "maxrate": rate,
            "bufsize": burst,
            "async_depth": "1",
            "low_delay_brc": "1",
            "forced_idr": "1",
        }
    if settings.name == "h264_amf":
        return {
            "usage": "ultralowlatency",
            "profile": "constrained_baseline",
            "rc": "vbr_latency",
            "b": rate,
            "maxrate": rate,
            "bufsize": burst,
            "header_spacing": "0",
            "forced_idr": "1",
        }
    raise EncoderUnavailable(
        f"unknown encoder {settings.name!r}", hint="Use auto, libx264, h264_nvenc, h264_qsv or h264_amf."
    )


class H264Encoder:
    """One open encoder. Use it from one thread at a time; `close` when done."""

    def __init__(self, settings: EncoderSettings) -> None:
        """Open it.

        Raises:
            EncoderUnavailable: it does not open on this machine; the text is the library's reason.
        """
        self.settings = settings
        self.calls = 0
        self._pix_fmt = "yuv420p" if settings.name in ("libx264", "h264_nvenc") else "nv12"
        options = encoder_options(settings)
        try:
            codec: Any = av.CodecContext.create(settings.name, "w")
            codec.width, codec.height = settings.width, settings.height
            codec.pix_fmt = self._pix_fmt
            codec.time_base = _TIME_BASE
            codec.framerate = Fraction(settings.fps, 1)
            codec.gop_size = _NEVER
            codec.max_b_frames = 0
            codec.color_range = 1  # limited ("tv")
            codec.colorspace = codec.color_primaries = codec.color_trc = 1  # BT.709
            codec.options = options
            codec.open()
        except (av.FFmpegError, ValueError) as exc:
            raise EncoderUnavailable(
                f"does not open: {_reason(exc)}", hint="Run python -m py_remote_viewer.dev_check."
            ) from exc
        self._codec = codec
        self._reformatter = VideoReformatter()
        self._flip = _flip_graph(settings.width, settings.height)

    def encode(self, picture: VideoFrame, captured_s: float, *, idr: bool) -> Encoded:
        """Encode one picture.

        Args:
            picture: rgb24 of the encoder's size, bottom row first; may be reused when this returns.
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
                format=self._pix_fmt,
                dst_colorspace=Colorspace.ITU709,
                dst_color_range=ColorRange.MPEG,  # the filter marks its pictures as full range, which would be kept
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
