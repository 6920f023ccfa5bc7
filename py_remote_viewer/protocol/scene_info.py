"""What a compiled scene is, in numbers and names: made by the compile child, carried by every layer, shown by the page."""

from __future__ import annotations

from pydantic import Field

from py_remote_viewer.protocol.base import Message

NAMES_LIMIT = 512


class ModelInfo(Message):
    """Sizes and names of an `MjModel`; the names as MuJoCo spells them, at most `NAMES_LIMIT` of a kind."""

    name: str = Field(description="The model's own name, or the preset's, or the file's.")
    nbody: int
    nq: int
    nv: int
    nu: int
    ngeom: int
    timestep_s: float
    nmeshface: int = 0
    cameras: tuple[str, ...] = ()
    keyframes: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()


class PresetInfo(Message):
    """One entry of the Scenes panel."""

    name: str = Field(description="What `preset` takes: lower case, words joined by `_`.")
    title: str
    description: str
    tags: tuple[str, ...] = ()
    thumbnail: str = Field(description="URL path of a rendered picture, 320x180.")
