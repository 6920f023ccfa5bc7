"""Every scene that means harm, posted to a real server while somebody watches."""

import json
import statistics
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.hostile import ANSWER_WITHIN_S, KEPT, MEMORY_GROWTH_BYTES, SLACK_S, memory_back, posted, rates
from tests.e2e.watched import Watched, watched
from tests.scenes.canary import Canary, folder_with
from tests.scenes.hostile_cases import CANARY_FILES, HostileCase, hostile_cases

pytestmark = [pytest.mark.gl, pytest.mark.e2e]


@pytest.fixture
def canary_folder() -> Iterator[Path]:
    with folder_with(CANARY_FILES) as folder:
        yield folder


async def post(room: Watched, body: dict[str, Any], path: str = "load") -> tuple[int, dict[str, Any], float]:
    """Status, answer and seconds."""
    return await posted(room, f"/api/scene/{path}", json.dumps(body).encode("utf-8"))


async def endure(cases: list[HostileCase], folder: Path) -> None:
    """Post them all; see that each is answered and nobody pays."""
    canary = Canary(folder)
    while_compiling: list[float] = []
    try:
        async with watched(watchers=1) as room:
            for preset in ("cart_pole", "pendulum"):  # what is imported and allocated once
                assert (await post(room, {"preset": preset}))[0] == 200
            before, memory = await room.pictures_per_s(3.0), room.server.memory_bytes()
            for case in cases:
                async with rates(room) as seen:
                    status, answer, took = await post(room, {"xml": case.build(), "name": case.name})
                assert took <= ANSWER_WITHIN_S + SLACK_S, f"{case.name} took {took:.1f} s"
                if status == 200:
                    assert case.outcome == "loads", case.name
                    assert (await post(room, {"preset": "pendulum"}))[0] == 200
                else:
                    assert status in (400, 413), (case.name, answer)
                    assert answer["error"]["hint"], case.name
                    while_compiling += seen
            if while_compiling:
                assert statistics.median(while_compiling) >= KEPT * before
            assert await room.pictures_per_s(2.0) >= KEPT * before
            await memory_back(room, memory)
            assert (await room.stats())["engine"]["restarts"] == 0
        assert canary.opened() == set()
    finally:
        canary.close()


@pytest.mark.timeout(240)
async def test_no_hostile_scene_harms_anybody(canary_folder: Path) -> None:
    await endure(hostile_cases(str(canary_folder)), canary_folder)


@pytest.mark.slow
@pytest.mark.timeout(240)
async def test_no_hostile_text_that_is_only_checked_harms_anybody(canary_folder: Path) -> None:
    """As somebody who types them one after another: none is shown, none opens a file, and the picture goes on."""
    canary = Canary(canary_folder)
    try:
        async with watched(watchers=1) as room:
            assert (await post(room, {"preset": "pendulum"}))[0] == 200
            before, memory = await room.pictures_per_s(3.0), room.server.memory_bytes()
            while_checking: list[float] = []
            for case in hostile_cases(str(canary_folder)):
                async with rates(room) as seen:
                    status, answer, took = await post(room, {"xml": case.build(), "asker": case.name}, "check")
                while_checking += seen
                assert took <= ANSWER_WITHIN_S + SLACK_S, f"{case.name} took {took:.1f} s"
                if status == 200:
                    assert (answer["sizes"] is not None) == (case.outcome == "loads"), (case.name, answer)
                else:
                    assert status in (400, 413), (case.name, answer)
            assert statistics.median(while_checking) >= KEPT * before
            stats = await room.stats()
            assert stats["simulation_state"]["mujoco"]["model_name"] == "pendulum"
            assert stats["engine"]["restarts"] == 0
            assert stats["loop_stall_ms"] < 1000 * KEPT
            most = {process: used + MEMORY_GROWTH_BYTES for process, used in memory.items()}
            assert all(used <= most[process] for process, used in room.server.memory_bytes().items())
        assert canary.opened() == set()
    finally:
        canary.close()
