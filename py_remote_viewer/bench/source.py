"""Pictures without a simulation: drawn once, then encoded at 60 Hz on a thread, as an engine would."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import cache
from types import TracebackType

import numpy as np
from av import VideoFrame

from py_remote_viewer.clock import now_s
from py_remote_viewer.encode.encoder import PictureEncoder
from py_remote_viewer.encode.options import EncoderSettings, encoder_options
from py_remote_viewer.protocol.pictures import EncodedPicture

SETTINGS = EncoderSettings("libx264", 1280, 720, 60, 4_000_000)
_DRAWN = 60


def encoder_facts() -> str:
    """The encoder and what it is set to, for the report."""
    preset = encoder_options(SETTINGS)["preset"]
    return f"{SETTINGS.name} {preset}, 1 thread, {SETTINGS.width}x{SETTINGS.height}, at most {SETTINGS.bitrate_bps} b/s"


@cache
def raw_pictures() -> list[VideoFrame]:
    """One second of textured shapes that wander over a textured ground, rgb24; drawn at the first call, then shared.

    There is enough of it to fill the bitrate, so that a picture has as many packets as a busy scene.
    """
    rng = np.random.default_rng(7)
    height, width = SETTINGS.height, SETTINGS.width
    ground = rng.integers(90, 130, (height, width, 3), dtype=np.uint8)
    shapes = [rng.integers(20 + 25 * shape, 60 + 25 * shape, (90, 140, 3), dtype=np.uint8) for shape in range(6)]
    drawn = []
    for number in range(_DRAWN):
        image = ground.copy()
        turn = 2 * np.pi * number / _DRAWN
        for shape, texture in enumerate(shapes):
            x = int(width * (0.5 + 0.38 * np.cos(turn + shape))) - 70
            y = int(height * (0.5 + 0.35 * np.sin(turn * (1 + shape % 2) + shape))) - 45
            image[y : y + 90, x : x + 140] = texture
        drawn.append(VideoFrame.from_ndarray(image, format="rgb24"))
    return drawn


class Source:
    """Encodes at 60 Hz while entered, and gives every picture to `deliver`, on its own thread."""

    def __init__(self, deliver: Callable[[EncodedPicture], None]) -> None:
        self._deliver = deliver
        self._encoder = PictureEncoder(SETTINGS)
        self._force = threading.Event()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._main, name="bench-encoder", daemon=True)
        self._encode_cpu_s = 0.0

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
        """`(CPU seconds spent in the encoder's call, encoder calls)` so far."""
        return self._encode_cpu_s, self._encoder.calls

    def _main(self) -> None:
        pictures = raw_pictures()
        started_s, number = now_s(), 0
        while not self._stop.is_set():
            captured_s = now_s()
            idr = self._force.is_set()
            if idr:
                self._force.clear()
            cpu_0 = time.thread_time()
            encoded = self._encoder.encode(pictures[number % len(pictures)], captured_s, idr=idr)
            self._encode_cpu_s += time.thread_time() - cpu_0
            self._deliver(
                EncodedPicture(encoded.data, encoded.is_idr, 0, number, captured_s, SETTINGS.width, SETTINGS.height)
            )
            number += 1
            due_s = started_s + number / SETTINGS.fps
            if due_s < now_s() - 0.1:  # a long stall: keep the pace, do not make up for the pictures
                started_s = now_s() - number / SETTINGS.fps
            self._stop.wait(max(0.0, due_s - now_s()))
