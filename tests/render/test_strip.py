import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from py_remote_viewer.render.strip import TICKS_PER_S, cell_px, draw_strip
from tests.strips import read_strip


@given(st.floats(0, 1e6), st.integers(0, 2**32), st.sampled_from([160, 432, 640, 1280]))
def test_the_strip_says_when_and_which_input(captured_s: float, number: int, width: int) -> None:
    pixels, side = np.full((64, width, 3), 7, np.uint8), cell_px(width)
    draw_strip(pixels, captured_s, number)
    assert read_strip(pixels[::-1]) == (round(captured_s * TICKS_PER_S) % 2**24, number % 256)
    assert (pixels[: 64 - side] == 7).all()
