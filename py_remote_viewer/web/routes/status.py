"""How the server is: health for machines, configuration and statistics for people."""

from __future__ import annotations

import asyncio
import dataclasses
import time
from typing import Any

from fastapi import APIRouter, Response

from py_remote_viewer import __version__
from py_remote_viewer.protocol.messages import PROTOCOL_VERSION
from py_remote_viewer.rooms.member import Member
from py_remote_viewer.rooms.room import Room
from py_remote_viewer.stream.ice import public_servers
from py_remote_viewer.web.answers import (
    Config,
    EngineStats,
    Health,
    MujocoStats,
    PeerStats,
    Refusal,
    SimulationState,
    SimulationStats,
    Stats,
)
from py_remote_viewer.web.meter import open_files, resident_bytes
from py_remote_viewer.web.state import Guarded, Open

router = APIRouter(prefix="/api", tags=["status"])
_UNAUTHORIZED: dict[int | str, dict[str, Any]] = {401: {"model": Refusal}}


@router.get("/health", summary="Whether the server works", responses={503: {"model": Health}})
async def health(viewer: Open, response: Response) -> Health:
    """Status 503 when the engine has failed; needs no token, so that a load balancer may ask."""
    room = viewer.rooms.get()
    ready = room.engine.ready if room.engine else None
    state = room.state
    status = "failed" if state == "failed" else "starting" if ready is None else "healthy"
    if status == "failed":
        response.status_code = 503
    return Health.model_validate(
        {
            "status": status,
            "version": __version__,
            "uptime_s": round(viewer.uptime_s, 3),
            "timestamp": time.time(),
            "clients_connected": len(room.members),
            "gl_renderer": ready.gl_renderer if ready else None,
            "gl_software": ready.gl_software if ready else None,
            "encoder": ready.encoder if ready else None,
            "warnings": warnings_of(room),
        }
    )


def warnings_of(room: Room) -> list[str]:
    """What an operator should look at."""
    found = []
    simulation = room.status().simulation
    if simulation.state in ("failed", "restarting"):
        found.append(f"engine {simulation.state}: {simulation.reason}")
    if simulation.slow:
        found.append(f"physics runs at {simulation.real_time_factor:.2f} of the speed asked for")
    ready = room.engine.ready if room.engine else None
    if ready is not None and ready.gl_software and ready.gpu_present:
        found.append(
            f"this machine has a GPU, but pictures are drawn in software ({ready.gl_renderer}): "
            "install the driver's EGL library, or see VIEWER_EGL_DEVICES"
        )
    published = room.publisher.stats() if room.publisher else None
    if published is not None and published.state != "publishing":
        found.append(f"publishing to {published.target}: {published.state}, {published.reason or 'not connected yet'}")
    if room.engine is not None and room.engine.restarts:
        found.append(f"the engine was restarted {room.engine.restarts} times")
    return found


@router.get("/config", summary="Settings in use", responses=_UNAUTHORIZED)
async def config(viewer: Guarded) -> Config:
    """Without the token."""
    settings = viewer.settings
    room = viewer.rooms.get()
    ready = room.engine.ready if room.engine else None
    return Config(
        host=settings.host,
        port=settings.port,
        frame_width=settings.width,
        frame_height=settings.height,
        frame_rate=settings.fps,
        stun_server=settings.stun_server,
        debug_mode=settings.debug,
        log_level=settings.log_level,
        encoder=settings.encoder,
        quality=settings.quality,
        quality_levels=list(ready.quality_levels) if ready else [],
        bitrate_bps=settings.bitrate_bps,
        max_peers=settings.max_peers,
        protocol=PROTOCOL_VERSION,
        ice_servers=list(public_servers(settings)),
        ice_relay_only=settings.ice_relay_only,
        token_required=bool(settings.token),
        language_model=viewer.writer.is_there,
    )


@router.get("/stats", summary="Everything that is counted", responses=_UNAUTHORIZED)
async def stats(viewer: Guarded) -> Stats:
    """Server, simulation, picture, peers and engine."""
    room = viewer.rooms.get()
    status = room.status()
    return Stats(
        clients_connected=len(room.members),
        total_connections=room.counters.joined,
        frames_sent=room.counters.pictures,
        bytes_encoded=room.counters.picture_bytes,
        events_received=room.counters.events,
        uptime=round(viewer.uptime_s, 3),
        cpu_usage=viewer.meter.cpu_percent(),
        memory_usage=resident_bytes(),
        loop_stall_ms=viewer.loop_meter.stall_ms(),
        tasks=len(asyncio.all_tasks()),
        open_files=open_files(),
        simulation_state=_simulation_state(room),
        picture=status.picture,
        quality=status.quality,
        simulation=status.simulation,
        fanout=_plain(room.fanout.stats()),
        peers=[_peer(member) for member in room.members.values()],
        engine=_engine(room),
        recording=status.recording,
        publish=_plain(room.publisher.stats()) if room.publisher else None,
    )


def _simulation_state(room: Room) -> SimulationState:
    status = room.status()
    simulation = status.simulation
    scene = room.scene
    return SimulationState(
        simulation=SimulationStats(
            state=simulation.state,
            reason=simulation.reason,
            time=simulation.time_s,
            step_count=room.reports.status.steps if room.reports.status else 0,
            is_running=simulation.state == "running",
            is_paused=simulation.state == "paused",
            real_time_factor=simulation.real_time_factor,
            speed=simulation.speed,
        ),
        camera=status.camera,
        mujoco=MujocoStats(
            initialized=scene is not None,
            model_name=scene.name if scene else None,
            scene_id=scene.scene_id if scene else None,
            nbody=scene.info.nbody if scene else None,
            nq=scene.info.nq if scene else None,
            nv=scene.info.nv if scene else None,
            nu=scene.info.nu if scene else None,
            ngeom=scene.info.ngeom if scene else None,
        ),
    )


def _peer(member: Member) -> PeerStats:
    figures = member.figures
    media = figures.media
    return PeerStats(
        peer_id=member.peer_id,
        kind=figures.kind,
        name=figures.name,
        state=figures.state,
        rtt_ms=media.rtt_ms if media else None,
        loss=media.fraction_lost if media else None,
        transport=media.transport if media else None,
        rung=media.rung if media else None,
        joined_s_ago=round(figures.age_s, 3),
        messages=figures.messages,
        messages_refused=figures.messages_refused,
        outbox_dropped=figures.outbox_dropped,
        media=_plain(media) if media else {},
        report=figures.report,
    )


def _engine(room: Room) -> EngineStats:
    engine, ready, status = room.engine, room.engine.ready if room.engine else None, room.reports.status
    return EngineStats(
        pid=engine.pid if engine else None,
        restarts=engine.restarts if engine else 0,
        cpu_s=status.cpu_s if status else 0.0,
        memory_bytes=status.rss_bytes if status else 0,
        gl_renderer=ready.gl_renderer if ready else None,
        encoder=ready.encoder if ready else None,
        encoders_refused=dict(ready.encoders_refused) if ready else {},
        pictures_encoded=status.pictures_encoded if status else 0,
        encoder_calls=status.encoder_calls if status else 0,
        idrs=status.idrs if status else 0,
    )


def _plain(figures: object) -> dict[str, Any]:
    assert dataclasses.is_dataclass(figures)
    assert not isinstance(figures, type)
    return dataclasses.asdict(figures)
