"""`bench network`: what people on bad links see, in a real Chromium, and whether others pay for it.

Server, bad link and clean link are network namespaces on this machine (root). In each round of a case the clean page
watches alone; then a second Chromium joins over the bad link, and while that one drags the camera, and again while the
clean one does, both are measured; then it leaves. At the end the clean page is alone once more. What it sees alone and
beside is pooled over the rounds: how long an input takes depends on where it falls between two frames of the browser, so
it is spread evenly over two frames (17 to 50 ms), and the middle of a few hundred of them still moves by tenths. Their
mean moves half as much, so it is what is compared.

Two browsers and a server in software are much for two cores. So the picture is small (640x360) and at one fixed
quality, the page on the bad link is a phone's, and while the clean page drags, the other browser, which stands for another
machine, reads no times and gets only the processor time that nobody else wants: what is measured is the server's part, not two
decoders that wait for one core. There are 59 pictures a second, one less than the browser draws: at 60 the two clocks keep
whatever phase they met in.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
import time
from contextlib import AsyncExitStack
from dataclasses import replace
from functools import reduce
from pathlib import Path
from typing import Any

import numpy as np

from py_remote_viewer.bench import report
from py_remote_viewer.bench.browser import chromium_page
from py_remote_viewer.bench.busy_scene import busy_scene
from py_remote_viewer.bench.coturn import SECRET, coturn
from py_remote_viewer.bench.netns.namespaces import Client, Network, network
from py_remote_viewer.bench.network_cases import CASES, PICTURE_PX, Case, missed, missed_beside
from py_remote_viewer.bench.server_process import ServerProcess, server_process
from py_remote_viewer.bench.watcher import Watcher, Window, mean, median
from py_remote_viewer.errors import ViewerError

SETTLE_S = 4.0
TURN_PORT = 3478
RECOVERY_LIMIT_S = 20.0
_DESK = (900, 600)
_PHONE = (390, 700)


async def _case(case: Case, options: argparse.Namespace) -> list[dict[str, Any]]:
    """The rows of one case: the page on the bad link, and the clean one beside it."""
    on_bad, alone, beside, first_s = [], [], [], []
    recovery_s = None
    async with AsyncExitStack() as stack:
        net = await stack.enter_async_context(network())
        clean_link = await net.add_client("clean")
        bad_link = await net.add_client("bad", case.shape)
        server = await _server(case, net, bad_link, options, stack)
        clean = await _page(clean_link, server, case, stack, _DESK)
        await clean.open(server.page_url(clean_link.server_address), PICTURE_PX[0])
        await asyncio.sleep(SETTLE_S)
        if case.no_udp:
            await bad_link.block_udp()
        for _ in range(options.rounds):
            alone.append(await clean.window(options.seconds, drags=True))
            async with AsyncExitStack() as second:
                bad = await _page(bad_link, server, case, second, _PHONE)
                try:
                    first_s.append(await bad.open(server.page_url(bad_link.server_address), PICTURE_PX[0]))
                except ViewerError as exc:
                    return [{"case": case.name, "missed": [exc.message]}]
                await asyncio.sleep(options.settle)
                if case.blackout_s and recovery_s is None:
                    recovery_s = await _black_out(bad_link, bad, case)
                on_link, on_clean = await asyncio.gather(
                    bad.window(options.seconds, drags=True), clean.window(options.seconds, drags=False)
                )
                on_bad.append(on_link)
                beside.append(on_clean)
                async with bad_link.space.stepping_back():
                    on_link, on_clean = await asyncio.gather(
                        bad.window(options.seconds, drags=False, reads=False), clean.window(options.seconds, drags=True)
                    )
                on_bad.append(on_link)
                beside.append(on_clean)
            await asyncio.sleep(SETTLE_S)
        alone.append(await clean.window(options.seconds, drags=True))
    row = {"case": case.name, **_row(reduce(_together, on_bad)), "first_picture_s": round(max(first_s), 2)}
    if recovery_s is not None:
        row["recovery_s"] = round(recovery_s, 2)
    row["missed"] = missed(case.bars, row)
    return [row, _beside_row(case, reduce(_together, alone), reduce(_together, beside))]


def _together(one: Window, other: Window) -> Window:
    """Two windows of one page as one; what is not summed is as it was in `other`."""
    return replace(
        other,
        seconds=one.seconds + other.seconds,
        decoded=one.decoded + other.decoded,
        due=one.due + other.due,
        shown=one.shown + other.shown,
        glass_to_glass_ms=one.glass_to_glass_ms + other.glass_to_glass_ms,
        input_to_photon_ms=one.input_to_photon_ms + other.input_to_photon_ms,
        sent={name: one.sent.get(name, 0.0) + value for name, value in other.sent.items()},
    )


def _row(seen: Window) -> dict[str, Any]:
    i2p = seen.input_to_photon_ms
    return {
        "decoded_per_s": round(seen.decoded / seen.seconds, 1),
        "shown_fps": round(seen.shown / seen.seconds, 1),
        "i2p_p50_ms": median(i2p),
        "i2p_p95_ms": round(float(np.percentile(i2p, 95)), 1) if i2p else None,
        "first_picture_s": None,
        "resend_share": round(seen.resend_share, 4),
        "transport": seen.transport,
        "rung": seen.rung,
        "due_per_s": round(seen.due / seen.seconds, 1),
        "decoded_share": round(seen.decoded / max(1, seen.due), 3),
        "g2g_p50_ms": median(seen.glass_to_glass_ms),
        "sent_mbps": round(seen.sent.get("bytes_sent", 0.0) * 8 / seen.seconds / 1e6, 2),
    }


def _beside_row(case: Case, alone: Window, beside: Window) -> dict[str, Any]:
    """The clean page beside the bad one, against itself alone; input to photon only while it drags."""
    row = {"case": f"clean_beside_{case.name}", **_row(beside)}
    row["fps_over_alone"] = round((beside.decoded / beside.seconds) / max(0.1, alone.decoded / alone.seconds), 3)
    row["alone_i2p_p50_ms"] = median(alone.input_to_photon_ms)
    row["i2p_mean_ms"], row["alone_i2p_mean_ms"] = (mean(seen.input_to_photon_ms) for seen in (beside, alone))
    row["latency_over_alone"] = None
    if row["i2p_mean_ms"] and row["alone_i2p_mean_ms"]:
        row["latency_over_alone"] = round(row["i2p_mean_ms"] / row["alone_i2p_mean_ms"], 3)
    row["missed"] = missed_beside(row)
    return row


async def _server(
    case: Case, net: Network, bad_link: Client, options: argparse.Namespace, stack: AsyncExitStack
) -> ServerProcess:
    """The server of one case, with its TURN server where it has one."""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    scene = str(busy_scene(folder)) if case.busy else options.scene
    arguments = ["--scene", scene, "--quality", options.quality, "--fps", str(options.fps)]
    arguments += ["--width", str(PICTURE_PX[0]), "--height", str(PICTURE_PX[1])]
    environment = {"VIEWER_LATENCY_STRIP": "1", "VIEWER_BITRATE_BPS": str(case.bitrate_bps)}
    if case.turn:
        relaying = coturn(folder, bad_link.server_address, TURN_PORT, net.server.command())
        turn = await stack.enter_async_context(relaying)
        environment |= {"VIEWER_TURN_URLS": json.dumps([turn.url("tcp")]), "VIEWER_TURN_SECRET": SECRET}
    serving = server_process(*arguments, inside=net.server, log_file=None, **environment)
    return await stack.enter_async_context(serving)


async def _page(
    link: Client, server: ServerProcess, case: Case, stack: AsyncExitStack, viewport: tuple[int, int]
) -> Watcher:
    arguments: tuple[str, ...] = ()
    if case.secure:
        origin = server.page_url(link.server_address).partition("/#")[0]
        arguments = (f"--unsafely-treat-insecure-origin-as-secure={origin}",)
    page = await stack.enter_async_context(chromium_page(*viewport, inside=link.space, arguments=arguments))
    return Watcher(page, server)


async def _black_out(link: Client, page: Watcher, case: Case) -> float:
    """Cut the link and mend it; returns the seconds from mending until the picture moves again."""
    assert link.relay is not None
    assert case.shape is not None
    await link.relay.shape(replace(case.shape, blackout=True))
    await asyncio.sleep(case.blackout_s)
    await link.relay.shape(case.shape)
    return await page.moves_again_after(time.time(), RECOVERY_LIMIT_S)


def _cases(text: str) -> tuple[Case, ...]:
    known = {case.name: case for case in CASES}
    names = [name.strip() for name in text.split(",") if name.strip()]
    unknown = [name for name in names if name not in known]
    if unknown or not names:
        raise argparse.ArgumentTypeError(f"no case {', '.join(unknown) or text!r}; there are {', '.join(known)}")
    return tuple(known[name] for name in names)


async def _measure(options: argparse.Namespace) -> dict[str, Any]:
    rows: list[dict[str, Any]] = []
    for case in options.cases:
        print(f"measuring {case.name} ...", file=sys.stderr)
        rows += await _case(case, options)
    return {"rows": rows}


def main(argv: list[str]) -> int:
    """Entry of `python -m py_remote_viewer bench network`."""
    parser = argparse.ArgumentParser(prog="bench network", description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--cases", type=_cases, default=CASES, help=f"separated by commas: {', '.join(case.name for case in CASES)}"
    )
    parser.add_argument("--scene", default="humanoid", help="preset or MJCF file, for the cases with an ordinary scene")
    parser.add_argument("--quality", default="lean", help="one level of the ladder; `auto` may change it on the way")
    parser.add_argument("--fps", type=int, default=59, help="pictures a second of the top rung")
    parser.add_argument("--seconds", type=float, default=8.0, help="length of each measured window; two of a round")
    parser.add_argument("--rounds", type=int, default=2, help="times that the bad link comes and goes in a case")
    parser.add_argument("--settle", type=float, default=6.0, help="seconds between the first picture and measuring")
    return report.run(parser, argv, _measure)
