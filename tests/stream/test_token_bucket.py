from hypothesis import given
from hypothesis import strategies as st

from py_remote_viewer.stream.token_bucket import TokenBucket

times = st.floats(0, 1e6, allow_nan=False)


def test_a_burst_passes_and_then_the_rate_holds() -> None:
    bucket = TokenBucket(rate_hz=10, burst=3, now=0)
    assert [bucket.take(0) for _ in range(4)] == [True, True, True, False]
    assert bucket.take(0.1)
    assert not bucket.take(0.1)


@given(st.lists(times, max_size=200))
def test_no_order_of_times_gives_more_than_burst_and_rate_allow(moments: list[float]) -> None:
    bucket = TokenBucket(rate_hz=1, burst=5, now=0)
    taken = sum(bucket.take(now) for now in moments)
    assert taken <= 5 + max([0, *moments])
