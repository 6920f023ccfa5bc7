"""Scenes by REST: listed, loaded, uploaded, made from words, looked over, taken away."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Literal

from py_remote_viewer.errors import SceneNotFound
from py_remote_viewer.protocol.scene_info import PresetInfo
from py_remote_viewer.remote.bounds import bounded
from py_remote_viewer.remote.calls import LOAD_LIMIT_S, MOVE_LIMIT_S, Calls, OnLoad
from py_remote_viewer.remote.model_files import packed
from py_remote_viewer.web.answers import (
    CurrentScene,
    Presets,
    SceneCatalogue,
    SceneCheck,
    SceneChecked,
    SceneCreate,
    SceneCreated,
    SceneLoad,
    SceneLoaded,
    SceneParameters,
    SceneUploaded,
)
from py_remote_viewer.web.model_answers import ModelFacts

ExportFormat = Literal["xml", "mjb", "mjz", "zip"]


@bounded
class SceneCalls(Calls):
    """`/api/scene`."""

    async def presets(self) -> list[PresetInfo]:
        """Scenes that come with the server."""
        return (await self.get("/api/scene/presets", Presets)).presets

    async def catalogue(self) -> SceneCatalogue:
        """Models of MuJoCo Menagerie, dm_control and Gymnasium, as far as the server has them; `load` takes their names."""
        return await self.get("/api/scene/catalogue", SceneCatalogue)

    async def current(self) -> CurrentScene:
        """The scene that runs, with its text."""
        return await self.get("/api/scene/current", CurrentScene)

    async def details(self, *, offset: int = 0, limit: int = 2000) -> ModelFacts:
        """The running model, by name: bodies, joints, actuators, sensors and more; `limit` of each from `offset` on."""
        return await self.get("/api/scene/details", ModelFacts, offset=offset, limit=limit)

    async def load(
        self,
        preset: str | None = None,
        *,
        xml: str | None = None,
        file: Path | None = None,
        upload: str | None = None,
        root: str | None = None,
        name: str | None = None,
        keep_pose: bool = False,
        based_on: int | None = None,
        on_progress: OnLoad | None = None,
    ) -> SceneLoaded:
        """Swap the scene for everybody; returns when its first picture is out.

        Args:
            preset: of `presets` or `catalogue`. One of this, `xml`, `file` and `upload`.
            xml: MJCF. With `upload` it stands in for that one's `root`.
            file: with MJCF that names no other file; `upload()` brings those along.
            upload: what `upload()` answered as `upload`.
            root: the file of the upload that is the model.
            name: what people call it.
            keep_pose: go on where the scene before it stands, as far as the models agree.
            based_on: the `scene_id` that it was made from, whose files `xml` may name; refused when another one is shown.
            on_progress: in a room that was joined, told how each of its loads stands meanwhile: downloads take a while.

        Raises:
            SceneInvalid: it does not compile; the message has MuJoCo's words and the line.
            SceneNotFound: no such preset, upload or file.
            SceneChanged: as `based_on`.
        """
        if file is not None:
            xml, name = await asyncio.to_thread(read_text, file), name or file.stem
        wanted = SceneLoad(
            preset=preset, xml=xml, name=name, upload=upload, root=root, keep_pose=keep_pose, based_on=based_on
        )
        limit_s = LOAD_LIMIT_S if preset is None else MOVE_LIMIT_S  # a model of the catalogue may be downloaded first
        with self.telling(on_progress):
            return await self.post("/api/scene/load", wanted, SceneLoaded, timeout_s=limit_s)

    async def upload(
        self, path: str | Path, *, root: str | None = None, on_progress: OnLoad | None = None
    ) -> SceneUploaded:
        """Bring a model of this machine with its files, and show it to everybody.

        Args:
            path: an archive, a folder, or a model (`.xml`, `.urdf`, `.mjb`) with those files of its folder that it names.
            root: the file that is the model, where there are several.
            on_progress: as in `load`.

        Raises:
            SceneNotFound: it cannot be read.
            SceneInvalid: it does not compile; `details` has `upload`, `roots` and, when files did not come, `missing`.
            TooLarge: larger than the server takes.
        """
        async with packed(path) as made:
            wish = {"name": made.name, "root": root or made.root}
            with self.telling(on_progress):
                return await self.post_file("/api/scene/upload", made.file, SceneUploaded, **wish)

    async def create(
        self,
        prompt: str,
        *,
        parameters: SceneParameters | None = None,
        seed: int | None = None,
        apply: bool = True,
        engine: Literal["auto", "grammar", "llm"] = "auto",
    ) -> SceneCreated:
        """Make a scene from a sentence; `apply=False` shows it to nobody.

        Raises:
            SceneInvalid: it cannot be made; the hint says what can.
        """
        wanted = SceneCreate(
            prompt=prompt, parameters=parameters or SceneParameters(), seed=seed, apply=apply, engine=engine
        )
        return await self.post("/api/scene/create", wanted, SceneCreated, timeout_s=LOAD_LIMIT_S)

    async def edit(self, prompt: str, *, seed: int | None = None, apply: bool = True) -> SceneCreated:
        """Change the scene that is shown by a sentence: "make the red box twice as big". Raises as `create`."""
        return await self.create(prompt, parameters=SceneParameters(mode="edit"), seed=seed, apply=apply)

    async def check(self, xml: str, *, based_on: int | None = None) -> SceneChecked:
        """All that is wrong with MJCF, and nothing shown; `based_on` as in `load`."""
        return await self.post("/api/scene/check", SceneCheck(xml=xml, based_on=based_on), SceneChecked)

    async def export(self, format: ExportFormat = "zip") -> bytes:
        """The scene as a file: its text, the compiled model (`mjb`), or the text with its files (`zip`, `mjz`)."""
        return await self.get_bytes("/api/scene/export", format=format)


def read_text(file: Path) -> str:
    """MJCF of this machine. Raises SceneNotFound."""
    try:
        return file.expanduser().read_text(encoding="utf-8")
    except OSError as exc:
        raise SceneNotFound(f"{file} cannot be read: {exc.strerror}", hint="Give the path of an MJCF file.") from exc
    except UnicodeDecodeError as exc:
        raise SceneNotFound(f"{file} is no text: {exc.reason}", hint="Give the path of an MJCF file.") from exc
