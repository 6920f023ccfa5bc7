"""What an encoder is opened with: its settings, and the options that make each one fit for live pictures. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from py_remote_viewer.errors import EncoderUnavailable

# No IDR but on demand: a periodic one would cost every viewer its size each time.
NEVER = 2**30


@dataclass(frozen=True, slots=True)
class EncoderSettings:
    """What an encoder is opened with. `bitrate_bps` is a ceiling: easy pictures take less.

    Attributes:
        name: libavcodec's name of the encoder.
        width: of the encoded picture, px.
        height: of the encoded picture, px.
        fps: nominal rate.
        bitrate_bps: ceiling; without meaning for JPEG.
    """

    name: str
    width: int
    height: int
    fps: int
    bitrate_bps: int

    @property
    def is_h264(self) -> bool:
        """Whether H.264 comes out; else VP8 or JPEG."""
        return self.name not in ("libvpx", "mjpeg")

    @property
    def pixel_format(self) -> str:
        """What it takes."""
        if self.name == "mjpeg":
            return "yuvj420p"
        return "yuv420p" if self.name in ("libx264", "h264_nvenc", "libvpx") else "nv12"


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
    if settings.name == "libvpx":
        return {
            "deadline": "realtime",
            "cpu-used": "8",
            "lag-in-frames": "0",
            "b": rate,
            "maxrate": rate,
            "bufsize": burst,
            "undershoot-pct": "100",
            "threads": "1",
            "g": str(NEVER),
            "keyint_min": str(NEVER),
        }
    if settings.name == "mjpeg":
        return {"qmin": "6", "qmax": "6"}
    raise EncoderUnavailable(
        f"unknown encoder {settings.name!r}", hint="Use auto, libx264, h264_nvenc, h264_qsv or h264_amf."
    )
