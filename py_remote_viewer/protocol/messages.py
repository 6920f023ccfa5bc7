"""What the browser and the server say to each other on `WS /ws/signaling` and on the `pointer` data channel.

JSON objects with a `type`. `ClientMessage` is everything a peer may send, `ServerMessage` everything it may get.
`client/messages.js` is generated from here (`python -m py_remote_viewer.protocol.export_js`); a test fails when it is
stale. Names that the original protocol had (`offer`, `answer`, `ice-candidate`, `event`, `scene_updated`) are kept.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeVar

from pydantic import Field, TypeAdapter, ValidationError

from py_remote_viewer.errors import MessageInvalid
from py_remote_viewer.protocol.base import Message
from py_remote_viewer.protocol.camera_input import CameraInput
from py_remote_viewer.protocol.control_input import ControlInput
from py_remote_viewer.protocol.events import InputEvent
from py_remote_viewer.protocol.hand_input import Grip, HandInput, PerturbMove
from py_remote_viewer.protocol.key_input import KeyPress
from py_remote_viewer.protocol.loading_messages import LoadingMessage
from py_remote_viewer.protocol.look import Look, LookInput
from py_remote_viewer.protocol.panels import PanelCommand, Values, Watching, WatchValues
from py_remote_viewer.protocol.scene_edits import KeptPose
from py_remote_viewer.protocol.scene_info import ModelInfo
from py_remote_viewer.protocol.sim_commands import SimCommand
from py_remote_viewer.protocol.status import Status
from py_remote_viewer.protocol.time_commands import TimeCommand

T = TypeVar("T")

PROTOCOL_VERSION = 1
MAX_SDP_CHARS = 64_000
MAX_XML_BYTES = 1_000_000
MAX_MESSAGE_BYTES = 2 * MAX_XML_BYTES + 4096  # a scene, with its quotes and newlines escaped
MAX_POINTER_BYTES = 512

Name = Annotated[str, Field(max_length=64)]


# --- peer to server: meeting ---------------------------------------------------------------------------------------


class Hello(Message):
    """First message of a page. `peer_id` and `resume_key` are what `welcome` gave before a reconnect.

    With both the page takes its own place again, also while the server has not yet noticed that the old connection is gone.
    """

    type: Literal["hello"] = "hello"
    protocol: int = Field(ge=0, le=1_000_000)
    peer_id: Annotated[str, Field(max_length=64, pattern=r"^[A-Za-z0-9_-]+$")] | None = None
    name: Name | None = None
    resume_key: Annotated[str, Field(max_length=64)] | None = None
    token: Annotated[str, Field(max_length=512)] | None = None


class Offer(Message):
    """SDP offer of the peer: one recvonly video section, and the data channel `pointer`."""

    type: Literal["offer"] = "offer"
    sdp: str = Field(max_length=MAX_SDP_CHARS)


class CandidateInit(Message):
    """`RTCIceCandidateInit`."""

    candidate: str = Field(max_length=1024)
    sdpMid: Annotated[str, Field(max_length=64)] | None = None
    sdpMLineIndex: Annotated[int, Field(ge=0, le=64)] | None = None
    usernameFragment: Annotated[str, Field(max_length=256)] | None = None


class IceCandidate(Message):
    """Trickle ICE (RFC 8838), both ways; `null` ends the candidates."""

    type: Literal["ice-candidate"] = "ice-candidate"
    candidate: CandidateInit | None = None


class Watch(Message):
    """Whether the peer wants pictures now. A hidden tab sends `visible: false`, and its stream stops."""

    type: Literal["watch"] = "watch"
    visible: bool


class Ping(Message):
    """Clock question; answered by `pong` at once. `t` comes back unchanged."""

    type: Literal["ping"] = "ping"
    t: float


class ViewerReport(Message):
    """What the page measured over the last seconds, for /api/stats and /metrics."""

    type: Literal["viewer_report"] = "viewer_report"
    fps_shown: float = Field(ge=0, le=1000)
    latency_ms: Annotated[float, Field(ge=-1000, le=600_000)] | None = None
    hand_to_eye_ms: Annotated[float, Field(ge=0, le=600_000)] | None = None
    decode_ms: Annotated[float, Field(ge=0, le=60_000)] | None = None
    jitter_buffer_ms: Annotated[float, Field(ge=0, le=60_000)] | None = None
    rtt_ms: Annotated[float, Field(ge=0, le=600_000)] | None = None
    packets_lost: Annotated[int, Field(ge=-(2**31), le=2**31)] | None = None
    frames_dropped: Annotated[int, Field(ge=0, le=2**31)] | None = None
    freezes: Annotated[int, Field(ge=0, le=2**31)] | None = None


class RequestIdr(Message):
    """The picture is broken or stuck: send one that decodes on its own."""

    type: Literal["request_idr"] = "request_idr"


class LoadScene(Message):
    """Swap the scene for everybody: exactly one of `preset` and `xml`."""

    type: Literal["load_scene"] = "load_scene"
    preset: Annotated[str, Field(max_length=128)] | None = None
    xml: Annotated[str, Field(max_length=MAX_XML_BYTES)] | None = None
    name: Name | None = None
    keep_pose: bool = Field(False, description="Go on where the scene before it stands, as far as the models agree.")
    based_on: Annotated[int, Field(ge=0, le=2**53)] | None = Field(
        None, description="Refuse it (`scene_changed`) when the room shows another scene than this `scene_id`."
    )


class ReloadScene(Message):
    """Load the running scene anew for everybody, from its file where it came from one."""

    type: Literal["reload_scene"] = "reload_scene"


class SceneUpdate(Message):
    """The original protocol's spelling of `load_scene` with `xml`."""

    type: Literal["scene_updated"] = "scene_updated"
    xml: Annotated[str, Field(max_length=MAX_XML_BYTES)]


class Event(Message):
    """Raw input of the original protocol; translated into the messages above by `protocol.events`."""

    type: Literal["event"] = "event"
    data: InputEvent


EngineInput = CameraInput | SimCommand | TimeCommand | ControlInput | HandInput | LookInput | PanelCommand | KeyPress
PointerInput = CameraInput | PerturbMove
ClientMessage = (
    Hello
    | Offer
    | IceCandidate
    | Watch
    | Ping
    | ViewerReport
    | RequestIdr
    | CameraInput
    | SimCommand
    | ControlInput
    | HandInput
    | LookInput
    | KeyPress
    | TimeCommand
    | PanelCommand
    | WatchValues
    | LoadScene
    | ReloadScene
    | SceneUpdate
    | Event
)

# --- server to peer ----------------------------------------------------------------------------------------------------


class Welcome(Message):
    """Answer to `hello`. `server_time_s` is the clock that pictures are stamped with."""

    type: Literal["welcome"] = "welcome"
    protocol: int
    version: str
    peer_id: str
    resume_key: str = Field("", description="For `hello` after a reconnect; a secret of this page.")
    room_id: str
    ice_servers: tuple[dict[str, Any], ...] = Field((), description="`RTCIceServer` objects.")
    ice_transport_policy: Literal["all", "relay"] = Field("all", description="As in `RTCConfiguration`.")
    media_key: str = Field("", description="Opens one video socket, `WS /ws/media`; empty: the server has none.")
    server_time_s: float
    scene: SceneUpdated | None = None
    status: Status | None = None
    look: Look | None = None


class MediaKey(Message):
    """Opens the next video socket, `WS /ws/media`; the key before it was used."""

    type: Literal["media_key"] = "media_key"
    key: str


class IceServers(Message):
    """Newer credentials, sent before those of `welcome` end; for connections from now on."""

    type: Literal["ice_servers"] = "ice_servers"
    ice_servers: tuple[dict[str, Any], ...] = Field((), description="`RTCIceServer` objects.")


class Answer(Message):
    """SDP answer."""

    type: Literal["answer"] = "answer"
    sdp: str


class StreamInfo(Message):
    """How to read this peer's stream: capture time in seconds = ((rtp_timestamp - rtp_origin) mod 2^32) / 90000.

    That is modulo 2^32 / 90000 s, on the clock of `server_time_s`.
    """

    type: Literal["stream_info"] = "stream_info"
    rtp_origin: int
    codec: str
    transport: str = "WebRTC"


class StreamStatus(Message):
    """What this peer is sent from now on: when its stream starts, when it moves to another rung, when the size changes.

    A rung is one of the room's shared encodes (0 is the best; docs/protocol.md lists them). `reason` says in words why the
    server chose it: `start`, that the link carries too little for the rung above, or that it has been clean for a while.
    """

    type: Literal["stream_status"] = "stream_status"
    rung: int
    codec: Literal["h264", "vp8", "mjpeg"]
    width: int
    height: int
    fps: int = Field(description="Most pictures a second of this rung.")
    bitrate_bps: int = Field(description="Most bits a second of this rung.")
    reason: str = ""


class Applied(Message):
    """Input `seq` is in the picture captured at `captured_s` and in all later ones. Sent for some inputs, not for all."""

    type: Literal["applied"] = "applied"
    seq: int
    captured_s: float


class SceneUpdated(Message):
    """The room shows this scene now."""

    type: Literal["scene_updated"] = "scene_updated"
    name: str
    title: str
    preset: str | None = None
    scene_id: int = Field(description="Counts the room's scenes.")
    model_info: ModelInfo
    by: str | None = Field(None, description="peer_id of who loaded it; None: the server or REST.")
    kept: KeptPose | None = Field(None, description="What goes on where the scene before it stood.")


class Pong(Message):
    """Answer to `ping`."""

    type: Literal["pong"] = "pong"
    t: float
    server_time_s: float


class Notice(Message):
    """Something everybody in the room should read once: a toast."""

    type: Literal["notice"] = "notice"
    level: Literal["info", "warn", "bad"] = "info"
    text: str


class Error(Message):
    """A message or command was refused. The fields of `errors.ViewerError`; the socket stays open unless `fatal`."""

    type: Literal["error"] = "error"
    code: str
    message: str
    hint: str = ""
    details: dict[str, Any] = Field(default_factory=dict)
    fatal: bool = False


Welcome.model_rebuild()

ServerMessage = (
    Welcome
    | MediaKey
    | IceServers
    | Answer
    | IceCandidate
    | StreamInfo
    | StreamStatus
    | Applied
    | SceneUpdated
    | Status
    | Look
    | Grip
    | Watching
    | Values
    | Pong
    | Notice
    | LoadingMessage
    | Error
)

client_message: TypeAdapter[ClientMessage] = TypeAdapter(Annotated[ClientMessage, Field(discriminator="type")])
server_message: TypeAdapter[ServerMessage] = TypeAdapter(Annotated[ServerMessage, Field(discriminator="type")])
pointer_input: TypeAdapter[PointerInput] = TypeAdapter(Annotated[PointerInput, Field(discriminator="type")])


def parse_client_message(data: str | bytes, limit: int = MAX_MESSAGE_BYTES) -> ClientMessage:
    """One message of a peer.

    Raises:
        MessageInvalid: too large, not JSON, unknown type, or a field that is missing, unknown or out of bounds; the text
            names it, and never repeats more than a few characters of what was sent.
    """
    return _parse(client_message, data, limit)


def parse_pointer_input(data: str | bytes) -> PointerInput:
    """One message of the `pointer` data channel. Raises as `parse_client_message`."""
    return _parse(pointer_input, data, MAX_POINTER_BYTES)


def _parse(adapter: TypeAdapter[T], data: str | bytes, limit: int) -> T:
    size = len(data.encode("utf-8", "replace")) if isinstance(data, str) else len(data)
    if size > limit:
        raise MessageInvalid(f"message of {size} bytes; at most {limit} are taken", hint="Send less at once.")
    try:
        return adapter.validate_json(data)
    except ValidationError as exc:
        raise in_words(exc) from None


def in_words(exc: ValidationError) -> MessageInvalid:
    """The first thing that is wrong with a message."""
    first = exc.errors(include_url=False, include_input=False)[0]
    where = ".".join(str(part) for part in first["loc"]) or "message"
    return MessageInvalid(f"{where}: {first['msg'][:200]}", hint="docs/protocol.md lists every message and its bounds.")
