"""The engine's main loop: the only place where MjData and the GL context are touched.

An EGL context is current on one thread and MjData must hold still while it is drawn, so stepping and drawing live
together on the main thread. Encoding runs beside it on its own thread, reading commands on a third.
Each tick: take the commands that have come, step what is due, draw when something changed and somebody watches.
"""

from __future__ import annotations

import logging
import os
import time
from typing import Literal

import mujoco
import numpy as np

from py_remote_viewer.clock import now_s
from py_remote_viewer.encode.encoder import Encoded
from py_remote_viewer.encode.probe import choose_encoder
from py_remote_viewer.engine.encode_thread import EncodeThread
from py_remote_viewer.engine.pipe import EnginePipe
from py_remote_viewer.engine.stage import Stage
from py_remote_viewer.engine.telemetry import Telemetry
from py_remote_viewer.errors import ViewerError
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
    LoadFailed,
    LoadModel,
    ModelLoaded,
    Shutdown,
    StateSaved,
    ToEngine,
)
from py_remote_viewer.protocol.messages import (
    CameraStatus,
    EngineInput,
    PictureStatus,
    QualityStatus,
    SetQuality,
    SimulationStatus,
)
from py_remote_viewer.protocol.pictures import EncodedPicture
from py_remote_viewer.render.gl import GlContext, gpu_devices
from py_remote_viewer.render.quality import LADDER, LEVEL_NAMES, QualityGovernor, level_index
from py_remote_viewer.render.strip import draw_strip

log = logging.getLogger(__name__)

HEARTBEAT_S = 0.5
STATUS_S = 0.25
IDLE_WAIT_S = 0.5
UNWATCHED_TICK_S = 0.05
# Pictures sent after the last change: should the last one be lost, a packet behind it tells the peer so.
SETTLE_PICTURES = 3
SMALL_STATE_BYTES = 64_000
APPLIED_GAP_S = 0.1
LONG_S = 60.0


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
        self._watching = False
        self._changed = False
        self._settle = 0
        self._loaded_unsaid: tuple[int, float] | None = None
        self._next_tick = self._last_beat = self._last_status = self._last_save = 0.0
        self._status_urgent = False
        self._newest_seq: dict[str, int] = {}
        self._last_applied: dict[str, float] = {}
        self._input_number = 0
        self._telemetry = Telemetry()
        fixed = config.quality != "auto"
        start = level_index(config.quality) if fixed else 0
        self._governor = QualityGovernor(config.fps, start, fixed=fixed)
        name, self._refused = choose_encoder(config.encoder)
        self._encode = EncodeThread(name, config.fps, self._bitrate_bps, self._deliver, self._encoder_failed)

    def run(self) -> None:
        """Serve until told to stop."""
        gpus = gpu_devices()
        self._pipe.send(
            EngineReady(
                pid=os.getpid(),
                gl_renderer=self._gl.renderer,
                gl_software=self._gl.is_software,
                gpu_present=bool(gpus),
                encoder=self._encode.name,
                encoders_refused=self._refused,
                quality_levels=LEVEL_NAMES,
            )
        )
        while not self._stop:
            for command, data in self._pipe.commands(self._wait_s()):
                self._take(command, data)
            now = now_s()
            self._report(now)
            if self._wants_tick() and now >= self._next_tick:
                self._tick(now)
        self._encode.close()
        if self._stage is not None:
            self._stage.close()

    # --- when ----------------------------------------------------------------------------------------------------------

    def _wants_tick(self) -> bool:
        stage = self._stage
        if stage is None:
            return False
        runs = stage.is_running and self._present
        return runs or (self._watching and (self._changed or self._settle > 0))

    def _wait_s(self) -> float:
        if not self._wants_tick():
            return IDLE_WAIT_S
        return max(0.0, self._next_tick - now_s())

    def _tick(self, now: float) -> None:
        stage = self._stage
        assert stage is not None
        tick_s = self._period if self._watching else UNWATCHED_TICK_S
        # Keep the beat; after being late start a new one instead of catching up with pictures.
        self._next_tick = max(self._next_tick + tick_s, now) if now - self._next_tick < tick_s else now + tick_s
        began = now_s()
        if stage.is_running and self._present:
            self._run(stage, now, tick_s)
        else:
            stage.hold()
        stepped = now_s() - began
        if self._watching and (self._changed or self._settle > 0):
            self._show(stage, stepped)
        self._save(stage, now)

    def _run(self, stage: Stage, now: float, tick_s: float) -> None:
        if stage.run(now, budget_s=0.75 * tick_s):
            self._changed = True
        if stage.simulation.diverged_at is not None:
            stage.hold()
            self._status_urgent = self._changed = True
            at = stage.simulation.diverged_at
            self._notice("bad", f"The simulation diverged at t={at:.2f} s and is paused. Reset it.")

    # --- pictures ------------------------------------------------------------------------------------------------------

    def _show(self, stage: Stage, stepped_s: float) -> None:
        if not self._encode.wait_free(self._period):
            return  # the encoder is behind: this picture is skipped before it costs anything
        captured = now_s()
        raw = self._encode.picture(stage.renderer.width, stage.renderer.height)
        stage.draw()
        stage.renderer.read_into(raw.pixels)
        raw.captured_s = captured
        if self._config.latency_strip and raw.width >= 640:
            pixels = np.frombuffer(memoryview(raw.pixels.planes[0]), np.uint8).reshape(raw.height, raw.width, 3)
            draw_strip(pixels, captured, self._input_number)
        self._encode.submit(raw)
        self._settle = SETTLE_PICTURES if self._changed else self._settle - 1
        self._changed = False
        self._tell_applied(captured)
        renderer = stage.renderer
        self._telemetry.stage(step=stepped_s, update=renderer.update_s, render=renderer.render_s, read=renderer.read_s)
        drawn = stepped_s + renderer.update_s + renderer.render_s + renderer.read_s
        if self._governor.observe(captured, max(drawn, self._telemetry.last_encode_s)):
            self._change_level(stage)

    def _change_level(self, stage: Stage) -> None:
        self._busy()
        stage.set_level(self._governor.level)
        self._telemetry.forget()
        self._changed = self._status_urgent = True
        log.info("quality %s: %s", self._governor.level.name, self._governor.reason)

    def _deliver(self, picture: EncodedPicture, encoded: Encoded) -> None:
        """On the encode thread."""
        self._pipe.send_picture(picture)
        self._telemetry.stage(convert=encoded.convert_s, encode=encoded.encode_s)
        self._telemetry.delivered(now_s(), len(picture.data), picture.encode_s)
        unsaid = self._loaded_unsaid
        if unsaid is not None and picture.captured_s >= unsaid[1]:
            self._loaded_unsaid = None
            self._pipe.send(ModelLoaded(load_id=unsaid[0]))

    def _encoder_failed(self, name: str, reason: str) -> str:
        """On the encode thread: fall back to software, and say so."""
        self._refused[name] = reason
        self._notice("warn", f"The encoder {name} failed ({reason}); encoding with libx264.")
        return "libx264"

    def _bitrate_bps(self, width: int, height: int) -> int:
        share = width * height / (self._config.width * self._config.height)
        return max(300_000, int(self._config.bitrate_bps * float(share) ** 0.75))

    def _tell_applied(self, captured: float) -> None:
        for peer_id, seq in self._newest_seq.items():
            if captured - self._last_applied.get(peer_id, 0.0) >= APPLIED_GAP_S:
                self._last_applied[peer_id] = captured
                self._pipe.send(InputApplied(peer_id=peer_id, seq=seq, captured_s=captured))
        self._newest_seq.clear()

    # --- commands ------------------------------------------------------------------------------------------------------

    def _take(self, command: ToEngine, data: bytes) -> None:
        match command:
            case Input():
                self._take_input(command)
            case Demand():
                self._demand(command)
            case ForceIdr():
                self._encode.request_idr()
                self._touch()
            case LoadModel():
                self._load(command, data)
            case Shutdown():
                self._stop = True

    def _take_input(self, command: Input) -> None:
        stage = self._stage
        if stage is None:
            return
        try:
            self._apply(stage, command.input)
        except ViewerError as exc:
            self._notice("warn", f"{exc.message}. {exc.hint}")
            return
        seq = getattr(command.input, "seq", 0)
        if seq:
            self._newest_seq[command.peer_id] = seq
            if len(self._last_applied) > 1000:
                self._last_applied.clear()
            self._input_number = seq
        else:
            self._status_urgent = True
        self._touch()

    def _apply(self, stage: Stage, command: EngineInput) -> None:
        if not isinstance(command, SetQuality):
            stage.apply(command)
            return
        if command.level == "auto":
            self._governor.pick(self._governor.index, "chosen automatically", fixed=False)
            return
        try:
            index = level_index(command.level)
        except KeyError as exc:
            raise ViewerError(str(exc.args[0]), hint="Choose one of these.") from exc
        self._governor.pick(index, "fixed by hand", fixed=True)
        self._change_level(stage)

    def _demand(self, demand: Demand) -> None:
        if demand.watching and not self._watching:
            self._touch()
        if demand.present and not self._present and self._stage is not None:
            self._stage.hold()
        self._present, self._watching = demand.present, demand.watching
        self._status_urgent = True

    def _touch(self) -> None:
        """Something changed: show it at once when nothing moves anyway."""
        if not self._wants_tick():
            self._next_tick = now_s()
        self._changed = True

    def _load(self, command: LoadModel, state: bytes) -> None:
        self._busy()
        began = now_s()
        fd = -1
        try:
            fd = self._pipe.receive_model(command.load_id)
            stage = self._prepare(command, fd, state)
        except (ViewerError, ValueError, RuntimeError, MemoryError, mujoco.FatalError) as exc:
            log.warning("load %d failed: %s", command.load_id, exc)
            self._pipe.send(LoadFailed(load_id=command.load_id, message=str(exc)))
            return
        finally:
            if fd >= 0:
                os.close(fd)
        old, self._stage = self._stage, stage
        if old is not None:
            old.close()
        self._telemetry.forget()
        self._loaded_unsaid = None
        self._encode.request_idr()
        self._next_tick = now_s()
        self._changed = self._status_urgent = True
        self._last_save = 0.0
        log.info("scene %s is on: %s, %.2f s", command.info.name, self._governor.level.name, now_s() - began)
        if self._watching:
            self._loaded_unsaid = (command.load_id, now_s())
        else:
            self._pipe.send(ModelLoaded(load_id=command.load_id))
        self._save(stage, now_s())

    def _prepare(self, command: LoadModel, fd: int, state: bytes) -> Stage:
        model = mujoco.MjModel.from_binary_path(f"/proc/self/fd/{fd}")
        stage = Stage(command.load_id, command.info, model, (self._config.width, self._config.height))
        stage.paused = command.paused
        if command.resume is not None:
            stage.resume(command.resume, state)
        if self._governor.fixed:
            stage.set_level(self._governor.level)
            stage.draw()
        else:
            index = stage.calibrate(self._config.fps, software=self._gl.is_software)
            self._governor.pick(index, "measured when the scene was loaded", fixed=False)
        return stage

    # --- what the server hears -----------------------------------------------------------------------------------------

    def _busy(self) -> None:
        self._last_beat = now_s()
        self._pipe.send(Heartbeat(busy_until_s=self._last_beat + LONG_S))

    def _report(self, now: float) -> None:
        if now - self._last_beat >= HEARTBEAT_S:
            self._last_beat = now
            self._pipe.send(Heartbeat())
        moving = self._wants_tick()
        if self._status_urgent or now - self._last_status >= (STATUS_S if moving else 1.0):
            self._last_status = now
            self._status_urgent = False
            self._pipe.send(self._status(now))

    def _save(self, stage: Stage, now: float) -> None:
        gap = 0.1 if stage.simulation.state_bytes <= SMALL_STATE_BYTES else 1.0
        if now - self._last_save >= gap:
            self._last_save = now
            state = stage.simulation.state()
            self._pipe.send_state(StateSaved(load_id=stage.load_id, resume=stage.resume_point()), state.tobytes())

    def _status(self, now: float) -> EngineStatus:
        stage = self._stage
        counts = self._encode.counts
        fps, bitrate = self._telemetry.rate(now)
        governor = self._governor
        picture = PictureStatus(
            width=stage.renderer.width if stage else 0,
            height=stage.renderer.height if stage else 0,
            fps=fps,
            bitrate_bps=bitrate,
            encoder=self._encode.name,
            gl_renderer=self._gl.renderer,
            stage_ms=self._telemetry.stage_ms(),
            dropped=counts.dropped,
        )
        return EngineStatus(
            simulation=stage.simulation_status(present=self._present) if stage else SimulationStatus(state="starting"),
            camera=stage.camera_status() if stage else CameraStatus(),
            quality=QualityStatus(
                mode="fixed" if governor.fixed else "auto",
                level=LADDER[governor.index].name,
                levels=LEVEL_NAMES,
                reason=governor.reason,
            ),
            picture=picture,
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
