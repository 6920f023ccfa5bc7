"""The engine's end of a program that steps its model itself: states come from shared memory, people's wishes go back.

What concerns the picture (camera, quality, flags) is done here as in every room; what concerns the simulation is told to the
program, which does it and shows the result with its next state. Engine main thread.
"""

from __future__ import annotations

import contextlib
import logging
import os
import socket
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import mujoco
import numpy as np

from py_remote_viewer.clock import now_s
from py_remote_viewer.errors import MessageInvalid, SceneInvalid, ViewerError
from py_remote_viewer.protocol.control_input import ClearCtrl, SetCtrl
from py_remote_viewer.protocol.key_input import KeyPress
from py_remote_viewer.protocol.look import Look, SetLook
from py_remote_viewer.protocol.messages import EngineInput
from py_remote_viewer.protocol.panels import SetEquality, SetQpos
from py_remote_viewer.protocol.program import (
    MAX_PROGRAM_BYTES,
    CameraMoved,
    PeopleDid,
    Perturbed,
    ProgramGoodbye,
    ProgramShown,
    PutState,
    RoomGoodbye,
    ShowFrom,
    ShowTexts,
    ToProgram,
    Upload,
    ViewCamera,
    parse_from_program,
)
from py_remote_viewer.protocol.sim_commands import Pause, Play, Reset, SetSpeed, Step
from py_remote_viewer.protocol.time_commands import (
    OptionValue,
    ResetOptions,
    Rewind,
    Seek,
    SetNoise,
    SetOption,
    StepBack,
)
from py_remote_viewer.render.additions import OverlayText
from py_remote_viewer.render.camera import Camera
from py_remote_viewer.sim.model_content import write_content
from py_remote_viewer.sim.shared_state import StateReader, memory_file, read_and_close

if TYPE_CHECKING:
    from py_remote_viewer.engine.stage import Stage

log = logging.getLogger(__name__)

MOST_MESSAGES = 64  # taken from the program at once
STILL_S = 0.5  # no new time for so long is a pause
FORWARD_S = 0.004  # a forward pass dearer than this is cut down to positions


class Program:
    """One program, while its model is on the stage.

    Attributes:
        ended: why it has gone, in words; empty while it is there.
        speed: that people want.
        is_bad: its newest state holds NaN or infinity; the one before it is shown.
        looks_back: the room shows a state of the past, whatever the program does meanwhile.
    """

    def __init__(
        self,
        memory_fd: int,
        channel_fd: int,
        role: Literal["steps", "lends"],
        model: mujoco.MjModel,
        choose_look: Callable[[Stage, SetLook], None],
    ) -> None:
        """Map the memory and take the socket; both descriptors belong to the program from now on.

        Args:
            memory_fd: of the shared memory.
            channel_fd: of the socket.
            role: `steps`, or `lends` for a program that only began it.
            model: that its states are of.
            choose_look: does what the program wants to be shown.

        Raises:
            SceneInvalid: the memory is of another model or version.
        """
        with contextlib.ExitStack() as undo:
            self._channel = undo.enter_context(socket.socket(fileno=channel_fd))
            try:
                self._states = StateReader(model, memory_fd)
            finally:
                os.close(memory_fd)
            undo.pop_all()
        self._channel.setblocking(False)
        self.steps = role == "steps"
        self.ended = ""
        self.speed = 1.0
        self.looks_back = False
        self._choose_look = choose_look
        self._told_camera: Camera | None = None
        self._told_look: Look | None = None
        self._told_hand: Perturbed | None = None
        self._moved_s = 0.0
        self._time_s = -1.0
        self.is_bad = False
        self._forward_s = 0.0

    # --- its states --------------------------------------------------------------------------------------------------

    def advance(self, stage: Stage) -> bool:
        """Show its newest state; whether there was a new one."""
        if self.looks_back or not self._states.take():
            return False
        stage.renderer.additions.markers = self._states.markers
        state = self._states.state
        if not np.isfinite(state).all():
            self.is_bad = True
            return True
        self.is_bad = False
        began = now_s()
        stage.simulation.show(state, positions_only=self._forward_s > FORWARD_S)
        if self._forward_s <= FORWARD_S:
            self._forward_s = 0.9 * self._forward_s + 0.1 * (now_s() - began)
        if stage.simulation.time_s != self._time_s:
            stage.time.timeline.follow()
            if stage.simulation.time_s < self._time_s:
                stage.real_time.clear()
            self._time_s, self._moved_s = stage.simulation.time_s, began
        return True

    def begin(self, stage: Stage) -> None:
        """Start from the state that it brought."""
        if self._states.take() and np.isfinite(self._states.state).all():
            stage.simulation.show(self._states.state, positions_only=False)
            stage.simulation.restarted()
            stage.time.timeline.restarted()

    @property
    def is_moving(self) -> bool:
        """Whether its time has passed lately."""
        return not self.looks_back and now_s() - self._moved_s < STILL_S

    # --- what it says ------------------------------------------------------------------------------------------------

    def hear(self, stage: Stage) -> bool:
        """Take what it said; whether the picture changes by that."""
        changed = False
        for _ in range(MOST_MESSAGES):
            try:
                packet, fds, _, _ = socket.recv_fds(self._channel, MAX_PROGRAM_BYTES, 1)
            except BlockingIOError:
                break
            except OSError as exc:
                self.ended = f"the program ended ({exc.strerror})"
                return True
            if not packet:
                self.ended = self.ended or "the program ended"
                return True
            try:
                changed |= self._take(stage, packet, read_and_close(fds))
            except ViewerError as exc:
                log.warning("the program said something that cannot be done: %s", exc)
        return changed

    def _take(self, stage: Stage, packet: bytes, content: bytes) -> bool:
        message = parse_from_program(packet)
        match message:
            case ShowFrom():
                stage.camera = self._told_camera = camera_of(message.camera, stage.camera, stage.simulation.model)
            case SetLook():
                self._choose_look(stage, message)
                self._told_look = stage.view.look
            case ShowTexts():
                stage.renderer.additions.texts = tuple(
                    OverlayText(text.font, text.place, text.left, text.right) for text in message.texts
                )
            case ProgramGoodbye():
                self.ended = "the program has closed its viewer"
            case Upload():
                write_content(stage.simulation.model, message.kind, message.id, content)
                stage.renderer.upload(message.kind, message.id)
            case _:
                raise MessageInvalid(f"{message.type} is not expected now", hint="Use the same version on both ends.")
        return True

    # --- what it is told ---------------------------------------------------------------------------------------------

    def takes(self, command: EngineInput, stage: Stage) -> bool:
        """Whether `command` is for the program alone; it has been told then.

        Raises:
            ViewerError: it cannot be done, for example because nothing of the past is kept.
        """
        if isinstance(command, KeyPress):
            self._send(PeopleDid(command=command))
            return True
        if not self.steps:
            return False
        match command:
            case StepBack() | Seek() | Rewind():
                stage.time.apply(command)
                self.looks_back = True
                self._send(PeopleDid(command=Pause()))
                return True
            case SetOption() | ResetOptions():
                self._send(PeopleDid(command=command))
                return False  # here as well: panels show what the engine has
            case SetNoise():
                raise SceneInvalid("noise on ctrl is up to the program that steps the room", hint="Change the program.")
            case Play() | Step() if self.looks_back:
                self._put(stage)
            case Reset() if command.keyframe in stage.time.keyframes.names:
                stage.hands.let_go()
                stage.time.reset(command.keyframe)
                self._put(stage)
                return True
            case Reset():
                stage.hands.let_go()
                self.looks_back = False
            case SetSpeed():
                self.speed = command.factor
            case Play() | Step() | Pause() | SetCtrl() | ClearCtrl() | SetQpos() | SetEquality():
                pass
            case _:
                return False
        self._send(PeopleDid(command=command))
        return True

    def tell_options(self, changes: Mapping[str, OptionValue]) -> None:
        """Physics options were changed here already."""
        for field, value in changes.items():
            self._send(PeopleDid(command=SetOption(field=field, value=value)))

    def _put(self, stage: Stage) -> None:
        """Let the program go on from what the room shows."""
        fd = memory_file(stage.simulation.state().tobytes())
        try:
            self._send(PutState(), [fd])
        finally:
            os.close(fd)
        self.looks_back = False

    def tell(self, stage: Stage) -> None:
        """What people changed since it was told last: the camera, what is shown, whose body is in whose hand."""
        if stage.camera != self._told_camera and self._send(CameraMoved(camera=view_of(stage.camera))):
            self._told_camera = stage.camera
        if stage.view.look is not self._told_look and self._send(stage.view.look):
            self._told_look = stage.view.look
        hand = hand_of(stage.view.perturb)
        if hand != self._told_hand and self._send(hand):
            self._told_hand = hand

    def tell_shown(self, stage: Stage, width: int, height: int) -> None:
        """The room shows it."""
        self._told_camera, self._told_look = stage.camera, stage.view.look
        self._send(ProgramShown(camera=view_of(stage.camera), look=stage.view.look, width=width, height=height))

    def close(self, reason: str) -> None:
        """Tell it that it is over, and let go of it."""
        self._send(RoomGoodbye(reason=reason))
        self._channel.close()
        self._states.close()

    def _send(self, message: ToProgram, fds: Sequence[int] = ()) -> bool:
        with contextlib.suppress(OSError):  # gone, which is seen on reading; or it does not read: newer news will come
            socket.send_fds(self._channel, [message.model_dump_json().encode()], list(fds), socket.MSG_NOSIGNAL)
            return True
        return False


def hand_of(perturb: mujoco.MjvPerturb) -> Perturbed:
    """For the program; where nothing is in the hand, only which body is selected."""
    if not perturb.active:
        return Perturbed(select=perturb.select, active=0)
    return Perturbed.model_validate(
        {
            "select": perturb.select,
            "active": perturb.active,
            "refpos": tuple(perturb.refpos.tolist()),
            "refquat": tuple(perturb.refquat.tolist()),
            "refselpos": tuple(perturb.refselpos.tolist()),
            "localpos": tuple(perturb.localpos.tolist()),
            "localmass": perturb.localmass,
            "scale": perturb.scale,
        }
    )


def view_of(camera: Camera) -> ViewCamera:
    """For the program."""
    return ViewCamera(
        mode=camera.mode,
        lookat=camera.lookat,
        distance=camera.distance,
        azimuth=camera.azimuth,
        elevation=camera.elevation,
        fixed_id=camera.target_id if camera.mode == "fixed" else -1,
        body_id=camera.target_id if camera.mode == "tracking" else -1,
        orthographic=camera.orthographic,
    )


def camera_of(view: ViewCamera, before: Camera, model: mujoco.MjModel) -> Camera:
    """From the program; an id that `model` has not means a free camera."""
    target, count = {"fixed": (view.fixed_id, model.ncam), "tracking": (view.body_id, model.nbody)}.get(
        view.mode, (-1, 0)
    )
    known = 0 <= target < count
    return replace(
        before,
        mode=view.mode if known else "free",
        target_id=target if known else -1,
        lookat=view.lookat,
        distance=view.distance,
        azimuth=view.azimuth,
        elevation=view.elevation,
        orthographic=view.orthographic,
    )
