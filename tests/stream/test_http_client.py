"""The HTTP client against servers of every kind, byte by byte."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from py_remote_viewer.stream.http_client import MAX_BODY, HttpFailed, request


@asynccontextmanager
async def answering(answer: bytes | None) -> AsyncIterator[tuple[str, list[bytes]]]:
    """A server that says `answer` to everybody, or nothing; its URL, and what it was asked."""
    asked: list[bytes] = []
    over = asyncio.Event()
    serving: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        serving.add(task)
        try:
            asked.append(await reader.readuntil(b"\r\n\r\n"))
            if answer is None:
                await over.wait()
            else:
                writer.write(answer)
        except asyncio.IncompleteReadError:
            pass  # the client went
        finally:
            writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", asked
        over.set()
        if serving:
            await asyncio.wait(serving)


async def test_an_answer_has_its_status_body_and_every_header() -> None:
    answer = b"HTTP/1.1 201 Created\r\nLink: <a>\r\nlink: <b>\r\nContent-Length: 3\r\n\r\nabc"
    async with answering(answer) as (url, asked):
        got = await request("POST", f"{url}/x?y=1", headers={"Authorization": "Bearer t"}, body=b"hello")
    assert (got.status, got.body, got.all("link"), got.header("nothing")) == (201, b"abc", ["<a>", "<b>"], None)
    assert asked[0].startswith(b"POST /x?y=1 HTTP/1.1\r\n")
    assert b"Bearer t" in asked[0]
    assert b"Content-Length: 5" in asked[0]


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"hello\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\n\r\n" + bytes(MAX_BODY + 1),
        None,
    ],
    ids=["nothing", "no HTTP", "cut short", "endless", "silent"],
)
async def test_what_is_no_answer_fails_in_words(answer: bytes | None) -> None:
    async with answering(answer) as (url, _):
        with pytest.raises(HttpFailed) as failed:
            await request("GET", url, headers={}, timeout_s=0.2 if answer is None else 5)
    assert str(failed.value)


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/", "https://127.0.0.1:1/", "http://no.such.host.invalid/"])
async def test_nobody_there_fails_in_words(url: str) -> None:
    with pytest.raises(HttpFailed) as failed:
        await request("GET", url, headers={})
    assert str(failed.value)


async def test_tls_with_a_server_that_speaks_none_fails_in_words() -> None:
    async with answering(b"HTTP/1.1 400 Bad Request\r\n\r\n") as (url, _):
        with pytest.raises(HttpFailed):
            await request("GET", url.replace("http:", "https:"), headers={}, timeout_s=0.5)
