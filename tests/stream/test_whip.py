"""Publishing to a real WHIP endpoint over HTTP and WebRTC, in every mood that it may have."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from py_remote_viewer.stream.broadcast import Broadcast
from py_remote_viewer.stream.publishing import PublishState, WhipTarget
from py_remote_viewer.stream.whip import WhipPublisher
from tests.stream.loopback import TinyEncoder, stream_of, until
from tests.stream.whip_server import WhipServer, whip_server


@asynccontextmanager
async def publishing(
    url: str, **options: Any
) -> AsyncIterator[tuple[WhipPublisher, TinyEncoder, list[tuple[int, str | None]]]]:
    """A publisher of a wandering bar that does not wait between its tries, and the waits that it would have made."""
    encoder = TinyEncoder()
    broadcast = Broadcast(0, encoder.force_idr)
    waits: list[tuple[int, str | None]] = []

    def delay_s(failures: int, retry_after: str | None) -> float:
        waits.append((failures, retry_after))
        return 0.01

    async with (
        stream_of(encoder, broadcast),
        WhipPublisher(WhipTarget(url), broadcast, delay_s=delay_s, **options) as publisher,
    ):
        yield publisher, encoder, waits


def in_state(publisher: WhipPublisher, state: PublishState) -> Callable[[], bool]:
    return lambda: publisher.stats().state == state


async def test_it_publishes_says_so_and_deletes_its_session_at_the_end() -> None:
    changes: list[bool] = []
    async with whip_server() as server:
        async with publishing(
            server.url, token="s3cret", on_change=lambda: changes.append(publisher.is_publishing)
        ) as (publisher, _, waits):
            assert (await server.picture()).width == 320
            await until(lambda: publisher.stats().pictures_sent > 10)
            stats = publisher.stats()
            assert (stats.state, stats.attempts, stats.reason) == ("publishing", 1, "")
            assert stats.target == server.url.replace("http", "whip:http", 1)
            assert waits == []
        assert changes == [True]
        assert server.deleted == list(server.sessions)
        assert server.requests == [
            ("POST", "/whip/main", "Bearer s3cret"),
            ("DELETE", f"/session/{server.deleted[0]}", "Bearer s3cret"),
        ]


async def test_an_endpoint_that_is_busy_is_asked_again_ever_more_patiently() -> None:
    async with whip_server() as server:
        server.answers = [(503, {}), (503, {"Retry-After": "7"}), (500, {})]
        async with publishing(server.url) as (publisher, _, waits):
            await server.picture()
            assert waits == [(1, None), (2, "7"), (3, None)]
            assert publisher.stats().attempts == 4


async def test_an_endpoint_that_is_not_there_is_asked_again() -> None:
    async with whip_server() as server:
        url = server.url
    async with publishing(url) as (publisher, _, waits):
        await until(lambda: len(waits) >= 2)
        await until(in_state(publisher, "waiting"))
        assert "not reached" in publisher.stats().reason
        assert not publisher.is_publishing


async def test_redirects_are_followed_with_the_offer_and_the_token() -> None:
    async with whip_server() as server, whip_server() as neighbour:
        server.answers = [(307, {"Location": neighbour.url}), (307, {"Location": neighbour.url})]
        neighbour.answers = [(307, {"Location": "/whip/other"})]
        async with publishing(server.url, token="s3cret") as (publisher, _, waits):
            await neighbour.picture()
            await until(in_state(publisher, "publishing"))
            assert waits == []
        assert [one[:2] for one in neighbour.requests[:2]] == [("POST", "/whip/main"), ("POST", "/whip/other")]
        assert {one[2] for one in neighbour.requests} == {"Bearer s3cret"}
        assert len(neighbour.deleted) == 1  # Location is relative to the URL that answered


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ([(401, {})] * 9, "VIEWER_PUBLISH_TOKEN"),
        ([(404, {})] * 9, "no such endpoint"),
        ([(201, {})] * 9, "without Location"),
        ([(307, {"Location": "ftp://x.example/"})] * 9, "not followed"),
    ],
)
async def test_what_asking_again_would_not_change_is_called_refused(
    answers: list[tuple[int, dict[str, str]]], says: str
) -> None:
    async with whip_server() as server:
        server.answers = answers
        async with publishing(server.url) as (publisher, _, waits):
            await until(in_state(publisher, "refused"))
            assert says in publisher.stats().reason
            assert waits == []  # a minute, whatever the failures


async def test_endless_redirects_end() -> None:
    async with whip_server() as server:
        server.answers = [(307, {"Location": "/whip/main"})] * 6 + [(201, {})]
        async with publishing(server.url) as (_, _, waits):
            await until(lambda: bool(waits))


async def test_a_broken_connection_is_made_anew_and_the_rest_of_the_room_is_told() -> None:
    changes: list[bool] = []
    async with whip_server() as server:
        async with publishing(server.url, on_change=lambda: changes.append(publisher.is_publishing)) as (
            publisher,
            _,
            waits,
        ):
            await server.picture()
            await until(in_state(publisher, "publishing"))
            sent = publisher.stats().pictures_sent
            (first,) = server.sessions.values()
            await first.close()
            await server.picture()
            await until(in_state(publisher, "publishing"))
            assert waits == [(1, None)]
            assert publisher.stats().pictures_sent > sent
        assert changes == [True, False, True]


async def test_a_picture_loss_at_the_endpoint_makes_an_idr() -> None:
    async with whip_server() as server, publishing(server.url) as (publisher, encoder, _):
        await server.picture()
        before = encoder.idrs
        (pc,) = server.sessions.values()
        receiver: Any = pc.getReceivers()[0]
        await receiver._send_rtcp_pli(publisher._writer._seams.ssrc)  # type: ignore[union-attr]
        await until(lambda: encoder.idrs > before)
        assert publisher.stats().plis >= 1


async def test_an_answer_that_no_media_follows_is_given_up_and_the_ice_servers_are_used_next_time() -> None:
    async with whip_server() as server:
        server.links = ['<stun:127.0.0.1:9>; rel="ice-server"']
        silent = asyncio.create_task(close_early(server))
        async with publishing(server.url, connect_timeout_s=0.5) as (publisher, _, waits):
            await until(lambda: bool(waits))
            assert publisher._ice_servers == ({"urls": "stun:127.0.0.1:9"},)
        await silent


async def close_early(server: WhipServer) -> None:
    """Close the endpoint's end before media can connect."""
    await until(lambda: bool(server.sessions))
    for pc in server.sessions.values():
        await pc.close()
