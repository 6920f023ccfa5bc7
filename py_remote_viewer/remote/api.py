"""The server's REST routes as calls: one small method each, answering with the type that the route itself answers with.

Work without joining the room: asking how a server is wakes no simulation. `remote/room.py` joins.
"""

from __future__ import annotations

import asyncio
import urllib.parse
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from py_remote_viewer.errors import SceneNotFound
from py_remote_viewer.protocol.recording import Recording
from py_remote_viewer.protocol.scene_info import PresetInfo
from py_remote_viewer.remote.http import TIMEOUT_S, Server
from py_remote_viewer.web.answers import (
    Config,
    CurrentScene,
    Health,
    Keyframe,
    Presets,
    SceneCreate,
    SceneCreated,
    SceneLoad,
    SceneLoaded,
    SceneParameters,
    SimulationOptions,
    Stats,
)
from py_remote_viewer.web.model_answers import ModelFacts
from py_remote_viewer.web.recording_answers import Recordings, RecordingStart

T = TypeVar("T", bound=BaseModel)
LOAD_LIMIT_S = 90.0


class Api:
    """One server. Every method raises Unreachable when it does not answer, and the server's own refusal otherwise."""

    def __init__(self, url: str, token: str | None = None) -> None:
        """`url`: as the server printed it; its `#token=…` counts when `token` is not given."""
        self.server = Server(url, token)

    async def health(self) -> Health:
        """Whether it works; needs no token."""
        return await self.get("/api/health", Health)

    async def config(self) -> Config:
        """Its settings."""
        return await self.get("/api/config", Config)

    async def stats(self) -> Stats:
        """Everything that is counted, and where the simulation stands."""
        return await self.get("/api/stats", Stats)

    async def presets(self) -> list[PresetInfo]:
        """Scenes that come with it."""
        return (await self.get("/api/scene/presets", Presets)).presets

    async def current(self) -> CurrentScene:
        """The scene that runs."""
        return await self.get("/api/scene/current", CurrentScene)

    async def load(
        self, preset: str | None = None, *, xml: str | None = None, file: Path | None = None, name: str | None = None
    ) -> SceneLoaded:
        """Swap the scene for everybody: one of a preset's name, MJCF text, and a file with MJCF that names no other file.

        Returns:
            When its first picture is out.

        Raises:
            SceneInvalid: it does not compile; the message has MuJoCo's words and the line.
            SceneNotFound: no such preset or file.
        """
        if file is not None:
            xml, name = await asyncio.to_thread(_read, file), name or file.stem
        wanted = SceneLoad(preset=preset, xml=xml, name=name)
        return await self.post("/api/scene/load", wanted, SceneLoaded, timeout_s=LOAD_LIMIT_S)

    async def create(
        self, prompt: str, *, parameters: SceneParameters | None = None, seed: int | None = None, apply: bool = True
    ) -> SceneCreated:
        """Make a scene from a sentence; `apply=False` shows it to nobody.

        Raises:
            SceneInvalid: it cannot be made; the hint says what can.
        """
        wanted = SceneCreate(prompt=prompt, parameters=parameters or SceneParameters(), seed=seed, apply=apply)
        return await self.post("/api/scene/create", wanted, SceneCreated, timeout_s=LOAD_LIMIT_S)

    async def keyframe(self, name: str = "") -> str:
        """The state as it stands, as a `<key>` element of MJCF."""
        return (await self.get("/api/simulation/keyframe", Keyframe, name=name)).xml

    async def details(self) -> ModelFacts:
        """The running model, by name: bodies, joints, actuators, sensors and more; at most 2000 of each."""
        return await self.get("/api/scene/details", ModelFacts)

    async def options(self) -> SimulationOptions:
        """Physics options, noise and keyframes, as they are now."""
        return await self.get("/api/simulation/options", SimulationOptions)

    async def screenshot(self, /, **wish: str | int) -> bytes:
        """The view drawn anew, as the bytes of a file.

        Args:
            wish: as `GET /api/screenshot` takes it: `width`, `height`, `kind` (`color`, `depth`, `segmentation`), `format`
                (`png`, `npy`, `json`), `quality`.
        """
        return await self.get_bytes("/api/screenshot", **{name: str(value) for name, value in wish.items()})

    async def recordings(self) -> list[Recording]:
        """What was recorded, newest first."""
        return (await self.get("/api/recordings", Recordings)).recordings

    async def record(self, *, video: bool = True, trajectory: bool = False, limit_s: float | None = None) -> Recording:
        """Record from now on, until `stop_recording` or for `limit_s`."""
        wanted = RecordingStart(video=video, trajectory=trajectory, limit_s=limit_s)
        return await self.post("/api/recordings", wanted, Recording)

    async def stop_recording(self, recording_id: str) -> Recording:
        """End a recording; its files are whole when this returns."""
        return await self.post(f"/api/recordings/{recording_id}/stop", None, Recording)

    async def recording_file(self, recording_id: str, name: str) -> bytes:
        """One file of a recording, by a name from its `files`."""
        return await self.get_bytes(f"/api/recordings/{recording_id}/files/{name}")

    async def delete_recording(self, recording_id: str) -> None:
        """With all its files."""
        await asyncio.to_thread(self.server.fetch, "DELETE", f"/api/recordings/{recording_id}")

    # --- for new routes ----------------------------------------------------------------------------------------------

    async def get(self, path: str, answer: type[T], **query: str) -> T:
        """A GET whose answer is `answer`."""
        return answer.model_validate(await asyncio.to_thread(self.server.ask, "GET", _with(path, query)))

    async def post(self, path: str, body: BaseModel | None, answer: type[T], *, timeout_s: float = TIMEOUT_S) -> T:
        """A POST of `body` whose answer is `answer`."""
        given: Any = body.model_dump(mode="json", exclude_none=True) if body is not None else {}
        return answer.model_validate(await asyncio.to_thread(self.server.ask, "POST", path, given, timeout_s=timeout_s))

    async def get_bytes(self, path: str, **query: str) -> bytes:
        """A GET of a file: a picture, a recording, a model."""
        return await asyncio.to_thread(self.server.fetch, "GET", _with(path, query))

    async def post_bytes(self, path: str, data: bytes, kind: str, answer: type[T], **query: str) -> T:
        """A POST of a file of the content type `kind`."""
        reply = await asyncio.to_thread(self.server.fetch, "POST", _with(path, query), data, kind)
        return answer.model_validate_json(reply)


def _with(path: str, query: dict[str, str]) -> str:
    return path + (f"?{urllib.parse.urlencode(query)}" if query else "")


def _read(file: Path) -> str:
    try:
        return file.expanduser().read_text(encoding="utf-8")
    except OSError as exc:
        raise SceneNotFound(f"{file} cannot be read: {exc.strerror}", hint="Give the path of an MJCF file.") from exc
    except UnicodeDecodeError as exc:
        raise SceneNotFound(f"{file} is no text: {exc.reason}", hint="Give the path of an MJCF file.") from exc
