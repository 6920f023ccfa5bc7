"""WHEP over real HTTP and real WebRTC, with aiortc as the player."""

import asyncio
import contextlib

import pytest

from py_remote_viewer.rooms import whep
from py_remote_viewer.stream import peer as webrtc
from tests.served import served
from tests.stream.loopback import until
from tests.web.whep_player import ask, player

SDP = {"Content_Type": "application/sdp"}


@pytest.mark.parametrize(("audio", "trickle"), [(False, False), (True, False), (False, True), (True, True)])
async def test_a_player_watches_and_the_room_counts_it(audio: bool, trickle: bool) -> None:
    async with served() as server, player(audio=audio) as one:
        answered = await one.watch(f"{server.url}/whep/main", trickle=trickle)
        assert answered.status == 201
        assert answered.headers["content-type"].startswith("application/sdp")
        for _ in range(3):
            assert (await one.picture()).width == 320
        (member,) = server.peers
        assert member.is_watching
        assert member.figures.kind == "whep"
        assert (await ask("DELETE", one.session)).status == 200
        assert server.peers == []
        assert (await ask("DELETE", one.session)).status == 404


async def test_a_player_that_goes_without_a_word_is_forgotten() -> None:
    async with served() as server:
        async with player() as one:
            await one.watch(f"{server.url}/whep/main")
            await one.picture()
        await until(lambda: server.peers == [])
        assert server.engine.demands[-1][1] == ()


async def test_a_session_whose_media_never_comes_ends_by_its_time_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        webrtc.WebRtcPeer.__init__,
        "__kwdefaults__",
        {**webrtc.WebRtcPeer.__init__.__kwdefaults__, "connect_timeout_s": 0.2},
    )
    async with served() as server, player() as one:
        offer = "".join(line + "\r\n" for line in (await one.offer()).splitlines() if "candidate" not in line)
        answered = await ask("POST", f"{server.url}/whep/main", offer, **SDP)
        assert answered.status == 201
        assert len(server.peers) == 1
        await until(lambda: server.peers == [])


async def test_a_token_is_wanted_as_a_bearer_and_ice_servers_come_as_links() -> None:
    turn = {"turn_urls": ("turn:127.0.0.1:9?transport=udp",), "turn_secret": "n0rth"}
    async with served(token="s3cret", **turn) as server, player() as one:
        endpoint = f"{server.url}/whep/main"
        refused = await one.watch(endpoint)
        assert (refused.status, refused.headers["www-authenticate"]) == (401, "Bearer")
        assert (await ask("POST", endpoint, "v=0", Authorization="Bearer wrong", **SDP)).status == 401
        answered = await one.watch(endpoint, token="s3cret")
        assert answered.status == 201
        (link,) = answered.links
        assert link.startswith('<turn:127.0.0.1:9?transport=udp>; rel="ice-server"; username="')
        assert "n0rth" not in link
        await one.picture()
        assert (await ask("DELETE", one.session)).status == 401
        assert (await ask("DELETE", one.session, Authorization="Bearer s3cret")).status == 200


async def test_every_refusal_says_what_to_do() -> None:
    async with served() as server, player() as one:
        endpoint = f"{server.url}/whep/main"
        offer = await one.offer()
        strange = offer.replace("H264/", "H263/").replace("VP8/", "VP7/")
        for status, code, asked in (
            (404, "not_found", ask("POST", f"{server.url}/whep/nowhere", offer, **SDP)),
            (405, "method_not_allowed", ask("GET", endpoint)),
            (405, "method_not_allowed", ask("PUT", endpoint, "x")),
            (406, "not_acceptable", ask("POST", endpoint, offer, Accept="text/html", **SDP)),
            (413, "too_large", ask("POST", endpoint, "v" * 70_000, **SDP)),
            (415, "unsupported_media_type", ask("POST", endpoint, "{}", Content_Type="application/json")),
            (400, "message_invalid", ask("POST", endpoint, "v=0", **SDP)),
            (400, "message_invalid", ask("POST", endpoint, offer.replace("recvonly", "sendonly"), **SDP)),
            (422, "no_common_codec", ask("POST", endpoint, strange, **SDP)),
            (404, "not_found", ask("DELETE", f"{endpoint}/no-such-session")),
            (405, "method_not_allowed", ask("GET", f"{endpoint}/no-such-session")),
        ):
            answered = await asked
            assert (answered.status, answered.error["code"]) == (status, code)
            assert answered.error["hint"]
        assert "allow" in (await ask("GET", endpoint)).headers
        assert server.peers == []


async def test_candidates_are_taken_for_this_ice_session_only() -> None:
    async with served() as server, player() as one:
        await one.watch(f"{server.url}/whep/main")
        fragment = "a=candidate:1 1 udp 2130706431 192.0.2.1 50000 typ host\r\n"
        sdpfrag = {"Content_Type": "application/trickle-ice-sdpfrag"}
        for status, body, headers in (
            (204, fragment, {"If_Match": one.etag, **sdpfrag}),
            (428, fragment, sdpfrag),
            (412, fragment, {"If_Match": '"another"', **sdpfrag}),
            (422, fragment, {"If_Match": "*", **sdpfrag}),
            (422, "a=ice-ufrag:other\r\n" + fragment, {"If_Match": one.etag, **sdpfrag}),
            (415, fragment, {"If_Match": one.etag, "Content_Type": "text/plain"}),
            (400, "hello", {"If_Match": one.etag, **sdpfrag}),
        ):
            assert (await ask("PATCH", one.session, body, **headers)).status == status


async def test_cors_lets_players_of_allowed_sites_in_and_with_a_token_those_of_any() -> None:
    foreign = {"Origin": "https://player.example"}
    async with served(allowed_origins=("https://player.example",)) as server:
        endpoint = f"{server.url}/whep/main"
        preflight = await ask("OPTIONS", endpoint, Access_Control_Request_Method="POST", **foreign)
        assert preflight.status == 204
        assert preflight.headers["access-control-allow-origin"] == "https://player.example"
        assert "Authorization" in preflight.headers["access-control-allow-headers"]
        assert preflight.headers["accept-post"] == "application/sdp"
        refused = await ask("POST", endpoint, "v=0", **foreign, **SDP)
        assert refused.status == 400
        exposed = refused.headers["access-control-expose-headers"]
        assert all(name in exposed for name in ("Location", "Link", "ETag"))
        other = await ask("POST", endpoint, "v=0", Origin="https://evil.example", **SDP)
        assert other.status == 403
        assert "access-control-allow-origin" not in other.headers
    async with served(token="s3cret") as server:
        answered = await ask("POST", f"{server.url}/whep/main", "v=0", **foreign, **SDP)
        assert (answered.status, answered.headers["access-control-allow-origin"]) == (401, "https://player.example")


async def test_a_crowd_that_comes_at_once_costs_three_idrs_at_most() -> None:
    async with served() as server, contextlib.AsyncExitStack() as stack:
        crowd = [await stack.enter_async_context(player()) for _ in range(12)]
        await asyncio.gather(*(one.watch(f"{server.url}/whep/main") for one in crowd))
        await asyncio.gather(*(one.picture() for one in crowd))
        assert [peer.is_watching for peer in server.peers] == [True] * 12
        (encoder,) = server.engine.encoders.values()
        assert encoder.idrs <= 3


async def test_sessions_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whep, "MAX_PENDING_PER_ADDRESS", 2)
    async with served(max_peers=3) as server, player() as one:
        endpoint = f"{server.url}/whep/main"
        offer = "".join(line + "\r\n" for line in (await one.offer()).splitlines() if "candidate" not in line)
        assert [(await ask("POST", endpoint, offer, **SDP)).status for _ in range(2)] == [201, 201]
        flood = await ask("POST", endpoint, offer, **SDP)
        assert (flood.status, flood.error["code"], flood.headers["retry-after"]) == (429, "rate_limited", "5")
        monkeypatch.setattr(whep, "MAX_PENDING_PER_ADDRESS", 9)
        assert (await ask("POST", endpoint, offer, **SDP)).status == 201
        full = await ask("POST", endpoint, offer, **SDP)
        assert (full.status, full.error["code"]) == (503, "room_busy")


async def test_the_statistics_tell_a_player_from_a_page() -> None:
    async with served() as server, player() as one:
        await one.watch(f"{server.url}/whep/main")
        await one.picture()
        stats = (await ask("GET", f"{server.url}/api/stats")).body
        assert '"kind":"whep"' in stats.replace(" ", "")
