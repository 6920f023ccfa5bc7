"""Checks while somebody types: the newest text counts, a page that went costs nothing, and there is an end to them."""

from __future__ import annotations

import asyncio

import pytest

from py_remote_viewer.errors import RateLimited, RoomBusy
from py_remote_viewer.protocol.scene_edits import CheckedScene
from py_remote_viewer.web.scene_checks import CHECK_BURST, MOST_ADDRESSES, SceneChecks
from tests.fakes import FakeClock, FakeCompiler
from tests.web.conftest import Serve
from tests.web.test_rest import error_of, load


async def never() -> None:
    await asyncio.Event().wait()


@pytest.fixture
def compiler() -> FakeCompiler:
    return FakeCompiler()


@pytest.fixture
def checks(compiler: FakeCompiler) -> SceneChecks:
    return SceneChecks(compiler, FakeClock())


async def ask(checks: SceneChecks, xml: str, asker: str = "a", address: str = "here") -> CheckedScene:
    return await checks.check(xml, address=address, asker=asker, gone=never)


async def test_a_newer_text_takes_the_place_of_the_one_before(checks: SceneChecks, compiler: FakeCompiler) -> None:
    compiler.gate.clear()
    first = asyncio.ensure_future(ask(checks, "first"))
    other = asyncio.ensure_future(ask(checks, "other", asker="b"))
    await compiler.begun("first")
    await compiler.begun("other")
    second = asyncio.ensure_future(ask(checks, "second"))
    with pytest.raises(RoomBusy, match="newer text"):
        await first
    assert compiler.cancelled == ["first"]
    compiler.gate.set()
    assert (await second).warnings == ("a warning",)
    assert (await other).problems == ()


async def test_a_page_that_has_gone_is_not_worked_for(checks: SceneChecks, compiler: FakeCompiler) -> None:
    compiler.gate.clear()
    left = asyncio.Event()

    async def gone() -> None:
        await left.wait()

    asking = asyncio.ensure_future(checks.check("mine", address="here", asker="a", gone=gone))
    await compiler.begun("mine")
    left.set()
    with pytest.raises(RoomBusy):
        await asking
    assert compiler.cancelled == ["mine"]
    compiler.gate.set()
    assert (await ask(checks, "again")).problems == ()


async def test_a_cancelled_request_leaves_nothing_running(checks: SceneChecks, compiler: FakeCompiler) -> None:
    compiler.gate.clear()
    asking = asyncio.ensure_future(ask(checks, "mine"))
    await compiler.begun("mine")
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert compiler.cancelled == ["mine"]
    assert not [task for task in asyncio.all_tasks() if task.get_name().startswith("scene check")]


async def test_one_address_may_ask_so_often_and_the_others_do_not_pay(compiler: FakeCompiler) -> None:
    clock = FakeClock()
    checks = SceneChecks(compiler, clock)
    for number in range(int(CHECK_BURST)):
        await ask(checks, "x", asker=str(number))
    with pytest.raises(RateLimited):
        await ask(checks, "x")
    await ask(checks, "x", address="there")
    clock.advance(1)
    await ask(checks, "x")
    for number in range(MOST_ADDRESSES + 10):
        await ask(checks, "x", address=str(number))
    assert len(checks._rates) == MOST_ADDRESSES


def test_a_check_tells_what_is_wrong_and_shows_nothing(serve: Serve) -> None:
    client = serve()
    load(client, preset="pendulum")
    before = client.get("/api/scene/current").json()
    body = client.post("/api/scene/check", json={"xml": "<mujoco><geon/></mujoco>", "asker": "me"}).json()
    assert body["success"] is True
    assert body["problems"][0]["line"] == 3
    assert set(body["problems"][0]) == {"line", "column", "end_column", "severity", "source", "message", "hint"}
    assert client.post("/api/scene/check", json={"xml": "<mujoco/>"}).json()["warnings"] == ["a warning"]
    assert client.get("/api/scene/current").json() == before


@pytest.mark.parametrize("body", [{}, {"xml": 5}, {"xml": "<mujoco/>", "asker": "x" * 65}, {"preset": "pendulum"}])
def test_a_malformed_check_is_refused_in_words(serve: Serve, body: object) -> None:
    error_of(serve().post("/api/scene/check", json=body), 400, "message_invalid")


def test_a_large_text_and_a_foreign_page_are_refused(serve: Serve) -> None:
    client = serve()
    error_of(client.post("/api/scene/check", json={"xml": "<" * 1_000_001}), 413, "too_large")
    foreign = client.post("/api/scene/check", json={"xml": "<mujoco/>"}, headers={"Origin": "https://evil.example"})
    error_of(foreign, 403, "forbidden")
    guarded = serve(token="s3cret")
    error_of(guarded.post("/api/scene/check", json={"xml": "<mujoco/>"}), 401, "unauthorized")
