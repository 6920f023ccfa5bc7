"""Real connections on this machine: ICE, DTLS, SRTP, pictures that x264 made and a decoder shows."""

from __future__ import annotations

import asyncio
import struct
import subprocess
import sys
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiortc import RTCSessionDescription
from aiortc.codecs.h264 import h264_depayload
from aiortc.rtp import RtpPacket

from py_remote_viewer.clock import now_s, to_rtp
from py_remote_viewer.errors import MessageInvalid, NoCommonCodec
from py_remote_viewer.protocol.messages import MAX_POINTER_BYTES, CandidateInit
from py_remote_viewer.stream import peer as peers
from py_remote_viewer.stream.adaptation import Report
from py_remote_viewer.stream.broadcast import QUEUE_PICTURES, REPLAY_PICTURES
from py_remote_viewer.stream.manners import Manners
from py_remote_viewer.stream.peer import CLOSE_TIMEOUT_S, MAX_CANDIDATES, WebRtcPeer
from py_remote_viewer.stream.rtp_writer import MAX_BACKLOG_BYTES
from py_remote_viewer.stream.rung_fanout import RungFanout
from tests.stream.loopback import TinyEncoder, TinyEngine, Viewer, fanout, stream_of, until, viewer
from tests.stream.test_sdp import DATA, HEAD, VIDEO


@pytest.fixture
def encoder() -> TinyEncoder:
    return TinyEncoder()


@pytest.fixture
async def broadcast(encoder: TinyEncoder) -> AsyncIterator[RungFanout]:
    made = fanout(encoder.force_idr)
    async with stream_of(encoder, made):
        yield made


@pytest.fixture
async def quiet() -> AsyncIterator[RungFanout]:
    """A broadcast to which nobody publishes."""
    made = fanout()
    yield made
    made.close()


class States:
    """Remembers connection states, and wakes who waits for one."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self._changed = asyncio.Event()

    def __call__(self, state: str) -> None:
        self.seen.append(state)
        self._changed.set()

    async def wait(self, state: str) -> None:
        async with asyncio.timeout(20):
            while state not in self.seen:
                self._changed.clear()
                await self._changed.wait()


async def test_pictures_are_decoded_and_each_was_encoded_once(encoder: TinyEncoder, broadcast: RungFanout) -> None:
    async with (
        viewer() as one,
        viewer() as two,
        WebRtcPeer("one", broadcast) as first,
        WebRtcPeer("two", broadcast) as second,
    ):
        await one.connect(first)
        await two.connect(second)
        for each in (one, two):
            picture = await each.picture()
            assert (picture.width, picture.height) == (320, 192)
            for _ in range(10):
                await each.picture()
        assert first.stats().plis == second.stats().plis == 0
    assert encoder.calls == broadcast.stats().published + broadcast.stats().unwatched
    assert broadcast.stats().delivered > 20


async def test_a_joiner_starts_with_an_idr_and_nothing_is_queued_before(broadcast: RungFanout) -> None:
    states = States()
    async with viewer() as one, WebRtcPeer("one", broadcast, on_state=states) as peer:
        assert broadcast.stats().watchers == 0
        answer = await peer.answer(await one.offer())
        assert broadcast.stats().watchers == 0, "not connected yet"
        await one.pc.setRemoteDescription(RTCSessionDescription(sdp=answer, type="answer"))
        assert (await one.picture()).key_frame
        assert states.seen == ["connecting", "connected"]
        assert broadcast.stats().watchers == 1
    assert broadcast.stats().watchers == 0
    assert states.seen[-1] == "closed"


async def test_a_lossy_viewer_gets_an_idr_when_it_asks(encoder: TinyEncoder, broadcast: RungFanout) -> None:
    async with viewer() as one, WebRtcPeer("one", broadcast) as peer:
        await one.connect(peer)
        await one.picture()
        before = encoder.idrs
        receiver: Any = one.pc.getReceivers()[0]
        ssrc = peer._pc.getSenders()[0]._ssrc
        for _ in range(30):
            await receiver._send_rtcp_pli(ssrc)
        async with asyncio.timeout(20):
            while encoder.idrs == before or peer.stats().plis < 30:
                await one.picture()
        assert encoder.idrs - before <= 2, "a storm of reports costs one IDR and one remembered"


async def test_a_lost_packet_is_sent_again_as_rtx(broadcast: RungFanout) -> None:
    async with viewer() as one, WebRtcPeer("one", broadcast) as peer:
        await one.connect(peer)
        await one.picture()
        arrived: list[RtpPacket] = []
        transport: Any = one.pc.getReceivers()[0].transport
        stock = transport._handle_rtp_data
        again = asyncio.Event()

        async def handle(data: bytes, arrival_time_ms: int) -> None:
            packet = RtpPacket.parse(data)
            arrived.append(packet)
            if packet.ssrc != arrived[0].ssrc:
                again.set()
            await stock(data, arrival_time_ms=arrival_time_ms)

        transport._handle_rtp_data = handle
        await until(lambda: bool(arrived))
        missing = arrived[0]
        receiver: Any = one.pc.getReceivers()[0]
        await receiver._send_rtcp_nack(missing.ssrc, [missing.sequence_number])
        async with asyncio.timeout(20):
            await again.wait()
        resent = next(packet for packet in arrived if packet.ssrc != missing.ssrc)
        assert struct.unpack("!H", resent.payload[:2])[0] == missing.sequence_number
        assert resent.payload[2:] == missing.payload
        assert peer.stats().packets_resent == 1
        peer._writer.resend([(missing.sequence_number - 3000) & 0xFFFF])  # never sent, or long forgotten
        assert peer.stats().packets_resent == 1


async def test_packets_say_when_they_were_captured_and_to_be_shown_at_once(broadcast: RungFanout) -> None:
    info: list[tuple[int, str]] = []
    async with (
        viewer() as one,
        WebRtcPeer("one", broadcast, on_stream_info=lambda origin, codec: info.append((origin, codec))) as peer,
    ):
        await one.connect(peer)
        await one.picture()
        transport: Any = one.pc.getReceivers()[0].transport
        packets: asyncio.Queue[RtpPacket] = asyncio.Queue()

        async def handle(data: bytes, arrival_time_ms: int) -> None:
            assert b"\x00\x00\x00" in data[12:40], "playout-delay 0/0"
            packets.put_nowait(RtpPacket.parse(data))

        transport._handle_rtp_data = handle
        async with asyncio.timeout(20):
            packet = await packets.get()
        assert info == [(peer.rtp_origin, "H264 42e01f")]
        age_s = ((to_rtp(now_s()) - (packet.timestamp - peer.rtp_origin)) & 0xFFFFFFFF) / 90_000
        assert 0 <= age_s < 20
        assert h264_depayload(packet.payload).startswith(b"\x00\x00\x00\x01")


async def test_a_hidden_page_gets_no_pictures_and_a_fresh_start_when_it_comes_back(broadcast: RungFanout) -> None:
    async with viewer() as one, WebRtcPeer("one", broadcast) as peer:
        await one.connect(peer)
        await one.picture()
        peer.watch(False)
        assert broadcast.stats().watchers == 0
        sent = peer.stats().pictures_sent
        unwatched = broadcast.stats().unwatched
        await until(lambda: broadcast.stats().unwatched >= unwatched + 5)
        assert peer.stats().pictures_sent <= sent + 1
        peer.watch(True)
        async with asyncio.timeout(20):
            while not (await one.picture()).key_frame:
                pass
        assert broadcast.stats().watchers == 1


async def test_pointer_messages_go_both_ways_and_long_ones_are_dropped(quiet: RungFanout) -> None:
    got: asyncio.Queue[bytes | str] = asyncio.Queue()
    back: asyncio.Queue[str] = asyncio.Queue()
    async with viewer() as one, WebRtcPeer("one", quiet, on_pointer=got.put_nowait) as peer:
        one.channel.on("message", back.put_nowait)
        assert not peer.send_pointer("too early")
        await one.connect(peer)
        async with asyncio.timeout(20):
            await one.opened.wait()
            one.channel.send("x" * (MAX_POINTER_BYTES + 1))
            one.channel.send("drag")
            assert await got.get() == "drag"
            assert peer.send_pointer('{"type": "applied"}')
            assert await back.get() == '{"type": "applied"}'


async def test_a_callback_that_fails_does_not_end_the_connection(
    broadcast: RungFanout, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(data: bytes | str) -> None:
        raise RuntimeError("room is confused")

    async with viewer() as one, WebRtcPeer("one", broadcast, on_pointer=broken) as peer:
        await one.connect(peer)
        async with asyncio.timeout(20):
            await one.opened.wait()
            one.channel.send("drag")
            while "callback failed" not in caplog.text:
                await one.picture()
        await one.picture()


async def test_a_peer_that_the_network_does_not_take_costs_only_itself(encoder: TinyEncoder, quiet: RungFanout) -> None:
    """Its socket accepts nothing any more: its pictures are dropped, another's are not, and no IDR is asked for it."""
    async with (
        viewer() as one,
        viewer() as two,
        WebRtcPeer("stuck", quiet) as stuck,
        WebRtcPeer("well", quiet) as well,
    ):
        await one.connect(stuck)
        await two.connect(well)
        await until(lambda: quiet.stats().watchers == 2)
        seams: Any = stuck._writer._seams
        sendto, address, _ = seams.udp()
        backlog = MAX_BACKLOG_BYTES + 1
        seams.udp = lambda: (sendto, address, backlog)
        asked = quiet.stats().idr_asked
        for sent in range(REPLAY_PICTURES + 3 * QUEUE_PICTURES):
            quiet.publish(encoder.encode())
            await until(lambda sent=sent: well.stats().pictures_sent > sent)
        assert well.stats().pictures_dropped == 0
        assert stuck.stats().pictures_sent == 0
        assert stuck.stats().pictures_dropped == QUEUE_PICTURES + 1
        assert quiet.stats().idr_asked == asked
        backlog = 0
        await until(lambda: quiet.stats().idr_asked == asked + 1)
        encoder.force_idr()
        for sent in range(2):
            quiet.publish(encoder.encode())
            await until(lambda sent=sent: stuck.stats().pictures_sent > sent)


async def test_a_browser_that_names_none_of_its_addresses_connects(broadcast: RungFanout) -> None:
    """Chromium without a default route signals end-of-candidates and nothing else; its checks reach us all the same."""
    async with viewer() as one, WebRtcPeer("one", broadcast) as peer:
        offer = "".join(
            f"{line}\r\n" for line in (await one.offer()).splitlines() if not line.startswith("a=candidate")
        )
        assert "a=end-of-candidates" in offer
        answer = await peer.answer(offer)
        await peer.add_candidate(None)
        await one.pc.setRemoteDescription(RTCSessionDescription(sdp=answer, type="answer"))
        await one.picture()


@pytest.mark.parametrize(
    ("page", "offered"),
    [("127.0.0.1", True), ("::1", True), ("::ffff:127.0.0.1", True), ("192.0.2.9", False), (None, False)],
)
async def test_loopback_is_offered_to_pages_of_this_machine(quiet: RungFanout, page: str | None, offered: bool) -> None:
    async with viewer() as one, WebRtcPeer("one", quiet, remote_address=page) as peer:
        answer = await peer.answer(await one.offer())
        hosts = [line.split()[4] for line in answer.splitlines() if line.startswith("a=candidate")]
        assert ("127.0.0.1" in hosts) is (offered or hosts == ["127.0.0.1"])


async def test_candidates_may_be_trickled(quiet: RungFanout) -> None:
    async with viewer() as one, WebRtcPeer("one", quiet, remote_address="127.0.0.1") as peer:
        with pytest.raises(MessageInvalid):
            await peer.add_candidate(CandidateInit(candidate="candidate:1 1 udp 1 192.0.2.7 4000 typ host"))
        await peer.answer(await one.offer())
        await peer.add_candidate(CandidateInit(candidate="candidate:1 1 udp 1 x.local 4000 typ host", sdpMid="0"))
        await peer.add_candidate(CandidateInit(candidate=""))
        await peer.add_candidate(None)
        with pytest.raises(MessageInvalid):
            await peer.add_candidate(CandidateInit(candidate="nonsense"))
        useless = CandidateInit(candidate="candidate:1 1 tcp 1 192.0.2.7 9 typ host")
        while peer._candidates < MAX_CANDIDATES:
            await peer.add_candidate(useless)
        with pytest.raises(MessageInvalid, match=str(MAX_CANDIDATES)):
            await peer.add_candidate(useless)


async def test_an_offer_without_our_codec_is_refused(quiet: RungFanout) -> None:
    for codec in ("VP9/90000", "H264/90000"):
        async with WebRtcPeer("one", quiet) as peer:
            with pytest.raises(NoCommonCodec):
                await peer.answer(HEAD + VIDEO.replace("H264/90000", codec).replace("mode=1", "mode=0") + DATA)


async def test_an_offer_is_answered_once(quiet: RungFanout) -> None:
    async with viewer() as one, WebRtcPeer("one", quiet) as peer:
        offer = await one.offer()
        await peer.answer(offer)
        with pytest.raises(MessageInvalid):
            await peer.answer(offer)


@pytest.mark.parametrize("offer", ["", "v=0", HEAD + VIDEO.replace("a=rtpmap:102", "a=rtpmap:x"), HEAD + DATA])
async def test_a_broken_offer_is_refused(quiet: RungFanout, offer: str) -> None:
    async with WebRtcPeer("one", quiet) as peer:
        with pytest.raises(MessageInvalid):
            await peer.answer(offer)


async def test_a_remote_that_never_answers_fails_in_time_and_closes_at_once(quiet: RungFanout) -> None:
    states = States()
    one = Viewer()
    async with WebRtcPeer("dead", quiet, on_state=states, connect_timeout_s=0.05) as peer:
        await peer.answer(await one.offer())
        await one.close()
        await states.wait("failed")
        async with asyncio.timeout(CLOSE_TIMEOUT_S + 5):
            await asyncio.gather(peer.close(), peer.close())
        assert peer.stats().state == "closed"
        await peer.close()


async def test_a_remote_that_vanishes_does_not_hold_up_closing(broadcast: RungFanout) -> None:
    async with viewer() as one:
        async with WebRtcPeer("one", broadcast) as peer:
            await one.connect(peer)
            await one.picture()
            connection: Any = one.pc.getReceivers()[0].transport.transport._connection
            for protocol in connection._protocols:
                protocol.transport.abort()
            async with asyncio.timeout(CLOSE_TIMEOUT_S + 5):
                await peer.close()
        assert broadcast.stats().watchers == 0


def test_streaming_needs_neither_mujoco_nor_opengl() -> None:
    code = (
        "import sys, py_remote_viewer.stream.peer as _;"
        "sys.exit(bool({m.partition('.')[0] for m in sys.modules} & {'mujoco', 'OpenGL'}))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


async def test_who_gets_pictures_and_says_nothing_for_long_is_given_up(
    broadcast: RungFanout, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(peers, "SILENCE_CHECK_S", 0.05)
    states = States()
    async with viewer() as one, WebRtcPeer("one", broadcast, on_state=states) as peer:
        await one.connect(peer)
        await one.picture()
        monkeypatch.setattr(peer, "_manners", Deaf())
        monkeypatch.setattr(peers, "SILENCE_S", 0.2)
        await states.wait("failed")
        assert broadcast.stats().watchers == 0


async def test_who_gets_no_pictures_may_be_silent(quiet: RungFanout, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peers, "SILENCE_CHECK_S", 0.01)
    monkeypatch.setattr(peers, "SILENCE_S", 0.0)
    states = States()
    async with viewer() as one, WebRtcPeer("one", quiet, on_state=states) as peer:
        await one.connect(peer)
        await states.wait("connected")
        checked: Any = peer
        before = checked._silence
        await until(lambda: checked._silence not in (None, before))
        assert states.seen[-1] == "connected"


class Deaf(Manners):
    """Reads no feedback."""

    def __init__(self) -> None:
        super().__init__(now_s())

    def admit(self, size: int, now: float) -> bool:
        return False


async def test_a_narrow_link_is_left_for_a_lower_rung_and_the_page_is_told_why() -> None:
    engine, told = TinyEngine(), []
    async with (
        engine.running() as fanout,
        viewer() as one,
        WebRtcPeer("one", fanout, on_rung=told.append) as peer,
    ):
        await one.connect(peer)
        await one.picture()
        narrow = Report(0.02, 0.5, 600, 4e6, 2e6)
        peer._reported(narrow)
        await until(lambda: peer.stats().rung == 1)
        async with asyncio.timeout(20):
            while (await one.picture()).height != 160:
                pass
        assert (told[-1].rung, told[-1].reason) == (1, "packets were lost at 4.0 Mb/s")
        assert peer.stats().link_bps == 2e6
        fanout.adapt(now_s())
        assert fanout.bitrate_bps(1) == 1_500_000
        peer._reported(Report(None, 0.05, 100, 1e6, 1e6))
        peer.watch(False)
        peer._reported(narrow)
        assert peer.stats().rung == 1, "reports that come while nothing is sent mean nothing"
