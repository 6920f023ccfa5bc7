"""The engine's main loop: the only place where MjData and the GL context are touched.

An EGL context is current on one thread at a time and MjData must hold still while it is drawn, so stepping and drawing
live together on the main thread. Encoding runs beside it on its own thread, reading commands on a third.
Each tick: take the commands that have come, step what is due, draw when something changed and somebody watches.
"""

from __future__ import annotations

import logging
import os
import time
from typing import Literal

import mujoco

from py_remote_viewer.clock import now_s
from py_remote_viewer.engine.answers import answer
from py_remote_viewer.engine.framing import MAX_DATA_BYTES
from py_remote_viewer.engine.keeping import StateKeeper
from py_remote_viewer.engine.picture_line import PictureLine
from py_remote_viewer.engine.pipe import EnginePipe
from py_remote_viewer.engine.program import Program
from py_remote_viewer.engine.stage import Stage
from py_remote_viewer.engine.succession import continue_from
from py_remote_viewer.engine.value_feed import ValueFeed
from py_remote_viewer.errors import EngineFailed, TooLarge, ViewerError
from py_remote_viewer.memory import MemoryTrim
from py_remote_viewer.protocol.camera_input import CameraInput
from py_remote_viewer.protocol.engine_messages import (
    Demand,
    EngineConfig,
    EngineNotice,
    EngineReady,
    EngineStatus,
    ForceIdr,
    Heartbeat,
    Input,
    LoadFailed,
    LoadModel,
    PeerAnswer,
    PoseKept,
    ProgramEnded,
    RungSpec,
    Shutdown,
    ToEngine,
)
from py_remote_viewer.protocol.engine_questions import Ask, Told
from py_remote_viewer.protocol.engine_values import WatchFields
from py_remote_viewer.protocol.hand_input import PerturbEnd, PerturbMove, PerturbStart, Pick, Select
from py_remote_viewer.protocol.look import SetLook
from py_remote_viewer.protocol.sim_commands import Reset, SetQuality
from py_remote_viewer.protocol.status import CameraStatus, SimulationStatus
from py_remote_viewer.protocol.time_commands import Kept, Seek
from py_remote_viewer.record.capture import StateCapture
from py_remote_viewer.render.gl import GlContext, gpu_devices
from py_remote_viewer.render.quality import LEVEL_NAMES

log = logging.getLogger(__name__)

HEARTBEAT_S = 0.5
STATUS_S = 0.25
IDLE_STATUS_S = 1.0
IDLE_WAIT_S = 0.5
UNWATCHED_TICK_S = 0.05
LONG_S = 60.0
AUTO_RESET_NOTICE_S = 10.0
STEP_SHARE = 0.75  # of a tick, for stepping: physics that needs more runs slower than real time


class EngineLoop:
    """One room's simulation, from model to encoded picture."""

    def __init__(self, config: EngineConfig, pipe: EnginePipe, gl: GlContext) -> None:
        self._config = config
        self._pipe = pipe
        self._gl = gl
        self._period = 1.0 / config.fps
        self._stage: Stage | None = None
        self._stop = False
        self._present = False
        self._rungs: tuple[RungSpec, ...] = ()
        self._next_tick = self._last_beat = self._last_status = 0.0
        self._status_urgent = False
        self._last_auto_reset = -AUTO_RESET_NOTICE_S
        self._memory = MemoryTrim()
        self._keeper = StateKeeper(pipe)
        self._capture = StateCapture(pipe.send_with)
        self._values = ValueFeed(pipe.send_with)
        self._pictures = PictureLine(config, pipe, gl, self._busy, self._memory.released)

    def run(self) -> None:
        """Serve until told to stop."""
        self._pipe.send(
            EngineReady(
                pid=os.getpid(),
                gl_renderer=self._gl.renderer,
                gl_software=self._gl.is_software,
                gpu_present=bool(gpu_devices()),
                encoder=self._pictures.encoder_name,
                encoders_refused=self._pictures.refused,
                quality_levels=LEVEL_NAMES,
            )
        )
        while not self._stop:
            for command, data in self._pipe.commands(self._wait_s()):
                self._take(command, data)
            self._hear_program()
            now = now_s()
            self._report(now)
            if self._wants_tick() and now >= self._next_tick:
                self._tick(now)
            self._values.feed(now)
        self._capture.close(now_s())
        self._pictures.close()
        if self._stage is not None:
            self._stage.close("the server is stopping")

    # --- when --------------------------------------------------------------------------------------------------------

    def _wants_tick(self) -> bool:
        stage = self._stage
        if stage is None:
            return False
        return (stage.is_running and self._present) or (bool(self._rungs) and self._pictures.is_due)

    def _wait_s(self) -> float:
        if not self._wants_tick():
            due_s = self._values.wait_s(now_s())
            return IDLE_WAIT_S if due_s is None else min(IDLE_WAIT_S, due_s)
        return max(0.0, self._next_tick - now_s())

    def _tick(self, now: float) -> None:
        stage = self._stage
        assert stage is not None
        is_seen = bool(self._rungs) or self._values.is_watched or self._capture.is_on
        tick_s = self._period if is_seen else UNWATCHED_TICK_S
        # Keep the beat; after being late start a new one instead of catching up with pictures.
        self._next_tick = self._next_tick + tick_s if now - self._next_tick < tick_s else now + tick_s
        began = now_s()
        if stage.is_running and self._present:
            self._run(stage, now, tick_s)
        else:
            stage.hold()
        stepped_s = now_s() - began
        if self._rungs and self._pictures.is_due and self._pictures.show(stage, stepped_s):
            self._status_urgent = True
        self._capture.tick(now, stage.camera, stage.view.look)
        self._keeper.save(stage, now)

    def _run(self, stage: Stage, now: float, tick_s: float) -> None:
        if stage.run(now, budget_s=STEP_SHARE * tick_s):
            self._pictures.touch()
            self._values.touch()
        if stage.simulation.diverged_at is not None:
            stage.hold()
            self._pictures.touch()
            self._status_urgent = True
            self._diverged(stage, stage.simulation.diverged_at)

    def _diverged(self, stage: Stage, at: float) -> None:
        if not stage.time.options.auto_reset:
            self._notice("bad", f"The simulation diverged at t={at:.2f} s and is paused. Rewind or reset it.")
            return
        stage.apply(Reset())
        if (now := now_s()) - self._last_auto_reset >= AUTO_RESET_NOTICE_S:
            self._last_auto_reset = now
            self._notice("warn", f"The simulation diverged at t={at:.2f} s and was reset, as mjDSBL_AUTORESET is off.")

    # --- commands ------------------------------------------------------------------------------------------------------

    def _take(self, command: ToEngine, data: bytes) -> None:
        match command:
            case Input():
                self._take_input(command)
            case Demand():
                self._demand(command)
            case WatchFields():
                self._values.watch(command)
            case ForceIdr():
                self._touch()
                self._pictures.request_idr(command.rung)
            case LoadModel():
                self._load(command, data)
            case Ask():
                self._answer(command)
            case Shutdown():
                self._stop = True

    def _take_input(self, command: Input) -> None:
        stage = self._stage
        if stage is None:
            return
        try:
            if isinstance(command.input, SetQuality):
                self._pictures.choose_quality(stage, command.input.level)
            elif isinstance(command.input, SetLook):
                self._pictures.choose_look(stage, command.input)
            elif isinstance(command.input, Select | Pick | PerturbStart | PerturbMove | PerturbEnd):
                answer = stage.hand(command.peer_id, command.input)
                if answer is not None:
                    self._pipe.send(PeerAnswer(peer_id=command.peer_id, answer=answer))
            else:
                stage.apply(command.input)
        except ViewerError as exc:
            self._notice("warn", f"{exc.message}. {exc.hint}")
            return
        self._capture.note(command.peer_id, lambda: command.input.model_dump(mode="json"))
        self._save_kept(stage)
        seq = getattr(command.input, "seq", 0)
        if seq:
            self._pictures.saw_input(command.peer_id, seq)
        if not seq or isinstance(command.input, Seek):
            self._status_urgent = True
        if not isinstance(command.input, CameraInput):
            self._values.touch()
        self._touch()

    def _answer(self, ask: Ask) -> None:
        try:
            if self._stage is None:
                raise EngineFailed("no scene is on yet", hint="Try again in a moment.")
            self._busy()
            reply = answer(self._stage, ask.question)
            self._save_kept(self._stage)
            if len(reply.data) > MAX_DATA_BYTES:
                raise TooLarge(f"the answer has {len(reply.data)} bytes", hint=f"At most {MAX_DATA_BYTES} are sent.")
        except ViewerError as exc:
            self._pipe.send(Told(ask_id=ask.ask_id, error=exc.as_json()["error"]))
        else:
            self._pipe.send_with(Told(ask_id=ask.ask_id, facts=reply.facts), reply.data)

    def _demand(self, demand: Demand) -> None:
        if demand.present and not self._present and self._stage is not None:
            self._stage.hold()
        if demand.rungs != self._rungs:
            self._touch()
            self._pictures.set_rungs(demand.rungs)
        self._present, self._rungs = demand.present, demand.rungs
        self._pictures.hold_size(demand.filmed)
        self._capture.want(demand.trajectory, self._stage.camera if self._stage else None, now_s())
        self._status_urgent = True

    def _touch(self) -> None:
        """Something changed: show it at once when nothing moves anyway."""
        if not self._wants_tick():
            self._next_tick = now_s()
        self._pictures.touch()

    def _load(self, command: LoadModel, state: bytes) -> None:
        self._busy()
        began = now_s()
        fds: list[int] = []
        try:
            fds = self._pipe.receive_model(command.load_id)
            stage = self._prepare(command, fds, state)
        except (ViewerError, ValueError, RuntimeError, MemoryError, mujoco.FatalError) as exc:
            log.warning("load %d failed: %s", command.load_id, exc)
            self._pipe.send(LoadFailed(load_id=command.load_id, message=str(exc)))
            return
        finally:
            for fd in fds:
                os.close(fd)
        self._capture.staged(stage.load_id, stage.simulation, stage.camera, now_s())
        old, self._stage = self._stage, stage
        self._keeper.changed_stage(stage, pose_kept=command.keep_pose)
        if old is not None:
            old.close()
            self._memory.released()
        self._next_tick = now_s()
        self._status_urgent = True
        self._values.show(stage.simulation)
        self._pictures.changed_stage(command.load_id, watching=bool(self._rungs))
        log.info("scene %s is on: %.2f s", command.info.name, now_s() - began)
        self._keeper.save(stage, now_s())

    def _prepare(self, command: LoadModel, fds: list[int], state: bytes) -> Stage:
        model = mujoco.MjModel.from_binary_path(f"/proc/self/fd/{fds[0]}")
        stage = Stage(
            command.load_id, command.info, model, (self._config.width, self._config.height), self._config.history_bytes
        )
        stage.paused = command.paused
        if self._stage is not None:
            stage.view.look = self._stage.view.look
        size = stage.simulation.state_bytes if command.resume is not None and command.resume.has_state else 0
        if command.kept is not None:
            self._keep(stage, command.kept, state[size:])
        if command.resume is not None:
            stage.resume(command.resume, state[:size])
        elif command.keep_pose and self._stage is not None:
            kept = continue_from(stage, self._stage)
            self._pipe.send(PoseKept(load_id=command.load_id, kept=kept))
        self._pictures.first_quality(stage)
        if command.program != "none":
            if len(fds) != 3:
                raise EngineFailed("the program's memory did not come with its model", hint="Start the program again.")
            program = Program(os.dup(fds[1]), os.dup(fds[2]), command.program, model, self._pictures.choose_look)
            if command.resume is None:
                program.begin(stage)
                stage.camera = stage.eye.first()
            stage.program = program
            program.tell_shown(stage, self._config.width, self._config.height)
        return stage

    def _keep(self, stage: Stage, kept: Kept, states: bytes) -> None:
        try:
            stage.keep(kept, states)
        except ViewerError as exc:
            self._notice("warn", f"What was set in this scene is lost: {exc.message}. {exc.hint}")

    def _hear_program(self) -> None:
        stage = self._stage
        if stage is None or stage.program is None:
            return
        program = stage.program
        if program.hear(stage):
            self._touch()
        program.tell(stage)
        if not program.ended:
            return
        if program.steps:
            program.advance(stage)
        stage.program = None
        program.close(program.ended)
        self._memory.released()
        self._pipe.send(ProgramEnded(load_id=stage.load_id))
        if program.steps:
            said = f"{program.ended[0].upper()}{program.ended[1:]}"
            stage.paused, stage.why_paused = True, f"{said}; this is its last state"
            self._notice("warn", f"{said}.")
            self._keeper.save(stage, now_s(), at_once=True)
        self._status_urgent = True

    # --- what the server hears -----------------------------------------------------------------------------------------

    def _busy(self) -> None:
        self._last_beat = now_s()
        self._pipe.send(Heartbeat(busy_until_s=self._last_beat + LONG_S))

    def _report(self, now: float) -> None:
        if now - self._last_beat >= HEARTBEAT_S:
            self._last_beat = now
            self._pipe.send(Heartbeat())
            self._memory.trim_if_due(now)
        if self._stage is not None and self._stage.tend(now):
            self._touch()
        moving = self._wants_tick()
        if self._status_urgent or now - self._last_status >= (STATUS_S if moving else IDLE_STATUS_S):
            self._last_status = now
            self._status_urgent = False
            self._pipe.send(self._status(now))

    def _save_kept(self, stage: Stage) -> None:
        if self._keeper.save_kept(stage):
            self._capture.set_by_people()
            self._status_urgent = True

    def _status(self, now: float) -> EngineStatus:
        stage = self._stage
        counts = self._pictures.counts
        return EngineStatus(
            simulation=stage.simulation_status(present=self._present) if stage else SimulationStatus(state="starting"),
            camera=stage.camera_status() if stage else CameraStatus(),
            quality=self._pictures.quality_status(),
            picture=self._pictures.picture_status(now, stage),
            selection=stage.hands.status() if stage else None,
            look=stage.look_status() if stage else None,
            rungs=self._pictures.rung_statuses(now),
            steps=stage.simulation.steps if stage else 0,
            pictures_encoded=counts.pictures,
            encoder_calls=counts.calls,
            idrs=counts.idrs,
            cpu_s=time.process_time(),
            rss_bytes=_rss_bytes(),
        )

    def _notice(self, level: Literal["info", "warn", "bad"], text: str) -> None:
        log.log({"info": logging.INFO, "warn": logging.WARNING, "bad": logging.WARNING}[level], "%s", text)
        self._pipe.send(EngineNotice(level=level, text=text))


def _rss_bytes() -> int:
    with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 (four times a second)
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
