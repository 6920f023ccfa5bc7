"""The panels, their buttons, and the page at every width."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from py_remote_viewer.protocol import messages as m
from py_remote_viewer.protocol.camera_input import FrameScene, SetCamera
from py_remote_viewer.protocol.scene_edits import CheckedScene, KeptPose, Problem
from py_remote_viewer.protocol.sim_commands import Pause, Play, Reset, SetQuality, SetSpeed, Step
from tests.e2e.fake_server import FakeServer
from tests.e2e.hands import drop
from tests.e2e.live import until
from tests.e2e.page import Open, assert_accessible

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

XML = '<mujoco><worldbody><geom size="1"/></worldbody></mujoco>'


# --- panels -----------------------------------------------------------------------------------------------------------


def test_a_preset_is_loaded_and_marked(open_page: Open, fake: FakeServer) -> None:
    tab = open_page()
    tab.page.get_by_role("button", name="Scenes").click()
    expect(tab.page.locator(".preset[aria-current]")).to_contain_text("Unitree Go1")
    assert_accessible(tab.page)
    tab.page.get_by_role("searchbox", name="Search scenes").fill("panda")
    expect(tab.page.locator(".preset")).to_have_count(1)
    tab.page.locator(".preset").click()
    expect(tab.page.locator(".toast")).to_contain_text("Franka Panda is loaded for everybody")
    expect(tab.page.locator(".preset[aria-current]")).to_contain_text("Franka Panda")
    assert fake.loads == [{"preset": "franka_panda"}]


def test_a_refused_file_comes_into_the_editor_with_its_line(open_page: Open, fake: FakeServer) -> None:
    problem = Problem(line=3, column=5, end_column=9, message="unrecognized element", hint="Did you mean geom?")
    error = {"code": "scene_invalid", "message": problem.message, "line": 3, "element": "gem", "hint": problem.hint}
    fake.set(load=(400, {"success": False, "error": error}), checked=CheckedScene(problems=(problem,)))
    tab = open_page()
    drop(tab.page, "no.xml", "<nothing/>", ".picture")
    expect(tab.page.locator(".toast")).to_contain_text("no MJCF")
    assert fake.loads == []
    drop(tab.page, "robot.xml", XML, ".picture")
    expect(tab.page.locator(".findings .note.bad")).to_contain_text("robot.xml was not loaded")
    expect(tab.page.locator(".problems")).to_contain_text("3unrecognized element. Did you mean geom?")
    expect(tab.page.locator(".cm-content")).to_contain_text("<geom")
    assert fake.loads == [{"xml": XML}]
    fake.until(lambda: fake.checks == [XML], "one check")
    assert_accessible(tab.page)


def test_the_editor_keeps_what_somebody_wrote_when_another_scene_comes(open_page: Open, fake: FakeServer) -> None:
    """On this server the content security policy knows no inline style, and the editor breaks no part of it."""
    tab = open_page()
    tab.page.get_by_role("button", name="Editor", exact=True).click()
    expect(tab.page.locator(".cm-content")).to_contain_text('model="go1"')
    assert tab.page.locator(".cm-content").evaluate("element => getComputedStyle(element).whiteSpace") == "pre"
    tab.page.locator(".cm-content").focus()
    tab.page.keyboard.press("Space")  # typing plays and pauses nothing
    tab.page.keyboard.press("Backspace")
    tab.page.keyboard.type("<!-- mine -->")
    expect(tab.page.get_by_role("button", name="Apply")).to_be_enabled()
    taken = (409, {"success": False, "error": {"code": "scene_changed", "message": "another scene", "hint": ""}})
    fake.set(load=taken, xml='<mujoco model="theirs"/>', _scene_id=7, _title="Theirs")
    tab.page.keyboard.press("Control+Enter")
    expect(tab.page.locator(".theirs")).to_contain_text("Theirs was loaded meanwhile")
    assert fake.loads[-1] == {"xml": fake.loads[-1]["xml"], "keep_pose": True, "based_on": 1}
    assert "<!-- mine -->" in fake.loads[-1]["xml"]
    fake.set(load=(200, {"success": True, "kept": KeptPose(joints=12, joints_of=14).model_dump()}))
    tab.page.get_by_role("button", name="Keep mine").click()
    expect(tab.page.locator(".theirs")).to_have_count(0)
    tab.page.get_by_role("checkbox", name="Keep pose").uncheck()
    tab.page.get_by_role("button", name="Apply").click()
    expect(tab.page.locator(".standing")).to_have_text("Applied for everybody. Kept 12 of 14 joints.")
    assert (fake.loads[-1]["keep_pose"], fake.loads[-1]["based_on"]) == (False, 7)
    assert not fake.of_type(Play)
    assert not fake.of_type(Pause)
    assert not fake.of_type(Reset)


PASTE = """(text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def test_a_file_dropped_anywhere_is_loaded(open_page: Open, fake: FakeServer) -> None:
    tab = open_page()
    drop(tab.page, "robot.xml", XML, ".picture")
    expect(tab.page.locator(".toast")).to_contain_text("robot.xml is loaded")
    assert fake.loads == [{"xml": XML}]
    drop(tab.page, "robot.stl", "solid", ".picture")
    expect(tab.page.locator(".toast", has_text="robot.stl")).to_contain_text("There is no model in it")
    tab.page.evaluate(PASTE, XML)
    expect(tab.page.locator(".cm-content")).to_have_text(XML)
    assert len(fake.loads) == 1


def test_the_inspector_sends_what_it_says(open_page: Open, fake: FakeServer) -> None:
    tab = open_page()
    side = tab.page.locator(".side")
    side.get_by_role("button", name="crouch").click()
    side.get_by_role("button", name="1/4×").click()
    side.get_by_role("button", name="Step", exact=True).click()
    side.get_by_role("tab", name="Camera").click()
    assert_accessible(tab.page)
    side.get_by_role("button", name="Top").click()
    side.get_by_role("button", name="front_left").click()
    side.get_by_role("searchbox", name="Search bodies").fill("FR_c")
    side.get_by_role("button", name="FR_calf").click()
    side.get_by_role("tab", name="Look").click()
    side.get_by_label("Picture quality, for everybody").select_option("720p")
    expect(side).to_contain_text("Chosen by hand.", ignore_case=True)
    assert_accessible(tab.page)
    fake.until(lambda: bool(fake.of_type(SetQuality)), "the quality")
    assert fake.of_type(Reset)[-1].keyframe == "crouch"
    assert fake.of_type(SetSpeed)[-1].factor == 0.25
    assert fake.of_type(Step)[-1].count == 10
    assert fake.of_type(FrameScene)[-1].view == "top"
    assert [(c.mode, c.target) for c in fake.of_type(SetCamera)] == [("fixed", "front_left"), ("tracking", "FR_calf")]


def test_settings_are_remembered_and_hints_come_back(open_page: Open) -> None:
    tab = open_page()
    tab.page.get_by_role("button", name="Got it").click()
    expect(tab.page.locator(".hints")).to_have_count(0)
    tab.page.get_by_role("button", name="Settings").click()
    assert_accessible(tab.page)
    tab.page.get_by_role("button", name="Light", exact=True).click()
    assert tab.page.evaluate("document.documentElement.dataset.theme") == "light"
    tab.page.reload()
    tab.live()
    assert tab.page.evaluate("document.documentElement.dataset.theme") == "light"
    expect(tab.page.locator(".hints")).to_have_count(0)
    tab.page.get_by_role("button", name="Settings").click()
    tab.page.get_by_role("button", name="Show the hints again").click()
    expect(tab.page.locator(".hints")).to_be_visible()


def test_a_notice_and_a_refusal_are_toasts(open_page: Open, fake: FakeServer) -> None:
    tab = open_page()
    fake.say(m.Notice(level="warn", text="no NVENC (driver missing): encoding with x264"))
    expect(tab.page.locator(".toast.warn")).to_contain_text("no NVENC")
    fake.say(m.Error(code="room_busy", message="The room is busy", hint="Try again."))
    expect(tab.page.locator(".toast.bad")).to_contain_text("Try again.")
    assert_accessible(tab.page)
    tab.live()


# --- sizes ------------------------------------------------------------------------------------------------------------

OVERFLOWS = """(width) => [...document.querySelectorAll("button, select, input, .tag, .time, .light, .card")]
  .filter((e) => e.checkVisibility() && !e.closest("[role=tablist], .list, .pane, .drawer, [popover], .visually-hidden"))
  .filter((e) => { const r = e.getBoundingClientRect();
    return r.left < -0.5 || r.right > width + 0.5 || r.bottom > innerHeight + 0.5 })
  .map((e) => e.outerHTML.slice(0, 120))"""
SMALL_TARGETS = """() => [...document.querySelectorAll("button, select, [role=tab], summary")]
  .filter((e) => e.checkVisibility() && !e.closest(".visually-hidden, .choice, .list"))
  .filter((e) => { const r = e.getBoundingClientRect(); return r.width < 40 || r.height < 40 })
  .map((e) => e.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("width", [1440, 1024, 390, 320])
def test_nothing_falls_off_at_any_width(open_page: Open, width: int) -> None:
    tab = open_page(width, 844, has_touch=width < 700, is_mobile=width < 700)
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= width
    assert tab.page.evaluate(OVERFLOWS, width) == []
    if width < 700:
        for name in ("Scenes", "Editor", "Sim", "Camera", "Look"):
            tab.page.get_by_role("tab", name=name).click()
            assert tab.page.evaluate(SMALL_TARGETS) == []
            assert_accessible(tab.page)
    elif width < 1100:
        tab.page.get_by_role("button", name="Inspector").click()
        expect(tab.page.locator(".side")).to_be_in_viewport()
        assert_accessible(tab.page)


COVERED = """() => [...document.querySelectorAll(".banner p, .banner button, .toast p, .toast button")].filter((e) => {
    const r = e.getBoundingClientRect();
    return ![0.05, 0.5, 0.95].every((x) => e.contains(document.elementFromPoint(r.x + x * r.width, r.y + r.height / 2)));
  }).map((e) => e.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1024, 768), (390, 844)])
def test_what_is_wrong_is_read_beside_the_widest_panel(
    open_page: Open, fake: FakeServer, width: int, height: int
) -> None:
    tab = open_page(width, height, has_touch=width < 700, is_mobile=width < 700)
    tab.page.get_by_role("button", name="Got it").click()
    tab.page.get_by_role("tab" if width < 700 else "button", name="Editor").click()
    expect(tab.page.locator(".cm-content")).to_be_visible()
    tab.focus_picture()
    tab.page.keyboard.press("F2")
    expect(tab.page.locator(".hud")).to_be_visible()
    fake.set(simulation={"state": "diverged", "reason": "the state became NaN or huge at t=0.010 s"})
    fake.say(m.Notice(level="warn", text="The simulation diverged at t=0.01 s and is paused. Rewind or reset it."))
    expect(tab.page.locator(".banner")).to_contain_text("diverged")
    expect(tab.page.locator(".toast")).to_be_visible()
    until(lambda: tab.page.evaluate(COVERED) == [], "everything in view, once it has come to rest", 5)
    assert tab.page.locator(".banner").evaluate("e => e.offsetHeight") < 140
    assert_accessible(tab.page)


@pytest.mark.parametrize("width", [1024, 390])
def test_tabs_out_of_view_are_announced_by_an_arrow(open_page: Open, width: int) -> None:
    tab = open_page(width, 844, has_touch=width < 700, is_mobile=width < 700)
    if width >= 700:
        tab.page.get_by_role("button", name="Inspector", exact=True).click()
    last, after, before = tab.page.get_by_role("tab", name="Tree"), ".more-tabs.after", ".more-tabs.before"
    expect(last).not_to_be_in_viewport()
    expect(tab.page.locator(before)).to_have_count(0)
    tab.page.locator(after).click()
    expect(tab.page.locator(before)).to_be_visible()
    tab.page.locator(before).click()
    expect(tab.page.locator(before)).to_have_count(0)
    last.click()
    tab.page.reload()
    tab.live()
    if width >= 700:
        tab.page.get_by_role("button", name="Inspector", exact=True).click()
    expect(last).to_be_in_viewport()  # the one that is chosen
    expect(tab.page.locator(before)).to_be_visible()
    assert_accessible(tab.page)


def test_the_end_of_long_measurements_stays_in_reach(open_page: Open) -> None:
    tab = open_page(1024, 600)
    tab.focus_picture()
    for key in ("F2", "F3"):
        tab.page.keyboard.press(key)
    hud = tab.page.locator(".hud")
    expect(hud).to_be_visible()
    assert hud.evaluate("e => e.scrollHeight > e.clientHeight")
    for name in ("Copy as JSON", "Close the measurements"):
        expect(hud.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)
    expect(tab.page.locator(".profiler")).to_be_visible()
    expect(tab.page.locator(".hints")).to_be_hidden()  # it would lie below the profiler
    assert_accessible(tab.page)


def test_forced_colours_and_reduced_motion_keep_the_page_whole(open_page: Open) -> None:
    tab = open_page(forced_colors="active", reduced_motion="reduce")
    expect(tab.page.get_by_role("button", name="Pause").first).to_be_visible()
    assert tab.page.evaluate("getComputedStyle(document.querySelector('button')).transitionDuration") in ("0s", "")
