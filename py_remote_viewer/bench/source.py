"""Pictures without a simulation: drawn once, then encoded at 60 Hz on a thread, as an engine would."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from types import TracebackType

import av
import numpy as np
from av import VideoFrame
from av.video.codeccontext import VideoCodecContext
from av.video.frame import PictureType

from py_remote_viewer.clock import now_s
from py_remote_viewer.encode.h264 import holds_idr
from py_remote_viewer.protocol.pictures import EncodedPicture

WIDTH, HEIGHT, RATE_HZ, BITRATE_BPS = 1280, 720, 60, 4_000_000
_DRAWN = 60


@cache
def raw_pictures() -> list[VideoFrame]:
    """One second of moving shapes over a still noisy ground, yuv420p; drawn at the first call, then shared."""
    rng = np.random.default_rng(7)
    ground = rng.integers(90, 130, (HEIGHT, WIDTH), dtype=np.uint8)
    drawn = []
    for number in range(_DRAWN):
        luma = ground.copy()
        turn = 2 * np.pi * number / _DRAWN
        for shape in range(6):
            x = int(WIDTH * (0.5 + 0.38 * np.cos(turn + shape))) - 70
            y = int(HEIGHT * (0.5 + 0.35 * np.sin(turn * (1 + shape % 2) + shape))) - 45
            luma[max(0, y) : y + 90, max(0, x) : x + 140] = 30 + 36 * shape
        planes = np.full((HEIGHT * 3 // 2, WIDTH), 128, np.uint8)
        planes[:HEIGHT] = luma
        frame = VideoFrame.from_ndarray(planes, format="yuv420p")
        frame.time_base = Fraction(1, 90_000)
        drawn.append(frame)
    return drawn


def _open_x264() -> VideoCodecContext:
    """x264 as the product sets it: no delay, one thread, constrained baseline, an IDR only when asked."""
    context = av.CodecContext.create("libx264", "w")
    assert isinstance(context, VideoCodecContext)
    context.width, context.height, context.pix_fmt = WIDTH, HEIGHT, "yuv420p"
    context.time_base, context.framerate = Fraction(1, RATE_HZ), Fraction(RATE_HZ)
    context.bit_rate = BITRATE_BPS
    context.gop_size = 100_000
    context.thread_count = 1
    context.options = {"preset": "ultrafast", "tune": "zerolatency", "profile": "baseline", "forced-idr": "1"}
    return context


class Source:
    """Encodes at 60 Hz while entered, and gives every picture to `deliver`, on its own thread."""

    ENCODER = "libx264 ultrafast zerolatency, 1 thread, 4 Mb/s, 1280x720"

    def __init__(self, deliver: Callable[[EncodedPicture], None]) -> None:
        self._deliver = deliver
        self._force = threading.Event()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._main, name="bench-encoder", daemon=True)
        self._encode_cpu_s = 0.0
        self._calls = 0

    def __enter__(self) -> Source:
        raw_pictures()
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """End, after the picture at hand. Idempotent."""
        self._stop.set()
        self._thread.join()

    def force_idr(self) -> None:
        """The next picture will be an IDR."""
        self._force.set()

    def counters(self) -> tuple[float, int]:
        """`(CPU seconds spent encoding, encoder calls)` so far."""
        return self._encode_cpu_s, self._calls

    def _main(self) -> None:
        context, pictures = _open_x264(), raw_pictures()
        started_s, number = now_s(), 0
        while not self._stop.is_set():
            captured_s = now_s()
            raw = VideoFrame.from_ndarray(pictures[number % len(pictures)].to_ndarray(), format="yuv420p")
            cpu_0 = time.thread_time()
            raw.pts, raw.time_base = number, Fraction(1, RATE_HZ)
            if self._force.is_set():
                self._force.clear()
                raw.pict_type = PictureType.I
            data = b"".join(bytes(packet) for packet in context.encode(raw))
            self._encode_cpu_s += time.thread_time() - cpu_0
            self._calls += 1
            is_idr = holds_idr(data)
            self._deliver(EncodedPicture(data, is_idr, 0, number, captured_s, WIDTH, HEIGHT))
            number += 1
            # A turn that came late starts the clock again: the pace is what is wanted, not the sum.
            due_s = started_s + number / RATE_HZ
            if due_s < now_s() - 0.1:
                started_s, due_s = now_s() - number / RATE_HZ, now_s()
            self._stop.wait(max(0.0, due_s - now_s()))
