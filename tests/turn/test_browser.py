"""The page itself behind bad firewalls, in a real Chromium inside a network namespace."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page

from py_remote_viewer.bench.netns.commands import run
from py_remote_viewer.bench.netns.namespaces import Client, network
from tests.e2e.whep_page import chromium, until
from tests.turn.coturn import SECRET, coturn

pytestmark = [pytest.mark.turn, pytest.mark.netns, pytest.mark.e2e, pytest.mark.gl, pytest.mark.timeout(120)]

DECODED = """async () => {
  for (const pc of globalThis.__connections ?? [])
    for (const entry of (await pc.getStats()).values())
      if (entry.type === "inbound-rtp" && entry.framesDecoded > 5) return entry.framesDecoded;
  return 0;
}"""
NO_UDP = """table inet firewall {
  chain inward { type filter hook prerouting priority -300; iifname != lo meta l4proto udp drop; }
  chain outward { type filter hook output priority 0; oifname != lo meta l4proto udp drop; }
}
"""
KEEP_CONNECTIONS = """(() => {
  const Real = RTCPeerConnection;
  globalThis.__connections = [];
  globalThis.RTCPeerConnection = class extends Real {
    constructor(...given) { super(...given); globalThis.__connections.push(this); }
  };
})();"""
PAIR = """async () => {
  const pc = globalThis.__connections.at(-1);
  const report = await pc.getStats();
  const transport = [...report.values()].find((entry) => entry.type === "transport");
  const local = report.get(report.get(transport.selectedCandidatePairId).localCandidateId);
  return [local.candidateType, local.relayProtocol ?? null];
}"""


@dataclass
class Site:
    """A server with a TURN server beside it, and a Chromium at the other end of a link."""

    url: str
    link: Client
    page: Page

    async def open(self, query: str) -> float:
        """Seconds from the request for the page to decoded pictures."""
        began = time.monotonic()
        await self.page.goto(f"{self.url}/{query}#token=s3cret")
        await until(lambda: self.page.evaluate(DECODED), 20)
        return time.monotonic() - began


@asynccontextmanager
async def site(folder: Path, chromium_path: str, *transports: str) -> AsyncIterator[Site]:
    async with network() as net:
        link = await net.add_client("browser")
        address = link.server_address
        async with (
            coturn(folder, address, 3478, net.server.command()) as turn,
            serving(net.server.command(), address, *(turn.url(one) for one in transports)) as url,
            chromium(link.space.wrapper(chromium_path)) as browser,
        ):
            page = await browser.new_page()
            await page.add_init_script(KEEP_CONNECTIONS)
            await page.goto(f"{url}/api/health")  # the browser's own start is not measured
            yield Site(url, link, page)


@asynccontextmanager
async def serving(inside: tuple[str, ...], address: str, *turn_urls: str) -> AsyncIterator[str]:
    """The real command, in the namespace that the command prefix `inside` enters."""
    urls = ", ".join(f'"{one}"' for one in turn_urls)
    settings = {
        "VIEWER_TOKEN": "s3cret",
        "VIEWER_TURN_URLS": f"[{urls}]",
        "VIEWER_TURN_SECRET": SECRET,
        "VIEWER_WIDTH": "320",
        "VIEWER_HEIGHT": "192",
        "VIEWER_SLEEP_AFTER_S": "0",
    }
    command = (sys.executable, "-m", "py_remote_viewer", "--scene", "pendulum", "--host", address, "--port", "8000")
    process = await asyncio.create_subprocess_exec(
        *inside,
        *command,
        env={**os.environ, **settings},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        assert process.stdout is not None
        async with asyncio.timeout(30):
            assert b"http://" in await process.stdout.readline()
        yield f"http://{address}:8000"
    finally:
        process.terminate()
        await process.communicate()


@pytest.fixture(autouse=True)
def namespaces() -> None:
    if os.geteuid() != 0 or not all(shutil.which(one) for one in ("ip", "ethtool", "nft")):
        pytest.skip("needs root, iproute2, ethtool and nftables")


@pytest.mark.parametrize("transport", ["udp", "tcp"])
async def test_the_page_forced_to_the_relay_plays_and_says_so(
    transport: str, tmp_path: Path, chromium_path: str
) -> None:
    async with site(tmp_path, chromium_path, transport) as at:
        await at.open("?relay=1")
        assert await at.page.evaluate(PAIR) == ["relay", transport]
        await until(lambda: at.page.get_by_text("relayed").first.is_visible())


async def test_the_switch_in_the_settings_moves_a_running_page_to_the_relay(tmp_path: Path, chromium_path: str) -> None:
    async with site(tmp_path, chromium_path, "udp") as at:
        await at.open("")
        assert (await at.page.evaluate(PAIR))[0] == "host"
        await at.page.get_by_role("button", name="Settings").click()
        await at.page.get_by_label("Video through a relay (TURN)").check()

        async def is_relayed() -> bool:
            with contextlib.suppress(PlaywrightError):  # the new connection has chosen no pair yet
                return bool((await at.page.evaluate(PAIR))[0] == "relay")
            return False

        await until(is_relayed)
        assert "relay=1" in at.page.url


async def test_a_page_that_no_udp_reaches_plays_over_the_tcp_relay_within_3_s(
    tmp_path: Path, chromium_path: str
) -> None:
    async with site(tmp_path, chromium_path, "udp", "tcp") as at:
        await run(*at.link.space.command("nft", "-f", "-"), text=NO_UDP)
        took_s = await at.open("")
        print(f"first pictures {took_s:.2f} s after the request for the page")
        assert await at.page.evaluate(PAIR) == ["relay", "tcp"]
        assert took_s <= 3


async def test_a_forced_relay_without_a_turn_server_is_refused_in_words(tmp_path: Path, chromium_path: str) -> None:
    async with site(tmp_path, chromium_path) as at:
        await at.page.goto(f"{at.url}/?relay=1#token=s3cret")
        await until(lambda: at.page.get_by_text("no TURN server to relay").first.is_visible())
