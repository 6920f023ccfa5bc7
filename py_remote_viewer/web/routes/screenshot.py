"""The view as a picture file, drawn again at any size."""

from __future__ import annotations

import os
import time
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from starlette.responses import Response

from py_remote_viewer.errors import MessageInvalid
from py_remote_viewer.protocol.engine_questions import TakeSnapshot
from py_remote_viewer.record.still import MAX_HEIGHT, MAX_WIDTH, StillFormat, StillKind, StillWish
from py_remote_viewer.web.answers import Refusal
from py_remote_viewer.web.names import file_name
from py_remote_viewer.web.state import Guarded

router = APIRouter(prefix="/api", tags=["recordings"])
TYPES = {"png": "image/png", "npy": "application/octet-stream", "json": "application/json"}
_ANSWERS: dict[int | str, dict[str, Any]] = {code: {"model": Refusal} for code in (400, 401, 503)}


@router.get("/screenshot", summary="The view as a picture file", response_class=Response, responses=_ANSWERS)
async def screenshot(
    viewer: Guarded,
    width: Annotated[int | None, Query(ge=16, le=MAX_WIDTH)] = None,
    height: Annotated[int | None, Query(ge=16, le=MAX_HEIGHT)] = None,
    kind: StillKind = "color",
    format: StillFormat = "png",
    quality: Literal["ultra", "high", "shadows", "plain", "lean"] = "ultra",
    overlays: bool = True,
) -> Response:
    """Drawn beside the live picture, which goes on. `docs/recording.md` says what the pixels mean."""
    if (kind == "color" and format != "png") or (kind == "depth" and format == "json"):
        raise MessageInvalid(f"no {format} of {kind}", hint="npy: depth, segmentation. json: segmentation.")
    settings = viewer.settings
    if width is None:
        width = settings.width if height is None else _scaled(height, settings.width / settings.height, MAX_WIDTH)
    if height is None:
        height = _scaled(width, settings.height / settings.width, MAX_HEIGHT)
    room = viewer.rooms.get()
    engine = room.running_engine()
    snapshot = await engine.ask(TakeSnapshot())
    fd, size = engine.model_file(snapshot.facts["load_id"])
    try:
        wish = StillWish(width, height, kind, format, quality, overlays)
        data = await viewer.stills.draw(fd, size, snapshot.facts, snapshot.data, wish)
    finally:
        os.close(fd)
    title = room.scene.title if room.scene is not None else ""
    suffix = "" if kind == "color" else f"-{kind}"
    name = file_name(title, time.time(), f"t{snapshot.facts['time_s']:.3f}s{suffix}.{format}")
    return Response(
        data,
        media_type=TYPES[format],
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )


def _scaled(side: int, ratio: float, most: int) -> int:
    return max(16, min(most, round(side * ratio)))
