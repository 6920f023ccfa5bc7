"""Media through a real coturn: our end and an aiortc player, both with relay candidates only."""

import re
import time
from pathlib import Path

import pytest
from aiortc import RTCIceTransportPolicy

from py_remote_viewer.stream.ice import turn_credential
from py_remote_viewer.stream.ice_links import parse_links
from tests.served import served
from tests.turn.coturn import SECRET, Coturn, coturn
from tests.web.whep_player import ask, player

pytestmark = pytest.mark.turn
RELAY = RTCIceTransportPolicy.RELAY


def candidate_types(sdp: str) -> set[str]:
    return set(re.findall(r"^a=candidate:.* typ (\w+)", sdp, re.M))


async def grant_of(url: str) -> tuple[dict[str, str], ...]:
    """What a player learns before it offers: the servers in an earlier answer's `Link` headers."""
    async with player() as one:
        answered = await one.watch(f"{url}/whep/main")
        await ask("DELETE", one.session)
        return parse_links(answered.links)


@pytest.mark.parametrize("transport", ["udp", "tcp"])
async def test_both_ends_show_relays_alone_and_the_picture_comes(transport: str, tmp_path: Path) -> None:
    async with (
        coturn(tmp_path) as turn,
        served(turn_urls=(turn.url(transport),), turn_secret=SECRET, ice_relay_only=True) as server,
    ):
        servers = await grant_of(server.url)
        async with player(servers=servers, policy=RELAY) as one:
            began = time.monotonic()
            answered = await one.watch(f"{server.url}/whep/main")
            assert candidate_types(answered.body) == {"relay"}
            assert candidate_types(one.pc.localDescription.sdp) == {"relay"}
            for _ in range(30):
                await one.picture()
            assert time.monotonic() - began < 3


@pytest.mark.parametrize("transport", ["udp", "tcp"])
async def test_a_relayed_player_reaches_our_plain_end(transport: str, tmp_path: Path) -> None:
    async with (
        coturn(tmp_path) as turn,
        served(turn_urls=(turn.url(transport),), turn_secret=SECRET) as server,
        player(servers=await grant_of(server.url), policy=RELAY) as one,
    ):
        answered = await one.watch(f"{server.url}/whep/main")
        assert candidate_types(answered.body) == {"host"}
        assert candidate_types(one.pc.localDescription.sdp) == {"relay"}
        for _ in range(30):
            await one.picture()


async def refused(turn: Coturn, username: str, password: str) -> None:
    """Neither end gets a candidate with these, so nothing can connect."""
    server = {"urls": turn.url("udp"), "username": username, "credential": password}
    async with player(servers=(server,), policy=RELAY) as one:
        assert candidate_types(await one.offer()) == set()


async def test_a_wrong_secret_and_an_expired_user_get_no_relay(tmp_path: Path) -> None:
    async with coturn(tmp_path) as turn:
        later = int(time.time()) + 600
        await refused(turn, *turn_credential("south", "p1", later))
        await refused(turn, *turn_credential(SECRET, "p1", int(time.time()) - 5))
        username, password = turn_credential(SECRET, "p1", later)
        await refused(turn, username.replace("p1", "p2"), password)
        good = {"urls": turn.url("udp"), "username": username, "credential": password}
        async with player(servers=(good,), policy=RELAY) as one:
            assert candidate_types(await one.offer()) == {"relay"}


async def test_a_server_with_the_wrong_secret_answers_all_the_same_and_says_so(tmp_path: Path) -> None:
    async with (
        coturn(tmp_path) as turn,
        served(turn_urls=(turn.url("udp"),), turn_secret="south", ice_relay_only=True) as server,
        player() as one,
    ):
        answered = await one.watch(f"{server.url}/whep/main")
        assert (answered.status, answered.error["code"]) == (503, "no_relay")
        assert "VIEWER_TURN" in answered.error["hint"]
        assert server.peers == []
