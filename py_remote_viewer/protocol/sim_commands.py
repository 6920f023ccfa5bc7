"""What a peer may send to run, stop and pace the simulation, and to choose how well it is drawn."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from py_remote_viewer.protocol.base import Message


class Play(Message):
    """Run."""

    type: Literal["play"] = "play"


class Pause(Message):
    """Stand still."""

    type: Literal["pause"] = "pause"


class Step(Message):
    """Pause, and take `count` steps of the model's timestep."""

    type: Literal["step"] = "step"
    count: int = Field(1, ge=1, le=10_000)


class Reset(Message):
    """Back to the start: the named keyframe, else keyframe 0 where the model has one, else `qpos0`."""

    type: Literal["reset"] = "reset"
    keyframe: Annotated[str, Field(max_length=256)] | None = None


class SetSpeed(Message):
    """Simulated seconds per wall-clock second that are asked for."""

    type: Literal["set_speed"] = "set_speed"
    factor: float = Field(ge=1 / 16, le=4)


class SetQuality(Message):
    """Picture quality: `auto`, or one level of the ladder that `status.quality.levels` lists."""

    type: Literal["set_quality"] = "set_quality"
    level: Annotated[str, Field(max_length=64)]


SimCommand = Play | Pause | Step | Reset | SetSpeed | SetQuality
