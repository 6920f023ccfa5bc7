"""What the server asks the helper process, and what it says, a line of JSON at a time."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from py_remote_viewer.protocol.base import Message
from py_remote_viewer.scenes.uploads.wire import Unpacked

SourceName = Literal["menagerie", "dm_control", "gymnasium"]


class CatalogueEntry(Message):
    """One model that can be shown by name."""

    name: str = Field(description="What `preset` of POST /api/scene/load takes.", examples=["unitree_go2"])
    title: str
    source: SourceName
    description: str = ""
    tags: tuple[str, ...] = ()
    license: str = ""
    download_bytes: int | None = Field(None, description="What showing it downloads first; null: nothing.")


class SourceSettings(Message):
    """Where models come from, as the operator set it."""

    menagerie_dir: str = ""
    menagerie_url: str = ""
    offline: bool = False
    cache: str = ""


class HelperRequest(Message):
    """List a source, or put the model `name` of it into a pack."""

    source: SourceName
    name: str | None = None
    settings: SourceSettings


class Progress(Message):
    """A download stands here."""

    type: Literal["progress"] = "progress"
    done_bytes: int
    total_bytes: int


class Listed(Message):
    """All models of the source."""

    type: Literal["listed"] = "listed"
    entries: tuple[CatalogueEntry, ...]


class Made(Message):
    """The model's files are in the pack."""

    type: Literal["made"] = "made"
    unpacked: Unpacked
    root: str
    title: str


class Refused(Message):
    """It cannot be; the fields of `errors.ViewerError`."""

    type: Literal["refused"] = "refused"
    error: dict[str, Any]


HelperLine = Progress | Listed | Made | Refused
helper_line: TypeAdapter[HelperLine] = TypeAdapter(Annotated[HelperLine, Field(discriminator="type")])
