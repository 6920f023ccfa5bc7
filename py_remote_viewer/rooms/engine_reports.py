"""What a room hears of its engine (`engine.events.EngineEvents`): passed on to whom it concerns, and kept for who asks later.

Here only is decided what people read when an engine stops. What the room asks of the engine is in `rooms/room.py`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

from py_remote_viewer.errors import EngineFailed, ViewerError
from py_remote_viewer.protocol.engine_messages import (
    EngineNotice,
    EngineReady,
    EngineStatus,
    InputApplied,
    PeerAnswer,
)
from py_remote_viewer.protocol.engine_values import FieldsResolved, ValuesSampled
from py_remote_viewer.protocol.look import Look
from py_remote_viewer.protocol.messages import Applied, Notice, ServerMessage
from py_remote_viewer.protocol.pictures import EncodedPicture
from py_remote_viewer.protocol.recording import TrajectoryData
from py_remote_viewer.protocol.status import SimulationStatus
from py_remote_viewer.rooms.member import Member, RoomCounters
from py_remote_viewer.rooms.outbox import line
from py_remote_viewer.rooms.parts import Fanout
from py_remote_viewer.rooms.recorder import Recorder
from py_remote_viewer.rooms.value_board import ValueBoard

log = logging.getLogger(__name__)


class EngineReports:
    """One room's; event loop only.

    Attributes:
        status: the newest telemetry.
        look: flags, groups and labels of the picture.
        failure: why nothing runs, until an engine works again.
    """

    def __init__(
        self,
        room_id: str,
        members: Mapping[str, Member],
        counters: RoomCounters,
        fanout: Fanout,
        recorder: Recorder,
        values: ValueBoard,
        tell: Callable[[ServerMessage], None],
        tell_status: Callable[[], None],
    ) -> None:
        """Args:
        room_id: for the log.
        members: who is there, by peer_id.
        counters: of the room; pictures are counted here.
        fanout: takes the pictures.
        recorder: takes what is recorded.
        values: takes live values.
        tell: everybody hears it.
        tell_status: everybody hears where the room stands.
        """
        self.status: EngineStatus | None = None
        self.look: Look | None = None
        self.failure: ViewerError | None = None
        self._restarting: str | None = None
        self._room_id = room_id
        self._members = members
        self._counters = counters
        self._fanout = fanout
        self._recorder = recorder
        self._values = values
        self._tell = tell
        self._tell_status = tell_status

    # --- where it stands ---------------------------------------------------------------------------------------------

    @property
    def time_s(self) -> float:
        """Simulated seconds, as last told."""
        return self.status.simulation.time_s if self.status else 0.0

    @property
    def restarting(self) -> SimulationStatus | None:
        """What people see in place of a simulation while one engine has ended and another is not there yet."""
        if self._restarting is None:
            return None
        return SimulationStatus(state="restarting", reason=self._restarting, time_s=self.time_s)

    @property
    def has_flow(self) -> bool:
        """Whether pictures come from the engine now, or a scene is being loaded for somebody."""
        if not self._members or self.status is None:
            return bool(self._members)
        return self.status.picture.fps > 0 or self.status.simulation.state == "loading"

    def fail(self, error: ViewerError) -> None:
        """Nothing runs, because of `error`."""
        log.error("room=%s %s %s", self._room_id, error.message, error.hint)
        self.failure = error
        self._tell_status()

    # --- what the engine says (EngineEvents) ---------------------------------------------------------------------------

    def on_picture(self, picture: EncodedPicture) -> None:
        """Fan out."""
        self._counters.pictures += 1
        self._counters.picture_bytes += len(picture.data)
        self._counters.idrs += picture.is_idr
        self._fanout.publish(picture)

    def on_status(self, status: EngineStatus) -> None:
        """Pass telemetry on."""
        self.status = status
        self._restarting = None
        if status.look is not None and status.look != self.look:
            self.look = status.look
            self._tell(status.look)
        self._tell_status()

    def on_applied(self, applied: InputApplied) -> None:
        """Tell the peer which of its inputs a picture shows."""
        member = self._members.get(applied.peer_id)
        if member is not None:
            member.outbox.put(line(Applied(seq=applied.seq, captured_s=applied.captured_s)))

    def on_answer(self, answer: PeerAnswer) -> None:
        """Pass it on to the peer that it is for."""
        member = self._members.get(answer.peer_id)
        if member is not None:
            member.outbox.put(line(answer.answer))

    def on_notice(self, notice: EngineNotice) -> None:
        """Pass words on."""
        self._tell(Notice(level=notice.level, text=notice.text))

    def on_trajectory(self, piece: TrajectoryData, data: bytes) -> None:
        """Keep it."""
        self._recorder.on_trajectory(piece, data)

    def on_fields(self, resolved: FieldsResolved) -> None:
        """Tell peers which values they get."""
        self._values.resolved(resolved)

    def on_values(self, sampled: ValuesSampled, data: bytes) -> None:
        """Give each peer the values that it watches."""
        self._values.deliver(sampled, data)

    def on_ready(self, ready: EngineReady) -> None:
        """An engine works, again perhaps."""
        self._recorder.on_engine()
        log.debug("room=%s engine pid=%d works", self._room_id, ready.pid)
        self.failure = None

    def on_restart(self, reason: str, resumes: bool) -> None:
        """Say that the picture stands still, and why, and what is lost: the states that could be gone back to."""
        log.warning("room=%s engine restarts: %s", self._room_id, reason)
        self._restarting = reason
        self._tell_status()
        goes_on = "A new one goes on from the last saved state" if resumes else "A new one starts the scene anew"
        text = f"The simulation engine stopped ({reason}). {goes_on}; the history begins there."
        self._tell(Notice(level="warn", text=text))

    def on_failed(self, reason: str) -> None:
        """Say that nothing runs, and the way out."""
        self.fail(EngineFailed(f"the engine keeps failing: {reason}.", hint="Load another scene to start it again."))
        self._tell(Notice(level="bad", text=f"The simulation engine keeps failing ({reason}). Load another scene."))
