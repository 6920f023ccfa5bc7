"""Where a scene comes from, and what a room keeps of the one it shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from py_remote_viewer.errors import MessageInvalid, SceneChanged
from py_remote_viewer.protocol.messages import SceneUpdated
from py_remote_viewer.protocol.scene_edits import KeptPose
from py_remote_viewer.protocol.scene_info import ModelInfo
from py_remote_viewer.rooms.parts import Compiler
from py_remote_viewer.scenes.compiled import CompiledScene


class Compilable(Protocol):
    """Anything that a scene can be made of."""

    async def compile(self, compiler: Compiler) -> CompiledScene:
        """Make it. Raises ViewerError."""


@dataclass(frozen=True, slots=True)
class SceneSource:
    """Exactly one of a preset's name, MJCF text and a file of the operator's."""

    preset: str | None = None
    xml: str | None = None
    file: Path | None = None
    name: str | None = None

    def __post_init__(self) -> None:
        if sum(given is not None for given in (self.preset, self.xml, self.file)) != 1:
            raise MessageInvalid("give exactly one of preset and xml", hint='For example {"preset": "pendulum"}.')

    async def compile(self, compiler: Compiler) -> CompiledScene:
        """Compile it. Raises SceneInvalid, SceneNotFound."""
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
    kept: KeptPose | None = None

    @classmethod
    def of(cls, scene: CompiledScene, scene_id: int, by: str | None) -> ShownScene:
        """Note what `scene` is, before it is handed over."""
        return cls(scene_id, scene.name, scene.title, scene.preset, scene.info, scene.xml, by, scene.warnings)

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
