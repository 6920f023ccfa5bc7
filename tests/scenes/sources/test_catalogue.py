"""Models by name: from a folder, from the cache, from a mirror; and what is said where there is none."""

from __future__ import annotations

import asyncio
import hashlib
import http.server
import io
import json
import os
import shutil
import tarfile
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from importlib.util import find_spec
from pathlib import Path

import psutil
import pytest

from py_remote_viewer.errors import EngineFailed, SceneNotFound
from py_remote_viewer.scenes.compiler import SceneCompiler
from py_remote_viewer.scenes.sources.catalogue import Catalogue
from py_remote_viewer.scenes.sources.wire import SourceSettings
from py_remote_viewer.scenes.uploads.library import SceneLibrary
from py_remote_viewer.scenes.uploads.store import AssetStore
from tests.scenes.uploads.packing import ROBOT


def put_robot(folder: Path, name: str = "acme_walker") -> None:
    for file, data in ROBOT.items():
        path = folder / file.replace("bot/", f"{name}/", 1)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())


def catalogue_in(tmp_path: Path, **settings: object) -> Catalogue:
    made = SourceSettings.model_validate({"cache": str(tmp_path / "cache"), **settings})
    return Catalogue(AssetStore(tmp_path / "assets", 2**30), made)


class Mirror(http.server.ThreadingHTTPServer):
    """Serves one folder and counts what is asked."""

    def __init__(self, folder: Path) -> None:
        self.asked: list[str] = []
        self.gate = threading.Event()
        self.gate.set()
        mirror = self

        class Handler(http.server.SimpleHTTPRequestHandler):
            def __init__(self, *args: object) -> None:
                super().__init__(*args, directory=str(folder))  # type: ignore[arg-type]

            def do_GET(self) -> None:
                mirror.asked.append(self.path)
                mirror.gate.wait(20)
                super().do_GET()

            def log_message(self, *args: object) -> None:
                pass

        super().__init__(("127.0.0.1", 0), Handler)


@pytest.fixture
def mirror(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mirror]:
    """A mirror of a Menagerie with one robot, and the package as it would know that one."""
    found = find_spec("mujoco_menagerie")
    assert found is not None
    assert found.origin is not None
    put_robot(tmp_path / "robots")
    archived = io.BytesIO()
    with tarfile.open(fileobj=archived, mode="w:xz") as packed:
        packed.add(tmp_path / "robots" / "acme_walker", "acme_walker")
    archive = archived.getvalue()
    (tmp_path / "served").mkdir()
    (tmp_path / "served" / "acme_walker-0123.tar.xz").write_bytes(archive)
    package = tmp_path / "packages" / "mujoco_menagerie"
    shutil.copytree(Path(found.origin).parent, package)
    robot = {
        "asset": "acme_walker-0123.tar.xz",
        "category": "biped",
        "default_model": "bot",
        "default_scene": "scene",
        "display_name": "ACME Walker",
        "download_size": len(archive),
        "entry_points": {"bot": {"file": "bot.xml", "kind": "robot"}, "scene": {"file": "scene.xml", "kind": "scene"}},
        "installed_size": 1000,
        "license": "MIT",
        "oid": "0123456789abcdef0123",
        "sha256": hashlib.sha256(archive).hexdigest(),
    }
    registry = {"schema": 1, "menagerie_commit": "0", "robots": {"acme_walker": robot}}
    (package / "registry.json").write_text(json.dumps(registry))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "packages"))
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with Mirror(tmp_path / "served") as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield server
        server.gate.set()
        server.shutdown()
        thread.join()


def address(mirror: Mirror) -> str:
    return f"http://127.0.0.1:{mirror.server_address[1]}"


@asynccontextmanager
async def library_of(catalogue: Catalogue, tmp_path: Path) -> AsyncIterator[SceneLibrary]:
    async with SceneCompiler() as compiler:
        yield SceneLibrary(compiler, AssetStore(tmp_path / "assets", 2**30), catalogue)


async def test_a_folder_of_robots_needs_no_package(tmp_path: Path) -> None:
    put_robot(tmp_path / "robots")
    (tmp_path / "robots" / "docs").mkdir()
    catalogue = catalogue_in(tmp_path, menagerie_dir=str(tmp_path / "robots"))
    [entry] = [one for one in await catalogue.entries() if one.source == "menagerie"]
    assert (entry.name, entry.title, entry.download_bytes) == ("acme_walker", "Acme Walker", None)
    async with library_of(catalogue, tmp_path) as library:
        for name, root in (
            ("acme_walker", "acme_walker/scene.xml"),
            ("menagerie:acme_walker", "acme_walker/scene.xml"),
            ("acme_walker/bot", "acme_walker/bot.xml"),
        ):
            fetched = await library.fetch(name, lambda done, total: None)
            assert fetched is not None
            assert (fetched.root, fetched.title) == (root, "Acme Walker")
            scene = await library.compile_upload(fetched.upload, root=fetched.root)
            assert scene.info.nmeshface == 4
            scene.close()
            fetched.upload.close()
        assert await library.fetch("pendulum", lambda done, total: None) is None
        with pytest.raises(SceneNotFound, match="no model 'wings'"):
            await library.fetch("acme_walker/wings", lambda done, total: None)
        with pytest.raises(SceneNotFound) as caught:
            await library.fetch("acme_walkr", lambda done, total: None)
        assert caught.value.hint == "Did you mean acme_walker?"
        with pytest.raises(SceneNotFound) as caught:
            await library.fetch("pendulun", lambda done, total: None)
        assert "pendulum" in caught.value.hint


async def test_a_link_out_of_the_folder_is_left_out(tmp_path: Path) -> None:
    put_robot(tmp_path / "robots")
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "robots" / "acme_walker" / "link.txt").symlink_to(tmp_path / "secret.txt")
    fetched = await catalogue_in(tmp_path, menagerie_dir=str(tmp_path / "robots")).fetch("acme_walker", lambda *_: None)
    names = {file.name for file in fetched.upload.index.files}
    fetched.upload.close()
    assert "acme_walker/scene.xml" in names
    assert "acme_walker/link.txt" not in names


async def test_a_robot_is_downloaded_once_with_its_progress(tmp_path: Path, mirror: Mirror) -> None:
    catalogue = catalogue_in(tmp_path, menagerie_url=address(mirror))
    [entry] = [one for one in await catalogue.entries() if one.source == "menagerie"]
    assert (entry.title, entry.license) == ("ACME Walker", "MIT")
    assert entry.download_bytes is not None
    seen: list[tuple[int, int]] = []
    first, second = await asyncio.gather(
        *(catalogue.fetch("acme_walker", lambda done, total: seen.append((done, total))) for _ in range(2))
    )
    assert first.upload.upload_id == second.upload.upload_id
    assert (first.root, first.title, first.upload.index.folder) == (
        "acme_walker/scene.xml",
        "ACME Walker",
        "acme_walker",
    )
    assert seen[-1] == (entry.download_bytes, entry.download_bytes)
    assert mirror.asked == ["/acme_walker-0123.tar.xz"]
    for fetched in (first, second):
        fetched.upload.close()
    [entry] = [one for one in await catalogue.entries() if one.source == "menagerie"]
    assert entry.download_bytes is None
    other = await catalogue_in(tmp_path, menagerie_url=address(mirror)).fetch("acme_walker/bot", lambda *_: None)
    other.upload.close()
    assert (other.root, len(mirror.asked)) == ("acme_walker/bot.xml", 1)


async def test_an_archive_that_was_changed_is_refused(tmp_path: Path, mirror: Mirror) -> None:
    path = tmp_path / "served" / "acme_walker-0123.tar.xz"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(EngineFailed, match="digest") as caught:
        await catalogue_in(tmp_path, menagerie_url=address(mirror)).fetch("acme_walker", lambda *_: None)
    assert "VIEWER_MENAGERIE_URL" in caught.value.hint
    assert not (tmp_path / "cache" / "models").exists()


async def test_offline_shows_what_is_here_and_downloads_nothing(tmp_path: Path, mirror: Mirror) -> None:
    offline = catalogue_in(tmp_path, menagerie_url=address(mirror), offline=True)
    assert [one for one in await offline.entries() if one.source == "menagerie"] == []
    with pytest.raises(SceneNotFound):
        await offline.fetch("acme_walker", lambda *_: None)
    assert mirror.asked == []
    (await catalogue_in(tmp_path, menagerie_url=address(mirror)).fetch("acme_walker", lambda *_: None)).upload.close()
    again = catalogue_in(tmp_path, offline=True)
    assert [one.name for one in await again.entries() if one.source == "menagerie"] == ["acme_walker"]
    (await again.fetch("acme_walker", lambda *_: None)).upload.close()
    assert len(mirror.asked) == 1


async def test_who_stops_waiting_ends_the_helper_and_leaves_nothing(tmp_path: Path, mirror: Mirror) -> None:
    catalogue = catalogue_in(tmp_path, menagerie_url=address(mirror))
    await catalogue.entries()
    mirror.gate.clear()
    before = psutil.Process().num_fds()
    task = asyncio.create_task(catalogue.fetch("acme_walker", lambda *_: None))
    async with asyncio.timeout(20):
        while not mirror.asked:  # noqa: ASYNC110 - another thread's
            await asyncio.sleep(0.01)
    [helper] = [one for one in psutil.Process().children() if "sources.helper" in " ".join(one.cmdline())]
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert not helper.is_running()
    assert not list((tmp_path / "assets").glob("new-*"))
    mirror.gate.set()
    async with asyncio.timeout(10):
        while psutil.Process().num_fds() > before:  # noqa: ASYNC110 - the mirror's own connection ends by itself
            await asyncio.sleep(0.01)


async def test_what_is_not_installed_is_said_with_the_way_out(tmp_path: Path) -> None:
    catalogue = catalogue_in(tmp_path)
    for name in ("dm_control:cheetah", "gymnasium:HalfCheetah-v5"):
        source = name.partition(":")[0]
        if source not in catalogue.sources():
            with pytest.raises(SceneNotFound) as caught:
                await catalogue.fetch(name, lambda *_: None)
            assert "pip install" in caught.value.hint
    with pytest.raises(SceneNotFound):
        await catalogue.fetch("acme:walker", lambda *_: None)


async def test_every_robot_of_menagerie_is_listed_with_its_licence(tmp_path: Path) -> None:
    entries = [one for one in await catalogue_in(tmp_path).entries() if one.source == "menagerie"]
    assert len(entries) > 60
    go2 = next(one for one in entries if one.name == "unitree_go2")
    assert (go2.title, go2.license) == ("Unitree Go2", "BSD-3-Clause")
    assert "quadruped" in go2.tags
    assert all(one.download_bytes for one in entries)


def test_the_server_imports_none_of_the_packages() -> None:
    import subprocess
    import sys

    code = (
        "import sys, py_remote_viewer.web.parts, py_remote_viewer.scenes.sources.catalogue as c;"
        "c.Catalogue(None, c.SourceSettings()).sources();"
        "sys.exit(any(m in sys.modules for m in ('mujoco', 'mujoco_menagerie', 'dm_control', 'gymnasium')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=Path(__file__).parents[3], env=dict(os.environ), check=False
    )
    assert done.returncode == 0
