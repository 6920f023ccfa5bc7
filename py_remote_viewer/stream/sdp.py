"""What we take from a stranger's SDP: an offer of the one shape that we answer, and ICE candidates. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address

from aiortc import RTCIceCandidate
from aiortc.sdp import MediaDescription, SessionDescription, candidate_from_sdp

from py_remote_viewer.errors import MessageInvalid
from py_remote_viewer.protocol.messages import MAX_SDP_CHARS

OFFER_HINT = "Offer one recvonly video section and, if wanted, one data channel; see docs/protocol.md."
_MAX_CANDIDATE_CHARS = 1024


@dataclass(frozen=True, slots=True)
class CheckedOffer:
    """An offer that can be answered.

    Attributes:
        sdp: the offer without its candidates, the video section leading the bundle.
        mid: of the video section.
        candidates: `candidate:…` lines that were in the offer, in their order, without duplicates.
    """

    sdp: str
    mid: str
    candidates: tuple[str, ...]


def check_offer(offer: str) -> CheckedOffer:
    """Check the shape of an SDP offer and take its candidates out of it.

    Audio or video to us, or a second video section, would each make the server receive and decode it, so they are
    refused. One section to receive audio is let be and answered `inactive`: WHEP players offer it as a matter of course.

    Raises:
        MessageInvalid: says what is wrong.
    """
    if len(offer) > MAX_SDP_CHARS:
        raise MessageInvalid(f"SDP of {len(offer)} characters; at most {MAX_SDP_CHARS} are taken", hint=OFFER_HINT)
    lines = offer.splitlines()
    candidates = dict.fromkeys(line[2:] for line in lines if line.startswith("a=candidate:"))
    kept = [line for line in lines if not line.startswith(("a=candidate:", "a=end-of-candidates"))]
    text = "".join(f"{line}\r\n" for line in kept)
    try:
        description = SessionDescription.parse(text)
    except Exception as exc:  # a stranger's text in a library's parser; it answers with whatever breaks first
        raise MessageInvalid(f"the offer is not SDP: {type(exc).__name__}", hint=OFFER_HINT) from exc
    kinds = sorted(media.kind for media in description.media if not _only_receives_audio(media))
    silent = len(description.media) - len(kinds)
    if kinds not in (["video"], ["application", "video"]) or silent > 1:
        raise MessageInvalid(f"the offer has the sections {', '.join(kinds)[:100] or 'none'}", hint=OFFER_HINT)
    video = next(media for media in description.media if media.kind == "video")
    if video.direction not in ("recvonly", "sendrecv"):
        raise MessageInvalid(
            f"the video section of the offer is {video.direction or 'without direction'}", hint=OFFER_HINT
        )
    for media in description.media:
        ice, dtls = media.ice, media.dtls
        if not ice or not ice.usernameFragment or not ice.password or not dtls or not dtls.fingerprints:
            raise MessageInvalid(
                f"the {media.kind} section has no ICE credentials or DTLS fingerprint", hint=OFFER_HINT
            )
        if not media.rtp.muxId:
            raise MessageInvalid(f"the {media.kind} section has no mid", hint=OFFER_HINT)
    text = "".join(f"{_video_first(line, video.rtp.muxId)}\r\n" for line in kept)
    return CheckedOffer(sdp=text, mid=video.rtp.muxId, candidates=tuple(candidates))


def ice_users(offer: str) -> frozenset[str]:
    """ICE user names in `offer`: other ones in later candidates mean a restart."""
    return frozenset(line[12:].strip() for line in offer.splitlines() if line.startswith("a=ice-ufrag:"))


def _video_first(line: str, mid: str) -> str:
    """The group line with `mid` in front: aiortc discards our one transport when another section leads the bundle."""
    group = line.split()
    if group[:1] != ["a=group:BUNDLE"] or mid not in group:
        return line
    return " ".join([group[0], mid, *(other for other in group[1:] if other != mid)])


def _only_receives_audio(media: MediaDescription) -> bool:
    return media.kind == "audio" and media.direction in ("recvonly", "inactive")


def parse_candidate(line: str, page_address: str | None) -> RTCIceCandidate | None:
    """A `candidate:…` line as aiortc takes it; None when it is of no use to us (TCP, or a name that cannot be known).

    An mDNS name (draft-ietf-mmusic-mdns-ice-candidates) becomes `page_address`, which is where the page is seen from.

    Raises:
        MessageInvalid: not a candidate.
    """
    try:
        candidate = candidate_from_sdp(line[:_MAX_CANDIDATE_CHARS].partition(":")[2])
        candidate.priority.to_bytes(4, "big")
        candidate.port.to_bytes(2, "big")
    except (ValueError, IndexError, KeyError, AssertionError, OverflowError) as exc:
        raise MessageInvalid("not an ICE candidate", hint="Send RTCPeerConnection's candidates unchanged.") from exc
    if candidate.protocol.lower() != "udp" or candidate.component != 1 or candidate.port == 0:
        return None
    try:
        ip_address(candidate.ip)
    except ValueError:
        if not candidate.ip.endswith(".local") or page_address is None:
            return None
        candidate.ip = page_address
    return candidate
