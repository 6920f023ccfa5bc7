"""What a room is put together from, as interfaces: an engine, a scene compiler, the fan-out, WebRTC connections.

The room knows only these, so that its rules are tested without MuJoCo, GL or a network; `web.parts` names the real ones.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from py_remote_viewer.engine.events import EngineEvents
from py_remote_viewer.engine.questions import Reply
from py_remote_viewer.protocol.engine_messages import EngineConfig, EngineReady, RungSpec
from py_remote_viewer.protocol.engine_questions import Question
from py_remote_viewer.protocol.engine_values import WatchFields
from py_remote_viewer.protocol.messages import CandidateInit, EngineInput, StreamStatus
from py_remote_viewer.protocol.pictures import Codec, EncodedPicture
from py_remote_viewer.protocol.scene_edits import CheckedScene, KeptPose
from py_remote_viewer.scenes.compile_wire import CreatedScene, CreateRequest
from py_remote_viewer.scenes.compiled import CompiledScene
from py_remote_viewer.scenes.sources.catalogue import Fetched
from py_remote_viewer.scenes.uploads.library import SceneLibrary
from py_remote_viewer.scenes.uploads.store import HeldUpload
from py_remote_viewer.stream.broadcast import Broadcast
from py_remote_viewer.stream.follower import Follower
from py_remote_viewer.stream.publishing import PublishStats


class Engine(Protocol):
    """`engine.supervisor.EngineSupervisor`, as far as a room needs it."""

    @property
    def ready(self) -> EngineReady | None:
        """What the running engine said of itself."""

    @property
    def pid(self) -> int | None:
        """Its process."""

    @property
    def restarts(self) -> int:
        """How many engines died."""

    @property
    def load_id(self) -> int:
        """Number of the newest scene handed over."""

    async def load(self, scene: CompiledScene, *, keep_pose: bool = False) -> KeptPose | None:
        """Show `scene`; takes it over. Returns what was kept when its first picture is out; raises EngineFailed."""

    def send_input(self, peer_id: str, command: EngineInput, /) -> None:
        """Apply one input; raises RoomBusy, or EngineFailed while none runs."""

    async def ask(self, question: Question) -> Reply:
        """Its own answer; raises RoomBusy, EngineFailed, or the reason why there is none."""

    def set_demand(
        self, *, present: bool, rungs: tuple[RungSpec, ...], trajectory: str = "", filmed: bool = False
    ) -> None:
        """What `Demand` holds."""

    def model_file(self, load_id: int | None = None) -> tuple[int, int]:
        """A new descriptor of the scene's memory file, to be closed, and its size; raises RoomBusy."""

    def watch_fields(self, wanted: WatchFields, /) -> None:
        """Which live values anybody wants."""

    def force_idr(self, rung: int = 0) -> None:
        """Make a picture that decodes on its own."""


class Compiler(Protocol):
    """`scenes.compiler.SceneCompiler`, as far as a room needs it. Every method raises SceneInvalid or SceneNotFound."""

    async def compile_xml(self, xml: str, *, name: str | None = None) -> CompiledScene:
        """A stranger's MJCF."""

    async def compile_preset(self, name: str) -> CompiledScene:
        """One of ours."""

    async def compile_file(self, path: Path) -> CompiledScene:
        """The operator's file: its includes and meshes load."""

    async def fetch(self, name: str, on_bytes: Callable[[int, int], None]) -> Fetched | None:
        """A model that others publish; None for a preset. Raises SceneNotFound, RoomBusy, EngineFailed, TooLarge."""

    async def compile_upload(
        self, upload: HeldUpload, *, root: str | None = None, text: str | None = None, name: str | None = None
    ) -> CompiledScene:
        """A model of an upload."""

    async def try_xml(self, xml: str) -> tuple[CompiledScene, dict[str, float | int | bool]]:
        """A stranger's MJCF, watched for two simulated seconds."""

    async def check(self, xml: str, *, upload: HeldUpload | None = None, root: str | None = None) -> CheckedScene:
        """All that is wrong with a text, which may stand in for the file `root` of an upload; shows nothing."""

    async def create(self, wanted: CreateRequest) -> tuple[CreatedScene, CompiledScene]:
        """A scene from a sentence."""


class Fanout(Protocol):
    """`stream.rung_fanout.RungFanout`, as far as a room needs it."""

    def publish(self, picture: EncodedPicture) -> None:
        """Hand `picture` to every connection."""

    def follow(self, codec: Codec, on_moved: Callable[[int, bool], None], /) -> Follower:
        """A watcher for the rungs of `codec`, for who sends pictures himself."""

    def bitrate_bps(self, rung: int) -> int:
        """Ceiling of `rung` now, bit/s."""

    def need_idr(self) -> None:
        """Somebody cannot decode what it has; many requests make few IDRs."""

    def in_use(self) -> tuple[RungSpec, ...]:
        """The rungs that have anybody on them: what the engine should encode."""

    def adapt(self, now: float) -> None:
        """Let the bitrates follow the links of those who watch; twice a second."""

    def broadcast(self, rung: int, /) -> Broadcast:
        """The pictures of one rung, for who always wants that one."""

    def stats(self) -> object:
        """A dataclass of counts."""

    def close(self) -> None:
        """End every subscription."""


class MediaStats(Protocol):
    """`stream.peer.PeerStats`, as far as a room needs it; a dataclass."""

    @property
    def state(self) -> str:
        """`new`, `connecting`, `connected`, `failed` or `closed`."""

    @property
    def rtt_ms(self) -> float | None:
        """Round trip."""

    @property
    def fraction_lost(self) -> float | None:
        """Share of packets lost lately, 0..1."""

    @property
    def rung(self) -> int:
        """Number of the rung whose pictures it gets."""

    @property
    def transport(self) -> str:
        """`WebRTC` or `WebSocket`."""

    @property
    def packets_resent(self) -> int:
        """Since it was made."""

    @property
    def pictures_dropped(self) -> int:
        """Since it was made, because the peer was too slow."""


class Media(Protocol):
    """`stream.peer.WebRtcPeer`, as far as a room needs it."""

    async def answer(self, offer: str) -> str:
        """Answer an SDP offer; raises NoCommonCodec or MessageInvalid."""

    async def add_candidate(self, candidate: CandidateInit | None) -> None:
        """Take a trickled candidate; raises MessageInvalid."""

    def watch(self, visible: bool) -> None:
        """Send pictures, or none."""

    def refresh(self) -> None:
        """The peer cannot decode what it has."""

    def stats(self) -> MediaStats:
        """Figures now."""

    async def close(self) -> None:
        """End it. Idempotent."""


class Publisher(Protocol):
    """`stream.whip.WhipPublisher` and `stream.rtp_publish.RtpPublisher`, as far as a room needs them."""

    @property
    def is_publishing(self) -> bool:
        """Whether pictures reach the other server."""

    def stats(self) -> PublishStats:
        """How it stands."""


@dataclass(frozen=True, slots=True)
class MediaOptions:
    """What a connection is given. The callbacks run on the event loop.

    Attributes:
        on_pointer: one message of the data channel `pointer`, as it came.
        on_stream_info: `(rtp_origin, codec)` when the stream starts.
        on_state: every new state.
        on_rung: what the peer sees from now on: another rung, or another size.
        on_limited: it floods; once for each way of doing so, in words.
        ice_servers: `RTCIceServer` objects, as this peer was given them.
        relay_only: show no address of ours, only that of a TURN server.
        remote_address: where the page's WebSocket comes from.
    """

    peer_id: str
    on_pointer: Callable[[bytes | str], None]
    on_stream_info: Callable[[int, str], None]
    on_state: Callable[[str], None]
    on_rung: Callable[[StreamStatus], None] = lambda status: None
    on_limited: Callable[[str], None] = lambda text: None
    ice_servers: tuple[dict[str, str], ...] = ()
    relay_only: bool = False
    remote_address: str | None = None


MakeEngine = Callable[[EngineConfig, EngineEvents], AbstractAsyncContextManager[Engine]]
MakeFanout = Callable[[Callable[[int], None], Callable[[], None]], Fanout]
MakeMedia = Callable[[Fanout, MediaOptions], AbstractAsyncContextManager[Media]]

MakePublisher = Callable[[Fanout, Callable[[], None]], AbstractAsyncContextManager[Publisher]]


@dataclass(frozen=True, slots=True)
class RoomParts:
    """How to make what a room needs.

    Attributes:
        engine: a supervisor with its engine; entered by the room.
        compiler: one for all rooms.
        fanout: given two functions: ask the engine for an IDR of a rung, and hear that other rungs are in use.
        media: given the fan-out and the peer; entered before the offer is answered.
        publisher: given the fan-out and what to call when `is_publishing` changes; entered by the room. None: nothing is
            published.
        library: uploads, where this server takes any; then it is the compiler too.
    """

    engine: MakeEngine
    compiler: Compiler
    fanout: MakeFanout
    media: MakeMedia
    publisher: MakePublisher | None = None
    library: SceneLibrary | None = None
