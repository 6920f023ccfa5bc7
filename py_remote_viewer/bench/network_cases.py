"""The links of `bench network`, what each must still show, and the verdict on a row. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from py_remote_viewer.bench.netns.shape import LinkShape

BESIDE_FPS_MIN = 0.95
BESIDE_LATENCY_MAX = 1.1
PICTURE_PX = (640, 360)  # width, height of the full picture


@dataclass(frozen=True, slots=True)
class Bars:
    """What a row must reach; None: not asked here."""

    decoded_share: float | None = None
    i2p_p50_ms: float | None = None
    first_picture_s: float | None = None
    decoded_per_s: float | None = None
    resend_share: float | None = None
    recovery_s: float | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One kind of bad link.

    Attributes:
        name: for `--cases` and the rows.
        shape: of the link; None: clean.
        bars: for the page on it.
        busy: pictures that fill any bitrate, in place of a preset.
        bitrate_bps: of the top rung.
        blackout_s: nothing gets through for so long, in the middle.
        no_udp: a firewall drops UDP.
        secure: the browser takes the page for one that came by https.
        turn: a TURN server takes TCP.
    """

    name: str
    shape: LinkShape | None
    bars: Bars
    busy: bool = False
    bitrate_bps: int = 3_000_000
    blackout_s: float = 0.0
    no_udp: bool = False
    secure: bool = False
    turn: bool = False


def _throttled(name: str, rate_bps: int, bars: Bars) -> Case:
    """A bottleneck with 200 ms of queue, behind which 6 Mbit/s do not fit."""
    shape = LinkShape(delay_ms=20, rate_bps=rate_bps, queue_bytes=rate_bps // 8 // 5)
    return Case(name, shape, bars, busy=True, bitrate_bps=6_000_000)


CASES = (
    Case("clean", None, Bars(decoded_share=0.95)),
    Case("loss_2", LinkShape(delay_ms=50, loss=0.02), Bars(decoded_share=0.95, i2p_p50_ms=100 + 60)),
    Case("loss_10", LinkShape(delay_ms=50, loss=0.10), Bars(decoded_share=0.90)),
    _throttled("bottleneck_3m", 3_000_000, Bars(first_picture_s=5, decoded_per_s=20, resend_share=0.25)),
    _throttled("bottleneck_1m", 1_000_000, Bars(decoded_per_s=10)),
    Case(
        "loss_2_at_12m",
        LinkShape(delay_ms=50, loss=0.02),
        Bars(decoded_share=0.90),
        busy=True,
        bitrate_bps=12_000_000,
    ),
    Case("blackout", LinkShape(delay_ms=20), Bars(recovery_s=2), blackout_s=3),
    Case("no_udp", LinkShape(delay_ms=20), Bars(first_picture_s=5), no_udp=True, secure=True),
    Case("no_udp_plain_http", LinkShape(delay_ms=20), Bars(first_picture_s=5), no_udp=True),
    Case("no_udp_turn", LinkShape(delay_ms=20), Bars(first_picture_s=3), no_udp=True, turn=True),
)


def missed(bars: Bars, row: dict[str, Any]) -> list[str]:
    """The bars that `row` does not reach, in words."""
    found = []
    for name, at_least in (("decoded_share", True), ("decoded_per_s", True), ("i2p_p50_ms", False)):
        found += _missed(row, name, getattr(bars, name), at_least=at_least)
    for name in ("first_picture_s", "resend_share", "recovery_s"):
        found += _missed(row, name, getattr(bars, name), at_least=False)
    return found


def missed_beside(row: dict[str, Any]) -> list[str]:
    """The same for the page on the clean link, against itself alone."""
    return [
        *_missed(row, "fps_over_alone", BESIDE_FPS_MIN, at_least=True),
        *_missed(row, "latency_over_alone", BESIDE_LATENCY_MAX, at_least=False),
    ]


def _missed(row: dict[str, Any], name: str, bar: float | None, *, at_least: bool) -> list[str]:
    value = row.get(name)
    if bar is None or (value is not None and (value >= bar if at_least else value <= bar)):
        return []
    return [f"{name} {value} {'<' if at_least else '>'} {bar}"]
