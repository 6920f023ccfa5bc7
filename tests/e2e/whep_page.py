"""A Chromium on a page of another site that holds nothing but a WHEP player."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from playwright.async_api import Page, async_playwright
from starlette.applications import Starlette
from starlette.responses import FileResponse
from starlette.routing import Route

from py_remote_viewer.bench.browser import ARGUMENTS
from tests.served import listening

PLAYER = Path(__file__).with_name("whep_player.html")


@asynccontextmanager
async def chromium(executable: str, *arguments: str) -> AsyncIterator[Any]:
    """A browser, driven from the test's own event loop."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=executable, args=[*ARGUMENTS, *arguments])
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def player_page(executable: str) -> AsyncIterator[Page]:
    """The player, on an origin of its own."""
    site = Starlette(routes=[Route("/", lambda _request: FileResponse(PLAYER))])
    async with listening(site) as url, chromium(executable) as browser:
        page = await browser.new_page()
        await page.goto(url)
        await page.wait_for_function("globalThis.ready")
        yield page


async def until(ask: Callable[[], Any], timeout_s: float = 15.0) -> Any:
    """The first true answer of the coroutine function `ask`."""
    async with asyncio.timeout(timeout_s):
        while not (answer := await ask()):  # noqa: ASYNC110 - a page has no event for us
            await asyncio.sleep(0.02)
        return answer
