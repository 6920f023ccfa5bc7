"""The scene that a room's engines are given: one after the other, each with what the one before it has saved.

It outlives engines. It owns the compiled model, keeps the state saved last and what people have set, and knows which loads
wait for their first picture. Event loop only; nothing is sent from here.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from py_remote_viewer.engine.restart import RestartPlan
from py_remote_viewer.errors import EngineFailed, RoomBusy
from py_remote_viewer.protocol.engine_messages import KeptSaved, LoadModel, ResumeFrom, StateSaved
from py_remote_viewer.protocol.scene_edits import KeptPose
from py_remote_viewer.protocol.time_commands import Kept
from py_remote_viewer.scenes.compiled import CompiledScene


@dataclass(slots=True)
class _Held:
    """A scene, and where engines have got to with it; `load_id` is the number that they know it by."""

    scene: CompiledScene | None = None
    load_id: int = 0
    resume: ResumeFrom | None = None
    state: bytes = b""
    kept: tuple[Kept, bytes] | None = None

    def close(self) -> None:
        if self.scene is not None:
            self.scene.close()
            self.scene = None


@dataclass(slots=True, eq=False)
class Load:
    """One scene on its way to the screen.

    Attributes:
        done: ends with its first picture, or with the reason why there is none.
        pose_kept: how much goes on where the scene before it stood, once that is known.
    """

    load_id: int
    scene: CompiledScene
    before: _Held
    pose_kept: KeptPose | None = None
    done: asyncio.Future[None] = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class Handover:
    """One room's.

    Attributes:
        load_id: number of the newest scene handed over.
    """

    def __init__(self) -> None:
        self.load_id = 0
        self._held = _Held()
        self._keep_pose = False
        self._start_paused = False
        self._loads: dict[int, Load] = {}

    @property
    def has_scene(self) -> bool:
        """Whether there is anything to show."""
        return self._held.scene is not None

    # --- a scene comes ---------------------------------------------------------------------------------------------------

    def begin(self, scene: CompiledScene, *, keep_pose: bool) -> Load:
        """Engines are given `scene` from now on, which belongs to the handover; the one before it is kept until `finish`."""
        self.load_id += 1
        load = self._loads[self.load_id] = Load(self.load_id, scene, self._held)
        self._held = _Held(scene, self.load_id)
        self._keep_pose = keep_pose
        return load

    def finish(self, load: Load) -> KeptPose | None:
        """It is on: let go of the scene before it. Returns what was kept of that."""
        del self._loads[load.load_id]
        load.before.close()
        return load.pose_kept

    def take_back(self, load: Load) -> None:
        """It did not come on: the scene before it is the one again, unless a newer one has come."""
        del self._loads[load.load_id]
        if self.load_id == load.load_id:
            self._held = load.before
        for newer in self._loads.values():
            if newer.before.scene is load.scene:
                newer.before = load.before
        load.scene.close()

    # --- an engine is given it -------------------------------------------------------------------------------------------

    def message(self) -> tuple[list[int], LoadModel, bytes] | None:
        """Descriptors (the model's first), message and bytes for an engine; None when there is no scene."""
        held = self._held
        if held.scene is None:
            return None
        held.load_id = self.load_id
        program = held.scene.program
        resume, state = (None, b"") if self._start_paused else (held.resume, held.state)
        kept, states = held.kept or (None, b"")
        message = LoadModel(
            load_id=self.load_id,
            size=held.scene.size,
            info=held.scene.info,
            paused=self._start_paused,
            resume=resume,
            kept=kept,
            program=program.role if program else "none",
            keep_pose=self._keep_pose,
        )
        return [held.scene.fd, *(program.fds if program else ())], message, state + states

    def model_file(self, load_id: int | None) -> tuple[int, int]:
        """A new descriptor of the MJB file of what is shown (as `load_id`), to be closed, and its size. Raises RoomBusy."""
        if self._held.scene is None or load_id not in (None, self._held.load_id):
            raise RoomBusy("another scene is being loaded", hint="Try again in a moment.")
        return self._held.scene.shared()

    # --- what the engine says of it --------------------------------------------------------------------------------------

    def state_saved(self, saved: StateSaved, state: bytes) -> None:
        """The next engine goes on from here."""
        if saved.load_id == self.load_id:
            self._start_paused = False
            self._held.resume, self._held.state = saved.resume, state

    def kept_saved(self, saved: KeptSaved, states: bytes) -> None:
        """What people have set, for the next engine."""
        if saved.load_id == self.load_id:
            self._held.kept = (saved.kept, states)

    def pose_kept(self, load_id: int, kept: KeptPose) -> None:
        """How much of a load goes on where the scene before it stood."""
        if load_id in self._loads:
            self._loads[load_id].pose_kept = kept

    def program_ended(self, load_id: int) -> None:
        """The program that stepped it has gone."""
        if self._held.scene is not None and load_id == self.load_id:
            self._held.scene.end_program()

    def settle(self, load_id: int, problem: str | None) -> None:
        """A load has ended; `problem` is why it failed."""
        load = self._loads.get(load_id)
        if load is None or load.done.done():
            return
        if problem is None:
            load.done.set_result(None)
        else:
            load.done.set_exception(
                EngineFailed(f"the engine cannot show the scene: {problem}", hint="Try another one.")
            )

    # --- ends ------------------------------------------------------------------------------------------------------------

    def engine_ended(self, plan: RestartPlan, reason: str) -> bool:
        """An engine is gone: what was being loaded is not tried on the next one, which gets what `plan` leaves of the state.

        Returns:
            Whether the next one has a state to go on from.
        """
        self._refuse(EngineFailed(f"the engine ended: {reason}", hint="Load another scene."))
        held = self._held
        if not plan.keep_state:
            held.resume, held.state = None, b""
            if held.kept is not None:  # what was set may be what it died of
                held.kept = (Kept(keyframes=held.kept[0].keyframes), held.kept[1])
        self._start_paused = plan.pause
        return held.resume is not None

    def close(self) -> None:
        """The room closes."""
        self._refuse(EngineFailed("the room is closed"))

    def release(self) -> None:
        """No engine is left: give the model back. Idempotent."""
        self._held.close()

    def _refuse(self, error: EngineFailed) -> None:
        for load in self._loads.values():
            if not load.done.done():
                load.done.set_exception(error)
