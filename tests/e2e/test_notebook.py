"""A program's viewer inside a notebook's page: another origin on this machine frames it, and people use it there."""

from __future__ import annotations

import http.server
import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import mujoco
import pytest
from playwright.sync_api import Browser, Frame, Page, expect

import py_remote_viewer as prv
from tests.e2e.live import DECODED, until
from tests.passive.test_people import Program

pytestmark = [pytest.mark.e2e, pytest.mark.gl, pytest.mark.timeout(120)]


@pytest.fixture
def program(monkeypatch: pytest.MonkeyPatch) -> Iterator[Program]:
    for name, value in {"WIDTH": "320", "HEIGHT": "192", "FPS": "30", "QUALITY": "lean"}.items():
        monkeypatch.setenv(f"VIEWER_{name}", value)
    with Program() as program:
        yield program


@contextmanager
def notebook(html: str) -> Iterator[str]:
    """The address of a page that holds `html`."""

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = f"<!doctype html><title>notebook</title>{html}".encode() if self.path == "/" else b""
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def frame_of(page: Page) -> Frame:
    frame = until(lambda: next((frame for frame in page.frames if frame != page.main_frame), None), "the frame")
    assert isinstance(frame, Frame)
    return frame


def test_a_notebook_shows_the_program_and_its_people_drive_it(browser: Browser, program: Program) -> None:
    with notebook(program.viewer._repr_html_()) as address:
        context = browser.new_context(viewport={"width": 1200, "height": 700})
        page = context.new_page()
        page.goto(address)
        frame = frame_of(page)
        expect(frame.locator(".top .light")).to_have_text("live", timeout=20_000)
        until(lambda: frame.evaluate(DECODED), "a decoded picture")
        expect(frame.locator(".drawer")).to_have_count(0)  # show_left_ui=False
        frame.locator("button.play").click()
        until(lambda: program.viewer.paused, "the pause")
        frame.locator(".picture").focus()
        page.keyboard.press("k")
        pressed: queue.Queue[int] = program.keys
        assert pressed.get(timeout=10) == ord("K")
        page.keyboard.press("ArrowRight")  # one step, and a key
        assert pressed.get(timeout=10) == 262
        stood = program.data.time
        page.keyboard.press("Backspace")
        until(lambda: program.data.time == 0.0 < stood, "the reset")
        context.close()


def test_a_page_of_the_web_may_not_frame_it(browser: Browser, program: Program) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.route(
        "http://evil.example/", lambda route: route.fulfill(body=program.viewer._repr_html_(), content_type="text/html")
    )
    page.goto("http://evil.example/")
    frame = frame_of(page)
    until(lambda: page.evaluate("1") == 1 and frame.url.startswith("chrome-error:"), "the refusal")
    context.close()


def test_the_frame_names_what_it_shows(program: Program) -> None:
    html = program.viewer._repr_html_()
    assert html.startswith(f'<iframe src="{program.viewer.url}"')
    assert isinstance(program.viewer, prv.Handle)
    assert isinstance(program.viewer.viewport, mujoco.MjrRect)
