from py_remote_viewer.bench.network_cases import CASES, Bars, missed, missed_beside

GOOD = {"decoded_per_s": 59.0, "decoded_share": 0.97, "i2p_p50_ms": 140.0, "first_picture_s": 1.2, "resend_share": 0.02}


def test_a_row_that_reaches_its_bars_misses_nothing() -> None:
    assert missed(Bars(decoded_share=0.95, i2p_p50_ms=160, first_picture_s=5, resend_share=0.25), GOOD) == []


def test_what_is_missed_is_named_with_its_value() -> None:
    bars = Bars(decoded_share=0.98, i2p_p50_ms=100, recovery_s=2)
    assert missed(bars, GOOD) == ["decoded_share 0.97 < 0.98", "i2p_p50_ms 140.0 > 100", "recovery_s None > 2"]


def test_the_page_beside_is_held_against_itself_alone() -> None:
    assert missed_beside({"fps_over_alone": 0.99, "latency_over_alone": 1.02}) == []
    assert missed_beside({"fps_over_alone": 0.9, "latency_over_alone": 1.3}) == [
        "fps_over_alone 0.9 < 0.95",
        "latency_over_alone 1.3 > 1.1",
    ]


def test_every_case_asks_for_something_under_a_name_of_its_own() -> None:
    assert len({case.name for case in CASES}) == len(CASES)
    assert all(case.bars != Bars() for case in CASES)
