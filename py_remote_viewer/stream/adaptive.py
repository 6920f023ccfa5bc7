"""A watcher that moves on the ladder by what its link reports, and says which rung and size it sees. For both transports."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Protocol

from py_remote_viewer.protocol.messages import StreamStatus
from py_remote_viewer.protocol.pictures import Codec
from py_remote_viewer.stream.adaptation import Adaptation, Report
from py_remote_viewer.stream.follower import Follower
from py_remote_viewer.stream.packetize import SharedPicture

log = logging.getLogger(__name__)


class Rungs(Protocol):
    """`stream.rung_fanout.RungFanout`, as far as a watcher needs it."""

    def follow(self, codec: Codec, on_moved: Callable[[int, bool], None], /) -> Follower:
        """A watcher for the rungs of `codec`."""

    def bitrate_bps(self, rung: int) -> int:
        """Ceiling of `rung` now, bit/s."""


class AdaptiveFollower:
    """Event loop only.

    Attributes:
        follower: where its pictures come from.
        moves: how often it changed its rung.
    """

    def __init__(
        self,
        peer_id: str,
        codec: Codec,
        rungs: Rungs,
        now: float,
        *,
        on_rung: Callable[[StreamStatus], None],
        on_down: Callable[[], None] = lambda: None,
    ) -> None:
        """Args:
        peer_id: for the log.
        codec: whose ladder it moves on.
        rungs: the room's pictures.
        now: monotonic, s.
        on_rung: what it sees from now on: at the start, on another rung, and when the picture's size changes.
        on_down: it has come to a lower rung.
        """
        self.moves = 0
        self._peer_id = peer_id
        self._rungs = rungs
        self._on_rung = on_rung
        self._on_down = on_down
        self._reason = "start"
        self._shown: tuple[int, int, int] | None = None
        self.follower = rungs.follow(codec, self._moved)
        self._adaptation = Adaptation([rung.bitrate_bps for rung in self.follower.rungs], now)

    def observe(self, report: Report, now: float) -> None:
        """Move when the link says so."""
        if not self.follower.is_watching:
            return
        move = self._adaptation.observe(report, now)
        self.follower.link_bps = self._adaptation.link_bps
        if move is not None:
            log.debug("peer=%s to place %d of its ladder: %s", self._peer_id, move.place, move.reason)
            self._reason = move.reason
            self.follower.move(move.place)

    def sees(self, shared: SharedPicture) -> None:
        """`shared` is sent: say so when it is of another rung or size than the one before."""
        picture, spec = shared.picture, self.follower.rungs[self.follower.place]
        shown = (picture.rung, picture.width, picture.height)
        if shown == self._shown:
            return
        self._shown = shown
        self._on_rung(
            StreamStatus(
                rung=spec.rung,
                codec=picture.codec,
                width=picture.width,
                height=picture.height,
                fps=spec.fps,
                bitrate_bps=self._rungs.bitrate_bps(spec.rung),
                reason=self._reason,
            )
        )

    def _moved(self, place: int, is_down: bool) -> None:
        self.moves += 1
        if is_down:
            self._on_down()
