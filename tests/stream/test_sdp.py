from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from py_remote_viewer.errors import MessageInvalid
from py_remote_viewer.protocol.messages import MAX_SDP_CHARS
from py_remote_viewer.stream.sdp import check_offer, ice_users, parse_candidate

FINGERPRINT = "sha-256 " + ":".join(["AB"] * 32)
TRANSPORT = f"a=ice-ufrag:abcd\r\na=ice-pwd:{'p' * 24}\r\na=fingerprint:{FINGERPRINT}\r\na=setup:actpass\r\n"
HEAD = "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0 1\r\n"
H264 = "a=rtpmap:102 H264/90000\r\na=fmtp:102 packetization-mode=1;profile-level-id=42e01f\r\n"
VIDEO = (
    f"m=video 9 UDP/TLS/RTP/SAVPF 102\r\nc=IN IP4 0.0.0.0\r\na=mid:0\r\na=recvonly\r\na=rtcp-mux\r\n{TRANSPORT}{H264}"
)
DATA = f"m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\nc=IN IP4 0.0.0.0\r\na=mid:1\r\na=sctp-port:5000\r\n{TRANSPORT}"
AUDIO = VIDEO.replace("m=video", "m=audio").replace("H264/90000", "opus/48000/2").replace("a=mid:0", "a=mid:2")
HOST = "candidate:1 1 udp 2113937151 192.0.2.7 47473 typ host generation 0"
MDNS = "candidate:1 1 udp 2113937151 8b2a6141-8692-46a7-8fcd-95ef79ecb6d1.local 47473 typ host"


def test_candidates_are_taken_out_of_the_offer() -> None:
    checked = check_offer(HEAD + VIDEO + f"a={HOST}\r\na={HOST}\r\na=end-of-candidates\r\n" + DATA)
    assert checked.mid == "0"
    assert checked.candidates == (HOST,)
    assert "candidate" not in checked.sdp


def test_sound_that_a_player_would_take_is_let_be_and_the_video_leads_the_bundle() -> None:
    offer = (HEAD + AUDIO + VIDEO).replace("BUNDLE 0 1", "BUNDLE 2 0")
    checked = check_offer(offer)
    assert checked.mid == "0"
    assert "a=group:BUNDLE 0 2\r\n" in checked.sdp
    assert ice_users(offer) == {"abcd"}


@pytest.mark.parametrize(
    "offer",
    [
        "",
        "hello",
        HEAD,
        HEAD + DATA,
        HEAD + VIDEO + AUDIO.replace("recvonly", "sendrecv"),
        HEAD + VIDEO + AUDIO + AUDIO.replace("a=mid:2", "a=mid:3"),
        HEAD + VIDEO + VIDEO,
        HEAD + VIDEO.replace("recvonly", "sendonly"),
        HEAD + VIDEO.replace("a=mid:0\r\n", ""),
        HEAD + VIDEO.replace("a=ice-pwd", "a=ice-nothing"),
        HEAD + VIDEO.replace("a=fingerprint", "a=nothing"),
        HEAD + VIDEO + "a=x\r\n" * MAX_SDP_CHARS,
    ],
)
def test_other_offers_are_refused_with_a_hint(offer: str) -> None:
    with pytest.raises(MessageInvalid) as refused:
        check_offer(offer)
    assert refused.value.hint


lines = (HEAD + VIDEO + DATA).splitlines()


@given(st.permutations(lines), st.integers(0, len(lines)), st.text(max_size=30))
def test_a_mangled_offer_is_refused_or_understood(shuffled: list[str], cut: int, noise: str) -> None:
    for offer in ("\r\n".join(shuffled), "\r\n".join([*lines[:cut], noise, *lines[cut:]]), "\r\n".join(lines[:cut])):
        try:
            check_offer(offer)
        except MessageInvalid:
            pass


def test_an_mdns_name_becomes_the_address_of_the_page() -> None:
    candidate = parse_candidate(MDNS, "192.0.2.9")
    assert candidate is not None
    assert (candidate.ip, candidate.port) == ("192.0.2.9", 47473)
    assert parse_candidate(MDNS, None) is None


def test_candidates_of_no_use_are_left_out() -> None:
    assert parse_candidate(HOST, None) is not None
    assert parse_candidate(HOST.replace("udp", "tcp"), None) is None
    assert parse_candidate(HOST.replace("192.0.2.7", "www.example.org"), "192.0.2.9") is None


@given(st.text(max_size=80) | st.lists(st.sampled_from([*HOST.split(), "-1", "99999999999", "::1"])).map(" ".join))
def test_no_candidate_crashes(line: str) -> None:
    try:
        parse_candidate(line, "192.0.2.9")
    except MessageInvalid:
        pass
