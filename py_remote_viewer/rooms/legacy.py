"""The original protocol's raw input (`{"type": "event", "data": …}`), translated into our messages. Pure.

That protocol sends CSS pixels of an element whose size the server never learns, so scale is per pixel here: half a degree
for turning, a hundredth of the distance for panning. Our own page sends `orbit`, `pan` and `zoom` in units of the picture.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from py_remote_viewer.errors import MessageInvalid
from py_remote_viewer.protocol.camera_input import FrameScene, Orbit, Pan, Zoom
from py_remote_viewer.protocol.events import CommandEvent, InputEvent, KeyEvent, MouseEvent, ScrollEvent
from py_remote_viewer.protocol.messages import EngineInput
from py_remote_viewer.protocol.sim_commands import Pause, Play, Reset, Step

LEFT, RIGHT, MIDDLE = 1, 2, 4
DEGREES_PER_PX = 0.5
PAN_PER_PX = 0.01 / (2 * math.tan(math.radians(22.5)))  # a hundredth of the distance, at a field of view of 45 degrees
ZOOM_PER_PX = 0.005
ZOOM_PER_NOTCH = 0.1
NOTCH = 100.0
KEY_DEGREES = 5.0
KEY_ZOOM = math.log(1 / 0.9)
MAX_STEPS = 10_000


class LegacyInput:
    """The translation for one peer: it remembers where the pointer was."""

    def __init__(self) -> None:
        self._at: tuple[float, float] | None = None

    def translate(self, event: InputEvent, *, paused: bool) -> list[EngineInput]:
        """What `event` asks for; empty when it asks for nothing. `paused` is the state that the space bar flips.

        Raises:
            MessageInvalid: a command that does not exist, or a parameter that cannot be used; the text names those that can.
        """
        match event:
            case MouseEvent():
                return self._mouse(event)
            case ScrollEvent():
                amount = _clamp(-event.dy / NOTCH * ZOOM_PER_NOTCH, 5)
                return [Zoom(amount=amount)] if amount else []
            case KeyEvent():
                return _key(event, paused)
            case CommandEvent():
                return [_command(event)]

    def _mouse(self, event: MouseEvent) -> list[EngineInput]:
        before, self._at = self._at, (event.x, event.y)
        if event.type == "mouse_up":
            self._at = None
        if event.type != "mouse_move" or before is None or not event.buttons:
            return []
        dx, dy = event.x - before[0], event.y - before[1]
        if dx == 0 and dy == 0:
            return []
        if event.buttons & LEFT:
            return [
                Orbit(d_azimuth=_clamp(-DEGREES_PER_PX * dx, 360), d_elevation=_clamp(-DEGREES_PER_PX * dy, 180)),
            ]
        if event.buttons & RIGHT:
            return [Pan(dx=_clamp(PAN_PER_PX * dx, 10), dy=_clamp(PAN_PER_PX * dy, 10))]
        if event.buttons & MIDDLE:
            return [Zoom(amount=_clamp(-ZOOM_PER_PX * dy, 5))]
        return []


def _clamp(value: float, bound: float) -> float:
    return max(-bound, min(bound, value))


def _key(event: KeyEvent, paused: bool) -> list[EngineInput]:
    if event.type != "key_down" or event.ctrl or event.alt or event.meta:
        return []
    match event.code or event.key:
        case "ArrowLeft":
            return [Orbit(d_azimuth=-KEY_DEGREES, d_elevation=0)]
        case "ArrowRight":
            return [Orbit(d_azimuth=KEY_DEGREES, d_elevation=0)]
        case "ArrowUp":
            return [Orbit(d_azimuth=0, d_elevation=KEY_DEGREES)]
        case "ArrowDown":
            return [Orbit(d_azimuth=0, d_elevation=-KEY_DEGREES)]
        case "PageUp":
            return [Zoom(amount=KEY_ZOOM)]
        case "PageDown":
            return [Zoom(amount=-KEY_ZOOM)]
        case "Space" | " ":
            return [Play() if paused else Pause()]
        case _:
            return []


def _step(params: dict[str, Any]) -> EngineInput:
    for name in ("num_steps", "steps", "count"):
        if name in params:
            count = params[name]
            if isinstance(count, bool) or not isinstance(count, int) or not 1 <= count <= MAX_STEPS:
                raise MessageInvalid(
                    f"step: {name} must be a whole number from 1 to {MAX_STEPS}", hint='For example {"num_steps": 50}.'
                )
            return Step(count=count)
    return Step()


def _camera_preset(params: dict[str, Any]) -> EngineInput:
    match params.get("preset"):
        case "front":
            return FrameScene(view="front")
        case "side":
            return FrameScene(view="side")
        case "top":
            return FrameScene(view="top")
        case _:
            raise MessageInvalid("set_camera_preset: preset must be front, side or top", hint='{"preset": "front"}')


_COMMANDS: dict[str, Callable[[dict[str, Any]], EngineInput]] = {
    "play": lambda _: Play(),
    "start": lambda _: Play(),
    "resume": lambda _: Play(),
    "pause": lambda _: Pause(),
    "pause_simulation": lambda _: Pause(),
    "stop": lambda _: Pause(),
    "reset": lambda _: Reset(),
    "reset_simulation": lambda _: Reset(),
    "step": _step,
    "reset_camera": lambda _: FrameScene(view="initial"),
    "set_camera_preset": _camera_preset,
    "camera_preset": _camera_preset,
}


def _command(event: CommandEvent) -> EngineInput:
    make = _COMMANDS.get(event.cmd)
    if make is None:
        raise MessageInvalid(f"no command {event.cmd!r}", hint=f"Known commands: {', '.join(sorted(_COMMANDS))}.")
    return make(event.params)
