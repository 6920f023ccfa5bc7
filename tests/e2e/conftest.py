"""One Chromium for the browser tests, and a scripted server for those of the page alone."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from py_remote_viewer.bench.browser import ARGUMENTS
from tests.e2e.fake_server import FakeServer
from tests.e2e.page import Open, Tab, tabs


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """A Chromium that decodes H.264: `CHROMIUM`, or the one on the path; the test fails without one."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        pytest.fail("no Chromium on the path: apt-get install chromium, or name one by CHROMIUM")
    return path


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def watch(browser: Browser) -> Iterator[Open]:
    """Opens pages of a real server, each in a context of its own; at the end, none may have thrown."""
    with tabs(browser, bypass_csp=True) as open_tab:
        yield open_tab


@pytest.fixture
def fake() -> Iterator[FakeServer]:
    with FakeServer() as server:
        yield server


@pytest.fixture
def open_page(browser: Browser, fake: FakeServer) -> Iterator[Open]:
    """Opens the page of `fake`, each time in a context of its own; at the end, no page may have thrown."""
    with tabs(browser) as visit:

        def open_tab(width: int = 1440, height: int = 900, *, path: str = "", wait: bool = True, **options: Any) -> Tab:
            return visit(fake.url + path, width=width, height=height, live=wait, timeout_ms=10_000, **options)

        yield open_tab
