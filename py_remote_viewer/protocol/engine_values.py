"""How live values travel between the server and an engine: who wants which fields, what comes of it, and the values."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from py_remote_viewer.protocol.base import Message
from py_remote_viewer.protocol.panels import MAX_VALUES_HZ, FieldName


class WatchFields(Message):
    """What every peer of the room wants to see; replaces the one before. Nobody in it: nothing is read, nothing is sent."""

    type: Literal["watch_fields"] = "watch_fields"
    peers: dict[str, tuple[FieldName, ...]] = Field(default_factory=dict, description="peer_id to fields.")
    hz: float = Field(MAX_VALUES_HZ, gt=0, le=MAX_VALUES_HZ, description="The most that any of them wants.")


class FieldsGranted(Message):
    """What one peer gets, and why not the rest."""

    peer_id: str
    fields: tuple[str, ...]
    problems: dict[str, str] = Field(default_factory=dict)


class FieldsResolved(Message):
    """Answer to `watch_fields`, and after each new model."""

    type: Literal["fields_resolved"] = "fields_resolved"
    granted: tuple[FieldsGranted, ...]


class ValuesSampled(Message):
    """Every granted field once, as it stood at `time_s`.

    The binary part holds a JSON array for each field, one behind the other; `lengths` says how many bytes each has. So the
    server gives them to any number of peers without reading a number.
    """

    type: Literal["values_sampled"] = "values_sampled"
    time_s: float
    sampled_s: float = Field(description="Monotonic clock.")
    fields: tuple[str, ...]
    lengths: tuple[int, ...]
