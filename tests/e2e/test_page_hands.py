"""Hands and keys: what a drag, a pinch, a wheel and a key send."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from py_remote_viewer.protocol.camera_input import Orbit, Pan, SetCamera, Zoom
from py_remote_viewer.protocol.sim_commands import Pause, Play, Reset, SetSpeed, Step
from tests.e2e.fake_server import FakeServer
from tests.e2e.hands import Fingers
from tests.e2e.page import Open, assert_accessible

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]


def test_hands_turn_move_and_zoom(open_page: Open, fake: FakeServer) -> None:
    tab = open_page()
    box = tab.page.locator(".picture").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    picture_height = box["width"] * 9 / 16
    mouse = tab.page.mouse
    mouse.move(x, y)
    mouse.down()
    mouse.move(x + 100, y - 50, steps=20)
    mouse.up()
    turned = lambda: sum(o.d_azimuth for o in fake.of_type(Orbit))  # noqa: E731
    fake.until(lambda: abs(turned() + 180 * 100 / picture_height) < 0.01, f"the whole turn ({turned()})")
    assert sum(o.d_elevation for o in fake.of_type(Orbit)) == pytest.approx(180 * 50 / picture_height)
    mouse.move(x, y)
    mouse.down(button="right")
    mouse.move(x + 20, y + 40, steps=4)
    mouse.up(button="right")
    fake.until(lambda: bool(fake.of_type(Pan)), "a pan")
    fake.until(lambda: abs(sum(p.dy for p in fake.of_type(Pan)) - 40 / picture_height) < 1e-3, "the whole pan")
    mouse.wheel(0, -100)
    fake.until(lambda: bool(fake.of_type(Zoom)), "a zoom")
    zoom = fake.of_type(Zoom)[-1]
    assert zoom.amount == pytest.approx(0.12)
    inputs = [message.seq for message in list(fake.received) if isinstance(message, Orbit | Pan | Zoom)]
    assert len(set(inputs)) == len(inputs)


def test_hand_to_eye_is_measured(open_page: Open, fake: FakeServer) -> None:
    tab = open_page()
    tab.focus_picture()
    tab.page.keyboard.press("F2")
    tab.page.keyboard.press("Shift+ArrowLeft")
    expect(tab.page.locator(".hud-head p:nth-child(2) b")).to_have_text(re.compile(r"^\d"), timeout=8_000)
    assert_accessible(tab.page)
    tab.page.get_by_role("button", name="Copy as JSON").click()
    expect(tab.page.locator(".toast")).to_contain_text("copied")


def test_two_fingers_pinch_and_one_turns(open_page: Open, fake: FakeServer) -> None:
    tab = open_page(390, 844, has_touch=True, is_mobile=True)
    fingers = Fingers(tab.page)
    fingers.down((150, 150), (240, 150))
    for spread in range(5, 45, 5):
        fingers.move((150 - spread, 150), (240 + spread, 150))
    fingers.up()
    fake.until(lambda: sum(z.amount for z in fake.of_type(Zoom)) > 0.5, "coming closer")
    assert abs(sum(p.dx for p in fake.of_type(Pan))) < 0.05
    fingers.down((150, 150))
    fingers.move((190, 150))
    fingers.up()
    fake.until(lambda: sum(o.d_azimuth for o in fake.of_type(Orbit)) < -10, "a turn")


def test_keys_drive_the_simulation_and_leave_text_fields_alone(open_page: Open, fake: FakeServer) -> None:
    tab = open_page()
    keyboard = tab.page.keyboard
    tab.focus_picture()
    for key in ("Space", "ArrowRight", "Backspace", "+", "]"):
        keyboard.press(key)
    wanted = [Pause, Step, Reset, SetSpeed, SetCamera]
    fake.until(lambda: all(fake.of_type(kind) for kind in wanted), "every command")
    assert fake.of_type(SetSpeed)[-1].factor == 2
    assert fake.of_type(SetCamera)[-1].target == "tracking"
    before = len(fake.of_type(Play)) + len(fake.of_type(Pause))
    tab.page.get_by_role("spinbutton", name="Steps at once").focus()
    keyboard.press("Space")
    keyboard.press("Backspace")
    tab.focus_picture()
    keyboard.press("?")
    search = tab.page.get_by_role("searchbox", name="Search keys")
    expect(search).to_be_focused()
    search.fill("faster")
    expect(tab.page.locator(".shortcuts dd")).to_have_count(1)
    assert_accessible(tab.page)
    keyboard.press("Escape")  # clears the search
    keyboard.press("Escape")
    expect(search).to_be_hidden()
    assert len(fake.of_type(Play)) + len(fake.of_type(Pause)) == before


def test_everything_can_be_reached_with_tab(open_page: Open) -> None:
    tab = open_page()
    names: list[str] = []
    for _ in range(60):
        tab.page.keyboard.press("Tab")
        names.append(
            tab.page.evaluate(
                "document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent.trim()"
            )
        )
    for wanted in ("Share: copy the link", "Settings", "Scenes", "Sim", "Reset", "Pause", "One step", "Full screen"):
        assert wanted in names, names
    assert any(name.startswith("Simulation:") for name in names)


def test_full_screen_keeps_the_picture_and_the_transport(open_page: Open) -> None:
    tab = open_page()
    tab.focus_picture()
    tab.page.keyboard.press("Shift+Enter")
    expect(tab.page.locator(".top")).to_be_hidden()
    assert tab.page.evaluate("document.fullscreenElement?.classList.contains('page')")
    expect(tab.page.locator(".picture")).to_be_visible()
    expect(tab.page.locator(".move")).to_be_in_viewport()
    expect(tab.page.locator(".side")).to_be_hidden()
    tab.page.keyboard.press("Shift+Enter")
    expect(tab.page.locator(".top")).to_be_visible()
