"""People come and go at random while scenes swap, for `SOAK_MINUTES` (30): nothing grows, nothing is left or logged."""

import asyncio
import os
import random
import statistics
from pathlib import Path
from typing import Any

import pytest

from py_remote_viewer.scenes.presets import list_presets
from tests.e2e.watched import Watched, watched

MINUTES = float(os.environ.get("SOAK_MINUTES", "30"))
IS_LONG = MINUTES >= 15
SWAP_EVERY_S = 20.0 if IS_LONG else 10.0
FEW_SCENES = ("humanoid", "boxes_on_table", "cart_pole")
PEOPLE = 20
GROWTH = 1.05
SIZE = ("--width", "480", "--height", "272", "--quality", "lean")

pytestmark = [pytest.mark.gl, pytest.mark.soak, pytest.mark.timeout(MINUTES * 60 + 300)]


async def come_and_go(room: Watched, chance: random.Random) -> None:
    """A new crowd every few seconds, with some of the old."""
    while True:
        joined = await room.crowd.ask(leave=chance.randint(0, 8), size=chance.randint(4, PEOPLE))
        assert not joined["refused"], joined
        await asyncio.sleep(chance.uniform(0.5, 3))


async def swap_scenes(room: Watched, seconds: float) -> dict[str, list[dict[str, Any]]]:
    """One scene after the other; returns the figures at the end of each one's time, by scene."""
    names = [preset.name for preset in list_presets()] if IS_LONG else list(FEW_SCENES)
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in names}
    began, turn = asyncio.get_running_loop().time(), 0
    while asyncio.get_running_loop().time() - began < seconds:
        name = names[turn % len(names)]
        turn += 1
        await room.server.post("/api/scene/load", {"preset": name})
        await asyncio.sleep(SWAP_EVERY_S)
        stats = await room.stats()
        figures = {"server": stats["memory_usage"], "engine": stats["engine"]["memory_bytes"]}
        figures |= {key: stats[key] for key in ("tasks", "open_files", "clients_connected", "loop_stall_ms")}
        print(name, figures, f"{stats['picture']['fps']:.0f} fps", flush=True)
        found[name].append(figures)
    return found


async def at_rest(room: Watched) -> tuple[int, int]:
    """Tasks and open files of the server when everybody has gone."""
    await room.crowd.ask(size=0)
    await room.until(lambda stats: stats["clients_connected"] == 0)
    found: list[tuple[int, int]] = []

    def is_steady(stats: dict[str, Any]) -> bool:
        found.append((stats["tasks"], stats["open_files"]))
        return len(found) > 20 and len(set(found[-20:])) == 1

    await room.until(is_steady, 60)
    return found[-1]


def growth(found: dict[str, list[dict[str, Any]]], what: str) -> float:
    """Memory of `what` at the last showing of each scene over that at its second, the first being its warm-up: the median."""
    ratios = [shown[-1][what] / shown[1][what] for shown in found.values() if len(shown) > 2]
    assert ratios, "too short: every scene must be shown three times"
    return statistics.median(ratios)


async def test_nothing_grows_while_people_come_and_go(tmp_path: Path) -> None:
    log_file = tmp_path / "server.log"
    async with watched(*SIZE, watchers=4, log_file=log_file) as room:
        await room.server.post("/api/scene/load", {"preset": "pendulum"})
        tasks, files = await at_rest(room)
        coming = asyncio.create_task(come_and_go(room, random.Random(1)), name="crowd")
        found = await swap_scenes(room, MINUTES * 60)
        coming.cancel()
        await asyncio.wait([coming])
        assert coming.cancelled(), coming.exception()
        left = await at_rest(room)
        restarts = (await room.stats())["engine"]["restarts"]
    print(f"at rest: {(tasks, files)} before, {left} after")
    print(f"memory: server x{growth(found, 'server'):.3f}, engine x{growth(found, 'engine'):.3f}")
    log = log_file.read_text(encoding="utf-8")
    assert not any(word in log for word in ("Traceback", "ERROR", "never retrieved", "never awaited", "Exception")), log
    assert left[0] <= tasks
    assert left[1] <= files
    assert restarts == 0
    assert growth(found, "server") <= GROWTH
    assert growth(found, "engine") <= GROWTH
