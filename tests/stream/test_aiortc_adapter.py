"""The private parts of aiortc that we use are there and do what we think; a new aiortc that moves them fails here."""

from __future__ import annotations

import inspect
from importlib.metadata import version
from typing import Any

import aioice.ice
import pytest
from aiortc import RTCConfiguration, RTCPeerConnection, RTCRtpSender, clock
from aiortc.codecs import HEADER_EXTENSIONS
from aiortc.rtcdtlstransport import RTCDtlsTransport
from aiortc.rtcrtpparameters import RTCRtpCodecParameters, RTCRtpSendParameters
from aiortc.rtp import (
    RTCP_PSFB_APP,
    RTCP_PSFB_FIR,
    RTCP_PSFB_PLI,
    RTCP_RTPFB_NACK,
    RtcpPacket,
    RtcpPsfbPacket,
    RtcpReceiverInfo,
    RtcpRrPacket,
    RtcpRtpfbPacket,
    RtcpSrPacket,
    pack_remb_fci,
)

from py_remote_viewer.stream import aiortc_adapter as adapter


@pytest.fixture
async def sender() -> Any:
    pc = RTCPeerConnection(RTCConfiguration(iceServers=[]))
    yield pc.addTransceiver("video", direction="sendonly").sender
    await pc.close()


class Owned:
    """Takes over a sender and writes down what reaches it."""

    def __init__(self, sender: RTCRtpSender) -> None:
        self.feedback = adapter.Feedback()
        self.losses = 0
        self.missing: list[int] = []
        self.parameters: list[RTCRtpSendParameters] = []
        self.ran = 0
        self.seams = adapter.SenderSeams(sender)
        self.reports: list[adapter.ReceiverReport] = []
        self.admits = True
        owner = adapter.RtpOwner(
            configure=self.parameters.append,
            run=self.run,
            resend=self.missing.extend,
            on_loss=self.lost,
            on_report=self.reports.append,
            admit=lambda size: self.admits,
            feedback=self.feedback,
        )
        adapter.own_rtp(sender, owner)

    def lost(self) -> None:
        self.losses += 1

    async def run(self) -> None:
        self.ran += 1
        self.seams.started()
        self.seams.exited()


def test_the_version_is_the_one_that_was_read() -> None:
    assert version("aiortc").startswith("1.16.")


def test_playout_delay_is_negotiable_under_an_id_of_its_own() -> None:
    ids = [extension.id for kind in ("audio", "video") for extension in HEADER_EXTENSIONS[kind]]
    uris = [extension.uri for extension in HEADER_EXTENSIONS["video"]]
    assert uris.count(adapter.PLAYOUT_DELAY_URI) == 1
    number = HEADER_EXTENSIONS["video"][uris.index(adapter.PLAYOUT_DELAY_URI)].id
    assert ids.count(number) == 1
    assert 1 <= number <= 14


async def test_loopback_is_offered_when_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adapter, "_host_addresses", lambda use_ipv4, use_ipv6: ["192.0.2.1"])
    with adapter.loopback_candidates(True):
        assert aioice.ice.get_host_addresses(True, True) == ["192.0.2.1", "127.0.0.1"]
    with adapter.loopback_candidates(False):
        assert aioice.ice.get_host_addresses(True, True) == ["192.0.2.1"]


async def test_loopback_is_offered_when_there_is_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adapter, "_host_addresses", lambda use_ipv4, use_ipv6: [])
    assert aioice.ice.get_host_addresses(True, True) == ["127.0.0.1"]
    assert aioice.ice.get_host_addresses(False, True) == []


async def test_gathering_asks_through_the_seam() -> None:
    with adapter.loopback_candidates(True):
        connection = aioice.ice.Connection(ice_controlling=False)
        await connection.gather_candidates()
    assert "127.0.0.1" in [candidate.host for candidate in connection.local_candidates]
    await connection.close()


async def test_only_h264_with_packetization_mode_1_is_left_constrained_baseline_first() -> None:
    pc = RTCPeerConnection(RTCConfiguration(iceServers=[]))
    transceiver = pc.addTransceiver("video", direction="sendonly")
    adapter.prefer_h264(transceiver)
    names = [codec.name for codec in transceiver._preferred_codecs]
    profiles = [codec.parameters.get("profile-level-id") for codec in transceiver._preferred_codecs[:2]]
    modes = [codec.parameters.get("packetization-mode") for codec in transceiver._preferred_codecs[:2]]
    assert names == ["H264", "H264", "rtx"]
    assert profiles == ["42e01f", "42001f"]
    assert modes == ["1", "1"]
    adapter.prefer_h264(transceiver, or_vp8=True)
    assert [codec.name for codec in transceiver._preferred_codecs] == ["H264", "H264", "VP8", "rtx"]
    await pc.close()


@pytest.mark.parametrize("kind", [RTCP_PSFB_PLI, RTCP_PSFB_FIR])
async def test_picture_loss_reaches_us(sender: RTCRtpSender, kind: int) -> None:
    owned = Owned(sender)
    await sender._handle_rtcp_packet(RtcpPsfbPacket(kind, 1, sender._ssrc))
    assert (owned.losses, owned.feedback.plis) == (1, 1)


async def test_every_missing_packet_is_asked_of_us(sender: RTCRtpSender) -> None:
    owned = Owned(sender)
    await sender._handle_rtcp_packet(RtcpRtpfbPacket(RTCP_RTPFB_NACK, 1, sender._ssrc, lost=[7, 9]))
    assert owned.missing == [7, 9]


async def test_remb_and_loss_are_noted(sender: RTCRtpSender) -> None:
    owned = Owned(sender)
    await sender._handle_rtcp_packet(RtcpPsfbPacket(RTCP_PSFB_APP, 1, 0, pack_remb_fci(1_000_000, [sender._ssrc])))
    info = RtcpReceiverInfo(sender._ssrc, 64, 10, 0, 0, 0, 0)
    await sender._handle_rtcp_packet(RtcpRrPacket(1, [info]))
    assert owned.feedback.remb_bps == 1_000_000
    assert owned.feedback.fraction_lost == 0.25


async def test_another_streams_feedback_is_not_ours(sender: RTCRtpSender) -> None:
    owned = Owned(sender)
    other = (sender._ssrc + 1) & 0xFFFFFFFF
    await sender._handle_rtcp_packet(RtcpPsfbPacket(RTCP_PSFB_APP, 1, 0, pack_remb_fci(1_000_000, [other])))
    await sender._handle_rtcp_packet(RtcpRrPacket(1, [RtcpReceiverInfo(other, 64, 10, 0, 0, 0, 0)]))
    assert owned.feedback.remb_bps is None
    assert owned.feedback.fraction_lost is None


async def test_a_sender_report_says_what_the_writer_told(sender: RTCRtpSender) -> None:
    owned = Owned(sender)
    owned.seams.report_sent(ntp=5 << 32, rtp_timestamp=90_000, packets=12, octets=3400)
    private: Any = sender
    assert private._RTCRtpSender__ntp_timestamp == 5 << 32
    (outbound,) = [entry for entry in (await sender.getStats()).values() if entry.type == "outbound-rtp"]
    assert (outbound.packetsSent, outbound.bytesSent) == (12, 3400)


async def test_a_sender_report_says_when_it_leaves_and_a_receiver_report_how_long_it_took(sender: RTCRtpSender) -> None:
    owned = Owned(sender)
    sent: list[bytes] = []
    private: Any = sender

    async def send(data: bytes) -> None:
        sent.append(data)

    private.transport._send_rtp = send
    ntp = clock.current_ntp_time()
    owned.seams.report_sent(ntp=ntp - (2 << 32), rtp_timestamp=90_000, packets=12, octets=3400)
    await owned.seams.send_report()
    [report] = RtcpPacket.parse(sent[0])
    assert isinstance(report, RtcpSrPacket)
    info = report.sender_info
    assert 0 <= info.ntp_timestamp - ntp < 1 << 32
    assert info.rtp_timestamp - 90_000 == pytest.approx(2 * 90_000, abs=90_000)
    assert (info.packet_count, info.octet_count) == (12, 3400)
    lsr = (info.ntp_timestamp >> 16) & 0xFFFFFFFF
    half_a_second = 32_768
    answer = RtcpReceiverInfo(sender._ssrc, 0, 2, 70_000, 0, (lsr - 4 * half_a_second) & 0xFFFFFFFF, half_a_second)
    await sender._handle_rtcp_packet(RtcpRrPacket(1, [answer]))
    [heard] = owned.reports
    assert (heard.highest, heard.lost) == (70_000, 2)
    assert heard.rtt_s == pytest.approx(1.5, abs=0.5)
    assert owned.feedback.rtt_s == heard.rtt_s
    silent = RtcpReceiverInfo(sender._ssrc, 0, 2, 70_000, 0, 0, 0)
    await sender._handle_rtcp_packet(RtcpRrPacket(1, [silent]))
    assert owned.reports[-1].rtt_s is None


async def test_a_flood_of_feedback_is_thrown_away_unread(sender: RTCRtpSender) -> None:
    owned = Owned(sender)
    private: Any = sender
    read: list[bytes] = []

    async def parse(data: bytes) -> None:
        read.append(data)

    private.transport._handle_rtcp_data = parse
    await sender.send(RTCRtpSendParameters(codecs=[RTCRtpCodecParameters("video/VP8", 90_000, payloadType=97)]))
    await private.transport._handle_rtcp_data(b"one")
    owned.admits = False
    await private.transport._handle_rtcp_data(b"two")
    assert (read, owned.feedback.ignored) == ([b"one"], 1)
    assert "self._handle_rtcp_data(" in inspect.getsource(RTCDtlsTransport)
    await sender.stop()


async def test_nothing_is_sent_before_there_is_a_connection(sender: RTCRtpSender) -> None:
    seams = adapter.SenderSeams(sender)
    with pytest.raises(ConnectionError):
        seams.srtp()
    with pytest.raises(ConnectionError):
        seams.udp()


def test_the_replaced_methods_are_called_by_their_names() -> None:
    source = inspect.getsource(RTCRtpSender)
    for call in (
        "self._run_rtp(",
        "self._send_rtcp(",
        "self.__rtp_started",
        "self.__rtp_exited",
    ):
        assert call in source, call
    assert "_handle_rtcp_packet(packet)" in inspect.getsource(RTCDtlsTransport)
    assert "_tx_srtp.protect(" in inspect.getsource(RTCDtlsTransport)
    assert "self._nominated.get(component)" in inspect.getsource(aioice.ice.Connection.sendto)
