from hypothesis import given
from hypothesis import strategies as st

from py_remote_viewer.rooms.limits import MESSAGES_PER_S
from py_remote_viewer.stream.manners import (
    FEEDBACK_BURST,
    FEEDBACK_PER_S,
    INBOUND_BURST_BYTES,
    INBOUND_BYTES_PER_S,
    LOSS_BURST,
    LOSSES_PER_S,
    Manners,
)
from py_remote_viewer.stream.smoothness import AFTER_S, CLEAN_S, LOSSY_S, Smoothness


def test_the_worst_honest_link_is_read() -> None:
    manners = Manners(0)
    for tick in range(1000):
        assert manners.admit(100, tick / 100)
    assert all(manners.may_start_over(second * 3) for second in range(10))
    assert manners.complaint() is None


def test_a_flood_is_ignored_and_told_once() -> None:
    manners = Manners(0)
    read = sum(manners.admit(1400, tick / 1000) for tick in range(10_000))
    assert read <= (FEEDBACK_BURST + 10 * FEEDBACK_PER_S) / 15
    text = manners.complaint()
    assert text is not None
    assert "feedback" in text
    assert manners.complaint() is None
    starts = sum(manners.may_start_over(tick / 100) for tick in range(1000))
    assert starts <= LOSS_BURST + 10 * LOSSES_PER_S
    text = manners.complaint()
    assert text is not None
    assert "picture losses" in text
    assert manners.complaint() is None


def test_the_busiest_pointer_is_read_and_a_flood_of_messages_is_not() -> None:
    manners = Manners(0)
    assert all(manners.admit_datagram(200, tick / MESSAGES_PER_S) for tick in range(2400))
    assert manners.complaint() is None
    read = sum(1300 * manners.admit_datagram(1200, 100 + tick / 1000) for tick in range(10_000))
    assert read <= INBOUND_BURST_BYTES + 10 * INBOUND_BYTES_PER_S
    text = manners.complaint()
    assert text is not None
    assert "messages" in text


def test_a_lossy_link_may_hold_pictures_back_and_a_clean_one_may_not() -> None:
    smoothness = Smoothness()
    now = 0.0
    while now < AFTER_S:
        assert not smoothness.observe(0.02, now)
        now += 0.5
    assert smoothness.observe(0.02, now)
    assert smoothness.delay_s == LOSSY_S
    clean_from = now + 0.5
    while now < clean_from + CLEAN_S:
        now += 0.5
        changed = smoothness.observe(0.0, now)
    assert changed
    assert smoothness.delay_s == 0


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 2)), max_size=200))
def test_it_never_changes_twice_within_a_short_time(windows: list[tuple[float, float]]) -> None:
    smoothness, now, last = Smoothness(), 0.0, float("-inf")
    for lost, step in windows:
        now += step
        if smoothness.observe(lost, now):
            assert now - last >= AFTER_S
            last = now
