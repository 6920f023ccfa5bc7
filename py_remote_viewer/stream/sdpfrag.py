"""ICE candidates that a WHEP player trickles over HTTP: `application/trickle-ice-sdpfrag` (RFC 8840, 9). Pure."""

from __future__ import annotations

from dataclasses import dataclass

from py_remote_viewer.errors import MessageInvalid

MAX_CHARS = 32_000
_HINT = "Send the new candidates with a=ice-ufrag and a=ice-pwd of the offer (RFC 8840, 9)."


@dataclass(frozen=True, slots=True)
class Fragment:
    """What a fragment holds.

    Attributes:
        ufrag: ICE user name that the candidates belong to; None when it names none.
        candidates: `candidate:…` lines in their order, without duplicates.
        ended: there are no more.
    """

    ufrag: str | None
    candidates: tuple[str, ...]
    ended: bool


def parse(text: str) -> Fragment:
    """Read a fragment.

    Raises:
        MessageInvalid: too long, a line that is none of SDP, or two user names.
    """
    if len(text) > MAX_CHARS:
        raise MessageInvalid(f"more than {MAX_CHARS} characters", hint="Send fewer candidates at once.")
    ufrags: set[str] = set()
    candidates: dict[str, None] = {}
    ended = False
    for line in text.splitlines():
        if not line.strip():
            continue
        if len(line) < 2 or line[1] != "=" or line[0] not in "acm":
            raise MessageInvalid(f"not a line of an SDP fragment: {line[:40]!r}", hint=_HINT)
        name, _, value = line[2:].strip().partition(":")
        if line[0] != "a":
            continue
        if name == "ice-ufrag":
            ufrags.add(value)
        elif name == "candidate":
            candidates[f"candidate:{value}"] = None
        elif name == "end-of-candidates":
            ended = True
    if len(ufrags) > 1:
        raise MessageInvalid("a fragment with two ICE user names", hint=_HINT)
    return Fragment(next(iter(ufrags), None), tuple(candidates), ended)
