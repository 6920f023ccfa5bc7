"""What the browser loads: the page, its modules and styles, the pictures of the presets. Open: none of it is secret.

`no-cache` with an ETag means that a browser asks each time and gets 304: an upgrade of the server is never met by old modules.
"""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter, Request
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from py_remote_viewer.scenes.presets import thumbnail_path

REVALIDATE = "no-cache"


class RevalidatedFiles(StaticFiles):
    """Static files with an ETag that the browser must check."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """One file."""
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = REVALIDATE
        return response


def page_router(client: Path) -> APIRouter:
    """`/` and the thumbnails; `/static` is mounted beside it."""
    router = APIRouter()
    files = RevalidatedFiles(directory=client)

    @router.get("/", include_in_schema=False)
    async def page(request: Request) -> Response:
        """The page."""
        return await files.get_response("index.html", request.scope)

    @router.get("/thumbnails/{name}.jpg", include_in_schema=False)
    async def thumbnail(name: str) -> FileResponse:
        """The picture of a preset, 320x180."""
        return FileResponse(thumbnail_path(name), headers={"Cache-Control": REVALIDATE})

    return router
