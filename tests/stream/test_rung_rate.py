from hypothesis import given
from hypothesis import strategies as st

from py_remote_viewer.stream.rung_rate import DOWN_GAP_S, LEAST_SHARE, UP_GAP_S, RungRate

NOMINAL = 6_000_000
links = st.one_of(st.none(), st.floats(1, 1e9))


def test_one_narrow_link_among_others_changes_nothing() -> None:
    for others in (1, 3, 39):
        rate = RungRate(NOMINAL)
        assert rate.follow([3e6, *[None] * others], 100) == NOMINAL


def test_alone_it_decides_within_bounds() -> None:
    assert RungRate(NOMINAL).follow([5e6], 100) == 4_000_000
    assert RungRate(NOMINAL).follow([1e6], 100) == LEAST_SHARE * NOMINAL
    assert RungRate(NOMINAL).follow([None], 100) == NOMINAL


def test_a_third_of_a_class_with_narrow_links_does_count() -> None:
    assert RungRate(NOMINAL).follow([3e6] * 14 + [None] * 26, 100) == LEAST_SHARE * NOMINAL


def test_an_open_encoder_is_rarely_changed_and_a_closed_one_at_once() -> None:
    rate = RungRate(NOMINAL)
    assert rate.follow([3e6], 100) == 2_400_000
    assert rate.follow([None], 100 + UP_GAP_S - 1) == 2_400_000
    assert rate.follow([None], 100 + UP_GAP_S) == NOMINAL
    assert rate.follow([6.8e6], 200) == NOMINAL, "a tenth less is not worth an IDR"
    assert rate.follow([3e6], 201, in_use=False) == 2_400_000


@given(st.lists(st.tuples(st.lists(links, max_size=8), st.floats(0, 2)), max_size=60))
def test_it_stays_in_bounds_and_holds_still(history: list[tuple[list[float | None], float]]) -> None:
    rate, now, before, changed = RungRate(NOMINAL), 0.0, NOMINAL, float("-inf")
    for found, step in history:
        now += step
        bitrate = rate.follow(found, now)
        assert LEAST_SHARE * NOMINAL <= bitrate <= NOMINAL
        if bitrate != before:
            assert now - changed >= (DOWN_GAP_S if bitrate < before else UP_GAP_S)
            before, changed = bitrate, now
