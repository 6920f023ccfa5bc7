"""The running simulation over REST."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import PlainTextResponse
from pydantic import Field, RootModel

from py_remote_viewer.protocol.engine_questions import ChangeOptions, DescribeOptions, DescribeState, PrintText
from py_remote_viewer.protocol.time_commands import OptionValue, Text
from py_remote_viewer.web.answers import Keyframe, Refusal, SimulationOptions
from py_remote_viewer.web.body import read_json
from py_remote_viewer.web.state import Guarded

MAX_OPTIONS_BYTES = 16_384

router = APIRouter(prefix="/api/simulation", tags=["simulation"])
_REFUSED: dict[int | str, dict[str, Any]] = {code: {"model": Refusal} for code in (401, 503)}


class OptionChanges(RootModel[Annotated[dict[Text, OptionValue], Field(min_length=1, max_length=128)]]):
    """Values by the names that `GET /api/simulation/options` lists."""


@router.get("/keyframe", summary="The state as a keyframe", responses=_REFUSED)
async def keyframe(viewer: Guarded, name: Annotated[str, Query(max_length=64)] = "") -> Keyframe:
    """Time, positions, velocities, activations and controls as a `<key>` element, to paste into a model's `<keyframe>`."""
    reply = await viewer.rooms.get().running_engine().ask(DescribeState(name=name))
    return Keyframe(xml=reply.facts["xml"])


@router.get("/options", summary="Physics options, noise and keyframes", responses=_REFUSED)
async def options(viewer: Guarded) -> SimulationOptions:
    """Each option with what it is, may be, and was in the model; as they are now."""
    reply = await viewer.rooms.get().running_engine().ask(DescribeOptions())
    return SimulationOptions.model_validate(reply.facts)


@router.patch(
    "/options",
    summary="Change physics options",
    responses=_REFUSED | {400: {"model": Refusal}, 413: {"model": Refusal}},
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {
                    "schema": OptionChanges.model_json_schema(),
                    "example": {"gravity": [0, 0, -1.62], "integrator": "implicitfast", "mjDSBL_CONTACT": True},
                }
            },
        }
    },
)
async def change_options(request: Request, viewer: Guarded) -> SimulationOptions:
    """All of them, or none and the reason why. They hold until another scene is loaded, also when the engine is restarted."""
    changes = await read_json(request, OptionChanges, MAX_OPTIONS_BYTES)
    reply = await viewer.rooms.get().running_engine().ask(ChangeOptions(changes=changes.root))
    return SimulationOptions.model_validate(reply.facts)


@router.get(
    "/print",
    summary="Every number of the model or of its data",
    response_class=PlainTextResponse,
    responses=_REFUSED | {413: {"model": Refusal}},
)
async def print_text(viewer: Guarded, what: Literal["model", "data"]) -> PlainTextResponse:
    """The text that MuJoCo's `mj_printModel` or `mj_printData` writes."""
    reply = await viewer.rooms.get().running_engine().ask(PrintText(what=what))
    headers = {"Content-Disposition": f'attachment; filename="{what}.txt"'}
    return PlainTextResponse(reply.data, headers=headers)
