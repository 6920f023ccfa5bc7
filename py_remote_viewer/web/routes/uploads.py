"""Uploading a model with its files, and showing it to everybody."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request

from py_remote_viewer.errors import RoomBusy, SceneInvalid
from py_remote_viewer.rooms.load_report import LoadReport
from py_remote_viewer.rooms.scene_source import SceneSource
from py_remote_viewer.scenes.uploads.library import SceneLibrary
from py_remote_viewer.scenes.uploads.store import HeldUpload
from py_remote_viewer.scenes.uploads.threads import threaded
from py_remote_viewer.web.answers import Refusal, SceneUploaded
from py_remote_viewer.web.kept import library_of, origin_of
from py_remote_viewer.web.receiving import receive_files
from py_remote_viewer.web.state import UPLOADS_AT_ONCE, Guarded, Viewer

router = APIRouter(prefix="/api/scene", tags=["scene"])
_REFUSALS: dict[int | str, dict[str, Any]] = {
    400: {"model": Refusal, "description": "It does not compile, or is no upload; the scene before it goes on."},
    401: {"model": Refusal, "description": "The token is missing or wrong."},
    413: {"model": Refusal, "description": "Larger than VIEWER_UPLOAD_MAX_MB, or there is no room for it."},
    503: {
        "model": Refusal,
        "description": f"{UPLOADS_AT_ONCE} uploads come in already, or a newer load took its place.",
    },
}
_BODY = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "properties": {"file": {"type": "array", "items": {"type": "string", "format": "binary"}}},
            }
        },
        "application/octet-stream": {"schema": {"type": "string", "format": "binary"}},
    },
}
Name = Annotated[str | None, Query(max_length=512, description="Of the file, when the body is one file as it is.")]
Root = Annotated[str | None, Query(max_length=512, description="The file that is the model; chosen otherwise.")]


@router.post("/upload", summary="Show a model from files", responses=_REFUSALS, openapi_extra={"requestBody": _BODY})
async def upload(request: Request, viewer: Guarded, name: Name = None, root: Root = None) -> SceneUploaded:
    """Takes .xml, .urdf, .mjb, .mjz and .zip, with meshes and textures beside them; several files at once, or a folder.

    Which file is the model: the only one; else the one called like the folder; else `scene.xml`; else the first that
    compiles. `origin.others` names the rest, and `POST /api/scene/load` with `upload` and `root` shows another.
    """
    library = library_of(viewer)
    if viewer.uploads.locked():
        raise RoomBusy(f"{UPLOADS_AT_ONCE} uploads come in already", hint="Try again in a moment.")
    room = viewer.rooms.get()
    with LoadReport(name or "an upload", room.tell) as report:
        async with viewer.uploads:
            kept = await _received(request, viewer, library, name, report)
        report.at("compile")
        try:
            shown = await room.load_scene(SceneSource(upload=kept, root=root))
        except SceneInvalid as exc:
            exc.details["upload"] = kept.upload_id
            raise
        finally:
            kept.close()
    return SceneUploaded(
        message="Scene loaded successfully",
        name=shown.title,
        scene_id=shown.scene_id,
        model_info=shown.info,
        warnings=list(shown.warnings),
        origin=origin_of(shown),
        upload=kept.upload_id,
        bytes=sum(file.size for file in kept.index.files),
        files=len(kept.index.files),
        ignored=kept.index.ignored,
    )


async def _received(
    request: Request, viewer: Viewer, library: SceneLibrary, name: str | None, report: LoadReport
) -> HeldUpload:
    """What the body holds, unpacked and kept."""
    async with threaded(library.store.arriving()) as into:
        limit = viewer.settings.upload_max_mb * 2**20
        declared = request.headers.get("content-length", "")
        total = int(declared) if declared.isdecimal() else None
        report.at("upload", 0, total)
        files = await receive_files(
            request, into, limit=limit, name=name, on_bytes=lambda done: report.at("upload", done, total)
        )
        report.at("unpack")
        return await library.add_upload(files, into)
