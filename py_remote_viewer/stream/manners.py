"""How much one peer may send over its media connection before it is ignored. Pure; time is passed in.

An IDR costs everybody on the rung, so a peer whose picture breaks all the time gets few of them; feedback costs the server
its decryption and parsing, so beyond what the worst link causes it is thrown away unread. So is anything else, pointer
messages above all: 3400 of them a second took half a core.
"""

from __future__ import annotations

from py_remote_viewer.stream.token_bucket import TokenBucket

LOSSES_PER_S = 0.5
LOSS_BURST = 6.0
FEEDBACK_PER_S = 400.0  # in packets of up to 100 bytes; 10 % loss at 12 Mb/s makes about 100 a second
FEEDBACK_BURST = 800.0
INBOUND_BYTES_PER_S = 80_000.0  # twice the pointer messages that a peer is allowed, and the feedback of the worst link
INBOUND_BURST_BYTES = 160_000.0
_DATAGRAM_BYTES = 100  # what an empty one costs
_BYTES_PER_TOKEN = 100
_TOLERATED_LOSSES = 40
_TOLERATED_PACKETS = 200


class Manners:
    """Counts what one peer sends."""

    def __init__(self, now: float) -> None:
        self._losses = TokenBucket(LOSSES_PER_S, LOSS_BURST, now)
        self._feedback = TokenBucket(FEEDBACK_PER_S, FEEDBACK_BURST, now)
        self._inbound = TokenBucket(INBOUND_BYTES_PER_S, INBOUND_BURST_BYTES, now)
        self._losses_ignored = 0
        self._datagrams_ignored = 0
        self._packets_ignored = 0
        self._said: set[str] = set()

    def admit(self, size: int, now: float) -> bool:
        """Whether a packet of feedback of `size` bytes is read."""
        if self._feedback.take(now, 1 + size / _BYTES_PER_TOKEN):
            return True
        self._packets_ignored += 1
        return False

    def admit_datagram(self, size: int, now: float) -> bool:
        """Whether a datagram of `size` bytes is decrypted."""
        if self._inbound.take(now, size + _DATAGRAM_BYTES):
            return True
        self._datagrams_ignored += 1
        return False

    def may_start_over(self, now: float) -> bool:
        """Whether a picture loss may ask for an IDR."""
        if self._losses.take(now):
            return True
        self._losses_ignored += 1
        return False

    def complaint(self) -> str | None:
        """What this peer should be told, once for each kind of flood."""
        for found, limit, text in (
            (self._losses_ignored, _TOLERATED_LOSSES, "picture losses"),
            (self._packets_ignored, _TOLERATED_PACKETS, "packets of feedback"),
            (self._datagrams_ignored, _TOLERATED_PACKETS, "messages"),
        ):
            if found > limit and text not in self._said:
                self._said.add(text)
                return f"This connection sends too many {text}; most of them are ignored."
        return None
