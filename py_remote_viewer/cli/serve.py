"""`python -m py_remote_viewer`: arguments to settings, settings to a running server, and the address to open."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import errno
import logging
import signal
import socket
import sys
from collections.abc import Generator, Sequence
from pathlib import Path

import uvicorn

from py_remote_viewer import __version__, logs
from py_remote_viewer.cli.lifetime import end_with_parent
from py_remote_viewer.config import EncoderName, Settings, load_settings, unknown_variables
from py_remote_viewer.errors import SceneNotFound, SettingsInvalid, ViewerError
from py_remote_viewer.protocol.messages import MAX_MESSAGE_BYTES
from py_remote_viewer.scenes import presets
from py_remote_viewer.scenes.sources.catalogue import catalogue_of
from py_remote_viewer.stream.publishing import RtpTarget, WhipTarget, is_address, parse_target, require_private
from py_remote_viewer.web.app import MODEL_ENDINGS, create_app, first_scene
from py_remote_viewer.web.connections import BoundedHttp, BoundedWebSocket
from py_remote_viewer.web.state import Viewer

log = logging.getLogger(__name__)

GRACE_S = 2
GOODBYE_S = 0.05  # for the loop to send it
WS_SLACK_BYTES = 64 * 1024  # a little too large is answered with a message; much too large is closed with code 1009


def make_parser() -> argparse.ArgumentParser:
    """The arguments; what is not given comes from `VIEWER_*`."""
    parser = argparse.ArgumentParser(
        prog="python -m py_remote_viewer",
        description="Serve a MuJoCo simulation to web browsers. Settings not given here come from VIEWER_* variables.",
        epilog="Other commands: scene list|load|check|export|create, record, snapshot, status (of a running server); "
        "bench pipeline|fanout|latency|load|network|capacity|sync|history (what this machine can hold); "
        "render TRAJECTORY -o FILE (a recording drawn again, at any size and quality).",
    )
    parser.add_argument("--host", help="address to listen on (127.0.0.1); others need VIEWER_TOKEN")
    parser.add_argument("--port", type=int, help="TCP port (8000); 0 picks one")
    parser.add_argument("--scene", metavar="PRESET|FILE", help="what the room starts with (humanoid)")
    parser.add_argument("--width", type=int, help="largest picture width in px (1280)")
    parser.add_argument("--height", type=int, help="largest picture height in px (720)")
    parser.add_argument("--fps", type=int, help="pictures a second (60)")
    parser.add_argument("--encoder", choices=EncoderName.__args__, help="H.264 encoder (auto)")  # type: ignore[attr-defined]
    parser.add_argument("--quality", help="auto, or one level of the ladder to hold (see GET /api/config)")
    parser.add_argument("--publish", metavar="TARGET", help="publish the room as well: whip:URL or rtp:HOST:PORT")
    parser.add_argument(
        "--publish-unencrypted", action="store_true", default=None, help="plain RTP to public addresses too"
    )
    parser.add_argument(
        "--end-with-parent", action="store_true", help="end when standard input has closed and nobody watches any more"
    )
    parser.add_argument("--debug", action="store_true", default=None, help="log more; show internal errors in answers")
    parser.add_argument("--log-level", choices=logs.LEVELS, help="least severe log line that is printed (INFO)")
    parser.add_argument("--version", action="version", version=f"py_remote_viewer {__version__}")
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Serve until interrupted. Returns the exit code."""
    given = vars(make_parser().parse_args(argv))
    end_with_parent = given.pop("end_with_parent")
    try:
        settings = load_settings(**given)
        check_scene(settings)
        check_quality(settings)
        check_publishing(settings)
        logs.configure("DEBUG" if settings.debug else settings.log_level)
        if not settings.debug:
            logging.getLogger("uvicorn.error").setLevel(logging.WARNING)  # it tells every connection at INFO
        for name, nearest in unknown_variables().items():
            log.warning("%s is no setting%s", name, f"; did you mean {nearest}?" if nearest else "")
        listener = listen(settings)
    except ViewerError as exc:
        print(f"error: {exc.message}\n{exc.hint}".rstrip(), file=sys.stderr)
        return 2
    with listener:
        return serve(settings, listener, bound=end_with_parent)


def check_scene(settings: Settings) -> None:
    """Raise SceneNotFound now, rather than in the background when the engine is up."""
    source = first_scene(settings)
    if source is None:
        return
    if source.file is not None and not source.file.is_file():
        raise SceneNotFound(f"no file {source.file}", hint="Give the path of an MJCF file, or the name of a preset.")
    named = source.file or Path(source.preset or "")
    if named.is_file() and named.suffix.lower() not in MODEL_ENDINGS:
        raise SceneNotFound(f"{named} is no model", hint=f"A model ends in {', '.join(MODEL_ENDINGS)}.")
    names = [preset.name for preset in presets.list_presets()]
    if source.preset is not None and source.preset not in names:
        catalogue = catalogue_of(settings)
        if catalogue.source_of(source.preset) is None:
            presets.preset(source.preset)
        asyncio.run(catalogue.require_known(source.preset, names))


def check_quality(settings: Settings) -> None:
    """Raise SettingsInvalid for a level that is not on the ladder."""
    if settings.quality != "auto":
        from py_remote_viewer.render.quality import LEVEL_NAMES  # imports numpy, which the server needs nowhere else

        if settings.quality not in LEVEL_NAMES:
            raise SettingsInvalid(
                f"no quality level {settings.quality!r}", hint=f"Levels: auto, {', '.join(LEVEL_NAMES)}."
            )


def check_publishing(settings: Settings) -> None:
    """Raise SettingsInvalid for a target that cannot be one, or a public address in the clear."""
    if settings.publish:
        target = parse_target(settings.publish)
        if isinstance(target, RtpTarget) and is_address(target.host):
            require_private(target.host, target, unencrypted_anywhere=settings.publish_unencrypted)
        if isinstance(target, WhipTarget) and settings.publish_token and not target.keeps_secrets:
            log.warning("VIEWER_PUBLISH_TOKEN travels in the clear to %s: use https", target.shown)


def listen(settings: Settings) -> socket.socket:
    """A listening socket on the address of the settings. Raises SettingsInvalid, naming what is in the way."""
    try:
        family, kind, proto, _, address = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except OSError as exc:
        raise SettingsInvalid(f"no address {settings.host!r}: {exc.strerror}", hint="Try --host 127.0.0.1.") from exc
    listener = socket.socket(family, kind, proto)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(128)
    except OSError as exc:
        listener.close()
        if exc.errno == errno.EADDRINUSE:
            raise SettingsInvalid(
                f"port {settings.port} on {settings.host} is in use by another program",
                hint=f"Stop it, or choose another port: --port {settings.port + 1 if settings.port < 65535 else 0}",
            ) from exc
        raise SettingsInvalid(
            f"cannot listen on {settings.host} port {settings.port}: {exc.strerror}",
            hint="Ports below 1024 are for root; choose one above, for example --port 8000.",
        ) from exc
    return listener


def page_url(settings: Settings, port: int) -> str:
    """What to open: with the token in the fragment, which browsers never send."""
    host = settings.host
    if host in ("0.0.0.0", "::"):
        host = socket.gethostname()
    if ":" in host:
        host = f"[{host}]"
    return f"http://{host}:{port}/" + (f"#token={settings.token}" if settings.token else "")


class ViewerServer(uvicorn.Server):
    """uvicorn, which says when it serves, tells peers why it stops, and ends with exit code 0 when told to stop."""

    def __init__(self, config: uvicorn.Config, url: str) -> None:
        super().__init__(config)
        self._url = url

    @property
    def viewer(self) -> Viewer | None:
        """What it serves, once its parts are there."""
        viewer: Viewer | None = getattr(self.config.app.state, "viewer", None)  # type: ignore[union-attr]
        return viewer

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Print the address once connections are taken."""
        await super().startup(sockets)
        if self.started:
            print(f"py_remote_viewer {__version__} is serving. Open {self._url}", flush=True)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Say goodbye first: uvicorn alone would close WebSockets without a reason."""
        viewer = self.viewer
        if viewer is not None:
            viewer.rooms.say_goodbye("the server is stopping")
            await asyncio.sleep(GOODBYE_S)
        await super().shutdown(sockets)

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """SIGINT and SIGTERM end the server in order; a second one at once."""
        before = {one: signal.signal(one, self.handle_exit) for one in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for one, handler in before.items():
                signal.signal(one, handler)

    def handle_exit(self, sig: int, frame: object) -> None:
        """Remember to exit."""
        self.force_exit = self.should_exit
        self.should_exit = True


def serve(settings: Settings, listener: socket.socket, *, bound: bool = False) -> int:
    """Run the server on `listener` until a signal, or as long as who started it where `bound`; returns the exit code."""
    config = uvicorn.Config(
        create_app(settings),
        loop="asyncio",  # uvloop was measured and gains nothing here
        http=BoundedHttp,
        ws=BoundedWebSocket,
        ws_max_size=MAX_MESSAGE_BYTES + WS_SLACK_BYTES,
        ws_ping_interval=10,
        ws_ping_timeout=10,  # with the interval: a peer that vanished is known within 20 s
        ws_per_message_deflate=False,  # telemetry is small; compressing it per peer costs the loop more than the network
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE_S,
    )
    server = ViewerServer(config, page_url(settings, listener.getsockname()[1]))
    asyncio.run(_serve(server, listener, bound=bound))
    return 0 if server.started else 3


async def _serve(server: ViewerServer, listener: socket.socket, *, bound: bool) -> None:
    watching = asyncio.create_task(end_with_parent(server), name="lifetime") if bound else None
    try:
        await server.serve([listener])
    finally:
        if watching is not None:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)
