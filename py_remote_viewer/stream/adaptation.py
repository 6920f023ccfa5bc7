"""On which rung one peer should be: down when its own link is the bottleneck, up again when that has passed. Pure.

Three signs say that a link carries less than it is given, and none is believed alone where it can mislead:

- **queue**: the round trip has grown well over the least one seen, in two reports, or in one that another sign confirms;
- **loss**: a large share of packets is lost. Radio links lose packets at any rate, so loss alone is a question: the peer
  tries a lower rung, and when that loses just as much it is sent back and such loss is tolerated from then on;
- **estimate**: the receiver's own estimate (REMB) lies below what it is sent. Browsers start it at a few ten kb/s, so it
  counts only after it has once been above, or has had `TRUST_S` to get there, and only beside a little queue or loss.

Every step down is judged like that: one that helped nothing is taken back. Steps down are as far as the measured link
asks for, at once; steps up are one rung, after `CLEAN_S` without a sign, and a step up that fails soon is
taken back at the first sign and waits twice as long the next time.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

CLEAN_S = 10.0
LONGEST_WAIT_S = 300.0
PROBE_S = 8.0
TRUST_S = 25.0
SETTLE_S = 1.5  # from the decision until reports speak of the new rung: an IDR, a round trip, the old queue
JUDGE_REPORTS = 2
TOLERATE_S = 60.0
GROW_S = 30.0

QUEUE_S = 0.05  # less than this is scheduling on a busy machine
QUEUE_SHARE = 0.6  # of the least round trip
LOSS = 0.15
PROBE_LOSS = 0.08
SMALL_LOSS = 0.04
HOPELESS_LOSS = 0.25  # even when it is not ours: fewer packets in a picture, more whole pictures
BLACKOUT_LOSS = 0.5
BLACKOUT_S = 2.5
LINK_SHARE = 0.85  # of a measured link, that a rung may take
FLOOR_S = 60.0
FEWEST_PACKETS = 25


@dataclass(frozen=True, slots=True)
class Report:
    """What a receiver said about the time since its last report.

    Attributes:
        rtt_s: round trip of one report or acknowledgement, not smoothed.
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
    after: list[tuple[float, float]]


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
        self._reported_s = now
        self._settled_s = now
        self._floor = _Floor()
        self._trust_s = now + TRUST_S
        self._trusts_remb = False
        self._suspect = ""
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
        silence_s, self._reported_s = now - self._reported_s, now
        queue_s = self._queue(report.rtt_s, now)
        if silence_s > BLACKOUT_S and report.lost > BLACKOUT_LOSS:
            return None  # the link was away, not narrow
        if report.remb_bps is not None and (report.remb_bps >= report.sent_bps > 0 or now >= self._trust_s):
            self._trusts_remb = True
        if now < self._settled_s:
            return None
        if self._judgement is not None:
            verdict = self._judge(self._judgement, report.lost, queue_s, now)
            if verdict is not None:
                return verdict
        probing = now < self._probe_until_s
        sign = self._sign(report, queue_s, now, probing)
        if sign:
            self._clean_since_s = None
            return self._down(sign, report, queue_s, now, probing)
        if self._is_clean(report, queue_s, now):
            self._clean_since_s = now if self._clean_since_s is None else self._clean_since_s
            return self._up(report, now)
        self._clean_since_s = None
        return None

    # --- signs ----------------------------------------------------------------------------------------------------------

    def _queue(self, rtt_s: float | None, now: float) -> float:
        """How much longer than at its best the round trip is, seconds."""
        return 0.0 if rtt_s is None else max(0.0, rtt_s - self._floor.least(rtt_s, now))

    def _tolerance(self, now: float) -> float:
        return self._tolerated if now < self._tolerated_until_s else 0.0

    def _sign(self, report: Report, queue_s: float, now: float, probing: bool) -> str:
        """The sign that is believed, or nothing."""
        enough = report.packets >= FEWEST_PACKETS
        lost = max(0.0, report.lost - self._tolerance(now)) if enough else 0.0
        long = max(QUEUE_S, QUEUE_SHARE * self._floor.value)
        low_estimate = (
            self._trusts_remb and report.remb_bps is not None and report.remb_bps < 0.9 * min(report.sent_bps, 1e12)
        )
        found = ""
        if lost >= (PROBE_LOSS if probing else LOSS):
            found = "loss"
        elif queue_s >= long:
            found = "queue"
        elif low_estimate and (lost >= SMALL_LOSS or queue_s >= long / 2):
            return "estimate"
        before, self._suspect = self._suspect, found
        if not found:
            return ""
        if probing or before or lost >= 2 * LOSS:
            return found
        confirmed = low_estimate or (found == "queue" and lost >= SMALL_LOSS) or (found == "loss" and queue_s >= long)
        return found if confirmed else ""

    def _is_clean(self, report: Report, queue_s: float, now: float) -> bool:
        return (
            not self._suspect
            and report.lost <= self._tolerance(now) + PROBE_LOSS
            and queue_s < max(QUEUE_S, QUEUE_SHARE * self._floor.value)
        )

    # --- steps ----------------------------------------------------------------------------------------------------------

    def _down(self, sign: str, report: Report, queue_s: float, now: float, probing: bool) -> Move | None:
        link_bps = max(1.0, report.delivered_bps)
        self.link_bps = link_bps
        self._grown_s = now
        if probing:
            self._grow_s = min(2 * self._grow_s, LONGEST_WAIT_S)
            self._wait_s[self.place] = min(2 * self._wait_s[self.place], LONGEST_WAIT_S)
        last = len(self._rates) - 1
        if self.place == last:
            return None
        fits = (i for i in range(self.place + 1, last) if self._rates[i] <= LINK_SHARE * link_bps)
        came_from = self.place
        if not probing:
            self._judgement = _Judgement(came_from, sign, report.lost, queue_s, [])
        return self._go(next(fits, last), f"link carries {link_bps / 1e6:.1f} Mb/s ({_WORDS[sign]})", now)

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
        self._probe_until_s = now + SETTLE_S + PROBE_S
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

    def _judge(self, judgement: _Judgement, lost: float, queue_s: float, now: float) -> Move | None:
        """Whether the step down helped; the way back when it did not."""
        judgement.after.append((lost, queue_s))
        if len(judgement.after) < JUDGE_REPORTS:
            return None
        self._judgement = None
        lost = sum(each for each, _ in judgement.after) / len(judgement.after)
        queue_s = sum(each for _, each in judgement.after) / len(judgement.after)
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
        if lost > HOPELESS_LOSS:
            return None
        self.link_bps = None
        self._suspect = ""
        return self._go(judgement.came_from, "a smaller picture did not help", now)

    def _go(self, place: int, reason: str, now: float) -> Move | None:
        self._settled_s = now + SETTLE_S
        self._clean_since_s = None
        self._suspect = ""
        if place >= self.place:
            self._probe_until_s = -math.inf
        if place == self.place:
            return None
        self.place = place
        return Move(place, reason)


_WORDS = {"loss": "packets are lost", "queue": "packets queue up", "estimate": "the browser's estimate fell"}


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
