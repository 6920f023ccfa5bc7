import pytest
from hypothesis import given
from hypothesis import strategies as st

from py_remote_viewer.render.quality import (
    LADDER,
    LEVEL_NAMES,
    QualityGovernor,
    level_index,
    picture_size,
    starting_level,
)

FPS = 60.0
PERIOD = 1 / FPS


def feed(governor: QualityGovernor, seconds: float, share: float, now: float = 100.0) -> tuple[float, list[int]]:
    """Pictures at 60 Hz, each taking `share` of its time; returns the clock and the levels gone to."""
    changes = []
    for _ in range(round(seconds * FPS)):
        now += PERIOD
        if governor.observe(now, share * PERIOD):
            changes.append(governor.index)
    return now, changes


def test_goes_down_after_two_slow_seconds_and_not_before() -> None:
    governor = QualityGovernor(FPS, 3)
    now, changes = feed(governor, 1.5, 0.95)
    assert changes == []
    _, changes = feed(governor, 1.0, 0.95, now)
    assert changes == [4]
    assert "95%" in governor.reason


def test_falls_two_levels_when_far_too_slow() -> None:
    governor = QualityGovernor(FPS, 3)
    assert feed(governor, 2.5, 2.5)[1] == [5]


def test_goes_up_only_after_ten_quiet_seconds_where_the_next_level_may_not_fit() -> None:
    governor = QualityGovernor(FPS, level_index("lean-75"))
    now, changes = feed(governor, 9.0, 0.4)
    assert changes == []
    assert feed(governor, 2.5, 0.4, now)[1] == [level_index("lean")]


def test_goes_up_sooner_where_it_will_fit_easily() -> None:
    governor = QualityGovernor(FPS, level_index("fast-33"))
    now, changes = feed(governor, 2.5, 0.1)
    assert changes == []
    _, changes = feed(governor, 9.5, 0.1, now)
    assert changes == [level_index("fast-50"), level_index("lean-50"), level_index("lean-75")]


def test_a_held_size_is_kept_up_and_down_until_every_other_picture_would_be_lost() -> None:
    governor = QualityGovernor(FPS, level_index("lean-50"), holds_size=True)
    now, changes = feed(governor, 30.0, 0.05)
    assert changes == []
    now, changes = feed(governor, 30.0, 1.5, now)
    assert changes == [level_index("fast-50")]
    now, changes = feed(governor, 2.5, 3.0, now)
    assert changes == [level_index("fast-33")]
    governor.holds_size = False
    assert feed(governor, 12.0, 0.05, now)[1]


def test_a_measured_level_becomes_the_nearest_of_the_held_size() -> None:
    governor = QualityGovernor(FPS, level_index("lean-50"))
    assert governor.of_this_size(level_index("ultra")) == level_index("ultra")
    governor.holds_size = True
    assert governor.of_this_size(level_index("ultra")) == level_index("lean-50")
    assert governor.of_this_size(level_index("fast-33")) == level_index("fast-50")


def test_shadows_are_not_tried_easily() -> None:
    governor = QualityGovernor(FPS, level_index("plain"))
    assert feed(governor, 9.0, 0.4)[1] == []


def test_stays_in_between() -> None:
    governor = QualityGovernor(FPS, 4)
    assert feed(governor, 60, 0.65)[1] == []


def test_waits_longer_after_a_rise_that_did_not_last() -> None:
    governor = QualityGovernor(FPS, level_index("lean-75"))
    now, changes = feed(governor, 12, 0.4)
    assert changes == [level_index("lean")]
    while governor.index == level_index("lean"):
        now, _ = feed(governor, PERIOD, 0.95, now)
    assert governor.index == level_index("lean-75")
    now, changes = feed(governor, 20, 0.4, now)
    assert changes == []
    assert feed(governor, 15, 0.4, now)[1] == [level_index("lean")]


def test_a_fixed_level_never_moves() -> None:
    governor = QualityGovernor(FPS, 0, fixed=True)
    assert feed(governor, 30, 5.0)[1] == []


@given(st.lists(st.floats(0, 10), min_size=1, max_size=400), st.integers(0, len(LADDER) - 1))
def test_never_leaves_the_ladder(shares: list[float], start: int) -> None:
    governor, now = QualityGovernor(FPS, start), 0.0
    for share in shares:
        now += 0.1
        governor.observe(now, share * PERIOD)
        assert governor.best <= governor.index < len(LADDER)


def test_starts_at_the_dearest_level_that_fits() -> None:
    assert starting_level({4: 0.009, 5: 0.005}, FPS) == 4
    assert starting_level({4: 0.014, 5: 0.012, 6: 0.004}, FPS) == 6
    assert starting_level({4: 0.02}, FPS) is None


def test_levels_have_names_that_can_be_asked_for() -> None:
    assert [level_index(name) for name in LEVEL_NAMES] == list(range(len(LADDER)))
    with pytest.raises(KeyError, match="there are auto, ultra"):
        level_index("best")


@given(st.sampled_from(LADDER), st.integers(160, 3840), st.integers(90, 2160))
def test_sizes_suit_the_encoder(level, width: int, height: int) -> None:  # type: ignore[no-untyped-def]
    wide, high = picture_size(level, width, height)
    assert wide % 16 == 0
    assert high % 2 == 0
    assert wide > 0
    assert high > 0


def test_full_hd_sizes_come_out_as_expected() -> None:
    assert picture_size(LADDER[0], 1280, 720) == (1280, 720)
    assert picture_size(LADDER[level_index("lean-50")], 1280, 720) == (640, 360)


def test_after_another_look_only_new_pictures_count() -> None:
    governor = QualityGovernor(fps=60, index=4)
    for tick in range(110):
        governor.observe(tick / 60, 0.9 / 60)
    governor.start_over()
    assert not any(governor.observe(2 + tick / 60, 0.5 / 60) for tick in range(600))
    assert governor.index == 4
