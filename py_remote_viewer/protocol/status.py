"""Where a room's simulation, camera and picture stand: what `status` messages and the REST statistics tell."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from py_remote_viewer.protocol.base import Message
from py_remote_viewer.protocol.recording import RecordingStatus
from py_remote_viewer.protocol.time_commands import HistoryStatus


class SimulationStatus(Message):
    """Where the simulation stands."""

    state: Literal["starting", "loading", "running", "paused", "diverged", "asleep", "restarting", "failed"]
    reason: str = Field("", description="Why it is not running, in words.")
    time_s: float = 0.0
    speed: float = Field(1.0, description="Asked for: simulated seconds per wall-clock second.")
    real_time_factor: float = Field(1.0, description="Measured: simulated seconds per wall-clock second, over 1 s.")
    slow: bool = Field(False, description="Physics cannot keep the speed that was asked for.")
    program: bool = Field(False, description="A program outside steps it: commands and keys go there.")
    timestep_s: float = Field(0.0, description="Of one step, as it is now.")
    settings: int = Field(0, description="Counts changes of physics options, noise and saved keyframes.")
    history: HistoryStatus = HistoryStatus()


class CameraStatus(Message):
    """The shared camera, as mjvCamera has it: metres, degrees."""

    mode: Literal["free", "tracking", "fixed"] = "free"
    target: str | None = None
    lookat: tuple[float, float, float] = (0.0, 0.0, 0.0)
    distance: float = 1.0
    azimuth: float = 90.0
    elevation: float = -20.0
    fov_deg: float = Field(45.0, description="Of an orthographic camera of the model: metres, the picture's height.")
    orthographic: bool = False
    pos: tuple[float, float, float] = Field((0.0, 0.0, 0.0), description="Where the eye is.")
    xyaxes: tuple[float, float, float, float, float, float] = Field(
        (1.0, 0.0, 0.0, 0.0, 0.0, 1.0), description="Right and up of the picture, as MJCF's `xyaxes`."
    )


class SelectionStatus(Message):
    """The body that the room has selected."""

    body: str = Field(description="Its name, or `#id`.")
    id: int
    parent: str | None = Field(None, description="None where that is the world.")
    mass_kg: float = 0.0
    subtree_mass_kg: float = Field(0.0, description="Of it and all that hangs on it.")
    pos: tuple[float, float, float] = Field((0.0, 0.0, 0.0), description="World frame, metres.")
    quat: tuple[float, float, float, float] = Field((1.0, 0.0, 0.0, 0.0), description="World frame, wxyz.")
    geom: str | None = Field(None, description="What was picked, where it was picked in the picture.")
    point: tuple[float, float, float] | None = Field(None, description="Where on the body, world frame, metres.")
    moves: Literal["free", "mocap", "joints", "fixed"] = Field(
        "fixed", description="What lets it move; while paused, a hand moves `free` and `mocap` bodies alone."
    )
    held_by: str | None = Field(None, description="peer_id of who pulls it.")


class QualityStatus(Message):
    """What the quality governor chose, and why."""

    mode: Literal["auto", "fixed"] = "auto"
    level: str = ""
    levels: tuple[str, ...] = Field((), description="The ladder, dearest first.")
    reason: str = ""


class StageTimes(Message):
    """Milliseconds per picture, median of the last second."""

    step: float = 0.0
    update: float = 0.0
    render: float = 0.0
    read: float = 0.0
    convert: float = 0.0
    encode: float = 0.0


class PictureStatus(Message):
    """What is drawn and encoded."""

    width: int = 0
    height: int = 0
    fps: float = Field(0.0, description="Encoded pictures a second.")
    bitrate_bps: float = 0.0
    encoder: str = ""
    gl_renderer: str = ""
    stage_ms: StageTimes = StageTimes()
    dropped: int = Field(0, description="Pictures rendered and not encoded since the engine started.")


class Status(Message):
    """Sent four times a second while something moves, once a second otherwise."""

    type: Literal["status"] = "status"
    simulation: SimulationStatus
    camera: CameraStatus = CameraStatus()
    quality: QualityStatus = QualityStatus()
    picture: PictureStatus = PictureStatus()
    selection: SelectionStatus | None = None
    peers: int = 0
    recording: RecordingStatus | None = None
    server_time_s: float = 0.0
