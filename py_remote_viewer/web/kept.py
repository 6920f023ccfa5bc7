"""Uploads as routes need them: held while a request uses one, and told of."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from py_remote_viewer.errors import NotFound
from py_remote_viewer.rooms.scene_source import ShownScene
from py_remote_viewer.scenes.uploads.library import SceneLibrary
from py_remote_viewer.scenes.uploads.store import HeldUpload
from py_remote_viewer.scenes.uploads.threads import in_thread
from py_remote_viewer.web.answers import UploadInfo
from py_remote_viewer.web.state import Viewer


def library_of(viewer: Viewer) -> SceneLibrary:
    """The server's uploads. Raises NotFound on a server that takes none."""
    if viewer.parts.library is None:
        raise NotFound("this server takes no uploads", hint="Send the scene as text: POST /api/scene/load.")
    return viewer.parts.library


@asynccontextmanager
async def held(viewer: Viewer, upload_id: str | None) -> AsyncIterator[HeldUpload | None]:
    """Keep the upload while the block runs; None for none. Raises NotFound."""
    if upload_id is None:
        yield None
        return
    store = library_of(viewer).store
    upload = await in_thread(lambda: store.hold(upload_id), HeldUpload.close)
    try:
        yield upload
    finally:
        upload.close()


def files_of(scene: ShownScene | None, based_on: int | None) -> tuple[str, str] | None:
    """The upload whose files a text may name that was made from scene `based_on`, and the file that it stands in for."""
    if scene is None or scene.origin is None or scene.scene_id != based_on:
        return None
    return scene.origin.upload_id, scene.origin.root


def origin_of(scene: ShownScene) -> UploadInfo | None:
    """Where a scene comes from, when that is an upload."""
    origin = scene.origin
    if origin is None:
        return None
    return UploadInfo(upload=origin.upload_id, root=origin.root, others=list(origin.others), files=list(origin.used))
