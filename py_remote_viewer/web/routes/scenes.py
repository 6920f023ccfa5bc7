"""Scenes over REST: what there is, what runs, and loading one for everybody."""

from __future__ import annotations

import asyncio
import base64
from typing import Any

from fastapi import APIRouter, Request

from py_remote_viewer.errors import NotFound, TooLarge, ViewerError
from py_remote_viewer.protocol.messages import MAX_MESSAGE_BYTES, MAX_XML_BYTES
from py_remote_viewer.render.thumbnail import thumbnail
from py_remote_viewer.rooms.scene_source import SceneSource
from py_remote_viewer.scenes.compile_wire import CreateRequest
from py_remote_viewer.scenes.presets import list_presets
from py_remote_viewer.web.answers import (
    CurrentScene,
    Presets,
    Refusal,
    SceneCatalogue,
    SceneCreate,
    SceneCreated,
    SceneLoad,
    SceneLoaded,
)
from py_remote_viewer.web.body import read_json
from py_remote_viewer.web.kept import held, library_of, origin_of
from py_remote_viewer.web.state import Guarded

router = APIRouter(prefix="/api/scene", tags=["scene"])

REFUSALS: dict[int | str, dict[str, Any]] = {
    400: {
        "model": Refusal,
        "description": "It does not compile, or the request is malformed; the scene before it goes on.",
    },
    401: {"model": Refusal, "description": "The token is missing or wrong."},
    404: {"model": Refusal, "description": "No preset of that name, or the upload is no longer kept."},
    413: {"model": Refusal, "description": "More than 1 MB of MJCF."},
    503: {"model": Refusal, "description": "No engine, or a newer load took this one's place."},
}
_CREATE_BODY = {
    "required": True,
    "content": {
        "application/json": {"schema": SceneCreate.model_json_schema(ref_template="#/components/schemas/{model}")}
    },
}
MAX_CREATE_BYTES = 16_384
_BODY = {"required": True, "content": {"application/json": {"schema": SceneLoad.model_json_schema()}}}


@router.get("/presets", summary="Scenes that come with the viewer")
async def presets(_viewer: Guarded) -> Presets:
    """Name, title, description, tags and thumbnail of each."""
    return Presets(presets=list(list_presets()))


@router.get("/catalogue", summary="Models that others publish")
async def catalogue(viewer: Guarded) -> SceneCatalogue:
    """Robots of MuJoCo Menagerie, and the models of dm_control and Gymnasium, as far as the server has them installed.

    `name` is what `preset` of POST /api/scene/load takes. The first call may take seconds: the packages are asked.
    """
    library = library_of(viewer)
    return SceneCatalogue(sources=library.catalogue.sources(), scenes=await library.catalogue.entries())


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
        origin=origin_of(scene),
    )


@router.post("/load", summary="Swap the scene for everybody", responses=REFUSALS, openapi_extra={"requestBody": _BODY})
async def load(request: Request, viewer: Guarded) -> SceneLoaded:
    """Answers when the first picture of the new scene is out; nobody has to reconnect."""
    wanted = await read_json(request, SceneLoad, MAX_MESSAGE_BYTES)
    if wanted.xml is not None and len(wanted.xml.encode()) > MAX_XML_BYTES:
        raise TooLarge(f"more than {MAX_XML_BYTES} bytes of MJCF", hint="Use fewer or simpler elements.")
    async with held(viewer, wanted.upload) as upload:
        source = SceneSource(
            wanted.preset or wanted.robot, wanted.xml, name=wanted.name, upload=upload, root=wanted.root
        )
        shown = await viewer.rooms.get().load_scene(source)
    return SceneLoaded(
        message="Scene loaded successfully",
        name=shown.name,
        scene_id=shown.scene_id,
        model_info=shown.info,
        warnings=list(shown.warnings),
        origin=origin_of(shown),
    )


@router.post(
    "/create", summary="A scene from a sentence", responses=REFUSALS, openapi_extra={"requestBody": _CREATE_BODY}
)
async def create(request: Request, viewer: Guarded) -> SceneCreated:
    """Plain English to a scene that two simulated seconds have tried; a follow-up changes the one that is shown."""
    wanted = await read_json(request, SceneCreate, MAX_CREATE_BYTES)
    room = viewer.rooms.get()
    made, scene = await viewer.parts.compiler.create(
        CreateRequest(
            prompt=wanted.prompt,
            mode=wanted.parameters.mode,
            gravity=wanted.parameters.gravity,
            timestep_s=wanted.parameters.timestep_s,
            floor=wanted.parameters.floor,
            seed=wanted.seed,
            before_xml=room.scene.xml if room.scene is not None and room.scene.preset is None else None,
        )
    )
    try:
        async with asyncio.TaskGroup() as tasks:
            picture = tasks.create_task(thumbnail(scene.fd, scene.size), name="thumbnail")
            shown = await room.load_scene(SceneSource(xml=made.xml, name=made.title)) if wanted.apply else None
    except* ViewerError as group:
        raise group.exceptions[0] from None
    finally:
        scene.close()
    jpeg = picture.result()
    return SceneCreated(
        xml=made.xml,
        message=made.message,
        name=made.title,
        understood=list(made.understood),
        ignored=list(made.ignored),
        suggestions=made.suggestions,
        corrected=made.corrected,
        edited=made.edited,
        checks=made.checks,
        thumbnail=None if jpeg is None else "data:image/jpeg;base64," + base64.b64encode(jpeg).decode("ascii"),
        model_info=scene.info,
        scene_id=None if shown is None else shown.scene_id,
        warnings=list(scene.warnings),
    )
