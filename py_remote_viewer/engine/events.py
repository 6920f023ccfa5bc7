"""What a supervisor tells its room of the engine, as an interface: the engine's own words, and how its processes fare."""

from __future__ import annotations

from typing import Protocol

from py_remote_viewer.protocol.engine_messages import (
    EngineNotice,
    EngineReady,
    EngineStatus,
    InputApplied,
    PeerAnswer,
)
from py_remote_viewer.protocol.engine_values import FieldsResolved, ValuesSampled
from py_remote_viewer.protocol.pictures import EncodedPicture
from py_remote_viewer.protocol.recording import TrajectoryData


class EngineEvents(Protocol):
    """What a room hears, on the event loop."""

    def on_picture(self, picture: EncodedPicture) -> None:
        """A picture to fan out."""

    def on_status(self, status: EngineStatus) -> None:
        """Telemetry."""

    def on_applied(self, applied: InputApplied) -> None:
        """A picture shows a peer's input."""

    def on_answer(self, answer: PeerAnswer) -> None:
        """Something for one peer."""

    def on_notice(self, notice: EngineNotice) -> None:
        """Something for the people in the room."""

    def on_trajectory(self, piece: TrajectoryData, data: bytes) -> None:
        """A piece of a trajectory's file."""

    def on_fields(self, resolved: FieldsResolved) -> None:
        """Which live values each peer gets from now on."""

    def on_values(self, sampled: ValuesSampled, data: bytes) -> None:
        """Live values; `data` holds their JSON arrays."""

    def on_ready(self, ready: EngineReady) -> None:
        """An engine has started."""

    def on_restart(self, reason: str, resumes: bool) -> None:
        """The engine has ended for `reason`; another is being started, and goes on from a saved state where it `resumes`."""

    def on_failed(self, reason: str) -> None:
        """The engine keeps dying; it is not started again until a scene is loaded."""
