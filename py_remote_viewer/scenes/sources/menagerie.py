"""MuJoCo Menagerie: robots by name, from a folder, from the cache, or downloaded. In the helper process.

The package `mujoco-menagerie` knows every robot, checks what it downloads against the hash it brings, and keeps it. A
folder (a checkout) is used in its place, and needs no package.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from py_remote_viewer.errors import EngineFailed, SceneNotFound
from py_remote_viewer.scenes.sources.packing import pack_folder
from py_remote_viewer.scenes.sources.wire import CatalogueEntry, Made, SourceSettings


def entries(settings: SourceSettings) -> tuple[CatalogueEntry, ...]:
    """Every robot that can be shown."""
    if settings.menagerie_dir:
        return tuple(_of_folder(folder) for folder in _folders(settings))
    import mujoco_menagerie as menagerie

    cache = _cache(menagerie, settings)
    found = [_of_robot(robot, cache.is_cached(robot)) for robot in menagerie.robots()]
    return tuple(entry for entry in found if entry.download_bytes is None or not settings.offline)


def make(name: str, settings: SourceSettings, pack: BinaryIO, progress: Callable[[int, int], None]) -> Made:
    """Put the robot `name` (or `name/model`) into `pack`, downloading it first where it is not here.

    Raises:
        SceneNotFound: no robot, or no model of it, has that name.
        EngineFailed: it cannot be downloaded.
    """
    robot, _, model = name.partition("/")
    if settings.menagerie_dir:
        folder = next((one for one in _folders(settings) if one.name == robot), None)
        if folder is None:
            raise SceneNotFound(f"there is no robot {robot[:64]!r} in the folder", hint="See GET /api/scene/catalogue.")
        return _made(folder, _root(folder, model), _title(robot), pack)
    return _downloaded(robot, model, settings, pack, progress)


def _downloaded(
    robot: str, model: str, settings: SourceSettings, pack: BinaryIO, progress: Callable[[int, int], None]
) -> Made:
    import mujoco_menagerie as menagerie

    try:
        known = menagerie.get(robot)
        entry = known.entry(model or None)
    except menagerie.MenagerieError as exc:
        raise SceneNotFound(str(exc)[:300], hint="See GET /api/scene/catalogue.") from exc
    cache = _cache(menagerie, settings)
    if settings.offline and not cache.is_cached(known):
        raise EngineFailed(
            f"{known.display_name} is not here yet, and this server downloads nothing (VIEWER_OFFLINE)",
            hint="Show a robot of the catalogue: those are here.",
        )
    try:
        path = known.path(cache, lambda _, done, total: progress(done, total))
    except (menagerie.MenagerieError, OSError) as exc:
        raise EngineFailed(
            f"{known.display_name} could not be downloaded: {str(exc)[:300]}",
            hint="Try again; whoever runs the server can name a mirror: VIEWER_MENAGERIE_URL.",
        ) from exc
    return _made(path, entry.file, known.display_name, pack, folder_name=known.name)


def _made(path: Path, root: str, title: str, pack: BinaryIO, folder_name: str = "") -> Made:
    unpacked = pack_folder(path, pack)
    if folder_name and folder_name != path.name:  # the cache adds a hash to it
        files = (
            file.model_copy(update={"name": folder_name + file.name.removeprefix(path.name)}) for file in unpacked.files
        )
        unpacked = unpacked.model_copy(update={"files": tuple(files), "folder": folder_name})
    return Made(unpacked=unpacked, root=f"{unpacked.folder}/{root}", title=title)


def _cache(menagerie: Any, settings: SourceSettings) -> Any:
    return menagerie.Cache(dir=settings.cache or None, base_url=settings.menagerie_url or None)


def _folders(settings: SourceSettings) -> list[Path]:
    home = Path(settings.menagerie_dir).expanduser()
    try:
        return sorted(path for path in home.iterdir() if path.is_dir() and any(path.glob("*.xml")))
    except OSError as exc:
        raise SceneNotFound(
            f"the folder of robots cannot be read: {exc.strerror}", hint="See VIEWER_MENAGERIE_DIR."
        ) from exc


def _root(folder: Path, model: str) -> str:
    """The file of `model`; the scene, else the first, where it is not given."""
    names = sorted(path.name for path in folder.glob("*.xml"))
    if model:
        if f"{model}.xml" not in names:
            raise SceneNotFound(f"{folder.name} has no model {model[:64]!r}", hint=f"It has {', '.join(names)[:300]}.")
        return f"{model}.xml"
    return "scene.xml" if "scene.xml" in names else names[0]


def _of_folder(folder: Path) -> CatalogueEntry:
    return CatalogueEntry(name=folder.name, title=_title(folder.name), source="menagerie", tags=("robot",))


def _of_robot(robot: Any, here: bool) -> CatalogueEntry:
    return CatalogueEntry(
        name=robot.name,
        title=robot.display_name,
        source="menagerie",
        description=f"{robot.category.replace('_', ' ').capitalize()} of MuJoCo Menagerie.",
        tags=("robot", *robot.category.split("_")),
        license=robot.license,
        download_bytes=None if here else robot.download_size,
    )


def _title(name: str) -> str:
    return " ".join(word.capitalize() for word in name.split("_"))
