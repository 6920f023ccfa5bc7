"""The presets: what the catalogue promises holds for every scene, and no crafted name reaches a file."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator

import av
import mujoco
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from py_remote_viewer.errors import SceneNotFound
from py_remote_viewer.resources import data_dir
from py_remote_viewer.scenes.presets import CATALOGUE, list_presets, preset, preset_xml, thumbnail_path

NAMES = [entry.name for entry in list_presets()]
every_preset = pytest.mark.parametrize("name", NAMES)


@pytest.fixture
def warnings() -> Iterator[list[str]]:
    """What MuJoCo warns of while the test runs; it would print it otherwise."""
    said: list[str] = []
    mujoco.set_mju_user_warning(said.append)
    yield said
    mujoco.set_mju_user_warning(None)


def started(name: str, keyframe: int = 0) -> tuple[mujoco.MjModel, mujoco.MjData]:
    model = mujoco.MjModel.from_xml_string(preset_xml(name))
    data = mujoco.MjData(model)
    mujoco.mj_resetDataKeyframe(model, data, keyframe)
    return model, data


def test_the_wanted_scenes_are_there() -> None:
    wanted = {"pendulum", "double_pendulum", "cart_pole", "humanoid", "quadruped", "arm", "newtons_cradle", "dominoes"}
    wanted |= {"cloth", "rope", "gyroscope", "boxes_on_table", "marble_run"}
    assert wanted <= set(NAMES)


def test_catalogue_and_folder_hold_the_same_names() -> None:
    assert sorted(NAMES) == sorted(path.stem for path in data_dir("scenes").glob("*.xml"))
    assert sorted(NAMES) == sorted(path.stem for path in (data_dir("scenes") / "thumbnails").iterdir())


@every_preset
def test_an_entry_says_what_it_is(name: str) -> None:
    entry = preset(name)
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", entry.name)
    assert 3 <= len(entry.title) <= 40
    assert 20 <= len(entry.description) <= 140
    assert entry.tags
    assert entry.thumbnail == f"/thumbnails/{name}.jpg"


@every_preset
def test_a_preset_is_self_contained_and_small(name: str) -> None:
    xml = preset_xml(name)
    assert len(xml.encode()) < 60_000
    assert not re.search(r"<include|\bfile\s*=|<mesh|<hfield|<plugin|<attach|<model\b", xml)


@every_preset
def test_a_preset_compiles_without_a_warning_and_names_its_parts(name: str, warnings: list[str]) -> None:
    model, _ = started(name)
    assert warnings == []
    assert model.nkey >= 2
    assert model.key(0).name == "start"
    assert model.ncam >= 1
    assert model.nsensor >= 2
    kinds = {"OBJ_BODY": "nbody", "OBJ_JOINT": "njnt", "OBJ_ACTUATOR": "nu", "OBJ_SENSOR": "nsensor"}
    kinds |= {"OBJ_CAMERA": "ncam", "OBJ_KEY": "nkey", "OBJ_GEOM": "ngeom"}
    for kind, count in kinds.items():
        if kind == "OBJ_JOINT" and model.nflex:
            continue  # MuJoCo makes the joints of a flex, nameless
        numbers = range(getattr(model, count))
        assert all(mujoco.mj_id2name(model, getattr(mujoco.mjtObj, f"mj{kind}"), i) for i in numbers), kind


@every_preset
def test_sliders_have_ends_and_keyframes_stay_inside(name: str) -> None:
    model, _ = started(name)
    assert model.actuator_ctrllimited.all()
    low, high = model.actuator_ctrlrange.T
    assert (model.key_ctrl >= low - 1e-6).all()
    assert (model.key_ctrl <= high + 1e-6).all()


@every_preset
def test_the_costs_of_a_preset_are_bounded(name: str) -> None:
    model, _ = started(name)
    assert model.ngeom <= 64
    assert model.nv <= 300
    assert 1 / 60 / model.opt.timestep <= 84
    assert model.ntexdata <= 64 * 64 * 3 + 6 * 32 * 32 * 3
    assert model.vis.quality.numslices <= 28
    assert (model.vis.global_.offwidth, model.vis.global_.offheight) == (1920, 1080)


@every_preset
def test_something_moves_within_the_first_second(name: str) -> None:
    model, data = started(name)
    before = data.qpos.copy()
    mujoco.mj_step(model, data, round(1 / model.opt.timestep))
    assert np.abs(data.qvel).max() > 0.3
    assert np.abs(data.qpos - before).max() > 0.1


@every_preset
def test_a_preset_runs_for_a_minute(name: str, warnings: list[str]) -> None:
    model, data = started(name)
    for _ in range(60):
        mujoco.mj_step(model, data, round(1 / model.opt.timestep))
        assert np.isfinite(data.qpos).all()
        assert np.abs(data.xpos).max() < 3, "something left its stage"
    assert data.time == pytest.approx(60, rel=0.01)
    assert not data.warning.number.any()
    assert warnings == []


@every_preset
def test_every_keyframe_can_be_run(name: str, warnings: list[str]) -> None:
    model, _ = started(name)
    for keyframe in range(model.nkey):
        _, data = started(name, keyframe)
        mujoco.mj_step(model, data, round(3 / model.opt.timestep))
        assert np.isfinite(data.qpos).all()
        assert not data.warning.number.any(), model.key(keyframe).name
    assert warnings == []


@every_preset
def test_the_thumbnail_shows_this_very_scene(name: str) -> None:
    jpeg = thumbnail_path(name).read_bytes()
    with av.open(str(thumbnail_path(name))) as container:
        picture = next(container.decode(video=0))
    assert (picture.width, picture.height) == (320, 180)
    moments = {
        e["name"]: e["thumbnail_s"] for e in tomllib.loads((data_dir("scenes") / CATALOGUE).read_text())["preset"]
    }
    digest = hashlib.sha256(f"{moments[name]} {preset_xml(name)}".encode()).hexdigest()
    assert digest.encode() in jpeg[:100], "stale: run scripts/render_thumbnails.py"


def test_all_thumbnails_together_are_light() -> None:
    assert sum(thumbnail_path(name).stat().st_size for name in NAMES) < 400_000


crafted = ["", ".", "..", "../x", "../catalogue", "/etc/passwd", "humanoid.xml", "./humanoid", "humanoid\0", "Humanoid"]
crafted += [
    "thumbnails/humanoid",
    "..\\humanoid",
    "humanoid/",
    "x" * 100_000,
    "ｈｕｍａｎｏｉｄ",
    "🙂",
    " humanoid",
    "%2e%2e/x",
]


@pytest.mark.parametrize("name", crafted, ids=range(len(crafted)))
def test_a_crafted_name_reaches_no_file(name: str) -> None:
    for door in (preset, preset_xml, thumbnail_path):
        with pytest.raises(SceneNotFound) as caught:
            door(name)
        assert len(caught.value.message) < 400
        assert caught.value.hint


@given(st.text().filter(lambda name: name not in NAMES))
def test_only_names_of_the_catalogue_are_found(name: str) -> None:
    with pytest.raises(SceneNotFound):
        preset_xml(name)


def test_the_hint_names_the_nearest() -> None:
    with pytest.raises(SceneNotFound) as caught:
        preset("Humaniod")
    assert caught.value.hint.startswith("Did you mean humanoid")
    with pytest.raises(SceneNotFound) as caught:
        preset("zzz")
    assert all(name in caught.value.hint for name in NAMES)


def test_reading_presets_does_not_import_mujoco() -> None:
    code = "import sys, py_remote_viewer.scenes.presets as p; p.list_presets(); print('mujoco' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=True)
    assert done.stdout.strip() == "False"
