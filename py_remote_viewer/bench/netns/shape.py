"""What a link does to packets, one direction at a time. Pure: time and chance are passed in.

A packet first waits in a queue of so many bytes until the bottleneck has sent it, then it may be lost, then it travels.
Packets never overtake each other. A full queue drops what comes last, as routers do.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

DEFAULT_QUEUE_BYTES = 64_000
_ETHERTYPE_ARP = b"\x08\x06"


@dataclass(frozen=True, slots=True)
class LinkShape:
    """How bad a link is, in each direction.

    Attributes:
        delay_ms: travel time one way; the round trip takes twice that.
        jitter_ms: up to so much more, uniformly.
        loss: share of packets lost on the way, 0..1.
        rate_bps: of the bottleneck, bits a second of whole Ethernet frames; 0: none.
        queue_bytes: what waits before the bottleneck at most.
        blackout: nothing gets through.
    """

    delay_ms: float = 0.0
    jitter_ms: float = 0.0
    loss: float = 0.0
    rate_bps: int = 0
    queue_bytes: int = DEFAULT_QUEUE_BYTES
    blackout: bool = False


@dataclass(slots=True)
class Counters:
    """Frames and bytes that came in, and what became of the frames that did not get through."""

    frames: int = 0
    octets: int = 0
    lost: int = 0
    overflowed: int = 0
    blacked_out: int = 0


class Direction:
    """One direction of a link: when each frame comes out at the other end, or that it does not."""

    def __init__(self, shape: LinkShape, seed: int) -> None:
        """`seed`: the same frames are lost in every run that sends the same frames."""
        self.shape = shape
        self.counters = Counters()
        self._chance = random.Random(seed)
        self._free_s = 0.0
        self._last_due_s = 0.0

    def due_s(self, frame: bytes, now: float) -> float | None:
        """When `frame`, which came in at `now` (seconds, monotonic), comes out; None when it never does."""
        shape, counters = self.shape, self.counters
        counters.frames += 1
        counters.octets += len(frame)
        if shape.blackout:
            counters.blacked_out += 1
            return None
        sent_s = now
        if shape.rate_bps:
            waiting_s = max(0.0, self._free_s - now)
            if waiting_s * shape.rate_bps / 8 + len(frame) > shape.queue_bytes:
                counters.overflowed += 1
                return None
            self._free_s = sent_s = now + waiting_s + len(frame) * 8 / shape.rate_bps
        if self._is_lost(frame):
            counters.lost += 1
            return None
        travel_s = (shape.delay_ms + self._chance.random() * shape.jitter_ms) / 1e3
        self._last_due_s = max(self._last_due_s, sent_s + travel_s)
        return self._last_due_s

    def _is_lost(self, frame: bytes) -> bool:
        """By lot; address resolution is spared, because a lost ARP request costs a second that no real access link takes."""
        return self._chance.random() < self.shape.loss and frame[12:14] != _ETHERTYPE_ARP
