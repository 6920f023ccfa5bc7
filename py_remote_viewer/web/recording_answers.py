"""What the routes of recordings take and answer, as types."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from py_remote_viewer.protocol.recording import Recording
from py_remote_viewer.web.answers import Answer


class RecordingStart(BaseModel):
    """What to record; the video where nothing is said."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, json_schema_extra={"examples": [{"video": True, "trajectory": True}]}
    )
    video: bool = Field(True, description="The room's full-size picture, as MP4, without a second encode.")
    trajectory: bool = Field(False, description="Every state and input, so that it replays bit for bit.")
    limit_s: float | None = Field(None, ge=1, le=86_400, description="End by itself after that.")
    by: Annotated[str, Field(max_length=64)] | None = Field(None, description="peer_id of who asks.")


class RenderWish(BaseModel):
    """A trajectory drawn again; `python -m py_remote_viewer render` takes the same."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, json_schema_extra={"examples": [{"width": 1920, "height": 1080}]}
    )
    file: Annotated[str, Field(max_length=64)] | None = Field(
        None, description="Which trajectory; the first one otherwise."
    )
    width: int = Field(1920, ge=64, le=7680, multiple_of=2)
    height: int = Field(1080, ge=64, le=4320, multiple_of=2)
    fps: int = Field(60, ge=1, le=240)
    quality: Literal["ultra", "high", "shadows", "plain", "lean"] = "ultra"
    camera: Annotated[str, Field(max_length=128)] | None = Field(
        None, description="A camera of the model; as recorded otherwise."
    )
    overlays: str = Field(
        "recorded",
        max_length=400,
        pattern=r"^[a-z,_]*$",
        description="`recorded`: flags, groups and labels as they were; `none`; or names of flags, with commas.",
    )
    speed: float = Field(1.0, gt=0, le=100)
    timeline: Literal["watched", "simulated"] = "watched"
    from_s: float = Field(0.0, ge=0, le=1e6)
    to_s: float | None = Field(None, gt=0, le=1e6)


class RenderJob(Answer):
    """A trajectory that is being drawn again."""

    id: int
    recording_id: str
    file: str = Field(description="Of the video that is made.")
    state: Literal["waiting", "drawing", "done", "failed", "cancelled"]
    progress: float = Field(description="0 to 1.")
    error: str = ""


class Recordings(Answer):
    """What was recorded, newest first, and what is being drawn."""

    recordings: list[Recording]
    renders: list[RenderJob] = Field(default_factory=list)
    used_bytes: int
    quota_bytes: int
    limit_s: float = Field(description="Longest recording.")


class Done(Answer):
    """Nothing else to say."""

    success: Literal[True] = True
