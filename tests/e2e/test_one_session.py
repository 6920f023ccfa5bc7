"""One long visit, as one person makes it: pull a humanoid, go back in time, find a body, edit, bring a model, record.

Each part begins where the one before has left the room. A machine-readable strip in the pictures says when each was
captured, so that the video can be held against the clock it was recorded by.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import mujoco
import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Locator, Page, expect

from py_remote_viewer.record.png import words_of
from py_remote_viewer.render.strip import TICKS_PER_S
from tests.cli.servers import running
from tests.e2e.editing import go_to, show_editor, standing, text_of, until_text
from tests.e2e.hands import Fingers, drop_paths, middle, pull_directly, slide
from tests.e2e.live import decoded, difference, get, keyframe, simulation, until, until_paused
from tests.e2e.page import Open, Tab
from tests.scenes.uploads.packing import tetra_stl, zipped
from tests.strips import read_strip

pytestmark = [pytest.mark.e2e, pytest.mark.gl, pytest.mark.timeout(180)]

PICTURE_S = 1 / 60
STRIP_ROWS = 6  # of `decoded`
SWING = """<mujoco model="swing"><compiler meshdir="meshes"/><asset><mesh name="wedge" file="wedge.stl"/></asset>
<worldbody><light pos="0 -2 4"/><geom name="floor" type="plane" size="3 3 .1" rgba=".3 .4 .5 1"/>
<body name="wedge" pos="0 0 1.6"><joint axis="0 1 0"/><geom type="mesh" mesh="wedge" rgba=".9 .5 .1 1"/></body>
</worldbody></mujoco>"""
PICTURE_AT = """async (video, at_s) => {
  video.pause();
  const sought = new Promise((done) => video.addEventListener("seeked", done, { once: true }));
  video.currentTime = at_s;
  await sought;
  const canvas = document.createElement("canvas");
  canvas.width = 160; canvas.height = 90;
  const context = canvas.getContext("2d");
  context.drawImage(video, 0, 0, 160, 90);
  return Array.from(context.getImageData(0, 0, 160, 90).data);
}"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "recordings"


@pytest.fixture
def server(folder: Path, tmp_path: Path) -> Iterator[str]:
    folders = {"VIEWER_RECORDINGS_DIR": str(folder), "VIEWER_ASSET_DIR": str(tmp_path / "assets")}
    with running("--quality", "lean-50", "--scene", "humanoid", VIEWER_LATENCY_STRIP="1", **folders) as (_, url):
        yield url


def test_all_that_a_person_does_in_one_visit(server: str, watch: Open, folder: Path, tmp_path: Path) -> None:
    tab = watch(server, has_touch=True, viewport={"width": 1440, "height": 900}, accept_downloads=True)
    pull_by_mouse_and_by_finger(tab, server)
    go_back_ten_seconds_and_play_on(tab, server)
    find_a_body_both_ways(tab, server)
    make_a_mistake_and_mend_it(tab, server)
    bring_a_model_with_a_mesh(tab, server, tmp_path)
    record_and_play_five_seconds(tab, folder)
    take_a_picture_of_the_depth(tab, server)


def pull_by_mouse_and_by_finger(tab: Tab, server: str) -> None:
    """The gymnast hangs at rest, or swings, in the plane y = 0: only a pull takes it out of there."""
    page = tab.page
    page.get_by_role("button", name="Got it").click()
    page.get_by_role("tab", name="Camera").click()
    page.get_by_role("button", name="torso", exact=True).click()
    right = camera_right(server)
    for by_finger in (False, True):
        hang(page, server)
        x, y = middle(page)
        if by_finger:
            pull_directly(page)
            fingers = Fingers(page)
            fingers.down((x, y))
            for step in range(1, 11):
                fingers.move((x - 30 * step, y))
            until(lambda: aside(server, right) < -0.05, "the gymnast follows the finger to the left")
            fingers.up()
        else:
            tab.focus_picture()
            page.keyboard.down("Control")
            page.mouse.move(x, y)
            page.mouse.down(button="right")
            page.mouse.move(x + 300, y, steps=10)
            until(lambda: aside(server, right) > 0.05, "the gymnast follows the mouse to the right")
            page.mouse.up(button="right")
            page.keyboard.up("Control")


def hang(page: Page, server: str) -> None:
    """Put the gymnast under the bar, at rest."""
    page.get_by_role("tab", name="Sim", exact=True).click()
    page.get_by_role("button", name="hang", exact=True).click()
    until(lambda: simulation(server)["time_s"] < 1 and abs(keyframe(server)["qpos"][1]) < 1e-3, "the gymnast hangs")


def camera_right(server: str) -> float:
    """The part along world y of the camera's axis to the right."""
    camera = get(server + "api/stats")["simulation_state"]["camera"]
    along_y = float(camera["xyaxes"][1])
    assert abs(along_y) > 0.3
    return along_y


def aside(server: str, right: float) -> float:
    """How far the torso is out of the plane of its swing, metres to the camera's right."""
    return keyframe(server)["qpos"][1] * float(np.sign(right))


def go_back_ten_seconds_and_play_on(tab: Tab, server: str) -> None:
    page = tab.page
    speed = page.locator(".speed select")
    speed.select_option("4")
    until(lambda: simulation(server)["time_s"] > 12, "twelve seconds", 30)
    tab.focus_picture()
    page.keyboard.press("Space")
    until_paused(server)
    speed.select_option("1")
    told = simulation(server)
    end_s, oldest_s = told["history"]["newest_s"], told["history"]["oldest_s"]
    newest = settled(page)
    slider = page.get_by_role("slider", name="History")
    slide(slider, (end_s - 10 - oldest_s) / (end_s - oldest_s))
    past_s = until(lambda: (t := simulation(server)["time_s"]) < end_s - 9 and t, "ten seconds before")
    until(lambda: difference(still(page), newest) > 50, "another picture")
    expect(page.locator(".back")).to_have_text(re.compile(r"−(9\.9|10\.0)\d s"))
    slide(slider, 1.05)  # past its end
    until(lambda: difference(still(page), newest) < 12, "the first picture again")
    assert simulation(server)["time_s"] == pytest.approx(end_s)
    slide(slider, (end_s - 10 - oldest_s) / (end_s - oldest_s))
    past_s = until(lambda: (t := simulation(server)["time_s"]) < end_s - 9 and t, "the past again")
    assert past_s == pytest.approx(end_s - 10, abs=0.1)
    tab.focus_picture()
    page.keyboard.press("Space")
    on = until(lambda: (s := simulation(server))["state"] == "running" and s["time_s"] > past_s and s, "time goes on")
    assert on["time_s"] < past_s + 5
    assert on["history"]["discarded_s"] == pytest.approx(end_s - past_s, abs=0.01)


def find_a_body_both_ways(tab: Tab, server: str) -> None:
    """Where the outline of a body is that was chosen in the tree, a double-click chooses that body in the tree."""
    page = tab.page
    hang(page, server)
    until(lambda: simulation(server)["time_s"] > 0.5, "half a second")
    tab.focus_picture()
    page.keyboard.press("Space")
    until_paused(server)
    card = page.get_by_role("region", name="Selected body")
    card.get_by_role("button", name="Select nothing").click()
    expect(card).to_have_count(0)
    page.get_by_role("tab", name="Tree").click()
    row = page.get_by_role("treeitem", name="torso")
    before = settled(page)
    row.click()
    expect(row).to_have_attribute("aria-selected", "true")
    outlined = until(lambda: (difference(p := still(page), before) > 30 and [p]) or None, "an outline")[0]
    card.get_by_role("button", name="Select nothing").click()
    expect(row).to_have_attribute("aria-selected", "false")
    until(lambda: difference(still(page), before) < 25, "no outline")
    rows, columns = np.nonzero(np.abs(outlined - before).max(axis=2) > 40)
    page.mouse.dblclick(*at_picture(page, float(columns.mean() / 160), float((rows.mean() + STRIP_ROWS) / 90)))
    expect(row).to_have_attribute("aria-selected", "true")
    until(lambda: difference(still(page), before) > 30, "the outline again")


def still(page: Page) -> NDArray[np.int16]:
    """What is shown, without the strip, which is another one in each picture."""
    return decoded(page)[STRIP_ROWS:]


def settled(page: Page) -> NDArray[np.int16]:
    """The still of a paused room, once what was under way has been shown: ten looks in a row at the very same picture."""
    looks = [decoded(page)]

    def same() -> bool:
        looks.append(decoded(page))
        return len(looks) > 10 and all(np.array_equal(look, looks[-1]) for look in looks[-10:])

    until(same, "a picture that stays")
    return looks[-1][STRIP_ROWS:]


def at_picture(page: Page, x: float, y: float) -> tuple[float, float]:
    """CSS px of a place in the 16:9 picture, whose left top is (0, 0) and whose right bottom is (1, 1)."""
    box = page.locator(".picture").bounding_box()
    assert box is not None
    width = min(box["width"], box["height"] * 16 / 9)
    height = width * 9 / 16
    return (
        box["x"] + (box["width"] - width) / 2 + x * width,
        box["y"] + (box["height"] - height) / 2 + y * height,
    )


def make_a_mistake_and_mend_it(tab: Tab, server: str) -> None:
    page = tab.page
    show_editor(page)
    until_text(page, 'name="chest"')
    standing(page, "This is the scene that runs.")
    lines = text_of(page).split("\n")
    at = next(number for number, text in enumerate(lines) if 'name="chest"' in text)
    assert lines[at].endswith('material="blue"/>')
    line = at + 1
    mistaken = "\n".join([*lines[:at], lines[at].replace("blue", "velvet"), *lines[line:]])
    with pytest.raises(ValueError) as refused:
        mujoco.MjModel.from_xml_string(mistaken)
    said = re.search(r"Error: (.*)", str(refused.value))
    assert said is not None
    assert f"line {line}" in str(refused.value)

    go_to(page, line)
    for _ in range(len('blue"/>')):
        page.keyboard.press("ArrowLeft")
    for _ in range(len("blue")):
        page.keyboard.press("Delete")
    page.keyboard.type("velvet")
    problem = page.locator(".problems li")
    expect(problem).to_have_count(1)
    expect(problem).to_contain_text(str(line))
    expect(problem).to_contain_text(said.group(1))
    squiggle = page.locator(".cm-lintRange-error")
    expect(squiggle).to_have_text(re.compile("velvet"))
    assert line_number_beside(page, squiggle) == line
    before = keyframe(server)
    assert before["time"][0] > 0

    for _ in range(len("velvet")):
        page.keyboard.press("Backspace")
    page.keyboard.type("orange")
    standing(page, "Compiles")
    expect(squiggle).to_have_count(0)
    picture, scene = settled(page), get(server + "api/scene/current")["scene_id"]
    page.keyboard.press("Control+Enter")
    standing(page, "Applied for everybody.")
    assert get(server + "api/scene/current")["scene_id"] > scene
    after = keyframe(server)
    assert {name: after[name] for name in ("time", "qpos", "qvel")} == {
        name: before[name] for name in ("time", "qpos", "qvel")
    }
    until(lambda: difference(still(page), picture) > 50, "an orange chest")
    page.get_by_role("button", name="Editor", exact=True).click()


def line_number_beside(page: Page, mark: Locator) -> int:
    """What stands in the gutter at the height of `mark`."""
    box = mark.bounding_box()
    assert box is not None
    middle_y = box["y"] + box["height"] / 2
    for number in page.locator(".cm-lineNumbers .cm-gutterElement").all():
        beside = number.bounding_box()
        if beside and beside["y"] <= middle_y < beside["y"] + beside["height"] and number.inner_text().isdigit():
            return int(number.inner_text())
    raise AssertionError("no line number beside the squiggle")


def bring_a_model_with_a_mesh(tab: Tab, server: str, tmp_path: Path) -> None:
    page = tab.page
    archive = tmp_path / "swing.zip"
    archive.write_bytes(zipped({"swing/swing.xml": SWING, "swing/meshes/wedge.stl": tetra_stl()}))
    before = still(page)
    drop_paths(page, archive)
    expect(page.locator(".toast", has_text="swing is loaded for everybody")).to_be_visible(timeout=30_000)
    until(lambda: difference(still(page), before) > 40, "the wedge")
    current = get(server + "api/scene/current")
    assert (current["name"], current["model_info"]["nmeshface"]) == ("swing", 4)
    expect(page.locator(".top")).to_contain_text("swing")
    if simulation(server)["state"] == "paused":
        tab.focus_picture()
        page.keyboard.press("Space")
    shown = still(page)
    until(lambda: difference(still(page), shown) > 20, "a wedge that swings")


def record_and_play_five_seconds(tab: Tab, folder: Path) -> None:
    page = tab.page
    page.get_by_role("navigation", name="Panels").get_by_role("button", name="Record").click()
    panel = page.get_by_role("region", name="Record", exact=True)
    panel.get_by_role("button", name="Record", exact=True).click()
    expect(page.locator(".record .elapsed")).to_have_text("0:05", timeout=20_000)
    panel.get_by_role("button", name="Stop", exact=True).click()
    entry = panel.get_by_role("list", name="Recordings").get_by_role("listitem").first
    entry.get_by_role("button", name="Play").first.click()
    video = page.get_by_role("dialog", name="Recorded video").locator("video")
    until(lambda: video.evaluate("v => v.currentTime > 0.5 && !v.paused && !v.error"), "the video plays")

    [path] = folder.glob("*/video-1.mp4")
    shown_s, captured_s, length_s = times_of(path)
    assert captured_s[-1] > 5
    assert np.abs(shown_s - captured_s).max() < PICTURE_S
    assert 0 < length_s - shown_s[-1] < 0.5
    assert video.evaluate("v => v.duration") == pytest.approx(length_s, abs=PICTURE_S)

    looks = [np.array(video.evaluate(PICTURE_AT, at_s)).reshape(90, 160, 4) for at_s in np.arange(0.5, 5, 0.4).tolist()]
    scenes = [look[STRIP_ROWS:, :, :3].astype(np.int16) for look in looks]
    assert np.median([difference(a, b) for a, b in pairwise(scenes)]) > 20
    page.get_by_role("button", name="Close the video").click()


def times_of(path: Path) -> tuple[NDArray[Any], NDArray[Any], float]:
    """When each picture of a video is shown, and when it was captured, seconds from its first; and its length."""
    with av.open(str(path)) as container:
        pictures = list(container.decode(video=0))
        length_s = float(container.duration or 0) / 1e6
    ticks = np.array([read_strip(picture.to_ndarray(format="rgb24"))[0] for picture in pictures])
    shown = np.array([float(picture.pts * picture.time_base) for picture in pictures])
    return shown - shown[0], (ticks - ticks[0]) % 2**24 / TICKS_PER_S, length_s


def take_a_picture_of_the_depth(tab: Tab, server: str) -> None:
    page = tab.page
    panel = page.get_by_role("region", name="Record", exact=True)
    panel.get_by_role("button", name="Depth").click()
    with page.expect_download(timeout=60_000) as waiting:
        page.get_by_role("region", name="Time").get_by_role("button", name="Save the picture").click()
    assert waiting.value.suggested_filename.endswith("-depth.png")
    path = Path(waiting.value.path())
    assert "millimetres" in words_of(path.read_bytes())["depth"]
    with av.open(str(path)) as container:
        [picture] = container.decode(video=0)
        depth = picture.to_ndarray(format="gray16le").astype(int)
    assert depth.shape == (720, 1280)
    off = depth / floor_depth_mm(server)[:, None] - 1
    assert (np.abs(off) < 0.01).mean() > 0.1, "the floor is where geometry has it"
    assert ((off < -0.02) & (depth < 65_535)).sum() > 2000, "the wedge is in front of it"
    assert (depth == 65_535).mean() > 0.1, "nothing is farther than the sky"


def floor_depth_mm(server: str) -> NDArray[Any]:
    """Along the camera's axis to the plane z = 0, in each of 720 rows; infinite above the horizon."""
    camera = get(server + "api/stats")["simulation_state"]["camera"]
    right, up = np.array(camera["xyaxes"]).reshape(2, 3)
    height = np.tan(np.radians(camera["fov_deg"]) / 2) * (1 - (2 * np.arange(720) + 1) / 720)
    falls = np.cross(right, up)[2] - height * up[2]  # metres downwards for a metre along the axis
    return np.where(falls > 0, 1000 * camera["pos"][2] / np.maximum(falls, 1e-9), np.inf)
