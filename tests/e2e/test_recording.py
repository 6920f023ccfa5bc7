"""Recording in a real Chromium: record, stop, the list shows it, it plays; pictures of the view come as files."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from pathlib import Path

import av
import pytest
from playwright.sync_api import Browser, expect

from py_remote_viewer.record.png import words_of
from py_remote_viewer.record.replay import replay
from py_remote_viewer.record.trajectory import load_trajectory
from tests.cli.servers import running
from tests.e2e.live import get, until, until_moving
from tests.e2e.page import Tab, assert_accessible, tabs

pytestmark = [pytest.mark.e2e, pytest.mark.gl]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "recordings"


@pytest.fixture
def server(folder: Path) -> Iterator[str]:
    with running(
        "--quality", "lean-50", "--scene", "double_pendulum", VIEWER_RECORDINGS_DIR=str(folder), VIEWER_TOKEN="sesame"
    ) as (_, url):
        yield url


@pytest.fixture
def tab(browser: Browser, server: str) -> Iterator[Tab]:
    with tabs(browser, server) as visit:
        yield visit(width=1440, height=900, timeout_ms=15_000)


def test_what_is_recorded_plays_in_the_page_and_replays_bit_for_bit(tab: Tab, folder: Path) -> None:
    page = tab.page
    until_moving(page)
    page.get_by_role("navigation", name="Panels").get_by_role("button", name="Record").click()
    panel = page.get_by_role("region", name="Record", exact=True)
    expect(panel).to_contain_text("Nothing was recorded yet.")
    panel.get_by_role("button", name="Both").click()
    page.keyboard.press("F9")
    expect(page.locator(".record .elapsed")).to_have_text("0:05", timeout=20_000)
    page.get_by_role("region", name="Time").get_by_role("button", name="Stop recording").click()
    entry = panel.get_by_role("list", name="Recordings").get_by_role("listitem").first
    expect(entry).to_contain_text("double pendulum", ignore_case=True)
    expect(page.get_by_role("button", name="Stop recording")).to_have_count(0)
    assert_accessible(page)

    entry.get_by_role("button", name="Play").first.click()
    player = page.get_by_role("dialog", name="Recorded video")
    until(lambda: player.locator("video").evaluate("v => v.currentTime > 0.5 && !v.error"), "the video plays")
    [path] = folder.glob("*/video-1.mp4")
    with av.open(str(path)) as container:
        length_s = float(container.duration or 0) / 1e6
        pictures = list(container.decode(video=0))
    assert 5 <= length_s <= 20
    assert player.locator("video").evaluate("v => v.videoWidth") == pictures[0].width == 640
    assert abs(player.locator("video").evaluate("v => v.duration") - length_s) < 1 / 60
    player.locator("video").evaluate("v => { v.currentTime = 3; }")
    until(lambda: player.locator("video").evaluate("v => v.currentTime >= 3 && !v.seeking"), "a jump to 3 s")
    player.get_by_role("button", name="Close the video").click()

    [states] = folder.glob("*/trajectory-1.prvt")
    trajectory = load_trajectory(states)
    done = replay(trajectory)
    assert done.difference is None, str(done.difference)
    assert done.steps > 1000
    assert trajectory.xml is not None
    assert "<mujoco" in trajectory.xml

    entry.locator("summary").click()
    with page.expect_download() as waiting:
        entry.get_by_role("link", name="Download video-1.mp4").click()
    assert waiting.value.suggested_filename.startswith("three-double-pendulums-20")
    assert Path(waiting.value.path()).read_bytes() == path.read_bytes()

    entry.get_by_role("button", name="Render").click()
    entry.get_by_label("Size").select_option("1280 × 720")
    entry.get_by_label("Quality").select_option("plain")
    entry.get_by_label("Pictures a second").select_option("24 fps")
    entry.get_by_label("Speed").select_option("4×")
    entry.get_by_role("button", name="Render", exact=True).click()
    expect(entry.get_by_role("button", name="Play render-1.mp4")).to_be_visible(timeout=60_000)

    entry.get_by_role("button", name="Delete").click()
    entry.get_by_role("button", name="Delete for good?").click()
    expect(panel).to_contain_text("Nothing was recorded yet.")
    assert list(folder.glob("2*")) == []


def test_pictures_of_the_view_come_as_files(tab: Tab) -> None:
    page = tab.page
    page.get_by_role("navigation", name="Panels").get_by_role("button", name="Record").click()
    panel = page.get_by_role("region", name="Record", exact=True)

    def taken(kind: str) -> tuple[str, bytes]:
        panel.get_by_role("button", name=kind).click()
        with page.expect_download(timeout=60_000) as waiting:
            page.keyboard.press("F8")
        return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()

    name, colour = taken("Colour")
    assert name.startswith("three-double-pendulums-20")
    assert name.endswith("s.png")
    assert struct.unpack("!II", colour[16:24]) == (1280, 720)
    panel.get_by_label("Size of the picture").select_option("1920 × 1080")
    name, depth = taken("Depth")
    assert name.endswith("-depth.png")
    assert (struct.unpack("!II", depth[16:24]), depth[24]) == ((1920, 1080), 16)
    assert "millimetres" in words_of(depth)["depth"]
    name, objects = taken("Objects")
    assert {"id", "type", "name", "pixels"} <= set(json.loads(words_of(objects)["legend"])["objects"][0])


def test_a_phone_has_it_all_in_its_sheet(browser: Browser, server: str) -> None:
    tab = Tab(browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True).new_page())
    tab.page.goto(server)
    tab.live()
    tab.page.get_by_role("tab", name="Record").click()
    sheet = tab.page.get_by_role("complementary", name="Inspector")
    assert tab.page.locator(".move").evaluate("e => e.scrollWidth <= e.clientWidth")
    sheet.get_by_role("button", name="Record", exact=True).click()
    expect(tab.page.locator(".record .elapsed")).to_be_visible()
    move = tab.page.locator(".move")
    assert move.evaluate("e => e.scrollWidth <= e.clientWidth")
    assert_accessible(tab.page)
    sheet.get_by_role("button", name="Stop", exact=True).click()
    expect(sheet.get_by_role("list", name="Recordings").get_by_role("listitem")).to_have_count(1)
    tab.page.context.close()


def test_a_file_is_taken_only_with_the_token_or_its_own_address(server: str, tab: Tab) -> None:
    base = server.partition("#")[0]
    with pytest.raises(Exception, match="401"):
        get(base + "api/recordings")
