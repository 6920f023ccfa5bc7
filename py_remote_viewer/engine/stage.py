"""One loaded model on the stage: its simulation, its camera, its pace, and the renderer that draws it.

Everything here runs on the engine's main thread, where the GL context is current.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import mujoco
import numpy as np

from py_remote_viewer.clock import now_s
from py_remote_viewer.engine.controls import Controls
from py_remote_viewer.engine.eye import Eye
from py_remote_viewer.engine.hands import Hands
from py_remote_viewer.engine.posing import pose
from py_remote_viewer.engine.program import Program
from py_remote_viewer.engine.time_control import DEFAULT_HISTORY_BYTES, TimeControl
from py_remote_viewer.errors import SceneInvalid
from py_remote_viewer.protocol.camera_input import FrameScene, Orbit, Pan, SetCamera, Zoom
from py_remote_viewer.protocol.control_input import ClearCtrl, SetCtrl
from py_remote_viewer.protocol.engine_messages import ResumeFrom
from py_remote_viewer.protocol.hand_input import Grip, HandInput, Select
from py_remote_viewer.protocol.key_input import KeyPress
from py_remote_viewer.protocol.look import DEFAULT_LOOK, Look, SetLens
from py_remote_viewer.protocol.messages import EngineInput
from py_remote_viewer.protocol.panels import SetEquality, SetQpos
from py_remote_viewer.protocol.scene_info import ModelInfo
from py_remote_viewer.protocol.sim_commands import Pause, Play, Reset, SetSpeed, Step
from py_remote_viewer.protocol.status import CameraStatus, SimulationStatus
from py_remote_viewer.protocol.time_commands import Kept, TimeCommand
from py_remote_viewer.render.camera import Camera
from py_remote_viewer.render.quality import LADDER, QualityLevel, starting_level
from py_remote_viewer.render.renderer import Renderer
from py_remote_viewer.render.view import View, hidden_at
from py_remote_viewer.sim.pacer import Pacer, RealTimeFactor
from py_remote_viewer.sim.simulation import Simulation

# Where software begins to try. The GL context of neighbours is the same, so that trying one costs a few pictures and
# nothing else; but each amount of mesh detail takes some tenths of a second to make, so heavy models begin lower.
_SOFTWARE_FIRST = ("plain", "lean", "lean-75", "lean-50", "fast-50", "fast-33")
_HEAVY_FACES = 60_000


class Stage:
    """The model that the room shows."""

    def __init__(
        self,
        load_id: int,
        info: ModelInfo,
        model: mujoco.MjModel,
        size: tuple[int, int],
        history_bytes: int = DEFAULT_HISTORY_BYTES,
    ) -> None:
        """Put `model` on the stage; drawing starts with `set_level`.

        Args:
            load_id: the server's number for it.
            info: sizes and names.
            model: becomes the stage's own.
            size: full picture width and height, px.
            history_bytes: of states that can be gone back to.
        """
        self.load_id = load_id
        self.info = info
        self.simulation = Simulation(model)
        self.view = View()
        self.hands = Hands(self.simulation, self.view)
        self.controls = Controls(model, self.simulation.data)
        self.time = TimeControl(self.simulation, history_bytes)
        self.pacer = Pacer(float(model.opt.timestep))
        self.real_time = RealTimeFactor()
        self.paused = False
        self.why_paused = ""
        self.program: Program | None = None
        self.is_slow = False
        self._size = size
        self._renderer: Renderer | None = None
        self.eye = Eye(model, self.simulation.data, size[0] / size[1])

    @property
    def camera(self) -> Camera:
        """Where everybody looks from."""
        return self.eye.camera

    @camera.setter
    def camera(self, camera: Camera) -> None:
        self.eye.camera = camera

    # --- drawing -----------------------------------------------------------------------------------------------------

    @property
    def renderer(self) -> Renderer:
        """What draws it. Only after `set_level`."""
        assert self._renderer is not None
        return self._renderer

    def set_level(self, level: QualityLevel) -> None:
        """Draw at this quality from now on."""
        if self._renderer is None:
            self._renderer = Renderer(self.simulation.model, level, self._size, self.view)
        else:
            self._renderer.set_level(level)

    def draw(self) -> None:
        """Draw the state as it stands."""
        self.renderer.draw(self.simulation.data, self.camera)

    def calibrate(self, fps: float, *, software: bool) -> int:
        """Find the quality to start with by drawing a few pictures at each level that may fit; leaves it set.

        Returns:
            Index on the ladder.
        """
        names = _SOFTWARE_FIRST[1:] if self.simulation.model.nmeshface > _HEAVY_FACES else _SOFTWARE_FIRST
        indices = [i for i, level in enumerate(LADDER) if not software or level.name in names]
        costs: dict[int, float] = {}
        for index in indices:
            self.set_level(LADDER[index])
            self.draw()  # the first one compiles shaders
            times = []
            for _ in range(4):
                self.draw()
                times.append(self.renderer.update_s + self.renderer.render_s)
            # the least, because others may want the machine at this moment; reading the pixels comes on top
            costs[index] = min(times) * 1.15
            if starting_level(costs, fps) is not None:
                return index
        return indices[-1]

    # --- inputs ------------------------------------------------------------------------------------------------------

    def apply(self, command: EngineInput) -> None:
        """Do what a peer asked for.

        Raises:
            SceneInvalid: it names something that this model has not.
        """
        if self.program is not None and self.program.takes(command, self):
            return
        match command:
            case KeyPress():
                pass  # for programs only
            case Orbit() | Pan() | Zoom() | SetCamera() | FrameScene() | SetLens():
                self.eye.apply(command)
            case Play():
                self.paused = False
                self.why_paused = ""
                self.simulation.diverged_at = None
            case Pause():
                self.paused = True
                self.simulation.complete()
            case Step():
                self.paused = True
                self.simulation.diverged_at = None
                self.time.timeline.step(command.count)
            case Reset():
                self.time.reset(command.keyframe)
                self.hands.let_go()
                self.controls.forget()
                self.real_time.clear()
            case SetSpeed():
                self.pacer.speed = command.factor
                self.real_time.clear()
            case SetCtrl():
                self.controls.set(command, now_s())
                self._settle()
            case ClearCtrl():
                self.controls.clear()
                self._settle()
            case _ if isinstance(command, TimeCommand):
                self.paused = self.time.apply(command) or self.paused
                self.pacer.timestep_s = float(self.simulation.model.opt.timestep)
            case SetQpos() | SetEquality():
                pose(self.simulation.model, self.simulation.data, command)
                self._settle()
            case _:
                raise SceneInvalid(f"{command.type} is not for the scene")

    def hand(self, peer_id: str, command: HandInput) -> Grip | None:
        """Do what a peer's hand does; what to answer it.

        Raises:
            SceneInvalid: it names a body that this model has not.
        """
        return self.hands.take(peer_id, command, self, now_s())

    def tend(self, now: float) -> bool:
        """Take back at `now` what people have let go of without saying so; whether there was anything."""
        return self.controls.expire(now) | self.hands.expire(now)

    def run(self, now: float, budget_s: float) -> int:
        """Take the steps that are due at `now`, spending about `budget_s` at most; returns how many."""
        self.tend(now)
        if self.program is not None and self.program.steps:
            made = int(self.program.advance(self))
        else:
            if self.time.timeline.is_past:
                self.hands.forget_pulls()
            due = self.pacer.due(now)
            made = self.hands.advance(due, budget_s, self.time.timeline.run) if due else 0
            self.pacer.taken(made)
        self.real_time.mark(now, self.simulation.time_s)
        factor = self.real_time.value()
        if factor is not None:
            self.is_slow = factor < 0.97 * self.pacer.speed
        return made

    def _settle(self) -> None:
        """Inputs were written: where no step follows, what hangs on them follows now, and the saved state has them."""
        if not self.is_running:
            self.simulation.settle()

    def hold(self) -> None:
        """Time stands still until the next `run`."""
        self.pacer.hold()
        self.real_time.clear()
        self.is_slow = False

    @property
    def is_running(self) -> bool:
        """Whether time should pass."""
        if self.program is not None and self.program.steps:
            return True
        return not self.paused and self.simulation.diverged_at is None

    # --- where it stands ---------------------------------------------------------------------------------------------

    def simulation_status(self, *, present: bool) -> SimulationStatus:
        """For telemetry; `present`: somebody is in the room."""
        state: Literal["running", "paused", "diverged", "asleep"]
        reason = ""
        if self.simulation.diverged_at is not None:
            state = "diverged"
            reason = f"the state became NaN or huge at t={self.simulation.diverged_at:.3f} s"
        elif self.paused:
            state, reason = "paused", self.why_paused
        elif not present:
            state, reason = "asleep", "nobody is in the room"
        else:
            state = "running"
        factor = self.real_time.value()
        program = self.program if self.program is not None and self.program.steps else None
        if program is not None and program.is_bad:
            state, reason = "diverged", "the program's state became NaN or infinite; this is the one before"
        elif program is not None and state == "running" and not program.is_moving:
            state = "paused"
        return SimulationStatus(
            state=state,
            reason=reason,
            time_s=self.simulation.time_s,
            speed=program.speed if program else self.pacer.speed,
            real_time_factor=self.pacer.speed if factor is None else factor,
            slow=self.is_slow and state == "running" and program is None,
            program=program is not None,
            timestep_s=self.pacer.timestep_s,
            settings=self.time.revision,
            history=self.time.status(),
        )

    def camera_status(self) -> CameraStatus:
        """For telemetry."""
        return self.eye.status()

    def look_status(self) -> Look:
        """What is shown, and what of it the quality level leaves out."""
        look = self.view.look
        return look.model_copy(update={"hidden": hidden_at(look, self.renderer.level)})

    def resume_point(self) -> ResumeFrom:
        """Enough for another engine to continue, together with the state vector."""
        return ResumeFrom(
            time_s=self.simulation.time_s,
            paused=self.paused,
            speed=self.pacer.speed,
            camera=self.camera_status(),
            look=self.view.look,
            selected=self.hands.selected,
            has_state=True,
        )

    def change_options(self, changes: Mapping[str, object]) -> None:
        """Set physics options, all or none. Raises MessageInvalid."""
        self.time.change_options(changes)
        self.pacer.timestep_s = float(self.simulation.model.opt.timestep)

    def keep(self, kept: Kept, states: bytes) -> None:
        """Take over what people had set in another engine of this room; `states` of its saved keyframes.

        Raises:
            ViewerError: it does not fit the model.
        """
        self.time.keep(kept, states)
        self.pacer.timestep_s = float(self.simulation.model.opt.timestep)

    def resume(self, point: ResumeFrom, state: bytes) -> None:
        """Continue where another engine of this room stood.

        Raises:
            SceneInvalid: the state does not fit the model.
        """
        self.paused = point.paused
        self.pacer.speed = point.speed
        if point.has_state:
            self.simulation.restore(np.frombuffer(state, np.float64))
            self.simulation.data.xfrc_applied[:] = 0.0  # whoever pulled was the last engine's
            self.simulation.settle()
            self.time.timeline.restarted()
        self.view.look = point.look or DEFAULT_LOOK
        if point.selected is not None:
            self.hands.take("", Select(body=point.selected), self, now_s())
        self.eye.resume(point.camera)

    def close(self, reason: str = "the room shows another scene") -> None:
        """Free the GL memory, and tell the program why."""
        if self.program is not None:
            self.program.close(reason)
        if self._renderer is not None:
            self._renderer.close()
