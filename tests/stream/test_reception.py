import pytest
from hypothesis import given
from hypothesis import strategies as st

from py_remote_viewer.stream.adaptation import Report
from py_remote_viewer.stream.reception import WINDOW_S, RateMeter, Reception


def heard(reception: Reception, highest: int, lost: int, reached: int, now: float, **more: float) -> Report | None:
    figures: dict[str, float | None] = {"rtt_s": 0.02, "remb_bps": None, "sent": reached, **more}
    return reception.report(highest=highest, lost=lost, reached=reached, now=now, **figures)  # type: ignore[arg-type]


def test_a_window_counts_from_counters_whatever_the_reports_say_of_themselves() -> None:
    reception = Reception()
    reception.start(1000, 10.0)
    assert heard(reception, 1049, 5, 50_000, 10.2) is None, "too short a window"
    report = heard(reception, 1099, 25, 100_000, 10.5, sent=125_000, rtt_s=0.3)
    assert report is not None
    assert (report.packets, report.lost) == (100, 0.25)
    assert report.sent_bps == 2_000_000
    assert report.delivered_bps == 1_200_000
    assert report.rtt_s == 0.02, "the least of the window"
    report = heard(reception, 1199, 25, 200_000, 11.5)
    assert report is not None
    assert report.lost == 0


def test_a_receiver_that_hears_nothing_has_lost_nothing_that_it_knows_of() -> None:
    reception = Reception()
    reception.start(0, 0.0)
    report = heard(reception, -1, 0, 0, 1.0, sent=1000)
    assert report is not None
    assert (report.packets, report.lost, report.delivered_bps) == (0, 0, 0)


def test_counters_that_jump_are_not_believed() -> None:
    reception = Reception()
    assert heard(reception, 5, 0, 100, 1.0) is None, "nothing was sent yet"
    reception.start(100, 0.0)
    assert heard(reception, 2**31, 0, 100, 1.0) is None
    assert heard(reception, 5, 0, 100, 2.0) is None
    report = heard(reception, 15, 0, 200, 3.0)
    assert report is not None
    assert report.packets == 10


@given(
    st.lists(
        st.tuples(st.integers(0, 2**32 - 1), st.integers(-(2**23), 2**23), st.integers(0, 10**9), st.floats(0, 3)),
        max_size=40,
    )
)
def test_no_report_of_a_stranger_makes_impossible_figures(reports: list[tuple[int, int, int, float]]) -> None:
    reception, now = Reception(), 0.0
    reception.start(7, now)
    for highest, lost, reached, step in reports:
        now += step
        report = heard(reception, highest, lost, reached, now)
        if report is not None:
            assert 0 <= report.lost <= 1
            assert report.delivered_bps >= 0
            assert report.packets >= 0


def test_rates_are_of_the_last_second_or_more() -> None:
    meter = RateMeter(0.0)
    meter.read(30, 1000, 0.5)
    assert meter.fps == 0
    meter.read(60, 100_000, 1.0)
    assert (meter.fps, meter.bitrate_bps) == (60, 800_000)
    meter.read(75, 100_000, 1.5)
    assert meter.fps == 60
    meter.read(90, 100_000, 2.0)
    assert meter.fps == pytest.approx(30)
    assert WINDOW_S < 1
