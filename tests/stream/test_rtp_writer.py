"""What a peer sends over a bad link, and to a receiver that asks for too much."""

from __future__ import annotations

from typing import Any

import pytest
from aiortc.rtp import RTCP_PSFB_PLI, RTCP_RTPFB_NACK, RtcpPsfbPacket, RtcpRtpfbPacket

from py_remote_viewer.protocol.pictures import EncodedPicture
from py_remote_viewer.stream.manners import LOSS_BURST
from py_remote_viewer.stream.packetize import MAX_PAYLOAD, SharedPicture
from py_remote_viewer.stream.peer import WebRtcPeer
from py_remote_viewer.stream.resends import SHARE, START_BYTES
from py_remote_viewer.stream.rtp_writer import AT_ONCE_PACKETS, MOST_BURSTS, _Extensions
from tests.stream.loopback import TinyEngine, until, viewer
from tests.stream.lossy import BadLink


def of_packets(count: int, captured_s: float) -> SharedPicture:
    """A picture that takes `count` RTP packets."""
    slice_ = b"\x65" + bytes([7]) * ((MAX_PAYLOAD - 2) * count - 50)
    picture = EncodedPicture(b"\0\0\0\1" + slice_, True, 0, 1, captured_s, 640, 360)
    made = SharedPicture(picture)
    assert len(made.payloads) == count
    return made


async def test_what_a_link_loses_is_sent_again_and_every_picture_is_decoded() -> None:
    engine = TinyEngine()
    async with engine.running() as fanout, viewer() as one, WebRtcPeer("one", fanout) as peer:
        await one.connect(peer)
        await one.picture()
        BadLink(peer, drop_every=10, delay_s=0.01)
        for _ in range(60):
            await one.picture()
        stats = peer.stats()
        assert stats.packets_resent > 0
        assert stats.resend_share <= SHARE
        assert stats.plis <= 2


async def test_a_flood_of_requests_gets_a_quarter_at_most_and_costs_the_others_nothing() -> None:
    engine = TinyEngine()
    limited: list[str] = []
    async with (
        engine.running() as fanout,
        viewer() as one,
        viewer() as two,
        WebRtcPeer("flood", fanout, on_limited=limited.append) as flood,
        WebRtcPeer("well", fanout) as well,
    ):
        await one.connect(flood)
        await two.connect(well)
        await one.picture()
        await two.picture()
        sender: Any = flood._pc.getSenders()[0]
        everything = list(range(1 << 16))
        for _ in range(30):
            await sender._handle_rtcp_packet(RtcpRtpfbPacket(RTCP_RTPFB_NACK, 1, sender._ssrc, lost=everything))
            await two.picture()
        stats = flood.stats()
        assert stats.resends_refused > 30 * 1000
        assert stats.resend_share * stats.bytes_sent <= START_BYTES + SHARE * stats.bytes_sent
        assert well.stats().pictures_dropped == 0
        read = 0
        for _ in range(5000):
            read += flood._admit(1200)
        assert read < 100
        idrs = fanout.stats().idr_asked
        for _ in range(200):
            await sender._handle_rtcp_packet(RtcpPsfbPacket(RTCP_PSFB_PLI, 1, sender._ssrc))
        assert fanout.stats().idr_asked - idrs <= LOSS_BURST
        assert len(limited) == 2, "told once of each"
        await two.picture()


async def test_a_large_picture_leaves_in_bursts_and_an_ordinary_one_at_once() -> None:
    engine = TinyEngine()
    async with viewer() as one, WebRtcPeer("one", engine.fanout) as peer:
        await one.connect(peer)
        await until(lambda: engine.fanout.stats().watchers == 1)
        link = BadLink(peer)
        await peer._writer.write(of_packets(AT_ONCE_PACKETS, 1.0))
        assert len(link.sent) == AT_ONCE_PACKETS
        assert link.sent[-1][0] - link.sent[0][0] < 0.05
        for count in (60, 400):
            link.sent.clear()
            await peer._writer.write(of_packets(count, 2.0 + count))
            assert len(link.sent) == count
            gaps = [later - earlier for (earlier, _), (later, _) in zip(link.sent, link.sent[1:], strict=False)]
            assert sum(gap >= 0.0009 for gap in gaps) >= min(MOST_BURSTS, count // 20) - 1
    engine.fanout.close()


async def test_time_stands_never_still_in_a_stream() -> None:
    engine = TinyEngine()
    async with WebRtcPeer("one", engine.fanout) as peer:
        writer = peer._writer
        given = [100, 200, 200, 190, 201, 202, 300]
        made = [(writer._next_timestamp(at) - writer.rtp_origin) & 0xFFFFFFFF for at in given]
        assert made == [100, 200, 201, 202, 203, 204, 300]
        assert (writer._next_timestamp(0xFFFFFFFF) - writer.rtp_origin) & 0xFFFFFFFF == 301, "the past is not believed"
    engine.fanout.close()


async def test_what_was_sent_before_a_fresh_start_is_not_sent_again() -> None:
    engine = TinyEngine()
    async with engine.running() as fanout, viewer() as one, WebRtcPeer("one", fanout) as peer:
        await one.connect(peer)
        for _ in range(5):
            await one.picture()
        writer = peer._writer
        last = (writer._sequence - 1) & 0xFFFF
        writer.forget()
        writer.resend([last])
        assert writer.resent == 0
        sent = writer.pictures
        await until(lambda: writer.pictures > sent)
        writer.resend([(writer._sequence - 1) & 0xFFFF])
        assert writer.resent == 1


@pytest.mark.parametrize(
    ("longest_s", "wire"), [(0.0, b"\x00\x00\x00"), (0.1, b"\x00\x00\x0a"), (99.0, b"\x00\x0f\xff")]
)
def test_how_long_a_picture_may_be_held_back(longest_s: float, wire: bytes) -> None:
    extensions = _Extensions({"http://www.webrtc.org/experiments/rtp-hdrext/playout-delay": 5}, "")
    extensions.set_playout_delay(longest_s)
    assert extensions.at(0)[4:8] == bytes([5 << 4 | 2]) + wire
