"""The page in every state it can be in: what it says, what it lets one do, and that everybody can read it."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from py_remote_viewer.protocol import messages as m
from py_remote_viewer.protocol.sim_commands import Reset
from tests.e2e.fake_server import FakeServer
from tests.e2e.page import Open, assert_accessible

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

FIRST_PICTURE_LIMIT_S = 1.5


# --- coming in ------------------------------------------------------------------------------------------------------


def test_the_first_picture_comes_within_the_bar_and_nothing_is_refused_by_the_policy(open_page: Open) -> None:
    tab = open_page(wait=False)
    tab.live()
    first = tab.page.evaluate("performance.now()")
    print(f"live {first:.0f} ms after the page opened")
    assert first <= FIRST_PICTURE_LIMIT_S * 1000 * 2, "twice the bar, because the machine may be busy"
    assert tab.page.title() == "Unitree Go1 · Remote viewer"
    expect(tab.page.locator(".status")).to_contain_text(re.compile(r"\d+ fps"))
    expect(tab.page.locator(".status")).to_contain_text("H.264 · x264 · WebRTC")
    expect(tab.page.locator(".people")).to_contain_text("4")
    assert_accessible(tab.page)


def test_connecting_says_so(open_page: Open, fake: FakeServer) -> None:
    fake.set(holds_welcome=True)
    tab = open_page(wait=False)
    expect(tab.page.locator(".centre")).to_contain_text("Connecting")
    expect(tab.page.locator(".top .light")).to_have_text("connecting")
    assert_accessible(tab.page)


def test_latency_is_measured_and_reported(open_page: Open, fake: FakeServer) -> None:
    tab = open_page()
    fake.until(lambda: any(r.latency_ms is not None for r in fake.of_type(m.ViewerReport)), "a report with a latency")
    latency = next(r.latency_ms for r in fake.of_type(m.ViewerReport) if r.latency_ms is not None)
    assert -5 < latency < 1000
    expect(tab.page.locator(".status span[title^='From capture'] b")).not_to_have_text("—")


# --- losing it --------------------------------------------------------------------------------------------------------


def test_a_lost_server_counts_down_and_comes_back_as_the_same_peer(open_page: Open, fake: FakeServer) -> None:
    tab = open_page()
    first = fake.of_type(m.Hello)[-1]
    fake.set(turns_away=True)
    fake.drop_sockets()
    tab.banner("Reconnecting")
    tab.banner(re.compile(r"Next try in \d+ s"))
    expect(tab.page.locator(".top .light")).to_have_text("reconnecting")
    expect(tab.page.get_by_role("button", name="Retry now")).to_be_visible()
    assert_accessible(tab.page)
    fake.set(turns_away=False)
    tab.live()
    again = fake.of_type(m.Hello)[-1]
    assert first.peer_id is None
    assert again.peer_id is not None


def test_who_will_not_wait_for_the_next_try_retries_now(open_page: Open, fake: FakeServer) -> None:
    tab = open_page()
    fake.set(turns_away=True)
    fake.drop_sockets()
    tab.banner(re.compile(r"Next try in [4-9] s"))  # after a few tries: long enough to press the button
    fake.set(turns_away=False)
    pressed = time.monotonic()
    tab.page.get_by_role("button", name="Retry now").click()
    fake.until(lambda: len(fake.of_type(m.Hello)) == 2, "a second hello")
    assert time.monotonic() - pressed < 3
    tab.live()


def test_the_video_outlives_the_websocket(open_page: Open, fake: FakeServer) -> None:
    tab = open_page()
    tab.page.evaluate("window.track = document.querySelector('video').srcObject.getVideoTracks()[0].id")
    offers = len(fake.of_type(m.Offer))
    fake.drop_sockets()
    fake.until(lambda: len(fake.of_type(m.Hello)) == 2, "a second hello")
    tab.live()
    assert len(fake.of_type(m.Offer)) == offers
    assert tab.page.evaluate("document.querySelector('video').srcObject.getVideoTracks()[0].id === window.track")


def test_a_server_that_was_killed_and_is_back_shows_its_picture_soon(open_page: Open, fake: FakeServer) -> None:
    tab = open_page()
    offers = len(fake.of_type(m.Offer))
    fake.do(fake.moving.clear)  # as if its process were gone: no picture, and no goodbye to WebRTC
    fake.drop_sockets()
    fake.until(lambda: len(fake.of_type(m.Offer)) > offers, "a new offer", within_s=5)
    fake.do(fake.moving.set)
    tab.live()


@pytest.mark.slow
def test_lost_media_is_made_anew_while_the_last_picture_stays(open_page: Open, fake: FakeServer) -> None:
    tab = open_page()
    fake.set(answer="silent")
    fake.drop_media()
    tab.banner("Reconnecting")
    expect(tab.page.locator(".still")).to_be_visible()
    fake.set(answer="normal")
    fake.until(lambda: len(fake.of_type(m.Offer)) >= 2, "a new offer", within_s=20)
    expect(tab.page.locator(".top .light")).to_have_text("live", timeout=25_000)
    expect(tab.page.locator(".still")).to_be_hidden()


def test_a_picture_that_stands_still_is_dimmed_and_named(open_page: Open, fake: FakeServer) -> None:
    tab = open_page()
    fake.do(fake.moving.clear)
    tab.banner("The picture stands still")
    expect(tab.page.locator(".view.dimmed")).to_be_visible()
    fake.until(lambda: bool(fake.of_type(m.RequestIdr)), "a request for a picture that decodes on its own")
    assert_accessible(tab.page)
    fake.do(fake.moving.set)
    expect(tab.page.locator(".banner")).to_have_count(0)


def test_a_paused_picture_is_not_stale(open_page: Open, fake: FakeServer) -> None:
    tab = open_page()
    fake.set(simulation={"state": "paused"})
    fake.do(fake.moving.clear)
    expect(tab.page.locator(".move .tag")).to_have_text("paused")
    tab.page.wait_for_timeout(1600)
    expect(tab.page.locator(".view.dimmed")).to_have_count(0)
    expect(tab.page.get_by_role("button", name="Play").first).to_be_visible()
    assert_accessible(tab.page)


# --- being refused ----------------------------------------------------------------------------------------------------


def test_another_protocol_offers_to_reload(open_page: Open, fake: FakeServer) -> None:
    fake.set(protocol=99)
    tab = open_page(wait=False)
    expect(tab.page.get_by_role("button", name="Reload the page")).to_be_visible()
    expect(tab.page.locator(".refused")).to_contain_text("the server 99")
    assert_accessible(tab.page)


def test_a_missing_token_can_be_given(open_page: Open, fake: FakeServer) -> None:
    fake.set(token="open sesame")
    tab = open_page(wait=False)
    expect(tab.page.locator(".refused")).to_contain_text("needs a token")
    assert_accessible(tab.page)
    tab.page.get_by_label("Access token").fill("open sesame")
    tab.page.get_by_role("button", name="Enter").click()
    tab.live()


def test_a_token_in_the_address_is_used_and_taken_out(open_page: Open, fake: FakeServer) -> None:
    fake.set(token="sesame")
    for path in ("?token=sesame", "#token=sesame"):
        tab = open_page(path=path)
        assert "sesame" not in tab.page.url
        tab.page.reload()
        tab.live()


def test_no_common_codec_is_said(open_page: Open, fake: FakeServer) -> None:
    fake.set(answer="no_video")
    tab = open_page(wait=False)
    expect(tab.page.locator(".refused")).to_contain_text("no video format in common")
    expect(tab.page.locator(".refused")).to_contain_text("OpenH264")
    assert_accessible(tab.page)


def test_a_full_room_can_be_tried_again(open_page: Open, fake: FakeServer) -> None:
    fake.set(refusal=m.Error(code="room_busy", message="The room is full", hint="Wait for a place", fatal=True))
    tab = open_page(wait=False)
    expect(tab.page.locator(".refused")).to_contain_text("The room is full.")
    expect(tab.page.locator(".refused")).to_contain_text("Wait for a place.")
    fake.set(refusal=None)
    tab.page.get_by_role("button", name="Try again").click()
    tab.live()


def test_a_browser_that_wants_a_click_gets_a_button(browser: Browser, fake: FakeServer) -> None:
    context = browser.new_context()
    context.add_init_script(
        "const play = HTMLMediaElement.prototype.play; let clicked = false;"
        "addEventListener('click', () => { clicked = true }, true);"
        "HTMLMediaElement.prototype.play = function () { return clicked ? play.call(this)"
        " : (this.pause(), this.autoplay = false, Promise.reject(new DOMException('no', 'NotAllowedError'))) }"
    )
    page = context.new_page()
    page.goto(fake.url)
    start = page.get_by_role("button", name="Click to start")
    expect(start).to_be_visible(timeout=10_000)
    assert_accessible(page)
    start.click()
    expect(page.locator(".top .light")).to_have_text("live", timeout=10_000)
    expect(start).to_have_count(0)
    context.close()


# --- the simulation's own states ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("simulation", "says"),
    [
        ({"state": "diverged", "reason": "NaN in qacc at t=3.21 s"}, "NaN in qacc at t=3.21 s."),
        ({"state": "failed", "reason": "The engine stopped three times"}, "The simulation failed"),
        ({"state": "restarting", "reason": "The engine stopped; the last state comes back"}, "Restarting"),
        ({"state": "loading", "reason": "Compiling humanoid"}, "Compiling humanoid."),
        ({"state": "starting"}, "Starting"),
        ({"state": "asleep", "reason": "Nobody touched it for 10 minutes"}, "Asleep"),
    ],
)
def test_each_state_of_the_simulation_is_said(
    open_page: Open, fake: FakeServer, simulation: dict[str, Any], says: str
) -> None:
    tab = open_page()
    fake.set(simulation=simulation)
    tab.banner(says)
    expect(tab.page.locator("p[role=status]")).to_contain_text(says.rstrip("."))
    assert_accessible(tab.page)


def test_a_diverged_simulation_is_reset_from_the_banner(open_page: Open, fake: FakeServer) -> None:
    tab = open_page()
    fake.set(simulation={"state": "diverged", "reason": "NaN at t=1 s"})
    tab.page.locator(".banner").get_by_role("button", name="Reset").click()
    expect(tab.page.locator(".banner")).to_have_count(0)
    assert fake.of_type(Reset)


def test_slower_than_asked_is_shown_with_its_factor(open_page: Open, fake: FakeServer) -> None:
    tab = open_page()
    fake.set(simulation={"state": "running", "slow": True, "real_time_factor": 0.43, "speed": 1.0})
    expect(tab.page.locator(".move .tag.warn")).to_contain_text("0.43×")
    expect(tab.page.locator(".status .words")).to_contain_text("slower than asked")
    assert_accessible(tab.page)


# --- coming and going ---------------------------------------------------------------------------------------------------


def test_a_hidden_tab_asks_for_no_pictures(open_page: Open, fake: FakeServer) -> None:
    tab = open_page()
    hide = """hidden => { Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
      document.dispatchEvent(new Event('visibilitychange')) }"""
    tab.page.evaluate(hide, True)
    fake.until(lambda: [w.visible for w in fake.of_type(m.Watch)] == [False], "watch: false")
    fake.set(turns_away=True)
    fake.drop_sockets()
    hellos = len(fake.of_type(m.Hello))
    tab.page.wait_for_timeout(1500)
    fake.set(turns_away=False)
    assert len(fake.of_type(m.Hello)) == hellos, "a hidden tab does not knock"
    tab.page.evaluate(hide, False)
    fake.until(lambda: len(fake.of_type(m.Hello)) == hellos + 1, "back at once", within_s=2)
    tab.live()


def test_a_reload_keeps_the_peer_and_a_second_tab_is_another(open_page: Open, fake: FakeServer) -> None:
    tab = open_page()
    tab.page.reload()
    tab.live()
    first, again = fake.of_type(m.Hello)[:2]
    assert first.peer_id is None
    assert again.peer_id is not None
    other = tab.page.context.new_page()
    other.goto(fake.url)
    expect(other.locator(".top .light")).to_have_text("live", timeout=15_000)
    assert fake.of_type(m.Hello)[-1].peer_id is None
