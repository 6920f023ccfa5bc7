"""`bench load`: every preset and a mesh-heavy model load in turn while somebody watches in a real Chromium.

For each: seconds from the request to a picture of the new scene on the screen, and from the answer of the REST call to it
(an upper bound: the first picture shown that was captured after the answer). And the longest stall of the server's event
loop meanwhile, as the server itself measures it; beside it what an idle loop of another process suffered on this machine.
At the end the engine is killed: seconds until the browser shows a picture of the one that takes its place.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import time
from pathlib import Path
from typing import Any

from py_remote_viewer.bench import report
from py_remote_viewer.bench.browser import chromium_page
from py_remote_viewer.bench.idle_loop import idle_loop
from py_remote_viewer.bench.latency import PROBE, capture_wall_s
from py_remote_viewer.bench.robot import mesh_robot
from py_remote_viewer.bench.server_process import ServerProcess, server_process
from py_remote_viewer.clock import now_s
from py_remote_viewer.errors import EngineFailed
from py_remote_viewer.scenes.presets import list_presets

WATCH_S = 1.0
SHOWN_LIMIT_S = 10.0
HEAVY_LIMIT_S = 60.0


async def _load(server: ServerProcess, page: Any, body: dict[str, Any], name: str) -> dict[str, Any]:
    asked = time.time()
    await server.post("/api/scene/load", body)
    answered = time.time()
    shown = await _shown_after(page, answered)
    await asyncio.sleep(WATCH_S)
    stats = await server.get("/api/stats")
    return {
        "scene": name,
        "seconds_to_answer": round(answered - asked, 3),
        "seconds_to_picture": round(shown - asked, 3),
        "answer_to_screen_s": round(shown - answered, 3),
        "loop_stall_ms": stats["loop_stall_ms"],
        "fps": stats["picture"]["fps"],
    }


async def _recovery(server: ServerProcess, page: Any) -> dict[str, Any]:
    """Kill the engine, and see how soon the browser shows a picture of the next one."""
    before = await server.get("/api/stats")
    killed = time.time()
    os.kill(before["engine"]["pid"], signal.SIGKILL)
    shown = await _shown_after(page, killed)
    await asyncio.sleep(WATCH_S)
    after = await server.get("/api/stats")
    return {
        "seconds_to_picture": round(shown - killed, 3),
        "simulated_before_s": round(before["simulation_state"]["simulation"]["time"], 2),
        "simulated_after_s": round(after["simulation_state"]["simulation"]["time"], 2),
        "peers_before": before["clients_connected"],
        "connections_made": after["total_connections"] - before["total_connections"],
    }


async def _shown_after(page: Any, wall_s: float, limit_s: float = SHOWN_LIMIT_S) -> float:
    """Wall-clock seconds when the first picture captured after `wall_s` was shown."""
    offset = time.time() - now_s()
    limit = now_s() + limit_s
    while now_s() < limit:
        for picture in (await page.evaluate("__probe.take()"))["pictures"]:
            if picture["ok"] and capture_wall_s(picture, offset) >= wall_s:
                return float(picture["at"]) / 1e3
        await asyncio.sleep(0.02)
    raise EngineFailed(f"no picture on the screen {limit_s:.0f} s after the scene was loaded", hint="See the log.")


async def _measure(options: argparse.Namespace) -> dict[str, Any]:
    heavy = Path(options.scene) if options.scene else mesh_robot()
    environment = {"VIEWER_LATENCY_STRIP": "1"}
    rows = []
    async with (
        server_process("--quality", options.quality, inside=None, log_file=None, **environment) as server,
        chromium_page() as page,
        idle_loop() as idle,
    ):
        await page.add_init_script(PROBE.read_text(encoding="utf-8"))
        await page.goto(server.url, wait_until="commit")
        await _shown_after(page, time.time())
        for _ in range(options.rounds):
            for preset in list_presets():
                rows.append(await _load(server, page, {"preset": preset.name}, preset.name))
        recovery = await _recovery(server, page)
        stats = await server.get("/api/stats")
    heavy_row = await _heavy(options, heavy, environment)
    rows.append(heavy_row)
    return {
        "rows": rows,
        "recovery": recovery,
        "loop_stall_ms_max": max(row["loop_stall_ms"] for row in rows),
        "idle_loop_stall_ms_max": idle.stall_ms_max,
        "answer_to_screen_s_max": max(
            row["answer_to_screen_s"] for row in rows if row["answer_to_screen_s"] is not None
        ),
        "encoder": stats["picture"]["encoder"],
        "gl_renderer": stats["picture"]["gl_renderer"],
    }


async def _heavy(options: argparse.Namespace, heavy: Path, environment: dict[str, str]) -> dict[str, Any]:
    """The mesh-heavy model: a file is the operator's to load, so the server starts with it, and somebody watches it come."""
    async with chromium_page() as page:
        await page.add_init_script(PROBE.read_text(encoding="utf-8"))
        asked = time.time()
        async with server_process(
            "--scene", os.fspath(heavy), "--quality", options.quality, inside=None, log_file=None, **environment
        ) as server:
            await page.goto(server.url, wait_until="commit")
            shown = await _shown_after(page, asked, HEAVY_LIMIT_S)
            await asyncio.sleep(WATCH_S)
            stats = await server.get("/api/stats")
    return {
        "scene": heavy.stem,
        "seconds_to_answer": None,
        "seconds_to_picture": round(shown - asked, 3),
        "answer_to_screen_s": None,
        "loop_stall_ms": stats["loop_stall_ms"],
        "fps": stats["picture"]["fps"],
    }


def main(argv: list[str]) -> int:
    """Entry of `python -m py_remote_viewer bench load`."""
    parser = argparse.ArgumentParser(prog="bench load", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--scene", metavar="FILE", help="the mesh-heavy model; default: a robot fetched by pip")
    parser.add_argument("--rounds", type=int, default=1, help="times through all presets")
    parser.add_argument("--quality", default="auto", help="auto or one level of the ladder")
    return report.run(parser, argv, _measure)
