"""One room: an engine, a scene, and the people who watch it together."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import replace
from types import TracebackType
from typing import Self

from py_remote_viewer.clock import now_s
from py_remote_viewer.config import Settings
from py_remote_viewer.errors import EngineFailed, NotFound, RoomBusy, ViewerError
from py_remote_viewer.memory import MemoryTrim
from py_remote_viewer.protocol.engine_messages import (
    EngineConfig,
    RungSpec,
)
from py_remote_viewer.protocol.engine_values import WatchFields
from py_remote_viewer.protocol.messages import Notice, ServerMessage
from py_remote_viewer.protocol.status import SimulationStatus, Status
from py_remote_viewer.rooms.engine_reports import EngineReports
from py_remote_viewer.rooms.member import Member, RoomCounters
from py_remote_viewer.rooms.model_details import ModelDetails
from py_remote_viewer.rooms.outbox import GOING_AWAY, line
from py_remote_viewer.rooms.parts import Engine, Fanout, MakePublisher, Publisher, RoomParts
from py_remote_viewer.rooms.presence import Presence
from py_remote_viewer.rooms.recorder import Recorder, RecorderHooks
from py_remote_viewer.rooms.recording_folder import limits_of, store_of
from py_remote_viewer.rooms.scene_loads import LoadRequest, SceneLoads, closing
from py_remote_viewer.rooms.scene_source import AS_NEW, Compilable, Exchange, SceneSource, ShownScene
from py_remote_viewer.rooms.value_board import ValueBoard
from py_remote_viewer.stream.rungs import TOP

log = logging.getLogger(__name__)

TICK_S = 0.5
STATUS_EVERY_S = 1.0


class Room:
    """Use as an async context manager, on one event loop; when it exits, the engine has gone and everybody was told."""

    def __init__(
        self,
        room_id: str,
        settings: Settings,
        parts: RoomParts,
        *,
        first_scene: SceneSource | None = None,
        clock: Callable[[], float] = now_s,
    ) -> None:
        self.room_id = room_id
        self.members: dict[str, Member] = {}
        self.counters = RoomCounters()
        self.scene: ShownScene | None = None
        self.engine: Engine | None = None
        self._source: Compilable | None = None
        self._first_failure: ViewerError | None = None
        self._settings = settings
        self._parts = parts
        self._clock = clock
        self._first_scene = first_scene
        self._presence = Presence(settings.sleep_after_s, clock())
        self._demand: tuple[bool, tuple[RungSpec, ...], str, bool] | None = None
        self._status_sent_s = 0.0
        self._loads = SceneLoads(room_id, self.counters, parts.compiler, self.tell, self._show)
        self._engine_up: asyncio.Future[Engine] | None = None
        self._memory = MemoryTrim()
        self._tasks = asyncio.TaskGroup()
        self._stop = asyncio.Event()
        self.details = ModelDetails()
        self.values = ValueBoard(self.members, self._watch_fields)
        self.fanout: Fanout = parts.fanout(self._request_idr, self.update_demand)
        self.publisher: Publisher | None = None
        self._publishing = self._presence.guest()
        hooks = RecorderHooks(
            spawn=lambda work, name: self._tasks.create_task(work, name=name),
            changed=self._recording_changed,
            tell=lambda text, is_bad: self.tell(Notice(level="bad" if is_bad else "info", text=text)),
        )
        self.recorder = Recorder(store_of(settings), self.fanout.broadcast(TOP), limits_of(settings), hooks)
        self._recording = self._presence.guest()
        self.reports = EngineReports(
            room_id,
            self.members,
            self.counters,
            self.fanout,
            self.recorder,
            self.values,
            self.tell,
            self._tell_status,
        )

    async def __aenter__(self) -> Self:
        self._engine_up = asyncio.get_running_loop().create_future()
        await self._tasks.__aenter__()
        self._tasks.create_task(self._run_engine(), name=f"room {self.room_id} engine")
        self._loading = self._tasks.create_task(self._run_loads(), name=f"room {self.room_id} loads")
        self._tasks.create_task(self._run_ticks(), name=f"room {self.room_id} ticks")
        if self._parts.publisher is not None:
            self._tasks.create_task(self._publish(self._parts.publisher), name=f"room {self.room_id} publishing")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.say_goodbye("the server is stopping")
        await self.recorder.close()
        self._stop.set()
        self._loading.cancel()  # a compile may take seconds; nobody will see its scene
        self._loads.close()
        await self._tasks.__aexit__(kind, error, trace)
        self.fanout.close()

    def say_goodbye(self, reason: str) -> None:
        """Close every peer's WebSocket with `reason`."""
        for member in list(self.members.values()):
            member.outbox.close(GOING_AWAY, reason)

    # --- people ---------------------------------------------------------------------------------------------------

    def join(self, member: Member) -> None:
        """Let `member` in. Raises RoomBusy when the room is full."""
        if len(self.members) >= self._settings.max_peers:
            raise RoomBusy(
                f"the room is full: {len(self.members)} people", hint="Try again later, or raise VIEWER_MAX_PEERS."
            )
        self.members[member.peer_id] = member
        self._presence.join()
        self.counters.joined += 1
        self.update_demand()
        log.info("room=%s peer=%s joined", self.room_id, member.peer_id)

    def leave(self, member: Member) -> None:
        """Forget `member`."""
        if self.members.get(member.peer_id) is not member:
            return
        del self.members[member.peer_id]
        self.values.forget(member.peer_id)
        self._presence.leave(self._clock())
        self._memory.released()
        self.update_demand()
        log.info("room=%s peer=%s left", self.room_id, member.peer_id)

    def update_demand(self) -> None:
        """Tell the engine whether anybody is here and which rungs anybody looks at, when that has changed."""
        present = self._presence.awake(self._clock())
        demand = (present, self.fanout.in_use(), self.recorder.trajectory, self.recorder.films)
        if self.engine is not None and demand != self._demand:
            self._demand = demand
            self.engine.set_demand(present=demand[0], rungs=demand[1], trajectory=demand[2], filmed=demand[3])

    def tell(self, message: ServerMessage) -> None:
        """Send `message` to everybody."""
        if self.members:
            new = line(message)
            for member in self.members.values():
                member.outbox.put(new)

    # --- what peers ask for -----------------------------------------------------------------------------------------

    def running_engine(self) -> Engine:
        """The engine. Raises EngineFailed while there is none."""
        if self.engine is None:
            raise self.reports.failure or EngineFailed("the engine is still starting", hint="Wait a second.")
        return self.engine

    def shown_source(self) -> Compilable:
        """Where the running scene came from. Raises NotFound while none runs."""
        if self._source is None:
            raise NotFound("no scene is running yet", hint="Wait a second, or load one.")
        return self._source

    async def load_scene(self, source: Compilable, by: str | None = None, exchange: Exchange = AS_NEW) -> ShownScene:
        """Show `source` to everybody; returns when its first picture is out.

        Raises:
            SceneInvalid, SceneNotFound: it does not compile; the scene before it goes on.
            SceneChanged: it is based on another scene than the one that is shown.
            RoomBusy: a newer load took its place.
            EngineFailed: there is no engine to show it, or it cannot be downloaded.
        """
        return await self._loads.ask(source, by, exchange)

    def status(self) -> Status:
        """Where everything stands, for one peer or all."""
        engine = self.reports.status
        head = {"peers": len(self.members), "server_time_s": self._clock(), "recording": self.recorder.status()}
        simulation = self._server_side_state()
        if engine is None:
            return Status(simulation=simulation or SimulationStatus(state="starting"), **head)
        return Status(
            simulation=simulation or engine.simulation,
            camera=engine.camera,
            quality=engine.quality,
            picture=engine.picture,
            selection=engine.selection,
            **head,
        )

    @property
    def state(self) -> str:
        """The simulation's state in one word."""
        return self.status().simulation.state

    def _server_side_state(self) -> SimulationStatus | None:
        failure = self.reports.failure or (self._first_failure if self.scene is None else None)
        if failure is not None:
            return SimulationStatus(
                state="failed", reason=f"{failure.message}. {failure.hint}", time_s=self.reports.time_s
            )
        return self.reports.restarting

    # --- tasks ------------------------------------------------------------------------------------------------------

    def _tell_status(self) -> None:
        self._status_sent_s = self._clock()
        self.tell(self.status())

    def _watch_fields(self, wanted: WatchFields) -> None:
        if self.engine is not None:
            self.engine.watch_fields(wanted)

    def _request_idr(self, rung: int) -> None:
        if self.engine is not None:
            self.engine.force_idr(rung)

    async def _run_engine(self) -> None:
        assert self._engine_up is not None
        config = EngineConfig(
            room_id=self.room_id,
            width=self._settings.width,
            height=self._settings.height,
            fps=self._settings.fps,
            encoder=self._settings.encoder,
            bitrate_bps=self._settings.bitrate_bps,
            quality=self._settings.quality,
            history_bytes=self._settings.history_mb * 2**20,
            latency_strip=self._settings.latency_strip,
            log_level="DEBUG" if self._settings.debug else self._settings.log_level,
        )
        try:
            async with self._parts.engine(config, self.reports) as engine:
                self.engine = engine
                self._engine_up.set_result(engine)
                self.values.tell_engine()
                self.update_demand()
                await self._stop.wait()
        except ViewerError as exc:
            self.reports.fail(exc)
        except Exception:
            log.exception("room=%s the engine's supervisor failed", self.room_id)
            self.reports.fail(EngineFailed("the engine could not be started", hint="The server's log says why."))
        finally:
            self.engine = None
            if not self._engine_up.done():
                self._engine_up.set_exception(self.reports.failure or closing())
            self._engine_up.exception()  # read once, so that an engine nobody asked for is no warning

    async def _run_loads(self) -> None:
        if self._first_scene is not None:
            error = await self._loads.show_first(self._first_scene)
            if isinstance(error, ViewerError) and self.reports.failure is None:
                log.error("room=%s the first scene could not be shown: %s %s", self.room_id, error, error.hint)
                self._first_failure = error
                self._tell_status()
        await self._loads.run()

    async def _show(self, request: LoadRequest) -> ShownScene:
        assert self._engine_up is not None
        request.exchange.require_base(self.scene)  # loads run one at a time: it stays true until this one is shown
        started_s = time.perf_counter()
        try:
            scene = await request.source.compile(self._parts.compiler)
        finally:
            self.counters.compiles += 1
            self.counters.compile_s += time.perf_counter() - started_s
        shown = ShownScene.of(scene, self.counters.loads + 1, request.by)
        try:
            engine = await asyncio.shield(self._engine_up)
        except BaseException:
            scene.close()
            raise
        kept = await engine.load(scene, keep_pose=request.exchange.keep_pose)
        self.counters.loads += 1
        self.recorder.on_scene(engine.load_id, shown)
        self.scene = shown = replace(shown, kept=kept)
        self._source = request.source
        self.tell(shown.message())
        log.info("room=%s scene=%s id=%d by=%s", self.room_id, shown.name, shown.scene_id, shown.by)
        return shown

    async def _publish(self, make: MakePublisher) -> None:
        async with make(self.fanout, self._publishing_changed) as publisher:
            self.publisher = publisher
            await self._stop.wait()

    def _publishing_changed(self) -> None:
        """While pictures reach the other server, somebody is here and watches, as far as the simulation is concerned."""
        if self._publishing.be(self.publisher is not None and self.publisher.is_publishing, self._clock()):
            self.update_demand()

    def _recording_changed(self) -> None:
        """While something is recorded, somebody is here, as far as the simulation is concerned."""
        self._recording.be(self.recorder.is_recording, self._clock())
        self.update_demand()
        self._tell_status()

    async def _run_ticks(self) -> None:
        while not self._stop.is_set():
            try:
                async with asyncio.timeout(TICK_S):
                    await self._stop.wait()
            except TimeoutError:
                self.fanout.adapt(self._clock())
                self.update_demand()
                self.recorder.tick()
                self._memory.trim_if_due(self._clock())
                if self.members and self._clock() - self._status_sent_s >= STATUS_EVERY_S:
                    self._tell_status()
