"""Time and physics on the page: what its controls send, and what they show."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from py_remote_viewer.protocol import messages as m
from py_remote_viewer.protocol.sim_commands import Reset
from py_remote_viewer.protocol.time_commands import (
    DeleteKeyframe,
    RenameKeyframe,
    ResetOptions,
    Rewind,
    SaveKeyframe,
    Seek,
    SetNoise,
    SetOption,
    StepBack,
)
from tests.e2e.fake_server import FakeServer
from tests.e2e.page import Open, Tab, assert_accessible

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]


def opened(tab: Tab, *titles: str) -> None:
    """Unfold these sections of the Sim tab."""
    for title in titles:
        tab.page.locator(".fold > summary", has_text=re.compile(f"^{title}")).click()


def across(page: Page, selector: str, start: float, end: float) -> None:
    """Drag over an element, from one share of its width to another."""
    box = page.locator(selector).bounding_box()
    assert box is not None
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + start * box["width"], y)
    page.mouse.down()
    page.mouse.move(box["x"] + end * box["width"], y, steps=12)
    page.mouse.up()


def test_the_history_is_dragged_back_by_hand_and_by_keys(open_page: Open, fake: FakeServer) -> None:
    tab = open_page()
    slider = tab.page.get_by_role("slider", name="History")
    expect(slider).to_be_enabled()
    across(tab.page, ".scrub input", 0.99, 0.5)
    fake.until(lambda: bool(fake.of_type(Seek)), "a seek")
    fake.until(lambda: 5 < fake.of_type(Seek)[-1].time_s < 8, "the last place of the hand")
    assert all(later.seq > earlier.seq > 0 for earlier, later in pairwise(fake.of_type(Seek)))
    expect(tab.page.locator(".back")).to_have_text(re.compile(r"^−\d\.\d\d s$"))
    expect(slider).to_have_attribute("aria-valuetext", re.compile(r"^\d\.\d\d s, of 0\.00 to 1\d\.\d\d s$"))
    assert tab.page.locator(".tag", has_text="paused").is_visible()
    before = fake.of_type(Seek)[-1].time_s
    slider.press("ArrowLeft")
    fake.until(lambda: fake.of_type(Seek)[-1].time_s < before, "a seek by the keyboard")
    assert_accessible(tab.page)


def test_a_finger_drags_the_history_on_a_phone(open_page: Open, fake: FakeServer) -> None:
    tab = open_page(390, 844, has_touch=True, is_mobile=True)
    box = tab.page.locator(".scrub input").bounding_box()
    assert box is not None
    assert box["height"] >= 40
    tab.page.touchscreen.tap(box["x"] + 0.25 * box["width"], box["y"] + box["height"] / 2)
    fake.until(lambda: bool(fake.of_type(Seek)) and 2 < fake.of_type(Seek)[-1].time_s < 4, "a seek")


def test_keys_step_back_reload_and_copy(open_page: Open, fake: FakeServer) -> None:
    tab = open_page(permissions=["clipboard-read", "clipboard-write"])
    tab.focus_picture()
    tab.page.keyboard.press("ArrowLeft")
    tab.page.keyboard.press("Shift+Backspace")
    tab.page.keyboard.press("Control+c")
    expect(tab.page.locator(".toast")).to_contain_text("The state is copied")
    assert tab.page.evaluate("navigator.clipboard.readText()").startswith("<key ")
    fake.until(lambda: bool(fake.of_type(m.ReloadScene)), "the reload")
    assert fake.of_type(StepBack) == [StepBack(count=1)]
    tab.page.keyboard.press("?")
    tab.page.get_by_role("searchbox", name="Search keys").fill("step back")
    expect(tab.page.locator(".shortcuts dl")).to_contain_text("One step back")


def test_a_divergence_offers_to_rewind(open_page: Open, fake: FakeServer) -> None:
    fake.set(simulation={"state": "diverged", "reason": "the state became NaN or huge at t=12.3 s"})
    tab = open_page()
    tab.banner("diverged")
    assert_accessible(tab.page)
    tab.page.get_by_role("button", name="Rewind 2 s").click()
    fake.until(lambda: fake.of_type(Rewind) == [Rewind(seconds=2)], "the rewind")


def test_keyframes_are_saved_loaded_renamed_and_deleted(open_page: Open, fake: FakeServer) -> None:
    tab = open_page()
    side = tab.page.locator(".side")
    side.get_by_label("Name of a new keyframe").fill("grasp")
    side.get_by_role("button", name="Save state").click()
    side.get_by_role("button", name="grasp", exact=True).click()
    side.get_by_role("button", name="Rename grasp").click()
    side.get_by_label("New name of grasp").fill("lift")
    assert_accessible(tab.page)
    side.get_by_role("button", name="Rename", exact=True).click()
    expect(side.get_by_role("button", name="lift", exact=True)).to_be_visible()
    side.get_by_role("button", name="Save state").click()
    expect(side.get_by_role("button", name="state 1", exact=True)).to_be_visible()
    side.get_by_label("Name of a new keyframe").fill("lift")
    side.get_by_role("button", name="Replace state").click()
    expect(side.get_by_role("button", name="Save state")).to_be_visible()
    side.get_by_role("button", name="Delete lift").click()
    expect(side.get_by_role("button", name="lift", exact=True)).to_have_count(0)
    assert fake.of_type(SaveKeyframe) == [SaveKeyframe(name=name) for name in ("grasp", "state 1", "lift")]
    assert fake.of_type(Reset) == [Reset(keyframe="grasp")]
    assert fake.of_type(RenameKeyframe) == [RenameKeyframe(name="grasp", to="lift")]
    assert fake.of_type(DeleteKeyframe) == [DeleteKeyframe(name="lift")]


def test_every_kind_of_option_is_changed_and_all_are_taken_back(open_page: Open, fake: FakeServer) -> None:
    tab = open_page()
    side = tab.page.locator(".side")
    opened(tab, "Solver", "Medium", "Contact override", "Disable$", "Enable", "Disable actuators")
    assert_accessible(tab.page)
    side.get_by_label("timestep", exact=True).fill("0.004")
    side.get_by_label("integrator", exact=True).select_option("implicitfast")
    side.get_by_label("wind 2").fill("3.5")
    side.get_by_label("Contact", exact=True).check()
    side.get_by_label("Energy", exact=True).check()
    side.get_by_label("Group 2", exact=True).check()
    side.get_by_label("iterations", exact=True).fill("7")
    side.get_by_label("iterations", exact=True).press("Enter")
    fake.until(lambda: len(fake.of_type(SetOption)) == 7, "all of them")
    assert {one.field: one.value for one in fake.of_type(SetOption)} == {
        "timestep": 0.004,
        "integrator": "implicitfast",
        "wind": (0, 3.5, 0),
        "mjDSBL_CONTACT": True,
        "mjENBL_ENERGY": True,
        "disableactuator.2": True,
        "iterations": 7,
    }
    expect(side.locator("summary", has_text="Solver")).to_contain_text("3 changed")
    side.get_by_label("timestep", exact=True).fill("-1")
    side.get_by_label("timestep", exact=True).press("Enter")
    expect(tab.page.locator(".toast")).to_contain_text("timestep takes a number from 0.000001 to 1")
    expect(side.get_by_label("timestep", exact=True)).to_have_value("0.004")
    side.get_by_role("button", name="Options as in the model").click()
    expect(side.get_by_label("timestep", exact=True)).to_have_value("0.002")
    expect(side.get_by_label("Contact", exact=True)).not_to_be_checked()
    assert fake.of_type(ResetOptions) == [ResetOptions(what="physics")]
    tab.page.reload()
    tab.live()
    expect(tab.page.get_by_label("timestep", exact=True)).to_be_visible()


def test_gravity_is_dragged_and_chosen(open_page: Open, fake: FakeServer) -> None:
    def newest() -> tuple[float, ...]:
        value = fake.of_type(SetOption)[-1].value
        assert isinstance(value, tuple)
        return value

    tab = open_page()
    opened(tab, "Gravity")
    across(tab.page, ".pad", 0.5, 0.75)
    level = pytest.approx((9.81, 0, 0), abs=0.4)
    fake.until(lambda: bool(fake.of_type(SetOption)) and newest() == level, "level, to the right")
    tab.page.get_by_role("button", name="Moon").click()
    fake.until(lambda: newest()[0] == pytest.approx(1.62, abs=0.01), "as weak as on the Moon")
    tab.page.get_by_role("slider", name="Direction of gravity").press("Home")
    fake.until(lambda: newest() == (0, 0, -1.62), "down")
    tab.page.get_by_role("button", name="Zero").click()
    fake.until(lambda: newest() == (0, 0, 0), "none")
    expect(tab.page.get_by_role("button", name="Zero")).to_have_attribute("aria-pressed", "true")
    tab.page.get_by_role("button", name="Mars").click()
    fake.until(lambda: newest() == (0, 0, -3.71), "down again")
    assert_accessible(tab.page)


def test_noise_is_set(open_page: Open, fake: FakeServer) -> None:
    tab = open_page()
    opened(tab, "Noise")
    tab.page.get_by_role("slider", name="Scale").fill("0.5")
    fake.until(lambda: fake.of_type(SetNoise) == [SetNoise(scale=0.5, rate=0)], "the noise")
    tab.page.get_by_role("slider", name="Rate").fill("2")
    fake.until(lambda: fake.of_type(SetNoise)[-1] == SetNoise(scale=0.5, rate=2), "its rate")
    assert_accessible(tab.page)
