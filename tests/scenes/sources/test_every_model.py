"""Every model that others publish and this machine has: through the upload's door, and then like plain MuJoCo, bit for bit.

Takes what is installed of dm_control and Gymnasium, and the checkout of Menagerie that `MENAGERIE_ROOT` names.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import AsyncIterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import mujoco
import numpy as np
import pytest
import pytest_asyncio

from py_remote_viewer.scenes.compiler import SceneCompiler
from py_remote_viewer.scenes.sources.catalogue import Catalogue
from py_remote_viewer.scenes.sources.wire import SourceSettings
from py_remote_viewer.scenes.uploads.library import SceneLibrary
from py_remote_viewer.scenes.uploads.store import AssetStore

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200), pytest.mark.asyncio(loop_scope="module")]
ROOT = os.environ.get("MENAGERIE_ROOT", "")
ROBOTS = sorted(Path(ROOT).glob("*/*.xml")) if ROOT else []
FOLDERS = sorted({path.parent.name for path in ROBOTS})
STEPS = 500
_STATE = int(mujoco.mjtState.mjSTATE_INTEGRATION)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def library(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[SceneLibrary]:
    async with SceneCompiler() as compiler:
        store = AssetStore(tmp_path_factory.mktemp("assets"), 2**32)
        yield SceneLibrary(compiler, store, Catalogue(store, SourceSettings(menagerie_dir=ROOT, offline=True)))


def bits_after(model: mujoco.MjModel) -> bytes:
    """The state after 500 steps with a little of every control."""
    data = mujoco.MjData(model)
    if model.nkey:
        mujoco.mj_resetDataKeyframe(model, data, 0)
    data.ctrl[:] = 0.01
    mujoco.mj_step(model, data, STEPS)
    state = np.empty(mujoco.mj_stateSize(model, _STATE))
    mujoco.mj_getState(model, data, state, _STATE)
    return state.tobytes()


async def through_the_door(library: SceneLibrary, name: str, root: str | None = None) -> mujoco.MjModel:
    fetched = await library.fetch(name, lambda done, total: None)
    assert fetched is not None
    try:
        scene = await library.compile_upload(fetched.upload, root=root or fetched.root)
    finally:
        fetched.upload.close()
    try:
        data = os.pread(scene.fd, scene.size, 0)
    finally:
        scene.close()
    return mujoco.MjModel.from_binary_path("scene.mjb", {"scene.mjb": data})


def same(ours: mujoco.MjModel, plain: mujoco.MjModel) -> bool:
    """Whether they move alike."""
    return bits_after(ours) == bits_after(plain)


@pytest.mark.skipif(not ROOT, reason="MENAGERIE_ROOT names no checkout of MuJoCo Menagerie")
@pytest.mark.parametrize("folder", FOLDERS)
async def test_a_robot_of_the_checkout(library: SceneLibrary, folder: str) -> None:
    wrong, compared = {}, 0
    for path in (path for path in ROBOTS if path.parent.name == folder):
        try:
            plain = mujoco.MjModel.from_xml_path(str(path))
        except ValueError:
            continue  # a part, or one that this MuJoCo does not read
        name = f"{folder}/{path.stem}"
        try:
            if not same(await through_the_door(library, name), plain):
                wrong[name] = "moves otherwise"
        except Exception as exc:
            wrong[name] = str(exc)
        compared += 1
    assert wrong == {}
    assert compared, f"plain MuJoCo reads no model of {folder}"


@pytest.mark.skipif(find_spec("dm_control") is None, reason="dm_control is not installed")
async def test_every_task_of_the_suite(library: SceneLibrary) -> None:
    names = [entry.name for entry in await library.catalogue.entries() if entry.source == "dm_control"]
    assert len(names) > 40
    wrong = {}
    for name in names:
        try:
            if not same(await through_the_door(library, name), await plain_model(library, name)):
                wrong[name] = "moves otherwise"
        except Exception as exc:
            wrong[name] = str(exc)
    assert wrong == {}


async def plain_model(library: SceneLibrary, name: str) -> mujoco.MjModel:
    """What the task handed to MuJoCo (some tasks draw lots, so it is not asked again), compiled by plain MuJoCo."""
    fetched = await library.fetch(name, lambda done, total: None)
    assert fetched is not None
    files = {file.name: fetched.upload.read(file.name) for file in fetched.upload.index.files}
    fetched.upload.close()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return mujoco.MjModel.from_xml_string(files.pop(fetched.root).decode(), files)


@pytest.mark.skipif(
    find_spec("gymnasium") is None or find_spec("imageio") is None, reason="gymnasium[mujoco] is not installed"
)
async def test_every_environment_of_gymnasium(library: SceneLibrary) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import gymnasium
    wrong = {}
    names = [entry.name for entry in await library.catalogue.entries() if entry.source == "gymnasium"]
    assert len(names) >= 11
    for name in names:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            environment: Any = gymnasium.make(name.removeprefix("gymnasium:"))
        plain = mujoco.MjModel.from_xml_path(environment.unwrapped.fullpath)
        environment.close()
        try:
            ours = await through_the_door(library, name)
            if not same(ours, plain):
                wrong[name] = "moves otherwise"
        except Exception as exc:
            wrong[name] = str(exc)
    assert wrong == {}
