"""What the server and the compile forkserver say to each other.

A request is one `SOCK_SEQPACKET` message: `CompileRequest` as JSON, with descriptors beside it (SCM_RIGHTS): the reply
socket, the file for the model (when unpacking: for the pack), the memory file holding the MJCF or another request unless
`path` names a file, and for an upload the file of its contents. On the reply socket (`SOCK_STREAM`) come up to two JSON
lines: `ChildAnswer` from the child, if it lived to give one, and `ChildEnd` from the forkserver once the child is gone.
Nothing else is ever sent, so closing the reply socket means: stop that compile.
"""

from __future__ import annotations

import math
from typing import Any, Literal

from pydantic import Field

from py_remote_viewer.protocol.base import Message
from py_remote_viewer.protocol.scene_edits import CheckedScene
from py_remote_viewer.protocol.scene_info import ModelInfo
from py_remote_viewer.scenes.uploads.wire import Unpacked, UploadFacts

MAX_REQUEST_BYTES = 16_384
MAX_REPLY_BYTES = 4 * 2**20
MAX_WARNINGS = 20
TRUSTED_WALL_S = 120.0
CREATE_WALL_S = 25.0  # two simulated seconds, up to five times
MAX_PROMPT_CHARS = 2000
MAX_STEPS = 100


class CompileRequest(Message):
    """One compile. With `path` the operator named the file, which is trusted: no sandbox and no memory limit."""

    wall_s: float = Field(gt=0, le=TRUSTED_WALL_S)
    memory_mb: int = Field(ge=1)
    xml_size: int = Field(0, ge=0)
    path: str | None = None
    name: str | None = Field(None, description="What `ModelInfo.name` shall be; the model's own name otherwise.")
    try_out: bool = Field(False, description="Watch the MJCF for two simulated seconds, as a scene from a sentence is.")
    create: bool = Field(False, description="The memory file holds a `CreateRequest`, not MJCF.")
    upload: Literal["", "unpack", "compile"] = Field("", description="It holds an `UnpackRequest` or an `UploadModel`.")
    check: bool = Field(False, description="Say all that is wrong with the MJCF, and give no model back.")


class CreateStep(Message):
    """One sentence of a story, and what was set beside it."""

    prompt: str = Field(max_length=MAX_PROMPT_CHARS)
    mode: Literal["auto", "new", "edit"] = "auto"
    gravity: float | None = Field(None, ge=-300, le=300)
    timestep_s: float | None = Field(None, ge=1e-4, le=0.01)
    floor: bool | None = None


class Story(Message):
    """The sentences that made a scene. It travels in the MJCF, so that a follow-up works on whatever still has it."""

    seed: int = Field(0, ge=0, lt=2**31)
    steps: tuple[CreateStep, ...] = Field(min_length=1, max_length=MAX_STEPS)


class CreateRequest(CreateStep):
    """A scene from a sentence; `before_xml` is the scene that a follow-up changes."""

    seed: int | None = Field(None, ge=0, lt=2**31)
    before_xml: str | None = None


class CreatedScene(Message):
    """What came of a `CreateRequest`.

    Attributes:
        understood: what was made, line by line.
        ignored: words that were not understood, as written.
        suggestions: for some of them, the nearest that can be made.
        corrected: misspelt words, and what they were read as.
        edited: whether it changed the scene before it.
        checks: figures of the two simulated seconds.
    """

    xml: str
    title: str
    message: str
    understood: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    suggestions: dict[str, str] = Field(default_factory=dict)
    corrected: dict[str, str] = Field(default_factory=dict)
    edited: bool = False
    checks: dict[str, float | int | bool] = Field(default_factory=dict)


class Refusal(Message):
    """A `SceneInvalid` (or, when `expensive`, a `SceneTooExpensive`) on its way to the server."""

    message: str
    hint: str
    expensive: bool = False
    details: dict[str, Any] = Field(default_factory=dict, description="Lists and words that go to who asked.")


class ChildAnswer(Message):
    """The model is in the memory file (`info` given), or it was refused, or only checked."""

    info: ModelInfo | None = None
    created: CreatedScene | None = None
    unpacked: Unpacked | None = None
    upload: UploadFacts | None = None
    read_from: tuple[str, ...] = Field((), description="Paths of an operator's MJCF and of all files that it names.")
    checks: dict[str, float | int | bool] = Field(default_factory=dict, description="Of `try_out`.")
    checked: CheckedScene | None = None
    size: int = 0
    warnings: tuple[str, ...] = ()
    refusal: Refusal | None = None
    sandbox: dict[str, bool] = Field(default_factory=dict, description="Which walls stood around this child.")


class ChildEnd(Message):
    """How the child ended: its exit code, or the negative number of the signal that ended it."""

    exit_code: int
    max_rss_kb: int


def cpu_limit_s(wall_s: float) -> int:
    """Processor seconds for a wall limit: mesh work runs on several threads, so it may be more than the wall allows."""
    return math.ceil(2 * wall_s) + 1
