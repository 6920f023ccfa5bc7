"""What the browser tests share: an open page, and the check that everybody can read it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

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
Watch = Callable[..., Tab]


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
