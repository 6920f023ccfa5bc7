"""What another engine goes on from when this one dies: sent to the server as it changes. Runs in the engine process."""

from __future__ import annotations

from py_remote_viewer.engine.pipe import EnginePipe
from py_remote_viewer.engine.stage import Stage
from py_remote_viewer.protocol.engine_messages import KeptSaved, StateSaved

SMALL_STATE_BYTES = 64_000
SAVE_S = 0.1
SAVE_LARGE_S = 1.0


class StateKeeper:
    """For one engine; knows the stage that is on."""

    def __init__(self, pipe: EnginePipe) -> None:
        self._pipe = pipe
        self._last_s = 0.0
        self._kept_revision = 0

    def changed_stage(self, stage: Stage, *, pose_kept: bool) -> None:
        """Another scene is on; `pose_kept`: with what people had set in the one before, which is news to the server."""
        self._kept_revision = -1 if pose_kept else stage.time.revision
        self._last_s = 0.0

    def save(self, stage: Stage, now: float, *, at_once: bool = False) -> None:
        """Send the state, when it is due."""
        gap = SAVE_S if stage.simulation.state_bytes <= SMALL_STATE_BYTES else SAVE_LARGE_S
        if at_once or now - self._last_s >= gap:
            self._last_s = now
            state = stage.simulation.last_state()
            self._pipe.send_with(StateSaved(load_id=stage.load_id, resume=stage.resume_point()), state.tobytes())

    def save_kept(self, stage: Stage) -> bool:
        """Send what people have set, for the next engine and for status; False when that has not changed."""
        if stage.time.revision == self._kept_revision:
            return False
        self._kept_revision = stage.time.revision
        kept, states = stage.time.kept()
        self._pipe.send_with(KeptSaved(load_id=stage.load_id, kept=kept), states)
        return True
