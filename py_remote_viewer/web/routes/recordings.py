"""Recordings over REST: begin, end, list, take, delete, draw again. The folder is looked at in a thread."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import FileResponse

from py_remote_viewer.config import Settings
from py_remote_viewer.errors import NotFound
from py_remote_viewer.protocol.recording import Recording
from py_remote_viewer.record.store import THUMBNAIL
from py_remote_viewer.rooms.recorder import RecordingWish
from py_remote_viewer.web.answers import Refusal
from py_remote_viewer.web.body import read_json
from py_remote_viewer.web.links import link, linked
from py_remote_viewer.web.names import slug
from py_remote_viewer.web.recording_answers import Done, Recordings, RecordingStart, RenderJob, RenderWish
from py_remote_viewer.web.state import Guarded, Viewer

router = APIRouter(prefix="/api/recordings", tags=["recordings"])
MAX_BODY_BYTES = 4096
TRAJECTORY_TYPE = "application/vnd.py-remote-viewer.trajectory"
MEDIA_TYPES = {".mp4": "video/mp4", ".prvt": TRAJECTORY_TYPE, ".jpg": "image/jpeg"}


def _refusals(*codes: int) -> dict[int | str, dict[str, Any]]:
    return {code: {"model": Refusal} for code in (401, *codes)}


def _body(model: Any) -> dict[str, Any]:
    return {"requestBody": {"required": False, "content": {"application/json": {"schema": model.model_json_schema()}}}}


@router.get("", summary="What was recorded", responses=_refusals())
async def recordings(viewer: Guarded) -> Recordings:
    """Newest first; each file with an address that is good for an hour."""
    recorder = viewer.rooms.get().recorder
    found = await asyncio.to_thread(recorder.store.list)
    return Recordings(
        recordings=[_linked(one, viewer.settings) for one in found],
        renders=viewer.renders.jobs(),
        used_bytes=sum(one.bytes for one in found),
        quota_bytes=recorder.store.limits.quota_bytes,
        limit_s=viewer.settings.recording_max_s,
    )


@router.post("", summary="Record from now on", responses=_refusals(400, 409, 507), openapi_extra=_body(RecordingStart))
async def start(request: Request, viewer: Guarded) -> Recording:
    """One recording at a time; everybody in the room sees that it runs. It goes on when nobody watches."""
    wanted = await read_json(request, RecordingStart, MAX_BODY_BYTES)
    room = viewer.rooms.get()
    by = wanted.by if wanted.by in room.members else None
    wish = RecordingWish(video=wanted.video, trajectory=wanted.trajectory, limit_s=wanted.limit_s, by=by)
    return _linked(await room.recorder.start(wish), viewer.settings)


@router.get("/{recording_id}", summary="One recording", responses=_refusals(404))
async def recording(recording_id: str, viewer: Guarded) -> Recording:
    """Its files, with their sizes now."""
    store = viewer.rooms.get().recorder.store
    return _linked(await asyncio.to_thread(store.get, recording_id), viewer.settings)


@router.post("/{recording_id}/stop", summary="End a recording", responses=_refusals(404))
async def stop(recording_id: str, viewer: Guarded) -> Recording:
    """Answers when every file is whole."""
    return _linked(await viewer.rooms.get().recorder.stop(recording_id), viewer.settings)


@router.delete("/{recording_id}", summary="Delete a recording", responses=_refusals(404, 409))
async def delete(recording_id: str, viewer: Guarded) -> Done:
    """With all its files. What is drawn from it is cancelled."""
    await viewer.renders.cancel_of(recording_id)
    await asyncio.to_thread(viewer.rooms.get().recorder.store.delete, recording_id)
    return Done()


@router.get(
    "/{recording_id}/files/{name}",
    summary="A file of a recording",
    response_class=FileResponse,
    responses=_refusals(404) | {206: {"description": "A range of it."}},
)
async def file(
    recording_id: str, name: str, viewer: Annotated[Viewer, Depends(linked)], download: bool = False
) -> FileResponse:
    """As a whole or by ranges. With `download`, browsers save it under a name that says scene and time."""
    store = viewer.rooms.get().recorder.store
    path = await asyncio.to_thread(store.file, recording_id, name)
    found = await asyncio.to_thread(store.get, recording_id)
    return FileResponse(
        path,
        media_type=MEDIA_TYPES[path.suffix],
        filename=f"{slug(found.title)}-{recording_id[:15]}-{name}" if download else None,
        headers={"Cache-Control": "private, no-cache"},
    )


@router.post(
    "/{recording_id}/render",
    summary="Draw a trajectory again",
    responses=_refusals(400, 404, 503),
    openapi_extra=_body(RenderWish),
)
async def render(recording_id: str, request: Request, viewer: Guarded) -> RenderJob:
    """As a video of any size and quality, in a process of its own at low priority; GET /api/recordings tells its progress."""
    wanted = await read_json(request, RenderWish, MAX_BODY_BYTES)
    store = viewer.rooms.get().recorder.store
    found = await asyncio.to_thread(store.get, recording_id)
    names = [file.name for file in found.files if file.kind == "trajectory"]
    name = wanted.file if wanted.file is not None else next(iter(names), None)
    if name is None or name not in names:
        raise NotFound(f"the recording has no trajectory {wanted.file or ''}".strip()[:100], hint="Record one with it.")
    return await viewer.renders.start(store, recording_id, name, wanted)


@router.delete("/{recording_id}/render/{job_id}", summary="Cancel a drawing", responses=_refusals(404))
async def cancel(recording_id: str, job_id: int, viewer: Guarded) -> RenderJob:
    """What was drawn of it is deleted."""
    return await viewer.renders.cancel(recording_id, job_id)


def _linked(recording: Recording, settings: Settings) -> Recording:
    """With addresses in it."""
    base = f"/api/recordings/{recording.id}/files/"
    files = tuple(one.model_copy(update={"url": link(base + one.name, settings)}) for one in recording.files)
    has_video = any(one.kind == "video" for one in files)
    return recording.model_copy(
        update={"files": files, "thumbnail": link(base + THUMBNAIL, settings) if has_video else ""}
    )
