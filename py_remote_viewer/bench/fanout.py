"""`bench fanout`: what one more viewer costs, measured against encoding.

The product's broadcast and peers in this process; the viewers, real aiortc peers, in another. Pictures of 1280x720 are
drawn once beforehand and encoded at 60 Hz by the product's encoder, conversion from RGB included, on a thread of its
own. Counted as CPU time of the event-loop thread and of the encoding thread, so that other load on the machine spoils it
least. In the same run a few peers get the same pictures by stock aiortc, an encoder each.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription, VideoStreamTrack
from av import VideoFrame

from py_remote_viewer.bench import report
from py_remote_viewer.bench.line_process import LineProcess, line_process
from py_remote_viewer.bench.source import SETTINGS, Counters, Source, encoder_facts, raw_pictures
from py_remote_viewer.clock import RTP_CLOCK_HZ
from py_remote_viewer.config import Settings
from py_remote_viewer.protocol.pictures import EncodedPicture
from py_remote_viewer.stream.aiortc_adapter import loopback_candidates, prefer_h264
from py_remote_viewer.stream.broadcast import SubscriptionEnded
from py_remote_viewer.stream.follower import Follower
from py_remote_viewer.stream.peer import WebRtcPeer
from py_remote_viewer.stream.rung_fanout import RungFanout
from py_remote_viewer.stream.rungs import ladder_of

VIEWERS = (1, 10, 20, 40)
STOCK_VIEWERS = (1, 2)
RUNGS = 3
LOWER_RUNGS = (
    (480, 60, 1_500_000),
    (360, 60, 600_000),
    (240, 60, 250_000),
)  # of every picture, so that calls can be counted
_RATIO_FROM_VIEWERS = 10
_WARM_UP_S = 1.0
_RECEIVERS = "py_remote_viewer.bench.receivers"


@dataclass(frozen=True, slots=True)
class _Window:
    """What one measured window took: seconds of wall clock, CPU seconds, and pictures.

    `total` alone counts from the start of the stream to its very end, so that its figures can be compared.
    """

    wall_s: float
    loop_s: float
    process_s: float
    encode_s: float
    encoded: int
    total: Counters
    bytes_per_picture: float
    per_viewer: tuple[int, ...]


async def _measure(viewers: LineProcess, source: Source | None, seconds: float) -> _Window:
    """Watch for `seconds`, after a warm-up."""
    await asyncio.sleep(_WARM_UP_S)
    before = await viewers.ask(count=True)
    loop_0, process_0 = time.thread_time(), time.process_time()
    before_encode = source.counters() if source else Counters()
    await asyncio.sleep(seconds)
    loop_1, process_1 = time.thread_time(), time.process_time()
    after_encode = source.counters() if source else Counters()
    after = await viewers.ask(count=True)
    return _Window(
        wall_s=after["at_s"] - before["at_s"],
        loop_s=loop_1 - loop_0,
        process_s=process_1 - process_0,
        encode_s=after_encode.encode_s - before_encode.encode_s,
        encoded=after_encode.drawn - before_encode.drawn,
        total=Counters(),
        bytes_per_picture=0.0,
        per_viewer=tuple(b - a for a, b in zip(before["pictures"], after["pictures"], strict=True)),
    )


async def _shared(count: int, seconds: float, rungs: int = 1) -> _Window:
    """`count` viewers of the top rung, and somebody on each of the `rungs - 1` below it."""
    loop = asyncio.get_running_loop()
    async with AsyncExitStack() as stack:
        viewers = await stack.enter_async_context(line_process(_RECEIVERS))

        def deliver(picture: EncodedPicture) -> None:
            loop.call_soon_threadsafe(broadcast.publish, picture)

        source = Source(deliver)
        ladder = ladder_of(Settings(lower_rungs=LOWER_RUNGS))
        broadcast = RungFanout(ladder, source.force_idr, lambda: source.set_rungs(broadcast.in_use()))
        stack.callback(broadcast.close)
        for place in range(1, rungs):
            follower = broadcast.follow("h264")
            follower.move(place)
            watching = asyncio.create_task(_watch(follower), name=f"watching rung {place}")
            stack.push_async_callback(asyncio.wait, [watching])
            stack.callback(follower.close)
        offers = (await viewers.ask(open=count))["offers"]
        peers = [await stack.enter_async_context(WebRtcPeer(f"v{i}", broadcast)) for i in range(count)]
        answers = [await peer.answer(offer) for peer, offer in zip(peers, offers, strict=True)]
        await viewers.ask(answers=answers)
        with source:
            window = await _measure(viewers, source, seconds)
            await loop.run_in_executor(None, source.stop)
        await asyncio.sleep(0)  # the last picture's turn of the loop
        sent = peers[0].stats()
        return replace(
            window,
            total=source.counters(),
            bytes_per_picture=sent.bytes_sent / max(1, sent.pictures_sent),
        )


async def _watch(follower: Follower) -> None:
    """Take the pictures of one rung, without a network."""
    with suppress(SubscriptionEnded):
        while True:
            await follower.next()


class _RawTrack(VideoStreamTrack):
    """The precomputed pictures at 60 Hz; the sender encodes them by itself."""

    def __init__(self, pictures: list[VideoFrame]) -> None:
        super().__init__()
        self._pictures = pictures
        self._count = 0
        self._started_s: float | None = None

    async def recv(self) -> VideoFrame:
        """The next picture when it is due; one that is overdue comes at once, so an encoder that is too slow never rests."""
        now = time.monotonic()
        if self._started_s is None:
            self._started_s = now
        await asyncio.sleep(max(0.0, self._started_s + self._count / SETTINGS.fps - now))
        picture = self._pictures[self._count % len(self._pictures)]
        picture.pts = self._count * RTP_CLOCK_HZ // SETTINGS.fps
        picture.time_base = Fraction(1, RTP_CLOCK_HZ)
        self._count += 1
        return picture


async def _stock(count: int, seconds: float) -> _Window:
    """`count` viewers the way aiortc does it: raw pictures in, an encoder per peer."""
    async with AsyncExitStack() as stack:
        viewers = await stack.enter_async_context(line_process(_RECEIVERS))
        answers = []
        for offer in (await viewers.ask(open=count))["offers"]:
            pc = RTCPeerConnection(RTCConfiguration(iceServers=[]))
            stack.push_async_callback(pc.close)
            pc.addTrack(_RawTrack(raw_pictures()))
            prefer_h264(pc.getTransceivers()[0])
            await pc.setRemoteDescription(RTCSessionDescription(sdp=offer, type="offer"))
            with loopback_candidates(False):
                await pc.setLocalDescription(await pc.createAnswer())
            answers.append(pc.localDescription.sdp)
        await viewers.ask(answers=answers)
        return await _measure(viewers, None, seconds)


def run(
    viewers: tuple[int, ...] = VIEWERS,
    seconds: float = 6.0,
    stock_viewers: tuple[int, ...] = STOCK_VIEWERS,
    rungs: int = RUNGS,
) -> dict[str, Any]:
    """Measure and return the result.

    What it should show: `encoder_calls_per_picture` exactly `rungs_in_use`, `fps_min` at least 58, `peer_over_encode` at
    most 0.07 and `stock_over_shared` at least 19.

    `peer_over_encode`: loop CPU per picture and viewer over encode CPU per picture, at the largest count of at least 10
    viewers. `stock_over_shared`: CPU per picture and peer of stock aiortc, at the largest count measured, over loop CPU
    per picture of one more shared viewer (from the smallest to the largest count). `encoder_over_shared`: the same with
    the product's own, much faster encoder settings per peer in place of aiortc's. None where too few were measured.
    """
    result: dict[str, Any] = {"bench": "fanout", "machine": {}, "warning": report.busy_warning(), "rows": []}
    for count in viewers:
        result["rows"].append(_row(count, asyncio.run(_shared(count, seconds))))
    if rungs > 1:
        result["rows_with_rungs"] = [_row(viewers[0], asyncio.run(_shared(viewers[0], seconds, rungs)))]
    result["machine"] = report.machine_facts(encoder=encoder_facts())
    result["peer_over_encode"] = _peer_over_encode(result["rows"])
    result["stock_over_shared"] = result["encoder_over_shared"] = None
    stock_rows = []
    for count in stock_viewers:
        window = asyncio.run(_stock(count, seconds))
        pictures = sum(window.per_viewer)
        if pictures:
            stock_rows.append(
                {
                    "viewers": count,
                    "fps_min": min(window.per_viewer) / window.wall_s,
                    "cpu_ms_per_picture_and_peer": 1000 * window.process_s / pictures,
                }
            )
    result["stock_rows"] = stock_rows
    slope = _shared_slope_ms(result["rows"])
    if slope and stock_rows:
        result["stock_over_shared"] = stock_rows[-1]["cpu_ms_per_picture_and_peer"] / slope
    if slope:
        result["encoder_over_shared"] = result["rows"][-1]["encode_ms_per_picture"] / slope
    return result


def _row(count: int, window: _Window) -> dict[str, Any]:
    return {
        "viewers": count,
        "rungs_in_use": window.total.due / window.total.drawn,
        "fps_min": min(window.per_viewer) / window.wall_s,
        "loop_ms_per_picture": 1000 * window.loop_s / window.encoded,
        "encode_ms_per_picture": 1000 * window.encode_s / window.encoded,
        "encoder_calls_per_picture": window.total.calls / window.total.drawn,
        "bytes_per_picture": round(window.bytes_per_picture),
    }


def _peer_over_encode(rows: list[dict[str, Any]]) -> float | None:
    large = [row for row in rows if row["viewers"] >= _RATIO_FROM_VIEWERS]
    if not large:
        return None
    row = max(large, key=_viewers_of)
    return float(row["loop_ms_per_picture"] / row["viewers"] / row["encode_ms_per_picture"])


def _shared_slope_ms(rows: list[dict[str, Any]]) -> float | None:
    """Loop CPU per picture of one more viewer, ms; None when the counts do not differ or noise outweighs it."""
    first, last = min(rows, key=_viewers_of), max(rows, key=_viewers_of)
    further = last["viewers"] - first["viewers"]
    slope = (last["loop_ms_per_picture"] - first["loop_ms_per_picture"]) / further if further else 0.0
    return slope if slope > 0 else None


def _viewers_of(row: dict[str, Any]) -> int:
    return int(row["viewers"])


def main(argv: list[str]) -> int:
    """`bench fanout [--viewers 1,10] [--stock-viewers 1,2] [--seconds 6] [--json FILE|-]`; 0 when it could measure."""
    parser = argparse.ArgumentParser(prog="py-remote-viewer bench fanout", description=__doc__)
    parser.add_argument(
        "--viewers", type=_counts, default=VIEWERS, help="numbers of viewers to measure, for example 1,10"
    )
    parser.add_argument("--stock-viewers", type=_counts, default=STOCK_VIEWERS, help="the same for stock aiortc")
    parser.add_argument("--rungs", type=int, choices=(1, 2, 3, 4), default=RUNGS, help="measure once more with so many")
    parser.add_argument("--seconds", type=float, default=6.0, help="length of each measured window")
    parser.add_argument(
        "--json", metavar="FILE", default=None, help="also write the result as JSON; - for standard output"
    )
    args = parser.parse_args(argv)
    report.emit(run(args.viewers, args.seconds, args.stock_viewers, args.rungs), args.json)
    return 0


def _counts(text: str) -> tuple[int, ...]:
    counts = tuple(int(part) for part in text.split(","))
    if not all(1 <= count <= 200 for count in counts):
        raise argparse.ArgumentTypeError("numbers from 1 to 200, separated by commas")
    return counts


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
