"""What REST answers, as types: OpenAPI is made from them, and so are its examples."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from py_remote_viewer.protocol.messages import ViewerReport
from py_remote_viewer.protocol.recording import RecordingStatus
from py_remote_viewer.protocol.scene_edits import KeptPose, Problem, SceneSizes
from py_remote_viewer.protocol.scene_info import ModelInfo, PresetInfo
from py_remote_viewer.protocol.status import CameraStatus, PictureStatus, QualityStatus, SimulationStatus
from py_remote_viewer.protocol.time_commands import OptionValue
from py_remote_viewer.scenes.sources.wire import CatalogueEntry, SourceName


class Answer(BaseModel):
    """Base: frozen; described fields."""

    model_config = ConfigDict(frozen=True, protected_namespaces=())


class ErrorBody(Answer):
    """Why, and what to do about it; `line` and `element` for a scene, where MuJoCo names them."""

    model_config = ConfigDict(extra="allow", protected_namespaces=())
    code: str = Field(examples=["scene_invalid"])
    message: str = Field(
        examples=["MuJoCo refused the scene: XML Error: Schema violation: unrecognized element 'geon'"]
    )
    hint: str = Field("", examples=["Fix the line it names, or start from a preset (GET /api/scene/presets)."])
    line: int | None = Field(None, examples=[4])
    element: str | None = Field(None, examples=["geon"])


class Refusal(Answer):
    """The body of every answer that is not a success."""

    success: Literal[False] = False
    error: ErrorBody


class Health(Answer):
    """`healthy`, `starting` (the engine is on its way), or `failed` (status 503)."""

    status: Literal["healthy", "starting", "failed"]
    version: str = Field(examples=["0.1.0"])
    uptime_s: float
    timestamp: float = Field(description="Seconds since 1970.")
    clients_connected: int
    gl_renderer: str | None = Field(None, examples=["llvmpipe (LLVM 15.0.6, 256 bits)"])
    gl_software: bool | None = None
    encoder: str | None = Field(None, examples=["libx264"])
    warnings: list[str] = Field(default_factory=list, description="What an operator should look at.")


class Config(Answer):
    """Settings in use, without the token."""

    host: str
    port: int
    frame_width: int
    frame_height: int
    frame_rate: int
    stun_server: str
    debug_mode: bool
    log_level: str
    encoder: str = Field(description="Asked for; /api/health says which one is used.")
    quality: str
    quality_levels: list[str]
    bitrate_bps: int
    max_peers: int
    protocol: int
    ice_servers: list[dict[str, str]] = Field(description="URLs; credentials go to each peer in `welcome`.")
    ice_relay_only: bool
    token_required: bool
    language_model: bool = Field(description="Whether one can be asked for with `engine: llm`; docs/scenes.md.")


class SimulationStats(Answer):
    """Where the simulation stands."""

    state: str
    reason: str
    time: float = Field(description="Simulated seconds.")
    step_count: int
    is_running: bool
    is_paused: bool
    real_time_factor: float
    speed: float


class MujocoStats(Answer):
    """The running model."""

    initialized: bool
    model_name: str | None = None
    scene_id: int | None = None
    nbody: int | None = None
    nq: int | None = None
    nv: int | None = None
    nu: int | None = None
    ngeom: int | None = None


class SimulationState(Answer):
    """Simulation, camera and model, as the original protocol groups them."""

    simulation: SimulationStats
    camera: CameraStatus
    mujoco: MujocoStats


class PeerStats(Answer):
    """One person."""

    peer_id: str
    kind: Literal["page", "whep"] = Field("page", description="`page` speaks /ws/signaling, `whep` only watches.")
    name: str
    state: str = Field(description="`joined` (no media yet), `watching`, or `hidden`.")
    rtt_ms: float | None = None
    loss: float | None = Field(None, description="Share of packets lost lately, 0..1.")
    transport: str | None = Field(None, description="`WebRTC` or `WebSocket`; null without media.")
    rung: int | None = Field(None, description="The shared encode it gets; docs/protocol.md lists them.")
    joined_s_ago: float
    messages: int
    messages_refused: int
    outbox_dropped: int
    media: dict[str, Any] = Field(default_factory=dict)
    report: ViewerReport | None = None


class EngineStats(Answer):
    """The engine process."""

    pid: int | None = None
    restarts: int = 0
    cpu_s: float = 0.0
    memory_bytes: int = 0
    gl_renderer: str | None = None
    encoder: str | None = None
    encoders_refused: dict[str, str] = Field(default_factory=dict)
    pictures_encoded: int = 0
    encoder_calls: int = 0
    idrs: int = 0


class Stats(Answer):
    """Everything that is counted."""

    clients_connected: int
    total_connections: int
    frames_sent: int = Field(description="Encoded pictures handed to the fan-out.")
    bytes_encoded: int
    events_received: int
    uptime: float
    cpu_usage: float = Field(description="Server process, percent of one core.")
    memory_usage: int = Field(description="Server process, bytes resident.")
    loop_stall_ms: float = Field(description="Longest stall of the server's event loop in the last 10 s.")
    tasks: int = Field(description="Tasks of the server's event loop; grows with people, and falls when they leave.")
    open_files: int = Field(description="Files and sockets that the server process has open.")
    simulation_state: SimulationState
    picture: PictureStatus
    quality: QualityStatus
    simulation: SimulationStatus
    fanout: dict[str, Any]
    peers: list[PeerStats]
    engine: EngineStats
    recording: RecordingStatus | None = Field(None, description="What is being recorded.")
    publish: dict[str, Any] | None = Field(None, description="How publishing stands; null when nothing is published.")


class Presets(Answer):
    """What `preset` may be."""

    presets: list[PresetInfo]


class SceneCatalogue(Answer):
    """What `preset` may be besides the presets."""

    sources: list[SourceName] = Field(description="Those that are installed.", examples=[["menagerie"]])
    scenes: list[CatalogueEntry]


class UploadInfo(Answer):
    """Where in an upload a scene comes from."""

    upload: str = Field(description="What POST /api/scene/load takes as `upload`, for as long as it is kept.")
    root: str = Field(description="The file that is the model.", examples=["go2/scene.xml"])
    others: list[str] = Field(description="Further files that may be one: `root` chooses.")
    files: list[str] = Field(description="Every file that the model needs, itself first.")


class CurrentScene(Answer):
    """What the room shows."""

    success: Literal[True] = True
    name: str
    title: str
    preset: str | None
    scene_id: int
    xml: str | None = Field(description="MJCF as it was given; null for a compiled file (.mjb).")
    model_info: ModelInfo
    by: str | None
    warnings: list[str] = Field(default_factory=list)
    origin: UploadInfo | None = Field(None, description="Where it comes from, when that is an upload.")


class SceneLoad(BaseModel):
    """Exactly one of `xml`, `preset` and `upload`; `xml` beside `upload` stands in for its `root`."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        json_schema_extra={"examples": [{"preset": "pendulum"}, {"xml": "<mujoco><worldbody/></mujoco>"}]},
    )
    xml: str | None = Field(None, description="MJCF, at most 1 MB.")
    preset: str | None = Field(None, max_length=128, description="A name from GET /api/scene/presets or /catalogue.")
    name: str | None = Field(None, max_length=64, description="What to call a scene given as xml.")
    robot: str | None = Field(None, max_length=128, description="The same as `preset`.")
    upload: str | None = Field(None, max_length=64, description="What POST /api/scene/upload answered.")
    root: str | None = Field(None, max_length=512, description="The file of the upload that is the model.")
    keep_pose: bool = Field(False, description="Go on where the scene before it stands, as far as the models agree.")
    based_on: int | None = Field(
        None, ge=0, le=2**53, description="Refuse it (409) when the room shows another scene than this scene_id."
    )


class SceneLoaded(Answer):
    """The scene is on everybody's screen."""

    success: Literal[True] = True
    message: str = Field(examples=["Scene loaded successfully"])
    name: str
    scene_id: int
    model_info: ModelInfo
    warnings: list[str] = Field(default_factory=list, description="What MuJoCo said and did not refuse.")
    origin: UploadInfo | None = Field(None, description="Where it comes from, when that is an upload.")
    kept: KeptPose | None = Field(None, description="What goes on where the scene before it stood; with keep_pose.")


class SceneUploaded(SceneLoaded):
    """The upload is kept, and its model is on everybody's screen."""

    upload: str = Field(description="Its hash: what `upload` of POST /api/scene/load takes.")
    bytes: int = Field(description="Of all its files, unpacked.")
    files: int
    ignored: int = Field(0, description="Files that were left out: archives inside archives, clutter.")


class SceneCheck(BaseModel):
    """A text that is to be looked at, and not shown."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, json_schema_extra={"examples": [{"xml": "<mujoco><worldbody/></mujoco>"}]}
    )
    xml: str = Field(description="MJCF, at most 1 MB.")
    based_on: int | None = Field(
        None,
        ge=0,
        le=2**53,
        description="The scene_id that it was made from: while the room shows that, the text may name its files.",
    )
    asker: str = Field(
        "", max_length=64, description="Any name; a newer text under the same one takes the place of this one."
    )


class SceneChecked(Answer):
    """Without a problem of severity `error` the text would load."""

    success: Literal[True] = True
    problems: list[Problem] = Field(description="Everything that could be found, by line.")
    warnings: list[str] = Field(description="What MuJoCo said and did not refuse.")
    sizes: SceneSizes | None = Field(description="What it compiles to; null when it does not.")


class SceneParameters(BaseModel):
    """Settings beside the words."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    mode: Literal["auto", "new", "edit"] = Field(
        "auto", description="Whether the words change the scene that is shown; `auto` decides by what they point at."
    )
    gravity: float | None = Field(None, ge=-300, le=300, description="m/s², downwards.")
    timestep_s: float | None = Field(None, ge=1e-4, le=0.01)
    floor: bool | None = None


class SceneCreate(BaseModel):
    """A scene in words."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        json_schema_extra={
            "examples": [
                {"prompt": "a tower of 10 blocks and a heavy ball swinging into it"},
                {"prompt": "make the ball twice as big", "apply": True},
            ]
        },
    )
    prompt: str = Field(min_length=1, max_length=2000)
    parameters: SceneParameters = SceneParameters()
    seed: int | None = Field(
        None, ge=0, lt=2**31, description="Of what is left to chance: piles, scattered things. 0 otherwise."
    )
    apply: bool = Field(True, description="Show it to the room, as POST /api/scene/load does.")
    engine: Literal["auto", "grammar", "llm"] = Field(
        "auto",
        description="Who reads the words: the built-in grammar, or the language model that the operator set up. `auto` is the"
        " grammar, and the language model where that gives up and the settings allow it.",
    )


class SceneCreated(Answer):
    """What was made of the words. The same prompt, seed and scene before it give the same MJCF, byte for byte."""

    success: Literal[True] = True
    xml: str
    message: str = Field(examples=["Made: Tower of 10 blocks and heavy ball."])
    name: str
    understood: list[str] = Field(
        description="Line by line.", examples=[["a tower of 10 blocks", "a heavy ball swinging at the tower"]]
    )
    ignored: list[str] = Field(description="Words that were not understood, as written.", examples=[["picking"]])
    suggestions: dict[str, str] = Field(description="For some of them, the nearest that can be made.")
    corrected: dict[str, str] = Field(description="Misspelt words, and what they were read as.")
    engine: Literal["grammar", "llm"] = Field("grammar", description="Who read the words.")
    edited: bool = Field(description="Whether it changed the scene that was shown.")
    checks: dict[str, float | int | bool] = Field(
        description="What two simulated seconds showed; docs/scenes.md says what each figure is."
    )
    thumbnail: str | None = Field(description="JPEG, 320x180, as a data URL; null on a machine that cannot draw.")
    model_info: ModelInfo
    scene_id: int | None = Field(None, description="Of the room, when it was applied.")
    warnings: list[str] = Field(default_factory=list)


class Keyframe(Answer):
    """A state of the simulation."""

    xml: str = Field(examples=['<key time="1.5" qpos="0.1 0.2" qvel="0 0"/>'])


class ProgramDoorAnswer(Answer):
    """How programs of this machine reach the room."""

    socket: str = Field(
        description="Abstract Unix socket; `@` stands for its first byte, zero.", examples=["@py_remote_viewer-5f0c9a"]
    )
    attached: bool = Field(description="A program steps what the room shows.")


class SimulationOption(Answer):
    """One thing that can be set."""

    name: str = Field(examples=["timestep", "mjDSBL_CONTACT", "disableactuator.2"])
    label: str
    about: str = Field("", description="MuJoCo's own words.")
    kind: Literal["float", "int", "vector", "choice", "flag"]
    group: str = Field(examples=["option", "disable", "enable", "actuator", "visual map", "visual rgba"])
    value: OptionValue
    initial: OptionValue = Field(description="What the model has.")
    low: float | None = None
    high: float | None = None
    choices: list[str] = Field(default_factory=list)


class SimulationNoise(Answer):
    """As `set_noise` has it."""

    scale: float
    rate: float


class SimulationKeyframe(Answer):
    """A state that `reset` takes by name; `saved` by a person, else the model's own."""

    name: str
    time_s: float
    saved: bool


class SimulationOptions(Answer):
    """Everything that physics runs by and that can be changed; `revision` is `status.simulation.settings`."""

    revision: int
    options: list[SimulationOption]
    noise: SimulationNoise
    keyframes: list[SimulationKeyframe]
