"""Scenes over REST: what there is, what runs, and loading one for everybody."""

from __future__ import annotations

import asyncio
import base64
from typing import Any, Literal

from fastapi import APIRouter, Request

from py_remote_viewer.errors import NotFound, SceneInvalid, TooLarge, ViewerError
from py_remote_viewer.protocol.messages import MAX_MESSAGE_BYTES, MAX_XML_BYTES
from py_remote_viewer.render.thumbnail import thumbnail
from py_remote_viewer.rooms.scene_source import Exchange, SceneSource
from py_remote_viewer.scenes.compile_wire import CreateRequest
from py_remote_viewer.scenes.presets import list_presets
from py_remote_viewer.web.answers import (
    CurrentScene,
    Presets,
    Refusal,
    SceneCatalogue,
    SceneCheck,
    SceneChecked,
    SceneCreate,
    SceneCreated,
    SceneLoad,
    SceneLoaded,
)
from py_remote_viewer.web.body import read_json
from py_remote_viewer.web.kept import files_of, held, library_of, origin_of
from py_remote_viewer.web.state import Guarded

router = APIRouter(prefix="/api/scene", tags=["scene"])

REFUSALS: dict[int | str, dict[str, Any]] = {
    400: {
        "model": Refusal,
        "description": "It does not compile, or the request is malformed; the scene before it goes on.",
    },
    401: {"model": Refusal, "description": "The token is missing or wrong."},
    404: {"model": Refusal, "description": "No preset of that name, or the upload is no longer kept."},
    409: {"model": Refusal, "description": "Another scene was loaded meanwhile; only with `based_on`."},
    413: {"model": Refusal, "description": "More than 1 MB of MJCF."},
    502: {"model": Refusal, "description": "The language model that was asked for gives no usable answer."},
    503: {"model": Refusal, "description": "No engine, or a newer load took this one's place."},
}
_CREATE_BODY = {
    "required": True,
    "content": {
        "application/json": {"schema": SceneCreate.model_json_schema(ref_template="#/components/schemas/{model}")}
    },
}
MAX_CREATE_BYTES = 16_384
_CHECK_BODY = {"required": True, "content": {"application/json": {"schema": SceneCheck.model_json_schema()}}}
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
    if wanted.xml is not None:
        _require_size(wanted.xml)
    room = viewer.rooms.get()
    upload_id, root = wanted.upload, wanted.root
    if wanted.xml is not None and upload_id is None:
        upload_id, root = files_of(room.scene, wanted.based_on) or (None, root)
    async with held(viewer, upload_id) as upload:
        preset = wanted.preset or wanted.robot
        source = SceneSource(preset, wanted.xml, name=wanted.name, upload=upload, root=root)
        shown = await room.load_scene(source, exchange=Exchange(wanted.keep_pose, wanted.based_on))
    return SceneLoaded(
        message="Scene loaded successfully",
        name=shown.name,
        scene_id=shown.scene_id,
        model_info=shown.info,
        warnings=list(shown.warnings),
        origin=origin_of(shown),
        kept=shown.kept,
    )


@router.post(
    "/check", summary="What is wrong with MJCF", responses=REFUSALS, openapi_extra={"requestBody": _CHECK_BODY}
)
async def check(request: Request, viewer: Guarded) -> SceneChecked:
    """All mistakes that can be found, each at its place. Nothing is shown, and the room notices nothing."""
    wanted = await read_json(request, SceneCheck, MAX_MESSAGE_BYTES)
    _require_size(wanted.xml)

    async def gone() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass

    address = request.client.host if request.client else ""
    upload_id, root = files_of(viewer.rooms.get().scene, wanted.based_on) or (None, None)
    async with held(viewer, upload_id) as upload:
        found = await viewer.checks.check(
            wanted.xml, address=address, asker=wanted.asker, gone=gone, upload=upload, root=root
        )
    return SceneChecked(problems=list(found.problems), warnings=list(found.warnings), sizes=found.sizes)


@router.post(
    "/create", summary="A scene from a sentence", responses=REFUSALS, openapi_extra={"requestBody": _CREATE_BODY}
)
async def create(request: Request, viewer: Guarded) -> SceneCreated:
    """Plain English to a scene that two simulated seconds have tried; a follow-up changes the one that is shown."""
    wanted = await read_json(request, SceneCreate, MAX_CREATE_BYTES)
    room = viewer.rooms.get()
    asked = CreateRequest(
        prompt=wanted.prompt,
        mode=wanted.parameters.mode,
        gravity=wanted.parameters.gravity,
        timestep_s=wanted.parameters.timestep_s,
        floor=wanted.parameters.floor,
        seed=wanted.seed,
        before_xml=room.scene.xml if room.scene is not None else None,
    )
    preset = room.scene is not None and room.scene.preset is not None
    written = asked.model_copy(update={"before_xml": None}) if preset else asked  # a language model begins anew there
    engine: Literal["grammar", "llm"] = "llm" if wanted.engine == "llm" else "grammar"
    try:
        made, scene = await (viewer.writer.write(written) if engine == "llm" else viewer.parts.compiler.create(asked))
    except SceneInvalid as exc:
        lost = bool(exc.details.get("ignored"))
        if wanted.engine != "auto" or not (lost and viewer.settings.llm_when_lost and viewer.writer.is_there):
            raise
        engine = "llm"
        made, scene = await viewer.writer.write(written)
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
        engine=engine,
        checks=made.checks,
        thumbnail=None if jpeg is None else "data:image/jpeg;base64," + base64.b64encode(jpeg).decode("ascii"),
        model_info=scene.info,
        scene_id=None if shown is None else shown.scene_id,
        warnings=list(scene.warnings),
    )


def _require_size(xml: str) -> None:
    if len(xml.encode("utf-8", "replace")) > MAX_XML_BYTES:
        raise TooLarge(f"more than {MAX_XML_BYTES} bytes of MJCF", hint="Use fewer or simpler elements.")
