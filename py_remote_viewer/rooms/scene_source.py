"""Where a scene comes from, and what a room keeps of the one it shows."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from py_remote_viewer.errors import MessageInvalid, SceneChanged
from py_remote_viewer.protocol.loading_messages import LoadProgress
from py_remote_viewer.protocol.messages import SceneUpdated
from py_remote_viewer.protocol.scene_edits import KeptPose
from py_remote_viewer.protocol.scene_info import ModelInfo
from py_remote_viewer.rooms.load_report import LoadReport
from py_remote_viewer.rooms.parts import Compiler
from py_remote_viewer.scenes.compiled import CompiledScene, UploadOrigin
from py_remote_viewer.scenes.uploads.store import HeldUpload


class Compilable(Protocol):
    """Anything that a scene can be made of."""

    def here(
        self, compiler: Compiler, tell: Callable[[LoadProgress], None], /
    ) -> AbstractAsyncContextManager[Compilable]:
        """The same with everything it needs on this machine, as long as the context lasts. Raises ViewerError."""

    async def compile(self, compiler: Compiler) -> CompiledScene:
        """Make it. Raises ViewerError."""


@dataclass(frozen=True, slots=True)
class SceneSource:
    """Exactly one of a preset's name, MJCF text, a file of the operator's and an upload; text may stand in for a file of one.

    Attributes:
        upload: held by whoever made this, for as long as it is used.
        root: the file of the upload that is the model; chosen where it is not given.
        called: its name in the catalogue, when it has one.
    """

    preset: str | None = None
    xml: str | None = None
    file: Path | None = None
    name: str | None = None
    upload: HeldUpload | None = None
    root: str | None = None
    called: str | None = None

    def __post_init__(self) -> None:
        text = None if self.upload is not None else self.xml
        if sum(given is not None for given in (self.preset, text, self.file, self.upload)) != 1:
            raise MessageInvalid("give exactly one of preset and xml", hint='For example {"preset": "pendulum"}.')

    @asynccontextmanager
    async def here(self, compiler: Compiler, tell: Callable[[LoadProgress], None]) -> AsyncIterator[SceneSource]:
        """The same with everything it needs on this machine, for as long as the block runs.

        Raises:
            SceneNotFound, RoomBusy, EngineFailed, TooLarge: a model of the catalogue cannot be had.
        """
        if self.preset is None:
            yield self
            return
        with LoadReport(self.preset, tell) as report:
            fetched = await compiler.fetch(self.preset, lambda done, total: report.at("download", done, total))
            if fetched is None:
                yield self
                return
            report.at("compile")
            try:
                yield replace(
                    self, preset=None, upload=fetched.upload, root=fetched.root, name=fetched.title, called=self.preset
                )
            finally:
                fetched.upload.close()

    async def compile(self, compiler: Compiler) -> CompiledScene:
        """Compile it. Raises SceneInvalid, SceneNotFound."""
        if self.upload is not None:
            scene = await compiler.compile_upload(self.upload, root=self.root, text=self.xml, name=self.name)
            scene.preset = self.called
            return scene
        if self.preset is not None:
            return await compiler.compile_preset(self.preset)
        if self.file is not None:
            return await compiler.compile_file(self.file)
        assert self.xml is not None
        return await compiler.compile_xml(self.xml, name=self.name)


@dataclass(frozen=True, slots=True)
class Exchange:
    """How a scene takes the place of the one before it.

    Attributes:
        keep_pose: go on where that one stands, as far as the models agree.
        based_on: `scene_id` of the scene that it was made from; when another one is shown by then, it is refused.
    """

    keep_pose: bool = False
    based_on: int | None = None

    def require_base(self, shown: ShownScene | None) -> None:
        """Raise SceneChanged when `shown` is not what it is based on."""
        if self.based_on is None or shown is None or shown.scene_id == self.based_on:
            return
        raise SceneChanged(
            f"another scene was loaded meanwhile: {shown.title}",
            hint="Look at it first, or load yours all the same by leaving out based_on.",
            scene_id=shown.scene_id,
            title=shown.title,
            by=shown.by,
        )


AS_NEW = Exchange()


@dataclass(frozen=True, slots=True)
class ShownScene:
    """What the room shows, without the model itself: that belongs to the engine's supervisor.

    Attributes:
        scene_id: counts the room's scenes from 1.
        by: peer_id of who loaded it; None for the server and REST.
        origin: where it comes from, when that is an upload; the engine's supervisor keeps that one from going away.
        kept: what goes on where the scene before it stood; None where that was not asked for.
    """

    scene_id: int
    name: str
    title: str
    preset: str | None
    info: ModelInfo
    xml: str | None
    by: str | None
    warnings: tuple[str, ...] = field(default_factory=tuple)
    origin: UploadOrigin | None = None
    kept: KeptPose | None = None

    @classmethod
    def of(cls, scene: CompiledScene, scene_id: int, by: str | None) -> ShownScene:
        """Note what `scene` is, before it is handed over."""
        return cls(
            scene_id, scene.name, scene.title, scene.preset, scene.info, scene.xml, by, scene.warnings, scene.origin
        )

    def message(self) -> SceneUpdated:
        """For the peers."""
        return SceneUpdated(
            name=self.name,
            title=self.title,
            preset=self.preset,
            scene_id=self.scene_id,
            model_info=self.info,
            by=self.by,
            kept=self.kept,
        )
