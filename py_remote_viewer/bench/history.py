"""`bench history`: from the hand on the history slider to the picture of that moment on the screen, and what history costs.

A real room runs a scene until its history is full of simulated minutes (at four times the speed, so states lie four times as
far apart and more steps are made anew for each picture than a person at normal speed would ask for). Then the browser's own
mouse drags the slider to and fro, and the machine-readable strip says which picture is the first to show each place.
"""

from __future__ import annotations

import argparse
import asyncio
import math
import os
from pathlib import Path
from typing import Any

import mujoco

from py_remote_viewer.bench import report
from py_remote_viewer.bench.browser import chromium_page
from py_remote_viewer.bench.latency import PROBE, first_picture, input_to_photon, percentiles, spread_pause_s
from py_remote_viewer.bench.server_process import ServerProcess, server_process
from py_remote_viewer.clock import now_s
from py_remote_viewer.config import Settings
from py_remote_viewer.errors import EngineFailed
from py_remote_viewer.scenes.presets import preset_xml
from py_remote_viewer.sim.simulation import Simulation
from py_remote_viewer.sim.timeline import PICTURE_S, Timeline

SPEED = 4
_LATE_PICTURES_S = 0.5
_SLOWEST = 4  # times as long as the history should take to fill, until we give up


def cost(xml: str, seconds: float) -> dict[str, Any]:
    """What `seconds` of a simulation at 60 states a second take: bytes as the product counts them, and as this process grew.

    Args:
        xml: MJCF.
        seconds: simulated.
    """
    simulation = Simulation(mujoco.MjModel.from_xml_string(xml))
    timeline = Timeline(simulation, Settings().history_mb * 2**20)
    before = _resident_bytes()
    for picture in range(1, round(seconds / PICTURE_S) + 1):
        due = round(picture * PICTURE_S / simulation.model.opt.timestep) - simulation.step
        timeline.run(due, math.inf)
    history = timeline.history
    return {
        "seconds": round(timeline.newest_s - timeline.oldest_s, 1),
        "states": len(history),
        "bytes": history.bytes,
        "resident_bytes": _resident_bytes() - before,
    }


async def scrub(page: Any, seconds: float) -> None:
    """Drag the history slider to and fro over nearly all of its length, about 30 moves a second."""
    box = await page.get_by_role("slider", name="History").bounding_box()
    y = box["y"] + box["height"] / 2
    await page.mouse.move(box["x"] + box["width"] / 2, y)
    await page.mouse.down()
    began, step = now_s(), 0
    while now_s() - began < seconds:
        step += 1
        await page.mouse.move(box["x"] + box["width"] * (0.5 + 0.47 * math.sin(step / 9)), y)
        await asyncio.sleep(spread_pause_s(step))
    await page.mouse.up()


async def _measure(options: argparse.Namespace) -> dict[str, Any]:
    held = cost(preset_xml(options.scene), options.minutes * 60)  # nothing else runs yet
    arguments = ("--scene", options.scene, "--quality", options.quality)
    async with server_process(*arguments, VIEWER_LATENCY_STRIP="1") as server, chromium_page() as page:
        await page.add_init_script(PROBE.read_text(encoding="utf-8"))
        opened = now_s()
        await page.goto(server.url, wait_until="commit")
        await first_picture(page, opened)
        await page.locator(".speed select").select_option(str(SPEED))
        await _filled(server, options.minutes * 60)
        await page.locator("[role=application]").focus()
        await page.keyboard.press("Space")
        await page.locator(".speed select").select_option("1")
        await asyncio.sleep(_LATE_PICTURES_S)
        await page.evaluate("__probe.take()")
        await scrub(page, options.seconds)
        await asyncio.sleep(_LATE_PICTURES_S)
        noted = await page.evaluate("__probe.take()")
        stats = await server.get("/api/stats")
    history, picture = stats["simulation"]["history"], stats["picture"]
    return {
        "scrub_to_photon_ms": percentiles(input_to_photon(noted["inputs"], noted["pictures"])),
        "scrubs": len(noted["inputs"]),
        "scrubbed_through": {
            "seconds": round(history["newest_s"] - history["oldest_s"], 1),
            "states": history["states"],
            "bytes": history["bytes"],
        },
        "picture": f"{picture['width']}x{picture['height']}",
        "quality": stats["quality"]["level"],
        "encoder": picture["encoder"],
        "gl_renderer": picture["gl_renderer"],
        "history": held,
    }


async def _filled(server: ServerProcess, seconds: float) -> None:
    """Wait until the room's history holds so many simulated seconds. Raises EngineFailed when it does not get there."""
    limit = now_s() + _SLOWEST * seconds / SPEED
    while True:
        history = (await server.get("/api/stats"))["simulation"]["history"]
        held = history["newest_s"] - history["oldest_s"]
        if held >= seconds:
            return
        if now_s() > limit:
            raise EngineFailed(f"the history holds {held:.0f} s only", hint="Take fewer --minutes or a smaller scene.")
        await asyncio.sleep(0.5)


def _resident_bytes() -> int:
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")


def main(argv: list[str]) -> int:
    """Entry of `python -m py_remote_viewer bench history`."""
    parser = argparse.ArgumentParser(prog="bench history", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--scene", default="humanoid", help="preset")
    parser.add_argument("--quality", default="auto", help="auto or one level of the ladder")
    parser.add_argument("--minutes", type=float, default=5.0, help="simulated, of the history")
    parser.add_argument("--seconds", type=float, default=20.0, help="of dragging")
    return report.run(parser, argv, _measure)
