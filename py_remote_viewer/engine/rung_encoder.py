"""One rung of the view: which pictures it takes, at what size, and its open encoder. Used on the encode thread only."""

from __future__ import annotations

import math
from collections import deque
from statistics import median

from py_remote_viewer.encode.encoder import Encoded, PictureEncoder
from py_remote_viewer.encode.options import EncoderSettings
from py_remote_viewer.protocol.engine_messages import RungSpec, RungStatus

LOWEST_BITRATE_BPS = 100_000
_SOFTWARE = {"vp8": "libvpx", "mjpeg": "mjpeg"}


def rung_size(spec: RungSpec, width: int, height: int) -> tuple[int, int]:
    """Size of the rung's picture, px, when the view's is `width` x `height`."""
    if height <= spec.height:
        return width, height
    scaled_height = max(2, spec.height // 2 * 2)
    return max(2, round(width * scaled_height / height / 2) * 2), scaled_height


def rung_bitrate(spec: RungSpec, width: int, height: int, full_height: int) -> int:
    """Ceiling in bit/s: the rung's own, less when the picture is smaller than the rung would take."""
    meant = min(spec.height, full_height)
    share = math.pow(min(1.0, height / meant), 1.5)  # pixels to the power 0.75: small pictures need more bits each
    return max(LOWEST_BITRATE_BPS, round(spec.bitrate_bps * share))


class RungEncoder:
    """Encodes what its rung takes. `close` when nobody is on it any more."""

    def __init__(self, spec: RungSpec, h264_encoder: str, fps: int, full_height: int) -> None:
        self.spec = spec
        self.calls = 0
        self._h264_encoder = h264_encoder
        self._fps = fps
        self._full_height = full_height
        self._encoder: PictureEncoder | None = None
        self._due_s = 0.0
        self._sent: deque[tuple[float, int, float]] = deque(maxlen=240)
        self._size = (0, 0)

    def takes(self, captured_s: float) -> bool:
        """Whether the picture captured then is one of this rung's; asks once for each picture."""
        period = 1.0 / min(self.spec.fps, self._fps)
        if captured_s < self._due_s - 0.25 / self._fps:
            return False
        self._due_s = (self._due_s if captured_s - self._due_s < period else captured_s) + period
        return True

    def encode(
        self, pixels: object, source: tuple[int, int], captured_s: float, *, idr: bool
    ) -> tuple[Encoded, int, int]:
        """Encode one picture of size `source`; gives the access unit, its width and its height.

        Raises:
            EncoderUnavailable: the encoder fails.
        """
        width, height = rung_size(self.spec, *source)
        encoder = self._open(width, height, source)
        encoded = encoder.encode(pixels, captured_s, idr=idr)  # type: ignore[arg-type]
        self.calls += 1
        self._size = (width, height)
        self._sent.append((captured_s, len(encoded.data), encoded.convert_s + encoded.encode_s))
        return encoded, width, height

    def status(self, now: float) -> RungStatus:
        """Over the last second before `now`."""
        recent = [(size, took) for at, size, took in list(self._sent) if at > now - 1.0]
        return RungStatus(
            rung=self.spec.rung,
            codec=self.spec.codec,
            width=self._size[0],
            height=self._size[1],
            fps=float(len(recent)),
            bitrate_bps=8.0 * sum(size for size, _ in recent),
            encode_ms=round(median([took for _, took in recent]) * 1e3, 3) if recent else 0.0,
        )

    def close(self) -> None:
        """Let go of the encoder."""
        if self._encoder is not None:
            self._encoder.close()
            self._encoder = None

    def _open(self, width: int, height: int, source: tuple[int, int]) -> PictureEncoder:
        name = _SOFTWARE.get(self.spec.codec, self._h264_encoder)
        rate = rung_bitrate(self.spec, width, height, self._full_height)
        wanted = EncoderSettings(name, width, height, min(self.spec.fps, self._fps), rate)
        if self._encoder is None or self._encoder.settings != wanted or self._encoder.source != source:
            self.close()
            self._encoder = PictureEncoder(wanted, source)
        return self._encoder
