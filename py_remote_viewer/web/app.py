"""The FastAPI application: what it owns, opened in order and closed in reverse; its routes; its error shape.

Opening takes milliseconds: engine and compiler start in the background, so the page is served at once and shows `starting`.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware

from py_remote_viewer import __version__
from py_remote_viewer.config import Settings
from py_remote_viewer.record.still import StillMaker
from py_remote_viewer.resources import data_dir
from py_remote_viewer.rooms.parts import RoomParts
from py_remote_viewer.rooms.program_door import ProgramDoor
from py_remote_viewer.rooms.registry import RoomRegistry
from py_remote_viewer.rooms.scene_source import SceneSource
from py_remote_viewer.rooms.whep import WhepSessions
from py_remote_viewer.stream.ice import grant
from py_remote_viewer.web import media, refusals, signaling
from py_remote_viewer.web.loop_meter import LoopMeter
from py_remote_viewer.web.meter import ProcessMeter
from py_remote_viewer.web.middleware import SecurityMiddleware
from py_remote_viewer.web.render_jobs import RenderJobs
from py_remote_viewer.web.routes import (
    details,
    export,
    metrics,
    program,
    recordings,
    scenes,
    screenshot,
    simulation,
    status,
    uploads,
    whep,
)
from py_remote_viewer.web.routes.pages import RevalidatedFiles, page_router
from py_remote_viewer.web.scene_checks import SceneChecks
from py_remote_viewer.web.scene_writer import SceneWriter
from py_remote_viewer.web.state import Viewer

_DESCRIPTION = """Watch and drive a MuJoCo simulation together. Every refusal has one shape:
`{"success": false, "error": {"code", "message", "hint"}}`. With a token set, every route but `/api/health` wants
`Authorization: Bearer <token>`. Live control and video: `WS /ws/signaling` (docs/protocol.md)."""


MODEL_ENDINGS = (".xml", ".mjcf", ".urdf", ".mjb", ".mjz", ".zip")


def create_app(settings: Settings, *, parts: RoomParts | None = None, client: Path | None = None) -> FastAPI:
    """The application.

    Args:
        settings: frozen; kept for the life of the application.
        parts: what rooms are made of; the real engine, compiler and WebRTC when not given.
        client: the folder with the page; the installed one when not given.
    """
    app = FastAPI(
        title="py_remote_viewer",
        version=__version__,
        description=_DESCRIPTION,
        lifespan=_lifespan(settings, parts),
        docs_url=None,  # the interactive pages load scripts from another host
        redoc_url=None,
        openapi_url="/api/openapi.json",
    )
    refusals.install(app, debug=settings.debug)
    for part in (
        status,
        scenes,
        uploads,
        export,
        details,
        simulation,
        program,
        recordings,
        screenshot,
        metrics,
        whep,
        signaling,
        media,
    ):
        app.include_router(part.router)
    client = client or data_dir("client")
    app.include_router(page_router(client))
    app.mount("/static", RevalidatedFiles(directory=client), name="static")
    app.add_middleware(
        GZipMiddleware,
        minimum_size=1024,
        compresslevel=6,
        exclude_content_types=(*DEFAULT_EXCLUDED_CONTENT_TYPES, recordings.TRAJECTORY_TYPE),
    )
    app.add_middleware(SecurityMiddleware, settings=settings)
    return app


def first_scene(settings: Settings) -> SceneSource | None:
    """The scene named in the settings: a file where it looks like one, else a preset; None where none is named."""
    if not settings.scene:
        return None
    path = Path(settings.scene).expanduser()
    if path.suffix.lower() in MODEL_ENDINGS or "/" in settings.scene:
        return SceneSource(file=path)
    return SceneSource(preset=settings.scene)


def _lifespan(settings: Settings, parts: RoomParts | None) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        """Open what the app owns, in order; close it in reverse, even when startup fails half way."""
        async with AsyncExitStack() as stack:
            made = parts or await _real_parts(settings, stack)
            rooms = await stack.enter_async_context(RoomRegistry(settings, made, first_scene(settings)))
            door = await stack.enter_async_context(ProgramDoor(rooms.get()))
            loop_meter = await stack.enter_async_context(
                LoopMeter(lambda: any(room.reports.has_flow for room in rooms.rooms.values()))
            )
            whep_sessions = WhepSessions(
                made,
                ice=lambda peer_id: grant(settings, peer_id, time.time()),
                relay_only=settings.ice_relay_only,
            )
            await stack.enter_async_context(whep_sessions)
            renders = await stack.enter_async_context(RenderJobs())
            checks = SceneChecks(made.compiler)
            app.state.viewer = Viewer(
                settings,
                made,
                rooms,
                whep_sessions,
                ProcessMeter(),
                loop_meter,
                door,
                checks,
                StillMaker(),
                renders,
                SceneWriter(settings, made.compiler),
            )
            yield

    return lifespan


async def _real_parts(settings: Settings, stack: AsyncExitStack) -> RoomParts:
    from py_remote_viewer.web.parts import real_parts  # a server with other parts needs neither WebRTC nor an engine

    return await stack.enter_async_context(real_parts(settings))
