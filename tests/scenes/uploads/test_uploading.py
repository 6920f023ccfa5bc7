"""Uploads through the real forkserver: what loads, what is refused and how, and that nothing on this machine is opened."""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import mujoco
import numpy as np
import psutil
import pytest
import pytest_asyncio

from py_remote_viewer.errors import SceneInvalid, SceneNotFound, SceneTooExpensive
from py_remote_viewer.scenes.compiled import CompiledScene
from py_remote_viewer.scenes.compiler import SceneCompiler
from py_remote_viewer.scenes.sources.catalogue import Catalogue
from py_remote_viewer.scenes.sources.wire import SourceSettings
from py_remote_viewer.scenes.uploads.library import SceneLibrary
from py_remote_viewer.scenes.uploads.store import AssetStore, HeldUpload
from py_remote_viewer.scenes.uploads.wire import PackedFile
from tests.scenes.canary import Canary, folder_with
from tests.scenes.uploads.hostile_uploads import BALL, CANARY_FILES, HOSTILE_UPLOADS, Files, HostileUpload, with_canary
from tests.scenes.uploads.packing import ROBOT, mesh_model, png, tetra_obj, tetra_stl, zipped

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture(scope="module")
def canary_folder() -> Iterator[Path]:
    with folder_with(CANARY_FILES) as folder:
        yield folder


def library_in(compiler: SceneCompiler, folder: Path) -> SceneLibrary:
    store = AssetStore(folder, 2**30)
    return SceneLibrary(compiler, store, Catalogue(store, SourceSettings()))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def library(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[SceneLibrary]:
    async with SceneCompiler() as compiler:
        yield library_in(compiler, tmp_path_factory.mktemp("assets"))


async def kept(library: SceneLibrary, files: Files) -> HeldUpload:
    """Store what was uploaded."""
    with tempfile.TemporaryFile() as source:
        packed, at = [], 0
        for name, data in files.items():
            source.write(data)
            packed.append(PackedFile(name=name, offset=at, size=len(data)))
            at += len(data)
        source.flush()
        return await library.add_upload(tuple(packed), source)


async def compiled(library: SceneLibrary, files: Files, root: str | None = None) -> CompiledScene:
    """Store and compile; close the scene."""
    upload = await kept(library, files)
    try:
        return await library.compile_upload(upload, root=root)
    finally:
        upload.close()


def model_of(scene: CompiledScene) -> mujoco.MjModel:
    """The model as an engine would read it; closes the scene."""
    data = os.pread(scene.fd, scene.size, 0)
    scene.close()
    return mujoco.MjModel.from_binary_path("scene.mjb", {"scene.mjb": data})


def as_bytes(files: dict[str, bytes | str]) -> Files:
    return {name: data if isinstance(data, bytes) else data.encode() for name, data in files.items()}


def bits_after(model: mujoco.MjModel, steps: int = 500) -> bytes:
    data = mujoco.MjData(model)
    mujoco.mj_step(model, data, steps)
    state = np.empty(mujoco.mj_stateSize(model, int(mujoco.mjtState.mjSTATE_INTEGRATION)))
    mujoco.mj_getState(model, data, state, int(mujoco.mjtState.mjSTATE_INTEGRATION))
    return state.tobytes()


@pytest.mark.parametrize("name", ["bot.zip", "bot.mjz", "BOT.ZIP"])
async def test_an_archive_with_meshes_and_includes_loads_like_plain_mujoco(
    library: SceneLibrary, tmp_path: Path, name: str
) -> None:
    scene = await compiled(library, {name: zipped(ROBOT)}, root="bot/scene.xml")
    assert scene.origin is not None
    assert (scene.origin.root, scene.origin.others) == ("bot/scene.xml", ("bot/bot.xml", "bot/look.xml"))
    assert set(scene.origin.used) == set(ROBOT) - {"bot/README.md"}
    assert (scene.title, scene.name, scene.xml) == ("bot", "bot", ROBOT["bot/scene.xml"])
    for file, data in as_bytes(ROBOT).items():
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_bytes(data)
    plain = mujoco.MjModel.from_xml_path(str(tmp_path / "bot/scene.xml"))
    ours = model_of(scene)
    assert (ours.nmesh, ours.ntex, ours.ngeom) == (1, 1, 2)
    assert bits_after(ours) == bits_after(plain)


async def test_the_files_may_come_one_by_one_too(library: SceneLibrary) -> None:
    scene = await compiled(library, as_bytes(ROBOT))
    scene.close()
    assert scene.origin is not None
    assert scene.origin.root == "bot/bot.xml"  # called like the folder
    alone = await compiled(library, {"ball.xml": BALL.encode()})
    alone.close()
    assert alone.title == "ball"


@pytest.mark.parametrize(
    "reference",
    ["part.stl", "MESHES/Part.STL", "/home/ann/bot/meshes/part.stl", "C:\\bots\\part.stl", "../../../../etc/part.stl"],
)
async def test_mujoco_finds_the_mesh_that_was_found_for_it(library: SceneLibrary, reference: str) -> None:
    files = {"bot/bot.xml": mesh_model(reference).encode(), "bot/meshes/part.stl": tetra_stl()}
    assert model_of(await compiled(library, files)).nmeshface == 4


async def test_meshes_of_one_name_in_two_folders_stay_two(library: SceneLibrary) -> None:
    text = (
        '<mujoco><asset><mesh name="a" file="x/p.obj"/><mesh name="b" file="y/p.obj"/></asset>'
        '<worldbody><geom type="mesh" mesh="a"/><geom type="mesh" mesh="b"/></worldbody></mujoco>'
    )
    files = {"m.xml": text.encode(), "x/p.obj": tetra_obj(1), "y/p.obj": tetra_obj(3)}
    model = model_of(await compiled(library, files))
    first, second = (np.ptp(model.mesh_vert[at : at + 4], axis=0).max() for at in model.mesh_vertadr)
    assert second == pytest.approx(3 * first)


async def test_the_first_that_compiles_is_taken_when_no_rule_names_one(library: SceneLibrary) -> None:
    files = _texts(a="<mujoco><geon/></mujoco>", b='<mujoco><include file="c.xml"/></mujoco>', c=BALL)
    scene = await compiled(library, files)
    scene.close()
    assert scene.origin is not None
    assert (scene.origin.root, scene.origin.others) == ("b.xml", ("a.xml", "c.xml"))


def _texts(**texts: str) -> Files:
    return {f"{name}.xml": text.encode() for name, text in texts.items()}


async def test_a_refusal_names_the_models_there_are(library: SceneLibrary) -> None:
    files = {"bot/bot.xml": b"<mujoco><geon/></mujoco>", "bot/other.xml": BALL.encode()}
    with pytest.raises(SceneInvalid, match="unrecognized element") as caught:
        await compiled(library, files)
    assert (caught.value.details["root"], caught.value.details["roots"]) == (
        "bot/bot.xml",
        ["bot/bot.xml", "bot/other.xml"],
    )
    with pytest.raises(SceneInvalid, match=r"no 'x\.xml'") as caught:
        await compiled(library, files, root="x.xml")
    assert caught.value.details["roots"] == ["bot/bot.xml", "bot/other.xml"]


async def test_a_text_may_stand_in_for_the_model_and_keeps_its_files(library: SceneLibrary) -> None:
    upload = await kept(library, {"bot.zip": zipped(ROBOT)})
    text = str(ROBOT["bot/bot.xml"]).replace('density="100"', 'density="700"')
    scene = await library.compile_upload(upload, root="bot/bot.xml", text=text)
    upload.close()
    assert scene.xml == text
    assert model_of(scene).body_mass[1] == pytest.approx(
        7 * model_of(await compiled(library, as_bytes(ROBOT))).body_mass[1]
    )


async def test_a_binary_model_loads(library: SceneLibrary) -> None:
    model = mujoco.MjModel.from_xml_string(BALL)
    data = np.empty(mujoco.mj_sizeModel(model), np.uint8)
    mujoco.mj_saveModel(model, None, data)
    scene = await compiled(library, {"ball.mjb": data.tobytes()})
    assert (scene.title, scene.xml) == ("ball", None)
    assert bits_after(model_of(scene)) == bits_after(model)


async def test_the_operators_archive_loads_too(library: SceneLibrary, tmp_path: Path) -> None:
    (tmp_path / "bot.zip").write_bytes(zipped(ROBOT))
    assert model_of(await library.compile_file(tmp_path / "bot.zip")).nmeshface == 4
    with pytest.raises(SceneNotFound, match="cannot be read"):
        await library.compile_file(tmp_path / "no.zip")


async def test_the_operators_model_is_checked_changed_and_kept_with_the_files_it_names(
    library: SceneLibrary, tmp_path: Path
) -> None:
    for name, data in {**as_bytes(ROBOT), "private/key.txt": b"secret", "bot/notes.txt": b"mine"}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    shared = tmp_path / "shared" / "part.stl"
    shared.parent.mkdir()
    shared.write_bytes(tetra_stl(2.0))
    main = tmp_path / "bot" / "bot.xml"
    text = main.read_text().replace("</asset>", '<mesh name="more" file="../../shared/part.stl"/></asset>', 1)
    main.write_text(text)
    scene = await library.compile_file(main)
    assert scene.origin is not None
    assert scene.held is not None
    assert not scene.warnings
    assert scene.origin.root == "bot/bot.xml"
    kept_names = {file.name for file in scene.held.index.files}
    assert kept_names == set(scene.origin.used)
    assert kept_names == {*ROBOT, "shared/part.stl"} - {"bot/scene.xml", "bot/README.md"}
    assert (await library.check(text, upload=scene.held, root=scene.origin.root)).problems == ()
    wrong = text.replace("<geom ", "<geom siz='1' ", 1)
    assert (await library.check(wrong, upload=scene.held, root=scene.origin.root)).problems
    heavier = text.replace('density="100"', 'density="200"')
    changed = await library.compile_upload(scene.held, root=scene.origin.root, text=heavier)
    assert model_of(changed).body_mass[1] == pytest.approx(2 * model_of(scene).body_mass[1])
    changed.close()
    scene.close()


async def test_the_operators_model_is_shown_where_its_files_cannot_be_kept(
    library: SceneLibrary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, data in as_bytes(ROBOT).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    monkeypatch.setattr("py_remote_viewer.scenes.sources.packing.MAX_UNPACKED_BYTES", 100)
    scene = await library.compile_file(tmp_path / "bot" / "bot.xml")
    assert scene.origin is None
    assert any("cannot check and change this file" in warning for warning in scene.warnings)
    assert model_of(scene).nmeshface == 4
    scene.close()


async def test_a_server_may_refuse_binary_models(library: SceneLibrary) -> None:
    upload = await kept(library, {"ball.mjb": b"x" * 100})
    careful = SceneLibrary(library._compiler, library.store, library.catalogue, accept_mjb=False)
    with pytest.raises(SceneInvalid, match="takes no compiled models"):
        await careful.compile_upload(upload)
    upload.close()


async def test_height_fields_skins_and_cube_textures_load(library: SceneLibrary) -> None:
    text = (
        '<mujoco><compiler texturedir="t"/><asset><hfield name="h" file="h.png" size="1 1 .5 .1"/>'
        '<texture name="c" type="cube" fileright="a.png" fileleft="a.png" fileup="a.png" filedown="a.png" '
        'filefront="a.png" fileback="a.png"/></asset><worldbody><geom type="hfield" hfield="h"/></worldbody></mujoco>'
    )
    model = model_of(await compiled(library, {"m.xml": text.encode(), "h.png": png(8), "t/a.png": png(4)}))
    assert (model.nhfielddata, model.ntex) == (64, 1)


async def test_the_same_upload_is_kept_once(library: SceneLibrary) -> None:
    first = await kept(library, {"bot.zip": zipped(ROBOT)})
    size = library.store.size_bytes()
    again = await kept(library, {"bot.zip": zipped(ROBOT, 0)})
    assert (again.upload_id, library.store.size_bytes()) == (first.upload_id, size)
    first.close()
    again.close()


@pytest.mark.parametrize("case", HOSTILE_UPLOADS, ids=lambda case: case.name)
async def test_hostile_uploads_are_answered_in_time_and_open_nothing(
    library: SceneLibrary, canary_folder: Path, case: HostileUpload
) -> None:
    files = with_canary(case.build(), str(canary_folder))
    canary = Canary(canary_folder)
    began = time.monotonic()
    outcome, refusal = "loads", None
    try:
        (await compiled(library, files)).close()
    except SceneTooExpensive as exc:
        outcome, refusal = "expensive", exc
    except SceneInvalid as exc:
        outcome, refusal = "invalid", exc
    finally:
        opened = canary.opened()
        canary.close()
    assert time.monotonic() - began < 6
    assert opened == set()
    assert outcome == case.outcome, refusal
    if refusal is not None:
        assert case.says in refusal.message
        assert refusal.hint
        known = b" ".join(files.values()).decode("utf-8", "replace") + " ".join(files)
        assert all(path in known for path in re.findall(r"(?<![\w.<])/[\w.-]+/[\w./-]+", refusal.message))


async def test_after_all_of_them_nothing_is_left_behind(library: SceneLibrary) -> None:
    (await compiled(library, as_bytes(ROBOT))).close()
    before = psutil.Process().num_fds()
    for case in HOSTILE_UPLOADS[::3]:
        try:
            (await compiled(library, case.build())).close()
        except SceneInvalid:
            pass
    assert psutil.Process().num_fds() == before
    assert {path.name[:4] for path in library.store.folder.iterdir()} & {"new-"} == set()


async def test_stopping_an_upload_leaves_nothing_behind(library: SceneLibrary) -> None:
    before = psutil.Process().num_fds()
    task = asyncio.create_task(compiled(library, {"bot.zip": zipped(ROBOT)}))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert psutil.Process().num_fds() == before
