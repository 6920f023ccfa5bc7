"""On which rung one peer should be: down when its own link is the bottleneck, up again when that has passed. Pure.

Three signs say that a link carries less than it is given, and none is believed alone where it can mislead:

- **queue**: the round trip has grown well over the least one seen, three times running (twice beside another sign), for
  busy machines and Wi-Fi alone delay a report now and then;
- **loss**: a large share of packets is lost. Radio links lose packets at any rate, so loss alone is a question: the peer
  tries a lower rung, and when that loses just as much it is sent back and such loss is tolerated from then on;
- **estimate**: the receiver's own estimate (REMB) has fallen, and below what it is sent. Browsers start it low and let it
  rise by some 8 % a second, so only a fall means anything, and only beside a little queue or more loss than usual.

Every step down is judged like that: one that helped nothing is taken back. Where the link's rate can be seen (less arrives
than is sent) the step goes as far as that asks for, at once; else it is one rung. Steps up are one rung, after
`CLEAN_S` without a sign, and a step up that fails soon is taken back at the first sign and waits twice as long the next time.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

CLEAN_S = 10.0
LONGEST_WAIT_S = 300.0
PROBE_S = 8.0
SETTLE_S = 1.5  # from the decision until reports speak of the new rung: an IDR, a round trip, the old queue
SETTLE_UP_S = 2.5  # an IDR is up to 0.3 s of a rung's bits, and leaves slowly where little more than the rung fits
JUDGE_REPORTS = 6
JUDGE_PACKETS = 100
TOLERATE_S = 60.0
GROW_S = 30.0

LONG_ROUND_TRIPS = 3
QUEUE_S = 0.08  # less than this is scheduling on a busy machine
QUEUE_SHARE = 0.6  # of the least round trip
LOSS = 0.18  # 10 % by chance over `LOSS_PACKETS` is below it but once in 30,000
LOSS_PACKETS = 250
USUAL_PACKETS = 3000
FEWEST_PACKETS = 50
PROBE_LOSS = 0.08  # more than before the step up
SMALL_LOSS = 0.04
HOPELESS_LOSS = 0.25  # even when it is not ours: fewer packets in a picture, more whole pictures
SILENCE_S = 1.8
SILENT_REPORTS = 3
FALL = 0.92
LITTLE = 0.3  # of the lowest rung's rate: no rung is a remedy for what happens to less than that
SATURATED = 0.9  # arrived over sent, below which what arrived is what the link carries
LINK_SHARE = 0.85  # of a measured link, that a rung may take
FLOOR_S = 60.0


@dataclass(frozen=True, slots=True)
class Report:
    """What a receiver said about the time since its last report.

    Attributes:
        rtt_s: one round trip, not smoothed; None where this report says nothing new of it.
        lost: share of packets that did not arrive, 0..1, before resends.
        packets: how many that share is of.
        sent_bps: what it was sent.
        delivered_bps: what arrived.
        remb_bps: its own estimate.
    """

    rtt_s: float | None
    lost: float
    packets: int
    sent_bps: float
    delivered_bps: float
    remb_bps: float | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """Go to `place` on the ladder (0 is the top), and why, in words for the page."""

    place: int
    reason: str


@dataclass(slots=True)
class _Judgement:
    """A step down that must prove itself."""

    came_from: int
    sign: str
    lost: float
    queue_s: float
    reports: int = 0
    queues_s: float = 0.0


class Adaptation:
    """Decides for one peer; the transport reports, and carries out what comes back.

    Attributes:
        place: on the ladder.
        link_bps: what the link was measured to carry when it was full; None: more than it was ever given.
    """

    def __init__(self, rates_bps: Sequence[int], now: float) -> None:
        """Args:
        rates_bps: nominal bitrates of the ladder, best first.
        now: seconds, monotonic.
        """
        self._rates = tuple(rates_bps)
        self.place = 0
        self.link_bps: float | None = None
        self._interval = _Interval(now)
        self._settled_s = now
        self._floor = _Floor()
        self._loss = _Loss(LOSS_PACKETS)
        self._usual_loss = _Loss(USUAL_PACKETS)
        self._base_loss = 0.0
        self._queue_s = 0.0
        self._long_round_trips = 0
        self._remb_peak = 0.0
        self._tolerated = 0.0
        self._tolerated_until_s = -math.inf
        self._tolerate_s = TOLERATE_S
        self._judgement: _Judgement | None = None
        self._probe_until_s = -math.inf
        self._wait_s = [CLEAN_S] * len(self._rates)
        self._clean_since_s: float | None = None
        self._grow_s = GROW_S
        self._grown_s = now

    def observe(self, report: Report, now: float) -> Move | None:
        """Take one report; gives where to go when that is elsewhere."""
        if self._interval.was_silent(now):  # the link was away, not narrow: what is lost says nothing
            self._settled_s = max(self._settled_s, now + SETTLE_S)
        self._measure_queue(report.rtt_s, now)
        fell = self._remb_fell(report)
        probing = now < self._probe_until_s
        if now < self._settled_s:
            self._loss.restart()
            overflows = report.packets >= FEWEST_PACKETS and report.lost - self._base_loss >= LOSS
            return self._down("loss", report, now, probing) if probing and overflows else None
        self._loss.add(report.lost, report.packets)
        self._usual_loss.add(report.lost, report.packets)
        if self._judgement is not None:
            return self._judge(self._judgement, now)
        sign = self._sign(fell, now, probing) if report.sent_bps > LITTLE * self._rates[-1] else ""
        if sign:
            self._clean_since_s = None
            return self._down(sign, report, now, probing)
        if self._long_round_trips < 2 and self._loss.share <= max(LOSS, self._tolerance(now)):
            self._clean_since_s = now if self._clean_since_s is None else self._clean_since_s
            return self._up(report, now)
        self._clean_since_s = None
        return None

    # --- signs ----------------------------------------------------------------------------------------------------------

    def _measure_queue(self, rtt_s: float | None, now: float) -> None:
        if rtt_s is None:
            return
        self._queue_s = max(0.0, rtt_s - self._floor.least(rtt_s, now))
        self._long_round_trips = self._long_round_trips + 1 if self._queue_s >= self._long_s else 0

    @property
    def _long_s(self) -> float:
        """How much longer than at its best a round trip is when packets queue."""
        return max(QUEUE_S, QUEUE_SHARE * self._floor.value)

    def _remb_fell(self, report: Report) -> bool:
        """Whether the receiver's estimate has fallen lately, and below what it gets."""
        if report.remb_bps is None:
            return False
        self._remb_peak = max(report.remb_bps, self._remb_peak * 0.99)
        return report.remb_bps < FALL * self._remb_peak and report.remb_bps < report.sent_bps

    def _tolerance(self, now: float) -> float:
        return self._tolerated if now < self._tolerated_until_s else 0.0

    def _sign(self, fell: bool, now: float, probing: bool) -> str:
        """The sign that is believed, or nothing."""
        loses_more = self._loss.share - self._usual_loss.share >= SMALL_LOSS
        if self._loss.share - self._tolerance(now) >= LOSS or (
            probing and self._loss.share - self._base_loss >= PROBE_LOSS
        ):
            return "loss"
        if self._long_round_trips >= (2 if fell or loses_more else LONG_ROUND_TRIPS):
            return "queue"
        if fell and (loses_more or self._queue_s >= self._long_s / 2):
            return "estimate"
        return ""

    # --- steps ----------------------------------------------------------------------------------------------------------

    def _down(self, sign: str, report: Report, now: float, probing: bool) -> Move | None:
        by_chance = 0.0 if sign == "loss" else self._usual_loss.share
        is_saturated = report.delivered_bps < SATURATED * (1 - by_chance) * report.sent_bps
        if is_saturated:
            self.link_bps = max(1.0, report.delivered_bps)
        self._grown_s = now
        if probing:
            self._grow_s = min(2 * self._grow_s, LONGEST_WAIT_S)
            self._wait_s[self.place] = min(2 * self._wait_s[self.place], LONGEST_WAIT_S)
        last = len(self._rates) - 1
        if self.place == last:
            return None
        target = self.place + 1
        if is_saturated and not probing:
            while target < last and self._rates[target] > LINK_SHARE * report.delivered_bps:
                target += 1
        if not probing:
            self._judgement = _Judgement(self.place, sign, self._loss.share, self._queue_s)
        return self._go(target, f"{_WORDS[sign]} at {report.sent_bps / 1e6:.1f} Mb/s", now)

    def _up(self, report: Report, now: float) -> Move | None:
        assert self._clean_since_s is not None
        if self.link_bps is not None and report.delivered_bps > self.link_bps:
            self.link_bps = report.delivered_bps
        if self.place == 0:
            self._grow(now)
            return None
        above = self.place - 1
        if now - self._clean_since_s < self._wait_s[above]:
            return None
        self._probe_until_s = now + SETTLE_UP_S + PROBE_S
        self._base_loss = self._loss.share
        self._judgement = None
        return self._go(above, f"clean for {now - self._clean_since_s:.0f} s", now)

    def _grow(self, now: float) -> None:
        """On the top rung without a sign: the link may carry more than was once measured."""
        assert self._clean_since_s is not None
        since_s = max(self._clean_since_s, self._grown_s)
        if self.link_bps is not None and now - since_s >= self._grow_s:
            self.link_bps *= 1.25
            self._grown_s = now
            if self.link_bps > 1.5 * self._rates[0]:
                self.link_bps = None
                self._wait_s = [CLEAN_S] * len(self._rates)

    def _judge(self, judgement: _Judgement, now: float) -> Move | None:
        """Whether the step down helped; the way back when it did not."""
        judgement.reports += 1
        judgement.queues_s += self._queue_s
        if judgement.reports < JUDGE_REPORTS and (judgement.reports < 2 or self._loss.packets < JUDGE_PACKETS):
            return None
        self._judgement = None
        lost, queue_s = self._loss.share, judgement.queues_s / judgement.reports
        less_loss = lost <= judgement.lost / 2 or (1 - lost) >= 1.1 * (1 - judgement.lost)
        shorter_queue = queue_s <= 0.6 * judgement.queue_s
        helped = {
            "loss": less_loss,
            "queue": shorter_queue or (judgement.lost >= SMALL_LOSS and less_loss),
            "estimate": shorter_queue or less_loss,
        }[judgement.sign]
        if helped:
            return None
        self._tolerated = max(lost, judgement.lost) * 1.25 + 0.02
        self._tolerated_until_s = now + self._tolerate_s
        self._tolerate_s = min(2 * self._tolerate_s, LONGEST_WAIT_S)
        self._floor.restart()
        self._long_round_trips = 0
        if lost > HOPELESS_LOSS:
            return None
        self.link_bps = None
        return self._go(judgement.came_from, "a smaller picture did not help", now)

    def _go(self, place: int, reason: str, now: float) -> Move | None:
        self._settled_s = now + (SETTLE_S if place >= self.place else SETTLE_UP_S)
        self._clean_since_s = None
        self._long_round_trips = 0
        self._remb_peak = 0.0
        if place >= self.place:
            self._probe_until_s = -math.inf
        if place == self.place:
            return None
        self.place = place
        return Move(place, reason)


_WORDS = {"loss": "packets were lost", "queue": "packets queued up", "estimate": "the browser's estimate fell"}


class _Loss:
    """The share lost among the last `of_packets`, whatever the rate at which they come."""

    def __init__(self, of_packets: int) -> None:
        self._of_packets = of_packets
        self.restart()

    def restart(self) -> None:
        """Forget."""
        self.packets = 0.0
        self._lost = 0.0

    def add(self, share: float, packets: int) -> None:
        """`packets` more, of which `share` did not arrive."""
        kept = max(0.0, min(1.0, (self._of_packets - packets) / self.packets)) if self.packets else 0.0
        self.packets = self.packets * kept + packets
        self._lost = self._lost * kept + share * packets

    @property
    def share(self) -> float:
        """0 while too few are known."""
        return self._lost / self.packets if self.packets >= FEWEST_PACKETS else 0.0


class _Interval:
    """How often reports come, to know when they did not."""

    def __init__(self, now: float) -> None:
        self._last_s = now
        self._usual_s = 0.5

    def was_silent(self, now: float) -> bool:
        """A report is here at `now`: whether it comes after an unusual silence."""
        gap_s, self._last_s = now - self._last_s, now
        is_long = gap_s > max(SILENCE_S, SILENT_REPORTS * self._usual_s)
        self._usual_s += 0.2 * (min(gap_s, 10.0) - self._usual_s)
        return is_long


class _Floor:
    """The least round trip of the last one to two `FLOOR_S`."""

    def __init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """Forget; the next one is the least."""
        self._before = self._now = math.inf
        self._since_s = -math.inf

    @property
    def value(self) -> float:
        """Seconds; 0 while unknown."""
        least = min(self._before, self._now)
        return 0.0 if least == math.inf else least

    def least(self, rtt_s: float, now: float) -> float:
        """Take one measurement and give the least."""
        if now - self._since_s >= FLOOR_S:
            self._before, self._now, self._since_s = self._now, rtt_s, now
        self._now = min(self._now, rtt_s)
        return self.value
