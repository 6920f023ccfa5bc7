"""What the panels of the page need to know of the running model."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Response

from py_remote_viewer.errors import NotFound
from py_remote_viewer.protocol.engine_questions import DescribeModel
from py_remote_viewer.web.answers import Refusal
from py_remote_viewer.web.model_answers import ModelFacts
from py_remote_viewer.web.state import Guarded

router = APIRouter(prefix="/api/scene", tags=["scene"])
_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {"model": ModelFacts},
    304: {"description": "What `If-None-Match` names is still so."},
    **{code: {"model": Refusal} for code in (401, 404, 503)},
}


@router.get("/details", summary="The running model, by name", responses=_ANSWERS, response_class=Response)
async def details(
    viewer: Guarded,
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
    limit: Annotated[int, Query(ge=1, le=2000)] = 2000,
    if_none_match: Annotated[str | None, Header()] = None,
) -> Response:
    """Bodies, joints, geoms, sites, cameras, lights, actuators, equalities, sensors, tendons, keyframes.

    Each list holds `limit` entries from `offset` on; `more` says how many of which are left. SI units, radians.
    """
    room = viewer.rooms.get()
    if room.scene is None:
        raise NotFound("no scene is running yet", hint="Wait a second, or load one: POST /api/scene/load.")
    question = DescribeModel(scene_id=room.scene.scene_id, offset=offset, limit=limit)
    found = await room.details.page(question, room.running_engine().ask)
    headers = {"ETag": found.etag, "Cache-Control": "private, no-cache"}
    if if_none_match is not None and found.etag in (tag.strip().removeprefix("W/") for tag in if_none_match.split(",")):
        return Response(status_code=304, headers=headers)
    return Response(found.body, media_type="application/json", headers=headers)
