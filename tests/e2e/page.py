"""What the browser tests share: an open page, and the check that everybody can read it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

AXE = Path(__file__).resolve().parents[2] / "scripts" / "vendor" / "node_modules" / "axe-core" / "axe.min.js"
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


class Tab:
    """One open page. `faults` collects its exceptions and what its content security policy blocked."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.faults: list[str] = []
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda said: self.faults.append(said.text) if "Security Policy" in said.text else None)

    def live(self) -> None:
        expect(self.page.locator(".top .light")).to_have_text("live", timeout=15_000)

    def focus_picture(self) -> None:
        self.page.locator(".picture").focus()

    def banner(self, text: str | re.Pattern[str]) -> None:
        expect(self.page.locator(".banner")).to_contain_text(text, timeout=10_000)


Open = Callable[..., Tab]


@contextmanager
def tabs(
    browser: Browser, page_of: str | None = None, *, scripts: Sequence[str] = (), **defaults: Any
) -> Iterator[Open]:
    """Opens pages, each in a context of its own; at the end no page may have thrown, and all are closed.

    Args:
        browser: where.
        page_of: the address; else the first argument of each opening.
        scripts: run before those of the page.
        defaults: what a context is made with; an opening may say otherwise, and further `scripts`.
    """
    opened: list[Tab] = []

    def open_tab(
        *given: str, width: int = 1280, height: int = 800, live: bool = True, timeout_ms: int = 30_000, **options: Any
    ) -> Tab:
        url, *more = given if page_of is None else (page_of, *given)
        context = browser.new_context(**({"viewport": {"width": width, "height": height}} | defaults | options))
        for script in (*scripts, *more):
            context.add_init_script(script)
        tab = Tab(context.new_page())
        opened.append(tab)
        tab.page.set_default_timeout(timeout_ms)
        tab.page.goto(url)
        if live:
            tab.live()
        return tab

    yield open_tab
    for tab in opened:
        tab.page.context.close()
    assert [tab.faults for tab in opened if tab.faults] == []


def assert_accessible(page: Page) -> None:
    """No violation of WCAG 2.2 AA that axe-core can see, in the dark and in the light."""
    if not AXE.exists():
        pytest.fail("axe-core is missing: npm ci --prefix scripts/vendor (scripts/run_tests.sh does it)")
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
