"""A whole server that publishes its room: demand, statistics, health."""

import json

from tests.served import Served, served
from tests.stream.loopback import until
from tests.stream.whip_server import whip_server
from tests.web.whep_player import ask


async def get(server: Served, path: str) -> str:
    return (await ask("GET", server.url + path)).body


async def warnings(server: Served) -> list[str]:
    """What health says of publishing."""
    return [one for one in json.loads(await get(server, "/api/health"))["warnings"] if "publishing" in one]


async def test_a_published_room_is_watched_without_anybody_there_and_sleeps_when_the_endpoint_goes() -> None:
    async with whip_server() as endpoint:
        async with served(publish=f"whip:{endpoint.url}", sleep_after_s=0.1) as server:
            await endpoint.picture()
            assert server.engine.demands[-1] == (True, (0,))
            published = json.loads(await get(server, "/api/stats"))["publish"]
            assert (published["kind"], published["state"]) == ("whip", "publishing")
            assert published["pictures_sent"] > 0
            assert await warnings(server) == []
            assert 'viewer_publish_up{room="main"} 1.0' in await get(server, "/metrics")
            assert json.loads(await get(server, "/api/stats"))["clients_connected"] == 0

            endpoint.answers = [(404, {})]
            for pc in endpoint.sessions.values():
                await pc.close()
            await until(lambda: server.room.publisher is not None and server.room.publisher.stats().state == "refused")
            await until(lambda: server.engine.demands[-1] == (False, ()))
            (warning,) = await warnings(server)
            assert "publishing to whip:http://127.0.0.1" in warning
            assert "no such endpoint" in warning
            assert 'viewer_publish_up{room="main"} 0.0' in await get(server, "/metrics")
        assert len(endpoint.deleted) == 1


async def test_nothing_is_published_by_default() -> None:
    async with served() as server:
        assert json.loads(await get(server, "/api/stats"))["publish"] is None
        assert "viewer_publish_up{" not in await get(server, "/metrics")
