from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from py_remote_viewer.bench.netns.shape import Direction, LinkShape

frames = st.lists(st.tuples(st.integers(14, 1514), st.floats(0, 0.01)), min_size=1, max_size=200)
shapes = st.builds(
    LinkShape,
    delay_ms=st.floats(0, 100),
    jitter_ms=st.floats(0, 50),
    loss=st.floats(0, 0.5),
    rate_bps=st.sampled_from([0, 100_000, 10_000_000]),
)


@given(frames, shapes)
def test_nothing_overtakes_and_nothing_comes_too_early(sent: list[tuple[int, float]], shape: LinkShape) -> None:
    direction, now, before = Direction(shape, 1), 100.0, 0.0
    for size, wait in sent:
        now += wait
        due = direction.due_s(bytes(size), now)
        if due is not None:
            assert due >= max(before, now + shape.delay_ms / 1e3)
            before = due


@given(frames, shapes)
def test_the_same_seed_loses_the_same_frames(sent: list[tuple[int, float]], shape: LinkShape) -> None:
    def run() -> list[float | None]:
        direction, now, found = Direction(shape, 7), 0.0, []
        for size, wait in sent:
            now += wait
            found.append(direction.due_s(bytes(size), now))
        return found

    assert run() == run()


def test_a_bottleneck_passes_its_rate_and_holds_no_more_than_its_queue() -> None:
    direction = Direction(LinkShape(rate_bps=1_000_000, queue_bytes=20_000), 1)
    dues = [due for frame in range(1000) if (due := direction.due_s(bytes(1000), frame / 1000)) is not None]
    assert 120 <= len(dues) <= 147  # 1 s at 1 Mbit/s, and the queue
    gaps = [after - before for before, after in pairwise(dues)]
    assert all(abs(gap - 0.008) < 1e-6 for gap in gaps)
    assert max(due - (1 - 1e-3) for due in dues) <= 20_000 * 8 / 1e6 + 1e-6
    assert direction.counters.overflowed == 1000 - len(dues)


def test_loss_is_a_share_of_the_frames_and_spares_address_resolution() -> None:
    direction = Direction(LinkShape(loss=0.1), 1)
    arrived = sum(direction.due_s(bytes(100), 0.0) is not None for _ in range(10_000))
    assert 8_800 < arrived < 9_200
    assert direction.counters.lost == 10_000 - arrived
    arp = bytes(12) + b"\x08\x06" + bytes(28)
    assert all(direction.due_s(arp, 0.0) is not None for _ in range(1000))


def test_nothing_gets_through_a_blackout() -> None:
    direction = Direction(LinkShape(blackout=True), 1)
    assert direction.due_s(bytes(100), 0.0) is None
    assert direction.counters.blacked_out == 1
