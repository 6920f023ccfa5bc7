import pytest
from hypothesis import given
from hypothesis import strategies as st

from py_remote_viewer.sim.pacer import MAX_LAG_S, Pacer, RealTimeFactor


@given(
    st.sampled_from([0.0005, 0.001, 0.002, 0.003, 0.005, 0.01, 0.02]),
    st.sampled_from([1 / 16, 0.5, 1.0, 4.0]),
    st.lists(st.floats(0.001, 0.05), min_size=50, max_size=200),
)
def test_simulated_time_follows_the_wall_clock(timestep: float, speed: float, gaps: list[float]) -> None:
    pacer, now, steps = Pacer(timestep, speed), 10.0, 0
    pacer.due(now)
    for gap in gaps:
        now += gap
        due = pacer.due(now)
        pacer.taken(due)
        steps += due
    assert steps * timestep == pytest.approx((now - 10.0) * speed, abs=timestep * 1.01)


def test_a_long_stall_is_not_made_up_for() -> None:
    pacer = Pacer(0.01)
    pacer.due(0.0)
    assert pacer.due(60.0) == round(MAX_LAG_S / 0.01)


def test_nothing_is_owed_for_time_on_hold() -> None:
    pacer = Pacer(0.01)
    pacer.due(0.0)
    pacer.hold()
    assert pacer.due(100.0) == 0
    assert pacer.due(100.1) == 10


def test_real_time_factor_is_measured_over_the_last_second() -> None:
    factor = RealTimeFactor()
    for tick in range(61):
        factor.mark(tick / 60, tick / 60 * 0.5)
    assert factor.value() == pytest.approx(0.5)
    for tick in range(1, 121):
        factor.mark(1 + tick / 60, 0.5 + tick / 60)
    assert factor.value() == pytest.approx(1.0)


def test_real_time_factor_needs_some_time_to_be_known() -> None:
    factor = RealTimeFactor()
    factor.mark(0, 0)
    factor.mark(0.1, 0.1)
    assert factor.value() is None
