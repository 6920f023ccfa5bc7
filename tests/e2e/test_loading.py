"""Bringing a model: dropped on the page, chosen by name, shown to everybody, taken away again. Real server, real Chromium."""

from __future__ import annotations

import io
import json
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

import mujoco
import pytest
from playwright.sync_api import Browser, expect

from tests.cli.servers import running
from tests.e2e.hands import drop, drop_paths
from tests.e2e.live import decoded, difference, get, until
from tests.e2e.page import Open, assert_accessible, tabs
from tests.scenes.uploads.packing import ROBOT, mesh_model, tetra_stl, zipped

pytestmark = [pytest.mark.e2e, pytest.mark.gl, pytest.mark.timeout(180)]


@pytest.fixture(scope="module")
def menagerie(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as a checkout of Menagerie is one, with one robot."""
    folder = tmp_path_factory.mktemp("menagerie")
    for name, data in ROBOT.items():
        path = folder / name.replace("bot/", "acme_walker/", 1)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return folder


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, menagerie: Path) -> Iterator[str]:
    folders = {"VIEWER_ASSET_DIR": str(tmp_path_factory.mktemp("assets")), "VIEWER_MENAGERIE_DIR": str(menagerie)}
    with running("--quality", "lean-50", "--fps", "30", "--scene", "pendulum", **folders) as (_, url):
        yield url


@pytest.fixture
def watch(browser: Browser, server: str) -> Iterator[Open]:
    with tabs(browser, server, bypass_csp=True) as open_tab:
        yield open_tab


def fetched(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=20) as answer:
        data: bytes = answer.read()
        return data


def test_a_zip_dropped_on_one_page_is_shown_on_another(server: str, watch: Open) -> None:
    mine, theirs = watch(), watch()
    before = decoded(theirs.page)
    drop(mine.page, "bot.zip", zipped(ROBOT))
    expect(mine.page.locator(".toast")).to_contain_text("bot is loaded for everybody", timeout=30_000)
    until(lambda: difference(decoded(theirs.page), before) > 40, "the robot on the other page")
    current = get(server + "api/scene/current")
    assert (current["name"], current["model_info"]["nmeshface"]) == ("bot", 4)
    assert current["origin"]["root"] == "bot/bot.xml"
    expect(theirs.page.locator(".load")).to_have_count(0)

    mine.page.get_by_role("button", name="Scenes").click()
    mine.page.get_by_label("Show another model of it").select_option("bot/scene.xml")
    until(lambda: get(server + "api/scene/current")["model_info"]["ngeom"] == 2, "the scene with a floor")
    mine.page.get_by_text("Recent").click()
    expect(mine.page.locator(".uploads .list button")).to_have_count(2)
    assert_accessible(mine.page)


def test_a_folder_dropped_from_the_desktop_brings_its_meshes(server: str, watch: Open, menagerie: Path) -> None:
    tab = watch()
    drop_paths(tab.page, menagerie / "acme_walker")
    expect(tab.page.locator(".toast")).to_contain_text("acme_walker is loaded for everybody", timeout=30_000)
    origin = get(server + "api/scene/current")["origin"]
    assert origin["root"] == "acme_walker/scene.xml"
    assert "acme_walker/meshes/part.stl" in origin["files"]


def test_several_files_chosen_by_hand_come_together(server: str, watch: Open, menagerie: Path, tmp_path: Path) -> None:
    (tmp_path / "flat.xml").write_text(mesh_model("part.stl"))
    (tmp_path / "part.stl").write_bytes(tetra_stl())
    tab = watch()
    tab.page.get_by_role("button", name="Scenes").click()
    tab.page.get_by_label("Files of a model").set_input_files([tmp_path / "flat.xml", tmp_path / "part.stl"])
    expect(tab.page.locator(".toast")).to_contain_text("flat is loaded for everybody", timeout=30_000)
    assert get(server + "api/scene/current")["model_info"]["nmeshface"] == 4


def test_a_refusal_names_what_is_missing_and_offers_the_other_model(server: str, watch: Open) -> None:
    tab = watch()
    scene = get(server + "api/scene/current")["scene_id"]
    files = {
        "bot/bot.xml": mesh_model("lost.stl"),
        "bot/ball.xml": "<mujoco><worldbody><geom size='1'/></worldbody></mujoco>",
    }
    drop(tab.page, "bot.zip", zipped(files))
    note = tab.page.locator(".uploads .note")
    expect(note).to_contain_text("not in the upload: 'lost.stl'", timeout=30_000)
    assert get(server + "api/scene/current")["scene_id"] == scene
    assert_accessible(tab.page)
    note.get_by_label("Show another model of it").select_option("bot/ball.xml")
    expect(tab.page.locator(".toast", has_text="ball is loaded")).to_be_visible(timeout=30_000)
    expect(note).to_have_count(0)


def test_a_robot_is_found_by_search_and_shown(server: str, watch: Open) -> None:
    tab = watch()
    tab.page.get_by_role("button", name="Scenes").click()
    tab.page.get_by_label("Search scenes").fill("acme")
    tab.page.get_by_role("button", name="Acme Walker").click(timeout=20_000)
    expect(tab.page.locator(".toast")).to_contain_text("Acme Walker is loaded for everybody", timeout=30_000)
    current = get(server + "api/scene/current")
    assert (current["preset"], current["title"]) == ("acme_walker", "Acme Walker")


@pytest.mark.parametrize("ending", ["xml", "mjb", "mjz", "zip"])
def test_the_scene_is_saved_to_a_file_that_plain_mujoco_reads(
    server: str, watch: Open, tmp_path: Path, ending: str
) -> None:
    tab = watch()
    if ending == "xml":
        urllib.request.urlopen(
            urllib.request.Request(server + "api/scene/load", json.dumps({"preset": "pendulum"}).encode()), timeout=20
        ).close()
    else:
        drop(tab.page, "bot.zip", zipped(ROBOT))
        expect(tab.page.locator(".toast")).to_contain_text("is loaded", timeout=30_000)
    wanted = get(server + "api/scene/current")["model_info"]
    tab.page.get_by_role("button", name="Scenes").click()
    with tab.page.expect_download() as download:
        tab.page.get_by_role("button", name=ending.upper(), exact=True).click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    if ending == "zip":
        zipfile.ZipFile(path).extractall(tmp_path)
        path = tmp_path / path.stem / f"{path.stem}.xml"
    if ending == "mjb":
        model = mujoco.MjModel.from_binary_path(str(path))
    elif ending == "mjz":
        model = mujoco.MjSpec.from_file(str(path)).compile()
    else:
        model = mujoco.MjModel.from_xml_path(str(path))
    assert (model.nq, model.ngeom, model.nmeshface) == (wanted["nq"], wanted["ngeom"], wanted["nmeshface"])


def test_what_was_saved_loads_here_again(server: str, watch: Open) -> None:
    tab = watch()
    drop(tab.page, "bot.zip", zipped(ROBOT))
    expect(tab.page.locator(".toast")).to_contain_text("is loaded", timeout=30_000)
    for ending in ("zip", "mjz", "mjb"):
        saved = fetched(server + f"api/scene/export?format={ending}")
        scene = get(server + "api/scene/current")["scene_id"]
        drop(tab.page, f"again.{ending}", saved)
        until(lambda scene=scene: get(server + "api/scene/current")["scene_id"] > scene, f"the saved {ending}", 30)
        assert get(server + "api/scene/current")["model_info"]["nmeshface"] == 4
        if ending != "mjb":
            names = zipfile.ZipFile(io.BytesIO(saved)).namelist()
            assert {"zip": "bot/meshes/part.stl", "mjz": "meshes/part.stl"}[ending] in names


def test_it_works_under_a_thumb(watch: Open) -> None:
    tab = watch(width=390, height=844, has_touch=True, is_mobile=True)
    tab.page.get_by_role("tab", name="Scenes").click()
    expect(tab.page.get_by_role("button", name="Open files")).to_be_visible()
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert_accessible(tab.page)
