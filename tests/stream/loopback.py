"""Real pictures and a real peer, for the tests of `stream`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from fractions import Fraction

import av
import numpy as np
from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import MediaStreamError

from py_remote_viewer.clock import now_s
from py_remote_viewer.encode.h264 import holds_idr
from py_remote_viewer.protocol.pictures import EncodedPicture
from py_remote_viewer.stream.broadcast import Broadcast
from py_remote_viewer.stream.peer import WebRtcPeer

WIDTH, HEIGHT = 320, 180


class TinyEncoder:
    """x264 as the engine runs it, on small moving pictures. Counts its calls."""

    def __init__(self) -> None:
        context = av.CodecContext.create("libx264", "w")
        context.width, context.height, context.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        context.time_base, context.framerate = Fraction(1, 60), Fraction(60)
        context.bit_rate, context.gop_size, context.thread_count = 500_000, 100_000, 1
        context.options = {"preset": "ultrafast", "tune": "zerolatency", "profile": "baseline", "forced-idr": "1"}
        self._context = context
        self._force = True
        self.calls = self.idrs = 0

    def force_idr(self) -> None:
        self._force = True

    def encode(self, rung: int = 0) -> EncodedPicture:
        """The next picture of a bar that wanders."""
        image = np.full((HEIGHT, WIDTH, 3), 40, np.uint8)
        image[:, (self.calls * 4) % (WIDTH - 16) :][:, :16] = 220
        frame = av.VideoFrame.from_ndarray(image, format="rgb24").reformat(format="yuv420p")
        frame.pts, frame.time_base = self.calls, Fraction(1, 60)
        if self._force:
            frame.pict_type = av.video.frame.PictureType.I
            self._force = False
        data = b"".join(bytes(packet) for packet in self._context.encode(frame))
        self.calls += 1
        is_idr = holds_idr(data)
        self.idrs += is_idr
        return EncodedPicture(data, is_idr, rung, self.calls, now_s(), WIDTH, HEIGHT)


def pictures(count: int, idr_at: tuple[int, ...] = (0,), size: int = 40) -> Iterator[EncodedPicture]:
    """Pictures that look like H.264 from outside, without an encoder."""
    for number in range(count):
        is_idr = number in idr_at
        slice_ = bytes([0x65 if is_idr else 0x41]) + bytes([number % 255 + 1]) * size
        data = b"\x00\x00\x00\x01" + slice_
        if is_idr:
            data = b"\x00\x00\x00\x01\x67\x42\xc0\x1f\x01\x00\x00\x00\x01\x68\xce\x01" + data
        yield EncodedPicture(data, is_idr, 0, number, number / 60, WIDTH, HEIGHT)


class Viewer:
    """An aiortc peer that takes the place of a browser."""

    def __init__(self) -> None:
        self.pc = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        self.pc.addTransceiver("video", direction="recvonly")
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
async def viewer() -> AsyncIterator[Viewer]:
    one = Viewer()
    try:
        yield one
    finally:
        await one.close()


@asynccontextmanager
async def stream_of(encoder: TinyEncoder, broadcast: Broadcast, rate_hz: float = 60) -> AsyncIterator[None]:
    """`encoder` publishes to `broadcast` while inside."""

    async def publish() -> None:
        while True:
            broadcast.publish(encoder.encode(broadcast.rung))
            await asyncio.sleep(1 / rate_hz)

    task = asyncio.create_task(publish(), name="test-engine")
    try:
        yield
    finally:
        task.cancel()
        try:
            await task
        except (asyncio.CancelledError, MediaStreamError):
            pass
        broadcast.close()
