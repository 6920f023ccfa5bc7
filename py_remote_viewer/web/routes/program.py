"""Where a program of this machine finds the room."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from py_remote_viewer.web.answers import ProgramDoorAnswer, Refusal
from py_remote_viewer.web.state import Guarded

router = APIRouter(prefix="/api", tags=["program"])
_REFUSED: dict[int | str, dict[str, Any]] = {401: {"model": Refusal}}


@router.get("/program", summary="How a program shows its own simulation", responses=_REFUSED)
async def program(viewer: Guarded) -> ProgramDoorAnswer:
    """The Unix socket that `launch_passive(url=...)` connects to, and whether a program steps the scene now."""
    return ProgramDoorAnswer(socket=viewer.programs.address, attached=viewer.rooms.get().status().simulation.program)
