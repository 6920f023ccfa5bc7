"""What a page may send into its room, as methods: one for each message. Bounds are the messages' own (docs/protocol.md).

Nothing is answered here: what the server refuses comes back in `errors` of the room, what it did in `status`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, Literal

from py_remote_viewer.protocol.camera_input import FrameScene, Orbit, Pan, SetCamera, Zoom
from py_remote_viewer.protocol.control_input import ClearCtrl, SetCtrl
from py_remote_viewer.protocol.hand_input import PerturbEnd, PerturbMove, PerturbStart, Pick, Plane, Select
from py_remote_viewer.protocol.key_input import KeyPress
from py_remote_viewer.protocol.look import SetLens, SetLook
from py_remote_viewer.protocol.messages import ClientMessage, ReloadScene
from py_remote_viewer.protocol.panels import SetEquality, SetQpos
from py_remote_viewer.protocol.sim_commands import Pause, Play, Reset, SetQuality, SetSpeed, Step
from py_remote_viewer.protocol.time_commands import (
    DeleteKeyframe,
    OptionValue,
    RenameKeyframe,
    ResetOptions,
    Rewind,
    SaveKeyframe,
    Seek,
    SetNoise,
    SetOption,
    StepBack,
)
from py_remote_viewer.remote.bounds import bounded


@bounded
class Commands(ABC):
    """Every method raises EngineFailed when the connection has ended, MessageInvalid for a value out of bounds."""

    _grips = 0

    @abstractmethod
    async def send(self, message: ClientMessage) -> None:
        """Any message of the protocol."""

    # --- the simulation ----------------------------------------------------------------------------------------------

    async def play(self) -> None:
        """Run; from the past, what came after is forgotten."""
        await self.send(Play())

    async def pause(self) -> None:
        """Stand still."""
        await self.send(Pause())

    async def step(self, count: int = 1) -> None:
        """Pause, and take `count` steps."""
        await self.send(Step(count=count))

    async def reset(self, keyframe: str | None = None) -> None:
        """Back to the start, or to a keyframe by name or `#index`."""
        await self.send(Reset(keyframe=keyframe))

    async def reload(self) -> None:
        """Load the running scene anew for everybody, from its file where it came from one."""
        await self.send(ReloadScene())

    async def set_speed(self, factor: float) -> None:
        """Simulated seconds per second, 1/16 to 4."""
        await self.send(SetSpeed(factor=factor))

    async def set_quality(self, level: str) -> None:
        """`auto`, or a level that `status.quality.levels` lists."""
        await self.send(SetQuality(level=level))

    # --- time ----------------------------------------------------------------------------------------------------------

    async def step_back(self, count: int = 1) -> None:
        """Pause, and go back by steps; from the start, soon after a reset: take the reset back."""
        await self.send(StepBack(count=count))

    async def seek(self, time_s: float) -> None:
        """Pause, and show what is recorded of simulated second `time_s`: `status.simulation.history` says how far it goes."""
        await self.send(Seek(time_s=time_s))

    async def rewind(self, seconds: float = 2.0) -> None:
        """Pause, and go back by simulated seconds, also out of a divergence."""
        await self.send(Rewind(seconds=seconds))

    async def save_keyframe(self, name: str) -> None:
        """Keep the state under a name that `reset` takes."""
        await self.send(SaveKeyframe(name=name))

    async def rename_keyframe(self, name: str, to: str) -> None:
        """Give a saved keyframe another name."""
        await self.send(RenameKeyframe(name=name, to=to))

    async def delete_keyframe(self, name: str) -> None:
        """Forget a saved keyframe."""
        await self.send(DeleteKeyframe(name=name))

    # --- physics and values --------------------------------------------------------------------------------------------

    async def set_option(self, field: str, value: OptionValue) -> None:
        """Change one physics option; `options` lists them, `set_options` answers."""
        await self.send(SetOption(field=field, value=value))

    async def reset_options(self, what: Literal["all", "physics", "visual"] = "all") -> None:
        """The options as the model has them."""
        await self.send(ResetOptions(what=what))

    async def set_noise(self, scale: float, rate: float) -> None:
        """Noise on `ctrl`: its standard deviation in half ranges, 0 for none, and the seconds that it fades in."""
        await self.send(SetNoise(scale=scale, rate=rate))

    async def set_ctrl(
        self,
        values: Mapping[int, float],
        *,
        scale: Literal["value", "share"] = "value",
        lease_s: float | None = None,
    ) -> None:
        """Write `ctrl` by actuator, clamped to its range; with a lease the values go back to neutral by themselves."""
        await self.send(SetCtrl(values=tuple(values.items()), scale=scale, lease_s=lease_s))

    async def clear_ctrl(self) -> None:
        """Every `ctrl` to zero."""
        await self.send(ClearCtrl())

    async def set_qpos(self, values: Mapping[int, float]) -> None:
        """Write positions by index into `qpos`, radians and metres; velocities stay."""
        await self.send(SetQpos(values=tuple(values.items())))

    async def set_equality(self, index: int, active: bool) -> None:
        """Switch an equality constraint on or off."""
        await self.send(SetEquality(index=index, active=active))

    # --- hands -----------------------------------------------------------------------------------------------------------

    async def select(self, body: str | None) -> None:
        """Select a body by name or `#id`, or none."""
        await self.send(Select(body=body))

    async def pick(self, x: float, y: float, action: Literal["select", "centre", "track"] = "select") -> None:
        """What lies at a point of the picture, -1 to 1 from left to right and from bottom to top."""
        await self.send(Pick(x=x, y=y, action=action))

    async def perturb_start(self, mode: Literal["force", "torque", "drag"], x: float = 0, y: float = 0) -> int:
        """Close the hand at a point of the picture: on the selected body, or with `drag` on the one that is there.

        Paused, free and mocap bodies are moved instead. It opens by itself after 2 s without a `perturb_move`.

        Returns:
            The number of this grip; `grip` of the room is the answer to it.
        """
        self._grips += 1
        await self.send(PerturbStart(grip=self._grips, mode=mode, x=x, y=y))
        return self._grips

    async def perturb_move(self, x: float, y: float, plane: Plane = "vertical") -> None:
        """Pull to another point: in the plane of the picture, or in that of the floor."""
        await self.send(PerturbMove(grip=max(1, self._grips), x=x, y=y, plane=plane))

    async def perturb_end(self) -> None:
        """Open the hand."""
        await self.send(PerturbEnd())

    async def press(self, code: str) -> None:
        """A key for the program that steps the room; `code` as in `KeyboardEvent.code`, for example `KeyA` or `Space`."""
        await self.send(KeyPress(code=code))

    # --- the picture -----------------------------------------------------------------------------------------------------

    async def set_look(self, /, **changes: Any) -> None:
        """What the picture shows: the fields of `set_look` (docs/protocol.md), for example `flags={"joint": True}`."""
        await self.send(SetLook(**changes))

    async def set_lens(
        self, *, fov_deg: float | None = None, orthographic: bool | None = None, reset: bool = False
    ) -> None:
        """The lens of the free camera; `reset`: as the model says."""
        await self.send(SetLens(fov_deg=fov_deg, orthographic=orthographic, reset=reset))

    async def orbit(self, d_azimuth: float, d_elevation: float) -> None:
        """Turn the camera, degrees."""
        await self.send(Orbit(d_azimuth=d_azimuth, d_elevation=d_elevation))

    async def pan(self, dx: float, dy: float, plane: Plane = "vertical") -> None:
        """Move what it looks at, in picture heights; positive `dy` is down."""
        await self.send(Pan(dx=dx, dy=dy, plane=plane))

    async def zoom(self, amount: float) -> None:
        """Come closer (positive) or go away; the distance is multiplied by exp(-amount)."""
        await self.send(Zoom(amount=amount))

    async def set_camera(self, mode: Literal["free", "tracking", "fixed"], target: str | None = None) -> None:
        """`free`, `tracking` a body, or a `fixed` camera of the model; targets by name or `#index`."""
        await self.send(SetCamera(mode=mode, target=target))

    async def frame_scene(self, view: Literal["initial", "front", "side", "top"] | None = None) -> None:
        """Show the whole model."""
        await self.send(FrameScene(view=view))
