"""Hands on bodies, the flags and the keys of simulate, and teleoperation: what the page sends, and what it shows."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from py_remote_viewer.protocol.camera_input import Orbit, SetCamera
from py_remote_viewer.protocol.control_input import SetCtrl
from py_remote_viewer.protocol.hand_input import PerturbEnd, PerturbMove, PerturbStart, Pick, Select
from py_remote_viewer.protocol.look import SetLens, SetLook
from py_remote_viewer.protocol.look_table import FLAGS
from py_remote_viewer.protocol.messages import Ping
from py_remote_viewer.protocol.status import SelectionStatus
from tests.e2e.fake_server import FakeServer
from tests.e2e.hands import Fingers, middle
from tests.e2e.page import Open, assert_accessible

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]


def test_double_clicks_select_centre_and_follow(open_page: Open, fake: FakeServer) -> None:
    tab = open_page()
    x, y = middle(tab.page)
    tab.page.mouse.dblclick(x, y)
    fake.until(lambda: len(fake.of_type(Pick)) == 1, "a pick")
    tab.page.mouse.dblclick(x, y, button="right")
    tab.page.keyboard.down("Control")
    tab.page.mouse.dblclick(x, y, button="right")
    tab.page.keyboard.up("Control")
    fake.until(lambda: len(fake.of_type(Pick)) == 3, "three picks")
    picks = fake.of_type(Pick)
    assert [pick.action for pick in picks] == ["select", "centre", "track"]
    assert all(abs(pick.x) < 0.01 and abs(pick.y) < 0.01 for pick in picks)
    assert not fake.of_type(Orbit)


def test_ctrl_drags_turn_and_pull_and_always_let_go(open_page: Open, fake: FakeServer) -> None:
    fake.set(held="trunk")
    tab = open_page()
    x, y = middle(tab.page)
    mouse, keyboard = tab.page.mouse, tab.page.keyboard
    for count, (button, mode) in enumerate((("left", "torque"), ("right", "force")), 1):
        keyboard.down("Control")
        mouse.move(x, y)
        mouse.down(button=button)  # type: ignore[arg-type]
        mouse.move(x + 60, y - 30, steps=6)
        keyboard.down("Shift")
        mouse.move(x + 80, y - 30, steps=2)
        keyboard.up("Shift")
        mouse.up(button=button)  # type: ignore[arg-type]
        keyboard.up("Control")
        fake.until(lambda count=count: len(fake.of_type(PerturbEnd)) == count, "the hand opens")  # type: ignore[misc]
        start = fake.of_type(PerturbStart)[-1]
        assert start.mode == mode
        assert (start.x, start.y) == pytest.approx((0, 0), abs=0.02)
        fake.until(lambda grip=start.grip: any(m.grip == grip for m in fake.of_type(PerturbMove)), "motion")  # type: ignore[misc]
    assert {move.plane for move in fake.of_type(PerturbMove)} == {"vertical", "horizontal"}
    seqs = [move.seq for move in fake.of_type(PerturbMove)]
    assert len(set(seqs)) == len(seqs)
    assert not fake.of_type(Orbit)


def test_a_hand_opens_when_the_page_loses_the_focus(open_page: Open, fake: FakeServer) -> None:
    fake.set(held="trunk")
    tab = open_page()
    x, y = middle(tab.page)
    tab.page.keyboard.down("Control")
    tab.page.mouse.move(x, y)
    tab.page.mouse.down()
    tab.page.mouse.move(x + 60, y, steps=4)
    fake.until(lambda: bool(fake.of_type(PerturbMove)), "motion")
    tab.page.evaluate("dispatchEvent(new Event('blur'))")
    fake.until(lambda: len(fake.of_type(PerturbEnd)) == 1, "the hand opens")
    tab.page.mouse.up()
    tab.page.keyboard.up("Control")


def test_a_finger_pulls_a_body_and_turns_on_the_background(open_page: Open, fake: FakeServer) -> None:
    tab = open_page(390, 844, has_touch=True, is_mobile=True)
    fingers = Fingers(tab.page)

    def drag() -> None:
        fingers.down((150, 150))
        for x in range(160, 220, 10):
            fingers.move((x, 150))

    expect(tab.page.get_by_role("button", name="Direct drag")).to_have_attribute("aria-pressed", "true")
    fake.until(lambda: len(fake.of_type(Ping)) >= 5, "the server has time for answers")
    drag()
    fake.until(lambda: sum(o.d_azimuth for o in fake.of_type(Orbit)) < -10, "a turn on the background")
    fingers.up()
    assert [start.mode for start in fake.of_type(PerturbStart)] == ["drag"]
    fake.set(held="trunk")
    pings = len(fake.of_type(Ping))
    fake.until(lambda: len(fake.of_type(Ping)) > pings, "what was under way of the turn has come")
    turns = len(fake.of_type(Orbit))
    drag()
    fake.until(lambda: bool(fake.of_type(PerturbMove)), "a pull")
    fingers.up()
    fake.until(lambda: len(fake.of_type(PerturbEnd)) == 2, "the hand opens")
    assert len(fake.of_type(Orbit)) == turns
    fingers.down((150, 150))
    fake.until(lambda: bool(fake.of_type(Pick)), "a long press selects")
    fingers.up()
    tab.page.get_by_role("button", name="Direct drag").click()
    before = len(fake.of_type(PerturbStart))
    drag()
    fake.until(lambda: len(fake.of_type(Orbit)) > turns, "a turn, because direct drag is off")
    fingers.up()
    assert len(fake.of_type(PerturbStart)) == before


TWO_ESCAPES = """() => {
  for (let press = 0; press < 2; press += 1) {
    document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", code: "Escape", bubbles: true }));
  }
}"""


def test_the_selected_body_is_shown_and_keys_walk_up_and_out(open_page: Open, fake: FakeServer) -> None:
    tab = open_page()
    fake.set(selection=SelectionStatus(body="FR_hip", id=2, mass_kg=0.54, moves="joints", parent="trunk"))
    card = tab.page.get_by_role("region", name="Selected body")
    expect(card).to_contain_text("FR_hip")
    expect(card).to_contain_text("540 g")
    assert_accessible(tab.page)
    card.get_by_role("button", name="Follow it").click()
    fake.until(lambda: [c.target for c in fake.of_type(SetCamera)] == ["FR_hip"], "following")
    expect(card.get_by_role("button", name="Follow it")).to_have_attribute("aria-pressed", "true")
    tab.focus_picture()
    tab.page.keyboard.press("PageUp")
    fake.until(lambda: [s.body for s in fake.of_type(Select)] == ["trunk"], "the parent")
    expect(card).to_contain_text("trunk")
    tab.page.evaluate(TWO_ESCAPES)  # the server has not yet said that the camera is free
    fake.until(lambda: fake.of_type(SetCamera)[-1].mode == "free", "the free camera first")
    fake.until(lambda: fake.of_type(Select)[-1].body is None, "then nothing selected")
    expect(card).to_have_count(0)
    tab.page.get_by_role("tab", name="Camera").click()
    expect(tab.page.get_by_role("button", name="Free")).to_have_attribute("aria-pressed", "true")


def test_every_flag_key_toggles_and_the_look_tab_shows_it(open_page: Open, fake: FakeServer) -> None:
    tab = open_page()
    tab.page.get_by_role("tab", name="Look").click()
    tab.focus_picture()
    for flag in FLAGS:
        if flag.key:
            tab.page.keyboard.press(flag.key.lower())
    keyed = [flag for flag in FLAGS if flag.key]
    fake.until(lambda: len(fake.of_type(SetLook)) == len(keyed), "every flag")
    assert [look.flags for look in fake.of_type(SetLook)] == [{flag.name: not flag.default} for flag in keyed]
    for digit in range(6):
        tab.page.keyboard.press(f"Digit{digit}")
        tab.page.keyboard.press(f"Shift+Digit{digit}")
    fake.until(lambda: len(fake.of_type(SetLook)) == len(keyed) + 12, "every group")
    groups = [look.groups for look in fake.of_type(SetLook)[len(keyed) :]]
    assert groups[:4] == [{"geom": {0: False}}, {"site": {0: False}}, {"geom": {1: False}}, {"site": {1: False}}]
    side = tab.page.locator(".side")
    expect(side.get_by_role("checkbox", name=re.compile("^Joint"))).to_be_checked()
    expect(side.get_by_role("checkbox", name=re.compile("^Texture"))).not_to_be_checked()
    expect(side.get_by_role("button", name="geom group 3")).to_have_attribute("aria-pressed", "true")


def test_the_look_tab_sets_everything_and_says_what_the_level_leaves_out(open_page: Open, fake: FakeServer) -> None:
    tab = open_page()
    side = tab.page.locator(".side")
    side.get_by_role("tab", name="Look").click()
    expect(side.locator(".flags .check")).to_have_count(len(FLAGS))
    expect(side.get_by_role("checkbox", name=re.compile("^Shadow"))).to_be_checked()
    expect(side.get_by_role("checkbox", name="Shadow not at 720p, no shadows")).to_be_visible()
    assert_accessible(tab.page)
    side.get_by_role("searchbox", name="Search flags").fill("contact")
    expect(side.locator(".flags .check")).to_have_count(3)
    side.get_by_role("checkbox", name=re.compile("^Contact Force")).check()
    side.get_by_role("button", name="tendon group 4").click()
    side.get_by_label("Labels").select_option("body")
    side.get_by_label("Frames").select_option("world")
    side.get_by_label("Tree depth").fill("3")
    side.get_by_label("Flex layer").fill("1")
    side.get_by_role("button", name="Off", exact=True).click()
    fake.until(lambda: fake.look.headlight == "off", "the headlight")
    look = fake.look
    assert (look.label, look.frame, look.tree_depth, look.flex_layer) == ("body", "world", 3, 1)
    assert look.flags["contactforce"]
    assert look.groups["tendon"][4]
    side.get_by_role("button", name="Defaults").click()
    fake.until(lambda: fake.look.label == "none" and not fake.look.flags["contactforce"], "the defaults")
    expect(side.get_by_role("button", name="tendon group 4")).to_have_attribute("aria-pressed", "false")


def test_letters_never_toggle_while_somebody_types_or_uses_buttons(open_page: Open, fake: FakeServer) -> None:
    tab = open_page()
    tab.page.get_by_role("button", name="Scenes").click()
    tab.page.get_by_role("searchbox", name="Search scenes").press_sequentially("wirejoint 0123;,/'[]`")
    tab.page.get_by_role("button", name="Settings").focus()
    tab.page.keyboard.press("j")
    tab.page.keyboard.press("1")
    tab.focus_picture()
    tab.page.keyboard.press("w")
    fake.until(lambda: bool(fake.of_type(SetLook)), "the one that was meant")
    assert [look.flags for look in fake.of_type(SetLook)] == [{"wireframe": True}]


def test_tab_hides_panels_after_a_click_and_traps_nobody(open_page: Open) -> None:
    tab = open_page()
    tab.page.mouse.click(*middle(tab.page))
    tab.page.keyboard.press("Shift+Tab")
    expect(tab.page.locator(".side")).to_be_hidden()
    tab.page.keyboard.press("Tab")
    expect(tab.page.locator(".drawer")).to_be_visible()
    tab.page.keyboard.press("Tab")
    tab.page.keyboard.press("Shift+Tab")
    expect(tab.page.locator(".drawer")).to_be_hidden()
    expect(tab.page.locator(".side")).to_be_visible()
    tab.page.keyboard.press("Escape")
    tab.page.keyboard.press("Tab")
    expect(tab.page.locator(".picture")).not_to_be_focused()
    tab.focus_picture()
    tab.page.keyboard.press("Tab")
    expect(tab.page.locator(".picture")).not_to_be_focused()


def test_the_lens_is_chosen_and_the_camera_is_copied_as_mjcf(open_page: Open, fake: FakeServer) -> None:
    tab = open_page(permissions=["clipboard-read", "clipboard-write"])
    side = tab.page.locator(".side")
    side.get_by_role("tab", name="Camera").click()
    side.get_by_label("Field of view, degrees").fill("60")
    side.get_by_label("Orthographic").check()
    fake.until(lambda: len(fake.of_type(SetLens)) == 2, "the lens")
    expect(side).to_contain_text("60°")
    assert_accessible(tab.page)
    side.get_by_role("button", name="Copy as MJCF").click()
    expect(tab.page.locator(".toast")).to_contain_text("copied")
    text = tab.page.evaluate("navigator.clipboard.readText()")
    assert re.fullmatch(r'<camera pos="[^"]+" xyaxes="[^"]+" projection="orthographic" fovy="[\d.]+"/>', text)


def test_teleoperation_writes_ctrl_while_keys_are_down_and_then_rests(open_page: Open, fake: FakeServer) -> None:
    tab = open_page()
    tab.page.get_by_role("button", name="Teleoperation").click()
    panel = tab.page.get_by_role("region", name="Teleoperation")
    expect(panel).to_be_visible()
    assert_accessible(tab.page)
    tab.focus_picture()
    tab.page.keyboard.down("w")
    tab.page.keyboard.down("ArrowLeft")
    fake.until(lambda: bool(fake.of_type(SetCtrl)) and dict(fake.of_type(SetCtrl)[-1].values)[3] == -1, "both keys")
    sent = fake.of_type(SetCtrl)[-1]
    assert dict(sent.values)[0] == 1
    assert (sent.scale, sent.lease_s) == ("share", 1)
    count = len(fake.of_type(SetCtrl))
    fake.until(lambda: len(fake.of_type(SetCtrl)) > count, "a renewal while they are held")
    assert not fake.of_type(SetLook), "the letters are teleoperation's now"
    tab.page.keyboard.up("w")
    tab.page.keyboard.up("ArrowLeft")
    fake.until(lambda: not any(value for _, value in fake.of_type(SetCtrl)[-1].values), "rest")
    tab.page.keyboard.down("d")
    fake.until(lambda: dict(fake.of_type(SetCtrl)[-1].values)[1] == 1, "another key")
    tab.page.evaluate("dispatchEvent(new Event('blur'))")
    fake.until(lambda: dict(fake.of_type(SetCtrl)[-1].values)[1] == 0, "rest when the focus is lost")
    tab.page.keyboard.up("d")
    panel.get_by_role("button", name="Change the mapping").click()
    panel.get_by_label(re.compile("^W S.*actuator")).select_option("5")
    panel.get_by_label(re.compile("^W S.*strength")).select_option("-0.5")
    assert_accessible(tab.page)
    tab.focus_picture()
    tab.page.keyboard.down("w")
    fake.until(lambda: dict(fake.of_type(SetCtrl)[-1].values).get(5) == -0.5, "as mapped")
    tab.page.keyboard.press("Control+Enter")
    fake.until(lambda: dict(fake.of_type(SetCtrl)[-1].values).get(5) == 0, "rest when it ends")
    expect(panel).to_have_count(0)
    tab.page.keyboard.up("w")
    tab.page.keyboard.press("w")
    fake.until(lambda: bool(fake.of_type(SetLook)), "letters are simulate's again")
    tab.page.reload()
    tab.live()
    tab.page.get_by_role("button", name="Teleoperation").click()
    expect(tab.page.get_by_role("region", name="Teleoperation")).to_contain_text("−#5")


PAD = """() => {
  globalThis.__pad = { id: "test pad", connected: true, axes: [0, 0, 0, 0],
    buttons: Array.from({ length: 16 }, () => ({ value: 0, pressed: false })) };
  navigator.getGamepads = () => [null, globalThis.__pad];
  document.hasFocus = () => true;
}"""


def test_a_gamepad_drives_and_its_middle_is_rest(open_page: Open, fake: FakeServer) -> None:
    tab = open_page()
    tab.page.evaluate(PAD)
    tab.page.get_by_role("button", name="Teleoperation").click()
    expect(tab.page.get_by_role("region", name="Teleoperation")).to_contain_text("gamepad")
    tab.page.evaluate("__pad.axes = [0, 0.1, 0, 0]")
    tab.page.evaluate("__pad.axes = [0, -1, 0, 0]")
    fake.until(lambda: bool(fake.of_type(SetCtrl)), "the stick")
    assert fake.of_type(SetCtrl)[0].values[0] == (0, 1), "nothing was sent for what lies in the dead zone"
    tab.page.evaluate("__pad.axes = [0, 0.05, 0, 0]")
    fake.until(lambda: not any(value for _, value in fake.of_type(SetCtrl)[-1].values), "rest")
