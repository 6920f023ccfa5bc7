"""`bench latency`: from the hand to the eye, and from the simulation to the eye, in a real Chromium.

The server draws a machine-readable strip into each picture (when it was captured, which input it shows). A probe in the
page reads it from every picture that is shown, and notes when pointer events happened. The mouse is moved by the browser's
own input path. "Shown" is the time at which the compositor expects the picture on the screen.
"""

from __future__ import annotations

import argparse
import asyncio
import math
import time
from pathlib import Path
from typing import Any

import numpy as np

from py_remote_viewer.bench import report
from py_remote_viewer.bench.browser import chromium_page
from py_remote_viewer.bench.server_process import ServerProcess, server_process
from py_remote_viewer.clock import now_s
from py_remote_viewer.errors import EngineFailed
from py_remote_viewer.render.strip import TICKS_PER_S

WARM_UP_S = 5.0
QUIET_AFTER_S = 12.0  # after a pause: the browser asks for the last picture again once or twice
_WRAP = 2**24
_FRAME_S = 1 / 60
_GOLDEN = 0.618034  # its multiples spread evenly over 0..1
PROBE = Path(__file__).with_name("latency_probe.js")


def percentiles(values: list[float]) -> dict[str, float | int | None]:
    """`{p50, p95, n}` of `values`; null where there are none."""
    if not values:
        return {"p50": None, "p95": None, "n": 0}
    p50, p95 = np.percentile(values, [50, 95])
    return {"p50": round(float(p50), 1), "p95": round(float(p95), 1), "n": len(values)}


def capture_wall_s(picture: dict[str, Any], wall_minus_monotonic_s: float) -> float:
    """Wall-clock seconds when a picture with a readable strip was captured; `at` is when it was shown, wall clock in ms."""
    shown_ticks = round((picture["at"] / 1e3 - wall_minus_monotonic_s) * TICKS_PER_S)
    late = (shown_ticks - picture["ticks"] + _WRAP // 2) % _WRAP - _WRAP // 2
    return float(picture["at"] / 1e3 - late / TICKS_PER_S)


def glass_to_glass(pictures: list[dict[str, Any]], wall_minus_monotonic_s: float) -> list[float]:
    """Milliseconds from capture to display of each picture with a readable strip."""
    return [p["at"] - capture_wall_s(p, wall_minus_monotonic_s) * 1e3 for p in pictures if p["ok"]]


def input_to_photon(inputs: list[dict[str, Any]], pictures: list[dict[str, Any]]) -> list[float]:
    """Milliseconds from each input to the first picture shown that has it, or a later one, in its strip."""
    result = []
    shown = [picture for picture in pictures if picture["ok"]]
    for one in inputs:
        number = one["seq"] % 256
        for picture in shown:
            if picture["at"] >= one["at"] and (picture["input"] - number) % 256 < 128:
                result.append(picture["at"] - one["at"])
                break
    return result


def spread_pause_s(step: int) -> float:
    """Seconds to wait after the mouse's move number `step`, for about 30 moves a second.

    A move is answered at the browser's next frame, so an even pause would keep every move at one phase of its frames: just
    before or just after one, 16 ms apart. These pauses spread over a whole frame instead.
    """
    return 0.025 + _FRAME_S * (step * _GOLDEN % 1)


async def drag(page: Any, seconds: float) -> None:
    """Orbit slowly with the left button down, about 30 moves a second."""
    box = await page.locator("video").first.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    await page.mouse.move(x, y)
    await page.mouse.down()
    began, step = now_s(), 0
    while now_s() - began < seconds:
        step += 1
        await page.mouse.move(x + 80 * math.sin(step / 20), y + 20 * math.cos(step / 20))
        await asyncio.sleep(spread_pause_s(step))
    await page.mouse.up()


async def _idle_percent(server: ServerProcess, seconds: float) -> float:
    """Percent of one core that the whole product uses over `seconds`."""
    before, began = server.cpu_s(), now_s()
    await asyncio.sleep(seconds)
    return round((server.cpu_s() - before) / (now_s() - began) * 100, 2)


async def _measure(options: argparse.Namespace) -> dict[str, Any]:
    arguments = ("--scene", options.scene, "--quality", options.quality)
    async with server_process(*arguments, VIEWER_LATENCY_STRIP="1", VIEWER_SLEEP_AFTER_S="1") as server:
        async with chromium_page() as page:
            await page.add_init_script(PROBE.read_text(encoding="utf-8"))
            opened = now_s()
            await page.goto(server.url, wait_until="commit")
            first_s = await first_picture(page, opened)
            await asyncio.sleep(WARM_UP_S)
            await page.evaluate("__probe.take()")
            offset = time.time() - now_s()
            began = now_s()
            await drag(page, options.seconds)
            took = now_s() - began
            await asyncio.sleep(0.3)
            noted = await page.evaluate("__probe.take()")
            stats = await server.get("/api/stats")
            await page.locator("[role=application]").focus()
            await page.keyboard.press("Space")
            await asyncio.sleep(QUIET_AFTER_S)
            paused = await _idle_percent(server, options.idle_seconds)
            state = (await server.get("/api/stats"))["simulation_state"]["simulation"]
        await asyncio.sleep(4)
        idle = await _idle_percent(server, options.idle_seconds)
    pictures = [picture for picture in noted["pictures"] if picture["at"] / 1e3 - offset <= began + took]
    readable = [picture for picture in pictures if picture["ok"]]
    picture = stats["picture"]
    return {
        "input_to_photon_ms": percentiles(input_to_photon(noted["inputs"], noted["pictures"])),
        "glass_to_glass_ms": percentiles(glass_to_glass(pictures, offset)),
        "fps_encoded": picture["fps"],
        "fps_shown": round(len(pictures) / took, 1),
        "first_picture_s": round(first_s, 2),
        "strips_readable": round(len(readable) / max(1, len(pictures)), 4),
        "picture": f"{picture['width']}x{picture['height']}",
        "quality": stats["quality"]["level"],
        "stage_ms": picture["stage_ms"],
        "idle_cpu_percent": idle,
        "paused_cpu_percent": paused if state["is_paused"] else None,
        "encoder": picture["encoder"],
        "gl_renderer": picture["gl_renderer"],
    }


async def first_picture(page: Any, opened: float) -> float:
    """Seconds from `opened` (monotonic) until the page shows a picture. Raises EngineFailed after 20 s without one."""
    shown = "[...document.querySelectorAll('video')].some((video) => video.videoWidth > 0) || __probe.painted > 0"
    try:
        await page.wait_for_function(shown, polling=20, timeout=20_000)
    except Exception as exc:
        raise EngineFailed(f"no picture in the browser: {exc}", hint="Open the page by hand and look.") from exc
    return now_s() - opened


def main(argv: list[str]) -> int:
    """Entry of `python -m py_remote_viewer bench latency`."""
    parser = argparse.ArgumentParser(prog="bench latency", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--scene", default="humanoid", help="preset or MJCF file")
    parser.add_argument("--quality", default="auto", help="auto or one level of the ladder")
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--idle-seconds", type=float, default=6.0)
    return report.run(parser, argv, _measure)
