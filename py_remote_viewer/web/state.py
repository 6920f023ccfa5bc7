"""What every request can reach: one frozen record on `app.state.viewer`."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request
from starlette.requests import HTTPConnection

from py_remote_viewer.config import Settings
from py_remote_viewer.record.still import StillMaker
from py_remote_viewer.rooms.parts import RoomParts
from py_remote_viewer.rooms.program_door import ProgramDoor
from py_remote_viewer.rooms.registry import RoomRegistry
from py_remote_viewer.rooms.whep import WhepSessions
from py_remote_viewer.stream.ice import IceGrant, grant
from py_remote_viewer.web.access import require_origin, require_token
from py_remote_viewer.web.loop_meter import LoopMeter
from py_remote_viewer.web.meter import ProcessMeter
from py_remote_viewer.web.render_jobs import RenderJobs
from py_remote_viewer.web.scene_checks import SceneChecks
from py_remote_viewer.web.scene_writer import SceneWriter

UPLOADS_AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class Viewer:
    """The running server."""

    settings: Settings
    parts: RoomParts
    rooms: RoomRegistry
    whep: WhepSessions
    meter: ProcessMeter
    loop_meter: LoopMeter
    programs: ProgramDoor
    checks: SceneChecks
    stills: StillMaker
    renders: RenderJobs
    writer: SceneWriter
    started_s: float = field(default_factory=time.monotonic)
    uploads: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(UPLOADS_AT_ONCE))

    def ice(self, peer_id: str) -> IceGrant:
        """STUN and TURN servers for an authorised peer, with credentials."""
        return grant(self.settings, peer_id, time.time())

    @property
    def uptime_s(self) -> float:
        """Seconds since start."""
        return time.monotonic() - self.started_s


def viewer_of(connection: HTTPConnection) -> Viewer:
    """The record, for a request or a WebSocket."""
    viewer = connection.app.state.viewer
    assert isinstance(viewer, Viewer)
    return viewer


def guarded(request: Request) -> Viewer:
    """The record, for requests that need the token; writes also need the right origin.

    Raises:
        Unauthorized, Forbidden: with the way out.
    """
    viewer = viewer_of(request)
    require_token(request.headers, viewer.settings)
    if request.method not in ("GET", "HEAD", "OPTIONS"):
        require_origin(request.headers.get("origin"), request.headers.get("host", ""), viewer.settings)
    return viewer


def unguarded(request: Request) -> Viewer:
    """The record, for what anybody may ask."""
    return viewer_of(request)


Guarded = Annotated[Viewer, Depends(guarded)]
Open = Annotated[Viewer, Depends(unguarded)]
