from __future__ import annotations

from collections import deque

import pytest
from hypothesis import given
from hypothesis import strategies as st

from py_remote_viewer.stream.ack_window import LEAST_PICTURES, MOST_BYTES, MOST_PICTURES, AckWindow


def refused(window: AckWindow, *, fps: int, rtt_s: float, seconds: int) -> list[float]:
    """When pictures at `fps` find no room, on a link that brings each after `rtt_s`."""
    found: list[float] = []
    acks: deque[tuple[float, int]] = deque()
    for number in range(seconds * fps):
        now = number / fps
        while acks and acks[0][0] <= now:
            at, picture_id = acks.popleft()
            window.acked(picture_id, at)
        if window.has_room:
            window.sent(number, 8000, now, now)
            acks.append((now + rtt_s, number))
        else:
            found.append(now)
    return found


@pytest.mark.parametrize("rtt_s", [0.001, 0.02, 0.1, 0.3])
def test_sixty_pictures_a_second_flow_however_long_the_way(rtt_s: float) -> None:
    times = refused(AckWindow(), fps=60, rtt_s=rtt_s, seconds=5)
    assert [at for at in times if at > 2 * rtt_s] == [], "it has learned the round trip after the first one"


def test_a_queue_on_the_way_does_not_widen_the_window() -> None:
    window = AckWindow()
    for number in range(100):
        window.sent(number, 8000, number / 60, number / 60)
        window.acked(number, number / 60 + 0.01 + number * 0.01)  # each waits longer than the one before
    assert window.base_rtt_s == pytest.approx(0.01)
    assert window.limit == 5


def test_what_was_never_sent_cannot_be_acknowledged() -> None:
    window = AckWindow()
    window.sent(1, 100, 0.0, 0.0)
    assert not window.acked(7, 0.1)
    assert window.pictures == 1
    assert window.acked(1, 0.1)
    assert not window.acked(1, 0.2)
    assert (window.pictures, window.bytes) == (0, 0)


def test_one_acknowledgement_stands_for_all_before_it() -> None:
    window = AckWindow()
    for number in range(4):
        window.sent(number, 100, number / 60, number / 60)
    assert window.acked(2, 0.5)
    assert window.pictures == 1
    assert window.rate_bps(0.5) == pytest.approx(300 * 8 / 2)
    assert window.fps(0.5) == pytest.approx(1.5)
    assert window.oldest_s(0.5) == pytest.approx(0.45)
    assert window.fps(60.0) == 0.0


def test_one_picture_may_always_go_however_large() -> None:
    window = AckWindow()
    assert window.has_room
    window.sent(1, 10 * MOST_BYTES, 0.0, 0.0)
    assert not window.has_room


@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("send"), st.integers(1, 400_000), st.floats(0.0, 0.2)),
            st.tuples(st.just("ack"), st.integers(0, 2**32 - 1), st.floats(0.0, 2.0)),
        ),
        max_size=200,
    )
)
def test_the_bound_holds_whatever_comes(events: list[tuple[str, int, float]]) -> None:
    window, now, number = AckWindow(), 0.0, 0
    largest = 0
    for kind, value, wait in events:
        now += wait
        if kind == "send":
            if window.has_room:
                number += 1
                largest = max(largest, value)
                window.sent(number, value, now, now)
        else:
            window.acked(value % (number + 2), now)
        assert 0 <= window.pictures <= MOST_PICTURES
        assert 0 <= window.bytes < MOST_BYTES + largest + 1
        assert LEAST_PICTURES <= window.limit <= MOST_PICTURES
        assert window.base_rtt_s >= 0
