"""Keeps one room's engine alive: starts it, watches its heartbeat, and after a crash, a hang or a kill starts another that
goes on from the last saved state. The viewers stay where they are: their streams belong to the server.
"""

from __future__ import annotations

import asyncio
import logging
import struct
from collections import deque
from typing import Protocol

from pydantic import ValidationError

from py_remote_viewer.clock import now_s
from py_remote_viewer.engine.framing import Frame, Kind
from py_remote_viewer.engine.link import EngineLink
from py_remote_viewer.engine.questions import Questions, Reply
from py_remote_viewer.engine.restart import RestartPolicy
from py_remote_viewer.errors import EngineFailed, RoomBusy, ViewerError
from py_remote_viewer.protocol.engine_messages import (
    Demand,
    EngineConfig,
    EngineNotice,
    EngineReady,
    EngineStatus,
    ForceIdr,
    Heartbeat,
    Input,
    InputApplied,
    KeptSaved,
    LoadFailed,
    LoadModel,
    ModelLoaded,
    PeerAnswer,
    PoseKept,
    ProgramEnded,
    ResumeFrom,
    RungSpec,
    Shutdown,
    StateSaved,
    from_engine,
)
from py_remote_viewer.protocol.engine_questions import Question, Told
from py_remote_viewer.protocol.engine_values import FieldsResolved, ValuesSampled, WatchFields
from py_remote_viewer.protocol.messages import EngineInput
from py_remote_viewer.protocol.pictures import EncodedPicture
from py_remote_viewer.protocol.recording import TrajectoryData
from py_remote_viewer.protocol.scene_edits import KeptPose
from py_remote_viewer.protocol.time_commands import Kept
from py_remote_viewer.scenes.compiled import CompiledScene

log = logging.getLogger(__name__)

HANG_S = 2.0
START_LIMIT_S = 30.0
LOAD_LIMIT_S = 60.0
WATCH_S = 0.25
ASK_LIMIT_S = 10.0


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

    def on_restart(self, reason: str) -> None:
        """The engine has ended for `reason`; another one is being started."""

    def on_failed(self, reason: str) -> None:
        """The engine keeps dying; it is not started again until a scene is loaded."""


class EngineSupervisor:
    """Async context manager; everything on the event loop.

    Attributes:
        ready: what the running engine said of itself.
        status: its newest telemetry.
        restarts: engines started after the first.
        load_id: number of the newest scene handed over.
    """

    def __init__(self, config: EngineConfig, events: EngineEvents, *, egl_device: int | None = None) -> None:
        self.ready: EngineReady | None = None
        self.status: EngineStatus | None = None
        self.restarts = 0
        self.load_id = 0
        self._config = config
        self._events = events
        self._egl_device = egl_device
        self._link: EngineLink | None = None
        self._scene_load_id = 0
        self._scene: CompiledScene | None = None
        self._resume: ResumeFrom | None = None
        self._state = b""
        self._kept: tuple[Kept, bytes] | None = None
        self._start_paused = False
        self._keep_pose = False
        self._poses_kept: dict[int, KeptPose] = {}
        self._demand = Demand(present=False)
        self._watched = WatchFields()
        self._alive_until = 0.0
        self._loads: dict[int, asyncio.Future[None]] = {}
        self._questions = Questions()
        self._ends: deque[str] = deque(maxlen=4)
        self._ended = asyncio.Event()
        self._policy = RestartPolicy()
        self._closing = False
        self._tasks = asyncio.TaskGroup()

    @property
    def pid(self) -> int | None:
        """Process id of the engine, while one runs."""
        return self._link.pid if self._link else None

    async def __aenter__(self) -> EngineSupervisor:
        await self._tasks.__aenter__()
        self._tasks.create_task(self._supervise(), name=f"engine supervisor {self._config.room_id}")
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        self._closing = True
        self._ended.set()
        for load in self._loads.values():
            if not load.done():
                load.set_exception(EngineFailed("the room is closed"))
        self._questions.end("the room is closed")
        await self._tasks.__aexit__(None, None, None)
        if self._scene is not None:
            self._scene.close()
            self._scene = None

    # --- what a room asks ------------------------------------------------------------------------------------------------

    async def load(self, scene: CompiledScene, *, keep_pose: bool = False) -> KeptPose | None:
        """Show `scene`; returns when a picture of it is out, or when it is ready and nobody watches.

        The supervisor owns the scene from now on.

        Args:
            scene: what to show.
            keep_pose: go on where the scene before it stands, as far as the models agree.

        Returns:
            What was kept; None when nothing was to be, or no scene was on.

        Raises:
            EngineFailed: the engine refuses it or does not answer; the scene before it goes on.
        """
        self.load_id += 1
        load_id = self.load_id
        before = self._scene, self._resume, self._state, self._kept, self._scene_load_id
        self._scene, self._resume, self._state, self._kept, self._scene_load_id = scene, None, b"", None, load_id
        self._keep_pose = keep_pose
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._loads[load_id] = done
        try:
            if self._policy.gave_up:
                self._policy.forgive()
                self._ended.set()
            elif self.ready is not None:
                self._send_scene()
            async with asyncio.timeout(LOAD_LIMIT_S):
                await done
        except (TimeoutError, ViewerError) as exc:
            if self.load_id == load_id:
                self._scene, self._resume, self._state, self._kept, self._scene_load_id = before
                scene.close()
            if isinstance(exc, EngineFailed):
                raise
            raise EngineFailed(f"the engine did not show the scene: {exc}", hint="Try again, or another one.") from exc
        finally:
            del self._loads[load_id]
            pose_kept = self._poses_kept.pop(load_id, None)
        if before[0] is not None:
            before[0].close()
        return pose_kept

    def send_input(self, peer_id: str, command: EngineInput) -> None:
        """Pass on what a peer did.

        Raises:
            RoomBusy: the engine does not read.
            EngineFailed: none runs just now.
        """
        self._require_link().send(Input(peer_id=peer_id, input=command))

    async def ask(self, question: Question, limit_s: float = ASK_LIMIT_S) -> Reply:
        """The engine's own answer.

        Raises:
            RoomBusy: the engine does not read, or too many questions wait.
            EngineFailed: none runs just now, it ended before it answered, or it took longer than `limit_s`.
            ViewerError: the engine cannot answer, with its reason.
        """
        link = self._require_link()
        return await self._questions.ask(question, link.send, limit_s)

    def set_demand(self, *, present: bool, rungs: tuple[RungSpec, ...], trajectory: str = "") -> None:
        """Say whether anybody is there, which rungs have anybody on them, and for which recording states are kept."""
        demand = Demand(present=present, rungs=rungs, trajectory=trajectory)
        if demand != self._demand:
            self._demand = demand
            if self.ready is not None:
                self._quietly(lambda: self._require_link().send(demand))

    def model_file(self, load_id: int | None = None) -> tuple[int, int]:
        """A new descriptor of the MJB file of what is shown (as `load_id`), to be closed, and its size. Raises RoomBusy."""
        if self._scene is None or load_id not in (None, self._scene_load_id):
            raise RoomBusy("another scene is being loaded", hint="Try again in a moment.")
        return self._scene.shared()

    def watch_fields(self, wanted: WatchFields) -> None:
        """Say which live values anybody wants."""
        if wanted != self._watched:
            self._watched = wanted
            if self.ready is not None:
                self._quietly(lambda: self._require_link().send(wanted))

    def force_idr(self, rung: int = 0) -> None:
        """Ask for a picture that decodes on its own, now."""
        self._quietly(lambda: self._require_link().send(ForceIdr(rung=rung)))

    # --- keeping it alive ------------------------------------------------------------------------------------------------

    async def _supervise(self) -> None:
        while not self._closing:
            self._ended.clear()
            link = EngineLink(self._on_frame, self._on_end)
            self._alive_until = now_s() + START_LIMIT_S
            try:
                await link.start(self._config, self._egl_device)
            except EngineFailed as exc:
                self._on_end(link, exc.message)
            else:
                self._link = link
                await self._watch(link)
            self._link = None
            self.ready = None
            if not self._closing:
                await self._decide()

    async def _watch(self, link: EngineLink) -> None:
        while not self._ended.is_set():
            try:
                async with asyncio.timeout(WATCH_S):
                    await self._ended.wait()
            except TimeoutError:
                if now_s() > self._alive_until:
                    link.kill(f"it did not answer for {HANG_S:.0f} s" if self.ready else "it did not start in time")
        if self._closing:
            self._quietly(lambda: link.send(Shutdown()))
            if not await link.wait_ended(1.5):
                link.kill("the room is closed")
                await link.wait_ended(1.5)

    async def _decide(self) -> None:
        reason = self._ends[-1] if self._ends else "it ended"
        plan = self._policy.after_end(now_s(), has_scene=self._scene is not None)
        log.warning("room=%s engine: %s; %s", self._config.room_id, reason, plan.said)
        for load in self._loads.values():  # whatever was being loaded is not tried on the next engine
            if not load.done():
                load.set_exception(EngineFailed(f"the engine ended: {reason}", hint="Load another scene."))
        self._questions.end(f"the engine ended: {reason}")
        if not plan.keep_state:
            self._resume, self._state = None, b""
            if self._kept is not None:  # what was set may be what it died of
                self._kept = (Kept(keyframes=self._kept[0].keyframes), self._kept[1])
        self._start_paused = plan.pause
        if plan.give_up:
            self._events.on_failed(reason)
            self._ended.clear()
            while self._policy.gave_up and not self._closing:
                await self._ended.wait()
            return
        self.restarts += 1
        self._events.on_restart(reason)
        await asyncio.sleep(plan.wait_s)

    def _on_end(self, link: EngineLink, reason: str) -> None:
        self._ends.append(reason)
        self._ended.set()

    def _send_scene(self) -> None:
        link, scene = self._require_link(), self._scene
        if scene is None:
            return
        self._scene_load_id = self.load_id
        self._alive_until = max(self._alive_until, now_s() + START_LIMIT_S)
        program = scene.program
        link.send_model(self.load_id, [scene.fd, *(program.fds if program else ())])
        resume, state = (None, b"") if self._start_paused else (self._resume, self._state)
        kept, states = self._kept or (None, b"")
        message = LoadModel(
            load_id=self.load_id,
            size=scene.size,
            info=scene.info,
            paused=self._start_paused,
            resume=resume,
            kept=kept,
            program=program.role if program else "none",
            keep_pose=self._keep_pose,
        )
        link.send(message, state + states)

    def _require_link(self) -> EngineLink:
        if self._link is None:
            raise EngineFailed("the engine is being started", hint="Try again in a moment.")
        return self._link

    @staticmethod
    def _quietly(action: object) -> None:
        """Do something that does not matter when the engine is gone: the next one is told anyway."""
        assert callable(action)
        try:
            action()
        except ViewerError as exc:
            log.debug("engine: %s", exc)

    # --- what the engine says --------------------------------------------------------------------------------------------

    def _on_frame(self, frame: Frame) -> None:
        if frame.kind is Kind.PICTURE:
            try:
                picture = EncodedPicture.unpack(frame.data)
            except struct.error:
                log.error("a broken picture came from the engine")
                return
            self._alive(now_s())
            self._events.on_picture(picture)
            return
        try:
            message = from_engine.validate_json(frame.json)
        except ValidationError as exc:
            log.error("the engine said something unknown: %s", exc)
            return
        match message:
            case Heartbeat():
                self._alive(max(now_s(), message.busy_until_s))
            case EngineStatus():
                self.status = message
                self._events.on_status(message)
            case InputApplied():
                self._events.on_applied(message)
            case PeerAnswer():
                self._events.on_answer(message)
            case StateSaved():
                if message.load_id == self.load_id:
                    self._start_paused = False
                    self._resume, self._state = message.resume, frame.data
            case KeptSaved():
                if message.load_id == self.load_id:
                    self._kept = (message.kept, frame.data)
            case EngineReady():
                self._on_ready(message)
            case ModelLoaded():
                self._settle_load(message.load_id, None)
            case PoseKept():
                if message.load_id in self._loads:
                    self._poses_kept[message.load_id] = message.kept
            case LoadFailed():
                self._settle_load(message.load_id, message.message)
            case ProgramEnded():
                if self._scene is not None and message.load_id == self.load_id:
                    self._scene.end_program()
            case Told():
                self._questions.told(message, frame.data)
            case EngineNotice():
                self._events.on_notice(message)
            case TrajectoryData():
                self._events.on_trajectory(message, frame.data)
            case FieldsResolved():
                self._events.on_fields(message)
            case ValuesSampled():
                self._events.on_values(message, frame.data)

    def _alive(self, since: float) -> None:
        if self.ready is not None:
            self._alive_until = since + HANG_S

    def _on_ready(self, ready: EngineReady) -> None:
        self.ready = ready
        self._alive(now_s())
        log.info("room=%s engine pid=%d: %s, %s", self._config.room_id, ready.pid, ready.gl_renderer, ready.encoder)
        for name, reason in ready.encoders_refused.items():
            log.info("no %s (%s)", name, reason)
        self._events.on_ready(ready)
        self._quietly(lambda: self._require_link().send(self._demand))
        if self._watched.peers:
            self._quietly(lambda: self._require_link().send(self._watched))
        self._quietly(self._send_scene)

    def _settle_load(self, load_id: int, problem: str | None) -> None:
        load = self._loads.get(load_id)
        if load is None or load.done():
            return
        if problem is None:
            load.set_result(None)
        else:
            load.set_exception(EngineFailed(f"the engine cannot show the scene: {problem}", hint="Try another one."))
