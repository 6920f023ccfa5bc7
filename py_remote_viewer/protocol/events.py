"""Raw input events of the original protocol (`{"type": "event", "data": …}`), as types.

Coordinates are CSS pixels of the picture element. Our own page sends `orbit`, `pan` and `zoom` instead.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from py_remote_viewer.protocol.base import Message

Pixels = Annotated[float, Field(ge=-100_000, le=100_000)]
Key = Annotated[str, Field(max_length=32)]


class MouseEvent(Message):
    """`buttons` is the DOM bit mask: 1 left, 2 right, 4 middle."""

    type: Literal["mouse_down", "mouse_move", "mouse_up"]
    x: Pixels
    y: Pixels
    buttons: int = Field(0, ge=0, le=31)


class ScrollEvent(Message):
    """One wheel notch is 100 units of `dy`."""

    type: Literal["scroll"]
    x: Pixels = 0
    y: Pixels = 0
    dx: Pixels = 0
    dy: Pixels = 0


class KeyEvent(Message):
    """A key, as KeyboardEvent names it."""

    type: Literal["key_down", "key_up"]
    code: Key = ""
    key: Key = ""
    alt: bool = False
    ctrl: bool = False
    shift: bool = False
    meta: bool = False


class CommandEvent(Message):
    """`play|start|pause|resume|stop|reset|step|reset_camera|set_camera_preset`, with parameters."""

    type: Literal["command"]
    cmd: Annotated[str, Field(max_length=64)]
    params: Annotated[dict[str, Any], Field(max_length=8)] = Field(default_factory=dict)


InputEvent = Annotated[MouseEvent | ScrollEvent | KeyEvent | CommandEvent, Field(discriminator="type")]
