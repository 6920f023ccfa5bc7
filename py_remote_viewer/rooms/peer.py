"""One person's connection to a room, from the first message to the last: carries out what `Session` decided.

Whatever a stranger sends ends in an action or in an `error` message in the outbox; nothing is raised to the WebSocket. What
takes long (answering an offer, loading a scene) runs beside the reading of messages, so that a `ping` is answered while
a scene compiles. Offers and candidates keep their order: they go through one bounded queue.
"""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import logging
import secrets
from collections.abc import Callable
from types import TracebackType
from typing import Self

from py_remote_viewer import __version__
from py_remote_viewer.clock import now_s
from py_remote_viewer.errors import EngineFailed, MessageInvalid, ProtocolMismatch, RoomBusy, Unauthorized, ViewerError
from py_remote_viewer.protocol.camera_input import Orbit, Pan, Zoom
from py_remote_viewer.protocol.hand_input import PerturbEnd, PerturbMove, PerturbStart
from py_remote_viewer.protocol.messages import (
    PROTOCOL_VERSION,
    Answer,
    ClientMessage,
    EngineInput,
    Error,
    IceServers,
    Notice,
    Pong,
    ServerMessage,
    StreamInfo,
    ViewerReport,
    Welcome,
    parse_client_message,
    parse_pointer_input,
)
from py_remote_viewer.protocol.video_socket import SocketCodec
from py_remote_viewer.rooms.member import PeerFigures
from py_remote_viewer.rooms.outbox import Outbox, line
from py_remote_viewer.rooms.parts import Media, MediaOptions, MediaStats, RoomParts
from py_remote_viewer.rooms.room import Room
from py_remote_viewer.rooms.scene_source import Exchange, SceneSource
from py_remote_viewer.rooms.session import (
    Action,
    AddCandidate,
    Connect,
    Drive,
    Greet,
    Keep,
    Load,
    Refresh,
    SeeValues,
    SendPong,
    Session,
    Show,
)
from py_remote_viewer.rooms.video_door import VideoDoor
from py_remote_viewer.stream.ice import IceGrant
from py_remote_viewer.stream.ws_video import ENDED, WsVideo

log = logging.getLogger(__name__)

REFUSED = 4403
REPLACED = 4009
INTERNAL = 1011
NEGOTIATION_LIMIT = 128


class Peer:
    """Use as an async context manager; when it exits, the peer has left the room and its connection is closed."""

    def __init__(
        self,
        room: Room,
        parts: RoomParts,
        *,
        token: str,
        authorized: bool = False,
        ice: Callable[[str], IceGrant] = lambda peer_id: IceGrant(),
        relay_only: bool = False,
        remote_address: str | None = None,
        clock: Callable[[], float] = now_s,
    ) -> None:
        self.outbox = Outbox()
        self.peer_id = f"p{secrets.token_hex(6)}"
        self.resume_key = secrets.token_urlsafe(18)
        self.name = ""
        self.visible = True
        self.media: Media | None = None
        self.report: ViewerReport | None = None
        self.session = Session(token, clock(), authorized=authorized)
        self.door = VideoDoor(self.tell, self._video_changed)
        self._resting: Media | None = None
        self._joined_s = 0.0
        self._room = room
        self._parts = parts
        self._ice = ice
        self._relay_only = relay_only
        self._renew_ice_s: float | None = None
        self._remote_address = remote_address
        self._clock = clock
        self._joined = False
        self._holds = False
        self._negotiation: asyncio.Queue[Connect | AddCandidate] = asyncio.Queue(NEGOTIATION_LIMIT)
        self._tasks = asyncio.TaskGroup()
        self._negotiator: asyncio.Task[None] | None = None
        self._loads: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        await self._tasks.__aenter__()
        self._negotiator = self._tasks.create_task(self._negotiate(), name=f"peer {self.peer_id} negotiation")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.outbox.close(1000, "bye")
        self.door.close(ENDED, "the page's signaling has ended")
        if self._negotiator is not None:
            self._negotiator.cancel()
        for task in self._loads:
            task.cancel()  # the room finishes a load that runs; only the answer is not waited for
        try:
            await self._tasks.__aexit__(kind, error, trace)
        finally:
            self._let_go()
            if self._joined:
                self._room.leave(self)
            if self.media is not None:
                await self.media.close()

    @property
    def is_watching(self) -> bool:
        """Whether pictures reach somebody here."""
        by_webrtc = self.media is not None and self.media.stats().state == "connected"
        return self.visible and (by_webrtc or self.door.video is not None)

    @property
    def figures(self) -> PeerFigures:
        """This peer in numbers."""
        return PeerFigures(
            name=self.name,
            state="watching" if self.is_watching else "joined" if self.visible else "hidden",
            age_s=self._clock() - self._joined_s,
            messages=self.session.received,
            messages_refused=self.session.refused,
            outbox_dropped=self.outbox.dropped,
            media=self._stats(),
            report=self.report,
        )

    def _stats(self) -> MediaStats | None:
        if self.door.video is not None:
            return self.door.video.stats()
        return self.media.stats() if self.media else None

    # --- what comes in --------------------------------------------------------------------------------------------

    def receive(self, text: str | bytes) -> None:
        """One message of the WebSocket."""
        self._guard(lambda: self._act_on(text, parse_client_message))

    def receive_pointer(self, text: str | bytes) -> None:
        """One message of the data channel."""
        self._guard(lambda: self._act_on(text, parse_pointer_input))

    def refuse(self, error: ViewerError, *, fatal: bool = False) -> None:
        """Tell the peer; `fatal` ends the connection after that."""
        self.tell(
            Error(code=error.code, message=error.message, hint=error.hint, details=dict(error.details), fatal=fatal)
        )
        if fatal:
            self.outbox.close(REFUSED, error.code)

    def tell(self, message: ServerMessage) -> None:
        """Send one message to this peer."""
        self.outbox.put(line(message))

    def _guard(self, work: Callable[[], None]) -> None:
        try:
            work()
        except (Unauthorized, ProtocolMismatch) as exc:
            self.refuse(exc, fatal=True)
        except ViewerError as exc:
            self.refuse(exc)
        except Exception:
            log.exception("room=%s peer=%s a message could not be carried out", self._room.room_id, self.peer_id)
            self.tell(Error(code="internal", message="the server made a mistake", hint="Its log says which."))

    def _act_on(self, text: str | bytes, parse: Callable[[str | bytes], ClientMessage]) -> None:
        now = self._clock()
        if self.outbox.closing or not self.session.admit(now):
            return
        message = parse(text)
        self._room.counters.events += 1
        if self._renew_ice_s is not None and now >= self._renew_ice_s:
            self.tell(IceServers(ice_servers=self._grant_ice().servers))
        paused = self._room.state == "paused" if message.type == "event" else False
        for action in self.session.receive(message, now, paused=paused):
            self._do(action)

    def _do(self, action: Action) -> None:
        match action:
            case Greet():
                self._greet(action)
            case Drive(command):
                self._drive(command)
            case SendPong(t):
                self.tell(Pong(t=t, server_time_s=self._clock()))
            case Connect() | AddCandidate():
                self._queue_negotiation(action)
            case Show(visible):
                self.visible = visible
                self._watch_media()
                self.door.watch(visible)
                self._room.update_demand()
            case Load():
                task = self._tasks.create_task(self._load(action), name=f"peer {self.peer_id} load")
                self._loads.add(task)
                task.add_done_callback(self._loads.discard)
            case Refresh():
                self._refresh()
            case Keep(report):
                self.report = report
            case SeeValues(wanted):
                self._room.values.watch(self.peer_id, wanted)

    def _refresh(self) -> None:
        if self.door.video is not None:
            self.door.video.refresh()
        elif self.media is not None:
            self.media.refresh()

    def _drive(self, command: EngineInput) -> None:
        if isinstance(command, PerturbStart | PerturbEnd):
            self._holds = isinstance(command, PerturbStart)
        try:
            self._room.running_engine().send_input(self.peer_id, command)
        except EngineFailed:
            # motion while nothing can move is no mistake of the peer
            if not isinstance(command, Orbit | Pan | Zoom | PerturbMove | PerturbEnd):
                raise

    def _let_go(self) -> None:
        """Whoever leaves leaves no force behind."""
        if self._holds and self._room.engine is not None:
            with contextlib.suppress(ViewerError):
                self._room.engine.send_input(self.peer_id, PerturbEnd())
        self._holds = False

    def _greet(self, greet: Greet) -> None:
        if greet.peer_id and self._take_over(greet.peer_id, greet.resume_key):
            self.peer_id = greet.peer_id
        self.name = greet.name or ""
        try:
            self._room.join(self)
        except RoomBusy as exc:
            self.refuse(exc, fatal=True)
            return
        self._joined = True
        self._joined_s = self._clock()
        scene = self._room.scene
        self.tell(
            Welcome(
                protocol=PROTOCOL_VERSION,
                version=__version__,
                peer_id=self.peer_id,
                resume_key=self.resume_key,
                room_id=self._room.room_id,
                ice_servers=self._grant_ice().servers,
                ice_transport_policy="relay" if self._relay_only else "all",
                media_key=self.door.key,
                server_time_s=self._clock(),
                scene=scene.message() if scene else None,
                status=self._room.status(),
                look=self._room.reports.look,
            )
        )

    def _grant_ice(self) -> IceGrant:
        """Servers for the page, which gets new ones when half of their credentials' life has passed."""
        granted = self._ice(self.peer_id)
        self._renew_ice_s = None if granted.renew_in_s is None else self._clock() + granted.renew_in_s
        return granted

    def _take_over(self, peer_id: str, resume_key: str | None) -> bool:
        """Whether this peer may be `peer_id`: nobody is, or somebody whose key it has, who then leaves at once."""
        before = self._room.members.get(peer_id)
        if before is None:
            return True
        if not isinstance(before, Peer) or not hmac.compare_digest(before.resume_key, resume_key or ""):
            return False
        before.outbox.close(REPLACED, "this page has connected again")
        before._let_go()
        self._room.leave(before)
        return True

    # --- the second transport ---------------------------------------------------------------------------------------

    def open_video(self, key: str, codec: SocketCodec) -> WsVideo:
        """A video socket of this peer's page; the caller runs it, then calls `door.left`.

        Raises:
            Unauthorized: the key is not this peer's, or was used before.
        """
        self.door.check(key)
        video = WsVideo(self.peer_id, codec, self._room.fanout, on_rung=self.tell, clock=self._clock)
        self.door.open(video, visible=self.visible)
        return video

    def _video_changed(self) -> None:
        """A connection that the page has left sends nothing into the void; one still being made is its way back."""
        dead = self.door.video is not None and self.media is not None and self.media.stats().state == "connected"
        self._resting = self.media if dead else None
        self._watch_media()
        self._room.update_demand()

    def _watch_media(self) -> None:
        if self.media is not None:
            self.media.watch(self.visible and self.media is not self._resting)

    # --- what takes long ------------------------------------------------------------------------------------------

    async def _load(self, load: Load) -> None:
        try:
            again = load.preset is None and load.xml is None
            source = self._room.shown_source() if again else SceneSource(load.preset, load.xml, name=load.name)
            await self._room.load_scene(source, by=self.peer_id, exchange=Exchange(load.keep_pose, load.based_on))
        except ViewerError as exc:
            self.refuse(exc)
        except Exception:
            log.exception("room=%s peer=%s a scene could not be loaded", self._room.room_id, self.peer_id)
            self.tell(
                Error(code="internal", message="the scene could not be loaded", hint="The server's log says why.")
            )

    def _queue_negotiation(self, step: Connect | AddCandidate) -> None:
        try:
            self._negotiation.put_nowait(step)
        except asyncio.QueueFull:
            raise RoomBusy("too many offers and candidates wait", hint="Send one offer, then its candidates.") from None

    async def _negotiate(self) -> None:
        while True:
            step = await self._negotiation.get()
            try:
                if isinstance(step, Connect):
                    await self._connect(step.sdp)
                elif self.media is not None:
                    await self.media.add_candidate(step.candidate)
                else:
                    raise MessageInvalid("ice-candidate before an offer", hint="Send the offer first.")
            except ViewerError as exc:
                self.refuse(exc)
            except Exception:
                log.exception("room=%s peer=%s negotiation failed", self._room.room_id, self.peer_id)
                self.tell(
                    Error(code="internal", message="the offer could not be answered", hint="The server's log says why.")
                )

    async def _connect(self, sdp: str) -> None:
        before, self.media = self.media, None
        if before is not None:
            await before.close()
        options = MediaOptions(
            peer_id=self.peer_id,
            on_pointer=self.receive_pointer,
            on_stream_info=lambda origin, codec: self.tell(StreamInfo(rtp_origin=origin, codec=codec)),
            on_state=lambda state: self._media_state(media, state),
            on_rung=self.tell,
            on_limited=lambda text: self.tell(Notice(level="warn", text=text)),
            ice_servers=self._ice(self.peer_id).servers,
            relay_only=self._relay_only,
            remote_address=self._remote_address,
        )
        media: Media = await self._parts.media(self._room.fanout, options).__aenter__()
        try:
            media.watch(self.visible)
            self.tell(Answer(sdp=await media.answer(sdp)))
        except BaseException:
            await media.close()
            raise
        self.media = media
        self._room.update_demand()

    def _media_state(self, media: Media, state: str) -> None:
        """A connection that has failed lets go of its sockets now; the page makes another when it can."""
        self._room.update_demand()
        if state == "failed":
            closing = self._tasks.create_task(media.close(), name=f"peer {self.peer_id} media closing")
            self._loads.add(closing)
            closing.add_done_callback(self._loads.discard)
