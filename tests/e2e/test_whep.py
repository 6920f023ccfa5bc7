"""A WHEP player on a page of another site, in a real Chromium."""

import pytest

from tests.e2e.whep_page import player_page, until
from tests.served import served

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(90)]


async def test_a_player_on_a_page_of_another_site_plays_and_stops(chromium_path: str) -> None:
    turn = {"turn_urls": ("turn:127.0.0.1:9",), "turn_secret": "n0rth"}
    async with served(token="s3cret", **turn) as server, player_page(chromium_path) as page:
        endpoint = f"{server.url}/whep/main"
        assert await page.evaluate("(url) => watch(url, 'wrong')", endpoint) == {"status": 401}
        watched = await page.evaluate("(url) => watch(url, 's3cret')", endpoint)
        assert (watched["status"], watched["patched"]) == (201, 204)
        assert watched["links"].startswith("<turn:127.0.0.1:9>")
        assert watched["candidates"] > 0

        async def plays() -> bool:
            return bool(await page.evaluate("decoded()") > 30)

        await until(plays)
        assert await page.evaluate("document.querySelector('video').videoWidth") == 320
        assert [peer.figures.kind for peer in server.peers] == ["whep"]
        assert await page.evaluate("stop()") == 200
        assert server.peers == []
