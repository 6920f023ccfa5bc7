"""What people in the room do to a program's model: applied to its data, on its thread, while `sync` runs."""

from __future__ import annotations

import mujoco
import numpy as np
from numpy.typing import NDArray

from py_remote_viewer.clock import now_s
from py_remote_viewer.engine.controls import Controls
from py_remote_viewer.engine.posing import pose
from py_remote_viewer.engine.time_control import OPTION_PATHS
from py_remote_viewer.protocol.control_input import ClearCtrl, SetCtrl
from py_remote_viewer.protocol.messages import EngineInput
from py_remote_viewer.protocol.panels import SetEquality, SetQpos
from py_remote_viewer.protocol.sim_commands import Pause, Play, Reset, SetSpeed, Step
from py_remote_viewer.protocol.time_commands import ResetOptions, SetOption
from py_remote_viewer.sim.full_state import put_state, state_size
from py_remote_viewer.sim.options import ModelOptions
from py_remote_viewer.sim.simulation import reset_data
from py_remote_viewer.sim.visual_options import visual_table


class People:
    """Their wishes.

    Attributes:
        paused: they want it to stand still.
        speed: simulated seconds per second that they want.
    """

    def __init__(self, model: mujoco.MjModel, data: mujoco.MjData) -> None:
        self._model, self._data = model, data
        self._controls = Controls(model, data)
        self._options = ModelOptions(model, visual_table(model.vis))
        self._steps_wanted = 0
        self._pushed = 0  # body whose xfrc_applied is ours; 0, the world, is nobody
        self.paused = False
        self.speed = 1.0

    def do(self, command: EngineInput) -> None:
        """Do it, or remember that it is wanted.

        Raises:
            SceneInvalid: it names what this model has not.
        """
        match command:
            case Play():
                self.paused, self._steps_wanted = False, 0
            case Pause():
                self.paused = True
            case Step():
                self.paused, self._steps_wanted = True, self._steps_wanted + command.count
            case SetSpeed():
                self.speed = command.factor
            case Reset():
                reset_data(self._model, self._data, command.keyframe)
                mujoco.mj_forward(self._model, self._data)
                self._controls.forget()
            case SetCtrl():
                self._controls.set(command, now_s())
            case ClearCtrl():
                self._controls.clear()
            case SetQpos() | SetEquality():
                pose(self._model, self._data, command)
            case SetOption():
                self._options.set({command.field: command.value}, self._data)
            case ResetOptions():
                self._options.reset(OPTION_PATHS[command.what])

    def put(self, state: NDArray[np.float64]) -> None:
        """Go on from a state that somebody in the room chose: one of the past, or one that was saved."""
        if state.size == state_size(self._model):
            put_state(self._model, self._data, state)
            self._controls.forget()

    def wants_step(self) -> bool:
        """As `Handle.wants_step`."""
        if not self.paused:
            return True
        if self._steps_wanted:
            self._steps_wanted -= 1
            return True
        return False

    def tend(self) -> None:
        """Take back what was held on a lease that has ended."""
        self._controls.expire(now_s())

    def pull(self, hand: mujoco.MjvPerturb) -> None:
        """Let the hand pull: a force or torque on the body that it holds, its pose while paused, a mocap body's pose always.

        `xfrc_applied` of that body is written with each call, and zeroed once when it lets go; no other row is touched.
        """
        held = int(hand.select) if hand.active and 0 < hand.select < self._model.nbody else 0
        if self._pushed and self._pushed != held:
            self._data.xfrc_applied[self._pushed] = 0
            self._pushed = 0
        if not held:
            return
        mujoco.mjv_applyPerturbPose(self._model, self._data, hand, int(self.paused))
        if not self.paused:
            mujoco.mjv_applyPerturbForce(self._model, self._data, hand)
            self._pushed = held
