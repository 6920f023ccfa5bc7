"""The real parts of a room: the only place where rooms meet the engine's supervisor, the compiler and WebRTC."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from py_remote_viewer.config import Settings
from py_remote_viewer.engine.events import EngineEvents
from py_remote_viewer.engine.supervisor import EngineSupervisor
from py_remote_viewer.protocol.engine_messages import EngineConfig
from py_remote_viewer.render.gl import devices_to_spread, gpu_devices
from py_remote_viewer.rooms.parts import Engine, Fanout, MakePublisher, Media, MediaOptions, Publisher, RoomParts
from py_remote_viewer.scenes.compiler import SceneCompiler
from py_remote_viewer.scenes.sources.catalogue import catalogue_of
from py_remote_viewer.scenes.uploads.library import SceneLibrary
from py_remote_viewer.stream.peer import WebRtcPeer
from py_remote_viewer.stream.publishing import WhipTarget, parse_target
from py_remote_viewer.stream.rtp_publish import RtpPublisher
from py_remote_viewer.stream.rung_fanout import RungFanout
from py_remote_viewer.stream.rungs import TOP, ladder_of
from py_remote_viewer.stream.whip import WhipPublisher


@asynccontextmanager
async def real_parts(settings: Settings) -> AsyncIterator[RoomParts]:
    """What rooms are made of, with the one compiler of the server, which starts in the background."""
    devices = itertools.cycle(settings.egl_devices or devices_to_spread(gpu_devices()))
    async with SceneCompiler(settings.compile_wall_s, settings.compile_memory_mb) as compiler:

        def engine(config: EngineConfig, events: EngineEvents) -> AbstractAsyncContextManager[Engine]:
            return EngineSupervisor(config, events, egl_device=next(devices))

        def fanout(request_idr: Callable[[int], None], on_demand: Callable[[], None]) -> Fanout:
            return RungFanout(ladder_of(settings), request_idr, on_demand)

        catalogue = catalogue_of(settings)
        library = SceneLibrary(compiler, catalogue.store, catalogue, accept_mjb=settings.accept_mjb)
        yield RoomParts(
            engine=engine,
            compiler=library,
            fanout=fanout,
            media=_media,
            publisher=publisher_of(settings),
            library=library,
        )


def publisher_of(settings: Settings) -> MakePublisher | None:
    """What publishes a room's best pictures, as the settings say. Raises SettingsInvalid."""
    if not settings.publish:
        return None
    target = parse_target(settings.publish)

    def make(fanout: Fanout, on_change: Callable[[], None]) -> AbstractAsyncContextManager[Publisher]:
        assert isinstance(fanout, RungFanout)
        pictures = fanout.broadcast(TOP)
        if isinstance(target, WhipTarget):
            return WhipPublisher(target, pictures, token=settings.publish_token, on_change=on_change)
        return RtpPublisher(target, pictures, unencrypted_anywhere=settings.publish_unencrypted, on_change=on_change)

    return make


def _media(fanout: Fanout, options: MediaOptions) -> AbstractAsyncContextManager[Media]:
    assert isinstance(fanout, RungFanout)
    return WebRtcPeer(
        options.peer_id,
        fanout,
        on_pointer=options.on_pointer,
        on_stream_info=options.on_stream_info,
        on_state=options.on_state,
        on_rung=options.on_rung,
        on_limited=options.on_limited,
        ice_servers=options.ice_servers,
        relay_only=options.relay_only,
        remote_address=options.remote_address,
    )
