"""Pictures without a simulation: drawn once, then encoded at 60 Hz on a thread, as an engine would."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from types import TracebackType

import numpy as np
from av import VideoFrame

from py_remote_viewer.clock import now_s
from py_remote_viewer.encode.options import EncoderSettings, encoder_options
from py_remote_viewer.engine.rung_encoder import RungEncoder
from py_remote_viewer.protocol.engine_messages import RungSpec
from py_remote_viewer.protocol.pictures import EncodedPicture

SETTINGS = EncoderSettings("libx264", 1280, 720, 60, 4_000_000)
TOP_RUNG = RungSpec(height=SETTINGS.height, fps=SETTINGS.fps, bitrate_bps=SETTINGS.bitrate_bps)
_DRAWN = 60


@dataclass(frozen=True, slots=True)
class Counters:
    """Since the start.

    Attributes:
        encode_s: CPU seconds in the encoders' calls.
        calls: encoder calls.
        drawn: pictures.
        due: the calls that there should be: for each picture, the rungs in use when it was drawn.
    """

    encode_s: float = 0.0
    calls: int = 0
    drawn: int = 0
    due: int = 0


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
        self._specs: tuple[RungSpec, ...] = (TOP_RUNG,)
        self._encoders: dict[int, RungEncoder] = {}
        self._force: set[int] = set()
        self._drawn = 0
        self._due = 0
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

    def set_rungs(self, specs: tuple[RungSpec, ...]) -> None:
        """Encode for these from the next picture on; at least for the top one."""
        self._specs = specs or (TOP_RUNG,)

    def force_idr(self, rung: int) -> None:
        """The next picture of `rung` will be an IDR."""
        self._force.add(rung)

    def counters(self) -> Counters:
        """So far."""
        calls = sum(encoder.calls for encoder in list(self._encoders.values()))
        return Counters(self._encode_cpu_s, calls, self._drawn, self._due)

    def _main(self) -> None:
        pictures = raw_pictures()
        started_s, number = now_s(), 0
        while not self._stop.is_set():
            captured_s, specs = now_s(), self._specs
            for spec in specs:
                self._encode(spec, pictures[number % len(pictures)], number, captured_s)
            self._drawn += 1
            self._due += len(specs)
            number += 1
            due_s = started_s + number / SETTINGS.fps
            if due_s < now_s() - 0.1:  # a long stall: keep the pace, do not make up for the pictures
                started_s = now_s() - number / SETTINGS.fps
            self._stop.wait(max(0.0, due_s - now_s()))

    def _encode(self, spec: RungSpec, picture: VideoFrame, number: int, captured_s: float) -> None:
        encoder = self._encoders.get(spec.rung)
        if encoder is None:
            encoder = self._encoders[spec.rung] = RungEncoder(spec, SETTINGS.name, SETTINGS.fps, SETTINGS.height)
        idr = spec.rung in self._force
        self._force.discard(spec.rung)
        cpu_0 = time.thread_time()
        source = (SETTINGS.width, SETTINGS.height)
        encoded, width, height = encoder.encode(picture, source, captured_s, idr=idr)
        self._encode_cpu_s += time.thread_time() - cpu_0
        self._deliver(EncodedPicture(encoded.data, encoded.is_idr, spec.rung, number, captured_s, width, height))
