"""From a stage to encoded pictures on the pipe: draw here, encode on the thread beside, judge the quality by both.

Belongs to the engine's main thread; `_deliver`, `_encoded` and `_encoder_failed` alone run on the encode thread.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Callable

import numpy as np

from py_remote_viewer.clock import now_s
from py_remote_viewer.encode.encoder import Encoded
from py_remote_viewer.encode.probe import choose_encoder
from py_remote_viewer.engine.encode_thread import EncodeCounts, EncodeHooks, EncodeThread
from py_remote_viewer.engine.pipe import EnginePipe
from py_remote_viewer.engine.stage import Stage
from py_remote_viewer.engine.telemetry import Telemetry
from py_remote_viewer.errors import ViewerError
from py_remote_viewer.protocol.engine_messages import (
    EngineConfig,
    EngineNotice,
    InputApplied,
    ModelLoaded,
    RungSpec,
    RungStatus,
)
from py_remote_viewer.protocol.look import SetLook, changed
from py_remote_viewer.protocol.pictures import EncodedPicture
from py_remote_viewer.protocol.status import PictureStatus, QualityStatus
from py_remote_viewer.render.gl import GlContext
from py_remote_viewer.render.quality import LADDER, LEVEL_NAMES, QualityGovernor, level_index
from py_remote_viewer.render.strip import draw_strip

log = logging.getLogger(__name__)

# Pictures sent after the last change: should the last one be lost, a packet behind it tells the peer so. More where a
# rung leaves pictures out, so that everybody ends with the last one.
SETTLE_PICTURES = 3
APPLIED_GAP_S = 0.1
MOST_PEERS_REMEMBERED = 1000


class PictureLine:
    """Makes the room's pictures while something changes.

    Attributes:
        encoder_name: in use.
        refused: encoders that do not work here, with reasons.
    """

    def __init__(
        self,
        config: EngineConfig,
        pipe: EnginePipe,
        gl: GlContext,
        busy: Callable[[], None],
        released: Callable[[], None],
    ) -> None:
        """Args:
        config: sizes, rate, wishes.
        pipe: where pictures go.
        gl: current context.
        busy: called before something that may take long.
        released: called after something large was let go.
        """
        self._config = config
        self._pipe = pipe
        self._gl = gl
        self._busy = busy
        self._changed = self._look_changed = False
        self._settle = 0
        self._settle_count = SETTLE_PICTURES
        self._loaded_unsaid: tuple[int, float] | None = None
        self._newest_seq: dict[str, int] = {}
        self._last_applied: dict[str, float] = {}
        self._input_number = 0
        self._telemetry = Telemetry()
        fixed = config.quality != "auto"
        self._governor = QualityGovernor(config.fps, level_index(config.quality) if fixed else 0, fixed=fixed)
        self._began = False  # whether a picture has had a size that can be held
        name, self.refused = choose_encoder(config.encoder)
        hooks = EncodeHooks(self._deliver, self._encoded, self._encoder_failed, released)
        self._encode = EncodeThread(name, config.fps, config.height, hooks)

    @property
    def encoder_name(self) -> str:
        """The encoder in use."""
        return self._encode.name

    @property
    def counts(self) -> EncodeCounts:
        """Since the engine started."""
        return self._encode.counts

    @property
    def is_due(self) -> bool:
        """Whether there is something new to show."""
        return self._changed or self._settle > 0

    def touch(self) -> None:
        """What would be drawn has changed."""
        self._changed = True

    def request_idr(self, rung: int | None = None) -> None:
        """Make the next picture of `rung` (of all) an IDR, and make one even when nothing moves."""
        self._encode.request_idr(rung)
        self._changed = True

    def set_rungs(self, rungs: tuple[RungSpec, ...]) -> None:
        """Encode for these from now on."""
        self._encode.set_rungs(rungs)
        self._changed = True
        slowest = min((rung.fps for rung in rungs), default=self._config.fps)
        self._settle_count = max(SETTLE_PICTURES, math.ceil(self._config.fps / slowest) + 1)

    def hold_size(self, held: bool) -> None:
        """Whether the picture keeps its size while it can."""
        self._governor.holds_size = held

    def saw_input(self, peer_id: str, seq: int) -> None:
        """The next picture shows input `seq` of a peer."""
        self._newest_seq[peer_id] = seq
        self._input_number = seq

    def show(self, stage: Stage, stepped_s: float) -> bool:
        """Draw, hand over to the encoder, and adapt the quality.

        Args:
            stage: what to draw.
            stepped_s: seconds that stepping took in this tick, for telemetry.

        Returns:
            Whether the quality has changed.
        """
        if not self._encode.wait_free(1.0 / self._config.fps):
            return False  # the encoder is behind: this picture is skipped before it costs anything
        captured = now_s()
        if self._look_changed:  # once for a picture, because it may make a GL context
            self._look_changed = False
            self._busy()
            stage.set_level(stage.renderer.level)
        renderer = stage.renderer
        raw = self._encode.picture(renderer.width, renderer.height)
        stage.draw()
        renderer.read_into(raw.pixels)
        raw.captured_s = captured
        if self._config.latency_strip:
            pixels = np.frombuffer(memoryview(raw.pixels.planes[0]), np.uint8).reshape(raw.height, raw.width, 3)
            draw_strip(pixels, captured, self._input_number)
        self._encode.submit(raw)
        self._settle = self._settle_count if self._changed else self._settle - 1
        self._changed = False
        self._tell_applied(captured)
        self._telemetry.stage(step=stepped_s, update=renderer.update_s, render=renderer.render_s, read=renderer.read_s)
        drawn = stepped_s + renderer.update_s + renderer.render_s + renderer.read_s
        self._governor.observe(captured, max(drawn, self._telemetry.last_encode_s))
        level = self._governor.level
        if level is renderer.level or not renderer.prepare(level):
            return False
        self._change_level(stage)
        return True

    def choose_quality(self, stage: Stage, level: str) -> None:
        """A person's choice.

        Raises:
            ViewerError: no such level.
        """
        if level == "auto":
            self._governor.pick(self._governor.index, "chosen automatically", fixed=False)
            return
        try:
            index = level_index(level)
        except KeyError as exc:
            raise ViewerError(str(exc.args[0]), hint="Choose one of these.") from exc
        self._governor.pick(index, "fixed by hand", fixed=True)
        self._change_level(stage)

    def choose_look(self, stage: Stage, command: SetLook) -> None:
        """A person's choice of what is shown; what was measured before says little of pictures that look otherwise."""
        stage.view.look = changed(stage.view.look, command)
        self._governor.start_over()
        self._look_changed = self._changed = True

    def first_quality(self, stage: Stage) -> None:
        """Give a new stage the quality that it starts with: the fixed one, or what a few drawn pictures say."""
        began, self._began = self._began, True
        if self._governor.fixed:
            stage.set_level(self._governor.level)
            stage.draw()
            return
        index = stage.calibrate(self._config.fps, software=self._gl.is_software)
        chosen = self._governor.of_this_size(index) if began else index
        self._governor.pick(chosen, "measured when the scene was loaded", fixed=False)
        if chosen != index:
            stage.set_level(self._governor.level)
            stage.draw()

    def changed_stage(self, load_id: int, *, watching: bool) -> None:
        """Another model is on the stage; the server hears of it with its first picture, or at once."""
        self._telemetry.forget()
        self.request_idr()
        self._loaded_unsaid = (load_id, now_s()) if watching else None
        if not watching:
            self._pipe.send(ModelLoaded(load_id=load_id))

    def quality_status(self) -> QualityStatus:
        """For telemetry."""
        governor = self._governor
        return QualityStatus(
            mode="fixed" if governor.fixed else "auto",
            level=LADDER[governor.index].name,
            levels=LEVEL_NAMES,
            reason=governor.reason,
        )

    def picture_status(self, now: float, stage: Stage | None) -> PictureStatus:
        """For telemetry."""
        fps, bitrate = self._telemetry.rate(now)
        return PictureStatus(
            width=stage.renderer.width if stage else 0,
            height=stage.renderer.height if stage else 0,
            fps=fps,
            bitrate_bps=bitrate,
            encoder=self.encoder_name,
            gl_renderer=self._gl.renderer,
            stage_ms=self._telemetry.stage_ms(),
            dropped=self.counts.dropped,
        )

    def rung_statuses(self, now: float) -> tuple[RungStatus, ...]:
        """For telemetry."""
        return self._encode.status(now)

    def close(self) -> None:
        """Stop the encode thread."""
        self._encode.close()

    def _change_level(self, stage: Stage) -> None:
        self._busy()
        stage.set_level(self._governor.level)
        self._telemetry.forget()
        self._changed = True
        log.info("quality %s: %s", self._governor.level.name, self._governor.reason)

    def _tell_applied(self, captured: float) -> None:
        for peer_id, seq in self._newest_seq.items():
            if captured - self._last_applied.get(peer_id, 0.0) >= APPLIED_GAP_S:
                self._last_applied[peer_id] = captured
                self._pipe.send(InputApplied(peer_id=peer_id, seq=seq, captured_s=captured))
        self._newest_seq.clear()
        if len(self._last_applied) > MOST_PEERS_REMEMBERED:
            self._last_applied.clear()

    def _deliver(self, picture: EncodedPicture, encoded: Encoded) -> None:
        self._pipe.send_picture(picture)
        self._telemetry.stage(convert=encoded.convert_s, encode=encoded.encode_s)
        self._telemetry.delivered(now_s(), len(picture.data))
        unsaid = self._loaded_unsaid
        if unsaid is not None and picture.captured_s >= unsaid[1]:
            self._loaded_unsaid = None
            self._pipe.send(ModelLoaded(load_id=unsaid[0]))

    def _encoded(self, captured_s: float, took_s: float) -> None:
        self._telemetry.done(now_s(), took_s)

    def _encoder_failed(self, name: str, reason: str) -> str:
        self.refused[name] = reason
        text = f"The encoder {name} failed ({reason}); encoding with libx264."
        log.warning("%s", text)
        self._pipe.send(EngineNotice(level="warn", text=text))
        return "libx264"
