"""The encode thread: pictures in by a slot of one, access units out to the pipe, while the next picture is drawn.

A picture that comes while one waits replaces it: what is dropped is dropped before it costs an encode, never after, for
an encoded picture that nobody gets would break the stream.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from av.video.frame import VideoFrame

from py_remote_viewer.encode.encoder import Encoded, EncoderSettings, H264Encoder, new_picture
from py_remote_viewer.errors import EncoderUnavailable
from py_remote_viewer.protocol.pictures import EncodedPicture

log = logging.getLogger(__name__)


@dataclass(slots=True)
class RawPicture:
    """A drawn picture on its way to the encoder: rgb24, bottom row first; `captured_s` monotonic."""

    pixels: VideoFrame
    width: int
    height: int
    captured_s: float


@dataclass(slots=True)
class EncodeCounts:
    """Since the engine started."""

    calls: int = 0
    pictures: int = 0
    idrs: int = 0
    dropped: int = 0
    bytes: int = 0


class EncodeThread:
    """Owns the encoder. `picture` lends memory to draw into, `submit` hands it over."""

    def __init__(
        self,
        name: str,
        fps: int,
        bitrate_bps: Callable[[int, int], int],
        deliver: Callable[[EncodedPicture, Encoded], None],
        encoder_failed: Callable[[str, str], str],
    ) -> None:
        """Start the thread.

        Args:
            name: encoder to open.
            fps: nominal rate.
            bitrate_bps: ceiling for a picture size.
            deliver: called on the encode thread with each picture.
            encoder_failed: called with an encoder's name and reason; gives the name of the next to try.
        """
        self.name = name
        self.counts = EncodeCounts()
        self._fps = fps
        self._bitrate_bps = bitrate_bps
        self._deliver = deliver
        self._encoder_failed = encoder_failed
        self._changed = threading.Condition()
        self._waiting: RawPicture | None = None
        self._idle: list[RawPicture] = []
        self._busy = False
        self._idr = True
        self._stop = False
        self._encoder: H264Encoder | None = None
        self._thread = threading.Thread(target=self._run, name="encode", daemon=True)
        self._thread.start()

    def picture(self, width: int, height: int) -> RawPicture:
        """Memory for one picture, from those that are free."""
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

    def request_idr(self) -> None:
        """Make the next picture an IDR."""
        with self._changed:
            self._idr = True

    def is_free(self) -> bool:
        """Whether a picture submitted now would be encoded at once."""
        with self._changed:
            return self._waiting is None and not self._busy

    def wait_free(self, timeout_s: float) -> bool:
        """Wait until nothing waits in the slot; False when it takes longer than `timeout_s`."""
        with self._changed:
            return self._changed.wait_for(lambda: self._waiting is None, timeout_s)

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
                idr, self._idr = self._idr, False
                self._busy = True
                self._changed.notify_all()
            assert raw is not None
            self._encode(raw, idr)
            with self._changed:
                self._busy = False
                if len(self._idle) < 3:
                    self._idle.append(raw)
                self._changed.notify_all()

    def _encode(self, raw: RawPicture, idr: bool) -> None:
        try:
            encoder = self._open(raw.width, raw.height)
            encoded = encoder.encode(raw.pixels, raw.captured_s, idr=idr)
        except EncoderUnavailable as exc:
            self._drop_encoder()
            self.name = self._encoder_failed(self.name, exc.message)
            self.request_idr()
            return
        counts = self.counts
        counts.calls += 1
        counts.pictures += 1
        counts.idrs += encoded.is_idr
        counts.bytes += len(encoded.data)
        picture = EncodedPicture(
            data=encoded.data,
            is_idr=encoded.is_idr,
            rung=0,
            picture_id=counts.pictures,
            captured_s=raw.captured_s,
            width=raw.width,
            height=raw.height,
            encode_s=encoded.convert_s + encoded.encode_s,
        )
        self._deliver(picture, encoded)

    def _open(self, width: int, height: int) -> H264Encoder:
        encoder = self._encoder
        if encoder is None or (encoder.settings.width, encoder.settings.height) != (width, height):
            self._drop_encoder()
            rate = self._bitrate_bps(width, height)
            encoder = self._encoder = H264Encoder(EncoderSettings(self.name, width, height, self._fps, rate))
        return encoder

    def _drop_encoder(self) -> None:
        if self._encoder is not None:
            self._encoder.close()
            self._encoder = None
