"""Real pictures and a real peer, for the tests of `stream`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager

import av
import numpy as np
from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription

from py_remote_viewer.clock import now_s
from py_remote_viewer.encode.encoder import PictureEncoder
from py_remote_viewer.encode.options import EncoderSettings
from py_remote_viewer.protocol.pictures import EncodedPicture
from py_remote_viewer.stream.broadcast import Broadcast
from py_remote_viewer.stream.peer import WebRtcPeer

WIDTH, HEIGHT = 320, 192


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
        image = np.full((HEIGHT, WIDTH, 3), 40, np.uint8)
        image[:, (self.calls * 4) % (WIDTH - 16) :][:, :16] = 220
        captured_s, force, self._force = now_s(), self._force, False
        encoded = self._encoder.encode(av.VideoFrame.from_ndarray(image, format="rgb24"), captured_s, idr=force)
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
        await asyncio.wait([task])
        broadcast.close()
