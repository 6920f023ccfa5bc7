"""Taking the scene away as a file."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from starlette.background import BackgroundTask
from starlette.responses import Response, StreamingResponse

from py_remote_viewer.errors import NotFound, TooLarge
from py_remote_viewer.protocol.engine_questions import ExportModel
from py_remote_viewer.rooms.room import Room
from py_remote_viewer.scenes.uploads.exporting import ArchiveFormat, ScenePart, file_name, text_of, write_archive
from py_remote_viewer.web.answers import Refusal
from py_remote_viewer.web.kept import held
from py_remote_viewer.web.state import Guarded, Viewer

router = APIRouter(prefix="/api/scene", tags=["scene"])

_CHUNK = 1 << 20
_TYPES = {
    "xml": "application/xml",
    "mjb": "application/octet-stream",
    "mjz": "application/zip",
    "zip": "application/zip",
}
_REFUSALS: dict[int | str, dict[str, Any]] = {
    401: {"model": Refusal, "description": "The token is missing or wrong."},
    404: {"model": Refusal, "description": "No scene runs yet."},
    422: {"model": Refusal, "description": "This scene cannot be put into this format; the hint names one that can."},
    503: {"model": Refusal, "description": "No engine."},
}
Format = Annotated[Literal["xml", "mjb", "mjz", "zip"], Query(description="`zip` and `mjz` bring the files too.")]


@router.get("/export", summary="The scene as a file", responses=_REFUSALS, response_class=Response)
async def export(viewer: Guarded, format: Format = "zip") -> Response:
    """`xml`: the text as it was loaded. `mjb`: the compiled model as it runs. `zip`, `mjz`: the text with its files."""
    room = viewer.rooms.get()
    shown = room.scene
    if shown is None:
        raise NotFound("no scene is running yet", hint="Wait a second, or load one: POST /api/scene/load.")
    part = ScenePart(shown.name, shown.xml, shown.origin)
    headers = {"Content-Disposition": f'attachment; filename="{file_name(part, format)}"'}
    if format == "xml":
        return Response(text_of(part), media_type=_TYPES[format], headers=headers)
    if format == "mjb":
        return await _compiled(room, headers)
    fd = await _archived(viewer, part, format)
    return _streamed(fd, os.fstat(fd).st_size, _TYPES[format], headers)


async def _compiled(room: Room, headers: dict[str, str]) -> Response:
    """The model as it runs; one too long for the engine's line, as it was loaded."""
    engine = room.running_engine()
    try:
        reply = await engine.ask(ExportModel())
    except TooLarge:
        fd, size = engine.model_file()
        return _streamed(fd, size, _TYPES["mjb"], headers)
    return Response(reply.data, media_type=_TYPES["mjb"], headers=headers)


async def _archived(viewer: Viewer, part: ScenePart, kind: ArchiveFormat) -> int:
    """A descriptor of the archive, which is gone when it is closed."""
    async with held(viewer, part.origin.upload_id if part.origin else None) as upload:
        whole = ScenePart(part.name, part.xml, part.origin, upload)

        def write() -> int:
            with tempfile.TemporaryFile() as file:
                write_archive(whole, kind, file)
                file.flush()
                return os.dup(file.fileno())

        return await asyncio.to_thread(write)


def _streamed(fd: int, size: int, media_type: str, headers: dict[str, str]) -> Response:
    """`size` bytes of `fd`, which is closed afterwards."""

    def chunks() -> Iterator[bytes]:
        for offset in range(0, size, _CHUNK):
            yield os.pread(fd, min(_CHUNK, size - offset), offset)

    return StreamingResponse(
        chunks(),
        media_type=media_type,
        headers=headers | {"Content-Length": str(size)},
        background=BackgroundTask(os.close, fd),
    )
