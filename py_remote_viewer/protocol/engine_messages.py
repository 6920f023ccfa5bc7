"""What the server and an engine process say to each other over their socketpair.

JSON messages of the types below. `EncodedPicture` is binary; bytes follow `StateSaved` (the state), `KeptSaved`
(keyframes), `Told` (an answer), `ValuesSampled` (JSON arrays) and `TrajectoryData` (a piece of a file).
A compiled model never travels here: it is a memory file whose descriptor goes over a second socketpair.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from py_remote_viewer.protocol.base import Message
from py_remote_viewer.protocol.engine_questions import Ask, Told
from py_remote_viewer.protocol.engine_values import FieldsResolved, ValuesSampled, WatchFields
from py_remote_viewer.protocol.hand_input import Grip
from py_remote_viewer.protocol.look import Look
from py_remote_viewer.protocol.messages import EngineInput
from py_remote_viewer.protocol.pictures import Codec
from py_remote_viewer.protocol.recording import TrajectoryData
from py_remote_viewer.protocol.scene_edits import KeptPose
from py_remote_viewer.protocol.scene_info import ModelInfo
from py_remote_viewer.protocol.status import (
    CameraStatus,
    PictureStatus,
    QualityStatus,
    SelectionStatus,
    SimulationStatus,
)
from py_remote_viewer.protocol.time_commands import Kept


class EngineConfig(Message):
    """How an engine is started; given once, on its command line."""

    room_id: str
    width: int = 1280
    height: int = 720
    fps: int = 60
    encoder: str = "auto"
    bitrate_bps: int = 4_000_000
    quality: str = "auto"
    log_level: str = "INFO"
    history_bytes: int = Field(64 * 2**20, ge=0, description="Of states that can be gone back to.")
    latency_strip: bool = Field(False, description="Draw the benchmark's machine-readable strip into each picture.")


class ResumeFrom(Message):
    """Where the last engine of the room stood; its state vector follows as the binary part."""

    time_s: float
    paused: bool
    speed: float
    camera: CameraStatus
    look: Look | None = None
    selected: str | None = None
    has_state: bool = False


# --- server to engine --------------------------------------------------------------------------------------------------


class LoadModel(Message):
    """Show this model. The descriptor of its memory file (MJB, `size` bytes) waits on the side channel under `load_id`."""

    type: Literal["load_model"] = "load_model"
    load_id: int
    size: int
    info: ModelInfo
    paused: bool = False
    resume: ResumeFrom | None = None
    keep_pose: bool = Field(False, description="Go on where the scene before it stands, as far as they agree.")
    kept: Kept | None = Field(None, description="Its keyframes' states follow the state of `resume`.")
    program: Literal["none", "steps", "lends"] = Field(
        "none",
        description="`steps`: a program steps it, and the descriptors of its shared memory and of its socket come along; "
        "`lends`: it gave the state to begin with and hears how it goes.",
    )


class Input(Message):
    """One input of a peer, already allowed."""

    type: Literal["input"] = "input"
    peer_id: str
    input: Annotated[EngineInput, Field(discriminator="type")]


class RungSpec(Message):
    """One shared encode of the room's view. A picture is never scaled up: a rung higher than what is drawn is as drawn."""

    rung: int = Field(0, ge=0, le=15)
    codec: Codec = "h264"
    height: int = Field(2160, ge=16, le=2160, description="Largest height, px; the width follows the view's shape.")
    fps: int = Field(120, ge=1, le=1000, description="Most pictures a second; others are left out evenly.")
    bitrate_bps: int = Field(4_000_000, ge=50_000, le=100_000_000)


class Demand(Message):
    """Whether anybody is in the room (then time runs), which rungs have anybody on them (these are encoded), for which
    recording states are kept (empty: none), and whether a video is recorded (then the picture keeps its size while it can).
    """

    type: Literal["demand"] = "demand"
    present: bool
    rungs: tuple[RungSpec, ...] = Field((), max_length=8)
    trajectory: str = Field("", max_length=64)
    filmed: bool = False


class ForceIdr(Message):
    """Make the next picture of `rung` an IDR, and make one now even when nothing moves."""

    type: Literal["force_idr"] = "force_idr"
    rung: int = 0


class Shutdown(Message):
    """End."""

    type: Literal["shutdown"] = "shutdown"


# --- engine to server --------------------------------------------------------------------------------------------------


class EngineReady(Message):
    """The GL context and the encoder work."""

    type: Literal["engine_ready"] = "engine_ready"
    pid: int
    gl_renderer: str
    gl_software: bool
    gpu_present: bool = Field(False, description="The machine has a GPU device although GL may be software.")
    encoder: str
    encoders_refused: dict[str, str] = Field(default_factory=dict, description="Encoder name to reason.")
    quality_levels: tuple[str, ...] = ()


class Heartbeat(Message):
    """The loop turns. It may be silent until `busy_until_s` (monotonic) while it does something known to be long."""

    type: Literal["heartbeat"] = "heartbeat"
    busy_until_s: float = 0.0


class ModelLoaded(Message):
    """`load_id` is what pictures show from now on."""

    type: Literal["model_loaded"] = "model_loaded"
    load_id: int


class PoseKept(Message):
    """`load_id` goes on where the scene before it stood; said before `model_loaded`."""

    type: Literal["pose_kept"] = "pose_kept"
    load_id: int
    kept: KeptPose


class LoadFailed(Message):
    """`load_id` could not be shown; the scene before it goes on."""

    type: Literal["load_failed"] = "load_failed"
    load_id: int
    message: str


class RungStatus(Message):
    """What one rung gave over the last second."""

    rung: int
    codec: Codec
    width: int
    height: int
    fps: float
    bitrate_bps: float
    encode_ms: float = Field(description="Scaling, converting and encoding, median per picture.")


class EngineStatus(Message):
    """Telemetry."""

    type: Literal["engine_status"] = "engine_status"
    simulation: SimulationStatus
    camera: CameraStatus
    quality: QualityStatus
    picture: PictureStatus
    selection: SelectionStatus | None = None
    look: Look | None = None
    rungs: tuple[RungStatus, ...] = ()
    steps: int = 0
    pictures_encoded: int = 0
    encoder_calls: int = 0
    idrs: int = 0
    cpu_s: float = 0.0
    rss_bytes: int = 0


class InputApplied(Message):
    """The newest input of each peer that a picture shows."""

    type: Literal["input_applied"] = "input_applied"
    peer_id: str
    seq: int
    captured_s: float


class PeerAnswer(Message):
    """For one peer alone."""

    type: Literal["peer_answer"] = "peer_answer"
    peer_id: str
    answer: Grip


class StateSaved(Message):
    """Where the simulation stands; the state vector (`Simulation.state`, float64) follows as the binary part."""

    type: Literal["state_saved"] = "state_saved"
    load_id: int
    resume: ResumeFrom


class ProgramEnded(Message):
    """The program that stepped `load_id` has gone: its descriptors are needed no more."""

    type: Literal["program_ended"] = "program_ended"
    load_id: int


class KeptSaved(Message):
    """What people have set has changed; the saved keyframes' states follow as the binary part."""

    type: Literal["kept_saved"] = "kept_saved"
    load_id: int
    kept: Kept


class EngineNotice(Message):
    """Something the people in the room should read."""

    type: Literal["engine_notice"] = "engine_notice"
    level: Literal["info", "warn", "bad"] = "info"
    text: str


ToEngine = LoadModel | Input | Demand | WatchFields | ForceIdr | Ask | Shutdown
FromEngine = (
    EngineReady
    | Heartbeat
    | ModelLoaded
    | PoseKept
    | LoadFailed
    | EngineStatus
    | InputApplied
    | TrajectoryData
    | PeerAnswer
    | StateSaved
    | ProgramEnded
    | KeptSaved
    | EngineNotice
    | Told
    | FieldsResolved
    | ValuesSampled
)
to_engine: TypeAdapter[ToEngine] = TypeAdapter(Annotated[ToEngine, Field(discriminator="type")])
from_engine: TypeAdapter[FromEngine] = TypeAdapter(Annotated[FromEngine, Field(discriminator="type")])
