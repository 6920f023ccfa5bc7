"""Keys for the program that steps what the room shows, whatever the page does with them itself."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from py_remote_viewer.protocol.base import Message


class KeyPress(Message):
    """A key went down. `code` is that of `KeyboardEvent` (where it is on the keyboard, not what is printed on it)."""

    type: Literal["key_press"] = "key_press"
    code: Annotated[str, Field(min_length=1, max_length=32, pattern=r"^[A-Za-z0-9]+$")]
