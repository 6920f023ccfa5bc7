"""Plain RTP over a real UDP socket, read back by hand and by FFmpeg."""

import asyncio
import itertools
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import av
import pytest

from py_remote_viewer.stream import rtp_publish
from py_remote_viewer.stream.broadcast import Broadcast
from py_remote_viewer.stream.publishing import RtpTarget
from py_remote_viewer.stream.rtp_publish import RtpPublisher
from tests.stream.loopback import TinyEncoder, stream_of, until


class Port(asyncio.DatagramProtocol):
    """A port that keeps what it gets."""

    def __init__(self) -> None:
        self.packets: list[bytes] = []

    def datagram_received(self, data: bytes, addr: Any) -> None:
        self.packets.append(data)


async def open_port(number: int = 0) -> tuple[asyncio.DatagramTransport, Port, int]:
    transport, port = await asyncio.get_running_loop().create_datagram_endpoint(Port, local_addr=("127.0.0.1", number))
    return transport, port, transport.get_extra_info("sockname")[1]


def is_rtp(packet: bytes) -> bool:
    return packet[1] & 0x7F == 96


async def test_packets_are_rtp_of_one_stream_with_an_idr_every_second(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rtp_publish, "IDR_EVERY_S", 0.1)
    encoder = TinyEncoder()
    broadcast = Broadcast(0, encoder.force_idr)
    transport, port, number = await open_port()
    async with stream_of(encoder, broadcast), RtpPublisher(RtpTarget("127.0.0.1", number), broadcast) as publisher:
        await until(lambda: encoder.idrs >= 4)
        stats = publisher.stats()
    transport.close()
    assert (stats.state, stats.kind, stats.attempts) == ("publishing", "rtp", 1)
    headers = [struct.unpack("!BBHII", packet[:12]) for packet in port.packets if is_rtp(packet)]
    assert {one[0] for one in headers} == {0x80}
    assert len({one[4] for one in headers}) == 1
    sequence = [one[2] for one in headers]
    assert sequence == [(sequence[0] + index) & 0xFFFF for index in range(len(sequence))]
    for before, after in itertools.pairwise(headers):
        assert bool(before[1] & 0x80) == (before[3] != after[3])  # the marker ends a picture
    assert max(map(len, port.packets)) <= 1300


async def test_nothing_is_sent_while_nothing_listens_and_it_goes_on_when_somebody_does() -> None:
    encoder = TinyEncoder()
    broadcast = Broadcast(0, encoder.force_idr)
    transport, _, number = await open_port()
    transport.close()
    changes: list[bool] = []
    async with (
        stream_of(encoder, broadcast),
        RtpPublisher(
            RtpTarget("127.0.0.1", number),
            broadcast,
            on_change=lambda: changes.append(publisher.is_publishing),
            delay_s=lambda failures, retry_after: 0.01,
        ) as publisher,
    ):
        await until(lambda: publisher.stats().attempts >= 3)
        assert publisher.stats().pictures_sent == 0
        assert broadcast.stats().watchers == 0
        assert changes == []
        transport, port, _ = await open_port(number)
        await until(lambda: len(port.packets) > 20)
        assert publisher.is_publishing
        transport.close()
        await until(lambda: publisher.stats().reason == "nothing listens there")
        assert changes == [True, False]


async def test_a_public_address_is_refused_in_words() -> None:
    broadcast = Broadcast(0, lambda: None)
    async with RtpPublisher(RtpTarget("192.0.2.1", 5004), broadcast) as publisher:
        await until(lambda: publisher.stats().state == "refused")
        assert "not encrypted" in publisher.stats().reason
    broadcast.close()


async def test_it_stops_when_the_room_closes() -> None:
    broadcast = Broadcast(0, lambda: None)
    transport, _, number = await open_port()
    async with RtpPublisher(RtpTarget("127.0.0.1", number), broadcast) as publisher:
        await until(lambda: publisher.is_publishing)
        broadcast.close()
        assert publisher._task is not None
        async with asyncio.timeout(5):
            await asyncio.wait([publisher._task])
    transport.close()


@contextmanager
def ffmpeg_reads(sdp: Path, wanted: int) -> Iterator[list[int]]:
    """FFmpeg decodes what `sdp` describes, on a thread; the list fills with picture widths."""
    widths: list[int] = []

    def read() -> None:
        options = {"protocol_whitelist": "file,udp,rtp", "reorder_queue_size": "0", "analyzeduration": "1000000"}
        with av.open(str(sdp), options=options, timeout=20) as container:
            for frame in container.decode(video=0):
                widths.append(frame.width)
                if len(widths) >= wanted:
                    return

    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    yield widths
    thread.join(20)


async def test_ffmpeg_decodes_it(tmp_path: Path) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        number = probe.getsockname()[1] // 2 * 2
    sdp = tmp_path / "room.sdp"
    sdp.write_text(
        f"v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=room\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=video {number} RTP/AVP 96\r\n"
        "a=rtpmap:96 H264/90000\r\na=fmtp:96 packetization-mode=1;profile-level-id=42e01f\r\n"
    )
    encoder = TinyEncoder()
    broadcast = Broadcast(0, encoder.force_idr)
    with ffmpeg_reads(sdp, 30) as widths:
        async with (
            stream_of(encoder, broadcast),
            RtpPublisher(RtpTarget("127.0.0.1", number), broadcast, delay_s=lambda failures, retry_after: 0.05),
        ):
            async with asyncio.timeout(20):
                while len(widths) < 30:  # noqa: ASYNC110 - a thread fills it
                    await asyncio.sleep(0.02)
    assert set(widths) == {320}
