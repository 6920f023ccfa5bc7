"""The page in every state it can be in: what it says, what it lets one do, and that everybody can read it."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from py_remote_viewer.protocol import messages as m
from tests.e2e.fake_server import FakeServer

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

AXE = Path(__file__).resolve().parents[2] / "scripts" / "vendor" / "node_modules" / "axe-core" / "axe.min.js"
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
XML = '<mujoco><worldbody><geom size="1"/></worldbody></mujoco>'
FIRST_PICTURE_LIMIT_S = 1.5


class Tab:
    """One open page: its faults are collected, and `close` fails on them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.faults: list[str] = []
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda said: self.faults.append(said.text) if said.type == "error" else None)

    def live(self) -> None:
        expect(self.page.locator(".top .light")).to_have_text("live", timeout=15_000)

    def focus_picture(self) -> None:
        self.page.locator(".picture").focus()

    def banner(self, text: str | re.Pattern[str]) -> None:
        expect(self.page.locator(".banner")).to_contain_text(text, timeout=10_000)


Open = Callable[..., Tab]


@pytest.fixture
def open_page(browser: Browser, fake: FakeServer) -> Iterator[Open]:
    contexts = []

    def open_tab(width: int = 1440, height: int = 900, *, path: str = "", wait: bool = True, **options: Any) -> Tab:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        tab = Tab(page)
        page.goto(fake.url + path)
        if wait:
            tab.live()
        return tab

    yield open_tab
    for context in contexts:
        context.close()


def eventually(condition: Callable[[], bool], what: str, within_s: float = 10) -> None:
    """Poll `condition`, which looks at the fake server from outside its thread."""
    end = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < end, f"not within {within_s} s: {what}"
        time.sleep(0.02)


def assert_accessible(page: Page) -> None:
    """No violation of WCAG 2.2 AA that axe-core can see, in the dark and in the light."""
    if not AXE.exists():
        pytest.skip("run scripts/vendor_client.sh first: it takes axe-core")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found = page.evaluate(
            "rules => axe.run(document, {runOnly: rules}).then(result => result.violations)", AXE_RULES
        )
        short = [
            (v["id"], [(n["html"][:160], n["any"][:1] and n["any"][0]["message"]) for n in v["nodes"][:3]])
            for v in found
        ]
        assert not short, f"{scheme}: {json.dumps(short, indent=1)}"


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
    assert tab.faults == []


def test_connecting_says_so(open_page: Open, fake: FakeServer) -> None:
    fake.set(holds_welcome=True)
    tab = open_page(wait=False)
    expect(tab.page.locator(".centre")).to_contain_text("Connecting")
    expect(tab.page.locator(".top .light")).to_have_text("connecting")
    assert_accessible(tab.page)


def test_latency_is_measured_and_reported(open_page: Open, fake: FakeServer) -> None:
    tab = open_page()
    eventually(lambda: any(r.latency_ms is not None for r in fake.of_type(m.ViewerReport)), "a report with a latency")
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
    tab.page.get_by_role("button", name="Retry now").click()
    tab.live()
    again = fake.of_type(m.Hello)[-1]
    assert first.peer_id is None
    assert again.peer_id is not None


def test_the_video_outlives_the_websocket(open_page: Open, fake: FakeServer) -> None:
    tab = open_page()
    tab.page.evaluate("window.track = document.querySelector('video').srcObject.getVideoTracks()[0].id")
    offers = len(fake.of_type(m.Offer))
    fake.drop_sockets()
    eventually(lambda: len(fake.of_type(m.Hello)) == 2, "a second hello")
    tab.live()
    assert len(fake.of_type(m.Offer)) == offers
    assert tab.page.evaluate("document.querySelector('video').srcObject.getVideoTracks()[0].id === window.track")


def test_lost_media_is_made_anew_while_the_last_picture_stays(open_page: Open, fake: FakeServer) -> None:
    tab = open_page()
    fake.set(answer="silent")
    fake.drop_media()
    tab.banner("Reconnecting")
    expect(tab.page.locator(".still")).to_be_visible()
    fake.set(answer="normal")
    eventually(lambda: len(fake.of_type(m.Offer)) >= 2, "a new offer", within_s=20)
    expect(tab.page.locator(".top .light")).to_have_text("live", timeout=25_000)
    expect(tab.page.locator(".still")).to_be_hidden()


def test_a_picture_that_stands_still_is_dimmed_and_named(open_page: Open, fake: FakeServer) -> None:
    tab = open_page()
    fake.do(fake.moving.clear)
    tab.banner("The picture stands still")
    expect(tab.page.locator(".view.dimmed")).to_be_visible()
    eventually(lambda: bool(fake.of_type(m.RequestIdr)), "a request for a picture that decodes on its own")
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
    expect(tab.page.locator("[role=status]")).to_contain_text(says.rstrip("."))
    assert_accessible(tab.page)


def test_a_diverged_simulation_is_reset_from_the_banner(open_page: Open, fake: FakeServer) -> None:
    tab = open_page()
    fake.set(simulation={"state": "diverged", "reason": "NaN at t=1 s"})
    tab.page.locator(".banner").get_by_role("button", name="Reset").click()
    expect(tab.page.locator(".banner")).to_have_count(0)
    assert fake.of_type(m.Reset)


def test_slower_than_asked_is_shown_with_its_factor(open_page: Open, fake: FakeServer) -> None:
    tab = open_page()
    fake.set(simulation={"state": "running", "slow": True, "real_time_factor": 0.43, "speed": 1.0})
    expect(tab.page.locator(".move .tag.warn")).to_contain_text("0.43×")
    expect(tab.page.locator(".status .words")).to_contain_text("slower than asked")
    assert_accessible(tab.page)


# --- hands and keys ---------------------------------------------------------------------------------------------------


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
    turned = lambda: sum(o.d_azimuth for o in fake.of_type(m.Orbit))  # noqa: E731
    eventually(lambda: abs(turned() + 180 * 100 / picture_height) < 0.01, f"the whole turn ({turned()})")
    assert sum(o.d_elevation for o in fake.of_type(m.Orbit)) == pytest.approx(180 * 50 / picture_height)
    mouse.move(x, y)
    mouse.down(button="right")
    mouse.move(x + 20, y + 40, steps=4)
    mouse.up(button="right")
    eventually(lambda: bool(fake.of_type(m.Pan)), "a pan")
    eventually(lambda: abs(sum(p.dy for p in fake.of_type(m.Pan)) - 40 / picture_height) < 1e-3, "the whole pan")
    mouse.wheel(0, -100)
    eventually(lambda: bool(fake.of_type(m.Zoom)), "a zoom")
    zoom = fake.of_type(m.Zoom)[-1]
    assert zoom.amount == pytest.approx(0.12)
    inputs = [message.seq for message in list(fake.received) if isinstance(message, m.Orbit | m.Pan | m.Zoom)]
    assert len(set(inputs)) == len(inputs)
    assert tab.faults == []


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
    session = tab.page.context.new_cdp_session(tab.page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        touches = [{"x": x, "y": y, "id": i} for i, (x, y) in enumerate(points)]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    touch("touchStart", (150, 150), (240, 150))
    for spread in range(5, 45, 5):
        touch("touchMove", (150 - spread, 150), (240 + spread, 150))
    touch("touchEnd")
    eventually(lambda: sum(z.amount for z in fake.of_type(m.Zoom)) > 0.5, "coming closer")
    assert abs(sum(p.dx for p in fake.of_type(m.Pan))) < 0.05
    touch("touchStart", (150, 150))
    touch("touchMove", (190, 150))
    touch("touchEnd")
    eventually(lambda: sum(o.d_azimuth for o in fake.of_type(m.Orbit)) < -10, "a turn")


def test_keys_drive_the_simulation_and_leave_text_fields_alone(open_page: Open, fake: FakeServer) -> None:
    tab = open_page()
    keyboard = tab.page.keyboard
    tab.focus_picture()
    for key in ("Space", "ArrowRight", "Backspace", "+", "]"):
        keyboard.press(key)
    wanted = [m.Pause, m.Step, m.Reset, m.SetSpeed, m.SetCamera]
    eventually(lambda: all(fake.of_type(kind) for kind in wanted), "every command")
    assert fake.of_type(m.SetSpeed)[-1].factor == 2
    assert fake.of_type(m.SetCamera)[-1].target == "tracking"
    before = len(fake.of_type(m.Play)) + len(fake.of_type(m.Pause))
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
    assert len(fake.of_type(m.Play)) + len(fake.of_type(m.Pause)) == before


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


def test_a_refused_scene_names_its_line(open_page: Open, fake: FakeServer) -> None:
    error = {
        "code": "scene_invalid",
        "message": "Schema violation: unrecognized element",
        "line": 3,
        "element": "gem",
        "hint": "Did you mean geom?",
    }
    fake.set(load=(400, {"success": False, "error": error}))
    tab = open_page()
    tab.page.get_by_role("button", name="Scenes").click()
    tab.page.get_by_text("Your own MJCF").click()
    tab.page.get_by_label("MJCF").fill("<nothing/>")
    tab.page.get_by_role("button", name="Load", exact=True).click()
    expect(tab.page.locator("#mjcf-error")).to_contain_text("no MJCF")
    assert fake.loads == []
    tab.page.get_by_label("MJCF").fill(XML)
    tab.page.get_by_role("button", name="Load", exact=True).click()
    expect(tab.page.locator("#mjcf-error")).to_contain_text("Line 3")
    expect(tab.page.locator("#mjcf-error")).to_contain_text("Did you mean geom?")
    assert fake.loads == [{"xml": XML}]
    assert_accessible(tab.page)


DROP = """([name, text]) => {
  const data = new DataTransfer();
  data.items.add(new File([text], name));
  const options = { dataTransfer: data, bubbles: true, cancelable: true };
  for (const type of ["dragenter", "dragover", "drop"]) {
    document.querySelector(".picture").dispatchEvent(new DragEvent(type, options));
  }
}"""
PASTE = """(text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def test_a_file_dropped_anywhere_is_loaded(open_page: Open, fake: FakeServer) -> None:
    tab = open_page()
    tab.page.evaluate(DROP, ["robot.xml", XML])
    expect(tab.page.locator(".toast")).to_contain_text("robot.xml is loaded")
    assert fake.loads == [{"xml": XML}]
    tab.page.evaluate(DROP, ["robot.stl", "solid"])
    expect(tab.page.locator(".toast", has_text="robot.stl")).to_contain_text("Only an .xml file")
    tab.page.evaluate(DROP, ["big.xml", "x" * 1_000_001])
    expect(tab.page.locator(".toast", has_text="big.xml")).to_contain_text("at most 1 MB")
    tab.page.evaluate(PASTE, XML)
    expect(tab.page.get_by_label("MJCF")).to_have_value(XML)
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
    eventually(lambda: bool(fake.of_type(m.SetQuality)), "the quality")
    assert fake.of_type(m.Reset)[-1].keyframe == "crouch"
    assert fake.of_type(m.SetSpeed)[-1].factor == 0.25
    assert fake.of_type(m.Step)[-1].count == 10
    assert fake.of_type(m.FrameScene)[-1].view == "top"
    assert [(c.mode, c.target) for c in fake.of_type(m.SetCamera)] == [("fixed", "front_left"), ("tracking", "FR_calf")]


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

OVERFLOWS = """() => [...document.querySelectorAll("button, select, input, .tag, .time, .light")]
  .filter((e) => e.checkVisibility() && !e.closest("[role=tablist], .list, .pane, .drawer, [popover], .visually-hidden"))
  .filter((e) => { const r = e.getBoundingClientRect();
    return r.left < -0.5 || r.right > innerWidth + 0.5 || r.bottom > innerHeight + 0.5 })
  .map((e) => e.outerHTML.slice(0, 120))"""
SMALL_TARGETS = """() => [...document.querySelectorAll("button, select, [role=tab], summary")]
  .filter((e) => e.checkVisibility() && !e.closest(".visually-hidden, .choice, .list"))
  .filter((e) => { const r = e.getBoundingClientRect(); return r.width < 40 || r.height < 40 })
  .map((e) => e.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("width", [1440, 1024, 390, 320])
def test_nothing_falls_off_at_any_width(open_page: Open, width: int) -> None:
    tab = open_page(width, 844, has_touch=width < 700, is_mobile=width < 700)
    assert tab.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert tab.page.evaluate(OVERFLOWS) == []
    if width < 700:
        for name in ("Scenes", "Sim", "Camera", "Look"):
            tab.page.get_by_role("tab", name=name).click()
            assert tab.page.evaluate(SMALL_TARGETS) == []
            assert_accessible(tab.page)
    elif width < 1100:
        tab.page.get_by_role("button", name="Inspector").click()
        expect(tab.page.locator(".side")).to_be_in_viewport()
        assert_accessible(tab.page)


def test_forced_colours_and_reduced_motion_keep_the_page_whole(open_page: Open) -> None:
    tab = open_page(forced_colors="active", reduced_motion="reduce")
    expect(tab.page.get_by_role("button", name="Pause").first).to_be_visible()
    assert tab.page.evaluate("getComputedStyle(document.querySelector('button')).transitionDuration") in ("0s", "")


# --- coming and going ---------------------------------------------------------------------------------------------------


def test_a_hidden_tab_asks_for_no_pictures(open_page: Open, fake: FakeServer) -> None:
    tab = open_page()
    hide = """hidden => { Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
      document.dispatchEvent(new Event('visibilitychange')) }"""
    tab.page.evaluate(hide, True)
    eventually(lambda: [w.visible for w in fake.of_type(m.Watch)] == [False], "watch: false")
    fake.set(turns_away=True)
    fake.drop_sockets()
    hellos = len(fake.of_type(m.Hello))
    tab.page.wait_for_timeout(1500)
    fake.set(turns_away=False)
    assert len(fake.of_type(m.Hello)) == hellos, "a hidden tab does not knock"
    tab.page.evaluate(hide, False)
    eventually(lambda: len(fake.of_type(m.Hello)) == hellos + 1, "back at once", within_s=2)
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
