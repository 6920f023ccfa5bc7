"""What `client/mjcf-schema.json` says, made ready to be asked: the same tables that the page's editor completes from. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from py_remote_viewer.resources import data_dir

_ANY = {"frame", "replicate"}  # MuJoCo reads these before it looks at its schema, and minds no other attribute


@dataclass(frozen=True, slots=True)
class Takes:
    """What an attribute takes.

    Attributes:
        kind: `keyword`, `number`, `name` (of another thing, `of` that kind), `gives` (a name to this one), or `text`.
        least: numbers at least; `most` is None when any number of them is taken.
        whole: whole numbers only.
    """

    kind: str
    of: str = ""
    values: tuple[str, ...] = ()
    least: int = 0
    most: int | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """One element at its place: how often it may stand there, what it takes, and where its children are described."""

    path: str
    times: str
    attributes: Mapping[str, Takes]
    children: Mapping[str, str]
    required: tuple[str, ...] = ()
    takes_any: bool = False

    @property
    def name(self) -> str:
        """Of the element."""
        return self.path.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Tables:
    """All places by their path; `mujoco` is the root."""

    places: Mapping[str, Place] = field(default_factory=dict)

    def child(self, place: Place, name: str) -> Place | None:
        """What `name` means inside `place`; None when it may not stand there."""
        path = place.children.get(name)
        return None if path is None else self.places[path]


@cache
def tables() -> Tables:
    """Those of the installed page; read once."""
    return from_json(json.loads((data_dir("client") / "mjcf-schema.json").read_text(encoding="utf-8")))


def from_json(content: dict[str, Any]) -> Tables:
    """The tables in a file that `mjcf_export` has written."""
    types = [Takes(**{**one, "values": tuple(one.get("values", ()))}) for one in content["types"]]
    places = {
        path: Place(
            path=path,
            times=one["times"],
            attributes={name: types[index] for name, index in one["attributes"].items()},
            children=one["children"],
            required=tuple(one.get("required", ())),
            takes_any=path.rpartition("/")[2] in _ANY,
        )
        for path, one in content["elements"].items()
    }
    return Tables(places)
