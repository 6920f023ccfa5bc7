"""The MuJoCo environments of Gymnasium, when it is installed. In the helper process."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any, BinaryIO

from py_remote_viewer.errors import SceneNotFound
from py_remote_viewer.scenes.sources.packing import pack_bytes
from py_remote_viewer.scenes.sources.wire import CatalogueEntry, Made

PREFIX = "gymnasium:"
_FIRST_VERSION = 4  # those before run on another binding of MuJoCo


def _environments() -> dict[str, Any]:
    import gymnasium

    return {
        spec.id: spec
        for spec in gymnasium.registry.values()
        if str(spec.entry_point).startswith("gymnasium.envs.mujoco") and (spec.version or 0) >= _FIRST_VERSION
    }


def entries() -> tuple[CatalogueEntry, ...]:
    """The newest version of each environment; older ones can be named."""
    newest: dict[str, Any] = {}
    for spec in _environments().values():
        if spec.name not in newest or spec.version > newest[spec.name].version:
            newest[spec.name] = spec
    return tuple(
        CatalogueEntry(
            name=PREFIX + spec.id,
            title=spec.id,
            source="gymnasium",
            description="An environment of Gymnasium.",
            tags=("gymnasium", spec.name.lower()),
            license="MIT",
        )
        for spec in newest.values()
    )


def make(name: str, pack: BinaryIO) -> Made:
    """Put the model of the environment into `pack`. Raises SceneNotFound."""
    import gymnasium

    wanted = name.removeprefix(PREFIX)
    known = _environments()
    if wanted not in known:
        raise SceneNotFound(
            f"Gymnasium has no MuJoCo environment {wanted[:64]!r}", hint=f"There are {', '.join(sorted(known))}."
        )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of versions that have a newer one
        environment = gymnasium.make(wanted)
    path = Path(environment.unwrapped.fullpath)
    environment.close()
    return Made(unpacked=pack_bytes({path.name: path.read_bytes()}, path.stem, pack), root=path.name, title=wanted)
