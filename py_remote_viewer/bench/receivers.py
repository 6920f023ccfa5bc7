"""Viewers for `bench fanout`, in a process of their own: `python -m py_remote_viewer.bench.receivers`.

Each is a real aiortc peer: ICE, DTLS, and receiver reports and REMB once a second. Video datagrams are counted by their
RTP header, which SRTP leaves readable, and discarded before decryption: decoding 40 streams would take more machine than
the server that is measured. Line protocol, JSON: `{"open": n}` gives `{"offers": [...]}`; `{"answers": [...]}` gives
`{"connected": n}`; `{"count": true}` gives `{"pictures": [...]}`, totals per viewer; end of input ends the process.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from typing import Any

from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.rtcconfiguration import RTCBundlePolicy
from aiortc.rtp import (
    RTCP_PSFB_APP,
    AnyRtcpPacket,
    RtcpPsfbPacket,
    RtcpReceiverInfo,
    RtcpRrPacket,
    RtcpSrPacket,
    is_rtcp,
    pack_remb_fci,
)

_REPORT_S = 1.0
_REMB_BPS = 20_000_000


class Receiver:
    """One viewer.

    Attributes:
        pictures: RTP packets with the marker bit so far, resent ones left out.
        channel: the data channel `pointer`.
        ssrc: of the pictures; 0 before the first.
        highest_sequence: RTP sequence number of the newest packet.
        connected: media can flow.
    """

    def __init__(self) -> None:
        self.pictures = 0
        self._pc = RTCPeerConnection(RTCConfiguration(iceServers=[], bundlePolicy=RTCBundlePolicy.MAX_BUNDLE))
        self._receiver: Any = self._pc.addTransceiver("video", direction="recvonly").receiver
        self.channel = self._pc.createDataChannel("pointer", ordered=False, maxRetransmits=0)
        self._payload_type = -1
        self.ssrc = 0
        self.highest_sequence = 0
        self._last_report: tuple[int, float] = (0, 0.0)
        self._reporter: asyncio.Task[None] | None = None
        self.connected = asyncio.Event()
        self._pc.on("connectionstatechange", self._state_changed)

    async def offer(self) -> str:
        """SDP offer with all candidates."""
        await self._pc.setLocalDescription(await self._pc.createOffer())
        return str(self._pc.localDescription.sdp)

    async def accept(self, answer: str) -> None:
        """Take the SDP answer; from then on datagrams are counted."""
        await self._pc.setRemoteDescription(RTCSessionDescription(sdp=answer, type="answer"))
        self._payload_type = next(int(line.split()[3]) for line in answer.splitlines() if line.startswith("m=video"))
        connection = self._receiver.transport.transport._connection
        stock = connection.data_received

        def data_received(data: bytes, component: int) -> None:
            if 127 < data[0] < 192 and not is_rtcp(data):
                self._count(data)
            else:
                stock(data, component)

        connection.data_received = data_received
        self._receiver._handle_rtcp_packet = self._sender_report
        self._reporter = asyncio.create_task(self._report(), name="bench-reports")

    async def close(self) -> None:
        """Leave."""
        if self._reporter is not None:
            self._reporter.cancel()
        await self._pc.close()

    async def send_rtcp(self, packets: bytes) -> None:
        """Send RTCP to the server."""
        await self._receiver.transport._send_rtp(packets)

    def _state_changed(self) -> None:
        if self._pc.connectionState == "connected":
            self.connected.set()

    def _count(self, data: bytes) -> None:
        if data[1] & 0x7F == self._payload_type:
            self.highest_sequence = int.from_bytes(data[2:4], "big")
            self.ssrc = int.from_bytes(data[8:12], "big")
            self.pictures += data[1] >> 7

    async def _sender_report(self, packet: AnyRtcpPacket) -> None:
        if isinstance(packet, RtcpSrPacket):
            self._last_report = ((packet.sender_info.ntp_timestamp >> 16) & 0xFFFFFFFF, time.monotonic())

    async def _report(self) -> None:
        while True:
            await asyncio.sleep(_REPORT_S)
            if not self.ssrc:
                continue
            last_sr, at = self._last_report
            delay = int((time.monotonic() - at) * 65536) & 0xFFFFFFFF if last_sr else 0
            info = RtcpReceiverInfo(self.ssrc, 0, 0, self.highest_sequence, 0, last_sr, delay)
            own = 1
            remb = RtcpPsfbPacket(RTCP_PSFB_APP, own, 0, pack_remb_fci(_REMB_BPS, [self.ssrc]))
            await self.send_rtcp(bytes(RtcpRrPacket(own, [info])) + bytes(remb))


async def serve() -> None:
    """Answer lines on standard input until it ends."""
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader(limit=16_000_000)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    receivers: list[Receiver] = []
    try:
        while line := await reader.readline():
            request = json.loads(line)
            if "open" in request:
                receivers += [Receiver() for _ in range(request["open"])]
                reply: dict[str, Any] = {"offers": [await receiver.offer() for receiver in receivers]}
            elif "answers" in request:
                for receiver, answer in zip(receivers, request["answers"], strict=True):
                    await receiver.accept(answer)
                async with asyncio.timeout(60):
                    await asyncio.gather(*(receiver.connected.wait() for receiver in receivers))
                reply = {"connected": len(receivers)}
            else:
                reply = {"pictures": [receiver.pictures for receiver in receivers], "at_s": time.monotonic()}
            sys.stdout.write(json.dumps(reply) + "\n")
            sys.stdout.flush()
    finally:
        await asyncio.gather(*(receiver.close() for receiver in receivers), return_exceptions=True)


if __name__ == "__main__":
    asyncio.run(serve())
