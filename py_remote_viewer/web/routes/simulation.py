"""The running simulation over REST."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query

from py_remote_viewer.protocol.engine_questions import DescribeState
from py_remote_viewer.web.answers import Keyframe, Refusal
from py_remote_viewer.web.state import Guarded

router = APIRouter(prefix="/api/simulation", tags=["simulation"])
_REFUSED: dict[int | str, dict[str, Any]] = {code: {"model": Refusal} for code in (401, 503)}


@router.get("/keyframe", summary="The state as a keyframe", responses=_REFUSED)
async def keyframe(viewer: Guarded, name: Annotated[str, Query(max_length=64)] = "") -> Keyframe:
    """Time, positions, velocities, activations and controls as a `<key>` element, to paste into a model's `<keyframe>`."""
    reply = await viewer.rooms.get().running_engine().ask(DescribeState(name=name))
    return Keyframe(xml=reply.facts["xml"])
