"""The domains and tasks of the dm_control suite, when the package is installed. In the helper process.

A task builds its MJCF in Python, so it is loaded as its users load it, and what it hands to MuJoCo is taken.
"""

from __future__ import annotations

import os
from pathlib import PurePosixPath
from typing import Any, BinaryIO

from py_remote_viewer.errors import SceneNotFound
from py_remote_viewer.scenes.sources.packing import pack_bytes
from py_remote_viewer.scenes.sources.wire import CatalogueEntry, Made

PREFIX = "dm_control:"


def _suite() -> Any:
    os.environ["MUJOCO_GL"] = "disable"  # it draws nothing here
    from dm_control import suite

    return suite


def entries() -> tuple[CatalogueEntry, ...]:
    """Every task of every domain; a domain's name alone stands for its first."""
    return tuple(
        CatalogueEntry(
            name=f"{PREFIX}{domain}/{task}",
            title=f"{_words(domain)}: {_words(task).lower()}",
            source="dm_control",
            description="A task of the dm_control suite.",
            tags=("dm_control", domain, task),
            license="Apache-2.0",
        )
        for domain, task in _suite().ALL_TASKS
    )


def make(name: str, pack: BinaryIO) -> Made:
    """Put the model of `domain` or `domain/task` into `pack`. Raises SceneNotFound."""
    suite = _suite()
    domain, _, wanted = name.removeprefix(PREFIX).partition("/")
    tasks = [task for one, task in suite.ALL_TASKS if one == domain]
    task = wanted or next(iter(tasks), "")
    if task not in tasks:
        raise SceneNotFound(
            f"the suite has no {domain[:40]}/{wanted[:40]}" if tasks else f"the suite has no domain {domain[:40]!r}",
            hint=f"There are {', '.join(tasks or sorted({one for one, _ in suite.ALL_TASKS}))}.",
        )
    xml, assets = _given_to_mujoco(suite, domain, task)
    root = f"{domain}.xml"
    files = {root: xml} | {str(PurePosixPath(name)): data for name, data in assets.items()}
    return Made(unpacked=pack_bytes(files, domain, pack), root=root, title=f"{_words(domain)}: {_words(task).lower()}")


def _given_to_mujoco(suite: Any, domain: str, task: str) -> tuple[bytes, dict[str, bytes]]:
    """MJCF and files of the task's model."""
    from dm_control.mujoco import engine

    given: list[tuple[bytes, dict[str, bytes]]] = []
    original = engine.Physics.from_xml_string.__func__

    def note(cls: Any, xml_string: str | bytes, assets: Any = None) -> Any:
        xml = xml_string.encode() if isinstance(xml_string, str) else xml_string
        given.append((xml, {key: _as_bytes(value) for key, value in (assets or {}).items()}))
        return original(cls, xml_string, assets)

    engine.Physics.from_xml_string = classmethod(note)
    suite.load(domain, task)
    return given[-1]


def _as_bytes(value: str | bytes) -> bytes:
    return value.encode() if isinstance(value, str) else value


def _words(name: str) -> str:
    text = name.replace("_", " ")
    return text[:1].upper() + text[1:]
