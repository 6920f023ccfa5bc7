from hypothesis import given
from hypothesis import strategies as st

from py_remote_viewer.stream.resends import BURST_BYTES, SHARE, START_BYTES, ResendBudget


def test_one_answer_per_packet_and_round_trip() -> None:
    budget = ResendBudget()
    budget.sent(100_000)
    assert budget.take(7, 1200, 1.0, rtt_s=0.1)
    assert not budget.take(7, 1200, 1.05, rtt_s=0.1)
    assert budget.take(8, 1200, 1.05, rtt_s=0.1)
    assert budget.take(7, 1200, 1.1, rtt_s=0.1)
    assert budget.refused == 1


def test_an_endless_round_trip_does_not_forbid_a_second_answer_for_ever() -> None:
    budget = ResendBudget()
    budget.sent(100_000)
    assert budget.take(7, 1200, 1.0, rtt_s=30)
    assert budget.take(7, 1200, 2.1, rtt_s=30)


def test_a_spent_budget_says_so_before_anything_is_looked_up() -> None:
    budget = ResendBudget()
    assert budget.take(1, 1500, 0, None)
    assert budget.take(2, 1500, 0, None)
    assert budget.is_spent
    budget.sent(4000)
    assert not budget.is_spent


@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("sent"), st.integers(1, 60_000)),
            st.tuples(st.just("missing"), st.integers(0, 300)),
            st.tuples(st.just("wait"), st.integers(0, 100)),
        ),
        max_size=400,
    )
)
def test_no_flood_gets_more_than_a_quarter(events: list[tuple[str, int]]) -> None:
    budget, now, sent = ResendBudget(), 0.0, 0
    for kind, value in events:
        if kind == "sent":
            budget.sent(value)
            sent += value
        elif kind == "missing":
            budget.take(value, 1200, now, 0.02)
        else:
            now += value / 1000
        assert budget.resent_bytes <= START_BYTES + SHARE * sent
    idle_before = budget.resent_bytes
    for sequence in range(1000):
        budget.take(60_000 - sequence, 1200, now + 10, 0.02)
    assert budget.resent_bytes - idle_before <= BURST_BYTES
