"""Models by name that others publish, as the server sees them: what there is, and how to get one. Imports none of them."""

from __future__ import annotations

import asyncio
import difflib
import logging
import os
import sys
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import get_args

from pydantic import ValidationError

from py_remote_viewer.config import Settings
from py_remote_viewer.errors import EngineFailed, RoomBusy, SceneNotFound, from_fields
from py_remote_viewer.scenes.sources.wire import (
    CatalogueEntry,
    HelperLine,
    HelperRequest,
    Listed,
    Made,
    Progress,
    Refused,
    SourceName,
    SourceSettings,
    helper_line,
)
from py_remote_viewer.scenes.uploads.store import AssetStore, HeldUpload
from py_remote_viewer.scenes.uploads.threads import in_thread, threaded

log = logging.getLogger(__name__)

AT_ONCE = 2
MAX_WAITING = 6
SILENCE_S = 90.0  # of a helper: the package's own downloads give up after 60
MAX_LINE_BYTES = 4 * 2**20
_PACKAGES: dict[SourceName, tuple[str, ...]] = {  # what is imported: what `pip install` below brings
    "menagerie": ("mujoco_menagerie",),
    "dm_control": ("dm_control",),
    "gymnasium": ("gymnasium", "imageio"),
}
INSTALLS: dict[SourceName, str] = {
    "menagerie": "mujoco-menagerie",
    "dm_control": "dm_control",
    "gymnasium": "'gymnasium[mujoco]'",
}
OnBytes = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Fetched:
    """A model by name, here. `upload` belongs to the receiver."""

    upload: HeldUpload
    root: str
    title: str


def catalogue_of(settings: Settings) -> Catalogue:
    """The catalogue of a server with these settings, over its store."""
    store = AssetStore(settings.asset_folder, settings.asset_store_mb * 2**20)
    sources = SourceSettings(
        menagerie_dir=settings.menagerie_dir,
        menagerie_url=settings.menagerie_url,
        offline=settings.offline,
        cache=str(settings.asset_folder.parent / "menagerie"),
    )
    return Catalogue(store, sources)


class Catalogue:
    """One per server; on the event loop."""

    def __init__(self, store: AssetStore, settings: SourceSettings) -> None:
        self.store = store
        self._settings = settings
        self._listed: dict[SourceName, tuple[CatalogueEntry, ...]] = {}
        self._here: dict[str, tuple[str, str, str]] = {}  # name: upload, root, title
        self._lists = asyncio.Lock()
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._names: dict[str, asyncio.Lock] = {}
        self._in_line = 0

    def sources(self) -> list[SourceName]:
        """Those that this machine has."""
        return [name for name in get_args(SourceName) if self._installed(name)]

    def _installed(self, source: SourceName) -> bool:
        if source == "menagerie" and self._settings.menagerie_dir:
            return True
        return all(find_spec(package) is not None for package in _PACKAGES[source])

    async def entries(self) -> list[CatalogueEntry]:
        """All models of all sources; the first time takes as long as importing them. A source that fails is left out."""
        async with self._lists:
            for source in self.sources():
                if source not in self._listed:
                    try:
                        self._listed[source] = await self._list(source)
                    except (EngineFailed, SceneNotFound) as exc:
                        log.warning("no models of %s: %s %s", source, exc, exc.hint)
                        self._listed[source] = ()
        return [entry for entries in self._listed.values() for entry in entries]

    async def _list(self, source: SourceName) -> tuple[CatalogueEntry, ...]:
        async with self._helper(HelperRequest(source=source, settings=self._settings)) as lines:
            async for line in lines:
                if isinstance(line, Listed):
                    return line.entries
        raise EngineFailed(f"the helper for {source} said nothing", hint="The server's log says why.")

    def source_of(self, name: str) -> SourceName | None:
        """Where `name` would come from; None when no source of this machine takes such names."""
        prefix, colon, _ = name.partition(":")
        source: SourceName = "menagerie"
        if colon:
            if prefix not in get_args(SourceName):
                return None
            source = prefix  # type: ignore[assignment]
        return source if self._installed(source) else None

    async def require_known(self, name: str, others: Iterable[str] = ()) -> None:
        """Raise SceneNotFound, with the nearest names of models and of `others`, unless something may be called `name`."""
        plain = name.removeprefix("menagerie:").partition("/")[0]
        known = [entry.name for entry in await self.entries()]
        if not any(plain in (one, one.partition("/")[0]) for one in known) and self.source_of(name) == "menagerie":
            near = difflib.get_close_matches(plain[:64].lower(), [*others, *known], n=3, cutoff=0.5)
            listed = f"Presets: {', '.join(others)}. Robots: GET /api/scene/catalogue."
            hint = f"Did you mean {' or '.join(near)}?" if near else listed
            raise SceneNotFound(f"nothing is called {plain[:64]!r}", hint=hint)

    async def fetch(self, name: str, on_bytes: OnBytes, others: Iterable[str] = ()) -> Fetched:
        """The model `name`, downloaded first where it is not here.

        Args:
            name: as `entries` has it; `unitree_go2/go2` is another model of the same robot.
            on_bytes: told how a download stands: bytes that are here, bytes in all.
            others: further names that a hint may suggest.

        Raises:
            SceneNotFound: nothing is called so; the hint names the nearest.
            RoomBusy: too many are being fetched.
            EngineFailed: it cannot be had.
            TooLarge: there is no room for it.
        """
        source = self.source_of(name)
        if source is None:
            raise _no_source(name)
        if self._in_line >= AT_ONCE + MAX_WAITING:
            raise RoomBusy("too many models are being fetched", hint="Try again in a moment.")
        self._in_line += 1
        lock = self._names.setdefault(name, asyncio.Lock())
        try:
            async with lock:
                if (here := await self._still_here(name)) is not None:
                    return here
                await self.require_known(name, others)
                async with self._slots:
                    return await self._fetch(source, name, on_bytes)
        finally:
            self._in_line -= 1
            if not lock.locked():
                self._names.pop(name, None)

    async def _still_here(self, name: str) -> Fetched | None:
        if name not in self._here:
            return None
        upload_id, root, title = self._here[name]
        try:
            return Fetched(await in_thread(lambda: self.store.hold(upload_id), HeldUpload.close), root, title)
        except Exception as exc:
            log.debug("%s is no longer kept: %s", name, exc)
            return None

    async def _fetch(self, source: SourceName, name: str, on_bytes: OnBytes) -> Fetched:
        request = HelperRequest(source=source, name=name.removeprefix("menagerie:"), settings=self._settings)
        made: Made | None = None
        async with threaded(self.store.new_pack()) as pack:
            async with self._helper(request, pack.file.fileno()) as lines:
                async for line in lines:
                    if isinstance(line, Progress):
                        on_bytes(line.done_bytes, line.total_bytes)
                    elif isinstance(line, Made):
                        made = line
            if made is None:
                raise EngineFailed(f"{name[:64]} could not be had", hint="The server's log says why.")
            unpacked = made.unpacked
            upload = await in_thread(lambda: pack.keep(unpacked), HeldUpload.close)
        if not self._settings.menagerie_dir or source != "menagerie":  # a folder may change
            self._here[name] = (upload.upload_id, made.root, made.title)
        self._note_here(name)
        return Fetched(upload, made.root, made.title)

    def _note_here(self, name: str) -> None:
        """It needs no download any more."""
        plain = name.removeprefix("menagerie:").partition("/")[0]
        self._listed = {
            source: tuple(
                entry.model_copy(update={"download_bytes": None}) if entry.name == plain else entry for entry in entries
            )
            for source, entries in self._listed.items()
        }

    @asynccontextmanager
    async def _helper(
        self, request: HelperRequest, pack: int | None = None
    ) -> AsyncIterator[AsyncIterator[HelperLine]]:
        """Run one; it is killed when the block ends early. Raises what it refuses with."""
        arguments = [request.model_dump_json(), *([] if pack is None else [str(pack)])]
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "py_remote_viewer.scenes.sources.helper",
            *arguments,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            pass_fds=() if pack is None else (pack,),
            env=_environment(),
            limit=MAX_LINE_BYTES,
            start_new_session=True,
        )
        try:
            yield _lines(process)
        finally:
            if process.returncode is None:
                try:
                    process.kill()
                except ProcessLookupError:
                    pass
            await process.wait()


async def _lines(process: asyncio.subprocess.Process) -> AsyncIterator[HelperLine]:
    assert process.stdout is not None
    while True:
        try:
            async with asyncio.timeout(SILENCE_S):
                line = await process.stdout.readline()
        except TimeoutError:
            raise EngineFailed(f"nothing came for {SILENCE_S:.0f} s", hint="Try again.") from None
        if not line:
            return
        try:
            said = helper_line.validate_json(line)
        except ValidationError:
            log.warning("the helper said something unknown: %r", line[:200])
            continue
        if isinstance(said, Refused):
            raise from_fields(said.error)
        yield said


def _environment() -> dict[str, str]:
    """Ours without our settings, secrets above all."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("VIEWER_")}
    roots = [str(Path(__file__).resolve().parents[3]), kept.get("PYTHONPATH", "")]
    return kept | {"PYTHONPATH": os.pathsep.join(filter(None, roots))}


def _no_source(name: str) -> SceneNotFound:
    prefix, colon, _ = name.partition(":")
    if colon and prefix not in get_args(SourceName):
        return SceneNotFound(f"nothing is called {name[:64]!r}", hint="See GET /api/scene/presets.")
    package = INSTALLS[prefix if colon else "menagerie"]  # type: ignore[index]
    return SceneNotFound(
        f"nothing is called {name[:64]!r} here, and {package} is not installed",
        hint=f"Whoever runs the server can install it: pip install {package}. The presets: GET /api/scene/presets.",
    )
