"""`bench capacity`: how many viewers this machine holds, found by raising the number until it breaks.

The product's server as a process of its own with a real scene; viewers in another process, over the real WebSocket and WebRTC.
They take their share of the same cores (`viewers_cpu`), so a server with the machine for itself holds more. A number
holds when every viewer gets at least 58 pictures a second and the simulation keeps real time; what fails is measured twice.
"""

from __future__ import annotations

import argparse
import asyncio
from typing import Any

from py_remote_viewer.bench import report
from py_remote_viewer.bench.line_process import LineProcess, line_process
from py_remote_viewer.bench.server_process import ServerProcess, cpu_of, server_process

FPS_MIN = 58.0
REAL_TIME_MIN = 0.99
SETTLE_S = 2.0
_MOST_PEERS = 1000


async def _step(server: ServerProcess, crowd: LineProcess, viewers: int, seconds: float) -> dict[str, Any]:
    """One number of viewers: the row, with what does not hold in `broken`."""
    joined = await crowd.ask(size=viewers)
    if joined["refused"]:
        return {"viewers": viewers, "broken": [f"only {joined['size']} could join: {joined['refused'][0]}"]}
    row: dict[str, Any] = {}
    for _ in range(2):
        row = await _window(server, crowd, viewers, seconds)
        if not row["broken"]:
            break
    return row


async def _window(server: ServerProcess, crowd: LineProcess, viewers: int, seconds: float) -> dict[str, Any]:
    await asyncio.sleep(SETTLE_S)
    stats = first = await server.get("/api/stats")
    engine_pid = stats["engine"]["pid"]
    before, cpu_0 = await crowd.ask(count=True), _cpu(server, engine_pid)
    factors = []
    for _ in range(max(1, round(seconds))):
        await asyncio.sleep(1.0)
        stats = await server.get("/api/stats")
        factors.append(stats["simulation"]["real_time_factor"])
    after, cpu_1 = await crowd.ask(count=True), _cpu(server, engine_pid)
    took = after["at_s"] - before["at_s"]
    fps = sorted((b - a) / took for a, b in zip(before["pictures"], after["pictures"], strict=True))
    row: dict[str, Any] = {
        "viewers": viewers,
        "fps_min": round(fps[0], 1),
        "fps_median": round(fps[len(fps) // 2], 1),
        "real_time_factor": round(sorted(factors)[len(factors) // 2], 4),
        "loop_stall_ms": stats["loop_stall_ms"],
        "rungs_in_use": sum(rung["watchers"] > 0 for rung in stats["fanout"]["rungs"]),
        "encoder_calls_per_picture": round(_per_picture(first["engine"], stats["engine"]), 3),
        "server_cpu": round((cpu_1[0] - cpu_0[0]) / took, 3),
        "engine_cpu": round((cpu_1[1] - cpu_0[1]) / took, 3),
        "viewers_cpu": round((after["cpu_s"] - before["cpu_s"]) / took, 3),
    }
    row["broken"] = _broken(row)
    return row


def _per_picture(before: dict[str, Any], after: dict[str, Any]) -> float:
    """Encoder calls of the engine for each picture; a rung of half the pictures counts half."""
    pictures = after["pictures_encoded"] - before["pictures_encoded"]
    calls = after["encoder_calls"] - before["encoder_calls"]
    return float(calls / max(1, pictures))


def _cpu(server: ServerProcess, engine_pid: int) -> tuple[float, float]:
    """CPU seconds of the server's process, and of the engine's."""
    return cpu_of(server.pid), cpu_of(engine_pid)


def _broken(row: dict[str, Any]) -> list[str]:
    found = []
    if row["fps_min"] < FPS_MIN:
        found.append(f"{row['fps_min']} pictures a second < {FPS_MIN:.0f}")
    if row["real_time_factor"] < REAL_TIME_MIN:
        found.append(f"real-time factor {row['real_time_factor']} < {REAL_TIME_MIN}")
    return found


async def _search(server: ServerProcess, crowd: LineProcess, options: argparse.Namespace) -> list[dict[str, Any]]:
    """Double until it breaks, then bisect to within a tenth."""
    rows: list[dict[str, Any]] = []
    held, viewers = 0, min(options.start, options.most)
    while True:
        rows.append(await _step(server, crowd, viewers, options.seconds))
        if rows[-1]["broken"]:
            break
        held = viewers
        if viewers == options.most:
            return rows
        viewers = min(2 * viewers, options.most)
    low, high = held, viewers
    while high - low > max(1, low // 10):
        middle = (low + high) // 2
        rows.append(await _step(server, crowd, middle, options.seconds))
        low, high = (low, middle) if rows[-1]["broken"] else (middle, high)
    return rows


async def _measure(options: argparse.Namespace) -> dict[str, Any]:
    arguments = ["--scene", options.scene, "--quality", options.quality]
    arguments += ["--width", str(options.width), "--height", str(options.height)]
    async with server_process(*arguments, VIEWER_MAX_PEERS=str(_MOST_PEERS)) as server:
        async with line_process("py_remote_viewer.bench.crowd", server.url) as crowd:
            rows = await _search(server, crowd, options)
        stats = await server.get("/api/stats")
    held = [row for row in rows if not row["broken"]]
    best = max(held, key=_viewers_of) if held else None
    above = [row for row in rows if row["broken"] and (best is None or row["viewers"] > best["viewers"])]
    first_broken = min(above, key=_viewers_of) if above else None
    return {
        "scene": options.scene,
        "picture": f"{stats['picture']['width']}x{stats['picture']['height']}",
        "limit": best["viewers"] if best else 0,
        "at_the_limit": best,
        "broken_at": first_broken["viewers"] if first_broken else None,
        "broken_by": "; ".join(first_broken["broken"]) if first_broken else f"nothing up to {options.most}",
        "rows": rows,
        "encoder": stats["engine"]["encoder"],
        "gl_renderer": stats["engine"]["gl_renderer"],
    }


def _viewers_of(row: dict[str, Any]) -> int:
    return int(row["viewers"])


def main(argv: list[str]) -> int:
    """Entry of `python -m py_remote_viewer bench capacity`."""
    parser = argparse.ArgumentParser(prog="bench capacity", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--scene", default="humanoid", help="preset or MJCF file")
    parser.add_argument("--quality", default="auto", help="auto or one level of the ladder")
    parser.add_argument("--width", type=int, default=1280, help="of the picture, px")
    parser.add_argument("--height", type=int, default=720, help="of the picture, px")
    parser.add_argument("--start", type=int, default=5, help="viewers to begin with")
    parser.add_argument("--most", type=int, default=200, help="more are not tried")
    parser.add_argument("--seconds", type=float, default=5.0, help="length of each measured window")
    return report.run(parser, argv, _measure)
