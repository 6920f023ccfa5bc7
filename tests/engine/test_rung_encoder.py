import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from py_remote_viewer.engine.rung_encoder import RungEncoder, rung_bitrate, rung_size
from py_remote_viewer.protocol.engine_messages import RungSpec

sizes = st.sampled_from([(1280, 720), (960, 540), (640, 360), (432, 244), (1920, 1080), (320, 240)])


@given(sizes, st.integers(16, 2160))
def test_a_rung_is_never_larger_than_the_view_and_keeps_its_shape(size: tuple[int, int], height: int) -> None:
    wide, high = rung_size(RungSpec(height=height), *size)
    assert wide <= size[0]
    assert high <= max(size[1], 16)
    assert wide % 2 == 0
    assert high % 2 == 0
    if height >= 90:
        assert wide / high == pytest.approx(size[0] / size[1], rel=0.08)


def test_usual_rungs_have_usual_sizes() -> None:
    assert rung_size(RungSpec(height=480), 1280, 720) == (854, 480)
    assert rung_size(RungSpec(height=360), 1280, 720) == (640, 360)
    assert rung_size(RungSpec(height=720), 640, 360) == (640, 360)


@given(st.integers(50_000, 20_000_000), sizes)
def test_a_smaller_picture_takes_less(rate: int, size: tuple[int, int]) -> None:
    spec = RungSpec(height=720, bitrate_bps=rate)
    assert rung_bitrate(spec, *size, full_height=720) <= max(rate, 100_000)
    assert rung_bitrate(spec, 1280, 720, full_height=720) == max(rate, 100_000)


@pytest.mark.parametrize(("fps", "taken"), [(60, 120), (30, 60), (15, 30), (20, 40)])
def test_a_slower_rung_leaves_pictures_out_evenly(fps: int, taken: int) -> None:
    rung = RungEncoder(RungSpec(fps=fps), "libx264", 60, 720)
    times = [10 + tick / 60 for tick in range(120)]
    took = [at for at in times if rung.takes(at)]
    assert len(took) == pytest.approx(taken, abs=1)
    gaps = {round((b - a) * 60) for a, b in itertools.pairwise(took)}
    assert gaps == {60 // fps}
