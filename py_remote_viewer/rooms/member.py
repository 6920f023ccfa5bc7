"""A peer as its room sees it, and what a room counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from py_remote_viewer.protocol.messages import ViewerReport
from py_remote_viewer.rooms.outbox import Outbox
from py_remote_viewer.rooms.parts import MediaStats

PeerKind = Literal["page", "whep"]


@dataclass(frozen=True, slots=True)
class PeerFigures:
    """One peer in numbers. `media` is a dataclass of the connection's own figures; `report` is what the page measured.

    `kind`: `page` speaks `/ws/signaling`, `whep` only watches.
    """

    name: str
    state: str
    age_s: float
    messages: int
    messages_refused: int
    outbox_dropped: int
    media: MediaStats | None
    report: ViewerReport | None
    kind: PeerKind = "page"


class Member(Protocol):
    """A peer, as its room sees it."""

    @property
    def peer_id(self) -> str:
        """Unique in the room."""

    @property
    def outbox(self) -> Outbox:
        """Where messages to it go."""

    @property
    def is_watching(self) -> bool:
        """Whether it wants pictures and can get them."""

    @property
    def figures(self) -> PeerFigures:
        """For statistics."""


@dataclass(slots=True)
class RoomCounters:
    """Everything since the room opened; survives the engines."""

    joined: int = 0
    events: int = 0
    pictures: int = 0
    picture_bytes: int = 0
    idrs: int = 0
    loads: int = 0
    loads_failed: int = 0
    compiles: int = 0
    compile_s: float = 0.0
    slow_peers: int = 0
