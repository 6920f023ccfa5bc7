"""Scenes over REST: what there is, what runs, and loading one for everybody."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request

from py_remote_viewer.errors import NotFound, TooLarge
from py_remote_viewer.protocol.messages import MAX_MESSAGE_BYTES, MAX_XML_BYTES
from py_remote_viewer.rooms.scene_source import SceneSource
from py_remote_viewer.scenes.presets import list_presets
from py_remote_viewer.web.answers import CurrentScene, Presets, Refusal, SceneLoad, SceneLoaded
from py_remote_viewer.web.body import read_json
from py_remote_viewer.web.state import Guarded

router = APIRouter(prefix="/api/scene", tags=["scene"])

REFUSALS: dict[int | str, dict[str, Any]] = {
    400: {
        "model": Refusal,
        "description": "It does not compile, or the request is malformed; the scene before it goes on.",
    },
    401: {"model": Refusal, "description": "The token is missing or wrong."},
    404: {"model": Refusal, "description": "No preset of that name."},
    413: {"model": Refusal, "description": "More than 1 MB of MJCF."},
    503: {"model": Refusal, "description": "No engine, or a newer load took this one's place."},
}
_BODY = {"required": True, "content": {"application/json": {"schema": SceneLoad.model_json_schema()}}}


@router.get("/presets", summary="Scenes that come with the viewer")
async def presets(_viewer: Guarded) -> Presets:
    """Name, title, description, tags and thumbnail of each."""
    return Presets(presets=list(list_presets()))


@router.get("/current", summary="The scene that runs", responses={404: {"model": Refusal}})
async def current(viewer: Guarded) -> CurrentScene:
    """Its name, its MJCF as it was given, its sizes."""
    scene = viewer.rooms.get().scene
    if scene is None:
        raise NotFound("no scene is running yet", hint="Wait a second, or load one: POST /api/scene/load.")
    return CurrentScene(
        name=scene.name,
        title=scene.title,
        preset=scene.preset,
        scene_id=scene.scene_id,
        xml=scene.xml,
        model_info=scene.info,
        by=scene.by,
        warnings=list(scene.warnings),
    )


@router.post("/load", summary="Swap the scene for everybody", responses=REFUSALS, openapi_extra={"requestBody": _BODY})
async def load(request: Request, viewer: Guarded) -> SceneLoaded:
    """Answers when the first picture of the new scene is out; nobody has to reconnect."""
    wanted = await read_json(request, SceneLoad, MAX_MESSAGE_BYTES)
    if wanted.xml is not None and len(wanted.xml.encode()) > MAX_XML_BYTES:
        raise TooLarge(f"more than {MAX_XML_BYTES} bytes of MJCF", hint="Use fewer or simpler elements.")
    shown = await viewer.rooms.get().load_scene(SceneSource(wanted.preset, wanted.xml, name=wanted.name))
    return SceneLoaded(
        message="Scene loaded successfully",
        name=shown.name,
        scene_id=shown.scene_id,
        model_info=shown.info,
        warnings=list(shown.warnings),
    )
