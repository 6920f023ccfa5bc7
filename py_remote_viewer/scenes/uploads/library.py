"""Everything that a scene can come from, behind one door: text, presets, files of the operator's, words, and uploads.

Runs in the server process and never imports mujoco. Compiling is `SceneCompiler`'s, keeping is `AssetStore`'s.
"""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import BinaryIO

from py_remote_viewer.errors import SceneNotFound, ViewerError
from py_remote_viewer.protocol.scene_edits import CheckedScene
from py_remote_viewer.scenes.compile_wire import CreatedScene, CreateRequest
from py_remote_viewer.scenes.compiled import CompiledScene, UploadOrigin
from py_remote_viewer.scenes.compiler import SceneCompiler
from py_remote_viewer.scenes.presets import list_presets
from py_remote_viewer.scenes.sources.catalogue import Catalogue, Fetched, OnBytes
from py_remote_viewer.scenes.uploads.archive import ARCHIVES
from py_remote_viewer.scenes.uploads.names import stem_of, suffix_of
from py_remote_viewer.scenes.uploads.own_files import keep_files
from py_remote_viewer.scenes.uploads.store import AssetStore, HeldUpload
from py_remote_viewer.scenes.uploads.threads import in_thread, threaded
from py_remote_viewer.scenes.uploads.wire import PackedFile, UnpackRequest, UploadModel

_UNTOLD = frozenset({"scene", "model", "robot"})


class SceneLibrary:
    """One per server; on the event loop."""

    def __init__(
        self, compiler: SceneCompiler, store: AssetStore, catalogue: Catalogue, *, accept_mjb: bool = True
    ) -> None:
        self._compiler = compiler
        self._accept_mjb = accept_mjb
        self.store = store
        self.catalogue = catalogue

    async def compile_xml(self, xml: str, *, name: str | None = None) -> CompiledScene:
        """A stranger's MJCF, which names no file. Raises as `SceneCompiler.compile_xml`."""
        return await self._compiler.compile_xml(xml, name=name)

    async def compile_preset(self, name: str) -> CompiledScene:
        """One of ours. Raises as `SceneCompiler.compile_preset`."""
        return await self._compiler.compile_preset(name)

    async def fetch(self, name: str, on_bytes: OnBytes) -> Fetched | None:
        """The model `name` of the catalogue, downloaded first where it is not here; None for a preset of ours.

        Raises:
            SceneNotFound: nothing is called so.
            RoomBusy, EngineFailed, TooLarge: as `Catalogue.fetch`.
        """
        presets = [preset.name for preset in await asyncio.to_thread(list_presets)]
        if name in presets or (self.catalogue.source_of(name) is None and ":" not in name):
            return None  # where there is no catalogue, the presets know the nearest of their names
        return await self.catalogue.fetch(name, on_bytes, presets)

    async def compile_file(self, path: Path) -> CompiledScene:
        """The operator's file; an archive is taken like an upload. Raises as `SceneCompiler.compile_file`.

        What an MJCF file names is kept beside it, so that its text can be checked, changed and saved like an upload's. Where
        that cannot be, the scene is shown all the same, and a warning says why.
        """
        if suffix_of(path.name) not in ARCHIVES:
            scene = await self._compiler.compile_file(path)
            if len(scene.read_from) > 1:
                await self._keep_files(scene)
            return scene
        try:
            file = await in_thread(lambda: path.expanduser().open("rb"), lambda opened: opened.close())
            async with threaded(file) as source:
                size = os.fstat(source.fileno()).st_size
                upload = await self.add_upload((PackedFile(name=path.name, offset=0, size=size),), source)
        except OSError as exc:
            raise SceneNotFound(
                f"the scene file {path} cannot be read: {exc.strerror}", hint="Give the path of an archive of a model."
            ) from exc
        try:
            return await self.compile_upload(upload)
        finally:
            upload.close()

    async def _keep_files(self, scene: CompiledScene) -> None:
        try:
            async with threaded(self.store.new_pack()) as pack:
                kept = await in_thread(lambda: keep_files(scene.read_from, pack), lambda done: done[0].close())
                scene.held, scene.origin = kept
        except ViewerError as exc:
            scene.warnings += (f"the page cannot check and change this file: {exc.message}",)
        except BaseException:
            scene.close()
            raise

    async def create(self, wanted: CreateRequest) -> tuple[CreatedScene, CompiledScene]:
        """A scene from a sentence. Raises as `SceneCompiler.create`."""
        return await self._compiler.create(wanted)

    async def try_xml(self, xml: str) -> tuple[CompiledScene, dict[str, float | int | bool]]:
        """A stranger's MJCF, watched for two simulated seconds. Raises as `SceneCompiler.try_xml`."""
        return await self._compiler.try_xml(xml)

    async def check(self, xml: str, *, upload: HeldUpload | None = None, root: str | None = None) -> CheckedScene:
        """All that is wrong with a text, which may stand in for the file `root` of an upload.

        Raises:
            RoomBusy, EngineFailed: as `SceneCompiler.check`.
        """
        if upload is None or root is None:
            return await self._compiler.check(xml)
        return await self._compiler.check(xml, self._model(upload, root), upload.fd)

    async def add_upload(self, files: tuple[PackedFile, ...], source: BinaryIO) -> HeldUpload:
        """Unpack what arrived in `source` and keep it.

        Raises:
            SceneInvalid, SceneTooExpensive: an archive or a name is not taken.
            TooLarge: there is no room for it.
            RoomBusy, EngineFailed: as `compile_xml`.
        """
        async with threaded(self.store.new_pack()) as pack:
            unpacked = await self._compiler.unpack(UnpackRequest(files=files), source.fileno(), pack.file.fileno())
            return await in_thread(lambda: pack.keep(unpacked), HeldUpload.close)

    async def compile_upload(
        self, upload: HeldUpload, *, root: str | None = None, text: str | None = None, name: str | None = None
    ) -> CompiledScene:
        """Compile a model of `upload`, which stays the caller's; the scene gets a hold of its own.

        Args:
            upload: what was uploaded.
            root: the file that is the model; chosen where it is not given.
            text: in place of what that file holds.
            name: what people call it; the folder's or the file's name otherwise.

        Raises:
            SceneInvalid, SceneTooExpensive: with `upload` and `roots` in `details`.
            RoomBusy, EngineFailed: as `compile_xml`.
        """
        held = upload.again()
        try:
            scene, facts = await self._compiler.compile_pack(self._model(held, root, text), held.fd, name=name)
        except BaseException:
            held.close()
            raise
        if name is None:
            scene.name = scene.title = _title(facts.root, held.index.folder)
            scene.info = scene.info.model_copy(update={"name": scene.name})
        scene.origin = UploadOrigin(held.upload_id, facts.root, facts.others, facts.used, facts.portable)
        scene.held = held
        return scene

    def _model(self, upload: HeldUpload, root: str | None, text: str | None = None) -> UploadModel:
        index = upload.index
        files = tuple(PackedFile(name=file.name, offset=file.offset, size=file.size) for file in index.files)
        return UploadModel(files=files, folder=index.folder, root=root, text=text, binary=self._accept_mjb)


def _title(root: str, folder: str) -> str:
    """What people call it: the file, where its name says something, else the folder."""
    stem = stem_of(root)
    return (folder or stem if stem.lower() in _UNTOLD else stem)[:256]
