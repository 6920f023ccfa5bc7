"""What a person does in the editor of the page, and reads there."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.e2e.live import until


def show_editor(page: Page) -> None:
    page.get_by_role("button", name="Editor", exact=True).click()
    expect(page.locator(".cm-content")).to_be_visible()


def text_of(page: Page) -> str:
    """What stands in the editor, the lines that are not drawn too."""
    return str(page.locator(".cm-content").evaluate("element => element.cmTile.view.state.doc.toString()"))


def until_text(page: Page, part: str) -> None:
    until(lambda: part in text_of(page), f"{part!r} in the editor")


def go_to(page: Page, line: int) -> None:
    """Put the cursor at the end of a line."""
    page.locator(".cm-content").focus()
    page.keyboard.press("Control+Home")
    for _ in range(line - 1):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("End")


def standing(page: Page, text: str | re.Pattern[str]) -> None:
    expect(page.locator(".standing")).to_contain_text(text, timeout=15_000)
