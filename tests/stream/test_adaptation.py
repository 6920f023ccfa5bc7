"""The decision against links that are simulated: a rate, a queue, a round trip, random loss, and others' traffic."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, field
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from py_remote_viewer.stream.adaptation import CLEAN_S, LONGEST_WAIT_S, Adaptation, Move, Report

RATES = (6_000_000, 1_500_000, 600_000, 250_000)
PACKET_BITS = 9600


@dataclass
class Link:
    """A bottleneck with a drop-tail queue; `step` sends for a while and gives the receiver's report."""

    rate_bps: float = 1e9
    rtt_s: float = 0.04
    loss: float = 0.0
    queue_limit_s: float = 0.2
    jitter_s: float = 0.0
    remb: bool = True
    chance: random.Random = field(default_factory=lambda: random.Random(1))
    queue_bits: float = 0.0
    remb_bps: float = 60_000.0

    def step(self, sent_bps: float, seconds: float) -> Report:
        arrived = sent_bps * seconds
        room = self.queue_limit_s * self.rate_bps
        passed = min(self.queue_bits + arrived, self.rate_bps * seconds)
        left = self.queue_bits + arrived - passed
        overflow = max(0.0, left - room)
        self.queue_bits = left - overflow
        packets = max(1, round(arrived / PACKET_BITS))
        lost = max(0.0, self.chance.gauss(self.loss, math.sqrt(self.loss * (1 - self.loss) / packets)))
        lost = min(1.0, overflow / arrived + lost if arrived else 0.0)
        delivered = passed / seconds * (1 - lost if not overflow else 1)
        rtt_s = self.rtt_s + self.queue_bits / self.rate_bps + self.chance.random() * self.jitter_s
        grows = self.remb_bps * 1.3 if self.queue_bits < 0.02 * self.rate_bps else 0.85 * delivered
        self.remb_bps = max(30_000.0, min(grows, 1.5 * delivered))
        return Report(rtt_s, lost, packets, sent_bps, delivered, self.remb_bps if self.remb else None)


@dataclass
class Ride:
    """What became of one peer."""

    places: list[int]
    moves: list[tuple[float, Move]]
    adaptation: Adaptation

    @property
    def share_at(self) -> dict[int, float]:
        return {place: self.places.count(place) / len(self.places) for place in set(self.places)}


def ride(link: Link, seconds: float, *, every_s: float = 1.0, share: float = 1.0) -> Ride:
    """Send each rung's rate (`share` of it, as an easy scene takes) over `link`."""
    adaptation = Adaptation(RATES, 0.0)
    now, place, due = 0.0, 0, None
    result = Ride([], [], adaptation)
    adaptation.observe(link.step(0, 0.01), now)  # the report that answers the one before the first picture
    while now < seconds:
        now += every_s
        report = link.step(share * RATES[place], every_s)
        result.places.append(place)
        if due is not None:  # the new rung's IDR is there
            place, due = due, None
        move = adaptation.observe(report, now)
        if move is not None:
            result.moves.append((now, move))
            due = move.place
            assert move.place == adaptation.place
    return result


def test_a_wide_link_stays_on_top_whatever_the_first_estimates_say() -> None:
    assert ride(Link(), 120).moves == []


@pytest.mark.parametrize("loss", [0.02, 0.05, 0.1])
def test_radio_loss_on_a_wide_link_pushes_nobody_down(loss: float) -> None:
    assert ride(Link(rtt_s=0.1, loss=loss, rate_bps=50e6), 300).moves == []


def test_heavier_loss_is_tried_once_and_then_borne() -> None:
    result = ride(Link(rtt_s=0.05, loss=0.2, rate_bps=50e6), 55)
    assert [move.place for _, move in result.moves] == [1, 0]
    assert result.moves[1][0] - result.moves[0][0] <= 8
    assert "did not help" in result.moves[1][1].reason
    long = ride(Link(rtt_s=0.05, loss=0.2, rate_bps=50e6), 1200)
    assert long.share_at[0] > 0.95


@pytest.mark.parametrize("remb", [True, False])
def test_three_megabits_under_six_find_their_rung_in_time(remb: bool) -> None:
    result = ride(Link(rate_bps=3e6, remb=remb), 9)
    assert result.moves[0][0] <= 3
    assert result.moves[0][1].place == 1
    assert "6.0 Mb/s" in result.moves[0][1].reason


def test_one_megabit_goes_there_in_one_step() -> None:
    result = ride(Link(rate_bps=1e6), 9)
    assert [move.place for _, move in result.moves] == [2]


def test_a_deep_queue_is_left_although_nothing_is_lost() -> None:
    result = ride(Link(rate_bps=4e6, queue_limit_s=3), 9)
    assert result.moves[0][1].place == 1


def test_a_rise_that_fails_is_taken_back_fast_and_waits_ever_longer() -> None:
    result = ride(Link(rate_bps=3e6), 900)
    rises = [(at, move) for at, move in result.moves if move.place == 0]
    gaps = [later - earlier for (earlier, _), (later, _) in pairwise(rises)]
    assert rises
    assert rises[0][0] >= CLEAN_S
    assert gaps == sorted(gaps)
    assert gaps[-1] >= 4 * gaps[0]
    back = [next(t for t, m in result.moves if t > at and m.place > 0) - at for at, _ in rises[:-1]]
    assert max(back) <= 2
    assert result.share_at[0] < 0.1
    assert result.share_at[1] > 0.85


def test_a_link_that_recovers_is_used_again() -> None:
    link = Link(rate_bps=1e6)
    adaptation, now, place = Adaptation(RATES, 0.0), 0.0, 0
    for second in range(90):
        if second == 20:
            link.rate_bps = 100e6
        now += 1
        move = adaptation.observe(link.step(RATES[place], 1), now)
        place = place if move is None else move.place
    assert place == 0
    for _ in range(600):
        now += 1
        adaptation.observe(link.step(RATES[place], 1), now)
    assert adaptation.link_bps is None, "what was once measured is forgotten"


def test_an_easy_scene_needs_no_wide_link() -> None:
    assert ride(Link(rate_bps=3e6), 60, share=0.3).moves == []


def test_a_blackout_is_not_a_narrow_link() -> None:
    link, adaptation = Link(), Adaptation(RATES, 0.0)
    for tick in range(1, 39):
        assert adaptation.observe(link.step(RATES[0], 0.5), tick / 2) is None
    assert adaptation.observe(Report(0.05, 0.0, 9, 6e6, 0.1e6, 9e6), 22.4) is None
    assert adaptation.observe(Report(0.04, 0.8, 1800, 6e6, 1.2e6, 9e6), 22.8) is None
    for tick in range(47, 90):
        assert adaptation.observe(link.step(RATES[0], 0.5), tick / 2) is None


def test_a_low_estimate_alone_is_not_believed() -> None:
    adaptation = Adaptation(RATES, 0.0)
    for second in range(1, 60):
        assert adaptation.observe(Report(0.02, 0.0, 600, 6e6, 6e6, 9e6 if second == 10 else 50_000), second) is None
    adaptation = Adaptation(RATES, 0.0)
    for second in range(1, 60):
        slowly = 60_000 * 1.08**second
        assert adaptation.observe(Report(0.02, 0.06, 600, 6e6, 6e6, slowly), second) is None


def test_a_fallen_estimate_beside_a_little_more_loss_is() -> None:
    adaptation = Adaptation(RATES, 0.0)
    for second in range(1, 10):
        assert adaptation.observe(Report(0.02, 0.0, 600, 6e6, 6e6, 9e6), second) is None
    move = adaptation.observe(Report(0.02, 0.05, 600, 6e6, 5e6, 4.5e6), 10)
    assert move is not None
    assert move.place == 1


def test_an_estimate_that_fell_beside_the_usual_loss_is_not() -> None:
    adaptation = Adaptation(RATES, 0.0)
    for second in range(1, 60):
        fallen = second % 10 == 0
        assert adaptation.observe(Report(0.1, 0.1, 600, 6e6, 5.4e6, 4e6 if fallen else 9e6), second) is None


def test_the_scene_that_takes_little_gives_no_measure_of_the_link() -> None:
    adaptation = Adaptation(RATES, 0.0)
    for second in range(1, 10):
        assert adaptation.observe(Report(0.02, 0.0, 60, 0.5e6, 0.5e6), second) is None
    for second in (10, 11):
        assert adaptation.observe(Report(0.3, 0.0, 60, 0.5e6, 0.5e6), second) is None
    move = adaptation.observe(Report(0.3, 0.0, 60, 0.5e6, 0.5e6), 12)
    assert move is not None
    assert move.place == 1, "one step, not three"
    assert adaptation.link_bps is None


def test_late_reports_on_a_busy_machine_move_nobody() -> None:
    adaptation = Adaptation(RATES, 0.0)
    for second in range(1, 120):
        late = second % 7 in (0, 1)
        assert adaptation.observe(Report(0.3 if late else 0.01, 0.0, 600, 6e6, 6e6, 9e6), second) is None


def test_a_queue_that_others_fill_is_not_fled_for_ever() -> None:
    """The round trip has grown and stays so on every rung: the way back, and no second flight."""
    adaptation, moves = Adaptation(RATES, 0.0), []
    for second in range(1, 100):
        rtt_s = 0.02 if second < 10 else 0.2
        move = adaptation.observe(Report(rtt_s, 0.0, 600, RATES[adaptation.place], RATES[adaptation.place]), second)
        if move is not None:
            moves.append(move.place)
    assert moves == [1, 0]


def test_nothing_is_decided_on_a_handful_of_packets() -> None:
    adaptation = Adaptation(RATES, 0.0)
    for second in range(1, 60):
        assert adaptation.observe(Report(0.02, 0.5, 4, 40_000, 20_000), second) is None


links = st.builds(
    Link,
    rate_bps=st.floats(150_000, 1e8),
    rtt_s=st.floats(0.001, 0.4),
    loss=st.floats(0, 0.3),
    queue_limit_s=st.floats(0.005, 2),
    jitter_s=st.floats(0, 0.03),
    remb=st.booleans(),
    chance=st.integers(0, 99).map(random.Random),
)


@settings(max_examples=60, deadline=None)
@given(links, st.sampled_from([0.4, 1.0]))
def test_on_any_link_it_settles_and_never_leaves_the_ladder(link: Link, every_s: float) -> None:
    result = ride(link, 400, every_s=every_s)
    assert all(0 <= move.place < len(RATES) for _, move in result.moves)
    late = [at for at, _ in result.moves if at > 200]
    assert len(late) <= 14, "with back-off there are few moves later"
    assert all(0 < wait <= LONGEST_WAIT_S for wait in result.adaptation._wait_s)


@settings(max_examples=60, deadline=None)
@given(st.floats(1e6, 5.5e6), st.floats(0.005, 0.15), st.floats(0, 0.03), st.integers(0, 99))
@example(1_442_308.0, 0.125, 0.0, 0)
def test_a_full_link_is_left_for_a_rung_that_fits(rate_bps: float, rtt_s: float, loss: float, seed: int) -> None:
    result = ride(Link(rate_bps=rate_bps, rtt_s=rtt_s, loss=loss, chance=random.Random(seed)), 60)
    fits = [
        place for place, bps in enumerate(RATES) if bps <= 1.05 * rate_bps
    ]  # a twentieth less is full only now and then
    settled = result.places[8:]
    assert sum(place >= fits[0] for place in settled) >= 0.8 * len(settled)


wild = st.builds(
    Report,
    rtt_s=st.one_of(st.none(), st.floats(0, 30)),
    lost=st.floats(0, 1),
    packets=st.integers(0, 10**6),
    sent_bps=st.floats(0, 1e9),
    delivered_bps=st.floats(0, 1e9),
    remb_bps=st.one_of(st.none(), st.floats(0, 1e12)),
)


@given(st.lists(st.tuples(wild, st.floats(0, 20)), max_size=200))
def test_no_report_of_a_stranger_breaks_it(reports: list[tuple[Report, float]]) -> None:
    adaptation, now = Adaptation(RATES, 0.0), 0.0
    for report, step in reports:
        now += step
        before = adaptation.place
        move = adaptation.observe(report, now)
        assert (move is None) == (adaptation.place == before)
        assert 0 <= adaptation.place < len(RATES)
