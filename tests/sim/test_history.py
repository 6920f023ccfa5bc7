import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from py_remote_viewer.sim.history import ENTRY_BYTES, History, Moment

STATE = np.zeros(4)


def moment(step: int, *, edited: bool = False) -> Moment:
    return Moment(step, step / 10, STATE, edited=edited)


def filled(capacity: int, count: int, reach: int = 1000, gap: int = 1) -> History:
    history = History(capacity * (STATE.nbytes + ENTRY_BYTES), STATE.nbytes, reach)
    for step in range(0, count * gap, gap):
        history.record(moment(step))
    return history


def steps(history: History) -> list[int]:
    return [one.step for one in history]


# What a person does to a history: record further on, go back and record there, forget.
DOINGS = st.lists(st.one_of(st.integers(1, 40), st.integers(-60, 0)), max_size=200)


@given(st.integers(2, 60), DOINGS)
def test_it_stays_in_order_and_within_its_bytes_whatever_is_recorded(capacity: int, doings: list[int]) -> None:
    history = filled(capacity, 0)
    at = 0
    for by in doings:
        at = max(0, at + by)
        history.record(moment(at))
        assert steps(history) == sorted(set(steps(history)))
        assert history.newest is not None
        assert history.newest.step == at
        assert history.oldest is not None
        assert history.oldest.step == steps(history)[0]
        assert len(history) == len(steps(history)) <= capacity
        assert history.bytes <= capacity * (STATE.nbytes + ENTRY_BYTES)


@given(st.integers(2, 60), st.integers(1, 400), st.integers(-5, 4500), st.integers(1, 10))
def test_look_ups_find_what_a_plain_list_would(capacity: int, count: int, asked: int, gap: int) -> None:
    history = filled(capacity, count, gap=gap)
    kept = list(history)
    assert history.at_or_before(asked) is next((one for one in reversed(kept) if one.step <= asked), None)
    assert history.at_or_before_time(asked / 10) is next(
        (one for one in reversed(kept) if one.time_s <= asked / 10), None
    )
    assert history.after(asked) is next((one for one in kept if one.step > asked), None)
    assert history.nearest_time(asked / 10) is min(kept, key=lambda one: (abs(one.time_s - asked / 10), one.step))


@given(st.integers(40, 200), st.integers(1, 3000))
def test_the_newest_are_all_there_and_older_ones_lie_further_apart(capacity: int, count: int) -> None:
    history = filled(capacity, count)
    kept = steps(history)
    gaps = [after - before for before, after in itertools.pairwise(kept)]
    assert gaps == sorted(gaps, reverse=True), "never denser with age"
    assert all(gap & (gap - 1) == 0 for gap in gaps), "powers of two"
    levels = next(n for n in range(1, 20) if capacity // n * (2**n - 1) >= 1000)
    dense = min(count, capacity // levels)
    assert kept[-dense:] == list(range(count - dense, count))
    assert kept[-1] - kept[0] >= min(count, 1000) * 0.9 - 1


def test_five_minutes_of_a_large_model_fit_into_a_few_megabytes() -> None:
    state_bytes = 100_000
    history = History(32 * 2**20, state_bytes)
    state = np.zeros(1)
    for step in range(60 * 60 * 10):
        history.record(Moment(step, step / 60, state))
    assert history.newest is not None
    assert history.oldest is not None
    assert history.newest.time_s - history.oldest.time_s >= 300
    assert history.bytes <= 32 * 2**20


@given(st.sets(st.integers(0, 300)), st.integers(4, 40))
def test_a_gap_is_exact_only_when_nothing_was_done_by_hand_inside_it(edits: set[int], capacity: int) -> None:
    history = filled(capacity, 0)
    for step in range(300):
        history.record(moment(step, edited=step in edits))
    kept = list(history)
    for before, after in itertools.pairwise(kept):
        inside = edits & set(range(before.step + 1, after.step))
        assert after.exact == (not inside)


def test_recording_in_the_past_forgets_what_came_after() -> None:
    history = filled(100, 50, reach=50)
    history.record(moment(20))
    assert steps(history)[-2:] == [19, 20]
    history.clear()
    assert (len(history), history.newest, history.oldest, history.nearest_time(0)) == (0, None, None, None)


@pytest.mark.parametrize("max_bytes", [0, ENTRY_BYTES, 2 * ENTRY_BYTES])
def test_a_bound_that_holds_no_two_states_keeps_none(max_bytes: int) -> None:
    history = History(max_bytes, 1000)
    history.record(moment(1))
    assert len(history) == 0
    assert history.at_or_before(5) is None
