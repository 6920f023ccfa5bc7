"""Real pictures and a real peer, for the tests of `stream`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager

import av
import numpy as np
from aiortc import RTCConfiguration, RTCPeerConnection, RTCRtpReceiver, RTCSessionDescription

from py_remote_viewer.clock import now_s
from py_remote_viewer.config import Settings
from py_remote_viewer.encode.encoder import PictureEncoder
from py_remote_viewer.encode.options import EncoderSettings
from py_remote_viewer.protocol.engine_messages import RungSpec
from py_remote_viewer.protocol.pictures import EncodedPicture
from py_remote_viewer.stream.peer import WebRtcPeer
from py_remote_viewer.stream.rung_fanout import RungFanout
from py_remote_viewer.stream.rungs import Ladder, ladder_of

WIDTH, HEIGHT = 320, 192
LADDER: Ladder = ladder_of(Settings())


def fanout(force_idr: Callable[[], None] = lambda: None) -> RungFanout:
    """A room's fan-out in which only the top rung is encoded."""
    return RungFanout(LADDER, lambda rung: force_idr(), lambda: None)


def bar(number: int) -> av.VideoFrame:
    """A light bar that wanders over a dark picture."""
    image = np.full((HEIGHT, WIDTH, 3), 40, np.uint8)
    image[:, (number * 4) % (WIDTH - 16) :][:, :16] = 220
    return av.VideoFrame.from_ndarray(image, format="rgb24")


class TinyEncoder:
    """The product's x264, on small moving pictures. Counts its calls."""

    def __init__(self) -> None:
        self._encoder = PictureEncoder(EncoderSettings("libx264", WIDTH, HEIGHT, 60, 500_000))
        self._force = True
        self.idrs = 0

    @property
    def calls(self) -> int:
        return self._encoder.calls

    def force_idr(self) -> None:
        self._force = True

    def encode(self, rung: int = 0) -> EncodedPicture:
        """The next picture of a bar that wanders."""
        captured_s, force, self._force = now_s(), self._force, False
        encoded = self._encoder.encode(bar(self.calls), captured_s, idr=force)
        self.idrs += encoded.is_idr
        return EncodedPicture(encoded.data, encoded.is_idr, rung, self.calls, captured_s, WIDTH, HEIGHT)


async def until(condition: Callable[[], bool]) -> None:
    """Let the loop turn until `condition` holds; at most 20 s."""
    async with asyncio.timeout(20):
        while not condition():  # noqa: ASYNC110 - counters have no event
            await asyncio.sleep(0)


def pictures(count: int, idr_at: tuple[int, ...] = (0,), size: int = 40) -> Iterator[EncodedPicture]:
    """Pictures that look like H.264 from outside, without an encoder."""
    for number in range(count):
        is_idr = number in idr_at
        slice_ = bytes([0x65 if is_idr else 0x41]) + bytes([number % 255 + 1]) * size
        data = b"\x00\x00\x00\x01" + slice_
        if is_idr:
            data = b"\x00\x00\x00\x01\x67\x42\xc0\x1f\x01\x00\x00\x00\x01\x68\xce\x01" + data
        yield EncodedPicture(data, is_idr, 0, number, number / 60, WIDTH, HEIGHT)


class TinyEngine:
    """Encodes the rungs that a fan-out has in use, as an engine does: every picture once for each of them."""

    def __init__(self) -> None:
        self.demands: list[tuple[int, ...]] = []
        self.calls = 0
        self.pictures = 0
        self._idrs: set[int] = set()
        self._encoders: dict[int, tuple[RungSpec, PictureEncoder]] = {}
        self.fanout = RungFanout(LADDER, self._idrs.add, self._demand_changed)

    def _demand_changed(self) -> None:
        self.demands.append(tuple(spec.rung for spec in self.fanout.in_use()))

    def tick(self) -> None:
        """Draw one picture, and encode it for every rung in use."""
        captured_s = now_s()
        self.pictures += 1
        for spec in self.fanout.in_use():
            encoder = self._encoder(spec)
            idr = spec.rung in self._idrs
            self._idrs.discard(spec.rung)
            encoded = encoder.encode(bar(self.pictures), captured_s, idr=idr)
            self.calls += 1
            size = (encoder.settings.width, encoder.settings.height)
            made = EncodedPicture(
                encoded.data, encoded.is_idr, spec.rung, self.pictures, captured_s, *size, codec=spec.codec
            )
            self.fanout.publish(made)

    def _encoder(self, spec: RungSpec) -> PictureEncoder:
        known = self._encoders.get(spec.rung)
        if known is None or known[0] != spec:
            name = "libvpx" if spec.codec == "vp8" else "libx264"
            smaller = spec.rung % 4
            size = (WIDTH - 64 * smaller, HEIGHT - 32 * smaller)
            settings = EncoderSettings(name, *size, 60, spec.bitrate_bps)
            known = self._encoders[spec.rung] = (spec, PictureEncoder(settings, (WIDTH, HEIGHT)))
        return known[1]

    @asynccontextmanager
    async def running(self, rate_hz: float = 60) -> AsyncIterator[RungFanout]:
        """Ticks while inside."""

        async def run() -> None:
            while True:
                self.tick()
                await asyncio.sleep(1 / rate_hz)

        task = asyncio.create_task(run(), name="test-engine")
        try:
            yield self.fanout
        finally:
            task.cancel()
            await asyncio.wait([task])
            self.fanout.close()


class Viewer:
    """An aiortc peer that takes the place of a browser."""

    def __init__(self, *, vp8: bool = False) -> None:
        self.pc = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        transceiver = self.pc.addTransceiver("video", direction="recvonly")
        if vp8:
            codecs = RTCRtpReceiver.getCapabilities("video").codecs
            transceiver.setCodecPreferences([codec for codec in codecs if codec.name in ("VP8", "rtx")])
        self.channel = self.pc.createDataChannel("pointer", ordered=False, maxRetransmits=0)
        self.opened = asyncio.Event()
        self.channel.on("open", self.opened.set)

    async def offer(self) -> str:
        await self.pc.setLocalDescription(await self.pc.createOffer())
        return self.pc.localDescription.sdp

    async def connect(self, peer: WebRtcPeer) -> None:
        answer = await peer.answer(await self.offer())
        await self.pc.setRemoteDescription(RTCSessionDescription(sdp=answer, type="answer"))

    async def picture(self) -> av.VideoFrame:
        """The next decoded picture."""
        async with asyncio.timeout(20):
            frame = await self.pc.getReceivers()[0].track.recv()
        assert isinstance(frame, av.VideoFrame)
        return frame

    async def close(self) -> None:
        await self.pc.close()


@asynccontextmanager
async def viewer(*, vp8: bool = False) -> AsyncIterator[Viewer]:
    one = Viewer(vp8=vp8)
    try:
        yield one
    finally:
        await one.close()


@asynccontextmanager
async def stream_of(encoder: TinyEncoder, broadcast: RungFanout, rate_hz: float = 60) -> AsyncIterator[None]:
    """`encoder` publishes the top rung of `broadcast` while inside."""

    async def publish() -> None:
        while True:
            broadcast.publish(encoder.encode())
            await asyncio.sleep(1 / rate_hz)

    task = asyncio.create_task(publish(), name="test-engine")
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])
        broadcast.close()
