"""`RemoteViewer` without our page: what somebody else's page builds on."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from py_remote_viewer.protocol import messages as m
from py_remote_viewer.protocol.camera_input import Orbit
from tests.e2e.fake_server import FakeServer

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

EMBED = """async (base) => {
  const { RemoteViewer } = await import(base + "static/remote-viewer.js");
  document.body.innerHTML = "<video muted playsinline></video>";
  window.heard = {};
  window.viewer = new RemoteViewer({ video: document.querySelector("video"), base, name: "Mira" });
  for (const name of ["phase", "welcome", "status", "scene", "metrics"]) {
    viewer.addEventListener(name, (event) => { heard[name] = event.detail });
  }
  viewer.connect();
}"""


def test_a_bare_video_shows_the_room_and_lets_go(browser: Browser, fake: FakeServer) -> None:
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(
        fake.url + "static/index.html"
    )  # a document of the same origin, whose own scripts are not found from here
    page.evaluate(EMBED, fake.url)
    page.wait_for_function("window.heard?.phase?.name === 'live' && heard.metrics?.fpsShown > 0")
    assert page.evaluate("heard.scene.title") == "Unitree Go1"
    assert page.evaluate("viewer.status.simulation.state") == "running"
    assert fake.of_type(m.Hello)[-1].name == "Mira"
    assert page.evaluate("viewer.send({ type: 'pause' })") is True
    page.wait_for_function("heard.status.simulation.state === 'paused'")
    page.evaluate("viewer.send({ type: 'orbit', d_azimuth: 5, d_elevation: 0 })")
    fake.until(lambda: bool(fake.of_type(Orbit)), "the turn")
    page.evaluate("viewer.dispose()")
    assert page.evaluate("viewer.send({ type: 'play' })") is False
    assert page.evaluate("document.querySelector('video').srcObject === null && !document.querySelector('canvas')")
    context.close()


def test_an_older_browser_without_webrtc_is_told(browser: Browser, fake: FakeServer) -> None:
    context = browser.new_context()
    context.add_init_script("delete window.RTCPeerConnection")
    page = context.new_page()
    page.goto(fake.url)
    page.get_by_text("This browser has no WebRTC.").last.wait_for()
    context.close()


def test_a_link_is_copied_where_there_is_no_clipboard(browser: Browser, fake: FakeServer) -> None:
    context = browser.new_context()
    context.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page = context.new_page()
    page.goto(fake.url)
    page.get_by_role("button", name="Share: copy the link").click()
    page.get_by_text("The link is copied.").wait_for()
    context.close()
