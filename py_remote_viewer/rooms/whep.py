"""Viewers that come by WHEP (draft-ietf-wish-whep): they watch, and send nothing but ICE candidates.

A session begins with an offer over HTTP and has no socket that could close with it. So it ends with its media connection,
whatever that connection's end is: told, fallen silent (ICE consent, some 30 s), or never come about (its time limit).
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable
from types import TracebackType
from typing import Self

from py_remote_viewer.clock import now_s
from py_remote_viewer.errors import (
    NotFound,
    PreconditionFailed,
    PreconditionRequired,
    RateLimited,
    Unprocessable,
)
from py_remote_viewer.protocol.messages import CandidateInit
from py_remote_viewer.rooms.member import PeerFigures
from py_remote_viewer.rooms.outbox import NoOutbox
from py_remote_viewer.rooms.parts import Media, MediaOptions, RoomParts
from py_remote_viewer.rooms.room import Room
from py_remote_viewer.stream import sdp, sdpfrag
from py_remote_viewer.stream.ice import IceGrant

log = logging.getLogger(__name__)

MAX_PENDING = 128  # sessions of the server whose media is not connected yet
MAX_PENDING_PER_ADDRESS = 64  # a class behind one address may all begin within the second that connecting takes


class WhepPeer:
    """One viewer. Made by `WhepSessions.open`.

    Attributes:
        session_id: secret part of its URL: who knows it may end it.
        etag: of its ICE session, quoted as in HTTP.
    """

    def __init__(self, room: Room, remote_address: str | None, clock: Callable[[], float]) -> None:
        self.session_id = secrets.token_urlsafe(18)
        self.etag = f'"{secrets.token_hex(8)}"'
        self.peer_id = f"w{secrets.token_hex(6)}"
        self.outbox = NoOutbox()
        self.remote_address = remote_address
        self.room = room
        self.media: Media | None = None
        self.ufrags: frozenset[str] = frozenset()
        self._clock = clock
        self._joined_s = clock()

    @property
    def is_watching(self) -> bool:
        """Whether pictures reach somebody here."""
        return self.media is not None and self.media.stats().state == "connected"

    @property
    def figures(self) -> PeerFigures:
        """This viewer in numbers."""
        return PeerFigures(
            name="",
            state="watching" if self.is_watching else "joined",
            age_s=self._clock() - self._joined_s,
            messages=0,
            messages_refused=0,
            outbox_dropped=0,
            media=self.media.stats() if self.media else None,
            report=None,
            kind="whep",
        )

    async def trickle(self, fragment: str, if_match: str | None) -> None:
        """Take candidates that came by PATCH.

        Raises:
            PreconditionRequired, PreconditionFailed: `if_match` is missing, or of another ICE session.
            Unprocessable: an ICE restart, which we do not do.
            MessageInvalid: unreadable, or too many candidates.
        """
        found = sdpfrag.parse(fragment)
        if if_match is None:
            raise PreconditionRequired("PATCH without If-Match", hint="Send the ETag that came with the answer.")
        if if_match == "*" or (found.ufrag is not None and found.ufrag not in self.ufrags):
            raise Unprocessable("ICE restarts are not done here", hint="DELETE this session and POST a new offer.")
        if self.etag not in [tag.strip() for tag in if_match.split(",")]:
            raise PreconditionFailed("that ETag is of another ICE session", hint="Send the one of the answer.")
        assert self.media is not None
        for candidate in found.candidates:
            await self.media.add_candidate(CandidateInit(candidate=candidate[:1024]))
        if found.ended:
            await self.media.add_candidate(None)


class WhepSessions:
    """Every WHEP session of a server. An async context manager; when it exits, all are closed. Event loop only."""

    def __init__(
        self,
        parts: RoomParts,
        *,
        ice: Callable[[str], IceGrant] = lambda peer_id: IceGrant(),
        relay_only: bool = False,
        clock: Callable[[], float] = now_s,
    ) -> None:
        self._parts = parts
        self._ice = ice
        self._relay_only = relay_only
        self._clock = clock
        self._sessions: dict[str, WhepPeer] = {}
        self._tasks = asyncio.TaskGroup()

    async def __aenter__(self) -> Self:
        await self._tasks.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for peer in list(self._sessions.values()):
            self._end(peer)
        await self._tasks.__aexit__(kind, error, trace)

    def __len__(self) -> int:
        return len(self._sessions)

    async def open(self, room: Room, offer: str, remote_address: str | None) -> tuple[WhepPeer, str, IceGrant]:
        """A new session, the SDP answer, and the ICE servers that its player may use.

        Raises:
            RateLimited: too many sessions that never connected, from this address or in all.
            RoomBusy: the room is full.
            MessageInvalid, NoCommonCodec: the offer cannot be answered.
        """
        self._refuse_a_flood(remote_address)
        peer = WhepPeer(room, remote_address, self._clock)
        granted = self._ice(peer.peer_id)
        room.join(peer)
        self._sessions[peer.session_id] = peer
        try:
            options = MediaOptions(
                peer_id=peer.peer_id,
                on_pointer=lambda _message: None,
                on_stream_info=lambda _origin, _codec: None,
                on_state=lambda state: self._state_changed(peer, state),
                ice_servers=granted.servers,
                relay_only=self._relay_only,
                remote_address=remote_address,
            )
            peer.media = await self._parts.media(room.fanout, options).__aenter__()
            answer = await peer.media.answer(offer)
            peer.ufrags = sdp.ice_users(offer)
        except BaseException:
            self._end(peer)
            raise
        room.update_demand()
        log.info("room=%s peer=%s watches by WHEP", room.room_id, peer.peer_id)
        return peer, answer, granted

    def get(self, room_id: str, session_id: str) -> WhepPeer:
        """The session. Raises NotFound."""
        peer = self._sessions.get(session_id)
        if peer is None or peer.room.room_id != room_id:
            raise NotFound("no such WHEP session", hint="It has ended, or never was; POST a new offer.")
        return peer

    async def close(self, peer: WhepPeer) -> None:
        """End `peer`'s session; returns when its connection is closed. Idempotent."""
        self._forget(peer)
        if peer.media is not None:
            await peer.media.close()

    def _refuse_a_flood(self, remote_address: str | None) -> None:
        pending = [peer.remote_address for peer in self._sessions.values() if not peer.is_watching]
        if len(pending) >= MAX_PENDING or pending.count(remote_address) >= MAX_PENDING_PER_ADDRESS:
            raise RateLimited(
                f"{len(pending)} WHEP sessions wait for their media to connect",
                hint="Wait until they do, or have failed (20 s).",
            )

    def _state_changed(self, peer: WhepPeer, state: str) -> None:
        if state in ("failed", "closed"):
            self._end(peer)
        else:
            peer.room.update_demand()

    def _end(self, peer: WhepPeer) -> None:
        if self._forget(peer):
            self._tasks.create_task(self.close(peer), name=f"peer {peer.peer_id} closing")

    def _forget(self, peer: WhepPeer) -> bool:
        if self._sessions.pop(peer.session_id, None) is None:
            return False
        peer.room.leave(peer)
        return True
