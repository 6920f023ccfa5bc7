"""How the loading of a scene stands, for everybody in the room."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from py_remote_viewer.protocol.base import Message


class LoadProgress(Message):
    """A scene is on its way: files come in, are fetched, unpacked, compiled. `done` ends it, whether it is shown or not."""

    type: Literal["load_progress"] = "load_progress"
    load: str = Field(description="The same in all messages of one load.")
    title: str = Field(description="What is being loaded: a file, or a model's name.")
    stage: Literal["upload", "download", "unpack", "compile", "done"]
    done_bytes: int = 0
    total_bytes: int | None = Field(None, description="null: unknown.")


LoadingMessage = LoadProgress
