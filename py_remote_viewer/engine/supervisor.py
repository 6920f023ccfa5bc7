"""Keeps one room's engine alive: starts it, watches its heartbeat, and after a crash, a hang or a kill starts another that
is given what `engine/handover.py` keeps of the scene. The viewers stay where they are: their streams belong to the server.
"""

from __future__ import annotations

import asyncio
import logging
import struct
from collections import deque

from pydantic import ValidationError

from py_remote_viewer.clock import now_s
from py_remote_viewer.engine.events import EngineEvents
from py_remote_viewer.engine.framing import Frame, Kind
from py_remote_viewer.engine.handover import Handover
from py_remote_viewer.engine.link import EngineLink
from py_remote_viewer.engine.questions import Questions, Reply
from py_remote_viewer.engine.restart import RestartPolicy
from py_remote_viewer.errors import EngineFailed, ViewerError
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
    ModelLoaded,
    PeerAnswer,
    PoseKept,
    ProgramEnded,
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
from py_remote_viewer.scenes.compiled import CompiledScene

log = logging.getLogger(__name__)

HANG_S = 2.0
START_LIMIT_S = 30.0
LOAD_LIMIT_S = 60.0
WATCH_S = 0.25
ASK_LIMIT_S = 10.0


class EngineSupervisor:
    """Async context manager; everything on the event loop.

    Attributes:
        ready: what the running engine said of itself.
        status: its newest telemetry.
        restarts: engines started after the first.
    """

    def __init__(self, config: EngineConfig, events: EngineEvents, *, egl_device: int | None = None) -> None:
        self.ready: EngineReady | None = None
        self.status: EngineStatus | None = None
        self.restarts = 0
        self._config = config
        self._events = events
        self._egl_device = egl_device
        self._link: EngineLink | None = None
        self._handover = Handover()
        self._demand = Demand(present=False)
        self._watched = WatchFields()
        self._alive_until = 0.0
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

    @property
    def load_id(self) -> int:
        """Number of the newest scene handed over."""
        return self._handover.load_id

    async def __aenter__(self) -> EngineSupervisor:
        await self._tasks.__aenter__()
        self._tasks.create_task(self._supervise(), name=f"engine supervisor {self._config.room_id}")
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        self._closing = True
        self._ended.set()
        self._handover.close()
        self._questions.end("the room is closed")
        await self._tasks.__aexit__(None, None, None)
        self._handover.release()

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
        load = self._handover.begin(scene, keep_pose=keep_pose)
        try:
            if self._policy.gave_up:
                self._policy.forgive()
                self._ended.set()
            elif self.ready is not None:
                self._send_scene()
            async with asyncio.timeout(LOAD_LIMIT_S):
                await load.done
        except BaseException as exc:
            self._handover.take_back(load)
            if isinstance(exc, TimeoutError | ViewerError) and not isinstance(exc, EngineFailed):
                raise EngineFailed(
                    f"the engine did not show the scene: {exc}", hint="Try again, or another one."
                ) from exc
            raise
        return self._handover.finish(load)

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

    def set_demand(
        self, *, present: bool, rungs: tuple[RungSpec, ...], trajectory: str = "", filmed: bool = False
    ) -> None:
        """Say what `Demand` holds, when it has changed."""
        demand = Demand(present=present, rungs=rungs, trajectory=trajectory, filmed=filmed)
        if demand != self._demand:
            self._demand = demand
            if self.ready is not None:
                self._quietly(lambda: self._require_link().send(demand))

    def model_file(self, load_id: int | None = None) -> tuple[int, int]:
        """A new descriptor of the MJB file of what is shown (as `load_id`), to be closed, and its size. Raises RoomBusy."""
        return self._handover.model_file(load_id)

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
        plan = self._policy.after_end(now_s(), has_scene=self._handover.has_scene)
        log.warning("room=%s engine: %s; %s", self._config.room_id, reason, plan.said)
        resumes = self._handover.engine_ended(plan, reason)
        self._questions.end(f"the engine ended: {reason}")
        if plan.give_up:
            self._events.on_failed(reason)
            self._ended.clear()
            while self._policy.gave_up and not self._closing:
                await self._ended.wait()
            return
        self.restarts += 1
        self._events.on_restart(reason, resumes)
        await asyncio.sleep(plan.wait_s)

    def _on_end(self, link: EngineLink, reason: str) -> None:
        self._ends.append(reason)
        self._ended.set()

    def _send_scene(self) -> None:
        link, scene = self._require_link(), self._handover.message()
        if scene is None:
            return
        self._alive_until = max(self._alive_until, now_s() + START_LIMIT_S)
        fds, message, data = scene
        link.send_model(message.load_id, fds)
        link.send(message, data)

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
                self._handover.state_saved(message, frame.data)
            case KeptSaved():
                self._handover.kept_saved(message, frame.data)
            case EngineReady():
                self._on_ready(message)
            case ModelLoaded():
                self._handover.settle(message.load_id, None)
            case PoseKept():
                self._handover.pose_kept(message.load_id, message.kept)
            case LoadFailed():
                self._handover.settle(message.load_id, message.message)
            case ProgramEnded():
                self._handover.program_ended(message.load_id)
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
