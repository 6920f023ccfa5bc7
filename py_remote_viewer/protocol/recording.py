"""What is said about recordings: by the engine, which keeps states, and to everybody in the room, who may know of it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from py_remote_viewer.protocol.base import Message

RECORDING_ID = r"^[0-9]{8}-[0-9]{6}-[0-9a-f]{8}$"
RecordingId = Annotated[str, Field(pattern=RECORDING_ID)]


class TrajectoryData(Message):
    """Bytes of a trajectory follow: whole chunks, to be appended to the file of `part`. A new part begins with a model."""

    type: Literal["trajectory_data"] = "trajectory_data"
    recording_id: str
    part: int = Field(description="Counts the models that this engine process has recorded, from 1.")
    load_id: int = Field(0, description="The server's number for the model.")
    scene: str = Field("", description="The model's own name.")
    rows: int = 0
    steps: int = Field(0, description="Steps between the part's first state and its last one.")
    last: bool = False


class RecordingStatus(Message):
    """A recording that is going on."""

    id: str
    video: bool
    trajectory: bool
    elapsed_s: float
    bytes: int = Field(description="On the disk.")
    limit_s: float = Field(description="It ends by itself then.")
    by: str | None = Field(None, description="peer_id of who started it; None: REST.")


class RecordedFile(Message):
    """One file of a recording. Durations in seconds, as they were watched."""

    name: str
    kind: Literal["video", "trajectory", "render"]
    bytes: int = 0
    duration_s: float = 0.0
    scene: str = ""
    width: int = 0
    height: int = 0
    pictures: int = 0
    states: int = 0
    steps: int = 0
    ended: str = Field("", description="Why it ended before the recording did; empty for the last one.")
    url: str = Field("", description="Where to get it, for a while also without a token.")


class Recording(Message):
    """A recording, as it lies in its folder (`recording.json`) and as REST lists it."""

    id: RecordingId
    title: str = Field("", description="Of the scene that was on when it began.")
    state: Literal["recording", "done", "interrupted", "failed"] = "recording"
    started: float = Field(description="Seconds since 1970.")
    duration_s: float = 0.0
    bytes: int = 0
    video: bool = True
    trajectory: bool = False
    reason: str = Field("", description="Why it ended, where nobody stopped it.")
    by: str | None = None
    thumbnail: str = Field("", description="URL of a small JPEG; empty: none.")
    files: tuple[RecordedFile, ...] = ()
