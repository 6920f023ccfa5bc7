"""Which H.264 encoder works here. A name in the library says nothing about the machine: only opening one and encoding
a picture does, and NVENC without a GPU fails with the oddest errors, so every failure is a reason and none is fatal.
"""

from __future__ import annotations

from py_remote_viewer.encode.encoder import PictureEncoder, new_picture
from py_remote_viewer.encode.options import EncoderSettings
from py_remote_viewer.errors import EncoderUnavailable

PREFERENCE = ("h264_nvenc", "h264_qsv", "h264_amf", "libx264")


def try_encoder(name: str, width: int = 640, height: int = 360) -> str | None:
    """Open `name` and encode two pictures; None when it works, else the reason."""
    encoder = None
    try:
        encoder = PictureEncoder(EncoderSettings(name, width, height, fps=60, bitrate_bps=1_000_000))
        picture = new_picture(width, height)
        first = encoder.encode(picture, 1.0, idr=True)
        second = encoder.encode(picture, 1.02, idr=False)
    except EncoderUnavailable as exc:
        return exc.message
    finally:
        if encoder is not None:
            encoder.close()
    if not first.is_idr or second.is_idr:
        return "does not make an IDR when asked, and only then"
    return None


def choose_encoder(preferred: str = "auto") -> tuple[str, dict[str, str]]:
    """The first encoder that works, `preferred` before all others.

    Returns:
        Its name, and for each one tried before it the reason why not.

    Raises:
        EncoderUnavailable: none works.
    """
    order = PREFERENCE if preferred == "auto" else (preferred, *(n for n in PREFERENCE if n != preferred))
    refused: dict[str, str] = {}
    for name in order:
        reason = try_encoder(name)
        if reason is None:
            return name, refused
        refused[name] = reason
    raise EncoderUnavailable(
        "; ".join(f"{name}: {reason}" for name, reason in refused.items()),
        hint="Install PyAV from a wheel, which carries libx264: pip install av",
    )
