"""The encode thread: pictures in by a slot of one, encoded pictures out to the pipe, while the next picture is drawn.

Every picture is encoded once for each rung that somebody is on. A picture that comes while one waits replaces it: what is
dropped is dropped before it costs an encode, never after, for an encoded picture that nobody gets would break the stream.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from av.video.frame import VideoFrame

from py_remote_viewer.encode.encoder import Encoded, new_picture
from py_remote_viewer.engine.rung_encoder import RungEncoder
from py_remote_viewer.errors import EncoderUnavailable
from py_remote_viewer.protocol.engine_messages import RungSpec, RungStatus
from py_remote_viewer.protocol.pictures import EncodedPicture

log = logging.getLogger(__name__)


@dataclass(slots=True)
class RawPicture:
    """A drawn picture on its way to the encoders: rgb24, bottom row first; `captured_s` monotonic."""

    pixels: VideoFrame
    width: int
    height: int
    captured_s: float


@dataclass(slots=True)
class EncodeCounts:
    """Since the engine started: pictures taken, encoder calls for them (one for each rung in use), and so on."""

    calls: int = 0
    pictures: int = 0
    idrs: int = 0
    dropped: int = 0
    bytes: int = 0


@dataclass(slots=True)
class EncodeHooks:
    """Called on the encode thread.

    Attributes:
        deliver: with every encoded picture and its costs.
        done: after all rungs of a picture, with its capture time and the seconds that they took together.
        encoder_failed: with an H.264 encoder's name and reason; gives the name of the next to try.
        released: after an encoder was closed.
    """

    deliver: Callable[[EncodedPicture, Encoded], None]
    done: Callable[[float, float], None]
    encoder_failed: Callable[[str, str], str]
    released: Callable[[], None]


class EncodeThread:
    """Owns the encoders. `picture` lends memory to draw into, `submit` hands it over."""

    def __init__(self, name: str, fps: int, full_height: int, hooks: EncodeHooks) -> None:
        """Start the thread.

        Args:
            name: H.264 encoder to open.
            fps: nominal rate of the view.
            full_height: of the view at full size, px.
            hooks: where results go.
        """
        self.name = name
        self.counts = EncodeCounts()
        self._fps = fps
        self._full_height = full_height
        self._hooks = hooks
        self._changed = threading.Condition()
        self._waiting: RawPicture | None = None
        self._idle: list[RawPicture] = []
        self._specs: tuple[RungSpec, ...] = ()
        self._rungs: dict[int, RungEncoder] = {}
        self._idr: set[int] = set()
        self._stop = False
        self._thread = threading.Thread(target=self._run, name="encode", daemon=True)
        self._thread.start()

    def set_rungs(self, specs: tuple[RungSpec, ...]) -> None:
        """Encode for these rungs from the next picture on; a new one starts with an IDR."""
        with self._changed:
            self._specs = specs

    def picture(self, width: int, height: int) -> RawPicture:
        """Memory for one picture, from what is free."""
        with self._changed:
            while self._idle:
                raw = self._idle.pop()
                if (raw.width, raw.height) == (width, height):
                    return raw
        return RawPicture(new_picture(width, height), width, height, 0.0)

    def submit(self, raw: RawPicture) -> None:
        """Encode `raw` next; one that still waits is dropped."""
        with self._changed:
            if self._waiting is not None:
                self.counts.dropped += 1
                self._idle.append(self._waiting)
            self._waiting = raw
            self._changed.notify_all()

    def request_idr(self, rung: int | None = None) -> None:
        """Make the next picture of `rung`, or of all, an IDR."""
        with self._changed:
            self._idr |= {spec.rung for spec in self._specs} if rung is None else {rung}

    def wait_free(self, timeout_s: float) -> bool:
        """Wait until nothing waits in the slot; False when it takes longer than `timeout_s`."""
        with self._changed:
            return self._changed.wait_for(lambda: self._waiting is None, timeout_s)

    def status(self, now: float) -> tuple[RungStatus, ...]:
        """Every rung in use, over the last second."""
        with self._changed:
            rungs = [self._rungs[spec.rung] for spec in self._specs if spec.rung in self._rungs]
        return tuple(rung.status(now) for rung in rungs)

    def close(self) -> None:
        """Stop; returns when the thread has ended."""
        with self._changed:
            self._stop = True
            self._changed.notify_all()
        self._thread.join(5.0)

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting is not None or self._stop)
                if self._stop:
                    return
                raw, self._waiting = self._waiting, None
                self._match_rungs()
                self._changed.notify_all()
            assert raw is not None
            self._encode_all(raw)
            with self._changed:
                if len(self._idle) < 3:
                    self._idle.append(raw)
                self._changed.notify_all()

    def _match_rungs(self) -> None:
        """Open and close rungs as asked; the lock is held."""
        wanted = {spec.rung: spec for spec in self._specs}
        for number in [n for n, rung in self._rungs.items() if wanted.get(n) != rung.spec]:
            self._rungs.pop(number).close()
            self._hooks.released()
        for number, spec in wanted.items():
            if number not in self._rungs:
                self._rungs[number] = RungEncoder(spec, self.name, self._fps, self._full_height)

    def _encode_all(self, raw: RawPicture) -> None:
        took = 0.0
        # The best rung first: who is on it does not wait for the encodes of those below.
        taking = [(number, rung) for number, rung in sorted(self._rungs.items()) if rung.takes(raw.captured_s)]
        self.counts.pictures += bool(taking)
        for number, rung in taking:
            with self._changed:
                idr = number in self._idr
                self._idr.discard(number)
            try:
                encoded, width, height = rung.encode(raw.pixels, (raw.width, raw.height), raw.captured_s, idr=idr)
            except EncoderUnavailable as exc:
                self._replace(number, exc.message)
                continue
            took += encoded.convert_s + encoded.encode_s
            self._deliver(rung, encoded, raw, width, height)
        self._hooks.done(raw.captured_s, took)

    def _deliver(self, rung: RungEncoder, encoded: Encoded, raw: RawPicture, width: int, height: int) -> None:
        counts = self.counts
        counts.calls += 1
        counts.idrs += encoded.is_idr
        counts.bytes += len(encoded.data)
        picture = EncodedPicture(
            data=encoded.data,
            is_idr=encoded.is_idr,
            rung=rung.spec.rung,
            picture_id=counts.pictures,
            captured_s=raw.captured_s,
            width=width,
            height=height,
            encode_s=encoded.convert_s + encoded.encode_s,
            codec=rung.spec.codec,
        )
        self._hooks.deliver(picture, encoded)

    def _replace(self, number: int, reason: str) -> None:
        rung = self._rungs.pop(number)
        rung.close()
        if rung.spec.codec == "h264":
            self.name = self._hooks.encoder_failed(self.name, reason)
        else:
            log.error("rung %d: %s", number, reason)
