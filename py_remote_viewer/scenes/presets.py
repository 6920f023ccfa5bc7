"""The scenes that come with the viewer: what they are called, what they teach, their MJCF and their pictures.

`scenes/catalogue.toml` names them; a name that is not written there reaches no file, whatever it spells. The server process
reads this module, so it must not import mujoco.
"""

from __future__ import annotations

import difflib
import tomllib
from functools import cache
from pathlib import Path

from py_remote_viewer.errors import SceneNotFound
from py_remote_viewer.protocol.scene_info import PresetInfo
from py_remote_viewer.resources import data_dir

CATALOGUE = "catalogue.toml"
_SHOWN_CHARACTERS = 64  # of a stranger's name, in messages and in the search for similar ones


@cache
def list_presets() -> tuple[PresetInfo, ...]:
    """All presets in the order of the catalogue, read once.

    Raises:
        NotFound: the installation has no `scenes/`.
    """
    entries = tomllib.loads((data_dir("scenes") / CATALOGUE).read_text(encoding="utf-8"))["preset"]
    return tuple(
        PresetInfo(
            name=entry["name"],
            title=entry["title"],
            description=entry["description"],
            tags=tuple(entry["tags"]),
            thumbnail=f"/thumbnails/{entry['name']}.jpg",
        )
        for entry in entries
    )


def preset(name: str) -> PresetInfo:
    """The preset called exactly `name`.

    Raises:
        SceneNotFound: the catalogue has none; the hint names the nearest.
    """
    found = _by_name().get(name)
    if found is None:
        shown = name[:_SHOWN_CHARACTERS]
        raise SceneNotFound(f"there is no preset {shown!r}", hint=_nearest(shown))
    return found


@cache
def _by_name() -> dict[str, PresetInfo]:
    return {entry.name: entry for entry in list_presets()}


def _nearest(name: str) -> str:
    """What to try instead: similar names, or all of them."""
    names = list(_by_name())
    similar = difflib.get_close_matches(name.lower(), names, n=3, cutoff=0.5)
    if similar:
        return f"Did you mean {' or '.join(similar)}?"
    return f"The presets are {', '.join(names)}."


def preset_xml(name: str) -> str:
    """MJCF of a preset: self-contained, no include and no file.

    Raises:
        SceneNotFound: no preset of that name.
    """
    return _xml_of(preset(name).name)


@cache
def _xml_of(known: str) -> str:
    """Cached by names from the catalogue only, so strangers cannot fill the cache."""
    return (data_dir("scenes") / f"{known}.xml").read_text(encoding="utf-8")


def thumbnail_path(name: str) -> Path:
    """The JPEG, 320x180, that `PresetInfo.thumbnail` is the address of.

    Raises:
        SceneNotFound: no preset of that name.
    """
    return data_dir("scenes") / "thumbnails" / f"{preset(name).name}.jpg"
