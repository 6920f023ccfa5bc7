"""One Chromium for the browser tests, and a scripted server for those of the page alone."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.e2e.fake_server import FakeServer
from tests.e2e.page import Open, Tab, Watch

CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
]


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
        browser = playwright.chromium.launch(executable_path=chromium_path, args=CHROMIUM_ARGS)
        yield browser
        browser.close()


@pytest.fixture
def watch(browser: Browser) -> Iterator[Watch]:
    """Opens pages of a real server, each in a context of its own; at the end, none may have thrown."""
    tabs: list[Tab] = []

    def open_tab(url: str, *scripts: str, live: bool = True, **options: Any) -> Tab:
        context = browser.new_context(**({"viewport": {"width": 1280, "height": 800}, "bypass_csp": True} | options))
        for script in scripts:
            context.add_init_script(script)
        tab = Tab(context.new_page())
        tabs.append(tab)
        tab.page.goto(url)
        if live:
            tab.live()
        return tab

    yield open_tab
    for tab in tabs:
        tab.page.context.close()
    assert [tab.faults for tab in tabs if tab.faults] == []


@pytest.fixture
def fake() -> Iterator[FakeServer]:
    with FakeServer() as server:
        yield server


@pytest.fixture
def open_page(browser: Browser, fake: FakeServer) -> Iterator[Open]:
    """Opens the page of `fake`, each time in a context of its own; at the end, no page may have thrown."""
    tabs: list[Tab] = []

    def open_tab(width: int = 1440, height: int = 900, *, path: str = "", wait: bool = True, **options: Any) -> Tab:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        tab = Tab(context.new_page())
        tabs.append(tab)
        tab.page.set_default_timeout(10_000)
        tab.page.goto(fake.url + path)
        if wait:
            tab.live()
        return tab

    yield open_tab
    for tab in tabs:
        tab.page.context.close()
    assert [tab.faults for tab in tabs if tab.faults] == []
