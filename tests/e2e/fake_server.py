"""A server with a script: it serves `client/`, speaks the protocol, streams a drawn picture, and misbehaves when told.

It runs in a thread of its own, because the browser is driven by Playwright's synchronous API. What the page sends is
parsed by the real `parse_client_message`, what it gets is built from the real messages, so that a page which passes
here speaks the protocol.
"""

from __future__ import annotations

import asyncio
import json
import socket as socket_module
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

import aiortc.rtcrtpsender
import mujoco
import uvicorn
from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.sdp import candidate_from_sdp
from fastapi import FastAPI, Request, Response, WebSocket, WebSocketDisconnect
from fastapi.staticfiles import StaticFiles

from py_remote_viewer.engine.time_control import TimeControl
from py_remote_viewer.protocol import messages as m
from py_remote_viewer.protocol.camera_input import Orbit, Pan, SetCamera, Zoom
from py_remote_viewer.protocol.hand_input import Grip, PerturbStart, Select
from py_remote_viewer.protocol.look import DEFAULT_LOOK, SetLens, SetLook, changed
from py_remote_viewer.protocol.scene_edits import CheckedScene
from py_remote_viewer.protocol.scene_info import ModelInfo, PresetInfo
from py_remote_viewer.protocol.sim_commands import Pause, Play, Reset, SetQuality, SetSpeed, Step
from py_remote_viewer.protocol.status import (
    CameraStatus,
    PictureStatus,
    QualityStatus,
    SelectionStatus,
    SimulationStatus,
    StageTimes,
    Status,
)
from py_remote_viewer.protocol.time_commands import HistoryStatus, Rewind, Seek, StepBack, TimeCommand
from py_remote_viewer.sim.simulation import Simulation
from tests.e2e.drawn import HEIGHT, WIDTH, DrawnTrack, thumbnail

T = TypeVar("T")

CLIENT = Path(__file__).resolve().parents[2] / "client"
CSP = (
    "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob: mediastream:; "
    "connect-src 'self' ws: wss:; style-src 'self'; frame-ancestors 'none'; base-uri 'none'"
)
RTP_ORIGIN = 0x89ABCDEF

PRESETS = (
    ("unitree_go1", "Unitree Go1", "#7aa2d6"),
    ("franka_panda", "Franka Panda", "#d6a97a"),
    ("humanoid", "Humanoid", "#8fc78f"),
    ("cartpole", "Cart and pole", "#c78fb4"),
    ("dominoes", "Dominoes", "#c7c08f"),
    ("cloth", "Cloth on a sphere", "#8fb9c7"),
)
MODEL = ModelInfo(
    name="go1",
    nbody=14,
    nq=19,
    nv=18,
    nu=12,
    ngeom=58,
    timestep_s=0.002,
    nmeshface=18432,
    cameras=("tracking", "front_left"),
    keyframes=("home", "crouch"),
    bodies=(
        "world",
        "trunk",
        *(f"{leg}_{part}" for leg in ("FR", "FL", "RR", "RL") for part in ("hip", "thigh", "calf")),
    ),
)
PHYSICS = """<mujoco><worldbody><body><joint name="j"/><geom size=".1"/></body></worldbody>
<actuator><motor joint="j"/></actuator><keyframe><key name="home"/><key name="crouch"/></keyframe></mujoco>"""


def _fixed_origin(random32: Callable[[], int]) -> Callable[[], int]:
    """aiortc picks the first RTP timestamp at random inside `_run_rtp`; the page must be told it."""

    def pick() -> int:
        return RTP_ORIGIN if sys._getframe(1).f_code.co_name == "_run_rtp" else random32()

    return pick


class FakeServer:
    """Start with `with FakeServer() as fake`; change the script through `fake.do(...)`, which runs on its loop.

    Attributes:
        url: where the page is.
        received: every message of every page, parsed, oldest first.
        simulation, quality, picture, camera: parts of the `status` that is sent four times a second.
        refusal: sent as a fatal error in answer to `hello`.
        token: `hello` must carry it.
        welcome_after: the welcome waits for this event; None: no wait.
        protocol: what `welcome` says.
        answer: `normal`, `no_video` (the video section is turned down) or `silent`.
        time: physics options and keyframes of a small real model.
        moving: an event; cleared, the picture stands still.
        held: the body that a hand closes on; None: it finds nothing.
        load: answer of `POST /api/scene/load`, (status, body).
        xml: of the scene; `checked` is the answer to every text in `checks`.
    """

    def __init__(self) -> None:
        self.url = ""
        self.received: list[m.ClientMessage] = []
        self.loads: list[dict[str, Any]] = []
        self.simulation: dict[str, Any] = {"state": "running", "real_time_factor": 1.0, "speed": 1.0}
        self.camera = CameraStatus(lookat=(0.0, 0.0, 0.3), distance=2.4, azimuth=120.0, elevation=-22.0)
        self.quality = QualityStatus(
            mode="auto",
            level="720p, no shadows",
            levels=("1080p", "720p", "720p, no shadows", "540p, no shadows", "360p, no shadows"),
            reason="drawing takes 14 ms of the 16 ms that 60 pictures a second leave",
        )
        self.picture = PictureStatus(
            width=WIDTH,
            height=HEIGHT,
            fps=30,
            bitrate_bps=3.1e6,
            encoder="x264",
            gl_renderer="llvmpipe (LLVM 15.0.6, 256 bits)",
            stage_ms=StageTimes(step=0.4, update=0.3, render=8.1, read=0.9, convert=0.7, encode=3.6),
        )
        self.peers = 4
        self.refusal: m.Error | None = None
        self.token: str | None = None
        self.protocol = m.PROTOCOL_VERSION
        self.holds_welcome = False
        self.answer = "normal"
        self.moving = asyncio.Event()
        self.moving.set()
        self.turns_away = False
        self.held: str | None = None
        self.selection: SelectionStatus | None = None
        self.look = DEFAULT_LOOK.model_copy(update={"hidden": ("shadow", "reflection")})
        self.load: tuple[int, dict[str, Any]] = (200, {"success": True, "message": "loaded"})
        self.xml = '<mujoco model="go1">\n  <worldbody>\n    <geom size="1"/>\n  </worldbody>\n</mujoco>\n'
        self.checks: list[str] = []
        self.checked = CheckedScene()
        self.time = TimeControl(Simulation(mujoco.MjModel.from_xml_string(PHYSICS)))
        self._preset: str | None = "unitree_go1"
        self._title = "Unitree Go1"
        self._model = MODEL
        self._scene_id = 1
        self._time_s = self._newest_s = 12.0
        self._sockets: dict[WebSocket, RTCPeerConnection | None] = {}
        self._peers: list[RTCPeerConnection] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._heard_more = threading.Condition()
        self._ready = threading.Event()
        self._loop: asyncio.AbstractEventLoop
        self._server: uvicorn.Server
        self._thread = threading.Thread(target=self._main, name="fake-server", daemon=True)

    def __enter__(self) -> FakeServer:
        self._thread.start()
        if not self._ready.wait(20):
            raise TimeoutError("the fake server did not start")
        return self

    def __exit__(self, *exc: object) -> None:
        self._loop.call_soon_threadsafe(setattr, self._server, "should_exit", True)
        self._thread.join(15)

    def do(self, fn: Callable[[], T]) -> T:
        """Run `fn` on the server's loop; return what it does."""
        done: Future[T] = Future()
        self._loop.call_soon_threadsafe(lambda: done.set_result(fn()))
        return done.result(10)

    def set(self, **script: Any) -> None:
        """Change attributes on the server's loop."""
        self.do(lambda: [setattr(self, name, value) for name, value in script.items()])

    def say(self, message: m.Message) -> None:
        """Send `message` to every page."""
        self.do(lambda: [self._spawn(self._send(socket, message)) for socket in self._sockets])

    def drop_sockets(self) -> None:
        """Cut every WebSocket and leave the peer connections."""
        self.do(lambda: [self._spawn(socket.close(1012)) for socket in list(self._sockets)])

    def drop_media(self) -> None:
        """Close every peer connection and leave the WebSockets."""
        self.do(lambda: [self._spawn(pc.close()) for pc in self._peers])

    def of_type(self, kind: type[T]) -> list[T]:
        """Messages received, of one type."""
        return [message for message in list(self.received) if isinstance(message, kind)]

    def until(self, condition: Callable[[], bool], what: str, within_s: float = 10) -> None:
        """Wait until `condition`, which looks at what was received, holds."""
        with self._heard_more:
            assert self._heard_more.wait_for(condition, within_s), f"not within {within_s} s: {what}"

    # --- on the server's thread -----------------------------------------------------------------------------------------

    def _main(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        aiortc.rtcrtpsender.random32 = _fixed_origin(aiortc.rtcrtpsender.random32)
        config = uvicorn.Config(
            self._app(), host="127.0.0.1", port=0, log_level="error", ws="websockets-sansio", lifespan="off"
        )
        self._server = uvicorn.Server(config)
        with socket_module.create_server(("127.0.0.1", 0)) as listening:
            self.url = f"http://127.0.0.1:{listening.getsockname()[1]}/"
            await self._run(listening)

    async def _run(self, listening: socket_module.socket) -> None:
        serving = asyncio.create_task(self._server.serve(sockets=[listening]))
        ticking = asyncio.create_task(self._tick())
        self._ready.set()
        await serving
        ticking.cancel()
        for pc in self._peers:
            await pc.close()

    def _app(self) -> FastAPI:
        app = FastAPI()

        @app.middleware("http")
        async def csp(request: Request, call_next: Any) -> Response:
            response: Response = await call_next(request)
            response.headers["Content-Security-Policy"] = CSP
            response.headers["Cache-Control"] = "no-cache"
            return response

        @app.get("/")
        async def index() -> Response:
            return Response((CLIENT / "index.html").read_text(encoding="utf-8"), media_type="text/html")

        @app.get("/thumbnails/{name}.jpg")
        async def thumbnails(name: str) -> Response:
            colour = next((colour for key, _, colour in PRESETS if key == name), "#888")
            return Response(thumbnail(colour), media_type="image/svg+xml")

        @app.get("/api/scene/presets")
        async def presets() -> dict[str, Any]:
            infos = [
                PresetInfo(
                    name=name, title=title, description=f"{title} on a plane.", thumbnail=f"/thumbnails/{name}.jpg"
                )
                for name, title, _ in PRESETS
            ]
            return {"presets": [info.model_dump() for info in infos]}

        @app.get("/api/scene/current")
        async def current() -> dict[str, Any]:
            scene = self._scene()
            return {**scene.model_dump(include={"name", "title", "preset", "scene_id", "by"}), "xml": self.xml}

        @app.post("/api/scene/check")
        async def check(request: Request) -> dict[str, Any]:
            self.checks.append((await request.json())["xml"])
            return self.checked.model_dump()

        @app.get("/api/simulation/options")
        async def options() -> dict[str, Any]:
            return self.time.describe()

        @app.get("/api/simulation/keyframe")
        async def keyframe() -> dict[str, Any]:
            return {"xml": f'<key time="{self._time_s}"/>'}

        @app.post("/api/scene/load")
        async def load(request: Request) -> Response:
            body = await request.json()
            self.loads.append(body)
            status, answer = self.load
            if status == 200:
                self._scene_id += 1
                self.xml = body.get("xml", self.xml)
                answer = {"name": "scene", "warnings": [], "kept": None, **answer, "scene_id": self._scene_id}
                self._preset = body.get("preset")
                self._title = next((title for name, title, _ in PRESETS if name == self._preset), "Your scene")
                await self._broadcast(self._scene())
            return Response(json.dumps(answer), status, media_type="application/json")

        app.add_api_websocket_route("/ws/signaling", self._signaling)
        app.mount("/static", StaticFiles(directory=CLIENT), name="static")
        return app

    async def _signaling(self, socket: WebSocket) -> None:
        if self.turns_away:
            await socket.close(1013)
            return
        await socket.accept()
        self._sockets[socket] = None
        try:
            while True:
                await self._heard(socket, m.parse_client_message(await socket.receive_text()))
        except (WebSocketDisconnect, RuntimeError):
            pass
        finally:
            self._sockets.pop(socket, None)

    def _note(self, message: m.ClientMessage) -> None:
        with self._heard_more:
            self.received.append(message)
            self._heard_more.notify_all()

    async def _heard(self, socket: WebSocket, message: m.ClientMessage) -> None:
        self._note(message)
        match message:
            case m.Hello():
                await self._welcome(socket, message)
            case m.Ping(t=t):
                await self._send(socket, m.Pong(t=t, server_time_s=time.monotonic()))
            case m.Offer(sdp=sdp):
                await self._offered(socket, sdp)
            case m.IceCandidate(candidate=candidate) if candidate is not None and candidate.candidate:
                pc = self._sockets.get(socket)
                if pc is not None:
                    parsed = candidate_from_sdp(candidate.candidate.removeprefix("candidate:"))
                    parsed.sdpMid, parsed.sdpMLineIndex = candidate.sdpMid, candidate.sdpMLineIndex
                    await pc.addIceCandidate(parsed)
            case Orbit() | Pan() | Zoom():
                await self._applied(socket, message.seq)
            case Play() | Pause() | Step():
                self.simulation = {**self.simulation, "state": "running" if isinstance(message, Play) else "paused"}
            case Reset():
                self._time_s = 0.0
                self.simulation = {**self.simulation, "state": "running", "reason": ""}
            case Seek(time_s=time_s):
                self._time_s = time_s
                self.simulation = {**self.simulation, "state": "paused"}
            case StepBack() | Rewind():
                self.simulation = {**self.simulation, "state": "paused"}
            case _ if isinstance(message, TimeCommand):
                self.time.apply(message)
            case SetSpeed(factor=factor):
                self.simulation = {**self.simulation, "speed": factor, "real_time_factor": factor}
            case SetCamera(mode=mode, target=target):
                self.camera = self.camera.model_copy(update={"mode": mode, "target": target})
            case PerturbStart(grip=grip):
                await self._send(socket, Grip(grip=grip, body=self.held, why="" if self.held else "there is nothing"))
            case Select(body=body):
                self.selection = (
                    None
                    if body is None
                    else SelectionStatus(body=body, id=1, mass_kg=3.2, moves="free", parent="trunk")
                )
            case SetLook():
                self.look = changed(self.look, message)
                await self._broadcast(self.look)
            case SetLens(fov_deg=fov, orthographic=flat):
                given = {"fov_deg": fov, "orthographic": flat}
                self.camera = self.camera.model_copy(update={k: v for k, v in given.items() if v is not None})
            case SetQuality(level=level):
                fixed = (
                    {"mode": "auto"}
                    if level == "auto"
                    else {"mode": "fixed", "level": level, "reason": "chosen by hand"}
                )
                self.quality = self.quality.model_copy(update=fixed)
            case _:
                pass

    async def _welcome(self, socket: WebSocket, hello: m.Hello) -> None:
        if self.holds_welcome:
            return
        if self.token is not None and hello.token != self.token:
            await self._send(
                socket,
                m.Error(
                    code="unauthorized", message="The token is missing or wrong", hint="Ask for a link", fatal=True
                ),
            )
            return
        if self.refusal is not None:
            await self._send(socket, self.refusal)
            return
        await self._send(
            socket,
            m.Welcome(
                protocol=self.protocol,
                version="0.1.0",
                peer_id=hello.peer_id or f"peer{len(self.received)}",
                room_id="lab",
                server_time_s=time.monotonic(),
                scene=self._scene(),
                status=self._status(),
                look=self.look,
            ),
        )

    async def _offered(self, socket: WebSocket, sdp: str) -> None:
        if self.answer == "silent":
            return
        pc = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        self._sockets[socket] = pc
        self._peers.append(pc)

        @pc.on("datachannel")
        def opened(channel: Any) -> None:
            @channel.on("message")
            def heard(text: str) -> None:
                message = m.parse_pointer_input(text)
                self._note(message)
                self._spawn(self._applied(socket, getattr(message, "seq", 0)))

        pc.addTrack(DrawnTrack(self.moving))
        await pc.setRemoteDescription(RTCSessionDescription(sdp, "offer"))
        await pc.setLocalDescription(await pc.createAnswer())
        answer = pc.localDescription.sdp
        if self.answer == "no_video":
            answer = answer.replace(answer[answer.index("m=video ") :].split(" ", 2)[1], "0", 1)
        await self._send(socket, m.Answer(sdp=answer))
        await self._send(socket, m.StreamInfo(rtp_origin=RTP_ORIGIN, codec="H.264"))

    async def _applied(self, socket: WebSocket, seq: int) -> None:
        await self._send(socket, m.Applied(seq=seq, captured_s=time.monotonic()))

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(0.25)
            if self.simulation["state"] == "running":
                self._time_s += 0.25 * self.simulation.get("real_time_factor", 1.0)
            await self._broadcast(self._status())

    def _status(self) -> Status:
        self._newest_s = max(self._newest_s, self._time_s)
        history = HistoryStatus(newest_s=self._newest_s, at_s=self._time_s, states=700, bytes=200_000, max_bytes=2**26)
        told = {"time_s": self._time_s, "timestep_s": 0.002, "settings": self.time.revision, "history": history}
        simulation = SimulationStatus(**{**told, **self.simulation})
        return Status(
            simulation=simulation,
            camera=self.camera,
            quality=self.quality,
            picture=self.picture,
            selection=self.selection,
            peers=self.peers,
            server_time_s=time.monotonic(),
        )

    def _scene(self) -> m.SceneUpdated:
        return m.SceneUpdated(
            name=self._preset or "scene",
            title=self._title,
            preset=self._preset,
            scene_id=self._scene_id,
            model_info=self._model,
        )

    async def _broadcast(self, message: m.Message) -> None:
        for socket in list(self._sockets):
            await self._send(socket, message)

    async def _send(self, socket: WebSocket, message: m.Message) -> None:
        try:
            await socket.send_text(message.model_dump_json())
        except (WebSocketDisconnect, RuntimeError):
            self._sockets.pop(socket, None)

    def _spawn(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
