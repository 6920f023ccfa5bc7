"""Where a scene comes from, and what a room keeps of the one it shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from py_remote_viewer.errors import MessageInvalid
from py_remote_viewer.protocol.messages import SceneUpdated
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
class ShownScene:
    """What the room shows, without the model itself: that belongs to the engine's supervisor.

    Attributes:
        scene_id: counts the room's scenes from 1.
        by: peer_id of who loaded it; None for the server and REST.
    """

    scene_id: int
    name: str
    title: str
    preset: str | None
    info: ModelInfo
    xml: str | None
    by: str | None
    warnings: tuple[str, ...] = field(default_factory=tuple)

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
        )
