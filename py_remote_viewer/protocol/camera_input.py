"""What a peer may send to move the shared camera, on the data channel `pointer` or the WebSocket."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from py_remote_viewer.protocol.base import Message, Sequence


class Orbit(Message):
    """Turn the free camera. Degrees, as in mjvCamera: azimuth about world +Z; elevation -90 looks straight down."""

    type: Literal["orbit"] = "orbit"
    d_azimuth: float = Field(ge=-360, le=360)
    d_elevation: float = Field(ge=-180, le=180)
    seq: Sequence = 0


class Pan(Message):
    """Move what the camera looks at. Fractions of the picture's height: the point under the pointer follows it.

    `vertical` moves in the plane of the screen, `horizontal` in the plane of the floor.
    """

    type: Literal["pan"] = "pan"
    dx: float = Field(ge=-10, le=10)
    dy: float = Field(ge=-10, le=10, description="Positive is down the screen.")
    plane: Literal["vertical", "horizontal"] = "vertical"
    seq: Sequence = 0


class Zoom(Message):
    """Come closer (`amount` > 0) or go away; the distance is multiplied by exp(-amount).

    `x`, `y`: the pointer in the picture, -1..1 from left to right and from bottom to top; that point stays put.
    """

    type: Literal["zoom"] = "zoom"
    amount: float = Field(ge=-5, le=5)
    x: float = Field(0.0, ge=-1, le=1)
    y: float = Field(0.0, ge=-1, le=1)
    seq: Sequence = 0


class SetCamera(Message):
    """Choose the camera: `free`, `tracking` a body, or a `fixed` camera of the model, by name or `#index`."""

    type: Literal["set_camera"] = "set_camera"
    mode: Literal["free", "tracking", "fixed"]
    target: Annotated[str, Field(max_length=256)] | None = None


class FrameScene(Message):
    """Show the whole model; from `view`, or from where the camera looks now."""

    type: Literal["frame_scene"] = "frame_scene"
    view: Literal["initial", "front", "side", "top"] | None = None


CameraInput = Orbit | Pan | Zoom | SetCamera | FrameScene
