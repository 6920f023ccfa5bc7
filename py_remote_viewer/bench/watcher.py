"""A Chromium page that watches, for a benchmark: what arrives, what is shown and how late, over a window of time."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import Any

import numpy as np

from py_remote_viewer.bench.latency import PROBE, capture_wall_s, drag, first_picture, glass_to_glass, input_to_photon
from py_remote_viewer.bench.server_process import ServerProcess
from py_remote_viewer.clock import now_s
from py_remote_viewer.errors import EngineFailed

_FIRST_INPUTS_S = 0.5  # the strip may still show the input of another page, which counts for itself
_LATE_PICTURES_S = 1.0


@dataclass(frozen=True, slots=True)
class Window:
    """What one page saw in `seconds`.

    Attributes:
        seconds: the window.
        decoded: pictures decoded by the page.
        due: pictures of its rung that were sent to it, or thrown away because it was too slow.
        shown: pictures shown by the compositor.
        glass_to_glass_ms: of every picture shown, from capture.
        input_to_photon_ms: of every input.
        sent: what the server counted for this peer.
        transport: how the pictures came.
        rung: which encode they were, in numbers as the server has them.
    """

    seconds: float
    decoded: int
    due: int
    shown: int
    glass_to_glass_ms: list[float]
    input_to_photon_ms: list[float]
    sent: dict[str, float]
    transport: str
    rung: str

    @property
    def resend_share(self) -> float:
        """Resent packets among all that were sent."""
        resent = self.sent.get("packets_resent", 0.0)
        return resent / max(1.0, resent + self.sent.get("packets_sent", 0.0))


class Watcher:
    """One page of one server."""

    def __init__(self, page: Any, server: ServerProcess) -> None:
        self._page = page
        self._server = server
        self._offset = time.time() - now_s()

    async def open(self, url: str, full_width: int) -> float:
        """Open the viewer; returns the seconds to the first picture. Raises EngineFailed when none comes."""
        await self._page.add_init_script(PROBE.read_text(encoding="utf-8"))
        opened = now_s()
        await self._page.goto(url, wait_until="commit")
        first_s = await first_picture(self._page, opened)
        await self._page.evaluate(f"__probe.fullWidth = {full_width}")
        return first_s

    async def window(self, seconds: float, *, drags: bool, reads: bool = True) -> Window:
        """Watch for so long; `drags`: turning the camera; `reads`: the times in the pictures, not only their number."""
        await self._page.evaluate("reads => { __probe.reading = reads; __probe.take(); }", reads)
        media_0, stats_0 = await self._media(), await self._server.get("/api/stats")
        began = time.time()
        await (drag(self._page, seconds) if drags else asyncio.sleep(seconds))
        ended = time.time()
        media_1, stats_1 = await self._media(), await self._server.get("/api/stats")
        await asyncio.sleep(_LATE_PICTURES_S if drags else 0)
        noted = await self._page.evaluate("__probe.take()")
        pictures = [one for one in noted["pictures"] if one["at"] / 1e3 <= ended]
        inputs = [one for one in noted["inputs"] if one["at"] / 1e3 >= began + _FIRST_INPUTS_S]
        peer_0, peer_1 = _peer(stats_0, media_1["peerId"]), _peer(stats_1, media_1["peerId"])
        sent = _difference(peer_0.get("media", {}), peer_1.get("media", {}))
        took = stats_1["uptime"] - stats_0["uptime"]
        return Window(
            seconds=took,
            decoded=media_1["decoded"] - media_0["decoded"],
            due=round(sent.get("pictures_sent", 0) + sent.get("pictures_dropped", 0)),
            shown=round(len(pictures) / (ended - began) * took),
            glass_to_glass_ms=glass_to_glass(pictures, self._offset),
            input_to_photon_ms=input_to_photon(inputs, noted["pictures"]),
            sent=sent,
            transport=_transport(peer_1, media_1["relayed"]),
            rung=str(peer_1.get("rung", 0)),
        )

    async def moves_again_after(self, wall_s: float, limit_s: float) -> float:
        """Seconds from `wall_s` until a picture captured after it is shown. Raises EngineFailed when none is in `limit_s`."""
        while time.time() < wall_s + limit_s:
            for picture in (await self._page.evaluate("__probe.take()"))["pictures"]:
                if picture["ok"] and capture_wall_s(picture, self._offset) >= wall_s:
                    return float(picture["at"] / 1e3 - wall_s)
            await asyncio.sleep(0.02)
        raise EngineFailed(f"pictures do not move again within {limit_s:.0f} s", hint="Open the page by hand and look.")

    async def _media(self) -> dict[str, Any]:
        found: dict[str, Any] = await self._page.evaluate("__probe.media()")
        return found


def median(values: list[float]) -> float | None:
    """Rounded to 0.1; None for none."""
    return round(float(np.median(values)), 1) if values else None


def mean(values: list[float]) -> float | None:
    """Rounded to 0.1; None for none."""
    return round(float(np.mean(values)), 1) if values else None


def _peer(stats: dict[str, Any], peer_id: str) -> dict[str, Any]:
    return next((peer for peer in stats["peers"] if peer["peer_id"] == peer_id), {})


def _difference(before: dict[str, Any], after: dict[str, Any]) -> dict[str, float]:
    """Of all counters; where the connection was replaced, what the new one has counted."""
    found = {}
    for name, value in after.items():
        if isinstance(value, int | float) and not isinstance(value, bool):
            first = before.get(name)
            found[name] = value - first if isinstance(first, int | float) and first <= value else value
    return found


def _transport(peer: dict[str, Any], relayed: bool) -> str:
    named = str(peer.get("transport") or "webrtc")
    return f"{named} by relay" if relayed else named
