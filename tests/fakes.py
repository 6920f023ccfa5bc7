"""Stand-ins with a will of their own: an engine, a compiler and a WebRTC connection that a test can steer."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from py_remote_viewer.config import Settings
from py_remote_viewer.engine.events import EngineEvents
from py_remote_viewer.engine.questions import Reply
from py_remote_viewer.errors import NoCommonCodec, SceneInvalid, SceneNotFound, ViewerError
from py_remote_viewer.protocol.engine_messages import EngineConfig, EngineReady, EngineStatus, RungSpec
from py_remote_viewer.protocol.engine_questions import Question
from py_remote_viewer.protocol.engine_values import WatchFields
from py_remote_viewer.protocol.messages import CandidateInit, EngineInput
from py_remote_viewer.protocol.pictures import Codec, EncodedPicture
from py_remote_viewer.protocol.scene_edits import CheckedScene, KeptPose, Problem
from py_remote_viewer.protocol.scene_info import ModelInfo
from py_remote_viewer.protocol.status import CameraStatus, PictureStatus, QualityStatus, SimulationStatus
from py_remote_viewer.rooms.parts import Engine, Fanout, Media, MediaOptions, RoomParts
from py_remote_viewer.scenes.compile_wire import CreatedScene, CreateRequest
from py_remote_viewer.scenes.compiled import CompiledScene, UploadOrigin
from py_remote_viewer.scenes.sources.catalogue import Fetched
from py_remote_viewer.scenes.uploads.store import HeldUpload
from py_remote_viewer.stream.broadcast import Broadcast
from py_remote_viewer.stream.follower import Follower
from py_remote_viewer.stream.rung_fanout import RungFanout
from py_remote_viewer.stream.rungs import ladder_of

PRESETS = ("pendulum", "humanoid", "cart_pole")
MUJOCO_MESSAGE = "XML Error: Schema violation: unrecognized element\nElement 'geon', line 3"


class FakeClock:
    """A clock that a test turns."""

    def __init__(self, now: float = 1000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += seconds


def model_info(name: str) -> ModelInfo:
    """Sizes of a small model."""
    return ModelInfo(name=name, nbody=3, nq=2, nv=2, nu=1, ngeom=4, timestep_s=0.002)


def compiled(name: str, preset: str | None = None, xml: str | None = None) -> CompiledScene:
    """A scene with a real memory file, so that leaks are seen."""
    fd = os.memfd_create(f"fake-{name}")
    os.write(fd, b"MJB")
    return CompiledScene(name, name.title(), preset, model_info(name), fd, 3, xml, ("a warning",))


def engine_status(state: str = "running", **figures: object) -> EngineStatus:
    """Telemetry of an engine in `state`."""
    return EngineStatus.model_validate(
        {
            "simulation": SimulationStatus.model_validate({"state": state, "time_s": 1.5}),
            "camera": CameraStatus(),
            "quality": QualityStatus(level="high", levels=("high", "low")),
            "picture": PictureStatus(width=640, height=360, fps=60, encoder="libx264"),
            "steps": 750,
            **figures,
        }
    )


def picture(*, is_idr: bool = True, size: int = 100, rung: int = 0) -> EncodedPicture:
    """An access unit of `size` zero bytes."""
    return EncodedPicture(bytes(size), is_idr, rung, 1, 1000.0, 640, 360)


class FakeCompiler:
    """Knows three presets; refuses MJCF that holds `<geon`; waits where a gate is closed."""

    def __init__(self) -> None:
        self.gate = asyncio.Event()
        self.gate.set()
        self.made: list[CompiledScene] = []
        self.asked: list[str] = []
        self.cancelled: list[str] = []
        self._begun: asyncio.Queue[str] = asyncio.Queue()

    async def begun(self, name: str) -> None:
        """Return when compiling `name` has begun."""
        async with asyncio.timeout(5):
            while await self._begun.get() != name:
                pass

    async def compile_xml(self, xml: str, *, name: str | None = None) -> CompiledScene:
        return await self._make(name or "scene", xml=xml)

    async def compile_preset(self, name: str) -> CompiledScene:
        if name not in PRESETS:
            raise SceneNotFound(f"no preset {name!r}", hint="GET /api/scene/presets")
        return await self._make(name, preset=name)

    async def compile_file(self, path: Path) -> CompiledScene:
        return await self._make(path.stem)

    async def fetch(self, name: str, on_bytes: Callable[[int, int], None]) -> Fetched | None:
        return None

    async def compile_upload(
        self, upload: HeldUpload, *, root: str | None = None, text: str | None = None, name: str | None = None
    ) -> CompiledScene:
        scene = await self._make(name or upload.index.folder or "upload", xml=text)
        scene.origin = UploadOrigin(upload.upload_id, root or "scene.xml", (), ())
        scene.held = upload.again()
        return scene

    async def try_xml(self, xml: str) -> tuple[CompiledScene, dict[str, float | int | bool]]:
        return await self._make("scene", xml=xml), {"compiles": True, "settled_s": 2.0}

    async def check(self, xml: str, *, upload: HeldUpload | None = None, root: str | None = None) -> CheckedScene:
        self.asked.append(xml)
        self._begun.put_nowait(xml)
        try:
            await self.gate.wait()
        except asyncio.CancelledError:
            self.cancelled.append(xml)
            raise
        if "<geon" in xml:
            return CheckedScene(problems=(Problem(line=3, message=MUJOCO_MESSAGE),))
        return CheckedScene(warnings=("a warning",))

    async def create(self, wanted: CreateRequest) -> tuple[CreatedScene, CompiledScene]:
        scene = await self._make(wanted.prompt, xml=f"<mujoco><!-- {wanted.prompt} --></mujoco>")
        assert scene.xml is not None
        made = CreatedScene(
            xml=scene.xml, title=wanted.prompt, message="Made.", understood=(wanted.prompt,), ignored=("dragon",)
        )
        return made, scene

    async def _make(self, name: str, preset: str | None = None, xml: str | None = None) -> CompiledScene:
        self.asked.append(name)
        self._begun.put_nowait(name)
        await self.gate.wait()
        if xml and "<geon" in xml:
            raise SceneInvalid(f"MuJoCo refused the scene: {MUJOCO_MESSAGE}", hint="Fix it.", line=3, element="geon")
        if xml and "<explode" in xml:
            raise ZeroDivisionError("a bug of ours")
        scene = compiled(name, preset, xml)
        self.made.append(scene)
        return scene


class FakeSupervisor:
    """An engine that shows whatever it is given, and notes what it was told."""

    def __init__(self, config: EngineConfig, events: EngineEvents, error: ViewerError | None = None) -> None:
        self.config = config
        self.events = events
        self.error = error
        self.ready: EngineReady | None = None
        self.pid: int | None = None
        self.restarts = 0
        self.scene: CompiledScene | None = None
        self.inputs: list[tuple[str, EngineInput]] = []
        self.demands: list[tuple[bool, tuple[int, ...]]] = []
        self.idrs: list[int] = []
        self.load_error: ViewerError | None = None
        self.questions: list[Question] = []
        self.watched: list[WatchFields] = []
        self.watched_anew = asyncio.Event()
        self.reply: Reply | ViewerError = Reply()
        self.trajectory = ""
        self.load_id = 0

    async def __aenter__(self) -> FakeSupervisor:
        if self.error is not None:
            raise self.error
        self.pid = 4242
        self.ready = EngineReady(
            pid=4242,
            gl_renderer="llvmpipe",
            gl_software=True,
            gpu_present=True,
            encoder="libx264",
            encoders_refused={"h264_nvenc": "no device"},
            quality_levels=("high", "low"),
        )
        self.events.on_ready(self.ready)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.scene is not None:
            self.scene.close()

    async def load(self, scene: CompiledScene, *, keep_pose: bool = False) -> KeptPose | None:
        if self.load_error is not None:
            scene.close()
            raise self.load_error
        if self.scene is not None:
            self.scene.close()
        kept = KeptPose(joints=1, joints_of=2) if keep_pose and self.scene is not None else None
        self.scene = scene
        self.load_id += 1
        self.events.on_status(engine_status())
        self.events.on_picture(picture())
        return kept

    def send_input(self, peer_id: str, input: EngineInput) -> None:
        self.inputs.append((peer_id, input))

    async def ask(self, question: Question) -> Reply:
        self.questions.append(question)
        if isinstance(self.reply, ViewerError):
            raise self.reply
        return self.reply

    def set_demand(
        self, *, present: bool, rungs: tuple[RungSpec, ...], trajectory: str = "", filmed: bool = False
    ) -> None:
        self.demands.append((present, tuple(rung.rung for rung in rungs)))
        self.trajectory, self.filmed = trajectory, filmed

    def model_file(self, load_id: int | None = None) -> tuple[int, int]:
        assert self.scene is not None
        return self.scene.shared()

    def watch_fields(self, wanted: WatchFields) -> None:
        self.watched.append(wanted)
        self.watched_anew.set()

    def force_idr(self, rung: int = 0) -> None:
        self.idrs.append(rung)
        if self.scene is not None:
            asyncio.get_running_loop().call_soon(self.events.on_picture, picture(rung=rung))


@dataclass
class FakeFanoutStats:
    published: int


class FakeFanout:
    """Counts; a test says which rungs are in use."""

    def __init__(self, request_idr: Callable[[int], None], on_demand: Callable[[], None]) -> None:
        self.request_idr = request_idr
        self.on_demand = on_demand
        self.pictures: list[EncodedPicture] = []
        self.rungs: tuple[RungSpec, ...] = ()
        self.adapted = 0
        self.is_closed = False
        self.real = RungFanout(ladder_of(Settings()), request_idr, lambda: None)

    def use(self, *rungs: int) -> None:
        self.rungs = tuple(RungSpec(rung=rung) for rung in rungs)
        self.on_demand()

    def in_use(self) -> tuple[RungSpec, ...]:
        return self.rungs

    def adapt(self, now: float) -> None:
        self.adapted += 1

    def publish(self, picture: EncodedPicture) -> None:
        self.pictures.append(picture)
        self.real.publish(picture)

    def follow(self, codec: Codec, on_moved: Callable[[int, bool], None], /) -> Follower:
        return self.real.follow(codec, on_moved)

    def bitrate_bps(self, rung: int) -> int:
        return self.real.bitrate_bps(rung)

    def need_idr(self) -> None:
        self.request_idr(0)

    def broadcast(self, rung: int, /) -> Broadcast:
        return self.real.broadcast(rung)

    def stats(self) -> FakeFanoutStats:
        return FakeFanoutStats(len(self.pictures))

    def close(self) -> None:
        self.is_closed = True
        self.real.close()


@dataclass
class FakeMediaStats:
    state: str
    rtt_ms: float | None = 12.0
    fraction_lost: float | None = 0.01
    rung: int = 0
    transport: str = "WebRTC"
    packets_resent: int = 3
    pictures_dropped: int = 2


class FakeMedia:
    """A connection that is up as soon as its offer is answered. An offer with the word `vp8` is refused."""

    def __init__(self, options: MediaOptions) -> None:
        self.options = options
        self.state = "new"
        self.visible = True
        self.refreshed = 0
        self.candidates: list[CandidateInit | None] = []

    async def __aenter__(self) -> FakeMedia:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def answer(self, offer: str) -> str:
        if "vp8" in offer:
            raise NoCommonCodec("no H.264 in the offer", hint="Use another browser.")
        self.state = "connected"
        self.options.on_stream_info(90_000, "H264")
        return f"answer to {offer}"

    async def add_candidate(self, candidate: CandidateInit | None) -> None:
        self.candidates.append(candidate)

    def watch(self, visible: bool) -> None:
        self.visible = visible

    def refresh(self) -> None:
        self.refreshed += 1

    def stats(self) -> FakeMediaStats:
        return FakeMediaStats(self.state)

    async def close(self) -> None:
        self.state = "closed"


@dataclass
class FakeParts:
    """All fakes of one server, within reach of the test."""

    engine_error: ViewerError | None = None
    compiler: FakeCompiler = field(default_factory=FakeCompiler)
    engines: list[FakeSupervisor] = field(default_factory=list)
    media: list[FakeMedia] = field(default_factory=list)

    @property
    def engine(self) -> FakeSupervisor:
        return self.engines[-1]

    def room_parts(self) -> RoomParts:
        def make_engine(config: EngineConfig, events: EngineEvents) -> AbstractAsyncContextManager[Engine]:
            self.engines.append(FakeSupervisor(config, events, self.engine_error))
            return self.engines[-1]

        def make_media(_fanout: Fanout, options: MediaOptions) -> AbstractAsyncContextManager[Media]:
            self.media.append(FakeMedia(options))
            return self.media[-1]

        return RoomParts(engine=make_engine, compiler=self.compiler, fanout=FakeFanout, media=make_media)
