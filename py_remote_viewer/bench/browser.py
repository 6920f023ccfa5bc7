"""A headless Chromium for benchmarks, driven by Playwright; both come with the development requirements."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from py_remote_viewer.bench.netns.namespaces import Namespace
from py_remote_viewer.errors import SettingsInvalid

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
)


@asynccontextmanager
async def chromium_page(
    width: int = 1440, height: int = 900, *, inside: Namespace | None = None, arguments: tuple[str, ...] = ()
) -> AsyncIterator[Any]:
    """A Playwright page in a fresh Chromium that ignores the page's content security policy for injected probes.

    Args:
        width, height: of the page, CSS px.
        inside: the network namespace to run in.
        arguments: further ones for Chromium.

    Raises:
        SettingsInvalid: Chromium or Playwright is missing; the hint says how to install it.
    """
    executable = shutil.which("chromium") or shutil.which("google-chrome")
    if executable is None:
        raise SettingsInvalid("no Chromium on this machine", hint="Install it: apt-get install -y chromium")
    if inside is not None:
        executable = inside.wrapper(executable)
    try:
        from playwright.async_api import async_playwright
    except ImportError as exc:
        raise SettingsInvalid("Playwright is missing", hint="Install it: pip install -r requirements-dev.txt") from exc
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=executable, args=[*ARGUMENTS, *arguments])
        context = await browser.new_context(viewport={"width": width, "height": height}, bypass_csp=True)
        try:
            yield await context.new_page()
        finally:
            await browser.close()
